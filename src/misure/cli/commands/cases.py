# SPDX-License-Identifier: Apache-2.0
"""`misure cases`: run the worked cases that stand beside each measure."""

from __future__ import annotations

import argparse

from misure.cli.arguments import Subparsers, faults_in, measures_at
from misure.cli.output import ANSWERED, FAULTY, tell

__all__ = ["add", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("cases", help="run worked cases; exit 1 where one fails")
    command.add_argument("measures", nargs="*", metavar="PATH|MEASURE", help="else all known")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each case that came out otherwise than it says, and how many there were."""
    from misure._catalogue import catalogue
    from misure.ground.errors import BadRules, MisureError
    from misure.ground.place import Fault
    from misure.testing.worked_cases import run_cases
    from misure.testing.worked_selections import run_selections

    ran, failed = 0, 0
    broken: list[str] = []
    every = catalogue()
    unusable = bool(every.left_out) and not arguments.measures
    for fault in every.left_out if unusable else ():
        tell(str(fault))
    asked, nothing = [], list[Fault]()
    for what in arguments.measures:
        try:
            asked.append(measures_at(what))
        except MisureError as problem:
            nothing += faults_in(problem)
    if nothing:
        raise BadRules(nothing)
    asked = asked or [(every, list(every))]
    for known, name in ((known, name) for known, names in asked for name in names):
        try:
            results = [*run_cases(known[name]), *run_selections(known[name])]
        except BadRules as problem:
            tell(str(problem))
            broken.append(name)
            continue
        ran, failed = ran + len(results), failed + sum(not result.passed for result in results)
        for result in results:
            if not result.passed:
                tell(str(result))
    told = f"{ran} cases, {failed} failed" if failed else f"{ran} cases, all as expected"
    if broken:
        told = f"{told if ran else 'no case was run'}; not to be used: those of {', '.join(broken)}"
    tell(told)
    return FAULTY if failed or unusable or broken else ANSWERED
