# SPDX-License-Identifier: Apache-2.0
"""Applicants drawn from the rules of a measure, for property tests with hypothesis.

Nothing is drawn blindly: numbers stand on the legal values and one step beside them, days on the edges of windows,
editions and terms, tables hold just enough records, and answers help the applicant except for a few. Examples shrink to
an applicant of whom nothing is said or, where everything must be told, to one with the first edge of every fact.

>>> import misure
>>> from hypothesis import find
>>> filiere = misure.catalogue()["lombardia/filiere"]
>>> facts, on = find(questions(filiere), lambda question: filiere.decide(question[0], on=question[1]).outcome == "refused")
>>> str(filiere.decide(facts, on=on).outcome)
'refused'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from misure.deciding.machinery import compiled
from misure.facts.dossier import Column
from misure.facts.values import Said, read_value
from misure.facts.vocabulary import Fact, Kind, Nature, Table
from misure.ground.errors import MisureError
from misure.identifiers.forms import made_up
from misure.testing.edges import MOST_RECORDS, Edges
from misure.testing.worked_cases import cases_of_measure

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["Facts", "Question", "applicants", "completions", "days", "edges_of", "near_cases", "questions"]

Facts: TypeAlias = dict[str, Any]
"""What is said of an applicant, as plain JSON values."""
Question: TypeAlias = tuple[Facts, dt.date]
"""An applicant and the day on which the question is put."""


@lru_cache(maxsize=64)
def edges_of(measure: Measure) -> Edges:
    """The edges of a measure's rules, worked out once."""
    return Edges(measure.rulebook)


def days(measure: Measure) -> st.SearchStrategy[dt.date]:
    """Days of the question: on and around every day of the law, from the first edition on."""
    edges = edges_of(measure).questions()
    first = edges[0]
    return st.sampled_from(edges) | st.dates(first, first + dt.timedelta(days=3000))


def _said(measure: Measure, table: str, fact: Fact, on: dt.date, *, edges: bool = True) -> st.SearchStrategy[Said]:
    """A value of one fact, in internal form."""
    found = edges_of(measure)
    values = st.sampled_from(found.values(fact, on.toordinal())) if edges else st.nothing()
    match fact.kind:
        case Kind.NUMBER | Kind.DATE:
            return values | values | st.integers(fact.least, fact.greatest)
        case Kind.EVENT:
            # Much further back no law is encoded; of the event that picks the law, one day further is enough.
            first = measure.editions[0].day.toordinal() - 1 if fact.name == measure.rulebook.law_of else 0
            low, high = max(fact.least, on.toordinal() - 3000, first), min(fact.greatest, on.toordinal())
            if first:
                values = values.filter(lambda day: not 0 < int(day) < first)
            return values | st.integers(min(low, high), high)
        case Kind.TRUTH:
            helps = found.favourable.get((table, fact.name), True)
            return st.sampled_from([helps] * 15 + [not helps])
        case Kind.CHOICE:
            options = found.choices(fact)
            return st.sampled_from([*options[:2] * 4, *options])
        case _:
            return st.sampled_from(found.values(fact, on.toordinal()))


@st.composite
def _tables(draw: st.DrawFn, measure: Measure, table: Table, on: dt.date, *, missing: bool, edges: bool) -> Any:
    """A table: copies of one record, a few others, and where things may be missing some fields or records untold."""
    size = draw(st.sampled_from(edges_of(measure).sizes(table.max_items)))
    fields = {name: fact for name, fact in table.fields.items() if name != table.key}
    record = st.fixed_dictionaries(
        {name: _said(measure, table.name, fact, on, edges=edges) for name, fact in fields.items()}
    )
    odd = draw(st.lists(record, max_size=min(3, table.max_items - size))) if size < table.max_items else []
    rows = [dict(draw(record))] if size else []
    rows = [dict(row) for row in rows * size] + [dict(row) for row in odd]
    for row in rows[:3]:
        _tie(draw, measure, fields, row)
    keys = draw(_keys(measure, table, on))
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


@st.composite
def _keys(draw: st.DrawFn, measure: Measure, table: Table, on: dt.date) -> list[Any]:
    """Keys enough for any table that is drawn, each another."""
    spec = table.fields[table.key]
    match spec.kind:
        case Kind.NUMBER:
            first = int(draw(_said(measure, table.name, spec, on)))
            found = [first, *(first + sign * step for step in range(1, 2 * MOST_RECORDS) for sign in (-1, 1))]
            return [Column.of(spec).json(key) for key in found if spec.least <= key <= spec.greatest]
        case Kind.CHOICE:
            return list(spec.choices)
        case _:
            if spec.identifier:
                return [made_up(spec.identifier, n) for n in range(2 * MOST_RECORDS)]
            return [f"r{n}" for n in range(1, 2 * MOST_RECORDS)]


def _tie(draw: st.DrawFn, measure: Measure, facts: Mapping[str, Fact], told: dict[str, Said]) -> None:
    """Now and then one amount is set exactly on a legal share of another, or one step beside it."""
    shares = edges_of(measure).shares
    amounts = [name for name in told if facts[name].kind is Kind.NUMBER and facts[name].unit == "EUR"]
    if len(amounts) < 2 or not shares or not draw(st.sampled_from([False, True])):
        return
    one, other = draw(st.permutations(amounts))[:2]
    at = int(int(told[other]) * draw(st.sampled_from(shares))) + draw(st.sampled_from([0, 1, -1]))
    if facts[one].least <= at <= facts[one].greatest:
        told[one] = at


@st.composite
def applicants(draw: st.DrawFn, measure: Measure, on: dt.date, *, missing: bool = True, edges: bool = True) -> Facts:
    """What may be said of an applicant on day `on`; with `missing=False` everything that the measure asks is told.

    The facts fit their types one by one; a total and its parts, told together, mostly agree.
    """
    book, form = measure.rulebook, compiled(measure).facts.form
    specs = {column.name: _fact(measure, column.name) for column in form.inputs}
    names = list(specs)
    asked = set(names)
    if missing:
        few, many = (
            st.sets(st.sampled_from(names), max_size=4),
            st.sets(st.sampled_from(names), min_size=len(names) // 2),
        )
        asked -= draw(st.just(asked) | few | many)
        for total, parts in _totals(measure):
            if total in asked and draw(st.sampled_from([False, False, True])):
                asked -= parts  # the total declared alone, which may then stand on any edge
    values = {name: draw(_said(measure, "", specs[name], on, edges=edges)) for name in names if name in asked}
    _tie(draw, measure, specs, values)
    facts: Facts = {name: Column.of(specs[name]).json(value) for name, value in values.items()}
    for name in facts:
        if specs[name].nature is Nature.ASSESSED and draw(st.sampled_from([False, False, True])):
            facts[name] = {"value": facts[name], "by": "Nucleo", "on": on.isoformat(), "why": "giudizio di prova"}
    for table in book.tables.values():
        if not missing or draw(st.sampled_from([False, True, True, True])):
            facts[table.name] = draw(_tables(measure, table, on, missing=missing, edges=edges))
    return _agreeing(measure, facts, on, set(facts)) if draw(st.sampled_from([True] * 5 + [False])) else facts


def _totals(measure: Measure) -> list[tuple[str, set[str]]]:
    """The facts that declare a total, each with those that declare its parts."""
    score, spending = measure.rulebook.score, measure.rulebook.spending
    found = [(score.total, {criterion.fact for criterion in score.criteria})] if score and score.total else []
    for plan in spending.plans if spending else ():
        lines = spending.lines if spending else ()
        parts = {fact for line in lines for taken in (line.takes, line.units) for fact in [taken.get(plan.id)] if fact}
        if plan.declared:
            found.append((plan.declared, parts))
    return found


def _fact(measure: Measure, name: str) -> Fact:
    return measure.rulebook.facts.get(name) or measure.rulebook.vocabulary.facts[name]


@lru_cache(maxsize=64)
def _cases(measure: Measure) -> tuple[tuple[tuple[tuple[str, Any], ...], dt.date], ...]:
    """The facts of the worked cases as plain JSON values."""
    found = []
    for case in cases_of_measure(measure):
        try:
            dossier = compiled(measure).facts.read(case.facts, case.on, text_source=True)
        except MisureError:
            continue
        found.append((tuple(dossier.said().items()), case.on))
    return tuple(found)


@st.composite
def near_cases(draw: st.DrawFn, measure: Measure, *, missing: bool = True) -> Question:
    """A worked case with a few facts taken away or drawn anew; shrinks to the first case as it stands."""
    told, on = draw(st.sampled_from(_cases(measure)))
    facts: Facts = {name: _copied(value) for name, value in told}
    specs = {column.name: _fact(measure, column.name) for column in compiled(measure).facts.form.inputs}
    fresh: set[str] = set()
    for name in draw(st.lists(st.sampled_from([*specs, *measure.rulebook.tables]), max_size=3, unique=True)):
        if missing and draw(st.booleans()):
            facts.pop(name, None)
        elif name in specs:
            facts[name] = Column.of(specs[name]).json(draw(_said(measure, "", specs[name], on)))
            fresh.add(name)
        else:
            facts[name] = draw(_tables(measure, measure.rulebook.tables[name], on, missing=missing, edges=True))
    if not missing:
        facts = draw(completions(measure, facts, on))
    return _agreeing(measure, facts, on, set(facts) - fresh), on


def _copied(value: Any) -> Any:
    """A told value that may be changed without touching the case it came from."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def questions(measure: Measure, *, missing: bool = True) -> st.SearchStrategy[Question]:
    """Applicants with the day of the question: drawn from the rules, or near a worked case."""
    drawn = days(measure).flatmap(lambda on: st.tuples(applicants(measure, on, missing=missing), st.just(on)))
    return drawn | near_cases(measure, missing=missing) if _cases(measure) else drawn


@st.composite
def completions(
    draw: st.DrawFn, measure: Measure, facts: Mapping[str, Any], on: dt.date, *, whole: bool = True
) -> Facts:
    """The same applicant with what was missing told, all of it or (`whole=False`) some of it; what was told stays told.

    The day of filing is left alone where `on` stands in for it: that is a default, not something unknown.
    """
    dossier = compiled(measure).facts.read(facts, on)
    book, defaulted = measure.rulebook, {name for name, _ in dossier.defaults}
    told: Facts = {name: _copied(value) for name, value in dossier.said().items()}
    fresh: set[str] = set()

    def tell() -> bool:
        return whole or draw(st.booleans())

    for column, value in zip(dossier.form.inputs, dossier.values, strict=True):
        if value is None and column.name not in defaulted and tell():
            told[column.name] = column.json(draw(_said(measure, "", _fact(measure, column.name), on)))
            fresh.add(column.name)
    for name, table in book.tables.items():
        if name not in told:
            if tell():
                told[name] = draw(_tables(measure, table, on, missing=not whole, edges=True))
            continue
        incomplete = isinstance(told[name], dict)
        rows = told[name]["records"] if incomplete else told[name]
        for row in rows:
            for field, spec in table.fields.items():
                if field not in row and tell():
                    row[field] = Column.of(spec).json(draw(_said(measure, name, spec, on)))
        if incomplete and tell():
            taken = {row[table.key] for row in rows}
            keys = [key for key in draw(_keys(measure, table, on)) if key not in taken]
            more = draw(_tables(measure, table, on, missing=False, edges=True))[: table.max_items - len(rows)]
            told[name] = rows + [row | {table.key: key} for key, row in zip(keys, more, strict=False)]
    return _agreeing(measure, told, on, fresh)


def _agreeing(measure: Measure, facts: Facts, on: dt.date, free: set[str]) -> Facts:
    """The facts with their declared totals equal to what the parts add up to, as far as the `free` ones can give way."""
    book = measure.rulebook
    score, spending = book.score, book.spending
    if score and score.total in facts and any(c.fact in facts for c in score.criteria):
        _share_out(measure, facts, score.total, [c.fact for c in score.criteria], free)
    for plan in spending.plans if spending else ():
        if plan.declared in free and plan.declared in facts:
            rest = {name: value for name, value in facts.items() if name != plan.declared}
            try:
                answer = measure.decide(rest, on=on)
            except MisureError:
                continue
            line = next(line for line in answer.spending if (line.plan, line.id) == (plan.id, "total"))
            if line.admitted is not None and not hasattr(line.admitted, "least"):
                facts[plan.declared] = str(line.admitted)
    return facts


def _share_out(measure: Measure, facts: Facts, total: str, parts: list[str], free: set[str]) -> None:
    """Criteria that add up to the total: the free ones take what the others leave, in order."""
    specs = {name: measure.rulebook.facts[name] for name in (total, *parts)}
    decimals = max(spec.decimals for spec in specs.values())

    def step(name: str) -> int:
        return int(10 ** (decimals - specs[name].decimals))

    def points(name: str) -> int:
        given = facts[name]["value"] if isinstance(facts[name], Mapping) else facts[name]
        return int(read_value(specs[name], given, 0) or 0) * step(name)

    def tell(name: str, value: int) -> int:
        held = max(specs[name].least, min(value // step(name), specs[name].greatest))
        facts[name] = Column.of(specs[name]).json(held)
        return points(name)

    told = [name for name in parts if name in facts]
    if total in free:
        tell(total, sum(map(points, told)))
    left = points(total) - sum(points(name) for name in told if name not in free)
    for name in told:
        if name in free:
            left -= tell(name, min(left, points(name)) if name != told[-1] else left)
