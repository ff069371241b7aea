# SPDX-License-Identifier: Apache-2.0
"""Measures, decisions, findings, selections and placements as values: equal, hashed, copied, pickled, never changed."""

import copy
import datetime as dt
import pickle

import pytest

import misure
from misure import Application
from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.deciding.opening import open_measure, reopen
from tests.selecting.chosen_measure import ON, WAITING, application, three

FILIERE = misure.catalogue()["lombardia/filiere"]
DAY = dt.date(2022, 7, 15)


def again(value):
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes


# Decisions


def test_a_decision_is_equal_to_one_of_the_same_facts_on_the_same_day_under_the_same_law() -> None:
    one = FILIERE.decide({"total_score": "65"}, on=DAY)
    assert one == FILIERE.decide({"total_score": "65.00"}, on=DAY)
    for other in (
        FILIERE.decide({"total_score": "66"}, on=DAY), FILIERE.decide({"total_score": "65"}, on=dt.date(2022, 7, 16)),
        FILIERE.vary(threshold="50 points").decide({"total_score": "65"}, on=DAY), "eligible", None,
    ):  # fmt: skip
        assert one != other
    assert one.__eq__(3) is NotImplemented
    assert hash(one) == hash(FILIERE.decide({"total_score": "65.00"}, on=DAY))


def test_a_decision_that_was_pickled_or_copied_says_the_same() -> None:
    one = FILIERE.decide({"total_score": "65"}, on=DAY)
    for other in (again(one), copy.copy(one), copy.deepcopy(one)):
        assert other == one
        assert other.to_dict() == one.to_dict()
    finding = one["reaches_threshold"]
    for same in (again(finding), copy.copy(finding)):
        assert (same, same.truth, same.to_dict()) == (finding, "yes", finding.to_dict())


def test_a_finding_is_equal_to_the_same_one_of_an_equal_decision() -> None:
    one, other = (FILIERE.decide({"total_score": points}, on=DAY) for points in ("65", "64"))
    assert one["reaches_threshold"] == FILIERE.decide({"total_score": "65"}, on=DAY)["reaches_threshold"]
    assert one["reaches_threshold"] != other["reaches_threshold"]
    assert one["reaches_threshold"] != one["at_least_ten_firms"]
    assert one["reaches_threshold"].__eq__("yes") is NotImplemented
    assert len({one["reaches_threshold"], one["at_least_ten_firms"], other["reaches_threshold"]}) == 3
    assert (one["reaches_threshold"].text, one["reaches_threshold"].rule.id) == (
        "Punteggio di almeno {threshold}", "reaches_threshold",
    )  # fmt: skip


def test_what_decisions_and_findings_show_of_themselves() -> None:
    one = FILIERE.decide({"total_score": "65"}, on=DAY)
    assert repr(one) == "Decision(lombardia/filiere on 2022-07-15: undecided)"
    assert repr(one["reaches_threshold"]) == "Finding(reaches_threshold: yes)"
    assert repr(FILIERE) == "Measure(lombardia/filiere)"
    assert repr(FILIERE.vary(threshold="50 points")) == "Measure(lombardia/filiere with {'threshold': '50 points'})"


def test_letters_with_accents_stay_as_they_are_in_json() -> None:
    judged = {"value": True, "by": "Nucleo, però", "why": "è così"}
    decision = FILIERE.decide({"common_objective": judged}, on=DAY)
    assert '"è così"' in decision.to_json()
    assert "\n" not in decision.to_json()
    assert decision.to_json(indent=1).startswith('{\n "format": 2,\n')
    assert decision.to_json(indent=1, format=1).startswith('{\n "format": 1,\n')
    assert decision.model_dump_json() == decision.to_json()


def test_a_condition_that_has_no_near_name_is_told_without_one() -> None:
    with pytest.raises(KeyError) as caught:
        FILIERE.decide({}, on=DAY)["zzzz"]
    assert caught.value.args == ("no condition is called 'zzzz'",)
    with pytest.raises(KeyError) as caught:
        FILIERE.decide({}, on=DAY)["reaches_treshold"]
    assert caught.value.args == ("no condition is called 'reaches_treshold'; did you mean 'reaches_threshold'?",)


def test_what_is_missing_behind_an_output_is_told_by_its_name() -> None:
    missing = compiled(FILIERE.decide({}, on=DAY)).missing_behind("condition.at_least_ten_firms")
    assert [(one.name, str(one.kind)) for one in missing] == [("partners", "missing")]
    assert missing[0].to_dict() == {"name": "partners", "kind": "missing", "records": [], "decides": [], "wanted": []}


def test_nothing_of_a_decision_a_finding_or_a_measure_can_be_set_or_taken_away(measure) -> None:
    decision = FILIERE.decide({}, on=DAY)
    selection = measure("stops").select(three(), on=ON)
    things = {
        "a decision": (decision, "outcome"), "a finding": (decision.findings[0], "truth"), "a measure": (FILIERE, "rulebook"),
        "a selection": (selection, "on"), "a placement": (selection["a"], "amount"),
    }  # fmt: skip
    for name, (thing, attribute) in things.items():
        with pytest.raises(AttributeError, match=f"^{name} never changes: '{attribute}' cannot be set"):
            setattr(thing, attribute, None)
        with pytest.raises(AttributeError, match=f"^{name} never changes: '{attribute}' cannot be taken away$"):
            delattr(thing, attribute)


def test_a_decision_in_a_model_is_a_decision() -> None:
    import pydantic

    class Answer(pydantic.BaseModel):
        decision: Decision

    with pytest.raises(pydantic.ValidationError, match="Input should be an instance of Decision"):
        Answer(decision={"outcome": "eligible"})


# Measures


def test_a_measure_is_equal_to_one_of_the_same_rules_and_the_same_what_if() -> None:
    varied = FILIERE.vary(threshold="50 points", minimum_firms="8 firms")
    assert varied == FILIERE.vary(minimum_firms="8 firms").vary(threshold="50 points")
    assert hash(varied) == hash(FILIERE.vary(minimum_firms="8 firms").vary(threshold="50 points"))
    assert varied != FILIERE
    assert FILIERE.vary(threshold="50 points") != FILIERE.vary(threshold="51 points")
    assert misure.catalogue()["lombardia/verso-nuovi-mercati"] != FILIERE
    assert FILIERE.__eq__("lombardia/filiere") is NotImplemented
    assert dict(varied.varied) == {"threshold": "50 points", "minimum_firms": "8 firms"}
    assert dict(FILIERE.varied) == {}
    assert FILIERE.vary() == FILIERE


def test_a_measure_that_was_pickled_is_read_again() -> None:
    varied = FILIERE.vary(threshold="50 points")
    for measure in (FILIERE, varied):
        assert again(measure) == measure
        assert dict(again(measure).varied) == dict(measure.varied)
    assert again(varied).decide({"total_score": "50"}, on=DAY)["reaches_threshold"].truth == "yes"


def test_a_measure_is_not_opened_again_where_its_rules_have_changed() -> None:
    root = FILIERE.rulebook.root
    assert reopen(root, FILIERE.id, FILIERE.rulebook.rules_hash, {}) == FILIERE
    with pytest.raises(misure.BadRules) as caught:
        reopen(root, FILIERE.id, "0", {})
    (fault,) = caught.value.faults
    assert (fault.subject, str(fault.place)) == (FILIERE.id, root)
    assert fault.message == (
        f"pickled with rules 0; the rules here are {FILIERE.rulebook.rules_hash}: make the pickle again from these rules"
    )
    assert open_measure(root, FILIERE.id) is open_measure(root, FILIERE.id)


def test_the_names_of_a_measure() -> None:
    assert (FILIERE.id, FILIERE.title.startswith("Manifestazione"), FILIERE.refuses) == (
        "lombardia/filiere",
        True,
        True,
    )
    assert FILIERE.editions[0].day == compiled(FILIERE).periods[0] == dt.date(2022, 1, 31)
    assert FILIERE.parameters["minimum_firms"].name == "minimum_firms"
    assert not misure.catalogue()["lombardia/piano-export-2025"].refuses
    assert FILIERE.facts_schema()["title"] == FILIERE.title


@pytest.mark.parametrize(
    ("on", "encoded"),
    [("2022-01-30", False), ("2022-01-31", True), ("2090-12-31", True), ("2091-01-01", False)],
)
def test_a_question_is_put_between_the_first_edition_and_the_end_of_the_calendar(on, encoded) -> None:
    day = dt.date.fromisoformat(on)
    if encoded:
        compiled(FILIERE).check_question(day)
        assert FILIERE.decide({}, on=day).on == day
        return
    for ask in (compiled(FILIERE).check_question, lambda day: FILIERE.decide({}, on=day)):
        with pytest.raises(misure.NotEncoded) as caught:
            ask(day)
        error = caught.value
        assert (error.measure, error.asked, error.first, error.last) == (
            FILIERE.id, day, dt.date(2022, 1, 31), dt.date(2090, 12, 31),
        )  # fmt: skip


def test_the_law_of_a_day_before_the_first_edition_is_not_encoded() -> None:
    with pytest.raises(misure.NotEncoded) as caught:
        compiled(FILIERE).period(dt.date(2022, 1, 30))
    assert (caught.value.asked, caught.value.first) == (dt.date(2022, 1, 30), dt.date(2022, 1, 31))
    first, second = compiled(FILIERE).periods[:2]
    assert compiled(FILIERE).period(first) is compiled(FILIERE).period(second - dt.timedelta(1))
    assert compiled(FILIERE).period(first) is not compiled(FILIERE).period(second)
    assert compiled(FILIERE).period(second).law.day == second


# Selections


def test_a_selection_is_equal_to_one_of_the_same_applications_in_any_order(measure) -> None:
    one = measure("stops", more=WAITING)
    selection = one.select(three(), on=ON, approved_on=dt.date(2024, 5, 1))
    same = one.select(list(reversed(three())), on=ON, approved_on=dt.date(2024, 5, 1))
    assert (selection, hash(selection)) == (same, hash(same))
    gone = selection.withdraw("a", on=ON)
    others = [
        one.select(three(), on=ON), one.select(three(), on=dt.date(2024, 6, 2), approved_on=dt.date(2024, 5, 1)),
        one.select(three(), on=ON, approved_on=dt.date(2024, 5, 2)), gone, selection.withdraw("b", on=ON),
        one.select(three()[:2], on=ON, approved_on=dt.date(2024, 5, 1)),
        one.select([*three()[:2], application("c", 71)], on=ON, approved_on=dt.date(2024, 5, 1)),
        one.select([*three()[:2], application("d", 70, firm="01234560157")], on=ON, approved_on=dt.date(2024, 5, 1)),
        one.select([*three()[:2], application("c", 70, at="09:00:01")], on=ON, approved_on=dt.date(2024, 5, 1)),
        one.vary(budget="12001 EUR").select(three(), on=ON, approved_on=dt.date(2024, 5, 1)),
    ]  # fmt: skip
    for other in others:
        assert other != selection
    assert selection.__eq__("funded") is NotImplemented
    assert again(gone) == gone
    assert again(gone).to_json() == gone.to_json()
    assert copy.copy(gone) == gone


def test_a_selection_shows_what_it_is_of(measure) -> None:
    selection = measure("stops").select(three(), on=ON)
    assert repr(selection) == "Selection(prova/breve on 2024-06-01: 3 applications, 10000.00 awarded)"
    assert repr(selection["c"]) == "Placement('c': not_funded, 0.00)"
    assert (len(selection), selection.measure.id, selection.on) == (3, "prova/breve", ON)


def test_an_application_that_is_not_there_names_the_nearest(measure) -> None:
    selection = measure("stops").select([Application("domanda-1", {})], on=ON)
    with pytest.raises(
        misure.NoSuchApplication, match="no application is called 'domanda-2'; did you mean 'domanda-1'"
    ):
        selection["domanda-2"]
    assert selection["domanda-1"].id == "domanda-1"


def test_a_placement_is_equal_to_one_that_says_the_same(measure) -> None:
    one = measure("stops")
    placement = one.select(three(), on=ON)["a"]
    assert (placement, hash(placement)) == (one.select(three(), on=ON)["a"], hash(one.select(three(), on=ON)["a"]))
    assert placement == one.select(three()[:2], on=ON)["a"]
    assert placement != one.select(three(), on=ON)["b"]
    assert placement != one.vary(half="40%").select(three(), on=ON)["a"]
    assert placement.__eq__("a") is NotImplemented
    assert one.select(three(), on=ON)["b"] not in one.select(three()[:1], on=ON)
    assert (again(placement), copy.deepcopy(placement)) == (placement, placement)
    assert placement.decision == one.decide(three()[0].facts | {"filed_on": "2024-02-01"}, on=ON)
