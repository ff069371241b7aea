# SPDX-License-Identifier: Apache-2.0
"""Codice fiscale, the tax code: sixteen characters for a person, eleven digits for an entity (DM 23 December 1976).

Of a person: three letters of the surname, three of the name, the year's last two digits, a letter for the month, the day
(with 40 added for a woman), the letter and three digits of the place of birth, a check letter. Where two persons would
have one code, digits are replaced from the right by letters (omocodia): 0 to 9 become L M N P Q R S T U V.

An entity's code often is its VAT number, and need not be. A person may for a time have a code of eleven digits too.
The structure is from the compilers' knowledge; the check letters are those of python-stdnum.

>>> person = parse("RSSMRA85T10F205R")
>>> person.sex, person.born, person.birthplace, person.omocodia
('M', datetime.date(1985, 12, 10), 'F205', False)
>>> parse("RSSMRA85T10F20RM").birthplace, parse("01234560157").entity
('F205', True)
>>> validate("RSSMRA85T10F205X")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: codice_fiscale: 'RSSMRA85T10F205X' has the check letter X where its other characters ask for R; did you mean 'RSSMRA85T10F205R'?
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from misure.ground import arguments
from misure.ground.arguments import is_no
from misure.ground.errors import BadIdentifier
from misure.ground.given import refuse
from misure.identifiers import foreign_vat, partita_iva
from misure.identifiers.forms import IN_PLACE, LETTERS
from misure.identifiers.given_text import first_odd, judged, shown
from misure.identifiers.writing import plain_code

__all__ = ["CodiceFiscale", "calc_check_digit", "compact", "format", "is_valid", "parse", "validate"]

_KIND = "codice_fiscale"
_PERSON, _ENTITY = 16, 11
_DIGITS = "0123456789"
_MONTHS = "ABCDEHLMPRST"
_FIFTEEN = re.compile(r"[A-Z0-9]{15}", re.ASCII)
_NUMBERS = (7, 8, 10, 11, 13, 14, 15)
"""Where digits stand, or letters in their place; counted from 1."""
_MONTH = 9
_MISTAKEN = str.maketrans("O0I1S5B8Z2", "0O1I5S8B2Z")
_AS_DIGITS = str.maketrans(IN_PLACE, _DIGITS)
_FIRST_YEAR = 1920
"""The convention of python-stdnum for a year of two digits."""


@dataclass(frozen=True, slots=True)
class CodiceFiscale:
    """What a code says. Of an entity it says nothing more than that it is one."""

    code: str
    entity: bool
    sex: Literal["M", "F"] | None = None
    born: dt.date | None = None
    """In the hundred years that `parse` was told: the code has no century."""
    birthplace: str | None = None
    """The cadastral code of the municipality, or of the country (`Z` and three digits), with its digits."""
    omocodia: bool = False


def compact(given: object) -> str:
    """The code alone, in capitals: without blanks, dots, hyphens, and the `TINIT-`, `VATIT-` or `IT` before it."""
    return plain_code(_KIND, given)


def calc_check_digit(code: str) -> str:
    """The check letter of the first fifteen characters.

    >>> calc_check_digit("RSSMRA85T10F205")
    'R'

    Raises:
        BadIdentifier: They are no fifteen letters and digits.
    """
    from stdnum.it import codicefiscale

    if is_no(code, str) or not _FIFTEEN.fullmatch(code):
        raise BadIdentifier(_KIND, shown(code), "length", "is no fifteen capital letters and digits")
    return codicefiscale.calc_check_digit(code)


def parse(given: object, *, first_year: int = _FIRST_YEAR) -> CodiceFiscale:
    """What a code says; `first_year` is the first of the hundred years in which the birth is sought.

    Raises:
        BadIdentifier: It is none, or its day of birth does not exist in those years.
        BadFacts: `first_year` is no year of somebody's birth.
    """
    code = validate(given)
    first = _year(first_year)
    if len(code) == _ENTITY:
        return CodiceFiscale(code, entity=True)
    plain = _with_digits(code)
    day = int(plain[9:11])
    year = first + (int(plain[6:8]) - first) % 100
    try:
        born = dt.date(year, _MONTHS.index(code[8]) + 1, day % 40)
    except ValueError:
        message = f"names a day of birth that {year} does not have"
        raise BadIdentifier(_KIND, code, "component", message, 10) from None
    return CodiceFiscale(code, False, "F" if day > 40 else "M", born, plain[11:15], plain != code[:15])


def _year(given: object) -> int:
    if not isinstance(given, int) or not 1800 <= given <= 2100:
        refuse("<codice_fiscale>", [("first_year", f"expected a year from 1800 to 2100; got {arguments.shown(given)}")])
    assert isinstance(given, int)
    return given


def validate(given: object) -> str:
    """The compact form of a right code, of a person or of an entity.

    Raises:
        BadIdentifier: It is none; the message says whether its length, a character, a part or its check is wrong.
    """
    code = compact(given)
    if code.isascii() and code.isdecimal():
        return _entity(code)
    if foreign_vat.is_valid(code):
        country = foreign_vat.parse(code).country
        message = f"is a VAT number of another State, {country}, and the code that is asked is Italian"
        raise BadIdentifier(_KIND, code, "type", message)
    odd = first_odd(code, lambda character: character in LETTERS or character in _DIGITS)
    if odd is not None:
        raise BadIdentifier(
            _KIND, shown(code), "character", f"has {code[odd - 1]!r}, which is no letter and no digit", odd
        )
    if len(code) != _PERSON:
        message = f"has {len(code)} characters: a person's code has {_PERSON}, an entity's {_ENTITY} digits"
        raise BadIdentifier(_KIND, shown(code), "length", message, None, _of_right_length(code))
    _check_form(code)
    _check_day(code)
    right = calc_check_digit(code[:-1])
    if right != code[-1]:
        message = f"has the check letter {code[-1]} where its other characters ask for {right}"
        raise BadIdentifier(_KIND, code, "check", message, _PERSON, code[:-1] + right)
    return code


def _entity(code: str) -> str:
    if len(code) == _PERSON:
        raise BadIdentifier(_KIND, code, "character", f"has the digit {code[0]} where a letter stands", 1)
    number = partita_iva.checked_digits(_KIND, code)
    found = partita_iva.parse(number)
    if not found.office_assigned:
        message = f"has a right check digit, and the office {found.office}, which gives no numbers"
        raise BadIdentifier(_KIND, code, "component", message, 8)
    return number


def _check_form(code: str) -> None:
    for place, character in enumerate(code, 1):
        if place in _NUMBERS:
            right, what = _DIGITS + IN_PLACE, "a digit stands, or one of LMNPQRSTUV in its place"
        elif place == _MONTH:
            right, what = _MONTHS, f"one of the twelve letters of the months stands, {_MONTHS}"
        else:
            right, what = LETTERS, "a letter stands"
        if character not in right:
            near = _unmistaken(code)
            hint = near if all(fits(*each) for each in enumerate(near, 1)) and is_valid(near) else None
            raise BadIdentifier(_KIND, code, "character", f"has {character} where {what}", place, hint)


def _unmistaken(code: str) -> str:
    """The code with digits where it has the letters that look like them, and the other way round."""
    return "".join(
        character if fits(place, character) else character.translate(_MISTAKEN)
        for place, character in enumerate(code, 1)
    )


def fits(place: int, character: str) -> bool:
    """Whether a character can stand in a place of a person's code, counted from 1.

    >>> fits(7, "8"), fits(7, "O"), fits(9, "Z")
    (True, False, False)
    """
    return character in (_DIGITS + IN_PLACE if place in _NUMBERS else _MONTHS if place == _MONTH else LETTERS)


def _of_right_length(code: str) -> str | None:
    """The code with its check letter, or without a character too many; if it is right then, and the only one."""
    if len(code) == _PERSON - 1:
        ways = {code + calc_check_digit(code)}
    elif len(code) == _PERSON + 1:
        ways = {code[:at] + code[at + 1 :] for at in range(len(code))}
    else:
        return None
    found = [way for way in ways if is_valid(way)]
    return compact(found[0]) if len(found) == 1 else None


def _check_day(code: str) -> None:
    """The day must exist in some century: of the years with one ending, those that 400 divides are leap too."""
    plain = _with_digits(code)
    day, month = int(plain[9:11]), _MONTHS.index(code[8]) + 1
    length = calendar.monthrange(2000 + int(plain[6:8]), month)[1]
    if not (1 <= day <= length or 41 <= day <= 40 + length):
        message = f"names the day {day} of a month that has {length}: 1 to {length}, or 41 to {40 + length} for a woman"
        raise BadIdentifier(_KIND, code, "component", message, 10)


def _with_digits(code: str) -> str:
    """The first fifteen characters with digits where letters stand in their place."""
    return "".join(
        character.translate(_AS_DIGITS) if place in _NUMBERS else character
        for place, character in enumerate(code[:15], 1)
    )


def is_valid(given: object) -> bool:
    """Whether it is a right code, of a person or of an entity."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The code as it is written: its compact form."""
    return validate(given)
