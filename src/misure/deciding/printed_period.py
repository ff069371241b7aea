# SPDX-License-Identifier: Apache-2.0
"""A period of law as Python functions: complete (everything told) or partial, each printed when it is first needed.

The verdict (outcome, conditions, amounts) is one function; everything that explains it is another, called only when asked;
what a selection reads of an applicant is a third.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from misure.deciding.confidence import Confidences
from misure.deciding.readers import Readers, parameter_value, shown_reading
from misure.deciding.values import as_json
from misure.engines.python.printer import Slot, printed
from misure.facts.dossier import Dossier, Layout
from misure.program.period import Period
from misure.program.split import Pair
from misure.program.verdict import candidate, verdict
from misure.rulebook.acts import ValueReading
from misure.rulebook.rules import Condition, Parameter, Rulebook

__all__ = ["Answers", "PrintedPeriod"]

Run = Callable[[tuple[Any, ...], tuple[Any, ...], int], tuple[Any, ...]]


@dataclass(frozen=True)
class Answers:
    """A printed function, and where each output stands in the tuple it returns."""

    run: Run
    slots: Mapping[str, Slot]
    period: PrintedPeriod

    @cached_property
    def truths(self) -> tuple[tuple[Condition, int, int, int], ...]:
        """Each condition with the places of its truth, of whether it is asked at all and of whether it is yet (-1: it is)."""

        def place(key: str) -> int:
            slot = self.slots.get(key)
            return -1 if slot is None else slot.first

        return tuple(
            (c, self.slots[f"condition.{c.id}"].first, place(f"applies.{c.id}"), place(f"due.{c.id}"))
            for c in self.period.conditions
        )

    @cached_property
    def readers(self) -> Readers:
        """How each name is found in what the function returned."""
        return Readers(self.period, self)

    def __call__(self, dossier: Dossier) -> tuple[Any, ...]:
        return self.run(dossier.values, dossier.tables, dossier.on.toordinal())


class PrintedPeriod(Period):
    """A period of law, with the functions that decide under it."""

    def __init__(self, rulebook: Rulebook, layout: Layout, day: dt.date, *, filing: bool = True) -> None:
        super().__init__(rulebook, day, filing=filing)
        self.layout = layout

    def _printed(self, what: str, outputs: Mapping[str, Pair]) -> Answers:
        return Answers(
            *printed(
                f"{self.rulebook.id} from {self.law.day}{'' if self.filing else ', not filed'}{what}",
                outputs,
                self.layout,
            ),
            self,
        )

    def _verdict(self, *, complete: bool) -> Answers:
        split = self.split(complete=complete)
        outputs = verdict(split, self.program)
        # A conflict is faulty too, and told apart only once it has been found.
        del outputs["conflict"], outputs["read"]
        asked = [f"applies.{name}" for name in self.conditional]
        asked += [f"due.{condition.id}" for condition in self.conditions if condition.once]
        return self._printed("", outputs | {key: split.pair(self.output(key)) for key in asked})

    def _detail(self, *, complete: bool) -> Answers:
        split = self.split(complete=complete)
        outputs = {key: split.pair(node) for key, node in self.program.outputs.items() if not key.startswith("fault.")}
        return self._printed(", explained", outputs)

    def _candidate(self, *, complete: bool) -> Answers:
        return self._printed(", as a candidate", candidate(self.split(complete=complete), self.program))

    @cached_property
    def complete(self) -> Answers:
        """The verdict where everything is told."""
        return self._verdict(complete=True)

    @cached_property
    def partial(self) -> Answers:
        """The verdict where anything may be missing."""
        return self._verdict(complete=False)

    @cached_property
    def complete_detail(self) -> Answers:
        """All that explains the verdict, where everything is told."""
        return self._detail(complete=True)

    @cached_property
    def partial_detail(self) -> Answers:
        """All that explains the verdict, where anything may be missing."""
        return self._detail(complete=False)

    @cached_property
    def complete_candidate(self) -> Answers:
        """What a selection reads of an applicant who told everything."""
        return self._candidate(complete=True)

    @cached_property
    def partial_candidate(self) -> Answers:
        """What a selection reads of an applicant who may not have told everything."""
        return self._candidate(complete=False)

    @cached_property
    def confidences(self) -> Confidences:
        """How sure each answer is, under this law."""
        return Confidences(self.law)

    @staticmethod
    def _reading(parameter: Parameter, reading: ValueReading) -> dict[str, Any]:
        value = as_json(shown_reading(parameter, reading))
        return {
            "id": reading.id,
            "value": value,
            "cite": reading.citation.to_dict(),
            "confidence": str(reading.confidence),
        }

    @cached_property
    def legal_values(self) -> Mapping[str, Mapping[str, Any]]:
        """Every parameter as it stands on these days, ready for JSON: value, since when, by which act, how sure."""
        found: dict[str, Mapping[str, Any]] = {}
        for name, parameter in self.rulebook.parameters.items():
            live = self.law.values(parameter)[-1]
            found[name] = {
                "value": as_json(parameter_value(self, parameter)),
                "since": live.since.isoformat(),
                "cite": live.citation.to_dict(),
                "confidence": str(self.law.confidence_of(parameter)),
            } | ({"unpublished": live.unknown} if live.unknown else {})
            if live.readings:
                found[name] = {**found[name], "readings": [self._reading(parameter, one) for one in live.readings]}
        return found
