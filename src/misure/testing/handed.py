# SPDX-License-Identifier: Apache-2.0
"""What a caller hands to the test tools, looked at before anything is drawn or run: who made the mistake is told in plain words.

>>> import datetime as dt
>>> a_question("lombardia/filiere", dt.date(2022, 6, 1))
Traceback (most recent call last):
...
TypeError: expected a measure, such as misure.catalogue()['lombardia/filiere']; got 'lombardia/filiere'
>>> a_count("examples", 0)
Traceback (most recent call last):
...
ValueError: examples= is at least 1; got 0
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.given import Mistake
from misure.ground.place import Fault, Place, nearest

__all__ = ["a_count", "a_day", "a_measure", "a_question", "all_of", "known", "named", "refuse", "seed_of", "yes_or_no"]

T = TypeVar("T")


def a_measure(measure: object) -> None:
    """Look that it is a measure.

    Raises:
        TypeError: It is something else, such as its id.
    """
    if not isinstance(measure, Measure):
        name = measure if isinstance(measure, str) and measure.isprintable() else "lombardia/filiere"
        raise TypeError(f"expected a measure, such as misure.catalogue()[{name!r}]; got {measure!r:.60}")


def a_day(on: object) -> None:
    """Look that it is a day.

    Raises:
        TypeError: It is something else, or has a time of day.
    """
    if type(on) is not dt.date:
        raise TypeError(f"on= is a datetime.date; got {on!r:.60}")


def a_question(measure: Measure, on: dt.date) -> None:
    """Look that a measure can be asked on a day.

    Raises:
        TypeError: It is no measure, or no day.
        NotEncoded: No law is encoded for the day.
    """
    a_measure(measure)
    a_day(on)
    compiled(measure).check_question(on)


def a_count(name: str, given: object, least: int = 1, most: int = 1_000_000) -> None:
    """Look that it is a whole number, not less than so many, and not so many that nobody could wait for them.

    Raises:
        TypeError: It is no whole number; neither yes nor no is one.
        ValueError: It is less, or more.
    """
    _whole(name, given)
    if isinstance(given, int) and given < least:
        raise ValueError(f"{name}= is at least {least}; got {given}")
    if isinstance(given, int) and given > most:
        raise ValueError(f"{name}= is at most {most}; got {'more' if given.bit_length() > 64 else given}")


def seed_of(given: object) -> None:
    """Look that it is a seed.

    Raises:
        TypeError: It is no whole number.
    """
    _whole("seed", given)


def _whole(name: str, given: object) -> None:
    if isinstance(given, bool) or not isinstance(given, int):
        raise TypeError(f"{name}= is a whole number; got {given!r:.60}")


def yes_or_no(name: str, given: object) -> None:
    """Look that it is True or False.

    Raises:
        TypeError: It is something else, of which nobody knows whether it is meant as yes.
    """
    if not isinstance(given, bool):
        raise TypeError(f"{name}= is True or False; got {given!r:.60}")


def all_of(name: str, given: Iterable[T], kind: type[T], what: str) -> tuple[T, ...]:
    """Everything of a list, which must be of one kind.

    Raises:
        TypeError: It is no list, or holds something else.
    """
    if isinstance(given, kind | str | bytes | Mapping) or not isinstance(given, Iterable):
        raise TypeError(f"{name}= is a list of {what}, even when there is one; got {given!r:.60}")
    found = tuple(given)
    for at, one in enumerate(found):
        if not isinstance(one, kind):
            raise TypeError(f"{name}= is a list of {what}; number {at} is {one!r:.60}")
    return found


def named(fixed: object) -> None:
    """Look that what is fixed is told by name, as `decide` takes it.

    Raises:
        TypeError: It is something else.
    """
    if fixed is not None and not isinstance(fixed, Mapping):
        raise TypeError(f"fixed= is a mapping of facts and tables, each by its name; got {fixed!r:.60}")


def known(name: Any, names: Iterable[str], what: str) -> str:
    """The name, which must be one of these.

    Raises:
        TypeError: It is no text.
        ValueError: It is none of them; the nearest is named.
    """
    names = list(names)
    if not isinstance(name, str):
        raise TypeError(f"expected a name; got {name!r:.60}: {what} is called so")
    if name not in names:
        close = nearest(name, names)
        raise ValueError(
            f"{what} is called {name!r}; " + (f"did you mean {close!r}?" if close else f"they are {', '.join(names)}")
        )
    return str(name)


def refuse(where: str, mistakes: Iterable[Mistake]) -> None:
    """Raise one `ValueError` with every mistake in a line of its own, each with its place, if there is one.

    >>> refuse("shares=", [("size.micr", "no such choice", "micro"), ("seat", "the weights are all nothing")])
    Traceback (most recent call last):
    ...
    ValueError: shares=: size.micr: no such choice; did you mean 'micro'?
    shares=: seat: the weights are all nothing
    """
    found = [Fault(Place(where), *mistake) for mistake in mistakes]
    if found:
        raise ValueError("\n".join(map(str, found)))
