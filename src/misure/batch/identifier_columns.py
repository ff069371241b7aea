# SPDX-License-Identifier: Apache-2.0
"""Whether a column of texts holds identifiers, asked of the engine: their form, and the sum behind their check digit."""

from __future__ import annotations

import operator
from functools import reduce

import narwhals as nw

from misure.identifiers.forms import Check, checks, form

__all__ = ["is_identifier"]


def is_identifier(text: nw.Expr, kind: str) -> nw.Expr:
    """Whether the text is an identifier of a kind in its plain form; null where it is not told."""
    right = text.str.contains(f"^({form(kind)})$")
    return reduce(operator.and_, (_holds(text, check) for check in checks(kind)), right)


def _holds(text: nw.Expr, check: Check) -> nw.Expr:
    """Whether a text of another length, or one whose check is right."""
    ours = text.str.len_chars() == check.length
    asked = nw.when(ours).then(text)
    values = []
    for at, table in check.pieces:
        piece = asked.str.slice(at, len(next(iter(table))))
        # A character of no value is one that the form refuses.
        values.append(piece.replace_strict(list(table), list(table.values()), default=None, return_dtype=nw.Int64))
    return ~ours | (reduce(operator.add, values) % check.modulus == 0)
