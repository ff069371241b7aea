# SPDX-License-Identifier: Apache-2.0
"""Public names that are loaded when they are first used (PEP 562), so that importing a package costs almost nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, TypeVar

__all__ = ["BEHIND", "RENAMED", "hint_of", "lazily", "no_such", "told_where_it_is"]

T = TypeVar("T")

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


BEHIND = {
    "Decision": {
        "dossier": "dossier", "explaining": "", "missing_behind": "missing_behind", "stretch": "period",
    },
    "Measure": {
        "check_question": "check_question", "decide_dossier": "decide", "intake": "facts", "lowered": "lower", "stretch": "period",
        "stretch_of": "period_of", "stretches": "periods",
    },
    "Selection": {
        "approvals": "approvals", "columns": "columns", "conflict": "conflict", "decision": "decision", "is_tied": "is_tied",
        "law": "law", "order_of": "order_of", "picked": "allocation",
    },
}  # fmt: skip
"""Public members of earlier versions that are machinery now: by their class, each with what `compiled(...)` of it has in its place."""


def told_where_it_is(cls: type[T]) -> type[T]:
    """Let a class say of the members that it had where they are now.

    Of anything else it says what Python says: a property that fails inside keeps its own error.
    """
    had, what = BEHIND[cls.__name__], cls.__name__.lower()

    def absent(self: T, name: str) -> Any:
        if name not in had:
            return object.__getattribute__(self, name)
        now = f"compiled({what}).{had[name]}".removesuffix(".")
        raise AttributeError(
            f"{cls.__name__!r} has no {name!r} any more: it is machinery, which may change in any release, and stands "
            f"behind 'from misure.deciding.machinery import compiled', as {now}",
            name=name,
            obj=self,
        )

    cls.__getattr__ = absent  # type: ignore[attr-defined]
    return cls


def no_such(package: str, name: str, names: Iterable[str]) -> AttributeError:
    """The error of a name that a package has not, with what it is called now or the nearest that it has."""
    return AttributeError(f"module {package!r} has no attribute {name!r}{hint_of(package, name, names)}")


def hint_of(package: str, name: str, names: Iterable[str]) -> str:
    """What a name that a package has not is called now, or the nearest that it has; "" where nothing is near."""
    from difflib import get_close_matches

    if new := RENAMED.get(f"{package}.{name}"):
        return f"; it is called {new!r} now"
    # Tools ask for many names of their own, which begin with an underscore: nobody reads a hint then.
    close = [] if name.startswith("_") else get_close_matches(name, list(names), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


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
