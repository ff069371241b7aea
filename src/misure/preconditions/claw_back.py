# SPDX-License-Identifier: Apache-2.0
"""What is taken back: the grant redetermined on what was spent, and interest on what must be returned.

That a grant shrinks with the spending, and falls whole below the call's least share, is each call's own rule, known here
without texts; so are the five points that art. 9 of D.Lgs. 123/1998 adds to the official reference rate, and the count of
days. The incentives code supersedes that decree from 2026: its own article and its transitional rule were not read, so an
answer under the code is open. Figures: `rules/stato/clawback.csv`.

>>> redetermined("20000", admitted="40000", spent="27000", least_share="70%", on="2026-11-22").figure("grant")
Decimal('0.00')
>>> redetermined("20000", admitted="40000", spent="30000", least_share="70%", on="2026-11-22").figure("grant")
Decimal('15000.00')
>>> interest("10000", paid="2024-03-01", returned="2025-03-01", reference_rate="4%", law="dlgs-123-1998").figure("interest")
Decimal('900.00')
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Literal

from misure.finance.checked import Checked, Ends
from misure.ground.dated import Row, act_of, dated_table
from misure.ground.given import Money, Rate
from misure.ground.money import half_up
from misure.ground.ranges import Range
from misure.ground.truth import NotKnowing
from misure.preconditions.answers import Answer, FigureValue, Warned, answered, in_euros

__all__ = ["interest", "redetermined"]

_TABLE = "stato/clawback"
ClawBackLaw = Literal["dlgs-123-1998", "dlgs-184-2025"]
"""The two laws by which aid that is taken back bears interest."""
_LAWS = ("dlgs-123-1998", "dlgs-184-2025")


def redetermined(
    grant: Money, *, admitted: Money, spent: Money | Range | None, least_share: Rate | None, on: dt.date | str
) -> Answer:  # fmt: skip
    """What is left of a grant once the spending is reported: yes when something is.

    The grant shrinks as what was spent (and accepted) to what was admitted, rounded to the cent, half a cent upwards; what
    is spent beyond changes nothing. Below `least_share` of the admitted costs, a share that the call sets, nothing is left;
    None: the call sets none. Reasons: `whole`, `reduced`, `revoked`, `spent_unknown`. Figures: `grant` and `taken_back`, in
    euros, and `spent_share`.

    From 2026 on it warns (`code_not_read`): the incentives code superseded the decree.

    Raises:
        BadFacts: An amount, the share or the day is none, or nothing was admitted.
        NotEncoded: The day lies before the table begins.
    """
    asked = Checked("claw_back")
    day = asked.day("on", on)
    had, base = asked.money("grant", grant), asked.positive("admitted", admitted)
    used = None if spent is None else asked.ends("spent", spent, asked.money)
    least = Fraction(0) if least_share is None else asked.rate("least_share", least_share)
    asked.done()
    rows = [_row("proportional", "any", day)]
    low, high = used or Ends.of(0, base)
    ends = tuple(_left(had, min(one, base), base, least) for one in (low, high))
    shares = tuple(Fraction(min(one, base), base) for one in (low, high))
    share: FigureValue = shares[0] if shares[0] == shares[1] else Range(*shares)
    figures: dict[str, FigureValue] = {
        "grant": in_euros(*ends), "taken_back": in_euros(had - ends[1], had - ends[0]), "spent_share": share,
    }  # fmt: skip
    warnings = _code_not_read(day)
    if used is None:
        return answered(None, "spent_unknown", "not told: spent", rows, figures=figures, warnings=warnings)
    if not ends[1]:
        below = shares[1] < least
        text = "less was spent than the call's least share: nothing is left" if below else "nothing is left"
        return answered(False, "revoked", text, rows, figures=figures, warnings=warnings)
    if not ends[0]:
        text = "what was spent may lie on either side of the least share"
        return answered(None, "spent_unknown", text, rows, figures=figures, warnings=warnings)
    whole = ends[0] == had
    text = "all that was admitted was spent" if whole else "the grant shrinks with the spending"
    return answered(True, "whole" if whole else "reduced", text, rows, figures=figures, warnings=warnings)


def _code_not_read(day: int) -> list[Warned]:
    if not _superseded(day):
        return []
    act = act_of("dlgs-184-2025").label
    return [
        Warned("code_not_read", f"{act} superseded the decree; its transitional rule and its art. 17 were not read")
    ]


def _superseded(day: int) -> bool:
    return day >= dated_table(_TABLE).series(rule="interest_points", law="dlgs-184-2025")[0].since


def _left(grant: int, spent: int, admitted: int, least: Fraction) -> int:
    if Fraction(spent, admitted) < least:
        return 0
    return half_up(grant * spent, admitted)


def interest(
    amount: Money, *, paid: dt.date | str, returned: dt.date | str, reference_rate: Rate | Range | None, law: ClawBackLaw | None
) -> Answer:  # fmt: skip
    """The interest on an amount to be given back: the reference rate of the day of payment and some points, day by day.

    `paid` is the day on which the firm was paid, `returned` that on which it gives back. `reference_rate` is the official
    rate on the day of payment, a range, or None where it is not known. `law` is the decree that rules the aid; None where
    that is not known: of a payment before 2026 it is the old one. Yes when interest is due. Reasons: `due`, `none_due`,
    `rate_unknown`, `points_unknown`. Figures: `interest` in euros (None where nothing bounds it), `rate`, `points`, `days`.

    Raises:
        BadFacts: A value is of a wrong kind, or the return lies before the payment.
        NotEncoded: The day of payment lies before the law.
    """
    asked = Checked("claw_back")
    cents = asked.money("amount", amount)
    since, until = asked.day("paid", paid), asked.day("returned", returned)
    rate = None if reference_rate is None else asked.ends("reference_rate", reference_rate, asked.rate)
    ruling = None if law is None else asked.one_of("law", law, _LAWS)
    if not asked.found and until < since:
        asked.fault("returned", "the return lies before the payment")
    asked.done()
    superseded = _superseded(since)
    unread = ruling is None and superseded
    points = _row("interest_points", ruling or ("dlgs-184-2025" if superseded else "dlgs-123-1998"), since)
    count = _row("year_days", "any", since)
    rows, days = [points, count], until - since
    figures: dict[str, FigureValue] = {"interest": None, "rate": None, "points": None, "days": days}
    if not cents or not days:
        figures["interest"] = in_euros(0, 0)
        return answered(False, "none_due", "there is nothing to bear interest", rows, figures=figures)
    if not points.known("value"):
        text = f"{points.note}; whether the old decree still rules the aid is not known" if unread else points.note
        return answered(None, "points_unknown", text, rows, missing=NotKnowing.UNPUBLISHED, figures=figures)
    figures["points"] = added = points.share("value")
    if rate is None:
        return answered(
            None, "rate_unknown", "not told: the reference rate of the day of payment", rows, figures=figures
        )
    low, high = (one + added for one in rate)
    due = (_interest(cents, one, days, count.whole("value")) for one in (low, high))
    figures |= {"interest": in_euros(*due), "rate": low if low == high else Range(low, high)}
    return answered(True, "due", "interest runs from the day of payment", rows, figures=figures)


def _interest(cents: int, rate: Fraction, days: int, year: int) -> int:
    exact = cents * rate * days / year
    return half_up(exact.numerator, exact.denominator)


def _row(rule: str, law: str, day: int) -> Row:
    return dated_table(_TABLE).on(day, rule=rule, law=law)
