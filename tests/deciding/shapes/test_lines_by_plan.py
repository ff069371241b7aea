# SPDX-License-Identifier: Apache-2.0
"""What rules say of one line in one plan: of the accounts beside the budget, of a line that is not counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

import misure
from misure import Truth
from misure.deciding.machinery import compiled
from misure.telling.chapters.speaker import Speaker
from tests.deciding.shapes.test_costs_as_counted import DAY, RULES, VOCABULARY, decided, invoice

LATER = """
    reporting:
      enough_machines: {provision: P.1, text: "Macchinari rendicontati per {living}", holds: CONDITION, effect: revokes}"""


def test_lines_of_the_accounts_are_named_by_their_plan(write):
    rules = RULES.replace(
        "\n    reporting:", LATER.replace("CONDITION", "reported.machines + reported.lights >= living")
    )
    measure = write(rules, vocabulary=VOCABULARY)
    few = [invoice(1, "machines", "5000"), invoice(2, "lights", "4999.99"), invoice(3, "plant", "3000")]
    decision = decided(measure, invoices=few)
    assert (decision["enough_machines"].truth, decision["enough_machines"].margin) == (Truth.NO, Decimal("-0.01"))
    speaker = Speaker("it", compiled(measure).period(DAY), {}.get)
    assert speaker.known_as("reported.machines") == "Macchinari (totale delle spese rendicontate)"
    assert speaker.known_as("planned.machines") == "Macchinari"
    assert decided(measure, invoices=[*few, invoice(4, "lights", "500")])["enough_machines"].truth is Truth.YES
    assert decided(measure)["enough_machines"].truth is Truth.UNKNOWN
    assert misure.open_linked(measure.linked()).rulebook.conditions


def test_a_line_of_the_accounts_may_be_held_to_that_of_the_budget(write):
    rules = RULES.replace("\n    reporting:", LATER.replace("CONDITION", "reported.machines <= planned.machines"))
    told = [invoice(1, "machines", "4000"), invoice(2, "machines", "2000")]
    measure = write(rules, vocabulary=VOCABULARY)
    assert decided(measure, invoices=told)["enough_machines"].margin == 0
    assert decided(measure, invoices=[*told, invoice(3, "machines", "500")])["enough_machines"].truth is Truth.NO


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("reported.machine >= living", "the plan 'reported' has no line 'machine'; did you mean 'machines'?"),
        ("reported >= living", "'reported' is a plan of costs; name one of its lines, such as 'reported.machines'"),
        ("report.machines >= living", "only a record inside count, sum, any, all, min, max or only has fields"),
        ("reported.machines", "a condition is a yes or no, and this is a number of EUR"),
        ("all(reported.machines >= living for reported in invoices)", "'invoices' has no field 'machines'"),
    ],
)
def test_a_line_that_there_is_none_of_is_told(write, condition, told):
    rules = RULES.replace("\n    reporting:", LATER.replace("CONDITION", condition))
    with pytest.raises(misure.BadRules) as failure:
        write(rules, vocabulary=VOCABULARY)
    assert any(str(fault).endswith(told) for fault in failure.value.faults), failure.value


def test_a_line_that_does_not_count_refuses_nobody(write):
    rules = RULES.replace('text: "Impianto', 'at_most: advice_most, over: refuse, text: "Impianto')
    measure = write(rules, vocabulary=VOCABULARY)
    assert decided(measure)["plant"].truth is Truth.NO  # 5,000.00 of 2,500.00, beside 10,000.00
    alone = decided(measure, planned_machines="0")
    assert (alone["plant"].truth, alone.outcome) == (Truth.NOT_APPLICABLE, decided(measure, planned_plant="0").outcome)
