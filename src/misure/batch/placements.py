# SPDX-License-Identifier: Apache-2.0
"""Where each application stands, as the columns of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import narwhals as nw
from narwhals.dtypes import DType

from misure.allocating import MAYBE, NO, YES, Allocation, Columns
from misure.ground.truth import Truth
from misure.rulebook.selection import Selection
from misure.selecting.candidates import Candidates
from misure.selecting.standing import funded, standing

__all__ = ["COLUMNS", "placements"]

COLUMNS: dict[str, DType] = {
    "standing": nw.String(), "funded": nw.Boolean(), "admitted": nw.Boolean(), "place_from": nw.Int64(), "place_to": nw.Int64(),
    "asked_cents_from": nw.Int64(), "asked_cents_to": nw.Int64(), "before_cents_from": nw.Int64(), "before_cents_to": nw.Int64(),
    "amount_cents_from": nw.Int64(), "amount_cents_to": nw.Int64(), "envelope": nw.String(), "window": nw.String(),
}  # fmt: skip
"""The columns of an answer, beside the key."""

_TRUTHS = {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}
_MAYBES = {YES: True, NO: False, MAYBE: None}


def placements(
    rule: Selection, candidates: Candidates, columns: Columns, allocation: Allocation, *, like: nw.DataFrame[Any]
) -> Iterator[nw.Series[Any]]:
    """The columns of the answer, of the engine of the frame `like`, one row for each candidate."""
    rows = range(len(candidates.ids))
    placed = [rule.kind != "list" and there != NO for there in allocation.present]
    envelopes = [envelope.id for envelope in rule.envelopes]
    windows = [window.id for window in rule.windows]
    found: dict[str, Sequence[Any]] = {
        "standing": [str(standing(rule, columns, allocation, row)) for row in rows],
        "funded": [_TRUTHS[funded(rule, allocation, row)] for row in rows],
        "admitted": [_MAYBES[there] for there in columns.admitted],
        "place_from": _where(placed, allocation.place_first),
        "place_to": _where(placed, allocation.place_last),
        "asked_cents_from": columns.least, "asked_cents_to": columns.most,
        "before_cents_from": allocation.before_least, "before_cents_to": allocation.before_most,
        "amount_cents_from": allocation.award_least, "amount_cents_to": allocation.award_most,
        "envelope": _names(allocation.budgets, envelopes), "window": _names(columns.windows, windows),
    }  # fmt: skip
    for name, values in found.items():
        yield nw.new_series(name, values, COLUMNS[name], backend=like.implementation)


def _where(tests: Iterable[bool], values: Iterable[int]) -> list[int | None]:
    return [value if test else None for test, value in zip(tests, values, strict=True)]


def _names(found: Iterable[tuple[int, ...]], names: Sequence[str]) -> list[str | None]:
    """The name of the one that there is, where it is certain that it is one."""
    return [names[one[0]] if len(one) == 1 and one[0] >= 0 else None for one in found]
