# SPDX-License-Identifier: Apache-2.0
"""What is handed to a public function and is not what it takes is told in plain words, before anything is drawn."""

import datetime as dt
import inspect

import pytest
from hypothesis import strategies as st

import misure
from misure import testing
from misure.testing.conformance.own import PythonEngine
from misure.testing.worked_cases import cases_of_measure, run_case
from tests.testing.examples import DAYS, EXPORT, FILIERE

ON = DAYS[EXPORT.id]
NEEDED = {
    "assert_monotone": {"fact": "panel_score"},
    "assert_no_cliff": {"fact": "panel_score", "gives": "services", "at_most": "6000"},
    "assert_same_as": {"oracle": lambda facts, on: None},  # noqa: ARG005 - the names are what is asked
    "completions": {"facts": {}},
    "population": {"n": 1, "seed": 1},
}
"""What a function needs beside the measure and the day."""
FUNCTIONS = {name: getattr(testing, name) for name in testing.__all__ if not name[0].isupper()}
TAKEN = {name: inspect.signature(function).parameters for name, function in FUNCTIONS.items()}


def called(name, **given):
    """Call a public function with a right measure and day, but for what is given; a strategy is not drawn from."""
    right = {"measure": EXPORT, "on": ON, **NEEDED.get(name, {})}
    return FUNCTIONS[name](**{key: value for key, value in (right | given).items() if key in TAKEN[name]})


def functions_with(parameter):
    return [name for name, taken in TAKEN.items() if parameter in taken]


@pytest.mark.parametrize(
    "measure", ["lombardia/filiere", None, {}, 5, misure.Measure, EXPORT.rulebook], ids=lambda value: repr(value)[:24]
)
@pytest.mark.parametrize("name", functions_with("measure"))
def test_what_is_no_measure(name, measure):
    with pytest.raises(TypeError, match=r"^expected a measure, such as misure\.catalogue\(\)\['lombardia/"):
        called(name, measure=measure)


@pytest.mark.parametrize("on", ["2026-09-11", None, 20260911, dt.datetime(2026, 9, 11, tzinfo=dt.UTC)], ids=repr)
@pytest.mark.parametrize("name", functions_with("on"))
def test_what_is_no_day(name, on):
    with pytest.raises(TypeError, match=r"^on= is a datetime\.date; got "):
        called(name, on=on)


COUNTS = [
    (name, parameter, least)
    for parameter, least in (("examples", 1), ("most", 0), ("firms", 1), ("n", 0))
    for name in functions_with(parameter)
]


@pytest.mark.parametrize(("name", "parameter", "least"), COUNTS)
def test_what_is_no_number_of_things(name, parameter, least):
    engine = {"engine": PythonEngine()}
    for wrong in (True, False, "5", 2.0, None):
        with pytest.raises(TypeError, match=f"^{parameter}= is a whole number; got {wrong!r}"):
            called(name, **engine, **{parameter: wrong})
    least = 1 if name == "undertakings" else least
    for few in (least - 1, least - 5):
        with pytest.raises(ValueError, match=f"^{parameter}= is at least {least}; got {few}$"):
            called(name, **engine, **{parameter: few})


YES_OR_NO = [
    (name, parameter) for parameter in ("missing", "whole", "known", "falling") for name in functions_with(parameter)
]


@pytest.mark.parametrize(("name", "parameter"), YES_OR_NO)
def test_what_is_neither_yes_nor_no(name, parameter):
    for wrong in ("no", 0, None):
        with pytest.raises(TypeError, match=f"^{parameter}= is True or False; got {wrong!r}"):
            called(name, **{parameter: wrong})


@pytest.mark.parametrize("name", [name for name in functions_with("facts") if name.startswith("assert_")])
def test_what_is_no_strategy(name):
    for wrong in ({"size": "micro"}, [{}], testing.facts):
        with pytest.raises(TypeError, match=r"^facts= is a strategy of Hypothesis, such as testing\.facts"):
            called(name, facts=wrong)
    with pytest.raises(TypeError, match=r"for one applicant write hypothesis\.strategies\.just"):
        called(name, facts={"size": "micro"})


@pytest.mark.parametrize("name", [name for name in functions_with("facts") if name.startswith("assert_")])
def test_a_law_that_nothing_was_tried_of_does_not_pass(name):
    with pytest.raises(ValueError, match=f"^{name} tried nothing of {EXPORT.id}: nothing that was drawn counted"):
        called(name, facts=st.just({"siz": "micro"}), examples=5)


def test_a_seed_and_what_is_fixed():
    for wrong in (None, "a", 1.5, True):
        with pytest.raises(TypeError, match=r"^seed= is a whole number;"):
            called("population", seed=wrong)
    for wrong in ("a", 1.5, True):
        with pytest.raises(TypeError, match=r"^seed= is a whole number;"):
            testing.conformance_checks(PythonEngine(), seed=wrong)
    for name in functions_with("fixed"):
        with pytest.raises(TypeError, match=r"^fixed= is a mapping of facts and tables"):
            called(name, fixed=["size"])


@pytest.mark.parametrize(
    ("name", "given", "error", "words"),
    [
        ("assert_monotone", {"fact": None}, TypeError, "no number or day that .* asks is called so"),
        ("assert_monotone", {"gives": 5}, TypeError, "nothing that .* gives is called so"),
        ("assert_no_cliff", {"at_most": 1.5}, ValueError, "at_most=: 1.5 is a binary float"),
        ("assert_no_cliff", {"at_most": -1}, ValueError, "at_most=: -1 is negative"),
        ("assert_no_cliff", {"at_most": "x"}, ValueError, "at_most=: 'x' is not a number"),
        ("facts_with", {"failing": 3}, TypeError, "no condition of .* is called so"),
        ("facts_with", {"outcome": 1}, TypeError, "no outcome is called so"),
        ("facts_with", {"outcome": "eligble"}, ValueError, "did you mean 'eligible'"),
        ("assert_same_as", {"oracle": None}, TypeError, "an oracle is a function"),
        ("assert_same_in_frames", {"library": None}, TypeError, "no library of frames"),
    ],
)
def test_another_wrong_argument(name, given, error, words):
    with pytest.raises(error, match=words):
        called(name, **given)


# Decisions and worked cases that are none, or are of other rules


def test_what_is_no_list_of_decisions_or_cases():
    decision = EXPORT.decide({}, on=ON)
    case = cases_of_measure(EXPORT)[0]
    for name, given in (("coverage", {"decisions": decision}), ("coverage", {"cases": case}), ("mutants", {"cases": "x"}),
                        ("mutants", {"selections": 5})):  # fmt: skip
        with pytest.raises(TypeError, match=r"is a list of .*, even when there is one"):
            called(name, **given)
    for name, given in (("coverage", {"decisions": [decision, 5]}), ("coverage", {"cases": [case, "x"]}),
                        ("mutants", {"cases": [case, "x"]})):  # fmt: skip
        with pytest.raises(TypeError, match=r"is a list of .*; number 1 is "):
            called(name, **given)


def test_decisions_of_another_measure():
    decision = FILIERE.decide({}, on=dt.date(2022, 6, 1))
    with pytest.raises(ValueError, match=f"number 0 is of {FILIERE.id}, not of {EXPORT.id}"):
        testing.coverage(EXPORT, [decision])
    assert testing.coverage(EXPORT, [EXPORT.decide({}, on=ON)]).never_met


def test_without_worked_cases_there_is_an_error_and_no_figure():
    linked = misure.open_linked(EXPORT.linked())
    assert linked.rulebook.root == ""
    for tried in (testing.mutants, testing.coverage):
        with pytest.raises(
            misure.BadRules, match=f"<linked rules>: {EXPORT.id}: there are no worked cases beside these rules"
        ):
            tried(linked)
    assert testing.coverage(linked, []).never_met
    assert testing.mutants(linked, cases=[]).noticed == ()


def test_cases_that_do_not_come_out_notice_nothing():
    case = cases_of_measure(FILIERE)[0]
    difference = run_case(EXPORT, case).differences[0]
    with pytest.raises(misure.BadRules) as caught:
        testing.mutants(EXPORT, cases=[case])
    (fault,) = caught.value.faults
    assert (fault.place, fault.subject) == (case.place, case.name)
    assert fault.message == f"it does not come out of {EXPORT.id} as it says: {difference}"
