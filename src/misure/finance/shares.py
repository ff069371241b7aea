# SPDX-License-Identifier: Apache-2.0
"""A share of eligible costs, in the order of the law, with its steps.

The order is: eligible costs and their cap, aid intensity, bonuses, greatest grant, headroom, rounding; and the caps
once more after rounding, for no amount is rounded above a cap. Until then every number is exact.

>>> share_of("33333.33", "40%").amount
Decimal('13333.33')
>>> share_of("59999.99", "60%", maximum=30000).amount
Decimal('30000.00')
>>> lines = ["1000.01", "1000.01", "1000.01"]
>>> share_of(lines, "45%", rounding=Rounding(stage="per_line")).amount, share_of(lines, "45%").amount
(Decimal('1350.00'), Decimal('1350.01'))
>>> share_of(50000, "40%", headroom=None).amount
Range(least=Decimal('0.00'), greatest=Decimal('20000.00'))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeAlias

from misure._reopen import by_public_name
from misure.finance.answers import AmountAnswer, Number, Step, amount_between, surest
from misure.finance.checked import Checked, Ends
from misure.finance.rounding import TO_THE_CENT, Rounding, RoundingStage
from misure.ground.arguments import shown
from misure.ground.dated import Cited, act_of
from misure.ground.given import Money, Rate
from misure.ground.ranges import Range
from misure.ground.truth import Confidence

__all__ = ["NO_CAP", "ShareCap", "NoCap", "share_of"]


@by_public_name
class NoCap(Enum):
    """The act sets no such cap, which is not the same as a cap that is not known."""

    NO_CAP = "no_cap"


NO_CAP: Final = NoCap.NO_CAP
ShareCap: TypeAlias = Money | Range | NoCap | None
"""An amount that must not be passed; None where there is one and it is not known."""
_Bound: TypeAlias = Fraction | None
"""An end of a value, in cents; None above everything."""


def share_of(
    base: Money | Range | list[Money | Range | None] | tuple[Money | Range | None, ...] | None, share: Rate | Range, *,
    bonuses: Mapping[str, Rate | Range] | Iterable[Rate | Range] = (), highest_share: Rate | NoCap = NO_CAP,
    cost_cap: ShareCap = NO_CAP, maximum: ShareCap = NO_CAP, headroom: ShareCap = NO_CAP, rounding: Rounding = TO_THE_CENT,
) -> AmountAnswer:  # fmt: skip
    """A share of eligible costs: the amount and the steps to it.

    What is not known (None) or known between two ends (`Range`) leaves a range; costs that are not known and nothing
    caps leave None. A cap that binds after rounding stands as it is, though it be no multiple of the quantum.

    With `per_line` the share of each line is rounded and the sum taken; where a cap of the costs binds, the sum is held to
    the rounded share of that cap, whichever lines are thought to fill it.

    Args:
        base: Eligible costs in euros: one amount, or the lines they consist of.
        share: The aid intensity.
        bonuses: Percentage points added to it, by name or in a list; one that may be due or not is a `Range` from 0.
        highest_share: What intensity and bonuses may come to together.
        cost_cap: The greatest eligible costs.
        maximum: The greatest grant.
        headroom: What is left under the ceiling of the aid regime.
        rounding: Mode, quantum and stage; half a cent upwards on the total where the call is silent.

    Raises:
        BadFacts: An argument cannot be, or intensity and bonuses pass 100 %; every fault is told.
    """
    asked = Checked("share_of")
    many = isinstance(base, list | tuple)
    given = list(base) if isinstance(base, list | tuple) else [base]
    if any(isinstance(line, NoCap) for line in given):
        asked.fault("base", "NO_CAP is no amount of costs: None says that it is not known")
    lines = [_cap(asked, f"base[{number}]" if many else "base", line) for number, line in enumerate(given, 1)]
    intensity = asked.ends("share", share, asked.rate)
    extra = _bonuses(asked, bonuses)
    most = Fraction(1) if isinstance(highest_share, NoCap) else asked.rate("highest_share", highest_share)
    total = Ends.of(*(intensity[end] + sum(points[end] for points in extra) for end in (0, 1)))
    if isinstance(highest_share, NoCap) and total[1] > 1:
        asked.fault("bonuses", f"with the share they come to {total[1] * 100} %; a highest_share would hold them")
    caps = {
        name: _cap(asked, name, cap)
        for name, cap in (("cost_cap", cost_cap), ("maximum", maximum), ("headroom", headroom))
    }
    asked.instance("rounding", rounding, Rounding)
    asked.done()
    ends = [
        _Calculation(
            [line[end] for line in lines], intensity[end], [points[end] for points in extra], min(total[end], most),
            caps["cost_cap"][end], caps["maximum"][end], caps["headroom"][end],
        ).run(rounding)
        for end in (0, 1)
    ]  # fmt: skip
    named = {"cost_cap": cost_cap, "maximum": maximum, "headroom": headroom}
    used = {name for name, cap in named.items() if cap is not NO_CAP} | ({"bonuses"} if extra else set())
    used |= set() if isinstance(highest_share, NoCap) else {"highest_share"}
    # Where a call is silent, the rule of the conversion into euro is borrowed.
    usage = Cited(act_of("reg-1103-97"), "art. 5", Confidence.INFERRED)
    citations = (usage,) if rounding is TO_THE_CENT else ()
    steps = tuple(
        Step(name, _told(low, high, name), *(citations if name == "rounding" else ()))
        for (name, low), (_, high) in zip(*ends, strict=True)
        if name not in _OPTIONAL or name in used or (name == "caps_again" and used & set(named))
    )
    least, greatest = ends[0][-1][1], ends[1][-1][1]
    known = least is not None and least == greatest
    doubts: dict[str, Iterable[Ends[Any]]] = {
        "an eligible cost": lines,
        "the share or a bonus": [intensity, *extra],
        **{f"the {name.replace('_', ' ')}": [cap] for name, cap in caps.items()},
    }
    unknown = tuple(
        f"{what} is not exactly known" for what, of in doubts.items() if any(one[0] != one[1] for one in of)
    )
    amount = None if least is None or greatest is None else amount_between(least, greatest)
    return AmountAnswer(amount, steps, citations, surest(citations), () if known else unknown)


_OPTIONAL = {"cost_cap", "bonuses", "highest_share", "maximum", "headroom", "caps_again"}
_SHARES = {"share", "bonuses", "highest_share"}


@dataclass(frozen=True, slots=True)
class _Calculation:
    """One end of the calculation; it grows with everything it holds, so that the ends of the answer are those of the parts."""

    lines: list[_Bound]
    share: Fraction
    bonuses: list[Fraction]
    highest: Fraction
    cost_cap: _Bound
    maximum: _Bound
    headroom: _Bound

    def run(self, rounding: Rounding) -> list[tuple[str, _Bound]]:
        """Every step by name, with what stands after it."""
        costs = _sum(self.lines)
        held = _lesser(costs, self.cost_cap)
        exact = _times(held, self.highest)
        topped = _lesser(exact, self.maximum)
        within = _lesser(topped, self.headroom)
        if rounding.stage == RoundingStage.PER_LINE:
            by_line = _sum([_rounded(_times(line, self.highest), rounding) for line in self.lines])
            rounded = _lesser(by_line, _rounded(_times(self.cost_cap, self.highest), rounding))
        else:
            rounded = _rounded(within, rounding)
        return [
            ("base", costs), ("cost_cap", held), ("share", self.share), ("bonuses", self.share + sum(self.bonuses)),
            ("highest_share", self.highest), ("amount", exact), ("maximum", topped), ("headroom", within),
            ("rounding", rounded), ("caps_again", _lesser(_lesser(rounded, self.maximum), self.headroom)),
        ]  # fmt: skip


def _cap(asked: Checked, subject: str, cap: object) -> Ends[_Bound]:
    """The two ends of an amount or cap; unknown, it lies anywhere, and where there is none, above everything."""
    if cap is None:
        return Ends.of(Fraction(0), None)
    if cap is NO_CAP:
        return Ends.of(None, None)
    least, greatest = asked.ends(subject, cap, asked.money)
    return Ends.of(Fraction(least), Fraction(greatest))


def _bonuses(asked: Checked, bonuses: object) -> list[Ends[Fraction]]:
    if isinstance(bonuses, Mapping):
        return [asked.ends(f"bonuses[{name}]", points, asked.rate) for name, points in bonuses.items()]
    if isinstance(bonuses, str | bytes) or not isinstance(bonuses, Iterable):
        asked.fault("bonuses", f"expected shares by name, or a list of them; got {shown(bonuses)}")
        return []
    return [asked.ends(f"bonuses[{number}]", points, asked.rate) for number, points in enumerate(bonuses, 1)]


def _lesser(one: _Bound, other: _Bound) -> _Bound:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _sum(parts: list[_Bound]) -> _Bound:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def _times(amount: _Bound, share: Fraction) -> _Bound:
    if amount is None:
        return None if share else Fraction(0)
    return amount * share


def _rounded(amount: _Bound, rounding: Rounding) -> _Bound:
    return None if amount is None else rounding.cents(amount)


def _told(low: _Bound, high: _Bound, name: str) -> Number:
    if low is None or high is None:
        return "unknown"
    if name in _SHARES:
        return low if low == high else Range(low, high)
    return amount_between(low, high)
