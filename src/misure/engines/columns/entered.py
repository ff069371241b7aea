# SPDX-License-Identifier: Apache-2.0
"""The columns that entry makes, by their names, and how the columns of a program are read from them.

`k` is the key of the applicant; `v:turnover` the value in internal form, null where it is not told or cannot be; `n:granted_on` whether the event has not
happened; `known:partners` whether the row says that the table is complete; `bad` whether some value of the row cannot be. What reads them fills
the nulls, so that the program meets none.
"""

from __future__ import annotations

from dataclasses import dataclass

from misure.program.groups import Group
from misure.program.nodes import Node

__all__ = [
    "APPLICANT",
    "BAD",
    "ColumnRead",
    "day_column",
    "known_column",
    "member_column",
    "read",
    "value_column",
    "waiting_column",
]

APPLICANT = "k"
"""The column of the applicant's key, beside the applicants and beside the records of every table."""
BAD = "bad"


def value_column(name: str) -> str:
    """The column of a fact's value in internal form."""
    return f"v:{name}"


def day_column(name: str) -> str:
    """The column of a day's ordinal before it is tested: the value and its tests both read it."""
    return f"d:{name}"


def waiting_column(name: str) -> str:
    """The column that says that an event has not happened: null-free."""
    return f"n:{name}"


def known_column(table: str) -> str:
    """The column that says whether a table is complete; null where the row says nothing."""
    return f"known:{table}"


def member_column(group: Group, part: str) -> str:
    """The column that says of each record whether its beneficiary is of a group, surely or possibly."""
    return f"m:{group.beneficiary}:{group.undertaking}:{group.controls}:{part}"


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """One column, with `unsaid` in place of its nulls where it may have any, and then its contrary if `negated`.

    Where `missing`, whether the column is null instead.
    """

    column: str
    unsaid: int | bool | None = None
    negated: bool = False
    missing: bool = False


def read(node: Node, on: int) -> ColumnRead:
    """How a column of the split program is read; `on` is the day of the question."""
    part, _, name = node.data
    if isinstance(name, Group):
        return ColumnRead(member_column(name, part))
    match part:
        case "lo":
            return ColumnRead(value_column(name), node.lo)
        case "hi":
            return ColumnRead(value_column(name), node.hi)
        case "yes":
            return ColumnRead(value_column(name), unsaid=True)
        case "no":
            return ColumnRead(value_column(name), unsaid=False, negated=True)
        case "or_on":
            return ColumnRead(value_column(name), on)
        case "missing":
            return ColumnRead(value_column(name), missing=True)
        case "not_yet":
            return ColumnRead(waiting_column(name))
        case "known":
            return ColumnRead(known_column(name), unsaid=True)
        case "said_known":
            return ColumnRead(known_column(name), unsaid=False)
        case "bad":
            return ColumnRead(BAD)
        case _:
            assert part == "value", part
            return ColumnRead(value_column(name))
