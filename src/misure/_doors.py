# SPDX-License-Identifier: Apache-2.0
"""The doors upwards: public methods whose work stands on a higher floor than their class.

Imports go down only. But `measure.select(...)` is what everybody calls, and selecting stands above deciding. So each such
method is one row here, its work is loaded when it is called, and nothing else in the library points up. The types that
such a method takes and gives are named here for type checkers.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from misure.selecting.approval import ApprovedOn as ApprovedOn
    from misure.selecting.selection import Selection as Selection
    from misure.selecting.survivors import SurvivorsTold as SurvivorsTold

__all__ = ["DOORS", "door"]

DOORS: dict[tuple[str, str], tuple[str, str]] = {
    ("Measure", "select"): ("misure.selecting.select", "select"),
    ("Measure", "reselect"): ("misure.selecting.replaying", "reselect"),
}
"""Class and method, to module and function; the function takes the object first, and then what the method takes."""


def door(class_name: str, method: str) -> Callable[..., Any]:
    """The function behind a method."""
    module, function = DOORS[class_name, method]
    return getattr(import_module(module), function)  # type: ignore[no-any-return]
