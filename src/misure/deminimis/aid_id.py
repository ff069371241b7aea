# SPDX-License-Identifier: Apache-2.0
"""By what an aid is known: its COR, as the register writes it, or any other id that somebody chose.

Two writings of one COR are one id: blanks at the ends do not count, and a number behind its name is written `COR-1`. What has
the shape of a COR and is none (a zero before it, points between its digits, the decimals of a spreadsheet) is refused with the right one.

>>> read(" 23193436 "), read("cor 23193436"), read("COR-1"), read("D-1/beta")
('23193436', 'COR-23193436', 'COR-1', 'D-1/beta')
>>> read("023193436")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: cor: '023193436' begins with a zero; did you mean '23193436'?
"""

from __future__ import annotations

import re

from misure.ground.errors import BadIdentifier
from misure.ground.plain_ids import plain_id
from misure.identifiers.given_text import shown

__all__ = ["read", "twin_of"]

_NAME = "COR-"
_NAMED = re.compile(r"(?:RNA[ -]*)?COR(?:[ .:#_-]|N[.°º]?(?=[ 0-9]))*([0-9]+)", re.ASCII | re.IGNORECASE)
_DECIMALS = re.compile(r"([0-9]+)[.,]0+", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[. '][0-9]{3}){2,}", re.ASCII)


def read(text: str) -> str:
    """The one writing of the id of an aid.

    Raises:
        BadIdentifier: It has the shape of a COR and is none: `suggestion` is the right one.
    """
    if text.isascii() and text.isdecimal():
        return _number(text, text)
    text = plain_id(text)
    first = text[:1]
    if not (first.isdecimal() or first in "CcRr"):  # as most ids that somebody chose
        return text
    if text.isascii() and text.isdecimal():
        return _number(text, text)
    if (named := _NAMED.fullmatch(text)) is not None:
        return _NAME + _number(named[1], text, _NAME)
    if (decimals := _DECIMALS.fullmatch(text)) is not None:
        message = "is a number as a spreadsheet writes it: a COR is text"
        raise BadIdentifier("cor", shown(text), "type", message, None, decimals[1].lstrip("0") or None)
    if _GROUPED.fullmatch(text) is not None:
        message = "has something between its digits"
        raise BadIdentifier(
            "cor", shown(text), "character", message, None, re.sub("[^0-9]", "", text).lstrip("0") or None
        )
    return text


def _number(digits: str, text: str, name: str = "") -> str:
    if digits[0] == "0" and len(digits) > 1:
        plain = digits.lstrip("0")
        raise BadIdentifier(
            "cor", shown(text), "character", "begins with a zero", None, name + plain if plain else None
        )
    return digits


def twin_of(id_: str) -> str:
    """The other writing of a COR that was read: with its name before it, or without.

    >>> twin_of("COR-1"), twin_of("1")
    ('1', 'COR-1')
    """
    return id_.removeprefix(_NAME) if id_.startswith(_NAME) else _NAME + id_
