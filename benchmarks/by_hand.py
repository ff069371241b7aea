# SPDX-License-Identifier: Apache-2.0
"""The filiere call written by hand, as a careful developer would for one portal: no rules, no citations, only answers.

It is what the library is measured against, and a test holds that both answer alike. Points are in hundredths, days are
ordinals, None is not told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

YES, NO, UNKNOWN = 1, 0, 2
FIRST_EDITION = dt.date(2022, 1, 31).toordinal()
DURATION_SINCE = dt.date(2023, 12, 18).toordinal()
OPENED, OPENED_AT_LAST = dt.date(2022, 2, 24).toordinal(), dt.date(2022, 3, 31).toordinal()
CLOSINGS = [
    (dt.date(2025, 11, 24).toordinal(), dt.date(2027, 12, 31).toordinal()),
    (dt.date(2023, 12, 18).toordinal(), dt.date(2025, 12, 31).toordinal()),
    (dt.date(2022, 11, 30).toordinal(), dt.date(2023, 12, 31).toordinal()),
    (FIRST_EDITION, dt.date(2022, 12, 31).toordinal()),
]
LOWEST, HIGHEST, THRESHOLD = 0, 10_000, 6_500
MINIMUM_FIRMS, MOST_PARTNERS = 10, 500


@dataclass(slots=True)
class Partner:
    id: str
    kind: str | None
    seat_in_lombardy: bool | None
    signed: bool | None
    role_stated: bool | None
    commitments_stated: bool | None


@dataclass(slots=True)
class Proposal:
    filed_on: int
    evaluated_on: int | None
    capofila: str | None
    partners: list[Partner] | None
    partners_complete: bool
    common_objective: bool | None
    agreement_states_duration: bool | None
    strategy_from_swot: bool | None
    areas: tuple[bool | None, ...]
    innovation_elements: bool | None
    measurable_activities: bool | None
    chain_phases_involved: bool | None
    filed_on_webtelemaco: bool | None
    swot_adequate: bool | None
    scores: tuple[int | None, ...]
    total_score: int | None


@dataclass(slots=True)
class Answer:
    outcome: int
    findings: dict[str, int | None]
    """None does not apply."""
    score: tuple[int, int]


class Contradiction(ValueError):
    pass


def said(flag: bool | None) -> int:
    return UNKNOWN if flag is None else YES if flag else NO


def decide(proposal: Proposal) -> Answer:
    """Everything may be missing."""
    if proposal.evaluated_on and proposal.filed_on and proposal.evaluated_on < proposal.filed_on:
        raise Contradiction("assessed before it was filed")
    records = proposal.partners
    firms = possible = 0
    signed = roles = commitments = YES
    lead = NO
    capofila = proposal.capofila
    if records is None:
        more = MOST_PARTNERS
        records = []
    else:
        more = 0 if proposal.partners_complete else MOST_PARTNERS - len(records)
    for partner in records:
        kind, seat = partner.kind, partner.seat_in_lombardy
        if (kind == "impresa" or kind is None) and seat is not False:
            possible += 1
            if kind is not None and seat:
                firms += 1
        if partner.signed is not True and signed:
            signed = UNKNOWN if partner.signed is None else NO
        if partner.role_stated is not True and roles:
            roles = UNKNOWN if partner.role_stated is None else NO
        if partner.commitments_stated is not True and commitments:
            commitments = UNKNOWN if partner.commitments_stated is None else NO
        if partner.id == capofila:
            lead = YES
    if capofila is None and (records or more):
        lead = UNKNOWN
    if more:
        possible += more
        signed, roles, commitments = signed and UNKNOWN, roles and UNKNOWN, commitments and UNKNOWN
        lead = lead or UNKNOWN
    filed = proposal.filed_on
    if filed < FIRST_EDITION:
        raise LookupError("not encoded")
    closing = next(last for first, last in CLOSINGS if filed >= first)
    window = NO if filed > closing or filed < OPENED else YES if filed >= OPENED_AT_LAST else UNKNOWN
    least, greatest = score(proposal)
    areas = YES if True in proposal.areas else UNKNOWN if None in proposal.areas else NO
    findings = {
        "at_least_ten_firms": YES if firms >= MINIMUM_FIRMS else UNKNOWN if possible >= MINIMUM_FIRMS else NO,
        "agreement_signed": signed,
        "roles_in_agreement": roles,
        "commitments_in_agreement": commitments,
        "one_objective": said(proposal.common_objective),
        "duration_in_agreement": said(proposal.agreement_states_duration) if filed >= DURATION_SINCE else None,
        "capofila_is_partner": lead,
        "strategy_described": said(proposal.strategy_from_swot),
        "areas_chosen": areas,
        "innovation_shown": said(proposal.innovation_elements),
        "activities_described": said(proposal.measurable_activities),
        "chain_involved": said(proposal.chain_phases_involved),
        "right_channel": said(proposal.filed_on_webtelemaco),
        "application_window": window,
        "reaches_threshold": YES if least >= THRESHOLD else UNKNOWN if greatest >= THRESHOLD else NO,
    }
    truths = findings.values()
    outcome = NO if NO in truths else UNKNOWN if UNKNOWN in truths else YES
    findings["adequate_swot"] = said(proposal.swot_adequate)
    return Answer(outcome, findings, (least, greatest))


def score(proposal: Proposal) -> tuple[int, int]:
    """The total as declared, as its criteria add up, and within the scale."""
    least = greatest = 0
    for points in proposal.scores:
        if points is None:
            greatest += HIGHEST
        else:
            least += points
            greatest += points
    total = proposal.total_score
    if total is not None:
        if not least <= total <= greatest or total > HIGHEST:
            raise Contradiction("the total is not what its parts add up to")
        return total, total
    if least > HIGHEST:
        raise Contradiction("the parts pass the scale")
    return max(least, LOWEST), min(greatest, HIGHEST)


def proposal_of(dossier) -> Proposal:
    """The proposal that a checked dossier of the library tells of."""
    told = dict(zip((column.name for column in dossier.layout.inputs), dossier.values, strict=True))
    [(records, unseen)] = dossier.tables
    names = [column.name for column in dossier.layout.tables[0].columns]
    keep = Partner.__slots__
    partners = [Partner(**{name: row[names.index(name)] for name in keep}) for row in records]
    criteria = ("coherence", "innovativeness", "sustainability", "breadth", "representativeness", "swot")
    areas = ("sustainability", "innovation", "skills", "internationalisation", "credit")
    return Proposal(
        **{name: told[name] for name in Proposal.__slots__ if name in told},
        partners=None if unseen == MOST_PARTNERS else partners,
        partners_complete=not unseen,
        areas=tuple(told[f"area_{area}"] for area in areas),
        scores=tuple(told[f"score_{criterion}"] for criterion in criteria),
    )
