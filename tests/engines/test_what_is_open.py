# SPDX-License-Identifier: Apache-2.0
"""The walk from an open value down to what is not known."""

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
