# SPDX-License-Identifier: Apache-2.0
"""The engines of dataframes as the conformance suite meets them: nodes worked out over frames without a measure around them."""

from __future__ import annotations

import narwhals as nw

from misure.batch.native import look, native
from misure.batch.sources import sources
from misure.engines.columns.entered import APPLICANT
from misure.engines.columns.inputs import Inputs
from misure.engines.columns.rebuilding import Rebuilding
from misure.engines.columns.sheet import Sheet
from misure.engines.narwhals.printer import expression
from misure.engines.narwhals.sheet import entered, measures, with_days
from misure.engines.narwhals.stages import Stages
from misure.engines.operators import OPERATORS
from misure.ground.place import Place
from misure.program.nodes import Nodes
from tests.batch.engines import Engine
from tests.batch.frames import frames_of

PLACE = Place("<test>")


class FramesEngine:
    """Programs printed as Narwhals expressions, over frames of one kind."""

    operators = frozenset(OPERATORS)

    def __init__(self, kind):
        self.name, self.frames = kind, Engine(kind)

    def run(self, question):
        bench = _Bench(self.frames, question)
        rows = bench.work_out(question)
        return [
            {name: (rows[number][f"{name}_first"], rows[number][f"{name}_second"]) for name in question.outputs}
            for number in range(len(question.applicants))
        ]


class _Bench:
    """The frames that tell what the dossiers of a question tell."""

    def __init__(self, engine, question):
        self.engine, self.on = engine, question.on.toordinal()
        self.asked, self.sheets, self.told = {}, {}, {}
        applicants, tables = frames_of(question.applicants, parent="parent")
        self._take("", question.facts, applicants)
        for name, table in question.tables.items():
            self._take(name, table.fields, tables[name])
        self.sheets[""].known = set(tables)
        self.items = {name: table.max_items for name, table in question.tables.items()}

    def _take(self, name, facts, table):
        taken = native(self.engine.frame(table), PLACE)
        faults = []
        sheet = Sheet(sources(facts, taken.schema, PLACE, "", faults), self.on, lambda _: False, host=taken.kind)
        assert faults == []
        self.told[name] = with_days(sheet, taken.frame)
        if taken.eager:
            sheet.measured(look(self.told[name], **measures(sheet)))
        self.sheets[name], self.asked[name] = sheet, list(facts)

    def work_out(self, question):
        """The two ends of every output, by the applicants' keys."""
        nodes = Nodes()
        leaves = Inputs(nodes, self.sheets, self.on, law_of="on", items=self.items)
        rebuilding = Rebuilding(nodes, leaves)
        wanted = {}
        for name, pair in question.split(None if question.complete else leaves.may_be_unknown).items():
            wanted |= {f"{name}_first": rebuilding(pair.first), f"{name}_second": rebuilding(pair.second)}
        keys = {name: "parent" if name else "id" for name in self.sheets}
        frames = {
            name: entered(sheet, self.told[name], keys[name], self.asked[name]) for name, sheet in self.sheets.items()
        }
        sheet = self.sheets[""]
        stages = Stages(
            wanted.values(), self.sheets, self.on, frames,
            lambda names: entered(sheet, self.told[""], "id", names, checked=False),
        )  # fmt: skip
        done = stages.over()
        columns = {name: expression(stages.text(node)) for name, node in wanted.items()}
        found = done.select(nw.col(APPLICANT).alias("id"), **columns)
        if isinstance(found, nw.LazyFrame) and not self.engine.lazy:
            found = found.collect()
        if self.engine.kind == "pandas":
            return {row.pop("id"): row for row in found.to_native().to_pylist()}
        return self.engine.by_key(found.to_native())
