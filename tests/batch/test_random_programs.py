# SPDX-License-Identifier: Apache-2.0
"""The heart again, over frames: random programs come out on every engine as in the printed Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind
from tests.batch.engines import KINDS, Engine
from tests.batch.frames import frames_of
from tests.batch.running import Bench
from tests.program.programs import CHOICES, DATES, FIELDS, FORM, MOST, NUMBERS, TODAY, dossiers, programs
from tests.program.test_random_programs import by_print

BOUNDS = {**NUMBERS, **FIELDS, "d": (DATES[0], DATES[-1]), "e": (FIRST_DAY, LAST_DAY), "t": (0, 9), "u": (0, 9)}


def fact_of(column):
    least, greatest = BOUNDS.get(column.name, (0, 0))
    choices = dict.fromkeys(CHOICES, "") if column.kind is Kind.CHOICE else {}
    return Fact(column.name, column.kind, least=least, greatest=greatest, choices=choices)


FACTS = {column.name: fact_of(column) for column in FORM.inputs}
RECORDS = {column.name: fact_of(column) for column in FORM.tables[0].columns}


@pytest.mark.parametrize("kind", KINDS)
def test_random_programs_come_out_as_in_python(kind):
    engine = Engine(kind)

    @settings(max_examples=25 if kind == "duckdb" else 60)
    @given(programs(), st.lists(dossiers(unknowns=4), min_size=1, max_size=6))
    def law(node, partials):
        applicants, tables = frames_of(partials, parent="parent")
        bench = Bench(
            engine, FACTS, applicants, TODAY, table="rows", fields=RECORDS, records=tables["rows"], items=MOST
        )  # fmt: skip

        def pick(split, rebuilding):
            pair = split.pair(node)
            return {"first": rebuilding(pair.first), "second": rebuilding(pair.second)}

        rows = bench.work_out(pick)
        for number, partial in enumerate(partials):
            assert tuple(map(int, rows[number].values())) == by_print(node, partial, told=False), partial

    law()
