# SPDX-License-Identifier: Apache-2.0
"""Files as a whole: written whole or not at all, so that whoever reads one meanwhile has the one before; and read whole.

What is no file, a named pipe or a device, may be waited for without end: where a file is asked it is refused before it is opened.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

__all__ = ["refuse_pipes", "write_whole"]


def refuse_pipes(path: str | os.PathLike[str]) -> None:
    """Raise `OSError` for a pipe or a device; of a file, of a folder and of what is not there whoever opens it tells.

    Raises:
        OSError: It is a pipe or a device, or there is none.
        ValueError: No path is written so.
    """
    mode = os.stat(path).st_mode  # noqa: PTH116 - any path the system takes
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.ESPIPE, "it is a pipe or a device")


def write_whole(path: str | os.PathLike[str], parts: Iterable[str]) -> None:
    """Write the parts of a text, one after the other, in UTF-8 and with their ends of line as they are.

    A link is followed. A pipe or a device is written into: it must not be replaced by a file.

    Raises:
        OSError: The file cannot be written.
    """
    target = Path(os.path.realpath(path))
    direct = target.exists() and not target.is_file()
    part = target if direct else target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        if not direct:
            part.replace(target)
    finally:
        if not direct:
            part.unlink(missing_ok=True)
