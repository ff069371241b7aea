# SPDX-License-Identifier: Apache-2.0
"""The worked cases of every measure try every condition both ways, stand on every threshold, and notice a wrong rule."""

import pytest

import misure
from misure.testing import coverage, mutants
from misure.testing.rule_mutants import mutants_of

MEASURES = tuple(misure.catalogue().values())
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=[measure.id for measure in MEASURES])

NEVER_SEEN = {
    "highest_score one step more": "the vocabulary allows no total above the scale, so nobody can stand beyond it",
    "first_amount one step more": "the stated amount is checked against its share when the file is read, and not used",
    "first_amount one step less": "the same",
    "second_amount one step more": "the same",
    "second_amount one step less": "the same",
    "project_second_share one step more": "the last tranche is what the others leave",
    "project_second_share one step less": "the same",
    "maximum_spend one step more": "one cent of spending moves no rounded amount that the caps have not cut already",
    "grant_maximum one step more": "20% of the greatest spend is the greatest grant: the cap never binds above it",
    "loan_maximum one step more": "65% of the greatest spend is the greatest loan: the same",
    "budget one step more": "the envelope is decided over a set of applications, not for one",
    "budget one step less": "the same",
    "new_budget one step more": "the same",
    "new_budget one step less": "the same",
    "habitual_budget one step more": "the same",
    "habitual_budget one step less": "the same",
    "intake_limit one step more": "how much a counter receives is decided over a set of applications too",
    "intake_limit one step less": "the same",
    "interim_report: <= as <": "the case on the last day looks at the state of the term, not at its finding",
    "final_report: <= as <": "the same",
    "spending_receipts: <= as <": "the same",
    "activities_concluded: <= as <": "the same",
    "default_interest: > as >=": "what is given back on the day it is due bears no interest, asked or not",
    "default_interest: and as or": "the same, and before that day: the interest from a later day to an earlier one is none",
    "catastrophe_duty: < as <=": "the day is one that no act gives: nobody can stand on it",
    "troubled: not dropped": "of an SME over-indebtedness is not looked at, and of others the condition is not asked",
    "export_manager_independent: all turned": "no case has two expenses of which one alone breaks the condition",
    "each_finances_enough: <= as <": "a partner on the first limit has more points than the minimum asks, whichever side of it counts",
    "each_finances_enough: > as >=": "the same",
    "finances_best one step more": "a mean of whole points, rounded to the whole point, does not move by a step",
    "finances_middle one step more": "the same",
    "finances_most one step more": "nobody has more points than the first band gives",
    "premiums_most one step more": "all premiums together are what they add at most",
    **{
        f"{name}_most one step more": "the vocabulary allows no more points than the criterion gives"
        for name in ("quality", "context", "market", "territory", "costs")
    },
    **{
        f"{name} one step {way}": "only the words of a duty or a condition tell it, and no case looks at them: test_values_only_told does"
        for name in (
            "oldest_vat_year",
            "showroom_months",
            "minimum_invoice",
            "integration_days",
            "signing_days",
            "kept_years",
            "plates_from",
            "accounts_integration_days",
            "balance_days",
            "extension_decision_days",
            "succession_days",
        )
        for way in ("more", "less")
    },
}
"""The rule mutants that no worked case notices, and why."""


NEVER_REACHED = dict.fromkeys(
    (
        "lombardia/export-su-misura",
        "lombardia/fiere-lombardia-2024-2026",
        "lombardia/linea-microimprese-2024",
        "lombardia/linea-microimprese-2025",
        "lombardia/nuova-impresa-2025",
    ),
    ("antimafia_clear", "antimafia_value"),
)
"""What these give never reaches the value above which general law asks for anti-mafia documents; Verso Nuovi Mercati tries it."""

NEVER_FAILED = {
    "catastrophe_duty",
    "antimafia_clear of bando-filiere-2022",
    "no_recovery_order of verso-nuovi-mercati",
}
"""The first refuses in calls from 2026 on, under the incentives code, and all these are older: tests of the law try it. What one
firm of a partnership receives is not told: whether documents are asked of it is open. Whether unlawful aid bars a de minimis grant
is open too."""


@every_measure
def test_every_condition_is_met_once_and_failed_once(measure):
    found = coverage(measure)
    never = set(NEVER_REACHED.get(measure.id, ()))
    assert set(found.never_met) == never & {"antimafia_clear"}
    failed = {id_ for id_ in found.never_failed if not NEVER_FAILED & {id_, f"{id_} of {measure.id.split('/')[1]}"}}
    assert failed == never & {"antimafia_clear"}
    assert found.never_used == ()


OPEN_ON_ALL_ITS_DAYS = "lombardia/fiere-lombardia-2024-2026"
"""A call for firms of every size that was open on all the days of the general law: its cases try all of that, but for what
asks whether the call is of the incentives code."""


def beneath(measure):
    """The names of what general law asks beneath a call, where its days may lie outside those of the call."""
    if measure.id == OPEN_ON_ALL_ITS_DAYS:
        return {*NEVER_REACHED[measure.id], "call_published", "code_in_force_from", "call_under_the_code"}
    return {name for law in measure.rulebook.laws if law.general for name in law.names}


@every_measure
def test_a_case_stands_on_every_published_threshold(measure):
    found = coverage(measure)
    assert found.edges
    assert set(found.not_on_the_edge) - beneath(measure) == set()


PARTS = 6
"""Wrong rules are tried in so many parts of each measure, each part a test; the first where what takes minutes is, the others before a release."""


@pytest.mark.parametrize(
    ("measure", "part"),
    [
        pytest.param(
            measure, part, id=f"{measure.id}-{part}",
            marks=pytest.mark.widest if part else pytest.mark.wide,
        )
        for measure in MEASURES for part in range(PARTS)
    ],
)  # fmt: skip
def test_the_worked_cases_notice_a_wrong_rule(measure, part):
    lent = beneath(measure)
    wrong = dict.fromkeys(mutant.what for mutant in mutants_of(measure))
    others = {what for at, what in enumerate(wrong) if at % PARTS != part}
    found = mutants(measure, equivalent={*NEVER_SEEN, *others})
    assert found.noticed
    assert [mutant for mutant in found.unnoticed if mutant.split(":")[0].split(" ")[0] not in lent] == []


def test_all_of_the_general_law_is_tried_by_the_cases_of_one_measure():
    trying = misure.catalogue()[OPEN_ON_ALL_ITS_DAYS]
    tried = {law.id for law in trying.rulebook.laws if law.general}
    assert tried == {law.id for measure in MEASURES for law in measure.rulebook.laws if law.general}
    assert tried
