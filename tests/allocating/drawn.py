# SPDX-License-Identifier: Apache-2.0
"""Drawn selections of which much is not known, and the ways in which each may turn out."""

import random

from hypothesis import strategies as st

from misure.allocating import Budget, Columns, Plan, Relation, Withdrawn
from tests.allocating import by_hand

RULES = ("in_full", "in_part", "stops", "skips")
LETTERS = "abc"
FATES = {0: "stays", 1: "ghost", 3: "gone"}


def span(draw, low, high, open_):
    first = draw(st.integers(low, high))
    return (first, draw(st.integers(first, high))) if open_ and draw(st.booleans()) else (first, first)


@st.composite
def plans(draw, *, open_=True, chains=True, rules=RULES, windows=2):
    count = draw(st.integers(1, 3))
    budgets = []
    for at in range(count):
        low, high = span(draw, 0, 30, open_)
        window = draw(st.sampled_from([-1, *range(windows)])) if windows else -1
        link = draw(st.sampled_from(["", "rolls", "then"] if chains else ["", "rolls"])) if at + 1 < count else ""
        budgets.append(Budget(low, high, window, at + 1 if link == "rolls" else -1, at + 1 if link == "then" else -1))
    last = draw(st.sampled_from([*rules, ""] if open_ else rules))
    intake = draw(st.none() | st.sampled_from([(10_000, 10_000), (12_500, 12_500)]))
    relations = tuple(
        Relation(draw(st.booleans()), draw(st.sampled_from(["first_filed", "last_filed", "best_placed", "none", *[""] * open_])),
                 draw(st.sampled_from(["filed", "admitted", *[""] * open_])))
        for _ in range(draw(st.integers(0, 1)))
    )  # fmt: skip
    original = draw(st.none() | st.just((budgets[0].least, budgets[0].most))) if intake and budgets else None
    return Plan(tuple(budgets), last, intake, relations, original)


@st.composite
def columns_for(draw, plan, *, open_=True, most=7, windows=2, ties=True, withdrawn=False):
    rows = draw(st.integers(1, most))
    found = {name: [] for name in ("admitted", "first", "last", "least", "most", "filed", "windows", "withdrawn")}
    budgets = [[] for _ in plan.budgets]
    keys = [[] for _ in plan.relations]
    order = draw(st.permutations(range(rows)))
    for row in range(rows):
        window = [draw(st.integers(0, windows - 1))] if windows else [-1]
        if open_ and windows and draw(st.integers(0, 5)) == 0:
            window = list(range(windows))
        place = span(draw, 0, 3, open_) if ties else (order[row], order[row])
        asked = span(draw, 0, 12, open_)
        filed = span(draw, 0, 9, True) if open_ and ties else (order[row], order[row])
        found["admitted"].append(draw(st.sampled_from([2, 2, 2, 0, *[1] * open_])))
        found["first"].append((window[0], place[0]))
        found["last"].append((window[-1], place[1]))
        found["least"].append(asked[0])
        found["most"].append(asked[1])
        found["filed"].append(filed)
        found["windows"].append(tuple(window))
        found["withdrawn"].append(Withdrawn(draw(st.sampled_from([0, 0, 0, 1, 3, *[2] * open_])) if withdrawn else 0))
        for budget in budgets:
            budget.append(draw(st.sampled_from([2, 2, 0, *[1] * open_])))
        for key in keys:
            told = draw(st.lists(st.sampled_from(LETTERS), max_size=2, unique=True).map(tuple))
            key.append((told, open_ and draw(st.integers(0, 4)) == 0))
    kept = [
        draw(st.frozensets(st.integers(0, rows - 1), max_size=1)) if not one.survivor else frozenset()
        for one in plan.relations
    ]
    return Columns(**found, budgets=budgets, keys=keys, kept=kept if open_ and draw(st.booleans()) else [])


def turned_out(columns, plan, seed):
    """One way in which all that is open may turn out: the applications and rules, everything known."""
    pick = random.Random(seed)
    rows = range(len(columns))
    ties = list(rows)
    pick.shuffle(ties)
    instants = list(rows)
    pick.shuffle(instants)
    ones = []
    for row in rows:
        window = pick.choice(columns.windows[row])
        key = (window, pick.randint(columns.first[row][1], columns.last[row][1]), ties[row])
        fate = int(columns.withdrawn[row]) if columns.withdrawn else 0
        ones.append(by_hand.One(
            bool(_maybe(pick, columns.admitted[row])), key, pick.randint(columns.least[row], columns.most[row]),
            # Instants that are equal are told apart by chance: nothing says who was first.
            (pick.randint(*columns.filed[row]), instants[row]), window,
            [bool(_maybe(pick, budget[row])) for budget in columns.budgets],
            [{*key[row][0], *(pick.sample(LETTERS, pick.randint(0, 3)) if key[row][1] else ())} for key in columns.keys],
            FATES[pick.choice((1, 3)) if fate == 2 else fate],
        ))  # fmt: skip
    # A reserve may be one of two values: that of before a refinancing whose day is not known, and that of after it.
    budgets = [
        by_hand.Budget(pick.choice((p.least, p.most, pick.randint(p.least, p.most))), p.window, p.rolls_to, p.then)
        for p in plan.budgets
    ]
    percent = plan.intake[0] if plan.intake else 0
    of = sum(budget.amount for budget in budgets)
    if plan.intake_of:
        of = pick.choice((*plan.intake_of, pick.randint(*plan.intake_of)))
    intake = of * percent / 10_000 if plan.intake else None
    relations = [(r.within_window, _survivor(pick, r.survivor), r.among or pick.choice(("filed", "admitted")), kept)
                 for r, kept in zip(plan.relations, columns.kept or [()] * len(plan.relations), strict=True)]  # fmt: skip
    return ones, budgets, plan.last_award or pick.choice(RULES), intake, relations


def _maybe(pick, value):
    return pick.choice((0, 2)) if value == 1 else value


def _survivor(pick, survivor):
    if survivor:
        return survivor
    ranks = {}

    def falls(row, other):
        """Nothing says who stays: somebody whom nobody knows decides, for each pair in one way."""
        pair = (min(row, other), max(row, other))
        return ranks.setdefault(pair, pick.choice(pair)) == row

    return falls
