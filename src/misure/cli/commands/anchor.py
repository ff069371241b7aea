# SPDX-License-Identifier: Apache-2.0
"""`misure anchor`: a measure held beside the text of an act: every value found in it, every figure of it accounted for."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from misure.cli.arguments import Subparsers, add_language, add_measure, faults_in, one_measure
from misure.cli.output import ANSWERED, FAULTY, tell, tell_json
from misure.ground.errors import BadFacts, MisureError
from misure.ground.place import Fault

if TYPE_CHECKING:
    from misure.anchoring.session import Held

__all__ = ["add", "look", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser(
        "anchor",
        help="a measure beside the text of its act: values found, figures accounted for; exit 1 where some are not",
    )
    add_measure(command)
    command.add_argument(
        "text", type=Path, metavar="ACT.txt", help="the text of the act, its pages parted by form feeds"
    )
    command.add_argument("--act", metavar="ID", help="which act of the rule file it is, where its head does not say")
    command.add_argument(
        "--write", action="store_true", help="write anchors.yaml beside SOURCES.md; what stands there by hand is kept"
    )
    command.add_argument(
        "--html", type=Path, metavar="FILE", help="also write text and rules side by side, as one page"
    )
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    add_language(command)
    command.set_defaults(run=run, look=look)


def look(arguments: argparse.Namespace) -> Held:
    """The measure held beside the text.

    Raises:
        BadFacts: There is no such measure, or the text cannot be read, or is that of another act: all of it at once.
    """
    from misure.anchoring.act_text import read_act_text
    from misure.anchoring.session import hold

    faults: list[Fault] = []
    try:
        book = one_measure(arguments.measure).rulebook
    except MisureError as problem:
        faults += faults_in(problem)
        try:
            read_act_text(arguments.text)
        except BadFacts as other:
            faults += other.faults
        raise BadFacts(faults) from None
    return hold(book, arguments.text, arguments.act)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found, and write what is to be written."""
    from misure.anchoring.anchors_file import write_anchors
    from misure.anchoring.data import as_data
    from misure.ground.whole_file import write_whole
    from misure.telling.anchoring import anchoring_page
    from misure.telling.formats.side_by_side import side_by_side
    from misure.telling.formats.terminal import colours, width
    from misure.telling.formats.text import Style, plain_text

    held = look(arguments)
    if arguments.html is not None:
        write_whole(arguments.html, [side_by_side(held, arguments.lang)])
    if arguments.write:
        write_anchors(held.file, held.book.id, Path(held.book.root), held.anchoring)
        held = replace(held, written=True)
    if arguments.json:
        tell_json(as_data(held))
    else:
        tell(plain_text(anchoring_page(held, arguments.lang), Style(width(), colours(sys.stdout))))
    return ANSWERED if held.sound else FAULTY
