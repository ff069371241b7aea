# SPDX-License-Identifier: Apache-2.0
"""Speaks of one measure under the law of one day: its names, its sentences with their values, its doubts.

Whoever asks gives the values (a decision, or the law alone); nothing here knows what they were needed for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

from misure.deciding.readers import amount_key
from misure.deciding.values import Range, Shown
from misure.facts.vocabulary import Fact
from misure.ground.rules_folder import bundled_rules
from misure.ground.times import LAST_TIME, clock_time
from misure.program.period import Period
from misure.rulebook.expression import FieldOf, Name, OneOf, Type, walk
from misure.rulebook.rules import Condition, Rule, Tension
from misure.telling.chapters.rule_order import rules_of, says_the_law_alone
from misure.telling.language import words
from misure.telling.language.figures import EURO, FigureWriter
from misure.telling.language.language import Language
from misure.telling.language.words import LAW_TABLES, named

__all__ = ["Speaker"]

_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
NOT_YET = "not_yet"
_SCORES = ("score", "total", "counted", "final")
"""The names of the score and of its parts, where no fact has them."""


_MOVED = 7
"""The days by which the bounds of a last day are wider than those of what it is counted from: a holiday moves it by less."""


class Speaker:
    """Names, sentences and values of one measure in one language."""

    def __init__(self, language: str, period: Period, value: Callable[[str], Shown]) -> None:
        self.period, self.book, self.value = period, period.rulebook, value
        self.language = Language(language, (self.book.root, str(bundled_rules())))
        self.figures = FigureWriter(self.language, self.book.vocabulary.units)
        self.say, self.many, self.rule = self.language.say, self.language.many, self.language.rule

    # Names

    def label(self, name: str) -> str:
        """How people call a fact, a field of a table, a table, a parameter or a definition; its bare name where it has none."""
        return self.known_as(name) or name.replace("_", " ")

    def known_as(self, name: str) -> str:
        """How people call it; "" where nothing says so. The sentence of a rule that rests on a value is no name of it."""
        return self.rule(self._label(name)) or named(self.language, LAW_TABLES, name) or self._result(name)

    def _result(self, name: str) -> str:
        """How people call what the rules work out: a total, the score, the day, a line or a condition by its sentence."""
        book = self.book
        if name in _SCORES and book.score:
            return self.say("punteggio")
        plan = next((plan.id for plan in book.spending.plans if plan.total == name), "") if book.spending else ""
        if plan:
            return words.plan(self.language, plan)
        if name == "on":
            return self.say("giorno a cui si decide")
        if (tension := self.tension(name)) is not None:
            borne = [self.sentence(rule) for rule in self.borne_by(tension)]
            return self.say("come si leggono le norme su {what}",
                            what=self.language.listed([self.language.quoted(one) for one in borne]))  # fmt: skip
        # The amount of a line is named `line`, `plan.line` or `plan.line.requested`; the day of a term `term.day`.
        known = next((self._by_id[part] for part in reversed(name.split(".")) if part in self._by_id), None)
        told = self.filled(known.text) if known is not None else ""
        others = [plan.id for plan in book.spending.plans[1:]] if book.spending else []
        of = name.partition(".")[0]
        return f"{told} ({words.plan(self.language, of)})" if told and of in others and "." in name else told

    def tension(self, name: str) -> Tension | None:
        """The provisions that do not fit and may hold an answer open, where a name is theirs."""
        return next((one for one in self.book.tensions if one.id == name and one.when is not None), None)

    def read_twice(self, name: str) -> bool:
        """Whether a legal value has several readings."""
        parameter = self.book.parameters.get(name)
        return parameter is not None and bool(self.period.law.values(parameter)[-1].readings)

    def disagreed_on(self, name: str) -> bool:
        """Whether sources say different things of it: of what a condition asks, or of a value."""
        return self.read_twice(name) or self.tension(name) is not None

    def borne_by(self, tension: Tension) -> list[Rule]:
        """The rules that a tension bears on; where it names none that people know, the tension itself."""
        return [self._by_id[rule] for rule in tension.bears_on if rule in self._by_id] or [tension]

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        """The rules by their ids."""
        book = self.book
        own = book.support.own_share if book.support else None
        spending = book.spending.lines if book.spending else ()
        return {rule.id: rule for rule, _, _ in rules_of(book)} | {line.id: line for line in spending} | (
            {"": own, "own_share": own} if own else {})  # fmt: skip

    def _label(self, name: str) -> str:
        fact = self.fact(name)
        if fact is not None:
            return fact.label
        book = self.book
        if name in book.tables:
            return book.tables[name].label
        if name in book.parameters:
            return book.parameters[name].label
        if name in book.definitions:
            return book.definitions[name].text
        line, _, part = name.partition(".")
        if part == "equivalent" and book.support:
            found = next((one.equivalent for one in book.support.lines if one.id == line), None)
            return found.text if found else ""
        return self._label(self._declared.get(name, "")) if name else ""

    @cached_property
    def _declared(self) -> dict[str, str]:
        """The fact that says alone what a plan's total, or the score, sums up: people know the sum by its label."""
        spending, score = self.book.spending, self.book.score
        found = {plan.total: plan.declared for plan in spending.plans} if spending else {}
        return found | ({"score": score.total} if score else {})

    def question(self, name: str) -> str:
        """What to ask somebody to learn a fact, a field or a table; its label where there is no question."""
        table = self.book.tables.get(name)
        known = table or self.fact(name)
        return (self.rule(known.question) if known else "") or self.label(name)

    def fact(self, name: str) -> Fact | None:
        """A fact, or a field by `table.field`."""
        table, _, field = name.partition(".")
        if field and table in self.book.tables:
            return self.book.tables[table].fields.get(field)
        return self.book.facts.get(name)

    # Values

    def type_of(self, name: str) -> Type:
        """The type of what a name stands for, as far as telling its value needs it."""
        fact, book = self.fact(name), self.book
        if fact is not None:
            return Type(str(fact.kind), fact.unit, fact.decimals, tuple(fact.choices))
        if name in book.parameters:
            return book.parameters[name].type
        if name in book.definitions:
            return book.definitions[name].type
        return self._read_types.get(name) or Type("number", EURO, 2)

    @cached_property
    def _read_types(self) -> dict[str, Type]:
        """The types of the names that conditions read."""
        trees = (node for condition in self.book.conditions for node in walk(condition.holds))
        return {node.name: node.type for node in trees if isinstance(node, Name)}

    def told(self, name: str) -> str:
        """The value of a name in words; "" where nothing is known of it."""
        return self.in_words(name, self.value(name))

    def in_words(self, name: str, value: Shown) -> str:
        """A value of a name in words: a choice by its label, a number with its unit."""
        if value == NOT_YET:
            return self.say("non ancora")
        if isinstance(value, tuple):
            return ", ".join(self.in_words(name, item) for item in value)
        if isinstance(value, str):
            return self.rule(self._labels_of(name).get(value, "")) or value
        return self.figures.value(value, self.type_of(name).unit, lambda span: self.ends(name, span))

    def ends(self, name: str, span: Range) -> tuple[bool, bool]:
        """Which ends of a range say something: a bound that the vocabulary alone gives does not."""
        book = self.book
        if name in book.parameters:
            return True, True
        if name in book.facts or name in book.tables:
            return True, False
        if name in book.definitions:
            return self.output_ends(f"definition.{name}", span)
        return self.output_ends("score.counted" if name == "score" else amount_key(book, name), span)

    def output_ends(self, key: str, span: Range) -> tuple[bool, bool]:
        """The same for an output of the program."""
        node = self.period.program.outputs.get(key)
        if node is None or isinstance(span.least, str):
            return True, True
        if isinstance(span.least, dt.time):
            return span.least > dt.time.min, span.greatest < clock_time(LAST_TIME)  # type: ignore[operator]
        days = [end for end in (span.least, span.greatest) if isinstance(end, dt.date)]
        if days:
            first, last = (end.toordinal() if isinstance(end, dt.date) else None for end in (span.least, span.greatest))
            # A last day that falls on no holiday lies within the bounds by what a day can be moved at most.
            moved = _MOVED if key.endswith(".day") else 0
            return first is not None and first > node.lo, last is not None and last < node.hi - moved
        scale = self.period.program.scales.get(key, 100)
        low, high = Fraction(node.lo, scale), Fraction(node.hi, scale)
        # An end that nobody gives is left out already.
        return span.least is not None and span.least > low, span.greatest is not None and span.greatest < high  # type: ignore[operator]

    def _labels_of(self, name: str) -> Mapping[str, str]:
        """The labels of the choices of a fact, or of those in a list that a condition looks in."""
        fact = self.fact(name)
        return fact.choices if fact is not None else self._listed_choices.get(name, {})

    @cached_property
    def _listed_choices(self) -> dict[str, Mapping[str, str]]:
        found: dict[str, Mapping[str, str]] = {}
        for condition in self.book.conditions:
            for node in walk(condition.holds):
                if not (isinstance(node, OneOf) and isinstance(node.options, Name)):
                    continue
                item = node.item
                if isinstance(item, FieldOf):
                    found[node.options.name] = self.book.tables[item.table].fields[item.field].choices
                elif isinstance(item, Name) and item.name in self.book.facts:
                    found[node.options.name] = self.book.facts[item.name].choices
        return found

    # Sentences

    def sentence(self, rule: Rule | Condition) -> str:
        """The sentence of a rule with its values filled in; where it has none, the word for it, or its id."""
        part = named(self.language, words.SELECTION_PARTS, rule.id)
        return self.filled(rule.text) or part[:1].upper() + part[1:] or rule.id.replace("_", " ")

    def filled(self, text: str) -> str:
        """A text of a rule file in this language, each `{name}` printed with its unit."""
        return self.language.joined(_PLACEHOLDER.sub(self._placed, self.rule(text)))

    def _placed(self, found: re.Match[str]) -> str:
        name = found[1]
        if name not in self.book.parameters and name not in self.book.definitions:
            return found[0]
        if told := self.told(name):
            return told
        definition = self.book.definitions.get(name)
        if definition is None or says_the_law_alone(self.book, definition):
            return self.say("[non pubblicato]")
        return self.say("[non ancora noto]")

    def days(self, number: int) -> str:
        return self.many("{n} giorno", "{n} giorni", number, n=self.figures.number(number))
