# SPDX-License-Identifier: Apache-2.0
"""A selection of a written measure: the last award, standings, what is open, withdrawals."""

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import Application, Range, Standing, Why
from tests.selecting.chosen_measure import ON, ONE_POT, WAITING, amounts, application, three


@pytest.mark.parametrize(
    ("last", "expected", "left"),
    [
        ("in_full", ("5000.00", "5000.00", "5000.00"), "0.00"),
        ("in_part", ("5000.00", "5000.00", "2000.00"), "0.00"),
        ("stops", ("5000.00", "5000.00", "0.00"), "2000.00"),
        ("skips", ("5000.00", "5000.00", "0.00"), "2000.00"),
    ],
)
def test_the_last_award(measure, last, expected, left):
    selection = measure(last).select(three(), on=ON)
    assert tuple(map(str, amounts(selection).values())) == expected
    assert str(selection.envelopes[0].left) == left


def test_a_published_ranking(measure):
    selection = measure("stops", more=WAITING).select(reversed(three()), on=ON)
    assert [(p.id, p.place, p.standing) for p in selection.placements] == [
        ("a", 1, Standing.FUNDED), ("b", 2, Standing.FUNDED), ("c", 3, Standing.WAITING),
    ]  # fmt: skip
    assert [reason.why for reason in selection["c"].reasons] == [Why.DOES_NOT_FIT, Why.DOES_NOT_FIT]
    assert str(selection["a"].reasons[0].cite) == "DGR XI/1, art. 4"
    assert selection["a"].order == (("points_given", Decimal("90.00")), ("filed_at", "2024-02-01T09:00:00+01:00"))
    assert selection.given == Decimal("10000.00")
    assert selection["c"].asked_before == Decimal("10000.00")
    assert (selection["c"].funded, selection["c"].admitted) == ("no", "yes")


def test_equals_are_put_apart_by_the_tie_break(measure):
    told = [
        application("a", 80, at="09:00:02"),
        application("b", 80, at="09:00:01"),
        application("c", 80, at="09:00:03"),
    ]
    selection = measure("stops").select(told, on=ON)
    assert [p.id for p in selection.placements] == ["b", "a", "c"]
    assert selection["c"].standing == Standing.NOT_FUNDED


def test_equals_that_nothing_puts_apart_depend(measure):
    selection = measure("stops").select([application("a", 80), application("b", 80), application("c", 80)], on=ON)
    assert {p.standing for p in selection.placements} == {Standing.DEPENDS}
    assert selection["a"].place == Range(1, 3)
    assert selection["a"].amount == Range(Decimal("0.00"), Decimal("5000.00"))
    assert Why.TIE in [reason.why for reason in selection["a"].reasons]


def test_an_unknown_score_leaves_open_those_whom_it_can_touch(measure):
    told = [application("a", 90), application("b", None), application("c", 70), application("d", 60)]
    selection = measure("stops").select(told, on=ON)
    assert [selection[name].standing for name in "abcd"] == [
        Standing.FUNDED, Standing.DEPENDS, Standing.DEPENDS, Standing.NOT_FUNDED,
    ]  # fmt: skip
    assert selection["b"].place == Range(1, 4)
    assert next(r.why for r in selection["b"].reasons) is Why.ORDER_OPEN
    assert [r.why for r in selection["c"].reasons] == [Why.OTHERS_OPEN]


def test_an_open_admission_is_carried(measure):
    told = [application("a", 90, active=None), application("b", 80), application("c", 70)]
    selection = measure("stops").select(told, on=ON)
    assert selection["a"].standing == Standing.DEPENDS
    assert selection["a"].reasons[0].why is Why.ADMISSION_OPEN
    assert [missing.name for missing in selection["a"].reasons[0].missing] == ["active"]
    assert selection["b"].standing == Standing.FUNDED
    assert selection["c"].standing == Standing.DEPENDS


def test_the_refused_have_no_place_and_their_reasons(measure):
    selection = measure("stops").select([*three(), application("d", 99, active=False)], on=ON)
    placement = selection["d"]
    assert (placement.standing, placement.place, placement.amount) == (Standing.NOT_ADMITTED, None, Decimal("0.00"))
    assert placement.reasons[0].rules == ("is_active",)
    assert selection.placements[-1].id == "d"


def test_the_office_admits_what_the_rules_leave_open_and_may_refuse_for_reasons_of_its_own(measure):
    facts = {"costs": "10000", "points_given": 90}
    told = [Application("a", facts, filed_at="2024-02-01T09:00", admitted=True),
            Application("b", facts, filed_at="2024-02-01T09:01", admitted=False)]  # fmt: skip
    selection = measure("stops").select(told, on=ON)
    assert selection["a"].standing == Standing.FUNDED
    assert selection["b"].standing == Standing.NOT_ADMITTED


def test_a_budget_that_is_not_published(measure):
    selection = measure("stops", budget='{unknown: "non pubblicata", between: [10000.00 EUR, 14999.99 EUR]}').select(
        three(), on=ON
    )
    assert [selection[name].standing for name in "abc"] == [Standing.FUNDED, Standing.FUNDED, Standing.NOT_FUNDED]
    assert selection.envelopes[0].left == Range(Decimal("0.00"), Decimal("4999.99"))
    basis = next(basis for basis in selection.rests_on if basis.id == "budget")
    assert (basis.unknown, basis.value) == ("non pubblicata", Range(Decimal("10000.00"), Decimal("14999.99")))


def test_a_last_award_of_which_nothing_is_said_is_the_hull_of_all(measure):
    selection = measure('{unknown: "non detto"}').select(three(), on=ON)
    assert selection["c"].amount == Range(Decimal("0.00"), Decimal("5000.00"))
    assert Why.LAST_AWARD_OPEN in [reason.why for reason in selection["c"].reasons]


# Withdrawals


def test_a_withdrawal_moves_the_others_up(measure):
    selection = measure("stops", more=WAITING).select(three(), on=ON, approved_on=dt.date(2024, 5, 1))
    after = selection.withdraw("a", on=dt.date(2024, 5, 20))
    assert [(p.id, p.standing) for p in after.placements] == [
        ("b", Standing.FUNDED), ("c", Standing.FUNDED), ("a", Standing.WITHDRAWN),
    ]  # fmt: skip
    assert after["b"].place == 1
    assert selection["a"].standing == Standing.FUNDED
    assert selection.waiting_list_until() == dt.date(2024, 8, 29)


@pytest.mark.parametrize(
    ("day", "standing", "freed"),
    [(29, Standing.FUNDED, "0.00"), (30, Standing.WAITING, "5000.00")],
)
def test_the_waiting_list_lives_to_its_last_day(measure, day, standing, freed):
    selection = measure("stops", more=WAITING).select(three(), on=dt.date(2024, 12, 1), approved_on=dt.date(2024, 5, 1))
    after = selection.withdraw("a", on=dt.date(2024, 8, day))
    assert (after["c"].standing, str(after.envelopes[0].freed)) == (standing, freed)


def test_a_waiting_list_of_unknown_life_leaves_it_open(measure):
    unknown = 'unknown: "non trovata", unit: days'
    selection = measure("stops", life=unknown, more=WAITING).select(three(), on=ON, approved_on=dt.date(2024, 5, 1))
    after = selection.withdraw("a", on=dt.date(2024, 5, 20))
    assert after["b"].standing == Standing.FUNDED
    assert after["c"].standing == Standing.DEPENDS
    assert selection.withdraw("a", on=dt.date(2024, 4, 30))["c"].standing == Standing.FUNDED


def test_a_tie_break_that_is_not_told_says_nothing_where_there_is_no_tie(measure):
    by_day = ONE_POT.replace("earliest filed_at", "highest costs")
    told = [
        application(name, points, costs=None if name in "ad" else "10000")
        for name, points in zip("abcd", (90, 80, 70, 60), strict=True)
    ]
    selection = measure("skips", budget="12000.00 EUR", shape=by_day).select(told, on=ON)
    assert [placement.place for placement in selection] == [1, 2, 3, 4]
    assert Why.ORDER_OPEN not in {reason.why for placement in selection for reason in placement.reasons}


def test_withdrawals_that_cannot_be(measure):
    selection = measure("stops").select(three(), on=ON)
    with pytest.raises(misure.BadFacts, match="a: withdrawn on 2024-01-31, and filed on 2024-02-01"):
        selection.withdraw("a", on=dt.date(2024, 1, 31))
    with pytest.raises(misure.NoSuchApplication, match=r"no application is called 'x'"):
        selection.withdraw("x", on=ON)
    with pytest.raises(misure.BadFacts, match="a: it was withdrawn before"):
        selection.withdraw("a", on=ON).withdraw("a", on=ON)
    with pytest.raises(misure.BadFacts, match="a: withdrawn on 2024-06-02, after 2024-06-01"):
        selection.withdraw("a", on=dt.date(2024, 6, 2))
    assert selection.withdraw("a", on="2024-06-01") == selection.withdraw("a", on=ON)
    with pytest.raises(TypeError, match=r"on= is a day, a date without a time of day; got a whole number"):
        selection.withdraw("a", on=3)
