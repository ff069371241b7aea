# SPDX-License-Identifier: Apache-2.0
"""Present value: what amounts of later years are worth at the grant, discounted yearly (`sum c / (1 + i)^t`).

Whole years make exact fractions. Parts of a year make irrational powers, which are enclosed between certified bounds, and
the bounds are narrowed until the rounded cent is certain.

>>> present_value({0: 10000, 1: 10000, 2: 10000}, "3.19%").amount
Decimal('29082.14')
>>> answer = present_value({Fraction(1, 2): 10000}, "3.19%")
>>> answer.amount, answer.precision
(Decimal('9844.22'), 50)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from misure._reopen import by_public_name
from misure.finance.answers import AmountAnswer, RateAnswer, Step, amount_between, shown, surest, unique
from misure.finance.checked import Checked, Ends
from misure.finance.powers import DIGITS, discount_bounds, exact_discount
from misure.finance.quoted import quoted
from misure.finance.rounding import NOT_REFINED, TO_THE_CENT, Rounding, RoundingStage, certain
from misure.ground import arguments
from misure.ground.dated import Cited, act_of
from misure.ground.days import add_years
from misure.ground.given import Money, Rate
from misure.ground.ranges import Range
from misure.ground.truth import Confidence

__all__ = ["DayCount", "Flows", "Time", "aid_at_grant", "present_value"]

MOST_YEARS = 100
"""A flow that lies farther off is a mistake."""
_LAST = dt.date(dt.MAXYEAR - MOST_YEARS - 2, 1, 1).toordinal()
"""The last day of granting whose flows lie within the calendar."""
_FINEST = 100_000
"""No calendar divides a year into more parts."""

Time: TypeAlias = int | Fraction | Decimal | str
"""Years after the grant: whole, or an exact part such as `Fraction(1, 2)` or `0.25`."""
Flows: TypeAlias = Mapping[Time, Money | Range] | Iterable[tuple[Time, Money | Range]]
"""Payments and when they are made: by time, or as pairs of time and amount."""


@by_public_name
class DayCount(StrEnum):
    """How many years lie between two days, which no act says."""

    ANNIVERSARY = "anniversary"
    """The whole years by the calendar, and the days left over the days of the year begun: a year later is 1."""
    ACTUAL_365 = "actual_365"
    """The days over 365."""


def present_value(
    flows: Flows, rate: Rate | Range | RateAnswer | None, *, rounding: Rounding = TO_THE_CENT
) -> AmountAnswer:
    """The present value of amounts by the years after which they fall due.

    A range of the rate or of an amount gives a range; where the rate is not known (None), the value lies between what
    falls due at once and the whole.

    Args:
        flows: Amounts by time, or pairs of time and amount; one time may come twice among pairs.
        rate: The yearly discount rate, compounded yearly.
        rounding: Of the whole; with `per_line` each flow is rounded, then summed.

    Raises:
        BadFacts: A time, an amount or the rate cannot be; every fault is told.
    """
    asked = Checked("present_value")
    parts = _flows(asked, flows)
    return _valued(asked, parts, rate, rounding)


def aid_at_grant(
    grant_date: dt.date | str,
    instalments: Mapping[dt.date | str, Money | Range] | Iterable[tuple[dt.date | str, Money | Range]],
    rate: Rate | Range | RateAnswer | None, *, day_count: str = DayCount.ANNIVERSARY, rounding: Rounding = TO_THE_CENT,
) -> AmountAnswer:  # fmt: skip
    """Aid that is paid in instalments, discounted to the day of granting (Reg. (EU) 2023/2831, art. 3(6)).

    The rate is the one in force on that day, and stays for the whole plan.

    >>> aid_at_grant("2025-09-01", [("2026-09-01", 10000), ("2027-09-01", 10000), ("2028-09-01", 10000)], "3.21%").amount
    Decimal('28172.29')

    Raises:
        BadFacts: A day, an amount or the rate cannot be, or an instalment precedes the grant; every fault is told.
    """
    asked = Checked("aid_at_grant")
    start = asked.day("grant_date", grant_date)
    if start > _LAST:
        asked.fault("grant_date", f"{grant_date} lies at the end of the calendar")
    fit = not asked.found
    convention = DayCount(asked.one_of("day_count", day_count, DayCount))
    parts: list[tuple[Fraction, Ends[int]]] = []
    for number, (day, amount) in enumerate(_pairs(asked, "instalments", instalments), 1):
        name = f"instalments[{number}]"
        before, due, worth = asked.found, asked.day(name, day), asked.ends(name, amount, asked.money)
        if not fit or asked.found > before:
            continue
        if due < start:
            asked.fault(name, f"{day} lies before the day of granting, {grant_date}")
        elif due - start > 366 * MOST_YEARS:
            asked.fault(name, f"{day} lies more than {MOST_YEARS} years after the grant")
        else:
            parts.append((_years(start, due, convention), worth))
    rule = Cited(act_of("reg-2023-2831"), "art. 3, par. 6", Confidence.INFERRED)
    return _valued(asked, parts, rate, rounding, rule)


def _pairs(asked: Checked, subject: str, given: object) -> list[tuple[object, object]]:
    """The pairs of a mapping or of a list of pairs."""
    if isinstance(given, Mapping):
        return list(given.items())
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        asked.fault(subject, f"expected pairs of a time and an amount; got {arguments.shown(given)}")
        return []
    pairs: list[tuple[object, object]] = []
    for number, item in enumerate(given, 1):
        if isinstance(item, tuple | list) and len(item) == 2:
            pairs.append((item[0], item[1]))
        else:
            asked.fault(f"{subject}[{number}]", f"expected a pair of a time and an amount; got {arguments.shown(item)}")
    return pairs


def _flows(asked: Checked, flows: object) -> list[tuple[Fraction, Ends[int]]]:
    parts = []
    for number, (time, amount) in enumerate(_pairs(asked, "flows", flows), 1):
        name = f"flows[{number}]"
        years = asked.number(name, time)
        if years > MOST_YEARS:
            asked.fault(name, f"a flow after {time} years: the most is {MOST_YEARS}")
        elif years.denominator > _FINEST:
            asked.fault(name, f"a time of {time} years is finer than any calendar")
        parts.append((years, asked.ends(name, amount, asked.money)))
    return parts


def _years(start: int, due: int, convention: DayCount) -> Fraction:
    if convention is DayCount.ACTUAL_365:
        return Fraction(due - start, 365)
    whole = dt.date.fromordinal(due).year - dt.date.fromordinal(start).year
    if add_years(start, whole) > due:
        whole -= 1
    begun = add_years(start, whole)
    return whole + Fraction(due - begun, add_years(start, whole + 1) - begun) if due > begun else Fraction(whole)


_Parts: TypeAlias = list[tuple[Fraction, int]]
"""Cents by the years after which they fall due."""


def _valued(
    asked: Checked, flows: list[tuple[Fraction, Ends[int]]], rate: object, rounding: Rounding, *rules: Cited
) -> AmountAnswer:
    """The value of flows whose times and amounts were read: it grows with the amounts and falls as the rate rises."""
    discounting = quoted(asked, "rate", rate)
    asked.instance("rounding", rounding, Rounding)
    asked.done()
    # How a part of a year is counted stands in no act.
    sure = Confidence.INFERRED if any(time.denominator > 1 for time, _ in flows) else Confidence.SECONDARY
    method = Cited(act_of("com-2008-c-14-02"), "", sure)
    citations = unique((method, *rules, *discounting.citations))
    least, greatest = ([(time, ends[end]) for time, ends in flows] for end in (0, 1))
    nominal = amount_between(Fraction(sum(cents for _, cents in least)), Fraction(sum(cents for _, cents in greatest)))
    steps = [
        Step("nominal", nominal),
        Step("discount_rate", discounting.shown, discounting.citations[0] if discounting.citations else None),
    ]
    if discounting.ends is None:
        # Whatever the rate, what falls due later is worth something between nothing and itself.
        least, low_rate, high_rate = [(time, cents) for time, cents in least if not time], Fraction(0), Fraction(0)
    else:
        low_rate, high_rate = discounting.ends
    low, refuge, coarse = _sum(least, high_rate, rounding)
    ceiling, high, fine = _sum(greatest, low_rate, rounding)
    below, above = _bounds(least, high_rate, DIGITS)[0], _bounds(greatest, low_rate, DIGITS)[1]
    steps += [Step("present_value", shown(below / 100, above / 100), method), Step("rounding", str(rounding.mode))]
    unknown = discounting.unknown
    if isinstance(nominal, Range):
        unknown += ("an amount is known only between two ends",)
    if low < refuge or ceiling < high:
        unknown += (NOT_REFINED,)
    unknown = unknown if low < high else ()
    return AmountAnswer(
        amount_between(low, high), tuple(steps), citations, surest(citations), unknown, max(coarse, fine)
    )


def _sum(parts: _Parts, rate: Fraction, rounding: Rounding) -> tuple[Fraction, Fraction, int]:
    """The least and the greatest rounded value in cents, and the decimals that it took."""
    groups = [[part] for part in parts] if rounding.stage == RoundingStage.PER_LINE else [parts]
    found = [certain(partial(_bounds, group, rate), rounding) for group in groups]
    return (
        sum((low for low, _, _ in found), Fraction(0)), sum((high for _, high, _ in found), Fraction(0)),
        max((digits for _, _, digits in found), default=0),
    )  # fmt: skip


def _bounds(parts: _Parts, rate: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """The two ends of the exact value in cents; equal where every power is a fraction."""
    exact, low, high = Fraction(0), 0, 0
    for time, amount in parts:
        known = exact_discount(rate, time)
        if known is not None:
            exact += amount * known
            continue
        least, greatest = discount_bounds(rate, time, digits)
        low, high = low + amount * least, high + amount * greatest
    unit = 10**digits
    return exact + Fraction(low, unit), exact + Fraction(high, unit)
