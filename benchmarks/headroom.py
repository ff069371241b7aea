# SPDX-License-Identifier: Apache-2.0
"""What a question about de minimis headroom costs, beside a plain sum over a list in the same run.

    python benchmarks/headroom.py [--rounds 15]

The plain sum knows days and cents alone: it checks nothing, cites nothing, and knows no joint caps, groups or ranges.
Both are timed in turn; processor time is counted, and the median of the rounds stands in the table.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.run import beside, row

import misure
from misure.deminimis import Aid, Ledger, assess, first_day_that_fits, headroom

ON = dt.date(2026, 11, 22)
FIRST, LAST = dt.date(2023, 11, 23).toordinal(), ON.toordinal()
OLDEST = dt.date(2020, 1, 1).toordinal()
CEILING = 30_000_000


def aids(count: int, firms: int) -> list[Aid]:
    """Aid of seven years, spread evenly; of one firm it would fill about a half of the ceiling."""
    chance = random.Random(1)
    most = CEILING * firms // count * 2
    return [
        Aid.known(f"COR-{n}", f"firm-{n % firms}", "gen", chance.randrange(OLDEST, LAST + 1), chance.randrange(1, most))
        for n in range(count)
    ]


def one_firm(rounds: int) -> None:
    for count in (10, 1000):
        held = aids(count, 1)
        ledger = Ledger(held, complete_by="benchmark")
        plain = [(aid.first, aid.least) for aid in held]

        def summed(plain: list[tuple[int | None, int]] = plain) -> int:
            return max(0, CEILING - sum([amount for day, amount in plain if FIRST <= day <= LAST]))

        assert headroom(ledger, "firm-0", on=ON).amount * 100 == summed()
        new = Aid("new", "firm-0", "gen", ON, "1000.00")
        work = {
            "headroom": lambda ledger=ledger: headroom(ledger, "firm-0", on=ON),
            "  and every aid with the day on which it leaves": lambda ledger=ledger: headroom(ledger, "firm-0", on=ON).occupied_by,
            "  a new aid assessed": lambda new=new, ledger=ledger: assess(new, ledger),
            "  the first day on which the whole ceiling fits": lambda ledger=ledger: first_day_that_fits(300_000, ledger, "firm-0", from_=ON),
        }  # fmt: skip
        for what, ours in work.items():
            loops = 400 if what == "headroom" else 20
            name = f"{what}, {count:,} aids" if what == "headroom" else what
            goal = "well below 1 ms" if what == "headroom" else ""
            row(name, goal, *beside(ours, summed, rounds, loops), "a plain sum")


def group(rounds: int) -> None:
    held = aids(1000, 20)
    ledger, names = Ledger(held, complete_by="benchmark"), [f"firm-{n}" for n in range(20)]
    plain = [(aid.beneficiary, aid.first, aid.least) for aid in held]

    def summed() -> int:
        members = set(names)
        return max(0, CEILING - sum([cents for who, day, cents in plain if who in members and FIRST <= day <= LAST]))

    ours = lambda: headroom(ledger, names, on=ON)  # noqa: E731 - a table of thunks
    row("headroom of a group of 20 firms, 1,000 aids", "", *beside(ours, summed, rounds, 200), "a plain sum")


def building(rounds: int, count: int) -> None:
    firms = count * 3 // 10
    held = aids(count, firms)
    told = [(aid.id, aid.beneficiary, aid.regulation, aid.first, aid.least) for aid in held]

    def plain() -> dict[str, list[Aid]]:
        found: dict[str, list[Aid]] = {}
        for aid in held:
            found.setdefault(aid.beneficiary, []).append(aid)
        return found

    few = max(3, rounds // 3)
    row(
        f"ledger of {count:,} aids of {firms:,} firms",
        "",
        *beside(lambda: Ledger(held), plain, few, 1),
        "a dict of lists",
    )
    made = lambda: Ledger([Aid.known(*each) for each in told])  # noqa: E731 - the same
    row("  from rows of what is known", "", *beside(made, plain, few, 1), "a dict of lists")
    ledger = Ledger(held, complete_by="benchmark")
    more = Aid("new", "firm-0", "gen", ON, 5)
    row("  one aid added to it", "", *beside(lambda: ledger.with_aid(more), plain, few, 1), "a dict of lists")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--aids", type=int, default=200_000, help="of the largest ledger")
    chosen = options.parse_args()
    print(f"Python {sys.version.split()[0]}, misure {misure.__version__}, {chosen.rounds} rounds\n")
    print(f"{'what':<58} {'ours':>12} {'ratio':>9} {'reference':>12}  {'':<36} goal")
    one_firm(chosen.rounds)
    group(chosen.rounds)
    building(chosen.rounds, chosen.aids)


if __name__ == "__main__":
    main()
