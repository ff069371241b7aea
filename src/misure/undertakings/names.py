# SPDX-License-Identifier: Apache-2.0
"""Names that a caller may misspell: those of a closed list, and those of undertakings.

>>> unknown_name("ventur_capital", ["company", "venture_capital"])
"'ventur_capital' is none of company, venture_capital; did you mean 'venture_capital'?"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from misure.ground.place import nearest

__all__ = ["misspelt", "unknown_name"]

_COUNTER = re.compile(r"[0-9]+|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|(?<=[a-z])[A-Z](?![A-Za-z])")
_SHORTEST = 5
"""Shorter ids than this differ by one letter on purpose: A1 and B1."""


def unknown_name(given: object, known: Iterable[str]) -> str:
    """What to say of a name that is none of those known."""
    names = list(known)
    hint = nearest(given, names) if isinstance(given, str) else None
    return f"{given!r:.60} is none of {', '.join(names)}" + (f"; did you mean {hint!r}?" if hint else "")


def misspelt(strangers: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """The strangers that look like a slip of a known id, with that id.

    A slip is another case, accent, space or stop, or one letter too many, missing, wrong or swapped. Ids that differ in
    their digits never count: tax codes of two firms differ by a digit or two.

    >>> misspelt(["Alfa S.r.l", "gamma", "01234560158"], ["alfa srl", "gamme", "01234560157"])
    {'Alfa S.r.l': 'alfa srl', 'gamma': 'gamme'}
    """
    found: dict[str, str] = {}
    names, wanted = sorted(known, reverse=True), sorted(strangers)
    if not names:
        return found
    near: dict[tuple[str, str], str] = {}
    for name in names if wanted else ():
        for form in _forms(name):
            near[form] = name
    for name in wanted:
        hit = next((near[form] for form in _forms(name) if form in near), None)
        if hit is not None:
            found[name] = hit
    return found


def _forms(name: str) -> Iterator[tuple[str, str]]:
    """The name without case, accents and stops, and each form that lacks one letter more, beside what tells ids apart."""
    plain = "".join(character for character in _flat(name.casefold()) if character.isalnum())
    yield plain, ""
    if len(plain) >= _SHORTEST:
        # Digits, and letters that stand alone, number things: Firm A is no slip of Firm B.
        counter = " ".join(_COUNTER.findall(_flat(name))).casefold()
        for place, character in enumerate(plain):
            if not character.isdigit():
                yield plain[:place] + plain[place + 1 :], counter


def _flat(name: str) -> str:
    return unicodedata.normalize("NFKD", name)
