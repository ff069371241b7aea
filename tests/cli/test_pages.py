# SPDX-License-Identifier: Apache-2.0
"""What the pages show is what comes out: their files are written, their commands run, their Python is a doctest."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from tests.cli.commands import Command

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [
    "tutorial/first-steps.md",
    "how-to/explain-a-decision.md",
    "how-to/publish-a-ranking.md",
    "how-to/survey-a-ledger.md",
]
FILE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
CONSOLE = re.compile(r"^```console\n\$ misure (.*?)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page(page: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DOCS / page).read_text("utf-8")
    for name, content in FILE.findall(text):
        (tmp_path / name).write_text(content, "utf-8")
    monkeypatch.chdir(tmp_path)
    for line, shown in CONSOLE.findall(text):
        ran = command(*shlex.split(line))
        assert ran.code == 0
        beginning, _, rest = shown.partition("...\n")
        assert ran.out.startswith(beginning)
        assert rest or ran.out == beginning or "..." in shown


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_a_page(page: str) -> None:
    blocks = "\n".join(PYTHON.findall((DOCS / page).read_text("utf-8")))
    test = doctest.DocTestParser().get_doctest(blocks, {}, page, page, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test)
    assert test.examples
    assert runner.failures == 0


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (DOCS / page).read_text("utf-8"))
    assert [link for link in links if not (DOCS / page).parent.joinpath(link).exists()] == []
