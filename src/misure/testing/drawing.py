# SPDX-License-Identifier: Apache-2.0
"""Values and records as Hypothesis strategies: what the questions of `strategies` are put together from.

The public strategies of facts, which say one thing after another otherwise, are in `drawn`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from misure.facts.dossier import Column
from misure.facts.values import Said
from misure.facts.vocabulary import Fact, Kind, Table
from misure.testing.edges import edges_of
from misure.testing.told import Facts, keys_of

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["draw_keys", "draw_said", "draw_table", "made_once", "tie", "weighed"]


def weighed(*strategies: tuple[int, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """One of some strategies, each by its weight; examples shrink to the first. What `|` names twice counts once."""
    return st.sampled_from([strategy for weight, strategy in strategies for _ in range(weight)]).flatmap(
        lambda one: one
    )


def made_once(make: Callable[..., st.SearchStrategy[Any]]) -> Callable[..., st.SearchStrategy[Any]]:
    """What a fact of a table ("" for the applicant's own) is drawn from on the day of a question, made once.

    Hypothesis works out anew what each one is, and that costs more than drawing from it.
    """
    made: dict[tuple[object, ...], tuple[Fact, st.SearchStrategy[Any]]] = {}

    def found(measure: Measure, table: str, fact: Fact, on: dt.date, *how: bool) -> st.SearchStrategy[Any]:
        key = (measure, table, fact.name, on, *how)
        known = made.get(key)
        if known is None or known[0] is not fact:
            if len(made) > _MOST_MADE:
                made.clear()
            known = made[key] = (fact, make(measure, table, fact, on, *how))
        return known[1]

    return found


_MOST_MADE = 10_000


def draw_said(measure: Measure, table: str, fact: Fact, on: dt.date, *, edges: bool = True) -> st.SearchStrategy[Said]:
    """A value of one fact, in internal form."""
    return _said(measure, table, fact, on, edges)


@made_once
def _said(measure: Measure, table: str, fact: Fact, on: dt.date, edges: bool) -> st.SearchStrategy[Said]:
    found = edges_of(measure)
    values = st.sampled_from(found.values(fact, on.toordinal())) if edges else st.nothing()
    match fact.kind:
        case Kind.NUMBER if not table and fact.name in found.criteria:
            anything = values | st.integers(fact.least, fact.greatest)
            given = st.sampled_from(found.points(fact))
            if not found.steps(fact):
                given |= st.integers(fact.least, found.most(fact))
            return weighed((39, given), (1, anything))
        case Kind.NUMBER | Kind.DATE:
            return values | st.integers(fact.least, fact.greatest)
        case Kind.EVENT:
            return _events(measure, fact, on, values)
        case Kind.TRUTH:
            helps = found.favourable.get((table, fact.name), True)
            return st.sampled_from([helps] * 15 + [not helps])
        case Kind.CHOICE:
            options = found.choices(fact)
            return st.sampled_from([*options[:2] * 4, *options])
        case _:
            return st.sampled_from(found.values(fact, on.toordinal()))


def _events(measure: Measure, fact: Fact, on: dt.date, values: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
    """Much further back than eight years no law is encoded; of the event that picks the law, one day is enough."""
    latest = min(fact.greatest, on.toordinal())
    earliest = max(fact.least, on.toordinal() - 3000)
    if fact.name != measure.rulebook.law_of:
        return values | st.integers(min(earliest, latest), latest)
    first = measure.editions[0].day.toordinal()
    encoded = values.filter(lambda day: not 0 < int(day or 0) < first) | st.integers(
        min(max(earliest, first), latest), latest
    )
    return weighed((39, encoded), (1, st.just(first - 1)))


@st.composite
def draw_table(draw: st.DrawFn, measure: Measure, table: Table, on: dt.date, *, missing: bool, edges: bool) -> Any:
    """A table: copies of one record, a few others, and where things may be missing some fields or records untold."""
    size = draw(st.sampled_from(edges_of(measure).sizes(table.max_items)))
    fields = {name: fact for name, fact in table.fields.items() if name != table.key}
    record = st.fixed_dictionaries(
        {name: draw_said(measure, table.name, fact, on, edges=edges) for name, fact in fields.items()}
    )
    odd = draw(st.lists(record, max_size=min(3, table.max_items - size))) if size < table.max_items else []
    rows = [dict(draw(record))] if size else []
    rows = [dict(row) for row in rows * size] + [dict(row) for row in odd]
    for row in rows[:3]:
        tie(draw, measure, fields, row)
    keys = draw(draw_keys(measure, table, on))
    told: list[Facts] = [
        {table.key: key} | {name: Column.of(fields[name]).json(value) for name, value in row.items()}
        for key, row in zip(keys, rows, strict=False)
    ]
    if not missing:
        return told
    if told and fields:
        gap = st.tuples(st.integers(0, len(told) - 1), st.sampled_from(sorted(fields)))
        for at, name in draw(st.lists(gap, max_size=4)):
            told[at].pop(name, None)
    return {"records": told, "complete": False} if draw(st.sampled_from([False] * 5 + [True])) else told


def draw_keys(measure: Measure, table: Table, on: dt.date) -> st.SearchStrategy[list[Any]]:
    """Keys enough for any table that is drawn, each another; numbers about one that is drawn."""
    spec = table.fields[table.key]
    if spec.kind is not Kind.NUMBER:
        return st.just(list(keys_of(table, 0)))
    return draw_said(measure, table.name, spec, on).map(lambda first: list(keys_of(table, int(first or 0))))


def tie(draw: st.DrawFn, measure: Measure, facts: Mapping[str, Fact], told: dict[str, Said]) -> None:
    """Now and then one amount is set exactly on a legal share of another, or one step beside it."""
    shares = edges_of(measure).shares
    amounts = [name for name in told if facts[name].kind is Kind.NUMBER and facts[name].unit == "EUR"]
    if len(amounts) < 2 or not shares or not draw(st.sampled_from([False, True])):
        return
    one, other = draw(st.permutations(amounts))[:2]
    at = int(int(told[other]) * draw(st.sampled_from(shares))) + draw(st.sampled_from([0, 1, -1]))
    if facts[one].least <= at <= facts[one].greatest:
        told[one] = at
