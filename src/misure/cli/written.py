# SPDX-License-Identifier: Apache-2.0
"""A file that a command is to write: what is wrong with its name is told before anything is read or worked out."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from misure.ground.place import Fault, Place

__all__ = ["not_written", "unwritable"]

_STDOUT = 1


def unwritable(named: str, inputs: Iterable[str], taken: str) -> Iterator[Fault]:
    """Why a file could not be written, as far as it can be told beforehand; `taken` says what is wrong where it is one of the inputs."""
    if not named:
        yield Fault(Place("<command line>"), "", "the file to write has no name")
    elif any(_is_one(named, one) for one in inputs):
        yield Fault(Place(named), "", taken)
    elif _is_output(named):
        # A file would be taken away from under the answer; of a pipe nobody could tell one from the other.
        yield Fault(Place(named), "", "standard output goes into it too: each needs a place of its own")
    elif code := _trouble(named):
        yield not_written(named, os.strerror(code))


def not_written(named: str, reason: str) -> Fault:
    """That a file cannot be written, and why, in the words of the system."""
    return Fault(Place(named), "", f"the file cannot be written: {reason}")


def _is_one(named: str, other: str) -> bool:
    with suppress(OSError, ValueError):
        return os.path.samefile(named, other)  # noqa: PTH121 - a name that ends in a stroke stays as it is
    return False


def _is_output(named: str) -> bool:
    with suppress(OSError, ValueError):
        seen = os.fstat(_STDOUT)
        return not stat.S_ISCHR(seen.st_mode) and os.path.samestat(os.stat(named), seen)  # noqa: PTH116 - as above
    return False


def _trouble(named: str) -> int:
    """The error of the system that writing would meet; 0 where none is seen."""
    try:
        mode = os.stat(named).st_mode  # noqa: PTH116 - as above
    except FileNotFoundError:
        mode = 0
    except (OSError, ValueError) as problem:
        return getattr(problem, "errno", None) or errno.EINVAL
    path = Path(os.path.realpath(named))
    if stat.S_ISDIR(mode) or named.endswith(os.sep):
        return errno.EISDIR
    if not (path.parent.exists() and os.path.exists(os.path.dirname(named) or ".")):  # noqa: PTH110, PTH120 - as above
        return errno.ENOENT
    if not path.parent.is_dir():
        return errno.ENOTDIR
    return 0 if os.access(path if path.exists() else path.parent, os.W_OK) else errno.EACCES
