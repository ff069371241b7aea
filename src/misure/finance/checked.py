# SPDX-License-Identifier: Apache-2.0
"""What a caller hands to a calculation, read value by value: every fault is kept, and all are told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeVar

from misure.ground.arguments import shown, words_of_kind
from misure.ground.errors import BadFacts
from misure.ground.given import cents, day, exact, rate
from misure.ground.money import MOST_DIGITS
from misure.ground.place import Fault, Place, nearest
from misure.ground.ranges import Range

__all__ = ["Checked", "Ends"]

T = TypeVar("T")

_MOST = 10**MOST_DIGITS


class Ends(tuple[T, T]):
    """The least and the greatest that a value may be; one value twice where it is known."""

    __slots__ = ()

    @classmethod
    def of(cls, least: T, greatest: T) -> Ends[T]:
        return cls((least, greatest))


class Checked:
    """Reads the values of one call.

    After a fault it goes on with a stand-in, so that the next faults are found too; `done` raises before a stand-in can
    reach a calculation.

    >>> asked = Checked("loan_gge")
    >>> asked.rate("rate", "0.5%")
    Fraction(1, 200)
    >>> asked.rate("rate", "5"), asked.count("months", 0, 1, 1200)
    (Fraction(0, 1), 1)
    >>> asked.done()
    Traceback (most recent call last):
    ...
    misure.ground.errors.BadFacts: <loan_gge>: months: expected a whole number from 1 to 1200; got 0
    <loan_gge>: rate: 5 is above 100%: a rate of 5 per cent is written 5%
    """

    def __init__(self, call: str) -> None:
        self._place = Place(f"<{call}>")
        self._faults: list[Fault] = []

    @property
    def found(self) -> int:
        """How many faults there are so far: what rests on a stand-in is not checked further."""
        return len(self._faults)

    def fault(self, subject: str, message: str, suggestion: str | None = None) -> None:
        self._faults.append(Fault(self._place, subject, message, suggestion))

    def done(self) -> None:
        """Raise what was found.

        Raises:
            BadFacts: Something was.
        """
        if self._faults:
            raise BadFacts(self._faults)

    def _read(self, subject: str, value: object, reader: Callable[[object], T], stand_in: T) -> T:
        try:
            return reader(value)
        except ValueError as problem:
            self.fault(subject, str(problem))
            return stand_in

    def money(self, subject: str, value: object) -> int:
        """An amount in cents."""
        return self._read(subject, value, _cents, 1)

    def positive(self, subject: str, value: object) -> int:
        """An amount in cents, more than none."""
        amount = self.money(subject, value)
        if not amount:
            self.fault(subject, "is zero: there is nothing to compute")
        return amount or 1

    def rate(self, subject: str, value: object) -> Fraction:
        """A share or a yearly rate, from 0 to 100%."""
        return self._read(subject, value, rate, Fraction(0))

    def number(self, subject: str, value: object) -> Fraction:
        """An exact number that is not negative, with however many decimals."""
        if isinstance(value, str) and value.endswith("%"):
            self.fault(subject, f"{value:.60} is a share, and an amount is asked for")
            return Fraction(0)
        return self._read(subject, value, _number, Fraction(0))

    def refused(self, *subjects: str) -> bool:
        """Whether a fault of one of these was found: what stands in its place was told by nobody."""
        return any(fault.subject in subjects for fault in self._faults)

    def count(self, subject: str, value: object, least: int, most: int) -> int:
        """A whole number between two others."""
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(subject, f"expected a whole number from {least} to {most}; got {_shown(value)}")
            return least
        return value

    def day(self, subject: str, value: object) -> int:
        """A day as an ordinal."""
        return self._read(subject, value, day, 1)

    def one_of(self, subject: str, value: object, names: Iterable[str]) -> str:
        """A name of a closed list."""
        known = tuple(map(str, names))
        if isinstance(value, str) and value in known:
            return str(value)
        hint = nearest(value.lower(), known) if isinstance(value, str) else None
        self.fault(subject, f"expected one of {', '.join(known)}; got {_shown(value)}", hint)
        return known[0]

    def months(self, months: object, years: object, most: int) -> int:
        """A duration that is given in months or in years, and not in both."""
        if (months is None) == (years is None):
            self.fault(
                "months", f"the duration is given either in months or in years; got {shown(months)} and {shown(years)}"
            )
            return 12
        if years is None:
            return self.count("months", months, 1, most)
        return 12 * self.count("years", years, 1, most // 12)

    def grade(self, subject: str, value: object, grades: Iterable[str]) -> str | None:
        """A rating by letter, or None where it is not known."""
        if value is None:
            return None
        known = tuple(grades)
        if isinstance(value, str):
            for name in known:
                if value.upper() == name.upper():
                    return name
        return self.one_of(subject, value, known)

    def instance(self, subject: str, value: object, kind: type) -> None:
        """Whether a value is of a kind that reads its own fields."""
        if not isinstance(value, kind):
            self.fault(subject, f"expected {words_of_kind(kind)}; got {_shown(value)}")

    def truth(self, subject: str, value: object) -> bool | None:
        """Yes, no, or not known."""
        if value is None or isinstance(value, bool):
            return value
        self.fault(subject, f"expected True, False, or None when it is not known; got {_shown(value)}")
        return None

    def ends(self, subject: str, value: object, reader: Callable[[str, object], T]) -> Ends[T]:
        """A value that may be a `Range`, as its two ends, each read by a method of this object."""
        if not isinstance(value, Range):
            one = reader(subject, value)
            return Ends.of(one, one)
        before = self.found
        least, greatest = reader(subject, value.least), reader(subject, value.greatest)
        if self.found == before and least > greatest:  # type: ignore[operator]
            self.fault(subject, f"the range begins at {value.least}, above its end {value.greatest}")
        return Ends.of(least, greatest)


def _cents(value: object) -> int:
    if isinstance(value, int) and abs(value) >= _MOST:
        raise ValueError(f"{_shown(value)} is no amount that an act could name")
    return cents(value)


def _number(value: object) -> Fraction:
    number = exact(value)
    if max(abs(number.numerator), number.denominator) >= _MOST**2:
        raise ValueError(f"a number with more than {2 * MOST_DIGITS} digits is a mistake")
    if number < 0:
        raise ValueError(f"{value} is negative")
    return number


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) >= _MOST:
        return f"a number of more than {MOST_DIGITS} digits"
    return shown(value)
