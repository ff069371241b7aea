# SPDX-License-Identifier: Apache-2.0
"""`misure register`: questions to open-data files of the State-aid register: headroom, a survey of everybody, a course in time."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from misure.cli.arguments import Subparsers, add_language, day
from misure.cli.ledgers import ANY_DAY, ledger_of, refuse_asked
from misure.cli.output import ANSWERED, tell, tell_json
from misure.cli.written import not_written, unwritable

if TYPE_CHECKING:
    from collections.abc import Callable

    from misure.ground.place import Fault
    from misure.telling.chapters.page import Page

__all__ = ["add", "run"]


def add(subparsers: Subparsers, *also: Callable[[Subparsers], None]) -> None:
    """Say how the command is called; `also` are commands that stand alone too, and are questions to the register."""
    command = subparsers.add_parser("register", help="questions to open-data files of the State-aid register")
    questions = command.add_subparsers(required=True, metavar="QUESTION")
    for each in also:
        each(questions)
    _add_load(questions)
    _add_survey(questions)
    _add_course(questions)


def _add_load(questions: Subparsers) -> None:
    command = questions.add_parser(
        "load", help="keep the ledger of the files in one file, so that they need not be read for every question"
    )
    _add_files(command, regulation=False)
    command.add_argument("--out", required=True, metavar="FILE", help="the file to write; data of firms and people")
    command.set_defaults(run=run, ask=_load, look=_look_load)


def _add_survey(questions: Subparsers) -> None:
    command = questions.add_parser("survey", help="how every single undertaking of the files stands on a day")
    _add_files(command)
    command.add_argument("--on", type=day, required=True, metavar="DATE", help="the day of granting, YYYY-MM-DD")
    command.add_argument(
        "--group", nargs="+", action="append", default=[], metavar="CF",
        help="codici fiscali that are one single undertaking; whoever stands in no group is one alone",
    )  # fmt: skip
    command.add_argument("--near", metavar="EUROS", help="tell only to whom this amount cannot be granted")
    command.add_argument(
        "--most", type=_count, default=20, metavar="N", help="how many are told in words (default: 20)"
    )
    _add_answer(command)
    command.set_defaults(run=run, ask=_survey, look=_look_survey)


def _add_course(questions: Subparsers) -> None:
    command = questions.add_parser(
        "course", help="how headroom runs from one day to another, for one single undertaking"
    )
    _add_files(command)
    command.add_argument(
        "--undertaking", action="append", required=True, metavar="CF",
        help="a codice fiscale, or the VAT number of another State; again for each other member of the single undertaking",
    )  # fmt: skip
    command.add_argument(
        "--from", dest="from_", type=day, required=True, metavar="DATE", help="the first day, YYYY-MM-DD"
    )
    command.add_argument("--until", type=day, required=True, metavar="DATE", help="the last day, YYYY-MM-DD")
    _add_answer(command)
    command.set_defaults(run=run, ask=_course, look=_look_course)


def _add_files(command: argparse.ArgumentParser, *, regulation: bool = True) -> None:
    command.add_argument(
        "files", nargs="+", metavar="FILE",
        help="XML files of the register, zip archives of them, or one ledger kept by 'register load'",
    )  # fmt: skip
    if regulation:
        command.add_argument("--regulation", default="gen", help="gen (default), sgei, agri or fish")
    command.add_argument(
        "--complete-by", metavar="WHO", help="who says that the files hold all there is; else less may be left"
    )
    command.add_argument("--drawn-on", type=day, metavar="DATE", help="the day on which the files were drawn")
    command.add_argument("--skip-damaged", action="store_true", help="go on past damaged records; less may be left")


def _add_answer(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    add_language(command)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"{text!r:.40} is no count")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Answer the question that is asked."""
    code: int = arguments.ask(arguments)
    return code


def _load(arguments: argparse.Namespace) -> int:
    """Keep the ledger of everybody in a file."""
    from misure.deminimis import save_ledger
    from misure.ground.errors import BadFacts

    _look_load(arguments)
    out = Path(arguments.out)
    ledger = ledger_of(arguments, None)
    try:
        save_ledger(ledger, out)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise BadFacts([not_written(arguments.out, reason)]) from None
    tell(f"{len(ledger)} aids of {len(ledger.beneficiaries())} beneficiaries, {len(ledger.gaps)} gaps")
    return ANSWERED


def _look_load(arguments: argparse.Namespace) -> None:
    faults: list[Fault] = []
    if arguments.out is not None:
        taken = "the ledger would take the place of a file that it is read from"
        faults += unwritable(arguments.out, arguments.files, taken)
    refuse_asked(arguments, [], lambda _: None, faults)


def _look_survey(arguments: argparse.Namespace) -> list[list[str]]:
    """The groups that are asked about.

    Raises:
        BadFacts: Something is wrong with what the command line says, or a file is none.
    """
    from misure.deminimis import survey
    from misure.ground.given import Mistake, cents
    from misure.ground.spreadsheets import likely_number

    faults: list[Mistake] = []
    groups = [_codes("group", group, faults) for group in arguments.group]
    if arguments.near is not None:
        try:
            cents(arguments.near)
        except ValueError as problem:
            faults.append(("near", str(problem), likely_number(arguments.near)))
    named = [[code for code in group if code] for group in groups]
    asked = {"on": arguments.on or ANY_DAY, "regulation": arguments.regulation, "groups": [one for one in named if one]}
    refuse_asked(arguments, faults, lambda ledger: survey(ledger, **asked))
    return groups


def _survey(arguments: argparse.Namespace) -> int:
    """Print how everybody stands."""
    from misure.deminimis import survey

    groups = _look_survey(arguments)
    ledger = ledger_of(arguments, None)
    found = survey(ledger, on=arguments.on, regulation=arguments.regulation, groups=groups, later="ignore")
    if arguments.json:
        told = found.to_dict()
        if arguments.near is not None:
            told["standings"] = [each.to_dict() for each in found.near(arguments.near)]
        tell_json(told)
        return ANSWERED
    from misure.telling.ledgers import survey_page

    return _shown(survey_page(found, arguments.lang, near=arguments.near, most=arguments.most))


def _look_course(arguments: argparse.Namespace) -> list[str]:
    """The members of the undertaking that is asked about.

    Raises:
        BadFacts: Something is wrong with what the command line says, or a file is none.
    """
    from misure.deminimis import course
    from misure.ground.given import Mistake

    faults: list[Mistake] = []
    members = _codes("undertaking", arguments.undertaking, faults)
    first, last = arguments.from_ or arguments.until or ANY_DAY, arguments.until or arguments.from_ or ANY_DAY
    refuse_asked(
        arguments, faults,
        lambda ledger: course(ledger, "?" if faults else members, first, last, regulation=arguments.regulation),
    )  # fmt: skip
    return members


def _course(arguments: argparse.Namespace) -> int:
    """Print how headroom runs over time."""
    from misure.deminimis import course

    members = _look_course(arguments)
    ledger = ledger_of(arguments, members)
    found = course(ledger, members, arguments.from_, arguments.until, regulation=arguments.regulation)
    if arguments.json:
        tell_json(found.to_dict())
        return ANSWERED
    from misure.telling.ledgers import course_page

    return _shown(course_page(found, arguments.lang))


def _codes(name: str, given: list[str], faults: list[tuple[str, str] | tuple[str, str, str | None]]) -> list[str]:
    from misure.identifiers.entering import entered

    return [entered(name, each, "name it", faults, codes_only=True) for each in given]


def _shown(page: Page) -> int:
    from misure.telling.formats.terminal import colours, width
    from misure.telling.formats.text import Style, plain_text

    tell(plain_text(page, Style(width(), colours(sys.stdout))))
    return ANSWERED
