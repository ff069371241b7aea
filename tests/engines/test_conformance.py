# SPDX-License-Identifier: Apache-2.0
"""Every engine decides as every other: the suite that whoever writes an engine runs, over those that there are."""

from __future__ import annotations

import pytest

from misure.testing import conformance_checks
from misure.testing.conformance.calendar import AT_THE_ENDS
from misure.testing.conformance.own import IntervalsEngine, PythonEngine
from tests.batch.engines import KINDS
from tests.engines.frames import FramesEngine

LONGER = PythonEngine(by_the_longer_print=True)
EXAMPLES = {"python": 200, LONGER.name: 150, "intervals": 100, "duckdb": 20}
ENGINES = [PythonEngine(), LONGER, IntervalsEngine(), *map(FramesEngine, KINDS)]
ASKED = [
    (engine, check)
    for engine in ENGINES
    for check in conformance_checks(engine, examples=EXAMPLES.get(engine.name, 50))
    if engine is not LONGER or not check.name.endswith(AT_THE_ENDS)
]


@pytest.mark.parametrize(("engine", "check"), ASKED, ids=[f"{engine.name}: {check.name}" for engine, check in ASKED])
def test_an_engine_conforms(engine, check):
    check(engine)
