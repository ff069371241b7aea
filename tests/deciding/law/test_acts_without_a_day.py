# SPDX-License-Identifier: Apache-2.0
"""An act whose day the text that was read does not say: cited by its number, or as it says, told as of an unknown day, and no law for others."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.telling.presenting import present
from tests.deciding.written_measures import HEAD, opened


def test_an_act_of_which_nobody_knows_the_day_is_told_so(tmp_path):
    head = HEAD.replace(
        'uno: {type: DGR, number: XI/1, date: 2022-01-31, title: "Primo atto"}',
        'uno: {type: decreto, number: 5678/2025, date_unknown: "non nel testo", urn: "urn:nir:stato:legge:1990-08-07;241"}',
    )
    with pytest.raises(misure.BadRules, match="the permanent address is that of another act"):
        opened(tmp_path / "wrong", RULE_OF_A_DAY, head=head)
    head = head.replace(', urn: "urn:nir:stato:legge:1990-08-07;241"', "")
    measure = opened(tmp_path / "right", RULE_OF_A_DAY, head=head)
    assert measure.rulebook.acts["uno"].date is None
    assert "decreto 5678/2025, di giorno non noto" in str(present(measure, "it"))
    assert "decreto 5678/2025, of an unknown day" in str(present(measure, "en"))
    decision = measure.decide({"filed_on": "2022-06-01"}, on=dt.date(2022, 6, 1))
    assert "decreto 5678/2025, art. 1" in str(misure.explain(decision, "it", all=True))
    linked = misure.open_linked(measure.linked())
    assert linked.decide({"filed_on": "2022-06-01"}, on=dt.date(2022, 6, 1)) == decision


def test_an_act_with_neither_number_nor_day_is_cited_as_it_says(tmp_path):
    """No code of a portal stands in the place of its number."""
    head = HEAD.replace(
        'uno: {type: DGR, number: XI/1, date: 2022-01-31, title: "Primo atto"}',
        'uno: {type: Bando, number_unknown: "non nel testo", date_unknown: "non nel testo", cited_as: "Bando Vetrine 2025"}',
    )
    measure = opened(tmp_path, RULE_OF_A_DAY, head=head)
    act = measure.rulebook.acts["uno"]
    assert (act.number, act.date, act.label) == (None, None, "Bando Vetrine 2025")
    assert "Bando Vetrine 2025, di giorno non noto" in str(present(measure, "it"))
    decision = measure.decide({"filed_on": "2022-06-01"}, on=dt.date(2022, 6, 1))
    assert "Bando Vetrine 2025, art. 1" in str(misure.explain(decision, "it", all=True))
    assert misure.open_linked(measure.linked()).decide({"filed_on": "2022-06-01"}, on=dt.date(2022, 6, 1)) == decision


RULE_OF_A_DAY = """
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      filed: {provision: P.1, text: "Presentata", holds: happened(filed_on)}
"""


LAW = """format: 1
law: prova/legge
title: Legge
cite: {act: tre, read_in: testo}
acts: {tre: {type: L., number: "3", date_unknown: "non nel testo"}}
sources: {testo: {confidence: official, title: t}}
parameters: {wait: {is: 30 days, read_in: testo, provision: L.1, label: attesa}}
"""


def test_a_law_that_others_use_has_a_day(tmp_path):
    folder = tmp_path / "prova" / "legge"
    folder.mkdir(parents=True)
    (folder / "law.yaml").write_text(LAW, "utf-8")
    rules = "uses: [prova/legge]\n" + RULE_OF_A_DAY.replace("happened(filed_on)", "filed_on + days(wait) <= on")
    with pytest.raises(misure.BadRules) as caught:
        opened(tmp_path, rules)
    assert [fault.message for fault in caught.value.faults] == [
        "the act that lays down a law has a day: from it on measures may use the law"
    ]
