# SPDX-License-Identifier: Apache-2.0
"""What a partnership is given, and what is left of it at the end (B.1.b, B.1.c, C.4.b, C.4.d).

Amounts have two ends, both included; where the text gives one answer they are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from benchmarks.step_by_hand.project import Partner, Project
from benchmarks.step_by_hand.spending import FLAT_RATE, planned_by, planned_in_all
from benchmarks.verso_money.days import Span

MOST_GIVEN = 800_000_000
"""B.1.b c. 3, p. 11: eight million euro for the partnership."""
INDUSTRIAL = {"micro": 80, "small": 80, "medium": 75, "large": 65}
EXPERIMENTAL = {"micro": 60, "small": 60, "medium": 50, "large": 40}
"""B.1.b c. 1 and 2, p. 11. D.11 c. 1 m): a micro-firm is an SME, and the table knows small ones alone."""
INDUSTRIAL_ALONE = {"micro": (65, 70), "small": (65, 70), "medium": (60,), "large": (50,)}
EXPERIMENTAL_ALONE = {"micro": 45, "small": 45, "medium": 35, "large": 25}
"""B.1.b c. 4, p. 12: without the 15 for collaboration. Of a small firm's industrial research 50 and 20 are left, and 65 where the 15 are
taken from the 80 to which the three were cut (c. 2, p. 11)."""
INDUSTRIAL_SHARE, PARTNER_SHARE, LEAST_DONE = 30, 70, 60


def percent(amount: int, rate: int) -> int:
    """C.4.a c. 1 d), pp. 28-29: "up to" so much, and nothing is rounded above it."""
    return amount * rate // 100


def rated(size: str, industrial: Fraction, experimental: Fraction) -> Fraction:
    """What the intensities give on such a spend, not rounded."""
    return (industrial * INDUSTRIAL[size] + experimental * EXPERIMENTAL[size]) / 100


def rated_alone(size: str, industrial: Fraction, experimental: Fraction) -> list[Fraction]:
    """The same without the 15 for collaboration, in every reading."""
    return [(industrial * rate + experimental * EXPERIMENTAL_ALONE[size]) / 100 for rate in INDUSTRIAL_ALONE[size]]


def with_other_aid(partner: Partner, most: Fraction, spend: Fraction) -> int:
    """B.1.c c. 2, p. 12: what the intensities give, less other aid on the same spend; general measures count up to all of it alone.

    B.1.b c. 1, p. 11: intensities are the most that there is, so that nothing is rounded above them; of where it is rounded the text
    says nothing: once for each partner.
    """
    return max(0, floor(min(most, spend - partner.general_benefits) - partner.other_aid))


def planned_grant(partner: Partner) -> int:
    """A.3.a c. 4, p. 8: by the size on the day of the decree, and until then the one that was told."""
    direct, rate = planned_by(partner), Fraction(100 + FLAT_RATE, 100)
    most = rated(partner.size, direct.industrial * rate, direct.experimental * rate)
    return with_other_aid(partner, most, direct.total * rate)


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
        return Award(planned_in_all(project), (total, total), parts)
    wholes = {partner.id: planned_grant(partner) for partner in partners}
    total = min(sum(wholes.values()), MOST_GIVEN)
    return Award(planned_in_all(project), (total, total), divided(wholes, MOST_GIVEN))


def given_to(partner: Partner) -> int:
    """D.2.a c. 9 and D.2.b c. 2: who has lapsed keeps nothing but what was kept for it."""
    return min(partner.kept, partner.granted) if partner.lapsed else partner.granted


@dataclass(slots=True)
class Settled:
    """What the final check makes of it."""

    enough: bool | None
    together: bool | None
    """Whether the 15 points stay: None where it depends on what 70% is counted on."""
    research_within: bool | None
    parts: dict[str, Span]


def added(spans: Iterable[Span]) -> Span:
    found = list(spans)
    return sum(low for low, _ in found), sum(high for _, high in found)


def same(readings: Iterable[bool]) -> bool | None:
    """What all readings say, None where they differ."""
    found = set(readings)
    return found.pop() if len(found) == 1 else None


def admitted_in_all(project: Project) -> set[int]:
    """What the decree admitted, and after a variation what that left: C.4.b c. 9 c), p. 32 ("also after a variation"), C.4.d c. 2,
    p. 36, and D.1.a c. 1 k), p. 37 ("and of variations if any"), bear both."""
    found = {sum(partner.admitted for partner in project.step_partners)}
    return found | {project.varied_spend} if project.variation_authorised_on else found


def validated_by(partner: Partner) -> int:
    return partner.validated_industrial + partner.validated_experimental


def still_together(project: Project) -> bool | None:
    """B.1.b c. 4, p. 12, C.4.b c. 9 c) ii and C.4.d c. 3 ii, p. 36: nobody bears more than 70%, and they worked together.

    Of "the whole of the spend admitted and approved": of what the decree admitted, or of what was validated.
    """
    if not project.collaboration_kept:
        return False
    validated = [validated_by(partner) for partner in project.step_partners]
    bases = sum(validated), sum(partner.admitted for partner in project.step_partners)
    return same(max(validated, default=0) * 100 <= base * PARTNER_SHARE for base in bases)


def research_within(partners: list[Partner]) -> bool | None:
    """C.4.b c. 9 c) i, p. 32: 30% of what the decree admitted of each partner, or of what was validated."""
    of_validated = all(p.validated_industrial * 100 <= validated_by(p) * INDUSTRIAL_SHARE for p in partners)
    return same([of_validated, all(p.validated_industrial * 100 <= p.admitted * INDUSTRIAL_SHARE for p in partners)])


def research_left(partner: Partner) -> list[Fraction]:
    """C.4.b c. 9 c) i, p. 32, and C.4.d c. 3 i, p. 36: industrial research above 30% "of the spend admitted and approved" of the
    partner is cut to it: 30% of what was admitted, of what was validated, or of what is left once it is cut."""
    bounds = (
        Fraction(partner.admitted * INDUSTRIAL_SHARE, 100),
        Fraction(validated_by(partner) * INDUSTRIAL_SHARE, 100),
        Fraction(partner.validated_experimental * INDUSTRIAL_SHARE, 100 - INDUSTRIAL_SHARE),
    )
    return [min(Fraction(partner.validated_industrial), bound) for bound in bounds]


def settled(project: Project) -> Settled:
    """C.4.d c. 3, p. 36, with C.4.b c. 10, p. 32: by what was validated and the intensities, and no more than was granted."""
    partners = project.step_partners
    validated = sum(map(validated_by, partners))
    enough = same(validated * 100 >= base * LEAST_DONE for base in admitted_in_all(project))
    together = still_together(project)
    parts = {partner.id: left_to(partner, together) for partner in partners}
    return Settled(enough, together, research_within(partners), parts)


def left_to(partner: Partner, together: bool | None) -> Span:
    """What the final check leaves to a partner.

    Where eight million cut what all were given (the whole would have been more), the text reduces the contribution "in proportion"
    and "in coherence with" the intensities: by both from what was given, or by the intensities up to what was given.
    """
    if partner.lapsed:
        return (given_to(partner),) * 2
    found = []
    experimental = Fraction(partner.validated_experimental)
    for industrial in research_left(partner):
        spend = partner.size_at_grant, industrial, experimental
        readings = [rated(*spend)] if together is not False else []
        for most in readings + (rated_alone(*spend) if together is not True else []):
            by_spend = with_other_aid(partner, most, Fraction(validated_by(partner)))
            found.append(min(by_spend, partner.granted))
            if partner.full_grant > partner.granted:
                found.append(min(by_spend * partner.granted // partner.full_grant, partner.granted))
    return min(found), max(found)
