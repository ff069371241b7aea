# SPDX-License-Identifier: Apache-2.0
"""Figures that are spelled without a number: noon, quarters of a year, thirds and doubles, halves, tens and thousands of something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from misure.anchoring.figures import Kind, Token
from misure.anchoring.writing.counted import counted_after
from misure.anchoring.writing.measures import with_unit
from misure.anchoring.writing.numerals import number_in_words, ordinal_in_words

__all__ = ["SPELLED", "spelled"]

_ORDER = r"(?:prim|second|terz|quart|quint|sest|settim|ottav|non|decim|[a-z]+esim)[oa]|(?-i:I{1,3}|IV|V|VI{1,3}|IX|X)|\d{1,2}\s?[\u00b0\u00ba\u00aa^]"
SPELLED: Final = rf"""
      (?P<noon>\b(?-i:mezzogiorno|mezzanotte)\b)
    | (?P<stretch>\b(?P<nth>{_ORDER})\s*(?P<of>trimestre|semestre|bimestre|quadrimestre|anno|annualit\u00e0|esercizio|mese|settimana)\b
        (?:\s+(?:del(?:l['\u2019]anno)?\s+)?(?P<ofyear2>\d{{4}})\b)?)
    | (?P<ordinal>\b(?P<ordword>(?:prim|second|terz|quart|quint|sest|settim|ottav|non|decim|[a-z]+esim)o)\s+giorno\b)
    | (?P<thirds>\b(?:(?P<top>un)\s+(?P<part>(?:terz|quart|quint|sest|settim|ottav|non|decim|[a-z]+esim)o)
        |(?P<tops>due|tre|quattro|cinque|sei|sette|otto|nove)\s+(?P<parts>(?:terz|quart|quint|sest|settim|ottav|non|decim|[a-z]+esim)i))\b
        |\bmet\u00e0\b)
    | (?P<vulgar>(?:(?<![\w.,])\d{{1,3}}\s?)?[\u00bc-\u00be\u2150-\u215e])
    | (?P<fold>\b(?:il|al|del|dal|nel|un)\s+(?P<times>doppio(?!\s+finanziamento)|triplo|quadruplo|quintuplo)\b|\b(?P<folded>raddoppi|triplic|quadruplic|dimezz)[a-z\u00e0\u00f2\u00f9]+)
    | (?P<half>\bmezz(?:[oa]\s+|['\u2019]\s?)(?P<halved>punto|ora|giornata|mese|anno|milione|miliardo)\b)
    | (?P<turns>\b(?P<turn>un[ao]?|[a-z]+)\s+volt[ae]\s+e\s+mezz[oa]\b)
    | (?P<tens>\bun['\u2019]?[ao]?\s*(?P<ten>decina|dozzina|quindicina|ventina|trentina|quarantina|cinquantina|centinaio|migliaio)\b)
    | (?P<lasting>\b(?P<last>bienn|trienn|quadrienn|quinquenn|decenn|semestr|trimestr|bimestr|quadrimestr)al[ei]\b)
"""
"""How such figures are found, as a part of a longer pattern: verbose, and small or capital letters alike."""

_STRETCHES = {
    "tri": "Q",
    "sem": "H",
    "bim": "B",
    "qua": "F",
    "ann": "year ",
    "ese": "year ",
    "mes": "month ",
    "set": "week ",
}
_FOLDS = {"do": 2, "ra": 2, "tr": 3, "qu": 4}
_HALVES: Mapping[str, tuple[Kind, Fraction]] = {
    "punto": ("points", Fraction(1, 2)), "ora": ("minutes", Fraction(30)), "giornata": ("days", Fraction(1, 2)),
    "mese": ("months", Fraction(1, 2)), "anno": ("months", Fraction(6)), "milione": ("number", Fraction(500_000)),
    "miliardo": ("number", Fraction(500_000_000)),
}  # fmt: skip
_TENS = {
    "decina": 10, "dozzina": 12, "quindicina": 15, "ventina": 20, "trentina": 30, "quarantina": 40, "cinquantina": 50,
    "centinaio": 100, "migliaio": 1_000,
}  # fmt: skip
_LASTING = {
    "bienn": 24, "trienn": 36, "quadrienn": 48, "quinquenn": 60, "decenn": 120, "semestr": 6, "trimestr": 3, "bimestr": 2,
    "quadrimestr": 4,
}  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_EURO = re.compile(r"\s*(?:di\s+)?(?:\u20ac|euro\b|eur\b)", re.IGNORECASE)
_QUARTER_OF_AN_HOUR = re.compile(r"\s+d['\u2019]\s?ora\b", re.IGNORECASE)
_DAY_BEGINS = re.compile(r"\b(?:dalla|dopo\s+la|a\s+partire\s+dalla)\s+$", re.IGNORECASE)
_THE_SAME_HOUR = re.compile(r"\b(?:ore\s+)?(?:12|24)(?:[:.,]00)?\s*\(?(?:di\s+|della\s+)?$", re.IGNORECASE)
_UNIT_BY_WORD = ("massimo", "minimo", "circa", "esatto", "complessivo", "rispetto", "calcolato")
_MOST_YEARS = 14
"""No course has more years: the thirty-fifth is of an age."""
_LOOK = 24


def spelled(groups: Mapping[str, str | None], start: int, end: int, text: str) -> Iterator[Token]:
    """The figure that a match of `SPELLED` is; none where the words are none."""
    before = text[max(0, start - _LOOK) : start]
    if noon := groups["noon"]:
        if not _THE_SAME_HOUR.search(before):
            night = "00:00" if _DAY_BEGINS.search(before) else "24:00"
            yield Token("time", "12:00" if noon == "mezzogiorno" else night, start, end)
    elif groups["stretch"]:
        yield from _stretch(groups, start, end)
    elif word := groups["ordword"]:
        if (found := ordinal_in_words(word)) is not None:
            yield Token("days", Fraction(found), start, end)
    elif groups["thirds"]:
        yield from _thirds(groups, start, end, text)
    elif vulgar := groups["vulgar"]:
        part = Fraction(unicodedata.numeric(vulgar[-1])).limit_denominator(10)
        whole = vulgar[:-1].strip()
        value = int(whole or 0) + part
        bare = Token("number" if whole else "share", value, start, end, own_unit=not whole)
        yield from list(with_unit(value, start, end, text)) or [bare]
    elif groups["fold"]:
        said = (groups["times"] or groups["folded"] or "").lower()
        times = Fraction(1, 2) if said == "dimezz" else Fraction(5 if said == "quintuplo" else _FOLDS[said[:2]])
        yield Token("share", times, start, end)
    elif halved := groups["halved"]:
        yield _in_euro(*_HALVES[halved.lower()], start, end, text)
    elif turn := groups["turn"]:
        if (found := number_in_words(turn)) is not None:
            yield Token("number", Fraction(found) + Fraction(1, 2), start, end)
    elif ten := groups["ten"]:
        yield _in_euro("number", Fraction(_TENS[ten.lower()]), start, end, text)
    elif last := groups["last"]:
        months = _LASTING[last.lower()]
        years = months % 12 == 0
        yield Token("years" if years else "months", Fraction(months // 12 if years else months), start, end)


def _stretch(groups: Mapping[str, str | None], start: int, end: int) -> Iterator[Token]:
    """Which quarter, half, year, month of something: `Q3`, with its year `2026-Q3`."""
    nth, of, year = str(groups["nth"]), str(groups["of"]).lower(), groups["ofyear2"]
    digits = re.match(r"\d+", nth)
    small = nth.lower()
    number = (
        int(digits[0]) if digits else _ROMAN.index(small) + 1 if small in _ROMAN else ordinal_in_words(small[:-1] + "o")
    )
    if number is not None and number > _MOST_YEARS and of == "anno":
        yield Token("years", Fraction(number), start, end)  # an age
    elif number is not None:
        yield Token("stretch", f"{f'{year}-' if year else ''}{_STRETCHES[of[:3]]}{number}", start, end)


def _thirds(groups: Mapping[str, str | None], start: int, end: int, text: str) -> Iterator[Token]:
    """A part of a whole; `un terzo bilancio` is the third one."""
    said = groups["part"] or groups["parts"]
    if said is None:
        yield Token("share", Fraction(1, 2), start, end)
        return
    under = ordinal_in_words(said[:-1].lower() + "o")
    if under is None or under < 2:
        return
    top = number_in_words((groups["top"] or groups["tops"] or "").lower()) or 1
    after = counted_after(text, end)
    if under == 4 and (hour := _QUARTER_OF_AN_HOUR.match(text, end)):
        yield Token("minutes", Fraction(15 * top), start, hour.end())
    elif groups["part"] and after and after[0] not in _UNIT_BY_WORD:
        yield Token("number", Fraction(under), start, end)
    else:
        yield Token("share", Fraction(top, under), start, end)


def _in_euro(kind: Kind, value: Fraction, start: int, end: int, text: str) -> Token:
    """A number of something, of euro where they follow."""
    if kind == "number" and (money := _EURO.match(text, end)):
        return Token("money", value, start, money.end())
    return Token(kind, value, start, end, own_unit=kind != "number")
