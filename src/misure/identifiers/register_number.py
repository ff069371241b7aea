# SPDX-License-Identifier: Apache-2.0
"""A number that a register gives: the verbs of CAR and COR, which differ in what they number and in nothing else.

>>> number = RegisterNumber("cor")
>>> number.validate(" 23193436 "), number.is_valid("023")
('23193436', False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from misure.ground.errors import BadIdentifier
from misure.identifiers.given_text import first_odd, judged, shown, stripped

__all__ = ["RegisterNumber"]

_MOST_DIGITS = 9
"""A bound of ours, beyond the numbers seen (eight digits): whatever is longer is another thing."""


_DECIMALS = re.compile(r"([1-9][0-9]*)[.,]0+", re.ASCII)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[. '][0-9]{3})+", re.ASCII)


def _likely(number: str) -> str | None:
    """The digits of a number as a spreadsheet writes it, with decimals or with something between its thousands."""
    if (decimals := _DECIMALS.fullmatch(number)) is not None and len(decimals[1]) <= _MOST_DIGITS:
        return decimals[1]
    digits = re.sub("[^0-9]", "", number) if _GROUPED.fullmatch(number) else ""
    # Of one group nobody knows whether its point parts decimals.
    return digits if 6 < len(digits) <= _MOST_DIGITS else None


@dataclass(frozen=True, slots=True)
class RegisterNumber:
    """The verbs for one kind of number: from 1 up, at most nine digits, without a check digit."""

    kind: str

    def compact(self, given: object) -> str:
        """The digits alone.

        Raises:
            BadIdentifier: It has other characters, begins with a zero, or is longer.
        """
        number = stripped(self.kind, given, "")
        odd = first_odd(number, lambda character: character in "0123456789")
        if odd is not None:
            message = f"has {number[odd - 1]!r} where a digit stands"
            raise BadIdentifier(self.kind, shown(number), "character", message, odd, _likely(number))
        plain = number.lstrip("0")
        if plain != number:
            raise BadIdentifier(self.kind, shown(number), "character", "begins with a zero", 1, plain or None)
        if len(number) > _MOST_DIGITS:
            message = f"has {len(number)} digits, more than {_MOST_DIGITS}"
            raise BadIdentifier(self.kind, shown(number), "length", message)
        return number

    def validate(self, given: object) -> str:
        """The compact form of a well-formed number.

        Raises:
            BadIdentifier: It is none.
        """
        return self.compact(given)

    def parse(self, given: object) -> int:
        """The number.

        Raises:
            BadIdentifier: It is none.
        """
        return int(self.validate(given))

    def is_valid(self, given: object) -> bool:
        """Whether it is a well-formed number; that the register holds it, only the register can say."""
        return judged(self.validate, given)

    def format(self, given: object) -> str:
        """The number as it is written: its compact form."""
        return self.validate(given)
