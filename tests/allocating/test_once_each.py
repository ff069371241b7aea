# SPDX-License-Identifier: Apache-2.0
"""What may occur once: which application stays, to which other one it falls, and what is open; counters and windows."""

from __future__ import annotations

import pytest

from misure.allocating import MAYBE, NO, YES, Budget, Columns, Plan, Relation, Withdrawn, allocate

Y, M, N = YES, MAYBE, NO


def related(keys, *, survivor="first_filed", among="filed", within=False, admitted=None, filed=None, first=None, last=None,
            windows=None, **more):  # fmt: skip
    """What comes of one relation among applications that say these keys, filed one after the other."""
    rows = len(keys)
    said = [(tuple(key.rstrip("?")), key.endswith("?")) for key in keys]
    places = [(one,) for one in (first or range(rows))]
    columns = Columns(
        admitted or [Y] * rows, places, [(one,) for one in last] if last else list(places), [1] * rows, [1] * rows,
        filed=filed or [(at, at) for at in range(rows)], windows=windows or [], keys=[said], **more,
    )  # fmt: skip
    return allocate(columns, Plan((Budget(100, 100),), "in_full", relations=(Relation(within, survivor, among),)))


CASES = {
    # keys, options, who stays, to whom each falls or may fall
    "other keys": (["a", "b"], {}, [Y, Y], [-1, -1]),
    "the same key": (["a", "a", "a"], {}, [Y, N, N], [-1, 0, 0]),
    "one key in common": (["ab", "bc", "cd"], {}, [Y, N, N], [-1, 0, 1]),
    "no key at all": (["", "", "a"], {}, [Y, Y, Y], [-1, -1, -1]),
    "a key told twice": (["aa", "b"], {}, [Y, Y], [-1, -1]),
    "keys not all told": (["a", "b?"], {}, [Y, M], [-1, 0]),
    "keys not told, filed first": (["b?", "a"], {}, [Y, M], [-1, 0]),
    "no key told": (["?", "a"], {}, [Y, M], [-1, 0]),
    "no key told of two": (["?", "?"], {}, [Y, M], [-1, 0]),
    "who says none meets nobody": (["?", ""], {}, [Y, Y], [-1, -1]),
    "the last filed": (["a", "a", "a"], {"survivor": "last_filed"}, [N, N, Y], [2, 2, -1]),
    "the best placed": (["a", "a"], {"survivor": "best_placed", "first": [2, 1]}, [N, Y], [1, -1]),
    "none of them": (["a", "a", "b"], {"survivor": "none"}, [N, N, Y], [1, 0, -1]),
    "none of them, keys not told": (["a", "?"], {"survivor": "none"}, [M, M], [1, 0]),
    "nothing says which": (["a", "a", "b"], {"survivor": ""}, [M, M, Y], [1, 0, -1]),
    "filed at one instant": (["a", "a"], {"filed": [(5, 5), (5, 5)]}, [M, M], [1, 0]),
    "instants that overlap": (["a", "a"], {"filed": [(5, 7), (7, 9)]}, [M, M], [1, 0]),
    "instants that touch nowhere": (["a", "a"], {"filed": [(5, 6), (7, 9)]}, [Y, N], [-1, 0]),
    "the last filed of instants that overlap": (
        ["a", "a"], {"survivor": "last_filed", "filed": [(5, 7), (7, 9)]}, [M, M], [1, 0]),
    "the last filed of instants that touch nowhere": (
        ["a", "a"], {"survivor": "last_filed", "filed": [(5, 6), (7, 9)]}, [N, Y], [1, -1]),
    "places that are open": (
        ["a", "a"], {"survivor": "best_placed", "first": [1, 2], "last": [3, 2]}, [M, M], [1, 0]),
    "one not admitted counts among the filed": (["a", "a"], {"admitted": [N, Y]}, [Y, N], [-1, 0]),
    "one not admitted does not count among the admitted": (
        ["a", "a"], {"admitted": [N, Y], "among": "admitted"}, [Y, Y], [-1, -1]),
    "one that may be admitted": (["a", "a"], {"admitted": [M, Y], "among": "admitted"}, [Y, M], [-1, 0]),
    "one admitted counts wherever one looks": (["a", "a"], {"among": ""}, [Y, N], [-1, 0]),
    "nothing says whether one not admitted counts": (["a", "a"], {"admitted": [N, Y], "among": ""}, [Y, M], [-1, 0]),
    "a certain rival goes before a perhaps": (
        ["a", "a", "a"], {"admitted": [M, Y, Y], "among": "admitted"}, [Y, M, N], [-1, 0, 1]),
    "nothing says which, and one was not admitted": (["a", "a"], {"admitted": [N, Y], "survivor": "", "among": ""}, [M, M], [1, 0]),
    "nothing says which, and only the admitted count": (
        ["a", "a"], {"admitted": [N, Y], "survivor": "", "among": "admitted"}, [M, Y], [1, -1]),
    "nothing says which, and one was withdrawn after the other was filed": (
        ["a", "a"], {"survivor": "", "withdrawn": [Withdrawn.GONE, Withdrawn.STAYS], "left": [1, 0]}, [M, M], [1, 0]),
    "nothing says which, and one was withdrawn before the other was filed": (
        ["a", "a"], {"survivor": "", "withdrawn": [Withdrawn.GONE, Withdrawn.STAYS], "left": [0, 0]}, [M, Y], [1, -1]),
    "nothing says which, and one was withdrawn on a day not told": (
        ["a", "a"], {"survivor": "", "withdrawn": [Withdrawn.GONE, Withdrawn.STAYS]}, [M, M], [1, 0]),
    "one was withdrawn, and which firm filed the other is not told": (
        ["a", "?"], {"survivor": "", "withdrawn": [Withdrawn.GONE, Withdrawn.STAYS]}, [M, M], [1, 0]),
    "one was withdrawn, and the other is of another firm": (
        ["a", "b"], {"survivor": "", "withdrawn": [Withdrawn.GONE, Withdrawn.STAYS]}, [Y, Y], [-1, -1]),
    "nothing says which, the office keeps one that was not admitted": (
        ["a", "a"], {"survivor": "", "among": "", "admitted": [N, Y], "kept": [frozenset({0})]}, [Y, M], [-1, 0]),
    "nothing says which, and one was withdrawn later": (
        ["a", "a"], {"survivor": "", "withdrawn": [Withdrawn.GHOST, Withdrawn.STAYS]}, [M, M], [1, 0]),
    "nothing says which, the office does": (["a", "a", "b"], {"survivor": "", "kept": [frozenset({1})]}, [N, Y, Y], [1, -1, -1]),
    "the office does, among firms that are not told": (["a", "?"], {"survivor": "", "kept": [frozenset({0})]}, [Y, M], [-1, 0]),
    "the office does of one that may not be admitted": (
        ["a", "a"], {"survivor": "", "among": "", "admitted": [M, Y], "kept": [frozenset({0})]}, [Y, M], [-1, 0]),
    "the office does of one that was withdrawn in time": (
        ["a", "a"], {"survivor": "", "kept": [frozenset({0})], "withdrawn": [Withdrawn.GONE, Withdrawn.STAYS]}, [Y, M], [-1, 0]),
    "the office does of one that was perhaps withdrawn in time": (
        ["a", "a"], {"survivor": "", "kept": [frozenset({0})], "withdrawn": [Withdrawn.PERHAPS, Withdrawn.STAYS]}, [Y, M], [-1, 0]),
    "the office does of one that was withdrawn later": (
        ["a", "a"], {"survivor": "", "kept": [frozenset({0})], "withdrawn": [Withdrawn.GHOST, Withdrawn.STAYS]}, [Y, N], [-1, 0]),
    "the office does of two, one perhaps withdrawn in time": (
        ["a", "a", "a"], {"survivor": "", "kept": [frozenset({0, 1})], "withdrawn": [Withdrawn.PERHAPS, Withdrawn.STAYS, Withdrawn.STAYS]},
        [Y, Y, N], [-1, -1, 1]),
    "the act names one that was perhaps withdrawn in time": (
        ["a", "a"], {"withdrawn": [Withdrawn.PERHAPS, Withdrawn.STAYS]}, [Y, N], [-1, 0]),
    "the office does in one window, of one perhaps withdrawn in time": (
        ["a", "a", "a"], {"survivor": "", "within": True, "windows": [(0,), (0,), (1,)], "kept": [frozenset({0})],
        "withdrawn": [Withdrawn.PERHAPS, Withdrawn.STAYS, Withdrawn.STAYS]}, [Y, M, Y], [-1, 0, -1]),
    "another window": (["a", "a"], {"within": True, "windows": [(0,), (1,)]}, [Y, Y], [-1, -1]),
    "the same window": (["a", "a"], {"within": True, "windows": [(1,), (1,)]}, [Y, N], [-1, 0]),
    "another window of the same call": (["a", "a"], {"windows": [(0,), (1,)]}, [Y, N], [-1, 0]),
    "one of two windows": (["a", "a", "b"], {"within": True, "windows": [(0, 1), (1,), (1,)]}, [Y, M, M], [-1, 0, 0]),
}  # fmt: skip


@pytest.mark.parametrize(("keys", "options", "stays", "other"), CASES.values(), ids=list(CASES))
def test_which_application_of_several_stays(keys, options, stays, other) -> None:
    allocation = related(keys, **options)
    (found,) = allocation.standing
    assert (found.stays, found.other) == (stays, other)
    admitted = options.get("admitted", [Y] * len(keys))
    gone = options.get("withdrawn", [Withdrawn.STAYS] * len(keys))
    assert allocation.present == [N if out else min(pair) for out, *pair in zip(gone, admitted, stays, strict=True)]


def test_whom_the_office_lets_stay_displaces_only_perhaps_where_it_perhaps_came_too_late() -> None:
    """Whether the counter still received the second, that stays by decision, hangs on what the first asked."""
    places = [(0,), (1,), (2,)]
    columns = Columns(
        [Y] * 3, places, list(places), [8, 1, 1], [11, 1, 1], filed=[(0, 0), (1, 1), (2, 2)], kept=[frozenset({1})],
        keys=[[((), False), (("a",), False), (("a",), False)]],
    )  # fmt: skip
    plan = Plan((Budget(10, 10),), "in_full", (10_000, 10_000), (Relation(False, "", "filed"),))
    allocation = allocate(columns, plan)
    assert allocation.received == [Y, M, M]
    assert allocation.standing[0].stays == [Y, Y, M]


def test_two_relations_are_asked_each_for_itself() -> None:
    columns = Columns(
        [Y] * 3, [(0,), (1,), (2,)], [(0,), (1,), (2,)], [1] * 3, [1] * 3, filed=[(2, 2), (1, 1), (0, 0)],
        keys=[[(("a",), False), (("a",), False), (("b",), False)], [(("x",), False), (("y",), False), (("y",), False)]],
    )  # fmt: skip
    both = (Relation(False, "first_filed", "filed"), Relation(False, "best_placed", "filed"))
    allocation = allocate(columns, Plan((Budget(9, 9),), "stops", relations=both))
    assert [one.stays for one in allocation.standing] == [[N, Y, Y], [Y, Y, N]]
    assert allocation.present == [N, Y, N]
    assert allocation.award_least == [0, 1, 0]


def test_without_columns_of_instants_keys_windows_and_pots_nothing_of_them_is_known() -> None:
    """Keys that nobody told may be anybody's; the instants count as one, there is one window, every budget may be asked."""
    plan = Plan((Budget(1, 1), Budget(9, 9)), "stops", relations=(Relation(True, "first_filed", "filed"),))
    allocation = allocate(Columns([Y, Y], [(0,), (1,)], [(0,), (1,)], [1, 1], [1, 1]), plan)
    assert allocation.standing[0].stays == [M, M]
    assert allocation.budgets == [(0,), (0,)]
    assert allocation.received == [Y, Y]
    alone = allocate(Columns([Y], [(0,)], [(0,)], [1], [1]), plan)
    assert (alone.standing[0].stays, alone.standing[0].other, alone.award_least) == ([Y], [-1], [1])


# Counters

COUNTERS = {
    # the limit in hundredths of a percent, the budgets, asked, filed, received
    "up to the limit": ((10_000, 10_000), [(10, 10)], [4, 5, 1, 1], [0, 1, 2, 3], [Y, Y, Y, N]),
    "one cent below it": ((10_000, 10_000), [(10, 10)], [4, 5, 2, 1], [0, 1, 2, 3], [Y, Y, Y, N]),
    "of all budgets together": ((10_000, 10_000), [(4, 4), (6, 6)], [4, 5, 1, 1], [0, 1, 2, 3], [Y, Y, Y, N]),
    "a quarter more": ((12_500, 12_500), [(8, 8)], [9, 1, 1], [0, 1, 2], [Y, Y, N]),
    "a limit that is no whole cent": ((12_500, 12_500), [(10, 10)], [12, 1, 1], [0, 1, 2], [Y, Y, N]),
    "in the order of filing": ((10_000, 10_000), [(10, 10)], [4, 5, 10], [2, 1, 0], [N, N, Y]),
    "at one instant": ((10_000, 10_000), [(10, 10)], [6, 6, 6], [0, 1, 1], [Y, M, M]),
    "at one instant, both received": ((10_000, 10_000), [(10, 10)], [3, 6, 6], [0, 1, 1], [Y, Y, Y]),
    "a budget within bounds": ((10_000, 10_000), [(10, 12)], [10, 1, 1, 1], [0, 1, 2, 3], [Y, M, M, N]),
    "a limit within bounds": ((10_000, 12_000), [(10, 10)], [10, 1, 1, 1], [0, 1, 2, 3], [Y, M, M, N]),
    "asked within bounds": ((10_000, 10_000), [(10, 10)], [(8, 11), 1, 1, 1], [0, 1, 2, 3], [Y, M, M, N]),
}


@pytest.mark.parametrize(("limit", "budgets", "asked", "filed", "received"), COUNTERS.values(), ids=list(COUNTERS))
def test_a_counter_receives_what_comes_before_its_limit_is_reached(limit, budgets, asked, filed, received) -> None:
    ends = [one if isinstance(one, tuple) else (one, one) for one in asked]
    places = [(at,) for at in range(len(asked))]
    columns = Columns([Y] * len(asked), places, list(places), [one for one, _ in ends], [one for _, one in ends],
                      filed=[(at, at) for at in filed], budgets=[[Y] * len(asked) for _ in budgets])  # fmt: skip
    allocation = allocate(columns, Plan(tuple(Budget(*budget) for budget in budgets), "in_full", limit))
    assert allocation.received == allocation.present == received


def test_who_is_not_admitted_counts_for_the_limit_of_a_counter() -> None:
    columns = Columns([N, Y], [(0,), (1,)], [(0,), (1,)], [10, 1], [10, 1], filed=[(0, 0), (1, 1)])
    assert allocate(columns, Plan((Budget(10, 10),), "in_full", (10_000, 10_000))).received == [Y, N]


# Places in windows

PLACES = {
    # windows, places in the order, who is there, the best place, the worst
    "one window": ([(0,)] * 3, [0, 1, 2], [Y] * 3, [1, 2, 3], [1, 2, 3]),
    "two windows": ([(0,), (1,), (0,)], [0, 1, 2], [Y] * 3, [1, 1, 2], [1, 1, 2]),
    "one that may be of either": ([(0,), (0, 1), (1,), (0,)], [0, 1, 2, 3], [Y] * 4, [1, 1, 1, 2], [1, 2, 2, 3]),
    "who is not there has nobody behind": ([(0,), (0,), (1,)], [0, 1, 2], [N, Y, Y], [1, 1, 1], [1, 1, 1]),
    "who is perhaps there": ([(0,), (0,), (1,)], [0, 1, 2], [M, Y, Y], [1, 1, 1], [1, 2, 1]),
}


@pytest.mark.parametrize(("windows", "order", "there", "best", "worst"), PLACES.values(), ids=list(PLACES))
def test_each_window_has_a_ranking_of_its_own(windows, order, there, best, worst) -> None:
    places = [(at,) for at in order]
    columns = Columns(there, places, list(places), [1] * len(order), [1] * len(order), windows=windows)
    allocation = allocate(columns, Plan((Budget(100, 100),), "stops"))
    shown = [
        (first, last)
        for first, last, one in zip(allocation.place_first, allocation.place_last, there, strict=True)
        if one
    ]
    assert shown == [pair for pair, one in zip(zip(best, worst, strict=True), there, strict=True) if one]


CHOICES = {
    # the windows of the budgets, what is met of each, the windows of the application, the budgets it may draw on first
    "the first that it meets": ([-1, -1], [Y, Y], (0,), (0,)),
    "the second, where the first is not met": ([-1, -1], [N, Y], (0,), (1,)),
    "either, where the first may be met": ([-1, -1], [M, Y], (0,), (0, 1)),
    "either or none": ([-1, -1], [M, M], (0,), (0, 1, -1)),
    "none": ([-1, -1], [N, N], (0,), (-1,)),
    "the budget of its window": ([0, 1], [Y, Y], (1,), (1,)),
    "the budget of no window": ([0, -1], [Y, Y], (1,), (1,)),
    "the budget of one of its windows, perhaps": ([0, -1], [Y, Y], (0, 1), (0, 1)),
    "the budgets of both its windows": ([0, 1], [Y, Y], (0, 1), (0, 1, -1)),
    "the budget of a window that is not its": ([0], [Y], (1,), (-1,)),
    "a budget of no window is met whatever the window": ([-1, 0], [Y, Y], (0, 1), (0,)),
}


@pytest.mark.parametrize(("budgets", "meets", "windows", "found"), CHOICES.values(), ids=list(CHOICES))
def test_the_pots_on_which_an_application_may_draw_first(budgets, meets, windows, found) -> None:
    columns = Columns([Y], [(0,)], [(0,)], [1], [1], windows=[windows], budgets=[[one] for one in meets])
    allocation = allocate(columns, Plan(tuple(Budget(9, 9, window=one) for one in budgets), "stops"))
    assert allocation.budgets == [found]
    assert (allocation.award_least, allocation.award_most) == ([0 if -1 in found else 1], [0 if found == (-1,) else 1])
