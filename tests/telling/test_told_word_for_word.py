# SPDX-License-Identifier: Apache-2.0
"""Every form of rule, answer and doubt, word for word in both languages.

After a change of wording, write them again and read the difference: MISURE_WRITE_EXPLANATIONS=1 pytest tests/telling
"""

from __future__ import annotations

import os

import pytest

from misure.telling.formats.text import Style, plain_text
from tests.telling.told_scenarios import FOLDER, SCENARIOS


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_it_reads_as_written(name: str, language: str) -> None:
    path = FOLDER / f"{name}.{language}.txt"
    page = SCENARIOS[name](language)
    assert page.language == language
    told = f"[{page.tone}]\n{plain_text(page, Style(110), everything=True)}\n{dict(page.links) or ''}".rstrip() + "\n"
    if os.environ.get("MISURE_WRITE_EXPLANATIONS"):
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")


def test_every_text_has_its_scenario() -> None:
    names = {f"{name}.{language}.txt" for name in SCENARIOS for language in ("it", "en")}
    assert {path.name for path in FOLDER.iterdir()} == names
