# SPDX-License-Identifier: Apache-2.0
"""Applicants of domains so small that every completion of what is not told can be tried."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from misure.facts.dossier import Dossier
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind, Table
from misure.testing.conformance.cases import ON, TODAY
from misure.testing.conformance.door import layout_of

__all__ = [
    "DATES", "DOMAINS", "FACTS", "FIELDS", "FORM", "MOST", "NUMBERS", "TABLES", "completed", "dossier", "dossiers",
]  # fmt: skip

MOST = 2
"""The most records of a table."""

NUMBERS = {"a": (-2, 2), "b": (0, 3), "c": (1, 3)}
FIELDS = {"v": (-2, 1), "w": (0, 2)}
_CHOICES = ("x", "y", "z")
_CODES = ("01", "01.2", "62.01")
DATES = (TODAY - 150, TODAY + 1, TODAY + 3)
"""2 January; 2 June, a holiday; 4 June, a Saturday, the eve of a Sunday."""


def _by_name(*facts: Fact) -> dict[str, Fact]:
    return {fact.name: fact for fact in facts}


def _numbers(bounds: Mapping[str, tuple[int, int]]) -> list[Fact]:
    return [Fact(name, Kind.NUMBER, least=least, greatest=greatest) for name, (least, greatest) in bounds.items()]


FACTS = _by_name(
    *_numbers(NUMBERS), Fact("p", Kind.TRUTH), Fact("q", Kind.TRUTH),
    Fact("k", Kind.CHOICE, choices=dict.fromkeys(_CHOICES, "")), Fact("code", Kind.CODE),
    Fact("t", Kind.TEXT, greatest=9), Fact("d", Kind.DATE, least=DATES[0], greatest=DATES[-1]),
    Fact("e", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY),
)  # fmt: skip
TABLES = {
    "rows": Table(
        "rows", "", "", MOST, _by_name(*_numbers(FIELDS), Fact("s", Kind.TRUTH), Fact("u", Kind.TEXT, greatest=9))
    )
}
FORM = layout_of(FACTS, TABLES)

DOMAINS: Mapping[str, Sequence[Any]] = {
    **{name: range(least, greatest + 1) for name, (least, greatest) in {**NUMBERS, **FIELDS}.items()},
    "p": (False, True), "q": (False, True), "k": _CHOICES, "code": _CODES, "t": ("m", "n"), "d": DATES,
    "e": (0, FIRST_DAY, TODAY - 1, TODAY), "s": (False, True), "u": ("m", "n"),
}  # fmt: skip


def dossier(values: Sequence[Any], rows: Sequence[Sequence[Any]], unseen: int) -> Dossier:
    """The dossier of these values and records."""
    whole = None not in values and not unseen and all(None not in row for row in rows)
    return Dossier(FORM, ON, tuple(values), ((tuple(map(tuple, rows)), unseen),), (), (), whole)


@st.composite
def dossiers(draw: st.DrawFn, unknowns: int = 3) -> Dossier:
    """A dossier in which at most so many values are not known."""
    values = [draw(st.sampled_from(DOMAINS[column.name])) for column in FORM.inputs]
    columns = FORM.tables[0].columns
    size = draw(st.integers(0, MOST))
    rows = [[draw(st.sampled_from(DOMAINS[column.name])) for column in columns] for _ in range(size)]
    places: list[tuple[int | None, int]] = [(None, at) for at in range(len(values))]
    places += [(row, at) for row in range(size) for at in range(len(columns))]
    for row, at in draw(st.lists(st.sampled_from(places), max_size=unknowns, unique=True)):
        if row is None:
            values[at] = None
        else:
            rows[row][at] = None
    unseen = MOST - size if draw(st.sampled_from([False, False, True])) else 0
    return dossier(values, rows, unseen)


def _ways(names: Sequence[str], told: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Every way of telling what is not told."""
    return itertools.product(
        *([value] if value is not None else DOMAINS[name] for name, value in zip(names, told, strict=True))
    )


def completed(partial: Dossier) -> Iterator[Dossier]:
    """Every completion of a dossier."""
    names = [column.name for column in FORM.inputs]
    fields = [column.name for column in FORM.tables[0].columns]
    ((rows, unseen),) = partial.tables
    for more in range(unseen + 1):
        records = [list(_ways(fields, row)) for row in rows]
        records += [list(_ways(fields, [None] * len(fields)))] * more
        for values in _ways(names, partial.values):
            for chosen in itertools.product(*records):
                yield dossier(values, chosen, 0)
