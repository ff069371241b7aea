# SPDX-License-Identifier: Apache-2.0
"""How far a long reading has come, on the terminal of whoever waits for it."""

from __future__ import annotations

import sys
from typing import Self, TextIO

__all__ = ["TerminalProgress"]


class TerminalProgress:
    """Writes one line over itself, on standard error and only where that is a terminal; a `progress` for `read_aids`."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._width = 0
        self._shown = bool(getattr(self._stream, "isatty", bool)())

    def __call__(self, read: int, total: int | None, records: int) -> None:
        if not self._shown:
            return
        how_far = f"{read >> 20} MB"
        if total:
            how_far = f"{min(100, read * 100 // total):3d}% of {total >> 20} MB"
        line = f"{how_far}, {records} records"
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the line clean for what comes after."""
        if self._shown and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0
