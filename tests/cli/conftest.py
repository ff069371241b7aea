# SPDX-License-Identifier: Apache-2.0
"""The command line, ready to run."""

from __future__ import annotations

import pytest

from tests.cli.commands import Command


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MISURE_NO_PLUGINS", "1")
    return Command(capsys, monkeypatch)
