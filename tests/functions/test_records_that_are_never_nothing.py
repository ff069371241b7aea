# SPDX-License-Identifier: Apache-2.0
"""A sum over records that each tell something is still nothing where there are no records, and lies below the most of all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from misure import Range
from tests.deciding.written_measures import opened
from tests.functions import conftest

ME = "01234560157"
TABLE = """\
tables:
  great_aids:
    label: "aiuti da diecimila euro in su"
    key: cor
    max_items: 40
    fields:
      cor: {text: 64, label: "codice"}
      beneficiary: {identifier: tax_number, label: "beneficiario"}
      regulation: {choices: {gen: generale, sgei: SIEG, agri: agricoltura, fish: pesca}, label: "regolamento"}
      granted_on: {event: yes, label: "concessione"}
      amount: {unit: EUR, least: "10000", greatest: "10000000", label: "aiuto"}
"""


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    support = """\
support:
  cite: {act: uno, at: art. 2}
  lines:
    left: {form: grant, of: "headroom(great_aids, 'gen', on)", provision: F.09, text: "plafond"}
    left_group: {form: grant, of: "group_headroom(great_aids, control_relations, codice_fiscale, 'gen', on)", provision: F.12, text: "plafond"}
"""
    root = tmp_path_factory.mktemp("grandi")
    return opened(root, support, law_of="question", editions=conftest.EDITION, vocabulary=TABLE)


def aid(number, amount):
    return {"cor": f"c{number}", "beneficiary": ME, "regulation": "gen", "granted_on": "2025-01-10", "amount": amount}


@pytest.mark.parametrize(
    ("aids", "left"),
    [
        ([], Decimal("300000.00")),
        ([aid(1, "10000")], Decimal("290000.00")),
        ([aid(n, "10000") for n in range(30)], Decimal("0.00")),
        (None, Range(Decimal("0.00"), Decimal("300000.00"))),
    ],
)
def test_what_is_left_is_the_ceiling_without_the_sum_of_what_is_told(measure, aids, left):
    told = {"codice_fiscale": ME, "control_relations": []} | ({} if aids is None else {"great_aids": aids})
    decision = measure.decide(told, on=conftest.ON)
    assert {found.id: found.amount for found in decision.support} == {"left": left, "left_group": left}
