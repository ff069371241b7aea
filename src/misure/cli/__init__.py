# SPDX-License-Identifier: Apache-2.0
"""The command line: list, show, decide, select, headroom, check, cases, schema. It prints and exits; the work is done elsewhere.

Exit 0 when a question is answered, whatever the answer; 1 when `check` or `cases` finds faults; 2 on bad input, with the
faults on standard error, one a line, and nothing on standard output.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from misure._version import __version__
from misure.ground.days import parse_day
from misure.ground.errors import MisureError, NoSuchApplication, NoSuchMeasure, NotEncoded

if TYPE_CHECKING:
    from misure._catalogue import Catalogue
    from misure.reading.applicants.facts import ToldFacts

__all__ = ["main"]

ANSWERED, FAULTY, BAD_INPUT = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _write_no_more()  # whoever read the output has read enough
        return ANSWERED
    except KeyboardInterrupt:
        return 130
    except MisureError as error:
        print(_located(error), file=sys.stderr)
        return BAD_INPUT
    except OSError as problem:
        _write_no_more()
        print(f"<output>: it cannot be written: {problem.strerror or problem}", file=sys.stderr)
        return BAD_INPUT
    return code


def _write_no_more() -> None:
    """What is still buffered must not fail again when Python exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="misure", description="Rules of Lombard funding measures: decided, explained, checked."
    )
    parser.add_argument("--version", action="version", version=f"misure {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("list", help="the measures, with their titles")
    command.set_defaults(run=_list)

    command = commands.add_parser("show", help="the rules of a measure, in the order of the act")
    command.add_argument("measure", metavar="MEASURE")
    command.add_argument(
        "--on", type=_day, metavar="DATE", help="the day whose law is shown; else that of the last change"
    )
    _language(command)
    command.set_defaults(run=_show)

    command = commands.add_parser("decide", help="what a measure answers of an applicant on a day")
    command.add_argument("measure", metavar="MEASURE")
    command.add_argument("facts", metavar="FACTS", help="a JSON or YAML file, or - for standard input")
    _question_day(command)
    _language(command)
    command.add_argument("--json", action="store_true", help="print the decision as JSON")
    command.add_argument("--all", action="store_true", help="tell the conditions that are met too")
    command.add_argument(
        "--vary", nargs="+", action="extend", type=_assignment, default=[], metavar="NAME=VALUE",
        help="a what-if: other legal values, such as minimum_firms='8 firms'",
    )  # fmt: skip
    command.set_defaults(run=_decide)

    command = commands.add_parser("select", help="who is funded among the applications of a call, and why")
    command.add_argument("measure", metavar="MEASURE")
    command.add_argument("applications", metavar="FILE", help="a CSV, YAML or JSON file, one row an application")
    _question_day(command)
    command.add_argument(
        "--approved-on", nargs="+", action="extend", type=_approval, default=[], metavar="[WINDOW=]DATE",
        help="the day on which the ranking was approved, or one for each window",
    )  # fmt: skip
    command.add_argument(
        "--withdraw", nargs="+", action="extend", type=_withdrawal, default=[], metavar="ID=DATE",
        help="applications that were withdrawn, and when",
    )  # fmt: skip
    command.add_argument(
        "--table", nargs="+", action="extend", type=_assignment, default=[], metavar="NAME=FILE",
        help="a CSV file with the records of a table, whose column 'application' says whose they are",
    )  # fmt: skip
    command.add_argument("--vary", nargs="+", action="extend", type=_assignment, default=[], metavar="NAME=VALUE",
                         help="a what-if: other legal values")  # fmt: skip
    command.add_argument("--csv", type=Path, metavar="FILE", help="write the ranking to this file as CSV, too")
    _language(command)
    command.add_argument("--json", action="store_true", help="print the selection as JSON")
    command.set_defaults(run=_select)

    command = commands.add_parser(
        "headroom", help="what is left of de minimis on a day, from open-data files of the State-aid register"
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="XML files of the register, or zip archives of them")
    command.add_argument(
        "--undertaking", action="append", required=True, metavar="CF",
        help="a codice fiscale; again for each other member of the single undertaking",
    )  # fmt: skip
    command.add_argument("--on", type=_day, required=True, metavar="DATE", help="the day of granting, YYYY-MM-DD")
    command.add_argument("--regulation", default="gen", help="gen (default), sgei, agri or fish")
    command.add_argument("--fits", metavar="EUROS", help="also tell from which day this amount would fit")
    command.add_argument(
        "--complete-by", metavar="WHO", help="who says that the files hold all there is; else less may be left"
    )
    command.add_argument("--drawn-on", type=_day, metavar="DATE", help="the day on which the files were drawn")
    command.add_argument("--skip-damaged", action="store_true", help="go on past damaged records; less may be left")
    _language(command)
    command.set_defaults(run=_headroom)

    command = commands.add_parser("check", help="all the faults of rule files; exit 1 where there are any")
    command.add_argument(
        "what", nargs="*", metavar="PATH|MEASURE|LAW", help="rule packages, measures or shared laws; else all known"
    )
    command.add_argument("--write-index", action="store_true", help="first write the index of titles of sound packages")
    command.set_defaults(run=_check)

    command = commands.add_parser("cases", help="run worked cases; exit 1 where one fails")
    command.add_argument("measures", nargs="*", metavar="MEASURE", help="else all known")
    command.set_defaults(run=_cases)

    command = commands.add_parser("schema", help="JSON Schema of a measure's facts, or of rule files")
    command.add_argument("measure", nargs="?", metavar="MEASURE", help="the facts of this measure")
    command.add_argument(
        "--rules", choices=("measure", "law", "vocabulary", "cases"), help="a kind of rule file instead"
    )
    command.add_argument(
        "--check", action="store_true", help="whether the bundled schemas of rule files are up to date"
    )
    command.add_argument("--write", action="store_true", help="write the bundled schemas of rule files again")
    command.set_defaults(run=_schema, wrong=command.error)
    return parser


def _question_day(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--on", type=_day, required=True, metavar="DATE", help="the day the question is put, YYYY-MM-DD"
    )


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("it", "en"), default="it", help="the language of the answer (default: it)")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromordinal(parse_day(text))
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _approval(text: str) -> tuple[str, dt.date]:
    window, _, day = text.rpartition("=")
    return window, _day(day)


def _withdrawal(text: str) -> tuple[str, dt.date]:
    name, day = _assignment(text)
    return name, _day(day)


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


# Commands. Each imports what it needs and no more: a decision as JSON loads no words.


def _list(_: argparse.Namespace) -> int:
    titles = _catalogue().titles
    longest = max(map(len, titles), default=0)
    for name, title in titles.items():
        _print(f"{name.ljust(longest)}  {title}".rstrip())
    return ANSWERED


def _show(arguments: argparse.Namespace) -> int:
    from misure.telling.formats.terminal import colours, width
    from misure.telling.formats.text import Style, plain_text
    from misure.telling.presenting import present

    page = present(_catalogue()[arguments.measure], arguments.lang, on=arguments.on)
    _print(plain_text(page, Style(width(), colours(sys.stdout))))
    return ANSWERED


def _decide(arguments: argparse.Namespace) -> int:
    measure = _catalogue()[arguments.measure]
    if arguments.vary:
        measure = measure.vary(**dict(arguments.vary))
    told = _facts(arguments.facts)
    dossier = measure.intake.read(told.facts, arguments.on, told.places, text_source=told.text_source)
    decision = measure.decide_dossier(dossier)
    if arguments.json:
        _print_json(decision.to_dict())
        return ANSWERED
    from misure.telling.explanation import explain
    from misure.telling.formats.terminal import colours, width

    explanation = explain(decision, arguments.lang, all=arguments.all)
    _print(explanation.text(width=width(), colour=colours(sys.stdout), hint="--all"))
    return ANSWERED


def _facts(name: str) -> ToldFacts:
    from misure.ground.errors import BadFacts
    from misure.reading.applicants.facts import read_facts, read_facts_text
    from misure.reading.text.events import MOST_BYTES, decode

    if name != "-":
        return read_facts(Path(name))
    return read_facts_text(decode(sys.stdin.buffer.read(MOST_BYTES + 1), BadFacts, "<stdin>"), "<stdin>")


def _select(arguments: argparse.Namespace) -> int:
    from misure.cli.arguments import check_select
    from misure.ground.errors import BadFacts
    from misure.ground.place import Fault, Place
    from misure.reading.applicants.applications import read_applications_file
    from misure.selecting.applications import Application

    measure = _catalogue()[arguments.measure]
    if arguments.vary:
        measure = measure.vary(**dict(arguments.vary))
    known = measure.rulebook.vocabulary.facts
    tables = {name: Path(file) for name, file in arguments.table}
    check_select(arguments, measure.rulebook.vocabulary.tables)
    told = [
        Application(one.id, one.facts, one.filed_at, one.admitted, one.window, one.place, one.places, text_source=True)
        for one in read_applications_file(Path(arguments.applications), known, tables)
    ]
    approved = dict(arguments.approved_on)
    selection = measure.select(told, on=arguments.on, approved_on=approved.get("", approved or None))
    for name, day in arguments.withdraw:
        selection = selection.withdraw(name, on=day)
    if arguments.csv is not None:
        from misure.telling.formats.csv_ranking import write_ranking

        try:
            write_ranking(selection, arguments.csv, arguments.lang)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise BadFacts([Fault(Place(str(arguments.csv)), "", f"the file cannot be written: {reason}")]) from None
    if arguments.json:
        _print_json(selection.to_dict())
        return ANSWERED
    from misure.telling.explanation import explain
    from misure.telling.formats.terminal import colours, width

    _print(explain(selection, arguments.lang).text(width=width(), colour=colours(sys.stdout)))
    return ANSWERED


def _headroom(arguments: argparse.Namespace) -> int:
    from misure.deminimis import first_day_that_fits, headroom
    from misure.identifiers import codice_fiscale
    from misure.register import TerminalProgress, read_ledger
    from misure.telling.formats.terminal import colours, width
    from misure.telling.formats.text import Style, plain_text
    from misure.telling.headroom import headroom_page

    members = [codice_fiscale.validate(code) for code in arguments.undertaking]
    with TerminalProgress() as progress:
        ledger, report = read_ledger(
            arguments.files, members, complete_by=arguments.complete_by, drawn_on=arguments.drawn_on,
            progress=progress, skip_damaged=arguments.skip_damaged,
        )  # fmt: skip
    asked = {"regulation": arguments.regulation, "later": "ignore"}
    found = headroom(ledger, members, on=arguments.on, **asked)
    waiting = None
    if arguments.fits is not None:
        waiting = first_day_that_fits(arguments.fits, ledger, members, from_=arguments.on, **asked)
    if not report.complete or report.reading.warnings:
        print(report.reading, file=sys.stderr)
    _print(plain_text(headroom_page(found, arguments.lang, waiting=waiting), Style(width(), colours(sys.stdout))))
    return ANSWERED


def _check(arguments: argparse.Namespace) -> int:
    from misure.testing.rule_check import check_rules, home_of_law, rules_below, write_indexes

    known, packages = _catalogue(), dict[Path, set[str] | None]()
    for what in arguments.what:
        if what in known:
            root, names = Path(known.roots[what]), [what]
        elif home := home_of_law(what, known.roots.values()):
            root, names = home, [what]
        elif Path(what).exists():
            root, names = rules_below(Path(what))
        else:
            raise NoSuchMeasure(what, known)
        packages[root] = {*names, *(packages.get(root) or ())}
    packages = packages or {Path(root): None for root in known.roots.values()}
    for path in write_indexes(packages) if arguments.write_index else ():
        _print(str(path))
    faults = check_rules(packages)
    for fault in faults:
        _print(str(fault))
    if not faults:
        _print("no faults")
    return FAULTY if faults else ANSWERED


def _cases(arguments: argparse.Namespace) -> int:
    from misure.ground.errors import BadRules
    from misure.testing.worked_cases import run_cases
    from misure.testing.worked_selections import run_selections

    known, ran, failed, unusable = _catalogue(), 0, 0, False
    measures = [(name, known.roots.get(name)) for name in arguments.measures or known]
    for name, root in measures:
        if root is None:
            raise NoSuchMeasure(name, known)
    for name, _ in measures:
        try:
            results = [*run_cases(known[name]), *run_selections(known[name])]
        except BadRules as problem:
            _print(str(problem))
            unusable = True
            continue
        ran, failed = ran + len(results), failed + sum(not result.passed for result in results)
        for result in results:
            if not result.passed:
                _print(str(result))
    _print(f"{ran} cases, {failed} failed" if failed else f"{ran} cases, all as expected")
    return FAULTY if failed or unusable else ANSWERED


def _schema(arguments: argparse.Namespace) -> int:
    if sum(map(bool, (arguments.measure, arguments.rules, arguments.check, arguments.write))) != 1:
        arguments.wrong("give a MEASURE, or one of --rules, --check, --write")
    if arguments.measure:
        _print_json(_catalogue()[arguments.measure].facts_schema())
        return ANSWERED
    from misure.ground.rules_folder import bundled_rules
    from misure.reading.forms.json_schema import check_schemas, schema_of, write_schemas

    if arguments.rules:
        _print_json(schema_of(arguments.rules))
        return ANSWERED
    if arguments.write:
        for path in write_schemas(bundled_rules()):
            _print(str(path))
        return ANSWERED
    faults = check_schemas(bundled_rules())
    for fault in faults:
        _print(str(fault))
    return FAULTY if faults else ANSWERED


# Printing


def _catalogue() -> Catalogue:
    from misure._catalogue import catalogue

    return catalogue()


def _print(text: str) -> None:
    from misure.telling.formats.terminal import shown_in

    print(shown_in(text, sys.stdout.encoding or "utf-8"))


def _print_json(value: dict[str, Any]) -> None:
    plain = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(value, ensure_ascii=plain, indent=2))


def _located(error: MisureError) -> str:
    """The error as its faults print it: every line says first what it is about."""
    if isinstance(error, NoSuchMeasure):
        return f"<command line>: {error.name}: {error}"
    if isinstance(error, NoSuchApplication | NotEncoded):
        return f"<command line>: {error}"
    return str(error)
