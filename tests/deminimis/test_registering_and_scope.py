# SPDX-License-Identifier: Apache-2.0
import datetime as dt

import pytest

from misure.deminimis import Aid, RegisterKeys, exclusions, in_scope, missing_for_register, register_duty
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.truth import Truth


# DM-R1, DM-R2: twenty working days of Reg. 1182/71.
@pytest.mark.parametrize(("granted", "by"), [
    ("2026-12-10", "2027-01-12"), ("2026-04-01", "2026-04-30"), ("2027-09-10", "2027-10-11"),
])  # fmt: skip
def test_by_when_an_aid_is_in_the_register(granted, by):
    duty = register_duty(granted)
    assert (duty.applies, duty.by, duty.working_days) == (Truth.YES, dt.date.fromisoformat(by), 20)
    assert duty.keep_until == dt.date.fromisoformat(granted).replace(year=int(granted[:4]) + 10)


@pytest.mark.parametrize(("regulation", "granted", "applies"), [
    ("gen", "2025-12-31", Truth.NO), ("sgei", "2026-01-01", Truth.YES), ("agri", "2026-12-31", Truth.NO),
    ("agri", "2027-01-01", Truth.YES), ("fish", "2026-11-22", Truth.UNKNOWN),
])  # fmt: skip
def test_where_there_is_the_duty(regulation, granted, applies):
    duty = register_duty(granted, regulation)
    assert duty.applies is applies
    assert (duty.by is None) == (regulation != "sgei")


def test_what_an_entry_still_lacks():
    keys = RegisterKeys(authority="Regione", instrument="grant", sector="I.56.1")
    assert missing_for_register(Aid("A", "alfa", "gen", "2026-12-10", 5, keys=keys)) == ()
    assert missing_for_register(Aid("A", "alfa", "agri", "2027-12-10", None)) == (
        "amount",
        "authority",
        "instrument",
        "sector",
    )
    assert missing_for_register(Aid("A", "alfa", "gen", "2025-12-10", None)) == ()
    assert missing_for_register(Aid("A", "alfa", "fish", "2025-12-10", None)) is None


@pytest.mark.parametrize("regulation", ["gen", "sgei"])
def test_the_duty_ends_with_its_regulation(regulation):
    assert register_duty("2031-06-30", regulation).applies is Truth.YES
    with pytest.raises(NotEncoded):
        register_duty("2031-07-01", regulation)


def test_what_the_register_refuses():
    with pytest.raises(BadFacts) as caught:
        register_duty("10/12/2026", "agric")
    assert [fault.subject for fault in caught.value.faults] == ["granted_on", "regulation"]
    with pytest.raises(NotEncoded):
        register_duty("2013-01-01")
    for wrong in ("A", Aid("A", "alfa", "gen", None, 5)):
        with pytest.raises(BadFacts):
            missing_for_register(wrong)


@pytest.mark.parametrize(("aided", "besides", "separated", "truth"), [
    ([], [], None, Truth.YES),
    (["export_aid"], [], None, Truth.NO),
    (["primary_agriculture"], [], True, Truth.NO),                # what is aided is itself excluded
    ([], ["primary_agriculture"], True, Truth.YES),
    ([], ["primary_agriculture"], False, Truth.NO),
    ([], ["primary_agriculture"], None, Truth.UNKNOWN),
    (None, [], None, Truth.UNKNOWN),
    ([], None, None, Truth.UNKNOWN),
    ([], None, True, Truth.YES),
    (None, ["primary_fishery"], False, Truth.NO),
    ([], ["export_aid"], False, Truth.YES),                       # aid that was elsewhere given for export is no sector
    (["road_freight_vehicles"], [], None, Truth.YES),             # the older ban is gone
])  # fmt: skip
def test_the_field_of_application(aided, besides, separated, truth):
    assert in_scope(on="2026-11-22", aided=aided, also_active_in=besides, separated=separated).holds is truth


def test_the_exclusions_and_what_is_refused():
    assert len(exclusions("2026-11-22")) == 7
    assert in_scope(on="2026-11-22", aided=["export_aid"]).excluded_by[0].sector is False
    with pytest.raises(BadFacts) as caught:
        in_scope(on="2026-11-22", aided=["export"], also_active_in="primary_fishery", separated=1)
    assert [fault.subject for fault in caught.value.faults] == ["aided", "also_active_in", "separated"]
    assert "did you mean 'export_aid'" in str(caught.value)
    for day in ("2023-12-31", "2031-07-01"):
        with pytest.raises(NotEncoded):
            exclusions(day)
    with pytest.raises(BadFacts):
        exclusions("now")
