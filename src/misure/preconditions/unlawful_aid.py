# SPDX-License-Identifier: Apache-2.0
"""Deggendorf: who has had unlawful aid and has not given it back gets no other aid meanwhile.

It is asked of the whole single undertaking, at the grant and again at each payment. The law of the Union bars the payment
and lets aid be granted that waits for it; art. 46 of L. 234/2012 bars the benefit itself, and is followed here at the grant,
with a warning. Both are known without the texts; the rules stand in `rules/stato/deggendorf.csv`.

>>> deggendorf({"alfa": False, "beta": True}, stage="payment", on="2026-11-22").reason
'recovery_pending'
>>> str(deggendorf({"alfa": False}, possible={"beta": None}, stage="grant", on="2026-11-22").truth)
'unknown'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from misure.finance.checked import Checked
from misure.ground.arguments import shown
from misure.ground.dated import Row, dated_table
from misure.preconditions.answers import Answer, Warned, answered

__all__ = ["deggendorf"]

_TABLE = "stato/deggendorf"
_NOBODY: Mapping[str, bool | None] = MappingProxyType({})


def deggendorf(
    members: Mapping[str, bool | None], *, stage: Literal["grant", "payment"], on: dt.date | str,
    possible: Mapping[str, bool | None] = _NOBODY,
) -> Answer:  # fmt: skip
    """Whether aid may be granted, or paid, on a day: yes when nobody of the single undertaking has aid to give back.

    `members` tells of each whether it has (from the register's visura); None: not asked. `possible` are those who may belong
    to the single undertaking, or not. Reasons: `clear`, `recovery_pending`, `member_unknown`, `possible_member`. The figures
    name who stands behind the answer.

    Raises:
        BadFacts: Nobody is named, or what is told of somebody is neither yes, no nor unknown.
        NotEncoded: The day lies before the table begins.
    """
    asked = Checked("deggendorf")
    day = asked.day("on", on)
    at = asked.one_of("stage", stage, ("grant", "payment"))
    sure, perhaps = _told(asked, "members", members), _told(asked, "possible", possible)
    if not sure and not asked.found:
        asked.fault("members", "nobody is named: the applicant is a member")
    for both in sorted(sure.keys() & perhaps.keys()):
        asked.fault("possible", f"{shown(both)} is a member already")
    asked.done()
    rows = [dated_table(_TABLE).on(day, rule=at)]
    owing = sorted(name for name, owes in sure.items() if owes)
    unsaid = sorted(name for name, owes in sure.items() if owes is None)
    doubtful = sorted(name for name, owes in perhaps.items() if owes is not False)
    if owing:
        return answered(
            False, "recovery_pending", f"unlawful aid has not been given back: {', '.join(owing)}", rows,
            warnings=_other_reading(at, day), figures={"owing": ", ".join(owing)},
        )  # fmt: skip
    if unsaid:
        return answered(
            None, "member_unknown", f"not told of: {', '.join(unsaid)}", rows, figures={"not_told": ", ".join(unsaid)}
        )
    if doubtful:
        text = f"who may belong to the single undertaking may have aid to give back: {', '.join(doubtful)}"
        return answered(None, "possible_member", text, rows, figures={"possible": ", ".join(doubtful)})
    return answered(True, "clear", "nobody has unlawful aid to give back", rows)


def _told(asked: Checked, subject: str, given: object) -> dict[str, bool | None]:
    if not isinstance(given, Mapping):
        asked.fault(subject, "expected, of each undertaking by its name, whether it has aid to give back")
        return {}
    for name in given:
        if not isinstance(name, str) or not name.strip():
            asked.fault(subject, f"{shown(name)} is no name of an undertaking")
    return {str(name): asked.truth(f"{subject}[{shown(name)}]", owes) for name, owes in given.items()}


def _other_reading(stage: str, day: int) -> list[Warned]:
    if stage == "payment":
        return []
    row: Row = dated_table(_TABLE).on(day, rule="grant_waits")
    return [Warned("grant_waits", f"{row.citation}: {row.note}")]
