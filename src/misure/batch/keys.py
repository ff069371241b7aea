# SPDX-License-Identifier: Apache-2.0
"""The keys that tie the frames together, checked before anything is joined.

A join says nothing of what goes wrong: records without an applicant vanish, applicants that stand twice multiply, and a
record that stands twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
        if orphans := _named(records.frame.select(parent).join(known, on=parent, how="anti").unique(), parent):  # type: ignore[arg-type]
            yield Fault(place, f"{table}.{parent}", f"no applicant has the key of these records: {orphans}")
        if record_keys.get(table):
            yield from _unique(records, [parent, record_keys[table]], place, f"{table}.{record_keys[table]}")


def _unique(native: Native, keys: list[str], place: Place, subject: str) -> Iterator[Fault]:
    """A fault where a key is missing, or stands twice."""
    last = keys[-1]
    found = look(native.frame, rows=nw.len(), null=nw.col(last).is_null().sum())
    if found["null"]:
        yield Fault(place, subject, "a row has no key" if found["null"] == 1 else f"{found['null']} rows have no key")
    distinct = native.frame.select(*keys).unique()
    if look(distinct, rows=nw.len())["rows"] != found["rows"]:
        counted = native.frame.select(*keys).group_by(*keys).agg(nw.len().alias("times"))
        told = counted.filter(~nw.any_horizontal(*(nw.col(each).is_null() for each in keys), ignore_nulls=False))
        twice = told.filter(nw.col("times") > 1).select(last).unique()
        if named := _named(twice, last):
            yield Fault(place, subject, f"these keys stand more than once: {named}")


def _named(frame: Frame, key: str) -> str:
    """The first few keys of a frame, in their order whatever the engine's, and how many more there are; "" of none."""
    count: int = look(frame, rows=nw.len())["rows"]
    first = frame.sort(key).head(_MOST_SHOWN)
    if isinstance(first, nw.LazyFrame):
        first = first.collect()
    more = f" and {count - _MOST_SHOWN} more" if count > _MOST_SHOWN else ""
    return ", ".join(shown(one) for one in first[key].to_list()) + more
