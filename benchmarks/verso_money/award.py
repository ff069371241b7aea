# SPDX-License-Identifier: Apache-2.0
"""What the decree grants (B.1.b p. 9, B.1.c p. 11, C.3.c c. 8 p. 28), in cents, each amount with its two ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from benchmarks.aid_by_hand import headroom
from benchmarks.verso_firm import Expense, Firm
from benchmarks.verso_money.days import Span
from benchmarks.verso_money.loan_aid import aid

INVESTMENT = 60_000_000
"""B.2.a c. 3, p. 12: the greatest investment that is supported."""
MOST_LENT, MOST_GIVEN = 39_000_000, 12_000_000
"""B.1.b c. 1, p. 9."""
# B.3 c. 4, but for what it admits inside a line: rent, transport, payments on account; B.2.a c. 4, p. 13: what is linked to fossil fuels.
EXCLUDED_KINDS = frozenset(
    ["intra_group", "consumables", "used_goods", "operating_lease", "travel", "self_invoiced", "legal_notary_tax",
     "fossil_fuels"]
)  # fmt: skip
# B.3 c. 2, lines a, b i-v and c.
ADMITTED_KINDS = frozenset(
    ["plan_consultancy", "marketing", "foreign_certification", "product_adaptation", "temporary_showroom",
     "remote_after_sales", "staff_training"]
)  # fmt: skip
PLAN_SPEND_FROM = dt.date(2024, 12, 24).toordinal()
"""B.3 c. 3 b): the day on which the regional resolution was published."""


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
    spend: int
    """What the decree has admitted, perhaps with some that it should not; before it, that of the plan."""
    remaining: Span
    """The spend that may be admitted, whatever a decree says."""
    full_loan: Span
    loan: Span
    loan_aid: Span
    grant: Span
    fits: bool | None
    """Whether the aid in the loan alone stays within what is left of de minimis."""
    nominal: Span
    """The loan and the contribution, before the question whether the loan fits."""
    equivalent: Span
    """C.4.b c. 6, p. 31: the contribution and the aid in the loan."""
    most_given: int
    """No decree gives more of a contribution."""


def award_of(firm: Firm, on: int) -> Award:
    planned = lines_of(firm.planned_consultancy, firm.planned_implementation, firm.planned_training)
    spend = planned.total - excluded(firm)
    if firm.granted_on:
        # C.3.c c. 8, p. 28: whoever assesses may cut the spend, and the decree says what it admits (C.4.b c. 4 c, p. 31).
        admitted = firm.admitted_spend
        remaining = max(0, spend), max(0, spend)
        full = (most_lent(firm, min(spend, admitted)),) * 2
        loan = (min(most_lent(firm, spend), firm.granted_loan),) * 2
        months, grace = firm.granted_loan_months, firm.granted_grace_months
    else:
        early = spent_too_early(firm, on)
        admitted = planned.total
        supported = remaining = max(0, spend - early[1]), max(0, spend - early[0])
        loan = full = most_lent(firm, remaining[0]), most_lent(firm, remaining[1])
        if not firm.loan_requested:
            # B.1.b c. 2, p. 9: a contribution alone may not be asked for, and it is never above the loan (C.3.c c. 8, p. 28).
            loan = full = 0, 0
        # The plan of instalments is the one that is granted (B.1.b c. 3, p. 10): until then the one that is asked for.
        months, grace = firm.requested_loan_months, firm.grace_months
    day = firm.granted_on or on
    kind = (months, grace, firm.borrower_rating, firm.loan_collateral, day)
    within = aid(loan[0], *kind)[0], aid(loan[1], *kind)[1]
    left = headroom(firm.codice_fiscale, firm.deminimis_aids, firm.control_relations, day)
    fits = True if within[1] <= left[0] else False if within[0] > left[1] else None
    # C.3.c c. 8, p. 28: of what is planned and admitted; no more than the loan that was granted.
    before_cuts = firm.granted_loan if firm.granted_on else loan[1]
    most_given = given(min(admitted, firm.admitted_spend), before_cuts, left[1] - within[0])
    if firm.granted_on:
        grant = (min(firm.granted_grant, share(remaining[0], 20)),) * 2
    else:
        grant = given(supported[0], loan[0], left[0] - within[1]), given(supported[1], loan[1], left[1] - within[0])
    nominal, equivalent = (loan[0] + grant[0], loan[1] + grant[1]), (within[0] + grant[0], within[1] + grant[1])
    if not firm.granted_on and fits is not True:
        # B.1.c c. 4 says that the contribution is cut, and nothing of a loan that does not fit even without one.
        loan = 0, loan[1]
        grant = 0, given(supported[1], loan[1], left[1])
        # Before the decree a smaller loan may be asked for, which leaves all of the room.
        most_given = given(min(admitted, firm.admitted_spend), loan[1], left[1])
    return Award(planned, admitted, remaining, full, loan, within, grant, fits, nominal, equivalent, most_given)


def most_lent(firm: Firm, spend: int) -> int:
    """B.1.b c. 1 a), p. 9, and C.3.c c. 8, p. 28: 65%, and no more than 35% of the best value of production."""
    return min(share(max(0, min(spend, INVESTMENT)), 65), MOST_LENT, firm.best_production_value * 35 // 100)


def given(spend: int, loan: int, room: int) -> int:
    """B.1.b c. 1 b), p. 9: 20%, which alone is cut to what de minimis leaves (B.1.c c. 4, p. 11), and no more than the loan."""
    return max(0, min(share(min(spend, INVESTMENT), 20), MOST_GIVEN, loan, room))


def excluded(firm: Firm) -> int:
    """What is counted and not admitted."""
    return sum(expense.counted_for for expense in firm.expenses if wrong_kind(expense) or not commissioned(expense))


def wrong_kind(expense: Expense) -> bool:
    """B.3 c. 4, pp. 18-19."""
    return expense.kind in EXCLUDED_KINDS or not (expense.kind in ADMITTED_KINDS or expense.expressly_admitted)


def commissioned(expense: Expense) -> bool:
    """Allegato 3, B.1 p. 66 and B.3 pp. 70-71: consultants for the plan and trainers are others, by contract."""
    return expense.kind not in ("plan_consultancy", "staff_training") or expense.third_party_contract


def spent_too_early(firm: Firm, on: int) -> Span:
    """B.3 c. 3 b), p. 18: what was spent by the day of the application, or on the plan alone before 24 December 2024."""
    first, other, filed = firm.first_spend_on, firm.first_other_spend_on, firm.filed_on
    if not first or first > filed:
        return 0, 0
    if first < PLAN_SPEND_FROM or (other and other <= filed):
        return firm.early_spend, firm.early_spend
    # Only the plan was paid for: what comes today may still come on the day of the application.
    return 0, 0 if other or on > filed else firm.early_spend
