# SPDX-License-Identifier: Apache-2.0
"""Units that look like those of the rules and are others: working days and hours, other currencies, thousands of euro in a heading."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from misure.anchoring.figures import Kind, Token, Value, written
from misure.anchoring.writing.numerals import number_in_words

__all__ = ["SCALES", "SCALE_WORDS", "measured", "of_kind"]

SCALES: Final = {
    "decine": 10, "centinaia": 100, "mila": 10**3, "migliaia": 10**3, "k": 10**3, "milione": 10**6, "milioni": 10**6, "mln": 10**6, "mio": 10**6, "m": 10**6,
    "miliardo": 10**9, "miliardi": 10**9, "mld": 10**9,
}  # fmt: skip
"""How many of a unit the word before it is."""
SCALE_WORDS: Final = r"(?:mila|decine|centinaia|migliaia|milion[ei]|mln|miliard[oi]|mld)\b|mio(?=\s?(?:di\s+)?(?:\u20ac|eur))|k(?=\s?(?:\u20ac|eur))|m(?=\s?(?:\u20ac|eur))"
_LOOK = 40
_WORKING = re.compile(
    r"\s*(?:\([^()\d]{1,30}\)\s*)?(?:lavorativ[ioea]|ferial[ie]|lav\.|utili\b|di\s+lavoro\b|di\s+borsa\b|bancar[io]+\b)",
    re.IGNORECASE,
)
_LABOUR = re.compile(r"\s*(?:\([^()\d]{1,30}\)\s*)?lavorativ[ea]\b", re.IGNORECASE)
_WORKING_INSIDE = re.compile(r"\b(?:lavorativ[ioea]|ferial[ie])\b", re.IGNORECASE)
_WORKING_BEFORE = re.compile(
    r"\b(?P<unit>giorn[oi]|or[ae])\s+(?:lavorativ[ioea]|ferial[ie])\s+(?:n\.\s*)?$", re.IGNORECASE
)
_KINDS: dict[str, Kind] = {"days": "working_days", "hours": "working_hours"}
_CURRENCIES: Final = {
    "USD": r"USD\b|US\s?\$|\$|dollar[oi]\b", "GBP": r"GBP\b|\u00a3|sterlin[ae]\b", "ITL": r"ITL\b|lir[ae]\b|\blit\.",
    "CHF": r"CHF\b|franch?[oi]\b", "JPY": r"JPY\b|\u00a5|yen\b", "CNY": r"CNY\b|RMB\b|yuan\b|renminbi\b", "XEU": r"ECU\b",
}  # fmt: skip
_AFTER = {code: re.compile(rf"\s*(?:di\s+)?(?:{words})", re.IGNORECASE) for code, words in _CURRENCIES.items()}
_BEFORE = {
    code: re.compile(rf"(?:(?<![^\W\d_])(?:{words}))\s*(?:di\s+)?$", re.IGNORECASE)
    for code, words in _CURRENCIES.items()
}
_SCALED_BEFORE = re.compile(
    r"(?P<before>\S*)\s*\b(?P<scale>centinaia|migliaia|milioni|miliardi|k|m)\s?(?:di\s+)?(?:\u20ac|euro\b|eur\b)\s*[):]*\s*(?:di\s+)?$",
    re.IGNORECASE,
)


def measured(token: Token, text: str) -> Token:
    """A figure in the unit that really stands beside it."""
    before = text[max(0, token.start - _LOOK) : token.start]
    if token.kind in _KINDS:
        return _worked(token, text)
    if token.kind in ("number", "money") and isinstance(token.value, Fraction):
        return _spent(token, before, text)
    return token


def _worked(token: Token, text: str) -> Token:
    if after := (_WORKING if token.kind == "days" else _LABOUR).match(text, token.end):
        return replace(token, kind=_KINDS[token.kind], end=after.end())
    return replace(token, kind=_KINDS[token.kind]) if _WORKING_INSIDE.search(text, token.start, token.end) else token


def _spent(token: Token, before: str, text: str) -> Token:
    assert isinstance(token.value, Fraction)
    scale = _SCALED_BEFORE.search(before)
    if scale and not scale["before"][-1:].isdecimal() and number_in_words(scale["before"].lower()) is None:
        return replace(token, kind="money", value=token.value * SCALES[scale["scale"].lower()], own_unit=True)
    if token.kind == "money":
        return token
    if working := _WORKING_BEFORE.search(before):
        return replace(
            token, kind=_KINDS["hours" if working["unit"].lower() in ("ora", "ore") else "days"], own_unit=True
        )
    for code, pattern in _AFTER.items():
        if found := pattern.match(text, token.end):
            return replace(token, kind="other_money", value=_other(token.value, code), end=found.end(), own_unit=True)
    for code, pattern in _BEFORE.items():
        if pattern.search(before):
            return replace(token, kind="other_money", value=_other(token.value, code), own_unit=True)
    return token


def _other(value: Fraction, currency: str) -> str:
    return f"{written('money', value).removesuffix(' EUR')} {currency}"


def of_kind(value: Fraction, lender: Token) -> Value:
    """A bare number as one of the unit that its neighbour lends it."""
    if lender.kind == "other_money":
        return _other(value, str(lender.value).rpartition(" ")[2])
    return value
