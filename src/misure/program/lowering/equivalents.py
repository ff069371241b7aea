# SPDX-License-Identifier: Apache-2.0
"""Gross grant equivalents and present values, lowered: amounts times factors that the law's rates tabulate.

A factor is a certified number of `DECIMALS` decimals for each month of duration and each discount rate in force, worked
out when the measure is compiled; the product with the amount is exact and rounded once, half up to the cent. The factor
itself is rounded, because with periods shorter than a year no exact fraction exists: that moves an amount of a thousand
million euros by less than a ten-thousandth of a cent.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from misure.finance.factors import Repayment, RepaymentPlan, factor_bounds
from misure.finance.powers import DIGITS, discount_bounds
from misure.ground.dated import Row, dated_table
from misure.ground.money import half_up
from misure.program.lowering.ratio import Ratio
from misure.program.lowering.tabulated import GENERAL, live_rows
from misure.program.nodes import Node, Nodes, TooLarge
from misure.program.steps import Steps
from misure.rulebook.expression import Call
from misure.rulebook.functions import COLLATERALS, RATINGS, REPAYMENTS

if TYPE_CHECKING:
    from misure.program.lowering.expressions import Expressions

__all__ = ["DECIMALS", "Equivalents"]

CENTS = 100
DECIMALS = 16
"""The decimals of a factor: as many as leave room, in 63 bits, for the longest loan there may be."""
RATES = 10**6
"""A yearly rate is a whole number of millionths."""
UNRATED = "unrated"
_CATEGORIES = {"aaa_a": "AAA-A", "bbb": "BBB", "bb": "BB", "b": "B", "ccc": "CCC"}
"""The ratings of the rule files, as the table of margins calls them."""
_HARBOURS = "ue/gge-safe-harbours"
_RATES, _MARGINS, _TERMS = "stato/discount-rates", "ue/reference-margins", "ue/reference-rate-terms"
LONGEST = 600
"""The months for which factors are tabulated at most; a measure that bounds its durations tabulates fewer."""


class Equivalents:
    """Lowers calls in one scope. `first` is the day of the measure's first edition: older rates are not asked for."""

    def __init__(self, expressions: Expressions, first: int) -> None:
        self.expressions, self.first = expressions, first
        self.nodes: Nodes = expressions.nodes

    # By the reference rate: Communication 2008/C 14/02

    def loan_gge(self, call: Call) -> Ratio:
        """The interest that the borrower does not pay, discounted to the grant; nothing for a loan dearer than that."""
        nodes = self.nodes
        principal, months = self._cents(call.args[0]), self._months(call.args[1])
        rate = self._known_rate(call)
        margin = self._margin(call)

        def equivalent(discount: Fraction) -> Node:
            spread = nodes.sub(margin, nodes.const(_millionths(rate - discount)))
            yearly = nodes.mul(principal, nodes.greatest(spread, nodes.const(0)))
            factor = self._factor(call, months, rate, discount)
            return nodes.wide(yearly, factor, DECIMALS + 6)

        return Ratio(nodes.least(self._on_each_day(call, equivalent, principal), principal), CENTS)

    def _known_rate(self, call: Call) -> Fraction:
        rate = self.expressions.number(call.args[2])
        if not rate.number.constant or rate.divisor is not None:
            raise TooLarge("the loan's own rate must be known, and one: it decides how fast the loan comes back")
        return Fraction(rate.number.lo, rate.scale)

    def _margin(self, call: Call) -> Node:
        """What the reference rate is above the discount rate, in millionths: the margin, less the 100 basis points."""
        nodes = self.nodes
        day = self.expressions.day(call.args[6])
        by_rating = []
        for rating in RATINGS:
            margin: Node | None = None
            for collateral in COLLATERALS:
                found = nodes.steps(day, self._margins(rating, collateral))
                is_it = self.expressions.one_of(call.args[4], frozenset({collateral}))
                margin = found if margin is None else nodes.choose(is_it, found, margin)
            assert margin is not None
            by_rating.append((rating, margin))
        result = by_rating[0][1]
        for rating, margin in by_rating[1:]:
            result = nodes.choose(self.expressions.one_of(call.args[3], frozenset({rating})), margin, result)
        return nodes.sub(result, nodes.const(_millionths(self._term("discount"))))

    def _margins(self, rating: str, collateral: str) -> Steps:
        """The margin of one rating and collateral from day to day; of a borrower without history only the least is said."""
        if rating == UNRATED:
            most = max(_millionths(row.share("margin")) for row in dated_table(_MARGINS).rows)
            return Steps(_MARGINS, (), (_millionths(self._term("no_history")),), (most,))
        rows = live_rows(_MARGINS, self.first, rating=_CATEGORIES[rating], collateral=collateral)
        if rows[-1].until is not None:
            raise TooLarge(f"{_MARGINS}: the margins end, and what follows them is not known")
        # On days before the measure no rate is known, so that which margin stood does not matter.
        margins = tuple(_millionths(row.share("margin")) for row in rows)
        return Steps(_MARGINS, tuple(row.since for row in rows[1:]), margins, margins)

    def _term(self, term: str) -> Fraction:
        rows = live_rows(_TERMS, self.first, term=term)
        if len({row.share("margin") for row in rows}) != 1:
            raise TooLarge(f"{_TERMS}: what stands under {term!r} changes with time: it must be chosen by day")
        return rows[0].share("margin")

    def _factor(self, call: Call, months: Node, rate: Fraction, discount: Fraction) -> Node:
        """The factor of the plan in which the loan comes back; of an unknown plan, of whichever it may be."""
        nodes = self.nodes
        bullet = nodes.steps(months, _factors("bullet", 1, rate, discount, months.lo, months.hi))
        result: Node = nodes.least(nodes.given("open", "repayment_plan@", least=0, greatest=bullet.hi), bullet)
        for option, plan in REPAYMENTS.items():
            if plan is None:
                continue
            test = self.expressions.one_of(call.args[5], frozenset({option}))
            if test.op == "truth" and not test.data:
                continue
            kind, periods = plan
            own = rate if kind == "equal_instalments" else Fraction(0)
            table = _factors(kind, periods, own, discount, months.lo, months.hi)
            result = nodes.choose(test, nodes.steps(months, table), result)
        return result

    def _on_each_day(self, call: Call, worked_out: Callable[[Fraction], Node], most: Node) -> Node:
        """The amount by the discount rate of the day; where no source gives the rate, anything from nothing to `most`."""
        nodes = self.nodes
        day = self.expressions.day(call.args[-1])
        open_ = nodes.least(nodes.given("open", f"{_RATES}@", least=0, greatest=most.hi), most)
        result = open_
        rows = live_rows(_RATES, self.first)
        for row in rows:
            known = worked_out(row.share("rate")) if row.known("rate") else open_
            result = nodes.choose(nodes.le(nodes.const(max(row.since, self.first)), day), known, result)
        if rows and rows[-1].until is not None:
            result = nodes.choose(nodes.le(nodes.const(rows[-1].until + 1), day), open_, result)
        return result

    # Present value

    def present_value(self, call: Call) -> Ratio:
        """What an amount paid so many months after the grant is worth on its day: art. 3(6) Reg. (UE) 2023/2831."""
        nodes = self.nodes
        amount, months = self._cents(call.args[0]), self._months(call.args[1])

        def discounted(discount: Fraction) -> Node:
            return nodes.wide(amount, nodes.steps(months, _discounts(discount, months.lo, months.hi)), DECIMALS)

        return Ratio(self._on_each_day(call, discounted, amount), CENTS)

    # Safe harbours: art. 4(3) and 4(6)

    def safe_harbour_loan_gge(self, call: Call) -> Ratio:
        """The share of the ceiling that the loan takes, inside the limits of amount, duration and collateral."""
        ratios = self.expressions.ratios
        principal, months = self._cents(call.args[0]), self._months(call.args[1])
        collateral, sound = self.expressions.number(call.args[2]), self.expressions.truth(call.args[3])

        def covered(row: Row) -> Node:
            left, right, _ = ratios.cross(ratios.constant(row.share("covered")), collateral)
            return self.nodes.all_of(self.nodes.le(left, right), sound)

        return self._harboured("loan", principal, months, covered, call)

    def guarantee_gge(self, call: Call) -> Ratio:
        """The share of the ceiling that the guaranteed amount takes, inside the limits and up to a share of the loan."""
        ratios = self.expressions.ratios
        guaranteed, loan, months = self._cents(call.args[0]), self._cents(call.args[1]), self._months(call.args[2])
        sound, pro_rata = map(self.expressions.truth, call.args[3:5])

        def covered(row: Row) -> Node:
            most = ratios.mul(ratios.constant(row.share("covered")), Ratio(loan, CENTS))
            left, right, _ = ratios.cross(Ratio(guaranteed, CENTS), most)
            return self.nodes.all_of(self.nodes.le(left, right), sound, pro_rata)

        return self._harboured("guarantee", guaranteed, months, covered, call)

    def _harboured(
        self, instrument: str, amount: Node, months: Node, covered: Callable[[Row], Node], call: Call
    ) -> Ratio:
        """`ceiling * amount * years / (limit * its years)`, undefined outside the limits and the days of the law."""
        nodes = self.nodes
        day = self.expressions.day(call.args[-1])
        rows = live_rows(_HARBOURS, self.first, regulation=GENERAL, instrument=instrument)
        value, inside = nodes.const(0), nodes.truth(False)
        for row in rows:
            if not row.known("short_amount"):
                continue
            last = [] if row.until is None else [nodes.le(day, nodes.const(row.until))]
            holds = nodes.all_of(nodes.le(nodes.const(max(row.since, self.first)), day), *last)
            short, long = row.cents("short_amount"), row.cents("long_amount")
            brief, lasting = 12 * row.whole("short_years"), 12 * row.whole("long_years")
            limits = nodes.any_of(
                nodes.all_of(nodes.le(months, nodes.const(brief)), nodes.le(amount, nodes.const(short))),
                nodes.all_of(nodes.le(months, nodes.const(lasting)), nodes.le(amount, nodes.const(long))),
            )
            share = Fraction(_ceiling_of(row), short * brief)
            held, time = nodes.least(amount, nodes.const(short)), nodes.least(months, nodes.const(lasting))
            product = nodes.mul(nodes.mul(held, time), nodes.const(share.numerator))
            found, _ = self.expressions.ratios.rounded(Ratio(product, share.denominator * CENTS), 2, "half_up")
            value = nodes.choose(holds, found, value)
            inside = nodes.any_of(inside, nodes.all_of(holds, limits, covered(row)))
        return Ratio(nodes.make("guard", "int", (value, inside), None, value.lo, value.hi), CENTS)

    def _cents(self, arg: object) -> Node:
        amount, positive = self.expressions.ratios.rounded(self.expressions.number(arg), 2, "half_up")  # type: ignore[arg-type]
        if positive is not None:
            raise TooLarge("a quotient must be rounded before its equivalent is asked")
        return amount

    def _months(self, arg: object) -> Node:
        months, _ = self.expressions.ratios.rounded(self.expressions.number(arg), 0, "half_up")  # type: ignore[arg-type]
        if months.lo < 0 or months.hi > LONGEST:
            raise TooLarge(f"a loan lasts from 0 to {LONGEST} months; this may last from {months.lo} to {months.hi}")
        return months


def _ceiling_of(row: Row) -> int:
    """The ceiling of which a safe harbour takes a share: that of the same regulation on the row's first day."""
    return dated_table("ue/deminimis-ceilings").on(row.since, regulation=GENERAL).cents("ceiling")


def _millionths(rate: Fraction) -> int:
    scaled = rate * RATES
    if scaled.denominator != 1:
        raise TooLarge(f"the rate {rate} has more than six decimals")
    return int(scaled.numerator)


@cache
def _factors(kind: str, per_year: int, rate: Fraction, discount: Fraction, least: int, greatest: int) -> Steps:
    """The factor of a plan for each month; between two whole periods it lies between theirs."""
    each = 12 // per_year
    known: dict[int, int] = {0: 0}

    def of(periods: int) -> int:
        if periods not in known:
            plan = RepaymentPlan(periods, per_year, Repayment(kind), rate, 0)
            known[periods] = _rounded(factor_bounds(plan, discount, DIGITS))
        return known[periods]

    lows = tuple(of(month // each) for month in range(least, greatest + 1))
    highs = tuple(of(-(-month // each)) for month in range(least, greatest + 1))
    return Steps("repayment_plan", tuple(range(least + 1, greatest + 1)), lows, highs)


@cache
def _discounts(discount: Fraction, least: int, greatest: int) -> Steps:
    """What one euro is worth, paid so many months after the grant."""
    values = tuple(_rounded(_discount(discount, Fraction(month, 12))) for month in range(least, greatest + 1))
    return Steps.exact(_RATES, least, values)


def _discount(rate: Fraction, years: Fraction) -> tuple[Fraction, Fraction]:
    if years.denominator == 1:
        exact = 1 / (1 + rate) ** int(years)
        return Fraction(exact), Fraction(exact)
    low, high = discount_bounds(rate, years, DIGITS)
    return Fraction(low, 10**DIGITS), Fraction(high, 10**DIGITS)


def _rounded(bounds: tuple[Fraction, Fraction]) -> int:
    """The middle of the bounds, with `DECIMALS` decimals."""
    scaled = (bounds[0] + bounds[1]) * 10**DECIMALS / 2
    return half_up(scaled.numerator, scaled.denominator)
