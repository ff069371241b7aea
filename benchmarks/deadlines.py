# SPDX-License-Identifier: Apache-2.0
"""Deadlines a second under each regime, beside a loop with dateutil and the holidays library in the same run.

    python benchmarks/deadlines.py [--rounds 9]

The loop answers a day and nothing more; the library's answer has its reasons, its steps and their provisions, and its
input is checked. What counts is the ratio. Both are held against each other before anything is timed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import holidays
from dateutil.relativedelta import relativedelta

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.run import beside

from misure.ground.holidays import national_calendar
from misure.ground.regimes import Regime
from misure.ground.regimes import deadline as on_ordinals
from misure.terms import deadline

STARTS = [dt.date(2022, 1, 3) + dt.timedelta(days=11 * n) for n in range(200)]
HOLIDAYS = holidays.country_holidays("IT", years=range(2021, 2031))
SATURDAY, SUNDAY = 5, 6


def moved(day: dt.date, regime: Regime) -> dt.date:
    """What a programmer writes who knows which days move."""
    if regime in (Regime.FIXED_INSTANT, Regime.VALIDITY):
        return day
    while day.weekday() == SUNDAY or day in HOLIDAYS or (regime is not Regime.IT_CIVIL and day.weekday() == SATURDAY):
        day += dt.timedelta(days=1)
    return day


def working(day: dt.date, count: int) -> dt.date:
    while count:
        day += dt.timedelta(days=1)
        count -= not (day.weekday() >= SATURDAY or day in HOLIDAYS)
    return day


Count = Callable[[dt.date], dt.date]


def row(what: str, work: Count, reference: Count, rounds: int) -> None:
    assert [work(start) for start in STARTS] == [reference(start) for start in STARTS], what
    ours, theirs = beside(
        lambda: [work(start) for start in STARTS], lambda: [reference(start) for start in STARTS], rounds, 5
    )
    a_second, of_the_loop = (len(STARTS) / seconds for seconds in (ours, theirs))
    print(f"{what:<44} {a_second:12,.0f} /s {ours / theirs:8.2f} x {of_the_loop:12,.0f} /s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    print(f"{'':<44} {'misure':>15} {'':>10} {'dateutil + holidays':>15}")
    for regime in Regime:
        row(f"30 days, {regime}", lambda start, regime=regime: deadline(start, days=30, regime=regime).day,
            lambda start, regime=regime: moved(start + dt.timedelta(days=30), regime), rounds)  # fmt: skip
    row("6 months, it_civil", lambda start: deadline(start, months=6, regime="it_civil").day,
        lambda start: moved(start + relativedelta(months=6), Regime.IT_CIVIL), rounds)  # fmt: skip
    row("20 working days, eu_1182_71", lambda start: deadline(start, working_days=20, regime="eu_1182_71").day,
        lambda start: working(start, 20), rounds)  # fmt: skip
    calendar = national_calendar()
    row("30 days, it_civil, on ordinals alone",
        lambda start: dt.date.fromordinal(on_ordinals(start.toordinal() + 30, Regime.IT_CIVIL, calendar).day),
        lambda start: moved(start + dt.timedelta(days=30), Regime.IT_CIVIL), rounds)  # fmt: skip


if __name__ == "__main__":
    main()
