# SPDX-License-Identifier: Apache-2.0
"""The walk from an open value down to what is not known."""

import pytest

from misure.engines.intervals.interpreter import Interpreter, Unknown
from misure.engines.intervals.unknowns import unknowns
from misure.ground.truth import NotKnowing
from misure.program.nodes import Nodes
from misure.testing.conformance.applicants import dossier

N = Nodes()
B = N.given("number", "b", least=0, greatest=3)
C = N.given("number", "c", least=1, greatest=3)


def crossed(times):
    """The greater and the lesser of two, over and over: twice as many paths each time, two nodes more."""
    one, other = B, C
    for _ in range(times):
        one, other = (N.make(op, "int", (one, other), None, 0, 3) for op in ("max", "min"))
    return one


def missing(*names):
    return tuple(Unknown(NotKnowing.MISSING, name) for name in names)


def test_what_many_paths_lead_to_is_found_once_and_soon():
    reading = Interpreter(dossier([1, None, None] + [None] * 7, [], 0))
    assert unknowns(reading, crossed(100)) == missing("b", "c")
    assert unknowns(reading, B) == missing("b")


def test_what_is_known_is_not_asked_for():
    # Whatever c is, the greater is 3.
    assert unknowns(Interpreter(dossier([1, 3, None] + [None] * 7, [], 0)), crossed(1)) == ()
    assert unknowns(Interpreter(dossier([1, 2, None] + [None] * 7, [], 0)), crossed(1)) == missing("c")


def test_each_record_has_an_answer_of_its_own():
    rows = [(None, 1, True, "m"), (1, 2, None, "n")]
    passes, field = N.given("truth", "s", "rows"), N.given("number", "v", "rows", least=-2, greatest=1)
    total = N.make("sum", "int", (passes, field), ("rows", 2), -4, 2)
    found = unknowns(Interpreter(dossier([1, 2, 3] + [None] * 7, rows, 0)), total)
    assert found == (Unknown(NotKnowing.MISSING, "v", "rows", 0), Unknown(NotKnowing.MISSING, "s", "rows", 1))


OWN = N.given("truth", "s", "rows")
FEW, MANY = N.le(C, N.const(1)), N.not_(N.le(C, N.const(1)))
WITHIN = N.le(N.given("number", "v", "rows", least=-2, greatest=1), B)
"""Of a record, held against `b`: what nobody reads where a branch beside it is certain to be left."""


def gathered(test):
    return N.make("count", "int", (test,), ("rows", 3), 0, 3)


BESIDE = {
    "held against it": (WITHIN, {1: ["b"], 3: ["b"], None: ["b"]}),
    "only of few": (N.all_of(FEW, WITHIN), {1: ["b"], 3: [], None: ["b", "c"]}),
    "only of many": (N.any_of(FEW, WITHIN), {1: [], 3: ["b"], None: ["b", "c"]}),
    "a branch": (N.choose(FEW, WITHIN, OWN), {1: ["b"], 3: [], None: ["b", "c"]}),
    "the other branch": (N.choose(FEW, OWN, WITHIN), {1: [], 3: ["b"], None: ["b", "c"]}),
    "a branch of a branch": (N.all_of(OWN, N.choose(FEW, OWN, N.any_of(FEW, WITHIN))), {1: [], 3: ["b"], None: ["b", "c"]}),
    "under a test of the record": (N.choose(OWN, N.all_of(MANY, WITHIN), OWN), {1: [], 3: ["b"], None: ["b", "c"]}),
}  # fmt: skip


@pytest.mark.parametrize("c", [1, 3, None])
@pytest.mark.parametrize("name", BESIDE)
def test_what_records_are_held_against_is_asked_where_it_can_matter(name, c):
    test, asked = BESIDE[name]
    for rows, unseen in ([], 3), ([(None, 1, False, "m")], 2):
        reading = Interpreter(dossier([1, None, c] + [None] * 7, rows, unseen))
        found = unknowns(reading, gathered(test))
        assert found and {one.name for one in found if not one.table} == set(asked[c]), found
