# SPDX-License-Identifier: Apache-2.0
"""What each record of a table receives of an amount that is apportioned: applicants in frames, one row a record out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import narwhals as nw

from misure.allocating.apportioning import Between, Ends, between
from misure.allocating.sharing import shared
from misure.batch.filings import Filings
from misure.batch.native import native
from misure.batch.question import Question, column_names, place_of
from misure.batch.rows import Building, Rows
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.engines.columns.entered import APPLICANT, value_column
from misure.engines.columns.inputs import Presence
from misure.engines.narwhals.frame import Frame
from misure.engines.narwhals.stages import Stages
from misure.facts.values import shown
from misure.facts.vocabulary import FILING, FILING_TIME
from misure.ground.arguments import wanted
from misure.ground.errors import BadFacts, NoSuchName
from misure.ground.extras import with_chosen
from misure.ground.given import Day, plain_day
from misure.ground.place import Fault, nearest
from misure.program.nodes import LIMIT, Node
from misure.program.period import Period
from misure.program.split import Pair, Split
from misure.rulebook.rules import SupportLine
from misure.selecting.applications import OFFICE

__all__ = ["parts"]

F = TypeVar("F")
"""A dataframe of any kind: pandas, polars (eager or lazy), a DuckDB relation, an Arrow table."""

_CENTS = ("cents_from", "cents_to")
_GIVEN = ("amount_cents_from", "amount_cents_to")
"""The columns in which `batch.select` tells what each application gets."""


@with_chosen
def parts(
    measure: Measure, frame: F, *, line: str, on: Day, tables: Mapping[str, Any], placed: F | None = None, key: str = "id",
    parent: str = "applicant", complete: bool | Collection[str] = False, check_keys: bool = True,
) -> F:  # fmt: skip
    """What each record of a table receives of a line of support: the same parts as a single decision tells.

    `frame` and `tables` tell facts as in `batch.decide`; the table among whose records the line is apportioned has the key of each of
    its records. `placed` is the answer of `batch.select` of the same applications: what each of them gets then is apportioned in the
    place of what the line is, where the envelopes pay this line alone; the frame may then have what the office told (`filed_at`,
    `admitted`, `window`).

    The answer has a row for each row of that table, in its order: the key of its applicant in column `parent`, its own key, and
    `cents_from`, `cents_to`: exact cents, the two equal where the part is known, 0 for a refused applicant, and null where the
    applicant has no answer. Lazy frames are collected; the answer is as lazy as the table was.

    Raises:
        BadFacts: A column is of the wrong type, keys do not fit together, or the records of the table are not told; all at once.
        NoSuchName: The measure has no such line of support, or it is not apportioned.
        NotEncoded: The day `on` lies before the first edition, or after the last day on which questions can be put.
        MissingExtra: The frame is of pandas or DuckDB, and pyarrow, with which it is read, is not installed.
        TypeError: `on` is neither a plain date nor a text, `measure` no measure, or something is no dataframe.
    """
    wanted("measure", measure, Measure, "a Measure, as catalogue()[...] gives")
    column_names(key=key, parent=parent, line=line)
    day = plain_day(on)
    if not isinstance(tables, Mapping):
        raise TypeError(f"tables= has a dataframe for each table; got {shown(tables)}")
    compiled(measure).check_question(day)
    rule = _line(measure, line)
    assert rule.apportioned is not None
    name = rule.apportioned.table
    question = _Parting(measure, rule, day, key, parent, own=() if placed is None else OFFICE)
    if name not in tables:
        raise BadFacts(
            [Fault(place_of(name), name, f"{line!r} is apportioned among its records, and no such frame is given")]
        )
    given = native(tables[name], place_of(name))
    if placed is None:
        question.take(frame, tables, complete)
    else:
        question.take_filed(frame, tables, complete)
    there, record = given.there(), question.book.tables[name].key
    if question.sheets[name].state(record) is Presence.NEVER:
        message = "parts are told by the keys of the records, and no column has them"
        raise BadFacts([Fault(place_of(name), f"{name}.{record}", message, nearest(record, sorted(there.columns)))])
    if check_keys:
        question.check_keys()
    found = question.divided(None if placed is None else _placed(placed, measure, rule, key))
    ends = [found.get(who) for who in zip(there[parent].to_list(), there[record].to_list(), strict=True)]
    columns = [
        nw.new_series(
            column, [None if one is None else one[at] for one in ends], nw.Int64(), backend=there.implementation
        )
        for at, column in enumerate(_CENTS)
    ]
    return given.beside_rows(there.select(parent, record).with_columns(*columns))  # type: ignore[no-any-return]


def _line(measure: Measure, name: str) -> SupportLine:
    """The line of support of that name, which is apportioned."""
    support = measure.rulebook.support
    lines = [one for one in support.lines if one.apportioned] if support else []
    found = next((one for one in lines if one.id == name), None)
    if found is None:
        raise NoSuchName.among("line of support that is apportioned", name, [one.id for one in lines])
    return found


def _placed(placed: Any, measure: Measure, line: SupportLine, key: str) -> dict[Any, Ends]:
    """What each application gets, by its key, as `batch.select` answers it."""
    rule, support = measure.rulebook.selection, measure.rulebook.support
    paid = (rule.pays or tuple(one.id for one in support.lines if one.form != "own_share")) if rule and support else ()
    place = place_of("placed")
    if tuple(paid) != (line.id,):
        raise BadFacts(
            [Fault(place, line.id, "the envelopes do not pay this line alone, so its part of an award is not known")]
        )
    there = native(placed, place).there()
    lacking = [name for name in (key, *_GIVEN) if name not in there.columns]
    if lacking:
        message = "the answer of batch.select has such a column, and this has none"
        raise BadFacts([Fault(place, name, message, nearest(name, sorted(there.columns))) for name in lacking])
    low, high = (there[name].to_list() for name in _GIVEN)
    return dict(zip(there[key].to_list(), zip(low, high, strict=True), strict=True))


class _Dividing(Building):
    """The amounts that are apportioned, and of each record what decides its part of them."""

    @staticmethod
    def belongs(measure: Measure, output: str) -> bool:
        return Building.belongs(measure, output) or output.endswith((".weights", ".limits"))

    def reads(self, split: Split, period: Period) -> dict[str, Pair]:
        found = super().reads(split, period)
        for line, parts in period.program.parts.items():
            found[f"record.{line}.weight"] = split.pair(parts.weight)
            found[f"others.{line}.weight"] = split.pair(parts.others_weight)
            endless, nothing = self.nodes.const(LIMIT), self.nodes.const(0)
            found[f"floor.{line}"] = split.pair(parts.floor)
            found[f"others.{line}.whole"] = split.pair(self.nodes.const(parts.whole))
            found[f"record.{line}.rest"] = split.pair(parts.rest or nothing)
            found[f"record.{line}.limit"] = split.pair(parts.limit or endless)
            found[f"others.{line}.limit"] = split.pair(parts.others_limit or endless)
        return found

    def rows(self) -> Rows:
        rows, nodes = super().rows(), self.nodes
        refused, _ = self.admission()
        columns: dict[str, Node] = {}
        records: dict[str, Node] = {}
        for name, pair in self.outputs.items():
            what, _, rest = name.partition(".")
            if what == "support":
                columns |= {f"{rest}:0": nodes.choose(refused, nodes.const(0), pair.first)}
                columns |= {f"{rest}:1": nodes.choose(refused, nodes.const(0), pair.second)}
            elif what == "floor":
                columns[name] = pair.first
            elif what == "others":
                columns[name] = pair.second
            elif what == "record":
                records |= {f"{rest}:0": pair.first, f"{rest}:1": pair.second}
        return Rows(rows.no_answer, rows.outcomes, rows.otherwise, {}, columns, {}, records)


class _Parting(Question):
    """One question about the parts of a line."""

    def __init__(
        self, measure: Measure, line: SupportLine, on: dt.date, key: str, parent: str, own: Iterable[str]
    ) -> None:
        assert line.apportioned is not None
        super().__init__(measure, on, key, parent, building=_Dividing, answers=_CENTS, own=own)
        self.table, self.line, self.to_one = line.apportioned.table, line.id, line.apportioned.rest is not None
        self.told: nw.DataFrame[Any] | None = None

    def take_filed(self, frame: Any, tables: Mapping[str, Any], complete: bool | Collection[str]) -> None:
        """Read the columns of applications that were filed, as a selection does: `filed_at` tells the day, and the time, of filing."""
        people = native(frame, place_of("")).there()
        filings = Filings.of(people, place_of(""), self.faults)
        asked = {column.name for column in self.compiled.facts.layout.inputs}
        dated = filings.with_days(people) if FILING in self.book.vocabulary.facts else people
        dated = filings.with_times(dated) if FILING_TIME in asked else dated
        own = {
            name: native(table, place_of(name)).there().to_native() if name in self.book.tables else table
            for name, table in tables.items()
        }
        self.take(dated.to_native(), own, complete)

    def take_records(self, rows: Rows, stages: Stages, applicants: Frame) -> None:
        """Keep what decides the parts, of each record."""
        own = {name: node for name, node in rows.records.items() if name.startswith(f"{self.line}.")}
        found = stages.records(applicants, self.table, own, [value_column(self.book.tables[self.table].key)])
        self.told = found.collect() if isinstance(found, nw.LazyFrame) else found

    def divided(self, given: Mapping[Any, Ends] | None) -> dict[tuple[Any, str], Ends]:
        """The parts by the keys of the applicant and of the record; nothing of an applicant without an answer."""
        record, line = self.book.tables[self.table].key, self.line
        answer = self.work_out({self.table: [record]})
        people = answer.collect() if isinstance(answer, nw.LazyFrame) else answer
        assert self.told is not None, "kept while the answer is worked out"
        claims: dict[Any, list[Between]] = {}
        told = [end for what in ("weight", "limit", "rest") for end in _ends(f"{line}.{what}")]
        for who, name, *ends in _rows(self.told, [APPLICANT, value_column(record), *told]):
            one = Between(str(name), (ends[0], ends[1]), _limit(ends[2:4]), (ends[4], ends[5]))
            claims.setdefault(who, []).append(one)
        others = [f"others.{line}.{what}" for what in ("weight", "limit", "whole")]
        found: dict[tuple[Any, str], Ends] = {}
        for who, low, high, floor, weight, most, whole in _rows(
            people, [self.key, *_ends(line), f"floor.{line}", *others]
        ):
            amount = (low, high) if given is None else given.get(who)
            if low is None or amount is None or who not in claims:
                continue
            unseen = Between("", (0, weight), _limit([0, most]))
            if whole:
                divided, _ = shared(amount, claims[who], whole, unseen, to_one=self.to_one)
            else:
                divided, _ = between(amount, claims[who], unseen, floor if given is None else 0)
            found |= {(who, one.name): each for one, each in zip(claims[who], divided, strict=True)}
        return found


def _limit(ends: Sequence[int]) -> tuple[int | None, int | None]:
    """The ends of the most that somebody receives; None where nothing limits it."""
    low, high = (None if end == LIMIT else end for end in ends)
    return low, high


def _ends(name: str) -> tuple[str, str]:
    return f"{name}:0", f"{name}:1"


def _rows(frame: nw.DataFrame[Any], names: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    """The rows of some columns."""
    return zip(*(frame[name].to_list() for name in names), strict=True)
