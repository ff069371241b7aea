# SPDX-License-Identifier: Apache-2.0
"""What tests a rule file: worked cases, applicants drawn from the rules, rule coverage, rule mutants.

Applicants are drawn with Hypothesis, which comes with the extra `misure[testing]`: a function that is used without it
raises `MissingExtra`, which is an `ImportError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from misure.testing.engines import Check, Engine, NotConforming, Question, conformance_checks, run_conformance
    from misure.testing.mutants import survivors
    from misure.testing.strategies import applicants, completions, days, near_cases, questions
    from misure.testing.worked_cases import run_cases
    from misure.testing.worked_selections import run_selections

__all__ = [
    "Check", "Engine", "NotConforming", "Question", "applicants", "completions", "conformance_checks", "days", "near_cases",
    "questions", "run_cases", "run_conformance", "run_selections", "survivors",
]  # fmt: skip

_HOMES = {
    "applicants": "strategies", "completions": "strategies", "days": "strategies", "near_cases": "strategies",
    "questions": "strategies", "run_cases": "worked_cases", "run_selections": "worked_selections",
    "survivors": "mutants",
    "Check": "engines", "Engine": "engines", "NotConforming": "engines", "Question": "engines",
    "conformance_checks": "engines", "run_conformance": "engines",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a function when it is first named (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from misure.ground.extras import offered

    return offered(f"{__name__}.{_HOMES[name]}", name, "testing", "hypothesis")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
