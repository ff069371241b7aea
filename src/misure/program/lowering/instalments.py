# SPDX-License-Identifier: Apache-2.0
"""The gross grant equivalent as the difference of two plans of instalments, lowered.

Its factor depends on the reference rate by more than a product, so that each margin of the law has factors of its own. One
look-up finds them: its key counts the months, and within a month the margins as they rise, the unrated last. An unknown rating is
then the hull of the margins of one month.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from misure.finance.factors import Repayment, RepaymentPlan
from misure.finance.instalments import instalment_bounds
from misure.finance.powers import DIGITS
from misure.ground.dated import dated_table
from misure.ground.money import half_up
from misure.program.lowering.equivalents import DECIMALS, Equivalents
from misure.program.lowering.ratio import Ratio
from misure.program.nodes import Node, TooLarge
from misure.program.steps import Steps
from misure.rulebook.expression import Call
from misure.rulebook.functions import COLLATERALS, RATINGS, REPAYMENTS

__all__ = ["InstalmentEquivalents"]

CENTS = 100
UNRATED = "unrated"


class InstalmentEquivalents(Equivalents):
    """Lowers all equivalents, this one too."""

    def instalments_gge(self, call: Call) -> Ratio:
        """The discounted difference of the instalments at the reference rate and at the loan's own; nothing below it."""
        nodes = self.nodes
        principal, months, grace = self._cents(call.args[0]), self._months(call.args[1]), self._months(call.args[2])
        rate = self._own_rate(call)
        drawn = self.expressions.number(call.args[6])
        if drawn.divisor is not None:
            raise TooLarge("what is drawn during the grace is a share, not a quotient")
        drawn_ends = tuple(Fraction(end, drawn.scale) for end in (drawn.number.lo, drawn.number.hi))
        repayment, discounting = call.words
        margins, rank = self._ranked(call)
        least = months.lo
        key = nodes.add(nodes.mul(nodes.sub(months, nodes.const(least)), nodes.const(len(margins))), rank)
        per_year = REPAYMENTS[repayment]
        assert per_year is not None
        each = 12 // per_year[1]

        def equivalent(discount: Fraction) -> Node:
            tables = [
                _table(rate, discount, self._above(), discounting, margins, per_year[1], periods, drawn_ends, least, months.hi)
                for periods in range(grace.hi // each + 1)
            ]  # fmt: skip
            # A grace that is no whole number of periods lies somewhere among all that may be.
            factor = nodes.steps(key, _hull(tuple(tables)))
            for periods, table in enumerate(tables):
                is_it = nodes.eq(grace, nodes.const(periods * each))
                factor = nodes.choose(is_it, nodes.steps(key, table), factor)
            return nodes.wide(principal, factor, DECIMALS)

        return Ratio(nodes.least(self._on_each_day(call, equivalent, principal), principal), CENTS)

    def _own_rate(self, call: Call) -> Fraction:
        rate = self.expressions.number(call.args[3])
        if not rate.number.constant or rate.divisor is not None:
            raise TooLarge("the loan's own rate must be known, and one: it decides its instalments")
        return Fraction(rate.number.lo, rate.scale)

    def _above(self) -> Fraction:
        """What the discount rate is above the base rate."""
        return self._term("discount")

    def _ranked(self, call: Call) -> tuple[tuple[tuple[Fraction, Fraction], ...], Node]:
        """The margins as they rise, those of the unrated last, and the place among them of this borrower and collateral."""
        nodes = self.nodes
        found: dict[tuple[str, str], Fraction] = {}
        for rating in RATINGS:
            for collateral in () if rating == UNRATED else COLLATERALS:
                margins = self._margins(rating, collateral).lows
                if len(margins) != 1:
                    raise TooLarge("the margins change with time: they must be chosen by day")
                found[rating, collateral] = Fraction(margins[0], 10**6)
        rising = sorted(set(found.values()))
        unrated = (
            self._term("no_history"),
            max(row.share("margin") for row in dated_table("ue/reference-margins").rows),
        )
        by_rating = []
        for rating in RATINGS:
            if rating == UNRATED:
                place: Node = nodes.const(len(rising))
            else:
                place = nodes.const(rising.index(found[rating, COLLATERALS[0]]))
                for collateral in COLLATERALS[1:]:
                    is_it = self.expressions.one_of(call.args[5], frozenset({collateral}))
                    place = nodes.choose(is_it, nodes.const(rising.index(found[rating, collateral])), place)
            by_rating.append((rating, place))
        rank = by_rating[0][1]
        for rating, place in by_rating[1:]:
            rank = nodes.choose(self.expressions.one_of(call.args[4], frozenset({rating})), place, rank)
        return (*((margin, margin) for margin in rising), unrated), rank


@cache
def _table(
    rate: Fraction, discount: Fraction, above: Fraction, discounting: str, margins: tuple[tuple[Fraction, Fraction], ...],
    per_year: int, grace: int, drawn: tuple[Fraction, Fraction], least: int, greatest: int,
) -> Steps:  # fmt: skip
    """The factor of each month and margin; between two whole periods it lies between theirs."""
    base = discount - above
    if base < 0 and discounting == "base":
        raise TooLarge("a base rate below nothing discounts no plan")
    each = 12 // per_year

    @cache
    def of(periods: int, margin: Fraction, whole: bool) -> int:
        if not periods:
            return 0
        reference = base + margin
        by = {"discount": discount, "base": base, "reference": reference}
        rates = by.values() if discounting == "unsaid" else [by[discounting]]
        plan = RepaymentPlan(periods, per_year, Repayment.EQUAL_INSTALMENTS, rate, min(grace, periods - 1))
        by_rate = min(rates) if whole else max(rates)
        low, high = instalment_bounds(plan, reference, max(by_rate, Fraction(0)), drawn[whole], DIGITS)
        if by_rate < 0:
            # Nothing falls due later than at the end: no more than that is what lies in the future worth.
            low = high = high / (1 + by_rate) ** -(-periods // per_year)
        scaled = (low + high) * 10**DECIMALS / 2
        return half_up(scaled.numerator, scaled.denominator)

    lows, highs = [], []
    for month in range(least, greatest + 1):
        around = (month // each, -(-month // each))
        for margin in margins:
            lows.append(min(of(periods, margin[0], False) for periods in around))
            highs.append(max(of(periods, margin[1], True) for periods in around))
    return Steps("discounted_instalments", tuple(range(1, len(lows))), tuple(lows), tuple(highs))


@cache
def _hull(tables: tuple[Steps, ...]) -> Steps:
    lows = tuple(map(min, zip(*(table.lows for table in tables), strict=True)))
    highs = tuple(map(max, zip(*(table.highs for table in tables), strict=True)))
    return Steps("discounted_instalments", tables[0].breaks, lows, highs)
