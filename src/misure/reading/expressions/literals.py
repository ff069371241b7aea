# SPDX-License-Identifier: Apache-2.0
"""What a value text means: numbers with a unit, shares, days, times, lists, counting regimes. Exactly, never by guessing.

Numbers become integers scaled by the decimals of their unit (cents for EUR), shares exact fractions, days ordinals.

>>> scaled("1500000.00", 2)
150000000
>>> share("12.5%")
Fraction(1, 8)
>>> scaled("1.500.000,00", 2)
Traceback (most recent call last):
...
misure.reading.expressions.literals.Unreadable: '1.500.000,00' is not a number; write 1500000.00
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, TIME, Unit
from misure.ground.place import nearest
from misure.ground.regimes import Regime
from misure.ground.times import TIME_DECIMALS, WrongTime, parse_time
from misure.rulebook.expression import Type

__all__ = ["REGIMES", "ReadValue", "Unreadable", "day", "one_value", "read_value", "scaled", "share", "whole"]

REGIMES: Final = tuple(map(str, Regime))
"""The ways of counting time that the library knows."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.([0-9]{1,9}))?", re.ASCII)
_LONG_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9:.]*", re.ASCII)
_DAY_AND_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{1,2}[:.][0-9:.]*)", re.ASCII)
_QUANTITY = re.compile(r"(\S+)\s+(\S+)")
_LOOKS_LIKE_NUMBER = re.compile(r"[-+]?[0-9][0-9.,_'eE+-]*", re.ASCII)


class Unreadable(ValueError):
    """A value text that means nothing; the message says what is wrong with it, and `suggestion` what may be meant."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        self.message, self.suggestion = message, suggestion
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value with its type: an integer, a fraction (a share), a tuple (a list) or a text (a regime)."""

    type: Type
    known: int | Fraction | str | tuple[str, ...] | tuple[int, ...]


def scaled(text: str, decimals: int) -> int:
    """The number times ten to the `decimals`; it must not have more decimals than that."""
    found = _NUMBER.fullmatch(text)
    if not found:
        raise Unreadable(_too_long(text) or f"{text[:60]!r} is not a number{_advice(text)}")
    after = found.group(1) or ""
    if len(after) > decimals:
        allowed = "no decimals" if decimals == 0 else f"at most {decimals} decimals"
        raise Unreadable(f"{text!r} has {len(after)} decimals; {allowed} can stand here")
    return int(text.replace(".", "") + "0" * (decimals - len(after)))


def whole(text: str, least: int, greatest: int) -> int:
    """A whole number between two others."""
    number = scaled(text, 0)
    if not least <= number <= greatest:
        raise Unreadable(f"{text} does not lie between {least} and {greatest}")
    return number


def share(text: str) -> Fraction:
    """A share from 0 to 1, written `35%` or `0.35`."""
    number = text.removesuffix("%")
    found = _NUMBER.fullmatch(number)
    if not found:
        plain = _plain(number)
        advice = "" if plain and Fraction(plain) > (100 if "%" in text else 1) else _advice(number)
        raise Unreadable(_too_long(number) or f"{text[:60]!r} is not a share such as 35% or 0.35{advice}")
    value = Fraction(number) / (100 if text.endswith("%") else 1)
    if not 0 <= value <= 1:
        hint = f"{text}%" if "%" not in text and 0 <= value <= 100 else None
        raise Unreadable(f"the share {text} does not lie between 0 and 1", hint)
    return value


def day(text: str) -> dt.date:
    """A day, written 2022-01-31, between 1900 and 2100."""
    if not _DAY.fullmatch(text):
        raise Unreadable(f"{text[:60]!r} is not a day written like 2022-01-31")
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"the day {text} does not exist") from None
    if not FIRST_DAY <= found.toordinal() <= LAST_DAY:
        raise Unreadable(f"the day {text} does not lie between 1900-01-01 and 2100-12-31")
    return found


def one_value(text: str, units: Mapping[str, Unit]) -> ReadValue:
    """The value that one text states: its own form gives its type.

    >>> one_value("2022-12-31", {}).type.kind, one_value("it_civil", {}).known
    ('date', 'it_civil')
    """
    if _CLOCK.fullmatch(text):
        if TIME not in units:
            raise Unreadable(f"{text[:60]!r} is a time of day, and no unit is called {TIME!r}")
        return ReadValue(Type("number", TIME, TIME_DECIMALS), _time(text))
    if both := _DAY_AND_TIME.fullmatch(text):
        raise Unreadable(f'{text[:60]!r} is a day and a time: two values, {both.group(1)} and "{both.group(2)}"')
    if _DAY.fullmatch(text):
        return ReadValue(Type("date"), day(text).toordinal())
    if text.endswith("%"):
        return ReadValue(Type("number", "share", _share_decimals(units)), share(text))
    if quantity := _QUANTITY.fullmatch(text):
        return _quantity(quantity.group(1), quantity.group(2), units)
    if text in REGIMES:
        return ReadValue(Type("regime"), str(text))
    if _NUMBER.fullmatch(text) or _LOOKS_LIKE_NUMBER.fullmatch(text):
        raise Unreadable(_without_unit(text, "EUR", units))
    kinds = "a value is a number with its unit, a share like 70%, a day, a time like 12:00, a list in brackets, or a counting regime"
    raise Unreadable(f"{text[:60]!r} is no value; {kinds}", nearest(text, REGIMES))


def read_value(
    text: str, kind: Type, units: Mapping[str, Unit]
) -> int | Fraction | str | tuple[str, ...] | tuple[int, ...]:
    """The value that a text states for a parameter of the type `kind`, as a what-if gives it. Raises `Unreadable`.

    A number without a unit is a share where one is asked, since the parameter says so; a rule file has to say it itself.

    >>> read_value("[A, K]", Type("list", choices=("A",)), {})
    ('A', 'K')
    """
    if kind.kind == "number" and kind.unit == TIME:
        return _time(text.removesuffix(f" {TIME}"))
    if kind.kind == "list":
        items = [item.strip() for item in text.removeprefix("[").removesuffix("]").split(",")]
        if not kind.unit:
            return tuple(items)
        numbers = (read_value(item, Type("number", kind.unit, kind.decimals), units) for item in items)
        return tuple(number for number in numbers if isinstance(number, int))
    if kind.kind == "number" and _LOOKS_LIKE_NUMBER.fullmatch(text) and not _DAY.fullmatch(text):
        if kind.unit == "share":
            return share(text)
        raise Unreadable(_without_unit(text, kind.unit, units))
    if kind.kind != "number" and _LOOKS_LIKE_NUMBER.fullmatch(text) and not _DAY.fullmatch(text):
        raise Unreadable(f"{text[:60]!r} is not a {kind.kind}")
    reading = one_value(text, units)
    if (reading.type.kind, reading.type.unit) != (kind.kind, kind.unit):
        wanted = f"in {kind.unit}" if kind.unit else f"a {kind.kind}"
        raise Unreadable(f"{text[:60]!r} is not {wanted}")
    return reading.known


def _time(text: str) -> int:
    try:
        return parse_time(text)
    except WrongTime as wrong:
        raise Unreadable(wrong.message, wrong.suggestion) from None


def _quantity(number: str, unit: str, units: Mapping[str, Unit]) -> ReadValue:
    known = units.get(unit)
    if known is None:
        raise Unreadable(f"no unit is called {unit[:60]!r}", nearest(unit, units))
    kind = Type("number", unit, known.decimals)
    if unit == "share":
        return ReadValue(kind, share(number))
    if unit == TIME:
        return ReadValue(kind, _time(number))
    value = scaled(number, known.decimals)
    if not known.least <= value <= known.greatest:
        raise Unreadable(f"{number} {unit} lies outside the bounds of the unit")
    return ReadValue(kind, value)


def _share_decimals(units: Mapping[str, Unit]) -> int:
    return units["share"].decimals if "share" in units else 4


def _too_long(text: str) -> str:
    """What is wrong with a number that is none only because it is longer than any that a law states; else ""."""
    if _NUMBER.fullmatch(text) or not _LONG_NUMBER.fullmatch(text):
        return ""
    shown = text if len(text) <= 20 else f"{text[:20]}..."
    return f"the number {shown} is too long: 18 digits may stand before the point, and 9 after it"


def _without_unit(text: str, unit: str, units: Mapping[str, Unit]) -> str:
    """What to say of a number without its unit: an example only where it would be taken."""
    if long := _too_long(text):
        return long
    plain = text if _NUMBER.fullmatch(text) else _plain(text)
    try:
        _quantity(plain, unit, units)
    except Unreadable:
        return f"the number {text[:60]} needs a unit{'' if plain else _advice(text)}"
    return f"the number {text[:60]} needs a unit, such as '{plain} {unit}'"


def _advice(text: str) -> str:
    if not _LOOKS_LIKE_NUMBER.fullmatch(text):
        return ""
    if "e" in text.lower():
        return "; write it without an exponent"
    plain = _plain(text)
    return f"; write {plain}" if plain else ""


def _plain(text: str) -> str:
    """The number that a text with separators of thousands, or with a comma, means; "" where it means none."""
    bare = text.replace("_", "").replace("'", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+", bare, re.ASCII):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare, re.ASCII):
        bare = bare.replace(",", "")
    return bare if bare != text and _NUMBER.fullmatch(bare) else ""
