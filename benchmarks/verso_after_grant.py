# SPDX-License-Identifier: Apache-2.0
"""The Verso Nuovi Mercati call written by hand, from its grant on: the days that follow, what was spent, what is paid."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from benchmarks.by_hand import NO, UNKNOWN, YES
from benchmarks.verso_firm import Firm

from misure.ground.holidays import national_calendar

LAST_DAY = dt.date(2100, 12, 31).toordinal()
INSURED_SINCE = dt.date(2026, 1, 1).toordinal()
MEDIUM_INSURED_SINCE = dt.date(2025, 10, 2).toordinal()
WANT_COUNTS_SINCE = dt.date(2025, 6, 30).toordinal()
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


def months_later(day: int, months: int) -> int:
    start = dt.date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def beyond(ends: tuple[int, int], least: int) -> int:
    """Whether an amount between two ends is at least so much."""
    return YES if ends[0] >= least else NO if ends[1] < least else UNKNOWN


@dataclass(slots=True)
class Given:
    """Loan and grant, and the grant with the loan's gross grant equivalent: each with its two ends."""

    nominal: tuple[int, int]
    equivalent: tuple[int, int]


def seat_in_time(firm: Firm, on: int) -> int:
    """D.1.a c. 1 e): by the advance; D.11 n): by the contract. Between the two it is open."""
    seat, contract = firm.lombard_seat_opened_on, firm.contract_signed_on
    by_advance = opposite(after(seat, firm.advance_paid_on, on))
    if not contract or by_advance == NO or after(seat, max(contract, firm.granted_on), on) == NO:
        return by_advance
    return UNKNOWN


def beneath_a_grant(firm: Firm, given: Given) -> dict[str, int | None]:
    """What A.3 c. 2 e) and f) and general law ask from the grant on; anti-mafia documents from 150,000 euro."""
    granted = firm.granted_on
    bound = granted >= INSURED_SINCE or (firm.size == "medium" and granted >= MEDIUM_INSURED_SINCE)
    bound = bound or (firm.size == "large" and granted >= WANT_COUNTS_SINCE)
    insured = YES if firm.catastrophe_duty_met else NO if firm.filed_on >= INSURED_SINCE else UNKNOWN
    beneath: dict[str, int | None] = {
        "no_recovery_order": truth(not firm.recovery_order_open),
        "contributions_regular": truth(firm.durc_regular_at_grant),
        "catastrophe_duty": insured if bound else None,
    }
    worth = beyond(given.nominal, 15_000_000)
    beneath["antimafia_clear"] = in_both_readings(firm.antimafia_clear_at_grant, worth, given)
    beneath = beneath if granted else dict.fromkeys(beneath, PENDING)
    return beneath if worth != NO else beneath | {"antimafia_clear": None}


def in_both_readings(clear: bool, asked: int, given: Given) -> int:
    """C.4.b c. 6 counts the grant and the equivalent of the loan, elsewhere the whole counts: open between the two."""
    met = YES if clear else opposite(asked)
    differs = both(beyond(given.nominal, 15_000_000), opposite(beyond(given.equivalent, 15_000_001)))
    return met if met == YES or differs == NO else UNKNOWN


def paid(firm: Firm, given: Given, on: int) -> dict[str, int | None]:
    """C.4.b c. 3, 4, 6 and 8 and D.2.c c. 4 b): what takes the award back when it is paid."""
    found: dict[str, int | None] = {}
    worth = beyond(given.nominal, 15_000_000)
    for name, happened, clear in (
        ("antimafia_at_advance", firm.contract_signed_on, firm.antimafia_clear_at_advance),
        ("antimafia_at_balance", firm.balance_asked_on, firm.antimafia_clear_at_balance),
    ):
        found[name] = in_both_readings(clear, worth, given) if happened and worth != NO else None
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
    asked = bool(firm.balance_asked_on)
    found["goals_reached"] = truth(firm.project_goals_reached) if asked and firm.accounts_verified else None
    last = national_calendar().roll(firm.arrears_notified_on + 90) if firm.arrears_notified_on else 0
    late = asked and firm.arrears_at_balance and last
    found["arrears_paid"] = kept(firm.arrears_paid_on, last, last, on) if late else None
    return found


def terms(firm: Firm, on: int) -> dict[str, int | None]:
    """B.2.b, C.4.a, C.4.c c. 5, D.3 c. 7: the end of the project, the papers of the contract, the accounts, the extension."""
    granted = firm.granted_on
    roll = national_calendar().roll
    notice = months_later(granted, 18) - 60 if granted else 0
    first, last = ends_of_project(firm, on)
    found: dict[str, int | None] = {"project_end": kept(firm.project_concluded_on, first, last, on)}
    asked = granted and firm.extension_months > 0
    found["extension_within_maximum"] = (
        truth(firm.extension_months <= 6) if granted and firm.extension_granted else None
    )
    found["extension_approved"] = truth(firm.extension_granted) if asked else None
    days = {
        "contract_documents": (firm.contract_documents_sent_on, roll(granted + 60), roll(granted + 60)),
        "last_contract_documents": (firm.contract_documents_sent_on, roll(granted + 180), roll(granted + 180)),
        "accounts": (firm.balance_asked_on, roll(first + 60), roll(last + 60)),
        "last_accounts": (firm.balance_asked_on, roll(first + 180), roll(last + 180)),
    } if granted else {}  # fmt: skip
    for name in ("contract_documents", "last_contract_documents", "accounts", "last_accounts"):
        found[name] = kept(*days[name], on) if granted else None
    found["extension_request"] = kept(firm.extension_asked_on, notice, notice, on) if asked else None
    return found


def ends_of_project(firm: Firm, on: int) -> tuple[int, int]:
    """B.2.b and D.3 c. 7: 18 months from the grant, and the extension: how much of one that was granted to who asked late, or of
    more than six months, counts the text does not say."""
    granted = firm.granted_on
    if not granted:
        return months_later(on, 18), months_later(LAST_DAY, 18)
    most = firm.extension_months if firm.extension_granted else 0
    notice = months_later(granted, 18) - 60
    least = min(most, 6) if kept(firm.extension_asked_on, notice, notice, on) == YES else 0
    roll = national_calendar().roll
    return roll(months_later(granted, 18 + least)), roll(months_later(granted, 18 + most))


def spent_in_term(firm: Firm, reported: int, early: tuple[int, int]) -> tuple[int, int]:
    """B.3 c. 3 b) and c. 2 a): of what is reported what was spent after the application and by the end of the project."""
    first, last = ends_of_project(firm, 0)
    late, other = (
        YES if day > last else NO if day <= first else UNKNOWN
        for day in (firm.project_concluded_on, firm.first_other_spend_on)
    )
    found = []
    if late != YES:
        found += [max(0, reported - end) for end in early]
    if NO not in (late, other):
        found.append(0)
    if late != NO and (late, other) != (YES, YES):
        found += [max(0, reported - end - firm.late_spend) for end in early]
    return min(found), max(found)


@dataclass(slots=True)
class Cut:
    """C.4.d c. 2 and 3: of what was not spent the proportion is taken, or nothing where more was spent than was granted."""

    validated: tuple[int, int]
    admitted: int
    aid: tuple[int, int]
    as_admitted: int

    def left(self, amount: tuple[int, int], before: tuple[int, int]) -> tuple[int, int]:
        """What is left of an amount that was `before`, and that something else may hold lower by now."""
        parts = [min(part, self.admitted) for part in self.validated]
        floored = min(amount[0], before[0] * parts[0] // self.admitted)
        low, high = (
            min(now, was, (was * part + self.admitted // 2) // self.admitted)
            for now, was, part in zip(amount, before, parts, strict=True)
        )
        found = []
        if self.validated[1] > self.aid[0]:
            found += [floored, amount[1]]
        if self.validated[0] <= self.aid[1]:
            found += [low, high]
        if self.as_admitted == UNKNOWN:
            found += amount
        return min(found), max(found)


def kept(done: int, first: int, last: int, on: int) -> int:
    """Whether a term is kept that ends on one of two days."""
    if done:
        return YES if done <= first else NO if done > last else UNKNOWN
    return NO if on > last else UNKNOWN
