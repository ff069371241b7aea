# SPDX-License-Identifier: Apache-2.0
"""What is paid of a grant, and what is given back (C.4.a, C.4.b, C.4.d, D.2.c)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from benchmarks.by_hand import NO, UNKNOWN
from benchmarks.step_by_hand.admission import Answer
from benchmarks.step_by_hand.award import (
    MOST_GIVEN,
    Award,
    Settled,
    added,
    admitted_in_all,
    given_to,
    percent,
    rated,
    same,
    settled,
)
from benchmarks.step_by_hand.following import Truths, following, has_seat, lapses_of, opened_by, stands
from benchmarks.step_by_hand.project import Partner, Project
from benchmarks.step_by_hand.terms import to_ask_advance, to_ask_interim
from benchmarks.verso_money.days import Span
from benchmarks.verso_money.payments import all_of
from benchmarks.verso_money.terms import Term

MOST_ADVANCE, MOST_INTERIM, LEAST_INTERIM = 40, 70, 40


@dataclass(slots=True)
class Tranche:
    amount: Span
    withheld: Span
    due: bool | None
    payable: bool | None


def paid(project: Project, answer: Answer, on: int) -> tuple[Span, dict[str, Tranche], dict[str, Span]]:
    """What is left of the grant, its tranches, and what is given back."""
    final = settled(project) if project.final_validated_on else None
    terms, truths = following(project, final, on)
    lapses = lapses_of(truths, terms, on)
    admitted = {NO: False, UNKNOWN: None}.get(answer.outcome, True)
    tranches = tranches_of(project, final, terms, lapses, admitted, on)
    return left_of(answer.award, final)[0], tranches, given_back(project, final)


def clear(partner: Partner) -> bool:
    """C.4.b c. 3, 6, 9 and 14, pp. 30-33: what is looked at before each payment."""
    if partner.antimafia_unfavourable or not partner.antimafia_verified:
        return False
    return not (partner.lapsed or partner.recovery_order or partner.regional_debts)


def tranches_of(
    project: Project, final: Settled | None, terms: dict[str, Term], lapses: Truths, admitted: bool | None, on: int
) -> dict[str, Tranche]:
    """What is due once there is a grant, and what of it can be paid now."""
    partners = [partner for partner in project.step_partners if clear(partner)]
    granted = project.granted_on > 0
    interim = sum(p.interim_industrial + p.interim_experimental for p in project.step_partners)
    # C.4.b c. 6 b) and 8, p. 31: 40% of the investment admitted, after a variation of what that leaves or of what the decree admitted.
    enough = same(interim * 100 >= base * LEAST_INTERIM for base in admitted_in_all(project))
    found = {
        "advance": (
            [(advance_to(p, project, on), p.advance_debt) for p in partners],
            all_of(granted, project.grant_accepted_on > 0, asked(to_ask_advance(project) if project.grant_notified_on else None, project.advance_requested_on)),
            project.advance_paid_on,
        ),
        "interim": (
            [(interim_to(p, project, on), p.interim_debt) for p in partners],
            all_of(granted, asked(to_ask_interim(project) if granted else None, project.interim_requested_on), enough),
            project.interim_paid_on,
        ),
        "balance": (
            [(balance_to(p, project, final, on), p.balance_debt) for p in partners],
            all_of(granted, asked(terms.get("balance_request"), project.balance_requested_on), final is not None),
            project.balance_paid_on,
        ),
    }  # fmt: skip
    return {
        name: Tranche(
            added(amount for amount, _ in amounts),
            # C.4.b c. 13, p. 33: what a partner owes to social security is kept back, from what is paid to it.
            added((min(low, debt), min(high, debt)) for (low, high), debt in amounts),
            due,
            all_of(due, admitted, stands(lapses), not paid),
        )
        for name, (amounts, due, paid) in found.items()
    }


def asked(term: Term | None, day: int) -> bool | None:
    """Whether it was, in time where there is a term."""
    return day > 0 and (term is None or same(day <= last for last in term.days))


def advance_to(partner: Partner, project: Project, on: int) -> Span:
    """C.4.a c. 1 d), pp. 28-29, C.4.b c. 1 to 3: up to 40% of what was granted, with a guarantee for all of what is asked, and with
    a seat by the acceptance."""
    seat = opened_by(partner.lombard_seat_on, project.grant_accepted_on, on)
    if seat is False or partner.guarantee < partner.advance_asked:
        return 0, 0
    amount = min(partner.advance_asked, percent(partner.granted, MOST_ADVANCE))
    return 0 if seat is None else amount, amount


def interim_to(partner: Partner, project: Project, on: int) -> Span:
    """C.4.b c. 8, pp. 31-32: by what was validated, 70% of what was granted at most, less the advance that was paid.

    Other aid is looked at when it is granted and settled: here the text has the intensities alone.
    """
    seat = has_seat(partner, project, on)
    if not partner.interim_asked or seat is False:
        return 0, 0
    spend = Fraction(partner.interim_industrial), Fraction(partner.interim_experimental)
    by_spend = floor(rated(partner.size_at_grant, *spend))
    amount = max(0, min(by_spend, percent(partner.granted, MOST_INTERIM)) - partner.advance_paid)
    return 0 if seat is None else amount, amount


def balance_to(partner: Partner, project: Project, final: Settled | None, on: int) -> Span:
    """C.4.b c. 10, p. 32: what is left at the final check, less what was paid before."""
    seat = has_seat(partner, project, on)
    if seat is False:
        return 0, 0
    before = partner.advance_paid + partner.interim_paid
    low, high = (0, given_to(partner)) if final is None else final.parts[partner.id]
    return 0 if seat is None else max(0, low - before), max(0, high - before)


def left_of(award: Award, final: Settled | None) -> tuple[Span, dict[str, Span]]:
    """What is left of the grant, in all and for each."""
    if final is None:
        return award.grant, award.parts
    low, high = added(final.parts.values())
    return (min(low, MOST_GIVEN), min(high, MOST_GIVEN)), final.parts


def given_back(project: Project, final: Settled | None) -> dict[str, Span]:
    """D.2.a c. 8, D.2.b c. 4, D.2.c c. 1 and 2, pp. 40-41: once lapse is declared, and what was paid above what is left."""
    partners = project.step_partners
    paid = {p.id: p.advance_paid + p.interim_paid + p.balance_paid for p in partners}
    if not project.granted_on:
        return {}
    if project.partnership_lapsed_on:
        return nonzero({"whole_back": [(sum(paid.values()),) * 2]})
    of_lapsed = [(max(0, paid[p.id] - given_to(p)),) * 2 for p in partners if p.lapsed]
    over = []
    if final is not None:
        parts = final.parts
        over = [
            (max(0, paid[p.id] - parts[p.id][1]), max(0, paid[p.id] - parts[p.id][0])) for p in partners if not p.lapsed
        ]
    return nonzero({"partner_back": of_lapsed, "overpaid_back": over})


def nonzero(spans: dict[str, Iterable[Span]]) -> dict[str, Span]:
    found = {name: added(amounts) for name, amounts in spans.items()}
    return {name: span for name, span in found.items() if span[1]}
