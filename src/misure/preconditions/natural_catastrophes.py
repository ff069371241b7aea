# SPDX-License-Identifier: Apache-2.0
"""The duty to insure against natural catastrophes (L. 213/2023), and that who has not done so gets no incentive.

The day by which a firm has to be insured depends on its size and sector; that day itself is still in time. Agricultural
undertakings have no such duty. Under the incentives code (calls published from 2026 on, `code_applies`) an unmet duty excludes;
else it has to be taken into account, and how is for each body to say; of large firms it was not counted for the first 90 days.
Figures: `rules/stato/natural-catastrophes.csv` and `incentives-code.csv`, all through third parties.

>>> insured("micro", sector="other", policy=False, on="2026-02-01", call_published="2026-01-15").reason
'no_policy'
>>> insured("micro", sector="other", policy=False, on="2026-02-01", call_published="2025-12-09").reason
'transition'
>>> insured("micro", sector="food_service", policy=False, on="2026-02-01").reason
'no_duty_yet'
>>> insured("micro", policy=False, on="2026-02-01").reason
'sector_unknown'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import product

from misure.finance.checked import Checked
from misure.ground.dated import Row, dated_table
from misure.ground.truth import NotKnowing
from misure.preconditions.answers import Answer, FigureValue, answered, in_days

__all__ = ["insured"]

_TABLE = "stato/natural-catastrophes"
_CODE = "stato/incentives-code"
_SIZES = ("micro", "small", "medium", "large")
_SECTORS = ("other", "food_service", "accommodation", "fishing")
_AGRICULTURE = "agriculture"


def insured(
    size: str | None, *, policy: bool | None, on: dt.date | str, exempt: bool | None = False, sector: str | None = None,
    call_published: dt.date | str | None = None,
) -> Answer:  # fmt: skip
    """Whether a firm that applies on a day is not excluded for want of insurance: yes when it is insured or need not be.

    The day is that of the grant too. Regard is had to the want of insurance when aid is granted: of who applies in 2025, before
    its duty, and is granted aid in 2026 nothing is said here; the condition beneath every call leaves it open.

    `size` is micro, small, medium or large; `sector` is `food_service`, `accommodation` (of tourists), `fishing` (aquaculture
    too), `agriculture` (undertakings of c.c. 2135) or `other`; `policy` whether the firm is insured as the law asks; `exempt`
    whether the duty is not its own at all: with False, as is taken where nothing is said, a firm of untold sector is not of
    agriculture. `call_published` is the day of the call: of one that is older than the code, or not told, it is open whether an
    unmet duty excludes. Reasons: `insured`, `exempt`, `no_duty_yet`, `not_counted`, `no_policy`, `before_the_code`, `transition`,
    `published_unknown`, `duty_unknown`, `size_unknown`, `sector_unknown`, `policy_unknown`, `exempt_unknown`. Figure: `duty_since`, the day of the duty, which is the
    last in time; None where the firm has none.

    Raises:
        BadFacts: The size or the sector is none, a value is of a wrong kind, or the day lies before the call.
        NotEncoded: The day lies before the table begins.
    """
    asked = Checked("natural_catastrophes")
    day = asked.day("on", on)
    sizes = _SIZES if size is None else (asked.one_of("size", size, _SIZES),)
    sectors = _SECTORS if sector is None else (asked.one_of("sector", sector, (*_SECTORS, _AGRICULTURE)),)
    has, free = asked.truth("policy", policy), asked.truth("exempt", exempt)
    published = None if call_published is None else asked.day("call_published", call_published)
    if published is not None and not asked.found and day < published:
        asked.fault("on", "the day lies before the publication of the call")
    asked.done()
    code = dated_table(_CODE)
    ruled = published is not None and published >= code.series(rule="in_force")[-1].since
    duties = {(each, of): _row("duty", each, of, day) for each, of in product(sizes, sectors)}
    excludes = {each: _row("excludes", each, "any", day) for each in sizes}
    rows: list[Row] = [*duties.values(), *excludes.values()]
    figures: dict[str, FigureValue] = {} if size is None else {"duty_since": _since(size, sectors)}
    if free or sector == _AGRICULTURE:
        return answered(True, "exempt", "the duty is not the firm's own", rows, figures=figures)
    bound = {which: row.texts["duty"] for which, row in duties.items()}
    if {*bound.values()} == {"no"}:
        return answered(True, "no_duty_yet", "the duty of that size and sector has not begun", rows, figures=figures)
    if has:
        return answered(True, "insured", "the firm is insured", rows, figures=figures)
    # Where the want of insurance is not counted, it is as if there were no duty.
    counted = {which: "no" if excludes[which[0]].texts["duty"] == "no" else said for which, said in bound.items()}
    if {*counted.values()} == {"no"}:
        return answered(True, "not_counted", "the duty is not met, which is not counted yet", rows, figures=figures)
    verdicts = {which: _verdict(said, excludes[which[0]], ruled=ruled) for which, said in counted.items()}
    if len({*verdicts.values()}) > 1:
        of_sizes = {frozenset(found for (one, _), found in verdicts.items() if one == each) for each in sizes}
        name = "size" if len(of_sizes) > 1 else "sector"
        return answered(None, f"{name}_unknown", f"not told: {name}", rows, figures=figures)
    if has is None or free is None:
        name = "policy" if has is None else "exempt"
        return answered(None, f"{name}_unknown", f"not told: {name}", rows, figures=figures)
    if {*counted.values()} == {"unknown"}:
        text = f"whether the duty has begun is not known: {next(iter(duties.values())).note}"
        return answered(None, "duty_unknown", text, rows, missing=NotKnowing.UNPUBLISHED, figures=figures)
    effect = next((row for row in excludes.values() if not row.known("duty")), None)
    if effect is not None:
        text = f"the duty is not met; {effect.note}"
        return answered(None, "before_the_code", text, rows, missing=NotKnowing.UNPUBLISHED, figures=figures)
    if published is None:
        text = "the duty is not met, which excludes under the code; not told: call_published"
        return answered(None, "published_unknown", text, rows, figures=figures)
    if not ruled:
        transition = code.series(rule="transition")[-1]
        text = f"the duty is not met, and the call is older than the code: {transition.note}"
        missing = NotKnowing.UNPUBLISHED
        return answered(None, "transition", text, [*rows, transition], missing=missing, figures=figures)
    return answered(False, "no_policy", "the duty is not met, which excludes", rows, figures=figures)


def _verdict(duty: str, excludes: Row, *, ruled: bool) -> str:
    """What becomes of a firm that is not insured."""
    if duty == "no":
        return "fine"
    return "excluded" if ruled and duty == "yes" and excludes.known("duty") else "open"


def _since(size: str, sectors: Sequence[str]) -> FigureValue:
    """The last day in time of a size; a range where it depends on the sector."""
    found = []
    for sector in sectors:
        series = dated_table(_TABLE).series(rule="duty", size=size, sector=sector)
        found += [row.since - 1 for row in series if row.texts["duty"] == "yes"]
    return in_days(min(found), max(found)) if found else None


def _row(rule: str, size: str, sector: str, day: int) -> Row:
    return dated_table(_TABLE).on(day, rule=rule, size=size, sector=sector)
