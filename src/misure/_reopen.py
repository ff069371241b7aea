# SPDX-License-Identifier: Apache-2.0
"""What pickles name: the functions with which a pickled object is made again. They stay where they are, whatever moves.

A measure is read again from its rules, which must still be the same; a decision is decided again from its facts, a
selection selected again from its receipt. So a pickle holds no class of the library, and the work is loaded when a pickle is
opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

__all__ = [
    "reopen_decision",
    "reopen_finding",
    "reopen_linked",
    "reopen_measure",
    "reopen_placement",
    "reopen_rulebook",
    "reopen_selection",
]


def reopen_measure(root: str, measure_id: str, rules_hash: str, varied: Mapping[str, str]) -> Any:
    """A measure, by the folder of its rules, its id, the hash of its rules and what a what-if changed."""
    return import_module("misure.deciding.opening").reopen(root, measure_id, rules_hash, varied)


def reopen_linked(data: bytes) -> Any:
    """A measure that was opened from linked data, by that data."""
    return import_module("misure.deciding.linked").open_linked(data)


def reopen_rulebook(data: bytes) -> Any:
    """A rulebook, by itself as data."""
    return import_module("misure.rulebook.linked.decoding").unpickled(data)


def reopen_decision(of: Any, facts: Mapping[str, Any], on: str) -> Any:
    """A decision, by its measure, the facts as they were told and the day of the question."""
    return import_module("misure.deciding.replaying").decided_again(of, facts, on)


def reopen_finding(of: Any, condition: str) -> Any:
    """A finding, by its decision and its condition."""
    return of[condition]


def reopen_selection(of: Any, receipt: Mapping[str, Any]) -> Any:
    """A selection, by its measure and its receipt."""
    return of.reselect(receipt)


def reopen_placement(of: Any, application: str) -> Any:
    """The placement of an application, by its selection and its id."""
    return of[application]
