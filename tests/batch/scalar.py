# SPDX-License-Identifier: Apache-2.0
"""One decision at a time, written as the rows of an answer."""

from __future__ import annotations

import misure
from misure import batch
from misure.batch.rows import BITS, amounts
from misure.deciding.machinery import compiled
from misure.deciding.values import Range
from misure.ground.truth import Truth
from tests.batch.frames import frames_of

_OWN_OUTCOMES = {misure.BadFacts: "bad_facts", misure.NotEncoded: "not_encoded", misure.Conflict: "conflict"}


def cents(amount):
    ends = (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)
    return None if None in ends else tuple(int(end * 100) for end in ends)


def expected(measure, dossier):
    """What one decision says, as the columns of an answer."""
    try:
        decision = compiled(measure).decide(dossier)
    except misure.MisureError as error:
        return {"outcome": _OWN_OUTCOMES[type(error)]}
    found = {"outcome": str(decision.outcome)}
    for name, truth in (("failed", Truth.NO), ("unknown", Truth.UNKNOWN)):
        found[name] = sum(1 << bit for bit, finding in enumerate(decision.findings) if finding.truth is truth)
    told = {amount.id: amount.amount for amount in (*decision.support, *decision.recovery)}
    for name, _ in amounts(measure):
        # A bound of the vocabulary is not shown; what batch gives for it is tested against the program.
        if (ends := told.get(name, 0)) is not None and cents(ends) is not None:
            found[name] = cents(ends)
    return found


def bits(row, name):
    """The conditions that failed, or are not known, as one number; None where a row is not decided."""
    words = [row[name], *(row[column] for column in sorted(row) if column.startswith(f"{name}_"))]
    return None if None in words else sum(word << BITS * at for at, word in enumerate(words))


def answered(measure, row):
    """A row of the answer, with the ends of each amount and the words of conditions together."""
    said = {"outcome": row["outcome"], "failed": bits(row, "failed"), "unknown": bits(row, "unknown")}
    found = {name: value for name, value in said.items() if value is not None}
    for name, _ in amounts(measure):
        low = row[f"{name}_cents"]
        if low is not None:
            found[name] = (low, row.get(f"{name}_cents_to", low))
    return found


def assert_same(engine, measure, dossiers, on, *, in_cents=True, wants=None, **options):
    """Decides the dossiers in one frame, and holds every row against the decision of its dossier; gives the outcomes.

    `wants` is what the decisions say, where that was asked before.
    """
    applicants, tables = frames_of(dossiers, cents=in_cents)
    answer = batch.decide(
        measure, engine.frame(applicants), on=on,
        tables={name: engine.frame(table) for name, table in tables.items()}, **options,
    )  # fmt: skip
    rows = engine.by_key(answer)
    wants = wants or [expected(measure, dossier) for dossier in dossiers]
    for number, (dossier, want) in enumerate(zip(dossiers, wants, strict=True)):
        got = answered(measure, rows[number])
        assert {name: got.get(name) for name in want} == want, (number, dossier.said())
    return [rows[number]["outcome"] for number in range(len(dossiers))]


def read(measure, people, on):
    """The dossiers of what is said of some people."""
    return [compiled(measure).facts.read(facts, on) for facts in people]
