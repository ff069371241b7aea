# SPDX-License-Identifier: Apache-2.0
"""Simple interest at the legal rate (Civil Code, art. 1284), which a decree fixes each year.

Calls ask it on what is taken back, most often from the payment to the decision that revokes it. It runs from the day after the first to
the second, that day included, each day at the rate of its year over 365 days, and is rounded once: no act gives the count of days, and
those who publish tables of the rate count so.

>>> legal_interest("10000", since="2025-06-01", until="2025-12-01").amount
Decimal('100.27')
>>> legal_interest("10000", since="2026-12-01", until="2027-01-10").unknown
('stato/legal-interest: no source read gives the rate from 2027-01-01 on',)
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from misure.finance.answers import AmountAnswer, Step, amount_between, surest, unique
from misure.finance.checked import Checked
from misure.ground.dated import Row, dated_table
from misure.ground.days import day_text
from misure.ground.given import Money
from misure.ground.money import half_up
from misure.ground.truth import Confidence

__all__ = ["legal_interest"]

_TABLE = "stato/legal-interest"
_YEAR = 365


def legal_interest(amount: Money, *, since: dt.date | str, until: dt.date | str) -> AmountAnswer:
    """The legal interest that an amount bears from the day after `since` to `until`.

    None where it bears any in a year whose rate no source gives yet: no law bounds such a rate. `unknown` says which.

    >>> legal_interest(1000, since="2023-12-31", until="2024-12-31").amount  # 366 days
    Decimal('25.07')

    Args:
        amount: The euros that bear it.
        since: The day of payment, which bears none.
        until: The last day that bears it.

    Raises:
        BadFacts: An argument cannot be, or `until` lies before `since`; every fault is told.
        NotEncoded: A day that bears interest lies before the table.
    """
    asked = Checked("legal_interest")
    cents = asked.money("amount", amount)
    first, last = asked.day("since", since) + 1, asked.day("until", until)
    if not asked.found and last + 1 < first:
        asked.fault("until", "interest ends before it begins")
    asked.done()
    table = dated_table(_TABLE)
    if first > last:
        return AmountAnswer(amount_between(Fraction(0), Fraction(0)), (), (), Confidence.OFFICIAL)
    table.on(first)
    rows = [row for row in table.rows if row.since <= last and (row.until is None or row.until >= first)]
    steps = [Step(f"days_{day_text(row.since)[:4]}", _days(row, first, last), row.citation) for row in rows]
    unknown = tuple(
        f"{_TABLE}: no source read gives the rate from {day_text(row.since)} on"
        for row in rows
        if not row.known("rate")
    )
    citations = unique(row.citation for row in rows)
    if unknown:
        return AmountAnswer(None, tuple(steps), citations, surest(citations), unknown)
    exact = sum((cents * row.share("rate") * _days(row, first, last) / _YEAR for row in rows), Fraction(0))
    borne = amount_between(*[Fraction(half_up(exact.numerator, exact.denominator))] * 2)
    return AmountAnswer(borne, (*steps, Step("legal_interest", borne)), citations, surest(citations))


def _days(row: Row, first: int, last: int) -> int:
    """How many of the days from `first` to `last` lie in a row."""
    return min(last, last if row.until is None else row.until) - max(first, row.since) + 1
