# SPDX-License-Identifier: Apache-2.0
"""Nothing is payable once an award has lapsed, nothing for certain while that is open, and what is to come takes nothing back."""

import datetime as dt

import pytest

import misure
from misure import Outcome, Truth

RULES = """
parameters:
  budget: 1000.00 EUR
  reporting_days: 30 days
provisions:
  - cite: {act: uno, at: "art. 1"}
    upkeep:
      premises_kept: {provision: P.1, text: "Sede mantenuta", when: happened(granted_on), holds: keeps_premises, effect: revokes}
    terms:
      report:
        provision: P.2
        text: "Relazione entro {reporting_days}"
        when: happened(granted_on)
        by: granted_on + days(reporting_days)
        done: report_filed_on
        regime: fixed_instant
        peremptory: yes
        stage: reporting
        effect: revokes
tranches:
  cite: {act: uno, at: "art. 2"}
  of: budget
  lines:
    all_of_it: {provision: P.3, text: "In una volta", due: {granted: {holds: happened(granted_on), text: "Concesso"}}}
"""
FACTS = """
flags:
  keeps_premises: {label: "sede mantenuta", question: "La sede è mantenuta?"}
events:
  report_filed_on: {label: "relazione", question: "In che giorno è stata presentata la relazione?"}
"""
TOLD = {"granted_on": "2022-03-01", "keeps_premises": True, "report_filed_on": "2022-03-31"}
"""The last day of the report is 31 March."""


@pytest.mark.parametrize(
    ("on", "more", "payable", "lapses"),
    [
        ("2022-06-01", {}, Truth.YES, []),
        ("2022-06-01", {"report_filed_on": "2022-04-01"}, Truth.NO, [("report", Truth.NO)]),
        ("2022-03-31", {"report_filed_on": "not_yet"}, Truth.YES, []),
        ("2022-04-01", {"report_filed_on": "not_yet"}, Truth.NO, [("report", Truth.NO)]),
        ("2022-03-31", {"report_filed_on": None}, Truth.YES, []),
        ("2022-04-01", {"report_filed_on": None}, Truth.UNKNOWN, [("report", Truth.UNKNOWN)]),
        ("2022-06-01", {"report_filed_on": None}, Truth.UNKNOWN, [("report", Truth.UNKNOWN)]),
        ("2022-06-01", {"keeps_premises": False}, Truth.NO, [("premises_kept", Truth.NO)]),
        ("2022-06-01", {"keeps_premises": None}, Truth.UNKNOWN, [("premises_kept", Truth.UNKNOWN)]),
        (
            "2022-06-01",
            {"keeps_premises": None, "report_filed_on": "2022-04-01"},
            Truth.NO,
            [("report", Truth.NO)],
        ),
        ("2022-06-01", {"granted_on": "not_yet", "keeps_premises": None}, Truth.NO, []),
    ],
    ids=[
        "kept",
        "a day late",
        "last day",
        "a day past",
        "untold on the last day",
        "untold a day past",
        "report untold",
        "left",
        "untold",
        "one of two",
        "no award",
    ],
)
def test_what_is_payable_after_a_lapse(write, on, more, payable, lapses):
    decision = write(RULES, vocabulary=FACTS).decide(TOLD | more, on=dt.date.fromisoformat(on))
    [tranche] = decision.tranches
    assert decision.outcome is Outcome.NOT_APPLICABLE
    assert tranche.payable is payable
    found = [(lapse.id, lapse.truth) for lapse in decision.lapses]
    assert [one for one in found if one in lapses] == lapses
    assert lapses or not found
    assert [one["id"] for one in decision.to_dict()["lapses"]] == [lapse.id for lapse in decision.lapses]
    assert {lapse.part for lapse in decision.lapses} <= {"lapse"}
    page = str(misure.explain(decision))
    assert ("Esito: AGEVOLAZIONE DECADUTA" in page) is any(truth is Truth.NO for _, truth in lapses)


def test_the_page_names_what_was_not_kept_where_the_act_says_so(write):
    decision = write(RULES, vocabulary=FACTS).decide(TOLD | {"keeps_premises": False}, on=dt.date(2022, 6, 1))
    italian, english = (" ".join(str(misure.explain(decision, language)).split()) for language in ("it", "en"))
    assert "L'agevolazione decade, perché non è soddisfatto: «Sede mantenuta» (DGR XI/1, art. 1)." in italian
    assert "Di 1.000,00 € nulla si può pagare." in italian
    assert "In una volta: non si paga più" in italian
    assert "In una volta: no longer paid" in english
    assert "causa di decadenza: Sede mantenuta" in italian
    assert "The award lapses, because this is not met: «Sede mantenuta» (DGR XI/1, art. 1)." in english
    assert "Nothing of €1,000.00 can be paid." in english


@pytest.mark.parametrize("keeps", [True, False])
def test_of_nothing_it_is_not_said_that_it_cannot_be_paid(write, keeps):
    measure = write(RULES.replace("budget: 1000.00 EUR", "budget: 0.00 EUR"), vocabulary=FACTS)
    decision = measure.decide(TOLD | {"keeps_premises": keeps}, on=dt.date(2022, 6, 1))
    assert [tranche.amount for tranche in decision.tranches] == [0]
    italian, english = (" ".join(str(misure.explain(decision, language)).split()) for language in ("it", "en"))
    assert "0,00 € nulla" not in italian and "Pagabili" not in italian
    assert "Nothing of €0.00" not in english and "can be paid" not in english


def test_a_lapsed_award_waits_for_nothing(write):
    """What its tranches waited for before will bring no payment."""
    measure = write(
        RULES.replace('happened(granted_on), text: "Concesso"', 'happened(report_filed_on), text: "Relazione"'),
        vocabulary=FACTS,
    )
    told = TOLD | {"report_filed_on": "not_yet"}
    waits, gone = (str(misure.explain(measure.decide(told, on=dt.date(2022, *day)))) for day in ((3, 31), (4, 1)))
    assert "non ancora dovuta" in waits
    assert "aspetta: Relazione" in waits
    assert "non si paga più" in gone
    assert "aspetta" not in gone
