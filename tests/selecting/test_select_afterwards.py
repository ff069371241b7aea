# SPDX-License-Identifier: Apache-2.0
"""After a ranking: approvals and withdrawals on each side of their days, and how long a waiting list lives."""

import datetime as dt

import pytest

import misure
from misure import Application, Range, Standing
from misure.selecting.approval import Approvals
from tests.selecting.chosen_measure import ON, ONE_POT, WAITING, three
from tests.selecting.test_select_envelopes import TWO_WINDOWS

APPROVED = dt.date(2024, 5, 1)
LATE = dt.date(2024, 12, 1)


def day(text):
    return dt.date.fromisoformat(text)


# Withdrawals


def test_who_withdraws_on_the_very_day_of_filing_has_withdrawn(measure) -> None:
    selection = measure("stops").select(three(), on=ON).withdraw("a", on=day("2024-02-01"))
    assert [(p.id, p.place) for p in selection] == [("b", 1), ("c", 2), ("a", None)]


def test_who_withdraws_on_the_day_of_the_question_has_withdrawn(measure) -> None:
    assert measure("stops").select(three(), on=ON).withdraw("a", on=ON)["a"].standing == Standing.WITHDRAWN


def test_of_whom_the_day_of_filing_is_not_told_any_day_of_withdrawal_can_be(measure) -> None:
    one = measure("stops").select({"a": three()[0].facts}, on=ON)
    assert one.withdraw("a", on=day("1990-01-01"))["a"].standing == Standing.WITHDRAWN


def withdrawn(selection, *names, on):
    with pytest.raises((misure.BadFacts, misure.NoSuchApplication)) as caught:
        selection.withdraw(*names, on=on)
    return str(caught.value)


def test_every_withdrawal_that_cannot_be_is_told(measure) -> None:
    selection = measure("stops").select(three(), on=ON)
    assert withdrawn(selection, "a", "b", on=day("2024-06-02")).splitlines() == [
        f"<applications>: {name}: withdrawn on 2024-06-02, after 2024-06-01, the day of the question" for name in "ab"
    ]
    assert withdrawn(selection, "a", on=day("2024-01-31")) == (
        "<applications>: a: withdrawn on 2024-01-31, and filed on 2024-02-01"
    )
    assert withdrawn(selection, "a", "a", on=ON) == "<applications>: a: it was withdrawn before"
    assert withdrawn(selection.withdraw("b", on=ON), "a", "b", on=ON) == "<applications>: b: it was withdrawn before"
    strange = withdrawn(selection, "a", "x", "y", on=ON)
    assert "'x'" in strange
    assert "'y'" in strange
    assert "'a'" not in strange


@pytest.mark.parametrize("wrong", [3, None, dt.datetime(2024, 6, 1, tzinfo=dt.UTC)])
def test_the_day_of_a_withdrawal_is_a_plain_date(measure, wrong) -> None:
    selection = measure("stops").select(three(), on=ON)
    with pytest.raises(TypeError, match=r"on= is a day, a date without a time of day; got "):
        selection.withdraw("a", on=wrong)


FATES = {
    # the life of the list, what the section says more, approved on, withdrawn on, then where b and c stand
    "before the approval": ("is: 120 days", WAITING, APPROVED, "2024-04-30", ("funded", "funded")),
    "on the day of the approval": ("is: 120 days", WAITING, APPROVED, "2024-05-01", ("funded", "funded")),
    "on the last day of the list": ("is: 120 days", WAITING, APPROVED, "2024-08-29", ("funded", "funded")),
    "a day later": ("is: 120 days", WAITING, APPROVED, "2024-08-30", ("funded", "waiting")),
    "where nothing was approved": ("is: 120 days", WAITING, None, "2024-11-30", ("funded", "funded")),
    "where there is no list": ("is: 120 days", "      waiting_list: no\n", APPROVED, "2024-05-01",
        ("funded", "not_funded")),
    "where there is no list, a day before": ("is: 120 days", "      waiting_list: no\n", APPROVED, "2024-04-30",
        ("funded", "funded")),
    "where nothing says whether there is one": ("is: 120 days", "", APPROVED, "2024-05-01",
        ("funded", "depends")),
    "where there is one and nothing says how long": ("is: 120 days", "      waiting_list: yes\n", APPROVED,
        "2024-05-01", ("funded", "depends")),
    "within bounds, still alive": ('unknown: "x", between: [10 days, 20 days]', WAITING, APPROVED, "2024-05-11", ("funded", "funded")),
    "within bounds, perhaps": ('unknown: "x", between: [10 days, 20 days]', WAITING, APPROVED, "2024-05-12", ("funded", "depends")),
    "within bounds, perhaps still": ('unknown: "x", between: [10 days, 20 days]', WAITING, APPROVED, "2024-05-21", ("funded", "depends")),
    "within bounds, over": ('unknown: "x", between: [10 days, 20 days]', WAITING, APPROVED, "2024-05-22", ("funded", "waiting")),
}  # fmt: skip


@pytest.mark.parametrize(("life", "more", "approved", "gone", "standings"), FATES.values(), ids=list(FATES))
def test_whether_the_others_move_up(measure, life, more, approved, gone, standings) -> None:
    selection = measure("stops", life=life, more=more).select(three(), on=LATE, approved_on=approved)
    after = selection.withdraw("a", on=day(gone))
    assert (str(after["b"].standing), str(after["c"].standing)) == standings
    assert [withdrawal.to_dict() for withdrawal in after.withdrawals] == [{"id": "a", "on": gone}]
    assert after.receipt["withdrawals"] == [{"id": "a", "on": gone}]
    freed = {"waiting": "5000.00", "not_funded": "5000.00", "funded": "0.00"}.get(standings[1])
    assert freed is None or str(after.envelopes[0].freed) == freed


# How long a waiting list lives


@pytest.mark.parametrize(
    ("life", "more", "approved", "until"),
    [
        ("is: 120 days", WAITING, APPROVED, day("2024-08-29")), ("is: 120 days", WAITING, None, None),
        ('unknown: "x", between: [10 days, 20 days]', WAITING, APPROVED, Range(day("2024-05-11"), day("2024-05-21"))),
        ('unknown: "x", between: [10 days, 10 days]', WAITING, APPROVED, day("2024-05-11")),
        ('unknown: "x", unit: days', WAITING, APPROVED, None), ("is: 120 days", "", APPROVED, None),
        ("is: 120 days", "      waiting_list: yes\n", APPROVED, None),
    ],
)  # fmt: skip
def test_until_when_a_waiting_list_lives(measure, life, more, approved, until) -> None:
    selection = measure("stops", life=life, more=more).select(three(), on=LATE, approved_on=approved)
    assert selection.waiting_list_until() == until
    written = (
        {"from": str(until.least), "to": str(until.greatest)} if isinstance(until, Range) else until and str(until)
    )
    assert selection.to_dict()["waiting_list_until"] == ({} if approved is None else {"call": written})


def test_a_window_of_no_call_names_the_nearest(measure) -> None:
    selection = measure(shape=TWO_WINDOWS).select([], on=ON, approved_on={"prima": APPROVED})
    with pytest.raises(KeyError, match="no window is called 'secnda'; did you mean 'seconda'"):
        selection.waiting_list_until("secnda")
    assert selection.waiting_list_until("prima") is None


# Approvals


def test_approvals_of_windows_and_of_the_whole_call() -> None:
    one, each = Approvals.of(APPROVED), Approvals.of({"prima": APPROVED, "altra": LATE})
    assert (one.day(""), one.day("prima"), one.told, one.to_json()) == (APPROVED, APPROVED, APPROVED, "2024-05-01")
    assert (each.day("prima"), each.day("altra"), each.day("terza"), each.day("")) == (APPROVED, LATE, None, None)
    assert each.told == {"prima": APPROVED, "altra": LATE}
    assert each.to_json() == {"altra": "2024-12-01", "prima": "2024-05-01"}
    none = Approvals.of(None)
    assert (none.day(""), none.told, none.to_json(), none.days) == (None, None, None, ())
    assert Approvals.of({"b": LATE, "a": LATE}) == Approvals.of({"a": LATE, "b": LATE})
    assert Approvals.of({}) == none


@pytest.mark.parametrize("wrong", [3, {"prima": 3}, {"prima": None},
                                   dt.datetime(2024, 5, 1, tzinfo=dt.UTC)])  # fmt: skip
def test_the_day_of_an_approval_is_a_plain_date(measure, wrong) -> None:
    with pytest.raises(TypeError, match=r"approved_on= is a day, or one for each window; got "):
        measure("stops").select(three(), on=ON, approved_on=wrong)


@pytest.mark.parametrize(
    ("shape", "approved", "faults"),
    [
        (ONE_POT, day("2022-01-31"), []), (ONE_POT, ON, []),
        (ONE_POT, day("2022-01-30"), ["approved_on: approved on 2022-01-30, before 2022-01-31, when the law of the call begins"]),
        (ONE_POT, day("2024-06-02"), ["approved_on: approved on 2024-06-02, after 2024-06-01, the day of the question"]),
        (ONE_POT, {"prima": ON}, ["approved_on.prima: the call has no windows"]),
        (TWO_WINDOWS, {"prima": ON, "seconda": day("2022-01-31")}, []),
        (TWO_WINDOWS, {"prma": day("2024-06-02"), "seconda": day("2022-01-30"), "xyz": ON}, [
            "approved_on.prma: approved on 2024-06-02, after 2024-06-01, the day of the question",
            "approved_on.prma: no window is called 'prma'; did you mean 'prima'?",
            "approved_on.seconda: approved on 2022-01-30, before 2022-01-31, when the law of the call begins",
            "approved_on.xyz: no window is called 'xyz'",
        ]),
    ],
)  # fmt: skip
def test_an_approval_lies_between_the_law_of_the_call_and_the_question(measure, shape, approved, faults) -> None:
    one = measure("stops", shape=shape)
    if not faults:
        assert one.select(three(), on=ON, approved_on=approved).approved_on == approved
        return
    with pytest.raises(misure.BadFacts) as caught:
        one.select(three(), on=ON, approved_on=approved)
    assert [str(fault) for fault in caught.value.faults] == [f"<applications>: {fault}" for fault in faults]


def test_who_may_be_of_two_windows_withdraws_by_the_approval_of_either(measure) -> None:
    """The first window was approved and has no list any more; the second was not: the money may be passed on or not."""
    told = [Application(name, three()[0].facts | {"points_given": points}, window=window)
            for name, points, window in (("a", 90, None), ("b", 80, "prima"), ("c", 70, "prima"), ("d", 60, "seconda"))]  # fmt: skip
    one = measure(shape=TWO_WINDOWS, more="      waiting_list: no\n", life="is: 120 days")
    selection = one.select(told, on=LATE, approved_on={"prima": APPROVED})
    after = selection.withdraw("a", on=day("2024-05-20"))
    assert after["a"].standing == Standing.WITHDRAWN
    assert [str(after[name].standing) for name in "bcd"] == ["funded", "depends", "depends"]
