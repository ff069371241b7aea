# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, Truth
from misure.undertakings import Figures, SizeClass, Staff, StaffKind, awu, size_over_years

ON = "2026-11-22"


def test_part_time_counts_in_part_and_apprentices_do_not():  # SME-20
    staff = [Staff(4, Fraction(1, 2)), Staff(1, "50%"), Staff(2, 1, kind="apprentice")]
    found = awu(staff, on=ON)
    assert found.awu.exact == Fraction(5, 2)
    assert [line.awu.exact for line in found.lines] == [2, Fraction(1, 2), 0]
    assert str(found.lines[0].citation) == "Racc. 2003/361/CE, allegato, art. 5, lett. a)"
    assert found.confidence is Confidence.SECONDARY


@pytest.mark.parametrize(("kind", "units"), [
    ("employee", 3), ("deemed_employee", 3), ("owner_manager", 3), ("active_partner", 3),
    ("apprentice", 0), ("vocational_student", 0), ("parental_leave", 0),
])  # fmt: skip
def test_who_counts(kind, units):
    assert awu([Staff(3, kind=kind)], on=ON).awu.exact == units


def test_seasonal_work_thirds_and_what_is_not_known():
    assert awu([Staff(1, part_of_year=Fraction(1, 3))] * 3, on=ON).awu.exact == 1
    assert awu([Staff(10, "80%", Decimal("0.25"))], on=ON).awu.exact == 2
    assert str(awu([Staff(4), Staff(None)], on=ON).awu) == "at least 4"
    assert str(awu([Staff(Range(4, 6), "50%"), Staff(None, kind="apprentice")], on=ON).awu) == "from 2 to 3"
    assert awu([Staff(None, 0)], on=ON).awu.exact == 0
    assert awu([], on=ON).awu.exact == 0


def test_bad_staff():
    with pytest.raises(BadFacts) as caught:
        awu(
            [Staff(-1), Staff(1, 0.5), Staff(1, 80), Staff(1, kind="aprentice"), "Staff", Staff(1, part_of_year=-1)],
            on="x",
        )
    assert [f"{fault.subject}: {fault.message}" for fault in caught.value.faults] == [
        "on: 'x' is not a date: write YYYY-MM-DD",
        "staff 1: n: a count is never negative; got -1",
        'staff 2: fraction: 0.5 is a binary float, which is not exact: write it as text, "0.5"',
        "staff 3: fraction: 80 is above 100%: a rate of 80 per cent is written 80%",
        f"staff 4: kind: 'aprentice' is none of {', '.join(StaffKind)}; did you mean 'apprentice'?",
        "staff 5: expected Staff; got 'Staff'",
        "staff 6: part_of_year: -1 is below zero, and no such rate is used",
    ]  # fmt: skip
    with pytest.raises(BadFacts, match="expected many"):
        awu(5, on=ON)
    with pytest.raises(NotEncoded):
        awu([Staff(1)], on="2004-01-01")


def by_awu(*units, first=2022):
    return {first + place: Figures(count, 1, 1) for place, count in enumerate(units)}


@pytest.mark.parametrize(("units", "statuses"), [
    ((200, 260, 240, 260), "medium medium medium medium"),        # SME-16: never two in a row above
    ((200, 260, 265), "medium medium large"),                     # SME-17
    ((200, 260, 265, 240, 260, 240, 245), "medium medium large large large large medium"),
    ((5, 60, 300), "micro micro medium"),                         # two above small, one above medium
    ((5, 300, 60), "micro micro medium"),
    ((300, 5, 60), "large large medium"),
    ((5, 60, 5, 60, 60), "micro micro micro micro medium"),
    ((60,), "medium"),
])  # fmt: skip
def test_two_consecutive_periods(units, statuses):
    found = size_over_years(by_awu(*units), on=ON)
    assert [period.statuses[0].value for period in found.periods] == statuses.split()
    assert all(len(period.statuses) == 1 for period in found.periods)
    assert found.is_sme is (Truth.NO if statuses.endswith("large") else Truth.YES)
    assert str(found.citations[0]) == "Racc. 2003/361/CE, allegato, art. 4, par. 2"


def test_what_the_status_begins_with():
    years = by_awu(260, 240)
    assumed = size_over_years(years, on=ON)
    assert (assumed.status, assumed.start, assumed.confidence) == ("large", "first_period", Confidence.INFERRED)
    said = size_over_years(years, on=ON, before="medium")
    assert (said.status, said.start, said.confidence) == ("medium", "given", Confidence.SECONDARY)
    new = size_over_years(by_awu(5), on=ON, newly_established=True)
    assert (new.status, new.start, new.confidence) == ("micro", "estimate", Confidence.SECONDARY)
    unknown = size_over_years(years, on=ON, before="unknown")
    assert [size.value for size in unknown.statuses] == ["medium", "large"]
    assert size_over_years(by_awu(5, 5), on=ON, before="unknown").status is SizeClass.MICRO


def test_joining_a_large_group_changes_the_status_at_once():
    years = by_awu(40, 40, 4000)
    assert size_over_years(years, on=ON).status == "small"
    joined = size_over_years(years, on=ON, before="small", joined_group_in=2024)
    assert (joined.status, joined.confidence) == ("large", Confidence.INFERRED)
    # It is no way to become smaller at once.
    assert size_over_years(by_awu(400, 4), on=ON, joined_group_in=2023).status == "large"


def test_years_and_figures_that_are_not_known():
    gap = size_over_years({2022: Figures(200, 1, 1), 2024: Figures(260, 1, 1)}, on=ON)
    assert [[size.value for size in period.statuses] for period in gap.periods] == [
        ["medium"], ["medium"], ["medium", "large"],
    ]  # fmt: skip
    assert gap.periods[1].answer is None
    vague = size_over_years({2022: Figures(200, 1, 1), 2023: Figures(None, 1, 1), 2024: Figures(200, 1, 1)}, on=ON)
    assert vague.status == "medium"
    ended = size_over_years(by_awu(5), on="2027-05-01", definition="gber")
    assert len(ended.statuses) == 4


def test_bad_years():
    with pytest.raises(BadFacts) as caught:
        size_over_years({"2022": Figures(), True: Figures(), 2023: Figures(-1, 0.5), 2024: 5}, on="x", before="larg",
                        newly_established=1, joined_group_in=2030, definition="gbre")  # fmt: skip
    assert sorted({fault.subject for fault in caught.value.faults}) == [
        "2023", "2024", "before", "definition", "joined_group_in", "newly_established", "on", "years",
    ]  # fmt: skip
    for years in ({}, None, [Figures()], {1: Figures(), 9000: Figures()}):
        with pytest.raises(BadFacts):
            size_over_years(years, on=ON)
    with pytest.raises(BadFacts, match="no status before"):
        size_over_years(by_awu(5), on=ON, before="micro", newly_established=True)
    with pytest.raises(BadFacts, match="expected one of micro"):
        size_over_years(by_awu(5), on=ON, before=["micro"])


def test_answers_are_values():
    found = size_over_years(by_awu(5, 60), on=ON)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(found) == hash(size_over_years(by_awu(5, 60), on=ON))


def by_hand(classes):
    """Ceiling by ceiling: above or not, and changed only by two periods in a row."""
    status = [classes[0] > boundary for boundary in range(4)]
    for before, now in pairwise(classes):
        for boundary in range(4):
            if (before > boundary) == (now > boundary) != status[boundary]:
                status[boundary] = now > boundary
    return sum(status)


HEADS = {0: 5, 1: 20, 2: 100, 4: 300}


@given(st.lists(st.sampled_from(sorted(HEADS)), min_size=1, max_size=7))
def test_as_ceiling_by_ceiling(classes):
    found = size_over_years(by_awu(*(HEADS[rank] for rank in classes)), on=ON)
    assert found.status.rank == by_hand(classes)


@given(st.lists(st.tuples(st.sampled_from(sorted(HEADS)), st.booleans()), min_size=1, max_size=6), st.booleans())
def test_completing_what_is_not_known_never_contradicts(classes, begun):
    before = "medium" if begun else None
    told = by_awu(*(None if vague else HEADS[rank] for rank, vague in classes))
    known = by_awu(*(HEADS[rank] for rank, _ in classes))
    complete = size_over_years(known, on=ON, before=before)
    assert complete.status in size_over_years(told, on=ON, before=before).statuses
    assert complete.status in size_over_years(known, on=ON, before="unknown").statuses or not begun
