# SPDX-License-Identifier: Apache-2.0
"""REA, the number in the Chamber of Commerce's repertory: the sigla of a province and up to seven digits, `MI-1234567`.

It has no check digit, and names a local record: a firm with seats in two provinces has two. The tax code is the better key.
From the compilers' knowledge; no act was read. Which pairs of letters are provinces is not checked: old siglas stay in use.

>>> parse("mi 0123456")
Rea(province='MI', number=123456)
>>> validate("MI/1234567")
'MI-1234567'
>>> validate("1234567")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: rea: '1234567' is no sigla of a province, such as MI, and one to seven digits
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from misure.ground.errors import BadIdentifier
from misure.identifiers.given_text import judged, shown, stripped

__all__ = ["Rea", "compact", "format", "is_valid", "parse", "validate"]

_KIND = "rea"
_REA = re.compile(r"([A-Z]{2})0*([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Rea:
    """The province of the repertory, and the number in it."""

    province: str
    number: int

    def __str__(self) -> str:
        return f"{self.province}-{self.number}"


def compact(given: object) -> str:
    """The number as it is written, as far as it is one: capitals, one hyphen, no zeros before the digits."""
    text = stripped(_KIND, given, " \t-/.")
    text = text.upper() if text.isascii() else text
    found = _REA.fullmatch(text)
    return f"{found[1]}-{found[2]}" if found else text


def parse(given: object) -> Rea:
    """Province and number.

    Raises:
        BadIdentifier: It is none.
    """
    text = compact(given)
    found = _REA.fullmatch(text.replace("-", ""))
    if found is None:
        message = "is no sigla of a province, such as MI, and one to seven digits"
        raise BadIdentifier(_KIND, shown(text), "character", message)
    return Rea(found[1], int(found[2]))


def validate(given: object) -> str:
    """The number as it is written, `MI-1234567`.

    Raises:
        BadIdentifier: It is none.
    """
    return str(parse(given))


def is_valid(given: object) -> bool:
    """Whether it is a well-formed number."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The number as it is written, `MI-1234567`."""
    return validate(given)
