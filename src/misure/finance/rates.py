# SPDX-License-Identifier: Apache-2.0
"""The reference rate and the discount rate of a day (Communication 2008/C 14/02), from dated tables that own their gaps.

The discount rate (tasso di attualizzazione e rivalutazione) is set by ministerial decree. The base rate is that less 100
basis points, and the reference rate is the base rate and a margin for the rating of the borrower and its collateral. On a
day for which no decree was found every rate is unknown, and never the nearest one.

>>> discount_rate("2026-01-15").rate
Fraction(319, 10000)
>>> discount_rate("2023-09-01").rate is None
True
>>> reference_rate("2026-01-15", rating="BB", collateral="normal").rate == Fraction("0.0439")
True
>>> reference_rate("2026-01-15", rating="BB").rate
Range(least=Fraction(319, 10000), greatest=Fraction(619, 10000))
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from misure.finance.answers import RateAnswer, Step, surest, unique
from misure.finance.checked import Checked
from misure.finance.ratings import GRADES, category
from misure.ground.dated import Row, dated_table
from misure.ground.days import day_text
from misure.ground.ranges import Range

__all__ = ["COLLATERAL", "UNRATED", "base_rate", "discount_rate", "reference_rate"]

COLLATERAL = ("high", "normal", "low")
"""How well a loan is secured, in the words of the Communication."""
UNRATED = "unrated"
"""A borrower without credit history, or whose rating does not rest on balance sheets, such as a new firm."""


def discount_rate(day: dt.date | str) -> RateAnswer:
    """The yearly rate at which amounts are discounted to a day of granting; it then stays for the whole plan.

    Raises:
        BadFacts: The day is none.
        NotEncoded: It lies before the table.
    """
    asked = Checked("discount_rate")
    ordinal = asked.day("day", day)
    asked.done()
    return _discount(ordinal)


def base_rate(day: dt.date | str) -> RateAnswer:
    """The base rate of a day: the discount rate less the margin that the Communication adds for it. It may be negative.

    Raises:
        BadFacts: The day is none.
        NotEncoded: It lies before the tables.
    """
    asked = Checked("base_rate")
    ordinal = asked.day("day", day)
    asked.done()
    return _base(ordinal)


def reference_rate(
    day: dt.date | str, *, rating: str | None = None, collateral: str | None = None, parent_rating: str | None = None
) -> RateAnswer:
    """The yearly market rate with which a loan granted on a day is compared.

    What is not known of rating or collateral (None) leaves a range over the margins that may be. A borrower without
    history pays at least 400 basis points and at least what its parent company would: the range begins there, and ends at
    the greatest margin of the table, for the Communication sets no other end.

    Args:
        day: Of the grant.
        rating: By letter, `AAA` to `D`; `unrated` without history; None where it is not known.
        collateral: `high`, `normal`, `low`, or None where it is not known.
        parent_rating: Of the parent company of an unrated borrower, where it has one.

    Raises:
        BadFacts: An argument cannot be; every fault is told.
        NotEncoded: The day lies before the tables.
    """
    asked = Checked("reference_rate")
    ordinal = asked.day("day", day)
    letters = asked.grade("rating", rating, (*GRADES, UNRATED))
    secured = None if collateral is None else asked.one_of("collateral", collateral, COLLATERAL)
    parent = asked.grade("parent_rating", parent_rating, GRADES)
    if parent is not None and letters != UNRATED:
        asked.fault("parent_rating", f"matters for an {UNRATED} borrower alone")
    asked.done()
    base, every = _base(ordinal), _margins(ordinal)
    rows = [row for row in every if secured in {None, row.texts["collateral"]}]
    if letters == UNRATED:
        floor = dated_table("ue/reference-rate-terms").on(ordinal, term="no_history")
        above = [row for row in rows if parent is not None and row.texts["rating"] == category(parent)]
        least = max(floor.share("margin"), min((row.share("margin") for row in above), default=Fraction(0)))
        greatest = max(row.share("margin") for row in every)
        reason = (
            "the margin of a borrower without credit history has a least value, and how much more it is stands nowhere"
        )
        return _with_margin(base, [floor, *above], least, greatest, (reason,) if least < greatest else ())
    used = [row for row in rows if letters is None or row.texts["rating"] == category(letters)]
    least, greatest = min(row.share("margin") for row in used), max(row.share("margin") for row in used)
    asked_for = (("the rating", letters), ("the collateral", secured))
    return _with_margin(
        base, used, least, greatest, tuple(f"{name} is not known" for name, it in asked_for if it is None)
    )


def _margins(day: int) -> list[Row]:
    """The row of each rating and collateral that stands on a day."""
    table = dated_table("ue/reference-margins")
    pairs = dict.fromkeys((row.texts["rating"], row.texts["collateral"]) for row in table.rows)
    return [table.on(day, rating=rating, collateral=collateral) for rating, collateral in pairs]


def _discount(day: int) -> RateAnswer:
    row = dated_table("stato/discount-rates").on(day)
    if not row.known("rate"):
        reason = f"the discount rate of {day_text(day)} is not known: {row.note}"
        return RateAnswer(None, (), (row.citation,), row.citation.confidence, (reason,))
    rate = row.share("rate")
    return RateAnswer(rate, (Step("discount_rate", rate, row.citation),), (row.citation,), row.citation.confidence)


def _base(day: int) -> RateAnswer:
    discounting = _discount(day)
    margin = dated_table("ue/reference-rate-terms").on(day, term="discount")
    citations = unique((*discounting.citations, margin.citation))
    if not isinstance(discounting.rate, Fraction):
        return RateAnswer(None, (), citations, surest(citations), discounting.unknown)
    rate = discounting.rate - margin.share("margin")
    return RateAnswer(
        rate, (*discounting.steps, Step("base_rate", rate, margin.citation)), citations, surest(citations)
    )


def _with_margin(
    base: RateAnswer, used: list[Row], least: Fraction, greatest: Fraction, unknown: tuple[str, ...]
) -> RateAnswer:
    citations = unique((*base.citations, *(row.citation for row in used)))
    unknown = base.unknown + unknown
    margin = least if least == greatest else Range(least, greatest)
    steps = (*base.steps, Step("margin", margin, used[0].citation))
    if not isinstance(base.rate, Fraction):
        return RateAnswer(None, steps, citations, surest(citations), unknown)
    low, high = base.rate + least, base.rate + greatest
    rate = low if low == high else Range(low, high)
    return RateAnswer(rate, (*steps, Step("reference_rate", rate)), citations, surest(citations), unknown)
