# SPDX-License-Identifier: Apache-2.0
"""The command line. Each command stands in a file of its own; the work is done elsewhere.

Exit 0 when a question is answered, whatever the answer; 1 when `check` or `cases` finds faults; 2 on bad input, with the
faults on standard error, one a line, and nothing on standard output.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, suppress
from typing import Any, NoReturn

from misure._version import __version__
from misure.cli.arguments import Subparsers
from misure.cli.commands import anchor, cases, check, decide, headroom, new, register, schema, select, show, vocabulary
from misure.cli.commands import list as list_
from misure.cli.output import ANSWERED, BAD_INPUT, Unwritable, finish, forsake, settle, tell
from misure.ground.arguments import shown
from misure.ground.errors import (
    BadFacts,
    BadRules,
    MisureError,
    NoSuchApplication,
    NoSuchMeasure,
    NoSuchName,
    NotEncoded,
)
from misure.ground.place import Fault, Place, nearest, visible

__all__ = ["main"]


def _add_register(subparsers: Subparsers) -> None:
    register.add(subparsers, headroom.add)


_COMMANDS = (
    list_.add, show.add, vocabulary.add, decide.add, select.add, headroom.add, _add_register, new.add, check.add, anchor.add, cases.add,
    schema.add,
)  # fmt: skip
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    # Where standard error is closed, Python and argparse would write to standard output what is meant for it.
    with redirect_stderr(sys.stderr or io.StringIO()):
        try:
            arguments = _parser().parse_args(argv)
            if arguments.faulty is not None:
                _refuse(arguments)
            code: int = arguments.run(arguments)
            finish()
        except BrokenPipeError:
            forsake()  # whoever read the output has read enough
            return ANSWERED
        except KeyboardInterrupt:
            return _INTERRUPTED
        except Unwritable as problem:
            forsake()
            _complain(str(Fault(Place("<output>"), "", f"it cannot be written: {problem}")))
        except MisureError as error:
            _complain(_located(error))
        except OSError as problem:
            _complain(str(_of_the_system(problem)))
        else:
            return code
        finally:
            settle()
        return BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """A parser that tells all that is wrong at once, shows what was typed and never obeys it, and writes its help as any answer."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._wrong: list[str] = []
        self._told: dict[str, Any] = {}
        for action in (None, "store"):
            self.register("action", action, _Once)

    def error(self, message: str) -> NoReturn:
        super().error(f"\n{self.prog}: error: ".join(map(visible, [*self._wrong, message])))

    def parse_args(self, *args: Any, **more: Any) -> Any:
        """Read the arguments. Under `faulty` stands who tells that some have values that cannot be: nothing is done, and more may be wrong."""
        found, unknown = self.parse_known_args(*args, **more)
        if unknown:
            (found.faulty or self).error(f"unrecognized arguments: {' '.join(unknown)}")
        return found

    def parse_known_args(self, *args: Any, **more: Any) -> Any:
        """Read the arguments; those with a value that cannot be are left out, and told when all else was looked at."""
        found, unknown = super().parse_known_args(*args, **more)
        found.faulty = self if self._wrong else getattr(found, "faulty", None)
        return found, unknown

    def tell_once(self, action: argparse.Action, value: Any) -> None:
        """Note an option that has one value, and tell it where it was told before: the last would silently win."""
        if action.dest in self._told:
            both = f"{shown(self._told[action.dest])} and {shown(value)}"
            self._wrong.append(str(argparse.ArgumentError(action, f"it is told twice, {both}")))
        self._told.setdefault(action.dest, value)

    def refuse(self, more: str) -> NoReturn:
        """Tell the values that cannot be, and what else is wrong."""
        told = f"\n{self.prog}: error: ".join(map(visible, self._wrong))
        super().error(f"{told}\n{more}" if more else told)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError as problem:
            self._wrong.append(str(problem))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as problem:
            if action.nargs == argparse.PARSER:
                # Of a command that is none nothing else can be read.
                self.error(f"no command is called {value!r}{_likely_command(self, str(value))}")
            self._wrong.append(str(problem))

    def print_help(self, _: object = None) -> None:
        """Print the help; argparse would say nothing where it cannot be written."""
        tell(self.format_help().removesuffix("\n"))

    def exit(self, status: int = ANSWERED, message: str | None = None) -> NoReturn:
        if status == ANSWERED:
            finish()
        super().exit(status, message)


def _refuse(arguments: argparse.Namespace) -> NoReturn:
    """Tell which arguments have values that cannot be, and what is wrong with all the others and with the files."""
    for name, value in vars(arguments).items():
        if isinstance(value, list):
            setattr(arguments, name, [one for one in value if one is not None])
    more = ""
    try:
        if hasattr(arguments, "look"):
            arguments.look(arguments)
    except MisureError as error:
        more = _located(error)
    parser: _Parser = arguments.faulty
    parser.refuse(more)


def _likely_command(parser: argparse.ArgumentParser, name: str) -> str:
    """The command, of this parser or of any other, of which a name is most likely a slip; else those that there are."""
    everywhere = {" ".join(path): path[-1] for path in _commands(_parser())}
    here = {path: last for path, last in everywhere.items() if path == " ".join([*parser.prog.split()[1:], last])}
    for known in (here, everywhere):
        meant = nearest(name, dict.fromkeys(known.values()))
        for path, last in known.items():
            if last == meant:
                return f"; did you mean 'misure {path}'?"
    return f"; there are {', '.join(here.values())}"


def _commands(parser: argparse.ArgumentParser, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, with those above it, that are asked by it alone first."""
    for action in parser._actions:  # noqa: SLF001 - argparse gives it no public name
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - nor this
            for name, below in action.choices.items():
                yield (*above, name)
                yield from _commands(below, (*above, name))


class _Once(argparse._StoreAction):  # noqa: SLF001 - argparse gives it no public name
    """Keeps the value of an option, which is told once."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option_string: str | None = None
    ) -> None:  # fmt: skip
        if option_string is not None and isinstance(parser, _Parser):
            parser.tell_once(self, str(values) if values is not None else "what cannot be")
        super().__call__(parser, namespace, values, option_string)


class _Version(argparse.Action):
    """Prints the version, as `_Parser` prints its help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        tell(f"misure {__version__}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="misure", description="Rules of Lombard funding measures: decided, explained, checked.")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in _COMMANDS:
        add(subparsers)
    return parser


def _located(error: MisureError) -> str:
    """The error as its faults print it: every line says first what it is about."""
    match error:
        case BadFacts() | BadRules():
            return str(error)
        case NoSuchMeasure():
            return str(Fault(Place("<command line>"), error.name, str(error)))
        case NoSuchApplication() | NoSuchName() | NotEncoded():
            return str(Fault(Place("<command line>"), "", str(error)))
        case _:
            return visible(str(error))


def _of_the_system(problem: OSError) -> Fault:
    """What the system refused, and of which file."""
    name = problem.filename
    where = os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else "<system>"
    return Fault(Place(where), "", problem.strerror or str(problem))


def _complain(text: str) -> None:
    with suppress(OSError):  # nobody can be told; the exit code says it
        print(text, file=sys.stderr)
