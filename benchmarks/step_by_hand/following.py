# SPDX-License-Identifier: Apache-2.0
"""What follows a grant: terms, and the grounds on which all of a partnership loses it (C.4, D.1.a, D.2, D.3).

Truths are True, False and None, where the text bears both; what does not apply is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.step_by_hand.admission import SMES
from benchmarks.step_by_hand.award import LEAST_DONE, Settled, admitted_in_all, same
from benchmarks.step_by_hand.project import Partner, Project
from benchmarks.step_by_hand.spending import NOTICE, last_day, reported_in_all, term_of_realisation
from benchmarks.step_by_hand.terms import terms_of, to_replace
from benchmarks.verso_money.days import Span, after_months
from benchmarks.verso_money.payments import all_of
from benchmarks.verso_money.terms import Term

Truths = dict[str, bool | None]
REVOKES = (
    "seats_in_time", "acceptance", "balance_request", "enough_done", "reduction_within_limit", "papers_kept", "goods_kept", "operation_stable",
    "step_controls_accepted", "antimafia_kept", "project_coherent", "not_renounced", "composition_kept", "objectives_kept",
    "capofila_kept", "enough_spend_left", "successors_qualified", "declarations_true", "few_replaced", "no_total_lapse",
)  # fmt: skip
"""D.2.b c. 1, C.4.a c. 4, C.4.c c. 7, C.4.d c. 2, D.2.a c. 4 and D.3 c. 7: what takes the grant from all, where it is not so."""


def following(project: Project, final: Settled | None, on: int) -> tuple[dict[str, Term], Truths]:
    """The terms, and what is so from the grant on. `final` is what the final check makes of the grant, None before it."""
    if not project.granted_on:
        return {}, {}
    terms = terms_of(project)
    found: Truths = {name: term.kept(on) for name, term in terms.items()}
    found |= the_project(project, final, last_day(project)) | the_partners(project, on) | kept_up(project)
    return terms, found


def the_project(project: Project, final: Settled | None, end: Span) -> Truths:
    admitted = sum(partner.admitted for partner in project.step_partners)
    found: Truths = {}
    if project.extension_granted:
        found["extension_within_maximum"] = project.extension_months <= 6
    if project.balance_requested_on:
        # D.12, p. 52: of "the whole of the spend admitted", which after a variation may be either.
        ends = reported_in_all(project)
        found["enough_reported"] = same(
            end * 100 >= base * LEAST_DONE for end in ends for base in admitted_in_all(project)
        )
        # What is much less must be asked for.
        less = much_less(project, admitted)
        if less is not False:
            found["reduction_told"] = True if project.variation_asked_on else None if less is None else False
    if final is not None:
        found |= {
            "enough_done": final.enough,
            "collaboration_at_end": final.together,
            "industrial_at_end": final.research_within,
        }
    if project.variation_authorised_on:
        # C.4.d c. 2, p. 36: no more than 40%; D.3 c. 4, p. 41: variations of less than 40%. Of 40% it is open.
        varied, least = project.varied_spend * 100, admitted * LEAST_DONE
        found["reduction_within_limit"] = None if varied == least else varied > least
    if project.variation_asked_on:
        # D.3 c. 3, p. 41: while the project is being done, and 120 days before its term.
        asked, over = project.variation_asked_on, project.project_concluded_on
        found["variation_in_time"] = same(asked <= day - NOTICE and not 0 < over < asked for day in end)
    if project.replacement_asked_on:
        # D.3 c. 12, p. 43: within 15 months, and before the interim accounts.
        asked, interim = project.replacement_asked_on, project.interim_requested_on
        found["replaced_in_time"] = asked <= to_replace(project).days[0] and (not interim or asked < interim)
    return found


def the_partners(project: Project, on: int) -> Truths:
    partners = project.step_partners
    rest = [partner for partner in partners if not partner.lapsed]
    sizes = [partner.size_at_grant for partner in rest]
    found: Truths = {
        # D.1.a c. 1 e), p. 37, has all lose it and D.2.b c. 2, n. 2, p. 40, the partner alone.
        "seats_in_time": of_all_or_one(has_seat(partner, project, on) for partner in rest),
        # D.1.a c. 1 g), p. 37, and C.4.b c. 14, p. 33: the same.
        "antimafia_kept": of_all_or_one(not partner.antimafia_unfavourable for partner in partners),
        # D.2.a c. 4 a), p. 39, D.2.b c. 1 b) and D.3 c. 7, p. 42: A.3.a c. 2; sizes are those of the grant (A.3.a c. 4).
        "composition_kept": len(rest) >= 2 and "large" in sizes and any(size in SMES for size in sizes),
        # D.3 c. 7, p. 42: a third of the partners, rounded down.
        "few_replaced": project.replaced_partners <= len(partners) // 3,
        "no_partner_lapse": len(rest) == len(partners),
    }
    if len(rest) < len(partners):
        # D.2.a c. 4 a), p. 39: where the lead partner leaves the others name a new one.
        if any(partner.lapsed and partner.role == "capofila" for partner in partners):
            found["capofila_kept"] = project.new_capofila_named
        # D.2.a c. 4 b) and c), p. 39; what is left to be spent is what a variation admits (c. 5 b)).
        found["objectives_kept"] = project.step_objectives_kept
        if project.variation_authorised_on:
            admitted = sum(partner.admitted for partner in partners)
            found["enough_spend_left"] = project.varied_spend * 100 >= admitted * LEAST_DONE
    if project.successor_entered_step and not 0 < project.balance_paid_on < project.successor_entered_step:
        # D.2.b c. 1 b), p. 40: until the balance is paid, that day included.
        found["successors_qualified"] = project.successor_meets_requirements
    return found


def of_all_or_one(met: Iterable[bool | None]) -> bool | None:
    """Open where some do not and others do, or may."""
    found = set(met)
    return False if found == {False} else None if found - {True} else True


def opened_by(seat: int, day: int, on: int) -> bool | None:
    """Whether a seat was there by a day; who has none yet may open it on the very day of the question."""
    return seat <= day if seat else None if day == on else False


def has_seat(partner: Partner, project: Project, on: int) -> bool | None:
    """A.3.a c. 3 b), p. 8: by the acceptance for who asks for the advance, and else by the first request of a payment; D.2.b c. 2, n. 2,
    p. 40: at the first payment itself."""
    seat = partner.lombard_seat_on
    if partner.advance_asked:
        return not project.grant_accepted_on or opened_by(seat, project.grant_accepted_on, on)
    asked, paid = project.balance_requested_on, project.balance_paid_on
    if partner.interim_asked and project.interim_requested_on:
        asked, paid = project.interim_requested_on, project.interim_paid_on
    in_time = not asked or opened_by(seat, asked, on)
    return same([in_time, in_time or not paid or opened_by(seat, paid, on)])


def much_less(project: Project, admitted: int) -> bool | None:
    """D.3 c. 4, p. 41: a spend that is 20% less or more, and less than 40%; what the check of the accounts takes away is none."""
    low, high = (100 * amount for amount in reported_in_all(project))
    least, most = admitted * LEAST_DONE, admitted * 80
    if high <= least or low > most:
        return False
    return True if least < low and high <= most else None


def kept_up(project: Project) -> Truths:
    found: Truths = {
        # D.1.a c. 1 d), D.2.b c. 1 c), d) and e), p. 40.
        "step_controls_accepted": not project.step_controls_refused,
        "project_coherent": not project.step_project_strayed,
        "not_renounced": not project.partnership_renounced_on,
        "declarations_true": not (project.false_step_declarations and project.requirements_missing),
        "no_total_lapse": not project.partnership_lapsed_on,
        "goods_kept": goods_kept(project),
    }
    paid = project.balance_paid_on
    if paid:
        # D.1.a c. 1 a), p. 37: for ten years from the day on which the balance is paid.
        found["papers_kept"] = not 0 < project.step_papers_lost_on <= after_months(paid, 120)
        if project.productive_investment:
            found["operation_stable"] = not any(unstable(partner, paid) for partner in project.step_partners)
    return found


def goods_kept(project: Project) -> bool | None:
    """D.1.a c. 1 b), p. 37: not before "what the Project foresees under B.2.b" is over, be it its term or (D.11 c. 1 s), p. 50) the
    day on which it was concluded."""
    gone, over = project.goods_disposed_on, project.project_concluded_on
    if not gone:
        return True
    return same([0 < over <= gone, *(gone >= day for day in term_of_realisation(project))])


def unstable(partner: Partner, paid: int) -> bool:
    """D.1.a c. 1 c), p. 37: in the three years that follow the balance, of a large firm five. Who has lapsed has no grant to keep."""
    until = after_months(paid, 60 if partner.size_at_grant == "large" else 36)
    return partner.stability_broken and not partner.lapsed and paid < partner.stability_broken_on <= until


def lapses_of(truths: Truths, terms: dict[str, Term], on: int) -> Truths:
    """Why the grant is lost, False where it is for certain and None where it may be; a term that still runs takes nothing back."""
    found: Truths = {}
    for name in REVOKES:
        running = name in terms and not terms[name].done and on <= terms[name].days[0]
        if name in truths and truths[name] is not True and not running:
            found[name] = truths[name]
    return found


def stands(lapses: Truths) -> bool | None:
    return all_of(*lapses.values())
