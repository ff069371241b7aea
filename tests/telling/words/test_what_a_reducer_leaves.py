# SPDX-License-Identifier: Apache-2.0
"""An amount that a condition reduces in a known proportion is told with what is left of it, and not as if nobody could say."""

from __future__ import annotations

import datetime as dt

import misure
from misure.ground.ranges import Range
from misure.testing.worked_cases import cases_of_measure, decide_case

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]


def test_what_is_left_stands_beside_the_condition():
    shown = []
    for case in cases_of_measure(VERSO):
        if "error" in case.expect:
            continue
        decision = decide_case(VERSO, case)
        cut = [amount for amount in decision.support for step in amount.steps if step.step == "reduced" and step.binds]
        if cut and not isinstance(cut[0].amount, Range):
            text = " ".join(str(misure.explain(decision, "it")).split())
            assert "di quanto non si può dire" not in text
            shown += [amount.id for amount in cut if "dell'importo resta: " in text]
            english = " ".join(str(misure.explain(decision, "en")).split())
            assert ("of the amount there is left: €" in english) == ("dell'importo resta: " in text)
    assert shown


def test_days_of_suspension_are_asked_only_where_they_move_what_is_open():
    told = {"filed_on": "2025-06-10", "granted_on": "2025-12-15"}
    assert "suspensions" not in {one.name for one in VERSO.decide(told, on=dt.date(2026, 1, 5)).missing}
    late = told | {"granted_on": "2026-02-20"}
    assert "suspensions" in {one.name for one in VERSO.decide(late, on=dt.date(2026, 3, 5)).missing}
    waits = told | {"granted_on": "not_yet"}
    assert "suspensions" in {one.name for one in VERSO.decide(waits, on=dt.date(2026, 1, 12)).missing}
