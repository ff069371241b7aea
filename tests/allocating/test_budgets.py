# SPDX-License-Identifier: Apache-2.0
"""Pots with small numbers, worked out by hand: what each application gets, and what each budget held, gave and has left."""

from __future__ import annotations

import pytest

from misure.allocating import Budget, Columns, Plan, Withdrawn, allocate

STAYS, GHOST, PERHAPS, GONE = Withdrawn.STAYS, Withdrawn.GHOST, Withdrawn.PERHAPS, Withdrawn.GONE


def line(*asked, admitted=None, order=None, **more) -> Columns:
    """Applications in the order in which they stand, each asking so much, or from so much to so much."""
    least = [one[0] if isinstance(one, tuple) else one for one in asked]
    most = [one[1] if isinstance(one, tuple) else one for one in asked]
    places = [(place,) for place in (order or range(len(asked)))]
    return Columns(admitted or [2] * len(asked), places, list(places), least, most, **more)


def awards(allocation) -> list[object]:
    """What each gets: an amount, or the least and the most."""
    return [low if low == high else (low, high)
            for low, high in zip(allocation.award_least, allocation.award_most, strict=True)]  # fmt: skip


def budget_of(result) -> dict[str, object]:
    found = {name: getattr(result, name) for name in ("held", "rolled_in", "given", "freed", "left", "beyond")}
    return {name: ends[0] if ends[0] == ends[1] else ends for name, ends in found.items() if ends != (0, 0)}


# One budget that everybody asks, where everything is known

ONE = {
    # rule, budget, asked, awards, left
    "in full: the budget is just enough": ("in_full", 80, [40, 40, 40], [40, 40, 0], 0),
    "in full: a cent more and the next is given whole": ("in_full", 81, [40, 40, 40], [40, 40, 40], 0),
    "in full: nothing in the budget": ("in_full", 0, [40], [0], 0),
    "in part: the budget is just enough": ("in_part", 80, [40, 40, 40], [40, 40, 0], 0),
    "in part: a cent less": ("in_part", 79, [40, 40, 40], [40, 39, 0], 0),
    "in part: a cent more": ("in_part", 81, [40, 40, 40], [40, 40, 1], 0),
    "in part: more than enough": ("in_part", 130, [40, 40, 40], [40, 40, 40], 10),
    "stops: the budget is just enough": ("stops", 80, [40, 40, 40], [40, 40, 0], 0),
    "stops: a cent less": ("stops", 79, [40, 40, 30], [40, 0, 0], 39),
    "stops: who would fit behind gets nothing": ("stops", 79, [40, 60, 10], [40, 0, 0], 39),
    "skips: who fits behind is given": ("skips", 79, [40, 60, 39], [40, 0, 39], 0),
    "skips: by a cent it does not fit": ("skips", 78, [40, 60, 39], [40, 0, 0], 38),
    "skips: and again behind": ("skips", 79, [40, 60, 20, 50, 19], [40, 0, 20, 0, 19], 0),
    "not known, where all rules say the same": ("", 120, [40, 60, 20], [40, 60, 20], 0),
}


@pytest.mark.parametrize(("rule", "money", "asked", "given", "left"), ONE.values(), ids=list(ONE))
def test_one_pot_under_each_rule_for_the_last_award(rule, money, asked, given, left) -> None:
    allocation = allocate(line(*asked), Plan((Budget(money, money),), rule))
    assert awards(allocation) == given
    (result,) = allocation.results
    assert (result.held, result.rolled_in, result.freed) == ((money, money), (0, 0), (0, 0))
    assert result.left == (left if isinstance(left, tuple) else (left, left))
    before = [sum(asked[:row]) for row in range(len(asked))]
    assert allocation.before_least == allocation.before_most == before
    assert allocation.place_first == allocation.place_last == list(range(1, len(asked) + 1))
    assert allocation.budgets == [(0,)] * len(asked)


def test_where_nothing_says_what_the_last_award_is_each_gets_what_it_may_get_under_some_rule() -> None:
    allocation = allocate(line(40, 60, 39), Plan((Budget(79, 79),), ""))
    assert awards(allocation) == [40, (0, 60), (0, 39)]
    assert allocation.results[0].left == (0, 79 - 40)
    assert allocation.results[0].given == (40, 79)
    assert allocation.given == (40, 40 + 60), "an award in full takes the rest from elsewhere"


# One budget of which something is not known

OPEN = {
    # rule, budget, asked, admitted, awards, given, left
    "in full, amounts known within bounds": ("in_full", (80, 80), [(30, 40), (30, 50), 9], [2, 2, 2],
        [(30, 40), (30, 50), (0, 9)], (69, 80), (0, 11)),
    "in part, amounts known within bounds": ("in_part", (80, 80), [(30, 40), (30, 50), 9], [2, 2, 2],
        [(30, 40), (30, 50), (0, 9)], (69, 80), (0, 11)),
    "stops, amounts known within bounds": ("stops", (80, 80), [(30, 40), (30, 50), 9], [2, 2, 2],
        [(30, 40), (0, 50), (0, 9)], (31, 80), (0, 49)),
    "stops, the greatest just fits": ("stops", (90, 90), [(30, 40), (30, 50), 9], [2, 2, 2],
        [(30, 40), (30, 50), (0, 9)], (69, 90), (0, 21)),
    "skips, amounts known within bounds": ("skips", (80, 80), [(30, 40), (30, 50), 9], [2, 2, 2],
        [(30, 40), (0, 50), (0, 9)], (31, 80), (0, 49)),
    "in full, the budget within bounds": ("in_full", (40, 41), [40, 10], [2, 2], [40, (0, 10)], (40, 41), (0, 0)),
    "in part, the budget within bounds": ("in_part", (39, 45), [40, 10], [2, 2], [(39, 40), (0, 5)], (39, 45), (0, 0)),
    "stops, the budget within bounds": ("stops", (39, 50), [40, 10], [2, 2], [(0, 40), (0, 10)], (0, 50), (0, 39)),
    "skips, the budget within bounds": ("skips", (39, 50), [40, 10], [2, 2], [(0, 40), (0, 10)], (0, 50), (0, 39)),
    "stops, at most what is left": ("stops", (80, 80), [(30, 40), (30, 60)], [2, 2], [(30, 40), (0, 50)], (30, 80), (0, 50)),
    "stops, the least just fits": ("stops", (60, 60), [(30, 40), (30, 60)], [2, 2], [(30, 40), (0, 30)], (30, 60), (0, 30)),
    "stops, the least does not fit by a cent": (
        "stops", (59, 59), [(30, 40), (30, 60)], [2, 2], [(30, 40), 0], (30, 40), (19, 29)),
    "in part, at most what is left": (
        "in_part", (80, 80), [(30, 40), (30, 60)], [2, 2], [(30, 40), (30, 50)], (60, 80), (0, 20)),
    "in full, however little is left": (
        "in_full", (31, 31), [(30, 40), (30, 60)], [2, 2], [(30, 40), (0, 60)], (31, 31), (0, 0)),
    "skips, at most what is left of what is sure": ("skips", (60, 60), [(10, 20), 15, (20, 40)], [2, 2, 2],
        [(10, 20), 15, (0, 35)], (25, 60), (0, 35)),
    "skips, the greatest just fits": ("skips", (75, 75), [(10, 20), 15, (20, 40)], [2, 2, 2],
        [(10, 20), 15, (20, 40)], (45, 75), (0, 30)),
    "skips, the greatest does not fit by a cent": ("skips", (74, 74), [(10, 20), 15, (20, 40)], [2, 2, 2],
        [(10, 20), 15, (0, 40)], (35, 74), (0, 39)),
    "skips, the least does not fit beside what is sure": ("skips", (44, 44), [(10, 20), 15, (20, 40)], [2, 2, 2],
        [(10, 20), 15, 0], (25, 35), (9, 19)),
    "skips, one that may be passed over frees nothing for sure": ("skips", (50, 50), [30, (20, 30), 21], [2, 2, 2],
        [30, (0, 20), 0], (30, 50), (0, 20)),
    "stops, one that is perhaps not admitted": ("stops", (50, 50), [40, 20], [1, 2], [(0, 40), (0, 20)], (20, 40), (10, 30)),
    "skips, up to the first doubt all is counted": ("skips", (50, 50), [60, 30, 20, (1, 2)], [2, 2, 2, 2],
        [0, 30, 20, 0], (50, 50), (0, 0)),
    "skips, what is left after the first doubt": ("skips", (60, 60), [30, (10, 20), 15, 9], [2, 2, 2, 2],
        [30, (10, 20), (0, 15), (0, 9)], (46, 60), (0, 14)),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "money", "asked", "admitted", "expected", "given", "left"), OPEN.values(), ids=list(OPEN)
)
def test_one_pot_of_which_something_is_not_known(rule, money, asked, admitted, expected, given, left) -> None:
    allocation = allocate(line(*asked, admitted=admitted), Plan((Budget(*money),), rule))
    assert awards(allocation) == expected
    assert (allocation.results[0].held, allocation.results[0].given, allocation.results[0].left) == (money, given, left)


TIES = {
    # rule, budget, what either of two equals behind 53 gets at least, given, left, awarded; each asks 10 as all do
    "in full": ("in_full", 549, 10, (549, 549), (0, 0), (550, 550)),
    "in full, and nothing is over": ("in_full", 540, 0, (540, 540), (0, 0), (540, 540)),
    "in part": ("in_part", 549, 9, (549, 549), (0, 0), (549, 549)),
    "stops": ("stops", 549, 0, (540, 540), (9, 9), (540, 540)),
    "skips": ("skips", 549, 0, (540, 540), (9, 9), (540, 540)),
    "not known": ("", 549, 0, (540, 549), (0, 9), (540, 550)),
    "not known, and nothing is over": ("", 540, 0, (540, 540), (0, 0), (540, 540)),
}


@pytest.mark.parametrize(("rule", "money", "own", "given", "left", "awarded"), TIES.values(), ids=list(TIES))
def test_of_two_equals_for_one_prize_what_is_given_is_certain_whoever_gets_it(
    rule, money, own, given, left, awarded
) -> None:
    allocation = allocate(line(*[10] * 55, order=[*range(53), 53, 53]), Plan((Budget(money, money),), rule))
    (result,) = allocation.results
    assert (allocation.award_least[53], allocation.award_most[54]) == (own, 10)
    assert (result.given, result.left, allocation.given) == (given, left, awarded)


def test_what_rolls_over_is_given_once() -> None:
    """Whether the first is admitted is open: its 40 go to it or roll over, and never both."""
    plan = Plan((Budget(40, 40, rolls_to=1), Budget(10, 10)), "in_part")
    allocation = allocate(line(40, 60, admitted=[1, 2], budgets=[[2, 0], [2, 2]]), plan)
    assert [budget_of(one) for one in allocation.results] == [
        {"held": 40, "given": (0, 40), "left": (0, 40)},
        {"held": (10, 50), "rolled_in": (0, 40), "given": (10, 50)},
    ]
    assert allocation.given == (10, 50)


# Several budgets

MI_OTHERS = [[2, 0, 2, 0], [2, 2, 2, 2]]
"""The first and the third meet the condition of the first budget, all that of the second."""


def test_each_draws_on_the_first_pot_whose_condition_it_meets() -> None:
    allocation = allocate(line(10, 20, 30, 40, budgets=MI_OTHERS), Plan((Budget(35, 35), Budget(50, 50)), "in_part"))
    assert allocation.budgets == [(0,), (1,), (0,), (1,)]
    assert awards(allocation) == [10, 20, 25, 30]
    assert allocation.before_least == allocation.before_most == [0, 0, 10, 20]
    assert [budget_of(one) for one in allocation.results] == [{"held": 35, "given": 35}, {"held": 50, "given": 50}]


def test_who_meets_no_condition_draws_on_nothing() -> None:
    allocation = allocate(line(10, 20, budgets=[[2, 0]]), Plan((Budget(50, 50),), "in_part"))
    assert (allocation.budgets, awards(allocation)) == ([(0,), (-1,)], [10, 0])
    perhaps = allocate(line(10, 20, budgets=[[2, 1]]), Plan((Budget(50, 50),), "in_part"))
    assert (perhaps.budgets, awards(perhaps)) == ([(0,), (0, -1)], [10, (0, 20)])
    assert perhaps.results[0].given == (10, 30)


def test_where_there_is_no_pot_nobody_gets_anything_and_all_are_placed() -> None:
    allocation = allocate(line(10, 20), Plan((), ""))
    assert (allocation.budgets, awards(allocation), allocation.results) == ([(-1,), (-1,)], [0, 0], ())
    assert allocation.place_first == [1, 2]


def test_who_may_draw_on_one_pot_or_on_the_next_is_open_in_both() -> None:
    columns = line(10, 20, 30, budgets=[[1, 2, 0], [2, 2, 2]])
    allocation = allocate(columns, Plan((Budget(25, 25), Budget(35, 35)), "in_part"))
    assert allocation.budgets == [(0, 1), (0,), (1,)]
    assert awards(allocation) == [10, (15, 20), (25, 30)]
    assert (allocation.before_least, allocation.before_most) == ([0, 0, 0], [0, 10, 10])
    assert [budget_of(one) for one in allocation.results] == [
        {"held": 25, "given": (20, 25), "left": (0, 5)}, {"held": 35, "given": (30, 35), "left": (0, 5)},
    ]  # fmt: skip


def test_who_may_draw_on_a_poor_pot_or_on_a_rich_one_gets_from_the_least_to_the_most_of_both() -> None:
    columns = line(10, 20, budgets=[[2, 1], [2, 2]])
    allocation = allocate(columns, Plan((Budget(15, 15), Budget(40, 40)), "in_part"))
    assert (allocation.budgets, awards(allocation)) == ([(0,), (0, 1)], [10, (5, 20)])
    assert (allocation.before_least[1], allocation.before_most[1]) == (0, 10)


def test_what_one_pot_leaves_goes_on_to_the_next_and_never_less_than_nothing() -> None:
    plan = Plan((Budget(50, 50, rolls_to=1), Budget(10, 20, rolls_to=2), Budget(5, 5)), "in_full")
    allocation = allocate(line(30, 25, 40, budgets=[[2, 0, 0], [0, 2, 0], [0, 0, 2]]), plan)
    assert awards(allocation) == [30, 25, 40]
    assert [budget_of(one) for one in allocation.results] == [
        {"held": 50, "given": 30, "left": 20},
        {"held": (30, 40), "rolled_in": 20, "given": 25, "left": (5, 15)},
        {"held": (10, 20), "rolled_in": (5, 15), "given": (10, 20), "beyond": (20, 30)},
    ]
    overdrawn = allocate(
        line(60, 7, budgets=[[2, 0], [0, 2]]), Plan((Budget(50, 50, rolls_to=1), Budget(8, 8)), "in_full")
    )
    assert [budget_of(one) for one in overdrawn.results] == [
        {"held": 50, "given": 50, "beyond": 10}, {"held": 8, "given": 7, "left": 1},
    ]  # fmt: skip


def test_two_pots_may_roll_over_to_one() -> None:
    plan = Plan((Budget(10, 10, rolls_to=2), Budget(20, 20, rolls_to=2), Budget(1, 1)), "stops")
    allocation = allocate(line(4, 5, 40, budgets=[[2, 0, 0], [0, 2, 0], [0, 0, 2]]), plan)
    assert budget_of(allocation.results[2]) == {"held": 22, "rolled_in": 21, "left": 22}
    assert awards(allocation) == [4, 5, 0]


# Pots that ask another for what they cannot give

CHAMBER = [[2, 2, 0, 2], [2, 2, 2, 2]]
ASKING = Plan((Budget(50, 50, then=1), Budget(60, 60)), "in_full")


@pytest.mark.parametrize(
    ("rule", "given", "first", "second"),
    [
        ("in_full", [40, 30, 35, 20], {"held": 50, "given": 50}, {"held": 60, "given": 60, "beyond": 15}),
        ("in_part", [40, 30, 35, 5], {"held": 50, "given": 50}, {"held": 60, "given": 60}),
        ("stops", [40, 30, 35, 0], {"held": 50, "given": 50}, {"held": 60, "given": 55, "left": 5}),
        ("skips", [40, 30, 35, 0], {"held": 50, "given": 50}, {"held": 60, "given": 55, "left": 5}),
    ],
)
def test_a_pot_asks_another_for_what_it_cannot_give(rule, given, first, second) -> None:
    allocation = allocate(line(40, 30, 35, 20, budgets=CHAMBER), Plan(ASKING.budgets, rule))
    assert awards(allocation) == given
    assert [budget_of(one) for one in allocation.results] == [first, second]
    assert allocation.before_least == allocation.before_most == [0, 40, 70, 105]


@pytest.mark.parametrize(
    ("rule", "given", "left"),
    [("in_full", [130, 0, 0], [0, 0]), ("in_part", [110, 0, 0], [0, 0]), ("stops", [0, 0, 9], [50, 51]),
     ("skips", [0, 7, 9], [43, 51])],
)  # fmt: skip
def test_a_list_that_stopped_stays_stopped_and_the_other_goes_on(rule, given, left) -> None:
    """The first list asks both budgets for 130 where they hold 110; the third application stands in the other list."""
    allocation = allocate(line(130, 7, 9, budgets=[[2, 2, 0], [2, 2, 2]]), Plan(ASKING.budgets, rule))
    assert awards(allocation) == given
    assert [one.left for one in allocation.results] == [(one, one) for one in left]


def test_a_list_that_has_just_what_it_asks_does_not_stop() -> None:
    allocation = allocate(line(110, 1, budgets=[[2, 0], [2, 2]]), ASKING)
    assert awards(allocation) == [110, 0]
    allocation = allocate(line(109, 1, budgets=[[2, 0], [2, 2]]), ASKING)
    assert awards(allocation) == [109, 1]


def test_three_pots_in_a_row_are_drawn_on_in_order() -> None:
    plan = Plan((Budget(10, 10, then=1), Budget(20, 20, then=2), Budget(30, 30)), "in_part")
    allocation = allocate(line(45, 20, budgets=[[2, 0], [2, 2], [2, 2]]), plan)
    assert awards(allocation) == [45, 15]
    assert [budget_of(one) for one in allocation.results] == [
        {"held": 10, "given": 10}, {"held": 20, "given": 20}, {"held": 30, "given": 30},
    ]  # fmt: skip


def test_of_what_was_shared_in_an_order_that_is_known_each_pot_tells_what_it_gave() -> None:
    plan = Plan((Budget(100, 100, then=1), Budget(100, 100)), "in_part")
    allocation = allocate(line(70, 60, order=[1, 0], budgets=[[2, 2], [2, 2]]), plan)
    assert awards(allocation) == [70, 60]
    assert [budget_of(one) for one in allocation.results] == [
        {"held": 100, "given": 100}, {"held": 100, "given": 30, "left": 70},
    ]  # fmt: skip


CHAIN_DOUBTS = {
    # what the budgets hold, asked, admitted, awards, what the first and the second give and have left
    "what one budget holds": (
        [(50, 80), (100, 100)], [120], [2], [120], (20, 80), (40, 100), (0, 60), (0, 60)),
    "what the other holds": (
        [(100, 100), (50, 80)], [120], [2], [120], (40, 100), (20, 80), (0, 60), (0, 60)),
    "whether it is admitted": (
        [(50, 50), (100, 100)], [120], [1], [(0, 120)], (0, 50), (0, 100), (0, 50), (0, 100)),
    "what it asks": (
        [(50, 50), (100, 100)], [(20, 120)], [2], [(20, 120)], (0, 50), (0, 100), (0, 50), (0, 100)),
    "what the first asks": (
        [(50, 50), (40, 40)], [(20, 90), (10, 30)], [2, 2], [(20, 90), (0, 30)], (0, 50), (0, 40), (0, 50), (0, 40)),
}  # fmt: skip


@pytest.mark.parametrize(
    ("held", "asked", "admitted", "expected", "first", "second", "first_left", "second_left"),
    CHAIN_DOUBTS.values(), ids=list(CHAIN_DOUBTS),
)  # fmt: skip
def test_where_something_is_not_known_no_pot_of_several_says_for_certain_what_it_gave(
    held, asked, admitted, expected, first, second, first_left, second_left
) -> None:
    """What one gave at least is what the other cannot have given."""
    budgets = (Budget(*held[0], then=1), Budget(*held[1]))
    each = [[2] * len(asked)] * 2
    allocation = allocate(line(*asked, admitted=admitted, budgets=each), Plan(budgets, "in_part"))
    assert awards(allocation) == expected
    assert [one.given for one in allocation.results] == [first, second]
    assert [one.left for one in allocation.results] == [first_left, second_left]


def test_where_only_one_of_two_pots_is_known_neither_says_for_certain_what_it_gave() -> None:
    """Each gets all it asks, whatever the first budget holds; how much of it comes from which budget is open."""
    allocation = allocate(
        line((120, 120), budgets=[[2], [2]]), Plan((Budget(50, 80, then=1), Budget(100, 100)), "in_full")
    )
    assert awards(allocation) == [120]
    assert [one.given for one in allocation.results] == [(0, 80), (40, 100)]
    assert allocation.given == (120, 120)


OPEN_CHAIN = {
    # the first is known and takes what it asks; behind it there is doubt
    "in_full": [60, (20, 90), (0, 30), (0, 5)],
    "in_part": [60, (20, 30), (0, 30), (0, 5)],
    "stops": [60, (0, 30), (0, 30), (0, 5)],
    "skips": [60, (0, 30), (0, 30), (0, 5)],
    "": [60, (0, 90), (0, 30), (0, 5)],
}


@pytest.mark.parametrize(("rule", "given"), OPEN_CHAIN.items(), ids=[rule or "not known" for rule in OPEN_CHAIN])
def test_pots_that_ask_each_other_are_counted_up_to_the_first_doubt(rule, given) -> None:
    columns = line(60, (20, 90), (10, 30), 5, budgets=[[2, 2, 2, 0], [2, 2, 2, 2]])
    allocation = allocate(columns, Plan((Budget(50, 50, then=1), Budget(40, 40)), rule))
    assert awards(allocation) == given
    assert (allocation.before_least, allocation.before_most) == ([0, 60, 80, 90], [0, 60, 150, 180])


@pytest.mark.parametrize(
    ("rule", "money", "expected"),
    [
        ("in_full", 31, (20, 20)), ("in_full", 30, (0, 20)), ("in_part", 50, (20, 20)), ("in_part", 49, (19, 20)),
        ("stops", 50, (20, 20)), ("stops", 49, (0, 20)), ("skips", 50, (20, 20)), ("skips", 49, (0, 20)),
    ],
)  # fmt: skip
def test_behind_a_doubt_an_award_is_sure_where_one_pot_holds_all_that_may_be_asked_of_it(rule, money, expected) -> None:
    """At most 30 are asked before it: from each budget all of it is taken away."""
    columns = line((10, 30), 20, budgets=[[2, 2], [2, 2]])
    allocation = allocate(columns, Plan((Budget(10, 10, then=1), Budget(money, money)), rule))
    assert (allocation.award_least[1], allocation.award_most[1]) == expected


# Withdrawals

FATES = {
    "the others move up": (GONE, [0, 40, 39], [0, 1, 2], {"held": 79, "given": 79}),
    "its money is passed on to nobody": (GHOST, [0, 39, 0], [0, 1, 2], {"held": 79, "given": 39, "freed": 40}),
    "whether it is passed on is not known": (PERHAPS, [0, (39, 40), (0, 39)], [0, 1, 2],
        {"held": 79, "given": (39, 79), "freed": (0, 40)}),
}  # fmt: skip


@pytest.mark.parametrize(("fate", "given", "places", "budget"), FATES.values(), ids=list(FATES))
def test_what_becomes_of_a_withdrawal(fate, given, places, budget) -> None:
    allocation = allocate(line(40, 40, 40, withdrawn=[fate, STAYS, STAYS]), Plan((Budget(79, 79),), "in_part"))
    assert awards(allocation) == given
    assert allocation.place_first[1:] == allocation.place_last[1:] == places[1:]
    assert allocation.present == [0, 2, 2]
    assert budget_of(allocation.results[0]) == budget


def test_of_pots_that_ask_each_other_what_a_withdrawal_frees_is_told_apart() -> None:
    allocation = allocate(line(70, 60, budgets=[[2, 2], [2, 2]], withdrawn=[GHOST, STAYS]),
                  Plan((Budget(50, 50, then=1), Budget(90, 90)), "in_part"))  # fmt: skip
    assert awards(allocation) == [0, 60]
    assert [budget_of(one) for one in allocation.results] == [
        {"held": 50, "freed": 50}, {"held": 90, "given": 60, "freed": 20, "left": 10},
    ]  # fmt: skip
