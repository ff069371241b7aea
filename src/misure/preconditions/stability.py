# SPDX-License-Identifier: Apache-2.0
"""Stability of operations: for how long what was aided must stay, five years, or three for SMEs.

Under the Regional Development Fund (art. 65 Reg. (EU) 2021/1060) from the final payment, and three years for SMEs where the
Member State set so; under regional aid of the block exemption (art. 14(5) Reg. (EU) 651/2014) from the completion, and three
years for SMEs. Both are known without the texts. Figures: `rules/ue/stability.csv`.

>>> kept = stable("2026-05-01", regime="gber", size="small", left=None, on="2028-01-01")
>>> kept.reason, str(kept.figure("last_day"))
('still_bound', '2029-05-01')
>>> stable("2026-05-01", regime="erdf", size="large", left="2031-05-01", on="2031-06-01").reason
'left_too_early'
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from misure.finance.checked import Checked
from misure.ground.dated import dated_table
from misure.ground.days import add_years
from misure.ground.truth import NotKnowing
from misure.preconditions.answers import Answer, answered, in_days

__all__ = ["stable"]

_TABLE = "ue/stability"
_SIZES = ("micro", "small", "medium", "large")


def stable(
    start: dt.date | str | None, *, regime: Literal["erdf", "gber"], size: str | None, left: dt.date | str | None,
    on: dt.date | str, reduced: bool | None = None,
) -> Answer:  # fmt: skip
    """Whether the operation has been kept as the law asks, seen from a day: yes when it was not left within the years.

    `start` is the day of the final payment (`erdf`) or of completion (`gber`); `left` the day on which the operation ceased,
    moved or changed in its nature, None while it has not. `reduced`: whether the State set three years for SMEs under the
    fund. Reasons: `kept`, `still_bound` (so far kept, and the years go on), `left_too_early`, `start_unknown`,
    `years_unknown`, `length_unknown`. Figure: `last_day` on which it must still be kept, a range where the years are open.

    Raises:
        BadFacts: A value is of a wrong kind, or the operation was left before it started or after the day of the question.
        NotEncoded: The start lies before the table begins.
    """
    asked = Checked("stability")
    which = asked.one_of("regime", regime, ("erdf", "gber"))
    day = asked.day("on", on)
    since = None if start is None else asked.day("start", start)
    gone = None if left is None else asked.day("left", left)
    sme = None if size is None else asked.one_of("size", size, _SIZES) != "large"
    shorter = asked.truth("reduced", reduced)
    if not asked.found and gone is not None:
        if gone > day:
            asked.fault("left", "it lies after the day of the question")
        if since is not None and gone < since:
            asked.fault("left", "it lies before the start")
    asked.done()
    table = dated_table(_TABLE)
    law = day if since is None else since
    rows = [table.on(law, rule=which, size=name) for name in _applying(which, sme, shorter)]
    if since is None:
        return answered(None, "start_unknown", "not told: start", rows, figures={"last_day": None})
    if not all(row.known("years") for row in rows):
        return answered(
            None, "years_unknown", rows[0].note, rows, missing=NotKnowing.UNPUBLISHED, figures={"last_day": None}
        )
    ends = sorted(add_years(since, row.whole("years")) for row in rows)
    shown = in_days(ends[0], ends[-1])
    if gone is not None:
        if gone <= ends[0]:
            return answered(
                False, "left_too_early", "the operation was left within the years", rows, figures={"last_day": shown}
            )
        if gone <= ends[-1]:
            return answered(
                None,
                "length_unknown",
                "how many years bind depends on what was not told",
                rows,
                figures={"last_day": shown},
            )
        return answered(True, "kept", "the operation was kept for the years", rows, figures={"last_day": shown})
    over = day > ends[-1]
    text = "the operation was kept for the years" if over else "so far kept: the years go on"
    return answered(True, "kept" if over else "still_bound", text, rows, figures={"last_day": shown})


def _applying(regime: str, sme: bool | None, reduced: bool | None) -> list[str]:
    """Which rows may apply: the full years, the reduced ones, or either."""
    if regime == "gber":
        reduced = True
    if sme is False or reduced is False:
        return ["any"]
    return ["sme_reduced"] if sme and reduced else ["any", "sme_reduced"]
