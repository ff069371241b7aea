# SPDX-License-Identifier: Apache-2.0
"""What every rule of a rulebook has, whatever it rules."""

from __future__ import annotations

from misure.ground.place import Place
from misure.ground.record import Record
from misure.ground.truth import Confidence
from misure.rulebook.acts import Citation

__all__ = ["Rule"]


class Rule(Record, kw_only=True):
    """What every rule has: its id, its provisions, its sentence, its citation, and how sure its reading is."""

    id: str
    place: Place
    cite: Citation
    provisions: tuple[str, ...] = ()
    text: str = ""
    confidence: Confidence = Confidence.OFFICIAL
    inferred: str = ""
    note: str = ""
