# SPDX-License-Identifier: Apache-2.0
"""One measure on one period of days, compiled: two readings (all told, or not), each made when it is first needed.

The verdict (outcome, conditions, amounts) is one function; everything that explains it is another, called only when asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from misure.deciding.confidence import Confidences
from misure.deciding.readers import Readers, parameter_value
from misure.deciding.values import as_json
from misure.engines.python.printer import Slot, printed
from misure.facts.dossier import Dossier, Form
from misure.program.law import Law
from misure.program.lowering.lowering import Program, lower
from misure.program.nodes import Node
from misure.program.split import Pair, Split
from misure.rulebook.rules import Condition, Effect, Rulebook

__all__ = ["ELIGIBLE", "REFUSED", "UNDECIDED", "Answers", "Period", "verdict"]

REFUSED, ELIGIBLE, UNDECIDED = 0, 1, 2
"""How the printed outcome is written."""

Run = Callable[[tuple[Any, ...], tuple[Any, ...], int], tuple[Any, ...]]


@dataclass(frozen=True)
class Answers:
    """A printed function, and where each output stands in the tuple it returns."""

    run: Run
    slots: Mapping[str, Slot]
    period: Period

    @cached_property
    def truths(self) -> tuple[tuple[Condition, int, int], ...]:
        """Each condition with the places of its truth and of whether it is asked at all (-1: it always is)."""
        slots, conditional = self.slots, self.period.conditional
        return tuple(
            (c, slots[f"condition.{c.id}"].first, slots[f"applies.{c.id}"].first if c.id in conditional else -1)
            for c in self.period.conditions
        )

    @cached_property
    def readers(self) -> Readers:
        """How each name is found in what the function returned."""
        return Readers(self.period, self)

    def __call__(self, dossier: Dossier) -> tuple[Any, ...]:
        return self.run(dossier.values, dossier.tables, dossier.on.toordinal())


def verdict(split: Split, program: Program) -> dict[str, Pair]:
    """The outcome, whether the facts are faulty, every condition and every amount, as split outputs."""
    nodes = split.nodes
    pairs = {key: split.pair(program.outputs[key]) for key in program.outputs if _belongs(key)}
    refusing = [pairs[f"condition.{c.id}"] for c in program.law.rulebook.conditions if c.effect is Effect.REFUSES]
    met = nodes.all_of(*(pair.first for pair in refusing))
    open_ = nodes.any_of(*(pair.second for pair in refusing))
    outcome = nodes.choose(
        met, nodes.choose(open_, nodes.const(UNDECIDED), nodes.const(ELIGIBLE)), nodes.const(REFUSED)
    )
    faulty = nodes.any_of(*(nodes.not_(pair.second) for key, pair in pairs.items() if key.startswith("fault.")))
    shown = {key: pair for key, pair in pairs.items() if not key.startswith("fault.")}
    return {"outcome": Pair(outcome, outcome), "faulty": Pair(faulty, nodes.not_(faulty)), **shown}


def _belongs(key: str) -> bool:
    head, _, rest = key.partition(".")
    return head in ("condition", "fault", "own_share") or (head == "support" and "." not in rest)


def _nothing(_kind: str, _table: str, _name: str) -> bool:
    """Everything was told."""
    return False


def _anything(_kind: str, _table: str, _name: str) -> bool:
    """Anything may be missing."""
    return True


class Period:
    """A measure under the law of one period of days."""

    def __init__(self, rulebook: Rulebook, form: Form, day: dt.date) -> None:
        self.rulebook, self.form = rulebook, form
        self.law = Law.from_day(rulebook, day)

    @cached_property
    def program(self) -> Program:
        return lower(self.law)

    def split(self, *, told: bool) -> Split:
        """A fresh split: of a dossier in which everything is told, or of one in which anything may be missing."""
        return Split(_nothing if told else _anything)

    def _verdict(self, *, told: bool) -> Answers:
        split = self.split(told=told)
        outputs = verdict(split, self.program)
        asked = (f"applies.{name}" for name in self.conditional)
        outputs |= {key: split.pair(self.program.outputs[key]) for key in asked}
        return Answers(*printed(f"{self.rulebook.id} from {self.law.day}", outputs, self.form), self)

    def _detail(self, *, told: bool) -> Answers:
        split = self.split(told=told)
        outputs = {key: split.pair(node) for key, node in self.program.outputs.items() if not key.startswith("fault.")}
        return Answers(*printed(f"{self.rulebook.id} from {self.law.day}, explained", outputs, self.form), self)

    @cached_property
    def told(self) -> Answers:
        return self._verdict(told=True)

    @cached_property
    def untold(self) -> Answers:
        return self._verdict(told=False)

    def _candidate(self, *, told: bool) -> Answers:
        """What a selection reads of one applicant: whether it is admitted, and what the selection asks of it."""
        split, program = self.split(told=told), self.program
        found = verdict(split, program)
        outputs = {key: found[key] for key in ("outcome", "faulty")}
        asked = [key for key in program.outputs if key.startswith("selection.")]
        outputs |= {key: split.pair(program.outputs[key]) for key in (*asked, *self._score_key) if key not in outputs}
        return Answers(*printed(f"{self.rulebook.id} from {self.law.day}, chosen", outputs, self.form), self)

    @property
    def _score_key(self) -> tuple[str, ...]:
        return ("score.final",) if "score.final" in self.program.outputs else ()

    @cached_property
    def complete_candidate(self) -> Answers:
        return self._candidate(told=True)

    @cached_property
    def partial_candidate(self) -> Answers:
        return self._candidate(told=False)

    @cached_property
    def complete_detail(self) -> Answers:
        return self._detail(told=True)

    @cached_property
    def partial_detail(self) -> Answers:
        return self._detail(told=False)

    def output(self, key: str) -> Node:
        """The lowered node of an output, for the reading that explains."""
        return self.program.outputs[key]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return self.rulebook.conditions

    @cached_property
    def confidences(self) -> Confidences:
        """How sure each answer is, under this law."""
        return Confidences(self.law)

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
            } | ({"unpublished": live.unknown} if live.known is None else {})
        return found

    @cached_property
    def conditional(self) -> frozenset[str]:
        """The conditions that may not be asked at all."""
        outputs = self.program.outputs
        return frozenset(c.id for c in self.conditions if not outputs[f"applies.{c.id}"].constant
                         or not outputs[f"applies.{c.id}"].data)  # fmt: skip
