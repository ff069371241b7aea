# SPDX-License-Identifier: Apache-2.0
"""How a tax code is written: with blanks, dots and hyphens between, in small letters, behind the prefix of an identity card.

SPID and CIE give `TINIT-` and the code, or `VATIT-` and the number; invoices write `IT` before the number. All that is
writing, and no part of the code.

>>> plain_code("codice_fiscale", "tinit-rssmra85t10f205r"), plain_code("partita_iva", "IT 012.345.601.57")
('RSSMRA85T10F205R', '01234560157')
"""

from __future__ import annotations

import re

from misure.ground.errors import BadIdentifier
from misure.ground.place import BLANKS
from misure.identifiers.given_text import shown, stripped

__all__ = ["SEPARATORS", "padded", "plain_code", "spreadsheet_number", "unprefixed"]

SEPARATORS = f" -:.{BLANKS}"
"""What may stand between the characters of a code without being a part of it."""

_PREFIX = re.compile(r"(?:TINIT|VATIT)(?!VAT|[A-Z]{2,4}[0-9])|IT(?=[0-9]|(?!VAT|CHE[0-9])[A-Z0-9]{16}\Z)")
"""No person's code begins with IT: vowels come after all consonants of a surname, and then the code has fewer letters.

What follows the prefix of Italy is an Italian code: a second prefix, or the letters of another State, contradict it.
"""
_NO_BLANKS = dict.fromkeys(map(ord, f" {BLANKS}"))
_NUMBER = re.compile(r"([0-9]+)[.,]0+|[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)


def plain_code(kind: str, given: object) -> str:
    """The characters of a code alone, in capitals; whether they are one is for its kind to say.

    Raises:
        BadIdentifier: It is no text, is empty or absurdly long, or is a number with decimals: a dot between the digits of
            a code is taken away, and `1234560157.0` would become another firm's.
    """
    text = stripped(kind, given, "")
    whole = spreadsheet_number(text)
    if whole is not None:
        message = "is a number as a spreadsheet writes it: a code is text, with all its digits"
        raise BadIdentifier(kind, shown(text), "type", message, None, padded(whole))
    plain = stripped(kind, text, SEPARATORS)
    return unprefixed(plain.upper()) if plain.isascii() else plain


def unprefixed(plain: str) -> str:
    """A code in capitals without the prefix of its country.

    >>> unprefixed("VATIT01234560157"), unprefixed("ITALIA")
    ('01234560157', 'ITALIA')
    """
    return _PREFIX.sub("", plain, count=1) if _PREFIX.match(plain) else plain


def spreadsheet_number(text: str) -> str | None:
    """The digits before the point of a number with decimals of zeros, "" of one with an exponent; None of any other text.

    >>> spreadsheet_number("1234560157.0"), spreadsheet_number("1,23E+09"), spreadsheet_number("012.345.601.57")
    ('1234560157', '', None)
    """
    match = _NUMBER.fullmatch(text.translate(_NO_BLANKS))
    return None if match is None else match[1] or ""


def padded(digits: str) -> str | None:
    """Eleven digits with the zeros that a spreadsheet took away, if they are a right number then."""
    from stdnum.it import iva

    whole = digits.zfill(11)
    return whole if digits and len(whole) == 11 and iva.is_valid(whole) else None
