# SPDX-License-Identifier: Apache-2.0
"""Nodes worked out over frames without a measure around them."""

from __future__ import annotations

import narwhals as nw

from misure.batch.native import look, native
from misure.batch.sheet import APPLICANT, Sheet
from misure.batch.sources import sources
from misure.batch.stages import Stages
from misure.engines.columns.inputs import Inputs
from misure.engines.columns.rebuilding import Rebuilding
from misure.engines.narwhals.printer import expression
from misure.ground.place import Place
from misure.program.nodes import Nodes
from misure.program.split import Split

PLACE = Place("<test>")


class Bench:
    """Frames of applicants and of the records of one table, on one engine."""

    def __init__(self, engine, facts, applicants, on, *, table="", fields=None, records=None, items=0):
        self.engine, self.on, self.items = engine, on, {table: items}
        self.asked = {"": list(facts)}
        self.sheets, self.frames = {}, {}
        self._take("", facts, applicants)
        if table:
            self.asked[table] = list(fields)
            self._take(table, fields, records)
            self.sheets[""].known = {table} if f"{table}_known" in applicants.column_names else set()
        self.kind = native(engine.frame(applicants), PLACE).kind

    def _take(self, name, facts, table):
        taken = native(self.engine.frame(table), PLACE)
        faults = []
        sheet = Sheet(sources(facts, taken.schema, PLACE, "", faults), self.on, lambda _: False, engine=taken.kind)
        assert faults == []
        self.frames[name] = sheet.with_days(taken.frame, facts)
        if taken.eager:
            sheet.measured(look(self.frames[name], **sheet.measures(facts)))
        self.sheets[name] = sheet

    def work_out(self, pick):
        """The columns that `pick` makes with a fresh split and rebuilding, by the applicants' keys."""
        nodes = Nodes()
        leaves = Inputs(nodes, self.sheets, self.on, law_of="on", items=self.items)
        rebuilding = Rebuilding(nodes, leaves)
        wanted = pick(Split(leaves.may_be_unknown), rebuilding)
        keys = {name: "parent" if name else "id" for name in self.sheets}
        frames = {
            name: sheet.entry(self.frames[name], keys[name], self.asked[name]) for name, sheet in self.sheets.items()
        }
        sheet = self.sheets[""]
        stages = Stages(
            wanted.values(), self.sheets, frames,
            lambda names: sheet.entry(self.frames[""], "id", names, checked=False),
        )  # fmt: skip
        done = stages.over()
        columns = {name: expression(stages.text(node)) for name, node in wanted.items()}
        found = done.select(nw.col(APPLICANT).alias("id"), **columns)
        if isinstance(found, nw.LazyFrame) and not self.engine.lazy:
            found = found.collect()
        if self.engine.kind == "pandas":
            return {row.pop("id"): row for row in found.to_native().to_pylist()}
        return self.engine.by_key(found.to_native())
