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
    told = {amount.id: amount.amount for amount in decision.support}
    for name, _ in amounts(measure):
        # A bound of the vocabulary is not shown; what batch gives for it is tested against the program.
        if (ends := told.get(name, 0)) is not None and cents(ends) is not None:
            found[name] = cents(ends)
    return found


def answered(measure, row):
    """A row of the answer, with the ends of each amount together."""
    found = {"outcome": row["outcome"]}
    for name in ("failed", "unknown"):
        if row[name] is not None:  # a measure of more conditions than a word has bits tells them in several
            found[name] = row[name] | (row.get(f"{name}_2") or 0) << BITS
    for name, _ in amounts(measure):
        low = row[f"{name}_cents"]
        if low is not None:
            found[name] = (low, row.get(f"{name}_cents_to", low))
    return found


def assert_same(engine, measure, dossiers, on, *, in_cents=True, **options):
    """Decides the dossiers in one frame, and holds every row against the decision of its dossier; gives the outcomes."""
    applicants, tables = frames_of(dossiers, cents=in_cents)
    answer = batch.decide(
        measure, engine.frame(applicants), on=on,
        tables={name: engine.frame(table) for name, table in tables.items()}, **options,
    )  # fmt: skip
    rows = engine.by_key(answer)
    for number, dossier in enumerate(dossiers):
        want, got = expected(measure, dossier), answered(measure, rows[number])
        assert {name: got.get(name) for name in want} == want, (number, dossier.said())
    return [rows[number]["outcome"] for number in range(len(dossiers))]


def read(measure, people, on):
    """The dossiers of what is said of some people."""
    return [compiled(measure).facts.read(facts, on) for facts in people]
