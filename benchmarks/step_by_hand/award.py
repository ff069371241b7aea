# SPDX-License-Identifier: Apache-2.0
"""What a partnership is given, and what is left of it at the end (B.1.b, B.1.c, C.4.b, C.4.d).

Amounts have two ends, both included; where the text gives one answer they are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.step_by_hand.project import Partner, Project
from benchmarks.step_by_hand.spending import planned_by
from benchmarks.verso_money.days import Span

MOST_GIVEN = 800_000_000
"""B.1.b c. 3, p. 11: eight million euro for the partnership."""
INDUSTRIAL = {"micro": 80, "small": 80, "medium": 75, "large": 65}
EXPERIMENTAL = {"micro": 60, "small": 60, "medium": 50, "large": 40}
"""B.1.b c. 1 and 2, p. 11. D.11 c. 1 m): a micro-firm is an SME, and the table knows small ones alone."""
INDUSTRIAL_ALONE = {"micro": 70, "small": 70, "medium": 60, "large": 50}
EXPERIMENTAL_ALONE = {"micro": 45, "small": 45, "medium": 35, "large": 25}
"""B.1.b c. 4, p. 12: without the 15 for collaboration. Of a small firm's industrial research 50 and 20 are left, which with the 15
were cut to 80."""
INDUSTRIAL_SHARE, PARTNER_SHARE = 30, 70


def percent(amount: int, rate: int) -> int:
    """B.1.b c. 1, p. 11: intensities are the most that there is, and nothing is rounded above them."""
    return amount * rate // 100


def by_intensity(size: str, industrial: int, experimental: int, *, together: bool = True) -> int:
    """In whole cents, line by line."""
    of_research, of_development = (
        (INDUSTRIAL, EXPERIMENTAL) if together else (INDUSTRIAL_ALONE, EXPERIMENTAL_ALONE)
    )
    return percent(industrial, of_research[size]) + percent(experimental, of_development[size])


def planned_grant(partner: Partner, *, granted: bool) -> int:
    """What the intensities give a partner, less what other aid leaves no room for (B.1.c c. 2, p. 12)."""
    spend = planned_by(partner)
    # A.3.a c. 4, p. 8: the size on the day of the decree, and until then the one that was told.
    size = partner.size_at_grant if granted else partner.size
    most = by_intensity(size, spend.industrial, spend.experimental)
    return max(0, min(most - partner.other_aid, spend.total - partner.other_aid - partner.general_benefits))


@dataclass(slots=True)
class Award:
    spend: int
    """What was planned, or what the decree admitted."""
    grant: Span
    parts: dict[str, Span]
    """What each partner is given: how the maximum of all is divided the text does not say."""

    @property
    def own_share(self) -> Span:
        return self.spend - self.grant[1], self.spend - self.grant[0]


def divided(wholes: dict[str, int], most: int) -> dict[str, Span]:
    """What is left to each of a maximum of all: no less than the others leave, no more than its own."""
    total = sum(wholes.values())
    if total <= most:
        return {id_: (whole, whole) for id_, whole in wholes.items()}
    return {id_: (max(0, most - (total - whole)), min(whole, most)) for id_, whole in wholes.items()}


def award_of(project: Project) -> Award:
    partners = project.step_partners
    if project.granted_on:
        parts = {partner.id: (given_to(partner),) * 2 for partner in partners}
        total = sum(part[0] for part in parts.values())
        return Award(sum(partner.admitted for partner in partners), (total, total), parts)
    wholes = {partner.id: planned_grant(partner, granted=False) for partner in partners}
    total = min(sum(wholes.values()), MOST_GIVEN)
    spend = sum(planned_by(partner).total for partner in partners)
    return Award(spend, (total, total), divided(wholes, MOST_GIVEN))


def given_to(partner: Partner) -> int:
    """D.2.a c. 9 and D.2.b c. 2: who has lapsed keeps nothing but what was kept for it."""
    return min(partner.kept, partner.granted) if partner.lapsed else partner.granted


@dataclass(slots=True)
class Settled:
    """What the final check makes of it."""

    enough: bool
    together: bool | None
    """Whether the 15 points stay: None where it depends on what 70% is counted on."""
    parts: dict[str, Span]


def admitted_in_all(project: Project) -> int:
    """C.4.b c. 9 c) and C.4.d c. 2, pp. 32 and 36: what the decree admitted, "also after a variation"."""
    if project.variation_authorised_on:
        return project.varied_spend
    return sum(partner.admitted for partner in project.step_partners)


def still_together(project: Project) -> bool | None:
    """B.1.b c. 4, p. 12, C.4.b c. 9 c) ii and C.4.d c. 3 ii, p. 36: nobody bears more than 70%, and they worked together.

    Of "the whole of the spend admitted and approved": what was admitted, or what of it was validated. Where the two differ it is open.
    """
    if not project.collaboration_kept:
        return False
    validated = {p.id: p.validated_industrial + p.validated_experimental for p in project.step_partners}
    highest = max(validated.values(), default=0) * 100
    of_validated = highest <= sum(validated.values()) * PARTNER_SHARE
    of_admitted = highest <= admitted_in_all(project) * PARTNER_SHARE
    return of_validated if of_validated is of_admitted else None


def industrial_left(partner: Partner) -> Span:
    """C.4.b c. 9 c) i, p. 32, and C.4.d c. 3 i, p. 36: industrial research above 30% "of the spend admitted and approved" of the
    partner is cut to it: 30% of what was admitted, of what was validated, or of what is left once it is cut."""
    industrial, experimental = partner.validated_industrial, partner.validated_experimental
    of_rest = experimental * INDUSTRIAL_SHARE // (100 - INDUSTRIAL_SHARE)
    bounds = (
        partner.admitted * INDUSTRIAL_SHARE // 100,
        (industrial + experimental) * INDUSTRIAL_SHARE // 100,
        of_rest,
    )
    left = [min(industrial, bound) for bound in bounds]
    return min(left), max(left)


def settled(project: Project) -> Settled:
    """C.4.d c. 3, p. 36, with C.4.b c. 10, p. 32: by what was validated and the intensities, and no more than was granted."""
    partners = project.step_partners
    validated = sum(p.validated_industrial + p.validated_experimental for p in partners)
    enough = validated * 100 >= admitted_in_all(project) * 60
    together = still_together(project)
    return Settled(enough, together, {partner.id: left_to(partner, together) for partner in partners})


def left_to(partner: Partner, together: bool | None) -> Span:
    """What the final check leaves to a partner.

    Where eight million cut what all were given (the whole would have been more), the text reduces the contribution "in proportion"
    and "in coherence with" the intensities: by both from what was given, or by the intensities up to what was given.
    """
    if partner.lapsed:
        return (given_to(partner),) * 2
    found = []
    for one in {True, False} if together is None else {together}:
        for industrial in industrial_left(partner):
            by_spend = by_intensity(partner.size_at_grant, industrial, partner.validated_experimental, together=one)
            found.append(min(by_spend, partner.granted))
            if partner.full_grant > partner.granted:
                found.append(min(by_spend * partner.granted // partner.full_grant, partner.granted))
    return min(found), max(found)
