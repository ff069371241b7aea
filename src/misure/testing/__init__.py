# SPDX-License-Identifier: Apache-2.0
"""What tests a measure: applicants made from its rules, laws to assert over it, worked cases, rule coverage, rule mutants.

Applicants are drawn with Hypothesis, which comes with the extra `misure[testing]`: a function that is used without it
raises `MissingExtra`, which is an `ImportError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from misure.reading.cases.decisions import WorkedCase
    from misure.reading.cases.selections import ToldApplication, WorkedSelection
    from misure.reading.text.tree import Plain
    from misure.testing.comparing import CaseResult, Difference
    from misure.testing.drawn.application_strategies import applications
    from misure.testing.drawn.fact_strategies import edge_facts, facts, facts_with, partial_facts
    from misure.testing.drawn.framing import Library
    from misure.testing.drawn.law_beneath import aid_ledgers, undertakings
    from misure.testing.drawn.populations import Population, population
    from misure.testing.engines import (
        Check,
        Engine,
        EngineDifference,
        EngineQuestion,
        NotConforming,
        conformance_checks,
        run_conformance,
    )
    from misure.testing.laws.of_amounts import assert_monotone, assert_no_cliff
    from misure.testing.laws.of_decisions import (
        assert_completion_safe,
        assert_order_free,
        assert_replays,
        assert_same_as,
    )
    from misure.testing.laws.of_frames import assert_same_in_frames
    from misure.testing.laws.of_sums import assert_conserves
    from misure.testing.rule_coverage import RuleCoverage, coverage
    from misure.testing.rule_mutants import RuleMutants, mutants
    from misure.testing.strategies import completions, days, questions
    from misure.testing.told import Asked, Facts
    from misure.testing.worked_cases import run_cases
    from misure.testing.worked_selections import run_selections

__all__ = [
    "Asked", "CaseResult", "Check", "Difference", "Engine", "EngineDifference", "EngineQuestion", "Facts", "Library",
    "NotConforming", "Plain", "Population", "RuleCoverage", "RuleMutants", "ToldApplication", "WorkedCase",
    "WorkedSelection", "aid_ledgers", "applications", "assert_completion_safe", "assert_conserves", "assert_monotone",
    "assert_no_cliff", "assert_order_free", "assert_replays", "assert_same_as", "assert_same_in_frames",
    "completions", "conformance_checks", "coverage", "days", "edge_facts", "facts", "facts_with", "mutants",
    "partial_facts", "population", "questions", "run_cases", "run_conformance", "run_selections", "undertakings",
]  # fmt: skip

_HOMES = {
    "Asked": "told", "CaseResult": "comparing", "Check": "engines", "Difference": "comparing", "Engine":
    "engines", "EngineDifference": "engines", "EngineQuestion": "engines", "Facts": "told", "Library":
    "drawn.framing", "NotConforming": "engines", "Plain": "misure.reading.text.tree", "Population":
    "drawn.populations", "RuleCoverage": "rule_coverage", "RuleMutants": "rule_mutants", "ToldApplication":
    "misure.reading.cases.selections", "WorkedCase": "misure.reading.cases.decisions", "WorkedSelection":
    "misure.reading.cases.selections", "aid_ledgers": "drawn.law_beneath", "applications":
    "drawn.application_strategies", "assert_completion_safe": "laws.of_decisions", "assert_conserves":
    "laws.of_sums", "assert_monotone": "laws.of_amounts", "assert_no_cliff": "laws.of_amounts",
    "assert_order_free": "laws.of_decisions", "assert_replays": "laws.of_decisions", "assert_same_as":
    "laws.of_decisions", "assert_same_in_frames": "laws.of_frames", "completions": "strategies", "conformance_checks":
    "engines", "coverage": "rule_coverage", "days": "strategies", "edge_facts": "drawn.fact_strategies", "facts":
    "drawn.fact_strategies", "facts_with": "drawn.fact_strategies", "mutants": "rule_mutants", "partial_facts":
    "drawn.fact_strategies", "population": "drawn.populations", "questions": "strategies", "run_cases":
    "worked_cases", "run_conformance": "engines", "run_selections": "worked_selections", "undertakings":
    "drawn.law_beneath",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        from misure._lazy import no_such

        raise no_such(__name__, name, __all__)
    from misure.ground.extras import offered

    home = _HOMES[name]
    return offered(home if home.startswith("misure.") else f"{__name__}.{home}", name, "testing", "hypothesis")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
