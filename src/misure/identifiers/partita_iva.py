# SPDX-License-Identifier: Apache-2.0
"""Partita IVA, the VAT number: seven digits of a serial number, three of the office that gave it, one check digit.

The check digit says that the number was copied well; the office says that such a number can have been given. A number may
pass the first and fail the second, so `parse` tells both, and `validate` asks for both. The list of offices is that of
python-stdnum (001 to 100, 120, 121, 888, 999); from the compilers' knowledge, no act was read.

>>> parse("IT 01234560157")
PartitaIva(number='01234560157', office='015', office_assigned=True)
>>> parse("12345678903").office_assigned, is_valid("12345678903")
(False, False)
>>> validate("01234567890")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: partita_iva: '01234567890' has the check digit 0 where its other digits ask for 7
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from misure.ground.arguments import is_no
from misure.ground.errors import BadIdentifier
from misure.identifiers.given_text import first_odd, judged, shown
from misure.identifiers.writing import padded, plain_code

__all__ = ["PartitaIva", "calc_check_digit", "compact", "format", "is_valid", "parse", "validate"]

_KIND = "partita_iva"
_LENGTH = 11
_TEN = re.compile(r"[0-9]{10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartitaIva:
    """A number whose check digit is right. `office_assigned`: whether its office is one that gives numbers."""

    number: str
    office: str
    office_assigned: bool


def compact(given: object) -> str:
    """The digits alone: without blanks, dots, hyphens and the country's `IT` or `VATIT-`."""
    return plain_code(_KIND, given)


def calc_check_digit(number: str) -> str:
    """The check digit of the first ten digits.

    >>> calc_check_digit("0123456015")
    '7'

    Raises:
        BadIdentifier: They are no ten digits.
    """
    from stdnum import luhn

    if is_no(number, str) or not _TEN.fullmatch(number):
        raise BadIdentifier(_KIND, shown(number), "length", "is no ten digits")

    return luhn.calc_check_digit(number)


def parse(given: object) -> PartitaIva:
    """The number with its office. Its form and its check digit must be right; whether its office is, is told.

    Raises:
        BadIdentifier: It has not eleven digits, its serial number is zero, or its check digit is another.
    """
    number = checked_digits(_KIND, compact(given))
    from stdnum.exceptions import InvalidComponent
    from stdnum.it import iva

    try:
        iva.validate(number)
    except InvalidComponent:
        return PartitaIva(number, number[7:10], office_assigned=False)
    return PartitaIva(number, number[7:10], office_assigned=True)


def checked_digits(kind: str, number: str) -> str:
    """Eleven digits, the last of which checks the others."""
    odd = first_odd(number, lambda character: character in "0123456789")
    if odd is not None:
        raise BadIdentifier(kind, shown(number), "character", f"has {number[odd - 1]!r} where a digit stands", odd)
    if len(number) != _LENGTH:
        message = f"has {len(number)} digits, not {_LENGTH}"
        raise BadIdentifier(kind, shown(number), "length", message, None, _of_right_length(number))
    if not int(number[:7]):
        raise BadIdentifier(kind, shown(number), "component", "has a serial number of zeros", 1)
    right = calc_check_digit(number[:-1])
    if right != number[-1]:
        message = f"has the check digit {number[-1]} where its other digits ask for {right}"
        near = number[:-1] + right
        raise BadIdentifier(kind, shown(number), "check", message, _LENGTH, near if is_valid(near) else None)
    return number


def _of_right_length(number: str) -> str | None:
    """The number with the zeros that a spreadsheet took away, its check digit, or without a digit too many; if it is right then."""
    if len(number) == _LENGTH - 1:
        complete = number + calc_check_digit(number)
        # A number that still begins with a zero has lost another digit than that.
        ways = [complete, padded(number)] if number.startswith("0") else [padded(number), complete]
        return next((way for way in ways if way is not None and is_valid(way)), None)
    if len(number) < _LENGTH:
        return padded(number)
    short = number.lstrip("0").zfill(_LENGTH)
    if len(short) == _LENGTH and is_valid(short):
        return short
    if len(number) > _LENGTH + 1:
        return None
    found = {short for at in range(len(number)) if is_valid(short := number[:at] + number[at + 1 :])}
    return found.pop() if len(found) == 1 else None


def validate(given: object) -> str:
    """The compact form of a number that can have been given.

    Raises:
        BadIdentifier: As `parse`; and where no office of its three digits gives numbers.
    """
    found = parse(given)
    if not found.office_assigned:
        message = f"has a right check digit, and the office {found.office}, which gives no numbers"
        raise BadIdentifier(_KIND, found.number, "component", message, 8)
    return found.number


def is_valid(given: object) -> bool:
    """Whether it is a number that can have been given."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The number as it is written: its compact form."""
    return validate(given)
