# SPDX-License-Identifier: Apache-2.0
"""Proposals to the call for supply chains, small enough to see through."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa

import misure
from misure import batch

FILIERE = misure.catalogue()["lombardia/filiere"]
ON = dt.date(2022, 6, 1)
NAMES = batch.condition_names(FILIERE)


def applicants(rows, **columns):
    """So many proposals filed in time of which nothing else is told, but for the given columns."""
    return pa.table(
        {"id": pa.array(range(rows), pa.int64()), "filed_on": pa.array([dt.date(2022, 5, 2)] * rows), **columns}
    )


def partners(rows):
    """Partners from (proposal, id, fields); by default firms of Lombardy."""
    defaults = {"kind": "impresa", "seat_in_lombardy": True}
    types = {"kind": pa.string(), "seat_in_lombardy": pa.bool_(), "signed": pa.bool_()}
    types |= {name: pa.string() for name in ("name", "codice_fiscale") if any(name in fields for _, _, fields in rows)}
    found = [(proposal, partner, {**defaults, **fields}) for proposal, partner, fields in rows]
    return pa.table({
        "applicant": pa.array([proposal for proposal, _, _ in found], pa.int64()),
        "id": pa.array([partner for _, partner, _ in found], pa.string()),
        **{
            name: pa.array([fields.get(name) for _, _, fields in found], dtype) for name, dtype in types.items()
        },
    })  # fmt: skip


def firms(proposal, many, start=0, **fields):
    return [(proposal, f"p{number}", fields) for number in range(start, start + many)]


def truth(row, condition):
    """yes, no or unknown, by the masks."""
    bit = NAMES.index(condition)
    if row["failed"] >> bit & 1:
        return "no"
    return "unknown" if row["unknown"] >> bit & 1 else "yes"


def decided(engine, applicants, partners=None, *, on=ON, **options):
    """The rows of the answer, by proposal."""
    tables = None if partners is None else {"partners": engine.frame(partners)}
    return engine.by_key(batch.decide(FILIERE, engine.frame(applicants), on=on, tables=tables, **options))
