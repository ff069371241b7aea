# SPDX-License-Identifier: Apache-2.0
"""What is kept back when a contribution is paid (4 %, DPR 600/1973, art. 28(2)), and the stamp duty of an application.

Public and private bodies withhold 4 % of the contributions that they pay to businesses, those for the purchase of capital
goods excepted. It is an advance on the recipient's taxes: it lowers the payment, and never the aid.

>>> paid = withholding("12345.67", payment_date="2026-05-04")
>>> paid.withheld, paid.paid, paid.aid
(Decimal('493.83'), Decimal('11851.84'), Decimal('12345.67'))
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from misure._reopen import by_public_name
from misure.finance.answers import AmountAnswer, Step, amount_between, surest
from misure.finance.checked import Checked
from misure.finance.rounding import TO_THE_CENT, Rounding
from misure.ground.dated import Cited, dated_table
from misure.ground.given import Money, euros
from misure.ground.ranges import Range
from misure.ground.truth import Confidence

__all__ = ["WithholdingAnswer", "stamp_duty", "withholding"]


@by_public_name
@dataclass(frozen=True, slots=True)
class WithholdingAnswer:
    """What is kept back of a contribution, and what reaches the firm: a `Range` each where something is not known.

    `aid` is the contribution before the withholding, which is what counts as aid. The other fields are those of `AmountAnswer`.
    """

    withheld: Decimal | Fraction | Range
    paid: Decimal | Fraction | Range
    aid: Decimal
    steps: tuple[Step, ...]
    citations: tuple[Cited, ...]
    confidence: Confidence
    unknown: tuple[str, ...] = ()


def withholding(
    current: Money, *, capital: Money = 0, split_documented: bool | None = None, exempt: bool | None = False,
    payment_date: dt.date | str, rounding: Rounding = TO_THE_CENT,
) -> WithholdingAnswer:  # fmt: skip
    """The withholding on a contribution to a business.

    A contribution that does not tell current expenses from capital goods bears it on the whole (Agenzia delle Entrate,
    risposta 16/2023).

    >>> withholding(5000, capital=5000, split_documented=True, payment_date="2026-05-04").withheld
    Decimal('200.00')
    >>> withholding(5000, capital=5000, payment_date="2026-05-04").withheld
    Range(least=Decimal('200.00'), greatest=Decimal('400.00'))

    Args:
        current: Euros for anything but capital goods (contributo in conto esercizio).
        capital: Euros for the purchase of capital goods.
        split_documented: Whether the act of granting and its papers tell the two apart; None where it is not known.
            It matters only where `capital` is not zero.
        exempt: Whether a law exempts the measure from the withholding; None where it is not known whether one does.
        payment_date: The day of payment.
        rounding: Of the amount withheld.

    Raises:
        BadFacts: An argument cannot be; every fault is told.
        NotEncoded: The day lies before the table.
    """
    asked = Checked("withholding")
    bearing, goods = asked.money("current", current), asked.money("capital", capital)
    documented, free = asked.truth("split_documented", split_documented), asked.truth("exempt", exempt)
    day = asked.day("payment_date", payment_date)
    asked.instance("rounding", rounding, Rounding)
    asked.done()
    row = dated_table("stato/withholding").on(day)
    least = 0 if free is not False else bearing if documented is not False else bearing + goods
    greatest = 0 if free else bearing if documented else bearing + goods
    low, high = (min(rounding.cents(row.share("rate") * base), Fraction(base)) for base in (least, greatest))
    whole = bearing + goods
    unknown = []
    if low != high and free is None:
        unknown.append("whether a law exempts the contribution is not known")
    if low != high and documented is None and goods:
        unknown.append("whether the papers tell capital goods from current expenses is not known")
    return WithholdingAnswer(
        amount_between(low, high), amount_between(whole - high, whole - low), euros(whole),
        (
            Step("contribution", euros(whole)),
            Step("base", amount_between(Fraction(least), Fraction(greatest)), row.citation),
            Step("rate", row.share("rate"), row.citation),
            Step("withheld", amount_between(low, high), row.citation),
        ),
        (row.citation,), row.citation.confidence, tuple(unknown),
    )  # fmt: skip


def stamp_duty(day: dt.date | str, *, exempt: bool | None = False) -> AmountAnswer:
    """The stamp duty (imposta di bollo) on an application filed on a day (DPR 642/1972, tariff, art. 3).

    >>> stamp_duty("2026-05-04").amount
    Decimal('16.00')

    Raises:
        BadFacts: An argument cannot be.
        NotEncoded: The day lies before the table.
    """
    asked = Checked("stamp_duty")
    ordinal, free = asked.day("day", day), asked.truth("exempt", exempt)
    asked.done()
    row = dated_table("stato/stamp-duty").on(ordinal)
    due = Fraction(row.cents("amount"))
    amount = amount_between(Fraction(0) if free is not False else due, Fraction(0) if free else due)
    unknown = ("whether the applicant is exempt is not known",) if free is None else ()
    citations = (row.citation,)
    return AmountAnswer(amount, (Step("stamp_duty", amount, row.citation),), citations, surest(citations), unknown)
