# SPDX-License-Identifier: Apache-2.0
"""The keys that tie the frames together, checked before anything is joined.

A join says nothing of what goes wrong: records without an applicant vanish, applicants that stand twice multiply, and a
record that stands twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import narwhals as nw

from misure.batch.native import Native, look
from misure.batch.sheet import Frame
from misure.facts.values import shown
from misure.ground.place import Fault, Place

__all__ = ["key_faults"]

_MOST_SHOWN = 3


def key_faults(
    applicants: Native, key: str, tables: Mapping[str, Native], parent: str, record_keys: Mapping[str, str], places: Mapping[str, Place]
) -> Iterator[Fault]:  # fmt: skip
    """What is wrong with the keys: of the applicants, and of each table by its name."""
    yield from _unique(applicants, [key], places[""], key)
    for table, records in tables.items():
        place = places[table]
        known = applicants.frame.select(nw.col(key).alias(parent))
        # A null joins nothing, so a record without a key is found here too.
        orphans = _first(records.frame.select(parent).join(known, on=parent, how="anti"))  # type: ignore[arg-type]
        if orphans:
            examples = ", ".join(shown(row[parent]) for row in orphans)
            yield Fault(place, f"{table}.{parent}", f"no applicant has the key of these records: {examples}")
        if record_keys.get(table):
            yield from _unique(records, [parent, record_keys[table]], place, f"{table}.{record_keys[table]}")


def _unique(native: Native, keys: list[str], place: Place, subject: str) -> Iterator[Fault]:
    """A fault where a key is missing, or stands twice."""
    last = keys[-1]
    found = look(native.frame, rows=nw.len(), null=nw.col(last).is_null().any())
    if found["null"]:
        yield Fault(place, subject, "a row has no key")
    distinct = native.frame.select(*keys).unique()
    if look(distinct, rows=nw.len())["rows"] != found["rows"]:
        counted = native.frame.select(*keys).group_by(*keys).agg(nw.len().alias("times"))
        twice = _first(counted.filter(nw.col("times") > 1))
        examples = ", ".join(shown(row[last]) for row in twice)
        yield Fault(place, subject, f"these keys stand more than once: {examples}")


def _first(frame: Frame) -> list[dict[str, Any]]:
    """A few distinct rows, for an example."""
    found = frame.head(_MOST_SHOWN)
    if isinstance(found, nw.LazyFrame):
        found = found.collect()
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows()]
