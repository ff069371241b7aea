# SPDX-License-Identifier: Apache-2.0
"""The aid in the loan (D.11 c. 1 h, p. 47), from the two plans side by side, instalment by instalment.

The instalments at the market rate of reference less those at 1.5% (B.1.b c. 4, p. 10), half-yearly, constant and in arrears
(B.1.b c. 3), each discounted to the day of the grant. Four things the text does not settle, and each is read both ways:

- the rate to discount with is "the rate of reference in force on the same date, fixed by the Commission": its base rate, that
  with the hundred points of communication 2008/C 14/02, or the rate of this very loan;
- what is paid during the grace period is interest and no instalment of amortisation, on half of the loan or on the whole,
  which is paid out in two parts (C.4.b c. 1): it counts for nothing, for half or wholly;
- the grace runs until the second part is paid out (B.1.b c. 3), and there may be none: the instalments then count on the whole loan, or
  until then on its first half;
- a grace that the call does not offer may be granted as any that it offers, and so many months as make no whole half-years
  are one half-year more or less.

The loan has no guarantee (B.1.b c. 5, p. 10): of who tells high collateral all the same, how much aid it holds is open.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

from benchmarks.aid_by_hand import COLLATERALS, MARGINS, RATES
from benchmarks.verso_money.days import Span

HUNDRED_POINTS = Decimal("0.01")
REDUCED = Decimal("0.015")
NEVER_RATED = (Decimal("0.04"), Decimal("0.10"))
"""Communication 2008/C 14/02: of whoever has no rating at least 400 points, and no more than the table knows."""
OFFERED = (0, 1, 2, 3, 4)
"""B.1.b c. 3: half-years of grace."""
OFFERED_MONTHS = (6, 12, 18, 24)
"""Those that last until the balance."""
LEAST_MONTHS, MOST_MONTHS, MOST_GRACE = 36, 72, 24


def aid(loan: int, months: int, grace: int, rating: str, collateral: str, day: int) -> Span:
    """Cents of aid in a loan granted on that day, from the least to the greatest reading."""
    base = next((rate for since, rate in reversed(RATES) if since <= day), None)
    if base is None or collateral == "high":
        # No rate of that day is published, or it is one of a loan with guarantees: nothing is known but that the aid is no more than the loan.
        return 0, loan
    months, grace = min(max(months, LEAST_MONTHS), MOST_MONTHS), min(grace, MOST_GRACE)
    least, most = readings(base - HUNDRED_POINTS, months, grace, rating, collateral)
    with localcontext(prec=40):
        ends = [int((loan * worth).quantize(Decimal(1), ROUND_HALF_UP)) for worth in (least, most)]
    if grace not in OFFERED_MONTHS:
        ends[0] = (ends[0] + 1) // 2
    return min(loan, ends[0]), min(loan, ends[1])


@cache
def readings(base: Decimal, months: int, grace: int, rating: str, collateral: str) -> tuple[Decimal, Decimal]:
    """Of one cent lent."""
    if rating == "unrated":
        margins = NEVER_RATED
    else:
        margins = (Decimal(MARGINS[rating][COLLATERALS.index(collateral)]),)
    found = []
    for margin in margins:
        market = base + margin
        for discount in (base, base + HUNDRED_POINTS, market):
            for count in {months // 6, -(-months // 6)}:
                for periods in OFFERED if grace % 6 else (grace // 6,):
                    found += [between_plans(market, discount, count, periods, part) for part in (0, 1, 2)]
    return min(found), max(found)


def between_plans(market: Decimal, discount: Decimal, count: int, grace: int, half_parts: int) -> Decimal:
    """What the borrower of one cent is spared; in grace the interest on so many halves of it."""
    if market <= REDUCED:
        return Decimal(0)
    with localcontext(prec=40):
        half_year = (1 + discount).sqrt()
        spared_in_grace = (market - REDUCED) / 2 * half_parts / 2
        spared = constant(market, count - grace) - constant(REDUCED, count - grace)
        total, factor = Decimal(0), Decimal(1)
        for period in range(1, count + 1):
            factor /= half_year
            total += (spared_in_grace if period <= grace else spared) * factor
        return total


def constant(rate: Decimal, count: int) -> Decimal:
    """The constant instalment that pays one cent back in so many half-years: what they are all worth today is one cent."""
    factor, worth = Decimal(1), Decimal(0)
    for _ in range(count):
        factor /= 1 + rate / 2
        worth += factor
    return 1 / worth
