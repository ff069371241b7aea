# SPDX-License-Identifier: Apache-2.0
"""One question put to frames: their columns read and checked, the program of all periods run over them."""

from __future__ import annotations

import bisect
import datetime as dt
import operator
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial, reduce
from typing import Any

import narwhals as nw
from narwhals.dtypes import DType

from misure.batch.grouping import groups_of, with_members
from misure.batch.keys import key_faults
from misure.batch.native import ROW, Native, look, native
from misure.batch.references import with_references
from misure.batch.rows import ASSUMED, Building, Rows, asked_by, rows_program
from misure.batch.sources import check_truth, sources, strangers
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.engines.columns.entered import APPLICANT, member_column
from misure.engines.columns.inputs import Presence
from misure.engines.columns.sheet import Sheet
from misure.engines.columns.source import KNOWN, NOT_YET
from misure.engines.narwhals.frame import Frame
from misure.engines.narwhals.printer import expression, first_that_holds, mask, those_that_hold
from misure.engines.narwhals.sheet import entered, measures, with_days
from misure.engines.narwhals.stages import Stages
from misure.facts.elsewhere import where_it_stands
from misure.facts.values import shown
from misure.facts.vocabulary import FILING, Fact
from misure.ground.arguments import is_no, several
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place, nearest
from misure.identifiers.forms import WRITTEN_IN_MANY_WAYS
from misure.program.nodes import Node
from misure.program.period import Period

__all__ = ["Question", "place_of"]

_NO_KEYS = (nw.Binary, nw.Boolean, nw.Duration, nw.Time)
"""Types of which no value is a key, besides lists and records."""


class Question:
    """One question. `answers` are the columns of the answer, `own` those of the applicants' frame that tell no facts."""

    def __init__(
        self, measure: Measure, on: dt.date, key: str, parent: str, *, building: type[Building] = Building,
        answers: Collection[str], own: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.measure, self.on, self.key, self.parent = measure, on, key, parent
        self.compiled = compiled(measure)
        self.building, self.answers, self.own = building, answers, list(own)
        self.book = measure.rulebook
        self.faults: list[Fault] = []
        self.natives: dict[str, Native] = {}
        self.frames: dict[str, Frame] = {}
        self.sheets: dict[str, Sheet] = {}
        self.asked: dict[str, list[str]] = {}
        """The facts that are looked at, and under its name the fields of each table; set by `work_out`."""
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
                self.fault(place_of(name), name, f"no table is called {name!r}", nearest(name, sorted(known_tables)))
        facts = dict(book.facts)
        if book.law_of != "on" and book.law_of not in facts:
            facts[book.law_of] = book.vocabulary.facts[book.law_of]
        applicants = self.natives[""] = native(frame, place_of("")).with_plain_codes(_codes(facts, self.key))
        schema = applicants.schema
        self.strange_types(applicants, self.key, "")
        self.key_column(schema, self.key, "", "applicants")
        if self.key in self.answers:
            self.fault(place_of(""), self.key, "the answer has a column of that name: give the key another")
        self.faults += strangers(
            schema, {**book.vocabulary.facts, **facts}, known_tables, [self.key, *self.own], "fact", place_of(""), "",
            partial(self.elsewhere, ""),
        )  # fmt: skip
        known = [name for name in given if f"{name}{KNOWN}" in schema]
        for name in known:
            check_truth(schema[f"{name}{KNOWN}"], place_of(""), f"{name}{KNOWN}", self.faults)
        for name in book.tables:
            if name not in given and f"{name}{KNOWN}" in schema:
                message = f"the table {name!r} is not given, so this column cannot speak of its records"
                self.fault(place_of(""), f"{name}{KNOWN}", message)
        told = sources(facts, schema, place_of(""), "", self.faults)
        # What no rule of the measure reads must be what it is called all the same, as far as a column says what it is.
        beside = {name: fact for name, fact in book.vocabulary.facts.items() if name not in facts}
        sources(beside, schema, place_of(""), "", self.faults)
        self.sheets[""] = Sheet(
            told,
            self.on.toordinal(),
            declared(""),
            [n for n in known if not isinstance(schema[f"{n}{KNOWN}"], nw.Unknown)],
            applicants.kind,
            [name for name in given if not declared("")(name)],
        )
        for name, records in given.items():
            self.take_table(name, records, declared(name))
        if self.faults:
            raise BadFacts(self.faults)

    def take_table(self, name: str, records: Any, declared: Callable[[str], bool]) -> None:
        table, place = self.book.tables[name], place_of(name)
        taken = self.natives[name] = native(records, place).with_plain_codes(_codes(table.fields, self.parent))
        if (taken.kind, taken.eager) != (self.natives[""].kind, self.natives[""].eager) and not (
            taken.kind == self.natives[""].kind == "polars"
        ):
            raise TypeError(f"the applicants are a frame of {self.natives[''].kind}, {name} one of {taken.kind}")
        schema = taken.schema
        self.strange_types(taken, self.parent, name)
        if self.parent in table.fields:
            self.fault(place, f"{name}.{self.parent}", "parent= names a field of the table: give the key another name")
        self.key_column(schema, self.parent, f"{name}.", "the applicants of the records")
        ours, theirs = schema.get(self.parent), self.natives[""].schema.get(self.key)
        if ours is not None and theirs is not None:
            self.bring_together(name, ours, theirs)
        known_elsewhere = partial(self.elsewhere, name)
        self.faults += strangers(schema, table.fields, (), [self.parent], "field", place, f"{name}.", known_elsewhere)
        told = sources(table.fields, schema, place, f"{name}.", self.faults)
        self.sheets[name] = Sheet(told, self.on.toordinal(), declared, host=taken.kind, key=table.key)

    def elsewhere(self, table: str, column: str) -> str:
        """What a column is that belongs into another frame; "" where nobody knows it."""
        book = self.book
        tables = {name: one.fields for name, one in {**book.vocabulary.tables, **book.tables}.items()}
        return where_it_stands(column, table, {**book.vocabulary.facts, **book.facts}, tables, self.own)

    def bring_together(self, name: str, ours: DType, theirs: DType) -> None:
        """Keys of one type in a table and its applicants, or a fault."""
        applicants, records = self.natives[""], self.natives[name]
        if isinstance(ours, nw.Unknown) or isinstance(theirs, nw.Unknown):
            # A column without any value has no type: a table of no rows, as pandas and polars make it of an empty list.
            common = next((one for one in (ours, theirs) if not isinstance(one, nw.Unknown)), nw.String())
            self.natives[""] = applicants.with_keys(self.key, common)
            self.natives[name] = records.with_keys(self.parent, common)
        elif ours == theirs:
            return
        elif not (ours.is_integer() and theirs.is_integer()):
            message = f"the keys are of type {ours} here and {theirs} in the applicants: give both one type"
            self.fault(place_of(name), f"{name}.{self.parent}", message)
        elif records.kind in ("pandas", "pyarrow"):
            # Arrow joins whole numbers of one width alone.
            self.natives[""] = applicants.with_keys(self.key, nw.Int64())
            self.natives[name] = records.with_keys(self.parent, nw.Int64())

    def strange_types(self, taken: Native, key: str, table: str) -> None:
        """A fault for each column whose type nobody can read: it would be taken for one that tells nothing."""
        for name, kind in taken.strange.items():
            if name != key:
                subject = f"{table}.{name}" if table else name
                self.fault(place_of(table), subject, f"no fact is told in a column of the type {kind}")

    def key_column(self, schema: Mapping[str, DType], key: str, prefix: str, of: str) -> None:
        place = place_of(prefix.removesuffix("."))
        if key in schema and (schema[key].is_nested() or isinstance(schema[key], _NO_KEYS)):
            self.fault(
                place, f"{prefix}{key}", f"a key is a text, a number or a day, and the column holds {schema[key]}"
            )
        if key not in schema:
            self.fault(
                place, f"{prefix}{key}", f"there is no column with the keys of {of}", nearest(key, sorted(schema))
            )

    def fault(self, place: Place, subject: str, message: str, suggestion: str | None = None) -> None:
        self.faults.append(Fault(place, subject, message, suggestion))

    def _declared(self, complete: bool | Collection[str]) -> Callable[[str], Callable[[str], bool]]:
        """Of a table, and then of a fact: whether the caller declared that it is always told."""
        if isinstance(complete, bool):
            return lambda _: lambda _: complete
        if isinstance(complete, str):
            raise TypeError(f"complete= is a truth, or several names; of one name write [{complete[:60]!r}]")
        named = tuple(several("complete=", complete, "a truth, or several names"))
        if any(is_no(name, str) for name in named):
            raise TypeError("complete= is a truth, or several names; each is a text")
        fields = {f"{table.name}.{field}" for table in self.book.vocabulary.tables.values() for field in table.fields}
        fields |= {f"{table.name}.{field}" for table in self.book.tables.values() for field in table.fields}
        known = {
            *self.book.vocabulary.facts,
            *self.book.facts,
            *fields,
            *self.book.vocabulary.tables,
            *self.book.tables,
        }
        for name in named:
            if name not in known:
                message = f"complete= names no fact and no table called {name!r}"
                self.fault(place_of(""), name, message, nearest(name, sorted(known)))
        names = frozenset(named)
        return lambda table: lambda name: (f"{table}.{name}" if table else name) in names

    # What goes out

    def answer(self, *, check_keys: bool) -> Any:
        """The answer as a frame of the kind of the applicants' frame.

        Raises:
            BadFacts: Keys stand twice, are missing, or do not fit together.
        """
        if check_keys:
            self.check_keys()
        return self.natives[""].back(self.work_out())

    def check_keys(self) -> None:
        """Raise `BadFacts` for keys that stand twice, are missing, or do not fit together."""
        tables = {name: records for name, records in self.natives.items() if name}
        keys = {name: self.book.tables[name].key for name in tables}
        keys = {name: key for name, key in keys.items() if self.sheets[name].state(key) is not Presence.NEVER}
        places = {name: place_of(name) for name in self.natives}
        faults = list(key_faults(self.natives[""], self.key, tables, self.parent, keys, places))
        if faults:
            raise BadFacts(faults)

    def work_out(self, also: Mapping[str, Iterable[str]] | None = None) -> Frame:
        """The frame of the answer; `also` are facts (and fields of tables) that are looked at though no rule asks them."""
        asked = asked_by(self._all_periods(), partial(self.building.belongs, self.measure))
        # What no rule asks is looked at all the same: a single decision refuses a value of it that cannot be.
        told = {
            table: [name for name in sheet.sources if sheet.state(name) is not Presence.NEVER]
            for table, sheet in self.sheets.items()
        }
        for table, names in (*(also or {}).items(), *told.items()):
            asked[table] = list(dict.fromkeys([*asked.get(table, ()), *names]))
        anchor = self.book.law_of
        if anchor != "on":
            asked[""] = list(dict.fromkeys([*asked[""], anchor]))
        if self.compiled.asks_filing:
            asked[""] = list(dict.fromkeys([*asked[""], FILING]))
        self.asked = asked
        self.frames = {name: with_days(sheet, self.natives[name].frame) for name, sheet in self.sheets.items()}
        keys = {name: self.parent if name else self.key for name in self.sheets}
        self.frames = with_references(self.book, self.sheets, self.frames, self.natives, keys)
        self.measure_frames()
        self.join_groups()
        rows = rows_program(self.measure, self.periods(), self.sheets, self.on, asked, self.building)
        return self.columns(rows, asked)

    def join_groups(self) -> None:
        """Put beside the records of a table who is of the applicant's group, where the rules ask it."""
        for period in self._all_periods():
            for group, table in groups_of(period.program.outputs.values()).items():
                names = [member_column(group, part) for part in ("member_sure", "member_possible")]
                if table in self.frames and names[0] not in self.beside.get(table, ()):
                    self.frames[table] = with_members(
                        group, table, self.sheets, self.frames, (self.key, self.parent)
                    )  # fmt: skip
                    self.beside.setdefault(table, []).extend(names)

    def measure_frames(self) -> None:
        """Look which facts and tables are told in every row, in frames that are there."""
        people = self.sheets[""]
        for table in sorted(people.silent) if self.natives[""].eager else ():
            having = self.frames[table].select(nw.col(self.parent).alias(self.key)).unique()
            # No more than is asked: some engine cannot carry a column of no type through a join.
            asked = [self.key, *([f"{table}{KNOWN}"] if table in people.known else [])]
            without = self.natives[""].frame.select(asked).join(having, on=self.key, how="anti")  # type: ignore[arg-type]
            if table in people.known:
                without = without.filter(nw.col(f"{table}{KNOWN}").is_null())
            if not look(without, rows=nw.len())["rows"]:
                people.silent.discard(table)
        for name, sheet in self.sheets.items():
            if self.natives[name].eager:
                sheet.measured(look(self.frames[name], **measures(sheet)))

    def _all_periods(self) -> list[Period]:
        """Every law of the days up to that of the question, and the one of a filing that is not told."""
        periods: list[Period] = [self.compiled.period(day) for day in self.compiled.periods if day <= self.on]
        return [*periods, self.compiled.period(self.on, filing=False)] if self.compiled.asks_filing else periods

    def periods(self) -> list[Period]:
        """Under which laws a row may fall; last, where some row does not tell its filing, the one that has them all."""
        sheet = self.sheets[""]
        if not self.compiled.asks_filing or sheet.state(FILING) is Presence.ALWAYS:
            return self._told_periods()
        unfiled: Period = self.compiled.period(self.on, filing=False)
        if sheet.state(FILING) is Presence.NEVER and self.book.law_of in (FILING, "on"):
            return [unfiled]
        return [*self._told_periods(), unfiled]

    def _told_periods(self) -> list[Period]:
        """Under which laws a row that tells its filing may fall: of a frame that is there, those between first and last day."""
        days, anchor = self.compiled.periods, self.book.law_of
        sheet = self.sheets[""]
        if anchor == "on" or sheet.state(anchor) is Presence.NEVER or sheet.sources[anchor].stored is None:
            return [self.compiled.period(self.on)]
        last = bisect.bisect_right(days, self.on)
        first = 0
        if self.natives[""].eager:
            day = nw.col(sheet.sources[anchor].column)
            try:
                found = look(self.frames[""], first=day.min(), last=day.max())
            except (OverflowError, ValueError):
                # Some day lies outside the calendar of Python: its row is bad facts, and any law may be that of the others.
                return [self.compiled.period(day) for day in days[: max(last, 1)]]
            least, greatest = (day.date() if isinstance(day, dt.datetime) else day for day in found.values())
            if least is not None:
                first = max(0, bisect.bisect_right(days, min(least, self.on)) - 1)
                told = sheet.state(anchor) is Presence.ALWAYS and not sheet.sources[anchor].not_yet
                last = min(last, max(bisect.bisect_right(days, greatest), 1)) if told else last
        return [self.compiled.period(day) for day in days[first : max(last, first + 1)]]

    def assumed(self, rows: Rows) -> dict[str, Node]:
        """What the frames may take for so though nobody told it, with whether a row does; nothing, where they cannot."""
        waits = self.compiled.asks_filing and f"{FILING}{NOT_YET}" in self.natives[""].schema
        return {name: test for name, test in rows.assumed.items() if waits or name != FILING}

    def columns(self, rows: Rows, asked: Mapping[str, list[str]]) -> Frame:
        """The frame of the answer."""
        in_order = [ROW] if self.natives[""].eager else []
        frames = {
            name: entered(sheet, self.frames[name], self.parent if name else self.key, asked.get(name, []),
                              self.beside.get(name, []) if name else in_order)
            for name, sheet in self.sheets.items()
        }  # fmt: skip
        sheet, frame = self.sheets[""], self.frames[""]
        stages = Stages(
            rows.roots, self.sheets, self.on.toordinal(), frames,
            lambda names: entered(sheet, frame, self.key, names, checked=False),
        )  # fmt: skip
        applicants = stages.over()
        self.take_records(rows, stages, applicants)
        tests = [(name, stages.text(test)) for name, test in (*rows.no_answer, *rows.outcomes)]
        outcome = first_that_holds(tests, rows.otherwise)
        answered = {
            name: mask([stages.text(truth) if truth.data is not False else None for truth in truths])
            for name, truths in rows.masks.items()
        }
        if assumed := self.assumed(rows):
            answered[ASSUMED] = those_that_hold([(name, stages.text(test)) for name, test in assumed.items()])
        answered |= {name: expression(stages.text(node)) for name, node in rows.amounts.items()}
        if rows.no_answer:
            nothing = reduce(operator.or_, (expression(stages.text(test)) for _, test in rows.no_answer))
            answered = {name: nw.when(~nothing).then(value) for name, value in answered.items()}
        if in_order and len(frames) > 1:
            applicants = applicants.sort(ROW)
        return applicants.select(nw.col(APPLICANT).alias(self.key), outcome=outcome, **answered)

    def take_records(self, rows: Rows, stages: Stages, applicants: Frame) -> None:
        """Keep what is worked out of the records of a table; of a question about applicants there is nothing."""


def column_names(**columns: object) -> None:
    """Raise `TypeError` for the name of a column that is no text."""
    for name, said in columns.items():
        if not isinstance(said, str):
            raise TypeError(f"{name}= is the name of a column; got {shown(said)}")


def _codes(facts: Mapping[str, Fact], key: str) -> dict[str, str]:
    """The columns of codes that may be written in many ways, each with its kind; the key that ties frames stays as the caller has it."""
    written = {name: fact.identifier for name, fact in facts.items() if name != key}
    return {name: kind for name, kind in written.items() if kind in WRITTEN_IN_MANY_WAYS}


def place_of(table: str) -> Place:
    """The frame of a table, or of the applicants, as faults name it."""
    return Place(f"<frame {table}>" if table else "<frame>")
