# SPDX-License-Identifier: Apache-2.0
"""One frame as the program reads it: which facts it tells, always or perhaps, and its columns in internal form.

Two kinds of columns are made on entry. `v:turnover` is the value in internal form, null where it is not told or cannot be;
`bad` says that some value of the row cannot be. What reads them fills the nulls, so that the program meets none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeAlias

import narwhals as nw

from misure.batch.sources import KNOWN, Source
from misure.facts.vocabulary import Kind
from misure.program.nodes import Node

__all__ = ["APPLICANT", "Frame", "Sheet", "Told"]

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]

APPLICANT = "k"
"""The applicant's key, in every frame."""

_CODE = r"^[0-9]{2}(\.[0-9]{1,2}(\.[0-9]{1,2})?)?$"
_DAYS = (Kind.DATE, Kind.EVENT)


class Told(Enum):
    """Whether the rows of a frame tell a fact."""

    ALWAYS = "always"
    PERHAPS = "perhaps"
    NEVER = "never"


class Sheet:
    """The applicants, or the records of one table, as far as the program reads them."""

    def __init__(
        self, sources: Mapping[str, Source], on: int, declared: Callable[[str], bool], known: Iterable[str] = ()
    ) -> None:
        self.sources, self.on = sources, on
        self.known = set(known)
        """The tables of which a row may say that they are not complete."""
        self.states = {
            name: Told.NEVER if source.absent else Told.ALWAYS if declared(name) else Told.PERHAPS
            for name, source in sources.items()
        }
        self.unchecked: set[str] = set()
        """The facts whose every value was found to be one that can be."""

    def state(self, name: str) -> Told:
        return self.states.get(name, Told.NEVER)

    # Measuring, of frames that are there

    def measures(self, names: Iterable[str]) -> dict[str, nw.Expr]:
        """What to ask of the whole frame: how many rows do not tell each fact, and whether any value cannot be."""
        asked = {"rows": nw.len()}
        asked |= {f"known:{table}": nw.col(f"{table}{KNOWN}").fill_null(True).all() for table in self.known}
        for name in names:
            if self.state(name) is Told.NEVER:
                continue
            asked[f"untold:{name}"] = self._untold(self.sources[name]).cast(nw.Int64).sum()
            wrong = self._wrong(self.sources[name], self._canonical(name), declared=False)
            if wrong is not None:
                asked[f"wrong:{name}"] = wrong.any()
        return asked

    def measured(self, found: Mapping[str, Any]) -> None:
        """Take what was found: a fact told in every row is known, and what is always right needs no more checks."""
        rows = found["rows"]
        self.known = {table for table in self.known if not found[f"known:{table}"] and rows}
        for name in [question.removeprefix("untold:") for question in found if question.startswith("untold:")]:
            untold, wrong = found[f"untold:{name}"] or 0, bool(found.get(f"wrong:{name}"))
            declared = self.states[name] is Told.ALWAYS
            if not declared and untold:
                self.states[name] = Told.NEVER if untold == rows else Told.PERHAPS
            elif not untold:
                self.states[name] = Told.ALWAYS
            if not wrong and not (declared and untold):
                self.unchecked.add(name)

    # Columns

    def entry(self, frame: Frame, key: str, names: Collection[str], also: Sequence[str] = ()) -> Frame:
        """The frame with the applicant's key and the columns that the program reads; those of `also` stay as they are."""
        told = [name for name in names if self.state(name) is not Told.NEVER]
        columns = {}
        for name in told:
            if self.sources[name].dtype is not None:
                columns[f"v:{name}"] = self._canonical(name)
        frame = frame.with_columns(**columns)
        last: list[nw.Expr] = [nw.col(column) for column in (*columns, *also)]
        wrongs = [wrong for name in told if (wrong := self._row_wrong(name)) is not None]
        if wrongs:
            last.append(_any(wrongs).alias("bad"))
        last += [
            nw.col(self.sources[name].not_yet).fill_null(False).alias(f"n:{name}")
            for name in told
            if self.sources[name].not_yet
        ]
        last += [nw.col(f"{table}{KNOWN}").fill_null(True).alias(f"known:{table}") for table in sorted(self.known)]
        return frame.select(nw.col(key).alias(APPLICANT), *last)

    def checks(self, names: Iterable[str]) -> bool:
        """Whether `entry` makes a column `bad`."""
        return any(self._row_wrong(name) is not None for name in names if self.state(name) is not Told.NEVER)

    def _row_wrong(self, name: str) -> nw.Expr | None:
        if name in self.unchecked:
            return None
        always = self.state(name) is Told.ALWAYS
        return self._wrong(self.sources[name], nw.col(f"v:{name}"), declared=always)

    def _canonical(self, name: str) -> nw.Expr:
        source = self.sources[name]
        match source.fact.kind:
            case Kind.NUMBER:
                return source.number(within=name not in self.unchecked)
            case Kind.DATE:
                return source.day(None if name in self.unchecked else source.fact.greatest)
            case Kind.EVENT:
                return source.day(None if name in self.unchecked else self.on)
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

    def _wrong(self, source: Source, value: nw.Expr, *, declared: bool) -> nw.Expr | None:
        """Whether the row's value cannot be; where the fact was `declared` to be told, so is no value."""
        fact = source.fact
        untold = self._untold(source) if declared and fact.name != "filed_on" else None
        if source.dtype is None:
            return untold
        match fact.kind:
            case Kind.NUMBER | Kind.DATE | Kind.EVENT:
                wrong = value.is_null() & ~nw.col(source.column).is_null()
                if source.not_yet:
                    wrong = wrong | (nw.col(source.not_yet).fill_null(False) & ~nw.col(source.column).is_null())
            case Kind.TRUTH:
                return untold
            case Kind.CHOICE:
                wrong = ~value.is_in(list(fact.choices))
            case Kind.CODE:
                wrong = ~value.str.contains(_CODE)
            case _:
                wrong = value == ""
        wrong = wrong.fill_null(False)
        return wrong if untold is None else wrong | untold

    # What the columns of a split program are, in terms of those of `entry`

    def column(self, node: Node) -> nw.Expr:
        """A column of the split program, null-free."""
        part, _, name = node.data
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


def _any(truths: list[nw.Expr]) -> nw.Expr:
    found, *rest = truths
    for truth in rest:
        found = found | truth
    return found
