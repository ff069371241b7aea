# SPDX-License-Identifier: Apache-2.0
"""`misure new`: a first folder of a measure, from a few answers in the order of the regional scheme of calls."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from misure.cli.arguments import Subparsers, add_language, assignment, folder
from misure.cli.output import ANSWERED, tell

__all__ = ["add", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    from misure.reading.packages.first.answers import QUESTIONS

    command = subparsers.add_parser(
        "new", help="a first folder of a measure, from a few answers",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="what is asked, in the order of the regional scheme, and how it is written:\n"
        + "\n".join(f"  {one.section}  {one.key:<14} {one.written}" for one in QUESTIONS),
    )  # fmt: skip
    command.add_argument("measure", metavar="MEASURE", help="its id, such as esempio/vetrine")
    command.add_argument(
        "--into", type=folder, default=Path(), metavar="FOLDER", help="the rule package (default: this folder)"
    )
    command.add_argument(
        "--answer", action="append", type=assignment, default=[], metavar="KEY=VALUE",
        help="an answer, again for each; at a terminal the others are asked, and an empty answer is not known",
    )  # fmt: skip
    add_language(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the folder, and say what is in it and what comes next."""
    from misure.reading.packages.first.answers import QUESTIONS, read_answers
    from misure.reading.packages.first.folder import write_folder
    from misure.telling.first_questions import asked, next_steps

    told = dict(arguments.answer)
    if sys.stdin is not None and sys.stdin.isatty():
        for question in QUESTIONS:
            if question.key not in told:
                print(
                    asked(question.section, question.key, question.written, arguments.lang),
                    end=" ",
                    file=sys.stderr,
                    flush=True,
                )
                told[question.key] = sys.stdin.readline()
    keys = [key for key, _ in arguments.answer]
    answers = read_answers(told, [key for key in told if keys.count(key) > 1])
    paths = write_folder(arguments.into, arguments.measure, answers)
    for path in paths:
        tell(str(path))
    tell(next_steps(str(paths[0].parent), arguments.lang))
    return ANSWERED
