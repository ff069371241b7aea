# SPDX-License-Identifier: Apache-2.0
"""The arguments that commands share: days, assignments, the language, and the measure that is asked about."""

from __future__ import annotations

import argparse
import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.ground.days import parse_day

if TYPE_CHECKING:
    from misure._catalogue import Catalogue
    from misure.deciding.measure import Measure

__all__ = [
    "Subparsers", "add_language", "add_measure", "add_question_day", "add_vary", "approval", "asked_measure",
    "assignment", "day", "measures_at", "one_measure", "withdrawal",
]  # fmt: skip

Subparsers: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001 - argparse gives it no public name
"""What commands are added to."""


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


def asked_measure(arguments: argparse.Namespace) -> Measure:
    """The measure that is asked about, with its what-ifs.

    Raises:
        NoSuchMeasure: There is none of that name.
        BadRules: Its files cannot be used, or a what-if cannot be.
    """
    measure = one_measure(arguments.measure)
    return measure.vary(**dict(arguments.vary)) if arguments.vary else measure


def one_measure(name: str) -> Measure:
    """The measure of an id, or the only one at or below a path.

    Raises:
        NoSuchMeasure: There is none of that name.
        BadRules: Its files cannot be used, or there are several at the path.
    """
    from misure.ground.errors import BadRules
    from misure.ground.place import Fault, Place

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
    from misure.ground.errors import BadRules, NoSuchMeasure
    from misure.ground.place import Fault, Place
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
