# SPDX-License-Identifier: Apache-2.0
"""The plain writing of the codes of a column (`engines.columns.codes`) as Narwhals expressions: this file prints it."""

from __future__ import annotations

import narwhals as nw

from misure.engines.columns.codes import PLAIN, REWRITINGS, Rewriting

__all__ = ["is_plain", "plain_code"]


def is_plain(column: nw.Expr) -> nw.Expr:
    """Whether a text cannot be written more plainly; null where none is told."""
    return column.str.contains(PLAIN.already) & ~column.str.contains(PLAIN.but_not)


def plain_code(column: nw.Expr) -> nw.Expr:
    """The code alone, in capitals."""
    text = column.str.replace_all(PLAIN.between, "").str.to_uppercase()
    for group in REWRITINGS:
        found = text
        for one in reversed(group):
            found = nw.when(_fits(one, text)).then(_rewritten(one, text)).otherwise(found)
        text = found
    return nw.when(column.str.contains(PLAIN.written) & ~column.str.contains(PLAIN.number)).then(text).otherwise(column)


def _fits(one: Rewriting, text: nw.Expr) -> nw.Expr:
    fits = text.str.contains(one.when)
    return fits & ~text.str.contains(one.unless) if one.unless else fits


def _rewritten(one: Rewriting, text: nw.Expr) -> nw.Expr:
    if one.put:
        return text.str.replace_all(f"^.{{{one.drop}}}", one.put)
    return text.str.slice(one.drop, None if one.most is None else one.most - one.drop)
