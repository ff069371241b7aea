# SPDX-License-Identifier: Apache-2.0
"""De minimis ledgers and groups of undertakings as Hypothesis strategies, for the law beneath every measure.

>>> from hypothesis import find
>>> from misure import deminimis
>>> ledger = find(aid_ledgers(), lambda ledger: deminimis.headroom(ledger, "01234560157", on="2026-11-22", later="ignore").amount == 0)
>>> [(aid.regulation, str(aid.amount)) for aid in ledger]
[('gen', '300000.00')]
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from misure.deminimis import Aid, Ledger
from misure.deminimis.law import REGULATIONS, ceiling_row
from misure.ground.dated import dated_table
from misure.ground.errors import NotEncoded
from misure.ground.ranges import Range
from misure.identifiers.forms import made_up
from misure.testing.handed import a_count, a_day, yes_or_no
from misure.undertakings import EntityKind, Figures, Holding, Relations, Undertaking, size_class

__all__ = ["aid_ledgers", "undertakings"]

_ON = dt.date(2026, 11, 22)
_MOST_FIRMS = 10_000
_BODIES = (EntityKind.NATURAL_PERSON, EntityKind.PUBLIC_BODY, EntityKind.LOCAL_AUTHORITY)
_KINDS = (*[EntityKind.COMPANY] * 6, *EntityKind)
"""Most are companies."""


@cache
def _ceilings() -> tuple[tuple[int, ...], ...]:
    """Headcount, turnover and balance sheet at which each class ends, by the law of the day around which all is drawn."""
    found: dict[str, list[int]] = {}
    for ceiling in size_class(0, 0, 0, on=_ON).ceilings:
        if ceiling.limit is not None:
            found.setdefault(ceiling.size, []).append(int(ceiling.limit))
    return tuple(tuple(limits) for limits in found.values())


def aid_ledgers(*, on: dt.date = _ON, firms: int = 2, most: int = 6, known: bool = True) -> st.SearchStrategy[Ledger]:
    """Ledgers of de minimis aid of up to so many `firms`, with at most so many aids, around a day.

    Aids lie in and out of the three years that end on the day, the first and the last day of them among it; amounts reach the
    ceiling exactly, lie a cent beside it, and pass it. The beneficiaries are `made_up` tax codes, the first
    `01234560157`. With `known=False` some days and amounts are not known, and not every ledger is complete.
    Examples shrink to no aid.

    Raises:
        TypeError: `on` is no day, `firms` or `most` no whole number, or `known` neither True nor False.
        ValueError: There is to be no firm, fewer aids than none, or more than 10,000.
    """
    a_day(on)
    a_count("firms", firms, most=_MOST_FIRMS)
    a_count("most", most, 0, most=_MOST_FIRMS)
    yes_or_no("known", known)
    return _ledgers(on, [made_up("codice_fiscale", number) for number in range(firms)], most, known=known)


@st.composite
def _ledgers(draw: st.DrawFn, on: dt.date, firms: list[str], most: int, *, known: bool) -> Ledger:
    # The days about which a window of three years opens, under each way of counting it.
    back = [0, 1, 365, 3 * 365, *range(1094, 1098), 1461, 2000]
    aids = []
    for number in range(draw(st.integers(0, most))):
        regulation = draw(st.sampled_from(REGULATIONS))
        day = on - dt.timedelta(draw(st.sampled_from(back) | st.integers(0, 1500)))
        ceiling = _ceiling(regulation, day)
        cents = draw(
            st.sampled_from([ceiling, ceiling // 2, ceiling - 1, ceiling + 1, 100_00]) | st.integers(0, 2 * ceiling)
        )
        granted: dt.date | Range | None = day
        euro = f"{cents // 100}.{cents % 100:02}"
        amount: str | Range | None = euro
        if not known:
            granted = draw(st.sampled_from([day, Range(day - dt.timedelta(30), day), None]))
            amount = draw(st.sampled_from([euro, Range("0.00", euro), None]))
        firm = draw(st.sampled_from(firms))
        aids.append(Aid(made_up("cor", number), firm, regulation, granted, amount))
    complete = known or draw(st.booleans())
    return Ledger(aids, complete_by="visura de minimis" if complete else None)


def _ceiling(regulation: str, day: dt.date) -> int:
    try:
        return ceiling_row(day.toordinal(), regulation).ceiling
    except NotEncoded:
        return 200_000_00


def undertakings(*, most: int = 6, known: bool = True) -> st.SearchStrategy[Relations]:
    """Groups of one to `most` undertakings, persons and bodies, with who holds what of whom.

    Shares stand on and around a quarter and a half, and never add up to more than the whole; figures stand on and around the
    ceilings of the size classes. The ids are made-up tax codes, the first `01234560157`, and that one is a company. With
    `known=False` some figures and shares are not known. Examples shrink to one company that holds nothing.

    Raises:
        TypeError: `most` is no whole number, or `known` neither True nor False.
        ValueError: There is to be no undertaking, or more than 10,000.
    """
    a_count("most", most, most=_MOST_FIRMS)
    yes_or_no("known", known)
    return _undertakings(most, known=known)


@st.composite
def _undertakings(draw: st.DrawFn, most: int, *, known: bool) -> Relations:
    places = st.integers(0, most - 1)
    pairs = draw(st.lists(st.tuples(places, places), max_size=2 * most, unique=True))
    used = sorted({0, *(end for pair in pairs for end in pair)})
    alone = draw(st.integers(0, most - len(used)))
    # Those that hold or are held have the first codes, so that a group shrinks to few.
    names = [made_up("codice_fiscale", number) for number in range(len(used) + alone)]
    kinds = {
        name: EntityKind.COMPANY if not number else draw(st.sampled_from(_KINDS)) for number, name in enumerate(names)
    }
    told = [_undertaking(draw, name, kinds[name], known=known) for name in names]
    left = dict.fromkeys(names, Fraction(1))
    ties = []
    shares = st.sampled_from([Fraction(part, 100) for part in (100, 51, 50, 49, 26, 25, 24, 10)])
    for holder, held in ((names[used.index(one)], names[used.index(other)]) for one, other in pairs):
        share = min(draw(shares), left[held])
        if holder == held or kinds[held] in _BODIES or not share:
            continue
        left[held] -= share
        said = None if not known and draw(st.booleans()) else share
        invested = draw(st.sampled_from([0, 10**7])) if kinds[holder] is EntityKind.BUSINESS_ANGELS else None
        ties.append(Holding(holder, held, said, said, invested=invested))
    return Relations(told, ties)


def _undertaking(draw: st.DrawFn, name: str, kind: EntityKind, *, known: bool) -> Undertaking:
    figures = [max(0, limit + draw(st.sampled_from([-1, 0, 1]))) for limit in draw(st.sampled_from(_ceilings()))]
    said = Figures(*(None if not known and draw(st.booleans()) else figure for figure in figures))
    markets = draw(st.sampled_from([("a",), ("b",), ("a", "b")]))
    limits = dated_table("ue/investor-kinds").on(_ON.toordinal(), kind=kind.value)
    if kind is EntityKind.LOCAL_AUTHORITY:
        budget = limits.cents("budget_below") // 100 + draw(st.sampled_from([-1, 0]))
        return Undertaking(name, None, kind, budget=budget, inhabitants=limits.whole("inhabitants_below") - 1)
    if kind in _BODIES:
        return Undertaking(name, None, kind)
    public = draw(st.sampled_from([False, True])) if limits.texts["public"] == "ask" else None
    return Undertaking(name, said, kind, markets=markets, public=public)
