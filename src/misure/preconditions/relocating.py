# SPDX-License-Identifier: Apache-2.0
"""Relocation: what a firm loses that moves the aided activity away within five years of completing the investment.

From 2026, to another place in Italy or the European Economic Area it loses the part that moved, with interest, where the
incentive was tied to the area (art. 16 of D.Lgs. 184/2025, from a third party). Outside it loses more: taken here as all of it,
and for large firms over a longer period that was not read. Before, it lost all of it (art. 5 of DL 87/2018): within the Area where
the aid was tied to the site, outside in any case, and there with a fine of two to four times the aid. Figures: `rules/stato/clawback.csv`, `rules/tables/eea-members.csv`.

>>> moved = relocation(completed="2026-05-01", moved="2030-04-30", to="DE", area_bound=True, size="small")
>>> moved.reason, str(moved.figure("last_day"))
('loses_moved_part_plus_interest', '2031-05-01')
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from misure.finance.checked import Checked
from misure.ground.arguments import shown
from misure.ground.dated import Row, dated_table
from misure.ground.days import add_years
from misure.ground.given import Money, Rate, euros
from misure.ground.money import half_up
from misure.ground.ranges import Range
from misure.ground.rules_folder import bundled_rules
from misure.ground.truth import NotKnowing
from misure.preconditions.answers import Answer, FigureValue, answered, in_days

__all__ = ["relocation"]

_TABLE = "stato/clawback"
_MEMBERS = "tables/eea-members"
_SIZES = ("micro", "small", "medium", "large")


def relocation(
    *, completed: dt.date | str | None, moved: dt.date | str, to: str, area_bound: bool | None, size: str | None,
    grant: Money | None = None, moved_share: Rate | None = None,
) -> Answer:  # fmt: skip
    """Whether a firm that moves an aided activity on a day loses aid: yes when it does.

    `completed` is the day on which the investment was completed; `to` the country of the new place, by its two letters (`IT`,
    `DE`, `CN`; `EL` and `UK`, as the Union writes them, too); `area_bound` whether the incentive was tied to the area left. `grant` and `moved_share` tell how much is
    lost. Reasons: `loses_moved_part_plus_interest`, `loses_all_plus_interest`, `loses_all` and `loses_all_plus_fine` (before
    the code), `not_area_bound`, `after_the_period`, `before_completion`, `longer_period`, `transitional_rule_unknown` (completed
    before the law of the day of the move: whether it rules is not known), and `completed_unknown`, `area_bound_unknown`,
    `size_unknown`, `membership_unknown` (the United Kingdom from February to December 2020). Figures: `last_day` of the period, `lost` in euros (None where it is not known), and with a fine
    `fine`, a range in euros.

    Raises:
        BadFacts: A value is of a wrong kind, or the country is no code of ISO 3166.
        NotEncoded: The activity moved before DL 87/2018 was in force.
    """
    asked = Checked("relocation")
    day = asked.day("moved", moved)
    done = None if completed is None else asked.day("completed", completed)
    bound = asked.truth("area_bound", area_bound)
    large = None if size is None else asked.one_of("size", size, _SIZES) == "large"
    country = _country(asked, to)
    amount = None if grant is None else asked.money("grant", grant)
    share = None if moved_share is None else asked.rate("moved_share", moved_share)
    asked.done()
    years = _row("relocation_years", "any", day)
    last = None if done is None else add_years(done, years.whole("value"))
    last_day = None if last is None else in_days(last, last)
    members = [row for row in dated_table(_MEMBERS).rows if row.texts["country"] == country and row.holds_on(day)]
    inside = bool(members)
    rule = _row("relocation_within_eea" if inside else "relocation_outside_eea", "any", day)
    rows = [years, rule, *members]

    def answer(
        truth: bool | None, reason: str, text: str, lost: FigureValue = None, missing: NotKnowing = NotKnowing.MISSING
    ) -> Answer:
        return answered(truth, reason, text, rows, figures={"last_day": last_day, "lost": lost}, missing=missing)

    if not all(row.known("group") for row in members):
        return answer(None, "membership_unknown", members[0].note, missing=NotKnowing.UNPUBLISHED)
    if inside and bound is False:
        return answer(False, "not_area_bound", "the incentive was not tied to the area", euros(0))
    if done is None or last is None:
        return answer(None, "completed_unknown", "not told: completed")
    if day < done:
        return answer(None, "before_completion", "the rule speaks of the time after completion, and no other was read", missing=NotKnowing.UNPUBLISHED)  # fmt: skip
    code = _row("relocation_within_eea", "any", day).texts["value"] == "moved_part"
    if day > last:
        if code and not inside and large is not False:
            longer = _row("relocation_outside_eea_years", "large", day)
            rows.append(longer)
            if large is None:
                return answer(None, "size_unknown", "not told: size")
            return answer(None, "longer_period", longer.note, missing=NotKnowing.UNPUBLISHED)
        return answer(False, "after_the_period", "the period has passed", euros(0))
    if (bound or not inside) and done < years.since:
        text = "completed before the law of the day of the move, whose transitional provisions were not read"
        return answer(None, "transitional_rule_unknown", text, missing=NotKnowing.UNPUBLISHED)
    if not inside and not code:
        rows += [_row(f"relocation_fine_{end}", "any", day) for end in ("least", "greatest")]
        least, greatest = (row.whole("value") for row in rows[-2:])
        fine = None if amount is None else Range(euros(least * amount), euros(greatest * amount))
        return answered(
            True,
            "loses_all_plus_fine",
            "moved outside the Economic Area within the period",
            rows,
            figures={"last_day": last_day, "lost": _part(amount, Fraction(1)), "fine": fine},
        )
    if not inside:
        return answer(
            True,
            "loses_all_plus_interest",
            "moved outside the Economic Area within the period",
            _part(amount, Fraction(1)),
        )
    if bound is None:
        return answer(None, "area_bound_unknown", "not told: area_bound")
    if not code:
        return answer(True, "loses_all", "moved within the period, and tied to the site", _part(amount, Fraction(1)))
    return answer(
        True, "loses_moved_part_plus_interest", "moved within the period, and tied to the area", _part(amount, share)
    )


def _country(asked: Checked, to: object) -> str:
    if isinstance(to, str) and to in _countries():
        return _countries()[to]
    asked.fault("to", f"expected the two letters of a country (ISO 3166), such as DE; got {shown(to)}")
    return "IT"


@cache
def _countries() -> Mapping[str, str]:
    """The code of ISO 3166 by each code of a country, that of the Union too."""
    _, *lines = (bundled_rules() / "tables" / "paesi.csv").read_text("utf-8").splitlines()
    rows = [(row["code"], row["also"]) for row in csv.DictReader(lines)]
    return MappingProxyType({name: code for code, also in rows for name in (code, also) if name})


def _part(grant: int | None, share: Fraction | None) -> FigureValue:
    if grant is None or share is None:
        return None
    exact = grant * share
    return euros(half_up(exact.numerator, exact.denominator))


def _row(rule: str, law: str, day: int) -> Row:
    return dated_table(_TABLE).on(day, rule=rule, law=law)
