# SPDX-License-Identifier: Apache-2.0
"""`misure`: the provisions of Lombard funding measures as rules that decide, explain and cite.

Importing this package loads nothing else: a name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from misure._lazy import no_such
from misure._moved import install
from misure._version import __version__

if TYPE_CHECKING:
    from misure import (
        batch,
        deminimis,
        facts,
        finance,
        identifiers,
        preconditions,
        register,
        results,
        rulebook,
        terms,
        undertakings,
    )
    from misure._catalogue import Catalogue, catalogue
    from misure.deciding.decision import Decision, Outcome
    from misure.deciding.finding import Finding
    from misure.deciding.linked import open_linked
    from misure.deciding.measure import Measure
    from misure.deciding.missing import Missing
    from misure.deciding.results import Amount, Term, Tranche
    from misure.ground.errors import (
        BadFacts,
        BadIdentifier,
        BadPickle,
        BadRules,
        Conflict,
        MisureError,
        NoSuchApplication,
        NoSuchMeasure,
        NoSuchName,
        NotEncoded,
    )
    from misure.ground.extras import MissingExtra
    from misure.ground.place import Fault, Place
    from misure.ground.ranges import Range
    from misure.ground.truth import Confidence, NotKnowing, Truth
    from misure.selecting.applications import Application
    from misure.selecting.award import Award
    from misure.selecting.placement import Placement, Reason, Why
    from misure.selecting.selection import Selection
    from misure.selecting.standing import Standing
    from misure.telling.explanation import Explanation, explain

__all__ = [
    "Amount", "Application", "Award", "BadFacts", "BadIdentifier", "BadPickle", "BadRules", "Catalogue", "Confidence", "Conflict", "Decision",
    "Explanation", "Fault", "Finding", "Measure", "Missing", "MissingExtra", "MisureError", "NoSuchApplication", "NoSuchMeasure", "NoSuchName", "NotEncoded",
    "NotKnowing", "Outcome", "Place", "Placement", "Range", "Reason", "Selection", "Standing", "Term", "Tranche", "Truth",
    "Why", "__version__", "batch", "catalogue", "deminimis", "explain", "facts", "finance", "identifiers", "open_linked",
    "preconditions", "register", "results", "rulebook", "terms", "undertakings",
]  # fmt: skip

_HOMES = {
    "Amount": "misure.deciding.results", "Application": "misure.selecting.applications",
    "Award": "misure.selecting.award", "BadFacts": "misure.ground.errors", "BadIdentifier": "misure.ground.errors", "BadPickle": "misure.ground.errors", "BadRules": "misure.ground.errors",
    "Catalogue": "misure._catalogue", "Confidence": "misure.ground.truth", "Conflict": "misure.ground.errors",
    "Decision": "misure.deciding.decision", "Explanation": "misure.telling.explanation",
    "Finding": "misure.deciding.finding", "Measure": "misure.deciding.measure", "Missing": "misure.deciding.missing", "MissingExtra": "misure.ground.extras",
    "MisureError": "misure.ground.errors", "NoSuchApplication": "misure.ground.errors",
    "NoSuchMeasure": "misure.ground.errors", "NoSuchName": "misure.ground.errors", "NotEncoded": "misure.ground.errors",
    "NotKnowing": "misure.ground.truth", "Outcome": "misure.deciding.decision",
    "Fault": "misure.ground.place", "Place": "misure.ground.place", "Placement": "misure.selecting.placement", "Range": "misure.ground.ranges", "Reason": "misure.selecting.placement",
    "Selection": "misure.selecting.selection", "Standing": "misure.selecting.standing",
    "Term": "misure.deciding.results", "Tranche": "misure.deciding.results", "Truth": "misure.ground.truth",
    "Why": "misure.selecting.placement", "catalogue": "misure._catalogue", "explain": "misure.telling.explanation",
    "open_linked": "misure.deciding.linked",
}  # fmt: skip


_FLOORS = frozenset((
    "batch", "deminimis", "facts", "finance", "identifiers", "preconditions", "register", "results", "rulebook", "terms",
    "undertakings",
))  # fmt: skip
"""Public packages: the law beneath every measure (`misure.deminimis` and the rest), frames, and the types of what is given."""

_ASKED_FOR = _FLOORS | {"testing"}
"""And the test tools, which a star does not bring along."""

install(_ASKED_FOR)


def __getattr__(name: str) -> Any:
    """Load a public name (PEP 562)."""
    if name in _ASKED_FOR:
        return import_module(f"misure.{name}")
    home = _HOMES.get(name)
    if home is None:
        raise no_such("misure", name, __all__)
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_ASKED_FOR})
