# SPDX-License-Identifier: Apache-2.0
"""What the decree grants (B.1.b p. 9, B.1.c p. 11, C.3.c c. 8 p. 28), in cents, each amount with its two ends."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.aid_by_hand import headroom
from benchmarks.verso_by_hand import ADMITTED_KINDS, EXCLUDED_KINDS, PLAN_SPEND_FROM
from benchmarks.verso_firm import Firm
from benchmarks.verso_money.days import Span
from benchmarks.verso_money.loan_aid import aid

INVESTMENT = 60_000_000
"""B.2.a c. 3, p. 12: the greatest investment that is supported."""
MOST_LENT, MOST_GIVEN = 39_000_000, 12_000_000
"""B.1.b c. 1, p. 9."""


@dataclass(slots=True)
class Lines:
    """B.3 c. 2, pp. 15-18: the five lines of cost, as they are admitted."""

    consultancy: int
    implementation: int
    training: int
    staff: int
    indirect: int

    @property
    def total(self) -> int:
        return self.consultancy + self.implementation + self.training + self.staff + self.indirect


def lines_of(consultancy: int, implementation: int, training: int) -> Lines:
    """a) at most 20% of b; c) at most 10% of a and b; d) 20% and e) 7% of all three."""
    consultancy = min(consultancy, implementation * 20 // 100)
    training = min(training, (consultancy + implementation) * 10 // 100)
    direct = consultancy + implementation + training
    return Lines(consultancy, implementation, training, share(direct, 20), share(direct, 7))


def share(amount: int, percent: int) -> int:
    """To the nearest cent, as no text says otherwise."""
    return (amount * percent + 50) // 100


@dataclass(slots=True)
class Award:
    planned: Lines
    admitted: Span
    """The spend that the decree admits, perhaps with some that it should not; before it, that which can be."""
    full_loan: Span
    loan: Span
    loan_aid: Span
    grant: Span
    fits: bool | None
    """Whether the aid in the loan alone stays within what is left of de minimis."""

    @property
    def nominal(self) -> Span:
        return self.loan[0] + self.grant[0], self.loan[1] + self.grant[1]

    @property
    def equivalent(self) -> Span:
        """C.4.b c. 6, p. 31: the contribution and the aid in the loan."""
        return self.loan_aid[0] + self.grant[0], self.loan_aid[1] + self.grant[1]


def award_of(firm: Firm, on: int) -> Award:
    planned = lines_of(firm.planned_consultancy, firm.planned_implementation, firm.planned_training)
    spend = planned.total - excluded(firm)
    if firm.granted_on:
        supported, full, loan = as_decreed(firm, max(0, spend))
        admitted = supported[0], planned.total
    else:
        early = spent_too_early(firm, on)
        admitted = supported = max(0, spend - early[1]), max(0, spend - early[0])
        loan = full = most_lent(firm, admitted[0]), most_lent(firm, admitted[1])
    day = firm.granted_on or on
    kind = (firm.requested_loan_months, firm.grace_months, firm.borrower_rating, firm.loan_collateral, day)
    within = aid(loan[0], *kind)[0], aid(loan[1], *kind)[1]
    left = headroom(firm.codice_fiscale, firm.deminimis_aids, firm.control_relations, day)
    fits = True if within[1] <= left[0] else False if within[0] > left[1] else None
    least = within[0]
    if not firm.granted_on and fits is not True:
        # B.1.c c. 4 says that the contribution is cut, and nothing of a loan that does not fit even without one.
        loan, least = (0, loan[1]), 0
    grant = (
        given(supported[0], loan[0], left[0] - within[1]),
        given(supported[1], loan[1], left[1] - least),
    )
    return Award(planned, admitted, full, loan, within, grant, fits)


def most_lent(firm: Firm, spend: int) -> int:
    """B.1.b c. 1 a), p. 9, and C.3.c c. 8, p. 28: 65%, and no more than 35% of the best value of production."""
    return min(share(min(spend, INVESTMENT), 65), MOST_LENT, firm.best_production_value * 35 // 100)


def given(spend: int, loan: int, room: int) -> int:
    """B.1.b c. 1 b), p. 9: 20%, which alone is cut to what de minimis leaves (B.1.c c. 4, p. 11), and no more than the loan."""
    return max(0, min(share(min(spend, INVESTMENT), 20), MOST_GIVEN, loan, room))


def as_decreed(firm: Firm, remaining: int) -> tuple[Span, Span, Span]:
    """The spend that the decree supports, what it may lend at most, and what it lends.

    C.3.c c. 8, p. 28: whoever assesses may cut the spend. A decree that lends less than the plan asks for may have admitted just
    the spend of which its loan is 65%: nothing says whether it did.
    """
    full = most_lent(firm, remaining)
    loan = min(full, firm.granted_loan)
    least = remaining if loan == full else min(remaining, -(-(loan * 100 - 50) // 65))
    return (max(0, least), remaining), (full, full), (loan, loan)


def excluded(firm: Firm) -> int:
    """B.3 c. 4, pp. 18-19; consultants and trainers by contract with others (Allegato 3, B.1 p. 66 and B.3 pp. 70-71)."""
    return sum(
        expense.counted_for
        for expense in firm.expenses
        if expense.kind in EXCLUDED_KINDS
        or not (expense.kind in ADMITTED_KINDS or expense.expressly_admitted)
        or (expense.kind in ("plan_consultancy", "staff_training") and not expense.third_party_contract)
    )


def spent_too_early(firm: Firm, on: int) -> Span:
    """B.3 c. 3 b), p. 18: what was spent by the day of the application, or on the plan alone before 24 December 2024."""
    first, other, filed = firm.first_spend_on, firm.first_other_spend_on, firm.filed_on
    if not first or first > filed:
        return 0, 0
    if first < PLAN_SPEND_FROM or (other and other <= filed):
        return firm.early_spend, firm.early_spend
    # Only the plan was paid for: what comes today may still come on the day of the application.
    return 0, 0 if other or on > filed else firm.early_spend
