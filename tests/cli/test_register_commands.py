# SPDX-License-Identifier: Apache-2.0
"""`misure register`: what files of the register answer about everybody on a day, and about one over time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import misure
from misure import deminimis
from tests.cli.commands import Command
from tests.register.samples import document, plain

ALFA, BETA, FOREIGN = "01234560157", "02345670158", "DE123456789"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "aiuti.xml"
    aids = (
        plain("90000001", "320000.00", cf=ALFA, day="2025-01-10"), plain("90000002", "10000.00", cf=BETA, day="2024-06-01"),
        plain("90000003", "60000.00", cf=FOREIGN, day="2024-07-01"),
    )  # fmt: skip
    path.write_bytes(document(*aids))
    return path


COMPLETE = ("--complete-by", "prova")


def test_a_survey_in_words(command: Command, file: Path) -> None:
    ran = command("register", "survey", file, "--on", "2026-11-22", *COMPLETE)
    assert (ran.code, ran.err) == (0, "")
    assert "Imprese uniche: 3; oltre il massimale, o forse: 1" in ran.out
    assert f"{ALFA}: restano 0,00 €" in ran.out
    assert "oltre il massimale di 20.000,00 €" in ran.out
    assert "resta di più dal 10 gennaio 2028, se non si concede altro" in ran.out
    assert ran.out.index(ALFA) < ran.out.index(FOREIGN) < ran.out.index(BETA)


def test_a_survey_in_english_of_groups(command: Command, file: Path) -> None:
    ran = command(
        "register", "survey", file, "--on", "2026-11-22", "--group", BETA, FOREIGN, "--near", "230000.01", "--lang", "en", *COMPLETE
    )  # fmt: skip
    assert f"{BETA} and {FOREIGN}: €230,000.00 left" in ran.out
    assert "Not enough room for €230,000.01" in ran.out
    assert "Single undertakings: 2; over the ceiling, or perhaps over it: 1" in ran.out


def test_few_are_told_and_the_rest_counted(command: Command, file: Path) -> None:
    ran = command("register", "survey", file, "--on", "2026-11-22", "--most", "1", *COMPLETE)
    assert "e altre 1" in ran.out
    assert BETA not in ran.out


def test_a_survey_as_data(command: Command, file: Path) -> None:
    ran = command("register", "survey", file, "--on", "2026-11-22", "--json", *COMPLETE)
    told = json.loads(ran.out)
    assert [(each["members"], each["left"]) for each in told["standings"]] == [
        ([ALFA], "0.00"), ([FOREIGN], "240000.00"), ([BETA], "290000.00"),
    ]  # fmt: skip
    near = json.loads(command("register", "survey", file, "--on", "2026-11-22", "--near", "1", "--json", *COMPLETE).out)
    assert [each["members"] for each in near["standings"]] == [[ALFA]]


def test_files_that_nobody_calls_complete(command: Command, file: Path) -> None:
    ran = command("register", "survey", file, "--on", "2026-11-22")
    assert f"{BETA}: restano fra 0,00 € e 290.000,00 €" in ran.out
    assert "Nessuno dice che l'elenco degli aiuti è completo: può restare meno" in ran.out
    assert "forse resta di più dal 1 giugno 2027, ma non è certo" in ran.out


def test_a_course_in_words(command: Command, file: Path) -> None:
    ran = command(
        "register", "course", file, "--undertaking", ALFA, "--from", "2024-12-31", "--until", "2028-12-31", *COMPLETE
    )
    assert (ran.code, ran.err) == (0, "")
    assert "Si può ancora concedere: da 0,00 € a 300.000,00 €, secondo il giorno" in ran.out
    assert "dal 31 dicembre 2024 al 9 gennaio 2025: restano 300.000,00 €" in ran.out
    assert "comincia a contare: 90000001 (320.000,00 €)" in ran.out
    assert "non conta più: 90000001 (320.000,00 €)" in ran.out
    assert "dal 10 gennaio 2028 al 31 dicembre 2028" in ran.out


def test_a_foreign_beneficiary_is_asked_about_by_its_number(command: Command, file: Path) -> None:
    ran = command(
        "register", "course", file, "--undertaking", "de 123456789", "--from", "2026-01-01", "--until", "2026-12-31", "--json",
        "--lang", "en", *COMPLETE,
    )  # fmt: skip
    told = json.loads(ran.out)
    assert (told["members"], told["stretches"][0]["left"]) == ([FOREIGN], "240000.00")
    for words in (("headroom",), ("register", "headroom")):
        asked = command(*words, file, "--undertaking", FOREIGN, "--on", "2026-11-22", "--json", *COMPLETE)
        assert json.loads(asked.out)["amount"] == "240000.00"


@pytest.mark.parametrize(("words", "said"), [
    (("survey", "--on", "2026-11-22", "--group", "1234560157", ALFA), "group: '1234560157' has 10 digits, not 11"),
    (("survey", "--on", "2026-11-22", "--near", "1,5"), "near: "),
    (("survey", "--on", "2026-11-22", "--group", ALFA, "--group", ALFA, BETA), f"group: '{ALFA}' is a member of group 1 and of group 2"),
    (("survey", "--on", "2026-11-22", "--most", "-1"), "'-1' is no count"), (("survey", "--on", "2040-01-01"), "2040-01-01"),
    (("survey", "--on", "2026-11-22", "--most", "1000000000"), "'1000000000' is no count"),
    (("survey", "--on", "2026-11-22", "--regulation", "generale"), "no regulation is called 'generale'"),
    (("course", "--undertaking", ALFA, "--from", "2026-02-01", "--until", "2026-01-01"), "until: 2026-01-01 lies before 2026-02-01"),
    (("course", "--undertaking", "x", "--from", "2026-02-01", "--until", "2026-03-01"), "undertaking: 'x'"), ((), "QUESTION"),
])  # fmt: skip
def test_what_cannot_be_asked(command: Command, file: Path, words: tuple[str, ...], said: str) -> None:
    ran = command("register", *words[:1], *((file,) if words else ()), *words[1:])
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_as_many_are_told_as_are_asked_for(command: Command, file: Path) -> None:
    """In words; a count has at most nine digits."""
    told = [
        command("register", "survey", "--on", "2026-11-22", "--most", most, file, *COMPLETE)
        for most in ("0", "1", "2", "999999999")
    ]
    assert [one.code for one in told] == [0] * 4
    assert len({one.out for one in told[:3]}) == 3


def test_a_ledger_is_kept_and_asked(command: Command, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "ledger.jsonl"
    ran = command("register", "load", file, "--out", out, "--drawn-on", "2026-11-01", *COMPLETE)
    assert (ran.code, ran.out, ran.err) == (0, "3 aids of 3 beneficiaries, 0 gaps\n", "")
    for asked in (
        ("register", "survey", "--on", "2026-10-31", "--json"), ("headroom", "--undertaking", ALFA, "--on", "2026-10-31", "--json"),
        ("register", "headroom", "--undertaking", ALFA, "--on", "2026-10-31", "--json"),
        ("register", "course", "--undertaking", BETA, "--from", "2026-01-01", "--until", "2027-12-31", "--json"),
    ):  # fmt: skip
        again = command(*asked, out)
        assert again.code == 0
        assert json.loads(again.out) == json.loads(
            command(*asked, "--drawn-on", "2026-11-01", *COMPLETE, "--", file).out
        )


def test_what_a_kept_ledger_cannot_be_asked(command: Command, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "ledger.jsonl"
    command("register", "load", file, "--out", out)
    ran = command("register", "survey", out, file, "--on", "2026-10-31", *COMPLETE)
    assert (ran.code, ran.out) == (2, "")
    assert "complete-by: the ledger that was kept in a file says itself who answers for it" in ran.err
    assert "is a ledger that was kept in a file, and such a one is asked alone" in ran.err
    out.write_text(out.read_text("utf-8").replace("320000.00", "-1"), "utf-8")
    broken = command("headroom", out, "--undertaking", ALFA, "--on", "2026-10-31")
    assert (broken.code, broken.out) == (2, "")
    assert "ledger.jsonl:" in broken.err and "amount: -1 is negative" in broken.err


def test_a_ledger_takes_the_place_of_no_file_it_is_read_from(command: Command, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    ran = command("register", "load", file, "--out", file)
    assert (ran.code, ran.out) == (2, "")
    assert "the ledger would take the place of a file that it is read from" in ran.err
    assert file.read_bytes() == before
    nowhere = command("register", "load", file, "--out", tmp_path / "none" / "x")
    assert nowhere.code == 2
    assert "the file cannot be written: No such file or directory" in nowhere.err


@pytest.fixture
def contradicting(tmp_path: Path) -> Path:
    """A file that tells one aid of two days and another of two amounts."""
    path = tmp_path / "aiuti.xml"
    aids = (
        plain("90000001", "1000.00", cf=ALFA, day="2025-01-10"), plain("90000001", "1000.00", cf=ALFA, day="2025-02-10"),
        plain("90000002", "1000.00", cf=ALFA, day="2024-06-01"), plain("90000002", "9000.00", cf=ALFA, day="2024-06-01"),
    )  # fmt: skip
    path.write_bytes(document(*aids))
    return path


CONFLICTS = (
    "COR 90000001 is told granted on 2025-01-10 and on 2025-02-10",
    ": one instrument is told of several amounts",
)


@pytest.mark.parametrize("asking", [
    "headroom {} --undertaking 01234560157 --on 2026-11-22", "register headroom {} --undertaking 01234560157 --on 2026-11-22",
    "register survey {} --on 2026-11-22", "register course {} --undertaking 01234560157 --from 2025-01-01 --until 2026-12-31",
    "register load {} --out {}.kept",
])  # fmt: skip
def test_what_a_file_tells_in_two_ways_is_told_at_every_door(
    command: Command, contradicting: Path, asking: str
) -> None:
    ran = command(*asking.replace("{}", str(contradicting)).split(), *COMPLETE)
    assert ran.code == 0
    assert [conflict for conflict in CONFLICTS if conflict not in ran.err] == []


def test_a_kept_ledger_says_that_some_of_it_is_not_sure(command: Command, contradicting: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    command("register", "load", contradicting, "--out", kept, *COMPLETE)
    words = "of 2 aids the amount or the day is known between two ends only, first 90000002"
    for asking in (
        "register survey",
        "headroom --undertaking 01234560157",
        "register headroom --undertaking 01234560157",
    ):
        ran = command(*asking.split(), kept, "--on", "2026-11-22")
        assert (ran.code, ran.err) == (0, f"{kept}: {words}\n")


def test_faults_of_a_question_name_the_question(command: Command) -> None:
    for ask, name in (
        (lambda: deminimis.survey(deminimis.Ledger([]), on="x"), "survey"),
        (lambda: deminimis.course(deminimis.Ledger([]), ALFA, "x", "2026-01-01"), "course"),
        (lambda: deminimis.course(deminimis.Ledger([]), ALFA, "2026-02-01", "2026-01-01"), "course"),
        (lambda: deminimis.headroom(deminimis.Ledger([]), ALFA, on="x"), "headroom"),
    ):
        with pytest.raises(misure.BadFacts) as caught:
            ask()
        assert {fault.place.path for fault in caught.value.faults} == {f"<{name}>"}
