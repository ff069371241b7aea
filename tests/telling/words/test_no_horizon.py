# SPDX-License-Identifier: Apache-2.0
"""The first and the last day that a date may have are no days of anybody: no page and no JSON shows them, or what is counted from them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

import misure
from misure.deciding.values import Range, day_within
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.testing.worked_cases import cases_of_measure, decide_case
from misure.testing.worked_selections import select_case, selections_of_measure
from tests.laws.drawn_once import asked_and_decided, of_every
from tests.telling.years_told import odd, told_by, years

MEASURES = list(misure.catalogue().values())


def spans(value: Any) -> Iterator[tuple[Any, Any]]:
    """The ranges of days in JSON."""
    if isinstance(value, dict):
        if set(value) == {"from", "to"} and any(re.fullmatch(r"\d{4}-\d\d-\d\d", str(end)) for end in value.values()):
            yield value["from"], value["to"]
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_no_worked_selection_shows_a_horizon(measure: misure.Measure) -> None:
    for result in [select_case(measure, case) for case in selections_of_measure(measure) if "error" not in case.expect]:
        assert odd(told_by(result)) == set()
        for language in ("it", "en"):
            assert odd(str(misure.explain(result, language, all=True))) == set()


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_whatever_is_drawn_no_range_of_days_ends_at_a_horizon(measure: misure.Measure) -> None:
    looked_at = []

    def law(facts: dict[str, Any], _on: dt.date, decision: misure.Decision) -> None:
        told = years(json.dumps(facts, default=str))
        if all(1990 <= year <= 2060 for year in told):
            looked_at.append(decision)
            found = list(spans(decision.to_dict()))
            assert all("1925" < str(end or "2000") < "2076" for ends in found for end in ends), found
            assert odd(told_by(decision)) <= told
            for language in ("it", "en"):
                assert odd(str(misure.explain(decision, language, all=True))) <= told

    of_every(asked_and_decided(measure)[::4], law)
    assert looked_at


def test_an_event_still_to_come_bounds_a_deadline_from_one_side() -> None:
    measure = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    case = next(
        case for case in cases_of_measure(measure) if case.name.startswith("Un'impresa in regola può essere valutata")
    )
    decision = decide_case(measure, case)
    (term,) = (term for term in decision.terms if term.id == "project_end")
    assert isinstance(term.day, Range)
    assert (str(term.day.least), term.day.greatest) == ("2027-01-02", None)
    told = next(term for term in decision.to_dict()["terms"] if term["id"] == "project_end")
    assert told["day"] == {"from": "2027-01-02", "to": None}
    assert "ultimo giorno: non prima del 2 gennaio 2027" in str(misure.explain(decision, all=True))


@pytest.mark.parametrize(
    ("first", "last", "open_"),
    [
        (FIRST_DAY, LAST_DAY, None),
        (FIRST_DAY, 738000, (None, "2021-07-29")),
        (738000, LAST_DAY - 60, ("2021-07-29", None)),
        (738000, LAST_DAY + 600, ("2021-07-29", None)),
        (738000, 738001, ("2021-07-29", "2021-07-30")),
        (FIRST_DAY, FIRST_DAY, "1900-01-01"),
    ],
)
def test_only_what_is_known_of_a_day_is_told(first: int, last: int, open_: Any) -> None:
    found = day_within(first, last)
    if isinstance(found, Range):
        assert tuple(end and str(end) for end in (found.least, found.greatest)) == open_
    else:
        assert (found and str(found)) == open_
