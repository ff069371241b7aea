# SPDX-License-Identifier: Apache-2.0
"""SA number: the European Commission's case number of a State aid, `SA.` and four to six digits.

Decisions and registers often write the year and the kind of the procedure behind it. They tell the same case once more, and
are no part of the number.

>>> validate("sa 100284"), parse("SA.49295")
('SA.100284', 49295)
>>> validate("SA.57021 (2020/N, ex 2020/PN)"), validate("SA.49295(2017/X)")
('SA.57021', 'SA.49295')
>>> validate("SA.123")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: sa_number: 'SA.123' is not SA. and four to six digits
"""

from __future__ import annotations

import re

from misure.ground.errors import BadIdentifier
from misure.identifiers.given_text import judged, shown, stripped

__all__ = ["compact", "format", "is_valid", "parse", "validate"]

_KIND = "sa_number"
_NUMBER = re.compile(r"SA\.([0-9]{4,6})")
_PROCEDURE = "[0-9]{4}/[A-Z]{1,3}"
_LOOSE = re.compile(rf"SA[ .]*([0-9]+)(?: ?\((?:{_PROCEDURE}(?:,? ?EX {_PROCEDURE})?|EX {_PROCEDURE})\))?", re.ASCII)


def compact(given: object) -> str:
    """The number with its point, in capitals, without the procedure behind it."""
    text = stripped(_KIND, given, "\t").upper()
    found = _LOOSE.fullmatch(text)
    return f"SA.{found[1]}" if found else text


def validate(given: object) -> str:
    """The compact form of a well-formed number.

    Raises:
        BadIdentifier: It is none.
    """
    number = compact(given)
    if not _NUMBER.fullmatch(number):
        raise BadIdentifier(_KIND, shown(number), "character", "is not SA. and four to six digits")
    return number


def parse(given: object) -> int:
    """The number after the letters.

    Raises:
        BadIdentifier: It is none.
    """
    return int(validate(given)[3:])


def is_valid(given: object) -> bool:
    """Whether it is a well-formed number."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The number as it is written: its compact form."""
    return validate(given)
