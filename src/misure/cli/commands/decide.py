# SPDX-License-Identifier: Apache-2.0
"""`misure decide`: what a measure answers of an applicant on a day."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from misure.cli.arguments import (
    COMMAND_LINE,
    Subparsers,
    add_language,
    add_measure,
    add_question_day,
    add_vary,
    day_faults,
    measure_and_faults,
    waits,
)
from misure.cli.output import ANSWERED, tell, tell_json
from misure.cli.passed_over import warn_passed_over
from misure.deciding.machinery import compiled
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.place import Fault

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.reading.applicants.facts import ToldFacts

__all__ = ["add", "look", "run"]

_STDIN = "<stdin>"


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("decide", help="what a measure answers of an applicant on a day")
    add_measure(command)
    command.add_argument("facts", metavar="FACTS", help="a JSON or YAML file, or - for standard input")
    add_question_day(command)
    add_language(command)
    command.add_argument("--json", action="store_true", help="print the decision as JSON")
    command.add_argument(
        "--all", action="store_true", help="tell what is only counted too, as the conditions that are met"
    )
    add_vary(command)
    command.set_defaults(run=run, look=look)


def look(arguments: argparse.Namespace) -> tuple[Measure, ToldFacts]:
    """The measure and the facts.

    Raises:
        BadFacts: Something is wrong with either, or with a fact; all of it at once.
    """
    measure, faults = measure_and_faults(arguments)
    faults += day_faults(measure, arguments.on)
    told = None
    try:
        told = None if faults and waits(arguments.facts) else _facts(arguments.facts, faults)
    except BadFacts as problem:
        faults += problem.faults
    if measure is not None and told is not None and (faults or arguments.on is None):
        # Nothing will be decided: whether a fact has happened yet is not asked where no day is told.
        on = arguments.on or dt.date.max
        try:
            compiled(measure).read(told.facts, on, told.places, text_source=told.text_source, before=faults)
        except BadFacts as problem:
            later = [fault for fault in problem.faults if fault not in faults]
            faults += told.placed(BadFacts(later)).faults if later else ()
    if measure is None or told is None or faults:
        raise BadFacts(faults)
    return measure, told


def run(arguments: argparse.Namespace) -> int:
    """Print the decision, in words or as data."""
    measure, told = look(arguments)
    behind = compiled(measure)
    try:
        dossier = behind.read(told.facts, arguments.on, told.places, text_source=told.text_source)
        decision = behind.decide(dossier)
    except BadFacts as problem:
        raise told.placed(problem) from None
    except NotEncoded as problem:
        if problem.asked == arguments.on:
            raise
        # The day of filing, or of the grant, that picks the law stands in the file.
        fault = Fault(COMMAND_LINE, measure.rulebook.law_of, str(problem))
        raise told.placed(BadFacts([fault])) from None
    warn_passed_over(measure, [(told.facts, told.places)])
    if arguments.json:
        tell_json(decision.to_dict())
        return ANSWERED
    from misure.telling.explanation import explain
    from misure.telling.formats.terminal import colours, width

    explanation = explain(decision, arguments.lang, all=arguments.all)
    tell(explanation.text(width=width(), colour=colours(sys.stdout), hint="--all"))
    return ANSWERED


def _facts(name: str, faults: list[Fault]) -> ToldFacts:
    from misure.reading.applicants.facts import read_facts, read_facts_text
    from misure.reading.text.events import decode

    if name != "-":
        return read_facts(Path(name), faults)
    return read_facts_text(decode(_told(), BadFacts, _STDIN), _STDIN, faults)


def _told() -> bytes:
    """What stands on standard input, a little more than may stand there at most."""
    from misure.ground.place import Place
    from misure.reading.text.events import MOST_BYTES

    stream: TextIO | None = sys.stdin
    if stream is None or stream.closed:
        raise BadFacts([Fault(Place(_STDIN), "", "it is closed, and the facts were to be read from it")])
    try:
        return stream.buffer.read(MOST_BYTES + 1)
    except OSError as problem:
        message = f"it cannot be read: {problem.strerror or problem}"
        raise BadFacts([Fault(Place(_STDIN), "", message)]) from None
