# SPDX-License-Identifier: Apache-2.0
"""An application: what is said of the applicant, and what only the office that received it knows.

>>> Application("D-001", {"capofila": "alfa"}, filed_at="2022-09-05T11:00:03")
Application('D-001')
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from misure._reopen import by_public_name
from misure.facts.reader import Places
from misure.facts.truth_texts import likely_truth, truth_of
from misure.facts.values import shown
from misure.ground.clock import Instant, WrongInstant, instant
from misure.ground.place import Fault, Place, nearest
from misure.ground.plain_ids import NO_ID, TWO_HAVE_IT, is_an_id, plain_id
from misure.ground.times import time_number

__all__ = [
    "APPLICATIONS", "OFFICE", "Application", "Filing", "applications_of", "check_ids", "filing_place",
    "natural", "read_filing",
]  # fmt: skip

OFFICE = ("filed_at", "admitted", "window")
"""What the office says of an application, beside its id."""
APPLICATIONS = Place("<applications>")
_NUMBERS = re.compile("([0-9]+)")


@by_public_name
@dataclass(frozen=True, slots=True, repr=False)
class Application:
    """One application of a call.

    Args:
        id: How the office tells it from the others, such as its protocol number; blanks at its ends are left out, and letters
            are composed (NFC), here as in files and frames.
        facts: A mapping, JSON text, a pydantic object; or a `Decision` of the same measure on the same day.
        filed_at: The instant of filing, Europe/Rome: `2022-09-05T11:00:03`, a datetime, or an `Instant`.
        admitted: Whether the office has formally admitted it. What the rules find must not contradict it.
        window: The id of the window in which it was filed, where its day does not tell.
        place: Where it stands in the file from which it was read.
        places: Where each of its facts stands there.
        text_source: Whether every fact is a text, as in a file of which all cells are.
    """

    id: str
    facts: Any = field(default=None, hash=False)
    filed_at: Instant | dt.datetime | str | None = None
    admitted: bool | str | None = None
    window: str | None = None
    place: Place = APPLICATIONS
    places: Places | None = field(default=None, hash=False)
    text_source: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.id, str):
            object.__setattr__(self, "id", plain_id(self.id))

    def __repr__(self) -> str:
        return f"Application({self.id!r})"


@dataclass(frozen=True, slots=True)
class Filing:
    """What the office says of one application, read and checked."""

    filed_at: Instant | None
    admitted: bool | None
    window: str | None

    @property
    def day(self) -> int | None:
        """The ordinal of the day of filing in Italy."""
        return None if self.filed_at is None else self.filed_at.day.toordinal()

    @property
    def time(self) -> int | None:
        """What the clock of Italy showed at the instant of filing, in microseconds from midnight."""
        return None if self.filed_at is None else time_number(self.filed_at.local.time())

    @property
    def in_window(self) -> bool | None:
        """That it was filed in a window: the office named one, or admitted it. That it was not, the office does not say so."""
        return True if self.window is not None or self.admitted is True else None


def applications_of(given: object) -> Iterator[Application | Fault]:
    """The applications that were handed over, whatever their form, or what is wrong with one.

    `given` is a mapping from ids to facts, or anything to go through: applications, or mappings with `id`, `facts` and
    what the office says.
    """
    if isinstance(given, Mapping):
        yield from (Application(id_, facts) for id_, facts in given.items())
        return
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise TypeError(f"expected applications; got {shown(given)}")
    for at, one in enumerate(given):
        if isinstance(one, Application):
            yield one
        elif isinstance(one, Mapping):
            yield from _from_mapping(one, at)
        else:
            yield Fault(APPLICATIONS, f"[{at}]", f"expected an application; got {shown(one)}")


def _from_mapping(one: Mapping[Any, Any], at: int) -> Iterator[Application | Fault]:
    known = ("id", "facts", *OFFICE)
    strange = [key for key in one if key not in known]
    for key in strange:
        close = nearest(str(key), known)
        yield Fault(APPLICATIONS, f"[{at}]", f"an application has no {str(key)[:60]!r}", close)
    if "id" not in one:
        yield Fault(APPLICATIONS, f"[{at}]", "an application needs its id")
    # What else is wrong with it is told too, where it has no id under its number.
    yield Application(**{"id": f"[{at}]", **{str(key): value for key, value in one.items() if key in known}})


def natural(id_: str) -> tuple[str | int, ...]:
    """What puts ids in the order in which people count: numbers within them as numbers.

    >>> sorted(["D-10", "D-2", "D-2b"], key=natural)
    ['D-2', 'D-2b', 'D-10']
    """
    return tuple(int(part) if at % 2 else part for at, part in enumerate(_NUMBERS.split(id_)))


def check_ids(applications: Iterable[Application]) -> Iterator[Fault]:
    """A fault for every id that is none, or stands twice."""
    seen: dict[str, Place] = {}
    for one in applications:
        id_: object = one.id
        if not isinstance(id_, str) or not is_an_id(id_):
            yield Fault(one.place, shown(one.id), NO_ID)
        elif one.id in seen:
            where = f", first at {seen[one.id]}" if seen[one.id].line else ""
            yield Fault(one.place, one.id, f"{TWO_HAVE_IT}{where}")
        else:
            seen[one.id] = one.place


def filing_place(one: Application, name: str) -> Place:
    """Where the file says it, if it was read from one."""
    return (one.places((name,)) if one.places is not None else None) or one.place


def read_filing(one: Application, windows: Iterable[str], faults: list[Fault]) -> Filing:
    """What the office says, checked; what is wrong is added to `faults`."""
    filed = admitted = None
    if one.filed_at is not None:
        try:
            filed = instant(one.filed_at)
        except WrongInstant as wrong:
            place = filing_place(one, "filed_at")
            faults.append(
                Fault(
                    place,
                    f"{one.id}.filed_at",
                    wrong.as_text,
                    wrong.suggestion,
                )
            )
    if one.admitted is not None:
        said = truth_of(one.admitted) if isinstance(one.admitted, str) else one.admitted
        if isinstance(said, bool):
            admitted = said
        else:
            message = f"expected true or false; got {shown(one.admitted)}"
            close = likely_truth(one.admitted) if isinstance(one.admitted, str) else None
            faults.append(Fault(filing_place(one, "admitted"), f"{one.id}.admitted", message, close))
    names = list(windows)
    if one.window is not None and one.window not in names:
        message = f"no window is called {shown(one.window)}" if names else "the call has no windows"
        faults.append(Fault(filing_place(one, "window"), f"{one.id}.window", message, nearest(str(one.window), names)))
        return Filing(filed, admitted, None)
    return Filing(filed, admitted, one.window)
