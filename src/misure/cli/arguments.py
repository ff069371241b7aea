# SPDX-License-Identifier: Apache-2.0
"""What a command line asks and cannot be, beyond what its parser sees."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place, nearest

__all__ = ["check_select"]


def check_select(arguments: argparse.Namespace, tables: Collection[str]) -> None:
    """What the command line asks of a selection and cannot be."""
    faults = []
    windows = [window for window, _ in arguments.approved_on]
    for window in sorted({one for one in windows if windows.count(one) > 1}):
        faults.append(Fault(Place("<command line>"), f"approved_on.{window}".rstrip("."), "it is told twice"))
    for option in ("table", "vary"):
        names = [name for name, _ in getattr(arguments, option)]
        for name in sorted({one for one in names if names.count(one) > 1}):
            faults.append(Fault(Place("<command line>"), f"{option}.{name}", "it is told twice"))
    for name, _ in arguments.table:
        if name not in tables:
            hint = nearest(name, tables)
            faults.append(Fault(Place("<command line>"), f"table.{name}", f"no table is called {name!r}", hint))
    if "" in windows and any(windows):
        message = "it is one day for the whole call, or one for each window, and not both"
        faults.append(Fault(Place("<command line>"), "approved_on", message))
    if arguments.csv is not None:
        inputs = [Path(arguments.applications), *(Path(file) for _, file in arguments.table)]
        if any(arguments.csv.exists() and one.exists() and arguments.csv.samefile(one) for one in inputs):
            message = "the ranking would take the place of a file from which the applications are read"
            faults.append(Fault(Place(str(arguments.csv)), "", message))
    if faults:
        raise BadFacts(faults)
