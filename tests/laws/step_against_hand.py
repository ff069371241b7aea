# SPDX-License-Identifier: Apache-2.0
"""A decision of Tecnologie Strategiche held to its reference by hand: outcome, findings, score, spend, days, amounts, what is given back."""

from __future__ import annotations

from collections import Counter

from benchmarks.by_hand import NO, UNKNOWN, YES
from benchmarks.step_by_hand import admission, award, following, payments
from benchmarks.step_by_hand.project import Project, project_of
from benchmarks.step_by_hand.scoring import LEAST
from benchmarks.step_by_hand.spending import reported_in_all

from misure import Decision, Outcome
from misure.deciding.machinery import compiled
from tests.laws.money_by_hand import cents, days
from tests.laws.readings import ends

WORDS = {True: "yes", False: "no", None: "unknown"}
TRUTHS = {YES: True, NO: False, UNKNOWN: None}
OUTCOMES = {NO: Outcome.REFUSED, UNKNOWN: Outcome.UNDECIDED}
UNASKED = {"not_applicable", "pending"}
TOLD_BY_AMOUNTS = {"nothing_overpaid"}
"""What is so follows from what is given back, which is held by itself."""


def held(decision: Decision, met: Counter[str]) -> None:
    """Both say the same of it; what was met is counted."""
    project, on = project_of(compiled(decision).dossier), decision.on.toordinal()
    answer = admission.decide(project, on)
    assert decision.outcome is OUTCOMES.get(answer.outcome, Outcome.NO_KNOWN_OBSTACLE)
    met[decision.outcome] += 1
    found = ends(compiled(decision).period.partial_detail, compiled(decision).dossier)
    assert found["score.total"] == (answer.score,) * 2
    if answer.score >= LEAST:
        assert found["score.final"] == (answer.score + answer.extra,) * 2
    assert found["spending.planned.total"] == (answer.award.spend,) * 2
    mine = {name: None if truth is None else WORDS[TRUTHS[truth]] for name, truth in answer.findings.items()}
    final = award.settled(project) if project.final_validated_on else None
    terms, after = following.following(project, final, on)
    mine |= {name: WORDS[truth] for name, truth in after.items()}
    told = {finding.id: str(finding.truth) for finding in decision.findings if finding.id not in TOLD_BY_AMOUNTS}
    if project.granted_on:
        met["granted"] += 1
        assert found["spending.reported.total"] == reported_in_all(project)
        assert told.keys() >= mine.keys()
    else:
        told = {name: told[name] for name in mine}
    asked = {name: truth for name, truth in told.items() if truth not in UNASKED}
    assert asked == {name: truth for name, truth in mine.items() if truth is not None}
    _days_agree(decision, terms, on)
    lapses = following.lapses_of(after, terms, on)
    tranches = payments.tranches_of(project, final, terms, lapses, TRUTHS[answer.outcome], on)
    if project.granted_on:
        assert {one.id: (str(one.due), str(one.payable)) for one in decision.tranches} == {
            name: (WORDS[one.due], WORDS[one.payable]) for name, one in tranches.items()
        }
    if decision.outcome is Outcome.REFUSED:
        assert decision.support == decision.lapses == decision.recovery == ()
        return
    assert {one.id: str(one.truth) for one in decision.lapses} == {name: WORDS[one] for name, one in lapses.items()}
    met["lapsed"] += bool(lapses)
    if project.granted_on and sum(one.granted for one in project.step_partners) > award.MOST_GIVEN:
        # No decree of this call gives more than the most for all, and of one that does the text says nothing.
        return
    _amounts_agree(decision, project, answer.award, final, tranches, met)


def _days_agree(decision: Decision, terms: dict, on: int) -> None:
    told = {one.id: one for one in decision.terms}
    assert {name: (days(told[name].day), str(told[name].state)) for name in terms} == {
        name: (term.days, term.state(on)) for name, term in terms.items()
    }


def _amounts_agree(
    decision: Decision,
    project: Project,
    given: award.Award,
    final: award.Settled | None,
    tranches: dict[str, payments.Tranche],
    met: Counter[str],
) -> None:
    # The most for all had cut what was given, and something is left out at the end: in proportion by the text. Products of three
    # amounts are more than a rule can say: it takes away all that was cut, which is never more than the hand, and may be less.
    cut = final is not None and any(one.full_grant > one.granted and not one.lapsed for one in project.step_partners)
    left, parts = payments.left_of(given, final)
    (grant,) = (line for line in decision.support if line.id == "grant")
    (own,) = (line for line in decision.support if line.id == "own_share")
    pairs = [(cents(grant.amount), left), (cents(own.amount), (given.spend - left[1], given.spend - left[0]))]
    assert {part.record for part in grant.parts} == parts.keys()
    # Of a whole that is open the library divides the ends, and does not see that each part is what each is left.
    for part in grant.parts:
        (least, most), (low, high) = cents(part.amount), parts[part.record]
        assert (least, most) == (low, high) or (left[0] < left[1] and least <= low and high <= most), part
    for one in decision.tranches:
        # What is not due may still become another amount.
        if tranches[one.id].due is not False:
            pairs.append((cents(one.amount), tranches[one.id].amount))
            (kept_back,) = one.withheld
            pairs.append((cents(kept_back.amount), tranches[one.id].withheld))
            met[one.id] += tranches[one.id].amount[1] > 0
            met["withheld"] += tranches[one.id].withheld[1] > 0
    mine = payments.given_back(project, final)
    theirs = {one.id: cents(one.amount) for one in decision.recovery}
    pairs += [(theirs.get(name, (0, 0)), mine.get(name, (0, 0))) for name in theirs.keys() | mine.keys()]
    for found, expected in pairs:
        assert found == expected or (cut and found[0] <= expected[0] and expected[1] <= found[1]), (found, expected)
    met["settled"] += final is not None
    met["cut"] += cut
    met["divided"] += any(low < high for low, high in parts.values())
    met["open"] += left[0] < left[1]
    met["given back"] += any(high > 0 for _, high in mine.values())
