# SPDX-License-Identifier: Apache-2.0
"""Reading facts needs no pydantic, reading values no YAML, and asking for the floor loads neither."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src"


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import misure.reading", {"pydantic", "yaml"}),
        ("from misure.reading import read_value", {"pydantic", "yaml"}),
        ("from misure.reading import read_text; read_text('a: 1', '<facts>')", {"pydantic"}),
        ("import misure.rulebook.rules, misure.rulebook.expression, misure.reading.text.written", {"pydantic", "yaml"}),
    ],
)
def test_what_is_not_loaded(code, absent):
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip
    assert not absent & set(run.stdout.split())
