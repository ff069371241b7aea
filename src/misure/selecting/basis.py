# SPDX-License-Identifier: Apache-2.0
"""What a selection rests on that no act says: readings of ours, other sources, and values that nobody published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.deciding.measure import Measure
from misure.deciding.readers import parameter_value
from misure.deciding.values import Shown, as_json
from misure.ground.truth import Confidence, worst
from misure.rulebook.expression import Expr, names
from misure.rulebook.rules import Citation, Definition, Parameter, Rule
from misure.selecting.law import SelectionLaw

__all__ = ["Basis", "bases_of"]


@by_public_name
@dataclass(frozen=True, slots=True)
class Basis:
    """One thing that the answer rests on: a part of the selection, or a legal value."""

    id: str
    confidence: Confidence
    cite: Citation
    value: Shown = None
    inferred: str = ""
    """Why we read it so, in Italian."""
    unknown: str = ""
    """Why no source gives it, in Italian; `value` is then the range in which it lies."""

    def to_dict(self) -> dict[str, object]:
        """The basis as the contract writes it; `value` is null of a part of the selection, and where nothing bounds it."""
        return {
            "id": self.id,
            "confidence": str(self.confidence),
            "cite": self.cite.to_dict(),
            "value": as_json(self.value),
            "inferred": self.inferred or None,
            "unknown": self.unknown or None,
        }


def unit_of(measure: Measure, name: str) -> str:
    """The unit of a legal value, "" of what has none and of a part of the selection."""
    parameter = measure.rulebook.parameters.get(name)
    return parameter.type.unit if parameter is not None else ""


def bases_of(law: SelectionLaw) -> Iterator[Basis]:
    """What is not official, or not known, of the section and of all that its amounts and its order are worked out from."""
    reading = _Resting(law)
    for part in reading.parts():
        unknown = str(getattr(part, "unknown", ""))
        sure = worst(part.confidence, law.period.confidences.of_rule(part))
        if sure is not Confidence.OFFICIAL or unknown:
            yield Basis(part.id, sure, part.cite, None, part.inferred, unknown)
    for name, parameter in reading.named.items():
        live = law.period.law.values(parameter)[-1]
        sure = law.period.law.confidence_of(parameter)
        if sure is not Confidence.OFFICIAL or live.unknown:
            value = parameter_value(law.period, parameter)
            yield Basis(name, sure, live.citation, value, live.inferred, live.unknown)


class _Resting:
    """Walks through a selection, and notes the legal values on the way."""

    def __init__(self, law: SelectionLaw) -> None:
        self.law, self.book = law, law.measure.rulebook
        self.named: dict[str, Parameter] = {}
        self._definitions: dict[str, Definition] = {}

    def parts(self) -> list[Rule]:
        """The rules of the section, the lines that it pays, and the definitions behind them, each once."""
        rule, book = self.law.rule, self.book
        section = (rule, rule.order, rule.tie_break, rule.last_award, rule.intake, rule.waiting_list)
        parts: list[Rule] = [part for part in section if part is not None]
        parts += [*rule.windows, *rule.envelopes, *rule.relations]
        for part in parts:
            for field in ("amount", "life", "percent", "of", "opens", "closes"):
                self._note(getattr(part, field, ""))
        trees = [*(key.by for key in rule.keys), *(envelope.when for envelope in rule.envelopes)]
        for line in book.support.lines if book.support else ():
            if rule.pays and line.id not in rule.pays:
                continue
            parts.append(line)
            self._note(line.intensity)
            trees += [line.of, line.share, *(cap.most for cap in line.caps if not cap.refuses)]
        for condition in book.conditions:
            if condition.origin == "cap":
                parts.append(condition)
                trees.append(condition.holds)
        for tree in trees:
            self._read(tree)
        return [*parts, *self._definitions.values()]

    def _note(self, name: object) -> None:
        if isinstance(name, str) and name in self.book.parameters:
            self.named[name] = self.book.parameters[name]

    def _read(self, tree: Expr | None) -> None:
        for name in names(tree) if tree is not None else ():
            self._note(name.name)
            if name.role == "definition" and name.name not in self._definitions:
                definition = self._definitions[name.name] = self.book.definitions[name.name]
                for case in definition.cases:
                    self._read(case.when)
                    self._read(case.value)
