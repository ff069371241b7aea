# SPDX-License-Identifier: Apache-2.0
"""`misure select`: from a file of applications to a published ranking, or to what is wrong with it."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from misure.identifiers import codice_fiscale
from misure.identifiers.forms import made_up
from tests.cli.commands import Command

MISURA = "lombardia/export-su-misura"
EXAMPLE = Path(__file__).parents[2] / "examples" / "export-su-misura-domande.csv"
ON = ("--on", "2026-03-18")
HEADER = "id,window,admitted,panel_score\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "domande.csv"


def told(command: Command, file: Path, text: str | bytes, *more: object) -> list[str]:
    """The faults of a file; nothing may stand on standard output, and no ranking be written."""
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    ranking = file.with_name("graduatoria.csv")
    ran = command("select", MISURA, file, *ON, "--csv", ranking, *more)
    assert (ran.code, ran.out, ranking.exists()) == (2, "", False)
    return [line.removeprefix(f"{file.parent}/") for line in ran.err.splitlines()]


def test_the_example_gives_54_funded_and_69_waiting(command: Command, tmp_path: Path) -> None:
    ranking = tmp_path / "graduatoria.csv"
    ran = command("select", MISURA, EXAMPLE, *ON, "--csv", ranking)
    assert ran.code == 0
    assert "54 domande finanziate per 621.000,00 €" in ran.out
    assert "in lista d'attesa: 69" in ran.out
    assert "valore dei servizi per impresa: 11.500,00 €" in ran.out
    with ranking.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["standing"] for row in rows] == ["funded"] * 54 + ["waiting"] * 69 + ["not_admitted"] * 3
    assert (rows[54]["place_from"], rows[54]["amount_to"], rows[53]["amount_to"]) == ("55", "0.00", "11500.00")
    assert rows[-1]["reasons"] == "non è ammessa: manca «Requisiti formali verificati con esito positivo»"


def test_the_codici_fiscali_of_the_example_are_sound() -> None:
    with EXAMPLE.open(encoding="utf-8", newline="") as stream:
        assert all(codice_fiscale.is_valid(row["codice_fiscale"]) for row in csv.DictReader(stream))


def test_json_english_withdrawals_and_what_ifs(command: Command) -> None:
    ran = command("select", MISURA, EXAMPLE, "--on", "2026-07-01", "--json", "--approved-on", "first=2026-03-18",
                  "--withdraw", "D-010=2026-06-30", "--vary", "service_value=11400 EUR")  # fmt: skip
    found = json.loads(ran.out)
    assert found["approved_on"] == {"first": "2026-03-18"}
    standings = [placement["standing"] for placement in found["placements"]]
    assert (standings.count("withdrawn"), standings.count("funded")) == (1, 53)
    assert "54 applications funded for €621,000.00" in command("select", MISURA, EXAMPLE, *ON, "--lang", "en").out


def test_yaml_and_json_files_tell_the_same(command: Command, file: Path) -> None:
    one = {"id": "D-1", "window": "first", "admitted": "yes", "facts": {"panel_score": "80"}}
    for name in ("domande.json", "domande.yaml"):
        path = file.with_name(name)
        path.write_text(json.dumps([one]), "utf-8")
        assert "1 domanda finanziata per 11.500,00 €" in command("select", MISURA, path, *ON).out
    path.write_text("- {id: D-1, fact: {}}\n- 3\n- {facts: {}}\n", "utf-8")
    ran = command("select", MISURA, path, *ON)
    assert [line.split("domande.yaml:")[1] for line in ran.err.splitlines()] == [
        "1:13: fact: an application has no 'fact'; did you mean 'facts'?",
        "2:3: expected an application with its id and its facts",
        "3:3: an application has an id, which is a text, and facts, each with its name",
    ]


def test_semicolons_quotes_and_a_byte_order_mark_are_fine(command: Command, file: Path) -> None:
    file.write_bytes('\ufeffid;window;admitted;panel_score\n"D;1";first;sì;"80.50"\n\n'.encode())
    assert "1. D;1 – 80,5 punti – 11.500,00 €" in command("select", MISURA, file, *ON).out


BAD = [
    ("", ["domande.csv:1:1: the file is empty"]),
    (HEADER, ["domande.csv:1:1: there is a header and no row below it"]),
    ("id,window,admitted,panel_scor\nD-1,first,yes,80\n", ["domande.csv:1:20: panel_scor: no fact is called 'panel_scor'; did you mean 'panel_score'?"]),
    ("id,window,window\nD-1,first,first\n", ["domande.csv:1:11: window: two columns have this name"]),
    ("window,admitted\nfirst,yes\n", ["domande.csv:1:1: id: there is no column 'id'"]),
    ("window,admitted\nfrst,forse\n", [
        "domande.csv:1:1: id: there is no column 'id'",
        "domande.csv:2:1: row 2.window: no window is called 'frst'; did you mean 'first'?",
        "domande.csv:2:6: row 2.admitted: expected true or false; got 'forse'"]),
    (HEADER + ",frst,forse,1001\n,first,yes,NaN\n", [
        "domande.csv:2:1: id: every row needs its id",
        "domande.csv:2:2: row 2.window: no window is called 'frst'; did you mean 'first'?",
        "domande.csv:2:7: row 2.admitted: expected true or false; got 'forse'",
        "domande.csv:2:13: row 2.panel_score: '1001' is above the greatest that can be, 1000.00 points",
        "domande.csv:3:1: id: every row needs its id",
        "domande.csv:3:12: row 3.panel_score: 'NaN' is no number; expected a number from 0.00 to 1000.00 points, at most 2 decimals"]),
    ("id,window,\nD-1,first,\n", ["domande.csv:1:11: the column 3 has no name: a separator too many?"]),
    (HEADER + "D-1,first,yes,78,5\nD-2,first\n", [
        "domande.csv:2:1: 5 cells, and the header has 4: a separator too many or too few; a text that holds one stands in double quotes",
        "domande.csv:3:1: 2 cells, and the header has 4: a separator too many or too few; a text that holds one stands in double quotes"]),
    ("id;window,admitted\nD-1;first,yes\n", ["domande.csv:1:3: the header has both commas and semicolons: one of them separates the columns"]),
    ("id\twindow\nD-1\tfirst\n", ["domande.csv:1:3: tabs separate the columns; use commas or semicolons"]),
    (HEADER + 'D-1,first,yes,"80\nD-2,first,yes,70\n', ["domande.csv:2:1: this row cannot be read: a double quote opens a text that nothing closes"]),
    ("id,window,città\nD-1,first,Cantù\n".encode("cp1252"), ["domande.csv:1:15: this is not UTF-8: it looks like Windows-1252, with 'à' here; save the file as CSV UTF-8"]),
    (HEADER + "D-1\x00,first,yes,80\n", ["domande.csv:2:4: the character U+0000 cannot stand in a text file"]),
    ('id\rD-1\r"D-2\r', ["domande.csv:3:1: this row cannot be read: a double quote opens a text that nothing closes"]),
    ("id,window\nD-1,first\n".encode("utf-16"), ["domande.csv:1:1: this is UTF-16; save the file as CSV UTF-8"]),
    (HEADER + "D-1,first,yes,80\nD-1,second,yes,70\n", ["domande.csv:3:1: D-1: two applications have this id, first at {file}:2:1"]),
    (HEADER + 'D-1,first,yes,"78,5"\nD-2,frst,forse,1001\n', [
        "domande.csv:2:15: D-1.panel_score: '78,5' has a comma: write 1234.50, a point before the decimals and no thousands separators; expected a number from 0.00 to 1000.00 points, at most 2 decimals; did you mean '78.5'?",
        "domande.csv:3:5: D-2.window: no window is called 'frst'; did you mean 'first'?",
        "domande.csv:3:10: D-2.admitted: expected true or false; got 'forse'",
        "domande.csv:3:16: D-2.panel_score: '1001' is above the greatest that can be, 1000.00 points"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD, ids=range(len(BAD)))
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    command: Command, file: Path, text: str | bytes, expected: list[str]
) -> None:
    assert told(command, file, text) == [line.replace("{file}", str(file)) for line in expected]


def test_withdrawals_that_cannot_be(command: Command, file: Path) -> None:
    sound = HEADER + "D-01,first,yes,80\n"
    assert told(command, file, sound, "--withdraw", "D-02=2026-03-17") == [
        "<command line>: no application is called 'D-02'; did you mean 'D-01'?"
    ]
    assert told(command, file, sound, "--withdraw", "D-01=2026-03-19") == [
        "<applications>: D-01: withdrawn on 2026-03-19, after 2026-03-18, the day of the question"
    ]
    assert told(command, file, sound, "--approved-on", "frst=2026-03-18") == [
        "<applications>: approved_on.frst: no window is called 'frst'; did you mean 'first'?"
    ]


def test_files_that_are_not_there_or_cannot_be_written(command: Command, tmp_path: Path) -> None:
    ran = command("select", MISURA, tmp_path / "nessuno.csv", *ON)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("nessuno.csv: there is no such file\n")
    ran = command("select", MISURA, EXAMPLE, *ON, "--csv", tmp_path / "manca" / "g.csv")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("g.csv: the file cannot be written: No such file or directory\n")
    if Path("/dev/full").is_char_device():
        ran = command("select", MISURA, EXAMPLE, *ON, "--csv", "/dev/full")
        assert (ran.code, ran.out, ran.err) == (
            2,
            "",
            "/dev/full: the file cannot be written: No space left on device\n",
        )
        assert Path("/dev/full").is_char_device()


def test_the_ranking_takes_no_place_of_the_applications(command: Command, file: Path) -> None:
    text = HEADER + "D-1,first,yes,80\n"
    file.write_text(text, encoding="utf-8")
    ran = command("select", MISURA, file, *ON, "--csv", file)
    message = "the ranking would take the place of a file from which the applications are read"
    assert (ran.code, ran.out, ran.err) == (2, "", f"{file}: {message}\n")
    assert file.read_text(encoding="utf-8") == text


def test_what_is_told_twice_is_not_settled_in_silence(command: Command, file: Path) -> None:
    found = told(
        command, file, HEADER + "D-1,first,yes,80\n", "--approved-on", "first=2026-03-18", "first=2026-03-17", "2026-03-16",
        "--vary", "service_value=1 EUR", "service_value=2 EUR", "--table", "partnrs=x.csv",
    )  # fmt: skip
    assert found == [
        "<command line>: approved_on: it is one day for the whole call, or one for each window, and not both",
        "<command line>: approved_on.first: it is told twice",
        "<command line>: table.partnrs: no table is called 'partnrs'; did you mean 'partners'?",
        "<command line>: vary.service_value: it is told twice",
        "x.csv: there is no such file",
    ]


def test_an_output_that_cannot_be_written_is_told(file: Path) -> None:
    file.write_text(HEADER + "D-1,first,yes,80\n", encoding="utf-8")
    with Path(os.devnull).open() as for_reading:
        ran = subprocess.run(
            [sys.executable, "-m", "misure", "select", MISURA, str(file), *ON],
            stdout=for_reading, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr == f"<output>: it cannot be written: {os.strerror(errno.EBADF)}\n"


def test_a_cost_with_another_code_than_its_partner_is_told_at_its_cell(command: Command, tmp_path: Path) -> None:
    applications, partners, costs = (tmp_path / name for name in ("domande.csv", "partner.csv", "costi.csv"))
    applications.write_text("id,filed_on\nD-1,2022-10-03\nD-2,2022-10-03\n", "utf-8")
    partners.write_text(
        "application,id,codice_fiscale\nD-1,p1,01234570156\nD-2,p1,01234580155\nD-2,p2,01234600151\n", "utf-8"
    )
    costs.write_text("application,firm,codice_fiscale\nD-1,p1,it 01234570156\nD-2,p1,01234590154\n", "utf-8")
    tables = ("--table", f"partners={partners}", "--table", f"firm_costs={costs}")
    ran = command("select", "lombardia/bando-filiere-2022", applications, "--on", "2022-11-15", *tables)
    assert (ran.code, ran.out) == (2, "")
    message = (
        "'01234590154' is not the codice_fiscale of partners[0], whose record this is; did you mean '01234580155'?"
    )
    assert ran.err == f"{costs}:3:8: D-2.firm_costs[0].codice_fiscale: {message}\n"


def test_the_records_of_a_table_stand_in_a_file_of_their_own(command: Command, tmp_path: Path) -> None:
    applications, partners = tmp_path / "domande.csv", tmp_path / "partner.csv"
    applications.write_text("id,capofila,filed_on,total_score\nD-1,impresa-1,2022-06-01,80\n", "utf-8")
    partners.write_text(
        "application,id,kind,seat_in_lombardy\nD-1,impresa-1,impresa,yes\nD-2,impresa-2,impresa,forse\n", "utf-8"
    )
    ran = command("select", "lombardia/filiere", applications, "--on", "2022-07-01", "--table", f"partners={partners}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        f"{partners}:3:1: application: no application is called 'D-2'; did you mean 'D-1'?",
        f"{partners}:3:23: D-2.partners[0].seat_in_lombardy: expected yes or no; got 'forse'",
    ]
    partners.write_text("application,id,kind,seat_in_lombardy\nD-1,impresa-1,impresa,forse\n", "utf-8")
    ran = command("select", "lombardia/filiere", applications, "--on", "2022-07-01", "--table", f"partners={partners}")
    assert f"{partners}:2:23: D-1.partners[0].seat_in_lombardy: expected" in ran.err
    partners.write_text("application,id,kind,seat_in_lombardy\nD-1,impresa-1,impresa,yes\n", "utf-8")
    ran = command("select", "lombardia/filiere", applications, "--on", "2022-07-01", "--table", f"partners={partners}")
    assert "non ammessa: 1" in ran.out
    assert "«Almeno 10 imprese con sede in Lombardia»" in " ".join(ran.out.split())


def test_who_has_no_row_in_a_file_of_records_tells_nothing_of_them(command: Command, tmp_path: Path) -> None:
    applications, partners = tmp_path / "domande.csv", tmp_path / "partner.csv"
    applications.write_text("id,filed_on,total_score\nD-1,2022-06-01,80\nD-2,2022-06-01,80\n", "utf-8")
    partners.write_text("application,id,kind,seat_in_lombardy\nD-1,impresa-1,impresa,yes\n", "utf-8")
    asked = ("select", "lombardia/filiere", applications, "--on", "2022-07-01", "--table", f"partners={partners}")

    def standings(*more: object) -> dict[str, str]:
        return {one["id"]: one["standing"] for one in json.loads(command(*asked, "--json", *more).out)["placements"]}

    assert standings() == {"D-1": "not_admitted", "D-2": "depends"}
    assert standings("--complete", "partners") == {"D-1": "not_admitted", "D-2": "not_admitted"}
    ran = command(*asked, "--complete", "partner")
    assert (ran.code, ran.out) == (2, "")
    expected = (
        "<command line>: complete.partner: no file is given for a table called 'partner'; did you mean 'partners'?\n"
    )
    assert ran.err == expected


def test_an_envelope_of_another_window_saves_nobody(command: Command, file: Path) -> None:
    found = told(command, file, HEADER + "D-1,first,yes,80\n", "--vary", "first_envelope=5000 EUR")
    message = "the envelope holds 5000.00 EUR, less than the smallest award that is asked, 11500.00 EUR"
    assert found == [f"<applications>: first_money: {message}"]


def test_a_code_in_a_table_of_its_own_may_be_written_in_any_way(command: Command, tmp_path: Path) -> None:
    applications, aids = tmp_path / "domande.csv", tmp_path / "aiuti.csv"
    applications.write_text("id,codice_fiscale,filed_on\nD-1,it 012 345 601 57,2025-06-20\n", "utf-8")
    header, asked = (
        "application,cor,beneficiary,regulation,granted_on,amount\n",
        ("--on", "2025-07-01", "--table", f"deminimis_aids={aids}"),
    )
    told = []
    for written in ("01234560157", "TINIT-01234560157"):
        aids.write_text(f"{header}D-1,1,{written},gen,2025-01-10,250000.00\n", "utf-8")
        ran = command("select", "lombardia/verso-nuovi-mercati", applications, *asked)
        assert (ran.code, ran.err) == (0, "")
        told.append(ran.out)
    assert told[0] == told[1]
    aids.write_text(f"{header}D-1,1,1234560157,gen,2025-01-10,250000.00\n", "utf-8")
    ran = command("select", "lombardia/verso-nuovi-mercati", applications, *asked)
    assert (ran.code, ran.out) == (2, "")
    assert (
        f"{aids}:2:7: D-1.deminimis_aids[0].beneficiary: '1234560157' is no codice fiscale, and no VAT number of another State: it has 10 digits, not 11; did you mean '01234560157'?"
        in ran.err
    )


def test_the_office_says_which_application_stays(command: Command, file: Path) -> None:
    path = file.with_name("domande.json")
    asked = ("select", "lombardia/filiere", path, "--on", "2022-06-01", "--vary", "minimum_firms=0 firms")

    def standings(*lead: dict[str, str]) -> list[dict[str, str]]:
        facts = {"capofila": "p1"} | ({"partners": [*lead]} if lead else {})
        path.write_text(json.dumps([{"id": id_, "admitted": "yes", "facts": facts} for id_ in ("A", "B")]), "utf-8")
        options = ([], ["--survivor", "one_lead=B"])
        told = [json.loads(command(*asked, "--json", *one).out)["placements"] for one in options]
        return [{one["id"]: one["standing"] for one in placements} for placements in told]

    # Each calls its leader p1, which says who that is in its own proposal alone: B may be of another firm.
    assert standings() == [{"A": "depends", "B": "depends"}, {"A": "depends", "B": "listed"}]
    assert standings({"id": "p1"}) == [{"A": "depends", "B": "depends"}, {"A": "depends", "B": "listed"}]
    page = command(*asked, "--survivor", "one_lead=B").out
    assert "forse resta un'altra domanda: B" in page
    assert "se è ammessa" not in page
    code = made_up("codice_fiscale", 1)
    assert standings({"id": "p1", "codice_fiscale": code}) == [
        {"A": "depends", "B": "depends"}, {"A": "displaced", "B": "listed"},
    ]  # fmt: skip
    settled = json.loads(command(*asked, "--json", "--survivor", "one_lead=B").out)
    assert {one["id"]: one["standing"] for one in settled["placements"]} == {"A": "displaced", "B": "listed"}
    assert settled["survivors"] == settled["receipt"]["survivors"] == {"one_lead": ["B"]}
    ran = command(*asked, "--survivor", "one_lead=A", "one_lead=C", "one_led=B")
    assert (ran.code, ran.out) == (2, "")
    assert "survivors.one_lead.C: no application has this id" in ran.err
    assert "survivors.one_led: no relation is called 'one_led'; did you mean 'one_lead'?" in ran.err


def test_what_is_not_filed_yet_has_no_instant_of_filing(command: Command, file: Path) -> None:
    text = "id,filed_at,filed_on,panel_score\na,2026-02-10T09:00,not_yet,80\n"
    (line,) = told(command, file, text)
    assert line.endswith("a.filed_on: filed_on is not_yet, and the instant of filing lies on 2026-02-10")


@pytest.mark.parametrize(
    "facts",
    [
        '{"panel_score": 5.5}', '{"panel_score": "5.5"}', '{"panel_score": null}', '{"panel_score": 1E1}', '{"panel_score": NaN}',
        '{"codice_fiscale": 1234560157}', '{"codice_fiscale": true}', '{"formally_admissible": "yes"}',
        '{"formally_admissible": true}', "{panel_score: 5}", '{"panel_score": 5,}', '{"panel_score": 5 # no\\n}', '{\\n\\t"panel_score": 5\\n}',
        '{"panel_score": 5, "panel_score": 6}', '{"codice_fiscale": "\\\\ud83d\\\\ude00"}',
    ],
    ids=range(15),
)  # fmt: skip
def test_a_json_file_is_read_as_deciding_reads_it(command: Command, tmp_path: Path, facts: str) -> None:
    alone, listed = tmp_path / "one.json", tmp_path / "all.json"
    alone.write_text(facts, "utf-8")
    listed.write_text(f'[{{"id": "a", "admitted": true, "window": "first", "facts":\n{facts}}}]', "utf-8")
    decided = command("decide", MISURA, alone, "--on", "2026-03-18")
    selected = command("select", MISURA, listed, "--on", "2026-03-18")
    assert (selected.code == 2) is (decided.code == 2)
    # A line further down, and a name with its application, the fault is the same.
    told = [line.replace("one.json:1:", "all.json:2:") for line in decided.err.splitlines() if decided.code == 2]
    found = [line.replace(": a.", ": ", 1).replace("[0].facts.", "") for line in selected.err.splitlines() if told]
    assert [line.partition("json:")[2] for line in found] == [line.partition("json:")[2] for line in told]
