# SPDX-License-Identifier: Apache-2.0
"""Who a record of a frame is where another frame speaks of it too: told in both where one tells it, and whether they differ.

As `facts.identities` reads it of one applicant, here of all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import narwhals as nw

from misure.batch.sheet import Frame, Sheet
from misure.engines.columns.entry import Storage
from misure.engines.columns.inputs import Presence
from misure.facts.identities import Link, links
from misure.facts.vocabulary import Fact, Kind, Table
from misure.rulebook.rules import Rulebook

__all__ = ["tells", "text_of", "with_identities"]

_APART = "apart"
_CALLED, _TOLD = "i:called", "i:told"


def with_identities(
    book: Rulebook, sheets: Mapping[str, Sheet], frames: Mapping[str, Frame], keys: Mapping[str, str]
) -> dict[str, Frame]:
    """The frames with what is one thing told wherever its record stands, of which the sheets are told.

    A table that speaks of another has beside its rows whether they contradict that; `keys` are the columns of the applicants' keys.
    """
    found = dict(frames)
    tables = list(book.tables.values())
    given = [link for link in links(tables) if {tables[link.of].name, tables[link.means].name} <= sheets.keys()]
    # What is told goes up to the records of which others speak, and then from them down to all that speak of them.
    linked = sorted(given, key=lambda link: _height(link.of, given), reverse=True)
    for link in linked:
        table, meant = tables[link.of], tables[link.means]
        if fields := [(same, field) for field, same in _told_fields(link, table, meant, sheets)]:
            found[meant.name] = _told_of(found[meant.name], meant, sheets, found[table.name], table, keys, fields)
            for field, _ in fields:
                sheets[meant.name].tell(field, _storage(meant.fields[field]))
    for link in reversed(linked):
        table, meant = tables[link.of], tables[link.means]
        if fields := _told_fields(link, table, meant, sheets):
            found[table.name] = _told_of(
                found[table.name], table, sheets, found[meant.name], meant, keys, fields, marked=True
            )
            for field, _ in fields:
                sheets[table.name].tell(field, _storage(table.fields[field]))
                sheets[table.name].amiss[field] = f"{_APART}:{field}"
    return found


def _height(table: int, linked: Sequence[Link]) -> int:
    """How many tables in a row a table speaks of, each speaking of the next."""
    means = {link.of: link.means for link in linked}
    height = 0
    while table in means and height <= len(linked):
        table, height = means[table], height + 1
    return height


def _told_fields(link: Link, table: Table, meant: Table, sheets: Mapping[str, Sheet]) -> list[tuple[str, str]]:
    """The fields that are one thing in both tables and that a frame tells; none where a frame does not tell its keys."""
    one, other = sheets[table.name], sheets[meant.name]
    if not (tells(one, table.key) and tells(other, meant.key)):
        return []
    mine, theirs = list(table.fields), list(meant.fields)
    names = [(mine[a], theirs[b]) for a, b in link.shared]
    return [(a, b) for a, b in names if tells(one, a) or tells(other, b)]


def _storage(field: Fact) -> Storage:
    return Storage.TRUTH if field.kind is Kind.TRUTH else Storage.TEXT


def tells(sheet: Sheet, name: str) -> bool:
    """Whether a column holds the fact's value."""
    return sheet.state(name) is not Presence.NEVER and sheet.sources[name].stored is not None


def text_of(sheet: Sheet, name: str) -> nw.Expr:
    """A fact that a column tells, as text."""
    return nw.col(sheet.sources[name].column).cast(nw.String)


def _value(sheet: Sheet, name: str, like: Fact) -> nw.Expr:
    kind = nw.Boolean if like.kind is Kind.TRUTH else nw.String
    return nw.col(sheet.sources[name].column).cast(kind) if tells(sheet, name) else nw.lit(None, kind)


def _told_of(
    frame: Frame, table: Table, sheets: Mapping[str, Sheet], records: Frame, other: Table, keys: Mapping[str, str],
    fields: Sequence[tuple[str, str]], *, marked: bool = False,
) -> Frame:  # fmt: skip
    """A frame of which each field is what it tells itself or, where it tells nothing, what the record of the same name tells.

    Where it is to be `marked`, a truth beside each row says whether both tell it, and not the same.
    """
    sheet, theirs, key = sheets[table.name], sheets[other.name], keys[table.name]
    told = records.select(
        nw.col(keys[other.name]).alias(key),
        text_of(theirs, other.key).alias(_CALLED),
        *(_value(theirs, same, other.fields[same]).alias(f"{_TOLD}:{field}") for field, same in fields),
    )
    told = told.filter(~nw.col(_CALLED).is_null()).unique([key, _CALLED], keep="any")
    typed = [one for one, kind in frame.collect_schema().items() if not isinstance(kind, nw.Unknown)]
    named = frame.select(typed).with_columns(text_of(sheet, table.key).alias(_CALLED))
    joined = named.join(told, on=[key, _CALLED], how="left")  # type: ignore[arg-type]
    both = {}
    for field, _ in fields:
        own, said = _value(sheet, field, table.fields[field]), nw.col(f"{_TOLD}:{field}")
        both[field] = nw.coalesce(own, said)
        if marked:
            both[f"{_APART}:{field}"] = (own != said).fill_null(False)
    known: Frame = joined.with_columns(**both).drop(_CALLED, *(f"{_TOLD}:{field}" for field, _ in fields))
    return known
