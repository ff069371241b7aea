# SPDX-License-Identifier: Apache-2.0
"""Facts that cannot stand together: days in an order that cannot be, an amount of what came too late, a yes without what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from misure.facts.following import through
from misure.facts.vocabulary import FILING, FILING_TIME, Fact, Kind
from misure.ground.clock import LOST_HOUR, put_forward
from misure.ground.times import DAY
from misure.program.lowering.scope import LoweringScope
from misure.program.nodes import Node
from misure.rulebook.rules import Rulebook, Term

__all__ = ["impossible_orders", "windows_of_a_ranking"]

GRANT = "granted_on"

_DAYS = (Kind.DATE, Kind.EVENT)
_ANSWERS = (Kind.TRUTH, Kind.EVENT)


def impossible_orders(scope: LoweringScope, outputs: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """Each order of days that cannot be, under the name of its fault, with the truth that the facts tell it.

    `fault.order.FACT.LATER.EARLIER`, by the fact that says so; `fault.order.TABLE:FIELD.LATER.EARLIER` of the records of a table;
    `fault.only_if.NUMBER.FIRST.SECOND`; `fault.without.FACT.OTHER` of what is so, or has happened, without what it rests on;
    `fault.hour.TIME.DAY` of a time that the clock leaves out on that day; `fault.window.DAY.TERM` of a day on which the window of
    that term is still open; `outputs` has its days; `fault.chain.LATER.LATER.EARLIER` of two days whose order follows from others: a
    day between them may be untold.
    A pair of which the measure asks one alone is nothing that it could hold against anybody.
    """
    book, nodes = scope.law.rulebook, scope.nodes
    for name, fact in book.facts.items():
        for later, earlier in _pairs(fact, book.facts):
            yield f"fault.order.{name}.{later}.{earlier}", _turned(scope, later, earlier)
        if fact.only_if and fact.kind is Kind.NUMBER and all(_is_day(day, book.facts) for day in fact.only_if):
            first, second = map(scope.fact, fact.only_if)
            told = nodes.lt(nodes.const(0), scope.fact(name))
            yield f"fault.only_if.{'.'.join((name, *fact.only_if))}", nodes.all_of(told, nodes.lt(second, first))
        if fact.kind in _ANSWERS:
            for other in (other for other in fact.only_if if other in book.facts):
                yield (
                    f"fault.without.{name}.{other}",
                    nodes.all_of(_so(scope, fact), nodes.not_(_so(scope, book.facts[other]))),
                )
    if FILING in book.facts and FILING_TIME in book.facts:
        yield f"fault.hour.{FILING_TIME}.{FILING}", _lost_hour(scope)
    for term in windows_of_a_ranking(book):
        yield f"fault.window.{GRANT}.{term.id}", nodes.lt(scope.fact(GRANT), outputs[f"term.{term.id}.closes"])
    for later, earlier in _chained(book.facts):
        yield f"fault.chain.{later}.{later}.{earlier}", _turned(scope, later, earlier)
    for table in book.tables.values():
        for field in table.fields.values():
            for later, earlier in _pairs(field, {**book.facts, **table.fields}):
                days = [
                    scope.field(table.name, day) if day in table.fields else scope.fact(day) for day in (later, earlier)
                ]
                turned = nodes.make(
                    "any", "truth", (nodes.truth(True), nodes.lt(*days)), (table.name, scope.items(table.name))
                )
                yield f"fault.order.{table.name}:{field.name}.{later}.{earlier}", turned


def _lost_hour(scope: LoweringScope) -> Node:
    """Whether the application came in an hour that the clock of Italy leaves out on its day."""
    nodes, day, time = scope.nodes, scope.fact(FILING), scope.fact(FILING_TIME)
    start, end = (nodes.const(hour * DAY // 24) for hour in LOST_HOUR)
    days = put_forward(scope.law.rulebook.editions[0].day.year)
    on_such_a_day = nodes.any_of(*(nodes.eq(day, nodes.const(one)) for one in days))
    return nodes.all_of(nodes.le(start, time), nodes.lt(time, end), on_such_a_day)


def windows_of_a_ranking(book: Rulebook) -> Iterator[Term]:
    """The windows of a call that grants by a ranking, where the day of the grant is asked.

    A ranking puts in order whoever has applied: while the window is open it is not made, and nobody is granted anything by it.
    """
    if book.selection is not None and book.selection.kind == "ranking" and GRANT in book.facts:
        yield from (term for term in book.terms if term.closes is not None and term.of == FILING)


def _pairs(fact: Fact, known: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """The days that a fact says of, the later one first, where both are asked."""
    if fact.kind in _DAYS:
        yield from ((fact.name, earlier) for earlier in fact.not_before if _is_day(earlier, known))
        yield from ((later, fact.name) for later in fact.not_after if _is_day(later, known))


def _chained(facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """The days whose order nobody says and several orders together give, the later one first: there is no day for what lies between.

    What comes after another day has not happened before it has, so that what comes after both comes after the first.
    """
    said: dict[str, set[str]] = {}
    for fact in facts.values():
        for later, earlier in _pairs(fact, facts):
            said.setdefault(later, set()).add(earlier)
    for later, found in through(said).items():
        yield from ((later, earlier) for earlier in sorted(found - said[later] - {later}))


def _turned(scope: LoweringScope, later: str, earlier: str) -> Node:
    """Whether a day lies before one that comes first, or has come on the day of the question while that one has not."""
    nodes, facts = scope.nodes, scope.law.rulebook.facts
    turned = nodes.lt(scope.fact(later), scope.fact(earlier))
    if any(facts[day].kind is not Kind.EVENT for day in (later, earlier)):
        return turned
    return nodes.any_of(turned, nodes.all_of(_so(scope, facts[later]), nodes.not_(_so(scope, facts[earlier]))))


def _so(scope: LoweringScope, fact: Fact) -> Node:
    """Whether it is so, or has happened."""
    if fact.kind is Kind.EVENT:
        return scope.nodes.given("happened", fact.name)
    return scope.fact(fact.name)


def _is_day(name: str, known: Mapping[str, Fact]) -> bool:
    return name in known and known[name].kind in _DAYS
