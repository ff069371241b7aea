# SPDX-License-Identifier: Apache-2.0
"""One suite for all engines: whoever writes an engine asks it here whether it decides as the others do.

>>> from misure.testing.conformance.own import PythonEngine
>>> run_conformance(PythonEngine(), examples=5, seed=1)  # nothing differs

An engine is asked only for what it says it knows; where it differs, `NotConforming` lists the smallest case of each check.
`docs/how-to/add-an-engine.md` writes one.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, partial

from misure.engines.operators import OPERATORS
from misure.ground.extras import offered
from misure.ground.place import nearest
from misure.testing.conformance.calendar import calendar
from misure.testing.conformance.cases import OperatorCase, ask, question_of
from misure.testing.conformance.differences import EngineDifference, NotConforming
from misure.testing.conformance.door import Ends, Engine, EngineQuestion
from misure.testing.conformance.gathers import gathers
from misure.testing.conformance.operators import operators
from misure.testing.conformance.tabulated import tabulated
from misure.testing.conformance.ways import LEAST, NAME
from misure.testing.handed import a_count, seed_of

__all__ = [
    "Check",
    "EngineDifference",
    "Ends",
    "Engine",
    "NotConforming",
    "EngineQuestion",
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

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(
            f"a check holds functions and is not pickled: in the other process conformance_checks makes {self.name!r} again"
        )


def conformance_checks(engine: Engine, *, examples: int = _EXAMPLES, seed: int | None = None) -> tuple[Check, ...]:
    """The checks of which an engine can be asked, by the operators that it says it knows: each may be a test of its own.

    >>> from misure.testing.conformance.own import IntervalsEngine
    >>> [check.name for check in conformance_checks(IntervalsEngine()) if check.operator == "same"]
    ['same', 'same, not all told']

    `examples` and `seed` are those of `run_conformance`.

    Raises:
        TypeError: It is no adapter of an engine, or `examples` or `seed` is no whole number.
        ValueError: The engine knows an operator that there is none of, or too few for any check; `examples` is less than one.
    """
    _adapter(engine)
    a_count("examples", examples)
    if seed is not None:
        seed_of(seed)
    known = frozenset(engine.operators)
    if strange := sorted(known - OPERATORS.keys()):
        close = [near for name in strange if (near := nearest(name, OPERATORS))]
        hint = f"; did you mean {', '.join(map(repr, close))}?" if close else ""
        raise ValueError(f"{engine.name}: {', '.join(strange)}: no operator of a split program has this name{hint}")
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
        NotConforming: The engine differs; it lists all checks that do, each with its smallest case. What its adapter answers in
            another form, or raises, is among them.
        TypeError: It is no adapter of an engine, or `examples` or `seed` is no whole number.
        ValueError: The engine knows an operator that there is none of, or too few for any check; `examples` is less than one.
        MissingExtra: Random programs are drawn with Hypothesis, which the extra `testing` brings.
    """
    found: list[EngineDifference] = []
    for check in conformance_checks(engine, examples=examples, seed=seed):
        try:
            check(engine)
        except NotConforming as problem:
            found += problem.differences
    if found:
        raise NotConforming(*found)


def _adapter(engine: object) -> None:
    """Look that something is an adapter, as far as that can be seen before it is asked."""
    told = "an engine has a name, the operators that it knows, and run(question)"
    if isinstance(engine, type):
        raise TypeError(f"{told}; {engine.__name__} is a class: hand over one of it, {engine.__name__}()")
    lacks = [part for part in ("name", "operators", "run") if not hasattr(engine, part)]
    if lacks:
        raise TypeError(f"{told}; {engine!r:.60} has no {' and no '.join(lacks)}")
    name, operators, run = (getattr(engine, part) for part in ("name", "operators", "run"))
    if not isinstance(name, str):
        raise TypeError(f"the name of an engine is a text; got {name!r:.60}")
    if (
        isinstance(operators, str)
        or not isinstance(operators, Collection)
        or any(not isinstance(one, str) for one in operators)
    ):
        raise TypeError(f"{name}: the operators of an engine are a set of names; got {operators!r:.60}")
    if not callable(run):
        raise TypeError(f"{name}: run of an engine is a function of a question; got {run!r:.60}")
    try:
        inspect.signature(run).bind(None)
    except TypeError as problem:
        raise TypeError(f"{name}: run of an engine takes one thing, the question: {problem}") from None
    except ValueError:
        return  # of what is written in C nobody knows how it is called


@cache
def cases() -> tuple[OperatorCase, ...]:
    """Every case, whatever an engine knows."""
    return tuple(itertools.chain(operators(), gathers(), tabulated(), calendar()))


@cache
def _needs(case: OperatorCase) -> frozenset[str]:
    """The operators that the program of a case has once it is split."""
    return question_of(case)[0].operators()
