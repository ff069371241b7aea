# SPDX-License-Identifier: Apache-2.0
"""The commonest slip of a spreadsheet: a table whose ids are written otherwise than those of the applications."""

from __future__ import annotations

import pytest

import misure
from misure.reading.applicants.applications import read_csv


def test_every_row_is_told_and_the_first_with_the_nearest_id():
    count = 3_000
    applications = "id\n" + "".join(f"UNI-2026-{number:06}\n" for number in range(count))
    costs = "application;firm;amount\n" + "".join(f"UNI/2026/{number:06};c0;1.00\n" for number in range(count))
    with pytest.raises(misure.BadFacts) as caught:
        read_csv(applications, "apps.csv", (), {"firm_costs": (costs, "costs.csv")})
    faults = [fault for fault in caught.value.faults if fault.subject == "application"]
    assert len(faults) == count
    assert [fault.place.line for fault in faults] == list(range(2, count + 2))
    assert faults[0].suggestion == "UNI-2026-000000"
    assert faults[-1].suggestion is None
