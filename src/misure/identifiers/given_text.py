# SPDX-License-Identifier: Apache-2.0
"""A text that somebody gives as an identifier, before it is judged: separators taken away, odd characters found.

>>> stripped("cup", " e44e 2000-0140007 ", " -").upper()
'E44E20000140007'
"""

from __future__ import annotations

from collections.abc import Callable

from misure.ground.arguments import kind_in_words
from misure.ground.errors import BadIdentifier

__all__ = ["MOST", "first_odd", "judged", "shown", "stripped"]

MOST = 200
"""No identifier is longer; a longer text is a mistake, and is not looked at."""


def shown(given: object) -> str:
    """What was given, short enough for a message."""
    if not isinstance(given, str):
        return f"{given!r:.40}" if isinstance(given, int | float | bool | type(None)) else kind_in_words(given)
    return given if len(given) <= 60 else f"{given[:57]}..."


def stripped(kind: str, given: object, separators: str) -> str:
    """The text without the blanks at its ends and without these separators.

    Raises:
        BadIdentifier: It is no text, is empty, or is absurdly long.
    """
    if not isinstance(given, str):
        raise BadIdentifier(kind, shown(given), "type", f"is no text but {kind_in_words(given)}: write it in quotes")
    if len(given) > MOST:
        raise BadIdentifier(kind, shown(given), "length", f"has {len(given)} characters")
    text = given.strip().translate(dict.fromkeys(map(ord, separators)))
    if not text:
        raise BadIdentifier(kind, shown(given), "length", "is empty")
    return text


def first_odd(text: str, right: Callable[[str], bool]) -> int | None:
    """Where the first character stands that is not right, counted from 1; None where all are."""
    return next((place for place, character in enumerate(text, 1) if not right(character)), None)


def judged(validate: Callable[[object], object], given: object) -> bool:
    """Whether `validate` takes it."""
    try:
        validate(given)
    except BadIdentifier:
        return False
    return True
