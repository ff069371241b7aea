# SPDX-License-Identifier: Apache-2.0
"""The hours of a window: when its first day opens, when its last day closes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from misure.facts.vocabulary import FILING, FILING_TIME, TIME
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import TRUTH
from misure.reading.forms.rules import TermForm, WindowForm
from misure.reading.measures.draft import Draft
from misure.reading.text.written import Written
from misure.rulebook.expression import AnyOf, Compare, Expr, Name
from misure.rulebook.rules import Parameter

__all__ = ["Hours", "read_hours"]

_NAMES = {"opens_at": "opening_time", "closes_at": "closing_time"}
"""What a parameter of each is called in an example."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The times of day of a window, and the fact that is held to them; None and "" where it has none."""

    opens_at: Expr | None = None
    closes_at: Expr | None = None
    fact: str = ""
    conditions: tuple[Expr, ...] = ()
    """On each of the two days the time is right, or the day is another one."""


def read_hours(name: Written, form: TermForm, opens: Expr, closes: Expr, of: Name, draft: Draft) -> Hours | None:
    """The hours of a window between two days; None, and the faults told, where they are wrong."""
    assert form.window is not None
    before = len(draft.faults)
    opens_at = _time(form.window.opens_at, "opens_at", name, draft)
    closes_at = _time(form.window.closes_at, "closes_at", name, draft)
    asked = form.window.opens_at or form.window.closes_at
    if asked is None:
        return Hours()
    if of.name != FILING or FILING_TIME not in draft.scope.names:
        draft.fault(asked, name, f"only the time of day of {FILING} is told: the window of {of.name!r} has no hours")
    elif opens_at is not None and closes_at is not None:
        _check_same_day(name, form.window, draft)
    if len(draft.faults) > before:
        return None
    known = draft.scope.names[FILING_TIME]
    time = Name(known.name, known.role, known.type, name.place)
    draft.asked.add(FILING_TIME)
    place = name.place
    conditions: list[Expr] = []
    if opens_at is not None:
        other, right = Compare("!=", of, opens, TRUTH, place), Compare("<=", opens_at, time, TRUTH, place)
        conditions.append(AnyOf((other, right), TRUTH, place))
    if closes_at is not None:
        other, right = Compare("!=", of, closes, TRUTH, place), Compare("<=", time, closes_at, TRUTH, place)
        conditions.append(AnyOf((other, right), TRUTH, place))
    return Hours(opens_at, closes_at, FILING_TIME, tuple(conditions))


def _time(text: Written | None, key: str, name: Written, draft: Draft) -> Expr | None:
    if text is None:
        return None
    example = f'{_NAMES[key]}: {{is: "12:00"}}'
    if ":" in text:
        draft.fault(text, name, f"a time of day stands in a parameter, such as '{example}', which {key!r} names")
        return None
    found = draft.expression(text, name, "")
    if found is not None and found.type.unit != TIME:
        said = in_words(found.type)
        draft.fault(text, name, f"{key!r} is a time of day, such as a parameter '{example}', and this is {said}")
    return found


def _check_same_day(name: Written, window: WindowForm, draft: Draft) -> None:
    """On a day that is both the first and the last, the window opens before it closes."""
    ends = (window.from_, window.until, window.opens_at, window.closes_at)
    found = [draft.parameters.get(str(end)) for end in ends]
    parameters = [one for one in found if one is not None]
    if len(parameters) < len(ends):
        return
    for since in sorted({value.since for one in parameters for value in one.values}):
        first, last, opens_at, closes_at = (_on(one, since) for one in parameters)
        if None in (first, last, opens_at, closes_at) or first != last or opens_at <= closes_at:  # type: ignore[operator]
            continue
        assert window.closes_at is not None
        message = f"on {since} the window is one day long, and closes at an hour before the one at which it opens"
        draft.fault(window.closes_at, name, message)
        return


def _on(parameter: Parameter, day: dt.date) -> int | None:
    """The number of a parameter from a day on; None where no source gives it."""
    live = [value for value in parameter.values if value.since <= day] or parameter.values[:1]
    known = live[-1].known
    return known if isinstance(known, int) else None
