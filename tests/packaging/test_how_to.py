# SPDX-License-Identifier: Apache-2.0
"""The example of the how-to is a rule package like any other: it is put together from the page, checked and run."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.packaging.environments import ROOT, run

PAGE = ROOT / "docs" / "how-to" / "write-a-rule-file.md"
BLOCK = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with the one that the page writes, block by block."""
    folder = tmp_path_factory.mktemp("how-to")
    for path, text in BLOCK.findall(PAGE.read_text("utf-8")):
        file = folder / "misure_esempio" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(text)
    (folder / "misure_esempio" / "__init__.py").touch()
    described = folder / "misure_esempio-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: misure-esempio\nVersion: 1.0\n", "utf-8")
    (described / "entry_points.txt").write_text("[misure.rules]\nesempio = misure_esempio\n", "utf-8")
    return folder


@pytest.mark.parametrize("verb", ["check", "cases"])
def test_the_example_of_the_page_passes(verb: str, example: Path) -> None:
    path = os.pathsep.join([str(ROOT / "src"), str(example)])
    run(sys.executable, "-m", "misure", verb, "esempio/vetrine", cwd=example, PYTHONPATH=path)
