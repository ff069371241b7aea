# SPDX-License-Identifier: Apache-2.0
"""What an award grants of a line of support, where a fact tells it: never more than the line may be, in every engine."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import batch

DAY = dt.date(2025, 7, 1)
REST = """
    parameters:
      share: 50%
      most: 100000.00 EUR
    facts:
      spend: {unit: EUR, least: "0", greatest: "1000000000", label: "speso", question: "Quanto?"}
      dropped: {unit: EUR, least: "0", greatest: "1000000000", label: "escluso", question: "Quanto?"}
      given: {unit: EUR, least: "0", greatest: "1000000000", label: "concesso", question: "Quanto?"}
      age: {unit: months, least: "0", greatest: "10", label: "anni", question: "Quanti?"}
    provisions:
      - cite: {act: uno, at: art. 1}
        reporting:
          nothing_dropped:
            provision: P.1
            text: "Nulla di escluso"
            holds: dropped == 0
            effect: reduces
            reduces: grant
            leaves: spend - dropped
    support:
      cite: {act: uno, at: art. 3}
      lines:
        grant: {form: grant, of: spend, intensity: share, at_most: [most], granted: given, provision: P.3, text: "Contributo"}
"""
TOLD = {"filed_on": "2025-05-01", "spend": "150000.00", "dropped": "0"}


def test_up_to_the_whole_is_what_is_granted(write):
    measure = write(REST)
    assert measure.decide(TOLD | {"given": "75000.00"}, on=DAY).value("grant") == Decimal("75000.00")
    # What drops out later does not make what was granted before a contradiction.
    found = measure.decide(TOLD | {"given": "75000.00", "dropped": "50000.00"}, on=DAY)
    assert found.value("grant") == Decimal("50000.00")


@pytest.mark.parametrize(
    ("spend", "given", "most"), [("150000.00", "75000.01", "75000.00"), ("400000.00", "100000.01", "100000.00")],
    ids=["above the intensity", "above the cap"],
)  # fmt: skip
def test_more_than_the_whole_is_contradictory_facts(write, spend, given, most):
    measure = write(REST)
    with pytest.raises(misure.BadFacts) as failure:
        measure.decide(TOLD | {"spend": spend, "given": given}, on=DAY)
    (fault,) = failure.value.faults
    assert fault.subject == "given"
    assert fault.message == f"{given} cannot be: it is granted as grant, of which there is at most {most}"


def test_where_the_whole_is_not_known_nothing_is_said(write):
    measure = write(REST)
    measure.decide({"filed_on": "2025-05-01", "given": "100000.00"}, on=DAY)
    with pytest.raises(misure.BadFacts):
        measure.decide({"filed_on": "2025-05-01", "given": "100000.01"}, on=DAY)


def test_a_frame_says_the_same(write):
    measure = write(REST)
    frame = __import__("polars").DataFrame({
        "id": [1, 2], "filed_on": [DAY] * 2, "spend_cents": [15_000_000] * 2, "dropped_cents": [0] * 2,
        "given_cents": [7_500_000, 7_500_001],
    })  # fmt: skip
    found = batch.decide(measure, frame, on=DAY)
    assert found["outcome"].to_list()[1] == "bad_facts"
    assert found["outcome"].to_list()[0] != "bad_facts"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("granted: share", "is told by a fact"), ("granted: spend - dropped", "is told by a fact"),
        ("granted: age", "and the amount"), ("granted: nobody", "nobody"),
    ],
    ids=["a parameter", "a difference", "another unit", "no such name"],
)  # fmt: skip
def test_only_a_fact_in_the_unit_of_the_line_tells_it(write, new, told):
    with pytest.raises(misure.BadRules) as failure:
        write(REST.replace("granted: given", new))
    assert any(told in fault.message for fault in failure.value.faults), failure.value


WHOLE = 'granted_of: "max(0, spend - dropped)"'
ADMITTED = REST.replace("granted: given,", f"granted: given, {WHOLE},")


@pytest.mark.parametrize(("given", "sound"), [("50000.00", True), ("50000.01", False)])
def test_no_more_is_granted_than_the_share_of_what_is_admitted(write, given, sound):
    measure = write(ADMITTED)
    facts = TOLD | {"dropped": "50000.00", "given": given}
    if sound:
        measure.decide(facts, on=DAY)
        return
    with pytest.raises(misure.BadFacts) as failure:
        measure.decide(facts, on=DAY)
    (fault,) = failure.value.faults
    assert fault.message == f"{given} cannot be: it is granted as grant, of which there is at most 50000.00"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (f"granted: given, {WHOLE}", "granted_of: spend", "belongs beside 'granted'"),
        (WHOLE, "granted_of: age", "what is admitted is"),
        (WHOLE, "granted_of: spnd", "did you mean 'spend'"),
    ],
    ids=["alone", "another unit", "no such name"],
)
def test_what_is_admitted_is_an_amount_beside_what_is_granted(write, old, new, told):
    with pytest.raises(misure.BadRules) as failure:
        write(ADMITTED.replace(old, new))
    assert any(told in str(fault) for fault in failure.value.faults), failure.value
