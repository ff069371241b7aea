# SPDX-License-Identifier: Apache-2.0
"""DURC, the document that social contributions are paid in order, and the power to pay them in the firm's place.

It is good for 120 days from its day (DI 30 January 2015); a validity never moves for a Saturday or a holiday. Under the
incentives code aid is granted only within it. Figures: `rules/stato/durc.csv`. The substitutive power is known without its
text.

>>> durc("2026-07-01", regular=True, on="2026-10-29").truth.value, durc("2026-07-01", regular=True, on="2026-10-30").reason
('yes', 'expired')
>>> paid = substitutive_power("10000", debt="500", on="2026-10-30")
>>> paid.figure("to_firm"), paid.figure("to_institutes")
(Decimal('9500.00'), Decimal('500.00'))
"""

from __future__ import annotations

import datetime as dt

from misure.finance.checked import Checked, Ends
from misure.ground.dated import Row, dated_table
from misure.ground.given import Money
from misure.ground.ranges import Range
from misure.preconditions.answers import Answer, answered, in_days, in_euros

__all__ = ["durc", "substitutive_power"]

_TABLE = "stato/durc"


def durc(
    issued: dt.date | str | None, *, on: dt.date | str, regular: bool | None, subject: bool | None = True
) -> Answer:  # fmt: skip
    """Whether a DURC stands on a day, of a grant or of a payment: yes when it is regular and in its validity.

    `issued` is the day of the document, `regular` what it says; `subject` whether the firm is subject to INPS, INAIL or a
    Cassa edile: one that is not declares so. Reasons: `valid`, `not_subject`, `irregular`, `expired`, `issued_later`, and of an
    unknown `subject_unknown`, `issued_unknown`, `regular_unknown`.

    Raises:
        BadFacts: A value is of a wrong kind, or a day does not exist.
        NotEncoded: The day of the document lies before the table begins.
    """
    asked = Checked("durc")
    day = asked.day("on", on)
    since = None if issued is None else asked.day("issued", issued)
    told, owes = asked.truth("regular", regular), asked.truth("subject", subject)
    asked.done()
    length = _row("validity_days", day if since is None else since)
    if owes is False:
        declared = _in_force("not_subject", day) or [length]
        return answered(True, "not_subject", "the firm is not subject to contributions, and declares it", declared)
    rows = [length, *_in_force("grant_within_validity", day)]
    # No regime of terms is asked: a validity ends on its last day, whatever day that is.
    last = None if since is None else since + length.whole("number")
    shown = None if last is None else in_days(last, last)
    if since is not None and since > day:
        return answered(False, "issued_later", "the document is of a later day", rows, figures={"last_day": shown})
    if last is not None and day > last:
        return answered(False, "expired", "the document is no longer good", rows, figures={"last_day": shown})
    if told is False:
        return answered(
            False,
            "irregular",
            "the document says that contributions are not in order",
            rows,
            figures={"last_day": shown},
        )
    for value, name in ((owes, "subject"), (since, "issued"), (told, "regular")):
        if value is None:
            return answered(None, f"{name}_unknown", f"not told: {name}", rows, figures={"last_day": shown})
    return answered(True, "valid", "the document is regular and in its validity", rows, figures={"last_day": shown})


def substitutive_power(payment: Money | Range, *, debt: Money | Range | None, on: dt.date | str) -> Answer:
    """What of a payment goes to the firm, and what the body pays to the institutes in its place.

    `debt` is what the irregular DURC tells. The answer is yes when something is held back. Figures: `to_firm`,
    `to_institutes`, in euros; ranges where the debt or the payment is not known. Reasons: `held_back`, `nothing_owed`, and of
    an unknown `debt_unknown`, `payment_unknown`.

    Raises:
        BadFacts: An amount or the day is none.
        NotEncoded: The day lies before the table begins.
    """
    asked = Checked("substitutive_power")
    day = asked.day("on", on)
    pay = asked.ends("payment", payment, asked.money)
    owed = None if debt is None else asked.ends("debt", debt, asked.money)
    asked.done()
    rows = [_row("substitutive_power", day)]
    low, high = owed or Ends.of(0, pay[1])
    held = Ends.of(min(low, pay[0]), min(high, pay[1]))
    left = Ends.of(max(pay[0] - high, 0), max(pay[1] - low, 0))
    truth = True if held[0] else None if held[1] else False
    figures = {"to_firm": in_euros(*left), "to_institutes": in_euros(*held)}
    if truth is None:
        # Something is owed for sure: so it is the payment of which it is not known whether it is more than nothing.
        if low:
            return answered(None, "payment_unknown", "the payment may be nothing", rows, figures=figures)
        text = "the debt is not told" if owed is None else "the debt may be nothing"
        return answered(None, "debt_unknown", text, rows, figures=figures)
    if truth:
        return answered(
            True, "held_back", "the debt is paid to the institutes out of the payment", rows, figures=figures
        )
    return answered(False, "nothing_owed", "nothing is held back", rows, figures=figures)


def _row(rule: str, day: int) -> Row:
    return dated_table(_TABLE).on(day, rule=rule)


def _in_force(rule: str, day: int) -> list[Row]:
    """A rule of the incentives code, on the days on which it is in force."""
    return [row for row in dated_table(_TABLE).series(rule=rule) if row.holds_on(day)]
