# SPDX-License-Identifier: Apache-2.0
"""Points that an act fixes from other facts: known without being told, and contradicted by whoever tells others."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import batch
from misure.ground.ranges import Range

DAY = dt.date(2025, 7, 1)
REST = """
    parameters:
      lowest: {is: 0 points, provision: P.1, label: "minimo"}
      highest: {is: 30 points, provision: P.1, label: "massimo"}
      steps: {is: [0 points, 10 points, 20 points], provision: P.1, label: "gradini"}
      most: {is: 10 points, provision: P.1, label: "punti"}
      least: {is: 15 points, provision: P.1, label: "soglia"}
      good: {is: 20 points, provision: P.1, label: "punti dei buoni"}
    facts:
      grade: {unit: points, least: "0", greatest: "20", label: "punti del grado", question: "Quanti punti?"}
      plan: {unit: points, least: "0", greatest: "10", label: "punti del piano", question: "Quanti punti?"}
    flags:
      sound: {label: "buono", question: "È buono?"}
    provisions:
      - cite: {act: uno, at: art. 1}
        definitions:
          of_the_grade: {label: "punti che spettano", unit: points, cases: [{when: sound, is: good}, {otherwise: 0}]}
    score:
      cite: {act: uno, at: art. 2}
      provision: P.1
      scale: {from: lowest, to: highest}
      criteria:
        grade: {fact: grade, steps: steps, gives: of_the_grade, text: "Grado"}
        plan: {fact: plan, most: most, text: "Piano"}
      threshold: {id: reached, at_least: least, text: "Almeno {least}"}
"""


def decided(measure, **told):
    return measure.decide({"filed_on": "2025-05-01"} | told, on=DAY)


def test_points_that_the_act_fixes_need_not_be_told(write):
    measure = write(REST)
    assert decided(measure, sound=True, plan=0).score.total == Decimal("20.00")
    assert str(decided(measure, sound=True, plan=0).outcome) == "eligible"
    assert decided(measure, sound=False, plan=10).score.total == Decimal("10.00")
    assert str(decided(measure, sound=False, plan=10)["reached"].truth) == "no"
    found = decided(measure, plan=10)
    assert found.score.total == Range(Decimal("10.00"), Decimal("30.00"))
    assert {one.name for one in found.missing} >= {"sound"}


def test_other_points_contradict_what_is_told(write):
    measure = write(REST)
    assert decided(measure, sound=True, grade=20, plan=0).score.total == Decimal("20.00")
    with pytest.raises(misure.BadFacts) as failure:
        decided(measure, sound=True, grade=10, plan=0)
    [fault] = failure.value.faults
    assert (fault.subject, fault.message) == ("grade", "these are not the points that the act gives for what is told")
    with pytest.raises(misure.BadFacts):  # no grade has them
        decided(measure, grade=10, plan=0, sound=False)


def test_a_frame_tells_the_same(write):
    measure = write(REST)
    frame = __import__("polars").DataFrame({
        "id": [1, 2, 3], "filed_on": [DAY] * 3, "sound": [True, False, True], "plan": [0, 10, 0], "grade": [None, None, 10],
    })  # fmt: skip
    assert batch.decide(measure, frame, on=DAY)["outcome"].to_list() == ["eligible", "refused", "bad_facts"]


@pytest.mark.parametrize(
    ("gives", "told"),
    [("sound", "a number belongs here"), ("planned_implementation", "the scale is in points")],
)
def test_what_it_gives_is_in_the_unit_of_the_scale(write, gives, told):
    with pytest.raises(misure.BadRules) as failure:
        write(REST.replace("gives: of_the_grade", f"gives: {gives}"))
    assert any(told in fault.message for fault in failure.value.faults), failure.value
