# SPDX-License-Identifier: Apache-2.0
"""The ledger behind a question about de minimis aid: from files of the register, or from one that was kept of them."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from misure.cli.arguments import COMMAND_LINE, faults_in
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.given import Mistake, refuse
from misure.ground.place import Fault, Place

if TYPE_CHECKING:
    from misure.deminimis import Ledger

__all__ = ["ANY_DAY", "ledger_of", "refuse_asked"]

ANY_DAY = dt.date(2025, 1, 1)
"""A day of which all is known, where what was written is none, which is told."""


def refuse_asked(
    arguments: argparse.Namespace,
    mistakes: Iterable[Mistake],
    ask: Callable[[Ledger], object],
    more: Iterable[Fault] = (),
) -> None:
    """Tell all that is wrong with what is asked and with the names of the files, before any of them is read.

    `ask` puts the question to a ledger, here to one of no aid: what cannot be asked is told of the command line.

    Raises:
        BadFacts: Something is wrong.
    """
    from misure.deminimis import Ledger

    faults = [*more, *_of_files(arguments)]
    try:
        refuse("<command line>", [*mistakes])
    except BadFacts as problem:
        faults += problem.faults
    told = {fault.subject for fault in faults}
    try:
        ask(Ledger(()))
    except BadFacts as problem:
        named = [
            (_OPTIONS.get(fault.subject, fault.subject), fault) for fault in problem.faults if fault.subject not in told
        ]
        faults += [replace(fault, place=COMMAND_LINE, subject=option) for option, fault in named]
    except NotEncoded as problem:
        faults += faults_in(problem)
    if faults:
        raise BadFacts(faults)


_OPTIONS = {"from_": "from", "groups": "group"}
"""What the command line calls otherwise than the function does."""


def _of_files(arguments: argparse.Namespace) -> list[Fault]:
    """What is wrong with the files as they are named: one is none, or a kept ledger is not asked alone."""
    from misure.register.ledgers import unopened

    kept = [file for file in arguments.files if _is_kept(file)]
    said = [
        (name.replace("_", "-"), "the ledger that was kept in a file says itself who answers for it")
        for name in ("complete_by", "drawn_on") if kept and getattr(arguments, name) is not None
    ]  # fmt: skip
    if kept and len(arguments.files) > 1:
        said.append(("files", f"{kept[0]} is a ledger that was kept in a file, and such a one is asked alone"))
    return [*(Fault(COMMAND_LINE, name, message) for name, message in said), *unopened(arguments.files)]


def ledger_of(arguments: argparse.Namespace, members: Iterable[str] | None) -> Ledger:
    """The ledger of the files that are named, of some members or of everybody; what they lack is told on standard error.

    Raises:
        BadFacts: A file cannot be read, or is damaged (unless skipped).
    """
    from misure.cli.output import warn
    from misure.ground.ranges import Range
    from misure.register import TerminalProgress, read_ledger

    kept = [file for file in arguments.files if _is_kept(file)]
    if kept:
        if faults := _of_files(arguments):
            raise BadFacts(faults)
        from misure.deminimis import open_ledger

        ledger = open_ledger(kept[0])
        open_ones = [aid.id for aid in ledger if isinstance(aid.amount, Range) or isinstance(aid.granted_on, Range)]
        if open_ones:
            what = (
                f"of {len(open_ones)} aids the amount or the day is known between two ends only, first {open_ones[0]}"
            )
            warn(str(Fault(Place(kept[0]), "", what)))
        return ledger
    with TerminalProgress() as progress:
        ledger, report = read_ledger(
            arguments.files, members, complete_by=arguments.complete_by, drawn_on=arguments.drawn_on,
            progress=progress, skip_damaged=arguments.skip_damaged,
        )  # fmt: skip
    if not report.complete or report.reading.warnings or report.conflicts:
        warn(str(report))
    return ledger


def _is_kept(file: str) -> bool:
    """Whether a file is a ledger that was kept; of one that cannot be opened the reader tells what is wrong."""
    import os

    from misure.deminimis.ledgers.file import begins_a_ledger

    try:
        # A pipe would lose what is read of it here.
        if not os.path.isfile(file):  # noqa: PTH113 - any path the system takes
            return False
        with open(file, "rb") as opened:  # noqa: PTH123 - as above
            return begins_a_ledger(opened.read(64))
    except (OSError, ValueError):
        return False
