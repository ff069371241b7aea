# SPDX-License-Identifier: Apache-2.0
"""A condition whose effect is to block a tranche is named among what that tranche waits for."""

import datetime as dt

import pytest

from misure import Outcome, Truth

RULES = """
parameters:
  budget: 1000.01 EUR
  half: 50%
  rest: 50%
provisions:
  - cite: {act: uno, at: "art. 1"}
    payment:
      invoices_regular: {provision: P.1, text: "Fatture regolari", holds: invoices_are_regular, effect: blocks, blocks: second}
tranches:
  cite: {act: uno, at: "art. 2"}
  of: budget
  lines:
    first:
      share: half
      provision: P.2
      text: "Prima"
      due: {granted: {holds: happened(granted_on), text: "Concesso"}}
    second:
      share: rest
      provision: P.3
      text: "Seconda"
      due: {granted_too: {holds: happened(granted_on), text: "Concesso"}}
"""
FACTS = """
flags:
  invoices_are_regular: {label: "fatture regolari", question: "Le fatture sono regolari?"}
"""


@pytest.mark.parametrize(("regular", "payable"), [(True, Truth.YES), (False, Truth.NO), (None, Truth.UNKNOWN)])
def test_a_blocked_tranche(write, regular, payable):
    measure = write(RULES, vocabulary=FACTS)
    told = {"granted_on": "2022-05-01"} | ({} if regular is None else {"invoices_are_regular": regular})
    decision = measure.decide(told, on=dt.date(2022, 6, 1))
    first, second = decision.tranches
    assert decision.outcome is Outcome.NOT_APPLICABLE
    assert (first.payable, first.waits_for) == (Truth.YES, ())
    assert (second.due, second.payable) == (Truth.YES, payable)
    waits = [(item.id, item.part, item.truth) for item in second.waits_for]
    assert waits == ([] if regular else [("invoices_regular", "condition", payable)])
    missing = [missing.name for item in second.waits_for for missing in item.missing]
    assert missing == (["invoices_are_regular"] if regular is None else [])
    assert [str(tranche.amount) for tranche in decision.tranches] == ["500.01", "500.00"]


def test_a_tranche_is_as_sure_as_what_blocks_it(write):
    read = RULES.replace(
        "holds: invoices_are_regular,", 'when: has_invoices, holds: invoices_are_regular, inferred: "lettura",'
    )
    facts = FACTS + '  has_invoices: {label: "fatture", question: "Ci sono fatture?"}\n'
    measure = write(read, vocabulary=facts)
    on = dt.date(2022, 6, 1)
    asked = measure.decide({"has_invoices": True, "invoices_are_regular": False}, on=on)
    assert [tranche.confidence for tranche in asked.tranches] == ["official", "inferred"]
    spared = measure.decide({"has_invoices": False}, on=on)
    assert [tranche.confidence for tranche in spared.tranches] == ["official", "official"]
