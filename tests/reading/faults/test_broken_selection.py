# SPDX-License-Identifier: Apache-2.0
"""Each line breaks the selection of a sound measure; what is told, and where."""

import pytest

import misure
from tests.deciding.written_measures import write
from tests.selecting.chosen_measure import measure

__all__ = ["measure", "write"]

SOUND = """\
      pays: [grant]
      order: {by: [highest points_given], text: "Per punteggio"}
      tie_break: [earliest filed_at, latest filed_on]
      last_award: {is: stops, inferred: "lettura"}
      windows:
        prima: {from: first_day, until: last_day, text: "Prima"}
      envelopes:
        uno: {amount: budget, for: "place == 'mi'", window: prima, rolls_to: due, text: "Uno"}
        due: {amount: second_budget, text: "Due"}
      waiting_list: {life: life, text: "Attesa"}
      unique:
        one_each: {key: firm, within: window, survivor: first_filed, among: admitted, text: "Una"}
"""
BROKEN = [
    ("pays: [grant]", "pays: [grnt]", "grnt: no line of support is called 'grnt'; did you mean 'grant'?"),
    ("highest points_given", "highst points_given", "a key of the order is a word (highest, lowest, earliest, latest) and a name; did you mean 'highest points_given'?"),
    ("highest points_given", "points_given", "and a name; did you mean 'highest points_given'?"),
    ("highest points_given", "highest point_given", "nothing is called 'point_given'; did you mean 'points_given'?"),
    ("highest points_given", "earliest points_given", "points_given: 'earliest' goes with a day"),
    ("highest points_given", "highest filed_on", "filed_on: 'highest' goes with a number"),
    ("earliest filed_at", "highest filed_at", "an instant is the earliest or the latest"),
    ("highest points_given", "highest score", "score: the measure has no score; name the fact that the panel gives"),
    ('{by: [highest points_given], text: "Per punteggio"}', '{text: "Per punteggio"}', "selection: 'order' says by what, or why it is unknown"),
    ('{is: stops, inferred: "lettura"}', "stop", "'stop' cannot stand here; it is in_full, in_part, stops or skips"),
    ('{is: stops, inferred: "lettura"}', '{is: stops, unknown: "x"}', "selection: 'last_award' says what it 'is', or why it is 'unknown'"),
    ("from: first_day", "from: budget", "prima: the parameter 'budget' is not a date"),
    ("amount: budget", "amount: half", "uno: the parameter 'half' is not a number of EUR"),
    ("for: \"place == 'mi'\"", "for: costs", "a condition is a yes or no"),
    ("amount: budget", "cite: {act: unno}, amount: budget", "no act is called 'unno'; did you mean 'uno'?"),
    ("window: prima", "window: primo", "uno: no window is called 'primo'; did you mean 'prima'?"),
    ("rolls_to: due", "rolls_to: uno", "uno: no other envelope is called 'uno'"),
    ("due: {amount: second_budget,", "due: {amount: second_budget, rolls_to: uno,", "uno: uno -> due -> uno go round in a ring (rolls_to)"),
    ("{life: life,", "{life: budget,", "waiting_list: the parameter 'budget' is not a number of days"),
    ("key: firm", "key: costs", "one_each: 'costs' is no identifier, so it says who is who in one application alone; identifiers are codice_fiscale, firm, deminimis_aids.cor, deminimis_aids.beneficiary, control_relations.controller, control_relations.controlled, firm_costs.codice_fiscale, partners.codice_fiscale"),
    ("key: firm", "key: partnrs.id", "one_each: no table is called 'partnrs'; did you mean 'partners'?"),
    ("key: firm", "key: partners.idd", "one_each: the table 'partners' has no field called 'idd'"),
    ("survivor: first_filed", "survivor: first", "'first' cannot stand here"),
    ("kind: ranking", "kind: list", "selection: a list has no 'envelopes'"),
    ("      waiting_list:", "      intake: {percent: beyond, text: x}\n      waiting_list:", "selection: an intake limit belongs to a counter"),
    ("pays: [grant]", "pais: [grant]", "unknown key 'pais'; did you mean 'pays'?"),
]  # fmt: skip


def test_the_sound_one_is_sound(measure):
    rule = measure(shape=SOUND).rulebook.selection
    assert [envelope.id for envelope in rule.envelopes] == ["uno", "due"]
    assert [(key.word, key.name) for key in rule.keys] == [
        ("highest", "points_given"), ("earliest", "filed_at"), ("latest", "filed_on"),
    ]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN, ids=[new for _, new, _ in BROKEN])
def test_a_broken_selection_is_told_with_its_place(measure, old, new, message):
    kind = new.removeprefix("kind: ") if old.startswith("kind") else "ranking"
    assert old in SOUND or old.startswith("kind")
    with pytest.raises(misure.BadRules) as caught:
        measure(shape=SOUND.replace(old, new), kind=kind)
    told = [str(fault) for fault in caught.value.faults]
    assert any(message in line for line in told), told
    assert all(fault.place.line > 0 for fault in caught.value.faults)
