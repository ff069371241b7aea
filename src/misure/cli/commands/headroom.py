# SPDX-License-Identifier: Apache-2.0
"""`misure headroom`: what is left of de minimis on a day, from open-data files of the State-aid register."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING

from misure.cli.arguments import Subparsers, add_language, day
from misure.cli.ledgers import ANY_DAY, ledger_of, refuse_asked
from misure.cli.output import ANSWERED, tell, tell_json, warn

if TYPE_CHECKING:
    from misure.deminimis import Headroom, Ledger

__all__ = ["add", "look", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser(
        "headroom", help="what is left of de minimis on a day, from open-data files of the State-aid register"
    )
    command.add_argument(
        "files", nargs="+", metavar="FILE",
        help="XML files of the register, zip archives of them, or one ledger kept by 'register load'",
    )  # fmt: skip
    command.add_argument(
        "--undertaking", action="append", required=True, metavar="CF",
        help="a codice fiscale, or the VAT number of another State; again for each other member of the single undertaking",
    )  # fmt: skip
    command.add_argument("--on", type=day, required=True, metavar="DATE", help="the day of granting, YYYY-MM-DD")
    command.add_argument("--regulation", default="gen", help="gen (default), sgei, agri or fish")
    command.add_argument("--fits", metavar="EUROS", help="also tell from which day this amount would fit")
    command.add_argument(
        "--complete-by", metavar="WHO", help="who says that the files hold all there is; else less may be left"
    )
    command.add_argument("--drawn-on", type=day, metavar="DATE", help="the day on which the files were drawn")
    command.add_argument("--skip-damaged", action="store_true", help="go on past damaged records; less may be left")
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    add_language(command)
    command.set_defaults(run=run, look=look)


def look(arguments: argparse.Namespace) -> list[str]:
    """The members of the undertaking that is asked about.

    Raises:
        BadFacts: Something is wrong with what the command line says, or a file is none.
    """
    from misure.deminimis import headroom
    from misure.ground.given import Mistake, cents
    from misure.ground.spreadsheets import likely_number
    from misure.identifiers.entering import entered

    faults: list[Mistake] = []
    members = [entered("undertaking", each, "name it", faults, codes_only=True) for each in arguments.undertaking]
    if arguments.fits is not None:
        try:
            cents(arguments.fits)
        except ValueError as problem:
            faults.append(("fits", str(problem), likely_number(arguments.fits)))
    asked = {"on": arguments.on or ANY_DAY, "regulation": arguments.regulation}
    refuse_asked(arguments, faults, lambda ledger: headroom(ledger, "?" if faults else members, **asked))
    return members


_MOST_NAMED = 5


def _tell_left_out(ledger: Ledger, found: Headroom, on: dt.date) -> None:
    """Say which aid of the undertaking the files hold that was granted after the day of the question: it does not count."""
    from misure.deminimis.measuring import granted_after

    later = sorted(aid.id for aid in granted_after(ledger, (*found.members, *found.possible), on.toordinal()))
    if later:
        others = f", and {len(later) - _MOST_NAMED} more" if len(later) > _MOST_NAMED else ""
        warn(f"left out, as granted after {on}: {', '.join(later[:_MOST_NAMED])}{others}")


def run(arguments: argparse.Namespace) -> int:
    """Print what is left; what the files lack is told on standard error."""
    from misure.deminimis import first_day_that_fits, headroom
    from misure.telling.formats.terminal import colours, width
    from misure.telling.formats.text import Style, plain_text
    from misure.telling.headroom import headroom_page

    members = look(arguments)
    ledger = ledger_of(arguments, members)
    asked = {"regulation": arguments.regulation, "later": "ignore"}
    found = headroom(ledger, members, on=arguments.on, **asked)
    _tell_left_out(ledger, found, arguments.on)
    waiting = None
    if arguments.fits is not None:
        waiting = first_day_that_fits(arguments.fits, ledger, members, from_=arguments.on, **asked)
    if arguments.json:
        tell_json(found.to_dict() | ({} if waiting is None else {"waiting": waiting.to_dict()}))
        return ANSWERED
    tell(
        plain_text(
            headroom_page(found, arguments.lang, waiting=waiting, as_named=True), Style(width(), colours(sys.stdout))
        )
    )
    return ANSWERED
