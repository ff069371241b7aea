# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a command line, with files, with rows and with facts is told at once, each with the nearest right one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misure.reading.applicants.applications import read_applications_file
from tests.cli.commands import Command

CALL = "lombardia/export-su-misura"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "domande.csv"
    path.write_text("id;window;admitted;panel_score\nD-1;first;VERO;91,50\n", "utf-8")
    return path


def errors(text: str) -> list[str]:
    return [line.partition(": error: ")[2] for line in text.splitlines() if ": error: " in line]


def test_every_wrong_argument_is_told(command: Command, good: Path) -> None:
    ran = command(
        "select", CALL, good, "--on", "31/12/2025", "--withdraw", "D-1=2/4/2026", "D-2", "--approved-on", "first=18/03/2026",
        "--lang", "fr",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    found = errors(ran.err)
    assert found[:4] == [
        "argument --on: '31/12/2025' is not a date: write YYYY-MM-DD; did you mean '2025-12-31'?",
        "argument --withdraw: '2/4/2026' is not a date: write YYYY-MM-DD; did you mean '2026-04-02'?",
        "argument --withdraw: 'D-2' is not NAME=VALUE",
        "argument --approved-on: '18/03/2026' is not a date: write YYYY-MM-DD; did you mean '2026-03-18'?",
    ]
    assert (len(found), "--lang" in found[4]) == (5, True)


def test_a_wrong_argument_is_told_with_the_ones_that_lack(command: Command) -> None:
    ran = command("decide", CALL, "--on", "1/2/2026")
    assert [ran.code, *errors(ran.err)] == [
        2,
        "argument --on: '1/2/2026' is not a date: write YYYY-MM-DD; did you mean '2026-02-01'?",
        "the following arguments are required: FACTS",
    ]


def test_a_command_that_is_none_is_told_alone(command: Command) -> None:
    ran = command("selec", CALL, "--on", "1/2/2026")
    assert (ran.code, len(errors(ran.err))) == (2, 1)


@pytest.mark.parametrize(("typed", "words"), [
    ("selec", "no command is called 'selec'; did you mean 'misure select'?"),
    ("survey", "no command is called 'survey'; did you mean 'misure register survey'?"),
    ("cuorse", "no command is called 'cuorse'; did you mean 'misure register course'?"),
    ("load x.xml --out y", "no command is called 'load'; did you mean 'misure register load'?"),
    ("headrom", "no command is called 'headrom'; did you mean 'misure headroom'?"),
    ("register decide", "no command is called 'decide'; did you mean 'misure decide'?"),
    ("register headrom", "no command is called 'headrom'; did you mean 'misure register headroom'?"),
    ("zzzz", "no command is called 'zzzz'; there are list, show, vocabulary, decide, select, headroom, register, new, check, anchor, cases, schema"),
    ("register zzzz", "no command is called 'zzzz'; there are headroom, load, survey, course"),
])  # fmt: skip
def test_a_command_that_is_none_is_told_with_the_nearest_of_all(command: Command, typed: str, words: str) -> None:
    ran = command(*typed.split())
    assert [ran.code, *errors(ran.err)] == [2, words]


def test_what_headroom_is_asked_is_looked_at_before_any_file(command: Command) -> None:
    ran = command(
        "headroom", "/nowhere.xml", "--undertaking", "1234560157", "--undertaking", "alfa", "--on", "2026-11-22",
        "--fits", "1.234,56", "--regulation", "genn",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "/nowhere.xml: cannot be opened: no such file",
        "<command line>: fits: '1.234,56' has a comma: write 1234.50, a point before the decimals and no thousands separators; did you mean '1234.56'?",
        "<command line>: regulation: no regulation is called 'genn'; did you mean 'gen'?",
        "<command line>: undertaking: '1234560157' has 10 digits, not 11; did you mean '01234560157'?",
        "<command line>: undertaking: 'alfa' is no codice fiscale, and no VAT number of another State",
    ]


def test_every_file_that_is_not_there_is_told(command: Command, tmp_path: Path) -> None:
    names = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    tables = [f"deminimis_aids={names[1]}", f"control_relations={names[2]}"]
    ran = command("select", CALL, names[0], "--on", "2026-03-18", "--table", *tables)
    assert (ran.code, ran.err.splitlines()) == (2, [f"{name}: there is no such file" for name in names])


TEN = """id;window;admitted;panel_score;codice_fiscale
D-1;first;VERO;91,50;1234560157
D-2;first;VERO
D-3;frist;fals;1.234;DE123456788
D-4;first;;91,5O;01234560158
;first;;;
"""
AIDS = """application;cor;beneficiary;amount;regulation;granted_on
D-1;a;TINIT-1234560157;1.234,50;gen;31/12/2025
D-4;b;01234560157;1.234;general;30/02/2025
D-4;b;RSSMRA85T10F205X;-1;gen;
"""


def test_faults_of_rows_of_cells_and_of_facts_are_told_in_the_order_of_the_files(
    command: Command, tmp_path: Path
) -> None:
    people, aids = tmp_path / "a.csv", tmp_path / "b.csv"
    people.write_text(TEN, "utf-8")
    aids.write_text(AIDS, "utf-8")
    ran = command("select", CALL, people, "--on", "2026-03-18", "--table", f"deminimis_aids={aids}")
    assert (ran.code, ran.out) == (2, "")
    told = ran.err.replace(f"{people}", "a").replace(f"{aids}", "b").splitlines()
    assert [line.partition(": ")[0] for line in told] == [
        "a:2:22", "a:3:1", "a:4:5", "a:4:11", "a:4:16", "a:4:22", "a:5:12", "a:5:18", "a:6:1",
        "b:2:7", "b:3:19", "b:3:25", "b:3:33", "b:4:5", "b:4:7", "b:4:24",
    ]  # fmt: skip
    hints = [line.partition("did you mean ")[2].rstrip("?").strip("'") for line in told]
    assert [hint for hint in hints if hint] == [
        "01234560157", "first", "falso", "01234560157", "01234560157", "gen", "RSSMRA85T10F205R",
    ]  # fmt: skip


def test_wrong_columns_options_and_files_hide_nothing(command: Command, tmp_path: Path) -> None:
    people, aids = tmp_path / "a.csv", tmp_path / "b.csv"
    people.write_text("id;windo;admitted;panel_score\nD-1;first;VERO;91,50\nD-2;first;forse;x\n", "utf-8")
    aids.write_text("application;cor;amount;strange\nD-1;a;1.234;1\nD-9;b;5;2\n", "utf-8")
    ran = command(
        "select", CALL, people, "--on", "2026-03-18", "--approved-on", "frist=2026-03-01", "--withdraw", "D-9=2026-03-01",
        "D-8=2026-03-01", "--survivor", "one_firm=D-7", "--complete", "x", "--vary", "panel=3",
        "--table", f"deminimis_aids={aids}", f"deminimis_aid={aids}", f"control_relations={tmp_path / 'none.csv'}",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    told = ran.err.replace(f"{people}", "a").replace(f"{aids}", "b").replace(f"{tmp_path}/", "").splitlines()
    for words in (
        "approved_on.frist: no window is called 'frist'", "survivors.one_firm: no relation",
        "<command line>: no application is called 'D-8'", "<command line>: no application is called 'D-9'", "complete.x: no file is given", "table.deminimis_aid: no table",
        "panel: no parameter of", "windo: no fact is called 'windo'", "D-2.admitted: expected true or false", "D-2.panel_score: 'x'",
        "strange: no field is called 'strange'", "D-1.deminimis_aids[0].amount: ", "application: no application is called 'D-9'",
        "none.csv: there is no such file",
    ):  # fmt: skip
        assert len([line for line in told if words in line]) == 1, words
    assert len(told) == 14


def test_two_wrong_days_of_withdrawal_are_told_together(command: Command, good: Path) -> None:
    good.write_text("id;window;admitted;panel_score\nD-1;first;VERO;91,50\nD-2;first;VERO;80\n", "utf-8")
    ran = command("select", CALL, good, "--on", "2026-03-18", "--withdraw", "D-1=2026-04-01", "D-2=2026-04-02")
    assert (ran.code, len(ran.err.splitlines())) == (2, 2)


# A list


def test_null_in_json_tells_nothing(command: Command, tmp_path: Path) -> None:
    path, plain = tmp_path / "a.json", tmp_path / "b.json"
    told = {"id": "D-1", "window": "first", "admitted": True, "facts": {"panel_score": 90}}
    nulls = {**told, "filed_at": None, "facts": {"panel_score": 90, "codice_fiscale": None, "deminimis_aids": None}}
    path.write_text(json.dumps([nulls]), "utf-8")
    plain.write_text(json.dumps([told]), "utf-8")
    one, other = (command("select", CALL, file, "--on", "2026-03-18") for file in (path, plain))
    assert (one.code, one) == (0, other)
    (found,) = read_applications_file(path, ())
    assert {name: value for name, value in found.facts.items() if value is not None} == {"panel_score": 90}


def test_what_the_office_says_is_one_value(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    told = [
        {"id": "D-1", "window": ["first"], "admitted": {}, "filed_at": [1], "facts": {"panel_score": "90,5"}},
        {"id": None},
    ]
    path.write_text(json.dumps(told), "utf-8")
    ran = command("select", CALL, path, "--on", "2026-03-18")
    assert (ran.code, ran.out) == (2, "")
    assert [line.partition(": ")[2] for line in ran.err.splitlines()] == [
        "D-1.window: expected a single value", "D-1.admitted: expected a single value", "D-1.filed_at: expected a single value",
        "D-1.panel_score: '90,5' has a comma: write 1234.50, a point before the decimals and no thousands separators; expected a number from 0.00 to 1000.00 points, at most 2 decimals; did you mean '90.5'?",
        "an application has an id, which is a text, and facts, each with its name",
    ]  # fmt: skip


def test_a_value_that_cannot_be_hides_nothing_of_the_files_or_of_the_other_values(
    command: Command, tmp_path: Path
) -> None:
    people = tmp_path / "a.csv"
    people.write_text("id;window;admitted;panel_score\nD-1;frist;VERO;91,50\n", "utf-8")
    ran = command(
        "select", CALL, people, "--on", "2026-03-18", "--withdraw", "D-1=x", "D-9=2026-03-01", "D-1=2026-04-01",
        "--approved-on", "frist=2026-03-01", "--survivor", "one_firm=D-7", "--vary", "panel=3",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    assert errors(ran.err) == ["argument --withdraw: 'x' is not a date: write YYYY-MM-DD"]
    told = ran.err.replace(f"{people}", "a")
    for words in (
        "<command line>: no application is called 'D-9'; did you mean 'D-1'?",
        "<applications>: D-1: withdrawn on 2026-04-01, after 2026-03-18, the day of the question",
        "approved_on.frist: no window is called 'frist'; did you mean 'first'?", "survivors.one_firm: no relation is called",
        "<vary>: panel: no parameter", "a:2:5: D-1.window: no window is called 'frist'; did you mean 'first'?",
    ):  # fmt: skip
        assert words in told, words


def test_a_measure_or_a_day_that_cannot_be_hides_nothing_of_the_file(command: Command, tmp_path: Path) -> None:
    facts = tmp_path / "a.yaml"
    facts.write_text("capofla: x\ntotal_score: abc\n", "utf-8")
    for day, lines in (("1999-01-01", 3), ("2022-06-01", 2)):
        ran = command("decide", "lombardia/filiere", facts, "--on", day)
        assert (ran.code, len(ran.err.splitlines())) == (2, lines), ran.err
    ran = command("decide", "lombardia/filiere", facts, "--on", "ieri")
    assert len(errors(ran.err)) == 1 and "did you mean 'capofila'?" in ran.err
    ran = command("decide", "lombardia/filere", tmp_path / "none.yaml", "--on", "2022-06-01")
    assert [line.rpartition(": ")[2] for line in ran.err.splitlines()] == [
        "there is no such file", "no measure is called 'lombardia/filere'; did you mean 'lombardia/filiere'?"
    ]  # fmt: skip


def test_nobody_waits_for_facts_of_a_measure_that_is_none(command: Command) -> None:
    ran = command("decide", "lombardia/filere", "-", "--on", "2022-06-01", told=b"{")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def refused(command: Command, path: Path, text: str, verb: str, measure: str, on: str) -> list[str]:
    """What is told of a file with that text, each fault by its place in it and the first part of its sentence."""
    path.write_text(text, "utf-8")
    ran = command(verb, measure, path, "--on", on)
    assert ran.code == 2
    return [line.removeprefix(f"{path}:").partition(";")[0] for line in ran.err.splitlines()]


@pytest.mark.parametrize(("ending", "text", "told"), [
    ("json", '[{"facts": {"panel_score": "x"}, "admitted": "forse"}, {"id": 3, "facts": {"size": "smal"}}]', [
        "1:2: an application has an id, which is a text, and facts, each with its name",
        "1:28: [0].panel_score: 'x' is not a number: write 1234.50",
        "1:46: [0].admitted: expected true or false",
        "1:56: an application has an id, which is a text, and facts, each with its name",
        "1:84: [1].size: expected one of micro, small, medium, large",
    ]),
    ("yaml", "- {facts: {panel_score: 1, panel_score: x}}\n- {id: &a A, facts: {size: smal}}\n", [
        "1:3: an application has an id, which is a text, and facts, each with its name",
        "1:28: the key 'panel_score' is given twice",
        "1:41: [0].panel_score: 'x' is not a number: write 1234.50",
        "2:8: the anchor &a is not allowed",
        "2:28: A.size: expected one of micro, small, medium, large",
    ]),
])  # fmt: skip
def test_who_has_no_id_has_its_other_values_told(
    command: Command, tmp_path: Path, ending: str, text: str, told: list[str]
) -> None:
    assert refused(command, tmp_path / f"domande.{ending}", text, "select", CALL, "2026-03-18") == told


@pytest.mark.parametrize(("ending", "text", "told"), [
    ("yaml", "capofila: &a x\ntotal_score: 1.005\ntotal_score: 700\n[a]: b\n", [
        "1:11: the anchor &a is not allowed",
        "3:1: the key 'total_score' is given twice",
        "3:14: total_score: '700' is above the greatest that can be, 100.00 points",
        "4:1: a key must be a text",
    ]),
    ("json", '{"total_score": NaN, "capofila": "x", "capofila": "y", "swot_adequate": "true"}', [
        "1:17: total_score: NaN is no number",
        "1:39: capofila: the name stands twice in one object",
        "1:73: swot_adequate: expected true or false",
    ]),
])  # fmt: skip
def test_what_is_wrong_with_the_text_of_facts_hides_no_value(
    command: Command, tmp_path: Path, ending: str, text: str, told: list[str]
) -> None:
    assert refused(command, tmp_path / f"facts.{ending}", text, "decide", "lombardia/filiere", "2022-06-01") == told


REGISTER = [
    ("survey {none} {folder} --on 1800-01-01 --group 1234 01234560157 --group 01234560157 --near x", [
        "{folder}: cannot be opened: this is a folder, not a file",
        "<command line>: group: '01234560157' is a member of group 1 and of group 2",
        "<command line>: group: '1234' is no codice fiscale, and no VAT number of another State",
        "<command line>: near: 'x' is not a number: write 1234.50",
        "{none}: cannot be opened: no such file",
    ]),
    ("survey {none} --on 1800-01-01 --regulation agri", [
        "<command line>: ue/deminimis-ceilings (agri): the law of 1800-01-01 is not encoded; the rules hold from 2014-01-01 until 2033-06-30",
        "{none}: cannot be opened: no such file",
    ]),
    ("course {none} --undertaking 123 --from 2026-01-01 --until 2025-01-01 --regulation gn", [
        "<command line>: regulation: no regulation is called 'gn'; did you mean 'gen'?",
        "<command line>: undertaking: '123' is no codice fiscale, and no VAT number of another State",
        "<command line>: until: 2025-01-01 lies before 2026-01-01",
        "{none}: cannot be opened: no such file",
    ]),
    ("load {none} {there} --out {there}", [
        "{there}: the ledger would take the place of a file that it is read from",
        "{none}: cannot be opened: no such file",
    ]),
]  # fmt: skip


@pytest.mark.parametrize("at", range(len(REGISTER)))
def test_what_the_register_is_asked_hides_no_file_and_no_file_hides_it(
    command: Command, tmp_path: Path, at: int
) -> None:
    names = {"folder": tmp_path, "none": tmp_path / "none.xml", "there": tmp_path / "a.xml"}
    names["there"].write_text("<a/>", "utf-8")
    words, told = REGISTER[at]
    ran = command("register", *(word.format(**names) for word in words.split()))
    assert (ran.code, ran.out) == (2, "")
    assert sorted(ran.err.splitlines()) == sorted(line.format(**names) for line in told)


def test_all_questions_of_the_register_are_looked_at_beside_an_argument_that_cannot_be(command: Command) -> None:
    ran = command("register", "survey", "/none.xml", "--on", "2026-13-01", "--group", "1234", "--most", "-3")
    assert errors(ran.err) == [
        "argument --on: 2026-13-01 does not exist: there is no month 13", "argument --most: '-3' is no count"
    ]  # fmt: skip
    assert ran.err.splitlines()[-2:] == [
        "/none.xml: cannot be opened: no such file",
        "<command line>: group: '1234' is no codice fiscale, and no VAT number of another State",
    ]


@pytest.mark.parametrize("verb", ["check", "cases"])
def test_every_path_and_name_that_is_none_is_told(command: Command, tmp_path: Path, verb: str) -> None:
    ran = command(verb, "nofolder", tmp_path, "/dev/null", "lombardia/filire")
    assert (ran.code, ran.out) == (2, "")
    assert sorted(line.split("; ")[0] for line in ran.err.splitlines()) == sorted(
        [
            "/dev/null: it is a device",
            "<command line>: lombardia/filire: no measure is called 'lombardia/filire'",
            "<command line>: nofolder: no measure is called 'nofolder'",
            f"{tmp_path}: there is no measure.yaml here, or in a folder below",
        ]
    )


def test_a_wrong_kind_of_rule_file_hides_no_wrong_measure(command: Command) -> None:
    ran = command("schema", "lombardia/filire", "--rules", "measue")
    assert ran.code == 2
    assert "invalid choice: 'measue'" in ran.err
    assert "no measure is called 'lombardia/filire'; did you mean 'lombardia/filiere'?" in ran.err


def test_no_file_of_a_selection_hides_another(command: Command, tmp_path: Path, good: Path) -> None:
    none, aids, twice = tmp_path / "none.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    aids.write_text("application;cor;amount\nD-1;a;x\n;b;y\n", "utf-8")
    twice.write_text("application;cor;amount\nD-1;a;z\n", "utf-8")
    options = ("--table", f"x={none}", f"deminimis_aids={aids}", f"deminimis_aids={twice}")
    nowhere = tmp_path / "nowhere" / "ranking.csv"
    told: dict[str, list[str]] = {}
    for name, path in (("there", good), ("not there", tmp_path / "not.csv")):
        ran = command("select", CALL, path, "--on", "2026-03-18", *options, "--csv", nowhere)
        assert (ran.code, ran.out) == (2, "")
        told[name] = [line.replace(f"{tmp_path}/", "").split(";")[0] for line in ran.err.splitlines()]
    both = [
        "<command line>: table.deminimis_aids: it is told twice",
        "<command line>: table.x: no table is called 'x'",
        "b.csv:2:7: D-1.deminimis_aids[0].amount: 'x' is not a number: write 1234.50",
        "b.csv:3:1: application: every row needs its application",
        "c.csv:2:7: D-1.deminimis_aids[0].amount: 'z' is not a number: write 1234.50",
        "none.csv: there is no such file",
        "nowhere/ranking.csv: the file cannot be written: No such file or directory",
    ]
    also = "b.csv:3:4: row 3.deminimis_aids[0].amount: 'y' is not a number: write 1234.50"
    assert sorted(told["there"]) == sorted([*both, also])
    assert sorted(told["not there"]) == sorted([*both, also, "not.csv: there is no such file"])


@pytest.mark.parametrize(("measure", "on", "first"), [
    (CALL, "2021-01-01", "the law of 2021-01-01 is not encoded"),
    (CALL, "2021-02-30", "2021-02-30 does not exist"),
    ("lombardia/piano-export-2025", "2026-03-18", "the measure chooses among nobody"),
])  # fmt: skip
def test_a_day_or_a_measure_that_does_not_choose_hides_no_fact(
    command: Command, tmp_path: Path, measure: str, on: str, first: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,size,codice_fiscale\nA,smal,01\n", "utf-8")
    ran = command("select", measure, path, "--on", on)
    assert ran.code == 2
    assert first in ran.err
    assert ran.err.count("A.size: expected one of") == 1
    assert "A.codice_fiscale: '01' is no codice fiscale" in ran.err


def test_json_with_further_files_has_its_values_told(command: Command, tmp_path: Path) -> None:
    path, aids = tmp_path / "a.json", tmp_path / "b.csv"
    path.write_text('[{"id": "A", "facts": {"size": "smal"}}]', "utf-8")
    ran = command("select", CALL, path, "--on", "2026-03-18", "--table", f"deminimis_aids={aids}")
    assert [line.split("; ")[0].replace(f"{tmp_path}/", "") for line in ran.err.splitlines()] == [
        "a.json: further files of records go with a CSV file of applications",
        "a.json:1:32: A.size: expected one of micro, small, medium, large",
    ]
