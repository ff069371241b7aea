# SPDX-License-Identifier: Apache-2.0
"""Measures written to be told: each has one thing of which the words matter."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path

import misure
from tests.deciding.written_measures import HEAD, ONE_EDITION

ON = dt.date(2024, 6, 1)


def opened(
    folder: Path, rest: str, *, vocabulary: str = "", law_of: str = "filing", editions: str = ONE_EDITION
) -> misure.Measure:
    """The measure of a rule package of its own."""
    home = folder / "prova" / "breve"
    home.mkdir(parents=True)
    (home / "measure.yaml").write_text(HEAD.replace("LAW", law_of) + editions + textwrap.dedent(rest), "utf-8")
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "prova.yaml").write_text("format: 1\n" + textwrap.dedent(vocabulary), "utf-8")
    return misure.catalogue([folder])["prova/breve"]


def lines(decision: misure.Decision, title: str, language: str = "it") -> list[str]:
    """The lines of a section as `mark text | details`, blanks as they are printed."""
    page = misure.explain(decision, language).page
    found = [line for section in page.sections if section.title == title for line in section.lines]
    return [" | ".join((f"{line.mark} {line.text}", *line.details)).replace("\xa0", " ") for line in found]
