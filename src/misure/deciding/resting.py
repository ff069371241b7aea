# SPDX-License-Identifier: Apache-2.0
"""What a selection rests on that no act says: readings of ours, other sources, and values that nobody published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from misure.deciding.readers import parameter_value
from misure.deciding.selection_law import SelectionLaw
from misure.deciding.values import Shown, as_json
from misure.ground.truth import Confidence, worst
from misure.rulebook.expression import names
from misure.rulebook.rules import Citation, Parameter, Rule

__all__ = ["Basis", "bases_of"]


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
        told: dict[str, object] = {"id": self.id, "confidence": str(self.confidence), "cite": self.cite.to_dict()}
        if self.value is not None:
            told["value"] = as_json(self.value)
        return told | {key: text for key in ("inferred", "unknown") if (text := getattr(self, key))}


def bases_of(law: SelectionLaw) -> Iterator[Basis]:
    """What is not official, or not known, of the section and of all that its amounts and its order are worked out from."""
    rule, confidences = law.rule, law.stretch.confidences
    section = [rule, rule.order, rule.tie_break, rule.last_award, rule.intake, rule.waiting_list]
    parts: list[Rule] = [part for part in section if part is not None]
    parts += [*rule.windows, *rule.envelopes, *rule.relations]
    named: dict[str, Parameter] = {}
    book = law.measure.rulebook
    for line in book.support.lines if book.support else ():
        if rule.pays and line.id not in rule.pays:
            continue
        parts.append(line)
        trees = [line.of, *(cap.most for cap in line.caps)]
        for name in (line.intensity, *(name.name for tree in trees for name in names(tree))):
            if name in book.parameters:
                named[name] = book.parameters[name]
    for part in parts:
        for field in ("amount", "life", "percent", "opens", "closes"):
            name = getattr(part, field, "")
            if isinstance(name, str) and name in book.parameters:
                named[name] = book.parameters[name]
        unknown = str(getattr(part, "unknown", ""))
        sure = worst(part.confidence, confidences.of_rule(part))
        if sure is not Confidence.OFFICIAL or unknown:
            yield Basis(part.id, sure, part.cite, None, part.inferred, unknown)
    for name, parameter in named.items():
        live = law.stretch.law.values(parameter)[-1]
        sure = law.stretch.law.confidence_of(parameter)
        if sure is not Confidence.OFFICIAL or live.known is None:
            value = parameter_value(law.stretch, parameter)
            yield Basis(name, sure, live.citation, value, live.inferred, live.unknown)
