# SPDX-License-Identifier: Apache-2.0
"""The engines that need nothing but Python, as the suite meets them: the printed function, and the walker of bounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from misure.engines.intervals.interpreter import Interpreter
from misure.engines.operators import OPERATORS
from misure.engines.python.printer import Slot, printed
from misure.facts.dossier import Dossier
from misure.testing.conformance.door import Ends, EngineQuestion, anything_unknown, nothing_unknown

__all__ = ["IntervalsEngine", "PythonEngine"]

_TRUTHS: Mapping[int, Ends] = {0: (0, 1), 1: (1, 0), 2: (1, 1)}


class PythonEngine:
    """Programs printed as Python: a dossier that is complete by the shorter print, unless all are to go by the longer."""

    operators: Collection[str] = frozenset(OPERATORS)

    def __init__(self, *, by_the_longer_print: bool = False) -> None:
        self.longer_only = by_the_longer_print
        self.name = "python, the longer print" if by_the_longer_print else "python"

    def run(self, question: EngineQuestion) -> Sequence[Mapping[str, Ends]]:
        layout = question.layout
        longer = printed("conformance", question.split(anything_unknown), layout)
        shorter = longer if self.longer_only else printed("conformance", question.split(nothing_unknown), layout)
        on = question.on.toordinal()

        def answer(dossier: Dossier) -> Mapping[str, Ends]:
            call, slots = shorter if dossier.complete else longer
            raw = call(dossier.values, dossier.tables, on)
            return {name: _ends(raw, slot) for name, slot in slots.items()}

        return [answer(dossier) for dossier in question.applicants]


def _ends(raw: Sequence[int], slot: Slot) -> Ends:
    return _TRUTHS[raw[slot.first]] if slot.kind == "truth" else (raw[slot.first], raw[slot.second])


class IntervalsEngine:
    """The walker of bounds, which reads the program before `split`."""

    name = "intervals"
    operators: Collection[str] = frozenset(OPERATORS)

    def run(self, question: EngineQuestion) -> Sequence[Mapping[str, Ends]]:
        found = []
        for dossier in question.applicants:
            reading = Interpreter(dossier)
            found.append({name: reading.ends(node) for name, node in question.outputs.items()})
        return found
