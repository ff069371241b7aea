# SPDX-License-Identifier: Apache-2.0
"""A law held against drawn examples, and the smallest example that breaks it told as worked cases.

>>> import datetime as dt
>>> case = TriedCase({"size": "small", "aids": [{"cor": "1", "paid": True}]}, dt.date(2025, 7, 1), {"outcome": "eligible"}, "refused")
>>> print(written("one more aid changes nothing", [case]))
  - name: "one more aid changes nothing"
    on: 2025-07-01
    facts:
      size: small
      aids:
        - {cor: "1", paid: yes}
    expect: {outcome: eligible}  # came: refused
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy

from misure.testing.handed import a_count, a_question

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["Broken", "Mistaken", "TriedCase", "asked", "hold", "nothing_tried", "told_broken", "written"]

T = TypeVar("T")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|\d{4}-\d{2}-\d{2}")
_WORDS = {"true", "false", "null", "on", "off", "y", "n"}
"""Texts that an editor shows as something else. `yes` and `no` are plain in cases, as every scalar is read as text."""


@dataclass(frozen=True, slots=True)
class TriedCase:
    """One applicant on one day, what was expected by the keys of `cases.yaml`, and what came in its place."""

    facts: Mapping[str, Any]
    on: dt.date
    expect: Mapping[str, Any]
    came: str


@dataclass(frozen=True, slots=True)
class Broken:
    """How a law is broken: in a sentence, and by cases; the last of them is the one that breaks it."""

    why: str
    cases: tuple[TriedCase, ...]


def asked(measure: Measure, on: dt.date, facts: object, examples: int) -> None:
    """Look at what every law is asked with.

    Raises:
        TypeError: `measure` is no measure, `on` no day, `facts` no strategy, or `examples` no whole number.
        ValueError: `examples` is less than one.
        NotEncoded: No law is encoded for the day.
    """
    a_question(measure, on)
    a_count("examples", examples)
    if facts is not None and not isinstance(facts, SearchStrategy):
        hint = "; for one applicant write hypothesis.strategies.just(...)" if isinstance(facts, Mapping) else ""
        raise TypeError(
            f"facts= is a strategy of Hypothesis, such as testing.facts(measure, on=on); got {facts!r:.60}{hint}"
        )


class Mistaken(Exception):
    """What the caller of a law got wrong, seen while an example was looked at: `hold` raises it as it is."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        super().__init__(str(error))


class _Found(Exception):
    def __init__(self, broken: Broken) -> None:
        self.broken = broken
        super().__init__(broken.why)


def hold(
    law: str, measure: Measure, examples: int, strategy: SearchStrategy[T], look: Callable[[T], Broken | None]
) -> None:
    """Draw so many examples; `look` says how one breaks the law, and None of one that keeps it.

    An example that raises `hypothesis.errors.UnsatisfiedAssumption` (by `assume`) does not count.

    Raises:
        AssertionError: The law is broken; the message holds the smallest example found.
        ValueError: No example counted, so that nothing was tried.
        Exception: What `look` raised as `Mistaken`.
    """

    # What is drawn follows the caller's profile; nothing is kept from one law to the next, and no time is taken.
    @settings(
        max_examples=examples, deadline=None, database=None, report_multiple_bugs=False, print_blob=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def check(example: T) -> None:
        broken = look(example)
        if broken is not None:
            raise _Found(broken)

    try:
        check()
    except _Found as found:
        broken = found.broken
    except Mistaken as mistaken:
        raise mistaken.error from None
    except Unsatisfiable as problem:
        raise nothing_tried(law, measure) from problem
    else:
        return
    told_broken(law, measure, broken)


def nothing_tried(law: str, measure: Measure) -> ValueError:
    """The error of a law of which no example counted: it holds of nobody, which is no news."""
    return ValueError(
        f"{law} tried nothing of {measure.id}: nothing that was drawn counted, for the measure decides none of it, or the oracle "
        "says nothing"
    )


def told_broken(law: str, measure: Measure, broken: Broken) -> NoReturn:
    """Raise the error of a broken law."""
    raise AssertionError(
        f"{law} does not hold of {measure.id}: {broken.why}.\n"
        f"The smallest case found, as it may stand in cases.yaml:\n\n{written(f'{law}: {broken.why}', broken.cases)}"
    )


# As worked cases


def written(name: str, cases: Sequence[TriedCase]) -> str:
    """Cases as entries of `cases.yaml`; several of them are numbered."""
    found = []
    for at, case in enumerate(cases, 1):
        own = name if len(cases) == 1 else f"{name} ({at})"
        lines = [f"  - name: {json.dumps(own, ensure_ascii=False)}", f"    on: {case.on.isoformat()}"]
        lines += _facts(case.facts)
        lines.append(f"    expect: {_flow(case.expect)}" + (f"  # came: {case.came}" if case.came else ""))
        found.append("\n".join(lines))
    return "\n".join(found)


def _facts(facts: Mapping[str, Any]) -> list[str]:
    if not facts:
        return ["    facts: {}"]
    lines = ["    facts:"]
    for name, value in facts.items():
        if isinstance(value, list) and value:
            lines += [f"      {name}:", *(f"        - {_flow(row)}" for row in value)]
        else:
            lines.append(f"      {name}: {_flow(value)}")
    return lines


def _flow(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case None:
            return "null"
        case _:
            text = str(value)
            plain = not isinstance(value, str) or (_PLAIN.fullmatch(text) and text not in _WORDS)
            return text if plain else json.dumps(text, ensure_ascii=False)
