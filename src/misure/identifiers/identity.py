# SPDX-License-Identifier: Apache-2.0
"""Who somebody is, by one text: a codice fiscale, the VAT number of another State, or a name that somebody chose.

Two writings of one code are one identity: small letters, blanks, dots and hyphens between, `IT` before the number,
`TINIT-` or `VATIT-` as SPID and CIE give them. Whoever is asked about is read by this, wherever a code enters the library:
aid and ledgers, undertakings and holdings, facts, tables, the register, the command line.

What has the shape of a code and is none is refused, with the nearest right one, which is never taken unasked: a code of ten
digits has lost its zero, or another digit. Shaped like a code are 7 to 13 digits; `IT` and digits; sixteen characters (or
one more or less) in the places of a person's code; the letters of another State before a number. Everything else is a name,
compared in Unicode's composed form and without the blanks at its ends.

Of eleven digits the check digit counts, and not the office: no act was read that lists the offices, and a ledger or a
register may know somebody by a number that `codice_fiscale.validate` would refuse for it.

>>> validate("it 012.345.601.57"), validate("TINIT-rssmra85t10f205r"), validate("de 123456789"), validate(" Alfa ")
('01234560157', 'RSSMRA85T10F205R', 'DE123456789', 'Alfa')
>>> validate("1234560157")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: identity: '1234560157' has 10 digits, not 11; did you mean '01234560157'?
>>> validate(1234560157)
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: identity: '1234560157' is a number, and a code is text: write it in quotes, with its zeros; did you mean '01234560157'?
"""

from __future__ import annotations

import numbers
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from misure.ground.arguments import kind_in_words
from misure.ground.errors import BadIdentifier
from misure.ground.place import BLANKS, unseen
from misure.identifiers import codice_fiscale, foreign_vat, partita_iva
from misure.identifiers.forms import accepts
from misure.identifiers.given_text import MOST, judged, shown
from misure.identifiers.likeness import DIGITS_MISTAKEN, held_in, in_plain_capitals
from misure.identifiers.writing import SEPARATORS, padded, spreadsheet_number, unprefixed

__all__ = [
    "Identity",
    "Sort",
    "code",
    "compact",
    "format",
    "is_foreign",
    "is_unsure",
    "is_valid",
    "likely",
    "parse",
    "validate",
]

Sort = Literal["person", "entity", "foreign", "name"]
"""What somebody is identified as: a natural person, an entity, a foreign undertaking, or by name alone."""

_KIND = "identity"
_FEWEST, _DIGITS_MOST = 7, 13
_PERSON = 16
_FOREIGN_NEXT = r"[A-Z]{2}[A-Z0-9]{0,4}[0-9]{5}"
_LABEL = re.compile(
    r"TINIT|VATIT"
    rf"|(?:CODICEFISCALE|PARTITAIVA|PIVA|PI|CF|VAT|TIN)(?=[0-9]{{7}}|IT|{_FOREIGN_NEXT}|[A-Z0-9]{{15,17}}\Z)"
    rf"|IT(?=[0-9]|IT[A-Z0-9]|{_FOREIGN_NEXT}|[A-Z0-9]{{15,17}}\Z)"
)
"""What people and programs write before a code, one after the other. `TIN` and a country is a tax number, and no VAT number."""
_ELEVEN = re.compile(r"[0-9]{11}")
_LETTERED = ("AT", "CH", "CY", "ES", "FR", "IE", "NL")
"""The countries in whose numbers letters stand among the digits."""
_OF_THE_VAT = re.compile("(?<=[0-9])(?:MWST|TVA|IVA|MVA)$")
"""What Swiss and Norwegian numbers may end in, whether or not they are right."""
_FOREIGN_BODY = "is a code with something that does not belong to it"
_AWAY = dict.fromkeys(map(ord, SEPARATORS))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is."""

    text: str
    """The one writing by which it is compared: a code in its compact form, or the name."""
    sort: Sort
    """`person` and `entity` by their codice fiscale, `foreign` by the VAT number of another State, or a `name`."""

    @property
    def is_code(self) -> bool:
        """Whether it is a code, which a register or a check digit can tell from another; a name may be a slip of a name."""
        return self.sort != "name"


def compact(given: object) -> str:
    """The text without its writing, whether or not it is right: a name trimmed, a code alone and in capitals.

    Raises:
        BadIdentifier: It is no text, is empty, or is absurdly long.
    """
    text = _text(given)
    plain = text.translate(_AWAY)
    plain = unprefixed(plain.upper()) if plain.isascii() else plain
    found = _as_code(plain)
    return found.text if found is not None else plain if _shape(text) is not None else text


def parse(given: object) -> Identity:
    """Who it is.

    Raises:
        BadIdentifier: It is no text, is empty or absurdly long, has a character that does not print, or has the shape of a
            code and is none: `suggestion` is then the nearest right one, where there is one.
    """
    return _parse(given) if type(given) is str else _parse(_text(given))


@lru_cache(maxsize=16_384)
def _parse(given: str) -> Identity:
    if accepts("codice_fiscale")(given):
        return Identity(given, "entity" if given.isdecimal() else "person")
    text = _text(given)
    whole = spreadsheet_number(text)
    if whole is not None:
        message = "is a number as a spreadsheet writes it: a code is text, with all its digits"
        raise BadIdentifier(_KIND, shown(text), "type", message, None, padded(whole))
    plain = text.translate(_AWAY)
    found = _as_code(unprefixed(plain.upper())) if plain.isascii() else None
    if found is not None:
        return found
    problem = _shape(text)
    if problem is not None:
        raise BadIdentifier(_KIND, shown(text), problem.problem, problem.message, problem.position, problem.suggestion)
    if (odd := unseen(text, BLANKS)) is not None:
        visible = "".join(one for one in text if one.isprintable() or one in BLANKS)
        message = f"has a character that does not print, U+{ord(text[odd]):04X}"
        raise BadIdentifier(_KIND, shown(text), "character", message, odd + 1, visible or None)
    return Identity(text, "name")


def _text(given: object) -> str:
    """The text in Unicode's composed form, without the blanks at its ends."""
    if type(given) is not bool and isinstance(given, numbers.Number):
        digits = str(given) if isinstance(given, int) and given.bit_length() < 64 else ""
        message = "is a number, and a code is text: write it in quotes, with its zeros"
        raise BadIdentifier(
            _KIND, f"{given!r:.40}", "type", message, None, padded(digits) if digits.isdecimal() else None
        )
    if not isinstance(given, str):
        raise BadIdentifier(_KIND, shown(given), "type", f"is no text but {kind_in_words(given)}")
    if len(given) > MOST:
        raise BadIdentifier(_KIND, shown(given), "length", f"has {len(given)} characters, more than any name or code")
    text = unicodedata.normalize("NFC", given).strip()
    if not text:
        raise BadIdentifier(_KIND, shown(given), "length", "is empty")
    return text


def _as_code(plain: str) -> Identity | None:
    """The code that a text is, without its writing; None of what is none."""
    if accepts("codice_fiscale")(plain):
        return Identity(plain, "entity" if plain.isdecimal() else "person")
    if _ELEVEN.fullmatch(plain) and judged(partita_iva.parse, plain):
        return Identity(plain, "entity")
    if foreign_vat.is_valid(plain):
        return Identity(foreign_vat.validate(plain), "foreign")
    return None


def _shape(text: str) -> BadIdentifier | None:
    """What is wrong with a text that has the shape of a code; None of what has not."""
    plain = in_plain_capitals(text)
    bare = "".join(one for one in plain if one.isascii() and one.isalnum())
    body, labels = bare, ""
    while (label := _LABEL.match(body)) is not None:
        body, labels = body[label.end() :], labels + label[0]
    digits = body.translate(DIGITS_MISTAKEN)
    if body.isdecimal():
        shaped = "IT" in labels or _FEWEST <= len(body) <= _DIGITS_MOST
    elif digits.isdecimal() and _FEWEST <= len(body) <= _DIGITS_MOST:
        shaped = sum(character.isdecimal() for character in body) >= max(_FEWEST, len(body) - 2)
    else:
        shaped = labels.startswith(("TINIT", "VATIT")) or _like_a_person(body)
    problem = _wrong(text, body, digits if digits.isdecimal() else body) if shaped else _foreign(body)
    if problem is not None and problem.suggestion is not None and _as_code(problem.suggestion) is not None:
        return problem
    return _framed(text) or problem


def _framed(text: str) -> BadIdentifier | None:
    """That a text holds a right code, and something beside it that makes it none; None where it holds none."""
    held = held_in(text, _of_italy)
    if not held:
        return None
    if len(held) > 1:
        return BadIdentifier(_KIND, shown(text), "character", f"holds more codes than one: {', '.join(held)}")
    return BadIdentifier(_KIND, shown(text), "character", _FOREIGN_BODY, None, held[0])


def _of_italy(plain: str) -> bool:
    found = _as_code(plain)
    return found is not None and found.sort != "foreign"


def _wrong(text: str, body: str, meant: str) -> BadIdentifier:
    """Why a text of the shape of a codice fiscale is none; or that it is one, written with what no code is written with."""
    if foreign_vat.is_valid(meant):
        return BadIdentifier(_KIND, shown(text), "character", _FOREIGN_BODY, None, foreign_vat.validate(meant))
    try:
        right = codice_fiscale.validate(meant or text)
    except BadIdentifier as problem:
        return problem
    message = "has a letter where a digit stands" if body != meant else _FOREIGN_BODY
    return BadIdentifier(_KIND, shown(text), "character", message, None, right)


def _like_a_person(body: str) -> bool:
    """Whether almost all characters stand where a person's code has such ones, and some are digits.

    >>> _like_a_person("RSSMRA85T1OF205R"), _like_a_person("RSSMRA85T10F205"), _like_a_person("ALFAPROVASRL2024")
    (True, True, False)
    """
    if len(body) == _PERSON - 1:
        ways = [f"{body[:at]} {body[at:]}" for at in range(_PERSON)]
    elif len(body) == _PERSON + 1:
        ways = [body[:at] + body[at + 1 :] for at in range(_PERSON + 1)]
    else:
        ways = [body] if len(body) == _PERSON else []
    return any(_fitting(way) for way in ways)


def _fitting(way: str) -> bool:
    wrong = [place for place, character in enumerate(way, 1) if not codice_fiscale.fits(place, character)]
    digits = sum(character.isdecimal() for character in way)
    return len(wrong) <= (3 if digits >= 5 else 1) and (digits >= 4 or not wrong)


def _foreign(bare: str) -> BadIdentifier | None:
    """What is wrong with the letters of a country before a number that is none of its numbers, or of one that has something before it."""
    if foreign_vat.is_valid(bare):
        return BadIdentifier(_KIND, shown(bare), "character", _FOREIGN_BODY, None, foreign_vat.validate(bare))
    country, rest = "EL" if bare.startswith("GR") else bare[:2], bare[2:]
    rest = _OF_THE_VAT.sub("", rest.removeprefix(country))
    letters = sum(not character.isdecimal() for character in rest)
    shaped = (
        len(rest) - letters >= _FEWEST and len(rest) <= _DIGITS_MOST and letters <= (2 if country in _LETTERED else 0)
    )
    if country not in foreign_vat.FORMS or not shaped:
        return None
    try:
        right = foreign_vat.validate(country + rest)
    except BadIdentifier as problem:
        return problem
    return BadIdentifier(_KIND, shown(bare), "character", _FOREIGN_BODY, None, right)


def likely(given: object) -> str | None:
    """The right code that a text of the shape of one looks most like; None where there is none. A hint for the eye.

    >>> likely("\uff10\uff11234560157"), likely("P.IVA 01234560157"), likely("Alfa")
    ('01234560157', '01234560157', None)
    """
    try:
        parse(given)
    except BadIdentifier as problem:
        return problem.suggestion
    return None


def is_unsure(given: object) -> bool:
    """Whether it may stand for somebody who is called otherwise too: a name, or a number whose check fails.

    >>> is_unsure("Alfa"), is_unsure("01234560157"), is_unsure("DE136695976"), is_unsure("DE136695975")
    (True, False, False, True)

    Raises:
        BadIdentifier: As `parse`.
    """
    found = parse(given)
    return found.sort == "name" or (found.sort == "foreign" and foreign_vat.check_holds(found.text) is False)


def is_foreign(given: object) -> bool:
    """Whether it is the VAT number of another State.

    Raises:
        BadIdentifier: As `parse`.
    """
    return parse(given).sort == "foreign"


def validate(given: object) -> str:
    """The one writing by which an identity is compared.

    Raises:
        BadIdentifier: As `parse`.
    """
    # What is written plainly, as almost everything is, is not looked at twice.
    return given if type(given) is str and accepts("codice_fiscale")(given) else parse(given).text


def code(given: object) -> str:
    """The one writing of a code; a name is refused, as where a register or a form asks for the code.

    >>> code("it01234560157")
    '01234560157'
    >>> code("Alfa")
    Traceback (most recent call last):
    ...
    misure.ground.errors.BadIdentifier: identity: 'Alfa' is no codice fiscale, and no VAT number of another State

    Raises:
        BadIdentifier: As `parse`; and of a name.
    """
    if type(given) is str and accepts("codice_fiscale")(given):
        return given
    found = parse(given)
    if not found.is_code:
        message = "is no codice fiscale, and no VAT number of another State"
        raise BadIdentifier(_KIND, shown(found.text), "type", message)
    return found.text


def is_valid(given: object) -> bool:
    """Whether it can stand for somebody: a right code, or a name that has not the shape of one."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The identity as it is written: its one writing."""
    return validate(given)
