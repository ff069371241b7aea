# SPDX-License-Identifier: Apache-2.0
"""What a figure of a text is: an amount, a share, a time, a day, an hour, a number of something; and what it stands for.

Figures are written in one canonical way, the one of rule files, so that those of a text and of rules can be told and compared.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias

__all__ = ["DURATIONS", "UNITS", "Figure", "Kind", "Role", "Token", "Value", "written"]

Kind: TypeAlias = Literal[
    "money", "share", "days", "months", "years", "hours", "weeks", "minutes", "points", "date", "day_of_year", "month",
    "stretch", "time", "year", "number", "code", "working_days", "working_hours", "other_money",
]  # fmt: skip
"""What a figure measures. Days are those of the calendar, and money is euro: `working_days`, and `other_money` with the currency that stands
beside it, are never the same value. `day_of_year` is a day without a year, `month` a month of a year, `code` a number that only names.
`stretch` is a quarter (`2026-Q3`), half (`H1`), two or four months (`B2`, `F3`) of a year, or which year, month, week of something (`year 2`)."""

Role: TypeAlias = Literal["value", "numbering", "pointer", "act", "name", "address", "telephone", "note_mark", "code"]
"""What a figure does in its sentence. A `value` says how much or when; the others count the parts of the text, point to a place in
it, cite an act by its number or day, are part of a name, an address, a code or a number to call, or lead to a note."""

DURATIONS: Final = ("days", "months", "years", "hours", "weeks", "minutes")
UNITS: Final = (*DURATIONS, "working_days", "working_hours", "money", "other_money", "share", "points")
"""The kinds that have a unit, which one figure may lend to a bare number beside it."""

Value: TypeAlias = Fraction | dt.date | str


@dataclass(frozen=True, slots=True)
class Token:
    """A figure before anybody has asked what it does in its sentence."""

    kind: Kind
    value: Value
    start: int
    end: int
    role: Role = "value"
    own_unit: bool = True
    """Whether its unit is written beside it."""
    beside: int = -1
    """Where the figure stands that these words should repeat, and do not; -1 for any other figure."""
    past: int = 0
    """Where the next figure may begin, where that is after the end of this one: behind a unit that both share."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: what it measures, its value, and where it stands.

    `value` is a number (of euro, a share of a whole, days, points, ...), a day, or a text for an hour and for what has no other
    order. `start` and `end` count characters of the text as it is read, `page` and `offset` those of the act's file.
    """

    kind: Kind
    value: Value
    text: str
    start: int
    end: int
    page: int
    offset: int
    role: Role = "value"
    noun: str = ""
    """The word after a bare number, "" where none follows."""
    counted: tuple[str, ...] = ()
    """What a bare number may count: the words after it, up to the first that only joins."""
    beside: int = -1
    """Where the figure stands that these words should repeat, and do not: `euro 30.000,00 (quarantamila/00)`; -1 for any other."""

    @property
    def form(self) -> str:
        """The figure in its one canonical form, such as `30000.00 EUR`, `40%`, `60 days`, `2025-06-03`, `10:30`."""
        return written(self.kind, self.value)


def written(kind: Kind, value: Value) -> str:
    """A value in its canonical form.

    >>> written("money", Fraction(30000)), written("share", Fraction(3, 200)), written("days", Fraction(60)), written("number", Fraction(2))
    ('30000.00 EUR', '1.5%', '60 days', '2')
    >>> written("date", dt.date(2025, 6, 3)), written("year", Fraction(2023)), written("points", Fraction(27, 2))
    ('2025-06-03', '2023 year', '13.5 points')
    >>> written("working_days", Fraction(10)), written("other_money", "500.00 USD")
    ('10 working days', '500.00 USD')
    """
    match value:
        case dt.date():
            return value.isoformat()
        case str():
            return value
    if kind == "money":
        cents = value * 100
        return f"{_decimal(value, 2) if cents.denominator == 1 else _plain(value)} EUR"
    if kind == "share":
        return f"{_plain(value * 100)}%" if _ends(value * 100) else _plain(value)
    return _plain(value) + (f" {kind.replace('_', ' ')}" if kind not in ("number", "code") else "")


def _ends(value: Fraction) -> bool:
    """Whether decimals write it exactly."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _plain(value: Fraction) -> str:
    if not _ends(value):
        return f"{value.numerator}/{value.denominator}"
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return _decimal(value, places)


def _decimal(value: Fraction, places: int) -> str:
    scaled = int(value * 10**places)
    if places == 0:
        return str(scaled)
    digits = str(scaled).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"
