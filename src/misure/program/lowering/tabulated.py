# SPDX-License-Identifier: Apache-2.0
"""The dated tables of the law, as steps of a program: which rows a measure may meet, and what stands on each day.

A measure is asked about no day before its first edition, so older rows leave no trace in its program; on such a day, on one
after the last row, and on one whose value no source gives, all that is known are the bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from misure.ground.dated import UNKNOWN, Row, dated_table
from misure.ground.truth import Confidence, worst
from misure.program.steps import Steps
from misure.rulebook.expression import Call
from misure.rulebook.functions import FUNCTIONS

GENERAL = "gen"
"""The regulation whose limits a function reads that names none."""

__all__ = ["GENERAL", "by_day", "confidence_of_law", "doubtful_law", "limits", "live_rows"]


@cache
def live_rows(table: str, first: int, **keys: str) -> tuple[Row, ...]:
    """The rows of one series that stand on the day `first` or later, the oldest first."""
    rows = dated_table(table).series(**keys)
    return tuple(row for row in rows if row.until is None or row.until >= first)


def by_day(
    name: str, rows: Sequence[Row], first: int, value: Callable[[Row], int | None], bounds: tuple[int, int]
) -> Steps:
    """The value of a column from day to day; `bounds` stand where `value` is None, before `first`, and after the last row."""
    breaks: list[int] = []
    ends: list[tuple[int, int]] = [bounds]
    for row in rows:
        known = value(row)
        breaks.append(max(row.since, first))
        ends.append(bounds if known is None else (known, known))
    if rows and rows[-1].until is not None:
        breaks.append(rows[-1].until + 1)
        ends.append(bounds)
    return Steps(name, tuple(breaks), tuple(low for low, _ in ends), tuple(high for _, high in ends))


def doubtful_law(call: Call, first: int) -> Iterator[tuple[str, str, Confidence]]:
    """The tables that a function reads whose figures were not read in an official text: the table, the act, how sure."""
    for row in _rows_read(call, first):
        if row.citation.confidence is not Confidence.OFFICIAL:
            yield row.table, row.citation.act.label, row.citation.confidence


def confidence_of_law(call: Call, first: int) -> Confidence:
    """How sure the rows are that a function may read for a measure whose first edition is of day `first`.

    What no source gives takes nothing away from it: that is told as unknown.
    """
    return worst(*(row.citation.confidence for row in _rows_read(call, first)))


def _rows_read(call: Call, first: int) -> Iterator[Row]:
    """The rows with a value that a function may read for a measure whose first edition is of day `first`."""
    word = call.words[0] if call.words else GENERAL
    keys = {"regulation": word, "definition": word}
    for table in FUNCTIONS[call.function].reads:
        asked = {name: value for name, value in keys.items() if name in dated_table(table).keys}
        rows = live_rows(table, first, **asked) if asked else _all_live(table, first)
        yield from (row for row in rows if UNKNOWN not in row.texts.values() and limits(row, word))


def limits(row: Row, regulation: str) -> bool:
    """Whether a row counts for a regulation: a cap that several share names those it limits, and the reading it rests on."""
    texts = row.texts
    if "applies_to" not in texts:
        return True
    return regulation in texts["applies_to"].split() and not texts["activity"] and not texts["reading"]


@cache
def _all_live(table: str, first: int) -> tuple[Row, ...]:
    return tuple(row for row in dated_table(table).rows if row.until is None or row.until >= first)
