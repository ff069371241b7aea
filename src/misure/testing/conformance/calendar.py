# SPDX-License-Identifier: Apache-2.0
"""Cases of the calendar, day by day: what an operator means is worked out by walking from one day to the next."""

from __future__ import annotations

import calendar as civil
import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind
from misure.ground.holidays import national_calendar
from misure.program.civil import ROLLS, Roll
from misure.program.nodes import Node, Nodes
from misure.testing.conformance.cases import Operand, OperatorCase, Row, over
from misure.testing.conformance.door import Ends

__all__ = ["AT_THE_ENDS", "calendar"]

_TABLE = national_calendar()
_MOST_MONTHS = 1_200


def _ordinal(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


_EDGES = tuple(sorted({
    FIRST_DAY, LAST_DAY, _TABLE.first - 1, _TABLE.first, _TABLE.first + 1, _TABLE.last - 3, _TABLE.last,
    *map(_ordinal, (
        "1900-02-28", "2000-02-29", "2024-02-29", "2025-02-28", "2022-12-31", "2023-01-01", "2027-10-02", "2027-10-04",
        "2026-10-04", "2022-04-15", "2022-04-17", "2022-04-18", "2022-12-25", "2022-12-26", "2024-12-24", "2100-02-28",
        "2022-04-16", "2026-01-31", "2022-05-14", "2022-05-15", "2022-06-02",
    )),
}))  # fmt: skip
"""The ends of the vocabulary and of the table of holidays, leap days, Easter, and holidays beside Sundays."""
_WINDOWS = {
    "": ("2022-12-01", "2023-05-01"),
    "where the table of holidays begins": ("1990-01-02", "1990-05-01"),
    "where the table of holidays ends": ("2100-08-01", "2100-12-30"),
}
AT_THE_ENDS = "at the ends of the table of holidays"
"""Here an engine that takes a day which was told for one that may not be told answers with a wider range."""
_FEW = (-10, -1, 0, 1, 10)


# What the operators mean


def _year(day: int) -> int:
    return dt.date.fromordinal(day).year


def _add_months(day: int, months: int) -> int:
    """The same day of the month so many months on, or the last of a shorter month."""
    start = dt.date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = civil.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last)).toordinal()


def _free(day: int, *, saturdays: bool) -> bool:
    weekday = dt.date.fromordinal(day).weekday()
    return weekday == civil.SUNDAY or (saturdays and weekday == civil.SATURDAY) or day in _TABLE.names


def _rolled(day: int, way: Roll) -> int:
    while _free(day, saturdays=way.saturdays):
        day += -1 if way.backwards else 1
    return day


@cache
def _longest_pause(*, saturdays: bool) -> int:
    """The most days in a row that are free."""
    days = (_free(day, saturdays=saturdays) for day in range(_TABLE.first, _TABLE.last + 1))
    return max(sum(1 for _ in run) for free, run in itertools.groupby(days) if free)


def _roll_ends(day: int, later: int, way: Roll) -> Ends:
    """Between which days one rolls that lies from `day` to `later`: by the longest pause, near the ends of the table."""
    pause = _longest_pause(saturdays=way.saturdays)
    before, after = (pause, 0) if way.backwards else (0, pause)
    low, high = (
        _rolled(end, way) if _TABLE.first + before <= end <= _TABLE.last - after else None for end in (day, later)
    )
    return day - before if low is None else low, later + after if high is None else high


def _works(day: int) -> bool:
    return not _free(day, saturdays=True)


def _working(day: int, days: int) -> int:
    """So many working days on or back, one by one."""
    step = 1 if days > 0 else -1
    for _ in range(abs(days)):
        day += step
        while not _works(day):
            day += step
    return day


def _working_ends(day: int, later: int, days: int) -> Ends:
    """The same between two days; near the ends of the table two days a working day, and forty."""
    slack = 2 * abs(days) + 40
    low, high = (
        _working(end, days) if _TABLE.first + slack <= end <= _TABLE.last - slack else None for end in (day, later)
    )
    return (
        day + min(0, 2 * days - 40) if low is None else low,
        later + max(0, 2 * days + 40) if high is None else high,
    )


# Cases


def _date(name: str, least: int = FIRST_DAY, greatest: int = LAST_DAY) -> Fact:
    return Fact(name, Kind.DATE, least=least, greatest=greatest)


def _made(op: str, nodes: Nodes, *args: Node) -> Node:
    """A node of the calendar, with bounds that hold whatever the day."""
    return nodes.make(op, "int", args, None, 0, 2_000_000)


def calendar() -> Iterator[OperatorCase]:
    """Every case."""
    day = Operand(_date("day"), _EDGES, (FIRST_DAY, LAST_DAY))
    months = Operand(
        Fact("months", Kind.NUMBER, least=-_MOST_MONTHS, greatest=_MOST_MONTHS),
        (-_MOST_MONTHS, -1, 0, 1, 12, _MOST_MONTHS), (-_MOST_MONTHS, _MOST_MONTHS),
    )  # fmt: skip
    yield from over("year", "", [day], lambda n, d: _made("year", n, d), _year)
    yield from over("add_months", "", [day, months], lambda n, d, m: _made("add_months", n, d, m), _add_months)
    for op, way in ROLLS.items():
        for particular, days in _held(way).items():
            held = Operand(_date("day"), days, ())
            yield from over(
                op, particular, [held], lambda n, d, op=op: _made(op, n, d), lambda d, way=way: _rolled(d, way),
                partly=False,
            )  # fmt: skip
        pairs = [*itertools.pairwise(_EDGES), *((one, one + 1) for one in _EDGES[:-1])]
        for end in ("lo", "hi"):
            yield _one_of_two(f"{op}_{end}", op, {"day": _date("day"), "later": _date("later")},
                              [Row((*pair, None)) for pair in pairs], _ends_of(way))  # fmt: skip
    yield from _working_days()


def _held(way: Roll) -> dict[str, tuple[int, ...]]:
    """The days of which the table of holidays says to which day they roll; those near its ends apart."""
    held = [
        day
        for day in _EDGES
        if _TABLE.first <= min(day, _rolled(day, way)) and max(day, _rolled(day, way)) <= _TABLE.last
    ]
    pause = _longest_pause(saturdays=way.saturdays)
    within = [day for day in held if _TABLE.first + pause <= day <= _TABLE.last - pause]
    return {"": tuple(within), AT_THE_ENDS: tuple(day for day in held if day not in within)}


def _ends_of(way: Roll) -> Callable[[Row], Ends]:
    return lambda row: _roll_ends(row.values[0], row.values[1], way)


def _working_days() -> Iterator[OperatorCase]:
    for particular, window in _WINDOWS.items():
        first, last = map(_ordinal, window)
        facts = {"day": _date("day", first, last), "later": _date("later", first, last)}
        few = Fact("days", Kind.NUMBER, least=-10, greatest=10)
        days = Operand(facts["day"], tuple(range(first, last, 7)), ())
        spans = Operand(few, _FEW, ())
        if not particular:
            yield from over("add_working", "", [days, spans], lambda n, d, m: _made("add_working", n, d, m), _working,
                            partly=False)  # fmt: skip
        starts = [(one, min(last, one + more)) for one in days.values for more in (1, 9)]
        rows = [Row((*pair, span, None)) for pair in starts for span in _FEW]
        for end in ("lo", "hi"):
            op = f"working_{end}"
            name = f"{op}, {particular}" if particular else op
            yield _one_of_two(op, "add_working", {**facts, "days": few}, rows,
                              lambda row: _working_ends(*row.values[:3]), name)  # fmt: skip


def _one_of_two(
    op: str, exact: str, facts: Mapping[str, Fact], rows: list[Row], ends: Callable[[Row], Ends], name: str = ""
) -> OperatorCase:
    """A day that is one of two, and nobody tells which: of both ends of what is worked out of it, one is looked at."""

    def build(nodes: Nodes, leaves: Mapping[str, Node]) -> Node:
        unsure = nodes.choose(leaves["which"], leaves["day"], leaves["later"])
        found = _made(exact, nodes, unsure, *([leaves["days"]] if "days" in leaves else []))
        end = "low_end" if op.endswith("lo") else "high_end"
        return nodes.make(end, "int", (found,), None, found.lo, found.hi)

    def looked_at(row: Row, _: Node) -> Ends:
        found = ends(row)[0 if op.endswith("lo") else 1]
        return found, found

    return OperatorCase(op, name or op, {**facts, "which": Fact("which", Kind.TRUTH)}, build, lambda: rows, looked_at)
