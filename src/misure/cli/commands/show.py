# SPDX-License-Identifier: Apache-2.0
"""`misure show`: the rules of a measure, in the order of the act."""

from __future__ import annotations

import argparse
import sys

from misure.cli.arguments import Subparsers, add_language, add_measure, day, one_measure
from misure.cli.output import ANSWERED, tell

__all__ = ["add", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("show", help="the rules of a measure, in the order of the act")
    add_measure(command)
    command.add_argument(
        "--on", type=day, metavar="DATE", help="the day whose law is shown; else that of the last change"
    )
    add_language(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the rules under their provisions."""
    from misure.telling.formats.terminal import colours, width
    from misure.telling.formats.text import Style, plain_text
    from misure.telling.presenting import present

    page = present(one_measure(arguments.measure), arguments.lang, on=arguments.on)
    tell(plain_text(page, Style(width(), colours(sys.stdout))))
    return ANSWERED
