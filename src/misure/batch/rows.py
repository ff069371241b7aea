# SPDX-License-Identifier: Apache-2.0
"""One program for all the rows of a frame, made of the split programs of every period of days that a row may fall in.

The programs of the periods share what does not change between them. So rows are not taken apart by period: each answer
is chosen on the row's own day, and the records of a table are gathered once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.engines.columns.inputs import Inputs, Presence
from misure.engines.columns.rebuilding import Rebuilding
from misure.engines.columns.sheet import Sheet
from misure.facts.vocabulary import FILING
from misure.program.fewest import Fewest, counts_over
from misure.program.nodes import GATHERING, Node, Nodes, below
from misure.program.period import Period
from misure.program.split import Pair, Split
from misure.program.verdict import Admission, admission, refusing, rests_on, verdict

__all__ = ["ASSUMED", "BITS", "Building", "Rows", "amounts", "asked_by", "possible", "rows_program"]

ASSUMED = "assumed"
"""The column that names what is taken by declared default."""
BITS = 62
"""How many conditions one word of a mask tells; with bit 63 engines disagree on the sign."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What is to be worked out of every row: the first outcome whose test holds, masks as the truths of bits, amounts.

    Where one of `no_answer` holds the row has an outcome of its own (its facts are bad, say) and no answer.
    """

    no_answer: Sequence[tuple[str, Node]]
    outcomes: Sequence[tuple[str, Node]]
    otherwise: str
    masks: Mapping[str, Sequence[Node]]
    amounts: Mapping[str, Node]
    assumed: Mapping[str, Node] = field(default_factory=dict)
    """For each name that may be taken for so though nobody told it, whether the row's answers do."""
    records: Mapping[str, Node] = field(default_factory=dict)
    """What is to be worked out of each record of a table, by name."""

    @property
    def roots(self) -> Iterator[Node]:
        """Every node that is to be worked out."""
        yield from (test for _, test in (*self.no_answer, *self.outcomes))
        yield from (truth for truths in self.masks.values() for truth in truths)
        yield from self.amounts.values()
        yield from self.assumed.values()
        yield from self.records.values()


def amounts(measure: Measure) -> list[tuple[str, str]]:
    """The names of the amounts of support, own share last, and of what is given back, and of the outputs that hold them."""
    support, conditions = measure.rulebook.support, measure.rulebook.conditions
    back = [(one.id, f"recovery.{one.id}") for condition in conditions for one in condition.recovers]
    if support is None:
        return back
    own = [("own_share", "own_share")] if support.own_share else []
    return [(line.id, f"support.{line.id}") for line in support.lines] + own + back


def asked_by(periods: Sequence[Period], belongs: Callable[[str], bool]) -> dict[str, list[str]]:
    """The facts that some outputs rest on, and the fields of each table; the applicant's own stand under ""."""
    found: dict[str, dict[str, None]] = {"": {}}
    for period in periods:
        outputs = period.program.outputs
        for node in below(outputs[key] for key in outputs if belongs(key)):
            if node.op in GATHERING:
                found.setdefault(node.data[0], {})
            elif node.op == "given":
                kind, table, name = node.data
                if kind not in ("on", "open"):
                    found.setdefault(table, {})[name] = None
    return {table: list(names) for table, names in found.items()}


def rows_program(
    measure: Measure,
    periods: Sequence[Period],
    sheets: Mapping[str, Sheet],
    on: dt.date,
    asked: Mapping[str, list[str]],
    building: type[Building],
) -> Rows:
    """The program of a frame whose rows fall in the given periods: in the order of their days, the one of no filing last."""
    built = building(measure, sheets, on.toordinal(), asked)
    for period in periods:
        built.take(period)
    return built.rows()


class Building:
    """The answers of all periods, put together: those of `batch.decide`. Another question has another `reads` and `rows`."""

    def __init__(self, measure: Measure, sheets: Mapping[str, Sheet], on: int, asked: Mapping[str, list[str]]) -> None:
        self.measure, self.sheets, self.asked = measure, sheets, asked
        self.nodes = Nodes()
        items = {table.name: table.max_items for table in measure.rulebook.tables.values()}
        earlier = compiled(measure).facts.earlier
        self.inputs = Inputs(self.nodes, sheets, on, law_of=measure.rulebook.law_of, items=items, earlier=earlier)
        self.rebuilding = Rebuilding(self.nodes, self.inputs)
        self.outputs: dict[str, Pair] = {}
        tables = measure.rulebook.tables.values()
        self.identities = {table.name: table.identity for table in tables if table.identity and table.name in sheets}
        self.assumes: dict[str, Node] = {}
        """For each of those tables that is counted, whether some condition is met only if its records are different firms."""

    def take(self, period: Period) -> None:
        """Let the answers from the period's first day on be those of its law; or those of whoever does not tell the filing."""
        nodes = self.nodes
        pairs = self.reads(Split(self.inputs.may_be_unknown, filing=period.filing), period)
        # A row's outcome is put together at the end, of the conditions of all periods.
        del pairs["outcome"]
        if period.filing:
            since = nodes.le(nodes.const(period.law.day.toordinal()), self.inputs.anchor())
        else:
            since = self.inputs.untold(FILING)
        for key, pair in pairs.items():
            new = Pair(self.rebuilding(pair.first), self.rebuilding(pair.second))
            old = self.outputs.get(key, new)
            first = nodes.choose(since, new.first, old.first)
            if new.exact and old.exact:
                self.outputs[key] = Pair(first, nodes.not_(first) if first.sort == "truth" else first)
            else:
                self.outputs[key] = Pair(first, nodes.choose(since, new.second, old.second))
        conditions = [node for key, node in period.program.outputs.items() if key.startswith("condition.")]
        for table in self.identities:
            counted = [node for node in conditions if counts_over(node, table)]
            if counted or table in self.assumes:
                new_one = self._assumes(table, counted, period)
                self.assumes[table] = nodes.choose(since, new_one, self.assumes.get(table, nodes.truth(False)))

    def _assumes(self, table: str, conditions: Iterable[Node], period: Period) -> Node:
        """Whether one of some conditions is met only if the records of unknown identity are different firms."""
        nodes, may_be_unknown = self.nodes, self.inputs.may_be_unknown
        plain = Split(may_be_unknown, filing=period.filing)
        identity = {table: self.identities[table]}
        fewer = [Fewest(may_be_unknown, identity, one=one, filing=period.filing) for one in (False, True)]
        found = []
        for node in conditions:
            met = nodes.not_(self.rebuilding(plain.pair(node).second))
            found += [nodes.all_of(met, self.rebuilding(one.pair(node).second)) for one in fewer]
        return nodes.any_of(*found)

    @staticmethod
    def belongs(measure: Measure, output: str) -> bool:  # noqa: ARG004 - other questions look at the measure
        """Whether the answers rest on an output of the measure's program."""
        return rests_on(output)

    def reads(self, split: Split, period: Period) -> dict[str, Pair]:
        """What is read of the program of one period."""
        return verdict(split, period.program)

    def rows(self) -> Rows:
        """The answer's columns."""
        nodes, outputs = self.nodes, self.outputs
        columns: dict[str, Node] = {}
        truths = [outputs[f"condition.{condition.id}"] for condition in self.measure.rulebook.conditions]
        masks = _masks("failed", [nodes.not_(pair.first) for pair in truths])
        masks |= _masks("unknown", [
            nodes.truth(False) if pair.exact else nodes.all_of(pair.first, pair.second) for pair in truths
        ])  # fmt: skip
        refused, open_ = self.admission()
        for name, key in amounts(self.measure):
            low, high = (
                nodes.choose(refused, nodes.const(0), end) for end in (outputs[key].first, outputs[key].second)
            )
            columns[f"{name}_cents"] = low
            if high is not low:
                columns[f"{name}_cents_to"] = high
        no_answer = possible(self.no_answer())
        if not self.measure.refuses:
            return Rows(no_answer, [], "not_applicable", masks, columns, self.assumed())
        # Of those not refused every condition may be met, so what may be unmet is open.
        outcomes = [("refused", refused), ("undecided", open_), ("no_known_obstacle", outputs["read"].second)]
        return Rows(no_answer, possible(outcomes), "eligible", masks, columns, self.assumed())

    def assumed(self) -> dict[str, Node]:
        """Of what the frames could tell and a row does not: whether its answers take it for so.

        The filing, of which a row says that it has not happened; who the records of a table are.
        """
        sheet, found = self.sheets[""], {FILING: self.nodes.truth(False)}
        if compiled(self.measure).asks_filing and sheet.state(FILING) is not Presence.NEVER and sheet.may_wait(FILING):
            found[FILING] = self.nodes.column("not_yet", "truth", FILING)
        return found | {f"{table}.{self.identities[table]}": node for table, node in self.assumes.items()}

    def admission(self) -> Admission:
        """Whether a row is refused, and whether something that may refuse it is open."""
        # Of the conditions of all periods, each chosen on the row's own day: so nothing is worked out twice.
        return admission(self.nodes, [self.outputs[key] for key in refusing(self.measure.rulebook)])

    def no_answer(self) -> Iterator[tuple[str, Node]]:
        """Why a row has no answer, in the order in which one applicant alone would meet the errors."""
        nodes, inputs = self.nodes, self.inputs
        bad = []
        for table, sheet in self.sheets.items():
            if sheet.checks(self.asked.get(table, ())):
                wrong = nodes.column("bad", "truth", "", table)
                bad.append(inputs.some(table, wrong) if table else wrong)
            if table:
                bad.append(inputs.too_many(table))
        yield "bad_facts", nodes.any_of(*bad, *self.strays())
        first = nodes.const(compiled(self.measure).periods[0].toordinal())
        outside = [inputs.some(table, day) if table else day for day, table in self.rebuilding.outside.items()]
        yield "not_encoded", nodes.any_of(nodes.lt(inputs.anchor(), first), *outside)
        yield "conflict", self.outputs["conflict"].first
        yield "bad_facts", self.outputs["faulty"].first

    def strays(self) -> Iterator[Node]:
        """For each fact of the applicant that names a record, whether it names one that is not there, and all are told."""
        nodes, inputs, sheet = self.nodes, self.inputs, self.sheets[""]
        for fact in self.measure.rulebook.facts.values():
            table = fact.refers_to
            if not (table and table in self.sheets and sheet.tells(fact.name)):
                continue
            key = self.sheets[table].key
            there = nodes.truth(False)
            if self.sheets[table].tells(key):
                named = nodes.column("value", "text", fact.name)
                there = inputs.some(table, nodes.same(nodes.column("value", "text", key, table), named))
            told = nodes.not_(nodes.column("missing", "truth", fact.name))
            yield nodes.all_of(told, inputs.whole(table), nodes.not_(there))


def possible(tests: Iterable[tuple[str, Node]]) -> list[tuple[str, Node]]:
    """The tests that some row may pass."""
    return [(name, test) for name, test in tests if test.op != "truth" or test.data]


def _masks(name: str, truths: list[Node]) -> dict[str, list[Node]]:
    """The words of a mask, each with the truths of its bits; the first condition is the lowest bit of the first word."""
    return {
        name if not start else f"{name}_{start // BITS + 1}": truths[start : start + BITS]
        for start in range(0, max(len(truths), 1), BITS)
    }
