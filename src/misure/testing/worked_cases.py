# SPDX-License-Identifier: Apache-2.0
"""Worked cases, run: what each one expects, held against what the measure answers.

>>> import misure
>>> results = run_cases(misure.catalogue()["lombardia/filiere"])
>>> [result.name for result in results if not result.passed]
[]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.deciding.results import Amount, Tension, Term, Tranche
from misure.deciding.values import as_json
from misure.ground.errors import BadFacts, BadRules, Conflict, MisureError, NotEncoded
from misure.ground.place import Fault, Place
from misure.reading.cases.decisions import WorkedCase, read_cases
from misure.testing.comparing import NOTHING, CaseResult, Difference, compare_named, compare_names, compare_value
from misure.testing.handed import a_measure

__all__ = ["cases_of_measure", "decide_case", "decided_cases", "no_cases", "run_case", "run_cases"]

_ERRORS: dict[type[MisureError], str] = {
    NotEncoded: "not_encoded", BadFacts: "bad_facts", Conflict: "conflict", BadRules: "bad_rules",
}  # fmt: skip


def cases_of_measure(measure: Measure) -> tuple[WorkedCase, ...]:
    """The worked cases that stand beside the rules of a measure; none where there is no such file.

    Raises:
        BadRules: The file of cases cannot be used; all its faults at once.
    """
    a_measure(measure)
    root = measure.rulebook.root
    path = Path(root) / measure.id / "cases.yaml"
    return read_cases(path) if root and path.exists() else ()


def no_cases(measure: Measure) -> BadRules:
    """The error of a measure that is to be tried by the worked cases beside its rules, where there are none."""
    root = measure.rulebook.root
    place = Place(str(Path(root) / measure.id / "cases.yaml") if root else "<linked rules>")
    told = "there are no worked cases beside these rules, so nothing would be tried: write some, or hand them over as cases="
    return BadRules([Fault(place, measure.id, told)])


def run_cases(measure: Measure) -> tuple[CaseResult, ...]:
    """Every worked case of a measure, in the order of the file.

    Raises:
        BadRules: The file of cases cannot be used; all its faults at once.
        TypeError: It is no measure.
    """
    return tuple(run_case(measure, case) for case in cases_of_measure(measure))


def run_case(measure: Measure, case: WorkedCase) -> CaseResult:
    """One worked case. An error that the case does not expect is a difference, not an exception."""
    try:
        decision = decide_case(measure, case)
    except MisureError as error:
        found = _ERRORS.get(type(error), type(error).__name__)
        if case.expect.get("error") == found:
            return CaseResult(case.name, case.place, ())
        expected = case.expect.get("error", "a decision")
        return CaseResult(case.name, case.place, (Difference("error", expected, f"{found}: {error}"),))
    return CaseResult(case.name, case.place, tuple(_differences(decision, case.expect)))


def decide_case(measure: Measure, case: WorkedCase) -> Decision:
    """What the measure answers of the case's applicant, on its day, with its legal values.

    Raises:
        MisureError: What `Measure.decide` and `Measure.vary` raise.
    """
    asked = measure.vary(**case.vary) if case.vary else measure
    behind = compiled(asked)
    return behind.decide(behind.read(case.facts, case.on, text_source=True))


def decided_cases(measure: Measure, *, one_in: int = 1) -> Iterator[Decision]:
    """What the measure answers in each of its worked cases, or in one of so many; those that expect an error are passed over.

    Raises:
        BadRules: The file of cases cannot be used.
    """
    answered = (case for case in cases_of_measure(measure) if "error" not in case.expect)
    for case in islice(answered, 0, None, one_in):
        yield decide_case(measure, case)


# What a case expects, key by key


def _differences(decision: Decision, expect: Mapping[str, Any]) -> Iterator[Difference]:
    for key, expected in expect.items():
        yield from _COMPARE[key](decision, key, expected)


def _error(decision: Decision, key: str, expected: str) -> Iterator[Difference]:
    yield Difference(key, expected, f"a decision, {decision.outcome}")


def _outcome(decision: Decision, key: str, expected: str) -> Iterator[Difference]:
    yield from compare_value(key, expected, str(decision.outcome))


def _findings(decision: Decision, key: str, expected: Mapping[str, str]) -> Iterator[Difference]:
    found = {finding.id: str(finding.truth) for finding in decision.findings}
    yield from compare_named(key, expected, found)


def _stages(decision: Decision, key: str, expected: Mapping[str, str]) -> Iterator[Difference]:
    yield from compare_named(key, expected, {str(stage): str(answer) for stage, answer in decision.stages.items()})


def _missing(decision: Decision, key: str, expected: tuple[str, ...]) -> Iterator[Difference]:
    yield from compare_names(key, expected, (missing.name for missing in decision.missing))


def _tensions(decision: Decision, key: str, expected: tuple[str, ...]) -> Iterator[Difference]:
    yield from compare_names(key, expected, (tension.id for tension in decision.tensions))


def _support(decision: Decision, key: str, expected: Mapping[str, object]) -> Iterator[Difference]:
    yield from compare_named(key, expected, {amount.id: as_json(amount.amount) for amount in decision.support})


def _parts(decision: Decision, key: str, expected: Mapping[str, Mapping[str, object]]) -> Iterator[Difference]:
    amounts = {amount.id: amount for amount in decision.support}
    for name, records in expected.items():
        parts = amounts[name].parts if name in amounts else ()
        yield from compare_named(f"{key}.{name}", records, {part.record: as_json(part.amount) for part in parts})


def _spending(decision: Decision, key: str, expected: Mapping[str, Mapping[str, object]]) -> Iterator[Difference]:
    for plan, lines in expected.items():
        found = {line.id: as_json(line.admitted) for line in decision.spending if line.plan == plan}
        yield from compare_named(f"{key}.{plan}", lines, found)


def _tranches(decision: Decision, key: str, expected: Mapping[str, Mapping[str, Any]]) -> Iterator[Difference]:
    tranches = {tranche.id: tranche for tranche in decision.tranches}
    for name, wanted in expected.items():
        what, tranche = f"{key}.{name}", tranches.get(name)
        if tranche is None:
            yield Difference(what, "a tranche", NOTHING)
            continue
        shown = {"amount": as_json(tranche.amount), "due": str(tranche.due), "payable": str(tranche.payable)}
        shown["net"] = as_json(tranche.net)
        yield from compare_named(what, {part: value for part, value in wanted.items() if part in shown}, shown)
        kept = {one.id: as_json(one.amount) for one in tranche.withheld}
        yield from compare_named(f"{what}.withheld", wanted.get("withheld", {}), kept)
        if "waits_for" in wanted:
            yield from compare_names(f"{what}.waits_for", wanted["waits_for"], (item.id for item in tranche.waits_for))


def _recovery(decision: Decision, key: str, expected: Mapping[str, object]) -> Iterator[Difference]:
    found = {one.id: as_json(one.amount) for one in decision.recovery}
    nothing = {name: "0.00" for name in expected if name not in found}
    yield from compare_named(key, expected, found | nothing)


def _terms(decision: Decision, key: str, expected: Mapping[str, Mapping[str, object]]) -> Iterator[Difference]:
    terms = {term.id: term for term in (decision.terms if key == "terms" else decision.duties)}
    for name, wanted in expected.items():
        term = terms.get(name)
        if term is None:
            yield Difference(f"{key}.{name}", f"one of the {key}", NOTHING)
        else:
            yield from compare_named(f"{key}.{name}", wanted, {"day": as_json(term.day), "state": str(term.state)})


def _margins(decision: Decision, key: str, expected: Mapping[str, object]) -> Iterator[Difference]:
    yield from compare_named(key, expected, {f.id: as_json(f.margin) for f in decision.findings if f.id in expected})


def _score(decision: Decision, key: str, expected: Mapping[str, object]) -> Iterator[Difference]:
    score = decision.score
    found: dict[str, object] = {}
    if score is not None:
        found = {name: as_json(value) for name, value in score.criteria}
        found |= {name: str(truth) for name, truth in score.bonuses}
        found |= {"total": as_json(score.total), "final": as_json(score.final)}
    yield from compare_named(key, expected, found)


def _confidence(decision: Decision, key: str, expected: Mapping[str, str]) -> Iterator[Difference]:
    rules: list[Amount | Tranche | Term | Tension] = [
        *decision.support, *decision.tranches, *decision.terms, *decision.duties, *decision.tensions,
    ]  # fmt: skip
    found = {rule.id: str(rule.confidence) for rule in rules}
    found |= {finding.id: str(finding.confidence) for finding in decision.findings if finding.id in expected}
    yield from compare_named(key, expected, found)


_COMPARE: dict[str, Callable[[Decision, str, Any], Iterator[Difference]]] = {
    "error": _error, "outcome": _outcome, "findings": _findings, "stages": _stages, "missing": _missing,
    "support": _support, "parts": _parts, "spending": _spending, "tranches": _tranches, "recovery": _recovery, "terms": _terms, "duties": _terms,
    "tensions": _tensions, "margins": _margins, "score": _score, "confidence": _confidence,
}  # fmt: skip
