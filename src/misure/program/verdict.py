# SPDX-License-Identifier: Apache-2.0
"""How the answers of a program are put together: one composition, which every engine runs and none writes again.

The verdict is what a decision needs at once; a candidate is what a selection reads of an applicant. Both are split outputs,
so an engine has nothing left to decide but how to print them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from misure.facts.vocabulary import IN_WINDOW
from misure.program.lowering.candidates import ASKED, envelopes_of, keys_of
from misure.program.lowering.lowering import Program
from misure.program.nodes import Node, Nodes
from misure.program.split import Pair, Split
from misure.rulebook import expression as tree
from misure.rulebook.rules import Effect, Read, Rulebook

__all__ = [
    "ELIGIBLE",
    "NO_KNOWN_OBSTACLE",
    "REFUSED",
    "UNDECIDED",
    "Admission",
    "admission",
    "candidate",
    "refusing",
    "rests_on",
    "verdict",
]

REFUSED, ELIGIBLE, UNDECIDED, NO_KNOWN_OBSTACLE = 0, 1, 2, 3
"""How an outcome is written by an engine of whole numbers. Where the governing text was not read whole, nobody is eligible:
the best that can be said is that nothing known stands in the way."""

_FAULT = "fault."
_CONFLICT = "fault.conflict."


def refusing(rulebook: Rulebook) -> list[str]:
    """The outputs of the conditions that can refuse."""
    return [f"condition.{condition.id}" for condition in rulebook.conditions if condition.effect is Effect.REFUSES]


def _of_windows(rulebook: Rulebook) -> set[str]:
    """The outputs of the conditions that ask whether an application was filed in one of the windows of a selection."""
    windows = rulebook.selection.windows if rulebook.selection else ()
    return {
        f"condition.{condition.id}"
        for condition in rulebook.conditions
        if windows and any(name.name == IN_WINDOW for name in tree.names(condition.holds))
    }


class Admission(NamedTuple):
    """Whether an applicant is refused, and whether something that may refuse it is open. Who is refused is not undecided."""

    refused: Node
    open: Node


def admission(nodes: Nodes, conditions: Iterable[Pair]) -> Admission:
    """How the conditions that can refuse are put together: one that is surely not met refuses."""
    pairs = list(conditions)
    refused = nodes.not_(nodes.all_of(*(pair.first for pair in pairs)))
    # One that is known is met or refuses: it leaves nothing open.
    return Admission(refused, nodes.any_of(*(pair.second for pair in pairs if not pair.exact)))


def rests_on(output: str) -> bool:
    """Whether the verdict reads an output."""
    head, _, rest = output.partition(".")
    return head in ("condition", "fault", "own_share", "recovery") or (head == "support" and "." not in rest)


def verdict(split: Split, program: Program) -> dict[str, Pair]:
    """The outcome, whether the facts are faulty, provisions conflict, the text was read whole; each condition and amount."""
    nodes = split.nodes
    pairs = {key: split.pair(node) for key, node in program.outputs.items() if rests_on(key)}
    outcome = _outcome(nodes, program, [pairs[key] for key in refusing(program.law.rulebook)])
    faulty = _either(nodes, [nodes.not_(pair.second) for key, pair in pairs.items() if key.startswith(_FAULT)])
    conflict = _either(nodes, [pair.first for key, pair in pairs.items() if key.startswith(_CONFLICT)])
    shown = {key: pair for key, pair in pairs.items() if not key.startswith(_FAULT)}
    whole = program.law.read is Read.WHOLE
    read = Pair(nodes.truth(whole), nodes.truth(not whole))
    return {"outcome": Pair(outcome, outcome), "faulty": faulty, "conflict": conflict, "read": read, **shown}


def _outcome(nodes: Nodes, program: Program, conditions: Iterable[Pair]) -> Node:
    found = admission(nodes, conditions)
    best = nodes.const(ELIGIBLE if program.law.read is Read.WHOLE else NO_KNOWN_OBSTACLE)
    return nodes.choose(found.refused, nodes.const(REFUSED), nodes.choose(found.open, nodes.const(UNDECIDED), best))


def candidate(split: Split, program: Program) -> dict[str, Pair]:
    """What a selection reads of one applicant: the verdict, what it asks, what puts it in order, which envelopes it may draw on.

    Where the act contradicts itself for an applicant anything may come out: every amount and key has its whole bounds, and
    every envelope may be drawn on. Whether it was filed in a window the selection sees for itself: of a condition that asks so
    only what is known counts.
    """
    rule, nodes = program.law.rulebook.selection, split.nodes
    assert rule is not None, "asked of measures that select"
    pairs = verdict(split, program)
    conflict = pairs["conflict"].first
    found = {key: pairs[key] for key in ("faulty", "conflict", *refusing(program.law.rulebook))}
    known = {key: Pair(pairs[key].first, nodes.not_(pairs[key].first)) for key in _of_windows(program.law.rulebook)}
    admitted = _outcome(nodes, program, [known.get(key, pairs[key]) for key in refusing(program.law.rulebook)])
    outcome = nodes.choose(conflict, nodes.const(UNDECIDED), admitted)
    found["outcome"] = Pair(outcome, outcome)
    for key in (ASKED, *(name for name, _ in keys_of(rule))):
        node = program.outputs[key]
        pair = split.pair(node)
        low = nodes.choose(conflict, nodes.const(node.lo), pair.first)
        found[key] = Pair(low, nodes.choose(conflict, nodes.const(node.hi), pair.second))
    for key in envelopes_of(rule):
        pair = split.pair(program.outputs[key])
        found[key] = Pair(nodes.any_of(conflict, pair.first), nodes.any_of(conflict, pair.second))
    return found


def _either(nodes: Nodes, truths: list[Node]) -> Pair:
    found = nodes.any_of(*truths)
    return Pair(found, nodes.not_(found))
