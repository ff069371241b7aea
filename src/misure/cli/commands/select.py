# SPDX-License-Identifier: Apache-2.0
"""`misure select`: who is funded among the applications of a call, and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from misure.cli.arguments import (
    Subparsers,
    add_language,
    add_measure,
    add_question_day,
    add_vary,
    approval,
    assignment,
    one_measure,
    withdrawal,
)
from misure.cli.output import ANSWERED, tell, tell_json
from misure.cli.passed_over import warn_passed_over
from misure.ground.errors import BadFacts, BadRules
from misure.ground.place import Fault, Place, nearest
from misure.ground.plain_ids import plain_id

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.selecting.selection import Selection

__all__ = ["add", "check", "run"]

_COMMAND_LINE = Place("<command line>")


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
    command.add_argument("--csv", type=Path, metavar="FILE", help="write the ranking to this file as CSV, too")
    add_language(command)
    command.add_argument("--json", action="store_true", help="print the selection as JSON")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the ranking, in words or as data, and write it where that is asked."""
    selection = _selection(arguments)
    if arguments.csv is not None:
        _write(selection, arguments.csv, arguments.lang)
    if arguments.json:
        tell_json(selection.to_dict())
        return ANSWERED
    from misure.telling.explanation import explain
    from misure.telling.formats.terminal import colours, width

    tell(explain(selection, arguments.lang).text(width=width(), colour=colours(sys.stdout)))
    return ANSWERED


def _selection(arguments: argparse.Namespace) -> Selection:
    from misure.reading.applicants.applications import read_applications_file
    from misure.selecting.applications import Application

    measure, faults = _measure(arguments)
    vocabulary = measure.rulebook.vocabulary
    faults += check(arguments, vocabulary.tables)
    tables = {name: Path(file) for name, file in arguments.table if name in vocabulary.tables}
    fields = {name: table.fields for name, table in vocabulary.tables.items()}
    try:
        told = [
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
            for one in read_applications_file(
                Path(arguments.applications), vocabulary.facts, tables, arguments.complete, fields, faults
            )
        ]
    except BadFacts as problem:
        raise BadFacts([*faults, *problem.faults]) from None
    ids = {plain_id(one.id) for one in told}
    for name, _ in arguments.withdraw:
        if plain_id(name) not in ids:
            message = f"no application is called {name!r}"
            faults.append(Fault(_COMMAND_LINE, "", message, nearest(name, ids)))
    approved = dict(arguments.approved_on)
    kept: dict[str, list[str]] = {}
    for relation, name in arguments.survivor:
        kept.setdefault(relation, []).append(name)
    try:
        selection = measure.select(
            told, on=arguments.on, approved_on=approved.get("", approved or None), survivors=kept or None
        )
    except BadFacts as problem:
        raise BadFacts(dict.fromkeys((*faults, *problem.faults))) from None
    if not faults:
        warn_passed_over(measure, [(one.facts, one.places) for one in told if one.places])
    for name, day in arguments.withdraw if not faults else ():
        try:
            selection = selection.withdraw(name, on=day)
        except BadFacts as problem:
            faults += problem.faults
    if faults:
        raise BadFacts(faults)
    return selection


def _measure(arguments: argparse.Namespace) -> tuple[Measure, list[Fault]]:
    """The measure that is asked about, and what is wrong with its what-ifs, which does not hide what is wrong elsewhere."""
    measure = one_measure(arguments.measure)
    try:
        return measure.vary(**dict(arguments.vary)) if arguments.vary else measure, []
    except BadRules as problem:
        return measure, list(problem.faults)


def check(arguments: argparse.Namespace, tables: Collection[str]) -> list[Fault]:
    """What the command line asks and cannot be, beside what its parser sees."""
    return [*_told_twice(arguments), *_unusable(arguments, tables)]


def _told_twice(arguments: argparse.Namespace) -> Iterator[Fault]:
    for option in ("approved_on", "table", "vary"):
        names = [name for name, _ in getattr(arguments, option)]
        for name in sorted({one for one in names if names.count(one) > 1}):
            yield Fault(_COMMAND_LINE, f"{option}.{name}".rstrip("."), "it is told twice")


def _unusable(arguments: argparse.Namespace, tables: Collection[str]) -> Iterator[Fault]:
    """What the options ask and cannot be, beyond what their parser sees."""
    for name, _ in arguments.table:
        if name not in tables:
            yield Fault(_COMMAND_LINE, f"table.{name}", f"no table is called {name!r}", nearest(name, tables))
    given = [name for name, _ in arguments.table]
    for name in arguments.complete:
        if name not in given:
            message = f"no file is given for a table called {name!r}"
            yield Fault(_COMMAND_LINE, f"complete.{name}", message, nearest(name, given))
    windows = [window for window, _ in arguments.approved_on]
    if "" in windows and any(windows):
        message = "it is one day for the whole call, or one for each window, and not both"
        yield Fault(_COMMAND_LINE, "approved_on", message)
    if arguments.csv is not None:
        inputs = [Path(arguments.applications), *(Path(file) for _, file in arguments.table)]
        if any(arguments.csv.exists() and one.exists() and arguments.csv.samefile(one) for one in inputs):
            message = "the ranking would take the place of a file from which the applications are read"
            yield Fault(Place(str(arguments.csv)), "", message)


def _write(selection: Selection, path: Path, language: str) -> None:
    from misure.telling.formats.csv_ranking import write_ranking

    try:
        write_ranking(selection, path, language)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise BadFacts([Fault(Place(str(path)), "", f"the file cannot be written: {reason}")]) from None
