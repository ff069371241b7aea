# SPDX-License-Identifier: Apache-2.0
"""What somebody who writes an engine is told: all that differs, in plain words, by the smallest case."""

from __future__ import annotations

import pytest

from misure.program.nodes import Nodes
from misure.testing import NotConforming, conformance_checks, run_conformance
from misure.testing.conformance.applicants import dossier
from misure.testing.conformance.cases import question_of
from misure.testing.conformance.differences import shown, told
from misure.testing.conformance.ways import LEAST
from misure.testing.engines import cases
from tests.engines.plain import DOES, Plain

FLOORDIV = {"int", "column", "floordiv"}


def towards_zero(_, left, right):
    return abs(left) // right * (1 if left > 0 else -1)


def run(engine):
    with pytest.raises(NotConforming) as caught:
        run_conformance(engine, examples=1, seed=1)
    return str(caught.value).splitlines()


def test_all_that_differs_is_listed_each_by_its_smallest_case():
    engine = Plain("towards zero", operators=FLOORDIV, floordiv=towards_zero)
    assert run(engine) == [
        "3 checks differ",
        "towards zero, floordiv: floordiv(n, d) where n = -1, d = 2: expected -1, got 0",
        "towards zero, floordiv, of a constant: floordiv(-20001, d) where d = 2: expected -10001, got -10000",
        "towards zero, floordiv, by a constant: floordiv(n, 2) where n = -1: expected -1, got 0",
    ]


def test_a_difference_has_its_parts():
    engine = Plain("towards zero", operators=FLOORDIV, floordiv=towards_zero)
    check = next(check for check in conformance_checks(engine) if check.name == "floordiv, by a constant")
    with pytest.raises(NotConforming) as caught:
        check(engine)
    (one,) = caught.value.differences
    assert (one.engine, one.check, one.program) == ("towards zero", "floordiv, by a constant", "floordiv(n, 2)")
    assert (one.applicant, one.expected, one.got) == ("n = -1", "-1", "0")
    assert str(caught.value).startswith("1 check differs\n")


def test_ends_and_what_is_not_told_are_said_in_words():
    engine = Plain("no is yes", operators={"column", "le", "int", "not"}, le=lambda *_: True)
    found = run(engine)
    assert "no is yes, le, of a constant: le(7, x) where x = 0: expected no, got yes" in found
    assert "no is yes, le, a constant, not all told: le(x, 7) where x = not told: expected yes or no, got yes" in found


def raises(node, *args):
    if args[0] < 0:
        raise OverflowError("negative")
    return DOES["floordiv"](node, *args)


def test_what_an_engine_raises_is_what_it_answers():
    found = run(Plain("raises", operators=FLOORDIV, floordiv=raises))
    assert found[1] == (
        f"raises, floordiv: floordiv(n, d) where n = {-(2**31)}, d = 1: expected an answer, got OverflowError: negative"
    )


class Answers:
    name = "answers"
    operators = FLOORDIV

    def __init__(self, answer):
        self.answer = answer

    def run(self, question):
        return self.answer(question)


@pytest.mark.parametrize(
    ("answer", "got"),
    [
        (lambda _: [], "0 answers for 35 applicants"),
        (lambda question: [{} for _ in question.applicants], "answers to nothing instead of it"),
        (lambda question: [{"that": (0, 0)} for _ in question.applicants], "answers to that instead of it"),
        (lambda question: [{"it": 0} for _ in question.applicants], "0"),
    ],
)
def test_an_answer_of_another_form_is_told(answer, got):
    assert next(line for line in run(Answers(answer)) if "answers, floordiv: " in line).endswith(f", got {got}")


@pytest.mark.parametrize(
    ("answer", "expected", "got"),
    [
        (lambda _: None, "of run(question) a list with an answer for each applicant", "None"),
        (lambda _: "abc", "of run(question) a list with an answer for each applicant", "'abc'"),
        (lambda _: {}, "of run(question) a list with an answer for each applicant", "{}"),
        (lambda question: [None for _ in question.applicants],
         "of an applicant a mapping of each output to its two ends", "None"),
        (lambda question: [{"it": (1,)} for _ in question.applicants], "of it two ends, each a whole number", "(1,)"),
        (lambda question: [{"it": None} for _ in question.applicants], "of it two ends, each a whole number", "None"),
        (lambda question: [{"it": "12"} for _ in question.applicants], "of it two ends, each a whole number", "'12'"),
        (lambda question: [{"it": (0.5, 0.5)} for _ in question.applicants], "of it two ends, each a whole number", "(0.5, 0.5)"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_adapter_is_told_with_the_case(answer, expected, got):
    line = next(line for line in run(Answers(answer)) if "answers, floordiv: " in line)
    assert line == f"answers, floordiv: floordiv(n, d) where n = {-(2**31)}, d = 1: expected {expected}, got {got}"


def test_of_many_applicants_the_one_is_shown_whose_answer_is_of_another_form():
    def answer(question):
        rows = list(Plain().run(question))
        rows[-1] = None
        return rows

    line = next(line for line in run(Answers(answer)) if "answers, floordiv: " in line)
    last = question_of(next(case for case in cases() if case.name == "floordiv"))[0].applicants[-1]
    assert line == (
        f"answers, floordiv: floordiv(n, d) where {told(last)}: expected of an applicant a mapping of each output to its two ends, got None"
    )


def adapter(**parts):
    return type("Made", (), parts)()


def nothing(self, question):
    return []


def of_no_question(self):
    return []


def of_two(self, question, seed):
    return []


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        (None, "None has no name and no operators and no run$"),
        (Answers, r"Answers is a class: hand over one of it, Answers\(\)$"),
        (adapter(name="x", operators={"int"}), "has no run$"),
        (adapter(name=5, operators={"int"}, run=nothing), "the name of an engine is a text; got 5"),
        (adapter(name="x", operators="int", run=nothing), "x: the operators of an engine are a set of names; got 'int'"),
        (adapter(name="x", operators={1}, run=nothing), "x: the operators of an engine are a set of names"),
        (adapter(name="x", operators={"int"}, run=[]), "x: run of an engine is a function of a question"),
        (adapter(name="x", operators={"int"}, run=of_no_question), "x: run of an engine takes one thing, the question: too many"),
        (adapter(name="x", operators={"int"}, run=of_two), "x: run of an engine takes one thing, the question: missing"),
    ],
)  # fmt: skip
def test_what_is_no_adapter_is_told_before_it_is_asked(engine, words):
    for ask in (run_conformance, conformance_checks):
        with pytest.raises(TypeError, match=words):
            ask(engine)


def test_the_nearest_operator_is_named():
    with pytest.raises(
        ValueError, match=r"flordiv: no operator of a split program has this name; did you mean 'floordiv'\?$"
    ):
        conformance_checks(Plain("x", operators={"flordiv"}))


def test_what_many_applicants_together_make_an_engine_raise_is_told():
    def answer(question):
        if len(question.applicants) > 1:
            raise MemoryError("too many")
        return Plain().run(question)

    assert run(Answers(answer))[2].endswith(
        "expected an answer, got MemoryError: too many (of many applicants together)"
    )


def test_an_engine_is_asked_only_for_what_it_knows():
    few = Plain("few", operators=FLOORDIV)
    names = [check.name for check in conformance_checks(few)]
    assert [name for name in names if name.startswith("floordiv")] == [
        "floordiv", "floordiv, of a constant", "floordiv, by a constant", "floordiv, by a constant, not all told",
    ]  # fmt: skip
    assert {check.operator for check in conformance_checks(few)} == FLOORDIV
    run_conformance(few)


@pytest.mark.parametrize("more", [set(), {"gather_sum"}, {"roll"}, {"mul", "pick"}])
def test_random_programs_are_of_the_operators_that_an_engine_knows(more):
    run_conformance(Plain("least", operators=LEAST | more), examples=40, seed=3)


def test_an_engine_that_knows_nothing_or_something_strange_is_refused():
    with pytest.raises(ValueError, match=r"^none: with no operator alone there is nothing to ask$"):
        run_conformance(Plain("none", operators=()))
    with pytest.raises(ValueError, match=r"^few: with floordiv, same alone there is nothing to ask$"):
        conformance_checks(Plain("few", operators={"floordiv", "same"}))
    with pytest.raises(ValueError, match=r"^more: power, root: no operator of a split program has this name$"):
        conformance_checks(Plain("more", operators={"add", "root", "power"}))


def test_the_same_seed_asks_the_same():
    def asked(seed):
        found = []

        class Keeps(Plain):
            def run(self, question):
                found.append([shown(question.outputs["it"]), *map(told, question.applicants)])
                return super().run(question)

        run_conformance(Keeps("keeps", operators=LEAST), examples=10, seed=seed)
        return found

    assert asked(5) == asked(5)
    assert asked(5) != asked(6)


def test_a_program_and_an_applicant_can_be_read():
    nodes = Nodes()
    code = nodes.within(nodes.given("code", "code"), frozenset({"62", "01"}))
    passing = nodes.all_of(nodes.given("truth", "s", "rows"), nodes.given("happened", "e"), code)
    counted = nodes.make("count", "int", (passing,), ("rows", 2), 0, 2)
    assert shown(nodes.add(counted, nodes.const(3))) == (
        "add(count(and(rows.s, happened(e), within(code, ['01', '62'])), ('rows', 2)), 3)"
    )
    assert shown(nodes.truth(False)) == "no"
    partial = dossier([None, 1, 2, True, None, "x", "01", "m", 738_000, 0], [(1, 2, None, "n")], 1)
    assert told(partial) == (
        "a = not told, b = 1, c = 2, p = yes, q = not told, k = 'x', code = '01', t = 'm', d = 738000, e = 0, "
        "rows = (v = 1, w = 2, s = not told, u = 'n'), up to 1 not told"
    )
    assert told(dossier([0] * 10, [], 0)).endswith("rows = no records")
