# SPDX-License-Identifier: Apache-2.0
"""Whatever a public attribute gives is frozen, or a copy: who changes it changes no later answer.

A receipt once gave the mapping of legal values itself: one assignment, and every later receipt of the process stated a law
that does not exist.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import pytest

import misure
from misure import deminimis, finance, terms
from misure.testing.worked_cases import decided_cases
from misure.testing.worked_selections import select_case, selections_of_measure
from tests.architecture.surface import members

ON = dt.date(2026, 11, 22)
CHANGING = (list, dict, set, bytearray)
A_WHAT_IF: dict[str, dict[str, object]] = {"lombardia/filiere": {"minimum_firms": 8}}
NO_QUESTION = {"select", "decide", "vary", "replay", "reselect", "withdraw", "close"}
"""What needs more than itself to answer, or answers with another whole value of the kind that is looked at anyway."""


def whole() -> Iterator[object]:
    """One value of each kind that a caller is given, with all that hangs on it."""
    yield misure.catalogue()
    for measure in misure.catalogue().values():
        yield from (measure, misure.open_linked(measure.linked()), measure.vary(**A_WHAT_IF.get(measure.id, {})))
        decisions = list(islice(decided_cases(measure), 3))
        yield from decisions
        yield misure.explain(decisions[0])
        for case in [one for one in selections_of_measure(measure) if "error" not in one.expect][:1]:
            selection = select_case(measure, case)
            yield selection
            yield misure.explain(selection)
    ledger = deminimis.Ledger(
        [deminimis.Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")],
        complete_by="register",
        gaps=[deminimis.Gap("x")],
    )
    yield ledger
    yield deminimis.headroom(ledger, "alfa", on=ON)
    yield terms.deadline("2026-01-31", days=30, regime="it_civil")
    yield finance.stamp_duty("2026-01-31")


def given(value: object) -> Iterator[tuple[str, Any]]:
    """What the public attributes of a value give, and its public methods that ask for nothing; each asked anew."""
    for name in members(type(value)):
        if name in NO_QUESTION:
            continue
        function = inspect.getattr_static(type(value), name, None)
        if inspect.isfunction(function):
            wants = list(inspect.signature(function).parameters.values())[1:]
            if all(one.default is not one.empty or one.kind is one.VAR_KEYWORD for one in wants):
                yield f"{name}()", getattr(value, name)()
        elif not isinstance(function, classmethod | staticmethod):
            yield name, getattr(value, name)


def inside(value: object) -> Iterator[object]:
    """The containers that can be changed, in a value and in what it holds."""
    if isinstance(value, CHANGING):
        yield value
    if isinstance(value, Mapping):
        for one in (*value.keys(), *value.values()):
            yield from inside(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from inside(one)


def held(value: object) -> Iterator[object]:
    """The values of the library in a value."""
    if type(value).__module__.startswith("misure") and not isinstance(value, enum.Enum | type):
        yield value
    elif isinstance(value, Mapping):
        for one in (*value.keys(), *value.values()):
            yield from held(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from held(one)


def test_every_public_attribute_gives_what_is_frozen_or_a_copy() -> None:
    shared: dict[str, str] = {}
    settable: set[str] = set()
    counted: dict[type, int] = {}
    waiting, kept = list(whole()), []
    while waiting:
        value = waiting.pop()
        kind = type(value)
        counted[kind] = counted.get(kind, 0) + 1
        if counted[kind] > 3:
            continue
        first, again = dict(given(value)), dict(given(value))
        kept.append((first, again))  # what is kept is not made anew at the same address
        for name, one in first.items():
            both = {id(part) for part in inside(one)} & {id(part) for part in inside(again[name])}
            if both:
                shared[f"{kind.__module__}.{kind.__name__}.{name}"] = type(one).__name__
            waiting += list(held(one))
            if not name.endswith("()"):
                try:
                    setattr(value, name, one)
                except (AttributeError, TypeError):
                    continue
                settable.add(f"{kind.__module__}.{kind.__name__}.{name}")
    assert shared == {}
    assert settable == set()
    assert len(counted) >= 60
    assert {misure.Measure, misure.Decision, misure.Selection, misure.Finding, misure.Catalogue} <= counted.keys()


def spoil(value: object) -> None:
    """Change whatever can be changed in a value."""
    for part in list(inside(value)):
        if isinstance(part, dict):
            part.clear()
            part["spoilt"] = "spoilt"
        elif isinstance(part, list):
            part[:] = ["spoilt"]
        elif isinstance(part, set):
            part.clear()


@pytest.mark.parametrize("name", ["lombardia/filiere", "lombardia/bando-filiere-2022"])
def test_who_changes_what_he_was_given_changes_no_later_answer(name: str) -> None:
    measure = misure.catalogue()[name]
    first = next(
        decision for decision in decided_cases(measure) if decision.receipt["facts"] and not decision.measure.varied
    )
    told = first.receipt["facts"]
    decision = measure.decide(told, on=first.on)
    text, page = decision.to_json(), misure.explain(decision).text()
    for value in (decision, measure, misure.explain(decision)):
        for _, one in given(value):
            spoil(one)
    spoil(told)  # what the caller handed over is his
    assert decision.to_json() == text
    assert misure.explain(decision).text() == page
    assert measure.decide(first.receipt["facts"], on=first.on).to_json() == text
