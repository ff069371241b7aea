# SPDX-License-Identifier: Apache-2.0
"""How long it takes to choose among 100,000 applications with five envelopes and many ties, beside a sort and scan by hand.

    python benchmarks/selection.py [--rows 100000] [--repeats 5] [--most 1000000]

Deciding and picking are timed apart. Picking stands beside a sort and scan in plain Python over the same exact columns, where
every place is taken by one application (`apart`) and where dozens share each (`ties`); deciding beside `batch.decide` on the
same frame; the whole in a frame beside the whole with objects. All are interleaved and timed by processor time, the median
counts. All answers must agree, row by row, before anything is timed. The last table is the growth of picking: time by n log n.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

import misure
from misure import Application, batch
from misure.allocating import Columns, Plan, allocate
from misure.batch.native import native
from misure.batch.question import place_of
from misure.batch.selecting import Applications
from misure.deciding.machinery import compiled
from misure.selecting.approval import Approvals
from misure.selecting.candidates import columns_of
from misure.selecting.select import law_of
from misure.selecting.survivors import Survivors
from misure.selecting.withdrawing import allocation_of

ON = dt.date(2024, 6, 1)
PLACES = ("mi", "bg", "bs", "va", "altrove")
VOCABULARY = """
format: 1
facts:
  costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
  points_given: {unit: points, least: "0", greatest: "100", label: punti, question: "Quanti punti?"}
  chamber: {choices: {mi: Milano, bg: Bergamo, bs: Brescia, va: Varese, altrove: Altrove}, label: camera, question: "Quale?"}
flags:
  active: {label: attiva, question: "Attiva?"}
  in_good_standing: {label: in regola, question: "In regola?"}
"""
RULES = """
format: 1
measure: prova/scelta
title: Misura di prova
subject: impresa
law_of: filing
acts: {uno: {type: DGR, number: XI/1, date: 2022-01-31, title: "Atto"}}
sources: {act: {confidence: official, title: "testo"}}
editions: {2022-01-31: {act: uno}}
parameters: {half: 50%, most: 10000.00 EUR, least: 500.00 EUR, each: BUDGET}
provisions:
  - cite: {act: uno, at: "art. 2"}
    admission:
      is_active: {provision: P.01, text: "Attiva", holds: active}
      is_in_good_standing: {provision: P.02, text: "In regola", holds: in_good_standing}
      spends_enough: {provision: P.03, text: "Spesa minima", holds: costs >= least}
support:
  cite: {act: uno, at: "art. 3"}
  lines: {grant: {form: grant, of: costs, intensity: half, at_most: [most], provision: P.04, text: "Contributo"}}
selection:
  cite: {act: uno, at: "art. 4"}
  provision: P.05
  text: "Graduatoria"
  kind: ranking
  order: [highest points_given]
  TIE
  last_award: stops
  envelopes:
    milano: {amount: each, for: "chamber == 'mi'", text: "Milano"}
    bergamo: {amount: each, for: "chamber == 'bg'", text: "Bergamo"}
    brescia: {amount: each, for: "chamber == 'bs'", text: "Brescia"}
    varese: {amount: each, for: "chamber == 'va'", text: "Varese"}
    altrove: {amount: each, text: "Altrove"}
"""


def written(budget: str, *, ties: bool) -> misure.Measure:
    text = RULES.replace("BUDGET", budget).replace("TIE", "" if ties else "tie_break: [earliest filed_at]")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "prova" / "scelta"
        folder.mkdir(parents=True)
        (folder / "measure.yaml").write_text(text, "utf-8")
        (Path(name) / "vocabulary").mkdir()
        (Path(name) / "vocabulary" / "prova.yaml").write_text(VOCABULARY, "utf-8")
        return misure.catalogue(packages=[Path(name)])["prova/scelta"]


def drawn(rows: int) -> pl.DataFrame:
    """Applications in no order: points in tenths of a wide middle, instants a second apart, a twentieth refused."""
    rng = random.Random(7)
    seconds = rng.sample(range(rows * 3), rows)
    start = dt.datetime.fromisoformat("2024-01-10T09:00:00")
    return pl.DataFrame({
        "id": [f"D-{number:07d}" for number in rng.sample(range(rows), rows)],
        "filed_at": [start + dt.timedelta(seconds=second) for second in seconds],
        "costs": [rng.randrange(1000, 40_000) for _ in range(rows)],
        "points_given": [rng.randrange(40, 101) for _ in range(rows)],
        "chamber": rng.choices(PLACES, (5, 2, 2, 1, 2), k=rows),
        "active": [rng.random() < 0.97 for _ in range(rows)],
        "in_good_standing": [rng.random() < 0.98 for _ in range(rows)],
    })  # fmt: skip


# ---------------------------------------------------------------- by hand

Found = tuple[list[int], list[int], list[int], list[int]]


def apart_by_hand(
    admitted: list[bool], keys: list[tuple[int, ...]], asked: list[int], meets: list[list[bool]], budgets: list[int]
) -> Found:
    """Places and awards where no two keys are equal: sort, and go down the list."""
    place, award, open_ = [0] * len(keys), [0] * len(keys), [True] * len(budgets)
    left = list(budgets)
    line = sorted((row for row, there in enumerate(admitted) if there), key=keys.__getitem__)
    for at, row in enumerate(line, 1):
        place[row] = at
        budget = next(budget for budget, meet in enumerate(meets) if meet[row])
        if open_[budget] and asked[row] <= left[budget]:
            left[budget] -= asked[row]
            award[row] = asked[row]
        else:
            open_[budget] = False
    return place, place, award, award


def ties_by_hand(
    admitted: list[bool], keys: list[tuple[int, ...]], asked: list[int], meets: list[list[bool]], budgets: list[int]
) -> Found:
    """Places and awards where many are equal: one of several equals is sure of money where there is enough for them all."""
    first, last, low, high = ([0] * len(keys) for _ in range(4))
    before = [0] * len(budgets)
    line = sorted((row for row, there in enumerate(admitted) if there), key=keys.__getitem__)
    done = 0
    for _, group in itertools.groupby(line, key=keys.__getitem__):
        equals = [(row, next(budget for budget, meet in enumerate(meets) if meet[row])) for row in group]
        after = list(before)
        for row, budget in equals:
            after[budget] += asked[row]
        for row, budget in equals:
            first[row], last[row] = done + 1, done + len(equals)
            if after[budget] <= budgets[budget]:
                low[row] = asked[row]
            if before[budget] + asked[row] <= budgets[budget]:
                high[row] = asked[row]
        before = after
        done += len(equals)
    return first, last, low, high


HAND: dict[str, Callable[..., Found]] = {"apart": apart_by_hand, "ties": ties_by_hand}


def exact(columns: Columns, plan: Plan) -> tuple:
    """The same columns as whoever writes it by hand would have them."""
    yes = [there == 2 for there in columns.admitted]
    meets = [[there == 2 for there in budget] for budget in columns.budgets]
    return yes, columns.first, columns.least, meets, [budget.least for budget in plan.budgets]


# ---------------------------------------------------------------- timing


class Case:
    """Applications drawn for one measure, as far as each way needs them."""

    def __init__(self, name: str, rows: int) -> None:
        self.name, self.frame = name, drawn(rows)
        # Two thirds of what is asked.
        self.measure = written(f"{rows * 900}.00 EUR", ties=name == "ties")
        self.law = law_of(self.measure, ON)
        self.candidates = self.in_python()
        self.columns = columns_of(self.candidates, self.law.rule, self.law.windows)
        self.exact = exact(self.columns, self.law.plan)

    def answered(self):
        """What the program answers of every row, as a frame, and who asked."""
        asked = Applications(self.law, "id", "applicant", "")
        asked.take(native(self.frame, place_of("")), {}, complete=False)
        asked.question.check_keys()
        return asked, asked.answer()

    def in_python(self):
        """The same taken out of the frame, as candidates."""
        asked, answer = self.answered()
        return asked.candidates(answer)

    def told(self) -> pl.DataFrame:
        """The frame as `batch.decide` takes it: with the day of filing, not the instant."""
        return self.frame.with_columns(filed_on=pl.col("filed_at").dt.date()).drop("filed_at")

    def allocation(self):
        return allocate(self.columns, self.law.plan)

    def by_hand(self) -> Found:
        return HAND[self.name](*self.exact)

    def columns_and_pick(self):
        return allocation_of(self.law, self.candidates, Approvals(), (), Survivors())

    def decided(self) -> pl.DataFrame:
        return batch.decide(self.measure, self.told(), on=ON)

    def decided_in_python(self) -> list[tuple]:
        return self.decided().rows()

    def selected(self) -> pl.DataFrame:
        return batch.select(self.measure, self.frame, on=ON)

    def objects(self) -> Iterator[Application]:
        for row in self.frame.iter_rows(named=True):
            id_, filed = row.pop("id"), row.pop("filed_at")
            yield Application(id_, row, filed_at=filed)

    def selected_objects(self):
        return self.measure.select(self.objects(), on=ON)

    def check(self, *, objects: bool) -> str:
        """Stop unless all ways agree; what came out."""
        found, (first, last, low, high) = self.allocation(), self.by_hand()
        rows = [row for row, there in enumerate(self.exact[0]) if there]
        assert [found.place_first[row] for row in rows] == [first[row] for row in rows], "best places"
        assert [found.place_last[row] for row in rows] == [last[row] for row in rows], "worst places"
        assert (found.award_least, found.award_most) == (low, high), "awards"
        answer = self.selected()
        assert answer["amount_cents_from"].to_list() == low
        assert answer["amount_cents_to"].to_list() == high
        if objects:
            one = self.selected_objects()
            assert compiled(one).read.candidates == self.candidates, "candidates of objects and of a frame"
            assert (compiled(one).columns.first, compiled(one).allocation) == (
                self.columns.first,
                self.columns_and_pick()[1],
            )
            standings = {placement.id: str(placement.standing) for placement in one.placements}
            assert dict(answer.select("id", "standing").iter_rows()) == standings, "standings"
        counted = answer["standing"].value_counts(sort=True)
        return ", ".join(f"{number:,} {name}" for name, number in counted.iter_rows())


def timed(repeats: int, *ways: Callable[[], object]) -> list[float]:
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(repeats):
        for way, seconds in zip(ways, taken, strict=True):
            start = time.process_time()
            way()
            seconds.append(time.process_time() - start)
    return [statistics.median(seconds) for seconds in taken]


def line(what: str, beside: str, reference: float, ours: float) -> str:
    return f"{what:<34}{ours:>9.3f}   {beside:<30}{reference:>9.3f}{ours / reference:>8.2f}"


def compared(rows: int, repeats: int) -> Iterator[str]:
    yield f"{rows:,} applications, five envelopes, processor time, median of {repeats}"
    yield f"{'':<34}{'seconds':>9}   {'beside':<30}{'seconds':>9}{'ratio':>8}"
    for name in HAND:
        case = Case(name, rows)
        came_out = case.check(objects=True)
        hand, ours, whole = timed(repeats, case.by_hand, case.allocation, case.columns_and_pick)
        yield line(f"{name}: picking", "sort and scan by hand", hand, ours)
        yield line(f"{name}: columns and picking", "sort and scan by hand", hand, whole)
        plain, deciding, rows_out, out, framed = timed(
            repeats, case.decided, case.answered, case.decided_in_python, case.in_python, case.selected
        )
        yield line(f"{name}: deciding in the frame", "batch.decide", plain, deciding)
        yield line(f"{name}: the same, taken out of it", "batch.decide and .rows()", rows_out, out)
        (objects,) = timed(1, case.selected_objects)
        yield line(f"{name}: the whole in a frame", "the whole with objects", objects, framed)
        yield f"{'':<4}{came_out}; the frame and the objects agree in every row"


def growth(most: int, repeats: int) -> Iterator[str]:
    yield "picking, by n log n, each beside 1,000 applications"
    yield f"{'applications':>14}{'apart':>9}{'ratio':>8}{'by hand':>9}{'ratio':>8}{'ties':>9}{'ratio':>8}{'by hand':>9}{'ratio':>8}"
    first: dict[str, float] = {}
    rows = 1000
    while rows <= most:
        told = f"{rows:>14,}"
        for name in HAND:
            case = Case(name, rows)
            case.check(objects=False)
            again = repeats if rows > 1000 else repeats * 20
            for way, seconds in zip(("hand", "ours"), timed(again, case.by_hand, case.allocation), strict=True):
                first.setdefault(f"{name} {way}", seconds / (rows * math.log2(rows)))
                case.__dict__[way] = seconds, seconds / (rows * math.log2(rows)) / first[f"{name} {way}"]
            told += "".join(f"{one[0]:>9.4f}{one[1]:>8.2f}" for one in (case.__dict__["ours"], case.__dict__["hand"]))
        yield told
        rows *= 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--most", type=int, default=1_000_000)
    asked = parser.parse_args()
    for told in itertools.chain(compared(asked.rows, asked.repeats), growth(asked.most, asked.repeats)):
        print(told, flush=True)


if __name__ == "__main__":
    main()
