# SPDX-License-Identifier: Apache-2.0
"""`misure vocabulary`: what may be said of an applicant, by name, kind and question, and which measures ask it."""

from __future__ import annotations

import argparse
import sys

from misure.cli.arguments import Subparsers, add_language
from misure.cli.output import ANSWERED, tell, tell_json

__all__ = ["add", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("vocabulary", help="what may be said of an applicant, and which measures ask it")
    command.add_argument(
        "word",
        nargs="?",
        default="",
        metavar="WORD",
        help="only names, labels, questions and choices with this in them",
    )
    command.add_argument(
        "--package",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a rule package whose names are looked at too; again for more",
    )
    command.add_argument("--json", action="store_true", help="as JSON Schema of the facts")
    add_language(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the names, each with what it is."""
    from misure._catalogue import catalogue
    from misure.facts.schema import facts_schema
    from misure.facts.vocabulary import Fact, Table
    from misure.telling.formats.terminal import colours, width
    from misure.telling.formats.text import Style, plain_text
    from misure.telling.vocabulary import found_in, present_vocabulary

    known = catalogue(arguments.package or None)
    books = {name: known[name].rulebook for name in known}
    if not arguments.json:
        page = present_vocabulary(books, arguments.lang, word=arguments.word)
        tell(plain_text(page, Style(width(), colours(sys.stdout))))
        return ANSWERED
    found = found_in(books, arguments.word)
    facts = {name: one for name, one in found.items() if isinstance(one, Fact)}
    tables = {name: one for name, one in found.items() if isinstance(one, Table)}
    tell_json(facts_schema(facts, tables, arguments.word))
    return ANSWERED
