# SPDX-License-Identifier: Apache-2.0
"""Duties of years: where they stand on each day, what breaks them, and what is open while days are not known.

Seen to fail when the last day did not count, and when what happened after the end broke the duty.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import misure
from misure import Range
from misure.telling.presenting import present
from tests.deciding.written_measures import opened

VOCABULARY = """
events:
  sold_on: {label: "vendita dei beni", question: "In che giorno sono stati venduti i beni?"}
"""
RULES = """
parameters:
  kept_years: {is: 3 years, label: "anni di mantenimento"}
  papers_until: {unknown: "non pubblicato", between: [2030-01-01, 2032-12-31], label: "conservazione"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      filed: {provision: P.1, text: "Presentata", holds: happened(filed_on)}
    duties:
      goods: {provision: P.2, who: impresa, text: "Non vende i beni per {kept_years} dal pagamento", from: paid_on, until: "paid_on + years(kept_years)", broken: sold_on}
      papers: {provision: P.3, who: impresa, text: "Conserva i documenti", until: papers_until}
"""
PAID = dt.date(2023, 5, 8)
LAST = dt.date(2026, 5, 8)


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("lasting"), RULES, vocabulary=VOCABULARY)


def duty(measure, on, name="goods", **facts):
    decision = measure.decide({"filed_on": "2022-06-01"} | facts, on=on)
    return next(one for one in decision.duties if one.id == name)


@pytest.mark.parametrize(
    ("on", "sold", "state"),
    [
        (PAID, "not_yet", "running"),
        (LAST, "not_yet", "running"),
        (LAST + dt.timedelta(1), "not_yet", "ended"),
        (LAST, LAST, "broken"),
        (LAST + dt.timedelta(9), LAST, "broken"),
        (LAST + dt.timedelta(9), LAST + dt.timedelta(1), "ended"),
        (PAID, PAID, "broken"),
        (LAST, PAID - dt.timedelta(1), "running"),
        (LAST + dt.timedelta(1), None, "unknown"),
        (LAST, None, "running"),
    ],
)
def test_where_a_duty_stands(measure, on, sold, state):
    facts = {"paid_on": PAID} | ({} if sold is None else {"sold_on": sold})
    found = duty(measure, on, **facts)
    assert (str(found.state), found.day, found.opens) == (state, LAST, PAID)


def test_before_the_payment_it_has_not_begun_and_what_is_not_told_is_asked(measure):
    on = dt.date(2024, 1, 1)
    assert duty(measure, on, paid_on="not_yet").state == "before"
    assert duty(measure, on).state == "unknown"
    decision = measure.decide({"filed_on": "2022-06-01"}, on=on)
    assert "paid_on" in {one.name for one in decision.missing}
    page = str(misure.explain(measure.decide({"filed_on": "2022-06-01", "paid_on": "not_yet"}, on=on), "it"))
    assert "Non vende i beni per 3 anni dal pagamento: non ancora cominciato" in page


@given(sold=st.dates(dt.date(2022, 1, 1), dt.date(2028, 1, 1)), later=st.integers(0, 900))
def test_it_is_broken_by_what_happens_within_it_alone(measure, sold, later):
    state = str(duty(measure, sold + dt.timedelta(later), paid_on=PAID, sold_on=sold).state) if sold + dt.timedelta(
        later) >= PAID else None  # fmt: skip
    if state is not None:
        assert (state == "broken") == (PAID <= sold <= LAST)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (dt.date(2030, 1, 1), "running"),
        (dt.date(2030, 1, 2), "unknown"),
        (dt.date(2032, 12, 31), "unknown"),
        (dt.date(2033, 1, 1), "ended"),
    ],
)
def test_an_end_that_no_source_gives_leaves_it_open_between_its_bounds(measure, on, state):
    found = duty(measure, on, "papers")
    assert str(found.state) == state
    assert found.day == Range(dt.date(2030, 1, 1), dt.date(2032, 12, 31))


def test_pages_rules_data_and_linked_rules_tell_it(measure):
    told = {"filed_on": "2022-06-01", "paid_on": PAID, "sold_on": "2025-01-07"}
    decision = measure.decide(told, on=dt.date(2025, 6, 1))
    page = re.sub(r"\s+", " ", str(misure.explain(decision, "it", all=True)))
    assert "✗ Non vende i beni per 3 anni dal pagamento: violato" in page
    assert (
        "avvenuto il 7 gennaio 2025 – primo giorno: 8 maggio 2023 – ultimo giorno: 8 maggio 2026 – spetta a: impresa"
        in page
    )
    assert "○ Conserva i documenti: in corso" in page
    english = re.sub(r"\s+", " ", str(misure.explain(decision, "en", all=True)))
    assert "dal pagamento: broken" in english
    assert "first day: 8 May 2023" in english
    assert '"state": "broken", "day": "2026-05-08"' in decision.to_json()
    assert '"opens": "2023-05-08"' in decision.to_json()
    assert "anni di mantenimento: 3 anni" in str(present(measure, "it"))
    assert misure.open_linked(measure.linked()).decide(told, on=dt.date(2025, 6, 1)) == decision


FAULTS = [
    ("from: paid_on", "'from' and 'broken' belong to a duty that goes on 'until' a day"),
    ("broken: sold_on", "'from' and 'broken' belong to a duty that goes on 'until' a day"),
    ("until: paid_on, by: paid_on", "a duty that goes on 'until' a day has no 'by', 'done' or 'regime'"),
    ("until: paid_on, done: sold_on", "a duty that goes on 'until' a day has no 'by', 'done' or 'regime'"),
    ("until: paid_on, from: paid_on", "the duty ends on the day on which it begins"),
    ("until: kept_years", "a day belongs here, and this is a number of years"),
    ("until: paid_on, broken: sold", "no event is called 'sold'; did you mean 'sold_on'?"),
    ("untill: paid_on", "unknown key 'untill'; did you mean 'until'?"),
]


@pytest.mark.parametrize(("said", "message"), FAULTS, ids=range(len(FAULTS)))
def test_what_cannot_be_is_told_where_it_stands(tmp_path, said, message):
    odd = f"    duties:\n      odd: {{provision: P.4, who: impresa, text: x, {said}}}\n"
    with pytest.raises(misure.BadRules) as caught:
        opened(tmp_path, RULES.replace("    duties:\n", odd, 1), vocabulary=VOCABULARY)
    fault, *others = caught.value.faults
    assert not others, others
    assert fault.place.line == 23
    assert f"{fault.message}{f'; did you mean {fault.suggestion!r}?' if fault.suggestion else ''}" == message
