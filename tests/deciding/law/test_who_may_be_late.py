# SPDX-License-Identifier: Apache-2.0
"""A term that may not be asked of somebody is not told as late before it is known that it is."""

import datetime as dt

import pytest

import misure
from misure.deciding.results import DutyState

PIANO = misure.catalogue()["lombardia/piano-export-2025"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
INVOICES, EXTENSION = {"invoices_sent": "2026-01-21"}, {"granted_on": "2025-12-10", "extension_asked_on": "2027-04-12"}


@pytest.mark.parametrize(("measure", "on", "term", "facts", "state"), [
    (PIANO, dt.date(2026, 1, 31), "supplier_invoices", INVOICES, DutyState.UNKNOWN),
    (PIANO, dt.date(2026, 1, 31), "supplier_invoices", INVOICES | {"uses_third_parties": True}, DutyState.LATE),
    (PIANO, dt.date(2026, 1, 31), "supplier_invoices", INVOICES | {"uses_third_parties": False}, DutyState.NOT_APPLICABLE),
    (VERSO, dt.date(2027, 7, 1), "extension_request", EXTENSION, DutyState.UNKNOWN),
    (VERSO, dt.date(2027, 7, 1), "extension_request", EXTENSION | {"extension_months": 0}, DutyState.NOT_APPLICABLE),
], ids=["untold", "asked of them", "not asked of them", "an extension, untold how long", "no extension"])  # fmt: skip
def test_a_term_of_which_is_not_known_whether_it_applies(measure, on, term, facts, state):
    (found,) = (one for one in measure.decide(facts, on=on).terms if one.id == term)
    assert found.state is state
