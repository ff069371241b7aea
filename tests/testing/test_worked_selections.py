# SPDX-License-Identifier: Apache-2.0
"""A worked selection that is wrong says what it expected and what came out, key by key."""

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import pytest

import misure
from misure.testing.worked_selections import run_selection, run_selections, select_case, selections_of_measure

MEASURES = misure.catalogue()
FILIERE = MEASURES["lombardia/filiere"]
EXPORT = MEASURES["lombardia/export-su-misura"]
LISTED = selections_of_measure(FILIERE)[0]
"""Three applications are listed and one is not admitted."""


def changed(case, **changes):
    return replace(case, **{key: MappingProxyType(value) for key, value in changes.items()})


def differences(measure, case, **expect):
    return [str(difference) for difference in run_selection(measure, changed(case, expect=expect)).differences]


def ranked():
    """A selection with a budget, of which the amounts are expected."""
    return next(case for case in selections_of_measure(EXPORT) if {"given", "left"} <= set(case.expect))


@pytest.mark.parametrize("name", sorted(name for name in MEASURES if selections_of_measure(MEASURES[name])))
def test_every_bundled_selection_passes_and_names_its_place(name):
    results = run_selections(MEASURES[name])
    assert [result.name for result in results] == [case.name for case in selections_of_measure(MEASURES[name])]
    for result in results:
        assert result.differences == ()
        assert result.place.path.endswith(f"{name}/cases.yaml")
        assert result.place.line > 1


def test_a_measure_whose_rules_stand_alone_has_no_selections(tmp_path):
    alone = replace_root(FILIERE, tmp_path)
    assert selections_of_measure(alone) == ()
    assert run_selections(alone) == ()


def replace_root(measure, folder):
    from misure.deciding.measure import Measure
    from misure.ground.record import replaced

    return Measure(replaced(measure.rulebook, root=str(folder)))


WRONG = [
    ({"listed": 2}, "listed: expected 2, found 3"),
    ({"not_admitted": 0}, "not_admitted: expected 0, found 1"),
    ({"funded": 1}, "funded: expected 1, found 0"),
    ({"standing": {"D-1": "funded"}}, "standing.D-1: expected funded, found listed"),
    ({"standing": {"D-9": "listed"}}, "standing.D-9: expected listed, found nothing"),
    ({"reasons": {"D-1": ["fits"]}}, "reasons.D-1: expected ['fits'], found [listed]"),
    ({"reasons": {"D-9": ["listed"]}}, "reasons.D-9: expected ['listed'], found []"),
    ({"confidence": "assumed"}, "confidence: expected assumed, found official"),
    ({"error": "bad_facts"}, "error: expected bad_facts, found a selection"),
]


@pytest.mark.parametrize(("expect", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_expected_otherwise_is_a_difference(expect, words):
    assert differences(FILIERE, LISTED, **expect) == [words]


def test_several_differences_are_told_together():
    found = differences(FILIERE, LISTED, listed=2, not_admitted=1, standing={"D-1": "funded", "D-4": "not_admitted"})
    assert found == ["listed: expected 2, found 3", "standing.D-1: expected funded, found listed"]


def test_money_and_places_are_compared():
    case = ranked()
    selection = select_case(EXPORT, case)
    first = selection.placements[0]
    [envelope] = [one for one in selection.envelopes if one.id in case.expect["left"]]
    assert differences(EXPORT, case, given="1") == [f"given: expected 1, found {selection.given}"]
    assert differences(EXPORT, case, given=f"{selection.given.normalize():f}") == []
    [left] = differences(EXPORT, case, left={envelope.id: "1"})
    assert left.startswith(f"left.{envelope.id}: expected 1, found ")
    assert differences(EXPORT, case, left={"no_such": "1"}) == ["left.no_such: expected 1, found nothing"]
    assert differences(EXPORT, case, place={first.id: "1"}) == []
    assert differences(EXPORT, case, place={first.id: "2"}) == [f"place.{first.id}: expected 2, found 1"]
    assert differences(EXPORT, case, amount={first.id: str(first.amount)}) == []
    [amount] = differences(EXPORT, case, amount={first.id: "1"})
    assert amount == f"amount.{first.id}: expected 1, found {first.amount}"


def test_what_a_selection_rests_on_is_compared_in_any_order():
    case = ranked()
    bases = tuple(basis.id for basis in select_case(EXPORT, case).rests_on)
    assert len(set(bases)) > 1
    assert differences(EXPORT, case, rests_on=bases[::-1]) == []
    [found] = differences(EXPORT, case, rests_on=bases[1:])
    assert found.startswith("rests_on: expected [")


ERRORS = [
    ({"vary": {"minimum_firm": "8 firms"}}, "bad_rules"),
    ({"on": dt.date(2021, 1, 1)}, "not_encoded"),
]


@pytest.mark.parametrize(("changes", "kind"), ERRORS, ids=[kind for _, kind in ERRORS])
def test_an_error_is_a_difference_unless_it_is_expected(changes, kind):
    changes = {key: MappingProxyType(value) if isinstance(value, dict) else value for key, value in changes.items()}
    failing = replace(LISTED, **changes)
    [found] = [str(difference) for difference in run_selection(FILIERE, failing).differences]
    assert found.startswith(f"error: expected a selection, found {kind}: ")
    assert differences(FILIERE, failing, error=kind) == []
    [other] = differences(FILIERE, failing, error="conflict")
    assert other.startswith(f"error: expected conflict, found {kind}: ")


def test_a_withdrawal_before_the_filing_is_bad_facts():
    case = next(case for case in selections_of_measure(EXPORT) if case.withdraw)
    [(name, _)] = case.withdraw
    early = replace(case, withdraw=((name, dt.date(2020, 1, 1)),))
    [found] = [str(difference) for difference in run_selection(EXPORT, early).differences]
    assert found.startswith("error: expected a selection, found bad_facts: ")


def test_withdrawals_and_legal_values_of_the_case_are_used():
    case = next(case for case in selections_of_measure(EXPORT) if case.withdraw and "withdrawn" in case.expect)
    assert run_selection(EXPORT, case).passed
    found = run_selection(EXPORT, replace(case, withdraw=()))
    assert "withdrawn: expected 1, found 0" in map(str, found.differences)
    varied = changed(LISTED, vary={"threshold": "64 points"}, expect={"listed": 4, "not_admitted": 0})
    assert run_selection(FILIERE, varied).differences == ()
