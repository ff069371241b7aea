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
EXAMPLES = {"python": 150, LONGER.name: 100, "intervals": 100, "duckdb": 15}
ENGINES = [PythonEngine(), LONGER, IntervalsEngine(), *map(FramesEngine, KINDS)]
ASKED = [
    (engine, check)
    for engine in ENGINES
    for check in conformance_checks(engine, examples=EXAMPLES.get(engine.name, 35))
    if engine is not LONGER or not check.name.endswith(AT_THE_ENDS)
]


def named(engine, check):
    """Random programs are Hypothesis's to draw: `tools/seeds.py` tries them under many seeds."""
    marks = () if check.operator else pytest.mark.hypothesis
    return pytest.param(engine, check, id=f"{engine.name}: {check.name}", marks=marks)


@pytest.mark.parametrize(("engine", "check"), [named(*one) for one in ASKED])
def test_an_engine_conforms(engine, check):
    check(engine)
