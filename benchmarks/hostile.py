# SPDX-License-Identifier: Apache-2.0
"""What it costs to be told everything that is wrong, beside reading the same bytes alone: twice the faults, twice the time.

    python benchmarks/hostile.py [--part 1]

Each input is made in three sizes, each twice the one before. What is counted is processor time. `growth` is how many times longer
the largest takes than the middle one: 2 where the cost is linear, 4 where it is quadratic.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

import misure
from misure.ground.rules_folder import bundled_rules
from misure.reading import read_rulebook
from misure.reading.applicants.applications import read_applications_file

FILIERE = misure.catalogue()["lombardia/filiere"]
BANDO = misure.catalogue()["lombardia/bando-filiere-2022"]
ON = dt.date(2022, 6, 1)
Made = tuple[Callable[[], object], Callable[[], object]]
"""The reading alone, and the library with all its faults."""


def _faults(ask: Callable[[], object]) -> None:
    try:
        ask()
    except misure.MisureError as problem:
        str(problem)
    else:
        raise AssertionError("nothing was wrong")


def repeated_names(size: int, _: Path) -> Made:
    """JSON facts whose one name stands very often: 150,000 faults in a megabyte."""
    text = "{" + ",".join(['"a":1'] * size) + "}"
    return (lambda: json.loads(text)), (lambda: FILIERE.decide(text, on=ON))


def unknown_names(size: int, _: Path) -> Made:
    """JSON facts of names that no fact has."""
    text = "{" + ",".join(f'"x{number}":1' for number in range(size)) + "}"
    return (lambda: json.loads(text)), (lambda: FILIERE.decide(text, on=ON))


def odd_numbers(size: int, _: Path) -> Made:
    """JSON facts full of what is no number."""
    text = '{"a": [' + ",".join(["NaN"] * size) + "]}"
    return (lambda: json.loads(text)), (lambda: FILIERE.decide(text, on=ON))


def wrong_ids(size: int, folder: Path) -> Made:
    """Applications, and a table whose rows name none of them: `UNI/2026/1` for `UNI-2026-1`."""
    people, costs = folder / "apps.csv", folder / "costs.csv"
    people.write_text("id\n" + "".join(f"UNI-2026-{number:06}\n" for number in range(size)), "utf-8")
    rows = "".join(f"UNI/2026/{number:06};c0;1.00\n" for number in range(size))
    costs.write_text("application;firm;amount\n" + rows, "utf-8")

    def alone() -> object:
        return [list(csv.reader(path.read_text("utf-8").splitlines())) for path in (people, costs)]

    return alone, lambda: read_applications_file(people, BANDO.rulebook.vocabulary.facts, {"firm_costs": costs})


RULES = """\
format: 1
measure: prova/breve
title: Misura di prova
subject: impresa
law_of: filing
acts: {uno: {type: DGR, number: XI/1, date: 2022-01-31, title: a}}
sources: {act: {confidence: official}}
editions: {2022-01-31: {act: uno, read: whole}}
parameters:
"""


def wrong_rules(size: int, folder: Path) -> Made:
    """A rule file whose conditions all misspell their legal value."""
    path = folder / "prova" / "breve" / "measure.yaml"
    path.parent.mkdir(parents=True)
    values = "".join(f"  value_{n:05}: {{is: 1 points, label: x, for_information: yes}}\n" for n in range(size))
    rules = "".join(
        f"      c{n}: {{provision: P.1, text: a, holds: total_score >= valve_{n:05}}}\n" for n in range(size)
    )
    text = RULES + values + "provisions:\n  - cite: {act: uno}\n    admission:\n" + rules
    path.write_text(text, "utf-8")

    def alone() -> object:
        return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - it builds texts alone

    return alone, lambda: read_rulebook(folder, "prova/breve", [bundled_rules()])


INPUTS = [
    (repeated_names, 150_000),
    (unknown_names, 80_000),
    (odd_numbers, 200_000),
    (wrong_ids, 20_000),
    (wrong_rules, 4_000),
]


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> None:
    """Print a line for each kind of input."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", type=int, default=1, help="of each input this part: 10 for a tenth")
    part = parser.parse_args().part
    print(f"{'input':16} {'largest':>8} {'alone s':>8} {'told s':>8} {'growth':>7}")
    for made, whole in INPUTS:
        largest = whole // part
        times = []
        for size in (largest // 4, largest // 2, largest):
            with tempfile.TemporaryDirectory() as folder:
                alone, told = made(size, Path(folder))
                times.append((_seconds(alone), _seconds(lambda told=told: _faults(told))))
        growth = times[2][1] / times[1][1]
        print(f"{made.__name__:16} {largest:8} {times[2][0]:8.3f} {times[2][1]:8.3f} {growth:7.1f}")


if __name__ == "__main__":
    main()
