# SPDX-License-Identifier: Apache-2.0
"""A text file that is written whole or not at all: whoever reads it meanwhile, or after a failure, has the one before."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

__all__ = ["write_whole"]


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
