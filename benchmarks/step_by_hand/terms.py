# SPDX-License-Identifier: Apache-2.0
"""The days by which something must have happened from the grant on (B.2.b, C.4, D.3, D.12), each with its two ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from benchmarks.step_by_hand.project import Project
from benchmarks.step_by_hand.spending import NOTICE, last_day, term_of_realisation
from benchmarks.verso_money.days import after_days, after_months, moved
from benchmarks.verso_money.terms import Term, one

OPENS = dt.date(2025, 2, 28).toordinal(), 15 * 3_600_000_000
CLOSES = dt.date(2025, 4, 15).toordinal(), 17 * 3_600_000_000
"""C.1 c. 1, p. 19: the day, and the microseconds from its midnight."""


@dataclass(slots=True)
class Acceptance(Term):
    """C.4.a c. 1 and D.1.a c. 1 h): by its term; c. 4 has the grant lost "for reasons imputable to the partnership", and of others it
    is open."""

    excused: bool

    def kept(self, on: int) -> bool | None:
        kept = Term.kept(self, on)
        return None if kept is False and self.excused else kept


def terms_of(project: Project) -> dict[str, Term]:
    """Those that run, once there is a decree."""
    granted, notified = project.granted_on, project.grant_notified_on
    if not granted:
        return {}
    found: dict[str, Term] = {}
    if notified:
        # C.4.a c. 1, p. 28: from the day of notification.
        found["acceptance"] = Acceptance(
            one(after_days(notified, 30)), project.grant_accepted_on, project.acceptance_missed_without_fault
        )
        # D.12, p. 51: projects begin by the term of acceptance; D.11 c. 1 c), p. 47: with the first commitment.
        found["start_of_works"] = Term(one(after_days(notified, 30)), project.works_started_on)
        if any(partner.advance_asked for partner in project.step_partners):
            found["advance_request"] = to_ask_advance(project)
    # C.4.b c. 6 and 7, p. 31, C.4.c c. 4, p. 34.
    found["interim_report"] = Term(one(moved(after_months(granted, 15))), project.interim_report_sent_on)
    if any(partner.interim_asked for partner in project.step_partners):
        found["interim_request"] = to_ask_interim(project)
    if project.replacement_asked_on:
        found["replacement_request"] = to_replace(project)
    first = last_day(project)[0]
    end = term_of_realisation(project)
    found["project_realised"] = Term(end, project.project_concluded_on)
    # C.4.c c. 7, p. 35: from the last day for the project; where that is a holiday, from it or from the day to which it moves.
    found["balance_ordinary"] = Term((after_days(first, 60), after_days(end[1], 60)), project.balance_requested_on)
    found["balance_request"] = Term((after_days(first, 120), after_days(end[1], 120)), project.balance_requested_on)
    # D.3 c. 3, p. 41: 120 days before the 30 months are over.
    if project.extension_months:
        found["extension_request"] = Term(one(after_months(granted, 30) - NOTICE), project.step_extension_asked_on)
    return found


def to_ask_advance(project: Project) -> Term:
    """C.4.b c. 1 a), p. 29: 90 days from the term of acceptance, and in any case 120 from the notification. Where the term of acceptance
    moves from a holiday the 90 end later, and the 120 bind."""
    return Term(one(after_days(project.grant_notified_on, 120)), project.advance_requested_on)


def to_ask_interim(project: Project) -> Term:
    """C.4.c c. 4, p. 34: 15 months from the decree."""
    return Term(one(moved(after_months(project.granted_on, 15))), project.interim_requested_on)


def to_replace(project: Project) -> Term:
    """D.3 c. 12, p. 43: 15 months from the decree."""
    return Term(one(moved(after_months(project.granted_on, 15))), project.replacement_asked_on)
