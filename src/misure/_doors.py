# SPDX-License-Identifier: Apache-2.0
"""The doors upwards: public methods whose work stands on a higher floor than their class, and types that cannot be imported yet.

Imports go down only. But `measure.select(...)` is what everybody calls, and selecting stands above deciding. So each such
method is one row of `DOORS`, its work is loaded when it is called, and nothing else in the library points up.

The types that such a method takes and gives are rows of `TYPES`, and so is the whole that a part knows: a decision its measure, a
finding its decision, a placement its selection. An annotation names them as `doors.Selection`: a type checker reads
the imports below, and whoever asks when the program runs (`typing.get_type_hints`) has them loaded then.

>>> import misure, typing
>>> typing.get_type_hints(misure.Measure.reselect)["return"] is misure.Selection
True
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from misure.deciding.decision import Decision as Decision
    from misure.deciding.headrooms import AidRemark as AidRemark
    from misure.deciding.measure import Measure as Measure
    from misure.selecting.approval import ApprovedOn as ApprovedOn
    from misure.selecting.award import Award as Award
    from misure.selecting.placement import Placement as Placement
    from misure.selecting.selection import Selection as Selection
    from misure.selecting.survivors import SurvivorsTold as SurvivorsTold

__all__ = ["DOORS", "TYPES", "door"]

DOORS: dict[tuple[str, str], tuple[str, str]] = {
    ("Measure", "select"): ("misure.selecting.select", "select"),
    ("Measure", "reselect"): ("misure.selecting.replaying", "reselect"),
}
"""Class and method, to module and function; the function takes the object first, and then what the method takes."""

TYPES: dict[str, str] = {
    "AidRemark": "misure.deciding.headrooms",
    "ApprovedOn": "misure.selecting.approval",
    "Award": "misure.selecting.award",
    "Decision": "misure.deciding.decision",
    "Measure": "misure.deciding.measure",
    "Placement": "misure.selecting.placement",
    "Selection": "misure.selecting.selection",
    "SurvivorsTold": "misure.selecting.survivors",
}
"""The types that annotations name before they can be imported, each with its module."""


def door(class_name: str, method: str) -> Callable[..., Any]:
    """The function behind a method."""
    module, function = DOORS[class_name, method]
    return getattr(import_module(module), function)  # type: ignore[no-any-return]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """A type, loaded when it is asked for (PEP 562)."""
        if name not in TYPES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(TYPES[name]), name)
