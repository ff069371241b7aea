# SPDX-License-Identifier: Apache-2.0
"""An identity as it enters a question: read, or a fault of the field it stands in.

>>> faults = []
>>> entered("beneficiary", "it 012 345 601 57", "an aid has a beneficiary", faults), faults
('01234560157', [])
>>> entered("beneficiary", 1234560157, "an aid has a beneficiary", faults), faults
('', [('beneficiary', 'expected a text; got 1234560157, a number: a code is text, with all its zeros', '01234560157')])
"""

from __future__ import annotations

import numbers

from misure.ground import arguments
from misure.ground.errors import BadIdentifier
from misure.ground.given import Mistake
from misure.identifiers.given_text import shown
from misure.identifiers.identity import code, validate

__all__ = ["entered", "is_number"]


def entered(field: str, given: object, why: str, faults: list[Mistake], *, codes_only: bool = False) -> str:
    """The one writing of an identity; of what is none, a fault is added that ends in `why` where nothing is given, and "" is the answer."""
    try:
        return code(given) if codes_only else validate(given)
    except BadIdentifier as problem:
        faults.append((field, *(_no_code(given, problem) if codes_only else _said(given, problem, why))))
        return ""


def _said(given: object, problem: BadIdentifier, why: str) -> tuple[str, str | None]:
    if is_number(given):
        return (
            f"expected a text; got {arguments.shown(given)}, a number: a code is text, with all its zeros",
            problem.suggestion,
        )
    if not isinstance(given, str):
        return f"expected a text; got {arguments.shown(given)}", None
    if not given.strip():
        return f"it is empty: {why}", None
    return f"{shown(given)!r} {problem.message}", problem.suggestion


def _no_code(given: object, problem: BadIdentifier) -> tuple[str, str | None]:
    if is_number(given):
        return (
            f"{arguments.shown(given)} is no codice fiscale but a number: a code is text, with all its zeros",
            problem.suggestion,
        )
    if not isinstance(given, str) or not given.strip():
        return f"{arguments.shown(given)} is no codice fiscale", None
    return f"{shown(given)!r} {problem.message}", problem.suggestion


def is_number(given: object) -> bool:
    """Whether a number stands where a code should: a spreadsheet made one of it."""
    return isinstance(given, numbers.Number) and not isinstance(given, bool)
