# SPDX-License-Identifier: Apache-2.0
"""Anti-mafia documentation (D.Lgs. 159/2011): from which value on it is asked, which one, and how long it is good.

Up to EUR 150,000 none is asked; above, a grant to a business asks for the information. The value is that of the whole
project, not of a tranche, and the nominal benefit (a loan as lent), not its gross grant equivalent. Figures:
`rules/stato/antimafia.csv`; that it is the information, the nominal value, the validities and the thirty days are known
without the text.

>>> documentation("150000.00", on="2026-11-22").reason, documentation("150000.01", on="2026-11-22").reason
('not_needed', 'information')
>>> documentation(tranches=["100000", "100000"], on="2026-11-22").truth.value
'yes'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from misure.finance.checked import Checked, Ends
from misure.ground.dated import Row, dated_table
from misure.ground.days import add_months
from misure.ground.given import Money
from misure.ground.ranges import Range
from misure.ground.truth import NotKnowing
from misure.preconditions.answers import Answer, Warned, answered, in_days, in_euros

__all__ = ["documentation", "may_proceed", "still_good"]

_TABLE = "stato/antimafia"


def documentation(
    benefit: Money | Range | None = None, *, on: dt.date | str, tranches: Sequence[Money | Range] = (),
    other_projects: Sequence[Money | Range] = (), farmland: bool | None = False,
) -> Answer:  # fmt: skip
    """Whether anti-mafia documentation is asked for a benefit, granted or paid on a day: yes when it is.

    `benefit` is the whole nominal benefit of the project; without it the sum of its `tranches`, all of them. `other_projects` of the
    same firm are not added, and a warning is given where together they pass the threshold: what is split to stay below it is
    void. `farmland`: the project uses farmland with funds of the Union or the State. Reasons: `information`, `not_needed`,
    `value_unknown`, `farmland_unknown`, `farmland_threshold`. Figures: `value`, `threshold`.

    Raises:
        BadFacts: An amount or the day is none, or the tranches are more than the benefit.
        NotEncoded: The day lies before the table begins.
    """
    asked = Checked("antimafia")
    day = asked.day("on", on)
    parts = [
        asked.ends(f"tranches[{n}]", amount, asked.money)
        for n, amount in enumerate(_listed(asked, "tranches", tranches))
    ]
    others = [
        asked.ends(f"other_projects[{n}]", amount, asked.money)
        for n, amount in enumerate(_listed(asked, "other_projects", other_projects))
    ]
    whole = None if benefit is None else asked.ends("benefit", benefit, asked.money)
    land = asked.truth("farmland", farmland)
    total = Ends.of(sum(part[0] for part in parts), sum(part[1] for part in parts))
    if whole and not asked.found and total[0] > whole[1]:
        asked.fault("tranches", "they are more than the benefit of which they are parts")
    asked.done()
    value = whole or (total if parts else None)
    rows = [_row("threshold", day), *([_row("farmland_threshold", day)] if land is not False else [])]
    least, greatest = _threshold(rows[0])
    if land is not False:
        farm = _threshold(rows[1])
        least, greatest = (farm[0], farm[1] if land else greatest)
    figures = {"value": None if value is None else in_euros(*value), "threshold": in_euros(least, greatest)}
    used = [*rows, _row("nominal", day), _row("above", day)]
    if value is None:
        return answered(None, "value_unknown", "the value of the project is not told", used, figures=figures)
    if value[0] > greatest:
        return answered(
            True, "information", "the value is above the threshold: the information is asked", used, figures=figures
        )
    if value[1] <= least:
        warnings = _splitting(value, others, least)
        used = [*used[:-1], *([_row("no_splitting", day)] if warnings else [])]
        return answered(
            False, "not_needed", "the value is within the threshold", used, warnings=warnings, figures=figures
        )
    if land is None:
        return answered(None, "farmland_unknown", "not told: whether the project uses farmland", used, figures=figures)
    if land and value[0] == value[1]:
        why = "the farmland threshold in force on the day is not known"
        return answered(None, "farmland_threshold", why, used, missing=NotKnowing.UNPUBLISHED, figures=figures)
    return answered(None, "value_unknown", "the value may lie on either side of the threshold", used, figures=figures)


def still_good(
    kind: Literal["information", "communication"], *, issued: dt.date | str | None, on: dt.date | str, unchanged: bool | None = True
) -> Answer:  # fmt: skip
    """Whether a document may still be used on a day: yes within its months, if the firm's bodies have not changed.

    Reasons: `valid`, `expired`, `changed`, `issued_later`, `issued_unknown`, `unchanged_unknown`. Figure: `last_day`.

    Raises:
        BadFacts: The kind is none, or a day does not exist.
        NotEncoded: The day of the document lies before the table begins.
    """
    asked = Checked("antimafia")
    which = asked.one_of("kind", kind, ("information", "communication"))
    day = asked.day("on", on)
    since = None if issued is None else asked.day("issued", issued)
    same = asked.truth("unchanged", unchanged)
    asked.done()
    row = _row(f"{which}_months", day if since is None else since)
    last = None if since is None else add_months(since, row.whole("value"))
    shown = None if last is None else in_days(last, last)
    if since is not None and since > day:
        return answered(False, "issued_later", "the document is of a later day", [row], figures={"last_day": shown})
    if last is not None and day > last:
        return answered(False, "expired", "the document is no longer good", [row], figures={"last_day": shown})
    if same is False:
        return answered(
            False, "changed", "the firm has changed since: a new document is asked", [row], figures={"last_day": shown}
        )
    if since is None or same is None:
        name = "issued" if since is None else "unchanged"
        return answered(None, f"{name}_unknown", f"not told: {name}", [row], figures={"last_day": shown})
    return answered(True, "valid", "the document is in its validity", [row], figures={"last_day": shown})


def may_proceed(requested: dt.date | str | None, *, on: dt.date | str, answered_with: bool | None = None) -> Answer:
    """Whether the body may grant or pay: yes when the document came without bars, or after thirty days under condition.

    `answered_with` is what the document says (True: no bar); None while it has not come. Reasons: `no_bar`, `bar`,
    `under_condition`, `waiting`, `requested_unknown`. Figure: `first_day`, on which the body may proceed without it.

    Raises:
        BadFacts: A day does not exist.
        NotEncoded: The day of the request lies before the table begins.
    """
    asked = Checked("antimafia")
    day = asked.day("on", on)
    since = None if requested is None else asked.day("requested", requested)
    clean = asked.truth("answered_with", answered_with)
    asked.done()
    row = _row("wait_days", day if since is None else since)
    first = None if since is None else since + row.whole("value") + 1
    shown = None if first is None else in_days(first, first)
    if clean is not None:
        text = "the document bars nothing" if clean else "the document bars aid"
        return answered(clean, "no_bar" if clean else "bar", text, [row], figures={"first_day": shown})
    if first is None:
        return answered(None, "requested_unknown", "not told: requested", [row], figures={"first_day": shown})
    if day >= first:
        return answered(
            True,
            "under_condition",
            "the time has passed: under resolutory condition",
            [row],
            figures={"first_day": shown},
        )
    return answered(
        False, "waiting", "the document has not come, and the time has not passed", [row], figures={"first_day": shown}
    )


def _splitting(value: Ends[int], others: Sequence[Ends[int]], threshold: int) -> list[Warned]:
    together = value[1] + sum(other[1] for other in others)
    if not others or together <= threshold:
        return []
    text = "the projects together pass the threshold: what is split to stay below it is void"
    return [Warned("splitting", text)]


def _listed(asked: Checked, subject: str, given: object) -> Sequence[object]:
    if isinstance(given, Sequence) and not isinstance(given, str | bytes):
        return given
    asked.fault(subject, "expected a list of amounts")
    return ()


def _threshold(row: Row) -> tuple[int, int]:
    from misure.ground.money import parse_scaled

    return parse_scaled(row.texts["least"], 2), parse_scaled(row.texts["greatest"], 2)


def _row(rule: str, day: int) -> Row:
    return dated_table(_TABLE).on(day, rule=rule)
