# SPDX-License-Identifier: Apache-2.0
"""An engine that is wrong in one operator is told so, by that operator."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import Phase, settings

from misure.engines.columns.inputs import Inputs
from misure.engines.columns.rebuilding import Rebuilding
from misure.engines.intervals.interpreter import Interpreter
from misure.engines.operators import COLUMNS, OPERATORS
from misure.program.nodes import Nodes, below
from misure.testing import NotConforming, conformance_checks
from misure.testing.conformance import drawn
from misure.testing.conformance.cases import question_of
from misure.testing.conformance.own import IntervalsEngine
from misure.testing.engines import cases
from tests.engines.frames import FramesEngine
from tests.engines.mistakes import MISTAKES
from tests.engines.plain import DOES, Plain
from tests.engines.test_closed_operators import Everything

CHECKS = conformance_checks(Plain(), examples=30, seed=1)


def differences(engine, operator):
    """What the checks of an operator say of an engine."""
    found = []
    for check in CHECKS:
        if check.operator == operator:
            try:
                check(engine)
            except NotConforming as problem:
                found += problem.differences
    return found


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_the_plain_engine_is_right(check):
    check(Plain())


def test_every_operator_has_mistakes_of_its_own():
    assert {op for op, _, _ in MISTAKES} == OPERATORS.keys()


@pytest.mark.parametrize(("op", "what", "wrong"), MISTAKES, ids=[f"{op}: {what}" for op, what, _ in MISTAKES])
def test_a_mistake_in_an_operator_is_found_by_its_checks(op, what, wrong):
    found = differences(Plain(what, **{f"{op}_": wrong}), op)
    assert found
    assert all(one.engine == what and one.check.startswith(op) for one in found)


def one_off(op):
    def off(node, *args):
        value = DOES[op](node, *args)
        if node.sort == "text":
            return f"{value}?"
        return not value if node.sort == "truth" else value + 1

    return off


@pytest.mark.parametrize("op", OPERATORS)
def test_any_operator_that_is_one_off_is_found_by_random_programs_or_by_its_checks(op):
    assert differences(Plain("one off", **{f"{op}_": one_off(op)}), op)


@pytest.mark.parametrize("op", ["add", "le", "not", "if", "column", "int", "gather_sum"])
def test_random_programs_alone_find_what_they_are_full_of(monkeypatch, op):
    monkeypatch.setattr(drawn, "settings", partial(settings, phases=[Phase.generate]))
    (random,) = (check for check in conformance_checks(Plain(), examples=400, seed=1) if not check.operator)
    with pytest.raises(NotConforming, match=r"^1 check differs\none off, random programs: "):
        random(Plain("one off", **{f"{op}_": one_off(op)}))


@pytest.mark.parametrize("op", ["add", "mul", "le", "not", "if", "count", "given"])
def test_a_walker_of_bounds_that_is_wrong_does_not_agree_with_itself(monkeypatch, op):
    right = getattr(Interpreter, f"_{op}")

    def wrong(self, node):
        first, second = right(self, node)
        return (second, first) if node.sort == "truth" else (first + 1, second + 1)

    monkeypatch.setattr(Interpreter, f"_{op}", wrong)
    monkeypatch.setattr(drawn, "settings", partial(settings, phases=[Phase.generate]))
    (random,) = (check for check in conformance_checks(Plain(), examples=400, seed=1) if not check.operator)
    with pytest.raises(NotConforming, match=r"^1 check differs\nintervals, random programs: "):
        random(IntervalsEngine())


@pytest.mark.parametrize("op", OPERATORS)
def test_every_operator_has_cases_whose_split_program_holds_it(op):
    asked = [question_of(case)[0] for case in cases() if case.op == op]
    # Where something is not told, `split` writes some operators in terms of others.
    told = [question for question in asked if question.complete] or asked
    assert told
    assert all(op in question.operators() for question in told)


def of_columns():
    """The operators that are left of each case for an engine of columns."""
    for case in cases():
        question, _ = question_of(case)
        nodes = Nodes()
        sheets = {table: Everything(question.tables if not table else ()) for table in ("", *question.tables)}
        items = {name: table.max_items for name, table in question.tables.items()}
        rebuilding = Rebuilding(nodes, Inputs(nodes, sheets, question.on.toordinal(), law_of="on", items=items))
        for pair in question.split().values():
            yield from (node.op for node in below([rebuilding(pair.first), rebuilding(pair.second)]))


def test_every_operator_of_columns_has_cases():
    assert set(of_columns()) == COLUMNS.keys()


PRINTED = sorted(COLUMNS.keys() - {"column", "gather_sum", "gather_min", "gather_max"})


@pytest.mark.parametrize("op", PRINTED)
def test_an_operator_of_columns_that_is_printed_wrongly_is_found(monkeypatch, op):
    from misure.engines.narwhals import stages

    right = stages.printed

    def printed(node, args, *, unsure=False):
        made = right(node, args, unsure=unsure)
        if node.op != op:
            return made
        return ~stages.expression(made) if node.sort == "truth" else made + 1

    monkeypatch.setattr(stages, "printed", printed)
    assert differences(FramesEngine("polars"), "roll" if op == "among" else op)


def test_every_part_of_what_is_told_has_a_case():
    said = {
        node.data[0]
        for case in cases()
        for pair in question_of(case)[0].split().values()
        for node in below([pair.first, pair.second])
        if node.op == "column"
    }
    assert said == {
        "value", "lo", "hi", "yes", "no", "missing", "unseen", "on", "day_lo", "day_hi", "happened_yes", "happened_no",
    }  # fmt: skip
