# SPDX-License-Identifier: Apache-2.0
"""One application as a file tells it, before anything is read of its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from misure.ground.place import Place

__all__ = ["OFFICE", "ToldApplication"]

OFFICE = ("filed_at", "admitted", "window")
"""What the office says of an application, beside its id."""


@dataclass(frozen=True, slots=True)
class ToldApplication:
    """One application as it was written; with `text_source`: every fact is a text."""

    id: str
    facts: Mapping[str, Any]
    filed_at: str | None
    admitted: bool | str | None
    window: str | None
    place: Place
    places: Any
    text_source: bool = True
