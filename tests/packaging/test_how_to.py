# SPDX-License-Identifier: Apache-2.0
"""The example of the how-to is a rule package like any other: it is put together from the page, checked and run."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.packaging.environments import ROOT, run

HOW_TO = ROOT / "docs" / "how-to"
PAGES = {
    "vetrine": "write-a-rule-file.md",
    "officine": "points-and-costs.md",
    "reti": "partners-codes-envelopes.md",
    "insegne": "say-what-comes-after-the-award.md",
    "silenzi": "say-what-the-source-does-not.md",
    "lampade": "hold-a-rule-file-against-its-text.md",
}
"""The measures that pages write, by the page."""
BLOCK = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with the one whose measures the pages write, block by block."""
    folder = tmp_path_factory.mktemp("how-to")
    for path, text in (block for page in PAGES.values() for block in BLOCK.findall((HOW_TO / page).read_text("utf-8"))):
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
@pytest.mark.parametrize("measure", PAGES)
def test_the_example_of_the_page_passes(measure: str, verb: str, example: Path) -> None:
    path = os.pathsep.join([str(ROOT / "src"), str(example)])
    run(sys.executable, "-m", "misure", verb, f"esempio/{measure}", cwd=example, PYTHONPATH=path)


def test_the_text_of_the_page_holds_its_rules_and_is_kept_out(example: Path) -> None:
    anchors = example / "misure_esempio" / "rules" / "esempio" / "lampade" / "anchors.yaml"
    by_hand, path = anchors.read_text("utf-8"), os.pathsep.join([str(ROOT / "src"), str(example)])
    said = ("anchor", "esempio/lampade", str(example / "misure_esempio" / "atti" / "lampade.txt"))
    run(sys.executable, "-m", "misure", *said, "--write", "--html", "lampade.html", cwd=example, PYTHONPATH=path)
    written = anchors.read_text("utf-8")
    assert written.startswith(by_hand)
    assert "Mantenimento" not in written
    run(sys.executable, "-m", "misure", *said, "--write", cwd=example, PYTHONPATH=path)
    assert anchors.read_text("utf-8") == written
    run(sys.executable, "-m", "misure", "check", "esempio/lampade", cwd=example, PYTHONPATH=path)
    page = (example / "lampade.html").read_text("utf-8")
    assert "restano installate per" in page
    assert "<script" not in page
