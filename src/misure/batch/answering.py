# SPDX-License-Identifier: Apache-2.0
"""The front door: the applicants in a frame, the records of their tables in others, one answer a row."""

from __future__ import annotations

import bisect
import datetime as dt
import operator
from collections.abc import Callable, Collection, Mapping
from functools import reduce
from typing import Any, TypeVar

import narwhals as nw
from narwhals.dtypes import DType

from misure.batch.grouping import groups_of, with_members
from misure.batch.keys import key_faults
from misure.batch.native import ROW, Native, look, native
from misure.batch.printing import expression, mask
from misure.batch.rows import Rows, amounts, asked_by, rows_program
from misure.batch.sheet import APPLICANT, Frame, Sheet, Told, member_column
from misure.batch.sources import KNOWN, check_truth, sources, strangers
from misure.batch.stages import Stages
from misure.deciding.compiled import Stretch
from misure.deciding.measure import Measure
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place, nearest

__all__ = ["condition_names", "decide"]

_MASKS = ("failed", "unknown")

F = TypeVar("F")
"""A dataframe of any kind: pandas, polars (eager or lazy), a DuckDB relation, an Arrow table."""


def condition_names(measure: Measure) -> tuple[str, ...]:
    """The conditions in the order of the bits of the masks: the first is bit 0 of `failed` and of `unknown`.

    Each word holds 62; the 63rd condition is bit 0 of `failed_2`.
    """
    return tuple(condition.id for condition in measure.rulebook.conditions)


def decide(
    measure: Measure, frame: F, *, on: dt.date, tables: Mapping[str, Any] | None = None, key: str = "id",
    parent: str = "applicant", complete: bool | Collection[str] = False, check_keys: bool = True,
) -> F:  # fmt: skip
    """Decide many applicants, one a row: the same answers as `measure.decide` gives one by one.

    `frame` has one column for each fact, by its name, and the applicants' own key in column `key`. Numbers are whole
    units in an integer column, or decimals, or cents in an integer column `<fact>_cents`; events are dates, and
    `<event>_not_yet` (true) says that one has not happened. A null, like a column that is not there, is a fact not told.
    Each frame of `tables` has the records of one table, with the key of their applicant in column `parent`. An applicant
    without records has an empty table, unless column `<table>_known` of `frame` is false: then there may be more records.

    The answer has the key and these columns:

    * `outcome`: eligible, refused, undecided or not_applicable; or why the row has no answer: bad_facts (a value cannot
      be, or contradicts another), conflict (the act contradicts itself), not_encoded (the law of the day is not known).
    * `failed`, `unknown`: the conditions not met and not known, as bits in the order of `condition_names`.
    * `<line>_cents` for each line of support, `own_share_cents`: exact cents, 0 for a refused applicant; where the
      amount may be open this is its low end and `<line>_cents_to` the high one.

    A row without an answer has nulls there. Lazy frames stay lazy and are taken to have nulls anywhere, unless
    `complete` is true or names the facts always told (`turnover`, `partners.kind`); a null in these is bad facts.
    `check_keys=False` trusts the keys: of a lazy frame they are otherwise looked at at once.

    Raises:
        BadFacts: A column is of the wrong type or nobody knows its name, or keys do not fit together; all at once.
        NotEncoded: The day `on` lies before the first edition, or after the last day on which questions can be put.
        TypeError: `on` is no plain date, or something is no dataframe.
    """
    if type(on) is not dt.date:
        raise TypeError(f"on= is a datetime.date without a time of day; got {type(on).__name__}")
    measure.check_question(on)
    question = _Question(measure, on, key, parent)
    question.take(frame, tables or {}, complete)
    return question.answer(check_keys=check_keys)  # type: ignore[no-any-return]


class _Question:
    def __init__(self, measure: Measure, on: dt.date, key: str, parent: str) -> None:
        self.measure, self.on, self.key, self.parent = measure, on, key, parent
        self.book = measure.rulebook
        self.faults: list[Fault] = []
        self.natives: dict[str, Native] = {}
        self.frames: dict[str, Frame] = {}
        self.sheets: dict[str, Sheet] = {}
        self.beside: dict[str, list[str]] = {}
        """The columns put beside the records of each table that are no facts."""

    # What came in

    def take(self, frame: Any, tables: Mapping[str, Any], complete: bool | Collection[str]) -> None:
        """Read the names and types of every column.

        Raises:
            BadFacts: Some cannot be; all of them are in it.
        """
        book = self.book
        declared = self._declared(complete)
        known_tables = {**book.vocabulary.tables, **book.tables}
        given = {name: tables[name] for name in book.tables if name in tables}
        for name in tables:
            if name not in known_tables:
                self.fault(_place(name), name, f"no table is called {name!r}", nearest(name, sorted(known_tables)))
        applicants = self.natives[""] = native(frame, _place(""))
        schema = applicants.schema
        facts = dict(book.facts)
        if book.law_of != "on" and book.law_of not in facts:
            facts[book.law_of] = book.vocabulary.facts[book.law_of]
        self.key_column(schema, self.key, "", "applicants")
        if self.key in {"outcome", *_MASKS} or self.key in {f"{name}_cents" for name, _ in amounts(self.measure)}:
            self.fault(_place(""), self.key, "the answer has a column of that name: give the key another")
        self.faults += strangers(
            schema, {**book.vocabulary.facts, **facts}, known_tables, [self.key], "fact", _place(""), ""
        )
        known = [name for name in given if f"{name}{KNOWN}" in schema]
        for name in known:
            check_truth(schema[f"{name}{KNOWN}"], _place(""), f"{name}{KNOWN}", self.faults)
        for name in book.tables:
            if name not in given and f"{name}{KNOWN}" in schema:
                message = f"the table {name!r} is not given, so this column cannot speak of its records"
                self.fault(_place(""), f"{name}{KNOWN}", message)
        told = sources(facts, schema, _place(""), "", self.faults)
        self.sheets[""] = Sheet(
            told,
            self.on.toordinal(),
            declared(""),
            [n for n in known if not isinstance(schema[f"{n}{KNOWN}"], nw.Unknown)],
            applicants.kind,
        )
        for name, records in given.items():
            self.take_table(name, records, declared(name))
        if self.faults:
            raise BadFacts(self.faults)

    def take_table(self, name: str, records: Any, declared: Callable[[str], bool]) -> None:
        table, place = self.book.tables[name], _place(name)
        taken = self.natives[name] = native(records, place)
        if (taken.kind, taken.eager) != (self.natives[""].kind, self.natives[""].eager) and not (
            taken.kind == self.natives[""].kind == "polars"
        ):
            raise TypeError(f"the applicants are a frame of {self.natives[''].kind}, {name} one of {taken.kind}")
        schema = taken.schema
        if self.parent in table.fields:
            self.fault(place, f"{name}.{self.parent}", "parent= names a field of the table: give the key another name")
        self.key_column(schema, self.parent, f"{name}.", "the applicants of the records")
        ours, theirs = schema.get(self.parent), self.natives[""].schema.get(self.key)
        if (
            ours is not None
            and theirs is not None
            and ours != theirs
            and not (ours.is_integer() and theirs.is_integer())
        ):
            message = f"the keys are of type {ours} here and {theirs} in the applicants: give both one type"
            self.fault(place, f"{name}.{self.parent}", message)
        self.faults += strangers(schema, table.fields, (), [self.parent], "field", place, f"{name}.")
        told = sources(table.fields, schema, place, f"{name}.", self.faults)
        self.sheets[name] = Sheet(told, self.on.toordinal(), declared, engine=taken.kind)

    def key_column(self, schema: Mapping[str, DType], key: str, prefix: str, of: str) -> None:
        if key not in schema:
            place = _place(prefix.removesuffix("."))
            self.fault(
                place, f"{prefix}{key}", f"there is no column with the keys of {of}", nearest(key, sorted(schema))
            )

    def fault(self, place: Place, subject: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(place, subject, message, suggestion))

    def _declared(self, complete: bool | Collection[str]) -> Callable[[str], Callable[[str], bool]]:
        """Of a table, and then of a fact: whether the caller declared that it is always told."""
        if isinstance(complete, bool):
            return lambda _: lambda _: complete
        fields = {f"{table.name}.{field}" for table in self.book.vocabulary.tables.values() for field in table.fields}
        fields |= {f"{table.name}.{field}" for table in self.book.tables.values() for field in table.fields}
        known = {*self.book.vocabulary.facts, *self.book.facts, *fields}
        for name in complete:
            if name not in known:
                self.fault(_place(""), name, f"complete= names no fact called {name!r}", nearest(name, sorted(known)))
        names = frozenset(complete)
        return lambda table: lambda name: (f"{table}.{name}" if table else name) in names

    # What goes out

    def answer(self, *, check_keys: bool) -> Any:
        tables = {name: records for name, records in self.natives.items() if name}
        if check_keys:
            keys = {name: self.book.tables[name].key for name in tables}
            keys = {name: key for name, key in keys.items() if self.sheets[name].state(key) is not Told.NEVER}
            places = {name: _place(name) for name in self.natives}
            faults = list(key_faults(self.natives[""], self.key, tables, self.parent, keys, places))
            if faults:
                raise BadFacts(faults)
        asked = asked_by([self.measure.stretch(day) for day in self.measure.stretches if day <= self.on])
        anchor = self.book.law_of
        if anchor != "on":
            asked[""] = list(dict.fromkeys([*asked[""], anchor]))
        self.frames = {
            name: sheet.with_days(self.natives[name].frame, asked.get(name, [])) for name, sheet in self.sheets.items()
        }
        self.measure_frames(asked)
        self.join_groups()
        rows = rows_program(self.measure, self.stretches(), self.sheets, self.on, asked)
        return self.natives[""].back(self.columns(rows, asked))

    def join_groups(self) -> None:
        """Put beside the records of a table who is of the applicant's group, where the rules ask it."""
        stretches = [self.measure.stretch(day) for day in self.measure.stretches if day <= self.on]
        for stretch in stretches:
            for group, table in groups_of(stretch.program.outputs.values()).items():
                names = [member_column(group, part) for part in ("member_sure", "member_possible")]
                if table in self.frames and names[0] not in self.beside.get(table, ()):
                    self.frames[table] = with_members(
                        group, table, self.sheets, self.frames, (self.key, self.parent)
                    )  # fmt: skip
                    self.beside.setdefault(table, []).extend(names)

    def measure_frames(self, asked: Mapping[str, list[str]]) -> None:
        """Look which facts are told in every row, in frames that are there."""
        for name, sheet in self.sheets.items():
            if self.natives[name].eager:
                sheet.measured(look(self.frames[name], **sheet.measures(asked.get(name, ()))))

    def stretches(self) -> list[Stretch]:
        """Under which laws a row may fall: of a frame that is there, those between its first and last day."""
        days, anchor = self.measure.stretches, self.book.law_of
        sheet = self.sheets[""]
        if anchor == "on" or sheet.state(anchor) is Told.NEVER or sheet.sources[anchor].dtype is None:
            return [self.measure.stretch(self.on)]
        last = bisect.bisect_right(days, self.on)
        first = 0
        if self.natives[""].eager:
            day = nw.col(sheet.sources[anchor].column)
            found = look(self.frames[""], first=day.min(), last=day.max())
            least, greatest = (day.date() if isinstance(day, dt.datetime) else day for day in found.values())
            if least is not None:
                first = max(0, bisect.bisect_right(days, min(least, self.on)) - 1)
                told = sheet.state(anchor) is Told.ALWAYS and not sheet.sources[anchor].not_yet
                last = min(last, max(bisect.bisect_right(days, greatest), 1)) if told else last
        return [self.measure.stretch(day) for day in days[first : max(last, first + 1)]]

    def columns(self, rows: Rows, asked: Mapping[str, list[str]]) -> Frame:
        """The frame of the answer."""
        in_order = [ROW] if self.natives[""].eager else []
        entered = {
            name: sheet.entry(self.frames[name], self.parent if name else self.key, asked.get(name, []),
                              self.beside.get(name, []) if name else in_order)
            for name, sheet in self.sheets.items()
        }  # fmt: skip
        sheet, frame = self.sheets[""], self.frames[""]
        stages = Stages(
            rows.roots, self.sheets, entered, lambda names: sheet.entry(frame, self.key, names, checked=False)
        )
        applicants = stages.over()
        outcome = nw.lit(rows.otherwise)
        for name, test in reversed([*rows.troubles, *rows.outcomes]):
            outcome = nw.when(expression(stages.text(test))).then(nw.lit(name)).otherwise(outcome)
        answered = {
            name: mask([stages.text(truth) if truth.data is not False else None for truth in truths])
            for name, truths in rows.masks.items()
        }
        answered |= {name: expression(stages.text(node)) for name, node in rows.amounts.items()}
        if rows.troubles:
            trouble = reduce(operator.or_, (expression(stages.text(test)) for _, test in rows.troubles))
            answered = {name: nw.when(~trouble).then(value) for name, value in answered.items()}
        if in_order and len(entered) > 1:
            applicants = applicants.sort(ROW)
        return applicants.select(nw.col(APPLICANT).alias(self.key), outcome=outcome, **answered)


def _place(table: str) -> Place:
    return Place(f"<frame {table}>" if table else "<frame>")
