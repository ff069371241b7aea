# SPDX-License-Identifier: Apache-2.0
"""Identifiers for whoever cannot call Python: the written form as a regular expression, the check digit as a sum.

A frame engine and a JSON Schema take the expressions (without look-around, which RE2 and Rust lack). Together with the
checks they take exactly what `validate` takes in its compact form; the tables of values are read off python-stdnum.

>>> accepts("codice_fiscale")("RSSMRA85T10F205R"), accepts("codice_fiscale")("rssmra85t10f205r")
(True, False)
>>> form("cup")
'[A-Z][0-9]{2}[A-Z][0-9]{11}'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from misure.ground.errors import BadIdentifier
from misure.ground.plain_ids import is_plain
from misure.identifiers import aid_id
from misure.identifiers.foreign_vat import FORMS

__all__ = [
    "FREE",
    "IN_PLACE",
    "KINDS",
    "LETTERS",
    "LONGEST",
    "TAX_CODES",
    "WRITTEN_IN_MANY_WAYS",
    "Check",
    "accepts",
    "checks",
    "form",
    "in_words",
    "made_up",
    "unlike",
    "validate_as",
]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
IN_PLACE = "LMNPQRSTUV"
"""The letters that replace the digits 0 to 9 of a tax code where two persons would have one."""
_DIGITS = "0123456789"
_SERIAL = "|".join(f"{'0' * zeros}[1-9][0-9]{{{6 - zeros}}}" for zeros in range(7))
_OFFICES = "00[1-9]|0[1-9][0-9]|100|120|121|888|999"
_ELEVEN = f"(?:{_SERIAL})(?:{_OFFICES})[0-9]"


def _one(digits: str) -> str:
    """A character class: these digits, or the letters in their place."""
    return f"[{digits}{''.join(IN_PLACE[int(digit)] for digit in digits)}]"


_ANY = _one(_DIGITS)
_LEAP = f"(?:{_one('02468')}{_one('048')}|{_one('13579')}{_one('26')})"


def _days(last: int) -> str:
    """Two characters of a day from 1 to `last`, or 40 more."""
    tens = [
        f"{_one('04')}{_one('123456789')}",
        f"{_one('15')}{_ANY}",
        f"{_one('26')}{_one(_DIGITS[: 10 if last > 29 else last - 19])}",
    ]
    if last > 29:
        tens.append(f"{_one('37')}{_one(_DIGITS[: last - 29])}")
    return f"(?:{'|'.join(tens)})"


_BIRTH = f"(?:{_ANY}{{2}}(?:[ACELMRT]{_days(31)}|[DHPS]{_days(30)}|B{_days(28)})|{_LEAP}B{_one('26')}{_one('9')})"
_CODICE_FISCALE = f"{_ELEVEN}|[A-Z]{{6}}{_BIRTH}[A-Z]{_ANY}{{3}}[A-Z]"
_FOREIGN = "|".join(f"{country}(?:{number})" for country, number in FORMS.items())
_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "aid_id": r"\S(?:.*\S)?",
        "car": "[1-9][0-9]{0,8}",
        "codice_fiscale": f"(?:{_CODICE_FISCALE})",
        "cor": "[1-9][0-9]{0,8}",
        "cup": "[A-Z][0-9]{2}[A-Z][0-9]{11}",
        "partita_iva": _ELEVEN,
        "rea": "[A-Z]{2}-[1-9][0-9]{0,6}",
        "sa_number": r"SA\.[0-9]{4,6}",
        "tax_number": f"(?:{_CODICE_FISCALE}|{_FOREIGN})",
    }
)
KINDS: tuple[str, ...] = tuple(_FORMS)
"""The identifiers that a text can be held to be."""

_WORDS = {
    "codice_fiscale": "codice fiscale", "partita_iva": "partita IVA", "sa_number": "SA number",
    "tax_number": "codice fiscale, and no VAT number of another State", "aid_id": "COR, and no other id of an aid",
}  # fmt: skip

TAX_CODES = frozenset({"codice_fiscale", "partita_iva", "tax_number"})
"""The identifiers of undertakings and people, of which any writing is taken: blanks, dots, small letters, the prefix of the country."""

WRITTEN_IN_MANY_WAYS = TAX_CODES | {"aid_id"}
"""The identifiers of which any writing is taken: tax codes, and a COR with its name or without."""

FREE = frozenset({"aid_id"})
"""The identifiers that may be any plain text (composed, no blanks at its ends, all of it prints), save what they are `unlike`."""

_UNLIKE: Mapping[str, str] = MappingProxyType({"aid_id": aid_id.NO_ID})

LONGEST: Mapping[str, int] = MappingProxyType(
    {
        "aid_id": aid_id.LONGEST,
        "car": 9,
        "codice_fiscale": 16,
        "cor": 9,
        "cup": 15,
        "partita_iva": 11,
        "rea": 10,
        "sa_number": 9,
        "tax_number": 16,
    }
)
"""The greatest length of each."""


class Check(NamedTuple):
    """A check on texts of one length: the values of their pieces (place, then text to value) add up to a multiple."""

    length: int
    modulus: int
    pieces: tuple[tuple[int, Mapping[str, int]], ...]
    """Where each piece begins, counted from 0, and the value of each text that it can be. All are equally long."""
    only: str = ""
    """A regular expression of the texts that have the check, where not every right text of the length has it."""

    def holds(self, text: str) -> bool:
        """Whether the check is right, of a text of this length and of the right form."""
        return not sum(values[text[at : at + len(next(iter(values)))]] for at, values in self.pieces) % self.modulus


def form(kind: str) -> str:
    """The regular expression that the whole of a compact identifier matches.

    Raises:
        KeyError: No identifier is called so.
    """
    return _FORMS[kind]


def unlike(kind: str) -> str:
    """The regular expression that no compact identifier matches as a whole; "" of a kind of which the form says it all.

    >>> unlike("cup"), accepts("aid_id")("D-1"), accepts("aid_id")("COR 1")
    ('', True, False)
    """
    return _UNLIKE.get(kind, "")


def in_words(kind: str) -> str:
    """What people call an identifier.

    >>> in_words("tax_number"), in_words("cup")
    ('codice fiscale, and no VAT number of another State', 'CUP')
    """
    return _WORDS.get(kind, kind.upper())


@cache
def checks(kind: str) -> tuple[Check, ...]:
    """The checks of an identifier, each on texts of one length; none of one that has no check digit."""
    if kind == "partita_iva":
        return (_eleven(),)
    if kind == "tax_number":
        # A number of another State may have eleven characters too, and a check of that State.
        return (_eleven()._replace(only="[0-9]{11}"), _sixteen())
    return (_eleven(), _sixteen()) if kind == "codice_fiscale" else ()


def _eleven() -> Check:
    """By pairs of digits, so that an engine looks up six values and not eleven."""
    from stdnum import luhn

    zeros = "0" * 10

    def value(at: int, pair: str) -> int:
        """What a pair adds to the sum: the check digit takes it away again."""
        return -int(luhn.calc_check_digit(zeros[:at] + pair + zeros[at + 2 :])) % 10

    pairs = [(at, {f"{n:02}": value(at, f"{n:02}") for n in range(100)}) for at in range(0, 10, 2)]
    last = (10, {digit: int(digit) for digit in _DIGITS})
    return Check(11, 10, tuple((at, MappingProxyType(values)) for at, values in (*pairs, last)))


def _sixteen() -> Check:
    from stdnum.it.codicefiscale import calc_check_digit

    zeros = "0" * 15
    nought = LETTERS.index(calc_check_digit(zeros))
    pieces = []
    for at in range(15):
        values = {
            character: LETTERS.index(calc_check_digit(zeros[:at] + character + zeros[at + 1 :])) - (nought if at else 0)
            for character in _DIGITS + LETTERS
        }
        pieces.append((at, values))
    pieces.append((15, {letter: -place for place, letter in enumerate(LETTERS)}))
    return Check(
        16, 26, tuple((at, MappingProxyType({text: v % 26 for text, v in values.items()})) for at, values in pieces)
    )


@cache
def accepts(kind: str) -> Callable[[str], bool]:
    """Whether a text is an identifier in its compact form, as fast as Python can tell."""
    right = re.compile(_FORMS[kind]).fullmatch
    if kind in FREE:
        wrong, longest = re.compile(_UNLIKE[kind]).fullmatch, LONGEST[kind]
        return lambda text: 0 < len(text) <= longest and is_plain(text) and wrong(text) is None

    def accept(text: str) -> bool:
        if right(text) is None:
            return False
        # The tables of the checks are made when the first text is asked about, not when a measure is opened.
        check = _by_length(kind).get(len(text))
        if check is None or (check[2] is not None and check[2].fullmatch(text) is None):
            return True
        return not sum([values[text[piece]] for piece, values in check[1]]) % check[0]

    return accept


@cache
def _by_length(kind: str) -> dict[int, tuple[int, list[tuple[slice, dict[str, int]]], re.Pattern[str] | None]]:
    """For texts of a length the modulus of their check, the values of each piece, as fast as they can be looked up, and which."""
    return {
        check.length: (
            check.modulus,
            [(slice(at, at + len(next(iter(values)))), dict(values)) for at, values in check.pieces],
            re.compile(check.only) if check.only else None,
        )
        for check in checks(kind)
    }


def validate_as(kind: str, given: object) -> str:
    """The compact form of an identifier of a kind.

    >>> validate_as("cup", "e44e20000140007")
    'E44E20000140007'

    Raises:
        BadIdentifier: It is none.
        KeyError: No identifier is called so.
    """
    if kind not in _FORMS:
        raise KeyError(kind)
    module = import_module(f"misure.identifiers.{kind}")
    try:
        found: str = module.validate(given)
    except BadIdentifier as problem:
        # Written behind a label, in wide digits, with a sign that nobody sees: who somebody is, is read with more patience. That it has so
        # many characters is then wrong of what stands around it, and not of the code.
        patient = isinstance(given, str) and problem.suggestion is None and kind in TAX_CODES
        near = _as_identity(given) if patient else None
        if near is None or near.suggestion is None or not module.is_valid(near.suggestion):
            raise
        told = near if problem.problem == "length" else problem
        said = (told.problem, told.message, told.position, near.suggestion)
        raise BadIdentifier(problem.kind, problem.given, *said) from None
    return found


def _as_identity(given: object) -> BadIdentifier | None:
    """What is wrong with a text as an identity; None where it is one, a name too."""
    try:
        import_module("misure.identifiers.identity").parse(given)
    except BadIdentifier as problem:
        return problem
    return None


def made_up(kind: str, number: int) -> str:
    """An invented identifier, right in form, another for each number below a million; for examples and tests.

    >>> made_up("codice_fiscale", 0), made_up("cup", 1)
    ('01234560157', 'E44E00000000001')

    Raises:
        KeyError: No identifier is called so.
    """
    if kind in {"codice_fiscale", "partita_iva", "tax_number"}:
        from stdnum import luhn

        ten = f"{123_456 + number:07}015"
        return ten + luhn.calc_check_digit(ten)
    ways = {"aid_id": str(90_000_000 + number), "car": str(99_900 + number), "cor": str(90_000_000 + number), "cup": f"E44E{number:011}", "rea": f"MI-{number + 1}",
            "sa_number": f"SA.{(100_000 + number) % 1_000_000:06}"}  # fmt: skip
    return ways[kind]
