# SPDX-License-Identifier: Apache-2.0
"""Numbers as Italian acts write them: in digits with points and a comma, and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

__all__ = ["MONTHS", "Gloss", "gloss_of", "number_in_digits", "number_in_words", "ordinal_in_words"]

MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
    "novembre", "dicembre",
)  # fmt: skip

_UNITS = {
    "un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "tré": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8,
    "nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15, "sedici": 16,
    "diciassette": 17, "diciotto": 18, "diciannove": 19,
}  # fmt: skip
_TENS = {
    "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80,
    "novanta": 90,
}  # fmt: skip
_ORDINALS = {
    "primo": 1, "secondo": 2, "terzo": 3, "quarto": 4, "quinto": 5, "sesto": 6, "settimo": 7, "ottavo": 8, "nono": 9,
    "decimo": 10, "undicesimo": 11, "dodicesimo": 12, "tredicesimo": 13, "quattordicesimo": 14, "quindicesimo": 15,
    "sedicesimo": 16, "diciassettesimo": 17, "diciottesimo": 18, "diciannovesimo": 19,
}  # fmt: skip


def _hundred() -> dict[str, int]:
    """How the numbers from 1 to 99 are written in one word: the last vowel of a ten falls before `uno` and `otto`."""
    words = dict(_UNITS)
    for ten, value in _TENS.items():
        words[ten] = value
        for unit, more in _UNITS.items():
            if more < 10:
                words[(ten[:-1] if unit[0] in "uo" else ten) + unit] = value + more
    return words


_BELOW_HUNDRED = _hundred()
_MOST_DIGITS = 24
"""A number of more digits measures nothing."""
_MOST = 200
"""A word that is longer is no number that anybody writes."""


def number_in_digits(text: str) -> Fraction | None:
    """A number as acts write it, its thousands parted by points and its decimals by a comma; None where it is none.

    >>> number_in_digits("18.978.747,97"), number_in_digits("30.000"), number_in_digits("1,5"), number_in_digits("46.35")
    (Fraction(1897874797, 100), Fraction(30000, 1), Fraction(3, 2), None)
    """
    whole, comma, decimals = text.partition(",")
    groups = whole.split(".")
    grouped = len(groups) > 1
    if grouped and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        return None
    digits = "".join(groups)
    if len(digits) + len(decimals) > _MOST_DIGITS:
        return None
    if not digits.isdecimal() or not digits.isascii() or (comma and not (decimals.isdecimal() and decimals.isascii())):
        return None
    return Fraction(int(digits + decimals), 10 ** len(decimals))


@dataclass(frozen=True, slots=True)
class Gloss:
    """A number that is written once more in brackets: its value, the unit that it has there ("" for none), and where it stands.

    `start` and `stop` are those of the number with its unit, `end` is where the bracket closes.
    """

    value: Fraction
    unit: str
    start: int
    stop: int
    end: int


_GLOSS_UNIT = r"(?:\s*(?P<unit>per\s*cento|%|euro|\u20ac|giorni|giorno|mesi|mese|anni|anno|settimane|ore|punti))?\s*\)"
_IN_WORDS = re.compile(
    r"\s*\(\s*(?:(?:euro|diconsi|dicasi|in\s+lettere)[:,]?\s+){0,2}(?P<said>[a-z\u00e9\s]{2,120}?(?:\s*[/,]{1,2}\s*(?P<cents>\d{2}))?)"
    + _GLOSS_UNIT,
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(r"\s*\(\s*(?P<said>\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?)" + _GLOSS_UNIT, re.IGNORECASE)


def gloss_of(text: str, at: int, *, in_digits: bool = False) -> Gloss | None:
    """The number in brackets after a place, in words or in digits; None where none stands there.

    >>> gloss_of("60 (settanta giorni)", 2)
    Gloss(value=Fraction(70, 1), unit='giorni', start=4, stop=19, end=20)
    """
    found = (_IN_DIGITS if in_digits else _IN_WORDS).match(text, at)
    if found is None:
        return None
    if in_digits:
        value = number_in_digits(found["said"])
    else:
        words = number_in_words(re.split(r"[/,]", found["said"])[0])
        value = None if words is None else words + Fraction(int(found["cents"] or 0), 100)
    if value is None:
        return None
    return Gloss(
        value,
        (found["unit"] or "").lower(),
        found.start("said"),
        found.end("unit") if found["unit"] else found.end("said"),
        found.end(),
    )


@lru_cache(maxsize=4096)
def number_in_words(text: str) -> int | None:
    """A whole number below a thousand millions in one word, or in several; None where the words are no number.

    >>> number_in_words("trentamila"), number_in_words("quarantotto"), number_in_words("millenovecentonovantotto")
    (30000, 48, 1998)
    >>> number_in_words("duemilaventisei"), number_in_words("cento"), number_in_words("centro")
    (2026, 100, None)
    >>> number_in_words("diciottomilioninovecentosettantottomilasettecentoquarantasette")
    18978747
    """
    word = "".join(text.split()).lower().replace("\u2019", "").replace("'", "")
    if not word or len(word) > _MOST:
        return None
    return _millions(word)


def _millions(word: str) -> int | None:
    for name in ("milioni", "milione"):
        before, found, after = word.partition(name)
        if found:
            many, rest = _thousands(before), _thousands(after.removeprefix("e")) if after else 0
            return None if many is None or rest is None else many * 1_000_000 + rest
    return _thousands(word)


def _thousands(word: str) -> int | None:
    before, found, after = word.partition("mila")
    if not found and word.startswith("mille"):
        before, found, after = "un", "mille", word.removeprefix("mille")
    if not found:
        return _hundreds(word)
    many, rest = _hundreds(before), _hundreds(after.removeprefix("e")) if after else 0
    return None if many is None or rest is None else many * 1_000 + rest


def _hundreds(word: str) -> int | None:
    before, found, after = word.partition("cento")
    if not found:
        before, found, after = (
            word.partition("cent") if word.endswith(("ottanta", "otto", "ottantuno")) else (word, "", "")
        )
    if not found:
        return _BELOW_HUNDRED.get(word)
    many = _UNITS.get(before) if before else 1
    rest = _BELOW_HUNDRED.get(after) if after else 0
    return None if many is None or many > 9 or rest is None else many * 100 + rest


def ordinal_in_words(word: str) -> int | None:
    """The place in an order that a word tells; None where it is none.

    >>> ordinal_in_words("trentesimo"), ordinal_in_words("sessantesimo"), ordinal_in_words("primo"), ordinal_in_words("massimo")
    (30, 60, 1, None)
    """
    small = word.lower()
    if small in _ORDINALS:
        return _ORDINALS[small]
    if not small.endswith("esimo"):
        return None
    stem = small.removesuffix("esimo")
    return next((found for end in ("", "i", "a", "o", "e") if (found := number_in_words(stem + end)) is not None), None)
