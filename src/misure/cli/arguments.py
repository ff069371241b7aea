# SPDX-License-Identifier: Apache-2.0
"""The arguments that commands share: days, assignments, the language, and the measure that is asked about."""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.deciding.machinery import compiled
from misure.ground.days import parse_day
from misure.ground.errors import BadFacts, BadRules, MisureError, NoSuchMeasure
from misure.ground.place import Fault, Place

if TYPE_CHECKING:
    from misure._catalogue import Catalogue
    from misure.deciding.measure import Measure

__all__ = [
    "COMMAND_LINE", "Subparsers", "add_language", "add_measure", "add_question_day", "add_vary", "approval",
    "assignment", "day", "day_faults", "faults_in", "folder", "measure_and_faults", "measures_at", "one_measure", "waits", "withdrawal",
]  # fmt: skip

Subparsers: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001 - argparse gives it no public name
"""What commands are added to."""
COMMAND_LINE = Place("<command line>")


def day(text: str) -> dt.date:
    """A day as ISO writes it."""
    try:
        return dt.date.fromordinal(parse_day(text))
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def assignment(text: str) -> tuple[str, str]:
    """A name and a value."""
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def folder(text: str) -> Path:
    """A folder into which something is written: what is not named, as by a variable that is not set, is not the one where one stands."""
    if not text:
        raise argparse.ArgumentTypeError("the folder has no name")
    return Path(text)


def approval(text: str) -> tuple[str, dt.date]:
    """A window and the day of its approval; "" for the whole call."""
    window, _, approved = text.rpartition("=")
    return window, day(approved)


def withdrawal(text: str) -> tuple[str, dt.date]:
    """An application and the day on which it was withdrawn."""
    name, withdrawn = assignment(text)
    return name, day(withdrawn)


def add_measure(command: argparse.ArgumentParser) -> None:
    """The measure that is asked about."""
    command.add_argument(
        "measure", metavar="MEASURE", help="the id of a measure, or the path of its folder or its measure.yaml"
    )


def add_question_day(command: argparse.ArgumentParser) -> None:
    """The day of the question, without which there is none."""
    command.add_argument(
        "--on", type=day, required=True, metavar="DATE", help="the day the question is put, YYYY-MM-DD"
    )


def add_language(command: argparse.ArgumentParser) -> None:
    """The language of the words."""
    command.add_argument("--lang", choices=("it", "en"), default="it", help="the language of the answer (default: it)")


def add_vary(command: argparse.ArgumentParser) -> None:
    """What-ifs."""
    command.add_argument(
        "--vary", nargs="+", action="extend", type=assignment, default=[], metavar="NAME=VALUE",
        help="a what-if: other legal values, such as minimum_firms='8 firms'",
    )  # fmt: skip


def measure_and_faults(arguments: argparse.Namespace) -> tuple[Measure | None, list[Fault]]:
    """The measure that is asked about, and what is wrong with it or with its what-ifs: that hides nothing of what is wrong elsewhere."""
    faults = list(_told_twice(arguments.vary))
    try:
        measure = one_measure(arguments.measure)
    except MisureError as problem:
        return None, faults + faults_in(problem)
    try:
        return measure.vary(**dict(arguments.vary)) if arguments.vary else measure, faults
    except BadRules as problem:
        return measure, faults + faults_in(problem)


def _told_twice(told: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """A fault for each name that has several values: the last would silently win."""
    for name, often in Counter(name for name, _ in told).items():
        if often > 1:
            yield Fault(COMMAND_LINE, f"vary.{name}", "it is told twice")


def faults_in(error: MisureError) -> list[Fault]:
    """What an error tells, as faults, each of which says first what it is about."""
    if isinstance(error, BadFacts | BadRules):
        return list(error.faults)
    return [Fault(COMMAND_LINE, error.name if isinstance(error, NoSuchMeasure) else "", str(error))]


def day_faults(measure: Measure | None, on: dt.date | None) -> list[Fault]:
    """What is wrong with the day of the question: the rules of the measure do not hold it."""
    if measure is None or on is None:
        return []
    try:
        compiled(measure).check_question(on)
    except MisureError as problem:
        return faults_in(problem)
    return []


def waits(name: str) -> bool:
    """Whether who reads it may have to wait for somebody: standard input, a pipe. Nobody waits where it is known that nothing will come of it."""
    with suppress(OSError, ValueError):  # what cannot even be looked for does not wait
        return name == "-" or (Path(name).exists() and not Path(name).is_file() and not Path(name).is_dir())
    return False


def one_measure(name: str) -> Measure:
    """The measure of an id, or the only one at or below a path.

    Raises:
        NoSuchMeasure: There is none of that name.
        BadRules: Its files cannot be used, or there are several at the path.
    """
    known, names = measures_at(name)
    if len(names) > 1:
        message = f"there are {len(names)} measures here: name one of {', '.join(names)}"
        raise BadRules([Fault(Place(name), "", message)])
    return known[names[0]]


def measures_at(name: str) -> tuple[Catalogue, list[str]]:
    """The ids of what is meant: a measure by its id, or all at or below a path; and the catalogue that has them.

    Raises:
        NoSuchMeasure: It is neither.
        BadRules: There is no measure at the path.
    """
    from misure._catalogue import catalogue
    from misure.testing.rule_check import rules_below

    known = catalogue()
    if name in known:
        return known, [name]
    there = False
    with suppress(OSError, ValueError):  # what cannot even be looked for is no path
        there = Path(name).exists()
    if not there:
        raise NoSuchMeasure(name, known)
    roots = rules_below(Path(name))
    known = catalogue(list(roots))
    names = [one for found in roots.values() for one in found if one in known]
    if not names:
        raise BadRules([Fault(Place(name), "", "there is no measure here, or in a folder below")])
    return known, names
