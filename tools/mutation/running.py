# SPDX-License-Identifier: Apache-2.0
"""A plugin of pytest that writes down which lines of the package each test runs, by what Python 3.12 has for it.

A line tells once a test that it ran, and is silent until the next: a loop of a million turns costs what one turn costs.
So the measurement takes little longer than the tests. Each process writes a file of its own.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

__all__ = ["FOLDER", "PACKAGE"]

FOLDER = "MISURE_LINES_RUN"
"""The variable that names the folder to write into; without it nothing is measured."""
PACKAGE = str(Path(__file__).resolve().parents[2] / "src" / "misure") + os.sep

if sys.version_info >= (3, 12):
    from sys import monitoring

    _TOOL = monitoring.COVERAGE_ID
    _followed: set[CodeType] = set()
    _run: set[tuple[str, int]] = set()
    _tests: dict[str, set[tuple[str, int]]] = {}

    def _starts(code: CodeType, _: int) -> Any:
        if code.co_filename.startswith(PACKAGE) and code not in _followed:
            _followed.add(code)
            monitoring.set_local_events(_TOOL, code, monitoring.events.LINE)
        return monitoring.DISABLE

    def _line(code: CodeType, line: int) -> Any:
        _run.add((code.co_filename, line))
        return monitoring.DISABLE

    def pytest_configure() -> None:
        """Listen from before the first module of the package is loaded."""
        if os.environ.get(FOLDER):
            monitoring.use_tool_id(_TOOL, "misure-mutation")
            monitoring.register_callback(_TOOL, monitoring.events.PY_START, _starts)
            monitoring.register_callback(_TOOL, monitoring.events.LINE, _line)
            monitoring.set_events(_TOOL, monitoring.events.PY_START)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart() -> None:
        """Each test starts with all lines unheard; what was run between two tests is nobody's."""
        _run.clear()
        monitoring.restart_events()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(item: pytest.Item) -> None:
        """What ran until here, the fixtures' part included, is this test's."""
        _tests.setdefault(item.nodeid, set()).update(_run)

    def pytest_sessionfinish() -> None:
        """Write: file, line, and the numbers of the tests that ran it."""
        if not os.environ.get(FOLDER):
            return
        # Nothing is listened to while Python takes itself down, this module with it.
        monitoring.set_events(_TOOL, monitoring.events.NO_EVENTS)
        if not _tests:
            return
        lines: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, ran in enumerate(_tests.values()):
            for file, line in ran:
                lines[file.removeprefix(PACKAGE)][line].append(number)
        told = json.dumps({"tests": list(_tests), "lines": lines})
        (Path(os.environ[FOLDER]) / f"{os.getpid()}.json").write_text(told, "utf-8")
