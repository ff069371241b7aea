# SPDX-License-Identifier: Apache-2.0
"""CAR, codice aiuto RNA: the number under which the State-aid register holds a measure, a scheme or an ad hoc aid.

A whole number without a check digit.

>>> validate(" 12345 "), parse("12345")
('12345', 12345)
>>> is_valid("12,345")
False
"""

from __future__ import annotations

from misure.identifiers.given_text import judged, register_number

__all__ = ["compact", "format", "is_valid", "parse", "validate"]

_KIND = "car"


def compact(given: object) -> str:
    """The digits alone."""
    return register_number(_KIND, given)


def validate(given: object) -> str:
    """The compact form of a well-formed number.

    Raises:
        BadIdentifier: It is none.
    """
    return compact(given)


def parse(given: object) -> int:
    """The number.

    Raises:
        BadIdentifier: It is none.
    """
    return int(validate(given))


def is_valid(given: object) -> bool:
    """Whether it is a well-formed number; that the register holds it, only the register can say."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The number as it is written: its compact form."""
    return validate(given)
