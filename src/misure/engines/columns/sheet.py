# SPDX-License-Identifier: Apache-2.0
"""One table of columns as the program reads it: which facts it tells, always or perhaps, and which plans of entry it needs.

How a fact enters is planned in `engines.columns.entry`; here stands what is known of a table before anything is worked out, and
what is found by looking at it. An engine prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from misure.engines.columns.across import Shared
from misure.engines.columns.entry import Entry, Stored
from misure.engines.columns.inputs import Presence
from misure.engines.columns.source import Source

__all__ = ["Sheet"]


class Sheet:
    """The applicants, or the records of one table, as far as the program reads them."""

    def __init__(
        self, sources: Mapping[str, Source], on: int, declared: Callable[[str], bool], known: Iterable[str] = (),
        host: str = "", silent: Iterable[str] = (), key: str = "",
    ) -> None:  # fmt: skip
        self.sources, self.on, self.host = dict(sources), on, host
        self.key = key
        """The field that is the key of a table's records; "" of the applicants."""
        self.known = set(known)
        """The tables of which a row may say whether they are complete."""
        self.silent = set(silent)
        """The tables of which a row without records tells nothing, unless it says that they are complete."""
        self.amiss: dict[str, str] = {}
        """The facts of which columns of truths say that they cannot be because of other rows; by the column."""
        self.states = {
            name: Presence.NEVER if source.absent else Presence.ALWAYS if declared(name) else Presence.PERHAPS
            for name, source in sources.items()
        }
        self.unchecked: set[str] = set()
        """The facts whose every value was found to be one that can be."""

    def state(self, name: str) -> Presence:
        return self.states.get(name, Presence.NEVER)

    def valued(self, name: str) -> bool:
        """Whether a column holds the fact's value, and not only whether the event is still to come."""
        return self.sources[name].stored is not None

    def tells(self, name: str) -> bool:
        """Whether a column holds the fact's value, in some rows at least."""
        return self.state(name) is not Presence.NEVER and self.valued(name)

    def may_wait(self, name: str) -> bool:
        """Whether a column says of an event that it has not happened."""
        return bool(self.sources[name].not_yet)

    def columns_told(self) -> dict[str, str]:
        """The columns that hold values of facts, in some rows at least, by the fact."""
        return {name: source.column for name, source in self.sources.items() if self.tells(name)}

    def take(self, step: Shared) -> None:
        """Let columns of their names tell what another table tells too, in some rows at least."""
        for one in step.fields:
            self.sources[one.field] = Source(self.sources[one.field].fact, one.field, Stored(one.storage))
            if self.state(one.field) is Presence.NEVER:
                self.states[one.field] = Presence.PERHAPS
            if one.mark:
                self.amiss[one.mark] = one.field

    def told(self, names: Iterable[str] | None = None) -> list[str]:
        """The facts, of all or of some, of which something is said in some rows at least."""
        names = self.sources if names is None else names
        return [name for name in names if self.state(name) is not Presence.NEVER]

    def plan(self, name: str, *, declared: bool | None = None) -> Entry:
        """How a fact enters, held to be told in every row where it is `declared` to be, or was found to be."""
        declared = self.state(name) is Presence.ALWAYS if declared is None else declared
        return self.sources[name].entry(declared=declared, on=self.on)

    def measured(self, found: Mapping[str, Any]) -> None:
        """Take what an engine found of a whole table: a fact told in every row is known, what is always right needs no more checks.

        `rows` is how many there are; `known:TABLE` whether every row says that the table is complete, or says nothing;
        `untold:FACT` how many rows do not tell it; `wrong:FACT` whether some value cannot be; `amiss:COLUMN` whether it holds of a row.
        """
        rows = found["rows"]
        self.amiss = {column: name for column, name in self.amiss.items() if found[f"amiss:{column}"]}
        kept = {table for table in self.known if not found[f"known:{table}"] or table in self.silent}
        self.known = kept if rows else set()
        for name in [question.removeprefix("untold:") for question in found if question.startswith("untold:")]:
            untold, wrong = found[f"untold:{name}"] or 0, bool(found.get(f"wrong:{name}"))
            declared = self.states[name] is Presence.ALWAYS
            if not declared and untold:
                self.states[name] = Presence.NEVER if untold == rows else Presence.PERHAPS
            elif not untold:
                self.states[name] = Presence.ALWAYS
            if not wrong and not (declared and untold):
                self.unchecked.add(name)

    # What cannot be

    def checks(self, names: Iterable[str]) -> bool:
        """Whether some row may tell what cannot be, where these facts are asked: only then entry makes a column `bad`."""
        return bool(self.amiss or self.doubted(names))

    def doubted(self, names: Iterable[str]) -> list[Entry]:
        """The plans of the facts of which some value may be one that cannot be.

        What no rule asks (it is not among `names`) is looked at too, as one decision looks at it; but it may be left untold.
        """
        asked = frozenset(names)
        told = [name for name in self.told() if name not in self.unchecked]
        plans = [self.plan(name, declared=None if name in asked else False) for name in told]
        return [plan for plan in plans if plan.wrong]
