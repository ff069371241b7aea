# SPDX-License-Identifier: Apache-2.0
"""Which identity another may be a slip of: names that look alike, codes that differ in two characters, right codes within a longer text.

>>> likest("01234560157", ["alfa", "01234560175"]), likest("Alfa S.r.l", ["alfa srl", "beta"]), likest("gamma", ["delta"])
('01234560175', 'alfa srl', None)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from misure.identifiers import foreign_vat

__all__ = ["DIGITS_MISTAKEN", "held_in", "in_plain_capitals", "letters", "likest", "misspelt", "pieces"]

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


DIGITS_MISTAKEN = str.maketrans("OQILZSBG", "00112586")
"""Letters that are taken for digits, and the digits."""
_WORD = re.compile(r"[A-Z0-9]+")
_FEWEST_DIGITS = 7
_MOST_WORDS, _MOST_LETTERS = 6, 20
_ELEVEN = 11
_COUNTRIES = {"GR": "EL", "UK": "GB"}
"""How two countries are written too, and the letters that their numbers have."""
_OF_ITALY = ("IT", "ITA")


def in_plain_capitals(text: str) -> str:
    """The text in capitals and compatible characters, with the digits of every script as 0 to 9."""
    capitals = unicodedata.normalize("NFKC", text).upper()
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in capitals)


def held_in(text: str, is_italian: Callable[[str], bool]) -> tuple[str, ...]:
    """The right codes that a text holds, each once, where it holds something beside them or in their place.

    What frames a code cannot be listed: a label of any wording, the letters of its country behind it, a name. So it is looked from
    within: words, and words that follow one another, are held to be a code, with letters that eyes and scanners take for digits put right.

    `is_italian` says of a text of letters and digits whether it is a right code of Italy.

    >>> from misure.identifiers.forms import accepts
    >>> texts = ("cod. fisc. 01234560157", "Alfa S.r.l. 012.345.601.57", "de 136695976 it", "Alfa 2000")
    >>> [held_in(text, accepts("codice_fiscale")) for text in texts]
    [('01234560157',), ('01234560157',), ('DE136695976',), ()]
    """
    plain = in_plain_capitals(text)
    if sum(one.isdecimal() for one in plain) < _FEWEST_DIGITS - 1:
        return ()
    words = _WORD.findall(plain)
    found: dict[str, None] = {}
    for first in range(len(words)):
        for run in _runs(words[first : first + _MOST_WORDS]):
            for way in _ways(run):
                if is_italian(way):
                    found[way] = None
                elif (foreign := _foreign(way)) is not None:
                    found[foreign] = None
    return tuple(found)


def _runs(words: list[str]) -> Iterator[str]:
    """Words that follow one another, written as one, as long as they can be a code."""
    run = ""
    for word in words:
        run += word
        if len(run) > _MOST_LETTERS:
            return
        yield run


def _ways(run: str) -> Iterator[str]:
    """The text, without the letters of Italy at either end, and with digits in the place of what is taken for them."""
    bare = run
    for label in _OF_ITALY:
        bare = (
            bare.removeprefix(label) if bare[len(label) :][:1].isdigit() or len(bare) == _ELEVEN + len(label) else bare
        )
        bare = (
            bare.removesuffix(label) if bare[: -len(label)][-1:].isdigit() or len(bare) > _ELEVEN + len(label) else bare
        )
    yield from dict.fromkeys((run, bare))
    digits = bare.translate(DIGITS_MISTAKEN)
    if digits.isdecimal() and len(digits) == _ELEVEN and sum(one.isdecimal() for one in bare) >= _ELEVEN - 2:
        yield digits


def _foreign(run: str) -> str | None:
    """The number of another State that a text is, or would be with its country's own letters and digits alone."""
    country, rest = _COUNTRIES.get(run[:2], run[:2]), run[2:]
    if country not in foreign_vat.FORMS or sum(one.isdecimal() for one in rest) < _FEWEST_DIGITS:
        return None
    for ending in ("", "IT", country):
        for number in (rest, rest.translate(DIGITS_MISTAKEN)):
            way = country + (number.removesuffix(ending) if ending else number)
            if foreign_vat.is_valid(way) and foreign_vat.check_holds(foreign_vat.validate(way)) is not False:
                return foreign_vat.validate(way)
    return None
