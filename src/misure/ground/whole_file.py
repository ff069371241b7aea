# SPDX-License-Identifier: Apache-2.0
"""Files as a whole: written whole or not at all, so that whoever reads one meanwhile has the one before; and read whole.

What is no file, a named pipe or a device, may be waited for without end: where a file is asked it is refused before it is opened.
Where a pipe is meant too, it is one at whose other end somebody is, or comes within two seconds.
"""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

__all__ = ["read_whole", "refuse_links", "refuse_pipes", "write_whole"]

_GRACE = 2.0
"""For how many seconds the other end of a named pipe is waited for: whoever is there already comes at once when this end opens."""
_STEP = 0.01
_STDIN = 0


def refuse_pipes(path: str | os.PathLike[str]) -> None:
    """Raise `OSError` for a pipe, a device or a socket; of a file and of a folder whoever opens it tells.

    Raises:
        OSError: It is none of a file and a folder, or there is none.
        ValueError: No path is written so.
    """
    mode = os.stat(path).st_mode  # noqa: PTH116 - any path the system takes
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, f"it is a {_kind(mode)}", os.fspath(path))


def _kind(mode: int) -> str:
    """What it is that is no file."""
    if stat.S_ISFIFO(mode):
        return "pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of a file, or of a pipe that somebody writes: at most so many. A device only where it is standard input itself.

    Whoever has opened a pipe for writing is waited for as standard input is.

    Raises:
        OSError: There is none, it cannot be read, it is a socket or a device, or nobody writes into the pipe.
        ValueError: No path is written so.
    """
    seen = path.stat()
    if stat.S_ISFIFO(seen.st_mode):
        return _read_pipe(path, most)
    if not _is_standard_input(seen):
        refuse_pipes(path)
    with path.open("rb") as stream:
        return stream.read(most)


def _is_standard_input(seen: os.stat_result) -> bool:
    try:
        return os.path.samestat(seen, os.fstat(_STDIN))
    except OSError:
        return False


def _read_pipe(path: Path, most: int) -> bytes:
    end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(end, "rb", buffering=0) as stream:  # noqa: PTH123 - it is open
        begun, until = b"", time.monotonic() + _GRACE
        while not begun:
            found = stream.read(most)
            if found is None:
                break  # somebody has it open, and has not written yet
            begun = found
            if not begun:  # nobody has it open: nobody yet, or nobody any more
                if _was_left(end):
                    return b""
                _wait(until, "nobody writes into this pipe", path)
        os.set_blocking(end, True)
        parts, read = [begun], len(begun)
        while read < most and (part := stream.read(most - read)):
            parts.append(part)
            read += len(part)
        return b"".join(parts)


def _was_left(end: int) -> bool:
    """Whether somebody opened the pipe for writing since this end of it was opened, and closed it."""
    poll = select.poll()
    poll.register(end, select.POLLHUP)
    return any(event & select.POLLHUP for _, event in poll.poll(0))


def _wait(until: float, message: str, path: str | os.PathLike[str]) -> None:
    if time.monotonic() >= until:
        raise OSError(errno.ENXIO, message, os.fspath(path))
    time.sleep(_STEP)


def write_whole(path: str | os.PathLike[str], parts: Iterable[str], *, within: Path | None = None) -> None:
    """Write the parts of a text, one after the other, in UTF-8 and with their ends of line as they are.

    A link that somebody names is followed. A pipe that somebody reads or a device is written into: it must not be replaced by a
    file. What has its own place `within` a folder, such as the index of a rule package, is written there or not at all: who made
    the folder may have put a link there, or a pipe, that leads to a file of whoever writes.

    Raises:
        OSError: The file cannot be written, nobody reads the pipe, or its own place is a link or no file.
    """
    if within is not None:
        refuse_links(Path(path), within)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - any path the system takes
    except FileNotFoundError:
        mode = stat.S_IFREG
    if not stat.S_ISREG(mode):
        if within is not None:
            refuse_pipes(path)
        with _open_to_write(path, mode) as file:
            file.writelines(parts)
        return
    target = Path(os.path.realpath(path))
    # A name that nobody can know before: what stands there already, a link too, would be opened or taken away.
    part = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def refuse_links(path: Path, within: Path) -> None:
    """Raise `OSError` where what has its place below a folder, or a folder on the way to it, is a link, whether something stands at its end or not.

    Raises:
        OSError: There is a link.
    """
    straight = Path(os.path.realpath(within), path.relative_to(within))
    if Path(os.path.realpath(straight)) != straight:
        message = "a link stands here or on the way here, and nothing is written through it: take it away"
        raise OSError(errno.ELOOP, message, str(path))


def _open_to_write(path: str | os.PathLike[str], mode: int) -> IO[str]:
    end: str | os.PathLike[str] | int = path
    if stat.S_ISFIFO(mode):
        until = time.monotonic() + _GRACE
        while end is path:
            try:
                end = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as problem:
                if problem.errno != errno.ENXIO:
                    raise
                _wait(until, "nobody reads this pipe", path)
        assert isinstance(end, int)
        os.set_blocking(end, True)
    return open(end, "w", encoding="utf-8", newline="")  # noqa: PTH123 - any path the system takes
