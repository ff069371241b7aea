# SPDX-License-Identifier: Apache-2.0
"""Applications as the columns of a selection: what each asks, where it stands, what it may draw on.

One candidate is one row, whether it was decided as an object or in a frame: from here on both go the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from misure.allocating import MAYBE, NO, YES, Columns
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.facts.dossier import Dossier
from misure.ground.clock import Instant, midnight_after
from misure.rulebook.selection import FILED_AT, Relation, Selection

__all__ = [
    "ADMITTED", "ALWAYS", "Candidates", "Window", "columns_of", "filing", "key_of_one", "keys_reader",
    "moment", "surely_in_a_window", "windows_of",
]  # fmt: skip

ADMITTED = (NO, YES, MAYBE, YES)
"""What each printed outcome (refused, eligible, undecided, no known obstacle) says of admission, as far as the rules know."""
ALWAYS = (-(1 << 60), 1 << 60)
"""The instant of filing of which nothing is known."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_STEP = dt.timedelta(microseconds=1)


def moment(given: Instant) -> int:
    """An instant as a whole number of microseconds.

    >>> from misure.ground.clock import instant
    >>> moment(instant("1970-01-01T01:00:01"))
    1000000
    """
    return (given.utc - _EPOCH) // _STEP


@dataclass(frozen=True, slots=True)
class Window:
    """One window under the law of the day: the ranges of its first and of its last day, as ordinals."""

    id: str
    opens: tuple[int, int]
    closes: tuple[int, int]


@dataclass(slots=True)
class Candidates:
    """The candidates, column by column. Amounts are cents, truths as `selecting` writes them."""

    ids: list[str] = field(default_factory=list)
    admitted: list[int] = field(default_factory=list)
    asked: list[tuple[int, int]] = field(default_factory=list)
    keys: list[list[tuple[int, int]]] = field(default_factory=list)
    """For each key of the order that the program works out, its range."""
    budgets: list[list[int]] = field(default_factory=list)
    """For each envelope, whether its condition is met."""
    texts: list[list[tuple[tuple[str, ...], bool]]] = field(default_factory=list)
    """For each relation, the keys that the application says, and whether it may have others that it does not say."""
    filed: list[tuple[int, int]] = field(default_factory=list)
    """The instant of filing, in microseconds; the whole day where only that is known."""
    day: list[tuple[int, int]] = field(default_factory=list)
    """The day of filing, as an ordinal; no day at all where it is not known."""
    window: list[str | None] = field(default_factory=list)
    """The window that the office says."""
    received: list[bool] = field(default_factory=list)
    """Whether the office admitted it, and so received it in one of the windows."""

    @classmethod
    def of(cls, rule: Selection) -> Candidates:
        """No candidates yet, with the columns that a selection needs."""
        programmed = sum(key.name != FILED_AT for key in rule.keys)
        return cls(
            keys=[[] for _ in range(programmed)],
            budgets=[[] for _ in rule.envelopes],
            texts=[[] for _ in rule.relations],
        )


UNKNOWN_DAY = (1, dt.date.max.toordinal())


def filing(filed_at: Instant | None, day: int | None) -> tuple[tuple[int, int], tuple[int, int]]:
    """The instant and the day of filing as ranges, from what is known of them."""
    if filed_at is not None:
        at = moment(filed_at)
        ordinal = filed_at.day.toordinal()
        return (at, at), (ordinal, ordinal)
    if day:
        return (moment(midnight_after(day - 1)), moment(midnight_after(day)) - 1), (day, day)
    return ALWAYS, UNKNOWN_DAY


def columns_of(candidates: Candidates, rule: Selection, windows: Sequence[Window]) -> Columns:
    """The columns of a selection. A candidate outside every window is not admitted; one that may be, perhaps."""
    rows = range(len(candidates.ids))
    found: list[tuple[int, ...]] = [windows_of(candidates, windows, row) if windows else (-1,) for row in rows]
    admitted = [_admitted(candidates, windows, row, found[row]) for row in rows] if windows else candidates.admitted
    ends = _key_columns(candidates, rule)
    first, last = (_tuples([end[side] for end in ends], found, windows, side) for side in (0, 1))
    return Columns(
        admitted=admitted, first=first, last=last,
        least=[low for low, _ in candidates.asked], most=[high for _, high in candidates.asked],
        filed=candidates.filed, windows=found, budgets=candidates.budgets,
        keys=candidates.texts,
    )  # fmt: skip


def _key_columns(candidates: Candidates, rule: Selection) -> list[tuple[list[int], list[int]]]:
    """The best and the worst value of each key, turned so that the lesser comes first."""
    programmed = iter(candidates.keys)
    found = []
    for key in rule.keys:
        ranges = candidates.filed if key.name == FILED_AT else next(programmed)
        if key.falls:
            found.append(([-high for _, high in ranges], [-low for low, _ in ranges]))
        else:
            found.append(([low for low, _ in ranges], [high for _, high in ranges]))
    return found


def _tuples(
    columns: list[list[int]], windows: list[tuple[int, ...]], named: Sequence[Window], side: int
) -> list[tuple[int, ...]]:
    """The keys of each row as one tuple; the window comes before all of them."""
    if named:
        own = [(found[-side] if found else len(named)) for found in windows]
        columns = [own, *columns]
    if not columns:
        return [()] * len(windows)
    return list(zip(*columns, strict=True))


def _admitted(candidates: Candidates, windows: Sequence[Window], row: int, found: tuple[int, ...]) -> int:
    """Whether a candidate is admitted, once it is seen in which windows it may have been filed."""
    if not found:
        return NO
    there = candidates.admitted[row]
    return there if surely_in_a_window(candidates, windows, row) else min(there, MAYBE)


def surely_in_a_window(candidates: Candidates, windows: Sequence[Window], row: int) -> bool:
    """Whether a candidate was filed in some window, whatever the days that nobody published turn out to be."""
    if candidates.received[row] or candidates.window[row] is not None:
        return True
    first, last = candidates.day[row]
    return any(first >= window.opens[1] and last <= window.closes[0] for window in windows)


def windows_of(candidates: Candidates, windows: Sequence[Window], row: int) -> tuple[int, ...]:
    """The windows in which a candidate may have been filed, in order."""
    said = candidates.window[row]
    if said is not None:
        return (next(at for at, window in enumerate(windows) if window.id == said),)
    first, last = candidates.day[row]
    return tuple(at for at, window in enumerate(windows) if last >= window.opens[0] and first <= window.closes[1])


def keys_reader(measure: Measure, relation: Relation) -> Callable[[Dossier], tuple[tuple[str, ...], bool]]:
    """Reads the keys of one relation: a fact, or a field of records of a table; and whether some may be untold."""
    table, dot, name = relation.key.partition(".")
    form = compiled(measure).facts.layout
    inputs = [column.name for column in form.inputs]
    if not dot:
        at = inputs.index(relation.key)
        return lambda dossier: _told([dossier.values[at]], unseen=0)
    place = [one.name for one in form.tables].index(table)
    columns = [column.name for column in form.tables[place].columns]
    field = columns.index(name)
    if relation.of:
        who, key = inputs.index(relation.of), columns.index(measure.rulebook.tables[table].key)
        return lambda dossier: key_of_one(
            dossier.values[who], [(record[key], record[field]) for record in dossier.tables[place][0]]
        )

    def read(dossier: Dossier) -> tuple[tuple[str, ...], bool]:
        records, unseen = dossier.tables[place]
        return _told([record[field] for record in records], unseen=unseen)

    return read


def key_of_one(who: object, records: Iterable[tuple[object, object]]) -> tuple[tuple[str, ...], bool]:
    """The key of the record that is named, and whether it may be one that is not told; `records` are names and keys."""
    found = None if who is None else next((key for name, key in records if name == who), None)
    return _told([found], unseen=0)


def _told(said: Sequence[object], *, unseen: int) -> tuple[tuple[str, ...], bool]:
    return tuple(str(one) for one in said if one is not None), bool(unseen) or None in said
