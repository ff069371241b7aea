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
['eligible', 'refused']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from misure.deciding.machinery import compiled
from misure.ground.place import nearest
from misure.testing.drawn.choosing import Seeded
from misure.testing.drawn.framing import Library, frames_of
from misure.testing.drawn.making import decides, targets_of, varied
from misure.testing.drawn.moving import Move, specs_of
from misure.testing.drawn.naming import renamed
from misure.testing.drawn.repertoire import Repertoire, repertoire_of

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.testing.edges import Facts

__all__ = ["Population", "people_of", "population"]


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
        shares: Of a fact the weights of its values, such as `{"size": {"micro": 70, "small": 30}}`; where a value cannot be
            said of an applicant, it keeps its own.
        library: `polars`, `pandas` (with pyarrow) or `pyarrow`: what the frames are.

    Raises:
        ValueError: `shares` names no fact of the measure, or `library` none of these.
        BadFacts: The fixed facts cannot be.
        NotEncoded: No law is encoded for the day.
        ImportError: The library is not installed.
    """
    specs = specs_of(measure)
    for name in shares or {}:
        if name not in specs:
            close = nearest(name, list(specs))
            raise ValueError(f"{measure.id} asks no fact {name!r}" + (f"; did you mean {close!r}?" if close else ""))
    told = list(people_of(measure, n, seed=seed, on=on, fixed=fixed, shares=shares or {}))
    dossiers = [compiled(measure).facts.read(facts, on) for facts in told]
    ids = [f"A-{number:06}" for number in range(1, n + 1)]
    frame, tables = frames_of(compiled(measure).facts.form, dossiers, ids, library)
    return Population(frame, tables, "id", on)


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
