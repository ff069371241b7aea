# SPDX-License-Identifier: Apache-2.0
"""Which modules know one another in a circle, by imports of any kind: also those that only type checkers make, and late ones."""

from __future__ import annotations

from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

SOURCE = Path(__file__).parents[2] / "src"
DOORS = "misure._doors"
"""What it names of higher floors, and of the whole that a part has (a finding its decision), is a type in an annotation, of a closed list: it
is left out here, as in the contract of the floors."""
IN_A_CIRCLE = {
    "misure.deciding": (
        {"linked", "measure"},
        {"explaining", "printed_period", "readers", "record_details"},
    ),
    "misure.selecting": ({"award", "placement", "reasons"},),
}
"""A measure is written as data, and opened from it; what readers and records tell is asked of the explaining that asks them, and printed with
its period; a placement has its award and its reasons worked out by whoever looks at placements. Nothing else."""


@cache
def arrows() -> dict[str, frozenset[str]]:
    """Each module with those that it imports."""
    graph = grimp.build_graph("misure", cache_dir=None)
    found = {module: frozenset(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    return found | {DOORS: frozenset()}


def circles(graph: dict[str, frozenset[str]]) -> list[set[str]]:
    """The modules that reach one another, in as many sets as there are circles."""
    left, found = {name: set(of) - {name} for name, of in graph.items()}, list[set[str]]()
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as problem:
            *circle, _ = problem.args[1]
        else:
            return found
        # A circle is drawn together to its first member, until none is left; what was drawn into it belongs to it.
        first, rest = circle[0], set(circle[1:])
        joined = {first, *rest}.union(*(one for one in found if one & {first, *rest}))
        found = [one for one in found if not one & joined] + [joined]
        out = {of for name in circle for of in left[name]}
        left = {
            name: {first if one in rest else one for one in (out if name == first else of)} - {name}
            for name, of in left.items()
            if name not in rest
        }


def test_circles_are_found() -> None:
    drawn = {"a": "b", "b": "cd", "c": "a", "d": "e", "e": "fg", "f": "d", "g": "g", "h": "e", "i": ""}
    graph = {name: frozenset(of) for name, of in drawn.items()}
    assert sorted(map(sorted, circles(graph))) == [["a", "b", "c"], ["d", "e", "f"]]


def test_no_circle_but_those_that_are_told() -> None:
    assert len(arrows()) > 450
    expected = [{f"{floor}.{name}" for name in circle} for floor, all_ in IN_A_CIRCLE.items() for circle in all_]
    assert sorted(map(sorted, circles(arrows()))) == sorted(map(sorted, expected))


def test_rooms_of_a_floor_do_not_stand_in_a_circle() -> None:
    def room(module: str) -> str:
        """The room of a module, on its floor; the module itself where it stands on its floor alone."""
        parts = module.split(".")
        return ".".join(parts[:3]) if (SOURCE / "/".join(parts[:3])).is_dir() else module

    among: dict[str, frozenset[str]] = {}
    for module, of in arrows().items():
        among[room(module)] = among.get(room(module), frozenset()) | {room(one) for one in of} - {room(module)}
    assert any(name.count(".") == 2 and (SOURCE / name.replace(".", "/")).is_dir() for name in among)
    assert [
        circle for circle in circles(among) if any((SOURCE / name.replace(".", "/")).is_dir() for name in circle)
    ] == []
