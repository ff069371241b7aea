# SPDX-License-Identifier: Apache-2.0
"""From records to a ledger, entry by entry: keys, ranges, conflicts, gaps in words, and what cannot be asked."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest

from misure import Range
from misure.ground.errors import BadFacts
from misure.register import read_ledger
from tests.register.samples import GRANT, LOAN, aid, component, document, example, instrument, plain

ALFA, BETA = "01234560157", "12345678903"


def ledger_of(*contents, beneficiaries=None, **settings):
    sources = [io.BytesIO(document(content) if isinstance(content, str) else content) for content in contents]
    return read_ledger(sources, beneficiaries, **settings)


def gaps(*contents, **settings):
    ledger, _ = ledger_of(*contents, **settings)
    return [(gap.beneficiary, gap.what) for gap in ledger.gaps]


def amounts(*contents, **settings):
    ledger, report = ledger_of(*contents, **settings)
    return {one.id: (one.amount, one.granted_on) for one in ledger}, report


DAY, LATER, EARLIER = dt.date(2026, 3, 15), dt.date(2026, 3, 20), dt.date(2026, 3, 1)


@pytest.mark.parametrize(("told", "amount", "days", "repeated", "conflicts"), [
    ([("1000.00", DAY), ("1000.00", DAY)], Decimal("1000.00"), DAY, 1, 0),
    ([("1000.00", DAY), ("700.00", DAY)], Range(Decimal("700.00"), Decimal("1000.00")), DAY, 1, 1),
    ([("700.00", DAY), ("1000.00", DAY), ("800.00", DAY)], Range(Decimal("700.00"), Decimal("1000.00")), DAY, 2, 1),
    ([("1000.00", DAY), ("1000.00", LATER)], Decimal("1000.00"), Range(DAY, LATER), 1, 1),
    ([("1000.00", DAY), ("1000.00", EARLIER)], Decimal("1000.00"), Range(EARLIER, DAY), 1, 1),
    ([("1000.00", DAY), ("1000.00", EARLIER), ("1000.00", LATER)], Decimal("1000.00"), Range(EARLIER, LATER), 2, 2),
    ([("1000.00", EARLIER), ("1000.00", LATER), ("1000.00", DAY)], Decimal("1000.00"), Range(EARLIER, LATER), 2, 1),
    ([("n.d.", DAY), ("n.d.", DAY)], None, DAY, 1, 0), ([("n.d.", DAY), ("n.d.", DAY), ("n.d.", LATER)], None, Range(DAY, LATER), 2, 1),
    ([("1000.00", DAY), ("n.d.", DAY)], None, DAY, 1, 1), ([("n.d.", DAY), ("1000.00", DAY)], None, DAY, 1, 1),
])  # fmt: skip
def test_one_aid_told_several_times(told, amount, days, repeated, conflicts):
    one = [aid(component(instrument("2", "x", written, "1")), cor="1", day=str(day)) for written, day in told]
    found, report = amounts(*one)
    assert found["1"] == (amount, days)
    assert (report.repeated, len(report.conflicts)) == (repeated, conflicts)


def test_a_zero_before_a_cor_is_no_other_aid():
    one = [aid(component(instrument("2", "x", "1000.00", "1")), cor=cor) for cor in ("7", "007", "07")]
    found, report = amounts(*one)
    assert {id_: amount for id_, (amount, _) in found.items()} == {"7": Decimal("1000.00")}
    assert (report.repeated, report.conflicts) == (2, ())


def test_a_component_without_instruments_told_twice_repeats_none():
    found, report = amounts(aid(component(), cor="1"), aid(component(), cor="1"))
    assert found["1"] == (None, DAY)
    assert (report.repeated, report.conflicts) == (0, ())


def test_conflicts_are_told_in_words():
    _, report = ledger_of(plain("1"), plain("1", "700.00", day="2026-03-20"), plain("1", cf=BETA))
    assert report.conflicts == (
        "COR 1 is told granted on 2026-03-15 and on 2026-03-20",
        "COR 1, component 11: one instrument is told of several amounts",
        f"COR 1 is told of {ALFA} and of {BETA}",
    )


def test_an_instrument_is_known_by_its_component_its_code_and_its_turn():
    twice = aid(
        component(instrument("2", "x", "1.00"), instrument("2", "x", "2.00"), instrument("9", "x", "4.00")), cor="1"
    )
    once = aid(component(instrument("2", "x", "1.00")), cor="1")
    other = aid(component(instrument("2", "x", "8.00"), id_="7"), cor="1")
    found, report = amounts(twice, once, other, twice)
    assert found["1"][0] == Decimal("15.00")
    assert (report.repeated, report.conflicts) == (4, ())


def test_two_regulations_of_one_cor_are_two_entries():
    both = aid(
        component(instrument(*GRANT), instrument(*LOAN)),
        component(instrument(aid="1.00"), id_="4", code="CE2832/23", sectors="C.10"),
    )
    ledger, _ = ledger_of(both)
    gen, sgei = ledger
    assert (gen.id, gen.regulation, gen.amount, gen.keys.instrument, gen.keys.sector) == (
        "90000001/gen",
        "gen",
        Decimal("16000.00"),
        None,
        "I.56.1",
    )
    assert (sgei.id, sgei.regulation, sgei.amount, sgei.keys.instrument, sgei.keys.sector) == (
        "90000001/sgei",
        "sgei",
        Decimal("1.00"),
        "grant",
        "C.10",
    )
    assert gen.keys.cor == sgei.keys.cor == "90000001"


@pytest.mark.parametrize(("sectors", "sector"), [("I.56.1", "I.56.1"), ("I.56.1, C.10", None), ("n.d.", None)])
def test_a_key_that_is_not_one_is_none(sectors, sector):
    (one,) = ledger_of(aid(component(instrument(), sectors=sectors)))[0]
    assert one.keys.sector == sector
    assert one.keys.instrument == "grant"
    (one,) = ledger_of(aid(component(instrument("99", "x"))))[0]
    assert one.keys.instrument is None


GAPS = [
    (aid(cor="5"), [(ALFA, "COR 5 tells no component")]),
    (aid(component(instrument(), code="CE9999/99"), cor="5"), [(ALFA, "COR 5 was granted under a regulation of unknown code CE9999/99")]),
    (aid(component(instrument(), code="n.d."), cor="5"), [(ALFA, "COR 5 was granted under a regulation of unknown code None")]),
    (aid(component(instrument(), code="CE651/2014"), cor="5"), [(ALFA, "COR 5 is of the de minimis procedure, and of a regulation that is not")]),
    (aid(component(instrument(), code="CE651/2014", procedure="3"), cor="5"), []),
    (aid(component(instrument(), procedure="3"), cor="5"), []),
    (plain("5", day="2199-12-31"), []),
    (plain("5", day="2200-01-01"), [(ALFA, "COR 5 names no day of granting: 2200-01-01")]),
    (plain("5", cf="n.d."), [(None, "1 aids that may be de minimis name no beneficiary, first COR 5")]),
    (aid(component(instrument(), code="CE651/2014", procedure="3"), cf="n.d."), []),
    (aid(cf="n.d.", cor="5"), [(None, "1 aids that may be de minimis name no beneficiary, first COR 5")]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), GAPS, ids=range(len(GAPS)))
def test_a_gap_says_what_it_is_and_whose(content, expected):
    assert gaps(content, complete_by="prova") == expected


def test_gaps_are_gathered_over_all_files():
    damaged = document(example(day="x"), plain("2"), example(cor="3", day="y"), aid(cf="n.d.", cor="8"))
    broken = document("<AIUTO>&</AIUTO>", plain("4"), aid(cf="n.d.", cor="9"))
    assert gaps(damaged, broken, skip_damaged=True) == [
        (None, "1 damaged in the register's files, first at <aids>:3:1, record 1"),
        (ALFA, "2 damaged in the register's files, first at <aids>:3:1, record 1 (COR 90000001)"),
        (None, "2 aids that may be de minimis name no beneficiary, first COR 8"),
    ]


def test_unknown_codes_of_one_record_are_told_in_order_and_once():
    mixed = aid(
        *(component(instrument(), code=code, id_=str(n)) for n, code in enumerate(["CE9/99", "CE8/88", "CE9/99"])),
        cor="5",
    )
    assert gaps(mixed) == [
        (ALFA, "COR 5 was granted under a regulation of unknown code CE8/88"),
        (ALFA, "COR 5 was granted under a regulation of unknown code CE9/99"),
    ]


def test_files_of_which_nothing_is_recognised_are_named():
    assert gaps("<ALTRO/>", plain("1")) == [(None, "<aids>: no aid was recognised")]
    foreign = document("", namespace=' xmlns="x"')
    assert gaps(foreign, namespace="lenient") == [(None, "<aids>: no aid was recognised")]
    assert gaps("") == []


@pytest.mark.parametrize(("complete_by", "drawn_on", "complete", "until"), [
    (None, None, False, None), (None, "2026-10-31", False, None), ("registro", None, True, None),
    ("registro", "2026-10-31", True, dt.date(2026, 10, 31)), ("registro", dt.date(2026, 10, 31), True, dt.date(2026, 10, 31)),
])  # fmt: skip
def test_who_says_that_it_is_complete_and_until_when(complete_by, drawn_on, complete, until):
    ledger, _ = ledger_of(plain("1"), complete_by=complete_by, drawn_on=drawn_on)
    assert (ledger.complete, ledger.complete_by, ledger.complete_until) == (complete, complete_by, until)


def test_beneficiaries_are_met_whatever_their_capitals_and_blanks():
    content = document(plain("1"), plain("2", cf="rssmra85t10f205r"))
    for asked, found in (
        ([f" {ALFA} "], ["1"]),
        (["Rssmra85t10f205R"], ["2"]),
        ((ALFA, "RSSMRA85T10F205R"), ["1", "2"]),
        (None, ["1", "2"]),
        ((), []),
    ):
        assert [one.id for one in ledger_of(content, beneficiaries=asked)[0]] == found
    assert [one.beneficiary for one in ledger_of(content)[0]] == [ALFA, "RSSMRA85T10F205R"]


NOWHERE = "cannot be opened: no such file"
REFUSED = [
    ([], {}, ["<read_ledger>: paths: no file is named"]),
    (7, {}, ["<read_ledger>: paths: expected paths; got 7"]),
    (["a.xml", "b.xml"], {}, [f"a.xml: {NOWHERE}", f"b.xml: {NOWHERE}"]),
    (["."], {}, [".: cannot be opened: this is a folder, not a file"]),
    ("a.xml", {}, ["a.xml: cannot be opened: No such file or directory"]),
    (io.BytesIO(), {"beneficiaries": [7, ""]}, ["<read_ledger>: beneficiaries: '' is no codice fiscale", "<read_ledger>: beneficiaries: 7 is no codice fiscale but a number: a code is text, with all its zeros"]),
    (io.BytesIO(), {"beneficiaries": [" "]}, ["<read_ledger>: beneficiaries: ' ' is no codice fiscale"]),
    (io.BytesIO(), {"drawn_on": "x"}, ["<read_aids>: drawn_on: 'x' is not a date: write YYYY-MM-DD"]),
]  # fmt: skip


@pytest.mark.parametrize(("paths", "settings", "faults"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_asked_is_told(paths, settings, faults):
    with pytest.raises(BadFacts) as caught:
        read_ledger(paths, **settings)
    assert list(map(str, caught.value.faults)) == faults


@pytest.mark.parametrize(("complete_by", "words"), [
    ("", "say who answers for it, or leave it out"), ("  ", "say who answers for it, or leave it out"), (7, "expected a text; got 7"),
])  # fmt: skip
def test_who_answers_for_it_has_a_name(complete_by, words):
    with pytest.raises(BadFacts) as caught:
        ledger_of(plain("1"), complete_by=complete_by)
    (fault,) = caught.value.faults
    assert (fault.place.path, fault.subject) == ("<read_ledger>", "complete_by")
    assert fault.message.endswith(words)


def test_all_faults_of_all_files_come_together():
    with pytest.raises(BadFacts) as caught:
        ledger_of(document(plain("1"), example(day="x")), plain("2"), document(example(cor="y")))
    assert [fault.subject for fault in caught.value.faults] == ["record 1", "record 2 (COR 90000001)"]


def test_the_settings_reach_the_reading():
    strange = aid(component(instrument(), code="CE9999/99"))
    with pytest.raises(BadFacts, match="no known regulation has the code 'CE9999/99'"):
        ledger_of(strange, unknown_regulations="fault")
    with pytest.raises(BadFacts, match="after 1 damages nothing more is read"):
        ledger_of(document(example(day="x"), example(day="x")), most_damages=1)
    with pytest.raises(BadFacts, match="the root has no namespace"):
        ledger_of(document(plain("1"), namespace=""))
    assert len(ledger_of(document(plain("1"), namespace=""), namespace="lenient")[0]) == 1
    with pytest.raises(BadFacts, match="lies after 2026-03-14, when the file was drawn"):
        ledger_of(plain("1"), drawn_on="2026-03-14")
    assert len(ledger_of(plain("1"), drawn_on="2026-03-15")[0]) == 1


def test_progress_over_several_files_adds_up(tmp_path: Path):
    paths = []
    for number, count in ((1, 1), (2, 2)):
        paths.append(tmp_path / f"{number}.xml")
        paths[-1].write_bytes(document(*(plain(f"{number}{each}") for each in range(count))))
    sizes = [path.stat().st_size for path in paths]
    told: list[tuple[int, int | None, int]] = []
    read_ledger(paths, progress=lambda *state: told.append(state))
    assert told == [(sizes[0], sum(sizes), 1), (sum(sizes), sum(sizes), 3)]
    told.clear()
    with paths[0].open("rb") as file:
        read_ledger([file, paths[1]], progress=lambda *state: told.append(state))
    assert told == [(sizes[0], None, 1), (sum(sizes), None, 3)]


def test_the_report_of_all_files():
    _, report = ledger_of(document(plain("1"), example(day="x")), aid(), skip_damaged=True)
    assert (report.reading.records, report.reading.lost, report.reading.damages) == (2, 1, 1)
    assert report.reading.sources == ("<aids>", "<aids>")
    assert report.reading.warned("no_components") == 1
    assert not report.complete
    assert ledger_of(plain("1"))[1].complete
