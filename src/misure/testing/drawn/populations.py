# SPDX-License-Identifier: Apache-2.0
"""Frames of made-up applicants: plausible ones, the same for the same seed.

>>> import datetime as dt, misure
>>> filiere = misure.catalogue()["lombardia/filiere"]
>>> people = population(filiere, 50, seed=7, on=dt.date(2022, 6, 1))
>>> people.frame.shape[0], people.tables["partners"].columns[:2]
(50, ['applicant', 'id'])
>>> import misure.batch
>>> answers = misure.batch.decide(filiere, people.frame, on=people.on, tables=people.tables, key=people.key)
>>> sorted(answers["outcome"].unique())
['no_known_obstacle', 'refused', 'undecided']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from misure._reopen import by_public_name
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.facts.values import Unfit, read_value
from misure.facts.vocabulary import Fact
from misure.ground.given import Mistake
from misure.ground.place import nearest
from misure.testing.drawn.choosing import Seeded
from misure.testing.drawn.framing import Library, frames_of, library_of
from misure.testing.drawn.making import decides, targets_of, varied
from misure.testing.drawn.moving import Move
from misure.testing.drawn.naming import renamed
from misure.testing.drawn.repertoire import Repertoire, repertoire_of
from misure.testing.handed import a_count, a_question, named, refuse, seed_of
from misure.testing.told import Facts, specs_of

__all__ = ["Population", "people_of", "population"]

_HEAVIEST = 1_000_000
"""Each value stands so often among those that are chosen from."""


@by_public_name
@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Made-up applicants as frames, ready for `misure.batch.decide(measure, frame, on=on, tables=tables, key=key)`."""

    frame: Any
    """A row for each applicant: a column for each fact, `id`, and for each table whether it is known whole."""
    tables: Mapping[str, Any]
    """The frames of the tables by their names; `applicant` says whose record a row is."""
    key: str
    on: dt.date
    """The day on which all of them can be asked."""

    def __str__(self) -> str:
        rows = ", ".join(f"{len(frame)} {name}" for name, frame in self.tables.items())
        return f"{len(self.frame)} applicants on {self.on.isoformat()}" + (f" with {rows}" if rows else "")


def population(
    measure: Measure,
    n: int,
    *,
    seed: int,
    on: dt.date,
    fixed: Mapping[str, Any] | None = None,
    shares: Mapping[str, Mapping[Any, int]] | None = None,
    library: Library = "polars",
) -> Population:
    """A frame of `n` plausible applicants, who differ as the worked cases do and in between; every one can be decided.

    It is no sample of anybody: the frequencies are made up, but for those that the caller gives. Each applicant has codes of
    its own, with right check digits. Some hundreds of applicants are made in a second.

    Args:
        measure: The measure.
        n: How many.
        seed: The same seed gives the same applicants, with the same version of the library and of the rules.
        on: The day on which they are asked.
        fixed: Facts and whole tables that are said of each of them.
        shares: Of a fact the weights of its values, whole numbers of any sum: `{"size": {"micro": 7, "small": 3}}`. Where a value
            cannot be said of an applicant beside the rest, it keeps its own.
        library: `polars`, `pandas` (with pyarrow) or `pyarrow`: what the frames are.

    Raises:
        TypeError: `measure`, `n`, `seed`, `on`, `fixed` or `shares` is something else.
        ValueError: `n` is less than none, `library` none of these, or `shares` tells what cannot be, each with its place: no fact of
            the measure, no value of it, no weight.
        BadFacts: The fixed facts cannot be.
        NotEncoded: No law is encoded for the day.
        MissingExtra: The library is not installed.
    """
    a_question(measure, on)
    a_count("n", n, 0)
    seed_of(seed)
    named(fixed)
    library_of(library)
    refuse("shares=", _mistakes(measure, on, shares or {}, fixed or {}))
    told = list(people_of(measure, n, seed=seed, on=on, fixed=fixed, shares=shares or {}))
    dossiers = [compiled(measure).facts.read(facts, on) for facts in told]
    ids = [f"A-{number:06}" for number in range(1, n + 1)]
    frame, tables = frames_of(compiled(measure).facts.layout, dossiers, ids, library)
    return Population(frame, tables, "id", on)


def _mistakes(measure: Measure, on: dt.date, shares: object, fixed: Mapping[str, Any]) -> Iterator[Mistake]:
    """What is wrong with the shares, each with its path and the nearest right name."""
    if not isinstance(shares, Mapping):
        raise TypeError(f"shares= is a mapping of facts, each with its values and their weights; got {shares!r:.60}")
    specs = specs_of(measure)
    for name, told in shares.items():
        fact = specs.get(name)
        if fact is None:
            table = ": it is a table, and shares are of single facts" if name in measure.rulebook.tables else ""
            yield f"{name!s:.60}", f"{measure.id} asks no fact {name!r:.60}{table}", nearest(str(name), specs)
        elif name in fixed:
            yield name, "it is fixed, and has no shares beside"
        elif fact.identifier:
            yield name, "each applicant has a code of its own, and codes have no shares"
        elif not isinstance(told, Mapping):
            yield name, f"expected its values with their weights, such as {{'micro': 7, 'small': 3}}; got {told!r:.60}"
        else:
            yield from _wrong_weights(fact, told, on)


def _wrong_weights(fact: Fact, told: Mapping[Any, object], on: dt.date) -> Iterator[Mistake]:
    for value, weight in told.items():
        path = f"{fact.name}[{value!r:.60}]"
        try:
            if read_value(fact, value, on.toordinal()) is None:
                yield path, "expected a value; this tells nothing"
        except Unfit as problem:
            yield path, problem.message, problem.suggestion
        if isinstance(weight, bool) or not isinstance(weight, int):
            yield path, f"a weight is a whole number, such as 7 where another has 3; got {weight!r:.60}"
        elif not 0 <= weight <= _HEAVIEST:
            yield path, f"a weight is between 0 and {_HEAVIEST}; got {weight!r:.60}"
    if not any(told.values()):
        yield fact.name, "the weights are all nothing: none of its values could come"


def people_of(
    measure: Measure,
    n: int,
    *,
    seed: int,
    on: dt.date,
    fixed: Mapping[str, Any] | None,
    shares: Mapping[str, Mapping[Any, int]],
) -> Iterator[Facts]:
    """The facts of the applicants of a population, one after the other."""
    repertoire = Repertoire(measure, on, fixed) if fixed else repertoire_of(measure, on)
    holds, chooser = decides(repertoire), Seeded(seed)
    starts = [repertoire.base, *(facts for facts, _ in repertoire.others)]
    targets = targets_of(repertoire)
    weights = {name: [value for value, weight in told.items() for _ in range(weight)] for name, told in shares.items()}
    for number in range(n):
        start = chooser.one([repertoire.base, chooser.one(starts)])
        turned: Facts = {}
        for _ in range(chooser.one([0, 0, 0, 1, 1, 2]) if targets else 0):
            turned |= chooser.one(repertoire.turning[chooser.one(targets)])
        moves = chooser.whole(1, 4)
        # Nearly always everything holds together at once; then nothing has to be asked in between.
        made = varied(chooser, repertoire, start | turned, lambda _: True, moves)
        facts = made if holds(made) else varied(chooser, repertoire, start, holds, moves)
        for name, values in weights.items():
            after = Move(name, chooser.one(values)).made(measure, facts, on)
            facts = after if holds(after) else facts
        own = renamed(measure, facts, number) | repertoire.fixed
        yield own if holds(own) else facts
