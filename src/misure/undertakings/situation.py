# SPDX-License-Identifier: Apache-2.0
"""What is said of an undertaking that may be in difficulty, and how it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from misure._reopen import by_public_name
from misure.ground.arguments import shown
from misure.ground.given import day
from misure.undertakings.figures import Count, Euros, Figure, money, signed
from misure.undertakings.names import unknown_name

__all__ = ["EarlierAid", "ReadSituation", "Situation", "YearRatios", "read_situation"]

Liability = Literal["limited", "unlimited", "none"]
"""How far the members of an undertaking answer for its debts."""
_LIABILITIES = ("limited", "unlimited", "none")
_AIDS = ("rescue_loan", "rescue_guarantee", "restructuring")
_TRUTHS = ("sme", "insolvency_proceedings", "creditors_may_request", "risk_finance_exempt")
NOT_YET = "not_yet"


@by_public_name
@dataclass(frozen=True, slots=True)
class EarlierAid:
    """Rescue or restructuring aid that the undertaking received (point (d))."""

    kind: Literal["rescue_loan", "rescue_guarantee", "restructuring"]
    granted: dt.date | str
    ended: dt.date | str | None = None
    """When the loan was repaid, the guarantee ended, or the restructuring plan was over: a day, "not_yet", or None while it
    is not known."""


@by_public_name
@dataclass(frozen=True, slots=True)
class YearRatios:
    """The two ratios of one year (point (e)); None is not known."""

    year: int
    debt_to_equity: Count = None
    """Book debt over equity. Where the equity is negative the quotient says nothing: it is not known."""
    interest_cover: Count = None
    """EBITDA over interest; it may be negative."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Situation:
    """The facts of art. 2(18) of Regulation (EU) 651/2014, at the level of the undertaking. None is not known.

    Amounts are euros from the accounts. Point (a) speaks of limited liability companies, (b) of companies with members of
    unlimited liability; a sole trader is neither.
    """

    liability: Liability | None = None
    sme: bool | None = None
    """Whether it is an SME: `size_of` and `size_over_years` tell."""
    constituted: dt.date | str | None = None
    """The day since which it exists."""
    risk_finance_exempt: bool | None = False
    """Whether the aid is risk finance, and the undertaking an SME within the years and with the due diligence that points (a)
    and (b) name: who asks judges that."""
    subscribed_capital: Euros = None
    """For a company of members with unlimited liability, the capital shown in its accounts."""
    share_premium: Euros = None
    """Counted with the capital, and not with the reserves."""
    reserves: Euros = None
    """Reserves and all other own funds that are neither capital nor premium; they may be negative."""
    accumulated_losses: Euros = None
    """Losses carried forward and of the year, as a positive amount."""
    insolvency_proceedings: bool | None = None
    """Whether it is in collective insolvency proceedings."""
    creditors_may_request: bool | None = None
    """Whether it meets the criteria of domestic law for being placed in them at its creditors' request."""
    earlier_aid: tuple[EarlierAid, ...] | None = None
    """Every rescue and restructuring aid; an empty tuple says that there was none."""
    ratios: tuple[YearRatios, ...] | None = None
    """The ratios of the last years closed; only those of the last two count."""

    def __post_init__(self) -> None:
        for name in ("earlier_aid", "ratios"):
            if isinstance(getattr(self, name), list):
                object.__setattr__(self, name, tuple(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class ReadSituation:
    """A situation, read."""

    situation: Situation
    constituted: int | None
    capital: Figure
    reserves: Figure
    losses: Figure
    aids: tuple[tuple[str, int, int | None, bool], ...] | None
    """Kind, granted, ended, and whether it is known to be still open."""
    ratios: tuple[tuple[int, Figure, Figure], ...]


Value = TypeVar("Value")


def read_situation(given: object, faults: list[tuple[str, str]]) -> ReadSituation:
    """The facts in their inner form; what is wrong with them goes to `faults`."""
    if not isinstance(given, Situation):
        faults.append(("situation", f"expected a Situation; got {shown(given)}"))
        given = Situation()
    known: Any = given

    def one(name: str, read: Callable[[object], Value], otherwise: Value) -> Value:
        try:
            return read(getattr(known, name))
        except ValueError as problem:
            faults.append((name, str(problem)))
            return otherwise

    if known.liability is not None and known.liability not in _LIABILITIES:
        faults.append(("liability", unknown_name(known.liability, _LIABILITIES)))
    for name in _TRUTHS:
        if (value := getattr(known, name)) is not None and not isinstance(value, bool):
            faults.append((name, f"expected True, False, or None while it is not known; got {shown(value)}"))
    capital, premium = one("subscribed_capital", money, money(None)), one("share_premium", money, money(None))
    constituted = one("constituted", day, None) if known.constituted is not None else None
    return ReadSituation(
        known, constituted, plus(capital, premium), one("reserves", signed, signed(None)),
        one("accumulated_losses", money, money(None)), _aids(known.earlier_aid, faults), _ratios(known.ratios, faults),
    )  # fmt: skip


def plus(one: Figure, other: Figure) -> Figure:
    """The sum of two figures."""
    return Figure(
        None if one.least is None or other.least is None else one.least + other.least,
        None if one.greatest is None or other.greatest is None else one.greatest + other.greatest,
    )


def _aids(given: object, faults: list[tuple[str, str]]) -> tuple[tuple[str, int, int | None, bool], ...] | None:
    if given is None:
        return None
    found = []
    for place, aid in enumerate(_many(given, "earlier_aid", faults), start=1):
        where = f"earlier_aid {place}"
        if not isinstance(aid, EarlierAid):
            faults.append((where, f"expected EarlierAid; got {shown(aid)}"))
            continue
        if aid.kind not in _AIDS:
            faults.append((where, f"kind: {unknown_name(aid.kind, _AIDS)}"))
        try:
            granted = day(aid.granted)
            ended = None if aid.ended is None or aid.ended == NOT_YET else day(aid.ended)
        except ValueError as problem:
            faults.append((where, str(problem)))
            continue
        if ended is not None and ended < granted:
            faults.append((where, f"it ended on {aid.ended}, before it was granted on {aid.granted}"))
        found.append((aid.kind, granted, ended, aid.ended == NOT_YET))
    return tuple(found)


def _ratios(given: object, faults: list[tuple[str, str]]) -> tuple[tuple[int, Figure, Figure], ...]:
    found: dict[int, tuple[int, Figure, Figure]] = {}
    for place, year in enumerate(_many(() if given is None else given, "ratios", faults), start=1):
        where = f"ratios {place}"
        if not isinstance(year, YearRatios):
            faults.append((where, f"expected YearRatios; got {shown(year)}"))
        elif isinstance(year.year, bool) or not isinstance(year.year, int):
            faults.append((where, f"expected a year; got {shown(year.year)}"))
        elif year.year in found:
            faults.append((where, f"{year.year} is given twice"))
        else:
            try:
                found[year.year] = (year.year, signed(year.debt_to_equity), signed(year.interest_cover))
            except ValueError as problem:
                faults.append((where, str(problem)))
    return tuple(found[year] for year in sorted(found))


def _many(given: object, what: str, faults: list[tuple[str, str]]) -> Iterable[object]:
    if isinstance(given, tuple):
        return given
    faults.append((what, f"expected a tuple; got {shown(given)}"))
    return ()
