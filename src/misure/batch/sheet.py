# SPDX-License-Identifier: Apache-2.0
"""One frame as the program reads it: which facts it tells, always or perhaps, and its columns in internal form.

How a fact enters is planned in `engines.columns.entry` and printed by `engines.narwhals.entry`; here stands what is found by
looking at the frame, and which of the plans it needs.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import narwhals as nw

from misure.batch.sources import KNOWN, Source
from misure.engines.columns.across import Shared
from misure.engines.columns.entered import APPLICANT, BAD, known_column, value_column, waiting_column
from misure.engines.columns.entry import Entry, Stored
from misure.engines.columns.inputs import Presence
from misure.engines.narwhals.entry import day_stages, formula, truth, value
from misure.engines.narwhals.frame import Frame

__all__ = ["Presence", "Sheet"]


class Sheet:
    """The applicants, or the records of one table, as far as the program reads them."""

    def __init__(
        self, sources: Mapping[str, Source], on: int, declared: Callable[[str], bool], known: Iterable[str] = (),
        engine: str = "", silent: Iterable[str] = (), key: str = "",
    ) -> None:  # fmt: skip
        self.sources, self.on, self.engine = dict(sources), on, engine
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

    def _told(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self.state(name) is not Presence.NEVER]

    def _plan(self, name: str, *, declared: bool | None = None) -> Entry:
        """How a fact enters, held to be told in every row where it is `declared` to be, or was found to be."""
        declared = self.state(name) is Presence.ALWAYS if declared is None else declared
        return self.sources[name].entry(declared=declared, on=self.on)

    def with_days(self, frame: Frame) -> Frame:
        """The frame with the ordinals of its days beside them."""
        plans = [self._plan(name) for name in self._told(self.sources)]
        for stage in zip(*(day_stages(plan, self.engine) for plan in plans if plan.dated), strict=True):
            frame = frame.with_columns(**{name: day for columns in stage for name, day in columns.items()})
        return frame

    # Measuring, of frames that are there

    def measures(self) -> dict[str, nw.Expr]:
        """What to ask of the whole frame: how many rows do not tell each fact, and whether any value cannot be."""
        asked = {"rows": nw.len()}
        asked |= {f"known:{table}": truth(f"{table}{KNOWN}", unsaid=True).all() for table in self.known}
        for name in self._told(self.sources):
            # Where it is told is what is asked: a row that does not tell it is not wrong for that.
            plan = self._plan(name, declared=False)
            asked[f"untold:{name}"] = formula(plan, plan.untold).cast(nw.Int64).sum()
            if plan.wrong:
                asked[f"wrong:{name}"] = formula(plan, plan.wrong).any()
        asked |= {f"amiss:{column}": nw.col(column).any() for column in self.amiss}
        return asked

    def measured(self, found: Mapping[str, Any]) -> None:
        """Take what was found: a fact told in every row is known, and what is always right needs no more checks."""
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

    # Columns

    def entry(
        self, frame: Frame, key: str, names: Iterable[str], also: Sequence[str] = (), *, checked: bool = True
    ) -> Frame:
        """The frame with the applicant's key and the columns that the program reads; those of `also` stay as they are."""
        columns = [nw.col(column) for column in also]
        told = self._told(names)
        for name in told:
            plan = self._plan(name)
            if plan.stored:
                entered = value(plan, self.engine, sure=name in self.unchecked)
                columns.append(entered.alias(value_column(name)))
            if plan.not_yet:
                columns.append(truth(plan.not_yet, unsaid=False).alias(waiting_column(name)))
        columns += [nw.col(f"{table}{KNOWN}").alias(known_column(table)) for table in sorted(self.known)]
        if checked and (wrongs := self.wrongs(told)):
            columns.append(reduce(operator.or_, wrongs.values()).alias(BAD))
        return frame.select(nw.col(key).alias(APPLICANT), *columns)

    def checks(self, names: Iterable[str]) -> bool:
        """Whether `entry` makes a column `bad`."""
        return bool(self.wrongs(names))

    def wrongs(self, names: Iterable[str]) -> dict[str, nw.Expr]:
        """For each fact of which some value may be one that cannot be, whether a row's is.

        What no rule asks (it is not among `names`) is looked at too, as one decision looks at it; but it may be left untold.
        """
        asked = frozenset(names)
        doubted = [name for name in self._told(self.sources) if name not in self.unchecked]
        plans = [self._plan(name, declared=None if name in asked else False) for name in doubted]
        found = {plan.name: formula(plan, plan.wrong) for plan in plans if plan.wrong}
        for column, name in self.amiss.items():
            found[name] = found[name] | nw.col(column) if name in found else nw.col(column)
        return found
