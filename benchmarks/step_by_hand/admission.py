# SPDX-License-Identifier: Apache-2.0
"""The Tecnologie Strategiche call (STEP; Allegato A, consolidated 24 June 2025) written by hand: who is admitted, and on what terms.

Written from the text and not from the rule file; articles are named beside what they say, with the pages of the text.
Truths are YES, NO and UNKNOWN, the last where the text bears both; None does not apply.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.by_hand import NO, UNKNOWN, YES, Contradiction
from benchmarks.step_by_hand.award import (
    INDUSTRIAL_SHARE,
    PARTNER_SHARE,
    Award,
    award_of,
    planned_grant,
)
from benchmarks.step_by_hand.project import Partner, Project
from benchmarks.step_by_hand.scoring import LEAST, extra, score_of
from benchmarks.step_by_hand.spending import planned_by, planned_in_all
from benchmarks.step_by_hand.terms import CLOSES, OPENS
from benchmarks.verso_after_grant import (
    INSURED_SINCE,
    MEDIUM_INSURED_SINCE,
    WANT_COUNTS_SINCE,
    both,
    opposite,
    truth,
)

FIRST_EDITION = dt.date(2025, 1, 13).toordinal()
"""A.1 c. 2, p. 4: DGR XII/3756, on which the call rests."""
LEAST_SPEND = 500_000_000
"""B.2.a c. 4 b), p. 14: five million euro."""
ANTIMAFIA = 15_000_000
"""C.1 c. 6 e), note 2, p. 20, and C.4.c c. 10, p. 35: above 150,000 euro for a partner."""
SMES = ("micro", "small", "medium")
TOBACCO = ("12", "46.35", "46.39.20", "46.21.21", "47.26")
AGRICULTURE = ("01", "02", "03")

FOLLOWS = (
    "grant_notified_on", "grant_accepted_on", "advance_requested_on", "interim_report_sent_on", "interim_requested_on", "interim_paid_on",
    "balance_requested_on", "final_validated_on", "balance_paid_on", "variation_asked_on", "variation_authorised_on",
    "replacement_asked_on", "successor_entered_step", "partnership_renounced_on", "partnership_lapsed_on",
)  # fmt: skip
"""What comes after the decree."""


@dataclass(slots=True)
class Answer:
    outcome: int
    findings: dict[str, int | None]
    score: int
    extra: int
    award: Award


def all_of(truths: Iterable[int]) -> int:
    found = set(truths)
    return NO if NO in found else UNKNOWN if UNKNOWN in found else YES


def listed(code: str, codes: tuple[str, ...]) -> int:
    """Whether a code is in a list; one that stands above a code of it does not say."""
    return YES if code.startswith(codes) else UNKNOWN if any(one.startswith(code) for one in codes) else NO


def no_tobacco(partner: Partner) -> int:
    """A.3.a c. 5 a), pp. 8-9: by its primary or its prevalent code."""
    return both(opposite(listed(partner.primary_ateco, TOBACCO)), opposite(listed(partner.prevalent_ateco, TOBACCO)))


def insured(partner: Partner, granted: int) -> int:
    """L. 213/2023, art. 1 c. 101 and 102: the call says nothing of it, and the law has it taken into account and no more."""
    bound = (
        granted >= INSURED_SINCE
        or (partner.size_at_grant == "medium" and granted >= MEDIUM_INSURED_SINCE)
        or (partner.size_at_grant == "large" and granted >= WANT_COUNTS_SINCE)
    )
    return UNKNOWN if bound and not partner.insured else YES


def asks_for_more(partner: Partner) -> bool:
    """C.1 c. 6 e), note 2, p. 20: who asks for more than 150,000 euro, before what the maximum of all cuts and nobody knows from whom."""
    return planned_grant(partner) > ANTIMAFIA


def partnership(project: Project, shares: dict[str, int]) -> dict[str, int | None]:
    """A.3.a and A.3.b, pp. 8-10."""
    partners = project.step_partners
    sizes, total = [partner.size for partner in partners], sum(shares.values())
    return {
        "enough_partners": truth(len(partners) >= 2),
        "not_too_many_partners": truth(len(partners) <= 8),
        "has_sme": truth(any(size in SMES for size in sizes)),
        "has_large": truth("large" in sizes),
        "partners_autonomous": truth(project.partners_independent),
        "nobody_above_share": truth(all(share * 100 <= total * PARTNER_SHARE for share in shares.values())),
        "established_and_active": truth(all(partner.established for partner in partners)),
        "no_tobacco": all_of(map(no_tobacco, partners)),
        "within_gber_scope": truth(not any(partner.outside_gber for partner in partners)),
        "no_agriculture": truth(not any(partner.primary_ateco.startswith(AGRICULTURE) for partner in partners)),
        "not_in_difficulty": truth(not any(partner.difficulty for partner in partners)),
        "contributions_regular_at_check": truth(all(partner.durc_regular for partner in partners)),
        "collaborates": truth(project.effective_collaboration),
        "agreement_signed": truth(all(partner.agreement_signed for partner in partners)),
        "one_capofila": truth([partner.role for partner in partners].count("capofila") == 1),
        "no_change_before_grant": unchanged(project),
    }


def unchanged(project: Project) -> int:
    """A.3.b c. 4, p. 10: no "change with a new tax number" in its first sentence, no "change" in its second."""
    if project.partner_changed_before_grant:
        return NO
    return UNKNOWN if project.partner_reorganised_before_grant else YES


def begun_after(day: int, filed: int) -> bool:
    """B.2.a c. 4 c), p. 14: after the day of the application; what has not begun by the day of the question has not begun before."""
    return not day or day > filed


def the_project(project: Project, total: int) -> dict[str, int | None]:
    """B.2.a, pp. 12-15, B.3 c. 3 and C.3.c c. 9."""
    spends = [planned_by(partner) for partner in project.step_partners]
    # B.3 c. 3 c), p. 16, has the first hour of staff begin the project; D.11 c. 1 c), p. 47, leaves the cost of staff out of it.
    # Who had committed itself before has begun before, whatever the staff.
    works, staff = (
        begun_after(day, project.filed_on) for day in (project.works_started_on, project.first_staff_hour_on)
    )
    return {
        "industrial_within_share": truth(
            all(spend.industrial * 100 <= spend.total * INDUSTRIAL_SHARE for spend in spends)
        ),
        "industrial_needed": truth(project.industrial_correlated) if any(s.industrial for s in spends) else None,
        "critical_technology": truth(project.step_technology != "other"),
        "within_s3": truth(project.s3_theme),
        "no_significant_harm": truth(project.step_dnsh_declared),
        "in_lombard_seats": truth(project.step_in_lombardy),
        "enough_spend": truth(total >= LEAST_SPEND),
        "works_after_filing": truth(works),
        "staff_after_filing": truth(staff) if staff or not works else UNKNOWN,
        "no_excluded_project": truth(not project.step_excluded_by_article_7),
        "no_gambling_project": truth(not project.step_gambling_machines),
    }


def application(project: Project) -> dict[str, int | None]:
    """C.1, pp. 19-22."""
    partners = project.step_partners
    return {
        "application_window": truth(OPENS <= (project.filed_on, project.filing_time) <= CLOSES),
        "project_sheet_filed": truth(project.project_sheet_attached),
        "timetable_filed": truth(project.timetable_attached),
        "declarations_filed": truth(all(partner.declarations_signed for partner in partners)),
        "antimafia_forms_filed": truth(all(partner.antimafia_forms for partner in filter(asks_for_more, partners))),
        "size_forms_filed": truth(all(partner.size_form for partner in partners)),
        "proxies_filed": truth(all(partner.proxy_attached for partner in partners if partner.signed_by_proxy)),
        "stamp_duty_settled": truth(project.step_stamp_duty),
    }


def at_the_grant(project: Project) -> dict[str, int | None]:
    """A.3.a c. 4 and 5 e) and f), C.3.e c. 1, pp. 8-9 and 28, and what lies beneath every grant."""
    partners, granted = project.step_partners, project.granted_on
    sizes = [partner.size_at_grant for partner in partners]
    found: dict[str, int | None] = {
        "sme_at_grant": truth(any(size in SMES for size in sizes)),
        "large_at_grant": truth("large" in sizes),
        "contributions_regular": truth(all(partner.durc_at_grant for partner in partners)),
        "antimafia_clear": truth(
            all(partner.antimafia_at_grant for partner in partners if partner.granted > ANTIMAFIA)
        ),
        "catastrophe_duty": all_of(insured(partner, granted) for partner in partners),
        "no_recovery_order": truth(not project.recovery_order_open),
    }
    return found if granted else dict.fromkeys(found)


def is_turned_round(project: Project, on: int) -> bool:
    """Whether some day lies before the decree, which follows the applications and comes when all of these are in (C.2, C.3.a c. 2).

    What has not happened comes on the day of the question at the earliest.
    """
    granted = project.granted_on
    if 0 < granted < max(CLOSES[0], project.filed_on) or 0 < project.advance_paid_on < (project.filed_on or on):
        return True
    return any(0 < getattr(project, name) < (granted or on) for name in FOLLOWS)


def decide(project: Project, on: int) -> Answer:
    if (project.filed_on or on) < FIRST_EDITION:
        raise LookupError("not encoded")
    if is_turned_round(project, on):
        raise Contradiction("something happened before what it follows")
    shares = {partner.id: planned_by(partner).total for partner in project.step_partners}
    total = planned_in_all(project)
    score, finances = score_of(project, total)
    findings = partnership(project, shares) | the_project(project, total) | application(project)
    findings |= {
        # C.3.c c. 7, p. 27.
        "coherent_enough": truth(project.score_coherence_step >= 600),
        "impact_enough": truth(project.score_impact >= 600),
        "finances_enough": truth(2 * sum(finances) + len(finances) >= 6 * len(finances)),
        "each_finances_enough": truth(all(points >= 3 for points in finances)),
        "reaches_threshold": truth(score >= LEAST),
    }
    findings |= at_the_grant(project)
    truths = findings.values()
    outcome = NO if NO in truths else UNKNOWN if UNKNOWN in truths else YES
    return Answer(outcome, findings, score, extra(project), award_of(project))
