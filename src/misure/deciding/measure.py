# SPDX-License-Identifier: Apache-2.0
"""A measure: one rulebook, ready to decide. Compiled lazily, one period of days at a time; it never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from misure import _doors as doors
from misure._doors import door
from misure._lazy import told_where_it_is
from misure._reopen import reopen_linked, reopen_measure
from misure.deciding.compiled import Compiled
from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.deciding.varying import varied_rulebook
from misure.facts.schema import facts_schema
from misure.facts.source import facts_of
from misure.ground.arguments import wanted
from misure.ground.place import Fault
from misure.ground.rules_folder import lasting
from misure.rulebook.rules import Edition, Effect, Parameter, Rulebook

__all__ = ["Measure"]


@told_where_it_is
class Measure:
    """A funding measure as rules: its parameters and editions, and what it decides.

    Immutable, hashable, thread-safe. It pickles as its name and is read again from the rules; opened from linked data, it
    pickles as those.
    """

    rulebook: Rulebook
    varied: Mapping[str, str]
    """What a what-if changed, as text; empty for the law as it stands."""
    _base: Measure | None
    refuses: bool
    """Whether any condition can refuse; a transfer has none."""

    def __init__(
        self, rulebook: Rulebook, varied: Mapping[str, str] | None = None, *, base: Measure | None = None
    ) -> None:
        wanted(
            "rulebook", rulebook, Rulebook, "a Rulebook; measures are given by catalogue()[...] and open_linked(...)"
        )
        self.__dict__.update(
            rulebook=rulebook,
            _base=base,
            varied=MappingProxyType(dict(varied or {})),
            refuses=any(condition.effect is Effect.REFUSES for condition in rulebook.conditions),
        )
        self.__dict__["_machinery"] = Compiled(self)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a measure never changes: {name!r} cannot be set; vary() makes another one")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a measure never changes: {name!r} cannot be taken away")

    @property
    def base(self) -> Measure:
        """The law as it stands: the measure itself, unless it is a what-if."""
        return self._base or self

    @property
    def id(self) -> str:
        """The id of the measure, as `lombardia/filiere`."""
        return self.rulebook.id

    @property
    def title(self) -> str:
        """The title of the call, as its act gives it."""
        return self.rulebook.title

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The texts of the call, each with the day from which it governs."""
        return self.rulebook.editions

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The legal values by name, each dated and cited."""
        return self.rulebook.parameters

    @property
    def _compiled(self) -> Compiled:
        found: Compiled = self.__dict__["_machinery"]
        return found

    def decide(self, facts: object, *, on: dt.date) -> Decision:
        """What the measure answers of an applicant, on the day the question is put.

        `facts` is a mapping, JSON text, or an object with `model_dump` (pydantic). What is not told is unknown.

        Raises:
            BadFacts: What is said cannot be; all faults at once.
            NotEncoded: The day of the question, or the one that picks the law, lies before the first edition; or the
                question lies so late that the calendar ends before its terms.
            Conflict: Two provisions give one definition different values for this applicant.
            TypeError: `on` is no plain date.
        """
        before: list[Fault] = []
        mapping, places = facts_of(facts, sink=before)
        behind = self._compiled
        return behind.decide(behind.read(mapping, on, places, before=before))

    def facts_schema(self) -> dict[str, Any]:
        """The JSON Schema 2020-12 of the facts that the measure asks, for forms."""
        book = self.rulebook
        return facts_schema(book.facts, book.tables, book.title)

    def vary(self, /, **values: object) -> Measure:
        """A what-if: the same measure with other legal values, each marked as assumed. This measure does not change.

        Values are written as in rule files (`"8 firms"`, `"70%"`, `"2022-12-31"`), or given as int, Decimal, Fraction,
        date.

        Raises:
            BadRules: No parameter has that name, or the value does not fit its type.
        """
        rulebook, written = varied_rulebook(self.rulebook, values)
        varied = Measure(rulebook, {**self.varied, **written}, base=self.base)
        compiled(varied).lower()
        return varied

    def linked(self) -> bytes:
        """The measure as data, which `misure.open_linked` opens without reading any rule file."""
        return self._linked

    @cached_property
    def _linked(self) -> bytes:
        from misure.deciding.linked import linked

        return linked(self)

    def select(
        self,
        applications: object,
        *,
        on: dt.date,
        approved_on: doors.ApprovedOn = None,
        survivors: doors.SurvivorsTold = None,
    ) -> doors.Selection:
        """Who is funded among the applications of the call, on the day the question is put, for how much, and why.

        `applications` is a mapping from ids to facts, or anything to go through that yields `Application`, or mappings with
        `id`, `facts`, and what only the office knows (`filed_at`, `admitted`, `window`). Each is decided by the rules; what
        the office declares stands in for what it would be derived from. `approved_on` is the day on which the ranking was
        approved (or a mapping from windows to such days), from which a waiting list lives. `survivors` is the office's word
        on which applications stay where only one may: for each relation the ids of those (`{"one_lead": ["A"]}`).

        Raises:
            BadFacts: Something is wrong with the applications; all the faults are in it.
            BadRules: The measure has no selection.
            NotEncoded: The day lies outside what the rules hold.
            TypeError: A day is no plain date, or there is nothing to go through.
        """
        selection: doors.Selection = door("Measure", "select")(
            self, applications, on=on, approved_on=approved_on, survivors=survivors
        )
        return selection

    def replay(self, receipt: Mapping[str, Any]) -> Decision:
        """Decide again from a receipt; the decision is equal to the one that gave it.

        Raises:
            BadRules: The receipt is of another measure, of other rules, or of another calendar than these.
            BadFacts: It is no receipt, or its facts cannot be.
        """
        from misure.deciding.replaying import replay

        return replay(self, receipt)

    def reselect(self, receipt: Mapping[str, Any]) -> doors.Selection:
        """Select again from the receipt of a selection, its withdrawals included; the selection is equal to that one.

        Raises:
            BadRules: The receipt is of another measure, of other rules, or of another calendar than these.
            BadFacts: It is no receipt, or its applications cannot be.
            NoSuchApplication: A withdrawal is of no application of the receipt.
        """
        selection: doors.Selection = door("Measure", "reselect")(self, receipt)
        return selection

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Measure):
            return NotImplemented
        return self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[object, ...]:
        return (self.id, self.rulebook.rules_hash, tuple(sorted(self.varied.items())))

    def __repr__(self) -> str:
        what_if = f" with {dict(self.varied)}" if self.varied else ""
        return f"Measure({self.id}{what_if})"

    def __reduce__(self) -> tuple[object, ...]:
        if not self.rulebook.root:
            return (reopen_linked, (self.linked(),))
        return (reopen_measure, (lasting(self.rulebook.root), self.id, self.rulebook.rules_hash, dict(self.varied)))
