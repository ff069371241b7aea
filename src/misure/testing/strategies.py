# SPDX-License-Identifier: Apache-2.0
"""Questions drawn from the rules of a measure: an applicant and a day together, whatever the measure answers of them.

This is the second of two ways of drawing; `drawn` says which is which and why there are both.

Nothing is drawn blindly: numbers stand on the legal values and one step beside them, days on the edges of windows,
editions and terms, tables hold just enough records, and answers help the applicant except for a few. Most applicants
start from a worked case, those that get something before the others, and have a few facts and records moved. Examples
shrink to an applicant of whom nothing is said or, where everything must be told, to one with the first edge of every fact.

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
from typing import Any

from hypothesis import strategies as st

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.facts.dossier import Column
from misure.facts.vocabulary import Fact, Kind, Nature, Table
from misure.ground.errors import BadFacts
from misure.testing.agreeing import agreeing, distinct, named, nobody_else, referring, totals, undenied
from misure.testing.drawing import draw_keys, draw_said, draw_table, made_once, tie, weighed
from misure.testing.edges import edges_of
from misure.testing.handed import a_day, a_measure, yes_or_no
from misure.testing.starts import starts_of, told_in_cases
from misure.testing.told import Asked, Facts, copied, fact_of, rows_of, specs_of

__all__ = ["applicants", "completions", "days", "near_cases", "questions", "thinned"]


def days(measure: Measure) -> st.SearchStrategy[dt.date]:
    """Days of the question: on and around every day of the law, from the first edition on."""
    a_measure(measure)
    edges = edges_of(measure).questions()
    first = edges[0]
    return st.sampled_from(edges) | st.dates(first, first + dt.timedelta(days=3000))


@st.composite
def applicants(draw: st.DrawFn, measure: Measure, on: dt.date, *, missing: bool = True, edges: bool = True) -> Facts:
    """What may be said of an applicant on day `on`; with `missing=False` everything that the measure asks is told.

    The facts fit their types one by one; a total and its parts, told together, mostly agree.
    """
    specs = specs_of(measure)
    names = list(specs)
    asked = set(names)
    if missing:
        few, many = (
            st.sets(st.sampled_from(names), max_size=4),
            st.sets(st.sampled_from(names), min_size=len(names) // 2),
        )
        asked -= draw(st.just(asked) | few | many)
        for total, parts in totals(measure):
            if total in asked and draw(st.sampled_from([False, False, True])):
                asked -= parts  # the total declared alone, which may then stand on any edge
    values = {name: draw(draw_said(measure, "", specs[name], on, edges=edges)) for name in names if name in asked}
    tie(draw, measure, specs, values)
    facts: Facts = {name: Column.of(specs[name]).json(value) for name, value in values.items()}
    _judge(draw, specs, facts, on)
    for table in measure.rulebook.tables.values():
        if not missing or draw(st.sampled_from([False, True, True, True])):
            facts[table.name] = draw(draw_table(measure, table, on, missing=missing, edges=edges))
    facts = undenied(measure, distinct(measure, referring(measure, facts)))
    return agreeing(measure, facts, on, set(facts)) if draw(st.sampled_from([True] * 9 + [False])) else facts


def questions(measure: Measure, *, missing: bool = True) -> st.SearchStrategy[Asked]:
    """Applicants with the day of the question: drawn from the rules, or more often near a worked case."""
    yes_or_no("missing", missing)
    drawn = days(measure).flatmap(lambda on: st.tuples(applicants(measure, on, missing=missing), st.just(on)))
    if not starts_of(measure):
        return drawn
    return weighed((1, drawn), (5, near_cases(measure, missing=missing)))


@st.composite
def thinned(draw: st.DrawFn, measure: Measure, facts: Mapping[str, Any], on: dt.date) -> Facts:  # noqa: ARG001 - as `completions`
    """The same applicant with some of what is told left untold: facts, whole tables, or fields of their records."""
    left: Facts = {name: copied(value) for name, value in facts.items()}
    names = sorted(facts)
    # A table of very many facts would hardly ever be one of the four.
    names += max(3, len(names) // 12) * [name for name in names if name in measure.rulebook.tables]
    for name in draw(st.lists(st.sampled_from(names), max_size=4, unique=True)) if names else ():
        table = measure.rulebook.tables.get(name)
        rows = [] if table is None else rows_of(left[name])
        fields = sorted({field for row in rows for field in row if table is not None and field != table.key})
        if not fields or draw(st.booleans()):
            del left[name]
            continue
        for field in draw(st.sets(st.sampled_from(fields), min_size=1, max_size=2)):
            draw(st.sampled_from(rows)).pop(field, None)
    return left


# Near a worked case


@st.composite
def near_cases(draw: st.DrawFn, measure: Measure, *, missing: bool = True, on: dt.date | None = None) -> Asked:
    """A worked case with a few facts and records moved; shrinks to the first case as it stands.

    The question is put on the day of the case, now and then later; or `on` that day, of the cases that can be asked then.
    """
    starts = starts_of(measure, on)
    # By its number: Hypothesis would try to hash each applicant, of which none can be.
    told, day = starts[draw(st.sampled_from(range(len(starts))))]
    if on is None:
        later = [at for at in edges_of(measure).questions() if at > day]
        on = draw(st.sampled_from([day] * 9 + [None])) or draw(st.sampled_from(later or [day]))
    facts: Facts = {name: copied(value) for name, value in told}
    specs = specs_of(measure)
    tables = measure.rulebook.tables
    often = 1 + len(specs) // 60
    places = [*specs, *(name for name, table in tables.items() for _ in range(often * (min(len(table.fields), 4) - 1)))]
    fresh: set[str] = set()
    moves = draw(st.sampled_from([0, 1, 1, 2, 2, 3]))
    for name in draw(st.lists(st.sampled_from(places), min_size=moves, max_size=moves, unique=True)):
        if missing and draw(st.sampled_from([False, False, True])):
            facts.pop(name, None)
        elif name in specs:
            facts[name] = draw(_moved(measure, "", specs[name], on))
            fresh.add(name)
        else:
            facts[name] = draw(_moved_table(measure, tables[name], facts.get(name), on, missing=missing))
    facts = undenied(measure, distinct(measure, referring(measure, facts)))
    # What is bad as it stands stays so: there is nobody of whom the rest could be told.
    if not missing and _readable(measure, facts, on):
        facts = draw(completions(measure, facts, on=on))
    # A total gives way to its parts, or else every applicant of whom it is moved would be refused for it; now and then
    # one that does not shows that it is.
    declared = totals(measure)
    facts = agreeing(measure, facts, on, set(facts) - fresh | {total for total, _ in declared})
    if declared and draw(st.sampled_from([False] * 5 + [True])):
        total, parts = draw(st.sampled_from(declared))
        facts |= {part: draw(_likely(measure, "", specs[part], on)) for part in sorted(parts) if part not in facts}
        facts[total] = draw(_moved(measure, "", specs[total], on))
    _judge(draw, specs, facts, on)
    return facts, on


def _readable(measure: Measure, facts: Facts, on: dt.date) -> bool:
    try:
        compiled(measure).facts.read(facts, on)
    except BadFacts:
        return False
    return True


def _judge(draw: st.DrawFn, specs: Mapping[str, Fact], facts: Facts, on: dt.date) -> None:
    """Some of what somebody has to judge is told with who judged it, when and why."""
    bare = [name for name, fact in specs.items() if fact.nature is Nature.ASSESSED and name in facts]
    bare = [name for name in bare if not isinstance(facts[name], Mapping)]
    for name in draw(st.sets(st.sampled_from(bare), max_size=3)) if bare else ():
        facts[name] = {"value": facts[name], "by": "Nucleo", "on": on.isoformat(), "why": "giudizio di prova"}


@made_once
def _moved(measure: Measure, table: str, fact: Fact, on: dt.date) -> st.SearchStrategy[Any]:
    """Another value of a fact: one of its edges, one within its bounds, or one of another worked case."""
    if fact.kind is Kind.TRUTH:
        return st.booleans()
    drawn = draw_said(measure, table, fact, on).map(Column.of(fact).json)
    known = told_in_cases(measure, table, fact.name, on)
    return drawn | st.sampled_from(known) if known else drawn


@made_once
def _likely(measure: Measure, table: str, fact: Fact, on: dt.date) -> st.SearchStrategy[Any]:
    """A value of a fact that was left untold: mostly as worked cases tell it, the commoner the more often."""
    drawn = draw_said(measure, table, fact, on).map(Column.of(fact).json)
    known = told_in_cases(measure, table, fact.name, on)
    return weighed((1, drawn), (7, st.sampled_from(known))) if known else drawn


@st.composite
def _moved_table(draw: st.DrawFn, measure: Measure, table: Table, told: Any, on: dt.date, *, missing: bool) -> Any:
    """A told table with one of its records changed, copied, taken away or added, or drawn anew."""
    if told is None:
        return draw(draw_table(measure, table, on, missing=missing, edges=True))
    incomplete = isinstance(told, dict)
    rows = rows_of(told)
    fields = {name: fact for name, fact in table.fields.items() if name != table.key}
    ways = ["change", "change", "copy", "drop", "add", "anew", *(["gap", "incomplete"] if missing else ())]
    way = draw(st.sampled_from(ways))
    if way == "anew":
        return draw(draw_table(measure, table, on, missing=missing, edges=True))
    if not rows and way != "incomplete":
        way = "add"
    at = draw(st.integers(0, len(rows) - 1)) if rows else 0
    field = draw(st.sampled_from(sorted(fields))) if fields else table.key
    match way:
        case "change" if fields:
            rows[at][field] = draw(_moved(measure, table.name, fields[field], on))
        case "gap" if fields:
            rows[at].pop(field, None)
        case "drop":
            del rows[at]
        case "copy" | "add":
            taken = {row[table.key] for row in rows}
            key = next((key for key in draw(draw_keys(measure, table, on)) if key not in taken), None)
            if key is not None and len(rows) + incomplete < table.max_items:
                new = rows[at] if way == "copy" else draw(_record(measure, table, on))
                rows.append(new | {table.key: key})
        case _:
            pass
    incomplete |= way == "incomplete" and len(rows) < table.max_items
    return {"records": rows, "complete": False} if incomplete else rows


def _record(measure: Measure, table: Table, on: dt.date) -> st.SearchStrategy[Facts]:
    """A record without its key."""
    return st.fixed_dictionaries(
        {name: _likely(measure, table.name, fact, on) for name, fact in table.fields.items() if name != table.key}
    )


def completions(
    measure: Measure, facts: Mapping[str, Any], *, on: dt.date, whole: bool = True
) -> st.SearchStrategy[Facts]:
    """The same applicant with what was missing told, all of it or (`whole=False`) some of it; what was told stays told."""
    a_measure(measure)
    a_day(on)
    yes_or_no("whole", whole)
    return _completions(measure, facts, on, whole)


@st.composite
def _completions(draw: st.DrawFn, measure: Measure, facts: Mapping[str, Any], on: dt.date, whole: bool) -> Facts:
    dossier = compiled(measure).facts.read(facts, on)
    book = measure.rulebook
    told: Facts = {name: copied(value) for name, value in dossier.said().items()}
    fresh: set[str] = set()

    def tell() -> bool:
        return whole or draw(st.booleans())

    for column, value in zip(dossier.layout.inputs, dossier.values, strict=True):
        if value is None and tell():
            told[column.name] = draw(_likely(measure, "", fact_of(measure, column.name), on))
            fresh.add(column.name)
        elif column.name in dossier.followed and tell():
            told[column.name] = Column.of(fact_of(measure, column.name)).json(value or 0)
            fresh.add(column.name)
    for name, table in book.tables.items():
        if name not in told:
            if tell():
                told[name] = draw(draw_table(measure, table, on, missing=not whole, edges=True))
                rows = rows_of(told[name])
                draw(_called(measure, table, rows, named(measure, dossier.said(), table), on))
            continue
        incomplete = isinstance(told[name], dict)
        rows = rows_of(told[name])
        last: Facts = {}
        for at, row in enumerate(rows):
            for field, spec in table.fields.items():
                if field in row or not tell():
                    continue
                if field == table.identity:
                    row[field] = nobody_else(table, rows)
                else:
                    # Of a long table the first few records are enough to differ.
                    if at < 3 or field not in last:
                        last[field] = draw(_likely(measure, name, spec, on))
                    row[field] = copied(last[field])
                    fresh.add(f"{name}[{at}].{field}")
        if incomplete and tell():
            taken = {row[table.key] for row in rows}
            keys = [key for key in draw(draw_keys(measure, table, on)) if key not in taken]
            more = draw(draw_table(measure, table, on, missing=False, edges=True))[: table.max_items - len(rows)]
            new = [row | {table.key: key} for key, row in zip(keys, more, strict=False)]
            wanted = [key for key in named(measure, dossier.said(), table) if key not in taken]
            told[name] = rows + draw(_called(measure, table, new, wanted, on))
    return agreeing(measure, distinct(measure, referring(measure, told), dossier.said()), on, fresh)


@st.composite
def _called(
    draw: st.DrawFn, measure: Measure, table: Table, rows: list[Facts], wanted: list[Any], on: dt.date
) -> list[Facts]:
    """New records of a table, among them one for each key by which somebody already named one."""
    missing = [key for key in wanted if all(row[table.key] != key for row in rows)]
    free = [row for row in rows if row[table.key] not in wanted]
    for key, row in zip(missing, free, strict=False):
        row[table.key] = key
    rows += [draw(_record(measure, table, on)) | {table.key: key} for key in missing[len(free) :]]
    return rows
