# SPDX-License-Identifier: Apache-2.0
"""One frame as the program reads it: which facts it tells, always or perhaps, and its columns in internal form.

Two kinds of columns are made on entry. `v:turnover` is the value in internal form, null where it is not told or cannot be;
`bad` says that some value of the row cannot be. What reads them fills the nulls, so that the program meets none.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeAlias

import narwhals as nw

from misure.batch.identifier_columns import is_identifier
from misure.batch.sources import KNOWN, Source
from misure.engines.columns.inputs import Presence
from misure.facts.values import code_form
from misure.facts.vocabulary import Kind
from misure.program.groups import Group
from misure.program.nodes import Node

__all__ = ["APPLICANT", "Frame", "Sheet", "Presence", "member_column"]

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]

APPLICANT = "k"
"""The applicant's key, in every frame."""

_ODD = "^\\s|\\s$|[\x01-\x1f\x7f\u0300-\u036f]"
"""A text that a single decision would trim, compose or refuse. No engine composes: such a row has no answer here."""

_DAYS = (Kind.DATE, Kind.EVENT)
_CASTING = frozenset({"polars", "pandas", "pyarrow"})
"""The engines in which a date can be cast to its number of days; elsewhere no cast of dates is common to all."""


def member_column(group: Group, part: str) -> str:
    """The column that says of each record whether its beneficiary is of a group, surely or possibly."""
    return f"m:{group.beneficiary}:{group.undertaking}:{group.controls}:{part}"


class Sheet:
    """The applicants, or the records of one table, as far as the program reads them."""

    def __init__(
        self, sources: Mapping[str, Source], on: int, declared: Callable[[str], bool], known: Iterable[str] = (),
        engine: str = "",
    ) -> None:  # fmt: skip
        self.sources, self.on, self.engine = sources, on, engine
        self.known = set(known)
        """The tables of which a row may say that they are not complete."""
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
        return self.sources[name].dtype is not None

    def may_wait(self, name: str) -> bool:
        """Whether a column says of an event that it has not happened."""
        return bool(self.sources[name].not_yet)

    def with_days(self, frame: Frame, names: Iterable[str]) -> Frame:
        """The frame with the ordinals of its days beside them."""
        days = [self.sources[name] for name in names if self.state(name) is not Presence.NEVER]
        days = [source for source in days if source.dtype is not None and source.fact.kind in _DAYS]
        for stage in zip(*(source.day_stages(cast=self.engine in _CASTING) for source in days), strict=True):
            frame = frame.with_columns(**{name: day for columns in stage for name, day in columns.items()})
        return frame

    # Measuring, of frames that are there

    def measures(self, names: Iterable[str]) -> dict[str, nw.Expr]:
        """What to ask of the whole frame: how many rows do not tell each fact, and whether any value cannot be."""
        asked = {"rows": nw.len()}
        asked |= {f"known:{table}": nw.col(f"{table}{KNOWN}").fill_null(True).all() for table in self.known}
        for name in names:
            if self.state(name) is Presence.NEVER:
                continue
            asked[f"untold:{name}"] = self._untold(self.sources[name]).cast(nw.Int64).sum()
            wrong = self._wrong(self.sources[name], declared=False)
            if wrong is not None:
                asked[f"wrong:{name}"] = wrong.any()
        return asked

    def measured(self, found: Mapping[str, Any]) -> None:
        """Take what was found: a fact told in every row is known, and what is always right needs no more checks."""
        rows = found["rows"]
        self.known = {table for table in self.known if not found[f"known:{table}"] and rows}
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
        told = [name for name in names if self.state(name) is not Presence.NEVER]
        for name in told:
            source = self.sources[name]
            if source.dtype is not None:
                columns.append(self._value(name).alias(f"v:{name}"))
            if source.not_yet:
                columns.append(nw.col(source.not_yet).fill_null(False).alias(f"n:{name}"))
        columns += [nw.col(f"{table}{KNOWN}").fill_null(True).alias(f"known:{table}") for table in sorted(self.known)]
        if checked and (wrongs := self._wrongs(told)):
            columns.append(reduce(operator.or_, wrongs).alias("bad"))
        return frame.select(nw.col(key).alias(APPLICANT), *columns)

    def checks(self, names: Iterable[str]) -> bool:
        """Whether `entry` makes a column `bad`."""
        return bool(self._wrongs(name for name in names if self.state(name) is not Presence.NEVER))

    def _wrongs(self, told: Iterable[str]) -> list[nw.Expr]:
        return list(self.wrongs(told).values())

    def wrongs(self, names: Iterable[str]) -> dict[str, nw.Expr]:
        """For each fact of which some value may be one that cannot be, whether a row's is."""
        wrongs = {
            name: self._wrong(self.sources[name], declared=self.state(name) is Presence.ALWAYS)
            for name in names
            if name not in self.unchecked and self.state(name) is not Presence.NEVER
        }
        return {name: wrong for name, wrong in wrongs.items() if wrong is not None}

    def _value(self, name: str) -> nw.Expr:
        """The internal form, null where it is not told.

        So is what cannot be, unless the engine bears any number: in polars an integer that overflows does no harm, and the
        row is bad facts whatever comes of it.
        """
        source = self.sources[name]
        guarded = self.engine != "polars" and name not in self.unchecked
        match source.fact.kind:
            case Kind.NUMBER:
                guarded = guarded or (isinstance(source.dtype, nw.Decimal) and name not in self.unchecked)
                return source.number(guarded=guarded)
            case Kind.DATE | Kind.EVENT:
                day = source.day
                return nw.when(source.day_inside(self.on)).then(day) if guarded else day
            case Kind.TRUTH:
                return nw.col(source.column)
            case _:
                text = nw.col(source.column)
                return text if isinstance(source.dtype, nw.String) else text.cast(nw.String)

    def _untold(self, source: Source) -> nw.Expr:
        """Whether the row does not tell the fact; an event that has not happened is told."""
        if source.dtype is None:
            return ~nw.col(source.not_yet).fill_null(False)
        untold = nw.col(source.column).is_null()
        return untold & ~nw.col(source.not_yet).fill_null(False) if source.not_yet else untold

    def _wrong(self, source: Source, *, declared: bool) -> nw.Expr | None:
        """Whether the row's value cannot be; where the fact was `declared` to be told, so is no value."""
        fact, column = source.fact, nw.col(source.column)
        if source.dtype is None:
            return self._untold(source) if declared else None
        match fact.kind:
            case Kind.TRUTH:
                return column.is_null() if declared else None
            case Kind.NUMBER:
                right = source.number_inside()
            case Kind.DATE | Kind.EVENT:
                right = source.day_inside(self.on)
                if source.not_yet:
                    waits = nw.col(source.not_yet).fill_null(False)
                    wrong = (~right).fill_null(False) | (waits & ~column.is_null())
                    return wrong | self._untold(source) if declared else wrong
            case Kind.CHOICE:
                right = self._value(fact.name).is_in(list(fact.choices))
            case Kind.CODE:
                right = self._value(fact.name).str.contains(f"^{code_form(fact)}$")
            case Kind.TEXT if fact.identifier:
                right = is_identifier(self._value(fact.name), fact.identifier)
            case _:
                text = self._value(fact.name)
                right = (text != "") & ~text.str.contains(_ODD) & (text.str.len_chars() <= fact.greatest)
        return (~right).fill_null(declared)

    # What the columns of a split program are, in terms of those of `entry`

    def unsure(self, node: Node) -> bool:
        """Whether a text of the program is null where it is not told."""
        return self.state(node.data[2]) is not Presence.ALWAYS

    def column(self, node: Node) -> nw.Expr:
        """A column of the split program, null-free."""
        part, _, name = node.data
        if isinstance(name, Group):
            return nw.col(member_column(name, part))
        value = nw.col(f"v:{name}")
        match part:
            case "value":
                return value
            case "lo":
                return value.fill_null(node.lo)
            case "hi":
                return value.fill_null(node.hi)
            case "yes":
                return value.fill_null(True)
            case "no":
                return ~value.fill_null(False)
            case "missing":
                return value.is_null()
            case "not_yet":
                return nw.col(f"n:{name}")
            case "known":
                return nw.col(f"known:{name}")
            case "or_on":
                return value.fill_null(self.on)
            case _:
                return nw.col("bad")
