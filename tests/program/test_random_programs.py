# SPDX-License-Identifier: Apache-2.0
"""The heart, tried on random programs: sound over every completion, exact when all is told, alike in every reading."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from misure.engines.intervals.interpreter import Interpreter
from misure.engines.python.printer import printed
from misure.program.split import Split
from tests.program.exact import Exact
from tests.program.programs import FORM, TODAY, completed, dossiers, programs

MOST_WORLDS = 300


def truths(raw, slot):
    return {0: (0, 1), 1: (1, 0), 2: (1, 1)}[raw[slot.first]]


def by_print(node, dossier, *, told):
    run, slots = printed("a test", {"it": Split(lambda *_: not told).pair(node)}, FORM)
    raw, slot = run(dossier.values, dossier.tables, TODAY), slots["it"]
    return truths(raw, slot) if slot.kind == "truth" else (raw[slot.first], raw[slot.second])


def ends(node, dossier):
    return Interpreter(dossier).ends(node)


def may_be(found, node, value):
    """Whether the ends allow a value."""
    if node.sort == "truth":
        return bool(found[0] if value else found[1])
    return found[0] <= value <= found[1]


@settings(max_examples=400)
@given(programs(), dossiers())
def test_the_ends_hold_every_completion(node, partial):
    found = ends(node, partial)
    for world in itertools.islice(completed(partial), MOST_WORLDS):
        for seed in (0, 0b101101, 0b111111):
            value = Exact(world, seed).of(node)
            assert may_be(found, node, value), (world.values, world.tables, value)


@settings(max_examples=400)
@given(programs(), dossiers(unknowns=0))
def test_the_ends_meet_when_everything_is_told(node, partial):
    for world in itertools.islice(completed(partial), 20):
        exact = Exact(world)
        value = exact.of(node)
        if exact.definite:
            assert ends(node, world) == ((int(value), int(not value)) if node.sort == "truth" else (value, value))


@settings(max_examples=400)
@given(programs(), dossiers(unknowns=4))
def test_the_printed_function_is_the_interpreter(node, partial):
    assert by_print(node, partial, told=False) == ends(node, partial)


@settings(max_examples=400)
@given(programs(), dossiers(unknowns=0))
def test_both_prints_agree_when_everything_is_told(node, partial):
    world = next(completed(partial))
    assert by_print(node, world, told=True) == by_print(node, world, told=False)


@settings(max_examples=200)
@given(programs(), dossiers(), st.data())
def test_the_ends_narrow_as_more_is_told(node, partial, data):
    found = ends(node, partial)
    worlds = list(itertools.islice(completed(partial), MOST_WORLDS))
    later = ends(node, data.draw(st.sampled_from(worlds)))
    if node.sort == "truth":
        assert all(after <= before for before, after in zip(found, later, strict=True))
    else:
        assert found[0] <= later[0] <= later[1] <= found[1]


@settings(max_examples=200)
@given(programs(), dossiers())
def test_no_value_passes_the_bounds_of_its_node(node, partial):
    """The static bounds are what keeps every engine within its 64 bits."""
    lo, hi = ends(node, partial)
    if node.sort == "int":
        assert node.lo <= lo <= hi <= node.hi
