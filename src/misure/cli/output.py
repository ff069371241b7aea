# SPDX-License-Identifier: Apache-2.0
"""What a command leaves behind: its answer on standard output, and the code with which it ends.

A trouble of standard output itself is an `Unwritable`, so that no other file's trouble is ever taken for it.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

__all__ = [
    "ANSWERED", "BAD_INPUT", "FAULTY", "Unwritable", "finish", "forsake", "settle", "tell", "tell_json", "tell_plainly", "warn",
]  # fmt: skip

ANSWERED, FAULTY, BAD_INPUT = 0, 1, 2


class Unwritable(Exception):
    """Standard output cannot be written; the text says why, in the system's words."""


def tell(text: str) -> None:
    """Print a text, spelt so that the terminal can show it."""
    from misure.telling.formats.terminal import shown_in

    with _writing() as output:
        print(shown_in(text, output.encoding or "utf-8"), file=output)


def tell_plainly(text: str) -> None:
    """Print a text of one line that somebody else wrote, such as the title of a measure: no terminal obeys it."""
    from misure.ground.place import visible

    tell(visible(text))


def tell_json(value: dict[str, Any]) -> None:
    """Print a value as JSON, in ASCII where the terminal does not take UTF-8."""
    with _writing() as output:
        plain = (output.encoding or "utf-8").lower().replace("-", "") != "utf8"
        print(json.dumps(value, ensure_ascii=plain, indent=2), file=output)


def warn(text: str) -> None:
    """Say beside the answer what is wrong elsewhere; where nobody can be told, the answer stands all the same."""
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr)


def finish() -> None:
    """See to it that all that was told is written."""
    with _writing() as output:
        output.flush()


def forsake() -> None:
    """Write no more: what is still buffered must not fail again when Python exits."""
    _to_nowhere(sys.stdout)


def settle() -> None:
    """Write all that was complained of; where that cannot be, it must not fail again and change the exit code."""
    try:
        sys.stderr.flush()
    except OSError:
        _to_nowhere(sys.stderr)


def _to_nowhere(stream: TextIO | None) -> None:
    if stream is None:
        return
    with suppress(OSError, ValueError):  # it may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _writing() -> Iterator[TextIO]:
    output: TextIO | None = sys.stdout
    if output is None or output.closed:  # Python found it closed, or somebody has closed it since
        raise Unwritable(os.strerror(errno.EBADF))
    try:
        yield output
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise Unwritable(problem.strerror or str(problem)) from None
