# SPDX-License-Identifier: Apache-2.0
"""Whether what the rules of a rulebook that comes as data name is there, is what they take it for, and says something.

In a rule file each of these names was resolved when it was read. Data may name anything, or nothing: an event of no name, a
regime that does not exist, a share that is a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from misure.facts.vocabulary import TIME
from misure.ground.regimes import Regime
from misure.rulebook.apportioning import Apportionment
from misure.rulebook.expression import Aggregate, Name
from misure.rulebook.linked.trees import Trees
from misure.rulebook.linked.values import strange_parameter
from misure.rulebook.linked.words import is_id, is_name, strange_sentence
from misure.rulebook.rules import (
    Closing,
    Condition,
    Definition,
    Duty,
    Effect,
    Rule,
    Rulebook,
    Score,
    Spending,
    SpendingLine,
    Stage,
    Support,
    Tension,
    Term,
)
from misure.rulebook.selection import FILED_AT, SCORE, Order, OrderKey, Relation, Selection
from misure.rulebook.tranches import Tranche, Tranches

__all__ = ["strange_references"]

_ANCHORS = ("filed_on", "granted_on", "paid_on", "on")
_REGIMES = frozenset(map(str, Regime))
_KEYS = {"highest": "number", "lowest": "number", "earliest": "date", "latest": "date"}


def strange_references(book: Rulebook) -> str:
    """What is wrong with the names of a rulebook, and with what its rules are made of; "" where nothing is."""
    asked = _References(book)
    return next((f"{where}: {problem}" for where, problem in asked.all() if problem), "")


class _References:
    """Asks one rulebook. Each answer says where, and what is wrong or ""."""

    def __init__(self, book: Rulebook) -> None:
        self.book, self.trees = book, Trees(book)
        self.condition_ids = {condition.id for condition in book.conditions}
        self.tranches = {line.id for line in book.tranches.lines} if book.tranches else set()
        self.lines = {line.id for line in book.support.lines} if book.support else set()

    def all(self) -> Iterator[tuple[str, str]]:
        book = self.book
        yield "the measure", self._head()
        yield from ((f"the value {p.name!r}", strange_parameter(p, book)) for p in book.parameters.values())
        for rule in self._rules():
            yield f"{type(rule).__name__} {rule.id[:40]!r}", self._rule(rule)
        parts: Iterable[tuple[object, Callable[..., Iterator[str]]]] = chain(
            ((one, self._definition) for one in book.definitions.values()),
            ((one, self._condition) for one in book.conditions),
            ((one, self._term) for one in book.terms),
            ((one, self._duty) for one in book.duties),
            ((one, self._tension) for one in book.tensions),
            ((one, ask) for one, ask in (
                (book.score, self._score), (book.spending, self._spending), (book.support, self._support),
                (book.tranches, self._tranches), (book.selection, self._selection), (book.closing, self._closing),
            ) if one is not None),
        )  # fmt: skip
        for part, ask in parts:
            where = f"{type(part).__name__} {getattr(part, 'id', '')!r:.40}"
            yield from ((where, problem) for problem in ask(part))
        yield "the measure", self._twice()

    def _head(self) -> str:
        book = self.book
        if not is_id(book.id) or not book.title.strip() or not book.subject.strip():
            return "its id, its title or its subject says nothing"
        if book.short_title and (not book.short_title.strip() or len(book.short_title) >= len(book.title)):
            return "its short title says nothing, or is no shorter than its title"
        if book.law_of not in _ANCHORS or book.format != 1:
            return "its law is of no day, or its format of another library"
        days = [edition.day for edition in book.editions]
        if sorted(set(days)) != days or not all(
            edition.act == book.acts.get(edition.act.id) for edition in book.editions
        ):
            return "its editions do not follow each other, or are of no act"
        ids = [(name, one.id) for name, one in book.acts.items()]
        ids += [(name, one.id) for name, one in book.sources.items()]
        ids += [(name, one.id) for name, one in book.definitions.items()]
        if any(name != id_ for name, id_ in ids):
            return "something is held under another name than its own"
        if any(one.url and not one.url.lower().startswith(("http://", "https://")) for one in book.sources.values()):
            return "the 'url' of a source is no link"
        known = {*book.vocabulary.facts} >= {*book.facts} and {*book.vocabulary.tables} >= {*book.tables}
        return "" if known else "it asks what its vocabulary does not have"

    def _rules(self) -> Iterator[Rule]:
        """Every rule, with those inside others."""
        book = self.book
        waiting: list[object] = [
            *book.definitions.values(), *book.conditions, *book.terms, *book.duties, *book.tensions, book.score,
            book.spending, *(book.support.fields() if book.support else ()), book.selection,
            *(book.tranches.lines if book.tranches else ()),
        ]  # fmt: skip
        while waiting:
            one = waiting.pop()
            if isinstance(one, tuple):
                waiting.extend(one)
            elif isinstance(one, Rule):
                yield one
                waiting.extend(value for _, value in one.fields())

    def _rule(self, rule: Rule) -> str:
        if not is_name(rule.id):
            return "it has no id that rules could use"
        if rule.cite.act and rule.cite.act not in self.book.acts:
            return f"it cites an act that is not declared, {rule.cite.act[:40]!r}"
        if isinstance(rule, Condition | Term | Duty | Definition) and not rule.text.strip():
            return "it has no sentence"
        return strange_sentence(rule.text, self.book)

    def _twice(self) -> str:
        """Ids by which answers are found again."""
        book = self.book
        several = (
            [one.id for one in book.conditions], [one.id for one in book.terms], [one.id for one in book.duties],
            [one.id for one in book.tensions], [exemption.id for one in book.conditions for exemption in one.exemptions],
            [line.id for line in book.tranches.lines] if book.tranches else [],
            [line.id for line in book.support.lines] if book.support else [],
            [back.id for one in book.conditions for back in one.recovers],
        )  # fmt: skip
        return "" if all(len(set(ids)) == len(ids) for ids in several) else "two rules have one id"

    # What a name must be

    def _parameter(self, name: str, kind: str, unit: str = "", *, may_lack: bool = False) -> str:
        found = self.book.parameters.get(name)
        if not name and may_lack:
            return ""
        if found is None:
            return f"no parameter is called {name[:40]!r}"
        fits = found.type.kind == kind and (not unit or found.type.unit == unit)
        return "" if fits else f"the parameter {name!r} is not a {unit or kind}"

    def _fact(self, name: str, *kinds: str, may_lack: bool = False) -> str:
        found = self.book.facts.get(name)
        if not name and may_lack:
            return ""
        return "" if found is not None and found.kind.value in kinds else f"no {kinds[0]} is called {name[:40]!r}"

    def _regime(self, name: str) -> str:
        if not name or name in _REGIMES:
            return ""
        return self._parameter(name, "regime")

    # The parts

    def _definition(self, one: Definition) -> Iterator[str]:
        if not one.cases or one.type.kind not in ("truth", "choice", "date", "number"):
            yield "it has no case, or is of no kind that a definition is of"
            return
        for at, case in enumerate(one.cases):
            yield self.trees.problem(case.when, "truth")
            yield self.trees.problem(case.value, one.type.kind)
            if case.when is None and at < len(one.cases) - 1:
                yield "'otherwise' is its last case"

    def _condition(self, one: Condition) -> Iterator[str]:
        ask = self.trees.problem
        yield from (ask(one.holds, "truth"), ask(one.when, "truth"), ask(one.leaves, "number"))
        yield from (ask(tree, "number") for tree in (*one.keeps, *(back.amount for back in one.recovers)))
        paid = one.stage in (Stage.PAYMENT, Stage.REPORTING, Stage.UPKEEP)
        yield "" if paid or not one.recovers else "something is given back before anything was paid"
        if one.keeps and (len(one.keeps) != 2 or not one.reduces or one.leaves is not None):
            yield "it keeps a share of no line, or not of two amounts"
        for exemption in one.exemptions:
            yield ask(exemption.when, "truth")
            yield "" if exemption.of == one.id else "an exemption of it is of another condition"
        yield self._fact(one.once, "event", may_lack=True)
        if (one.effect is Effect.BLOCKS) != (one.blocks in self.tranches):
            yield "it blocks no tranche, or another effect names one"
        # Where there is no support, what a condition reduces is no line of it.
        named = bool(one.reduces) or (one.effect is Effect.REDUCES and not self.lines)
        if (one.effect is Effect.REDUCES) != named or not self.lines >= set(one.reduces):
            yield "it reduces no line of support, or another effect names one"
        if one.whole_above and (not one.keeps or not self.lines >= set(one.whole_above)):
            yield "what it keeps is held against no line of support"
        if one.leaves is not None and not one.reduces:
            yield "it says what it leaves, and reduces nothing"
        if one.since and one.until and one.until < one.since:
            yield "it ends before it begins"

    def _term(self, one: Term) -> Iterator[str]:
        ask = self.trees.problem
        window = one.opens is not None and one.closes is not None and one.by is None
        if not window and (one.by is None or one.opens is not None or one.closes is not None):
            yield "it is neither a window nor a deadline"
        yield from (ask(one.opens, "date"), ask(one.closes, "date"), ask(one.by, "date"))
        yield from (ask(one.opens_at, "number"), ask(one.closes_at, "number"), self._regime(one.regime))
        yield from (self._fact(name, "event", "date", may_lack=True) for name in (one.of, one.done))
        if window and not one.of:
            yield "nothing is held to the window"
        times = [tree for tree in (one.opens_at, one.closes_at) if tree is not None]
        if any(tree.type.unit != TIME for tree in times) or (one.hour and not self._is_time(one.hour)):
            yield "an hour of it is no time of day"
        if times and not one.hour:
            yield "nothing is held to its hours"

    def _is_time(self, name: str) -> bool:
        return name in self.book.facts and self.book.facts[name].is_time

    def _duty(self, one: Duty) -> Iterator[str]:
        yield "" if one.who.strip() else "it is nobody's"
        yield from (self.trees.problem(one.when, "truth"), self.trees.problem(one.by, "date"), self._regime(one.regime))
        yield from (self.trees.problem(one.opens, "date"), self.trees.problem(one.closes, "date"))
        if one.closes is not None and (one.by is not None or one.done or one.regime):
            yield "it goes on until a day, and is done by one"
        if one.closes is None and (one.opens is not None or one.broken):
            yield "it begins or is broken, and goes on until no day"
        yield self._fact(one.done, "event", "date", "truth", may_lack=True)
        yield self._fact(one.broken, "event", may_lack=True)

    def _tension(self, one: Tension) -> Iterator[str]:
        yield self.trees.problem(one.when, "truth")
        if one.when is not None and (len(one.readings) < 2 or not self.condition_ids & set(one.bears_on)):
            yield "it holds no condition open, or names no two readings"
        if not all(key.strip() and text.strip() for key, text in one.readings.items()):
            yield "a reading of it says nothing"

    def _score(self, one: Score) -> Iterator[str]:
        yield from (self._parameter(one.least, "number"), self._parameter(one.greatest, "number"))
        yield self._fact(one.total, "number", may_lack=True)
        if not one.total and not one.criteria:
            yield "it has neither criteria nor a total"
        for criterion in one.criteria:
            yield self._fact(criterion.fact, "number", may_lack=criterion.gives is not None)
            yield self._parameter(criterion.most, "number", may_lack=True)
            yield self._parameter(criterion.steps, "list", may_lack=True)
            yield self.trees.problem(criterion.gives, "number")
            if bool(criterion.most) == bool(criterion.steps):
                yield "a criterion has a greatest, or steps"
            if criterion.steps and not criterion.fact:
                yield "a criterion whose points nobody tells has steps"
        for bonus in one.bonuses:
            yield from (self._parameter(bonus.points, "number"), self.trees.problem(bonus.when, "truth"))
        yield self._parameter(one.bonus_most, "number", may_lack=True)

    def _spending(self, one: Spending) -> Iterator[str]:
        plans, lines = [plan.id for plan in one.plans], [line.id for line in one.lines]
        if not plans or len(set(plans)) < len(plans) or len(set(lines)) < len(lines):
            yield "it has no plan, or two of one id"
        yield from ("" if is_name(plan.id) and is_name(plan.total) else "a plan has no name" for plan in one.plans)
        yield from (self._fact(plan.declared, "number", may_lack=True) for plan in one.plans)
        yield from (self.trees.problem(part, "number") for plan in one.plans for part in plan.includes)
        for line in one.lines:
            yield from self._line(line, set(plans), set(lines))

    def _line(self, line: SpendingLine, plans: set[str], lines: set[str]) -> Iterator[str]:
        if sum(map(bool, (line.takes, line.flat, line.units))) != 1 or bool(line.units) != bool(line.unit_cost):
            yield "a line takes facts, is a flat rate, or counts units"
        if not plans >= {*line.takes, *line.units} or not lines >= set(line.base):
            yield "a line is of no plan, or rests on no line"
        if (line.flat or line.share) and not line.base:
            yield "a share of nothing"
        share = partial(self._parameter, kind="number", unit="share", may_lack=True)
        yield from (share(line.flat), share(line.share), self._parameter(line.unit_cost, "number", may_lack=True))
        if not plans >= {*line.most, *line.when}:
            yield "a line is limited, or counts, in no plan"
        amounts = (*line.takes.values(), *line.units.values(), *line.most.values())
        yield from (self.trees.problem(amount, "number") for amount in amounts)
        yield from (self.trees.problem(counts, "truth") for counts in line.when.values())

    def _support(self, one: Support) -> Iterator[str]:
        ask = self.trees.problem
        for line in one.lines:
            yield "" if line.form.strip() else "a line of support has no form"
            yield self._parameter(line.intensity, "number", "share", may_lack=True)
            yield from (
                ask(each, "number") for each in (line.of, line.share, line.granted, line.granted_of, line.granted_least)
            )
            yield self._fact(line.granted_once, "event", may_lack=True)
            yield from (ask(cap.most, "number") for cap in line.caps)
            yield ask(line.equivalent.amount, "number") if line.equivalent else ""
            yield from self._apportioned(line.apportioned) if line.apportioned else ()
        yield ask(one.own_share.of, "number") if one.own_share else ""
        yield "" if one.lines else "it has no line"

    def _apportioned(self, one: Apportionment) -> Iterator[str]:
        for tree, op in ((one.by, "sum"), (one.most, "sum"), (one.rest, "count")):
            if tree is None:
                continue
            yield self.trees.problem(tree, "number")
            found = self.book.definitions.get(tree.name) if isinstance(tree, Name) else None
            value = (
                found.cases[0].value if found is not None and [case.when for case in found.cases] == [None] else None
            )
            fits = isinstance(value, Aggregate) and value.op == op and value.table == one.table
            yield "" if fits else f"an amount is apportioned by what is no {op} over the records of its table"
        yield "an amount in shares has a limit" if one.shares and one.most is not None else ""

    def _tranches(self, one: Tranches) -> Iterator[str]:
        yield self.trees.problem(one.of, "number")
        yield "" if one.dividing else "there are none"
        for group in one.groups:
            for line in group:
                yield from self._tranche(line, last=line is group[-1])

    def _tranche(self, line: Tranche, *, last: bool) -> Iterator[str]:
        yield self._parameter(line.share, "number", "share", may_lack=last or line.most is not None)
        yield from (self.trees.problem(amount, "number") for amount in (line.of, line.most))
        yield self._parameter(line.stated, "number", may_lack=True)
        for kept in line.withheld:
            yield self._parameter(kept.share, "number", "share", may_lack=True)
            yield from (self.trees.problem(kept.of, "number"), self.trees.problem(kept.when, "truth"))
            yield "" if kept.share or kept.of is not None else "nothing says how much is withheld"
        yield (
            "" if len({kept.id for kept in line.withheld}) == len(line.withheld) else "two things withheld have one id"
        )
        for need in (need for part in line.needs.values() for need in part):
            yield from (self.trees.problem(need.holds, "truth"), self.trees.problem(need.when, "truth"))
        yield "" if len(line.paid) <= 1 else "a tranche is paid twice"
        for part in line.needs.values():
            yield "" if len({need.id for need in part}) == len(part) else "two needs of a tranche have one id"

    def _selection(self, one: Selection) -> Iterator[str]:
        windows = {window.id for window in one.windows}
        for window in one.windows:
            yield from (self._parameter(window.opens, "date"), self._parameter(window.closes, "date"))
        envelopes = [envelope.id for envelope in one.envelopes]
        if len(windows) < len(one.windows) or len(set(envelopes)) < len(envelopes) or not self.lines >= set(one.pays):
            yield "two of its parts have one id, or it pays no line of support"
        for at, envelope in enumerate(one.envelopes):
            yield self._parameter(envelope.amount, "number", "EUR")
            yield self.trees.problem(envelope.when, "truth")
            yield "" if envelope.window in {"", *windows} else "an envelope is of no window"
            later = {"", *envelopes[at + 1 :]}
            yield "" if envelope.rolls_to in later else "an envelope rolls over to none that follows"
            yield "" if envelope.then in {"", *envelopes} - {envelope.id} else "an envelope asks no other"
        yield "" if not self._in_ring({one.id: one.then for one in one.envelopes}) else "envelopes go round in a ring"
        yield from (self._order_key(key) for part in (one.order, one.tie_break) if part for key in part.keys)
        yield from ("" if part.keys or part.unknown else "an order is by nothing" for part in self._orders(one))
        yield self._parameter(one.intake.percent, "number", "percent") if one.intake else ""
        yield self._parameter(one.intake.of, "number", "EUR", may_lack=True) if one.intake else ""
        yield self._parameter(one.waiting_list.life, "number", "days", may_lack=True) if one.waiting_list else ""
        if one.last_award and bool(one.last_award.outcome) == bool(one.last_award.unknown):
            yield "the last award says what it is, or why that is unknown"
        for relation in one.relations:
            yield from self._relation(relation, windowed=bool(windows))

    @staticmethod
    def _orders(one: Selection) -> Iterator[Order]:
        return (part for part in (one.order, one.tie_break) if part is not None)

    @staticmethod
    def _in_ring(after: dict[str, str]) -> bool:
        for name, first in after.items():
            seen, following = {name}, first
            while following and following not in seen:
                seen.add(following)
                following = after.get(following, "")
            if following == name:
                return True
        return False

    def _order_key(self, key: OrderKey) -> str:
        if key.by is None:
            fits = key.name == FILED_AT and _KEYS[key.word] == "date"
            fits |= key.name == SCORE and _KEYS[key.word] == "number" and self.book.score is not None
            return "" if fits else f"an order is by {key.name[:40]!r}, which is nothing"
        return self.trees.problem(key.by, _KEYS[key.word])

    def _relation(self, one: Relation, *, windowed: bool) -> Iterator[str]:
        table, dot, field = one.key.partition(".")
        fields = self.book.tables[table].fields if dot and table in self.book.tables else {}
        key = fields.get(field) if dot else self.book.facts.get(one.key)
        if key is None or not key.identifier:
            yield f"{one.key[:40]!r} is no identifier by which applications are compared"
        referring = self.book.facts.get(one.of)
        if one.of and (not dot or referring is None or referring.refers_to != table):
            yield f"{one.of[:40]!r} refers to no record with the key"
        if one.within == "window" and not windowed:
            yield "there are no windows within which it could hold"

    def _closing(self, closing: Closing) -> Iterator[str]:
        if closing.condition and closing.condition not in self.condition_ids:
            yield f"no condition is called {closing.condition[:40]!r}"
        yield from (self._parameter(name, "date") for name in closing.ends)
        named = {closing.succeeded_by, closing.succeeds} - {""}
        if not all(map(is_id, named)) or self.book.id in named or not named <= set(closing.others):
            yield "a call that comes before or after is none"
