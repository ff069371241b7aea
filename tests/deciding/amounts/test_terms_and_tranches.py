# SPDX-License-Identifier: Apache-2.0
"""Windows, deadlines, duties, tranches and tensions as they stand on the day of the question, each day and its neighbours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from misure import Range
from tests.deciding.test_whole_decision import decided, measure
from tests.deciding.whole_measure import ON

__all__ = ["measure"]


def term_of(decision, name):
    (found,) = (one for one in (*decision.terms, *decision.duties) if one.id == name)
    return found


# Windows

SIDES = {
    # It opens on a day of March that nobody published, and closes on 31 December.
    "before its first day": ("2022-02-28", "before"), "on its first day, perhaps": ("2022-03-01", "unknown"),
    "on its last first day but one": ("2022-03-30", "unknown"), "on its last first day": ("2022-03-31", "inside"),
    "on its last day": ("2022-12-31", "inside"), "after its last day": ("2023-01-01", "after"),
}  # fmt: skip


@pytest.mark.parametrize(("filed_on", "state"), SIDES.values(), ids=list(SIDES))
def test_on_which_side_of_a_window_a_day_lies(measure, filed_on, state) -> None:
    found = term_of(decided(measure, filed_on=filed_on, granted_on="2023-02-01", on=dt.date(2023, 6, 1)), "window")
    assert found.state == state
    assert (found.opens, found.closes) == (Range(dt.date(2022, 3, 1), dt.date(2022, 3, 31)), dt.date(2022, 12, 31))
    assert (found.day, found.raw, found.kind, found.regime) == (dt.date(2022, 12, 31), None, "window", "fixed_instant")
    assert (found.moved, found.alternatives, found.who, found.peremptory) == ((), (), "", None)
    assert (found.text, str(found.cite)) == ("Finestra", "DGR XI/1, art. 1")


# Deadlines and duties: 30 days from 6 May 2022 end on Sunday 5 June, and the term on Monday 6 June

STATES = {
    # what was done when, the day of the question, the state of the deadline that applies and of the duty
    "done in time": ("2022-06-05", ON, "kept"), "done on the day to which it moved": ("2022-06-06", ON, "kept"),
    "done a day late": ("2022-06-07", ON, "late"), "not done, and the day is here": ("not_yet", dt.date(2022, 6, 6), "open"),
    "not done, and the day is past": ("not_yet", dt.date(2022, 6, 7), "late"),
    "nobody says, and the day is here": (None, dt.date(2022, 6, 6), "open"),
    "nobody says, and the day is past": (None, dt.date(2022, 6, 7), "unknown"),
}  # fmt: skip


@pytest.mark.parametrize(("done", "on", "state"), STATES.values(), ids=list(STATES))
def test_where_a_deadline_and_a_duty_stand(measure, done, on, state) -> None:
    changes = {"ended_on": done, "checked_on": done, "young": True}
    decision = decided(measure, *(one for one in changes if changes[one] is None), on=on, **changes)
    report, check = term_of(decision, "report"), term_of(decision, "check")
    assert (report.state, check.state) == (state, state)
    for one in (report, check):
        assert (one.raw, one.day, one.moved) == (dt.date(2022, 6, 5), dt.date(2022, 6, 6), (("sunday",),))
        assert (one.opens, one.closes, one.regime) == (None, None, "it_civil")
        assert [(other.regime, other.day) for other in one.alternatives] == [("fixed_instant", dt.date(2022, 6, 5))]
    assert (report.kind, report.who, report.peremptory, report.text) == ("deadline", "", True, "Rapporto")
    assert (check.kind, check.who, check.peremptory, check.text) == ("duty", "nucleo", None, "Verifica")


def test_a_deadline_that_does_not_apply(measure) -> None:
    assert term_of(decided(measure, ended_on="2022-06-07"), "report").state == "not_applicable"
    assert term_of(decided(measure, ended_on="2022-06-07", young=True), "report").state == "late"


def test_a_deadline_of_which_the_beginning_is_not_told_has_no_day(measure) -> None:
    found = term_of(decided(measure, "begun_on", young=True), "report")
    assert (found.day, found.raw, found.moved, found.alternatives, found.state) == (None, None, (), (), "unknown")


@pytest.mark.parametrize(
    ("begun", "raw", "day", "others"),
    [
        ("2022-05-05", "2022-06-04", "2022-06-04", []),  # a Saturday does not move
        ("2022-05-03", "2022-06-02", "2022-06-03", [("fixed_instant", "2022-06-02")]),  # a holiday does
        ("2022-05-04", "2022-06-03", "2022-06-03", []),
    ],
)
def test_where_no_regime_answers_otherwise_there_is_no_alternative(measure, begun, raw, day, others) -> None:
    found = term_of(decided(measure, begun_on=begun), "check")
    assert (str(found.raw), str(found.day)) == (raw, day)
    assert [(one.regime, str(one.day)) for one in found.alternatives] == others
    assert bool(found.moved) is (raw != day)


@pytest.mark.parametrize(
    ("asked_on", "state"), [("2022-07-01", "kept"), ("not_yet", "standing"), (None, "standing")]
)  # fmt: skip
def test_a_duty_without_a_day_stands_until_it_is_done(measure, asked_on, state) -> None:
    decision = decided(measure, *([] if asked_on else ["asked_on"]), asked_on=asked_on)
    answer, keep = term_of(decision, "answer"), term_of(decision, "keep")
    assert (answer.state, keep.state) == (state, "standing")
    for one in (answer, keep):
        assert (one.kind, one.day, one.raw, one.regime, one.who) == ("duty", None, None, "", "beneficiario")
        assert (one.moved, one.alternatives, one.opens, one.closes, one.peremptory) == ((), (), None, None, None)
        assert str(one.cite) == "DGR XI/1, art. 1"
    assert (answer.text, keep.text) == ("Risposta", "Conservazione")


# Tranches

LAPSED, PERHAPS = ("lapse", "keeps_papers", "no", []), ("lapse", "keeps_papers", "unknown", ["papers"])
WAITS = {
    # changes, then of each tranche: due, payable, what it waits for as (part, id, truth, missing)
    "the act is not there": ({}, ("yes", "no", [("act", "order", "no", [])]), ("yes", "yes", [])),
    "all is there": ({"asked_on": "2022-07-15"}, ("yes", "yes", []), ("yes", "yes", [])),
    "nothing has happened": ({"granted_on": "not_yet", "ended_on": "not_yet", "papers": False},
        ("no", "no", [("due", "start", "no", []), ("act", "order", "no", []), LAPSED]),
        ("no", "no", [("due", "end", "no", []), ("evidence", "proof", "no", []), LAPSED])),
    "a condition blocks": ({"young": True, "papers": False, "asked_on": "2022-07-15"}, ("yes", "no", [LAPSED]),
        ("yes", "no", [("evidence", "proof", "no", []), ("condition", "regular", "no", []), LAPSED])),
    "nothing is told": ({"granted_on": None, "asked_on": None, "ended_on": None, "papers": None, "young": None},
        ("unknown", "unknown", [("due", "start", "unknown", ["granted_on"]), ("act", "order", "unknown", ["asked_on"]), PERHAPS]),
        ("unknown", "unknown", [("due", "end", "unknown", ["ended_on"]), ("evidence", "proof", "unknown", ["papers"]),
                                ("condition", "regular", "unknown", ["papers", "young"]), PERHAPS])),
    "a condition that waits for nothing else is not told twice": ({"papers": None, "young": True, "asked_on": "2022-07-15"},
        ("yes", "unknown", [PERHAPS]), ("yes", "unknown", [("evidence", "proof", "unknown", ["papers"]), PERHAPS])),
    "a condition that is not asked": ({"papers": None, "asked_on": "2022-07-15"},
        ("yes", "unknown", [PERHAPS]), ("yes", "unknown", [("evidence", "proof", "unknown", ["papers"]), PERHAPS])),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "first", "second"), WAITS.values(), ids=list(WAITS))
def test_what_each_tranche_waits_for(measure, changes, first, second) -> None:
    decision = decided(measure, *(one for one in changes if changes[one] is None), **changes)
    for tranche, expected in zip(decision.tranches, (first, second), strict=True):
        waits = [(one.part, one.id, str(one.truth), [missing.name for missing in one.missing])
                 for one in tranche.waits_for]  # fmt: skip
        assert (str(tranche.due), str(tranche.payable), waits) == expected
    assert [(one.id, one.amount, one.text, str(one.cite)) for one in decision.tranches] == [
        ("first", Decimal("700.01"), "Prima", "DGR XI/1, art. 5"), ("second", Decimal("300.00"), "Seconda", "DGR XI/1, art. 5"),
    ]  # fmt: skip


def test_what_is_waited_for_stands_under_its_own_sentence_and_citation(measure) -> None:
    (order,) = decided(measure).tranches[0].waits_for
    assert (order.text, str(order.cite)) == ("Ordine", "DGR XII/2, punto 1")
    proof, regular, kept = decided(measure, young=True, papers=False).tranches[1].waits_for
    assert (proof.text, str(proof.cite)) == ("Prova", "DGR XI/1, art. 5")
    assert (regular.text, str(regular.cite)) == ("Carte in regola", "DGR XI/1, art. 1")
    assert (kept.id, str(kept.cite)) == ("keeps_papers", "DGR XI/1, art. 1")


# Tensions


@pytest.mark.parametrize(("day", "told"), [(14, []), (15, ["clash"]), (16, ["clash"])])
def test_a_tension_is_told_from_its_first_day_on(measure, day, told) -> None:
    decision = decided(measure, on=dt.date(2022, 7, day))
    assert [one.id for one in decision.tensions] == told
    for one in decision.tensions:
        assert (one.provisions, one.since, one.bears_on) == (
            ("P.19", "P.20"), dt.date(2022, 7, 15), ("keeps_papers", "report"),
        )  # fmt: skip
        assert (one.text, str(one.cite), str(one.confidence)) == ("Non si accordano", "DGR XI/1", "official")
