# SPDX-License-Identifier: Apache-2.0
"""What is wrong with applications is told all at once."""

import datetime as dt

import pytest

import misure
from misure import Application
from tests.selecting.chosen_measure import ON, ONE_POT, application, three

# Bad input


def test_all_faults_of_all_applications_at_once(measure):
    other = misure.catalogue()["lombardia/filiere"].decide({}, on=dt.date(2022, 6, 1))
    told = [
        application("a", 90), application("a", 80), application("b", 101), Application("c", {"costs": 1}),
        Application("d", {"cost": 1}, filed_at="2024-03-31T02:30"), Application("e", other, filed_at="2024-02-01T09:00"),
        Application("f", {"filed_on": "2024-02-02"}, filed_at="2024-02-01T09:00"),
        application("g", 80, active=False), Application("", {}),
        Application("h", {}, filed_at="2024-02-01T09:00", window="prima"),
        Application("i", {"active": False}, filed_at="2024-02-01T09:00", admitted=True),
        Application("j", {}, filed_at="2024-07-01T09:00"), Application("k", {}, admitted="forse", filed_at="2024-02-01T09:00"),
    ]  # fmt: skip
    shape = ONE_POT.replace("tie_break: [earliest filed_at]", "tie_break: [lowest costs]").replace(
        "order: [highest points_given]", "order: [highest points_given, earliest filed_at]"
    )
    with pytest.raises(misure.BadFacts) as caught:
        measure("stops", shape=shape).select(told, on=ON)
    text = str(caught.value)
    for line in (
        "<applications>: a: two applications have this id",
        "<applications>: b.points_given: 101 is above the greatest that can be, 100.00 points",
        "<applications>: c.filed_at: the order looks at the instant of filing, and none is told",
        "<applications>: d.cost: no fact is called 'cost'; did you mean 'costs'?",
        "<applications>: d.filed_at: 2024-03-31T02:30 does not exist in Europe/Rome",
        "<applications>: e: the application was decided under lombardia/filiere",
        "<applications>: f.filed_on: filed_on is 2024-02-02, and the instant of filing lies on 2024-02-01",
        "<applications>: '': an id is a printable text",
        "<applications>: h.window: the call has no windows",
        "<applications>: i.admitted: said to be admitted, and the rules refuse it: is_active",
        "<applications>: j.filed_at: filed on 2024-07-01, after 2024-06-01",
        "<applications>: k.admitted: expected true or false; got 'forse'",
    ):
        assert line in text


def test_an_approval_before_the_law_of_the_call(measure):
    with pytest.raises(misure.BadFacts, match="approved_on: approved on 2019-12-31, before 20"):
        measure("stops").select(three(), on=ON, approved_on=dt.date(2019, 12, 31))


def test_a_budget_below_one_award(measure):
    one = measure("stops").vary(budget="4999.99 EUR")
    with pytest.raises(misure.BadFacts, match=r"total: the envelope holds 4999.99 EUR, less than the smallest award"):
        one.select(three(), on=ON)


def test_a_measure_that_chooses_among_nobody():
    with pytest.raises(misure.BadRules, match="chooses among nobody"):
        misure.catalogue()["lombardia/piano-export-2025"].select({}, on=dt.date(2025, 12, 1))


def test_what_is_no_set_of_applications(measure):
    one = measure("stops")
    for wrong in ("D-1", 3, None):
        with pytest.raises(TypeError, match="expected applications; got "):
            one.select(wrong, on=ON)
    with pytest.raises(misure.BadFacts, match=r"\[0\]: expected an application; got 3"):
        one.select([3], on=ON)
    with pytest.raises(misure.BadFacts, match=r"an application has no 'fact'; did you mean 'facts'"):
        one.select([{"id": "a", "fact": {}}], on=ON)
    with pytest.raises(TypeError, match=r"on= is a day, a date without a time of day; got a whole number"):
        one.select([], on=3)
    assert len(one.select([], on=ON)) == 0


def test_an_application_without_an_id_or_with_a_strange_key_has_its_other_values_told():
    call = misure.catalogue()["lombardia/export-su-misura"]
    told = [{"fact": {}, "facts": {"panel_score": "x"}}, {"id": "B", "admited": True, "window": "frst"}]
    with pytest.raises(misure.BadFacts) as caught:
        call.select(told, on=dt.date(2026, 3, 18))
    assert [(fault.subject, fault.message.partition(";")[0]) for fault in caught.value.faults] == [
        ("B.window", "no window is called 'frst'"),
        ("[0]", "an application has no 'fact'"),
        ("[0]", "an application needs its id"),
        ("[0].panel_score", "'x' is not a number: write 1234.50"),
        ("[1]", "an application has no 'admited'"),
    ]
