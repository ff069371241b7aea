# SPDX-License-Identifier: Apache-2.0
"""The ledger behind a question about de minimis aid: from files of the register, or from one that was kept of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from misure.deminimis import Ledger

__all__ = ["ledger_of"]


def ledger_of(arguments: argparse.Namespace, members: Iterable[str] | None) -> Ledger:
    """The ledger of the files that are named, of some members or of everybody; what they lack is told on standard error.

    Raises:
        BadFacts: A file cannot be read, or is damaged (unless skipped).
    """
    from misure.cli.output import warn
    from misure.ground.given import refuse
    from misure.ground.place import Fault, Place
    from misure.ground.ranges import Range
    from misure.register import TerminalProgress, read_ledger

    kept = [file for file in arguments.files if _is_kept(file)]
    if kept:
        said = [
            (name.replace("_", "-"), "the ledger that was kept in a file says itself who answers for it")
            for name in ("complete_by", "drawn_on") if getattr(arguments, name) is not None
        ]  # fmt: skip
        if len(arguments.files) > 1:
            said.append(("files", f"{kept[0]} is a ledger that was kept in a file, and such a one is asked alone"))
        refuse("<command line>", said)
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
