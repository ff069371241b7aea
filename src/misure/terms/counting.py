# SPDX-License-Identifier: Apache-2.0
"""From a start and a length to the last day: the starting day left out, suspension, extension, and the regime's move.

A term in months that stood still is counted first, and the days that do not count are added at its end (Cons. Stato,
Ad. Plen. 11/2022). A stretch of days that do not count lengthens the term only as far as it lies inside it.
"""

from __future__ import annotations

import datetime as dt

from misure.ground.dated import Row
from misure.ground.days import add_months
from misure.ground.given import refuse
from misure.ground.regimes import Regime, rule_of
from misure.ground.regimes import deadline as moved
from misure.ground.truth import Confidence, worst
from misure.terms.answers import Deadline, Passed, Step
from misure.terms.reading import TermText

__all__ = ["counted", "ending"]

_RULES = {
    "days": "start", "weeks": "months", "months": "months", "years": "months", "working_days": "working_days",
}  # fmt: skip
"""Which rule of a regime says how each unit is counted."""


def counted(where: str, asked: TermText) -> Deadline:
    """The deadline of a term.

    Raises:
        BadFacts: The term leads outside the calendar, or is extended to a day before its end.
        NotEncoded: It leads outside the table of holidays, or the regime's rule of that day is not encoded.
    """
    sign = -1 if asked.backwards else 1
    raw = base = _added(where, asked, asked.count)
    steps = [
        ("start", asked.start + sign, 0, "", "start"),
        ("counted", raw, asked.count, asked.unit, _RULES[asked.unit]),
    ]
    if asked.extended_days or asked.extended_months:
        amount, unit = (asked.extended_days, "days") if asked.extended_days else (asked.extended_months, "months")
        raw = base = raw + amount if unit == "days" else _months(where, raw, amount, asked)
        steps.append(("extended", raw, amount, unit, "extended"))
    raw = _with_suspensions(where, asked, base)
    if raw != base:
        steps.append(("suspended", raw, raw - base, "days", "suspended"))
    if asked.extended_to is not None:
        if asked.extended_to < raw:
            day, end = map(dt.date.fromordinal, (asked.extended_to, raw))
            refuse(f"<{where}>", [("extended", f"the term runs until {end}: {day} would shorten it")])
        raw = asked.extended_to
        steps.append(("extended", raw, 0, "", "extended"))
    return ending(asked, raw, steps)


Drafted = tuple[str, int, int, str, str]
"""A step before its day and its provision are looked up: name, day, amount, unit, rule."""


def ending(
    asked: TermText, raw: int, drafted: list[Drafted], *, rule: str = "", stays: bool = False
) -> Deadline:  # fmt: skip
    """The deadline to whose last day counting has led already.

    `rule` names the rule on its last day, where it is not the one on terms; `stays`, that the day does not move by it.
    """
    regime, backwards = asked.regime, asked.backwards
    rule = rule or ("backwards" if backwards else "moves")
    start = None if stays or rule == "fixed_date" else asked.start
    found = moved(raw, Regime.FIXED_INSTANT if stays else regime, asked.calendar, backwards=backwards, start=start)
    drafted.append(("stays" if found.day == raw else "moved", found.day, abs(found.day - raw), "days", rule))
    if any(reason == ("least_working_days",) for reason in found.moved):
        drafted[-1] = (*drafted[-1][:4], "least_working_days")
    steps = tuple(_step(regime, raw, one) for one in drafted)
    direction = -1 if backwards else 1
    day_of = dt.date.fromordinal
    return Deadline(
        day_of(found.day), day_of(raw), day_of(asked.start), regime,
        tuple(Passed(day_of(raw + direction * i), *reason) for i, reason in enumerate(found.moved)),
        steps, worst(*(step.confidence for step in steps)), backwards,
    )  # fmt: skip


def _step(regime: Regime, raw: int, drafted: Drafted) -> Step:
    name, day, amount, unit, rule = drafted
    row: Row | None = rule_of(regime, rule, raw)
    date = dt.date.fromordinal(day)
    if row is None:
        return Step(name, date, amount, unit, None, Confidence.INFERRED)
    return Step(name, date, amount, unit, row.citation, row.citation.confidence, row.note)


def _added(where: str, asked: TermText, count: int) -> int:
    """The day to which counting leads from the start, whatever does not count left aside."""
    signed = -count if asked.backwards else count
    if asked.unit == "working_days":
        return asked.calendar.add_working_days(asked.start, signed, feriali=asked.feriali)
    if asked.unit in ("months", "years"):
        return _months(where, asked.start, signed * (12 if asked.unit == "years" else 1), asked)
    return _inside(where, asked.start + signed * (7 if asked.unit == "weeks" else 1))


def _months(where: str, day: int, months: int, asked: TermText) -> int:
    try:
        return add_months(day, months, asked.rounding)
    except ValueError as problem:
        refuse(f"<{where}>", [("length", str(problem))])
        raise


def _inside(where: str, day: int) -> int:
    if not 1 <= day < dt.date.max.toordinal():
        refuse(f"<{where}>", [("length", "the term leads outside the calendar")])
    return day


def _with_suspensions(where: str, asked: TermText, base: int) -> int:
    """The last day once the days that do not count are added; a longer term may run into more of them."""
    base = end = _inside(where, base + asked.suspended_days)
    if not asked.spans:
        return end
    count = asked.count
    while True:
        if asked.unit == "working_days":
            lost = [
                day
                for first, last in asked.spans
                for day in range(max(first, asked.start + 1), min(last, end) + 1)
                if asked.calendar.is_working(day, feriali=asked.feriali)
            ]
            longer = _added(where, asked, count + len(lost)) + (base - _added(where, asked, count))
        else:
            lost_days = sum(max(0, min(last, end) - max(first, asked.start + 1) + 1) for first, last in asked.spans)
            longer = _inside(where, base + lost_days)
        if longer == end:
            return end
        end = longer
