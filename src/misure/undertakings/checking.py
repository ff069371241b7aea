# SPDX-License-Identifier: Apache-2.0
"""The statements about undertakings and holdings, read into their inner form, with every fault that they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any

from misure.ground.arguments import shown, words_of_kind
from misure.ground.dated import dated_table
from misure.ground.given import Mistake
from misure.identifiers.entering import entered, is_number
from misure.identifiers.likeness import misspelt
from misure.undertakings.describing import EntityKind, Figures, Holding, Undertaking
from misure.undertakings.figures import Figure, count, money, share
from misure.undertakings.names import unknown_name

__all__ = ["Checked", "Described", "Tie", "asked_whether_public", "check", "read_figures"]

Faults = list[Mistake]
UNKNOWN_FIGURES = (Figure(Fraction(0), None),) * 3
_NOTHING = Fraction(0)
_KINDS = tuple(kind.value for kind in EntityKind)
_MAY_ACT_JOINTLY = frozenset(EntityKind) - {EntityKind.COMPANY, EntityKind.NON_PROFIT_BODY, EntityKind.PUBLIC_BODY}
_HELD_BY_NOBODY = frozenset({EntityKind.NATURAL_PERSON, EntityKind.PUBLIC_BODY, EntityKind.LOCAL_AUTHORITY})

_NO_GROUP = (
    "acts jointly only as a natural person or an investor; between companies, say who has sole control by the agreement"
)


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of one undertaking, read."""

    kind: EntityKind = EntityKind.COMPANY
    figures: tuple[Figure, Figure, Figure] = UNKNOWN_FIGURES
    markets: tuple[str, ...] | None = None
    budget: Figure = UNKNOWN_FIGURES[0]
    inhabitants: Figure = UNKNOWN_FIGURES[0]
    public: bool | None = None
    consolidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A holding, read; shares that are not known are bounded by what the other holders surely have."""

    holder: str
    held: str
    capital: Figure
    votes: Figure
    board: bool | None
    influence: bool | None
    agreement: bool | None
    invested: Figure


@dataclass(frozen=True, slots=True)
class Checked:
    """Statements in their order, and what was read from them."""

    undertakings: tuple[Undertaking, ...]
    holdings: tuple[Holding, ...]
    jointly: tuple[tuple[str, ...], ...]
    adjacent: tuple[tuple[str, str], ...]
    described: dict[str, Described]
    ties: tuple[Tie, ...]


def check(undertakings: Any, holdings: Any, jointly: Any, adjacent: Any) -> tuple[Checked, Faults]:
    """Everything read, or every fault."""
    faults: Faults = []
    described: dict[str, Described] = {}
    firms = _all_of(undertakings, Undertaking, "undertakings", faults)
    for firm in firms:
        if not isinstance(firm.id, str) or not firm.id.strip():
            faults.append(("undertakings", f"an id is a text that is not empty; got {_shown(firm.id)}"))
        elif firm.id in described:
            faults.append((firm.id, "is described twice"))
        else:
            described[firm.id] = _described(firm, faults)
    held = _all_of(holdings, Holding, "holdings", faults)
    ties = _ties(held, described, faults)
    named = {name for tie in ties for name in (tie.holder, tie.held)}
    for name, known in misspelt(named - described.keys(), described).items():
        faults.append((name, f"is not described, and looks like a slip; did you mean {known!r}?"))
    for name, what in described.items():
        for other in what.consolidates:
            if other not in described and other not in named:
                faults.append((name, f"consolidates: {unknown_name(other, described)}"))
    groups = _groups(jointly, described, faults)
    pairs = _pairs(adjacent, faults)
    markets = {market for what in described.values() for market in what.markets or ()}
    for market, known in misspelt({market for pair in pairs for market in pair} - markets, markets).items():
        faults.append(("adjacent_markets", f"nobody is active in {market!r}; did you mean {known!r}?"))
    bounded = _bounded(ties, faults)
    if faults:
        return Checked((), (), (), (), {}, ()), faults
    checked = Checked(
        tuple(sorted(firms, key=lambda firm: firm.id)),
        tuple(sorted(dict.fromkeys(held), key=lambda tie: (tie.holder, tie.held, repr(tie)))),
        groups, pairs, described, bounded,
    )  # fmt: skip
    return checked, faults


def read_figures(figures: object, where: str, faults: Faults) -> tuple[Figure, Figure, Figure]:
    """Headcount, turnover and balance sheet total."""
    if figures is None:
        return UNKNOWN_FIGURES
    if not isinstance(figures, Figures):
        faults.append((where, f"expected Figures; got {shown(figures)}"))
        return UNKNOWN_FIGURES
    return (
        _read(count, figures.headcount, where, "headcount", faults),
        _read(money, figures.turnover, where, "turnover", faults),
        _read(money, figures.balance_sheet, where, "balance_sheet", faults),
    )


def _all_of(given: Any, kind: type, what: str, faults: Faults) -> list[Any]:
    if not isinstance(given, Iterable) or isinstance(given, str):
        faults.append((what, f"expected many of them; got {shown(given)}"))
        return []
    found = []
    for one in given:
        if isinstance(one, kind):
            found.append(one)
        else:
            faults.append((what, f"expected {words_of_kind(kind)}; got {shown(one)}"))
    return found


def _shown(given: object) -> str:
    return shown(given) + (", a number: a code is text" if is_number(given) else "")


def _read(read: Callable[[object], Figure], given: object, where: str, what: str, faults: Faults) -> Figure:
    try:
        return read(given)
    except ValueError as problem:
        faults.append((where, f"{what}: {problem}"))
        return read(None)


def _truth(given: object, where: str, what: str, faults: Faults) -> bool | None:
    if given is not None and not isinstance(given, bool):
        faults.append((where, f"{what}: expected True, False, or None while it is not known; got {shown(given)}"))
        return None
    return given


def _texts(given: object, where: str, what: str, faults: Faults) -> tuple[str, ...]:
    if not isinstance(given, tuple) or not all(isinstance(one, str) and one.strip() for one in given):
        faults.append((where, f"{what}: expected a tuple of texts; got {shown(given)}"))
        return ()
    return given


def _described(firm: Undertaking, faults: Faults) -> Described:
    kind = EntityKind.COMPANY
    try:
        kind = EntityKind(firm.kind)
    except ValueError:
        faults.append((firm.id, f"kind: {unknown_name(firm.kind, _KINDS)}"))
    if firm.public is not None and kind not in asked_whether_public():
        faults.append((firm.id, f"public: nobody asks it of a {kind.value}; a public body has a kind of its own"))
    return Described(
        kind,
        read_figures(firm.figures, firm.id, faults),
        None if firm.markets is None else _texts(firm.markets, firm.id, "markets", faults),
        _read(money, firm.budget, firm.id, "budget", faults),
        _read(count, firm.inhabitants, firm.id, "inhabitants", faults),
        _truth(firm.public, firm.id, "public", faults),
        _texts(firm.consolidates, firm.id, "consolidates", faults),
    )


@cache
def asked_whether_public() -> frozenset[str]:
    rows = dated_table("ue/investor-kinds").rows
    return frozenset(row.texts["kind"] for row in rows if row.texts["public"] == "ask")


def _ties(holdings: list[Holding], described: dict[str, Described], faults: Faults) -> list[Tie]:
    found: dict[tuple[str, str], Tie] = {}
    for holding in holdings:
        ends: tuple[object, object] = (holding.holder, holding.held)
        wrong = [end for end in ends if not isinstance(end, str) or not end.strip()]
        faults += [("holdings", f"an id is a text that is not empty; got {_shown(end)}") for end in wrong]
        if wrong:
            continue
        where = f"{holding.holder} holds {holding.held}"
        tie = Tie(
            holding.holder, holding.held,
            _read(share, holding.capital, where, "capital", faults),
            _read(share, holding.votes, where, "votes", faults),
            _truth(holding.appoints_majority, where, "appoints_majority", faults),
            _truth(holding.dominant_influence, where, "dominant_influence", faults),
            _truth(holding.sole_control, where, "sole_control", faults),
            _read(money, holding.invested, where, "invested", faults),
        )  # fmt: skip
        if holding.holder == holding.held:
            faults.append((where, "nobody holds a part of itself here: own shares bear no votes"))
        if holding.held in described and described[holding.held].kind in _HELD_BY_NOBODY:
            faults.append((where, f"nobody holds a part of a {described[holding.held].kind.value.replace('_', ' ')}"))
        if found.setdefault((tie.holder, tie.held), tie) != tie:
            faults.append((where, "is said twice, and differently"))
    return [found[ends] for ends in sorted(found)]


def _bounded(ties: list[Tie], faults: Faults) -> tuple[Tie, ...]:
    """Nobody holds more than the others leave: a share that is not known ends there."""
    sums: defaultdict[str, list[Fraction]] = defaultdict(lambda: [_NOTHING, _NOTHING])
    for tie in ties:
        both = sums[tie.held]
        both[0] += tie.capital.least or 0
        both[1] += tie.votes.least or 0
    for held, (capital, votes) in sorted(sums.items()):
        for what, total in (("capital", capital), ("votes", votes)):
            if total > 1:
                holders = ", ".join(tie.holder for tie in ties if tie.held == held)
                faults.append((held, f"{holders} hold more than the whole of its {what}: {_per_cent(total)}"))
    return tuple(_narrowed(tie, *sums[tie.held]) for tie in ties)


def _narrowed(tie: Tie, capital: Fraction, votes: Fraction) -> Tie:
    if tie.capital.exact is not None and tie.votes.exact is not None:
        return tie
    return replace(tie, capital=_within(tie.capital, capital), votes=_within(tie.votes, votes))


def _within(figure: Figure, total: Fraction) -> Figure:
    least = figure.least or Fraction(0)
    top = Fraction(1) if figure.greatest is None else figure.greatest
    return Figure(least, max(least, min(top, 1 - total + least)))


def _per_cent(total: Fraction) -> str:
    """A share in per cent, exactly."""
    return f"{Figure(total * 100, total * 100)}%"


def _groups(given: Any, described: dict[str, Described], faults: Faults) -> tuple[tuple[str, ...], ...]:
    if not isinstance(given, Iterable) or isinstance(given, str):
        faults.append(("acting_jointly", f"expected groups of ids; got {shown(given)}"))
        return ()
    found = set()
    for group in given:
        if not isinstance(group, tuple | list | set | frozenset) or not all(isinstance(one, str) for one in group):
            faults.append(("acting_jointly", f"expected a group of ids; got {shown(group)}"))
            continue
        together = {entered("acting_jointly", one, "name who acts", faults) for one in group} - {""}
        for one in sorted(together):
            if one not in described:
                faults.append(("acting_jointly", unknown_name(one, described)))
            elif described[one].kind not in _MAY_ACT_JOINTLY:
                faults.append((one, _NO_GROUP))
        found.add(tuple(sorted(together)))
    return tuple(sorted(found))


def _pairs(given: Any, faults: Faults) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, Iterable) or isinstance(given, str):
        faults.append(("adjacent_markets", f"expected pairs of markets; got {shown(given)}"))
        return ()
    found = set()
    for pair in given:
        match pair:
            case (str() as one, str() as other):
                found.add((min(one, other), max(one, other)))
            case _:
                faults.append(("adjacent_markets", f"expected a pair of markets; got {shown(pair)}"))
    return tuple(sorted(found))
