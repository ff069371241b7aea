# SPDX-License-Identifier: Apache-2.0
"""A selection counted as an official would count it: everything known, one application after the other, down the list.

It shares nothing with the library but the columns that it is handed.
"""

from dataclasses import dataclass


@dataclass
class Budget:
    amount: int
    window: int = -1
    rolls_to: int = -1
    then: int = -1


@dataclass
class One:
    """One application of which everything is known; `key` is its place, different from all others."""

    admitted: bool
    key: tuple
    asked: int
    filed: int
    window: int
    meets: list
    says: list
    fate: str = "stays"  # or gone, or ghost


@dataclass
class Outcome:
    awards: list
    competes: list
    places: list
    held: list
    left: list
    received: list
    fallen: list
    first: list
    """The budget on which each draws first, -1 where it draws on none."""
    before: list
    given: list
    freed: list
    rolled_in: list
    beyond: list


def displaced(ones, relation, at, received):
    """Whether each falls to another of the same key. `relation` is (within_window, survivor, among, kept).

    Where nothing says which one stays, `survivor` decides between two that both can; those in `kept` stay.
    """
    within, survivor, among, kept = relation
    fallen = [False] * len(ones)
    counted = [among == "filed" or one.admitted for one in ones]
    for row, one in enumerate(ones):
        rivals = [
            other
            for other, rival in enumerate(ones)
            if counted[other] and rival.says[at] & one.says[at] and (not within or rival.window == one.window)
        ]
        others = [other for other in rivals if other != row]
        if survivor == "none":
            fallen[row] = bool(others)
        elif callable(survivor):
            able = [other for other in others if received[other]]  # one that was withdrawn may still count
            fallen[row] = row not in kept and any(other in kept or survivor(row, other) for other in able)
        else:
            rank = {
                "first_filed": lambda r: ones[r].filed,
                "last_filed": lambda r: tuple(-part for part in ones[r].filed),
                "best_placed": lambda r: ones[r].key,
            }[survivor]
            fallen[row] = any(rank(other) < rank(row) for other in others)
    return fallen


def select(ones, budgets, rule, intake=None, relations=()):
    """Count the selection. `intake` is the limit in cents, reached by what was asked before."""
    rows = range(len(ones))
    received = [
        intake is None or sum(other.asked for other in ones if other.filed < one.filed) < intake for one in ones
    ]
    fallen = [displaced(ones, relation, at, received) for at, relation in enumerate(relations)]
    competes = [
        ones[r].admitted and received[r] and not any(f[r] for f in fallen) and ones[r].fate != "gone" for r in rows
    ]
    line = sorted((r for r in rows if competes[r]), key=lambda r: ones[r].key)
    seen = [r for r in line if ones[r].fate == "stays"]
    places = [1 + sum(ones[o].window == ones[r].window and ones[o].key < ones[r].key for o in seen) for r in rows]
    first = [
        next((p for p, budget in enumerate(budgets) if budget.window in (-1, one.window) and one.meets[p]), -1)
        for one in ones
    ]
    held, left = [budget.amount for budget in budgets], [0] * len(budgets)
    given, freed, rolled_in, beyond = ([0] * len(budgets) for _ in range(4))
    awards, before = [0] * len(ones), [0] * len(ones)
    done = set()
    for start in range(len(budgets)):
        if start in done:
            continue
        together = {start}
        while True:
            more = {p for p in range(len(budgets)) if p not in together
                    and (budgets[p].then in together or any(budgets[q].then == p for q in together))}  # fmt: skip
            if not more:
                break
            together |= more
        done |= together
        money = {p: held[p] for p in together}
        stopped = set()
        same = [row for row in line if first[row] in together]
        for at, row in enumerate(same):
            before[row] = sum(ones[other].asked for other in same[:at])
        for row in line:
            if first[row] not in together or first[row] in stopped:
                continue
            chain = [first[row]]
            while budgets[chain[-1]].then >= 0:
                chain.append(budgets[chain[-1]].then)
            room, asked = sum(money[p] for p in chain), ones[row].asked
            if asked <= room:
                gets = asked
            elif rule == "skips":
                continue
            else:
                stopped.add(first[row])
                gets = asked if rule == "in_full" and room else room if rule == "in_part" else 0
            awards[row] = rest = gets
            for p in chain:
                taken = min(rest, money[p])  # what an award in full takes beyond it comes from elsewhere
                money[p] -= taken
                rest -= taken
                (given if ones[row].fate == "stays" else freed)[p] += taken
            beyond[chain[-1]] += rest
        for p in together:
            left[p] = money[p]
            if budgets[p].rolls_to >= 0:
                held[budgets[p].rolls_to] += money[p]
                rolled_in[budgets[p].rolls_to] += money[p]
    awards = [award if ones[r].fate == "stays" else 0 for r, award in enumerate(awards)]
    return Outcome(
        awards, competes, places, held, left, received, fallen, first, before, given, freed, rolled_in, beyond
    )
