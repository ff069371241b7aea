# SPDX-License-Identifier: Apache-2.0
"""CUP, codice unico di progetto: fifteen letters and digits that name a public investment project.

That it has fifteen characters is official (opencup.gov.it). That they are a letter, two digits, a letter and eleven digits
is inferred from the codes in use; no act that says so was read. It has no check digit: a slip may pass.
Registers write `n.d.` where none was given, and that is no code: `parse` answers None.

>>> validate("e44e 2000 0140007")
'E44E20000140007'
>>> parse("n.d.") is None
True
>>> validate("E44E2000014000")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: cup: 'E44E2000014000' has 14 characters, not 15
"""

from __future__ import annotations

from misure.ground.errors import BadIdentifier
from misure.identifiers.given_text import judged, shown, stripped

__all__ = ["compact", "format", "is_valid", "parse", "validate"]

_KIND = "cup"
_FORM = "A99A99999999999"
"""`A` stands for a letter, `9` for a digit."""
_MISTAKEN = str.maketrans("OI0", "010")


def compact(given: object) -> str:
    """The code alone: without blanks and hyphens, in capitals."""
    text = stripped(_KIND, given, " \t-")
    return text.upper() if text.isascii() else text


def validate(given: object) -> str:
    """The compact form of a well-formed code.

    Raises:
        BadIdentifier: It is none; `n.d.` is none either.
    """
    code = compact(given)
    if _says_none(code):
        raise BadIdentifier(_KIND, shown(code), "length", "says that no code was given")
    if len(code) != len(_FORM):
        raise BadIdentifier(_KIND, shown(code), "length", f"has {len(code)} characters, not {len(_FORM)}")
    for place, (character, form) in enumerate(zip(code, _FORM, strict=True), 1):
        if form == "9" and not (character.isascii() and character.isdigit()):
            near = code[: place - 1] + character.translate(_MISTAKEN) + code[place:]
            hint = near if near != code and is_valid(near) else None
            raise BadIdentifier(_KIND, code, "character", f"has {character!r} where a digit stands", place, hint)
        if form == "A" and not (character.isascii() and character.isalpha()):
            raise BadIdentifier(_KIND, code, "character", f"has {character!r} where a letter stands", place)
    return code


def parse(given: object) -> str | None:
    """The code, or None where a register says that none was given: `n.d.` there.

    Raises:
        BadIdentifier: It is neither.
    """
    return None if _says_none(compact(given)) else validate(given)


def _says_none(code: str) -> bool:
    return code.replace(".", "") == "ND"


def is_valid(given: object) -> bool:
    """Whether it is a well-formed code."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The code as it is written: its compact form."""
    return validate(given)
