# SPDX-License-Identifier: Apache-2.0
"""The front door of a selection among the rows of a frame: applications in, where each stands out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

import narwhals as nw

from misure.allocating import MAYBE
from misure.batch.candidates import NO_ANSWER, OUTCOMES, Choosing, ends, meets
from misure.batch.filings import Filings, days_of, times_of, waits_of, wrong_days
from misure.batch.keys import MOST_TOLD, id_faults
from misure.batch.native import Native, native
from misure.batch.placements import COLUMNS, placements
from misure.batch.question import Question, column_names, place_of
from misure.batch.row_faults import at_fault, faults_of_rows
from misure.batch.rows import ASSUMED
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.engines.columns.source import KNOWN, NOT_YET
from misure.facts.values import shown
from misure.facts.vocabulary import FILING, FILING_TIME, IN_WINDOW
from misure.ground.arguments import wanted
from misure.ground.errors import BadFacts, NoSuchApplication
from misure.ground.extras import with_chosen
from misure.ground.given import Day, plain_days
from misure.ground.place import Fault, nearest
from misure.ground.plain_ids import TWO_HAVE_IT, plain_id
from misure.identifiers.forms import WRITTEN_IN_MANY_WAYS
from misure.rulebook.selection import FILED_AT, Relation
from misure.selecting.applications import OFFICE
from misure.selecting.approval import Approvals, ApprovedOn
from misure.selecting.candidates import Candidates, filing, key_of_one
from misure.selecting.intake import Checks, too_little
from misure.selecting.law import SelectionLaw
from misure.selecting.select import law_of
from misure.selecting.survivors import Survivors, SurvivorsTold
from misure.selecting.withdrawing import Withdrawal, Withdrawals, allocation_of, check_survivors, misdated

__all__ = ["Applications", "select"]

F = TypeVar("F")
"""A dataframe of any kind: pandas, polars (eager or lazy), a DuckDB relation, an Arrow table."""


@with_chosen
def select(
    measure: Measure, frame: F, *, on: Day, tables: Mapping[str, Any] | None = None, key: str = "id",
    parent: str = "applicant", approved_on: ApprovedOn = None, withdrawn: Withdrawals = None,
    survivors: SurvivorsTold = None,
    complete: bool | Collection[str] = False, check_keys: bool = True,
) -> F:  # fmt: skip
    """Who is funded among the applications of a call, one a row: the same answers as `measure.select` gives of objects.

    The columns of `frame` and `tables` tell facts as in `batch.decide`. Beside them the office may tell `filed_at` (the
    instant of filing: a datetime on the clock of Italy or with a time zone, or a text), `admitted` (a truth) and `window`
    (a text). `approved_on` is the day of the approval, or one for each window; `withdrawn` has the day on which each of
    some applications was withdrawn, by its key, or names a column of such days. `survivors` is the office's word on which
    applications stay where only one may: for each relation the keys of those.

    The answer has a row for each row of the frame, in its order, with the key and these columns:

    * `standing`: funded, listed, depends, waiting, not_funded, not_admitted, displaced, not_received or withdrawn.
    * `funded`, `admitted`: truths, null where it depends.
    * `place_from`, `place_to`: the best and the worst place in the ranking of its window; null where it has none.
    * `asked_cents_from`, `asked_cents_to`, `before_cents_from`, `before_cents_to`, `amount_cents_from`, `amount_cents_to`:
      what it asks, what is asked of its envelope before it, what it gets; exact cents, the two equal where it is known.
    * `envelope`, `window`: the one on which it draws first, and in which it was filed; null where there may be several.
    * `assumed`, where the frames can tell what it names: as in `batch.decide`.

    An application can not be placed without the others, so lazy frames are collected, once; the answer is as lazy as the
    frame was. What is wrong with single rows is told of each, as of objects: nothing is selected among bad facts.

    >>> import misure, pyarrow as pa
    >>> measure = misure.catalogue()["lombardia/filiere"]
    >>> table = pa.table({"id": ["D-1", "D-2"], "filed_at": ["2022-05-02T10:00", "2022-05-02T09:00"]})
    >>> for row in select(measure, table, on=dt.date(2022, 6, 1), approved_on=None).to_pylist():
    ...     print(row["id"], row["standing"], row["admitted"])
    D-1 depends None
    D-2 depends None

    Raises:
        BadFacts: A column is of the wrong type, keys do not fit together, or something is wrong with some applications;
            all the faults are in it.
        BadRules: The measure has no selection.
        NoSuchApplication: One that was withdrawn is not there.
        NotEncoded: The day `on` lies outside what the rules hold.
        MissingExtra: The frame is of pandas or DuckDB, and pyarrow, with which it is read, is not installed.
        TypeError: `on` is neither a plain date nor a text, or something is no dataframe.
    """
    wanted("measure", measure, Measure, "a Measure, as catalogue()[...] gives")
    column_names(key=key, parent=parent)
    if tables is not None and not isinstance(tables, Mapping):
        raise TypeError(f"tables= has a dataframe for each table; got {shown(tables)}")
    if withdrawn is not None and not isinstance(withdrawn, str | Mapping):
        raise TypeError(f"withdrawn= has a day for each application, or names a column; got {shown(withdrawn)}")
    law = law_of(measure, on)
    approvals = Approvals.of(approved_on)
    wrong = list(approvals.faults([window.id for window in law.windows], law.on, law.measure.rulebook.editions[0].day))
    kept = Survivors.of(survivors)
    try:
        given = native(frame, place_of(""))
        asked = Applications(law, key, parent, withdrawn if isinstance(withdrawn, str) else "")
        asked.take(given, tables or {}, complete)
        if check_keys:
            asked.question.check_keys()
        answer = asked.answer()
        candidates = asked.candidates(answer)
    except BadFacts as problem:
        raise BadFacts([*wrong, *problem.faults]) from None
    if wrong:
        raise BadFacts(wrong)
    days = asked.column_of_days() if isinstance(withdrawn, str) else withdrawn or {}
    withdrawals = tuple(_withdrawals(days, candidates, law.on))
    check_survivors(law, candidates, kept, place_of(""))
    columns, allocation = allocation_of(law, candidates, approvals, withdrawals, kept)
    people = asked.frames[""]
    found = [*placements(law.rule, candidates, columns, allocation, like=people), *asked.assumed(answer)]
    return given.beside_rows(people.select(key).with_columns(*found))  # type: ignore[no-any-return]


def _withdrawals(days: Mapping[Any, Day], candidates: Candidates, on: dt.date) -> Iterable[Withdrawal]:
    if not days:
        return ()
    ids = candidates.ids
    told = {plain_id(str(id_)): day for id_, day in days.items()}
    strange = set(told) - set(ids)
    if strange:
        raise NoSuchApplication(sorted(strange), ids)
    faults: list[Fault] = []
    days_told = plain_days(told, "withdrawn", "has a day for each application", faults)
    found = [Withdrawal(id_, day) for id_, day in days_told.items()]
    rows = {id_: row for row, id_ in enumerate(ids)}
    faults += misdated(found, candidates, rows, on, place_of(""))
    if faults:
        raise BadFacts(faults)
    return found


class Applications:
    """The applications of a frame: their columns read, their rows decided."""

    def __init__(self, law: SelectionLaw, key: str, parent: str, withdrawn: str) -> None:
        self.law, self.key, self.withdrawn = law, key, withdrawn
        self.question = Question(
            law.measure, law.on, key, parent, building=Choosing, answers=(*COLUMNS, ASSUMED),
            own=(*OFFICE, withdrawn) if withdrawn else OFFICE,
        )  # fmt: skip
        self.frames: dict[str, nw.DataFrame[Any]] = {}

    def take(self, given: Native, tables: Mapping[str, Any], complete: bool | Collection[str]) -> None:
        """Read the names and the types of all columns.

        Raises:
            BadFacts: Some cannot be; all of them are in it.
        """
        question, people = self.question, given.there()
        book = self.law.measure.rulebook
        asked = {name: native(table, place_of(name)).there() for name, table in tables.items() if name in book.tables}
        self.frames = {"": people, **asked}
        self.filings = Filings.of(people, place_of(""), question.faults)
        self._check_columns(people)
        dated = self.filings.with_days(people) if FILING in book.vocabulary.facts else people
        dated = self.filings.with_times(dated) if self._asks(FILING_TIME) else dated
        rest = {name: table for name, table in tables.items() if name not in asked}
        question.take(dated.to_native(), rest | {name: table.to_native() for name, table in asked.items()}, complete)

    def _check_columns(self, people: nw.DataFrame[Any]) -> None:
        schema, place = people.schema, place_of("")
        if Checks(self.law).needs_instant and FILED_AT not in schema and len(people):
            message = "the order looks at the instant of filing, and no column tells it"
            self.question.fault(place, FILED_AT, message)
        if self.withdrawn and self.withdrawn not in schema:
            message = "there is no column with the days of withdrawal"
            self.question.fault(place, self.withdrawn, message, nearest(self.withdrawn, sorted(schema)))
        elif self.withdrawn:
            for subject, message in wrong_days(people, self.withdrawn, self.key):
                self.question.fault(place, subject, message)

    def column_of_days(self) -> dict[Any, dt.date]:
        """The days of withdrawal that a column tells, by key."""
        people = self.frames[""]
        days = days_of(people, self.withdrawn)
        keys = people[self.key].to_list()
        return {id_: dt.date.fromordinal(day) for id_, day in zip(keys, days, strict=True) if day is not None}

    def answer(self) -> nw.DataFrame[Any]:
        """What the program works out of every row, in the order of the frame."""
        also: dict[str, list[str]] = {}
        for relation in self.law.rule.relations:
            table, _, name = relation.key.rpartition(".")
            if table in self.question.sheets:
                also.setdefault(table, []).append(name)
            if table and relation.of:
                also.setdefault("", []).append(relation.of)
                also.setdefault(table, []).append(self.law.measure.rulebook.tables[table].key)
        found = self.question.work_out(also)
        return found.collect() if isinstance(found, nw.LazyFrame) else found

    def candidates(self, answer: nw.DataFrame[Any]) -> Candidates:
        """The rows as candidates, from what the program answers of them.

        Raises:
            BadFacts: Something is wrong with some of them; all the faults are in it.
        """
        law, rule, filings = self.law, self.law.rule, self.filings
        outcomes = answer["outcome"].to_list()
        told: list[int | None] = [None] * len(outcomes)
        if self._asks(FILING):
            told = days_of(self.frames[""], FILING)
        wrong = self._wrong(outcomes, told)
        if wrong:
            raise BadFacts(dict.fromkeys(faults_of_rows(law, self.question, filings, self.frames, wrong)))
        found_of, checks = self._found_of(), Checks(law)
        rows = list(zip(outcomes, filings.admitted, strict=True))
        settled = {(outcome, said): checks.settled(said, found_of[outcome]) for outcome, said in set(rows)}
        asked, keys = ends(answer, law)
        filed, days = self._filing(told)
        found = Candidates(
            [plain_id(str(id_)) for id_ in self.frames[""][self.key].to_list()], [settled[row] for row in rows], asked, keys, meets(answer, rule),
            [self._said(relation) for relation in rule.relations], filed, days, list(filings.windows),
            [said is True or there is True for said, there in zip(filings.admitted, self._in_window(), strict=True)],
        )  # fmt: skip
        faults = list(id_faults(self.frames[""], self.key, place_of("")))
        if not faults and len(set(found.ids)) < len(found.ids):
            twice = sorted(id_ for id_, often in Counter(found.ids).items() if often > 1)
            faults += [Fault(place_of(""), id_, TWO_HAVE_IT) for id_ in twice[:MOST_TOLD]]
        faults = faults or too_little(law, found)
        if faults:
            raise BadFacts(faults)
        return found

    def _in_window(self) -> list[bool | None]:
        """Whether each row tells that it was filed in a window."""
        people = self.frames[""]
        if not self._asks(IN_WINDOW) or not isinstance(people.schema.get(IN_WINDOW), nw.Boolean):
            return [None] * len(people)
        found: list[bool | None] = people[IN_WINDOW].to_list()
        return found

    def _asks(self, name: str) -> bool:
        return any(column.name == name for column in compiled(self.law.measure).facts.layout.inputs)

    def assumed(self, answer: nw.DataFrame[Any]) -> Iterable[nw.Series[Any]]:
        """What the answer takes of each row for so though nobody told it, where the frames have it."""
        people = self.frames[""]
        if ASSUMED in answer.columns:
            told = answer[ASSUMED].to_list()
            if f"{FILING}{NOT_YET}" in people.columns and self._asks(FILING):
                # A row of which no law is encoded has no answer, and is taken as filed all the same.
                told = [
                    FILING if one is None and waits else one
                    for one, waits in zip(told, waits_of(people, FILING), strict=True)
                ]
            yield nw.new_series(ASSUMED, [one or "" for one in told], nw.String(), backend=people.implementation)

    def _found_of(self) -> dict[str, int]:
        """What each outcome of a row says of its admission."""
        checks = Checks(self.law)
        return {name: checks.admitted(outcome) for name, outcome in OUTCOMES.items()} | {"not_encoded": MAYBE}

    def _wrong(self, outcomes: list[str], told: list[int | None]) -> list[int]:
        """The rows with which something is wrong, in their order."""
        checks, filings, found_of = Checks(self.law), self.filings, self._found_of()
        windows = {None, *(window.id for window in self.law.windows)}
        wrong = set(filings.odd)
        if checks.needs_instant and None in filings.filed:
            wrong.update(row for row, at in enumerate(filings.filed) if at is None)
        if checks.too_late(max((day for day in set(filings.days) if day is not None), default=None)):
            wrong.update(row for row, day in enumerate(filings.days) if checks.too_late(day))
        if any(checks.apart(*days) for days in set(zip(filings.days, told, strict=True))):
            days = zip(filings.days, told, strict=True)
            wrong.update(row for row, (filed, own) in enumerate(days) if checks.apart(filed, own))
        if filings.instants is not None and self._asks(FILING):
            waits = zip(filings.days, waits_of(self.frames[""], FILING), strict=True)
            wrong.update(row for row, (filed, waiting) in enumerate(waits) if checks.unfiled(filed, waiting))
        if filings.times is not None and self._asks(FILING_TIME):
            times = zip(filings.times.to_list(), times_of(self.frames[""], FILING_TIME), strict=True)
            wrong.update(row for row, (filed, own) in enumerate(times) if checks.times_apart(filed, own))
        seen = list(zip(filings.windows, filings.days, told, strict=True)) if self.law.windows else []
        outside = {one for one in set(seen) if checks.outside(one[0], one[1] or one[2])}
        if outside:
            wrong.update(row for row, one in enumerate(seen) if one in outside)
        if set(filings.windows) - windows:
            wrong.update(row for row, window in enumerate(filings.windows) if window not in windows)
        pairs = set(zip(outcomes, filings.admitted, strict=True))
        bad = {pair for pair in pairs if pair[0] in NO_ANSWER}
        disputed = {pair for pair in pairs - bad if checks.contradicted(pair[1], found_of[pair[0]])}
        if bad:
            rows = zip(outcomes, filings.admitted, strict=True)
            wrong.update(row for row, pair in enumerate(rows) if pair in bad)
        if disputed:
            rows = zip(outcomes, filings.admitted, strict=True)
            asked = [row for row, pair in enumerate(rows) if pair in disputed and row not in wrong]
            wrong.update(at_fault(self.law, self.question, filings, self.frames, asked))
        return sorted(wrong)

    def _filing(self, told: list[int | None]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The instants and the days of filing, as ranges: the whole day where only that is known."""
        filings = self.filings
        sure = [at for at in filings.filed if at is not None]
        if len(sure) == len(filings.filed):
            known = {day: (day, day) for day in set(filings.days) if day is not None}
            return list(zip(sure, sure, strict=True)), [known[day] for day in filings.days if day is not None]
        whole = {day: filing(None, day) for day in set(told)}
        filed, days = [], []
        for at, day, own in zip(filings.filed, filings.days, told, strict=True):
            instant, span = whole[own] if at is None or day is None else ((at, at), (day, day))
            filed.append(instant)
            days.append(span)
        return filed, days

    def _said(self, relation: Relation) -> list[tuple[tuple[str, ...], bool]]:
        """What each application says of what may occur once: its keys, and whether it may have others."""
        people, (table, _, name) = self.frames[""], relation.key.rpartition(".")
        if not table:
            return [((), True) if one is None else ((one,), False) for one in self._texts("", name)]
        most = self.law.measure.rulebook.tables[table].max_items
        if table not in self.frames:
            return [((), True)] * len(people)
        if relation.of:
            return self._said_of_one(relation)
        told: dict[Any, list[str | None]] = {}
        applicants, keys = self._of_records(table, name)
        for applicant, one in zip(applicants, keys, strict=True):
            told.setdefault(applicant, []).append(one)
        known = people[f"{table}{KNOWN}"].to_list() if f"{table}{KNOWN}" in people.columns else [None] * len(people)
        found, silent = [], table in self.question.sheets[""].silent
        for id_, whole in zip(people[self.key].to_list(), known, strict=True):
            own = told.get(id_, [])
            untold = whole is False or (whole is None and not own and silent)
            open_ = (untold and len(own) < most) or None in own
            found.append((tuple(one for one in own if one is not None), open_))
        return found

    def _said_of_one(self, relation: Relation) -> list[tuple[tuple[str, ...], bool]]:
        """The key of the one record of each application that its fact names."""
        people, (table, _, name) = self.frames[""], relation.key.rpartition(".")
        told: dict[Any, list[tuple[str | None, str | None]]] = {}
        for applicant, one, key in zip(
            *self._of_records(table, self.law.measure.rulebook.tables[table].key, name), strict=True
        ):
            told.setdefault(applicant, []).append((one, key))
        named = zip(people[self.key].to_list(), self._texts("", relation.of), strict=True)
        return [key_of_one(who, told.get(id_, ())) for id_, who in named]

    def _of_records(self, table: str, *names: str) -> list[list[Any]]:
        """The applicants of the records of a table, and the texts of some fields: who a record is another table may tell."""
        found = self.question.frames[table]
        parent = self.question.parent
        there = found.select(parent, *(name for name in names if name in found.collect_schema().names()))
        rows = there.collect() if isinstance(there, nw.LazyFrame) else there
        return [rows[parent].to_list(), *(_texts(rows, name) for name in names)]

    def _texts(self, table: str, name: str) -> list[str | None]:
        """The texts of a column, codes in the one writing that they are compared in."""
        book, frame = self.law.measure.rulebook, self.frames[table]
        fact = (book.tables[table].fields if table else book.facts)[name]
        if fact.identifier in WRITTEN_IN_MANY_WAYS:
            frame = Native("", frame, eager=True).with_plain_codes({name: fact.identifier}).there()
        return _texts(frame, name)


def _texts(frame: nw.DataFrame[Any], name: str) -> list[str | None]:
    """The texts of a column; none where it is not there, or has no type."""
    if name not in frame.columns or isinstance(frame.schema[name], nw.Unknown):
        return [None] * len(frame)
    found: list[str | None] = frame[name].cast(nw.String).to_list()
    return found
