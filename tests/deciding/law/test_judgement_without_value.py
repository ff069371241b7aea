# SPDX-License-Identifier: Apache-2.0
"""Who judges may be known before what is judged: a judgement without its value is not told, in whatever form it comes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import MappingProxyType

import pytest

import misure
from misure.deciding.machinery import compiled
from misure.reading.applicants.facts import read_facts

ON = dt.date(2022, 7, 15)
FILIERE = misure.catalogue()["lombardia/filiere"]
FACTS = Path(__file__).parents[2] / "explanations" / "facts" / "filiere-in-regola.yaml"
CRITERIA = {
    "score_coherence": "15", "score_innovativeness": "15", "score_sustainability": "15", "score_breadth": "15",
    "score_representativeness": "15", "score_swot": "5", "total_score": "80", "agreement_states_duration": True,
}  # fmt: skip


def whole() -> dict[str, object]:
    """An applicant of whom everything is told."""
    told = read_facts(FACTS)
    said = compiled(FILIERE).facts.read(told.facts, ON, told.places, text_source=True).said()
    facts = {**said, **CRITERIA}
    assert compiled(FILIERE).facts.read(facts, ON).complete
    return facts


@pytest.mark.parametrize("name", ["common_objective", "measurable_activities", "swot_adequate", "total_score"])
def test_a_judgement_without_its_value_leaves_open_what_waits_for_it(name: str) -> None:
    facts = whole()
    assert FILIERE.decide(facts, on=ON).outcome == "no_known_obstacle"
    judged = facts | {name: {"value": None, "by": "Nucleo di valutazione"}}
    untold = {other: value for other, value in facts.items() if other != name}
    expected = FILIERE.decide(untold, on=ON)
    for form in (judged, MappingProxyType(judged), json.dumps(judged)):
        found = FILIERE.decide(form, on=ON)
        assert found.outcome == expected.outcome
        assert found.missing == expected.missing
        assert [one.truth for one in found.findings] == [one.truth for one in expected.findings]
    # A total that nobody told is what its criteria add up to: nothing waits for it.
    assert (name in {one.name for one in expected.missing}) is (name != "total_score")
