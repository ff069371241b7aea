# SPDX-License-Identifier: Apache-2.0
"""The days by which something must have happened from the grant on, each with its two ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from benchmarks.verso_firm import Firm
from benchmarks.verso_money.days import Span, after_days, after_months, moved

FAR = dt.date(2102, 6, 30).toordinal()
FOREVER = dt.date(2100, 12, 31).toordinal()
WINDOW_CLOSED = dt.date(2025, 9, 9).toordinal()
"""C.1 c. 1, p. 20."""


@dataclass(slots=True)
class Term:
    days: Span
    done: int
    """The day on which it was done, 0 if it was not."""

    def kept(self, on: int) -> bool | None:
        """None while it runs, and where one of its days is kept and the other is not."""
        first, last = self.days
        if self.done:
            return True if self.done <= first else False if self.done > last else None
        return False if on > last else None

    def state(self, on: int) -> str:
        """The same, in the word of a decision."""
        if not self.done and on <= self.days[0]:
            return "open"
        return {True: "kept", False: "late", None: "unknown"}[self.kept(on)]


def terms_of(firm: Firm, on: int) -> dict[str, Term]:
    """Those that run: none does before the grant, but for the office's own."""
    closed, lost = max(WINDOW_CLOSED, firm.window_closed_on), days_lost(firm, on)
    ranking = after_days(closed, 120 + lost[0]), after_days(closed, 120 + lost[1])
    found = {"ranking_in_time": Term(ranking, firm.granted_on)}
    granted = firm.granted_on
    if not granted:
        # Of a decree that is still to come: 18 months from today on.
        found["project_end"] = Term((after_months(on, 18), FAR), firm.project_concluded_on)
        return found
    # C.4.a c. 1 and 3, pp. 29-30; D.1.a c. 1 a), p. 35.
    sent = firm.contract_documents_sent_on
    found["contract_documents"] = Term(one(after_days(granted, 60)), sent)
    found["last_contract_documents"] = Term(one(after_days(granted, 180)), sent)
    if firm.extension_months:
        found["extension_request"] = notice_of(firm)
    ends = ends_of_project(firm, on)
    last = moved(ends[1])
    found["project_end"] = Term((moved(ends[0]), last), firm.project_concluded_on)
    # C.4.c c. 5, p. 33; D.1.a c. 1 b), p. 35: from the term, whenever the project was over; where that is a holiday, from it or from
    # the day to which it moves.
    found["accounts"] = Term((after_days(ends[0], 60), after_days(last, 60)), firm.balance_asked_on)
    found["last_accounts"] = Term((after_days(ends[0], 180), after_days(last, 180)), firm.balance_asked_on)
    # C.4.a c. 2, p. 30; D.2.c c. 1 b), p. 39.
    if firm.arrears_at_contract and firm.contract_arrears_notified_on:
        settled = one(after_days(firm.contract_arrears_notified_on, 90))
        found["contract_arrears_settled"] = Term(settled, firm.contract_arrears_paid_on)
    # C.4.b c. 4 d), p. 31; D.2.b c. 1 f), p. 38.
    if firm.balance_asked_on and firm.arrears_at_balance and firm.arrears_notified_on:
        found["arrears_paid"] = Term(one(after_days(firm.arrears_notified_on, 90)), firm.arrears_paid_on)
    return found


def days_lost(firm: Firm, on: int) -> Span:
    """C.3.d, pp. 28-29: until the papers come. They come within 15 days, and else it is decided without them: what more
    days do is open, to the ten years that are asked about."""
    found = [0, 0]
    for stretch in firm.suspensions:
        asked = (stretch.asked_on,) * 2 if stretch.asked_on else (on, FOREVER)
        ended = (stretch.ended_on,) * 2 if stretch.ended_on else (on, FOREVER)
        found[0] += max(0, min(ended[0] - asked[1], 15))
        found[1] += min(ended[1] - asked[0], 3650)
    return found[0], found[1]


def notice_of(firm: Firm) -> Term:
    """D.3 c. 7, p. 41: "within 60 days preceding" the greatest day of the end, which no extension moves: before them, or in them."""
    end = after_months(firm.granted_on, 18)
    return Term((end - 60, end), firm.extension_asked_on)


def ends_of_project(firm: Firm, on: int) -> Span:
    """B.2.b, p. 14, and D.3 c. 7, p. 41: 18 months from the decree, and the extension that was granted. Not moved yet.

    The extension runs "beyond the greatest day of the end (18 months from the decree)", and D.12, p. 49, has 18 months and up to six
    more from the decree: counted from that day or with the 18 in one they end on two days where a month is short. One that was asked for too late is not admissible and none is of more than six months: of one
    that was granted all the same the text does not say how much counts.
    """
    granted = firm.granted_on
    asked = firm.extension_months if firm.extension_granted else 0
    counts = {asked, min(asked, 6)}
    if notice_of(firm).kept(on) is not True:
        counts.add(0)
    plain = after_months(granted, 18)
    found = []
    for months in counts:
        found += [after_months(granted, 18 + months), after_months(plain, months)]
    return min(found), max(found)


def one(day: int) -> Span:
    return day, day
