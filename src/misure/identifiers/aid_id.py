# SPDX-License-Identifier: Apache-2.0
"""By what an aid is known: its COR, as the register writes it, or any other id that somebody chose.

Aid may stand in no register, or in another (that of agriculture and fisheries), so every text is an id. Two writings of one
COR are one: blanks at the ends do not count, nor does its name before it. What has the shape of a COR and is none (a zero
before it, points between its digits, the decimals of a spreadsheet, digits of other scripts) is refused with the right one.

>>> validate(" 23193436 "), validate("cor 23193436"), validate("RNA-COR n. 1"), validate("D-1/beta")
('23193436', '23193436', '1', 'D-1/beta')
>>> validate("023193436")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: aid_id: '023193436' begins with a zero; did you mean '23193436'?
"""

from __future__ import annotations

import re
import unicodedata

from misure.ground.errors import BadIdentifier
from misure.ground.place import BLANKS, unseen
from misure.ground.plain_ids import plain_id
from misure.identifiers.given_text import judged, shown, stripped

__all__ = ["compact", "format", "is_valid", "parse", "validate"]

_KIND = "aid_id"
LONGEST = 64
"""The greatest length of an id in facts."""

# Regular expressions without look-around, for engines and schemas too.
COR = r"(?:[Rr][Nn][Aa][ -]*)?[Cc][Oo][Rr][ .:#_‐‑–—-]*(?:[Nn][.°º]? [ .:#_‐‑–—-]*)*(?:[Nn][.°º]?)?"
"""The name before a number; as short as can be, the empty text behind it left out."""
NAMED = f"{COR}[0-9]+"
"""A number behind its name."""
_DECIMALS = "[0-9]+[.,]0+"
_GROUPED = "[0-9]{1,3}(?:[. '’][0-9]{3}){2,}"
_POWER = r"[0-9]+(?:[.,][0-9]+)?[Ee]\+[0-9]+"
_OTHER = "\u0660-\u0669\u06f0-\u06f9\uff10-\uff19"
"""The digits of other scripts, and wide ones."""
_WIDE = f"[0-9]*[{_OTHER}][0-9{_OTHER}]*"
_NUMBERS = f"{_DECIMALS}|{_GROUPED}|{_POWER}|{_WIDE}"
NO_ID = f"(?:{COR})?(?:{_NUMBERS})|0[0-9]+|{NAMED}"
"""What no plain id is: the shape of a COR that is none, or a COR with its name."""
_LABEL = "COR-"
_BLANKS = dict.fromkeys(map(ord, BLANKS), " ")
_named = re.compile(f"({COR})([0-9]+)").fullmatch
_numbers = re.compile(f"({COR})?({_NUMBERS})").fullmatch
_grouped, _decimals = re.compile(_GROUPED).fullmatch, re.compile(_DECIMALS).fullmatch
_is_power = re.compile(_POWER).fullmatch


def read(text: str) -> str:
    """The one writing of the id of an aid in a ledger, which keeps the name before a number.

    >>> read("cor 23193436"), read("COR-1"), read("1"), read("D-1/beta")
    ('COR-23193436', 'COR-1', '1', 'D-1/beta')

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
    spaced = text.translate(_BLANKS)
    if (named := _named(spaced)) is not None:
        return _LABEL + _number(named[2], text, _LABEL)
    if (found := _numbers(spaced)) is not None:
        raise _no_number(text, found[2], _LABEL if found[1] else "")
    return text


def _number(digits: str, text: str, name: str = "") -> str:
    if digits[0] == "0" and len(digits) > 1:
        plain = digits.lstrip("0")
        hint = name + plain if plain else None
        raise BadIdentifier(_KIND, shown(text), "character", "begins with a zero", None, hint)
    return digits


def _no_number(text: str, number: str, name: str) -> BadIdentifier:
    """What is wrong with a number that is written as no COR is, and the right one where its digits are all there."""
    if _is_power(number):
        message = "is a number as a spreadsheet writes it, without all its digits: a COR is text"
        return BadIdentifier(_KIND, shown(text), "type", message)
    if (decimals := _decimals(number)) is not None:
        digits, message = re.split("[.,]", number)[0], "is a number as a spreadsheet writes it: a COR is text"
    elif _grouped(number):
        digits, message = re.sub("[^0-9]", "", number), "has something between its digits"
    else:
        digits, message = (
            "".join(str(unicodedata.decimal(one)) for one in number),
            "has digits of another script, or wide ones",
        )
    plain = digits.lstrip("0")
    problem = "type" if decimals is not None else "character"
    return BadIdentifier(_KIND, shown(text), problem, message, None, name + plain if plain else None)


def twin_of(id_: str) -> str:
    """The other writing of a COR that was read: with its name before it, or without.

    >>> twin_of("COR-1"), twin_of("1")
    ('1', 'COR-1')
    """
    return id_.removeprefix(_LABEL) if id_.startswith(_LABEL) else _LABEL + id_


def compact(given: object) -> str:
    """A COR without its name, any other id as it is, without the blanks at its ends.

    Raises:
        BadIdentifier: As `validate`.
    """
    text = plain_id(stripped(_KIND, given, "").translate(_BLANKS))
    if (odd := unseen(text)) is not None:
        message = f"has a character that does not print, U+{ord(text[odd]):04X}"
        raise BadIdentifier(_KIND, shown(text), "character", message, odd + 1)
    if len(text) > LONGEST:
        raise BadIdentifier(_KIND, shown(text), "length", f"has {len(text)} characters, more than {LONGEST}")
    try:
        found = read(text)
    except BadIdentifier as problem:
        hint = problem.suggestion and problem.suggestion.removeprefix(_LABEL)
        raise BadIdentifier(_KIND, problem.given, problem.problem, problem.message, None, hint) from None
    return found.removeprefix(_LABEL) if _named(found) else found


def validate(given: object) -> str:
    """The one writing of an id: a COR is its number alone.

    Raises:
        BadIdentifier: It is no text, is empty, is longer than 64 characters, has a character that does not print, or has the shape
            of a COR and is none: `suggestion` is then the right one, where its digits are all there.
    """
    return compact(given)


def parse(given: object) -> str:
    """The id.

    Raises:
        BadIdentifier: As `validate`.
    """
    return compact(given)


def is_valid(given: object) -> bool:
    """Whether an aid can be known by it."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The id as it is written: its one writing."""
    return compact(given)
