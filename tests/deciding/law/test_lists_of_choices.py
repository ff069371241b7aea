# SPDX-License-Identifier: Apache-2.0
"""A list of choices of which no word is known, or some: the annex was not read. It says of which fact they are the choices."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure import Outcome, Truth, testing
from tests.deciding.written_measures import write

__all__ = ["write"]

DAY = dt.date(2025, 7, 1)
VOCABULARY = """
facts:
  sector: {choices: {fashion: moda, food: alimentare, design: arredo}, label: settore, question: "Quale settore?"}
  area: {choices: {mi: Milano, bg: Bergamo}, label: territorio, question: "Dove?"}
"""
RULES = """
parameters:
  admitted: LIST
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      in_the_list: {provision: P.1, text: "Settore ammesso", holds: CONDITION}
"""
UNKNOWN = '{choices_of: sector, unknown: "l\'allegato non è stato letto", label: settori ammessi}'
PARTLY = '{choices_of: sector, is: [fashion], unknown: "l\'allegato è stato letto in parte", label: settori ammessi}'
DATED = '{choices_of: sector, label: settori, values: {2022-01-31: {unknown: "non pubblicati"}, 2024-01-31: [food, design]}}'


def written(write, told, condition="sector in admitted"):
    return write(RULES.replace("LIST", told).replace("CONDITION", condition), vocabulary=VOCABULARY)


def decided(measure, filed="2025-05-02", **facts):
    return measure.decide({"filed_on": filed} | facts, on=DAY)


@pytest.mark.parametrize(
    ("told", "filed", "fashion", "food"),
    [
        (UNKNOWN, "2025-05-02", "unknown", "unknown"),
        (PARTLY, "2025-05-02", "yes", "unknown"),
        (DATED, "2023-05-02", "unknown", "unknown"),
        (DATED, "2025-05-02", "no", "yes"),
        ("{choices_of: sector, is: [fashion, design], label: settori}", "2025-05-02", "yes", "no"),
    ],
    ids=["wholly", "partly", "before", "after", "known"],
)
def test_what_is_not_known_of_a_list_is_open(write, told, filed, fashion, food):
    measure = written(write, told)
    truths = [str(decided(measure, filed, sector=sector)["in_the_list"].truth) for sector in ("fashion", "food")]
    assert truths == [fashion, food]
    linked = misure.open_linked(measure.linked())
    assert [str(decided(linked, filed, sector=one)["in_the_list"].truth) for one in ("fashion", "food")] == truths
    testing.assert_same_in_frames(measure, on=DAY)
    testing.assert_completion_safe(measure, on=DAY)


def test_it_is_asked_of_the_law_and_of_nobody(write):
    measure = written(write, UNKNOWN)
    decision = decided(measure, sector="food")
    assert (decision.outcome, decision["in_the_list"].truth) == (Outcome.UNDECIDED, Truth.UNKNOWN)
    assert [missing.name for missing in decision.missing] == ["admitted"]
    text = " ".join(str(misure.explain(decision)).split())
    assert "settori ammessi" in text
    assert "l'allegato non è stato letto" in text
    assert decided(written_again(measure), sector="food")["in_the_list"].truth is Truth.YES


def written_again(measure):
    """The measure, were the list known."""
    return measure.vary(admitted="[food]")


@pytest.mark.parametrize(
    ("told", "condition", "fault"),
    [
        ('{choices_of: sectr, unknown: "x", label: x}', "sector in admitted", "no fact and no field of a table is called 'sectr'; did you mean 'sector'?"),
        ('{choices_of: filed_on, unknown: "x", label: x}', "sector in admitted", "values are told apart by choices, or by a yes or no, and 'filed_on' has none"),
        ("{choices_of: sector, is: [fashon], label: x}", "sector in admitted", "admitted: 'fashon' is not one of the choices of 'sector'; did you mean 'fashion'?"),
        (UNKNOWN, "area in admitted", "in_the_list: the list 'admitted' is of the choices of 'sector', which are others than these"),
        ("{choices_of: sector, is: 3 points, label: x}", "sector in admitted", "admitted: 'choices_of' belongs to a list of choices"),
        ('{choices_of: sector, edition: ateco-2025, is: ["12"], label: x}', "sector in admitted", "admitted: 'choices_of' belongs to a list of choices"),
        ('{unknown: "x", label: x}', "sector in admitted", "admitted: "),
        ("{choice_of: sector, is: [fashion], label: x}", "sector in admitted", "admitted: unknown key 'choice_of'; did you mean 'choices_of'?"),
    ],
    ids=["misspelt", "no-choices", "a-word", "another-fact", "a-number", "codes", "of-nothing", "key"],
)  # fmt: skip
def test_what_is_wrong_is_told(write, told, condition, fault):
    with pytest.raises(misure.BadRules) as failure:
        written(write, told, condition)
    assert any(fault in str(one) for one in failure.value.faults), failure.value.faults
