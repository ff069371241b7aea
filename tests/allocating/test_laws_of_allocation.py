# SPDX-License-Identifier: Apache-2.0
"""What holds of every selection: nobody is passed over, more money and fewer rivals harm nobody, the input has no order."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.allocating import NO, Budget, Columns, Plan, Withdrawn, allocate
from tests.allocating.drawn import columns_for, plans

DRAWN = settings.default.max_examples
"""What the profile asks for: laws about much that may be open look at several times as many."""

STEADY = ("in_full", "in_part", "stops")


def shown(allocation):
    return allocation.award_least, allocation.award_most


def shuffled(columns, order):
    def turn(column):
        return [column[row] for row in order] if column else column

    by_row = ("admitted", "first", "last", "least", "most", "filed", "windows", "withdrawn", "left")
    return Columns(
        **{name: turn(getattr(columns, name)) for name in by_row},
        budgets=[turn(budget) for budget in columns.budgets], keys=[turn(key) for key in columns.keys],
        kept=[frozenset(order.index(row) for row in kept) for kept in columns.kept],
    )  # fmt: skip


@settings(max_examples=2 * DRAWN)
@given(st.data())
def test_the_order_of_the_input_does_not_matter(data):
    plan = data.draw(plans())
    columns = data.draw(columns_for(plan, withdrawn=True))
    rows = len(columns)
    columns = replace(columns, left=data.draw(st.just([]) | st.lists(st.integers(0, 10), min_size=rows, max_size=rows)))
    order = data.draw(st.permutations(range(rows)))
    one, other = allocate(columns, plan), allocate(shuffled(columns, order), plan)
    for name in ("present", "place_first", "place_last", "award_least", "award_most", "received", "budgets"):
        assert [getattr(one, name)[row] for row in order] == getattr(other, name), name
    assert one.results == other.results


@settings(max_examples=2 * DRAWN)
@given(st.data())
def test_nobody_funded_ranks_below_an_equal_in_class_who_is_not(data):
    """Of two in one list, the one before is funded in full where the one behind is, but for the rule that skips."""
    plan = data.draw(plans(open_=False, rules=STEADY))
    columns = data.draw(columns_for(plan, open_=False, ties=False))
    allocation = allocate(columns, plan)
    for one in range(len(columns)):
        for other in range(len(columns)):
            before = columns.first[one] < columns.first[other] and allocation.budgets[one] == allocation.budgets[other]
            if (
                before
                and NO not in (allocation.present[one], allocation.present[other])
                and allocation.award_least[other] > 0
            ):
                assert allocation.award_least[one] == columns.least[one]


def alone(plan):
    """The same budgets, which pass nothing on to each other, and no counter that closes."""
    return Plan(
        tuple(replace(budget, rolls_to=-1, then=-1) for budget in plan.budgets), plan.last_award, None, plan.relations
    )


@settings(max_examples=3 * DRAWN)
@given(st.data())
def test_more_money_never_unfunds(data):
    plan = alone(data.draw(plans(rules=STEADY)))
    if not plan.last_award:
        plan = replace(plan, last_award="stops")
    columns = data.draw(columns_for(plan))
    more = data.draw(st.integers(0, 20))
    richer = replace(
        plan,
        budgets=tuple(replace(budget, least=budget.least + more, most=budget.most + more) for budget in plan.budgets),
    )
    before, after = allocate(columns, plan), allocate(columns, richer)
    for row in range(len(columns)):
        assert before.award_least[row] <= after.award_least[row]
        assert before.award_most[row] <= after.award_most[row]


@settings(max_examples=2 * DRAWN)
@given(st.data())
def test_more_money_in_pots_that_roll_over_never_unfunds_where_the_last_award_uses_up_the_pot(data):
    plan = data.draw(plans(chains=False, rules=("in_full", "in_part")))
    plan = replace(plan, intake=None, last_award=plan.last_award or "in_part")
    columns = data.draw(columns_for(plan, open_=False, ties=False))
    more = data.draw(st.integers(0, 20))
    richer = replace(
        plan,
        budgets=tuple(replace(budget, least=budget.least + more, most=budget.most + more) for budget in plan.budgets),
    )
    before, after = allocate(columns, plan), allocate(columns, richer)
    assert all(one <= other for one, other in zip(before.award_least, after.award_least, strict=True))


@settings(max_examples=3 * DRAWN)
@given(st.data())
def test_a_withdrawal_never_harms_the_others(data):
    plan = alone(data.draw(plans(rules=STEADY)))
    if not plan.last_award:
        plan = replace(plan, last_award="in_part")
    columns = data.draw(columns_for(plan))
    gone = data.draw(st.integers(0, len(columns) - 1))
    fate = data.draw(st.sampled_from([Withdrawn.GONE, Withdrawn.GHOST, Withdrawn.PERHAPS]))
    told = [fate if row == gone else Withdrawn.STAYS for row in range(len(columns))]
    before, after = allocate(columns, plan), allocate(replace(columns, withdrawn=told), plan)
    for row in set(range(len(columns))) - {gone}:
        assert before.award_least[row] <= after.award_least[row]
        assert before.award_most[row] <= after.award_most[row]


def exact(*asked):
    places = [(at,) for at in range(len(asked))]
    return Columns([2] * len(asked), places, places, list(asked), list(asked), budgets=[[2] * len(asked)])


def test_the_rule_that_skips_can_take_from_a_smaller_one_when_money_is_added():
    columns = exact(70, 50, 30)
    poor, rich = (allocate(columns, Plan((Budget(money, money),), "skips")) for money in (60, 70))
    assert poor.award_least == [0, 50, 0]
    assert rich.award_least == [70, 0, 0]


def test_the_rule_that_skips_can_take_from_a_smaller_one_when_another_withdraws():
    columns = exact(40, 70, 50)
    plan = Plan((Budget(100, 100),), "skips")
    before = allocate(columns, plan)
    after = allocate(replace(columns, withdrawn=[Withdrawn.GONE, Withdrawn.STAYS, Withdrawn.STAYS]), plan)
    assert before.award_least == [40, 0, 50]
    assert after.award_least == [0, 70, 0]


def test_where_the_list_stops_more_money_in_a_first_window_may_leave_less_for_the_second():
    columns = Columns(
        [2, 2], [(0,), (1,)], [(0,), (1,)], [60, 50], [60, 50], windows=[(0,), (1,)], budgets=[[2, 2], [2, 2]]
    )
    poor, rich = (allocate(columns, Plan((Budget(money, money, 0, 1), Budget(0, 0, 1)), "stops")) for money in (50, 60))
    assert poor.award_least == [0, 50]
    assert rich.award_least == [60, 0]


@settings(max_examples=4 * DRAWN)
@given(st.data())
def test_a_more_complete_input_narrows_every_answer(data):
    plan = data.draw(plans(rules=STEADY, chains=False))
    columns = data.draw(columns_for(plan, withdrawn=True))
    fuller = data.draw(filled(columns))
    one, other = allocate(columns, plan), allocate(fuller, plan)
    for row in range(len(columns)):
        assert one.award_least[row] <= other.award_least[row] <= other.award_most[row] <= one.award_most[row]
        assert one.present[row] == 1 or one.present[row] == other.present[row]
        assert one.place_first[row] <= other.place_first[row] or other.present[row] == NO
        assert other.place_last[row] <= one.place_last[row] or other.present[row] == NO


@st.composite
def filled(draw, columns):
    """The same applications, of some of which more is known."""
    found = Columns(*(list(getattr(columns, name)) for name in ("admitted", "first", "last", "least", "most", "filed", "windows")),
                    [list(budget) for budget in columns.budgets], [list(key) for key in columns.keys], columns.withdrawn, columns.left, columns.kept)  # fmt: skip
    for row in range(len(columns)):
        if not draw(st.booleans()):
            continue
        if found.admitted[row] == 1:
            found.admitted[row] = draw(st.sampled_from([0, 2]))
        window = draw(st.sampled_from(found.windows[row]))
        low, high = sorted(draw(st.integers(found.first[row][1], found.last[row][1])) for _ in range(2))
        found.windows[row], found.first[row], found.last[row] = (window,), (window, low), (window, high)
        found.least[row] = found.most[row] = draw(st.integers(found.least[row], found.most[row]))
        instant = draw(st.integers(*found.filed[row]))
        found.filed[row] = (instant, instant)
        for budget in found.budgets:
            budget[row] = draw(st.sampled_from([0, 2])) if budget[row] == 1 else budget[row]
        for key in found.keys:
            if key[row][1]:
                key[row] = ((*key[row][0], *draw(st.sampled_from(["", "a", "bc"]))), False)
    return found


@pytest.mark.parametrize("rule", [*STEADY, "skips"])
def test_nobody_applies(rule):
    allocation = allocate(Columns([], [], [], [], [], budgets=[[]]), Plan((Budget(100, 100),), rule))
    assert allocation.results[0].left == (100, 100)
