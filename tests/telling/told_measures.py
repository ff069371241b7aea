# SPDX-License-Identifier: Apache-2.0
"""Measures written to be told: each has one thing of which the words matter."""

from __future__ import annotations

import datetime as dt

import misure
from tests.deciding.written_measures import opened

__all__ = ["ON", "lines", "opened"]

ON = dt.date(2024, 6, 1)


def lines(decision: misure.Decision, title: str, language: str = "it") -> list[str]:
    """The lines of a section as `mark text | details`, blanks as they are printed."""
    page = misure.explain(decision, language).page
    found = [line for section in page.sections if section.title == title for line in section.lines]
    return [" | ".join((f"{line.mark} {line.text}", *line.details)).replace("\xa0", " ") for line in found]
