# SPDX-License-Identifier: Apache-2.0
"""One doubtful reading at a time: exactly the answers that rest on it are as doubtful as it is, and no other."""

from __future__ import annotations

import pytest

from misure.deciding.decision import Decision
from tests.deciding.whole_measure import ON, RULES, VOCABULARY, facts


def confidences(decision: Decision) -> dict[str, str]:
    """How sure each answer is, and each step of an amount, by a name."""
    found = {finding.id: finding.confidence for finding in decision.findings}
    for line in decision.support:
        found[line.id] = line.confidence
        caps = 0
        for step in line.steps:
            found[f"{line.id}/{step.step}{caps if step.step == 'cap' else ''}"] = step.confidence
            caps += step.step == "cap"
    found |= {f"tranche {one.id}": one.confidence for one in decision.tranches}
    found |= {f"term {one.id}": one.confidence for one in decision.terms}
    found |= {f"duty {one.id}": one.confidence for one in decision.duties}
    found |= {f"tension {one.id}": one.confidence for one in decision.tensions}
    return {name: str(one) for name, one in found.items()}


MONEY = {"grant", "loan", "own_share", "grant/base", "grant/half_up", "loan/base", "loan/down", "loan/equivalent"}
GRANT_STEPS = {"grant/intensity", "grant/half_up"}
SURE = ', inferred: "lettura"}'
DOUBTS = {
    # what is written, what is written instead, the answers that are inferred then
    "a condition": ("holds: sound}", "holds: sound" + SURE, {"is_sound"}),
    "an exemption": ('text: "Esente"}', 'text: "Esente"' + SURE, {"is_sound"}),
    "a parameter behind a definition": ("most_hands: 50 firms", 'most_hands: {is: 50 firms, inferred: "x"}', {"few_hands"}),
    "a case": ("is: young_hands, provision: P.02}", 'is: young_hands, provision: P.02, inferred: "x"}', {"few_hands"}),
    "a definition": ('label: "limite"\n', 'label: "limite"\n        inferred: "x"\n', {"few_hands"}),
    "a definition of a day": ('label: "ultimo giorno"}', 'label: "ultimo giorno"' + SURE, {"in_time"}),
    "a length": ("length: 30 days", 'length: {is: 30 days, inferred: "x"}',
        {"in_time", "report", "term report", "duty check"}),
    "a regime": ("counting: it_civil", 'counting: {is: it_civil, inferred: "x"}', {"report", "term report"}),
    "a first day": ("between: [2022-03-01, 2022-03-31]}", 'between: [2022-03-01, 2022-03-31], inferred: "x"}',
        {"window", "term window"}),
    "a last day": ("closes: 2022-12-31", 'closes: {is: 2022-12-31, inferred: "x"}', {"window", "term window"}),
    "a window": ("stage: admission, effect: none}", 'stage: admission, effect: none, inferred: "x"}', {"window", "term window"}),
    "a deadline": ("peremptory: yes, when: young}", 'peremptory: yes, when: young, inferred: "x"}', {"report", "term report"}),
    "a duty": ("done: checked_on, regime: it_civil}", 'done: checked_on, regime: it_civil, inferred: "x"}', {"duty check"}),
    "a duty without a day": ('text: "Conservazione"}', 'text: "Conservazione"' + SURE, {"duty keep"}),
    "a duty that is done": ('text: "Risposta", done: asked_on}', 'text: "Risposta", done: asked_on' + SURE, {"duty answer"}),
    "a threshold": ('text: "Almeno {threshold}"}', 'text: "Almeno {threshold}"' + SURE, {"enough_points"}),
    "the value of a threshold": ("threshold: 50 points", 'threshold: {is: 50 points, inferred: "x"}', {"enough_points"}),
    "the score": ("  provision: P.13\n", '  provision: P.13\n  inferred: "x"\n', {"enough_points"}),
    "a line of spending": ('text: "Lavori"}', 'text: "Lavori"' + SURE, MONEY),
    "a share of spending": ("advice_share: 20%", 'advice_share: {is: 20%, inferred: "x"}', MONEY),
    "a flat rate": ("staff_share: 15%", 'staff_share: {is: 15%, inferred: "x"}', MONEY),
    "a unit cost": ("per_metre: 30.00 EUR", 'per_metre: {is: 30.00 EUR, inferred: "x"}', MONEY),
    "a line of support": ('text: "Contributo"}', 'text: "Contributo"' + SURE, {"grant", "own_share", "grant/cap0", "grant/cap1"}),
    "an intensity": ("half: 50%", 'half: {is: 50%, inferred: "x"}', {"grant", "own_share", *GRANT_STEPS}),
    "a maximum": ("grant_most: 2000.00 EUR", 'grant_most: {is: 2000.00 EUR, inferred: "x"}', {"grant", "own_share", "grant/cap0"}),
    "a cap": ('text: "Plafond"}', 'text: "Plafond"' + SURE, {"grant", "own_share", "grant/cap1"}),
    "an intensity worked out": ("loan_share: 40%", 'loan_share: {is: 40%, inferred: "x"}',
        {"loan", "own_share", "loan/intensity", "loan/down", "loan/equivalent"}),
    "an equivalent": ('text: "Equivalente"}', 'text: "Equivalente"' + SURE, {"loan/equivalent"}),
    "the other line of support": ('text: "Prestito"}', 'text: "Prestito"' + SURE, {"loan", "own_share", "loan/equivalent"}),
    "the own share": ('text: "Quota propria"}', 'text: "Quota propria"' + SURE, {"own_share"}),
    "a tranche": ('stated: first_stated, provision: P.19, text: "Prima",',
        'stated: first_stated, provision: P.19, text: "Prima", inferred: "x",', {"tranche first"}),
    "the share of a tranche": ("first_share: 70%", 'first_share: {is: 70%, inferred: "x"}', {"tranche first"}),
    "a stated amount": ("first_stated: 700.01 EUR", 'first_stated: {is: 700.01 EUR, inferred: "x"}', {"tranche first"}),
    "what makes a tranche due": ('text: "Finito"}', 'text: "Finito"' + SURE, {"tranche second"}),
    "the evidence for a tranche": ("provision: P.21}", 'provision: P.21, inferred: "x"}', {"tranche second"}),
    "the act of a tranche": ('cite: {act: due, at: "punto 1"}}', 'cite: {act: due, at: "punto 1"}' + SURE, {"tranche first"}),
    "a tension": ('text: "Non si accordano"}', 'text: "Non si accordano"' + SURE, {"tension clash"}),
}  # fmt: skip


@pytest.fixture
def measured(write):
    def written(old: str = "", new: str = "", rules: str = RULES):
        assert rules.count(old) == 1 or not old
        return write(rules.replace(old, new) if old else rules, vocabulary=VOCABULARY)

    return written


def test_where_everything_was_read_in_the_act_every_answer_is_official(measured) -> None:
    found = confidences(measured().decide(facts(), on=ON))
    assert set(found.values()) == {"official"}
    assert len(found) == 29


@pytest.mark.parametrize(("old", "new", "expected"), DOUBTS.values(), ids=list(DOUBTS))
def test_one_doubtful_reading_makes_the_answers_that_rest_on_it_doubtful(measured, old, new, expected) -> None:
    found = confidences(measured(old, new).decide(facts(), on=ON))
    assert {name for name, one in found.items() if one == "inferred"} == expected
    assert set(found.values()) == {"official", "inferred"}


def test_what_was_read_elsewhere_is_secondary_and_the_worst_of_two_is_told(measured) -> None:
    rules = RULES.replace("most_hands: 50 firms", "most_hands: {is: 50 firms, read_in: stampa}")
    found = confidences(measured("holds: sound}", "holds: sound, read_in: stampa}", rules).decide(facts(), on=ON))
    assert {name: one for name, one in found.items() if one != "official"} == {
        "is_sound": "secondary",
        "few_hands": "secondary",
    }


def test_a_secondary_source_beside_our_own_reading_leaves_our_own_reading(measured) -> None:
    rules = RULES.replace("most_hands: 50 firms", "most_hands: {is: 50 firms, read_in: stampa}")
    changed = 'holds: hands <= limit_of_hands, inferred: "lettura"}'
    decision = measured("holds: hands <= limit_of_hands}", changed, rules).decide(facts(), on=ON)
    assert decision["few_hands"].confidence == "inferred"
    assert decision.receipt["parameters"]["most_hands"]["confidence"] == "secondary"


@pytest.mark.parametrize(("young", "sure"), [(True, "inferred"), (None, "inferred"), (False, "official")])
def test_a_condition_that_blocks_counts_for_its_tranche_unless_it_is_not_asked(measured, young, sure) -> None:
    old = "effect: blocks, blocks: second}"
    told = facts(*(["young"] if young is None else []), young=young)
    decision = measured(old, old[:-1] + SURE).decide(told, on=ON)
    assert [str(one.confidence) for one in decision.tranches] == ["official", sure]
    assert decision["regular"].confidence == "inferred"


def test_a_what_if_is_assumed_wherever_it_is_read(measured) -> None:
    varied = measured().vary(length="31 days")
    found = confidences(varied.decide(facts(), on=ON))
    assert {name for name, one in found.items() if one == "assumed"} == {
        "in_time",
        "report",
        "term report",
        "duty check",
    }


# What a later edition did not say again

LATER = "editions: {2022-01-31: {act: uno, read: whole}, 2022-06-01: {act: uno, read: whole, restates: [RESTATED], others: inferred}}\n"


@pytest.mark.parametrize(
    ("restated", "certain"),
    [
        ("most_hands", set()),
        ("is_sound", set()),
        ("is_sound, small_exempt", {"is_sound"}),
        ("half", {"grant/intensity"}),
    ],
)
def test_what_a_later_edition_does_not_say_again_is_inferred(write, restated, certain) -> None:
    """Of a condition its exemption must be said again too."""
    measure = write(RULES, editions=LATER.replace("RESTATED", restated), vocabulary=VOCABULARY)
    before = confidences(measure.decide(facts(filed_on="2022-05-31", granted_on="2022-06-02"), on=ON))
    after = confidences(measure.decide(facts(filed_on="2022-06-01", granted_on="2022-06-02"), on=ON))
    assert set(before.values()) == {"official"}
    assert {name for name, one in after.items() if one == "official"} == {"tension clash", "grant/cap1"} | certain
