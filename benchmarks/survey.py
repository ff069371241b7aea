# SPDX-License-Identifier: Apache-2.0
"""What a survey of many undertakings costs, beside a plain group-by of polars over the same rows in the same run.

    python benchmarks/survey.py [--undertakings 1000000]

The group-by sums the cents of each undertaking over the three years and knows nothing else: it checks nothing, and has no
shared caps, no ranges, no day of relief. Processor time is counted; both run once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import polars as pl
from benchmarks.make_register import codice_fiscale

import misure
from misure.deminimis import Aid, Ledger, survey

ON = dt.date(2026, 11, 22)
FIRST = dt.date(2023, 11, 23)
DAYS = (ON - dt.date(2022, 1, 1)).days


def rows(undertakings: int) -> dict[str, list[object]]:
    """One or two aids of each undertaking."""
    chance = random.Random(1)
    found: dict[str, list[object]] = {name: [] for name in ("id", "beneficiary", "regulation", "granted_on", "cents")}
    for number in range(undertakings):
        code = codice_fiscale(number)
        for _ in range(chance.choice((1, 1, 2))):
            row = (
                str(len(found["id"])),
                code,
                "gen",
                ON - dt.timedelta(chance.randrange(DAYS)),
                chance.randrange(1, 20_000_000),
            )
            for name, value in zip(found, row, strict=True):
                found[name].append(value)
    return found


def timed(what: str, work: Callable[[], object], beside: float | None = None) -> tuple[float, object]:
    began = time.process_time()
    found = work()
    seconds = time.process_time() - began
    ratio = "" if beside is None else f"{seconds / beside:9.1f}x"
    print(f"{what:44} {seconds:9.2f} s {ratio}")
    return seconds, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--undertakings", type=int, default=1_000_000)
    asked = parser.parse_args()
    held = rows(asked.undertakings)
    print(
        f"Python {sys.version.split()[0]}, misure {misure.__version__}: {asked.undertakings} undertakings, {len(held['id'])} aids"
    )
    frame = pl.DataFrame(held)

    def grouped() -> pl.DataFrame:
        counting = frame.filter(pl.col("granted_on").is_between(FIRST, ON))
        return counting.group_by("beneficiary").agg(pl.col("cents").sum()).sort("cents", descending=True)

    floor, sums = timed("group-by of polars", grouped)
    with_amounts = frame.with_columns(
        amount=pl.col("cents").map_elements(lambda cents: Decimal(cents) / 100, pl.Decimal(12, 2))
    )
    _, again = timed(
        "survey of the frame, ledger and all", lambda: survey(with_amounts, on=ON, complete_by="benchmark"), floor
    )
    aids = [
        Aid.known(id_, who, regulation, day.toordinal(), cents)
        for id_, who, regulation, day, cents in zip(*held.values(), strict=True)
    ]  # type: ignore[attr-defined, arg-type]
    _, ledger = timed("ledger of the aids", lambda: Ledger(aids, complete_by="benchmark"), floor)
    _, found = timed("survey of the ledger", lambda: survey(ledger, on=ON), floor)

    assert found == again
    told = dict(sums.iter_rows())  # type: ignore[attr-defined]
    assert all(each.used_cents[0] == told.get(each.members[0], 0) for each in found)  # type: ignore[attr-defined]
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
