# SPDX-License-Identifier: Apache-2.0
"""The plain writing of the codes of a column (`engines.columns.codes`) as Narwhals expressions: this file prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw

from misure.engines.columns.codes import NAME_OF_COR, NAMED_COR, OUTER_BLANKS, PLAIN, REWRITINGS, WIDE_BLANKS, Rewriting
from misure.engines.narwhals.frame import Frame

__all__ = ["is_plain", "is_plain_aid_id", "with_plain_aid_ids", "with_plain_codes"]

_LEFT = "misure:code:"
"""Columns of what is left of texts, on the way to their codes."""


def is_plain(column: nw.Expr) -> nw.Expr:
    """Whether a text cannot be written more plainly; null where none is told."""
    return column.str.contains(PLAIN.already) & ~column.str.contains(PLAIN.but_not)


def is_plain_aid_id(column: nw.Expr) -> nw.Expr:
    """Whether the id of an aid has no name before its number and no blanks at its ends; null where none is told."""
    return ~column.str.contains(f"{WIDE_BLANKS}|{OUTER_BLANKS}|{NAMED_COR}")


def with_plain_aid_ids(frame: Frame, texts: Mapping[str, nw.Expr]) -> Frame:
    """The frame with the ids of aid in some columns in their one writing: `texts` are these columns, as texts."""
    spaced = {name: text.str.replace_all(WIDE_BLANKS, " ") for name, text in texts.items()}
    frame = frame.with_columns(**{name: text.str.replace_all(OUTER_BLANKS, "") for name, text in spaced.items()})
    bare = {
        name: nw.when(nw.col(name).str.contains(NAMED_COR))
        .then(nw.col(name).str.replace_all(NAME_OF_COR, ""))
        .otherwise(nw.col(name))
        for name in texts
    }
    return frame.with_columns(**bare)


def with_plain_codes(frame: Frame, texts: Mapping[str, nw.Expr]) -> Frame:
    """The frame with the codes of some columns alone, in capitals: `texts` are these columns, as texts.

    Each rewriting looks several times at what the one before left, so that it stands in a column meanwhile: in one expression
    the looks would multiply, to hundreds of each text.
    """
    came = frame.collect_schema().names()
    left = {name: f"{_LEFT}{number}" for number, name in enumerate(texts)}
    bare = {left[name]: text.str.replace_all(PLAIN.between, "").str.to_uppercase() for name, text in texts.items()}
    frame = frame.with_columns(**bare)
    for group in REWRITINGS:
        frame = frame.with_columns(**{name: _first_that_fits(group, nw.col(name)) for name in left.values()})
    codes = {
        name: nw.when(text.str.contains(PLAIN.written) & ~text.str.contains(PLAIN.number))
        .then(nw.col(left[name]))
        .otherwise(text)
        for name, text in texts.items()
    }
    return frame.with_columns(**codes).select(*came)


def _first_that_fits(group: Iterable[Rewriting], text: nw.Expr) -> nw.Expr:
    found = text
    for one in reversed(tuple(group)):
        found = nw.when(_fits(one, text)).then(_rewritten(one, text)).otherwise(found)
    return found


def _fits(one: Rewriting, text: nw.Expr) -> nw.Expr:
    fits = text.str.contains(one.when)
    return fits & ~text.str.contains(one.unless) if one.unless else fits


def _rewritten(one: Rewriting, text: nw.Expr) -> nw.Expr:
    if one.put:
        return text.str.replace_all(f"^.{{{one.drop}}}", one.put)
    return text.str.slice(one.drop, None if one.most is None else one.most - one.drop)
