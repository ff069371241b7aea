# SPDX-License-Identifier: Apache-2.0
"""The years that a page, or a result as JSON, tells of: those beyond all that rules and facts speak of are no days of anybody."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["odd", "told_by", "years"]

DAY = re.compile(r"\b([0-9]{4})-[0-9]{2}-[0-9]{2}\b|\b(?:[a-z]+o|[a-z]+e|[A-Z][a-z]+) ([0-9]{4})\b(?!/)")
"""A day in JSON, or the month and the year of one in either language."""


def years(text: str) -> set[int]:
    return {int(iso or said) for iso, said in DAY.findall(text)}


def told_by(result: Any) -> str:
    """The result as JSON, without the facts that somebody told."""
    return json.dumps({key: value for key, value in result.to_dict().items() if key != "receipt"}, default=str)


def odd(text: str) -> set[int]:
    return {year for year in years(text) if not 2000 <= year <= 2099 and 1800 < year < 2200}
