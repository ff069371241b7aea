# SPDX-License-Identifier: Apache-2.0
"""What the test tools give goes to another process and back, never changes there, and says so where another version wrote it."""

import copy
import datetime as dt
import pickle
from functools import cache
from types import MappingProxyType

import pytest

import misure
from misure import testing
from misure._reopen import portable, reopen_value
from misure.testing.conformance.cases import question_of
from misure.testing.conformance.own import PythonEngine
from misure.testing.engines import cases
from misure.testing.worked_cases import cases_of_measure
from misure.testing.worked_selections import selections_of_measure
from tests.architecture.test_pickles import again
from tests.testing.examples import EXPORT, FILIERE

QUESTION, _ = question_of(cases()[0])


def differing():
    class Silent:
        name, operators = "silent", frozenset({"int"})

        def run(self, question):
            return None

    with pytest.raises(testing.NotConforming) as caught:
        testing.run_conformance(Silent())
    return caught.value


VALUES = {
    "coverage": cache(lambda: testing.coverage(FILIERE)),
    "mutants": lambda: testing.mutants(FILIERE, cases=[], selections=[]),
    "result": lambda: testing.run_cases(FILIERE)[0],
    "difference": lambda: testing.Difference("support.grant", "1", "2"),
    "difference of an engine": lambda: differing().differences[0],
    "case": lambda: cases_of_measure(FILIERE)[0],
    "selection": lambda: selections_of_measure(EXPORT)[0],
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_equal_again_and_names_no_module(name):
    value = VALUES[name]()
    found, modules = again(value)
    assert found == copy.deepcopy(value) == copy.copy(value) == value
    assert modules == {"misure._reopen"}


def test_what_never_changes_does_not_change_in_another_process():
    found, _ = again(VALUES["coverage"]())
    for mapping in (found.truths, found.exemptions, found.edges, again(VALUES["case"]())[0].expect):
        assert type(mapping) is MappingProxyType
    with pytest.raises(TypeError, match="does not support item assignment"):
        found.edges["minimum_firms"] = False
    deep = {"a": [MappingProxyType({"b": (MappingProxyType({}),)})]}
    assert pickle.loads(pickle.dumps(portable(deep))) == deep  # noqa: S301 - our own bytes


def test_frames_questions_and_errors_are_told_again():
    people = testing.population(FILIERE, 2, seed=1, on=dt.date(2022, 6, 1))
    found, modules = again(people)
    assert found.frame.equals(people.frame)
    assert str(found) == str(people)
    question, _ = again(QUESTION)
    assert PythonEngine().run(question) == PythonEngine().run(QUESTION)
    error = differing()
    told, _ = again(error)
    assert (str(told), told.differences) == (str(error), error.differences)
    assert modules == {"misure._reopen"}


def test_a_check_says_how_it_is_made_again():
    check = testing.conformance_checks(PythonEngine())[0]
    with pytest.raises(TypeError, match=f"conformance_checks makes '{check.name}' again"):
        pickle.dumps(check)


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("misure.testing:RuleCover", {}, "misure.testing:RuleCover was pickled by another version of misure; .*: there is none"),
        ("misure.testing:RuleMutants", {"measure": "a/b", "noticed": (), "survivors": ()},
         "misure.testing:RuleMutants was pickled by another version of misure; .*: it differs in survivors, unnoticed"),
    ],
)  # fmt: skip
def test_a_name_of_another_version_is_told_with_what_to_do(name, fields, words):
    with pytest.raises(misure.BadPickle, match=words) as caught:
        reopen_value(name, fields)
    assert "make it again" in str(caught.value)


def test_a_class_that_a_module_no_longer_has_is_told_too():
    data = pickle.dumps(misure.Truth).replace(b"misure.ground.truth", b"misure.testing.old1")
    with pytest.raises(
        ModuleNotFoundError, match="Where a pickle names it, another version wrote the pickle: make it again"
    ):
        pickle.loads(data)  # noqa: S301 - our own bytes
