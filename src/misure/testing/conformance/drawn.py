# SPDX-License-Identifier: Apache-2.0
"""Random programs of random applicants, partly told, against every way of telling the rest.

Whatever an engine answers of an applicant who has not told all must hold of each completion; it must be a point where all is
told; it narrows as more is told, never passes the bounds of its node, and is as narrow as the walker of bounds has it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from misure.engines.intervals.interpreter import Interpreter
from misure.facts.dossier import Dossier
from misure.program.nodes import Node
from misure.testing.conformance.applicants import FACTS, TABLES, completed, dossiers
from misure.testing.conformance.cases import ON
from misure.testing.conformance.differences import EngineDifference, NotConforming, answers, said, shown, told
from misure.testing.conformance.door import Ends, Engine, EngineQuestion
from misure.testing.conformance.exact import Exact
from misure.testing.conformance.programs import programs
from misure.testing.conformance.ways import NAME

__all__ = ["ask_drawn"]

_MOST_WORLDS = 40
_SEEDS = (0, 0b101101, 0b111111)
"""Which of several values stands where there is none: a quotient by zero may be anything."""


def ask_drawn(engine: Engine, *, examples: int, start: int | None) -> None:
    """Ask an engine of so many programs; `NotConforming` with the smallest that Hypothesis finds.

    `start` picks what is drawn; without it Hypothesis draws as its profile says.
    """
    # What is drawn by a seed is drawn anew, whatever was kept of earlier runs.
    kept = settings().database if start is None else None

    @settings(
        max_examples=examples,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        database=kept,
    )
    @given(programs(engine.operators), st.lists(dossiers(unknowns=4), min_size=1, max_size=2))
    def law(node: Node, partials: list[Dossier]) -> None:
        compared_with_completions(engine, node, partials)

    (law if start is None else seed(start)(law))()


def compared_with_completions(engine: Engine, node: Node, partials: Sequence[Dossier]) -> None:
    """Ask of applicants and of completions of theirs at once."""
    worlds = list(map(_worlds, partials))
    asked = [row for partial, completions in zip(partials, worlds, strict=True) for row in (partial, *completions)]
    question = EngineQuestion(FACTS, TABLES, ON, {"it": node}, tuple(asked))
    found = iter([row["it"] for row in answers(engine, question, NAME)])
    answered = [(partial, next(found), [(world, next(found)) for world in completions])
                for partial, completions in zip(partials, worlds, strict=True)]  # fmt: skip
    for partial, ends, told_more in answered:
        for world, narrower in told_more:
            _sound(engine, node, partial, ends, world, narrower)
        # After what is counted out, which no engine has a part in.
        for dossier, between in [(partial, ends), *told_more]:
            _fair(engine, node, dossier, between)


def _worlds(partial: Dossier) -> list[Dossier]:
    """Completions, all where they are few, and otherwise spread over the first of them."""
    every = list(itertools.islice(completed(partial), 5 * _MOST_WORLDS))
    return every[:: max(1, len(every) // _MOST_WORLDS)]


def _fair(engine: Engine, node: Node, dossier: Dossier, ends: Ends) -> None:
    """The ends are those that intervals give, and lie within the bounds of the node."""
    wanted = Interpreter(dossier).ends(node)
    if ends != wanted:
        raise NotConforming(_difference(engine, node, dossier, said(node, wanted), ends))
    if node.sort == "int" and not node.lo <= ends[0] <= ends[1] <= node.hi:
        raise NotConforming(_difference(engine, node, dossier, f"within {node.lo} to {node.hi}", ends))


def _sound(engine: Engine, node: Node, partial: Dossier, ends: Ends, world: Dossier, narrower: Ends) -> None:
    """A completion changes nothing that was certain, and of whom all is told the answer is exact."""
    inside = (
        all(after <= before for before, after in zip(ends, narrower, strict=True))
        if node.sort == "truth"
        else ends[0] <= narrower[0] <= narrower[1] <= ends[1]
    )
    if not inside:
        raise NotConforming(
            _difference(engine, node, world, f"no more than {said(node, ends)}, as with less told", narrower)
        )
    for one in _SEEDS:
        exact = Exact(world, one)
        value = exact.of(node)
        point = (int(value), int(not value)) if node.sort == "truth" else (value, value)
        if exact.definite and narrower != point:
            raise NotConforming(_difference(engine, node, world, said(node, point), narrower))
        for dossier, given_ends in ((world, narrower), (partial, ends)):
            if not _may_be(given_ends, node, value):
                raise NotConforming(_difference(engine, node, dossier, f"what holds {said(node, point)}", given_ends))
        if exact.definite:
            break


def _may_be(ends: Ends, node: Node, value: int) -> bool:
    """Whether the ends allow a value."""
    if node.sort == "truth":
        return bool(ends[0] if value else ends[1])
    return ends[0] <= value <= ends[1]


def _difference(engine: Engine, node: Node, dossier: Dossier, expected: str, got: Ends) -> EngineDifference:
    return EngineDifference(engine.name, NAME, shown(node), told(dossier), expected, said(node, got))
