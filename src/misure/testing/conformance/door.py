# SPDX-License-Identifier: Apache-2.0
"""What an engine is to the suite: a name, the operators it knows, and answers to questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from misure._reopen import by_public_name
from misure.facts.dossier import Column, Dossier, Layout, TableLayout
from misure.facts.vocabulary import Fact, Table
from misure.program.nodes import Node, below
from misure.program.split import MayBeUnknown, Pair, Split

__all__ = ["Ends", "Engine", "EngineQuestion", "anything_unknown", "layout_of", "nothing_unknown"]

Ends: TypeAlias = tuple[int, int]
"""The least and the greatest that a number may be, equal where it is known; of a truth, whether it may be yes and whether it
may be no, as 0 or 1."""


def anything_unknown(_kind: str, _table: str, _name: str) -> bool:
    """That anything may not be told, for `EngineQuestion.split`."""
    return True


def nothing_unknown(_kind: str, _table: str, _name: str) -> bool:
    """That everything was told, for `EngineQuestion.split`."""
    return False


@by_public_name
@dataclass(frozen=True, slots=True, eq=False)
class EngineQuestion:
    """A program, and the applicants for whom it is to be worked out.

    An applicant is a dossier, as everywhere in the library: whole numbers in their scale, days as ordinals, an event that has
    not happened as 0, a text as a text, and None for what is not told; the records of a table, and how many more there may be.
    """

    facts: Mapping[str, Fact]
    """What may be told of an applicant, with its kind and its bounds."""
    tables: Mapping[str, Table]
    """The tables, with the fields of their records and how many records each may have."""
    on: dt.date
    """The day of the question."""
    outputs: Mapping[str, Node]
    """The program before `split`, by the names of what it gives: numbers and truths."""
    applicants: tuple[Dossier, ...]
    """At least one; all of the layout that `layout_of` makes."""

    @property
    def layout(self) -> Layout:
        """The layout that the dossiers fill in."""
        return layout_of(self.facts, self.tables)

    @property
    def complete(self) -> bool:
        """Whether every applicant tells everything."""
        return all(dossier.complete for dossier in self.applicants)

    def split(self, may_be_unknown: MayBeUnknown | None = None) -> dict[str, Pair]:
        """The program as engines print it: of each output its two ends.

        `may_be_unknown(kind, table, name)` is what the engine knows before it runs. By default nothing may be unknown where
        every applicant tells everything, and otherwise anything.
        """
        split = Split(may_be_unknown or (nothing_unknown if self.complete else anything_unknown))
        return {name: split.pair(node) for name, node in self.outputs.items()}

    def operators(self) -> frozenset[str]:
        """Which operators the split program has."""
        pairs = self.split().values()
        return frozenset(node.op for node in below([node for pair in pairs for node in (pair.first, pair.second)]))


class Engine(Protocol):
    """What works programs out, as the conformance suite meets it: one small adapter."""

    @property
    def name(self) -> str:
        """How it is called where something differs."""

    @property
    def operators(self) -> Collection[str]:
        """Of `engines.operators.OPERATORS` those that a program may have of which it is asked.

        An engine of columns counts among them what `engines.columns` puts together for it.
        """

    def run(self, question: EngineQuestion) -> Sequence[Mapping[str, Ends]]:
        """The ends of every output, of every applicant in their order. What it cannot do it raises."""


def layout_of(facts: Mapping[str, Fact], tables: Mapping[str, Table]) -> Layout:
    """The layout that tells these facts and tables, in their order."""
    return Layout(tuple(map(Column.of, facts.values())), tuple(map(TableLayout.of, tables.values())))
