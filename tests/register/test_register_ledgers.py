# SPDX-License-Identifier: Apache-2.0
"""The register's files as a ledger: what counts, once, for whom; and what is left open."""

import datetime as dt
import io
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.deminimis import headroom
from misure.ground.errors import BadFacts
from misure.register import read_ledger
from tests.register.samples import GRANT, LOAN, aid, component, document, example, instrument, plain

ALFA, BETA = "01234560157", "12345678903"
DAY = dt.date(2026, 11, 22)


def files(*contents):
    return [io.BytesIO(document(content) if isinstance(content, str) else content) for content in contents]


def ledger_of(*contents, beneficiaries=None, **settings):
    return read_ledger(files(*contents), beneficiaries, **settings)


def test_only_the_equivalent_of_de_minimis_components_counts():
    ledger, report = ledger_of(
        aid(
            component(instrument(*GRANT), instrument(*LOAN)),
            component(instrument(aid="90000.00", nominal="90000.00"), id_="3", procedure="3", code="CE651/2014"),
            component(instrument(aid="1.00"), id_="4", code="CE2832/23"),
            component(instrument(aid="2.00"), id_="5", procedure="2", code="CE9999/99"),
        ),
        complete_by="registro, dati di prova",
    )
    assert [(one.id, one.regulation, one.amount) for one in ledger] == [
        ("90000001/gen", "gen", Decimal("16000.00")), ("90000001/sgei", "sgei", Decimal("1.00")),
    ]  # fmt: skip
    assert ledger.complete
    assert report.complete
    assert headroom(ledger, ALFA, on=DAY).caps[0].used == Decimal("16000.00")


def test_an_aid_keeps_its_keys():
    ledger, _ = ledger_of(example(cup="E44E20000140007"))
    (one,) = ledger
    assert (one.id, one.beneficiary, one.granted_on, one.measure) == ("90000001", ALFA, dt.date(2026, 3, 15), "99901")
    keys = one.keys
    assert (keys.car, keys.cor, keys.cup, keys.authority) == ("99901", "90000001", "E44E20000140007", "Ente di prova")
    assert (keys.instrument, keys.sector) == (None, "I.56.1")  # a grant and a loan: no one form


def test_files_that_tell_the_same_aid_count_it_once():
    first = document(example(), plain("1"))
    second = document(plain("1"), aid(component(instrument(*LOAN)), cor="90000001"), plain("2"))
    ledger, report = ledger_of(first, second)
    assert {one.id: one.amount for one in ledger} == {
        "90000001": Decimal("16000.00"), "1": Decimal("1000.00"), "2": Decimal("1000.00"),
    }  # fmt: skip
    # The loan alone is told again as the first instrument of its code, and the grant of COR 1.
    assert report.repeated == 2
    assert report.conflicts == ()


def test_a_component_that_another_file_adds_counts_too():
    more = aid(component(instrument(*GRANT), id_="7"), cor="90000001")
    ledger, report = ledger_of(example(), more)
    assert ledger["90000001"].amount == Decimal("28000.00")
    assert report.repeated == 0


def test_two_instruments_of_one_code_in_one_record_are_two():
    twice = aid(component(instrument(*GRANT), instrument(*GRANT)))
    assert ledger_of(twice)[0]["90000001"].amount == Decimal("24000.00")
    assert ledger_of(twice, twice)[0]["90000001"].amount == Decimal("24000.00")


def test_what_two_files_tell_differently_is_a_range():
    ledger, report = ledger_of(plain("1", "1000.00"), plain("1", "700.00", day="2026-03-20"))
    assert ledger["1"].amount == Range(Decimal("700.00"), Decimal("1000.00"))
    assert ledger["1"].granted_on == Range(dt.date(2026, 3, 15), dt.date(2026, 3, 20))
    assert len(report.conflicts) == 2


def test_one_cor_of_two_beneficiaries_is_left_open_for_both():
    ledger, report = ledger_of(plain("1"), plain("1", cf=BETA), complete_by="prova")
    assert ledger["1"].beneficiary == ALFA
    assert {gap.beneficiary for gap in ledger.gaps} == {ALFA, BETA}
    assert len(report.conflicts) == 1


def test_only_those_asked_for():
    content = document(plain("1"), plain("2", cf=BETA), plain("3", cf=" rssmra85t10f205r "))
    assert [one.id for one in ledger_of(content, beneficiaries={ALFA})[0]] == ["1"]
    assert [one.id for one in ledger_of(content, beneficiaries=["RSSMRA85T10F205R", BETA])[0]] == ["2", "3"]
    ledger, report = ledger_of(content, beneficiaries=set(), complete_by="prova")
    assert len(ledger) == 0
    assert report.reading.records == 3
    assert ledger.complete


def test_nobody_says_that_the_files_are_all_there_is():
    ledger, report = ledger_of(plain("1"))
    assert report.complete
    assert not ledger.complete
    ledger, _ = ledger_of(plain("1"), complete_by="registro", drawn_on="2026-10-31")
    assert ledger.complete_until == dt.date(2026, 10, 31)
    assert ledger.complete


@pytest.mark.parametrize(("content", "whose"), [
    (aid(cor="5"), ALFA),                                                   # no components
    (aid(component(instrument(), code="CE9999/99")), ALFA),                 # de minimis of an unknown regulation
    (aid(component(instrument(), procedure="9", code="CE9999/99")), ALFA),  # an unknown procedure as well
    (example(cf="n.d."), None), (aid(cf=""), None),                         # nobody is named
    (example(cf="\n        n.d.\n      "), None), (example(cf="n.d.\n        "), None),
])  # fmt: skip
def test_what_the_files_leave_open_is_a_gap(content, whose):
    ledger, report = ledger_of(document(content, plain("1", cf=BETA)), complete_by="prova")
    assert [gap.beneficiary for gap in ledger.gaps] == [whose]
    assert not ledger.complete
    assert report.complete
    assert report.unattributed == (whose is None)


def test_a_day_that_no_calendar_of_aid_has_is_a_gap():
    ledger, report = ledger_of(document(plain("1", day="9999-12-31"), plain("2")), complete_by="prova")
    assert [one.id for one in ledger] == ["2"]
    assert [gap.beneficiary for gap in ledger.gaps] == [ALFA]
    assert isinstance(headroom(ledger, ALFA, on=DAY).amount, Range)
    assert report.complete


def test_a_file_of_which_nothing_is_recognised_tells_nobody_that_he_has_no_aid():
    ledger, report = ledger_of("<ALTRO>1</ALTRO>", complete_by="prova")
    assert [gap.beneficiary for gap in ledger.gaps] == [None]
    assert report.reading.warned("no_records")
    assert isinstance(headroom(ledger, ALFA, on=DAY).amount, Range)
    assert ledger_of("", complete_by="prova")[0].complete


def test_aid_of_other_procedures_leaves_nothing_open():
    content = document(
        aid(component(instrument(), procedure="2", code="CE1589/15"), cf="n.d."),
        aid(component(instrument(), procedure="3", code="CE9999/99"), cor="2"),
    )
    ledger, report = ledger_of(content, complete_by="prova")
    assert ledger.gaps == ()
    assert report.unattributed == 0


def test_an_amount_that_is_not_told_is_not_nothing():
    ledger, _ = ledger_of(aid(component(instrument(*GRANT), instrument("9", "x", "n.d.", "1.00"))), complete_by="prova")
    assert ledger["90000001"].amount is None
    assert headroom(ledger, ALFA, on=DAY).amount != Decimal("288000.00")


def test_damage_leaves_no_ledger_and_all_files_are_told():
    with pytest.raises(BadFacts) as caught:
        ledger_of(document(plain("1"), example(day="x")), plain("2"), document(plain("3"))[:-30])
    assert len(caught.value.faults) == 2


def test_a_ledger_of_what_could_be_read_is_not_complete():
    content = document(plain("1"), plain("2", day="x"), plain("3", cf=BETA), "<AIUTO>&</AIUTO>")
    ledger, report = ledger_of(content, skip_damaged=True, complete_by="prova")
    assert [one.id for one in ledger] == ["1", "3"]
    assert {gap.beneficiary for gap in ledger.gaps} == {ALFA, None}
    assert not ledger.complete
    assert not report.complete
    assert report.reading.lost == 2


def test_damage_of_another_firm_leaves_this_one_certain():
    content = document(plain("1"), plain("2", cf=BETA, day="x"))
    ledger, _ = ledger_of(content, beneficiaries={ALFA}, skip_damaged=True, complete_by="prova")
    assert not ledger.complete
    assert headroom(ledger, ALFA, on=DAY).amount == Decimal("299000.00")
    assert isinstance(headroom(ledger, BETA, on=DAY).amount, Range)


def test_progress_goes_on_over_all_files(tmp_path):
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.xml")
        paths[-1].write_bytes(document(*(plain(str(number * 10 + each)) for each in range(3))))
    told = []
    read_ledger(paths, progress=lambda *state: told.append(state))
    total = sum(path.stat().st_size for path in paths)
    assert told[-1] == (total, total, 9)
    assert [records for _, _, records in told] == [3, 6, 9]
    assert all(before[0] <= after[0] for before, after in pairwise(told))


@pytest.mark.parametrize(("paths", "settings", "subject"), [
    ([], {}, "paths"), (7, {}, "paths"), ("nowhere.xml", {}, ""), (["nowhere.xml", "nor-here.xml"], {}, ""),
    (files(plain("1")), {"beneficiaries": ALFA}, "beneficiaries"), (files(plain("1")), {"beneficiaries": [7]}, "beneficiaries"),
    (files(plain("1")), {"beneficiaries": [""]}, "beneficiaries"), (files(plain("1")), {"complete_by": ""}, "complete_by"),
    (files(plain("1")), {"drawn_on": "x"}, "drawn_on"),
])  # fmt: skip
def test_what_cannot_be_asked(paths, settings, subject):
    with pytest.raises(BadFacts) as caught:
        read_ledger(paths, **settings)
    assert {fault.subject for fault in caught.value.faults} == {subject}


amounts = st.integers(0, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), st.sampled_from(["2", "9"])), unique=True), st.data())
def test_the_order_and_the_number_of_files_do_not_matter(keys, data):
    records = [
        aid(component(instrument(code, "x", amount, amount), id_=str(part)), cor=str(cor))
        for (cor, part, code), amount in ((key, data.draw(amounts)) for key in keys)
    ]  # fmt: skip
    whole, _ = ledger_of(document(*records))
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))
    parted, _ = ledger_of(document(*shuffled[:cut]), document(*shuffled[cut:]), document(*records[:1]))
    assert parted == whole
    assert sum(one.amount for one in whole) == sum(
        Decimal(record.partition("<ELEMENTO_DI_AIUTO>")[2].partition("<")[0]) for record in records
    )


SLIPPED = "DE136695975"
"""The number of another State, with a wrong check digit: whose it is nobody knows."""
WHO = (ALFA, BETA, "DE136695976", SLIPPED)


@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "2", "012"]), st.sampled_from(WHO), st.sampled_from(["100.00", "5000.00"])),
        max_size=6,
    ),
    st.sampled_from(WHO),
)  # fmt: skip
def test_who_is_read_alone_has_what_is_left_to_it_among_all(told, who):
    """One COR of two beneficiaries, and aid of a code that may be anybody's, count whoever else is asked about."""
    content = document(*(plain(cor, amount, cf=cf) for cor, cf, amount in told))
    whole, _ = ledger_of(content, complete_by="prova")
    alone, _ = ledger_of(content, beneficiaries={who}, complete_by="prova")
    among_all, by_itself = (headroom(ledger, who, on=DAY) for ledger in (whole, alone))
    assert by_itself.amount == among_all.amount


def test_a_cor_that_was_told_of_another_first_is_not_taken_for_the_one_asked_about():
    ledger, report = ledger_of(plain("1", cf=BETA), plain("1"), beneficiaries={ALFA}, complete_by="prova")
    assert list(ledger) == []
    assert report.conflicts == (f"COR 1 is told of another beneficiary and of {ALFA}",)
    assert headroom(ledger, ALFA, on=DAY).amount == Range(Decimal("0.00"), Decimal("300000.00"))
