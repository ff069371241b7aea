# SPDX-License-Identifier: Apache-2.0
"""Running the command line as a user does, and one dossier for all tests."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from misure.cli import main

FACTS = Path(__file__).parents[1] / "explanations" / "facts"
FILIERE = "lombardia/filiere"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Command:
    """Runs `misure` in this process; what stands on standard input is bytes, as it is for a program."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *arguments: object, told: bytes = b"") -> Ran:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(told)))
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        captured = self._capsys.readouterr()
        return Ran(code, captured.out, captured.err)
