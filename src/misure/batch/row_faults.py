# SPDX-License-Identifier: Apache-2.0
"""What is wrong with some rows, in the words of a single decision: they are read again, one by one, as applications.

A frame only finds which rows are at fault. So a fault is described in one place, and says the same of an object and of a row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw

from misure.batch.filings import Filings
from misure.batch.question import Question, place_of
from misure.engines.columns.sheet import Sheet
from misure.engines.columns.source import KNOWN, Source
from misure.engines.narwhals.sheet import wrongs
from misure.facts.values import shown
from misure.facts.vocabulary import Kind
from misure.ground.money import decimal_text
from misure.ground.place import Fault
from misure.selecting.applications import OFFICE, Application
from misure.selecting.intake import Intake
from misure.selecting.law import SelectionLaw

__all__ = ["MOST_TOLD", "at_fault", "faults_of_rows"]

MOST_TOLD = 50
"""Of more rows the faults are counted, not told."""

Given = nw.DataFrame[Any]


def faults_of_rows(
    law: SelectionLaw, question: Question, filings: Filings, frames: Mapping[str, Given], rows: Sequence[int]
) -> list[Fault]:
    """What is wrong with these rows; `frames` are the applicants, under "", and the records of the tables, as given."""
    told = list(rows[:MOST_TOLD])
    faults = [fault for _, found in _read(law, question, filings, frames, told) for fault in found]
    if len(rows) > len(told):
        faults.append(Fault(place_of(""), "", f"{len(rows) - len(told)} more applications are at fault"))
    return faults


def at_fault(
    law: SelectionLaw, question: Question, filings: Filings, frames: Mapping[str, Given], rows: Sequence[int]
) -> list[int]:
    """Those of these rows with which something is wrong, as a single decision sees it."""
    return [row for row, found in _read(law, question, filings, frames, rows) if found]


def _read(
    law: SelectionLaw, question: Question, filings: Filings, frames: Mapping[str, Given], told: Sequence[int]
) -> Iterator[tuple[int, list[Fault]]]:
    """Each of these rows, read as an application, with what is wrong with it."""
    told = list(told)
    faults: list[Fault] = []
    reading = Intake(law, faults)
    # The instants of filing are read by `filings`.
    people = _rows_of(frames[""][told], OFFICE)
    records = {
        name: _by_parent(frames[name], question.parent, {person[question.key] for person in people})
        for name in frames
        if name
    }
    odd = _odd_values(question, frames, [person[question.key] for person in people])
    for row, person in zip(told, people, strict=True):
        key, before = person[question.key], len(faults)
        reading.add(Application(
            str(key), _facts(question, person, {name: found.get(key, []) for name, found in records.items()}),
            **filings.of_row(row), place=place_of(""),
        ))  # fmt: skip
        if len(faults) == before:
            faults += _of_a_frame(str(key), odd.get(key, ()))
        yield row, faults[before:]


def _of_a_frame(key: str, names: Iterable[str]) -> Iterator[Fault]:
    """What one decision would bear, and a frame does not."""
    for name in names:
        message = (
            "not a value as a frame has to tell it, in its plain form; or none, where it is declared to be always told"
        )
        yield Fault(place_of(""), f"{key}.{name}", message)


def _odd_values(question: Question, frames: Mapping[str, Given], keys: list[Any]) -> dict[Any, list[str]]:
    """The columns of which a frame can not take the value, by application."""
    found: dict[Any, list[str]] = {}
    for table in frames:
        sheet, key = question.sheets[table], question.parent if table else question.key
        doubts = wrongs(sheet, question.asked.get(table, ()))
        if not doubts:
            continue
        frame = question.frames[table].filter(nw.col(key).is_in(keys))
        looked = frame.select(nw.col(key).alias("key"), **{f"w:{name}": wrong for name, wrong in doubts.items()})
        there = looked.collect() if isinstance(looked, nw.LazyFrame) else looked
        for one, *tests in there.iter_rows():
            bad = [name for name, test in zip(doubts, tests, strict=True) if test]
            found.setdefault(one, []).extend(f"{table}.{name}" if table else name for name in bad)
    return found


def _by_parent(records: Given, parent: str, keys: Collection[Any]) -> dict[Any, list[dict[str, Any]]]:
    found: dict[Any, list[dict[str, Any]]] = {}
    for record in _rows_of(records.filter(nw.col(parent).is_in(list(keys)))):
        found.setdefault(record[parent], []).append(record)
    return found


def _rows_of(frame: Given, without: Collection[str] = ()) -> list[dict[str, Any]]:
    """The rows of a frame; a day outside the calendar of Python, which engines bear, is told in words."""
    columns = {name: _values(frame[name]) for name in frame.columns if name not in without}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _values(column: nw.Series[Any]) -> list[Any]:
    try:
        return column.to_list()
    except (OverflowError, ValueError):
        return [_value_at(column, row) for row in range(len(column))]


def _value_at(column: nw.Series[Any], row: int) -> object:
    try:
        return column[[row]].to_list()[0]
    except (OverflowError, ValueError):
        return "a day outside the calendar"


def _facts(
    question: Question, person: Mapping[str, Any], records: Mapping[str, list[dict[str, Any]]]
) -> dict[str, object]:
    told: dict[str, object] = _told(question.sheets[""], person)
    for name, found in records.items():
        rows = [_told(question.sheets[name], record) for record in found]
        said = person.get(f"{name}{KNOWN}")
        if said is None and not rows and name in question.sheets[""].silent:
            continue
        told[name] = rows if said is not False else {"records": rows, "complete": False}
    return told


def _told(sheet: Sheet, row: Mapping[str, Any]) -> dict[str, object]:
    found = {name: _value(source, row) for name, source in sheet.sources.items() if not source.absent}
    return {name: value for name, value in found.items() if value is not None}


def _value(source: Source, row: Mapping[str, Any]) -> object:
    value = None if source.stored is None else row.get(source.column)  # a day told by the instant has no column
    if value is None:
        return "not_yet" if source.not_yet and row[source.not_yet] else None
    if source.fact.kind is Kind.NUMBER and source.in_cents:
        return decimal_text(value, 2)
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else shown(value)
    return value
