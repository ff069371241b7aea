# SPDX-License-Identifier: Apache-2.0
"""What a selection reads of every row of a frame: the outputs that it reads of one applicant, printed for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from misure.allocating import MAYBE, NO, YES
from misure.batch.rows import Building, Rows, possible
from misure.deciding.measure import Measure
from misure.program.lowering.candidates import ASKED, envelopes_of, keys_of
from misure.program.nodes import Node
from misure.program.period import Period
from misure.program.split import Pair, Split
from misure.program.verdict import ELIGIBLE, REFUSED, UNDECIDED, candidate
from misure.rulebook.selection import Selection
from misure.selecting.law import SelectionLaw

__all__ = ["OUTCOMES", "NO_ANSWER", "Choosing", "ends", "meets"]

OUTCOMES = {
    "refused": REFUSED,
    "eligible": ELIGIBLE,
    "undecided": UNDECIDED,
    "conflict": UNDECIDED,
    "not_encoded": UNDECIDED,
}
"""Each outcome of a row as one decision prints it. Where the act contradicts itself, or no law is encoded for the day of a row,
anything may come out."""
NO_ANSWER = ("bad_facts",)


class Choosing(Building):
    """The candidates of a selection: admission, what each asks, what puts it in order, which envelopes it may draw on."""

    @staticmethod
    def belongs(measure: Measure, output: str) -> bool:
        head = output.partition(".")[0]
        return head in ("condition", "fault", "selection") or output in _ranges(_rule(measure))

    def reads(self, split: Split, period: Period) -> dict[str, Pair]:
        return candidate(split, period.program)

    def rows(self) -> Rows:
        nodes, outputs, rule = self.nodes, self.outputs, _rule(self.measure)
        columns: dict[str, Node] = {}
        for name, key in zip(_names("key", _ranges(rule)), _ranges(rule), strict=True):
            columns[f"{name}:low"] = outputs[key].first
            if outputs[key].second is not outputs[key].first:
                columns[f"{name}:high"] = outputs[key].second
        for name, key in zip(_names("budget", _truths(rule)), _truths(rule), strict=True):
            sure = nodes.choose(outputs[key].second, nodes.const(MAYBE), nodes.const(YES))
            columns[name] = nodes.choose(outputs[key].first, sure, nodes.const(NO))
        *before, (_, conflict), (name, faulty) = self.no_answer()
        no_answer = possible([*before, (name, nodes.all_of(faulty, nodes.not_(conflict)))])
        outcomes = [("conflict", conflict)]
        if self.measure.refuses:
            refused, open_ = self.admission()
            outcomes += [("refused", refused), ("undecided", open_)]
        return Rows(no_answer, possible(outcomes), "eligible", {}, columns, self.assumed())


def ends(answer: nw.DataFrame[Any], law: SelectionLaw) -> tuple[list[tuple[int, int]], list[list[tuple[int, int]]]]:
    """What each row asks, and each key of the order, as ranges; the whole bounds where no law is encoded for its day."""
    found, (asked, keys) = [], law.whole
    for name, whole in zip(_names("key", _ranges(law.rule)), (asked, *keys), strict=True):
        low = answer[f"{name}:low"].to_list()
        high = answer[f"{name}:high"].to_list() if f"{name}:high" in answer.columns else low
        pairs = zip(low, high, strict=True)
        found.append([whole if pair[0] is None else pair for pair in pairs] if None in low else list(pairs))
    return found[0], found[1:]


def meets(answer: nw.DataFrame[Any], rule: Selection) -> list[list[int]]:
    """For each envelope, whether the rows meet its condition."""
    found = [answer[name].to_list() for name in _names("budget", _truths(rule))]
    return [[MAYBE if met is None else met for met in column] if None in column else column for column in found]


def _rule(measure: Measure) -> Selection:
    rule = measure.rulebook.selection
    assert rule is not None, "looked at before a question is put"
    return rule


def _ranges(rule: Selection) -> list[str]:
    return [ASKED, *(name for name, _ in keys_of(rule))]


def _truths(rule: Selection) -> list[str]:
    return envelopes_of(rule)


def _names(what: str, outputs: Sequence[str]) -> list[str]:
    return [f"{what}:{at}" for at in range(len(outputs))]
