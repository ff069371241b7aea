# SPDX-License-Identifier: Apache-2.0
"""Where a reader of an expression stands: the text, the names it may use, the record around it, the faults so far."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from misure.facts.vocabulary import Table
from misure.ground.place import Fault, Place
from misure.reading.expressions.scope import Scope
from misure.reading.expressions.syntax import Wrong
from misure.reading.text.written import Written
from misure.rulebook.expression import Expr

__all__ = ["Context"]

T = TypeVar("T")


class Context:
    """What the readers of one expression share."""

    __slots__ = (
        "_reader",
        "begun",
        "faults",
        "faults_before",
        "fieldless",
        "record",
        "scope",
        "stopped",
        "subject",
        "text",
    )

    def __init__(
        self,
        text: Written,
        scope: Scope,
        faults: list[Fault],
        subject: str,
        reader: Callable[[ast.expr, Context], Expr],
        record: tuple[str, Table] | None = None,
    ) -> None:
        self.text, self.scope, self.faults, self.subject = text, scope, faults, subject
        self.faults_before = len(faults)
        self.record = record
        self.fieldless = ""
        """The record of a table that nobody knows: of its fields nothing can be said."""
        self.begun: set[ast.expr] = set()
        """The parts that a reader has met."""
        self.stopped: set[ast.expr] = set()
        """Those in which something is wrong, which is told: a day between two others is read twice."""
        self._reader = reader

    def read(self, node: ast.expr) -> Expr:
        return self._reader(node, self)

    def inside(self, variable: str, table: Table) -> Context:
        """The context inside a comprehension, where `variable` is a record of the table."""
        own = Context(self.text, self.scope, self.faults, self.subject, self._reader, (variable, table))
        own.faults_before, own.begun, own.stopped = self.faults_before, self.begun, self.stopped
        return own

    def without_fields(self, variable: str) -> Context:
        """The context inside a comprehension over a table that nobody knows."""
        own = Context(self.text, self.scope, self.faults, self.subject, self._reader)
        own.faults_before, own.begun, own.stopped = self.faults_before, self.begun, self.stopped
        own.fieldless = variable
        return own

    def place(self, node: ast.expr) -> Place:
        return self.text.place_at(node.col_offset)

    @property
    def some_field(self) -> str:
        return next(iter(self.record[1].fields), "field") if self.record else "field"

    def wrong(self, offset: int, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(self.text.place_at(offset), self.subject, message, suggestion))

    def tell(self, problem: Wrong) -> None:
        """Add what stopped a reader to the faults, once: without a message it was told already, or blames another."""
        if problem.message:
            self.wrong(problem.offset, problem.message, problem.suggestion)

    def each(self, nodes: Iterable[ast.expr], read: Callable[[ast.expr, Context], Expr]) -> list[Expr]:
        """Read several parts; what is wrong in each is told, not only in the first."""
        return self.gather([partial(read, node, self) for node in nodes])

    def gather(self, steps: Iterable[Callable[[], T]]) -> list[T]:
        """What several steps give; what is wrong in each is told, not only in the first.

        Raises:
            Wrong: Something is.
        """
        given, wrong = [], []
        for step in steps:
            try:
                given.append(step())
            except Wrong as problem:
                wrong.append(problem)
        self.refuse(wrong)
        return given

    def refuse(self, wrong: Sequence[Wrong]) -> None:
        """Tell all that is wrong, if anything is: the last by raising it.

        Raises:
            Wrong: Something is.
        """
        for told in wrong[:-1]:
            self.tell(told)
        if wrong:
            raise wrong[-1]
