# SPDX-License-Identifier: Apache-2.0
"""The worked cases of a measure as places to start from: applicants of whom the rules are known to say something."""

from __future__ import annotations

import bisect
import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.deciding.decision import Decision, Outcome
from misure.deciding.machinery import compiled
from misure.deciding.values import Range
from misure.facts.dossier import Column
from misure.facts.vocabulary import Kind
from misure.ground.errors import MisureError
from misure.ground.truth import Truth
from misure.rulebook import expression as tree
from misure.testing.told import fact_of, rows_of
from misure.testing.worked_cases import cases_of_measure

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["Start", "gets_something", "starts_of", "told_in_cases"]

Start: TypeAlias = tuple[tuple[tuple[str, Any], ...], dt.date]
"""What is said of an applicant, as plain JSON values, and the day of the question."""

_BEST = (Outcome.ELIGIBLE, Outcome.NO_KNOWN_OBSTACLE)
"""Of an edition that was not read whole the second is the best there is."""
SHARE = 5
"""Of so many starts all but one get something."""


@lru_cache(maxsize=256)
def starts_of(measure: Measure, on: dt.date | None = None) -> tuple[Start, ...]:
    """The worked cases in the order of their file, then again those that get something, until they are most of all.

    With `on`, the question is put on that day, and cases with something that has not come by then are left out.
    """
    cases = _cases(measure, on)
    decided = [(start, decision) for start, decision in cases if decision is not None]
    best = [start for start, decision in decided if decision.outcome in _BEST]
    # Where no case is eligible, for the act does not say how much is asked: whoever has all that can be had is.
    best = best or _exact([lifted for start, decision in decided if (lifted := _lifted(measure, start, decision))])
    best = best or [start for start, decision in decided if gets_something(decision)]
    again = -(-(SHARE - 1) * len(cases) // len(best)) if best else 0
    return (*(start for start, _ in cases), *best * again)


def _exact(lifted: list[tuple[Start, Decision]]) -> list[Start]:
    """Of those whose amounts are known, or of all where they are of none."""
    return [start for start, decision in lifted if gets_something(decision)] or [start for start, _ in lifted]


def _lifted(measure: Measure, start: Start, decision: Decision) -> tuple[Start, Decision] | None:
    """The applicant of an undecided case with the most of whatever is compared in what is open, if that is enough."""
    if decision.outcome is not Outcome.UNDECIDED:
        return None
    told, on = dict(start[0]), start[1]
    for finding in decision.findings:
        if finding.truth is Truth.UNKNOWN:
            for name in tree.names(finding.rule.holds):
                if name.role == "fact" and name.name in told and fact_of(measure, name.name).kind is Kind.NUMBER:
                    fact = fact_of(measure, name.name)
                    told[name.name] = Column.of(fact).json(fact.greatest)
    try:
        lifted = measure.decide(told, on=on)
    except MisureError:
        return None
    return ((tuple(told.items()), on), lifted) if lifted.outcome in _BEST else None


@lru_cache(maxsize=256)
def _cases(measure: Measure, on: dt.date | None = None) -> tuple[tuple[Start, Decision | None], ...]:
    """Each worked case with what is decided of it, if anything is."""
    found = []
    for case in cases_of_measure(measure):
        day = on or case.on
        try:
            dossier = compiled(measure).facts.read(case.facts, day, text_source=True)
        except MisureError:
            continue
        try:
            decision = compiled(measure).decide(dossier)
        except MisureError:
            decision = None
        found.append(((tuple(dossier.said().items()), day), decision))
    return tuple(found)


def gets_something(decision: Decision) -> bool:
    """Whether amounts of the support, or else of the tranches, are known to the cent and not all nothing."""
    amounts = [line.amount for line in (decision.support or decision.tranches)]
    known = [amount for amount in amounts if amount is not None and not isinstance(amount, Range)]
    return decision.outcome is not Outcome.REFUSED and len(known) == len(amounts) and any(known)


def told_in_cases(measure: Measure, table: str, name: str, on: dt.date) -> tuple[Any, ...]:
    """What worked cases up to a day tell of a fact, or of a field of a table: each as often as it is told."""
    days = _days(measure)
    before = bisect.bisect_right(days, on)
    return _told_by(measure, table, name, days[before - 1]) if before else ()


@lru_cache(maxsize=256)
def _days(measure: Measure) -> tuple[dt.date, ...]:
    """The days of the worked cases, in order, each once."""
    return tuple(sorted({day for (_, day), _ in _cases(measure)}))


def _told_by(measure: Measure, table: str, name: str, on: dt.date) -> tuple[Any, ...]:
    return _all_told(measure, on).get((table, name), ())


@lru_cache(maxsize=256)
def _all_told(measure: Measure, on: dt.date) -> dict[tuple[str, str], tuple[Any, ...]]:
    """All that is told up to a day, by table ("" of facts) and name: in one pass, for cases and facts are many."""
    found: dict[tuple[str, str], list[Any]] = {}
    for (told, day), _ in _cases(measure):
        if day > on:
            continue
        for name, value in told:
            if name not in measure.rulebook.tables:
                found.setdefault(("", name), []).append(value)
                continue
            for row in rows_of(value):
                for field, said in row.items():
                    found.setdefault((name, field), []).append(said)
    return {place: tuple(values) for place, values in found.items()}
