# SPDX-License-Identifier: Apache-2.0
"""`misure list`: the measures, with their titles."""

from __future__ import annotations

import argparse
from pathlib import Path

from misure.cli.arguments import Subparsers
from misure.cli.output import ANSWERED, tell_plainly

__all__ = ["add", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("list", help="the measures, with their titles")
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print one line a measure; titles are looked up without reading the measures."""
    from misure._catalogue import catalogue
    from misure.reading.text.titles import title_of

    measures = catalogue()
    longest = max(map(len, measures), default=0)
    for name, root in measures.roots.items():
        tell_plainly(f"{name.ljust(longest)}  {title_of(Path(root) / name / 'measure.yaml')}".rstrip())
    return ANSWERED
