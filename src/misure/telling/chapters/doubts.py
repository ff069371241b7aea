# SPDX-License-Identifier: Apache-2.0
"""Why a line is not wholly sure: what is assumed, what is our reading, which value comes from a secondary source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from misure.ground.truth import Confidence
from misure.program.lowering.tabulated import doubtful_law
from misure.rulebook.expression import Call, Expr, Name, names, walk
from misure.rulebook.rules import Parameter, Rule
from misure.telling.chapters.rule_order import Reads
from misure.telling.chapters.speaker import Speaker
from misure.telling.language.words import LAW_TABLES, named

__all__ = ["Doubts"]


class Doubts:
    """Gathers the doubts behind rules and what they read, each once: assumptions, readings, then sources."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker, self.law, self.book = speaker, speaker.period.law, speaker.book
        self._seen: set[str] = set()
        """The definitions that were looked at: many rules read the same, and what is told is told once."""
        self._readings: dict[str, None] = {}
        self._carried: dict[str, None] = {}
        self._sources: dict[str, dict[str, None]] = {}
        self._law: dict[tuple[str, Confidence], dict[str, None]] = {}

    def about(self, rules: Iterable[Reads]) -> Iterator[str]:
        """The doubts behind the rules, in words."""
        for rule, trees, parameters in rules:
            self._rule(rule)
            for tree in trees:
                self._tree(tree)
            for name in parameters:
                if name in self.book.parameters:
                    self._parameter(self.book.parameters[name])
        say, listed = self.speaker.say, self.speaker.language.listed
        yield from self._readings
        if self._carried:
            yield say("Ripreso dalle regole precedenti, perché di {act} non si è letto altro: {what}",
                      act=self.law.edition.act.label, what=listed(list(self._carried)))  # fmt: skip
        for (label, confidence), acts in self._law.items():
            what = f"{label} – {listed(list(acts))}"
            if confidence is Confidence.INFERRED:
                yield say("{what}: non se n'è letto il testo", what=what)
            else:
                yield say("{what}: letto attraverso fonti secondarie", what=what)
        for source, labels in self._sources.items():
            yield say("Fonte secondaria, {source}: {what}", source=source, what=listed(list(labels)))

    def _rule(self, rule: Rule) -> None:
        if rule.inferred:
            self._reading(self.speaker.sentence(rule), rule.inferred)
        if self.law.carried(rule.id) is Confidence.INFERRED:
            self._carried[self.speaker.language.quoted(self.speaker.sentence(rule))] = None

    def _tree(self, tree: Expr | None) -> None:
        for name in names(tree) if tree is not None else ():
            if name.role == "parameter":
                self._parameter(self.book.parameters[name.name])
            elif name.role == "definition":
                self._definition(name)
        for node in walk(tree) if tree is not None else ():
            if isinstance(node, Call):
                self._law_beneath(node)

    def _law_beneath(self, call: Call) -> None:
        """The dated tables that a function reads, where no official text of them was read."""
        for name, act, confidence in doubtful_law(call, self.book.editions[0].day.toordinal()):
            label = named(self.speaker.language, LAW_TABLES, name)
            self._law.setdefault((label[:1].upper() + label[1:], confidence), {})[act] = None

    def _definition(self, name: Name) -> None:
        if name.name in self._seen:
            return
        self._seen.add(name.name)
        definition = self.book.definitions[name.name]
        self._rule(definition)
        for case in definition.cases:
            if case.inferred and case.inferred != definition.inferred:
                self._reading(self.speaker.label(name.name), case.inferred)
            self._tree(case.when)
            self._tree(case.value)

    def _parameter(self, parameter: Parameter) -> None:
        label, values = self.speaker.label(parameter.name), self.law.values(parameter)
        for value in values:
            if value.inferred:
                self._reading(label, value.inferred)
            elif value.confidence is Confidence.SECONDARY and value.known is not None:
                source = self.book.sources.get(value.source)
                title = self.speaker.rule(source.title) if source else ""
                self._sources.setdefault(title or value.source, {})[label] = None
        read = {Confidence.ASSUMED, Confidence.INFERRED}
        if values[-1].confidence not in read and self.law.confidence_of(parameter) is Confidence.INFERRED:
            self._carried[self.speaker.language.quoted(label)] = None

    def _reading(self, what: str, why: str) -> None:
        said = self.speaker.say("{what} – nostra lettura: {why}", what=what, why=self.speaker.rule(why))
        begins_with_a_letter_of_a_list = said[1:2] == ")"
        self._readings[said if begins_with_a_letter_of_a_list else said[:1].upper() + said[1:]] = None
