# SPDX-License-Identifier: Apache-2.0
"""The money of Verso Nuovi Mercati from its grant to its balance, written by hand from the text of the call alone.

Decreto 5678 of 2025, Allegato A, of whoever everything is told. The conditions are `benchmarks/verso_by_hand.py`; here are the
award, what the accounts leave of it, the days, the tranches, what takes it back and what is then given back.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.verso_firm import Firm
from benchmarks.verso_money.accounts import Accounts, accounts_of
from benchmarks.verso_money.award import Award, award_of
from benchmarks.verso_money.days import Span
from benchmarks.verso_money.given_back import given_back
from benchmarks.verso_money.payments import Tranche, lapses_of, tranches_of
from benchmarks.verso_money.terms import Term, terms_of


@dataclass(slots=True)
class Money:
    """What is awarded, and what is left of it."""

    award: Award
    accounts: Accounts | None
    terms: dict[str, Term]
    spend: int
    """What is admitted, after a variation too."""

    @property
    def loan(self) -> Span:
        return self.accounts.loan if self.accounts else self.award.loan

    @property
    def grant(self) -> Span:
        return self.accounts.grant if self.accounts else self.award.grant

    @property
    def own_share(self) -> Span:
        """B.1.b c. 2, p. 9: what the award does not cover, of what is spent."""
        spend = self.accounts.validated if self.accounts else (self.spend,) * 2
        loan, grant = self.loan, self.grant
        return max(0, spend[0] - loan[1] - grant[1]), max(0, spend[1] - loan[0] - grant[0])


@dataclass(slots=True)
class Payments:
    lapses: dict[str, bool | None]
    tranches: dict[str, Tranche]
    given_back: dict[str, Span]


def money_of(firm: Firm, on: int) -> Money:
    award = award_of(firm, on)
    terms = terms_of(firm, on)
    spend = firm.varied_spend if firm.granted_on and firm.variation_approved else award.spend
    return Money(award, accounts_of(firm, award, terms["project_end"].days, on), terms, spend)


def payments_of(firm: Firm, money: Money, on: int, admitted: bool | None) -> Payments:
    """`admitted` is what the conditions come to: of whoever is not, nothing is paid."""
    award, accounts = money.award, money.accounts
    lapses = lapses_of(firm, award, accounts, money.terms, on)
    tranches = tranches_of(firm, award, accounts, lapses, admitted, on)
    return Payments(lapses, tranches, given_back(firm, award, on))
