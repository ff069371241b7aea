# SPDX-License-Identifier: Apache-2.0
"""Which identity another may be a slip of: names that look alike, and codes that differ in two characters.

>>> likest("01234560157", ["alfa", "01234560175"]), likest("Alfa S.r.l", ["alfa srl", "beta"]), likest("gamma", ["delta"])
('01234560175', 'alfa srl', None)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

__all__ = ["letters", "likest", "misspelt", "pieces"]

_COUNTER = re.compile(r"[0-9]+|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|(?<=[a-z])[A-Z](?![A-Za-z])")
_SHORTEST = 5
"""Shorter ids than this differ by one letter on purpose: A1 and B1."""
_CODE = re.compile(r"[A-Z0-9]{8,16}")
_FEW = 2
"""A check character sees one character that is wrong: a slip that it lets pass has at least two."""


def likest(stranger: str, known: Iterable[str]) -> str | None:
    """The known identity that a stranger looks most like, if there is one; it is never the stranger itself."""
    if _CODE.fullmatch(stranger) and not stranger.isalpha():
        # Of three pieces two differences leave one whole.
        first, second, third = (piece for _, piece in pieces(stranger))
        alike = [name for name in known if name[8:] == third or name[:4] == first or name[4:8] == second]
        near = [
            (_differences(name, stranger), name) for name in alike if len(name) == len(stranger) and name != stranger
        ]
        return min((one for one in near if one[0] <= _FEW), default=(0, None))[1]
    return misspelt([stranger], [name for name in known if name != stranger]).get(stranger)


def pieces(code: str) -> tuple[tuple[int, str], ...]:
    """The three pieces of a code, with the place of each: a slip in two characters leaves one of them whole.

    >>> pieces("DE136695976")
    ((0, 'DE13'), (1, '6695'), (2, '976'))
    """
    return (0, code[:4]), (1, code[4:8]), (2, code[8:])


def letters(name: str) -> str:
    """The letters and digits of a name alone: two names that have the same are perhaps one.

    >>> letters("Società Rossi S.r.l.") == letters("SOCIETA  ROSSI SRL"), letters("***")
    (True, '***')
    """
    return _plain(name) or name


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


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
    plain = _plain(name)
    yield plain, ""
    if len(plain) >= _SHORTEST:
        # Digits, and letters that stand alone, number things: Firm A is no slip of Firm B.
        counter = " ".join(_COUNTER.findall(_flat(name))).casefold()
        for place, character in enumerate(plain):
            if not character.isdigit():
                yield plain[:place] + plain[place + 1 :], counter


def _plain(name: str) -> str:
    return "".join(character for character in _flat(name.casefold()) if character.isalnum())


def _flat(name: str) -> str:
    return unicodedata.normalize("NFKD", name)
