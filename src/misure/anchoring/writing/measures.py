# SPDX-License-Identifier: Apache-2.0
"""The unit that stands beside a number, before it or after, and what a repetition in brackets says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from misure.anchoring.figures import Kind, Token
from misure.anchoring.writing.counted import counted_after
from misure.anchoring.writing.numerals import Gloss, gloss_of, number_in_words
from misure.anchoring.writing.units import measured

__all__ = ["EURO", "EURO_BEFORE", "HALF", "PER_CENT", "points_to_places", "repeated", "unit_after", "with_unit"]

HALF = re.compile(r"\s+e\s+mezz[oa]\b", re.IGNORECASE)
PER_CENT = re.compile(r"\s*(?:%|per\s*cento(?![^\W\d_])|punti?\s+percentual[ei]\b)", re.IGNORECASE)
_PER_MILLE = re.compile(r"\s*(?:\u2030|per\s*mille\b)", re.IGNORECASE)
EURO = re.compile(r"\s*(?:di\s+)?(?:\u20ac|(?:euro|eur)(?![^\W\d_]))", re.IGNORECASE)
EURO_BEFORE = re.compile(r"(?:\u20ac|\beuro|\beur)\s*(?:di\s+)?$", re.IGNORECASE)
_ADJECTIVE = (
    r"(?:(?:primi|ultimi|successivi|precedenti|ulteriori|interi|soli|altri|consecutivi|solari|lavorativi|naturali)\s+)?"
)
_LONG = re.compile(
    rf"\s*{_ADJECTIVE}(?P<unit>giorn[oi]|gg|mes[ei]|mensilit\u00e0|ann[oi]|ore|ora|settiman[ae]|minut[oi]|semestr[ei]|trimestr[ei]|bimestr[ei])(?![^\W\d_])\.?",
    re.IGNORECASE,
)
_LONG_BEFORE = re.compile(r"\b(?P<unit>giorni|mesi|anni)\s+(?:n\.\s*)?$", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:(?:punti|punto(?!\s*\d)|pt)(?![^\W\d_])|p\.ti\b)", re.IGNORECASE)
_POINTS_BEFORE = re.compile(r"(?<!ai )(?<!dei )(?<!nei )(?<!i )\bpunti\s+(?:n\.\s*)?$", re.IGNORECASE)
_ORDER = re.compile(r"(?:\s?[\u00b0\u00ba]|esimo|mo)\s+giorno\b", re.IGNORECASE)
_UNITS: dict[str, tuple[Kind, int]] = {
    "gi": ("days", 1), "gg": ("days", 1), "me": ("months", 1), "an": ("years", 1), "or": ("hours", 1), "se": ("weeks", 1),
    "mi": ("minutes", 1), "semestr": ("months", 6), "tr": ("months", 3), "bi": ("months", 2),
}  # fmt: skip
_FIRST_YEAR = 1900
_LOOK, _FAR = 30, 120


def unit_after(text: str, end: int) -> tuple[Kind, Fraction, int] | None:
    """The unit that is written after a number, what a number of it is worth, and where it ends."""
    if found := PER_CENT.match(text, end):
        return "share", Fraction(1, 100), found.end()
    if found := _PER_MILLE.match(text, end):
        return "share", Fraction(1, 1000), found.end()
    if found := EURO.match(text, end):
        return "money", Fraction(1), found.end()
    if found := _POINTS.match(text, end):
        return "points", Fraction(1), found.end()
    if found := _LONG.match(text, end):
        unit = found["unit"].lower()
        kind, times = _UNITS.get(unit[:7]) or _UNITS[unit[:2]]
        return kind, Fraction(times), found.end()
    return None


def with_unit(value: Fraction, start: int, end: int, text: str, *, in_words: bool = False) -> Iterator[Token]:
    """A number with the unit that stands beside it, and what its repetition in brackets says otherwise; nothing where it has no unit."""
    gloss = gloss_of(text, end, in_digits=in_words)
    stop = gloss.end if gloss else end
    if in_words and gloss and gloss.value != value and not (unit_after(text, stop) or counted_after(text, stop)):
        gloss, stop = None, end  # a mark of a note, as in `sono due (1).`
    unit = _unit_beside(value, start, stop, text)
    if unit is None and gloss and gloss.unit and (inside := unit_after(f" {gloss.unit} ", 0)):
        unit = inside[0], inside[1], gloss.end
    if unit is None:
        return
    kind, times, last = unit
    half = HALF.match(text, last)
    whole = measured(
        Token(kind, (value + Fraction(1, 2) if half else value) * times, start, half.end() if half else last), text
    )
    again = gloss or gloss_of(text, last)
    if again is None and in_words and (after := gloss_of(text, last, in_digits=True)) and after.value == value:
        again = after
    yield from repeated(whole, value, times, again, end if gloss else -1)


def repeated(
    token: Token, value: Fraction, times: Fraction, gloss: Gloss | None, number_ends: int = -1
) -> Iterator[Token]:
    """A figure with its repetition in brackets, which is another figure where it says something else."""
    if gloss is None:
        yield token
        return
    unit = unit_after(f" {gloss.unit} ", 0) if gloss.unit else None
    same_unit = unit is None or unit[0] == token.kind.removeprefix("working_") or token.kind == "number"
    kind, each = (token.kind, times) if unit is None or same_unit else (unit[0], unit[1])
    again = Token(kind, gloss.value * each, gloss.start, gloss.stop, own_unit=token.own_unit, past=token.end)
    if _alike(token, again) if not same_unit else gloss.value == value:
        yield replace(token, end=max(token.end, gloss.end))
        return
    yield replace(token, end=number_ends) if number_ends >= 0 else token
    # Another number of another unit, as `60 giorni (due mesi)`, says something more: it repeats nothing.
    yield replace(again, beside=token.start) if same_unit or gloss.value == value else again


def _alike(one: Token, other: Token) -> bool:
    """Whether two durations are the same by the calendar: `24 mesi (due anni)`."""
    if not (isinstance(one.value, Fraction) and isinstance(other.value, Fraction)):
        return False
    units = {"years": ("months", 12), "weeks": ("days", 7)}
    (kind, times), (other_kind, other_times) = (units.get(token.kind, (token.kind, 1)) for token in (one, other))
    return kind == other_kind and one.value * times == other.value * other_times


def _unit_beside(value: Fraction, start: int, end: int, text: str) -> tuple[Kind, Fraction, int] | None:
    """The unit that is written before or after a number, what one of it is worth, and where all of it ends."""
    before = text[max(0, start - _LOOK) : start]
    if _leads(EURO_BEFORE.search(before), before):
        after = EURO.match(text, end)
        return "money", Fraction(1), after.end() if after else end
    if (unit := unit_after(text, end)) is not None:
        return unit
    if order := _ORDER.match(text, end):
        return "days", Fraction(1), order.end()
    found = _LONG_BEFORE.search(before)
    if found is not None and _leads(found, before) and value < _FIRST_YEAR:
        of, each = _UNITS[found["unit"].lower()[:2]]
        return of, Fraction(each), end
    if _leads(_POINTS_BEFORE.search(before), before) and not points_to_places(text, start, end):
        return "points", Fraction(1), end
    return None


_PLACES_BEFORE = re.compile(
    r"(?:\b[a-z]\)|\bcomm[ai]\s+\d+|\bart(?:icol[oi]|t?\.)\s*\d+|\blett(?:er[ae]|\.)\s*[a-z])\s*,?\s*(?:e\s+)?punti\s+(?:n\.\s*)?$",
    re.IGNORECASE,
)


def points_to_places(text: str, start: int, end: int) -> bool:
    """Whether the points before a number are those of an article, as in `lettera a), punti 1), 2)`: no points of a score."""
    before = text[max(0, start - _FAR) : start]
    item = text[end : end + 1] == ")" and before.count("(") == before.count(")")
    return item or _PLACES_BEFORE.search(before) is not None


def _leads(unit: re.Match[str] | None, before: str) -> bool:
    """Whether a unit that stands before a number is its own: no number has it already, as in `entro sei mesi` and a new line `3.`."""
    if unit is None:
        return False
    words = before[: unit.start()].split()
    return not words or not (
        words[-1][-1].isdecimal() or words[-1].endswith(")") or number_in_words(words[-1]) not in (None, 1)
    )
