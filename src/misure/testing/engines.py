# SPDX-License-Identifier: Apache-2.0
"""One suite for all engines: whoever writes an engine asks it here whether it decides as the others do.

>>> from misure.testing.conformance.own import PythonEngine
>>> run_conformance(PythonEngine(), examples=5, seed=1)  # nothing differs

An engine is asked only for what it says it knows; where it differs, `NotConforming` lists the smallest case of each check.
`docs/how-to/add-an-engine.md` writes one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from misure.engines.operators import OPERATORS
from misure.ground.extras import offered
from misure.testing.conformance.calendar import calendar
from misure.testing.conformance.cases import Case, ask, question_of
from misure.testing.conformance.differences import Difference, NotConforming
from misure.testing.conformance.door import Ends, Engine, Question
from misure.testing.conformance.gathers import gathers
from misure.testing.conformance.operators import operators
from misure.testing.conformance.tabulated import tabulated
from misure.testing.conformance.ways import LEAST, NAME

__all__ = [
    "Check",
    "Difference",
    "Ends",
    "Engine",
    "NotConforming",
    "Question",
    "conformance_checks",
    "run_conformance",
]

_EXAMPLES = 100


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the suite. Called with an engine it says nothing, or raises `NotConforming` with one difference."""

    name: str
    """The operator first, then what is particular: `floordiv, by a constant, not all told`."""
    operator: str
    """The operator of the closed table that it is about; "" where it is about programs of many."""
    ask: Callable[[Engine], None]

    def __call__(self, engine: Engine) -> None:
        self.ask(engine)

    def __str__(self) -> str:
        return self.name


def conformance_checks(engine: Engine, *, examples: int = _EXAMPLES, seed: int | None = None) -> tuple[Check, ...]:
    """The checks of which an engine can be asked, by the operators that it says it knows: each may be a test of its own.

    >>> from misure.testing.conformance.own import IntervalsEngine
    >>> [check.name for check in conformance_checks(IntervalsEngine()) if check.operator == "same"]
    ['same', 'same, not all told']

    `examples` and `seed` are those of `run_conformance`.

    Raises:
        ValueError: The engine knows an operator that there is none of, or too few for any check.
    """
    known = frozenset(engine.operators)
    if strange := sorted(known - OPERATORS.keys()):
        raise ValueError(f"{engine.name}: {', '.join(strange)}: no operator of a split program has this name")
    found = [
        Check(case.name, case.op, partial(ask, case)) for case in cases() if known.issuperset({case.op, *_needs(case)})
    ]
    if known >= LEAST:
        ask_drawn = offered("misure.testing.conformance.drawn", "ask_drawn", "testing", "hypothesis")
        found.append(Check(NAME, "", partial(ask_drawn, examples=examples, start=seed)))
    if not found:
        raise ValueError(
            f"{engine.name}: with {', '.join(sorted(known)) or 'no operator'} alone there is nothing to ask"
        )
    return tuple(found)


def run_conformance(engine: Engine, *, examples: int = _EXAMPLES, seed: int | None = None) -> None:
    """Ask an engine all that it can be asked, each operator, the calendar, look-ups, wide products and random programs.

    `examples` random programs are drawn, each of a few applicants with completions of theirs. The same whole number as `seed`
    draws the same ones; without it Hypothesis draws as its profile in force says.

    Raises:
        NotConforming: The engine differs; it lists all checks that do, each with its smallest case.
        ValueError: The engine knows an operator that there is none of, or too few for any check.
        MissingExtra: Random programs are drawn with Hypothesis, which the extra `testing` brings.
    """
    found: list[Difference] = []
    for check in conformance_checks(engine, examples=examples, seed=seed):
        try:
            check(engine)
        except NotConforming as problem:
            found += problem.differences
    if found:
        raise NotConforming(*found)


@cache
def cases() -> tuple[Case, ...]:
    """Every case, whatever an engine knows."""
    return tuple(itertools.chain(operators(), gathers(), tabulated(), calendar()))


@cache
def _needs(case: Case) -> frozenset[str]:
    """The operators that the program of a case has once it is split."""
    return question_of(case)[0].operators()
