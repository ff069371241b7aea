# SPDX-License-Identifier: Apache-2.0
"""The Verso Nuovi Mercati call written by hand, from its grant on: the conditions that follow. Its money is `verso_money`."""

from __future__ import annotations

import datetime as dt

from benchmarks.by_hand import NO, UNKNOWN, YES
from benchmarks.verso_firm import Firm
from benchmarks.verso_money.award import Award
from benchmarks.verso_money.payments import goods_gone, papers_lost, wrong_successor
from benchmarks.verso_money.terms import Term

LAST_DAY = dt.date(2100, 12, 31).toordinal()
INSURED_SINCE = dt.date(2026, 1, 1).toordinal()
MEDIUM_INSURED_SINCE = dt.date(2025, 10, 2).toordinal()
WANT_COUNTS_SINCE = dt.date(2025, 6, 30).toordinal()
TERMS = (
    "project_end", "contract_documents", "last_contract_documents", "accounts", "last_accounts", "extension_request",
    "arrears_paid", "contract_arrears_settled",
)  # fmt: skip
PENDING = 3
"""Asked from the grant on, by the law beneath every grant: before it, it decides nothing."""


def after(one: int, other: int, on: int) -> int:
    """Whether an event lies after another, either perhaps still to come."""
    low, high = one or on, one or LAST_DAY
    least, greatest = other or on, other or LAST_DAY
    return YES if low > greatest else NO if high <= least else UNKNOWN


def both(one: int, other: int) -> int:
    return NO if NO in (one, other) else UNKNOWN if UNKNOWN in (one, other) else YES


def either(one: int, other: int) -> int:
    return YES if YES in (one, other) else UNKNOWN if UNKNOWN in (one, other) else NO


def opposite(one: int) -> int:
    return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[one]


def truth(one: bool) -> int:
    return YES if one else NO


def known(one: bool | None) -> int:
    return UNKNOWN if one is None else truth(one)


def beyond(ends: tuple[int, int], least: int) -> int:
    """Whether an amount between two ends is at least so much."""
    return YES if ends[0] >= least else NO if ends[1] < least else UNKNOWN


def seat_in_time(firm: Firm, on: int) -> int:
    """D.1.a c. 1 e): by the advance; D.11 n): by the contract. Between the two it is open."""
    seat, contract = firm.lombard_seat_opened_on, firm.contract_signed_on
    by_advance = opposite(after(seat, firm.advance_paid_on, on))
    if not contract or by_advance == NO or after(seat, max(contract, firm.granted_on), on) == NO:
        return by_advance
    return UNKNOWN


def beneath_a_grant(firm: Firm, award: Award) -> dict[str, int | None]:
    """What A.3 c. 2 e) and f) and general law ask from the grant on; anti-mafia documents from 150,000 euro."""
    granted = firm.granted_on
    bound = granted >= INSURED_SINCE or (firm.size == "medium" and granted >= MEDIUM_INSURED_SINCE)
    bound = bound or (firm.size == "large" and granted >= WANT_COUNTS_SINCE)
    # L. 213/2023, art. 1 c. 102, has it taken into account; that it excludes is said of calls under the incentives code, and this is
    # older (D.Lgs. 184/2025, art. 28).
    insured = YES if firm.catastrophe_duty_met else UNKNOWN
    beneath: dict[str, int | None] = {
        # B.1.c c. 1 and 7: whether unlawful aid bars a de minimis one is said by nobody who was read.
        "no_recovery_order": UNKNOWN if firm.recovery_order_open else YES,
        "contributions_regular": truth(firm.durc_regular_at_grant),
        # C.3.e c. 1, p. 29.
        "due_diligence_clear": truth(firm.due_diligence_clear_at_grant),
        "catastrophe_duty": insured if bound else None,
    }
    worth = beyond(award.nominal, 15_000_000)
    beneath["antimafia_clear"] = in_both_readings(firm.antimafia_clear_at_grant, worth, award)
    beneath = beneath if granted else dict.fromkeys(beneath, PENDING)
    return beneath if worth != NO else beneath | {"antimafia_clear": None}


def in_both_readings(clear: bool, asked: int, award: Award) -> int:
    """C.4.b c. 6 counts the grant and the equivalent of the loan, elsewhere the whole counts: open between the two."""
    met = YES if clear else opposite(asked)
    differs = both(beyond(award.nominal, 15_000_000), opposite(beyond(award.equivalent, 15_000_001)))
    return met if met == YES or differs == NO else UNKNOWN


def broken_off(firm: Firm, award: Award, end: Term, on: int) -> dict[str, int | None]:
    """D.1.a c. 1 f)-h) and j), D.2.a, D.2.b c. 1 c)-e), D.2.c: what takes an award back at any time, and what calls the loan in."""
    granted, signed, revoked = firm.granted_on > 0, firm.contract_signed_on > 0, firm.revoked_on > 0
    of_any = {
        "award_not_revoked": truth(not revoked),
        "not_renounced": truth(not firm.renounced_on),
        "declarations_true": truth(not firm.false_declarations),
        "goods_not_disposed": opposite(known(goods_gone(firm, end))),
        "inspections_allowed": truth(not firm.inspections_refused),
    }
    found: dict[str, int | None] = {name: one if granted else None for name, one in of_any.items()}
    worth = beyond(award.nominal, 15_000_000)
    found["no_antimafia_ban"] = (
        in_both_readings(not firm.antimafia_ban, worth, award) if granted and worth != NO else None
    )
    found["papers_not_lost"] = truth(not papers_lost(firm)) if firm.balance_paid_on else None
    came = firm.succeeded_on > 0
    found["successor_admitted"] = opposite(known(wrong_successor(firm))) if came else None
    found["succession_authorised"] = truth(firm.succession_allowed) if came else None
    found["loan_by_instalments"] = truth(not firm.loan_called_on) if signed and not revoked else None
    # D.2.d c. 3: each instalment on its own day.
    late = [one for one in firm.late_instalments if (min(one.paid_on, on) if one.paid_on else on) > one.due_on]
    found["instalments_in_time"] = truth(not late) if signed else None
    found["called_loan_settled"] = truth(not firm.contract_ended_on) if signed and not revoked else None
    redetermined = firm.redetermined_on > 0
    found["loan_not_redetermined"] = truth(firm.redetermined_loan >= award.loan[0]) if redetermined else None
    found["grant_not_redetermined"] = truth(firm.redetermined_grant >= award.grant[0]) if redetermined else None
    kept = award.loan[0] // 2 <= firm.redetermined_loan
    found["advance_within_loan"] = truth(kept) if redetermined and firm.advance_paid_on and not revoked else None
    return found


def paid(firm: Firm, award: Award, end: Term, on: int) -> dict[str, int | None]:
    """C.4.b c. 3, 4, 6 and 8 and D.2.c c. 4 b): what takes the award back when it is paid."""
    found: dict[str, int | None] = {}
    worth = beyond(award.nominal, 15_000_000)
    for name, happened, clear in (
        ("antimafia_at_advance", firm.contract_signed_on, firm.antimafia_clear_at_advance),
        ("antimafia_at_balance", firm.balance_asked_on, firm.antimafia_clear_at_balance),
    ):
        found[name] = in_both_readings(clear, worth, award) if happened and worth != NO else None
    # D.1.a c. 1 e) and D.2.c c. 1 a): the seat until the day of the balance.
    closed, balance = firm.lombard_seat_closed_on, firm.balance_paid_on
    found["seat_until_balance"] = truth(not closed or 0 < balance <= closed) if firm.advance_paid_on else None
    # D.2.b c. 1 a), b) and d), c. 2 and 3, D.2.c c. 3: liquidation before the balance; on its day the hour counts.
    liquidated, signed = firm.liquidation_opened_on, firm.contract_signed_on
    same_day = bool(liquidated) and liquidated == balance
    found["not_liquidated"] = (
        None if not signed else UNKNOWN if same_day else truth(not liquidated or 0 < balance < liquidated)
    )
    found["contract_stands"] = truth(not firm.contract_terminated) if signed else None
    found |= broken_off(firm, award, end, on)
    asked = bool(firm.balance_asked_on)
    found["goals_reached"] = truth(firm.project_goals_reached) if asked and firm.accounts_verified else None
    return found


def terms(firm: Firm, running: dict[str, Term], on: int) -> dict[str, int | None]:
    """B.2.b, C.4.a, C.4.b c. 4 d), C.4.c c. 5, D.3 c. 7: which terms were kept, and what an extension may be."""
    granted = firm.granted_on
    found = {name: known(running[name].kept(on)) if name in running else None for name in TERMS}
    asked = granted and firm.extension_months > 0
    found["extension_within_maximum"] = (
        truth(firm.extension_months <= 6) if granted and firm.extension_granted else None
    )
    found["extension_approved"] = truth(firm.extension_granted) if asked else None
    return found
