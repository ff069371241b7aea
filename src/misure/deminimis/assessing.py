# SPDX-License-Identifier: Apache-2.0
"""Whether a new aid keeps within the ceilings, and what can be done where it does not.

By the letter, an aid that would exceed a ceiling is outside the regulation as a whole (art. 3(7)). Until it is granted,
though, the applicant may ask for less, or give up earlier aid: Court of Justice, C-608/19, INAIL v Zennaro.

>>> from misure.deminimis.aid import Aid
>>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register, 22 November 2026")
>>> found = assess(Aid("new", "alfa", "gen", "2026-11-22", "50000.01"), ledger)
>>> found.outcome, found.reducible_to, found.to_renounce
(<Verdict.APPLICANT_CHOICE: 'applicant_choice'>, Decimal('50000.00'), Decimal('0.01'))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from misure._reopen import by_public_name
from misure.deminimis.aid import Aid, Fault, kind_faults, shown_money
from misure.deminimis.answers import Headroom, Remark
from misure.deminimis.caps import CapState
from misure.deminimis.ledgers.ledger import Ledger
from misure.deminimis.measuring import Ends, Question, asked, ends
from misure.deminimis.options import DEFAULT, Options, choice_of, group_of
from misure.deminimis.plain_data import data_of
from misure.deminimis.remaining import answer
from misure.ground.arguments import shown
from misure.ground.dated import Cited, act_of, dated_table
from misure.ground.given import Money, cents, euros, refuse
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, worst
from misure.identifiers.aid_id import twin_of

__all__ = ["Assessment", "Policy", "Verdict", "assess"]


@by_public_name
class Policy(StrEnum):
    """What a measure does with an aid that would exceed a ceiling."""

    REJECT = "reject"
    REDUCE_TO_HEADROOM = "reduce_to_headroom"
    APPLICANT_CHOICE = "applicant_choice"


@by_public_name
class Verdict(StrEnum):
    """What becomes of the new aid."""

    FITS = "fits"
    EXCEEDS = "exceeds"
    """It would exceed a ceiling, and all of it is outside the regulation."""
    REDUCED = "reduced"
    APPLICANT_CHOICE = "applicant_choice"
    """It would exceed a ceiling: the applicant may ask for less, or give up earlier aid, until the grant."""
    UNKNOWN = "unknown"
    """Whether it fits cannot be told from what is known."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Assessment:
    """What becomes of a new aid under the ceilings of its day of granting. Amounts are euros."""

    outcome: Verdict
    aid: Aid
    policy: Policy
    """What was applied: after the grant there is nothing left to choose or to reduce."""
    granted: Decimal | Range | None
    """What can be granted; None while the applicant may still choose."""
    reducible_to: Decimal | Range | None
    """What the request could be reduced to; None: it need not or can no longer be, or the measure grants no so small aid."""
    to_renounce: Decimal | Range | None
    """How much earlier aid would have to be given up to be granted all; None: none, it is too late, or that is not enough."""
    exceeded: tuple[tuple[str, Decimal | Range | None], ...]
    """The limits that are or may be exceeded, each with by how much; None: without an upper end."""
    consequence: str | None
    """What the regulation says of an aid that exceeds a limit (`whole_new_aid_out`); None where it surely fits."""
    headroom: Headroom
    citations: tuple[Cited, ...]
    confidence: Confidence
    doubts: tuple[Remark, ...] = ()
    """What else makes the outcome uncertain, besides the doubts of the headroom."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, ready for JSON, as `Headroom.to_dict`."""
        return data_of(self)


def assess(
    aid: Aid, ledger: Ledger, undertaking: object = None, *, policy: Policy | str | None = None,
    minimum_after_reduction: Money | None = None, granted: bool = False, later: str | None = None,
    options: Options = DEFAULT,
) -> Assessment:  # fmt: skip
    """Hold a new aid against the ceilings of the day on which it is granted. Filling a ceiling to the cent is allowed.

    `undertaking` is the single undertaking, its beneficiary alone by default. `policy` is the measure's; by default the
    applicant chooses. Once the aid is `granted` its excess cannot be cured, whatever the policy: the aid may then stand in
    the ledger, and aid of later days is ignored. `minimum_after_reduction` is the least that the measure grants.

    Raises:
        BadFacts: Something given cannot be, or the aid has no exact day of granting; every fault is told.
        NotEncoded: The law of the day is not encoded.
    """
    faults: list[Fault] = []
    if type(aid) is not Aid:
        refuse("<new aid>", [("aid", f"expected an Aid; got {shown(aid)}")])
    exact = aid.first is not None and aid.first == aid.last
    if not exact:
        text = "the ceilings are those of the day of granting: tell the day, or the day it is planned for"
        faults.append((aid.id, text))
    chosen = choice_of("policy", Policy.APPLICANT_CHOICE if policy is None else policy, Policy, faults)
    faults += kind_faults("granted", granted, bool)
    minimum = _minimum(minimum_after_reduction, faults)
    wrong: list[Fault] = []
    group = group_of(aid.beneficiary if undertaking is None else undertaking, wrong)
    if not wrong and aid.beneficiary not in group.members:
        wrong.append(("undertaking", f"{shown(aid.beneficiary)}, to whom the aid goes, is no member of it"))
    before: object = ledger
    if isinstance(before, Ledger) and aid.id in before:
        if not granted:
            wrong.append((aid.id, "the ledger holds it already: take it out, or say granted=True"))
        elif before[aid.id] != aid:
            wrong.append((aid.id, f"the ledger holds another aid under this id: {before[aid.id]}"))
        else:
            before = before.without(aid.id)
    elif isinstance(before, Ledger) and (twin := twin_of(aid.id)) in before:
        wrong.append((aid.id, f"the ledger holds {shown(twin)}, which is the same COR, written otherwise"))
    ignoring = "ignore" if granted else "refuse"
    question = asked(
        before, group, aid.granted_on if exact else dt.date.min, aid.regulation, aid.activity,
        ignoring if later is None else later, options, (*faults, *wrong),
    )  # fmt: skip
    judged = _judged(aid, Policy.REJECT if granted else chosen, minimum, question, granted=granted)
    return _by_order(aid, question, judged) if granted and judged.outcome is Verdict.EXCEEDS else judged


def _by_order(aid: Aid, question: Question, judged: Assessment) -> Assessment:
    """An aid already granted that only others of its own day push over: it is out if they came before it, else not."""
    members = (*question.group.members, *question.group.possible)
    held = (other for name in members for other in question.ledger.of(name))
    same_day = tuple(other.id for other in held if other.first == other.last == aid.first)
    if not same_day:
        return judged
    alone = _judged(aid, judged.policy, 0, question._replace(ledger=question.ledger.without(*same_day)), granted=True)
    if alone.outcome is Verdict.EXCEEDS:
        return judged
    text = f"granted on the same day: the aid is out only if they came first, which the register's order tells ({', '.join(same_day)})"
    return replace(
        judged, outcome=Verdict.UNKNOWN, granted=Range(euros(0), alone.headroom.at_most if aid.most is None else euros(aid.most)),
        doubts=(Remark("same_day", aid.id, text),), confidence=Confidence.INFERRED,
    )  # fmt: skip


def _judged(aid: Aid, policy: Policy, minimum: int, question: Question, *, granted: bool) -> Assessment:
    measured = [each for each in ends(question) if each.limit.standing is not CapState.SET_ASIDE]
    found = answer(question)
    low = min(each.least for each in measured)
    high = min(each.greatest for each in measured if each.greatest is not None)
    if aid.most is not None and aid.most <= low:
        return Assessment(
            Verdict.FITS, aid, policy, shown_money(aid.least, aid.most), None, None, (), None, found, found.citations,
            found.confidence,
        )  # fmt: skip
    surely = aid.least > high
    # What a reduction would leave: no more than was asked, and nothing below the measure's minimum.
    most = high if aid.most is None else min(high, aid.most)
    reduced = (0 if low < minimum else min(low, aid.least), 0 if surely and high < minimum else most)
    can_reduce = reduced[1] > 0
    if not surely:
        outcome = Verdict.UNKNOWN
        grant: Decimal | Range | None = shown_money(reduced[0] if policy is Policy.REDUCE_TO_HEADROOM else 0, most)
    elif policy is Policy.APPLICANT_CHOICE:
        outcome, grant = Verdict.APPLICANT_CHOICE, None
    elif policy is Policy.REDUCE_TO_HEADROOM and reduced[0] == reduced[1] and can_reduce:
        outcome, grant = Verdict.REDUCED, shown_money(*reduced)
    elif policy is Policy.REDUCE_TO_HEADROOM and can_reduce:
        outcome, grant = (Verdict.REDUCED if reduced[0] else Verdict.UNKNOWN), shown_money(*reduced)
    else:
        outcome, grant = Verdict.EXCEEDS, shown_money(0, 0)
    rule = dated_table("ue/deminimis-breach").on(found.on.toordinal(), regulation=aid.regulation)
    cited = [rule.citation]
    if not granted:
        cited.append(Cited(act_of("cgue-c-608-19"), "", Confidence.SECONDARY))
    return Assessment(
        outcome, aid, policy, grant, shown_money(*reduced) if can_reduce and not granted else None,
        None if granted else _to_renounce(aid, measured), tuple(_exceeded(aid, measured)), rule.texts["consequence"], found,
        tuple(dict.fromkeys((*found.citations, *cited))), worst(found.confidence, *(each.confidence for each in cited)),
    )  # fmt: skip


def _excess(aid: Aid, each: Ends) -> tuple[int, int | None]:
    """By how much a limit is exceeded, at least and at most, with the whole new aid."""
    least = 0 if each.greatest is None else max(0, each.used_least + aid.least - each.limit.most)
    if aid.most is None or each.used_most is None or each.limit.standing is CapState.NOT_ENCODED:
        return least, None
    return least, max(0, each.used_most + aid.most - each.limit.least)


def _exceeded(aid: Aid, measured: Sequence[Ends]) -> list[tuple[str, Decimal | Range | None]]:
    excess = [(each.limit.name, *_excess(aid, each)) for each in measured]
    return [(name, None if most is None else shown_money(least, most)) for name, least, most in excess if most != 0]


def _to_renounce(aid: Aid, measured: Sequence[Ends]) -> Decimal | Range | None:
    excess = [_excess(aid, each) for each in measured]
    least, most = max(low for low, _ in excess), 0
    if any(aid.least > each.limit.most for each in measured if each.greatest is not None):
        return None
    for _, high in excess:
        if high is None:
            return None
        most = max(most, high)
    return shown_money(least, most)


def _minimum(given: object, faults: list[Fault]) -> int:
    if given is None:
        return 0
    try:
        return cents(given)
    except ValueError as problem:
        faults.append(("minimum_after_reduction", str(problem)))
        return 0
