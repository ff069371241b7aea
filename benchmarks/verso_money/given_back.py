# SPDX-License-Identifier: Apache-2.0
"""What is given back (C.4.d c. 4 p. 35, D.2.b c. 3 p. 38, D.2.c c. 2 and 4 p. 39, D.2.d p. 40), in cents.

It is asked for once a decree has taken the award back, all of it and not a part; without such a decree the loan alone may be due at
once, or what the advance is above the loan that is left. No penalty is laid down. How much of the loan was paid back already is told,
and not of which of its two parts; and of what is due without a decree it is not said whether interest runs, which only has the day
of the decree to end on.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from benchmarks.verso_firm import Firm, Instalment
from benchmarks.verso_money.award import MOST_GIVEN, MOST_LENT, Award
from benchmarks.verso_money.days import Span

LEGAL_RATES = {2025: Fraction(2, 100), 2026: Fraction(16, 1000)}
"""Civil code, art. 1284: the decrees of 10 December 2024 and of 10 December 2025."""
NOTHING = (0, 0)


def interest(amount: int, since: int, until: int) -> Span:
    """Simple, from the day after: each day at the rate of its year over 365. Of years that no decree speaks of yet, up to the whole."""
    days: dict[int, int] = {}
    year = dt.date.fromordinal(since).year
    while since < until:
        end = min(until, dt.date(year, 12, 31).toordinal())
        days[year] = end - since
        since, year = end, year + 1
    sure = sum(
        (amount * count * LEGAL_RATES[year] / 365 for year, count in days.items() if year in LEGAL_RATES), Fraction(0)
    )
    least = int(sure + Fraction(1, 2))
    return least, least + (amount if any(count for year, count in days.items() if year not in LEGAL_RATES) else 0)


def plus(*spans: Span) -> Span:
    return sum(span[0] for span in spans), sum(span[1] for span in spans)


def given_back(firm: Firm, award: Award, on: int) -> dict[str, Span]:
    """Each amount by its name, of whoever has something to give back."""
    advance = award.loan[0] // 2 if firm.advance_paid_on else 0
    balance = min(firm.paid_balance, MOST_LENT) if firm.balance_paid_on else 0
    grant = min(firm.paid_grant, MOST_GIVEN) if firm.balance_paid_on else 0
    loan = max(0, advance + balance - firm.repaid_loan)
    # What was paid back was of the advance, or of the balance.
    of_advance = max(0, advance - firm.repaid_loan), min(advance, loan)
    found: dict[str, Span] = {}
    late = [one for one in firm.late_instalments if (one.paid_on or on) > one.due_on]
    if firm.contract_signed_on and late:
        found["instalment_default_interest"] = plus(*(on_instalment(firm, one, on) for one in late))
    if firm.revoked_on:
        found["loan_back"], found["grant_back"] = (loan, loan), (grant, grant)
        found["interest_back"] = plus(
            on_loan(firm, loan, of_advance, firm.revoked_on), on_contribution(firm, grant, firm.revoked_on)
        )
        found["default_interest_back"] = in_default(firm, loan + grant, on)
        return found
    if firm.loan_called_on:
        found["residual_loan"] = loan, loan
        found["residual_interest"] = 0, on_loan(firm, loan, of_advance, on)[1]
    above = max(0, advance - firm.redetermined_loan)
    if firm.redetermined_on and above:
        found["advance_back"] = above, above
        found["advance_interest_back"] = 0, interest(above, firm.advance_paid_on, on)[1]
    return found


def on_loan(firm: Firm, loan: int, of_advance: Span, until: int) -> Span:
    """From the day on which each part was paid: the advance alone until the balance, from then on the whole."""
    if not firm.advance_paid_on and not firm.balance_paid_on:
        return NOTHING
    if not firm.balance_paid_on:
        return interest(loan, firm.advance_paid_on, until)
    low, high = (
        interest(one, firm.advance_paid_on, firm.balance_paid_on) if firm.advance_paid_on else NOTHING
        for one in of_advance
    )
    return plus((low[0], high[1]), interest(loan, firm.balance_paid_on, until))


def on_contribution(firm: Firm, grant: int, until: int) -> Span:
    return interest(grant, firm.balance_paid_on, until) if firm.balance_paid_on else NOTHING


def on_instalment(firm: Firm, one: Instalment, on: int) -> Span:
    """D.2.d c. 3: of an instalment paid late, until it was, or until the whole is asked for; whether its interest counts is not said."""
    until = min(one.paid_on or on, firm.loan_called_on or on, firm.revoked_on or on)
    whole = one.principal + one.interest
    return interest(one.principal, one.due_on, until)[0], interest(whole, one.due_on, until)[1]


def in_default(firm: Firm, owed: int, on: int) -> Span:
    """D.2.d c. 3: at the legal rate too, from the day by which it was to be given back to the one on which it was, or until today."""
    if not firm.return_due_on:
        return NOTHING
    until = firm.returned_on or on
    return interest(owed, firm.return_due_on, until) if until > firm.return_due_on else NOTHING
