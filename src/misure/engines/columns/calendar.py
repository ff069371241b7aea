# SPDX-License-Identifier: Apache-2.0
"""The operators of the calendar in terms of the integer operators, so that every engine can do them.

Days are ordinals and never negative; civil dates are worked out as in Howard Hinnant's `days_from_civil`, with a year that
begins in March and so ends with its leap day. Holidays enter as sets of days, limited to those that can matter.

>>> from misure.ground.days import parse_day
>>> nodes = Nodes()
>>> expanded(nodes, "add_months", (nodes.const(parse_day("2026-01-31")), nodes.const(1)))[0].lo == parse_day("2026-02-28")
True
"""

from __future__ import annotations

from functools import cache

from misure.ground.holidays import Calendar, is_saturday, is_sunday, national_calendar
from misure.program.civil import FUNCTIONS, ROLLS, Roll
from misure.program.nodes import Node, Nodes

__all__ = ["CALENDAR", "expanded", "floor"]

CALENDAR = frozenset(FUNCTIONS)
"""The operators that `expanded` knows."""

_MARCH = 305
"""From an ordinal to the days since 1 March of the year 0."""
_ERA = 146_097
"""The days of 400 years."""


def expanded(nodes: Nodes, op: str, args: tuple[Node, ...]) -> tuple[Node, Node]:
    """The value of an operator of the calendar, and whether it lies outside the table of holidays, unknown to anybody."""
    inside = nodes.truth(False)
    match op:
        case "year":
            return _civil(nodes, args[0])[0], inside
        case "add_months":
            return _add_months(nodes, *args), inside
        case "add_working":
            return _add_working(nodes, *args)
        case "working_lo" | "working_hi":
            return _working_end(nodes, *args, high=op == "working_hi"), inside
        case op if op in ROLLS:
            return _roll(nodes, args[0], ROLLS[op])
        case _:
            return _roll_end(nodes, args[0], ROLLS[op[:-3]], high=op.endswith("_hi")), inside


def floor(nodes: Nodes, left: Node, right: Node) -> Node:
    """Division rounded down, of operands that are never negative: engines differ on the others."""
    if left.lo >= 0:
        return nodes.floordiv(left, right)
    if right.constant:
        shift = -(left.lo // right.lo)
        lifted = nodes.add(left, nodes.const(shift * right.lo))
        return nodes.sub(nodes.floordiv(lifted, right), nodes.const(shift))
    # Of the two sides one is nothing. Adding multiples of an unknown divisor could pass 63 bits.
    zero = nodes.const(0)
    above = nodes.floordiv(nodes.greatest(left, zero), right)
    below_zero = nodes.greatest(nodes.sub(zero, left), zero)
    rounded_up = nodes.floordiv(nodes.add(below_zero, right, nodes.const(-1)), right)
    return _within(nodes, nodes.sub(above, rounded_up), *_quotients(left, right))


def _quotients(left: Node, right: Node) -> tuple[int, int]:
    ends = [a // b for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
    return min(ends), max(ends)


def _within(nodes: Nodes, node: Node, lo: int, hi: int) -> Node:
    """The same value, with bounds that are known better than from its operands."""
    return (
        node if node.constant else nodes.make(node.op, "int", node.args, node.data, max(lo, node.lo), min(hi, node.hi))
    )


def _rest(nodes: Nodes, left: Node, divisor: int) -> Node:
    quotient = floor(nodes, left, nodes.const(divisor))
    return _within(nodes, nodes.sub(left, nodes.mul(quotient, nodes.const(divisor))), 0, divisor - 1)


def _over(nodes: Nodes, left: Node, divisor: int) -> Node:
    return floor(nodes, left, nodes.const(divisor))


def _times(nodes: Nodes, left: Node, factor: int) -> Node:
    return nodes.mul(left, nodes.const(factor))


def _plus(nodes: Nodes, left: Node, *terms: Node | int) -> Node:
    return nodes.add(left, *(term if isinstance(term, Node) else nodes.const(term) for term in terms))


# Civil dates


def _civil(nodes: Nodes, day: Node) -> tuple[Node, Node, Node]:
    """Year, month and day of the month of an ordinal."""
    since = _plus(nodes, day, _MARCH)
    in_era = _rest(nodes, since, _ERA)
    leap_days = _plus(nodes, _over(nodes, in_era, 36_524), nodes.sub(nodes.const(0), _over(nodes, in_era, 1_460)))
    counted = nodes.sub(_plus(nodes, in_era, leap_days), _over(nodes, in_era, 146_096))
    year_of_era = _within(nodes, _over(nodes, _within(nodes, counted, 0, _ERA), 365), 0, 399)
    before = nodes.sub(
        _plus(nodes, _times(nodes, year_of_era, 365), _over(nodes, year_of_era, 4)), _over(nodes, year_of_era, 100)
    )
    in_year = _within(nodes, nodes.sub(in_era, before), 0, 365)
    from_march = _over(nodes, _plus(nodes, _times(nodes, in_year, 5), 2), 153)
    started = _over(nodes, _plus(nodes, _times(nodes, from_march, 153), 2), 5)
    in_month = _within(nodes, _plus(nodes, nodes.sub(in_year, started), 1), 1, 31)
    next_year = nodes.le(nodes.const(10), from_march)
    month = nodes.choose(next_year, _plus(nodes, from_march, -9), _plus(nodes, from_march, 3))
    year = _plus(
        nodes, _times(nodes, _over(nodes, since, _ERA), 400), year_of_era,
        nodes.choose(next_year, nodes.const(1), nodes.const(0)),
    )  # fmt: skip
    return year, _within(nodes, month, 1, 12), in_month


def _ordinal(nodes: Nodes, year: Node, month: Node, day: Node) -> Node:
    early = nodes.le(month, nodes.const(2))
    marched = _plus(nodes, year, nodes.choose(early, nodes.const(-1), nodes.const(0)))
    from_march = _within(nodes, nodes.choose(early, _plus(nodes, month, 9), _plus(nodes, month, -3)), 0, 11)
    era, year_of_era = _over(nodes, marched, 400), _rest(nodes, marched, 400)
    in_year = _plus(nodes, _over(nodes, _plus(nodes, _times(nodes, from_march, 153), 2), 5), day, -1)
    leap_days = nodes.sub(_over(nodes, year_of_era, 4), _over(nodes, year_of_era, 100))
    return _plus(nodes, _times(nodes, era, _ERA), _times(nodes, year_of_era, 365), leap_days, in_year, -_MARCH)


def _add_months(nodes: Nodes, day: Node, months: Node) -> Node:
    year, month, in_month = _civil(nodes, day)
    counted = _plus(nodes, _times(nodes, year, 12), month, -1, months)
    target, from_january = _over(nodes, counted, 12), _rest(nodes, counted, 12)
    month = _plus(nodes, from_january, 1)
    # The months have 30 and 31 days by turns, beginning again in August.
    longer = _rest(nodes, _plus(nodes, month, _over(nodes, month, 8)), 2)
    length = _plus(nodes, longer, 30)
    by_four, by_hundred, by_four_hundred = (
        nodes.eq(_rest(nodes, target, divisor), nodes.const(0)) for divisor in (4, 100, 400)
    )
    leap = nodes.any_of(nodes.all_of(by_four, nodes.not_(by_hundred)), by_four_hundred)
    february = nodes.choose(leap, nodes.const(29), nodes.const(28))
    length = nodes.choose(nodes.eq(month, nodes.const(2)), february, length)
    return _ordinal(nodes, target, month, nodes.least(in_month, length))


# Sundays and holidays, and Saturdays where they count


def _usual(day: int, way: Roll) -> int:
    """How far a day rolls in a week without holidays."""
    if is_sunday(day):
        return 1 if not way.backwards else -2 if way.saturdays else -1
    if way.saturdays and is_saturday(day):
        return -1 if way.backwards else 2
    return 0


def _known(calendar: Calendar, way: Roll) -> tuple[int, int]:
    """The first and the last day that roll to a day of the table."""
    first, last = calendar.first, calendar.last
    if way.backwards:
        while calendar.is_free(first, saturdays=way.saturdays):
            first += 1
    else:
        while calendar.is_free(last, saturdays=way.saturdays):
            last -= 1
    return first, last


@cache
def _unusual(calendar: Calendar, way: Roll) -> dict[int, tuple[int, ...]]:
    """The days that roll otherwise than in a week without holidays, by how far: holidays, and free days next to them."""
    found: dict[int, set[int]] = {}
    first, last = _known(calendar, way)
    reach = calendar.pause(saturdays=way.saturdays)
    for holiday in calendar.names:
        # A day that rolls over a holiday lies before it, or after it where it rolls back.
        near = range(holiday, holiday + reach + 1) if way.backwards else range(holiday - reach, holiday + 1)
        for day in near:
            if first <= day <= last:
                moved = calendar.roll(day, saturdays=way.saturdays, backwards=way.backwards) - day
                if moved != _usual(day, way):
                    found.setdefault(moved, set()).add(day)
    return {moved: tuple(sorted(days)) for moved, days in found.items()}


def _rolled(nodes: Nodes, day: Node, calendar: Calendar, way: Roll) -> Node:
    """The day, or the nearest that may stand, as if there were no holidays outside the table."""
    in_week = _rest(nodes, day, 7)
    moved = nodes.const(0)
    for weekday in (6, 7):
        if usual := _usual(weekday, way):
            moved = nodes.choose(nodes.eq(in_week, nodes.const(weekday % 7)), nodes.const(usual), moved)
    for by, days in sorted(_unusual(calendar, way).items()):
        near = frozenset(one for one in days if day.lo <= one <= day.hi)
        if near:
            moved = nodes.choose(_among(nodes, day, near), nodes.const(by), moved)
    return nodes.add(day, moved)


def _among(nodes: Nodes, day: Node, days: frozenset[int]) -> Node:
    return nodes.truth(day.lo in days) if day.constant else nodes.make("among", "truth", (day,), days)


def _between(nodes: Nodes, least: Node | int, node: Node, greatest: Node | int) -> Node:
    ends = (end if isinstance(end, Node) else nodes.const(end) for end in (least, greatest))
    low, high = ends
    return nodes.all_of(nodes.le(low, node), nodes.le(node, high))


def _roll(nodes: Nodes, day: Node, way: Roll) -> tuple[Node, Node]:
    calendar = national_calendar()
    first, last = _known(calendar, way)
    return _rolled(nodes, day, calendar, way), nodes.not_(_between(nodes, first, day, last))


def _roll_end(nodes: Nodes, day: Node, way: Roll, *, high: bool) -> Node:
    """As `Calendar.roll_range` does it for one end."""
    calendar = national_calendar()
    pause = calendar.pause(saturdays=way.saturdays)
    before, after = (pause, 0) if way.backwards else (0, pause)
    inside = _between(nodes, calendar.first + before, day, calendar.last - after)
    outside = _plus(nodes, day, after if high else -before)
    return nodes.choose(inside, _rolled(nodes, day, calendar, way), outside)


# Working days: Mondays to Fridays are counted by arithmetic, the holidays that fall on one of them taken out


def _weekdays(nodes: Nodes, day: Node) -> Node:
    """How many Mondays to Fridays there were from ordinal 1 to the day."""
    return _plus(nodes, _times(nodes, _over(nodes, day, 7), 5), nodes.least(_rest(nodes, day, 7), nodes.const(5)))


def _weekdays_until(day: int) -> int:
    return day // 7 * 5 + min(day % 7, 5)


def _shifted(nodes: Nodes, day: Node, days: Node) -> tuple[Node, Node]:
    """The day so many working days on, and its number among the working days of the table, counted from 0."""
    calendar = national_calendar()
    reach = 2 * max(abs(days.lo), abs(days.hi)) + 40
    holidays = [
        holiday
        for holiday in sorted(calendar.names)
        if not is_sunday(holiday) and not is_saturday(holiday) and day.lo - reach <= holiday <= day.hi + reach
    ]
    skipped = sum(
        not is_sunday(holiday) and not is_saturday(holiday) and holiday < day.lo - reach for holiday in calendar.names
    )
    before = _weekdays_until(calendar.first - 1) + skipped

    def passed(tests: list[Node]) -> Node:
        return _plus(nodes, nodes.const(0), *(nodes.choose(test, nodes.const(1), nodes.const(0)) for test in tests))

    def counted(until: Node) -> Node:
        gone = passed([nodes.le(nodes.const(holiday), until) for holiday in holidays])
        return nodes.sub(_weekdays(nodes, until), _plus(nodes, gone, before))

    forwards = nodes.le(nodes.const(1), days)
    # Forwards from the working days up to and with the day, backwards from those before it.
    weekday = _between(nodes, 1, _rest(nodes, day, 7), 5)
    works = nodes.all_of(weekday, nodes.not_(_among(nodes, day, frozenset(holidays))))
    one_back = nodes.any_of(forwards, works)
    place = _plus(nodes, counted(day), days, nodes.choose(one_back, nodes.const(-1), nodes.const(0)))
    # The n-th weekday that is no holiday: each holiday puts off those from its own number on.
    put_off = passed([
        nodes.le(nodes.const(_weekdays_until(holiday) - before - number - 1), place)
        for number, holiday in enumerate(holidays)
    ])  # fmt: skip
    # A place before the first of the table is nobody's, and yet must not be divided as a negative number.
    number = nodes.greatest(_plus(nodes, place, put_off, before), nodes.const(0))
    reached = _plus(nodes, _times(nodes, _over(nodes, number, 5), 7), _rest(nodes, number, 5), 1)
    return nodes.choose(nodes.eq(days, nodes.const(0)), day, reached), place


def _add_working(nodes: Nodes, day: Node, days: Node) -> tuple[Node, Node]:
    calendar = national_calendar()
    reached, place = _shifted(nodes, day, days)
    total = sum(map(calendar.is_working, range(calendar.first, calendar.last + 1)))
    inside = nodes.all_of(
        _between(nodes, calendar.first, day, calendar.last),
        nodes.any_of(nodes.eq(days, nodes.const(0)), _between(nodes, 0, place, total - 1)),
    )
    return reached, nodes.not_(inside)


def _working_end(nodes: Nodes, day: Node, days: Node, *, high: bool) -> Node:
    """As `working_lo` and `working_hi` do it."""
    calendar = national_calendar()
    twice = _times(nodes, days, 2)
    slack = _plus(nodes, nodes.greatest(twice, nodes.sub(nodes.const(0), twice)), 40)
    inside = _between(nodes, _plus(nodes, slack, calendar.first), day, nodes.sub(nodes.const(calendar.last), slack))
    step = _plus(nodes, twice, 40 if high else -40)
    step = nodes.greatest(step, nodes.const(0)) if high else nodes.least(step, nodes.const(0))
    return nodes.choose(inside, _shifted(nodes, day, days)[0], nodes.add(day, step))
