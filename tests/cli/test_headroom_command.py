# SPDX-License-Identifier: Apache-2.0
"""`misure headroom`: from files of the register to what may still be granted, or to what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misure import deminimis
from misure.telling.formats.text import Style, plain_text
from misure.telling.headroom import headroom_page
from tests.cli.commands import Command
from tests.register.samples import aid, component, document, instrument, plain

FIRM, OTHER = "01234560157", "02345670158"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "aiuti.xml"
    aids = (
        plain("90000001", "250000.00", cf=FIRM, day="2025-01-10"),
        plain("90000002", "10000.00", cf=OTHER, day="2024-06-01"),
    )
    path.write_bytes(document(*aids))
    return path


def test_what_is_left_is_told_with_its_limits_and_what_fills_them(command: Command, file: Path) -> None:
    ran = command("headroom", file, "--undertaking", FIRM, "--on", "2026-11-22", "--complete-by", "prova")
    assert (ran.code, ran.err) == (0, "")
    assert "Si può ancora concedere: 50.000,00 €" in ran.out
    assert "Reg. (UE) 2023/2831, art. 3, par. 2" in ran.out
    assert "250.000,00 € – 90000001, regolamento generale, concesso: 10 gennaio 2025" in ran.out
    assert "non conta più dal: 10 gennaio 2028" in ran.out


def test_every_member_of_the_single_undertaking_counts_and_nobody_else(command: Command, file: Path) -> None:
    ran = command(
        "headroom", file, "--undertaking", FIRM, "--undertaking", OTHER, "--on", "2026-11-22", "--lang", "en",
        "--complete-by", "a test", "--fits", "45000",
    )  # fmt: skip
    assert "What may still be granted: €40,000.00" in ran.out
    assert "€45,000.00 fits from 1 June 2027, if nothing else is granted" in ran.out


def test_files_that_nobody_calls_complete_leave_an_upper_bound(command: Command, file: Path) -> None:
    ran = command("headroom", file, "--undertaking", FIRM, "--on", "2026-11-22")
    assert "Si può ancora concedere: fra 0,00 € e 50.000,00 €" in ran.out
    assert "Nessuno dice che l'elenco degli aiuti è completo" in ran.out


def test_a_damaged_file_answers_nothing_unless_damage_is_skipped_and_then_says_so(command: Command, file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("2024-06-01", "2024-06-31"), "utf-8")
    ran = command("headroom", file, "--undertaking", FIRM, "--on", "2026-11-22", "--complete-by", "prova")
    assert (ran.code, ran.out) == (2, "")
    assert "2024-06-31 does not exist" in ran.err
    skipped = command(
        "headroom", file, "--undertaking", FIRM, "--on", "2026-11-22", "--complete-by", "prova", "--skip-damaged"
    )
    assert skipped.code == 0
    assert "2024-06-31 does not exist" in skipped.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--regulation", "gem"), "did you mean 'gen'?"),
        (("--fits", "1.234,50"), "has a comma"),
        (("--on", "2026-02-30"), "does not exist"),
        (("--on", "2033-01-01"), "is not encoded"),
    ],
)
def test_bad_questions_are_told(command: Command, file: Path, arguments: tuple[str, str], told: str) -> None:
    ran = command("headroom", file, "--undertaking", FIRM, "--on", "2026-11-22", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_every_doubt_and_every_warning_has_its_sentence() -> None:
    aids = [
        deminimis.Aid("A1", FIRM, "gen", None, "1000.00"), deminimis.Aid("A2", FIRM, "fish", "2025-01-10", None),
        deminimis.Aid("A3", FIRM, "sgei", "2025-01-10", "600000.00"),
    ]  # fmt: skip
    ledger = deminimis.Ledger(aids, gaps=[deminimis.Gap("giugno 2025")])
    for regulation in deminimis.REGULATIONS:
        for language in ("it", "en"):
            found = deminimis.headroom(ledger, FIRM, on="2026-11-22", regulation=str(regulation))
            page = plain_text(headroom_page(found, language), Style(100))
            for remark in (*found.doubts, *found.warnings):
                assert f"{remark.subject}: {remark.text}" not in page


def test_a_mistyped_codice_fiscale_is_no_undertaking_without_aid(command: Command, file: Path) -> None:
    ran = command("headroom", file, "--undertaking", "01234560158", "--on", "2026-11-22")
    assert (ran.code, ran.out) == (2, "")
    assert "01234560158" in ran.err
    assert "nessun aiuto" in command("headroom", file, "--undertaking", "03456780166", "--on", "2026-11-22").out


def test_what_the_register_contradicts_leaves_the_answer_open(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "aiuti.xml"
    path.write_bytes(document(aid(component(instrument(aid="16000.00"), procedure="1", code="CE651/2014"), cf=FIRM)))
    ran = command("headroom", path, "--undertaking", FIRM, "--on", "2026-11-22", "--complete-by", "prova")
    assert "fra 0,00 € e 300.000,00 €" in ran.out
    assert f"manca qualcosa che riguarda {FIRM}" in ran.out
    assert "procedure_not_of_regulation: 1" in ran.err


ASKED = ("--undertaking", FIRM, "--on", "2026-11-22", "--complete-by", "prova")


def test_the_general_regulation_is_asked_unless_another_is_said(command: Command, file: Path) -> None:
    bare = command("headroom", file, *ASKED)
    assert bare == command("headroom", file, *ASKED, "--regulation", "gen")
    assert bare == command("headroom", file, *ASKED, "--lang", "it")
    assert bare.out.startswith(
        "Disponibilità de minimis, regolamento generale · al 22 novembre 2026\nImpresa unica: 01234560157\n"
    )
    services = command("headroom", file, *ASKED, "--regulation", "sgei", "--lang", "en")
    assert services.out.startswith("De minimis headroom, services of general economic interest · on 22 November 2026")
    assert "fits" not in bare.out
    assert "entra dal" not in bare.out


def test_aid_granted_after_the_day_of_the_question_does_not_count(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "aiuti.xml"
    path.write_bytes(
        document(plain("1", "100000.00", cf=FIRM, day="2026-11-22"), plain("2", "50000.00", cf=FIRM, day="2026-11-23"))
    )
    ran = command("headroom", path, *ASKED, "--fits", "200000")
    assert (ran.code, ran.err) == (0, "left out, as granted after 2026-11-22: 2\n")
    assert "Si può ancora concedere: 200.000,00 €" in ran.out
    assert "200.000,00 € entra dal 22 novembre 2026" in ran.out


def test_several_files_are_read_as_one(command: Command, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "altri.xml"
    other.write_bytes(document(plain("90000003", "20000.00", cf=FIRM, day="2025-02-01")))
    ran = command("headroom", file, other, *ASKED)
    assert "Si può ancora concedere: 30.000,00 €" in ran.out
    assert (ran.code, ran.err) == (0, "")


def test_a_file_drawn_before_a_grant_that_it_holds_is_damaged(command: Command, file: Path) -> None:
    ran = command("headroom", file, *ASKED, "--drawn-on", "2025-01-09")
    assert (ran.code, ran.out) == (2, "")
    assert "2025-01-10 lies after 2025-01-09, when the file was drawn" in ran.err
    ran = command("headroom", file, *ASKED, "--drawn-on", "2025-01-10")
    assert ran.code == 0
    assert "L'elenco degli aiuti è detto completo solo fino a un giorno prima della concessione" in ran.out


def test_what_was_skipped_is_reported_beside_the_answer(command: Command, file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("2024-06-01", "2024-06-31"), "utf-8")
    ran = command("headroom", file, *ASKED, "--skip-damaged")
    at = file.read_bytes().index(b"<AIUTO>", 300)
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "1 records read, 1 lost, not complete",
        f"{file}:4:1: record 2 (COR 90000002): byte {at}: DATA_CONCESSIONE: 2024-06-31 does not exist: June 2024 has 30 days",
    ]
    assert "Si può ancora concedere: 50.000,00 €" in ran.out


def test_files_that_are_not_there_are_all_told(command: Command, tmp_path: Path) -> None:
    ran = command("headroom", tmp_path / "a.xml", tmp_path / "b.xml", *ASKED)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [f"{tmp_path}/{name}.xml: cannot be opened: no such file" for name in "ab"]


@pytest.mark.parametrize("written", ["it 012 345 601 57", "TINIT-01234560157", "VATIT-01234560157", "012.345.601.57"])
def test_the_writing_of_a_code_makes_no_difference(command: Command, file: Path, written: str) -> None:
    asked = ("--on", "2026-11-22", "--complete-by", "prova")
    assert command("headroom", file, "--undertaking", written, *asked) == command(
        "headroom", file, "--undertaking", FIRM, *asked
    )


@pytest.mark.parametrize(
    ("written", "right"), [("1234560157", "did you mean '01234560157'?"), ("01234560158", "did you mean '01234560157'?"), ("alfa", "is no codice fiscale")]
)  # fmt: skip
def test_what_is_no_code_is_told_with_the_nearest_right_one(
    command: Command, file: Path, written: str, right: str
) -> None:
    ran = command("headroom", file, "--undertaking", written, "--on", "2026-11-22", "--complete-by", "prova")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("<command line>: undertaking: ")
    assert right in ran.err


def test_whom_the_files_do_not_know_is_told_in_both_languages(command: Command, file: Path) -> None:
    asked = ("--undertaking", "DE123456789", "--on", "2026-11-22", "--complete-by", "prova")
    assert "Nell'elenco degli aiuti non c'è nessun aiuto di DE123456789" in command("headroom", file, *asked).out
    assert "The list of aid holds none of DE123456789" in command("headroom", file, *asked, "--lang", "en").out


def test_a_ceiling_that_is_passed_is_told_in_both_languages(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "aiuti.xml"
    path.write_bytes(document(plain("90000001", "310000.00", cf=FIRM, day="2025-01-10")))
    asked = ("--undertaking", FIRM, "--on", "2026-11-22", "--complete-by", "prova")
    assert "(regolamento generale) è già superato dal 10 gennaio 2025: 10.000,00 € in più" in command(
        "headroom", path, *asked
    ).out.replace("\u00a0", " ")
    assert (
        "has been passed since 10 January 2025: €10,000.00 too much"
        in command("headroom", path, *asked, "--lang", "en").out
    )


def test_a_code_of_the_files_that_is_none_leaves_an_upper_bound_and_is_told(command: Command, file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace(OTHER, "2345670158"), "utf-8")
    ran = command(
        "headroom", file, "--undertaking", FIRM, "--on", "2026-11-22", "--complete-by", "prova", "--lang", "en"
    )
    assert "What may still be granted: between €0.00 and €50,000.00" in ran.out
    assert (
        "1 aids that may be de minimis are of a code that is none, first COR 90000002, of '2345670158', which looks like 02345670158"
        in " ".join(ran.out.split())
    )
    assert "odd_codice_fiscale: 1" in ran.err


def test_the_answer_as_json(command: Command, file: Path) -> None:
    asked = (
        "headroom",
        file,
        "--undertaking",
        FIRM,
        "--undertaking",
        "DE136695976",
        "--on",
        "2026-11-22",
        "--complete-by",
        "prova",
        "--json",
    )
    told = json.loads(command(*asked).out)
    assert (told["amount"], told["overdrawn"], told["members"]) == ("50000.00", "0.00", [FIRM, "DE136695976"])
    assert [(doubt["kind"], doubt["subject"]) for doubt in told["doubts"]] == [("not_in_ledger", "DE136695976")]
    assert "waiting" not in told
    assert json.loads(command(*asked, "--fits", "60000").out)["waiting"]["day"] == "2028-01-10"
