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
from misure.ground.plain_ids import NO_ID, TWO_HAVE_IT, is_an_id, plain_id

__all__ = ["id_faults", "key_faults"]

MOST_TOLD = 50
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
            if not test.table:
                yield from id_faults(frame, test.columns[-1], place)
        elif strangers := _named(orphans(test, frame, applicants.frame).unique(), parent):
            yield Fault(place, f"{test.table}.{parent}", f"no applicant has the key of these records: {strangers}")


def _unique(test: Once, frame: Frame, place: Place) -> Iterator[Fault]:
    """A fault where a key is missing, or stands twice."""
    last = test.columns[-1]
    subject = f"{test.table}.{last}" if test.table else last
    key = nw.col(last)
    # No number is no key, whichever library's it is: pandas reads it as nothing told, polars does not. Nor is one without end.
    missing = key.is_null() | ~key.is_finite() if frame.collect_schema()[last].is_float() else key.is_null()
    found = look(frame, rows=nw.len(), null=missing.sum())
    if found["null"]:
        yield Fault(place, subject, "a row has no key" if found["null"] == 1 else f"{found['null']} rows have no key")
    distinct = frame.select(*test.columns).unique()
    again = look(distinct, rows=nw.len())["rows"] != found["rows"]
    if again and (twice := _named(repeated_keys(test, frame).select(last).unique(), last)):
        yield Fault(place, subject, f"these keys stand more than once: {twice}")


def id_faults(frame: Frame, column: str, place: Place) -> Iterator[Fault]:
    """A fault for each text that is no id of an application, and for each id that two have in two writings."""
    if not isinstance(frame.collect_schema()[column], nw.String | nw.Categorical | nw.Enum):
        return
    ids = nw.col(column).cast(nw.String)
    # Almost all are plain, which an engine tells of millions; the others are read one by one.
    odd = _texts(frame.filter(~ids.str.contains(_PLAIN) | (ids.str.len_chars() > _SHORT)), ids)
    no_ids = [text for text in odd if not is_an_id(plain_id(text))]
    yield from (Fault(place, shown(text), NO_ID) for text in no_ids[:MOST_TOLD])
    writings: dict[str, set[str]] = {}
    for text in odd:
        writings.setdefault(plain_id(text), set()).add(text)
    written = [id_ for id_, texts in writings.items() if texts != {id_}]
    plainly = set(_texts(frame.filter(ids.is_in(written)), ids)) if written else set[str]()
    twice = sorted(id_ for id_ in written if len(writings[id_] | (plainly & {id_})) > 1)
    yield from (Fault(place, id_, TWO_HAVE_IT) for id_ in twice[:MOST_TOLD])


_SHORT = 100
_PLAIN = "^[!-~]([ -~]*[!-~])?$"
"""A text of letters, digits and signs that everybody has, without blanks at its ends."""


def _texts(frame: Frame, texts: nw.Expr) -> list[str]:
    """The texts of some rows, each once."""
    found = frame.select(texts.alias("text")).unique()
    there = found.collect() if isinstance(found, nw.LazyFrame) else found
    return sorted(text for text in there["text"].to_list() if text is not None)


def _named(frame: Frame, key: str) -> str:
    """The first few keys of a frame, in their order whatever the engine's, and how many more there are; "" of none."""
    count: int = look(frame, rows=nw.len())["rows"]
    first = frame.sort(key).head(_MOST_SHOWN)
    if isinstance(first, nw.LazyFrame):
        first = first.collect()
    more = f" and {count - _MOST_SHOWN} more" if count > _MOST_SHOWN else ""
    return ", ".join(shown(one) for one in first[key].to_list()) + more
