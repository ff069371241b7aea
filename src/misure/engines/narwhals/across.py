# SPDX-License-Identifier: Apache-2.0
"""The plan of what goes across rows (`engines.columns.across`) over Narwhals frames: this file prints it, and says nothing of its own.

`keys` are the columns of the applicants' keys, in the frame of the applicants ("") and in that of each table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from misure.engines.columns.across import (
    Belonging,
    Miscalled,
    Once,
    Opposed,
    Renamed,
    Repeated,
    Same,
    Selfsame,
    Shared,
    Stray,
    Whole,
)
from misure.engines.columns.entry import Storage
from misure.engines.narwhals.codes import with_plain_codes
from misure.engines.narwhals.frame import Frame

__all__ = [
    "miscalled", "opposed", "orphans", "repeated", "repeated_keys", "typed", "with_miscalled", "with_opposed", "with_renamed", "with_repeated", "with_selfsame",
    "with_shared", "with_strays",
]  # fmt: skip

_KEY, _WHO, _THERE, _TIMES = "m:key", "m:who", "m:there", "m:times"
_CALLED, _TOLD, _OF = "i:called", "i:told", "i:of"


def typed(frame: Frame) -> Frame:
    """A frame without its columns of no type, which hold nothing but nulls: some engine cannot carry one through a join."""
    return frame.select([name for name, kind in frame.collect_schema().items() if not isinstance(kind, nw.Unknown)])


def _text(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String)


# Tests of keys


def repeated_keys(test: Once, frame: Frame) -> Frame:
    """The keys that stand in more than one row, each once; one without a value is told of by itself."""
    counted = frame.select(*test.columns).group_by(*test.columns).agg(nw.len().alias(_TIMES))
    whole = counted.filter(~nw.any_horizontal(*(nw.col(each).is_null() for each in test.columns), ignore_nulls=False))
    return whole.filter(nw.col(_TIMES) > 1)


def orphans(test: Belonging, frame: Frame, applicants: Frame) -> Frame:
    """The rows that belong to no applicant; a null joins nothing, so a row without a key is among them."""
    known = applicants.select(nw.col(test.key).alias(test.column))
    found: Frame = frame.select(test.column).join(known, on=test.column, how="anti")  # type: ignore[arg-type]
    return found


# Steps


def with_shared(step: Shared, frames: Mapping[str, Frame], keys: Mapping[str, str]) -> Frame:
    """The frame of the step's table with a column for each field that is one thing in both, and its marks."""
    key = keys[step.table]
    told = frames[step.other].select(
        nw.col(keys[step.other]).alias(key),
        _text(step.other_name).alias(_CALLED),
        *(_value(one.said, one).alias(f"{_TOLD}:{one.field}") for one in step.fields),
    )
    told = told.filter(~nw.col(_CALLED).is_null()).unique([key, _CALLED], keep="any")
    named = typed(frames[step.table]).with_columns(_text(step.name).alias(_CALLED))
    joined = named.join(told, on=[key, _CALLED], how="left")  # type: ignore[arg-type]
    made = {}
    for one in step.fields:
        own, said = _value(one.own, one), nw.col(f"{_TOLD}:{one.field}")
        made[one.field] = nw.coalesce(own, said)
        if one.mark:
            made[one.mark] = (own != said).fill_null(False)
    known: Frame = joined.with_columns(**made).drop(_CALLED, *(f"{_TOLD}:{one.field}" for one in step.fields))
    return known


def _value(column: str | None, like: Same) -> nw.Expr:
    kind = nw.Boolean if like.storage is Storage.TRUTH else nw.String
    return nw.lit(None, kind) if column is None else nw.col(column).cast(kind)


def repeated(step: Repeated, frame: Frame, key: str) -> Frame:
    """The identities that stand in more than one row of an applicant: nothing is to be marked where there are none."""
    told = frame.select(nw.col(key).alias(_KEY), _text(step.column).alias(_WHO)).filter(~nw.col(_WHO).is_null())
    counted = told.group_by(_KEY, _WHO).agg(nw.len().alias(_TIMES))
    return counted.filter(nw.col(_TIMES) > 1).select(_KEY, _WHO, nw.lit(True).alias(_THERE))


def with_repeated(step: Repeated, frame: Frame, key: str, those: Frame) -> Frame:
    """A frame with the step's mark; `those` are the identities that are `repeated`."""
    return _marked(frame, {_WHO: step.column}, key, those, step.mark)


def miscalled(step: Miscalled, frame: Frame, key: str) -> Frame:
    """The names of rows that are the code of another row of their applicant: nothing is to be marked where there are none."""
    names = frame.select(nw.col(key).alias(_KEY), _text(step.column).alias(_CALLED), _text(step.column).alias(_WHO))
    names = names.filter(nw.col(_CALLED).str.len_chars() >= step.shortest)
    coded = with_plain_codes(names, {_WHO: nw.col(_WHO)}).filter(nw.col(_WHO).str.contains(f"^({step.form})$"))
    others: list[Any] = [coded.select(_KEY, _WHO, nw.col(_CALLED).alias(_OF))]
    if step.identity is not None:
        told = (nw.col(key).alias(_KEY), _text(step.identity).alias(_WHO), _text(step.column).alias(_OF))
        others.append(frame.select(*told).filter(~nw.col(_WHO).is_null()))
    pairs = coded.join(nw.concat(others), on=[_KEY, _WHO], how="inner")
    those: Frame = pairs.filter(nw.col(_CALLED) != nw.col(_OF)).select(_KEY, nw.col(_CALLED).alias(_WHO)).unique()
    return those.with_columns(nw.lit(True).alias(_THERE))


def with_miscalled(step: Miscalled, frame: Frame, key: str, those: Frame) -> Frame:
    """A frame with the step's mark; `those` are the names that are `miscalled`."""
    return _marked(frame, {_WHO: step.column}, key, those, step.mark)


def _marked(frame: Frame, texts: Mapping[str, str], key: str, those: Frame, mark: str) -> Frame:
    """The frame with a truth beside each row: whether its key and what its columns tell, by their names in `those`, are among those."""
    named = frame.with_columns(**{name: _text(column) for name, column in texts.items()})
    joined = named.join(those.rename({_KEY: key}), on=[key, *texts], how="left")  # type: ignore[arg-type]
    marked: Frame = joined.with_columns(nw.col(_THERE).fill_null(False).alias(mark)).drop(*texts, _THERE)
    return marked


def with_renamed(step: Renamed, frame: Frame, frames: Mapping[str, Frame], keys: Mapping[str, str]) -> Frame:
    """A frame with the step's mark; `frames` are those of the tables that it asks."""
    key = keys[step.table]
    theirs = frames[step.other].select(
        nw.col(keys[step.other]).alias(key), _text(step.other_column).alias(_WHO), _text(step.other_name).alias(_CALLED)
    )
    told = theirs.filter(~nw.col(_WHO).is_null() & ~nw.col(_CALLED).is_null()).unique([key, _WHO], keep="any")
    joined = frame.with_columns(_text(step.column).alias(_WHO)).join(told, on=[key, _WHO], how="left")  # type: ignore[arg-type]
    mark = (nw.col(_CALLED) != _text(step.name)).fill_null(False)
    marked: Frame = joined.with_columns(mark.alias(step.mark)).drop(_WHO, _CALLED)
    return marked


def opposed(step: Opposed, frame: Frame, key: str) -> Frame:
    """What the others tell where a field is told in more than one way: nothing is to be marked where there is none such."""
    names = _of(step)
    kind = nw.Boolean if step.storage is Storage.TRUTH else nw.String
    said = nw.col(step.column).cast(kind).alias(_WHO)
    told = frame.select(nw.col(key).alias(_KEY), *(_text(one).alias(name) for name, one in names.items()), said)
    told = told.filter(~nw.any_horizontal(*(nw.col(each).is_null() for each in (*names, _WHO)), ignore_nulls=False))
    counted = told.unique().group_by(_KEY, *names).agg(nw.len().alias(_TIMES))
    return counted.filter(nw.col(_TIMES) > 1).select(_KEY, *names, nw.lit(True).alias(_THERE))


def with_opposed(step: Opposed, frame: Frame, key: str, those: Frame) -> Frame:
    """A frame with the step's mark; `those` are the ones that are `opposed`."""
    among = _marked(frame, _of(step), key, those, step.mark)
    marked: Frame = among.with_columns((nw.col(step.mark) & ~nw.col(step.column).is_null()).alias(step.mark))
    return marked


def _of(step: Opposed) -> dict[str, str]:
    return {f"{_OF}:{place}": column for place, column in enumerate(step.of)}


def with_selfsame(step: Selfsame, frame: Frame) -> Frame:
    """The frame with the step's mark."""
    marked: Frame = frame.with_columns((_text(step.column) == _text(step.other)).fill_null(False).alias(step.mark))
    return marked


def with_strays(step: Stray, frame: Frame, frames: Mapping[str, Frame], keys: Mapping[str, str]) -> Frame:
    """A frame with the step's mark; `frames` are those of the applicants and of the tables that it asks."""
    records, key, other, found = frames[step.other], keys[step.table], keys[step.other], f"found:{step.field}"
    if step.other_name is not None:
        names = records.select(nw.col(other).alias(_KEY), _text(step.other_name).alias(_WHO)).unique()
        marked = _marked(frame, {_WHO: step.column}, key, names.with_columns(nw.lit(True).alias(_THERE)), found)
    else:
        marked = frame.with_columns(nw.lit(False).alias(found))
    whole = _whole(step.whole, frames[""].select(nw.col(keys[""]).alias(_KEY), *_said(step.whole)), records, other)
    joined = marked.join(whole.rename({_KEY: key}), on=key, how="left")  # type: ignore[arg-type]
    stray = ~_text(step.column).is_null() & ~nw.col(found) & nw.col(_THERE).fill_null(False)
    known: Frame = joined.with_columns(stray.alias(step.mark)).drop(found, _THERE)
    return known


def _said(whole: Whole) -> list[nw.Expr]:
    return [] if whole.known is None else [nw.col(whole.known).alias(_TIMES)]


def _whole(whole: Whole, applicants: Frame, records: Frame, key: str) -> Frame:
    """Of each applicant, whether all the records of a table are told."""
    having = records.select(nw.col(key).alias(_KEY)).unique().with_columns(nw.lit(True).alias(_THERE))
    joined = applicants.join(having, on=_KEY, how="left")  # type: ignore[arg-type]
    silent = nw.col(_THERE).fill_null(False) if whole.silent else nw.lit(True)
    if whole.known is None:
        return joined.select(_KEY, silent.alias(_THERE))
    answer = nw.when(nw.col(_TIMES).is_null()).then(silent).otherwise(nw.col(_TIMES))
    found: Frame = joined.select(_KEY, answer.alias(_THERE))
    return found
