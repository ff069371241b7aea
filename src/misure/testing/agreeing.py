# SPDX-License-Identifier: Apache-2.0
"""Totals that are declared and their parts, made to agree: what says two things at once is refused as bad facts."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.deciding.machinery import compiled
from misure.facts.dossier import Column
from misure.facts.identities import links
from misure.facts.values import read_value
from misure.ground.errors import MisureError
from misure.identifiers.forms import made_up
from misure.rulebook.expression import names
from misure.testing.edges import edges_of
from misure.testing.filling import filled
from misure.testing.ordering import in_order
from misure.testing.told import Facts, rows_of
from misure.testing.within import most_of, within_totals, without_parts

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.facts.vocabulary import Fact, Table
    from misure.rulebook.expression import Expr
    from misure.rulebook.rules import Criterion, Rulebook

__all__ = ["agreeing", "distinct", "named", "nobody_else", "referring", "totals", "undenied"]


def totals(measure: Measure) -> list[tuple[str, set[str]]]:
    """The facts that declare a total, each with those that declare its parts."""
    score, spending = measure.rulebook.score, measure.rulebook.spending
    found = [(score.total, {one.fact for one in score.criteria if one.fact})] if score and score.total else []
    for plan in spending.plans if spending else ():
        lines = spending.lines if spending else ()
        taken = [part[plan.id] for line in lines for part in (line.takes, line.units) if plan.id in part]
        parts = {name.name for amount in taken for name in names(amount) if name.role == "fact"}
        if plan.declared:
            found.append((plan.declared, parts))
    return found


def agreeing(measure: Measure, facts: Facts, on: dt.date, free: Collection[str]) -> Facts:
    """The facts with their declared totals equal to what the parts add up to, and their days in an order that can be.

    As far as the `free` ones can give way.
    """
    book = measure.rulebook
    score, spending = book.score, book.spending
    in_order(measure, undenied(measure, facts, free), on, free)
    free = set(free) - _as_given(measure, facts, on, free)
    if score and score.total in facts and not all(c.fact for c in score.criteria):
        _as_worked_out(measure, facts, score.total, "score.total", on, free)
    elif score and score.total in facts and any(c.fact in facts for c in score.criteria):
        _share_out(measure, facts, score.total, [c.fact for c in score.criteria if c.fact in facts], free)
    facts = filled(measure, facts, on, free)
    for plan in spending.plans if spending else ():
        if plan.declared in free and plan.declared in facts:
            _as_worked_out(measure, facts, plan.declared, f"spending.{plan.id}.total", on, free)
    return within_totals(measure, facts, on, free)


def _as_worked_out(
    measure: Measure, facts: Facts, declared: str, output: str, on: dt.date, free: Collection[str]
) -> None:
    """A declared total that is free tells what all else makes of it, where that is known."""
    if declared not in free:
        return
    rest = {name: value for name, value in without_parts(measure, facts).items() if name != declared}
    try:
        answer = measure.decide(rest, on=on)
    except MisureError:
        return
    # Of all that is worked out the total alone is read: this is asked of everybody who is drawn.
    total, known = most_of(answer, output)
    if total is not None and known:
        facts[declared] = str(total)


def undenied(measure: Measure, facts: Facts, free: Collection[str] | None = None) -> Facts:
    """The facts with no denial of what a code implies: such facts are not even read.

    The denial gives way where it is `free` (all is, where nothing is said), or else a free code, to a division that implies nothing of it.
    """
    specs = measure.rulebook.facts
    for name, fact in specs.items():
        for code, under in fact.implied_by:
            if facts.get(name) is not False or not str(facts.get(code)).startswith(under):
                continue
            if free is None or name in free:
                facts[name] = True
            elif code in free:
                others = (
                    one
                    for one in specs[code].divisions
                    if not any(one.startswith(u) or u.startswith(one) for u in under)
                )
                facts[code] = next(others, facts[code])
    return facts


def _as_given(measure: Measure, facts: Facts, on: dt.date, free: Collection[str]) -> set[str]:
    """The free facts of criteria whose points the act fixes: they tell those now, where the other facts do."""
    criteria, found = measure.rulebook.score.criteria if measure.rulebook.score else (), set[str]()
    for one in criteria:
        if one.gives is None or one.fact not in facts or one.fact not in free:
            continue
        read = {name: facts[name] for name in _facts_behind(measure.rulebook, one.gives) if name in facts}
        key = (measure, one.id, on, str(read))
        if key not in _GIVEN:
            _GIVEN[key] = _points_given(measure, one, read, on)
        if _GIVEN[key] is not None:
            facts[one.fact] = _GIVEN[key]
            found.add(one.fact)
    return found


_GIVEN: dict[tuple[Measure, str, dt.date, str], Any] = {}
"""The points that an act gives for what is told, which is asked of everybody who is drawn."""


def _points_given(measure: Measure, criterion: Criterion, told: Mapping[str, Any], on: dt.date) -> Any:
    try:
        answer = compiled(measure.decide(told, on=on))
    except MisureError:
        return None
    key = f"score.criterion.{criterion.id}"
    low, high = answer.ends(key)
    spec = measure.rulebook.facts[criterion.fact]
    scale = answer.period.program.scales[key]
    return Column.of(spec).json(low * 10**spec.decimals // scale) if low == high else None


def _facts_behind(book: Rulebook, expr: Expr) -> set[str]:
    """The facts that an expression reads, through definitions."""
    found = set[str]()
    for name in names(expr):
        if name.role == "definition":
            trees = (tree for case in book.definitions[name.name].cases for tree in (case.when, case.value) if tree)
            found |= {fact for tree in trees for fact in _facts_behind(book, tree)}
        elif name.role in ("fact", "event"):
            found.add(name.name)
    return found


def referring(measure: Measure, facts: Facts) -> Facts:
    """The facts with whatever names no record of the table that it means naming the first of it; untold where that is empty."""
    tables = measure.rulebook.tables

    def mend(one: Facts, specs: Mapping[str, Fact]) -> None:
        for name, spec in specs.items():
            if spec.refers_to not in tables or name not in one or isinstance(facts.get(spec.refers_to), Mapping):
                continue
            keys = [row[tables[spec.refers_to].key] for row in facts.get(spec.refers_to, ())]
            if spec.refers_to not in facts or one[name] in keys:
                continue
            if keys:
                one[name] = keys[0]
            else:
                del one[name]

    mend(facts, measure.rulebook.facts)
    for name, table in tables.items():
        if name not in facts:
            continue
        told = facts[name]
        rows = rows_of(told)
        for row in rows:
            mend(row, {field: spec for field, spec in table.fields.items() if field != table.key})
        meant = table.fields[table.key].refers_to
        if meant in tables and isinstance(facts.get(meant), list):
            # A key that names a record of another table stands once: the first rows get it, for as many as there are.
            free = [row[tables[meant].key] for row in facts[meant]]
            kept = {row[table.key]: row for row in rows if row[table.key] in free}
            others = (row for row in rows if row[table.key] not in free)
            left = (key for key in free if key not in kept)
            rows[:] = [*kept.values(), *({**row, table.key: key} for key, row in zip(left, others, strict=False))]
    return facts


def named(measure: Measure, facts: Mapping[str, Any], table: Table) -> list[Any]:
    """The keys by which what is told names records of the table, each once."""
    found = [facts.get(name) for name, spec in measure.rulebook.facts.items() if spec.refers_to == table.name]
    for name, other in measure.rulebook.tables.items():
        told = facts.get(name, ())
        rows = rows_of(told)
        fields = [field for field, spec in other.fields.items() if spec.refers_to == table.name]
        found += [row.get(field) for row in rows for field in fields]
    return list(dict.fromkeys(key for key in found if key is not None))


def distinct(measure: Measure, facts: Facts, kept: Mapping[str, Any] | None = None) -> Facts:
    """The facts with each record of a table of identities somebody else, and one thing told of it wherever a table speaks of it.

    Whose code stands above gets one nobody has. What the `kept` facts tell stays.
    """
    same = _same(measure, facts)
    before = _same(measure, kept or {})
    for who, records in same.items():
        told = [row for _, row in before.get(who, ())]
        for field in _shared(measure):
            values = [row[field] for row in (*told, *(row for _, row in records)) if field in row]
            for _, row in records if values else ():
                if field in row:
                    row[field] = values[0]
    standing = {code for records in same.values() for code in _codes(records)}
    taken: dict[str, set[Any]] = {}
    # Those of whom it was told who they are come first: the others give way.
    for who, records in sorted(same.items(), key=lambda pair: not _codes(before.get(pair[0], ()))):
        codes = _codes(records)
        if not codes:
            continue
        own = [*_codes(before.get(who, ())), *codes][0]
        others = taken.setdefault(who[0], set())
        if own in others:
            own = _new(records[0][0], others | standing)
        others.add(own)
        for table, row in records:
            if table.identity in row:
                row[table.identity] = own
    for table in measure.rulebook.tables.values():
        _in_one_voice(table, rows_of(facts.get(table.name, ())), rows_of((kept or {}).get(table.name, ())))
    return facts


def _in_one_voice(table: Table, rows: list[Facts], before: list[Facts]) -> None:
    """No record gainsays another, or itself, in a field that others of the table determine; what was told `before` stays."""
    told = {row[table.key]: row for row in before if table.key in row}
    for name, field in table.fields.items():
        first: dict[tuple[Any, ...], Any] = {}

        def gives_way(row: Facts, fixed: Collection[str] = (name, *field.determined_by)) -> int:
            own = told.get(row.get(table.key), {})
            return sum(one not in own for one in fixed)

        # What was told whole comes first: the others can give way.
        for row in sorted(rows, key=gives_way):
            if name not in row:
                continue
            own = told.get(row.get(table.key), {})
            if field.other_than and row.get(field.other_than) == row[name]:
                row[field.other_than if name in own else name] = _made_up(field.identifier, _texts([row]))
            if not field.determined_by or not row.keys() >= set(field.determined_by):
                continue
            of = tuple(row[other] for other in field.determined_by)
            if first.setdefault(of, row[name]) == row[name]:
                continue
            if name in own:  # who it is gives way
                other = next(other for other in field.determined_by if other not in own)
                row[other] = _made_up(table.fields[other].identifier, _texts(rows))
            else:
                row[name] = first[of]


_Records: TypeAlias = list[tuple["Table", Facts]]


def _same(measure: Measure, facts: Mapping[str, Any]) -> dict[tuple[str, Any], _Records]:
    """What is told of each somebody, by the table that it is a record of and its key there; that record first."""
    tables = list(measure.rulebook.tables.values())
    means = {tables[link.of].name: tables[link.means].name for link in links(tables)}
    found: dict[tuple[str, Any], _Records] = {}
    for table in sorted(tables, key=lambda table: table.name in means):
        name, told = table.name, facts.get(table.name, ())
        for _ in means:
            name = means.get(name, name)
        for row in rows_of(told) if table.identity or name in means.values() else ():
            found.setdefault((name, row.get(table.key)), []).append((table, row))
    return found


def _shared(measure: Measure) -> set[str]:
    """The fields of tables that are one thing with the field of that name in another table, identities apart."""
    tables = list(measure.rulebook.tables.values())
    found = set()
    for link in links(tables):
        fields = list(tables[link.of].fields)
        found |= {fields[one] for one, _ in link.shared if not link.identity or one != link.identity[0]}
    return found


def _codes(records: Iterable[tuple[Table, Facts]]) -> list[Any]:
    return [row[table.identity] for table, row in records if table.identity in row]


def nobody_else(table: Table, rows: Iterable[Facts]) -> str:
    """An identity that no record of the table has."""
    return _new(table, {row.get(table.identity) for row in rows})


def _new(table: Table, taken: Collection[Any]) -> str:
    return _made_up(table.fields[table.identity].identifier, taken)


def _texts(rows: Iterable[Facts]) -> set[str]:
    return {value for row in rows for value in row.values() if isinstance(value, str)}


def _made_up(kind: str, taken: Collection[Any]) -> str:
    return next(code for n in itertools.count() if (code := made_up(kind, n)) not in taken)


def _share_out(measure: Measure, facts: Facts, total: str, told: list[str], free: Collection[str]) -> None:
    """Criteria that add up to the total: the free ones take what the others leave, each as near as it can to what it was."""
    finest = max(measure.rulebook.facts[name].decimals for name in (total, *told))
    whole = _Points(measure, facts, total, finest)
    parts = {name: _Points(measure, facts, name, finest) for name in told}
    if total in free:
        whole.tell(sum(part.told for part in parts.values()))
    left = whole.told - sum(part.told for name, part in parts.items() if name not in free)
    giving = sorted((part for name, part in parts.items() if name in free), key=lambda part: not part.steps)
    room = sum(part.most for part in giving)
    for part in giving:
        room -= part.most
        part.tell(part.nearest(left - room, left))
        left -= part.told


class _Points:
    """One fact of the score, in the step of the finest of them."""

    def __init__(self, measure: Measure, facts: Facts, name: str, finest: int) -> None:
        self.facts, self.name = facts, name
        self.spec: Fact = measure.rulebook.facts[name]
        self.scale = int(10 ** (finest - self.spec.decimals))
        edges = edges_of(measure)
        self.least = self.spec.least * self.scale
        self.most = edges.most(self.spec) * self.scale
        self.steps = [step * self.scale for step in edges.steps(self.spec)]

    @property
    def told(self) -> int:
        given: Any = self.facts[self.name]
        return int(read_value(self.spec, given["value"] if isinstance(given, Mapping) else given, 0) or 0) * self.scale

    def tell(self, value: int) -> None:
        held = max(self.spec.least, min(value // self.scale, self.spec.greatest))
        self.facts[self.name] = Column.of(self.spec).json(held)

    def nearest(self, low: int, high: int) -> int:
        """What it may be between two ends, or at least not beyond the second, nearest to what it is."""
        if not self.steps:
            return max(self.least, low, min(self.told, self.most, high))
        fit = [step for step in self.steps if low <= step <= high] or [s for s in self.steps if s <= high] or self.steps
        return min(fit, key=lambda step: abs(step - self.told))
