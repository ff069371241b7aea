# SPDX-License-Identifier: Apache-2.0
"""Lists of applications as a Hypothesis strategy: what an office received, ties, windows and late ones among it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from misure.deciding.measure import Measure
from misure.facts.vocabulary import Kind
from misure.ground.errors import BadFacts
from misure.rulebook.expression import names
from misure.selecting.applications import Application
from misure.testing.drawn.choosing import Chooser
from misure.testing.drawn.fact_strategies import Drawn
from misure.testing.drawn.making import any_applicant, decides, varied
from misure.testing.drawn.moving import Move, values_of
from misure.testing.drawn.naming import renamed
from misure.testing.drawn.repertoire import Repertoire, best, repertoire_of
from misure.testing.handed import a_count, a_question
from misure.testing.told import Facts, specs_of

__all__ = ["applications"]

_HOURS = ("09:00:00", "09:00:00", "11:30:00", "16:59:59")
"""Few instants, so that some are equal."""


def applications(measure: Measure, *, on: dt.date, most: int = 8) -> st.SearchStrategy[list[Application]]:
    """Lists of up to `most` applications that `measure.select(..., on=on)` takes.

    Most of them can be admitted; they differ in what they are put in order by, some stand equal, some tell the instant of
    filing, the window or their admission as the office does. Each has codes of its own, but for one that now and then files
    twice. Examples shrink to no application, then to few of the smallest applicant.

    Raises:
        BadRules: The measure has no selection.
        NotEncoded: No law is encoded for the day.
    """
    a_question(measure, on)
    a_count("most", most, 0)
    measure.select([], on=on)
    return _applications(measure, on, most)


@st.composite
def _applications(draw: st.DrawFn, measure: Measure, on: dt.date, most: int) -> list[Application]:
    chooser, repertoire = Drawn(draw), repertoire_of(measure, on)
    found: list[Application] = []
    for number in range(chooser.whole(0, most)):
        told = _told(chooser, repertoire)
        twice = bool(found) and chooser.one([False] * 9 + [True])
        own = renamed(measure, told, number - 1 if twice else number)
        told = own if decides(repertoire)(own) else told
        one = Application(f"D-{number + 1}", told, **_office(chooser, repertoire, told))
        if _taken(measure, [*found, one], on):
            found.append(one)
        elif _taken(measure, [*found, Application(one.id, told)], on):
            found.append(Application(one.id, told))
    return found


def _told(chooser: Chooser, repertoire: Repertoire) -> Facts:
    """Mostly somebody who can be admitted, with another value in what the order looks at."""
    measure, on = repertoire.measure, repertoire.on
    if chooser.one([False, False, True]):
        return any_applicant(chooser, repertoire)
    base = repertoire.base
    reached = best(measure.decide(base, on=on))[0]
    holds = decides(repertoire, lambda decision: best(decision)[0] >= reached)
    facts = varied(chooser, repertoire, base, holds, chooser.one([0, 1, 2]))
    specs = specs_of(measure)
    for name in _ordering(measure):
        if name in specs:
            values = list(values_of(measure, "", specs[name], on, ()))
            after = Move(name, chooser.one([facts.get(name), *values])).made(measure, facts, on)
            facts = after if holds(after) else facts
    return facts


def _ordering(measure: Measure) -> list[str]:
    """The facts by which applications are put in order, and those of the score."""
    book = measure.rulebook
    keys = book.selection.keys if book.selection else ()
    found = [
        name.name for key in keys if key.by is not None for name in names(key.by) if name.role in ("fact", "event")
    ]
    return list(dict.fromkeys([*found, *([book.score.total] if book.score and book.score.total else [])]))


def _office(chooser: Chooser, repertoire: Repertoire, told: Facts) -> dict[str, Any]:
    """What the office says beside the facts: nothing, or the instant, the window, the admission."""
    selection = repertoire.measure.rulebook.selection
    said: dict[str, Any] = {}
    day = next(
        (told[name] for name, fact in specs_of(repertoire.measure).items() if _files(name, fact.kind) and name in told),
        None,
    )
    if isinstance(day, str) and day != "not_yet" and chooser.one([False, True, True]):
        said["filed_at"] = f"{day}T{chooser.one(_HOURS)}"
    if selection is not None and selection.windows and chooser.one([False, True]):
        said["window"] = chooser.one([window.id for window in selection.windows])
    if chooser.one([False, False, True]):
        said["admitted"] = True
    return said


def _files(name: str, kind: Kind) -> bool:
    return name == "filed_on" and kind is Kind.EVENT


def _taken(measure: Measure, received: list[Application], on: dt.date) -> bool:
    try:
        measure.select(received, on=on)
    except BadFacts:
        return False
    return True
