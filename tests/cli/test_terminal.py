# SPDX-License-Identifier: Apache-2.0
"""What the output survives: pipes that close, terminals without UTF-8, narrow ones, and no words where none are needed."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from misure.telling.formats.terminal import shown_in
from tests.cli.commands import FACTS, FILIERE

ROOT = Path(__file__).parents[2]
DECIDE = ["decide", FILIERE, str(FACTS / "filiere-respinta.yaml"), "--on", "2022-07-15"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MISURE_NO_PLUGINS": "1", **environment}
    command = [sys.executable, "-m", "misure", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=variables)


def test_a_pipe_that_closes_early_is_no_error() -> None:
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "misure", "show", "lombardia/verso-nuovi-mercati"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_utf_8_reads_as_well(encoding: str) -> None:
    ran = run(*DECIDE, PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "x Almeno 10 imprese con sede in Lombardia: qui 9, ne" in ran.stdout.decode(encoding)
    assert "?" not in ran.stdout.decode(encoding).replace("\n? ", "")


def test_json_stays_json_without_utf_8() -> None:
    plain, wide = (json.loads(run(*DECIDE, "--json", PYTHONIOENCODING=name).stdout) for name in ("ascii", "utf-8"))
    assert plain == wide


def test_errors_are_told_without_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "fatti.yaml"
    path.write_text("perché: sì", "utf-8")
    ran = run("decide", FILIERE, str(path), "--on", "2022-07-15", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"perch" in ran.stderr


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120])
def test_lines_fit_the_terminal(columns: int) -> None:
    told = run(*DECIDE, COLUMNS=str(columns), PYTHONIOENCODING="utf-8").stdout.decode()
    assert max(map(len, told.splitlines())) <= columns
    beside = [line for line in told.splitlines() if line.endswith("Soggetti beneficiari") and line.startswith("✗")]
    assert bool(beside) == (columns >= 100)


def on_a_terminal(**environment: str) -> bytes:
    main, other = pty.openpty()
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **environment}
    command = [sys.executable, "-m", "misure", *DECIDE]
    with subprocess.Popen(command, stdout=other, env=variables) as process:
        os.close(other)
        told = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            told += part
        assert process.wait() == 0
    os.close(main)
    return told


def test_colour_on_a_terminal_alone_and_not_against_the_will() -> None:
    assert b"\x1b[31m" in on_a_terminal()
    assert b"\x1b" not in on_a_terminal(NO_COLOR="1")
    assert b"\x1b" not in run(*DECIDE).stdout


def test_a_decision_as_json_loads_no_words() -> None:
    code = f"""import sys; from misure.cli import main; main({[*DECIDE, "--json"]!r})
loaded = [name for name in sys.modules if name.split(".")[0] in ("babel", "gettext", "narwhals", "hypothesis", "importlib.metadata")]
print(loaded, file=sys.stderr)"""
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MISURE_NO_PLUGINS": "1"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=variables)
    words = [name for name in ("babel", "narwhals", "hypothesis", "misure.telling.explanation") if name in ran.stderr]
    assert words == []


def test_spelling() -> None:
    assert shown_in("✓ già «così» – 5 €", "utf-8") == "✓ già «così» – 5 €"
    assert shown_in("✓ già «così» – 5 €", "ascii") == "v gia' \"cosi'\" - 5 EUR"
    assert shown_in("漢", "ascii") == "?"
