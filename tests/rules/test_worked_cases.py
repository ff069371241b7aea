# SPDX-License-Identifier: Apache-2.0
"""Every worked case of every measure, one test each."""

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, run_case
from misure.testing.worked_selections import run_selection, selections_of_measure

CASES = [(measure, case) for measure in misure.catalogue().values() for case in cases_of_measure(measure)]


@pytest.mark.parametrize(("measure", "case"), CASES, ids=[f"{measure.id}: {case.name}" for measure, case in CASES])
def test_worked_case(measure, case):
    assert str(run_case(measure, case)).splitlines()[1:] == []


def test_every_measure_has_worked_cases():
    told = {measure.id for measure, _ in CASES}
    assert told == set(misure.catalogue())


SELECTIONS = [(measure, case) for measure in misure.catalogue().values() for case in selections_of_measure(measure)]


@pytest.mark.parametrize(
    ("measure", "case"), SELECTIONS, ids=[f"{measure.id}: {case.name}" for measure, case in SELECTIONS]
)
def test_worked_selection(measure, case):
    assert str(run_selection(measure, case)).splitlines()[1:] == []
