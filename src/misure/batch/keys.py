# SPDX-License-Identifier: Apache-2.0
"""The keys that tie the frames together, checked before anything is joined.

A join says nothing of what goes wrong: records without an applicant vanish, applicants that stand twice multiply, and a
record that stands twice counts twice. What must hold is planned in `engines.columns.across`; here it is told in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals as nw

from misure.batch.native import Native, look
from misure.engines.columns.across import Once, key_tests
from misure.engines.narwhals.across import orphans, repeated_keys
from misure.engines.narwhals.frame import Frame
from misure.facts.values import shown
from misure.ground.place import Fault, Place

__all__ = ["key_faults"]

_MOST_SHOWN = 3


def key_faults(
    applicants: Native, key: str, tables: Mapping[str, Native], parent: str, record_keys: Mapping[str, str], places: Mapping[str, Place]
) -> Iterator[Fault]:  # fmt: skip
    """What is wrong with the keys: of the applicants, and of each table by its name; `record_keys` are those of its records."""
    given = {"": applicants, **tables}
    for test in key_tests(key, parent, {table: record_keys.get(table, "") for table in tables}):
        place, frame = places[test.table], given[test.table].frame
        if isinstance(test, Once):
            yield from _unique(test, frame, place)
        elif strangers := _named(orphans(test, frame, applicants.frame).unique(), parent):
            yield Fault(place, f"{test.table}.{parent}", f"no applicant has the key of these records: {strangers}")


def _unique(test: Once, frame: Frame, place: Place) -> Iterator[Fault]:
    """A fault where a key is missing, or stands twice."""
    last = test.columns[-1]
    subject = f"{test.table}.{last}" if test.table else last
    key = nw.col(last)
    # No number is no key, whichever library's it is: pandas reads it as nothing told, polars does not.
    missing = key.is_null() | key.is_nan() if frame.collect_schema()[last].is_float() else key.is_null()
    found = look(frame, rows=nw.len(), null=missing.sum())
    if found["null"]:
        yield Fault(place, subject, "a row has no key" if found["null"] == 1 else f"{found['null']} rows have no key")
    distinct = frame.select(*test.columns).unique()
    again = look(distinct, rows=nw.len())["rows"] != found["rows"]
    if again and (twice := _named(repeated_keys(test, frame).select(last).unique(), last)):
        yield Fault(place, subject, f"these keys stand more than once: {twice}")


def _named(frame: Frame, key: str) -> str:
    """The first few keys of a frame, in their order whatever the engine's, and how many more there are; "" of none."""
    count: int = look(frame, rows=nw.len())["rows"]
    first = frame.sort(key).head(_MOST_SHOWN)
    if isinstance(first, nw.LazyFrame):
        first = first.collect()
    more = f" and {count - _MOST_SHOWN} more" if count > _MOST_SHOWN else ""
    return ", ".join(shown(one) for one in first[key].to_list()) + more
