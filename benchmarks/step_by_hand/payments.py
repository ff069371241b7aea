# SPDX-License-Identifier: Apache-2.0
"""What is paid of a grant, partner by partner, and what takes it back (C.4.a, C.4.b, C.4.d, D.1.a, D.2, D.3).

Truths are True, False and None, where the text bears both.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.step_by_hand.admission import SMES
from benchmarks.step_by_hand.award import (
    Settled,
    admitted_in_all,
    by_intensity,
    given_to,
    percent,
    settled,
)
from benchmarks.step_by_hand.project import Partner, Project
from benchmarks.step_by_hand.spending import term_of_realisation
from benchmarks.step_by_hand.terms import terms_of
from benchmarks.verso_money.days import Span, after_months
from benchmarks.verso_money.payments import overdue
from benchmarks.verso_money.terms import Term

MOST_ADVANCE, MOST_INTERIM = 40, 70
LEAST_INTERIM, LEAST_DONE = 40, 60


@dataclass(slots=True)
class Paid:
    """What the partners are paid at once, and what of it is kept back for the social security of each."""

    amount: Span
    withheld: Span


@dataclass(slots=True)
class Payments:
    terms: dict[str, Term]
    lapses: dict[str, bool | None]
    final: Settled | None
    left: Span
    """What is left of the grant."""
    tranches: dict[str, Paid]
    given_back: dict[str, Span]


def payments_of(project: Project, on: int) -> Payments:
    terms = terms_of(project)
    final = settled(project) if project.final_validated_on else None
    lapses = lapses_of(project, final, terms, on)
    given = sum(given_to(partner) for partner in project.step_partners)
    left = given, given
    if final is not None:
        left = added(final.parts.values())
    return Payments(terms, lapses, final, left, tranches_of(project, final), given_back(project, final, lapses))


def added(spans: object) -> Span:
    found = list(spans)
    return sum(low for low, _ in found), sum(high for _, high in found)


def lapses_of(project: Project, final: Settled | None, terms: dict[str, Term], on: int) -> dict[str, bool | None]:
    """The grounds on which all of the partnership loses the grant, True where it is for certain and None where it may be."""
    if not project.granted_on:
        return {}
    partners = project.step_partners
    found: dict[str, bool | None] = {
        # C.4.a c. 1 and 4, pp. 28-29.
        "acceptance": overdue(terms["acceptance"], on) if "acceptance" in terms else False,
        # C.4.c c. 7, p. 35: the 120 days, and not the 60.
        "balance_request": overdue(terms["balance_request"], on),
        # C.4.b c. 9 c), C.4.d c. 2 and 3, D.1.a c. 1 k).
        "enough_done": final is not None and not final.enough,
        "reduction_within_limit": project.variation_authorised_on > 0
        and project.varied_spend * 100 < sum(partner.admitted for partner in partners) * LEAST_DONE,
        # D.1.a c. 1 a), b), c) and d), with D.2.b c. 1 a).
        "papers_kept": papers_lost(project),
        "goods_kept": goods_gone(project),
        "operation_stable": unstable(project),
        "step_controls_accepted": project.step_controls_refused,
        # D.2.b c. 1 e), c), d).
        "project_coherent": project.step_project_strayed,
        "not_renounced": project.partnership_renounced_on > 0,
        "declarations_true": project.false_step_declarations and project.requirements_missing,
        # D.2.b c. 1 b), p. 40: until the balance is paid.
        "successors_qualified": wrong_successor(project),
        # D.3 c. 7, p. 42: a third of the partners, rounded down.
        "few_replaced": project.replaced_partners * 3 > len(partners)
        and project.replaced_partners > len(partners) // 3,
        "no_total_lapse": project.partnership_lapsed_on > 0,
    }
    if any(partner.lapsed for partner in partners):
        found |= without_lapsed(project)
    return {ground: truth for ground, truth in found.items() if truth is not False}


def without_lapsed(project: Project) -> dict[str, bool | None]:
    """D.2.a c. 4, p. 39, and D.2.b c. 3: what must be left without those who renounced or lapsed.

    The composition is that of A.3.a c. 2 (two partners, one of them an SME and one large); sizes are those of the grant (A.3.a c. 4).
    """
    rest = [partner for partner in project.step_partners if not partner.lapsed]
    sizes = [partner.size_at_grant for partner in rest]
    whole = sum(partner.admitted for partner in project.step_partners)
    return {
        "composition_kept": len(rest) < 2 or "large" not in sizes or not any(size in SMES for size in sizes),
        "objectives_kept": not project.step_objectives_kept,
        "enough_spend_left": sum(partner.admitted for partner in rest) * 100 < whole * LEAST_DONE,
    }


def papers_lost(project: Project) -> bool:
    """D.1.a c. 1 a), p. 37: for ten years from the day on which the balance is paid."""
    paid, lost = project.balance_paid_on, project.step_papers_lost_on
    return paid > 0 and 0 < lost <= after_months(paid, 120)


def goods_gone(project: Project) -> bool | None:
    """D.1.a c. 1 b), p. 37: before "what the Project foresees under B.2.b" is over: its term."""
    gone, (first, last) = project.goods_disposed_on, term_of_realisation(project)
    if not gone:
        return False
    return True if gone < first else False if gone > last else None


def unstable(project: Project) -> bool:
    """D.1.a c. 1 c), p. 37: three years from the balance for an SME, five for a large firm, of productive investments."""
    paid = project.balance_paid_on
    if not paid or not project.productive_investment:
        return False
    return any(
        partner.stability_broken
        and paid <= partner.stability_broken_on <= after_months(paid, 60 if partner.size_at_grant == "large" else 36)
        for partner in project.step_partners
    )


def wrong_successor(project: Project) -> bool | None:
    came, balance = project.successor_entered_step, project.balance_paid_on
    if not came or project.successor_meets_requirements or 0 < balance < came:
        return False
    # On the day of the balance what came first counts, and is not told.
    return None if came == balance else True


def stands(partner: Partner) -> bool:
    """C.4.b c. 3, 6, 9 and 14: what is looked at before each payment."""
    return not (partner.lapsed or partner.recovery_order or partner.regional_debts or partner.antimafia_unfavourable)


def tranches_of(project: Project, final: Settled | None) -> dict[str, Paid]:
    partners = project.step_partners
    advance = {partner.id: advance_to(partner) for partner in partners}
    interim = {partner.id: interim_to(partner, project) for partner in partners}
    balance = {partner.id: balance_to(partner, final) for partner in partners}
    return {
        "advance": kept_back(partners, advance, "advance_debt"),
        "interim": kept_back(partners, interim, "interim_debt"),
        "balance": kept_back(partners, balance, "balance_debt"),
    }


def kept_back(partners: list[Partner], amounts: dict[str, Span], debt: str) -> Paid:
    """C.4.b c. 13, p. 33: what is owed to social security is kept back, up to what is paid."""
    whole = added(amounts.values())
    back = added((min(low, getattr(p, debt)), min(high, getattr(p, debt))) for p in partners for low, high in [amounts[p.id]])
    return Paid(whole, back)


def advance_to(partner: Partner) -> Span:
    """C.4.a c. 1 d), pp. 28-29, C.4.b c. 1 to 3: up to 40% of what was granted, with a guarantee of the same amount.

    Of one that covers less the text does not say whether as much as it covers is paid, or nothing.
    """
    if not stands(partner):
        return 0, 0
    asked = min(partner.advance_asked, percent(partner.granted, MOST_ADVANCE))
    return (asked, asked) if partner.guarantee >= asked else (0, partner.guarantee)


def interim_to(partner: Partner, project: Project) -> Span:
    """C.4.b c. 8, pp. 31-32: by what was validated, 70% of what was granted at most, less the advance that was paid."""
    reported = sum(p.interim_industrial + p.interim_experimental for p in project.step_partners)
    if not (partner.interim_asked and stands(partner)):
        return 0, 0
    if reported * 100 < admitted_in_all(project) * LEAST_INTERIM:
        return 0, 0
    by_spend = by_intensity(partner.size_at_grant, partner.interim_industrial, partner.interim_experimental)
    due = min(by_spend, percent(partner.granted, MOST_INTERIM))
    return (max(0, due - partner.advance_paid),) * 2


def balance_to(partner: Partner, final: Settled | None) -> Span:
    """C.4.b c. 10, p. 32: what is left at the final check, less what was paid before."""
    if final is None or not stands(partner):
        # Until the check no more is known than what was granted and paid.
        most = 0 if not stands(partner) else max(0, given_to(partner) - partner.advance_paid - partner.interim_paid)
        return 0, most
    before = partner.advance_paid + partner.interim_paid
    low, high = final.parts[partner.id]
    return max(0, low - before), max(0, high - before)


def given_back(project: Project, final: Settled | None, lapses: dict[str, bool | None]) -> dict[str, Span]:
    """D.2.a c. 8, D.2.b c. 4, D.2.c c. 1 and 2, p. 41."""
    partners = project.step_partners
    paid = {p.id: p.advance_paid + p.interim_paid + p.balance_paid for p in partners}
    if lapses:
        whole = sum(paid.values())
        return {"whole_back": (whole if True in lapses.values() else 0, whole)}
    found: dict[str, Span] = {}
    of_lapsed = sum(max(0, paid[p.id] - given_to(p)) for p in partners if p.lapsed)
    if of_lapsed:
        found["partner_back"] = of_lapsed, of_lapsed
    if final is not None:
        over = [
            (max(0, paid[p.id] - final.parts[p.id][1]), max(0, paid[p.id] - final.parts[p.id][0]))
            for p in partners
            if not p.lapsed
        ]
        found["overpaid_back"] = added(over)
    return found
