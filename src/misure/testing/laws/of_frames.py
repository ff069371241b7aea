# SPDX-License-Identifier: Apache-2.0
"""The law that a frame of applicants is answered as each of them alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.truth import Truth
from misure.testing.drawn.framing import Library, frames_of, library_of, rows_of_frame
from misure.testing.laws.answers import answered
from misure.testing.laws.holding import Broken, TriedCase, asked, hold, nothing_tried, told_broken
from misure.testing.laws.of_decisions import any_facts
from misure.testing.told import Facts

__all__ = ["assert_same_in_frames"]


def assert_same_in_frames(
    measure: Measure,
    *,
    on: dt.date,
    facts: st.SearchStrategy[Facts] | None = None,
    examples: int = 100,
    library: Library = "polars",
) -> None:
    """Assert that `misure.batch.decide` answers for a frame of applicants as `measure.decide` does for each of them.

    All examples stand in one frame; outcome, failed and unknown conditions are compared, and the amounts of the support with
    their parts. The smallest row that differs is shown.

    Raises:
        AssertionError: Some row differs; the message holds the applicant, with what a single decision says.
        MissingExtra: Frames need `misure[batch]`.
        ValueError: `library` is none of `polars`, `pandas`, `pyarrow`.
        ImportError: The library is not installed.
    """
    asked(measure, on, facts, examples)
    library_of(library)
    gathered: list[tuple[Facts, Decision]] = []

    def gather(told: Facts) -> None:
        decision = answered(measure, told, on)
        if isinstance(decision, Decision):
            gathered.append((told, decision))

    told = facts if facts is not None else any_facts(measure, on)
    hold("assert_same_in_frames", measure, examples, told, gather)
    if not gathered:
        raise nothing_tried("assert_same_in_frames", measure)
    broken = sorted(_differing(measure, gathered, on, library), key=lambda found: len(str(found.cases[0].facts)))
    if broken:
        told_broken("assert_same_in_frames", measure, broken[0])


def _differing(
    measure: Measure, gathered: list[tuple[Facts, Decision]], on: dt.date, library: Library
) -> Iterator[Broken]:
    from misure.batch import decide, parts

    layout = compiled(measure).facts.layout
    ids = [str(number) for number in range(len(gathered))]
    frame, tables = frames_of(layout, [compiled(measure).facts.read(told, on) for told, _ in gathered], ids, library)
    rows = {row["id"]: row for row in rows_of_frame(decide(measure, frame, on=on, tables=tables, key="id"))}
    divided: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
    for line in measure.rulebook.support.lines if measure.rulebook.support else ():
        if line.apportioned and line.apportioned.table in tables:
            key = measure.rulebook.tables[line.apportioned.table].key
            answer = rows_of_frame(parts(measure, frame, line=line.id, on=on, tables=tables, key="id"))
            divided[line.id] = {(row["applicant"], row[key]): (row["cents_from"], row["cents_to"]) for row in answer}
    for number, (told, decision) in zip(ids, gathered, strict=True):
        wanted, came = _compared(decision, rows[number])
        for amount in decision.support:
            for part in amount.parts:
                found = divided.get(amount.id, {}).get((number, part.record))
                said_ends = _cents(part.amount)
                if said_ends is not None and found != said_ends:
                    wanted.setdefault("parts", {}).setdefault(amount.id, {})[part.record] = _shown(part.amount)
                    came.append(f"{amount.id} of {part.record} {found} cents")
        if came:
            expect: dict[str, Any] = wanted or {"outcome": str(decision.outcome)}
            yield Broken("a frame answers otherwise", (TriedCase(told, on, expect, ", ".join(came)),))


def _compared(decision: Decision, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What a single decision says otherwise than a row of the answer, and what the row says."""
    wanted: dict[str, Any] = {}
    came: list[str] = []
    if row["outcome"] != str(decision.outcome):
        wanted["outcome"] = str(decision.outcome)
        came.append(f"outcome {row['outcome']}")
    for at, finding in enumerate(decision.findings):
        word, bit = divmod(at, 62)
        suffix = f"_{word + 1}" if word else ""
        for name, truth in (("failed", Truth.NO), ("unknown", Truth.UNKNOWN)):
            said = bool((row[f"{name}{suffix}"] or 0) >> bit & 1)
            if said != (finding.truth is truth):
                wanted.setdefault("findings", {})[finding.id] = str(finding.truth)
                came.append(f"{finding.id} {'' if said else 'not '}{name}")
    for amount in decision.support:
        low = row[f"{amount.id}_cents"]
        found = None if low is None else (low, row.get(f"{amount.id}_cents_to", low))
        said_ends = _cents(amount.amount)
        if said_ends is not None and found != said_ends:
            wanted.setdefault("support", {})[amount.id] = _shown(amount.amount)
            came.append(f"{amount.id} {found} cents")
    return wanted, came


def _cents(amount: Any) -> tuple[int, int] | None:
    """Both ends in cents; None where a single decision shows nothing."""
    if amount is None:
        return None
    low, high = (amount.least, amount.greatest) if hasattr(amount, "least") else (amount, amount)
    if low is None or high is None:
        return None  # a frame gives the bound of the vocabulary there
    return int(low * 100), int(high * 100)


def _shown(amount: Any) -> Any:
    return {"from": str(amount.least), "to": str(amount.greatest)} if hasattr(amount, "least") else str(amount)
