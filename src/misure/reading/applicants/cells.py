# SPDX-License-Identifier: Apache-2.0
"""What the cells of a CSV file say, in the plain writing that every other source of facts has.

The sign between the columns says whose file it is. Where that is a semicolon, as an Italian spreadsheet saves it, a comma is
the sign of the decimals and points part the thousands, and a day is day, month and year. Where it is a comma, cells are in
the plain writing already, and what is not is refused with the nearest right one. Nothing is guessed: a cell that may mean two
numbers is a fault.
"""

from __future__ import annotations

from misure.facts.vocabulary import Fact, Kind
from misure.ground.spreadsheets import plain_day, plain_instant, plain_number, two_readings

__all__ = ["ITALIAN", "Doubtful", "instant_of", "plain_cell"]

ITALIAN = ";"
"""The sign between the columns of a file that an Italian spreadsheet saved."""


class Doubtful(ValueError):
    """A cell that may mean two numbers."""


def plain_cell(fact: Fact | None, cell: str, separator: str) -> str:
    """A cell in plain writing, as the value of a fact; unchanged where it is written so, or in no way that is known.

    >>> costs = Fact("costs", Kind.NUMBER, unit="EUR", decimals=2, greatest=10**9)
    >>> plain_cell(costs, "1.234,56", ";"), plain_cell(costs, "1.234,56", ","), plain_cell(costs, "74.50", ";")
    ('1234.56', '1.234,56', '74.50')
    >>> plain_cell(Fact("filed_on", Kind.EVENT), "31/12/2025", ";")
    '2025-12-31'

    Raises:
        Doubtful: It has three digits behind its only point, where a comma is the sign of the decimals.
    """
    if separator != ITALIAN or fact is None:
        return cell
    if fact.kind in (Kind.DATE, Kind.EVENT):
        return plain_day(cell) or cell
    if fact.kind is not Kind.NUMBER or fact.is_time:
        return cell
    if (two := two_readings(cell)) is not None:
        raise Doubtful(f"{cell!r} may mean {two[0]} or {two[1]} where semicolons part the columns: write one of them")
    return plain_number(cell) or cell


def instant_of(cell: str, separator: str) -> str:
    """The instant of filing in plain writing.

    >>> instant_of("31/12/2025 12:00", ";"), instant_of("2025-12-31T12:00", ";"), instant_of("31/12/2025 12:00", ",")
    ('2025-12-31T12:00', '2025-12-31T12:00', '31/12/2025 12:00')
    """
    return plain_instant(cell) or cell if separator == ITALIAN else cell
