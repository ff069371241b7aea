# SPDX-License-Identifier: Apache-2.0
"""The page on testing with Hypothesis, block by block: each file is written, each command run, each output compared."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.packaging.environments import ROOT, Environment, run

PAGE = (ROOT / "docs" / "how-to" / "test-with-hypothesis.md").read_text("utf-8")
EVERY = re.findall(r'^```(\w*)(?: title="([^"]+)")?\n(.*?)^```$', PAGE, re.DOTALL | re.MULTILINE)
BLOCKS = {title: text for _, title, text in EVERY}
FILES = {title for _, title, _ in EVERY if title.endswith((".py", ".md", ".yaml"))}
SHOWN = {"checked", "the law that fails", "mended", "the fifth case", "not tried at first", "not tried when mended"}
ID = "esempio/botteghe"

HOLDS_OF_BOTH = f"""
import datetime, misure
from misure import testing
measure = misure.catalogue(["rules"])["{ID}"]
for line in ("grant", "further"):
    testing.assert_monotone(measure, "workshop_spend", on=datetime.date(2026, 3, 10), gives=line)
assert [result.passed for result in testing.run_cases(measure)] == [True] * 5, [str(one) for one in testing.run_cases(measure)]
"""


def written(folder: Path) -> Path:
    """The folder with the files of the page in it, as they stand first."""
    for title in FILES:
        file = folder / title
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(BLOCKS[title], "utf-8")
    return folder


def mended(folder: Path) -> None:
    """What the page says under *Mend it*, done."""
    rules, cases = (folder / "rules" / ID / name for name in ("measure.yaml", "cases.yaml"))
    rules.write_text(rules.read_text("utf-8").partition("    definitions:\n")[0] + BLOCKS["mended"], "utf-8")
    told = cases.read_text("utf-8")
    assert "{grant: 8000.00}" in told
    assert "`{grant: 5000.00,\nfurther: 3000.00}`" in PAGE
    told = told.replace("{grant: 8000.00}", "{grant: 5000.00, further: 3000.00}")
    cases.write_text(told + BLOCKS["the fifth case"], "utf-8")


def tried(folder: Path, *command: str, source: Path = ROOT / "src") -> str:
    """What a command of the page prints in the folder, by the library at `source`."""
    return run(sys.executable, *command, cwd=folder, PYTHONPATH=str(source), CI="1")


def by_pytest(folder: Path, file: str) -> tuple[int, str]:
    """How pytest ends on a file, and what it says. Drawing is that of the first run, on every machine."""
    (folder / "conftest.py").write_text(
        "from hypothesis import settings\n"
        'settings.register_profile("page", derandomize=True, database=None, deadline=None)\nsettings.load_profile("page")\n',
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", file],
        capture_output=True, text=True, check=False, cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    return done.returncode, done.stdout


def test_every_block_of_the_page_is_written_or_compared_here() -> None:
    assert len(EVERY) == len(BLOCKS)
    assert set(BLOCKS) == FILES | SHOWN
    assert {title for title in FILES if title.startswith("test_")} == {
        "test_botteghe.py", "test_botteghe_more.py", "test_botteghe_act.py",
    }  # fmt: skip


def test_the_page_from_an_empty_folder(tmp_path: Path) -> None:
    folder = written(tmp_path)
    command, said = BLOCKS["checked"].split("\n", 1)
    assert command == "$ misure check rules/esempio"
    assert tried(folder, "-m", "misure", "check", "rules/esempio") == said
    ended, told = by_pytest(folder, "test_botteghe.py")
    assert (ended, "3 passed" in told) == (0, True), told
    ended, told = by_pytest(folder, "test_botteghe_more.py")
    told = "\n".join(line.removeprefix("E").removeprefix("  ").removeprefix(" ") for line in told.splitlines())
    assert ended == 1
    for line in BLOCKS["the law that fails"].splitlines():
        assert line.strip() in told
    assert tried(folder, "not_tried.py") == BLOCKS["not tried at first"]
    mended(folder)
    assert tried(folder, "-m", "misure", "check", "rules/esempio") == said
    tried(folder, "-c", HOLDS_OF_BOTH)
    assert tried(folder, "not_tried.py") == BLOCKS["not tried when mended"]
    ended, told = by_pytest(folder, "test_botteghe_act.py")
    assert (ended, "4 passed" in told) == (0, True), told


def test_the_page_in_a_clone(tmp_path: Path) -> None:
    """There the folder `rules` is that of the bundled rules: what the page adds stands among them."""
    shutil.copytree(ROOT / "src" / "misure", tmp_path / "src" / "misure", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    folder = written(tmp_path)
    assert tried(folder, "-m", "misure", "check", "rules/esempio", source=folder / "src") == "no faults\n"
    assert tried(folder, "not_tried.py", source=folder / "src") == BLOCKS["not tried at first"]


def test_the_page_with_a_wheel(
    tmp_path: Path, environments: Callable[[str], Environment], built: dict[str, Path]
) -> None:
    """In an empty folder, and in a clone in which the wheel is installed, as the first command of the README does."""
    installed = environments("hypothesis")
    installed.install(built["wheel"])
    shutil.copytree(ROOT / "rules", tmp_path / "clone" / "rules")
    for folder in (written(tmp_path / "empty"), written(tmp_path / "clone")):
        assert run(installed.python, "-m", "misure", "check", "rules/esempio", cwd=folder) == "no faults\n"
        assert run(installed.python, "not_tried.py", cwd=folder) == BLOCKS["not tried at first"]
