# SPDX-License-Identifier: Apache-2.0
"""`misure schema`: JSON Schema of a measure's facts, or of rule files."""

from __future__ import annotations

import argparse

from misure.cli.arguments import Subparsers, folder, one_measure
from misure.cli.output import ANSWERED, FAULTY, tell, tell_json

__all__ = ["add", "look", "run"]


def add(subparsers: Subparsers) -> None:
    """Say how the command is called."""
    command = subparsers.add_parser("schema", help="JSON Schema of a measure's facts, or of rule files")
    command.add_argument("measure", nargs="?", metavar="MEASURE", help="the facts of this measure")
    command.add_argument(
        "--rules", choices=("measure", "law", "vocabulary", "cases", "anchors"), help="a kind of rule file instead"
    )
    command.add_argument(
        "--check", action="store_true", help="whether the bundled schemas of rule files are up to date"
    )
    command.add_argument(
        "--write", nargs="?", const=True, metavar="FOLDER", type=folder,
        help="write the schemas of rule files into FOLDER/schema, for the editor; else the bundled ones again",
    )  # fmt: skip
    command.set_defaults(run=run, look=look, wrong=command.error)


def look(arguments: argparse.Namespace) -> None:
    """What is wrong beside an argument that cannot be.

    Raises:
        MisureError: There is no such measure.
    """
    if arguments.measure:
        one_measure(arguments.measure)


def run(arguments: argparse.Namespace) -> int:
    """Print a schema, or see to the bundled ones."""
    writing = arguments.write is not None
    if sum(map(bool, (arguments.measure, arguments.rules, arguments.check, writing))) != 1:
        arguments.wrong("give a MEASURE, or one of --rules, --check, --write")
    if arguments.measure:
        tell_json(one_measure(arguments.measure).facts_schema())
        return ANSWERED
    from misure.ground.rules_folder import bundled_rules
    from misure.reading.forms.json_schema import check_schemas, schema_of, write_schemas

    if arguments.rules:
        tell_json(schema_of(arguments.rules))
        return ANSWERED
    if writing:
        for path in write_schemas(bundled_rules() if arguments.write is True else arguments.write):
            tell(str(path))
        return ANSWERED
    faults = check_schemas(bundled_rules())
    for fault in faults:
        tell(str(fault))
    return FAULTY if faults else ANSWERED
