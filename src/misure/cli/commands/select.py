# SPDX-License-Identifier: Apache-2.0
"""`misure select`: who is funded among the applications of a call, and why."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from misure.cli.arguments import (
    COMMAND_LINE,
    Subparsers,
    add_language,
    add_measure,
    add_question_day,
    add_vary,
    approval,
    assignment,
    day_faults,
    faults_in,
    measure_and_faults,
    waits,
    withdrawal,
)
from misure.cli.output import ANSWERED, Unwritable, finish, tell, tell_json
from misure.cli.passed_over import warn_passed_over
from misure.cli.written import not_written, unwritable
from misure.deciding.compiled import LAST_QUESTION
from misure.deciding.machinery import compiled
from misure.ground.errors import BadFacts, MisureError
from misure.ground.place import Fault, nearest
from misure.ground.plain_ids import plain_id

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.selecting.applications import Application
    from misure.selecting.selection import Selection

__all__ = ["add", "check", "look", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("select", help="who is funded among the applications of a call, and why")
    add_measure(command)
    command.add_argument("applications", metavar="FILE", help="a CSV, YAML or JSON file, one row an application")
    add_question_day(command)
    command.add_argument(
        "--approved-on", nargs="+", action="extend", type=approval, default=[], metavar="[WINDOW=]DATE",
        help="the day on which the ranking was approved, or one for each window",
    )  # fmt: skip
    command.add_argument(
        "--withdraw", nargs="+", action="extend", type=withdrawal, default=[], metavar="ID=DATE",
        help="applications that were withdrawn, and when",
    )  # fmt: skip
    command.add_argument(
        "--survivor", nargs="+", action="extend", type=assignment, default=[], metavar="RELATION=ID",
        help="applications that the office lets stay where only one may",
    )  # fmt: skip
    command.add_argument(
        "--table", nargs="+", action="extend", type=assignment, default=[], metavar="NAME=FILE",
        help="a CSV file with the records of a table, whose column 'application' says whose they are",
    )  # fmt: skip
    command.add_argument(
        "--complete", nargs="+", action="extend", default=[], metavar="NAME",
        help="tables whose files have all the records: an application without any there has none",
    )  # fmt: skip
    add_vary(command)
    command.add_argument("--csv", metavar="FILE", help="write the ranking to this file as CSV, too")
    add_language(command)
    command.add_argument("--json", action="store_true", help="print the selection as JSON")
    command.set_defaults(run=run, look=look)


def run(arguments: argparse.Namespace) -> int:
    """Print the ranking, in words or as data, and write it where that is asked."""
    selection = look(arguments)
    if arguments.csv is not None:
        _write(selection, arguments.csv, arguments.lang)
    try:
        _show(selection, arguments)
        finish()
    except Unwritable as problem:
        if arguments.csv is None:
            raise
        raise Unwritable(f"{problem}; the ranking is written to {arguments.csv}") from None
    return ANSWERED


def _show(selection: Selection, arguments: argparse.Namespace) -> None:
    if arguments.json:
        tell_json(selection.to_dict())
        return
    from misure.telling.explanation import explain
    from misure.telling.formats.terminal import colours, width

    tell(explain(selection, arguments.lang).text(width=width(), colour=colours(sys.stdout)))


def look(arguments: argparse.Namespace) -> Selection:
    """The selection that is asked for, after the withdrawals.

    Raises:
        BadFacts: Something is wrong with the measure, the files, an application or what the command line says; all of it at once.
    """
    measure, faults = measure_and_faults(arguments)
    outside = day_faults(measure, arguments.on)
    faults += outside
    book = None if measure is None else measure.rulebook
    faults += check(arguments, None if book is None else book.vocabulary.tables, () if book is None else book.tables)
    # Where nothing can be asked of the day, what else is wrong is looked for on a day on which all has happened.
    on = LAST_QUESTION if arguments.on is None or outside else arguments.on
    selection, told = None, None
    for tables in _told_tables(arguments):
        told = _applications(arguments, measure, tables, faults)
        if measure is None or told is None:
            continue
        if measure.rulebook.selection is None:  # it chooses among nobody, which is told; so is what its facts cannot be
            faults += _misread(measure, told, on)
        approved = dict(arguments.approved_on)
        try:
            selection = measure.select(
                told, on=on, approved_on=approved.get("", approved or None), survivors=_kept(arguments) or None
            )
        except MisureError as problem:
            faults += faults_in(problem)
    faults += _office(arguments, measure, told)
    if measure is None or selection is None or faults:
        raise BadFacts(dict.fromkeys(faults))
    warn_passed_over(measure, [(one.facts, one.places) for one in told or () if one.places])
    for name, day in arguments.withdraw:
        try:
            selection = selection.withdraw(name, on=day)
        except BadFacts as problem:
            faults += problem.faults
    if faults:
        raise BadFacts(faults)
    return selection


def _told_tables(arguments: argparse.Namespace) -> Iterator[list[tuple[str, str]]]:
    """The files of the tables; where a table is told twice, once with each of its files, so that neither hides the other."""
    named: dict[str, list[str]] = {}
    for name, file in arguments.table:
        named.setdefault(name, []).append(file)
    for at in range(max(map(len, named.values()), default=1)):
        yield [(name, files[min(at, len(files) - 1)]) for name, files in named.items()]


def _misread(measure: Measure, told: Collection[Application], on: dt.date) -> Iterator[Fault]:
    """What of the facts of applications cannot be."""
    for one in told:
        try:
            compiled(measure).read(one.facts, on, one.places, text_source=one.text_source)
        except BadFacts as problem:
            yield from (replace(fault, subject=f"{one.id}.{fault.subject}") for fault in problem.faults)


def _applications(
    arguments: argparse.Namespace, measure: Measure | None, files: Collection[tuple[str, str]], faults: list[Fault]
) -> list[Application] | None:
    """The applications of the file; None, and the faults gathered, where it cannot be read."""
    from misure.reading.applicants.applications import read_applications_file
    from misure.selecting.applications import Application

    if measure is None:  # which columns are facts is not known
        for name in (arguments.applications, *(file for _, file in files)):
            faults += _unreadable(name)
        return None
    vocabulary = measure.rulebook.vocabulary
    tables = {name: Path(file) for name, file in files if name in vocabulary.tables}
    for file in (file for name, file in files if name not in tables):
        faults += _unreadable(file)
    fields = {name: table.fields for name, table in vocabulary.tables.items()}
    try:
        found = read_applications_file(
            Path(arguments.applications), vocabulary.facts, tables, arguments.complete, fields, faults
        )
    except BadFacts as problem:
        faults += problem.faults
        return None
    return [
        Application(
            one.id,
            one.facts,
            one.filed_at,
            one.admitted,
            one.window,
            one.place,
            one.places,
            text_source=one.text_source,
        )
        for one in found
    ]


def _unreadable(name: str) -> Iterator[Fault]:
    """Why a file cannot be read at all."""
    if waits(name):
        return
    from misure.reading.applicants.applications import decoded

    try:
        decoded(Path(name))
    except BadFacts as problem:
        yield from problem.faults


def _kept(arguments: argparse.Namespace) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for relation, name in arguments.survivor:
        kept.setdefault(relation, []).append(name)
    return kept


def _office(
    arguments: argparse.Namespace, measure: Measure | None, told: Collection[Application] | None
) -> Iterator[Fault]:
    """What the office says that cannot be: of a window, a relation or an application that is not there, or on another day."""
    from misure.selecting.applications import APPLICATIONS
    from misure.selecting.approval import Approvals
    from misure.selecting.survivors import Survivors

    ids = None if told is None else {plain_id(one.id): at for at, one in enumerate(told)}
    for name, day in arguments.withdraw:
        if ids is not None and plain_id(name) not in ids:
            yield Fault(COMMAND_LINE, "", f"no application is called {name!r}", nearest(name, ids))
        elif arguments.on is not None and day > arguments.on:
            yield Fault(APPLICATIONS, name, f"withdrawn on {day}, after {arguments.on}, the day of the question")
    rule = None if measure is None else measure.rulebook.selection
    if measure is None or rule is None:
        return
    approvals = Approvals.of(dict(arguments.approved_on))
    begins, on = measure.rulebook.editions[0].day, arguments.on or dt.date.max
    yield from approvals.faults([window.id for window in rule.windows], on, begins)
    kept = Survivors.of(_kept(arguments))
    # Of a file that cannot be read nobody knows which applications there are.
    known = ids if ids is not None else {id_: at for _, named in kept.kept for at, id_ in enumerate(named)}
    yield from kept.unknown(rule, known, APPLICATIONS)


def check(arguments: argparse.Namespace, tables: Collection[str] | None, read: Collection[str] = ()) -> list[Fault]:
    """What the command line asks and cannot be, beside what its parser sees.

    `tables` are those of the vocabulary, where it is known, and `read` those of them that the measure reads.
    """
    return [*_told_twice(arguments), *_unusable(arguments, tables, read)]


def _table_meant(name: str, tables: Collection[str], read: Collection[str]) -> str | None:
    """The table that a name may mean: one that the measure reads, before any other."""
    within = (table for table in sorted(read) if len(name) > 2 and name in table)
    return nearest(name, read) or next(within, None) or nearest(name, tables)


def _told_twice(arguments: argparse.Namespace) -> Iterator[Fault]:
    for option in ("approved_on", "table", "vary"):
        names = [name for name, _ in getattr(arguments, option)]
        for name in sorted({one for one in names if names.count(one) > 1}):
            yield Fault(COMMAND_LINE, f"{option}.{name}".rstrip("."), "it is told twice")


def _unusable(arguments: argparse.Namespace, tables: Collection[str] | None, read: Collection[str]) -> Iterator[Fault]:
    """What the options ask and cannot be, beyond what their parser sees."""
    for name, _ in arguments.table:
        if tables is not None and name not in tables:
            near = _table_meant(name, tables, read)
            yield Fault(COMMAND_LINE, f"table.{name}", f"no table is called {name!r}", near)
    given = [name for name, _ in arguments.table]
    for name in arguments.complete:
        if name not in given:
            message = f"no file is given for a table called {name!r}"
            yield Fault(COMMAND_LINE, f"complete.{name}", message, nearest(name, given))
    windows = [window for window, _ in arguments.approved_on]
    if "" in windows and any(windows):
        message = "it is one day for the whole call, or one for each window, and not both"
        yield Fault(COMMAND_LINE, "approved_on", message)
    if arguments.csv is not None:
        inputs = (arguments.applications, *(file for _, file in arguments.table))
        yield from unwritable(arguments.csv, inputs, _TAKEN)


_TAKEN = "the ranking would take the place of a file from which the applications are read"


def _write(selection: Selection, named: str, language: str) -> None:
    from misure.telling.formats.csv_ranking import write_ranking

    try:
        write_ranking(selection, Path(named), language)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise BadFacts([not_written(named, reason)]) from None
