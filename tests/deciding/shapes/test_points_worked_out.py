# SPDX-License-Identifier: Apache-2.0
"""Points that nobody tells: of bands of a measured share, of kinds that are present; bonuses with a limit together; minima of a part.

The grid is that of decreto 14847/2024, C.3.c, cut to three criteria.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Range, Truth, batch, testing

DAY = dt.date(2025, 7, 1)
EUR = '{unit: EUR, least: "0", greatest: "1000000", label: x, question: "Quanto?"}'
VOCABULARY = f"""
facts:
  invested: {EUR}
  turnover: {EUR}
  heat_pumps: {EUR}
  lights: {EUR}
  software: {EUR}
  panel: {{unit: points, least: "0", greatest: "40", label: punti del nucleo, question: "Quanti?"}}
  whole_score: {{unit: points, least: "0", greatest: "1000", label: punteggio, question: "Quanti?"}}
flags:
  benefit: {{label: società benefit, question: "Lo è?"}}
  certified: {{label: certificata, question: "Lo è?"}}
  donates: {{label: dona, question: "Dona?"}}
"""
RULES = """
parameters:
  lowest: {is: 0 points, label: "minimo"}
  highest: {is: 60 points, label: "massimo"}
  low_edge: {is: 30%, label: "primo limite"}
  high_edge: {is: 35%, label: "secondo limite"}
  sound_points: {is: 5 points, label: "punti fino al primo limite"}
  fair_points: {is: 3 points, label: "punti fino al secondo limite"}
  each_kind: {is: 4 points, label: "punti per tipologia"}
  kinds_most: {is: 10 points, label: "punti per le tipologie, al massimo"}
  panel_most: {is: 40 points, label: "punti del nucleo, al massimo"}
  enough: {is: 30 points, label: "soglia"}
  benefit_points: {is: 1 points, label: "punti della società benefit"}
  certified_points: {is: 3 points, label: "punti della certificazione"}
  donation_points: {is: 2 points, label: "punti della donazione"}
  premiums_most: {is: 5 points, label: "premialità, al massimo"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      soundness_points:
        label: "punti della sostenibilità"
        unit: points
        cases:
          - {when: invested <= low_edge * turnover, is: sound_points}
          - {when: low_edge * turnover < invested <= high_edge * turnover, is: fair_points}
          - {otherwise: 0}
      kinds_points:
        label: "punti delle tipologie"
        unit: points
        is: "(each_kind if heat_pumps > 0 else 0) + (each_kind if lights > 0 else 0) + (each_kind if software > 0 else 0)"
    assessment:
      sound_enough: {provision: P.1, text: "Sostenibilità di almeno {fair_points}", holds: soundness_points >= fair_points}
score:
  cite: {act: uno, at: "art. 2"}
  provision: P.2
  scale: {from: lowest, to: highest}
  TOTAL
  criteria:
    soundness: {gives: soundness_points, most: sound_points, text: "Sostenibilità finanziaria"}
    kinds: {gives: kinds_points, most: kinds_most, text: "Tipologie di spesa"}
    panel: {fact: panel, most: panel_most, text: "Qualità"}
  threshold: {id: reaches, at_least: enough, text: "Almeno {enough}"}
  bonus:
    benefit: {points: benefit_points, when: benefit, counts: COUNTS, text: "Società benefit"}
    certified: {points: certified_points, when: certified, counts: before_threshold, text: "Certificazione"}
    donates: {points: donation_points, when: donates, counts: COUNTS, text: "Donazione"}
  bonus_at_most: premiums_most
"""


@pytest.fixture
def grid(write):
    def written(counts="before_threshold", total="", rules=RULES):
        text = rules.replace("COUNTS", counts).replace("  TOTAL\n", f"  total: {total}\n" if total else "")
        return write(text, vocabulary=VOCABULARY)

    return written


FACTS = {
    "filed_on": "2025-05-01", "invested": "30000", "turnover": "100000", "heat_pumps": "1", "lights": "0",
    "software": "5000", "panel": 17, "benefit": True, "certified": False, "donates": False,
}  # fmt: skip


def decided(measure, **changed):
    told = {name: value for name, value in (FACTS | changed).items() if value is not None}
    return measure.decide(told, on=DAY)


@pytest.mark.parametrize(
    ("invested", "turnover", "points", "enough"),
    [
        ("30000", "100000", 5, Truth.YES),
        ("30000.01", "100000", 3, Truth.YES),
        ("35000", "100000", 3, Truth.YES),
        ("35000.01", "100000", 0, Truth.NO),
        ("0", "0", 5, Truth.YES),
        ("0.01", "0", 0, Truth.NO),
    ],
)
def test_a_band_of_a_measured_share_gives_its_points(grid, invested, turnover, points, enough):
    decision = decided(grid(), invested=invested, turnover=turnover)
    assert dict(decision.score.criteria)["soundness"] == points
    assert decision["sound_enough"].truth is enough


@pytest.mark.parametrize(("amounts", "points"), [("000", 0), ("100", 4), ("101", 8), ("111", 10)])
def test_kinds_that_are_present_are_counted_up_to_the_most(grid, amounts, points):
    told = dict(zip(("heat_pumps", "lights", "software"), amounts, strict=True))
    assert dict(decided(grid(), **told).score.criteria)["kinds"] == points


def test_bands_that_are_open_leave_the_score_between_what_they_may_give(grid):
    decision = decided(grid(), turnover=None)
    assert decision.score.total == Range(Decimal(25), Decimal(30))
    assert decision["sound_enough"].truth is Truth.UNKNOWN
    assert [one.name for one in decision.missing] == ["turnover"]
    assert decision["reaches"].truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("counts", "truths", "counted", "final"),
    [
        ("before_threshold", "000", 0, 0),
        ("before_threshold", "110", 4, 4),
        ("before_threshold", "011", 5, 5),
        ("before_threshold", "111", 5, 5),
        # Of what counts after the threshold the limit leaves what is left of it.
        ("after_threshold", "101", 0, 3),
        ("after_threshold", "011", 3, 5),
        ("after_threshold", "111", 3, 5),
    ],
)
def test_bonuses_together_add_no_more_than_their_limit(grid, counts, truths, counted, final):
    told = dict(zip(("benefit", "certified", "donates"), (one == "1" for one in truths), strict=True))
    decision = decided(grid(counts), **told, panel=40)
    assert decision.score.total == 53
    assert decision["reaches"].margin == 53 + counted - 30
    assert decision.score.final == 53 + final


def test_a_limited_bonus_decides_at_the_threshold(grid):
    measure = grid()
    every = {"benefit": True, "certified": True, "donates": True}
    assert decided(measure, **every, panel=12)["reaches"].truth is Truth.YES  # 5 + 8 + 12 + 5
    assert decided(measure, **every, panel="11.99")["reaches"].truth is Truth.NO  # 6 of bonuses would reach it
    assert decided(measure, benefit=True, certified=True, donates=None, panel=12)["reaches"].truth is Truth.UNKNOWN


def test_a_total_that_is_declared_is_what_is_worked_out(grid):
    measure = grid(total="whole_score")
    assert decided(measure, whole_score=30).score.total == 30
    with pytest.raises(misure.BadFacts) as failure:
        decided(measure, whole_score=31)
    (fault,) = failure.value.faults
    assert fault.subject == "whole_score"
    assert fault.message.endswith("it is 31.00, and they are 30.00")
    assert decided(measure, whole_score=28, turnover=None).score.total == 28


def test_pages_tell_the_points_the_limit_and_the_bands(grid):
    measure = grid()
    page = str(misure.explain(decided(measure, benefit=True, certified=True, donates=True), "it", all=True))
    assert "Sostenibilità finanziaria: 5 punti" in page
    assert "Tipologie di spesa: 8 punti" in page
    assert "Con le premialità: 35 punti" in page
    assert "insieme le premialità contano al massimo 5 punti" in page
    english = str(misure.explain(decided(measure, benefit=True), "en"))
    assert "together the bonuses count for 5 points at most" in english
    told = json.loads(decided(measure).to_json())["score"]
    assert told["criteria"] == [["soundness", "5.00"], ["kinds", "8.00"], ["panel", "17.00"]]


def test_a_frame_tells_the_same(grid):
    measure = grid()
    rows = [
        {"id": number}
        | FACTS
        | {"filed_on": dt.date(2025, 5, 1), "panel": panel, "invested": invested, "turnover": 100000}
        for number, (panel, invested) in enumerate([(17, 30000), (17, 35001), (16, 35000), (20, None)])
    ]
    rows = [row | {name: int(row[name]) for name in ("heat_pumps", "lights", "software")} for row in rows]
    found = batch.decide(measure, pl.DataFrame(rows), on=DAY, key="id")
    assert found["outcome"].to_list() == ["eligible", "refused", "refused", "undecided"]


@settings(max_examples=60)
@given(data=st.data())
def test_drawn_applicants_score_what_a_count_by_hand_gives(grid_once, data):
    facts = data.draw(testing.facts(grid_once, on=DAY))
    decision = grid_once.decide(facts, on=DAY)
    invested, turnover = Decimal(str(facts["invested"])), Decimal(str(facts["turnover"]))
    band = 5 if invested * 100 <= 30 * turnover else 3 if invested * 100 <= 35 * turnover else 0
    kinds = min(10, 4 * sum(Decimal(str(facts[name])) > 0 for name in ("heat_pumps", "lights", "software")))
    before = 3 if facts["certified"] else 0
    after = min((1 if facts["benefit"] else 0) + (2 if facts["donates"] else 0), 5 - before)
    total = band + kinds + Decimal(str(facts["panel"]))
    assert decision.score.total == total
    assert decision["reaches"].truth is (Truth.YES if total + before >= 30 else Truth.NO)
    assert decision.score.final == total + before + (after if total + before >= 30 else 0)
    assert decision.score.total == Decimal(str(facts["whole_score"]))


@pytest.fixture(scope="module")
def grid_once(tmp_path_factory):
    from tests.deciding.written_measures import opened

    text = RULES.replace("COUNTS", "after_threshold").replace("TOTAL", "total: whole_score")
    return opened(tmp_path_factory.mktemp("grid"), text, vocabulary=VOCABULARY)


@settings(max_examples=30)
@given(data=st.data())
def test_what_is_left_out_never_changes_a_definite_answer(grid_once, data):
    facts = data.draw(testing.facts(grid_once, on=DAY))
    left = {name: value for name, value in facts.items() if data.draw(st.booleans(), label=name)}
    whole, part = grid_once.decide(facts, on=DAY), grid_once.decide(left, on=DAY)
    for finding in part.findings:
        assert finding.truth in (Truth.UNKNOWN, whole[finding.id].truth)
    low, high = _ends(part.score.final)
    assert low <= whole.score.final <= high


@pytest.mark.parametrize(
    "law",
    [testing.assert_completion_safe, testing.assert_order_free, testing.assert_replays, testing.assert_same_in_frames],
    ids=lambda law: law.__name__,
)
def test_laws_hold(grid_once, law):
    law(grid_once, on=DAY, examples=10)


def _ends(value):
    if value is None:
        return Decimal(0), Decimal(1000)
    if not isinstance(value, Range):
        return value, value
    # An end that the vocabulary alone gives is none.
    return value.least if value.least is not None else Decimal(
        0
    ), value.greatest if value.greatest is not None else Decimal(1000)


@pytest.mark.parametrize(
    ("was", "now", "where", "told"),
    [
        ("{gives: kinds_points, most: kinds_most,", "{most: kinds_most,", "kinds", "a criterion has the 'fact' that tells its points, or what 'gives' them"),
        ("{gives: kinds_points, most: kinds_most,", "{gives: kinds_points, steps: kinds_steps,", "kinds", "'steps' are of points that a fact tells; what is worked out has the 'most' it gives"),
        ("{gives: kinds_points, most: kinds_most,", "{gives: kinds_points,", "kinds", "a criterion has the 'most' it gives, or its 'steps'"),
        ("gives: kinds_points", "gives: kind_points", "kinds", "nothing is called 'kind_points'; did you mean 'kinds_points'?"),
        ("gives: kinds_points", "gives: invested", "kinds", "what it gives is a number of EUR, and the scale is in points"),
        ("bonus_at_most: premiums_most", "bonus_at_most: premium_most", "score", "no parameter is called 'premium_most'; did you mean 'premiums_most'?"),
        ("bonus_at_most: premiums_most", "bonus_at_most: low_edge", "score", "the parameter 'low_edge' is not a number of points"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_its_place(grid, was, now, where, told):
    assert was in RULES
    steps = '  kinds_steps: {is: [0 points, 4 points], label: "gradini", for_information: yes}\nprovisions:\n'
    with pytest.raises(misure.BadRules) as failure:
        grid(rules=RULES.replace(was, now).replace("provisions:\n", steps, 1))
    found = [(fault.subject, str(fault).partition(f"{fault.subject}: ")[2]) for fault in failure.value.faults]
    assert (where, told) in found, found


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("premiums_most: {is: 5 points", "premiums_most: {is: 0 points", "all bonuses together add nothing to anybody"),
        # 5 + 10 + 12 of criteria, and of 3 points that count before the threshold no more than 1
        ("panel_most: {is: 40 points", "panel_most: {is: 12 points", "nobody can reach 30 points: the criteria give 28 points at most together"),
    ],
)  # fmt: skip
def test_limits_that_make_no_sense_are_told(grid, was, now, told):
    rules = RULES.replace(was, now).replace(
        "premiums_most: {is: 5", f"premiums_most: {{is: {1 if 'panel' in was else 5}"
    )
    with pytest.raises(misure.BadRules) as failure:
        grid(rules=rules)
    assert any(told in fault.message for fault in failure.value.faults), failure.value


def test_bonuses_that_reach_the_threshold_in_full_reach_it(grid):
    grid(rules=RULES.replace("panel_most: {is: 40 points", "panel_most: {is: 12 points"))


def test_a_limit_of_bonuses_that_there_are_none_of_is_a_fault(grid):
    head, _, _ = RULES.partition("  bonus:\n")
    with pytest.raises(
        misure.BadRules, match="'bonus_at_most' is what all bonuses add at most, and there is no 'bonus'"
    ):
        grid(rules=head + "  bonus_at_most: premiums_most\n")


def test_linked_data_decides_the_same(grid):
    measure = grid("after_threshold", "whole_score")
    reopened = misure.open_linked(measure.linked())
    assert decided(reopened, certified=True).to_json() == decided(measure, certified=True).to_json()
    assert reopened.rulebook.score.bonus_most == "premiums_most"
