# SPDX-License-Identifier: Apache-2.0
"""Whoever depends is told on what: a line of the page for each, whatever is not known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure.identifiers.forms import made_up
from tests.batch.chosen import MEASURES, ON, applications, measure_of, rows
from tests.selecting.chosen_measure import application


def lines_of(selection, *ids):
    """The lines of some applications on the page, with what they say below."""
    lines = [line for section in misure.explain(selection).page.sections for line in section.lines]
    return {id_: next(line for line in lines if id_ in line.text.replace(". ", " – ").split(" – ")) for id_ in ids}


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_application_that_depends_has_a_reason_on_the_page(name, data):
    measure = measure_of(name)
    told = data.draw(rows(measure))
    selection = measure.select(
        applications(told), on=ON, approved_on=data.draw(st.sampled_from([None, dt.date(2024, 5, 10)]))
    )
    gone = data.draw(st.lists(st.sampled_from([row["id"] for row in told]), unique=True, max_size=2))
    if gone:
        selection = selection.withdraw(*gone, on=dt.date(2024, 5, 20))
    open_ones = [placement.id for placement in selection.depends]
    for id_, line in lines_of(selection, *open_ones).items():
        assert line.details, id_


def test_who_may_ask_nothing_depends_on_its_amount(measure) -> None:
    """It fits whatever it asks; whether it asks anything at all is open."""
    selection = measure("stops").select([application("a", 90, costs=None)], on=ON)
    assert [str(reason.why) for reason in selection["a"].reasons] == ["amount_open", "fits"]
    assert lines_of(selection, "a")["a"].details == ("il suo importo non è noto",)


def test_who_comes_after_equals_for_one_prize_depends_on_them(measure) -> None:
    """What is asked before it is known; whether the greater or the lesser of two equals is passed over is not."""
    tied = [application("a", 90, costs="16000"), application("b", 90, costs="10000")]
    selection = measure("skips").select([*tied, application("c", 80, costs="6000")], on=ON)
    assert str(selection["c"].standing) == "depends"
    assert [str(reason.why) for reason in selection["c"].reasons] == ["others_open"]


CHAIN = """\
      order: [highest points_given]
      tie_break: [earliest filed_at]
      last_award: stops
      envelopes:
        own: {amount: second_budget, for: "place == 'mi'", text: "Camera", then: shared}
        shared: {amount: budget, text: "Regione"}
"""


def test_money_that_another_envelope_may_hold_is_a_reason(measure) -> None:
    open_ = "{unknown: 'non detta', between: [1000.00 EUR, 20000.00 EUR]}"
    selection = measure(budget=open_, shape=CHAIN).select([application("a", 90, costs="20000")], on=ON)
    assert str(selection["a"].standing) == "depends"
    assert [(str(reason.why), reason.rules) for reason in selection["a"].reasons] == [("budget_open", ("shared",))]


def test_equals_stand_in_the_natural_order_of_their_ids(measure) -> None:
    ids = ["D-10", "D-2", "D-1", "d-2", "D-2b", "D"]
    told = [
        replace(application("x", 80, at="09:00:00", firm=made_up("codice_fiscale", n)), id=id_)
        for n, id_ in enumerate(ids)
    ]
    in_order = ["D", "D-1", "D-2", "D-2b", "D-10", "d-2"]
    written = measure()
    assert [placement.id for placement in written.select(told, on=ON)] == in_order
    refused = [replace(one, facts=one.facts | {"active": False}) for one in told]
    assert [placement.id for placement in written.select(refused, on=ON)] == in_order
