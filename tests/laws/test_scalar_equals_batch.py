# SPDX-License-Identifier: Apache-2.0
"""One applicant at a time or all in a frame: the same answers, whatever the dataframe library.

What a library does to plan a query takes up to seconds, whatever the number of rows: so the frames are few and long.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import strategies as st

import misure
from misure.deciding.machinery import compiled
from misure.testing.strategies import applicants, days, near_cases
from misure.testing.worked_cases import cases_of_measure
from tests.batch.engines import KINDS, Engine
from tests.batch.scalar import assert_same, expected
from tests.laws.drawn_once import gathered
from tests.laws.readings import every_measure

ROWS = 40
FRAMES = 2
"""So many days are asked, of amounts in cents and without. As one law holds on all days of a measure, what is planned differs from day to day in little but the day."""
DUCKDB_FRAMES = 1
LONGEST = {"lombardia/verso-nuovi-mercati", "lombardia/tecnologie-strategiche-step"}
"""Of these measures DuckDB plans one query of untold facts for half a minute: that is tried where what takes minutes is."""
LONG = LONGEST | {
    f"lombardia/{name}"
    for name in ("linea-microimprese-2024", "linea-microimprese-2025", "nuova-impresa-2025", "quota-lombardia")
}
"""Of these one day is asked: their frames take as long as those of all others together."""
OF_EACH = {False: ("polars", "pyarrow", "duckdb"), True: ("polars lazy", "pandas")}
"""Each library once, with all told or not; the others of each are tried where what takes minutes is."""
MET = {
    "lombardia/piano-export-2025": {"not_applicable"},
    "lombardia/verso-nuovi-mercati": {"refused"},
    "lombardia/quota-lombardia": {"refused"},
    "lombardia/tecnologie-strategiche-step": {"refused", "bad_facts"},
    "lombardia/export-su-misura": {"no_known_obstacle", "refused"},
    "lombardia/filiere": {"no_known_obstacle", "refused", "bad_facts"},
    "lombardia/nuova-impresa-2025": {"no_known_obstacle", "refused"},
}
"""What some row of the frames must come out as; of a measure not named here, these and bad facts."""


def can_be_asked(measure, facts, on):
    try:
        compiled(measure).facts.read(facts, on, text_source=True)
    except misure.BadFacts:
        return False
    return True


@cache
def days_of_frames(measure):
    """The day of most worked cases, and some others on which some of them can be asked."""
    cases = [case for case in cases_of_measure(measure) if case.on >= compiled(measure).periods[0]]
    [(usual, _)] = Counter(case.on for case in cases).most_common(1)
    drawn = gathered(st.sampled_from([case.on for case in cases]) | days(measure), 40)
    others = [day for day in dict.fromkeys(reversed(drawn)) if day != usual]
    return [usual, *(day for day in others if any(can_be_asked(measure, case.facts, day) for case in cases))][:FRAMES]


@cache
def crowd(measure, missing, on):
    """The dossiers of some applicants of whom the question is put on a day, and what one decision says of each."""
    drawn = applicants(measure, on, missing=missing)
    near = near_cases(measure, missing=missing, on=on).map(lambda question: question[0])
    facts = gathered(st.integers(0, 3).flatmap(lambda near_one: near if near_one else drawn), ROWS)
    readable = [one for one in facts if can_be_asked(measure, one, on)]
    assert len(readable) >= ROWS // 2
    dossiers = [compiled(measure).facts.read(one, on) for one in readable]
    return dossiers, [expected(measure, dossier) for dossier in dossiers]


def always_told(measure, dossiers):
    """The facts that all of them tell, as `complete=` names them."""
    names = []
    for at, column in enumerate(compiled(measure).facts.layout.inputs):
        if all(d.values[at] is not None for d in dossiers):
            names.append(column.name)
    for at, table in enumerate(compiled(measure).facts.layout.tables):
        records = [record for dossier in dossiers for record in dossier.tables[at][0]]
        told = [column for place, column in enumerate(table.columns) if all(r[place] is not None for r in records)]
        names += [f"{table.name}.{column.name}" for column in told]
    return names


def outcomes_of_frames(measure, kind, missing, frames):
    """The outcomes in so many frames, each row the same as one decision."""
    engine, outcomes = Engine(kind), set()
    for number, on in enumerate(days_of_frames(measure)[: DUCKDB_FRAMES if kind == "duckdb" else frames]):
        dossiers, wants = crowd(measure, missing, on)
        # Whoever knows that nothing is missing may say so of a lazy frame, whose rows nobody looks at before.
        complete = always_told(measure, dossiers) if engine.lazy and not missing else False
        outcomes |= set(
            assert_same(engine, measure, dossiers, on, in_cents=number % 2 == 0, complete=complete, wants=wants)
        )
    return outcomes


def asked(measure):
    """What some row of its frames must come out as."""
    return MET.get(measure.id, {"no_known_obstacle", "refused", "bad_facts"})


@pytest.mark.parametrize("missing", [False, True], ids=["told", "untold"])
@every_measure
def test_scalar_equals_batch(measure, missing):
    # One measure after another, and not one library: what is drawn is the same for all of these.
    for kind in OF_EACH[missing]:
        if measure.id not in LONGEST or kind != "duckdb":
            outcomes = outcomes_of_frames(measure, kind, missing, 1 if measure.id in LONG else FRAMES)
            assert outcomes >= asked(measure) or kind == "duckdb", kind


@pytest.mark.wide
@pytest.mark.parametrize("missing", [False, True], ids=["told", "untold"])
@every_measure
def test_scalar_equals_batch_of_the_other_libraries(measure, missing):
    for kind in KINDS:
        if kind not in OF_EACH[missing] or (measure.id in LONGEST and kind == "duckdb"):
            outcomes = outcomes_of_frames(measure, kind, missing, 1 if measure.id in LONG else FRAMES)
            assert outcomes >= asked(measure) or kind == "duckdb", kind
