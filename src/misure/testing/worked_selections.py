# SPDX-License-Identifier: Apache-2.0
"""Worked selections, run: what each one expects, held against what the measure answers.

>>> import misure
>>> [result.name for result in run_selections(misure.catalogue()["lombardia/filiere"]) if not result.passed]
[]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from misure.deciding.measure import Measure
from misure.deciding.values import as_json
from misure.ground.errors import BadFacts, BadRules, MisureError, NotEncoded
from misure.reading.cases.selections import WorkedSelection, read_selection_cases
from misure.selecting.applications import Application
from misure.selecting.placement import Placement
from misure.selecting.selection import Selection
from misure.selecting.standing import Standing
from misure.testing.comparing import CaseResult, Difference, compare_named, compare_names, compare_value
from misure.testing.handed import a_measure

__all__ = ["run_selection", "run_selections", "select_case", "selections_of_measure"]

_ERRORS = {BadFacts: "bad_facts", BadRules: "bad_rules", NotEncoded: "not_encoded"}


def selections_of_measure(measure: Measure) -> tuple[WorkedSelection, ...]:
    """The worked selections that stand beside the rules of a measure.

    Raises:
        BadRules: The file of cases cannot be used; all its faults at once.
    """
    a_measure(measure)
    root = measure.rulebook.root
    path = Path(root) / measure.id / "cases.yaml"
    return read_selection_cases(path) if root and path.exists() else ()


def run_selections(measure: Measure) -> tuple[CaseResult, ...]:
    """Every worked selection of a measure, in the order of the file.

    Raises:
        BadRules: The file of cases cannot be used; all its faults at once.
        TypeError: It is no measure.
    """
    return tuple(run_selection(measure, case) for case in selections_of_measure(measure))


def run_selection(measure: Measure, case: WorkedSelection) -> CaseResult:
    """One worked selection. An error that the case does not expect is a difference, not an exception."""
    wanted = case.expect.get("error")
    try:
        selection = select_case(measure, case)
    except MisureError as error:
        found = _ERRORS.get(type(error), type(error).__name__)
        wrong = () if wanted == found else (Difference("error", wanted or "a selection", f"{found}: {error}"),)
        return CaseResult(case.name, case.place, wrong)
    if wanted is not None:
        return CaseResult(case.name, case.place, (Difference("error", wanted, "a selection"),))
    return CaseResult(case.name, case.place, tuple(_differences(selection, case.expect)))


def select_case(measure: Measure, case: WorkedSelection) -> Selection:
    """What the measure answers of the case's applications, on its day, with its legal values.

    Raises:
        MisureError: What `Measure.select` and `Measure.vary` raise.
    """
    asked = measure.vary(**case.vary) if case.vary else measure
    told = [
        Application(one.id, one.facts, one.filed_at, one.admitted, one.window, text_source=True)
        for one in case.applications
    ]
    selection = asked.select(told, on=case.on, approved_on=case.approved_on, survivors=case.survivors)
    for name, day in case.withdraw:
        selection = selection.withdraw(name, on=day)
    return selection


def _differences(selection: Selection, expect: Mapping[str, Any]) -> Iterator[Difference]:
    counted = Counter(str(placement.standing) for placement in selection.placements)
    placements = {placement.id: placement for placement in selection.placements}
    for key, expected in expect.items():
        if key in set(Standing):
            yield from compare_value(key, expected, counted[key])
        elif key == "given":
            yield from compare_value(key, expected, as_json(selection.given))
        elif key == "confidence":
            yield from compare_value(key, expected, str(selection.confidence))
        elif key == "left":
            yield from compare_named(key, expected, {one.id: as_json(one.left) for one in selection.envelopes})
        elif key == "rests_on":
            yield from compare_names(key, expected, (basis.id for basis in selection.rests_on))
        elif key == "reasons":
            for id_, reasons in expected.items():
                own = placements[id_].reasons if id_ in placements else ()
                yield from compare_names(f"{key}.{id_}", reasons, (str(reason.why) for reason in own))
        else:
            found = {id_: _SHOWN[key](placements[id_]) for id_ in expected if id_ in placements}
            yield from compare_named(key, expected, found)


_SHOWN: dict[str, Callable[[Placement], object]] = {
    "standing": lambda placement: str(placement.standing),
    "place": lambda placement: as_json(placement.place),
    "amount": lambda placement: as_json(placement.amount),
}
