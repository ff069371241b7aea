# SPDX-License-Identifier: Apache-2.0
"""Where the grant of the aid itself picks the law, whether other aid was granted is still asked of that aid alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.functions import conftest

ME = "01234560157"


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    text = conftest.MEASURE.replace("law_of: question", "law_of: grant")
    return conftest.written(tmp_path_factory.mktemp("concessione"), text)


@pytest.mark.parametrize(
    ("granted_on", "left"), [("2025-01-10", Decimal("250000.00")), ("not_yet", Decimal("300000.00"))]
)
def test_aid_that_is_not_granted_fills_nothing(measure, granted_on, left):
    aid = {"cor": "c1", "beneficiary": ME, "regulation": "gen", "granted_on": granted_on, "amount": "50000"}
    told = {"granted_on": "2025-06-01", "deminimis_aids": [aid], "codice_fiscale": ME, "control_relations": []}
    found = {line.id: line.amount for line in measure.decide(told, on=conftest.ON).support}
    assert (found["left"], found["left_group"]) == (left, left)
