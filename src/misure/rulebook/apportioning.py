# SPDX-License-Identifier: Apache-2.0
"""How an amount of support is apportioned among the records of a table: in proportion to what, or in what shares, and up to what."""

from __future__ import annotations

from misure.rulebook.expression import Expr
from misure.rulebook.rule import Rule

__all__ = ["Apportionment"]


class Apportionment(Rule, kw_only=True):
    """What each record of a table receives of a line of support: in proportion to what it adds to a sum, `by`.

    With `shares`, what it adds is its share of the line itself. `rest` counts the one record to which what is left goes: the cents,
    and of shares all that the others leave.
    `most` is another sum over the same records: what a record adds to it is the most that it receives. None where nothing
    limits a record by itself. Both are names of definitions that are one sum over the records of `table`.
    """

    table: str
    by: Expr
    most: Expr | None = None
    shares: bool = False
    rest: Expr | None = None
