# SPDX-License-Identifier: Apache-2.0
"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import misure
from misure.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
COMMANDS = [text.strip() for language, text in BLOCKS if language == "sh"]
PYTHON = [text for language, text in BLOCKS if language == "python"]


def test_the_example_prints_what_the_readme_shows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)
    words = shlex.split(COMMANDS[0].rpartition("&&")[2])
    assert words[0] == ".venv/bin/misure"
    assert main(words[1:]) == 0
    shown = next(text for language, text in BLOCKS if not language and "Esito" in text)
    assert capsys.readouterr().out.rstrip() == shown.rstrip()


def test_the_two_commands_set_everything_up_themselves() -> None:
    assert len(COMMANDS) == 2
    for command in COMMANDS:
        first, *installs, last = command.split(" && ")
        assert first == "python3 -m venv .venv"
        assert installs
        for install in installs:
            assert install.startswith(".venv/bin/pip install -q -c constraints/tested.txt ")
        assert last.startswith(".venv/bin/")
        assert "\n" not in command
    assert (ROOT / "constraints" / "tested.txt").is_file()


def test_continuous_integration_runs_the_two_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert command in script


def test_the_python_of_the_readme_says_what_its_comments_say(capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, object] = {}
    exec(PYTHON[0], scope)  # noqa: S102 (our own page)
    decision = scope["decision"]
    assert isinstance(decision, misure.Decision)
    assert "Esito: NON AMMISSIBILE" in capsys.readouterr().out
    for line in PYTHON[0].splitlines():
        code, _, said = line.partition("#")
        if said.strip().startswith(("[", "Decimal", "'")):
            expected = re.match(r"\s*(\[.*?\]|Decimal\('.*?'\)|'.*?')", said)
            assert expected
            assert repr(eval(code, scope)) == expected[1]  # noqa: S307 (our own page)
    assert decision.outcome is misure.Outcome.REFUSED
    assert {decides.kind for missing in decision.missing for decides in missing.decides} == {"term"}


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_each_python_block_of_the_readme_runs_as_it_is_pasted(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    """By itself, in a fresh session: nothing that another block, or nobody, defines."""
    scope: dict[str, object] = {}
    exec(PYTHON[number], scope)  # noqa: S102 (our own page)
    for line in PYTHON[number].splitlines():
        code, _, said = line.partition("  # ")
        if expected := re.match(r"\s*(\[.*?\]|Decimal\('.*?'\)|'.*?')", said):
            assert repr(eval(code, scope)) == expected[1]  # noqa: S307 (our own page)


def test_every_page_that_is_linked_exists() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert dead == []


@pytest.mark.parametrize("page", ["docs/how-to/decide-a-dataframe.md", "docs/reference/decision.md"])
def test_the_python_of_a_page_runs(page: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(block, {})  # noqa: S102 (our own page)
