# SPDX-License-Identifier: Apache-2.0
"""What is left of the award once its accounts are in (C.4.b c. 4 p. 31, C.4.d pp. 34-35), in cents, with two ends each."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.verso_firm import Firm
from benchmarks.verso_money.award import Award, Lines, lines_of, spent_too_early
from benchmarks.verso_money.days import Span


@dataclass(slots=True)
class Accounts:
    reported: Lines
    validated: Span
    enough: bool | None
    """At least 70% of what was admitted."""
    as_admitted: bool | None
    """No less than was admitted."""
    redetermined: bool
    """C.4.d c. 5, p. 35: a decree says what is left."""
    loan: Span
    grant: Span


def accounts_of(firm: Firm, award: Award, ends: Span, on: int) -> Accounts | None:
    """None until the balance is asked for; `ends` are the days on which the project had to be over."""
    if not (firm.granted_on and firm.balance_asked_on):
        return None
    reported = lines_of(firm.reported_consultancy, firm.reported_implementation, firm.reported_training)
    validated = validated_spend(firm, reported, ends, on)
    # C.4.b c. 4 c), p. 31: of what was admitted, after a variation too; C.4.d c. 2, p. 34: of what was when it was granted.
    admitted, current = award.spend, firm.varied_spend if firm.variation_approved else award.spend
    enough = True if validated[0] * 100 >= current * 70 else False if validated[1] * 100 < current * 70 else None
    as_admitted = True if validated[0] >= admitted else False if validated[1] < admitted else None
    if firm.redetermined_on:
        left = tuple(
            (min(one[0], told), min(one[1], told))
            for one, told in ((award.loan, firm.redetermined_loan), (award.grant, firm.redetermined_grant))
        )
    else:
        left = left_of(award, validated)
    return Accounts(reported, validated, enough, as_admitted, firm.redetermined_on > 0, *left)


def validated_spend(firm: Firm, reported: Lines, ends: Span, on: int) -> Span:
    """What the manager counts: each reason to leave spend out is a bound, and the manager's own cut another."""
    of_planned = of_planned_kinds(firm).total
    early = spent_too_early(firm, on)
    found = [one for which in (0, 1) for end in ends for one in early_and_late(firm, reported.total, early[which], end)]
    most = min(of_planned, max(0, reported.total - firm.rejected_spend))
    return min(most, *found), min(most, max(found))


def of_planned_kinds(firm: Firm) -> Lines:
    """D.3 c. 2, p. 40: nothing is admitted of a kind of cost that was not planned at first."""
    return lines_of(
        firm.reported_consultancy if firm.planned_consultancy else 0,
        firm.reported_implementation,  # without which no plan is admitted: the others are shares of it
        firm.reported_training if firm.planned_training else 0,
    )


def early_and_late(firm: Firm, reported: int, early: int, end: int) -> Span:
    """B.3 c. 3 b), p. 18: from the day after the application to the end of the project (B.2.b, p. 14). Allegato 3, A g), p. 63: what is
    invoiced by then and paid before the accounts is paid in time by one of its sentences, and by the other drops out."""
    if firm.first_other_spend_on > end:
        # All that is not for the plan came too late; and without it nothing is admitted for the plan (B.3 c. 2 a).
        return 0, 0
    late = firm.late_spend if firm.project_concluded_on > end else 0
    paid_by_the_accounts = min(firm.late_paid_spend, late)
    return max(0, reported - early - late), max(0, reported - early - late + paid_by_the_accounts)


def left_of(award: Award, validated: Span) -> tuple[Span, Span]:
    """C.4.d: c. 1, more spend gives no more; c. 2, less spend cuts in proportion; c. 3, not if it is still above the award.

    Commas 2 and 3 do not fit: where less was spent than admitted and more than was granted the second cuts, and has the greatest
    cover kept, which an award left whole may pass; the third leaves the award whole. Both stand.
    """
    admitted = award.spend
    loan_ends, grant_ends = [], []
    for end, spent in enumerate(validated):
        for amount, ends in ((award.loan, loan_ends), (award.grant, grant_ends)):
            # To the nearest cent, as no text says otherwise.
            ends.append(amount[end] if spent >= admitted else (amount[end] * spent + admitted // 2) // admitted)
    if validated[1] > award.nominal[0]:
        loan_ends.append(award.loan[1])
        grant_ends.append(award.grant[1])
    return (min(loan_ends), max(loan_ends)), (min(grant_ends), max(grant_ends))
