# SPDX-License-Identifier: Apache-2.0
"""Rule coverage and rule mutants see what is not tried."""

import pytest

import misure
from misure import Truth
from misure.testing.rule_coverage import coverage, thresholds
from misure.testing.rule_mutants import mutants, mutants_of
from misure.testing.worked_cases import cases_of_measure, decide_case

FILIERE = misure.catalogue()["lombardia/filiere"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
QUOTA = misure.catalogue()["lombardia/quota-lombardia"]
STEP = misure.catalogue()["lombardia/tecnologie-strategiche-step"]


def cases(measure, *starts):
    return [case for case in cases_of_measure(measure) if case.name.startswith(starts)]


def decided(measure, *starts):
    return [decide_case(measure, case) for case in cases(measure, *starts)]


def test_nothing_decided_is_nothing_tried():
    found = coverage(VERSO, [])
    assert set(found.truths) == {condition.id for condition in VERSO.rulebook.conditions}
    assert found.never_met == found.never_failed == found.never_open == tuple(found.truths)
    assert found.never_used == ("agromechanical",)
    assert found.not_on_the_edge == thresholds(VERSO.rulebook)


def test_a_condition_tried_one_way():
    found = coverage(FILIERE, decided(FILIERE, "Con nove imprese lombarde"))
    assert found.truths["at_least_ten_firms"] == {Truth.NO}
    assert "at_least_ten_firms" in found.never_met
    assert "at_least_ten_firms" not in found.never_failed
    assert "minimum_firms" in found.not_on_the_edge


def test_standing_on_a_threshold():
    ten = decided(FILIERE, "Dieci imprese e altri soggetti insieme")
    assert coverage(FILIERE, ten).edges["minimum_firms"]
    eleven = decided(FILIERE, "Undici imprese lombarde")
    assert not coverage(FILIERE, eleven).edges["minimum_firms"]


def test_standing_on_a_threshold_of_a_sum_of_four():
    assert coverage(QUOTA, decided(QUOTA, "Da 150.000 euro esatti")).edges["antimafia_from"]
    assert not coverage(QUOTA, decided(QUOTA, "Un centesimo sotto alla concessione")).edges["antimafia_from"]


@pytest.mark.parametrize(
    ("threshold", "on_it", "beside"),
    [
        ("firm_share", "Il 70% esatto delle spese è ammesso", "Un centesimo oltre il 70% no"),
        ("replacement_months", "Sostituzione chiesta nell'ultimo giorno", "Sostituzione chiesta il giorno dopo"),
        ("large_stability", "Una grande impresa cessa l'ultimo giorno", "Una grande impresa cessa il giorno dopo"),
        ("interim_least", "Il 40% validato esatto", "Un centesimo meno del 40%"),
        ("turnover_first", "Il 30% esatto del fatturato", "Sole grandi imprese"),
        ("people_share", "La sola componente femminile", "Sotto la metà del team"),
    ],
)
def test_standing_on_a_threshold_that_is_worked_out_for_a_record(threshold, on_it, beside):
    assert coverage(STEP, decided(STEP, on_it)).edges[threshold]
    assert not coverage(STEP, decided(STEP, beside)).edges[threshold]


def test_a_what_if_stands_on_no_threshold_of_the_law():
    [nine] = cases(FILIERE, "Con nove imprese lombarde")
    found = coverage(FILIERE, [decide_case(FILIERE.vary(minimum_firms=9), nine)])
    assert Truth.YES in found.truths["at_least_ten_firms"]
    assert not found.edges["minimum_firms"]


def test_the_thresholds_are_the_published_values_that_something_is_compared_with():
    assert thresholds(FILIERE.rulebook) == ("minimum_firms", "closing_day", "evaluation_days", "threshold")
    assert "firms_budget" not in thresholds(VERSO.rulebook)
    assert "loan_rate" not in thresholds(VERSO.rulebook)
    assert {"grant_maximum", "consultancy_share", "opening_day"} <= set(thresholds(VERSO.rulebook))


def test_each_mutant_names_its_change():
    names = [mutant.what for mutant in mutants_of(FILIERE)]
    assert {"minimum_firms one step more", "at_least_ten_firms: >= as >", "agreement_signed: all turned"} <= set(names)
    assert "capofila_is_partner: == as !=" in names
    assert "areas_chosen: or as and" in names


def test_without_cases_every_mutant_survives():
    found = mutants(FILIERE, cases=[], selections=[])
    assert found.unnoticed == tuple(mutant.what for mutant in mutants_of(FILIERE))
    assert found.noticed == ()


def test_a_case_kills_the_mutants_that_it_sees():
    told = cases(FILIERE, "Dieci imprese lombarde, accordo firmato")
    left = mutants(FILIERE, cases=told).unnoticed
    assert "at_least_ten_firms: >= as >" not in left
    assert "minimum_firms one step more" not in left
    assert "agreement_signed: all turned" in left


def test_a_mutant_without_effect_is_left_out_where_it_is_named():
    found = mutants(FILIERE, equivalent={"highest_score one step more"})
    assert found.unnoticed == ()
    assert set(found.noticed) == {mutant.what for mutant in mutants_of(FILIERE)} - {"highest_score one step more"}
