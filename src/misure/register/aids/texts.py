# SPDX-License-Identifier: Apache-2.0
"""The texts of the register's elements as values: XML Schema's numbers and dates, `n.d.`, codes in a row.

>>> money("12000.00"), money("n.d.")
(1200000, None)
>>> day("2026-03-15+01:00")
datetime.date(2026, 3, 15)
>>> sectors("I.55.2, I.56.1")
('I.55.2', 'I.56.1')
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from misure.ground.days import parse_day
from misure.ground.money import MOST_DIGITS

__all__ = [
    "RaisedToCent",
    "code",
    "day",
    "digits",
    "is_sector",
    "money",
    "sectors",
    "size",
    "told",
    "told_short",
    "whole",
]

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?", re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_ZONE = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})\Z", re.ASCII)
_SECTOR = re.compile(r"[A-Z]\.[0-9]{2}(?:\.[0-9]{1,2})?", re.ASCII)
_LONGEST = 8
_MOST_PLAIN = 18
"""The most digits of a whole number."""


def told(text: str | None) -> str | None:
    """The text, or None where it says nothing: it is absent, empty, blank or `n.d.`."""
    if text is None or text.isspace():
        return None
    # Longer than this, and with a character at either end, it says something.
    if len(text) < _LONGEST or text[0].isspace() or text[-1].isspace():
        return None if text.strip().lower() in {"", "n.d."} else text
    return text


told_short = lru_cache(maxsize=16_384)(told)
"""The same of a short text, which is likely to come again."""


class RaisedToCent(ValueError):
    """An amount has a fraction of a cent; `cents` is the amount with that cent whole."""

    def __init__(self, text: str, cents: int) -> None:
        self.cents = cents
        super().__init__(f"{text} has a fraction of a cent, which counts as one")


@lru_cache(maxsize=65_536)
def money(text: str | None) -> int | None:
    """An `xsd:decimal` of euros in cents; None where it is not told.

    Raises:
        RaisedToCent: It has a fraction of a cent: never less counts than was granted.
        ValueError: It is no such number, is negative, or absurdly long.
    """
    if text is not None and text[-3:-2] == "." and text.isascii() and len(text) <= _MOST_PLAIN:
        # As the register writes nearly all of them.
        euros, cents_ = text[:-3], text[-2:]
        if euros.isdigit() and cents_.isdigit():
            return int(euros + cents_)
    said = told(text)
    if said is None:
        return None
    plain = said.strip()
    match = _DECIMAL.fullmatch(plain)
    if match is None or not (match[2] or match[3]):
        hint = ": the decimals follow a point" if "," in plain else ""
        raise ValueError(f"{plain[:40]!r} is no amount{hint}")
    if len(plain) > MOST_DIGITS:
        raise ValueError(f"an amount of {len(plain)} characters is too long")
    part = match[3] or ""
    cents = int((match[2] or "0") + part[:2].ljust(2, "0"))
    raised = bool(part[2:].strip("0"))
    if match[1] == "-" and (cents or raised):
        raise ValueError(f"{plain} is negative, and an amount of money is not")
    if raised:
        raise RaisedToCent(plain, cents + 1)
    return cents


@lru_cache(maxsize=16_384)
def day(text: str | None) -> dt.date:
    """An `xsd:date`. The zone that some writers add does not move the day.

    Raises:
        ValueError: It is not told, is no date, or does not exist.
    """
    return dt.date.fromordinal(parse_day(_ZONE.sub("", _needed(text).strip())))


@lru_cache(maxsize=16_384)
def whole(text: str | None) -> int | None:
    """An `xsd:integer`; None where it is not told.

    Raises:
        ValueError: It is none, or absurdly long.
    """
    said = told(text)
    if said is None:
        return None
    plain = said.strip()
    if _WHOLE.fullmatch(plain) is None:
        raise ValueError(f"{plain[:40]!r} is no whole number")
    return int(plain)


def digits(text: str | None) -> str:
    """A whole number that names something, such as a COR.

    Raises:
        ValueError: It is not told, or is none.
    """
    if text is not None and text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= _MOST_PLAIN:
        return text
    plain = _needed(text).strip()
    if _WHOLE.fullmatch(plain) is None or plain.startswith("-"):
        raise ValueError(f"{plain[:40]!r} is no whole number that names anything")
    return str(int(plain))


@lru_cache(maxsize=16_384)
def code(text: str | None) -> str | None:
    """A code without the blanks at its ends; None where it is not told."""
    if text is not None and len(text) > _LONGEST and text.strip() is text:
        return text
    said = told(text)
    return None if said is None else said.strip()


@lru_cache(maxsize=1_024)
def size(text: str | None) -> str | None:
    """The size of a beneficiary as it is written; None where it is not told, for which a stroke stands too."""
    plain = code(text)
    return None if plain == "-" else plain


def _needed(text: str | None) -> str:
    said = told(text)
    if said is None:
        raise ValueError("it is not told")
    return said


@lru_cache(maxsize=16_384)
def sectors(text: str | None) -> tuple[str, ...]:
    """The codes of a list parted by commas."""
    said = told(text)
    return () if said is None else tuple(part for part in (each.strip() for each in said.split(",")) if part)


@lru_cache(maxsize=16_384)
def is_sector(text: str) -> bool:
    """Whether a text has the form of the register: section, division and group of NACE Rev. 2, such as `I.56.1`."""
    return _SECTOR.fullmatch(text) is not None
