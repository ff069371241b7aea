# SPDX-License-Identifier: Apache-2.0
"""A value that is not known exactly, with its two ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from misure._reopen import by_public_name

__all__ = ["Exact", "Range"]

Exact: TypeAlias = (
    int
    | Decimal
    | Fraction
    | dt.date
    | dt.time
    | str
    | bool
    | tuple[int | Decimal | Fraction | dt.date | dt.time | str, ...]
)
"""A value that is known: a number, a day, a time, a word."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Range:
    """A value that is not known exactly: it lies from `least` to `greatest`, both included.

    Of days an end may be None: nothing says before which day, or after which, it cannot be.
    """

    least: Exact | None
    greatest: Exact | None
