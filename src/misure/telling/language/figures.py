# SPDX-License-Identifier: Apache-2.0
r"""Figures in words: amounts, counts, shares, days, and ranges of them, as each language writes them.

>>> from misure.telling.language.language import Language
>>> figures = FigureWriter(Language("it"), {})
>>> figures.money(Decimal("1234.5")), figures.day(dt.date(2022, 6, 1)), figures.share(Fraction(1, 8))
('1.234,50\xa0€', '1 giugno 2022', '12,5%')
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from misure.deciding.values import Exact, Range, Shown
from misure.facts.vocabulary import Unit
from misure.ground.clock import Instant
from misure.ground.times import time_number, time_text
from misure.telling.language.language import Language

__all__ = ["EURO", "FigureWriter", "Number", "as_decimal"]

EURO, SHARE, YEAR = "EUR", "share", "year"
_BARE = ("", "count", YEAR)
_RANKS = ("credit_classes",)
"""Units whose numbers are places in an order: `classe 8` is no number of classes, and nothing is so many of them short."""
_DECIMALS = "#,##0.############"
_PERCENT = "#,##0.##########%"
_MOST_DECIMALS = 12

Number = int | Decimal | Fraction


def as_decimal(number: Number) -> Decimal | None:
    """The number in decimals, None where it has none that end.

    >>> as_decimal(Fraction(13, 20)), as_decimal(Fraction(1, 3))
    (Decimal('0.65'), None)
    """
    if not isinstance(number, Fraction):
        return Decimal(number)
    for decimals in range(_MOST_DECIMALS + 1):
        if number * 10**decimals % 1 == 0:
            return Decimal(int(number * 10**decimals)).scaleb(-decimals)
    return None


class FigureWriter:
    """Writes figures in one language, with the words of the given units."""

    def __init__(self, language: Language, units: Mapping[str, Unit]) -> None:
        self.language, self.units = language, units

    def money(self, amount: Number) -> str:
        return format_currency(as_decimal(amount) or Decimal(0), EURO, locale=self.language.locale)

    def moment(self, moment: Instant) -> str:
        """A day with its time in Italy, and with the offset of the clock where that time comes twice."""
        at = moment.local
        offset = f" (UTC{at.isoformat()[-6:]})" if moment.comes_twice else ""
        return f"{self.day(at.date())}, {at.time().isoformat()}{offset}"

    def number(self, number: Number) -> str:
        """A number without idle zeros; a fraction that no decimals write exactly, as a fraction."""
        decimals = as_decimal(number)
        if decimals is None:
            return f"{Fraction(number).numerator}/{Fraction(number).denominator}"
        return format_decimal(decimals, format=_DECIMALS, locale=self.language.locale)

    def share(self, share: Number) -> str:
        decimals = as_decimal(share)
        if decimals is None:
            return self.number(share)
        return format_percent(decimals, format=_PERCENT, locale=self.language.locale)

    def day(self, day: dt.date) -> str:
        return format_date(day, format="long", locale=self.language.locale)

    def time(self, time: dt.time) -> str:
        """A time of day as the clock shows it: with its seconds where it has any, and their parts where it has any."""
        return time_text(time_number(time))

    def day_at(self, day: dt.date, time: Shown) -> str:
        """A day, with a time of it where there is one."""
        if time is None:
            return self.day(day)
        if isinstance(time, dt.time):
            return self.language.say("{day} alle {time}", day=self.day(day), time=self.time(time))
        return self.language.say("{day}, a un'ora non pubblicata", day=self.day(day))

    def counts(self, unit: str) -> bool:
        """Whether the unit is of things that are counted."""
        return unit in self.units and self.units[unit].counts

    def ranks(self, unit: str) -> bool:
        """Whether the numbers of the unit are places in an order, and no amount of anything."""
        return unit in _RANKS and unit in self.units

    def quantity(self, number: Number, unit: str) -> str:
        """A number with its unit: `1 impresa`, `0,01 punti`, `30.000,00 €`, `20%`."""
        if unit == EURO:
            return self.money(number)
        if unit == SHARE:
            return self.share(number)
        if unit in _BARE or unit not in self.units:
            return str(number) if unit == YEAR else self.number(number)
        known = self.units[unit]
        one, many = known.it if self.language.code == "it" else known.en
        if self.ranks(unit):
            return f"{one} {self.number(number)}"
        return f"{self.number(number)} {one if number == 1 else many}"

    def exact(self, value: Exact, unit: str) -> str:
        """A value that is known: a day, an amount in its unit, or a text as it is."""
        if isinstance(value, dt.date):
            return self.day(value)
        if isinstance(value, dt.time):
            return self.time(value)
        if isinstance(value, bool):
            return self.language.say("sì") if value else self.language.say("no")
        if isinstance(value, int | Decimal | Fraction):
            return self.quantity(value, unit)
        return ", ".join(self.exact(item, unit) for item in value) if isinstance(value, tuple) else value

    def span(self, value: Range, unit: str, *, least: bool = True, greatest: bool = True) -> str:
        """A range in words. An end that says nothing (a bound of the vocabulary) is left out; "" when both are."""
        say = self.language.say
        least, greatest = least and value.least is not None, greatest and value.greatest is not None
        if least and not greatest and value.least == 0:
            return ""  # that it is not negative says nothing
        low, high = ("" if end is None else self.exact(end, unit) for end in (value.least, value.greatest))
        if isinstance(value.least, dt.time):
            if least and greatest:
                return say("fra le {low} e le {high}", low=low, high=high)
            return (
                say("non prima delle {low}", low=low)
                if least
                else say("entro le {high}", high=high)
                if greatest
                else ""
            )
        if isinstance(value.least, dt.date) or isinstance(value.greatest, dt.date):
            if least and greatest:
                return say("fra il {low} e il {high}", low=low, high=high)
            return (
                say("non prima del {low}", low=low) if least else say("entro il {high}", high=high) if greatest else ""
            )
        if least and greatest:
            if unit not in (EURO, SHARE) and not self.ranks(unit) and isinstance(value.least, int | Decimal | Fraction):
                low = self.quantity(value.least, "" if unit != YEAR else YEAR)
            return say("fra {low} e {high}", low=low, high=high)
        return say("almeno {low}", low=low) if least else say("al massimo {high}", high=high) if greatest else ""

    def value(self, value: Shown, unit: str, ends: Callable[[Range], tuple[bool, bool]] | None = None) -> str:
        """Any value; "" where nothing is known of it. `ends` tells which ends of a range say something."""
        if value is None:
            return ""
        if isinstance(value, Range):
            least, greatest = ends(value) if ends else (True, True)
            return self.span(value, unit, least=least, greatest=greatest)
        return self.exact(value, unit)
