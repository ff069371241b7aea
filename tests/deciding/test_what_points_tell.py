# SPDX-License-Identifier: Apache-2.0
"""Points that are told say of what the act gives them: the class, the size, whether it is certified. Who tells these too stays with them."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure import batch
from misure.testing import assert_completion_safe, assert_same_in_frames
from tests.batch.engines import KINDS, Engine

DAY = dt.date(2025, 7, 1)
REST = """
parameters:
  lowest: {is: 0 points, provision: P.1, label: "minimo"}
  highest: {is: 40 points, provision: P.1, label: "massimo"}
  first: {is: 20 points, provision: P.1, label: "punti della prima"}
  later: {is: 7.5 points, provision: P.1, label: "punti della seconda e della terza", INFERRED}
  of_the_small: {is: 10 points, provision: P.1, label: "punti dei piccoli"}
  green: {is: 5 points, provision: P.1, label: "punti del certificato"}
  worst: {is: 3 credit_classes, provision: P.1, label: "ultima classe"}
  second: {is: 2 credit_classes, provision: P.1, label: "seconda classe"}
  least: {is: 0 points, provision: P.1, label: "soglia"}
facts:
  rank: {unit: credit_classes, least: "1", greatest: "5", beyond: {unrated: "nessuna"}, label: "classe", question: "Quale classe?"}
  stature: {choices: {micro: micro, small: piccola, large: grande}, label: "dimensione", question: "Quale dimensione?"}
  class_points: {unit: points, least: "0", greatest: "20", label: "punti della classe", question: "Quanti punti?"}
  other_points: {unit: points, least: "0", greatest: "15", label: "altri punti", question: "Quanti punti?"}
flags:
  certified: {label: "certificato", question: "È certificata?"}
provisions:
  - cite: {act: uno, at: art. 1}
    definitions:
      by_class: {label: "punti che spettano", unit: points, cases: [{when: rank < second, is: first}, {when: rank >= second and rank <= worst, is: later}, {otherwise: 0}]}
      by_size: {label: "punti che spettano", unit: points, cases: [{when: "stature in ('micro', 'small')", is: of_the_small}, {otherwise: 0}]}
      by_certificate: {label: "punti che spettano", unit: points, cases: [{when: certified, is: green}, {otherwise: 0}]}
    admission:
      good_class: {provision: P.2, text: "La classe è fra le prime", holds: rank <= worst}
      not_large: {provision: P.3, text: "Non è grande", holds: "stature != 'large'"}
      is_certified: {provision: P.4, text: "È certificata", holds: certified}
score:
  cite: {act: uno, at: art. 2}
  provision: P.1
  scale: {from: lowest, to: highest}
  criteria:
    grade: {fact: class_points, most: first, gives: by_class, text: "Classe"}
    other: {fact: other_points, most: first, gives: "by_size + by_certificate", text: "Altro"}
  threshold: {id: reached, at_least: least, text: "Almeno {least}"}
"""
NAMES = ("good_class", "not_large", "is_certified")
TOLD = [
    ({}, "unknown unknown unknown"),
    ({"class_points": 20}, "yes unknown unknown"), ({"class_points": "7.5"}, "yes unknown unknown"), ({"class_points": 0}, "no unknown unknown"),
    ({"other_points": 15}, "unknown yes yes"), ({"other_points": 10}, "unknown yes unknown"), ({"other_points": 5}, "unknown no unknown"),
    ({"other_points": 0}, "unknown no no"), ({"other_points": 15, "class_points": 0, "rank": "unrated"}, "no yes yes"),
    ({"other_points": 10, "stature": "small"}, "unknown yes unknown"), ({"rank": 3}, "yes unknown unknown"),
]  # fmt: skip
AGAINST = [{"rank": 1, "class_points": 0}, {"rank": "unrated", "class_points": 20}, {"certified": False, "other_points": 15},
           {"stature": "large", "certified": True, "other_points": 10}]  # fmt: skip


# Where several facts give one sum, each is looked at with the others as they may be: what only both together rule out stays open.


def written(write, inferred=False):
    why = 'inferred: "è una lettura"' if inferred else 'at: "art. 2"'
    return write(REST.replace("INFERRED", why), law_of="question")


@pytest.mark.parametrize(("told", "truths"), TOLD)
def test_what_told_points_leave(write, told, truths):
    decision = written(write).decide(told, on=DAY)
    assert " ".join(decision[name].truth.value for name in NAMES) == truths


@pytest.mark.parametrize("told", AGAINST)
def test_what_is_told_besides_and_gives_others_is_a_fault(write, told):
    with pytest.raises(misure.BadFacts, match="these are not the points that the act gives for what is told"):
        written(write).decide(told, on=DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_says_the_same(write, kind):
    measure, engine = written(write), Engine(kind)
    told = [one for one, _ in TOLD if one.get("rank") != "unrated"] + [
        one for one in AGAINST if one.get("rank") != "unrated"
    ]
    columns = {name: [one.get(name) for one in told] for name in ("rank", "stature", "certified")}
    cents = {
        f"{name}_cents": [None if (v := one.get(name)) is None else int(float(v) * 100) for one in told]
        for name in ("class_points", "other_points")
    }
    rows = engine.by_key(
        batch.decide(measure, engine.frame({"id": list(range(len(told))), **columns, **cents}), on=DAY)
    )
    conditions = batch.condition_names(measure)

    def said(row):
        return None if row["failed"] is None else [
            "no" if row["failed"] >> at & 1 else "unknown" if row["unknown"] >> at & 1 else "yes" for at in map(conditions.index, NAMES)
        ]  # fmt: skip

    def alone(one):
        try:
            decision = measure.decide(one, on=DAY)
        except misure.BadFacts:
            return None
        return [decision[name].truth.value for name in NAMES]

    assert [said(rows[at]) for at in range(len(told))] == [alone(one) for one in told]


def test_completing_never_flips_what_points_tell(write):
    measure = written(write)
    assert_completion_safe(measure, on=DAY, examples=60)
    assert_same_in_frames(measure, on=DAY, examples=60)


def test_the_points_are_told_beside_what_rests_on_them(write):
    finding = written(write).decide({"class_points": 0}, on=DAY)["good_class"]
    assert (finding.values["rank"], finding.values["class_points"], finding.margin) == (None, 0, None)
    assert finding.missing == ()


def test_nobody_is_asked_for_points_where_the_class_is_looked_at(write):
    finding = written(write).decide({}, on=DAY)["good_class"]
    assert [one.name for one in finding.missing] == ["rank"]


def test_what_rests_on_points_is_no_surer_than_they_are(write):
    measure = written(write, inferred=True)
    assert measure.decide({"class_points": "7.5"}, on=DAY)["good_class"].confidence.value == "inferred"
    assert measure.decide({"rank": 3}, on=DAY)["good_class"].confidence.value == "official"


def test_the_call_for_new_markets_ties_class_and_points():
    verso = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    decision = verso.decide({"score_credit": 0}, on=DAY)
    assert (decision.outcome.value, decision["credit_class_admitted"].truth.value) == ("refused", "no")
    assert verso.decide({"score_credit": "13.5"}, on=DAY)["credit_class_admitted"].margin == 0
    assert verso.decide({"score_credit": "22.5", "credit_class": 3}, on=DAY)["credit_class_admitted"].margin == 4
    assert "punteggio della classe di Credit Scoring: 0 punti" in misure.explain(decision, "it").text()
