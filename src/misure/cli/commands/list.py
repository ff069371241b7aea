# SPDX-License-Identifier: Apache-2.0
"""`misure list`: the measures, with their short titles."""

from __future__ import annotations

import argparse

from misure.cli.arguments import Subparsers
from misure.cli.output import ANSWERED, tell_plainly, warn

__all__ = ["add", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("list", help="the measures, with their short titles")
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print one line a measure; titles are looked up without reading the measures."""
    from misure._catalogue import catalogue

    known = catalogue()
    for fault in known.left_out:
        warn(str(fault))
    titles = known.short_titles()
    longest = max(map(len, titles), default=0)
    for name, title in titles.items():
        tell_plainly(f"{name.ljust(longest)}  {title}".rstrip())
    return ANSWERED
