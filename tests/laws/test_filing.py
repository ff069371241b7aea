# SPDX-License-Identifier: Apache-2.0
"""Who does not tell the day of filing is decided under every law that it may pick: whatever is told then flips nothing.

Seen to fail when the law of the question's day stood in for a filing that is not told, and when frames did so.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from misure import Outcome, Truth
from misure.deciding.machinery import compiled
from misure.testing.worked_cases import decide_case
from tests.batch.engines import Engine
from tests.batch.scalar import assert_same
from tests.batch.test_filing_and_reading import ASKED, CHANGES, MIXED, ON, TOLD
from tests.deciding.test_how_far_it_was_read import editions
from tests.deciding.written_measures import write
from tests.laws.drawn_once import asked_and_decided, gathered
from tests.laws.readings import LEAST, MEASURES, answered, cases_that_fail, each, is_decision, lies_within
from tests.laws.test_completion import OUTCOME_STAYS, STAYS, shown_values

__all__ = ["write"]

FILING = [measure for measure in MEASURES if compiled(measure).asks_filing]


def filings(measure, on):
    """Days of filing up to the day of the question: the ends of every law, days between them, and not at all yet."""
    starts = [day for day in compiled(measure).periods if day <= on]
    edges = {day + dt.timedelta(days=off) for day in starts for off in (-1, 0, 1, 40)} | {on, on - dt.timedelta(days=1)}
    days = st.sampled_from(sorted(day for day in edges if starts[0] <= day <= on)) | st.dates(starts[0], on)
    return days.map(dt.date.isoformat) | st.just("not_yet")


@each(FILING)
def test_telling_the_day_of_filing_flips_nothing(measure):
    met = Counter()
    failing = [case for case in cases_that_fail(measure, bool) if not case.vary]

    @settings(max_examples=60)
    @given(data=st.data())
    def law(data):
        facts, on, _ = data.draw(st.sampled_from(asked_and_decided(measure)))
        if failing and data.draw(st.integers(0, 3)) == 0:
            # Few of those that are drawn are refused whenever they filed.
            case = data.draw(st.sampled_from(failing))
            facts, on = compiled(decide_case(measure, case)).dossier.said(), case.on
        facts = {name: value for name, value in facts.items() if name != "filed_on"}
        on = max(
            on, data.draw(st.sampled_from([on, *(day + dt.timedelta(days=30) for day in compiled(measure).periods)]))
        )
        before = answered(measure, facts, on)
        assume(is_decision(before))
        assert not compiled(before).period.filing
        laws = set()
        for _ in range(4):
            after = answered(measure, facts | {"filed_on": data.draw(filings(measure, on))}, on)
            if not is_decision(after):
                continue
            laws.add(compiled(after).period)
            assert after.outcome in OUTCOME_STAYS[before.outcome]
            for earlier, later in zip(before.findings, after.findings, strict=True):
                assert later.truth in STAYS[earlier.truth], earlier
                met["closed"] += earlier.truth is Truth.UNKNOWN is not later.truth
            shown = shown_values(before)
            for key, later in shown_values(after).items():
                assert lies_within(later, shown[key]), key
            met["decided"] += before.outcome is Outcome.UNDECIDED is not after.outcome
            met["definite"] += before.outcome is not Outcome.UNDECIDED
        met["several laws"] += len(laws) > 1

    law()
    assert min(met["closed"], met["definite"]) >= LEAST, met
    assert met["several laws"] or len(compiled(measure).periods) == 1, met


@each(FILING)
def test_rows_of_every_filing_are_decided_alike_one_by_one_and_in_a_frame(measure):
    """Outcomes, masks and amounts, with filing told, not yet and untold side by side in one frame."""
    drawn = [(facts, on) for facts, on, _ in asked_and_decided(measure)[::2]]
    filed = gathered(st.tuples(*(filings(measure, on) for _, on in drawn)), 3)[-1]
    drawn = [(*one, day) for one, day in zip(drawn, filed, strict=True)]
    days = Counter(on for _, on, _ in drawn)
    on = max(days, key=lambda day: (days[day], day))
    dossiers = []
    for facts, day, filed in drawn:
        for told in ({"filed_on": filed}, {"filed_on": "not_yet"}, {}):
            rest = {name: value for name, value in facts.items() if name != "filed_on"}
            try:
                dossiers.append(compiled(measure).facts.read(rest | told, on))
            except ValueError:
                assert day > on or filed > on.isoformat()
    assert len(dossiers) >= 30
    unfiled = sum(not compiled(measure).period_of(dossier).filing for dossier in dossiers)
    assert 0 < unfiled < len(dossiers)
    assert_same(Engine("polars"), measure, dossiers, on)


# A measure in which everything changes from one edition to the next


@pytest.fixture
def mixed(write):
    return write(MIXED, editions=editions("whole", "whole"), vocabulary=ASKED)


EVERY_DAY = [dt.date(2022, 1, 31) + dt.timedelta(days=off) for off in range(0, 880, 7)]
GRID = [
    *(day.isoformat() for day in EVERY_DAY if day <= ON), "2022-02-28", "2022-03-01", "2022-12-31", "2023-01-01", "2023-05-31",
    "2023-06-01", "2023-12-31", "2024-01-30", "2024-01-31", "2024-04-30", "2024-05-01", "2024-06-01", "not_yet",
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[str(change) for change in CHANGES])
def test_an_untold_filing_is_all_filings_together_and_no_more(mixed, change):
    """Each condition is as open as the filings leave it: values, lists, codes, live conditions and ways of counting."""
    facts = {name: said for name, said in (TOLD | change).items() if said is not None}
    untold = mixed.decide(facts, on=ON)
    told = [mixed.decide(facts | {"filed_on": day}, on=ON) for day in GRID]
    for at, finding in enumerate(untold.findings):
        truths = {one.findings[at].truth for one in told}
        assert finding.truth is together(truths), (finding.id, truths)
    # Who is refused under every law, by another condition under each, is refused by none for sure: the day is asked.
    outcomes = {one.outcome for one in told}
    surely = any(finding.truth is Truth.NO for finding in untold.findings) or outcomes != {Outcome.REFUSED}
    assert untold.outcome is (outcomes.pop() if len(outcomes) == 1 and surely else Outcome.UNDECIDED)
    if untold.outcome is not Outcome.REFUSED:
        ends = {line.amount for one in told for line in one.support}
        (amount,) = [line.amount for line in untold.support]
        assert all(lies_within(end, amount) for end in ends)


def together(truths):
    """What is known of a condition where any of these may be."""
    if truths <= {Truth.YES, Truth.NOT_APPLICABLE}:
        return Truth.NOT_APPLICABLE if truths == {Truth.NOT_APPLICABLE} else Truth.YES
    return Truth.NO if truths == {Truth.NO} else Truth.UNKNOWN
