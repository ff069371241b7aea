# SPDX-License-Identifier: Apache-2.0
"""The term within which a procedure ends: L. 241/1990 art. 2, with its suspension and the notice of refusal (10-bis).

The numbers stand in `rules/stato/procedure-terms.csv`, by date. A region may shorten the terms of its own procedures
(L.R. Lombardia 20/2020 art. 12, for those that a resolution lists): such a length is given by `days`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from misure.ground.arguments import shown
from misure.ground.dated import Row, dated_table
from misure.ground.given import day as day_given
from misure.ground.given import refuse
from misure.ground.holidays import Calendar
from misure.ground.regimes import Regime
from misure.ground.regimes import deadline as moved
from misure.ground.truth import worst
from misure.terms.answers import Deadline, Step
from misure.terms.counting import counted
from misure.terms.reading import Day, Span, check_flag, day_text_or, read

__all__ = ["NO_OBSERVATIONS", "procedure_term"]

NO_OBSERVATIONS = "none"
"""Said of a notice of refusal to which nobody answered in time."""

_WHERE = "<procedure_term>"


def procedure_term(
    received: Day, *, days: int | None = None, complex_procedure: bool = False, suspended: Span | int | None = None,
    notice: Day | None = None, observations: Day | str | None = None, place: str | None = None,
) -> Deadline:  # fmt: skip
    """The day by which a procedure ends: 30 days from the receipt of the application, unless its rules say otherwise.

    >>> str(procedure_term("2026-06-01", suspended=10).day)
    '2026-07-11'
    >>> refusal = procedure_term("2026-06-01", notice="2026-06-10", observations="2026-06-15")
    >>> str(refusal.day), [(step.name, step.amount) for step in refusal.steps]
    ('2026-07-16', [('start', 0), ('counted', 30), ('suspended', 15), ('stays', 0)])

    Args:
        received: The day on which the application is received, or the procedure begins of the office's own motion.
        days: The length that its rules set: up to 90 days, or 180 with `complex_procedure` (c. 3 and 4). 30 if not said.
        complex_procedure: The procedure is one for which art. 2(4) allows the longer term.
        suspended: The stretch in which facts were waited for, (first, last) both included, or its days: once, 30 at most.
        notice: The day on which the applicant received the notice of refusal (art. 10-bis). It suspends the term.
        observations: The day on which observations came, or "none"; ten days later the term runs again. Where none came
            in time it runs again when the time for them is over. Calls that rank applicants know no notice of refusal.
        place: As in `deadline`.

    Raises:
        BadFacts: Something in it cannot be, or passes what the law allows.
        NotEncoded: The law of that day is not encoded.
    """
    check_flag("procedure_term", "complex_procedure", complex_procedure)
    faults: list[tuple[str, str]] = []
    begin = _day("received", received, faults)
    length, row = 0, None
    if begin is not None:
        length, row = _length(begin, days, complex_procedure, faults)
        if suspended is not None:
            _check_suspension(suspended, begin, faults)
    told_on = _day("notice", notice, faults) if notice is not None else None
    if notice is None and observations is not None:
        faults.append(("observations", "without a notice of refusal there are none"))
    answered = _answer(observations, told_on, faults) if notice is not None else None
    if told_on is not None and begin is not None and told_on <= begin:
        faults.append(("notice", f"{day_text_or(notice)} does not lie after the start of the procedure"))
    refuse(_WHERE, faults)
    assert begin is not None and row is not None
    spans: list[Span] = []
    if suspended is not None and not isinstance(suspended, int):
        spans.append(suspended)
    lengths: dict[str, object] = {"days": length}
    term = read("procedure_term", received, lengths, regime=Regime.IT_CIVIL, suspended=spans, place=place)
    if isinstance(suspended, int):
        term = replace(term, suspended_days=suspended)
    before = found = counted("procedure_term", term)
    pauses = [] if suspended is None else [(_rule("suspension_days", begin), before.raw, length)]
    if told_on is not None:
        rows = [_rule(rule, told_on) for rule in ("observation_days", "days_after_observations")]
        again = _runs_again(told_on, answered, term.calendar, rows)
        spans.append((dt.date.fromordinal(told_on + 1), dt.date.fromordinal(again)))
        merged = read("procedure_term", received, lengths, regime=Regime.IT_CIVIL, suspended=spans, place=place).spans
        found = counted("procedure_term", replace(term, spans=merged))
        pauses.append((rows[1], found.raw, (before.raw - before.start).days))
    return _with_law(found, row, pauses)


def _with_law(found: Deadline, length: Row, pauses: list[tuple[Row, dt.date, int]]) -> Deadline:
    """The deadline with the provisions of the procedure in place of those of counting.

    Each pause has its provision, the last day after it, and the days until then.
    """
    steps = [step for step in found.steps if step.name != "suspended"]
    place = 1 + next(i for i, step in enumerate(steps) if step.name == "counted")
    steps[place - 1] = _cited(steps[place - 1], length)
    for row, end, before in pauses:
        lost = (end - found.start).days - before
        if lost:
            steps.insert(place, _cited(Step("suspended", end, lost, "days"), row))
            place += 1
    return replace(found, steps=tuple(steps), confidence=worst(*(step.confidence for step in steps)))


def _cited(step: Step, row: Row) -> Step:
    return replace(step, citation=row.citation, confidence=row.citation.confidence, note=row.note)


def _rule(rule: str, day: int) -> Row:
    return dated_table("stato/procedure-terms").on(day, rule=rule)


def _day(subject: str, given: object, faults: list[tuple[str, str]]) -> int | None:
    try:
        return day_given(given)
    except ValueError as problem:
        faults.append((subject, str(problem)))
        return None


def _length(begin: int, days: object, complex_procedure: object, faults: list[tuple[str, str]]) -> tuple[int, Row]:
    if days is None:
        row = _rule("default_days", begin)
        return row.whole("number"), row
    row = _rule("most_days_if_complex" if complex_procedure is True else "most_days", begin)
    most = row.whole("number")
    if type(days) is not int or not 1 <= days <= most:
        faults.append(("days", f"a procedure lasts from 1 to {most} days ({row.citation}); got {shown(days)}"))
        return 1, row
    return days, row


def _check_suspension(given: object, begin: int, faults: list[tuple[str, str]]) -> None:
    row = _rule("suspension_days", begin)
    most = row.whole("number")
    if type(given) is int:
        length = given
    elif isinstance(given, tuple | list) and len(given) == 2 and not isinstance(given[0], tuple | list):
        first, last = (_day("suspended", end, faults) for end in given)
        if first is None or last is None:
            return
        length = last - first + 1
        if first <= begin:
            faults.append(("suspended", "the suspension does not begin after the procedure"))
    else:
        times = _rule("suspensions", begin).whole("number")
        told = f"the term is suspended {'once' if times == 1 else f'{times} times'}: a number of days, or (first, last)"
        faults.append(("suspended", f"{told}; got {shown(given)}"))
        return
    if not 1 <= length <= most:
        faults.append(("suspended", f"a suspension lasts from 1 to {most} days ({row.citation}); got {length}"))


def _answer(given: object, told_on: int | None, faults: list[tuple[str, str]]) -> int | None:
    """The day of the observations; None where there are none."""
    if given == NO_OBSERVATIONS:
        return None
    if given is None:
        faults.append(("observations", f"the day on which observations came, or {NO_OBSERVATIONS!r}: it is not known"))
        return None
    day = _day("observations", given, faults)
    if day is not None and told_on is not None and day < told_on:
        faults.append(("observations", f"{day_text_or(given)} lies before the notice"))
    return day


def _runs_again(told_on: int, answered: int | None, calendar: Calendar, rows: list[Row]) -> int:
    """The last day on which the term stands still."""
    time_for_them, days_after = (row.whole("number") for row in rows)
    over = moved(told_on + time_for_them, Regime.IT_CIVIL, calendar).day
    # Observations that come too late are as none.
    return over if answered is None or answered > over else answered + days_after
