# SPDX-License-Identifier: Apache-2.0
"""The duty to insure against natural catastrophes (L. 213/2023), and that who has not done so gets no incentive.

The duty began on another day for each size of firm; under the incentives code an unmet duty excludes. Figures:
`rules/stato/natural-catastrophes.csv`, all secondary. How an unmet duty bore on incentives before the code is not known.

>>> insured("micro", policy=False, on="2026-02-01").reason
'no_policy'
>>> insured("micro", policy=False, on="2025-12-01").reason
'no_duty_yet'
"""

from __future__ import annotations

import datetime as dt

from misure.finance.checked import Checked
from misure.ground.dated import Row, dated_table
from misure.ground.truth import NotKnowing
from misure.preconditions.answers import Answer, Value, answered, in_days

__all__ = ["insured"]

_TABLE = "stato/natural-catastrophes"
_SIZES = ("micro", "small", "medium", "large")


def insured(
    size: str | None, *, policy: bool | None, on: dt.date | str, exempt: bool | None = False
) -> Answer:  # fmt: skip
    """Whether a firm that applies on a day is not excluded for want of insurance: yes when it is insured or need not be.

    `size` is micro, small, medium or large; `policy` whether the firm is insured as the law asks; `exempt` whether the duty
    is not its own at all. Reasons: `insured`, `exempt`, `no_duty_yet`, `no_policy`, `before_the_code`, `size_unknown`,
    `policy_unknown`, `exempt_unknown`. Figure: `duty_since`, the first day of the duty of its size.

    Raises:
        BadFacts: The size is none, or a value is of a wrong kind.
        NotEncoded: The day lies before the table begins.
    """
    asked = Checked("natural_catastrophes")
    day = asked.day("on", on)
    sizes = _SIZES if size is None else (asked.one_of("size", size, _SIZES),)
    has, free = asked.truth("policy", policy), asked.truth("exempt", exempt)
    asked.done()
    duties = {name: _row("duty", name, day) for name in sizes}
    excludes = _row("excludes", "any", day)
    rows: list[Row] = [*duties.values(), excludes]
    figures: dict[str, Value] = {} if size is None else {"duty_since": _since(sizes[0])}
    if free:
        return answered(True, "exempt", "the duty is not the firm's own", rows, figures=figures)
    bound = {row.texts["duty"] == "yes" for row in duties.values()}
    if bound == {False}:
        return answered(True, "no_duty_yet", "the duty of that size has not begun", rows, figures=figures)
    if has:
        return answered(True, "insured", "the firm is insured", rows, figures=figures)
    if len(bound) > 1:
        return answered(None, "size_unknown", "not told: size", rows, figures=figures)
    if has is None or free is None:
        name = "policy" if has is None else "exempt"
        return answered(None, f"{name}_unknown", f"not told: {name}", rows, figures=figures)
    if not excludes.known("duty"):
        text = f"the duty is not met; {excludes.note}"
        return answered(None, "before_the_code", text, rows, missing=NotKnowing.UNPUBLISHED, figures=figures)
    return answered(False, "no_policy", "the duty is not met, which excludes", rows, figures=figures)


def _since(size: str) -> Value:
    first = next(row.since for row in dated_table(_TABLE).series(rule="duty", size=size) if row.texts["duty"] == "yes")
    return in_days(first, first)


def _row(rule: str, size: str, day: int) -> Row:
    return dated_table(_TABLE).on(day, rule=rule, size=size)
