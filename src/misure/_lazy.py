# SPDX-License-Identifier: Apache-2.0
"""Public names that are loaded when they are first used (PEP 562), so that importing a package costs almost nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["RENAMED", "lazily", "no_such"]

RENAMED = {
    "misure.deminimis.Cap": "CapUse",
    "misure.deminimis.Reason": "FitReason",
    "misure.deminimis.Standing": "UndertakingStanding",
    "misure.deminimis.Stretch": "HeadroomPeriod",
    "misure.deminimis.Waiting": "FirstFit",
    "misure.deminimis.Window": "AidWindow",
    "misure.finance.Amount": "AmountAnswer",
    "misure.finance.Condition": "HarbourCondition",
    "misure.finance.Stage": "RoundingStage",
    "misure.preconditions.Figure": "NamedFigure",
    "misure.register.Reading": "AidReader",
    "misure.rulebook.Plan": "SpendingPlan",
    "misure.undertakings.Kind": "EntityKind",
    "misure.undertakings.LeftOut": "NotAdded",
    "misure.undertakings.Period": "AccountingPeriod",
    "misure.undertakings.Reason": "LinkReason",
    "misure.undertakings.Relation": "EnterpriseRelation",
}
"""Public names of earlier versions, each with what its package calls the same thing now."""


def no_such(package: str, name: str, names: Iterable[str]) -> AttributeError:
    """The error of a name that a package has not, with what it is called now or the nearest that it has."""
    from difflib import get_close_matches

    if new := RENAMED.get(f"{package}.{name}"):
        return AttributeError(f"module {package!r} has no attribute {name!r}; it is called {new!r} now")
    # Tools ask for many names of their own, which begin with an underscore: nobody reads a hint then.
    close = [] if name.startswith("_") else get_close_matches(name, list(names), n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return AttributeError(f"module {package!r} has no attribute {name!r}{hint}")


def lazily(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` of a package whose public names live in other modules: each name with its module.

    A name found once is kept in the package.
    """

    def look_up(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise no_such(package, name, homes)
        value = getattr(import_module(home), name)
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return look_up, names
