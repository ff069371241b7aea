# SPDX-License-Identifier: Apache-2.0
"""Measures by the folder of their rule package: read once, and read again where a pickle is opened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from misure.deciding.compiled import compiled
from misure.deciding.measure import Measure
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.ground.rules_folder import bundled_rules
from misure.reading import read_rulebook

__all__ = ["open_measure", "reopen"]


@lru_cache(maxsize=256)
def open_measure(root: str, measure_id: str) -> Measure:
    """The measure of that id in the rule package at `root`; the bundled vocabulary is known to every package.

    Raises:
        BadRules: Its files cannot be used; all faults at once.
    """
    bundled = bundled_rules()
    folders = [bundled] if Path(root) == bundled else [bundled, Path(root)]
    measure = Measure(read_rulebook(Path(root), measure_id, folders))
    compiled(measure).lower()
    return measure


def reopen(root: str, measure_id: str, rules_hash: str, varied: Mapping[str, str]) -> Measure:
    """The measure that was pickled, from rules that must still be the same.

    Raises:
        BadRules: The rules are not those with which the measure was pickled.
    """
    measure = open_measure(root, measure_id)
    if measure.rulebook.rules_hash != rules_hash:
        message = f"pickled with rules {rules_hash}; the rules here are {measure.rulebook.rules_hash}"
        raise BadRules([Fault(Place(root), measure_id, message)])
    return measure.vary(**varied) if varied else measure
