# SPDX-License-Identifier: Apache-2.0
"""`misure check`: all the faults of rule files."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from misure.cli.arguments import Subparsers, faults_in
from misure.cli.output import ANSWERED, FAULTY, tell, warn
from misure.ground.errors import BadRules, MisureError, NoSuchMeasure
from misure.ground.place import Fault

if TYPE_CHECKING:
    from misure._catalogue import Catalogue

__all__ = ["add", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("check", help="all the faults of rule files; exit 1 where there are any")
    command.add_argument(
        "what", nargs="*", metavar="PATH|MEASURE|LAW", help="rule packages, measures or shared laws; else all known"
    )
    command.add_argument("--write-index", action="store_true", help="first write the index of titles of sound packages")
    command.set_defaults(run=run)


def _named(what: str, known: Catalogue) -> Mapping[Path, Collection[str]]:
    """The measures and laws that are meant, by the folders of their packages.

    Raises:
        NoSuchMeasure: It is the name of nothing.
        BadRules: There are no rules at the path.
    """
    from misure.testing.rule_check import home_of_law, rules_below

    if what in known:
        return {Path(known.roots[what]): [what]}
    if home := home_of_law(what, known.roots.values()):
        return {home: [what]}
    if Path(what).exists():
        return rules_below(Path(what))
    raise NoSuchMeasure(what, known)


def run(arguments: argparse.Namespace) -> int:
    """Print one line a fault."""
    from misure._catalogue import catalogue
    from misure.ground.place import told
    from misure.reading.packages.checking import schemas_out_of_reach
    from misure.testing.rule_check import (
        faults_of,
        looked_at,
        strange_measures,
        write_indexes,
    )

    known, packages = catalogue(), dict[Path, Collection[str] | None]()
    nothing: list[Fault] = []
    for what in arguments.what:
        try:
            named = _named(what, known)
        except MisureError as problem:
            nothing += faults_in(problem)
            continue
        for root, names in named.items():
            # A package that was named whole has an index too, which belongs to no measure.
            whole = what not in known and root.is_relative_to(Path(what).resolve())
            before = packages.get(root, set())
            packages[root] = None if whole or before is None else {*names, *before}
    if nothing:  # what is wrong with the others is told with it
        raise BadRules([*nothing, *faults_of(packages, looked_at(packages))])
    packages = packages or {Path(root): None for root in known.roots.values()}
    for path in write_indexes(packages) if arguments.write_index else ():
        tell(str(path))
    looked = looked_at(packages)
    faults = [*(() if arguments.what else known.left_out), *faults_of(packages, looked)]
    for line in told(faults):
        tell(line)
    for strange in strange_measures(packages, looked, known):
        warn(f"warning: {strange}")
    for unreachable in (one for root in packages for one in schemas_out_of_reach(root)):
        warn(f"warning: {unreachable}")
    if not faults:
        tell("no faults")
    return FAULTY if faults else ANSWERED
