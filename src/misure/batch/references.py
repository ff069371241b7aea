# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a row because of other rows: an identity that stands twice, a name of a record that is not there.

A truth beside each row says so, and `Sheet` takes it for a value that cannot be. So a row is bad facts here where one decision
raises `BadFacts`, and the other rows have their answers.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from misure.batch.identities import tells, text_of, with_identities
from misure.batch.native import Native, look
from misure.batch.sheet import Frame, Sheet
from misure.batch.sources import KNOWN
from misure.facts.vocabulary import Fact
from misure.rulebook.rules import Rulebook

__all__ = ["with_references"]

_KEY, _WHO, _THERE, _TIMES = "m:key", "m:who", "m:there", "m:times"


def with_references(
    book: Rulebook, sheets: Mapping[str, Sheet], frames: Mapping[str, Frame], natives: Mapping[str, Native], keys: Mapping[str, str]
) -> dict[str, Frame]:  # fmt: skip
    """The frames with these truths beside their rows, of which the sheets are told; `keys` are the columns of the applicants' keys.

    What one of two tables tells of who a record is stands in both.
    """
    frames = with_identities(book, sheets, frames, keys)
    found = dict(frames)
    for name, sheet in sheets.items():
        typed = [one for one, kind in frames[name].collect_schema().items() if not isinstance(kind, nw.Unknown)]
        frame = frames[name].select(typed)
        added = dict[str, str]()
        if name and (identity := book.tables[name].identity) and tells(sheet, identity):
            twice = _twice(frame, sheet, identity, keys[name])
            if not natives[name].eager or look(twice, rows=nw.len())["rows"]:
                column = f"twice:{identity}"
                frame, added[identity] = _marked(frame, sheet, identity, keys[name], twice, column), column
                if before := sheet.amiss.get(identity):
                    frame = frame.with_columns((nw.col(column) | nw.col(before)).alias(column))
        # Of a fact of the applicant the program finds it, where it gathers the records (`rows.Building.strays`).
        for fact in book.tables[name].fields.values() if name else ():
            if not (fact.refers_to and tells(sheet, fact.name) and fact.refers_to in sheets):
                continue
            column = f"stray:{fact.name}"
            frame = _with_strays(frame, sheet, fact, keys, (sheets, frames, name, column))
            added[fact.name] = column
        if added:
            found[name] = frame
            sheet.amiss |= added
    return found


def _twice(frame: Frame, sheet: Sheet, identity: str, key: str) -> Frame:
    """The identities that stand in more than one record of an applicant."""
    told = frame.select(nw.col(key).alias(_KEY), text_of(sheet, identity).alias(_WHO)).filter(~nw.col(_WHO).is_null())
    counted = told.group_by(_KEY, _WHO).agg(nw.len().alias(_TIMES))
    return counted.filter(nw.col(_TIMES) > 1).select(_KEY, _WHO, nw.lit(True).alias(_THERE))


def _marked(frame: Frame, sheet: Sheet, name: str, key: str, those: Frame, column: str) -> Frame:
    """The frame with a truth beside each row: whether its key and its value are among those."""
    right = those.rename({_KEY: key})
    joined = frame.with_columns(text_of(sheet, name).alias(_WHO)).join(right, on=[key, _WHO], how="left")  # type: ignore[arg-type]
    marked: Frame = joined.with_columns(nw.col(_THERE).fill_null(False).alias(column)).drop(_WHO, _THERE)
    return marked


def _with_strays(
    frame: Frame, sheet: Sheet, fact: Fact, keys: Mapping[str, str],
    where: tuple[Mapping[str, Sheet], Mapping[str, Frame], str, str],
) -> Frame:  # fmt: skip
    """The frame with a truth beside each row: it names a record that the applicant does not have, all of which were told."""
    sheets, frames, name, column = where
    table = fact.refers_to
    records, key, found = frames[table], keys[name], f"found:{fact.name}"
    if tells(sheets[table], sheets[table].key):
        named = records.select(
            nw.col(keys[table]).alias(_KEY), text_of(sheets[table], sheets[table].key).alias(_WHO)
        ).unique().with_columns(nw.lit(True).alias(_THERE))  # fmt: skip
        marked = _marked(frame, sheet, fact.name, key, named, found)
    else:
        # A frame of no rows, whose columns have no type.
        marked = frame.with_columns(nw.lit(False).alias(found))
    whole = _whole(sheets[""], frames[""], records, table, keys).rename({_KEY: key})
    joined = marked.join(whole, on=key, how="left")  # type: ignore[arg-type]
    stray = ~text_of(sheet, fact.name).is_null() & ~nw.col(found) & nw.col(_THERE).fill_null(False)
    known: Frame = joined.with_columns(stray.alias(column)).drop(found, _THERE)
    return known


def _whole(applicants: Sheet, people: Frame, records: Frame, table: str, keys: Mapping[str, str]) -> Frame:
    """Of each applicant, whether all the records of a table are told."""
    having = records.select(nw.col(keys[table]).alias(_KEY)).unique().with_columns(nw.lit(True).alias(_THERE))
    said = [nw.col(f"{table}{KNOWN}").alias(_TIMES)] if table in applicants.known else []
    joined = people.select(nw.col(keys[""]).alias(_KEY), *said).join(having, on=_KEY, how="left")  # type: ignore[arg-type]
    silent = nw.col(_THERE).fill_null(False) if table in applicants.silent else nw.lit(True)
    if not said:
        return joined.select(_KEY, silent.alias(_THERE))
    answer = nw.when(nw.col(_TIMES).is_null()).then(silent).otherwise(nw.col(_TIMES))
    whole: Frame = joined.select(_KEY, answer.alias(_THERE))
    return whole
