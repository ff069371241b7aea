# SPDX-License-Identifier: Apache-2.0
"""Drawn applications, ledgers and groups: all valid, of every kind, shrinking to little."""

from collections import Counter

import pytest
from hypothesis import find

import misure
from misure import deminimis
from misure.testing import aid_ledgers, applications, undertakings
from misure.undertakings import single_undertaking, size_of
from tests.testing.examples import DAYS, EXPORT, FILIERE, MEASURES, QUICKLY, drawn

FIRST = "01234560157"
ON = "2026-11-22"


@pytest.mark.parametrize("measure", [EXPORT, FILIERE], ids=lambda measure: measure.id)
def test_applications_are_taken_and_some_are_refused_or_tied(measure):
    on, met = DAYS[measure.id], Counter()
    for received in drawn(applications(measure, on=on, most=4), 30):
        selection = measure.select(received, on=on)
        met.update(str(placement.standing) for placement in selection.placements)
        met["several"] += len(received) > 1
        for one in received:
            met.update(name for name in ("filed_at", "admitted", "window") if getattr(one, name) is not None)
        met["one instant"] += len({one.filed_at for one in received if one.filed_at}) < sum(
            one.filed_at is not None for one in received
        )
    admitted = met["funded"] + met["listed"] + met["depends"] + met["waiting"]
    assert admitted >= 25, met
    assert met["not_admitted"] >= 2, met
    assert min(met["several"], met["filed_at"], met["admitted"], met["one instant"]) >= 3, met
    assert met["window"] >= 3 or not measure.rulebook.selection.windows, met


def test_each_application_has_codes_of_its_own():
    on = DAYS[EXPORT.id]
    codes = [
        [one.facts["codice_fiscale"] for one in received] for received in drawn(applications(EXPORT, on=on, most=4), 20)
    ]
    assert sum(len(set(found)) < len(found) for found in codes) <= 10
    assert any(len(found) > 2 for found in codes)
    assert all(misure.identifiers.codice_fiscale.is_valid(code) for found in codes for code in found)


def test_applications_shrink_to_none():
    on = DAYS[EXPORT.id]
    assert find(applications(EXPORT, on=on, most=3), lambda _: True, settings=QUICKLY) == []


def test_a_measure_without_selection_is_told_at_once():
    piano = MEASURES["lombardia/piano-export-2025"]
    with pytest.raises(misure.BadRules, match="has no 'selection'"):
        applications(piano, on=DAYS[piano.id])


def test_ledgers_leave_all_some_and_nothing():
    met = Counter()
    for ledger in drawn(aid_ledgers()):
        left = deminimis.headroom(ledger, FIRST, on=ON, later="ignore")
        met["all" if left.amount == left.ceiling else "some" if left.amount else "nothing"] += 1
        met.update(aid.regulation for aid in ledger)
        met["of others"] += any(aid.beneficiary != FIRST for aid in ledger)
        assert ledger.complete_by
    assert min(met[word] for word in ("all", "some", "nothing", "gen", "sgei", "agri", "fish", "of others")) >= 3, met


def test_of_ledgers_that_are_not_known_the_headroom_is_open():
    met = Counter()
    for ledger in drawn(aid_ledgers(known=False), 60):
        left = deminimis.headroom(ledger, FIRST, on=ON, later="ignore")
        met["complete" if ledger.complete_by else "incomplete"] += 1
        met["no day"] += any(aid.granted_on is None for aid in ledger)
        met["no amount"] += any(aid.amount is None for aid in ledger)
        met["doubts"] += bool(left.doubts)
    assert min(met.values()) >= 10, met


def test_a_ledger_shrinks_to_the_one_aid_that_matters():
    empty = find(aid_ledgers(), lambda _: True, settings=QUICKLY)
    assert len(empty) == 0
    full = find(
        aid_ledgers(), lambda book: not deminimis.headroom(book, FIRST, on=ON, later="ignore").amount, settings=QUICKLY
    )
    [aid] = full
    assert (aid.beneficiary, aid.regulation) == (FIRST, "gen")
    assert aid.amount == deminimis.headroom(empty, FIRST, on=ON).ceiling


def test_groups_are_of_every_size_and_some_hang_together():
    met = Counter()
    for group in drawn(undertakings()):
        answer = size_of(group, of=FIRST, on=ON)
        met.update(answer.classes)
        met["several"] += len(single_undertaking(group, of=FIRST, on=ON).members) > 1
        met["holdings"] += bool(group.holdings)
        assert len(answer.classes) == 1 or any(one.kind != "company" for one in group.undertakings)
    assert min(met[word] for word in ("micro", "small", "medium", "large")) >= 5, met
    assert min(met["several"], met["holdings"]) >= 4, met


def test_of_groups_that_are_not_known_the_size_may_be_open():
    open_ = [
        group for group in drawn(undertakings(known=False), 60) if len(size_of(group, of=FIRST, on=ON).classes) > 1
    ]
    assert len(open_) >= 10


def test_a_group_shrinks_to_one_company():
    group = find(undertakings(), lambda _: True, settings=QUICKLY)
    assert [(one.id, one.kind) for one in group.undertakings] == [(FIRST, "company")]
    assert group.holdings == ()
    linked = find(
        undertakings(), lambda group: len(single_undertaking(group, of=FIRST, on=ON).members) > 1, settings=QUICKLY
    )
    assert len(linked.undertakings) == 2
    assert len(linked.holdings) == 1
