# SPDX-License-Identifier: Apache-2.0
"""Shares that make more than the whole, or not the whole: of lines of support on one base, and of tranches of one amount."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from misure.rulebook.expression import Expr, Name, same
from misure.rulebook.rules import Rulebook, Support
from misure.rulebook.sense.telling import Findings
from misure.rulebook.tranches import Tranche, Tranches

__all__ = ["shares_of_support", "shares_of_tranches"]


def shares_of_support(support: Support, findings: Findings) -> None:
    """Lines on the same base cannot give more than the whole of it, on any day on which their shares are known."""
    book, lines = findings.book, support.lines
    for first in lines:
        group = [line for line in lines if line.intensity and same(line.of, first.of)]
        if not first.intensity or group[0] is not first:
            continue
        names = [line.intensity for line in group]
        for since in _days(book, names):
            known = [_known(book, name, since) for name in names]
            if sum(share for share in known if share is not None) > 1:
                message = f"from {since} the shares of {', '.join(line.id for line in group)} add up to more than 100%"
                findings.tell_rule(names, message, (group[-1].place, group[-1].id))
                break


def shares_of_tranches(tranches: Tranches, findings: Findings) -> None:
    """Shares make a whole, and each stated amount is its share of the whole, rounded half up; the last is the rest."""
    for group in tranches.groups:
        _shares_of(tranches.of if group[0].of is None else group[0].of, group, findings)


def _shares_of(of: Expr, lines: tuple[Tranche, ...], findings: Findings) -> None:
    """The same of the tranches of one amount. What some tranche pays no more than, its others may be left, or nobody."""
    book = findings.book
    whole = of.name if isinstance(of, Name) and of.role == "parameter" else ""
    used = [name for line in lines for name in (line.share, line.stated) if name]
    last, limited = lines[-1], any(line.most is not None for line in lines)
    for since in _days(book, [*used, *([whole] if whole else [])]):
        shares = {line.id: _known(book, line.share, since) for line in lines if line.share}
        given = [share for share in shares.values() if share is not None]
        named = [line.share for line in reversed(lines) if line.share]
        if len(given) == len(lines) and (sum(given) > 1 or (sum(given) < 1 and not findings.varied)):
            message = f"from {since} the shares of the tranches add up to {_percent(sum(given))}, not to 100%"
            findings.tell_rule(named, message, (last.place, last.id))
        if len(given) == len(lines) - 1 and last.id not in shares and sum(given) >= 1 and not limited:
            findings.tell_rule(named, f"from {since} nothing is left for the last tranche", (last.place, last.id))
        total = _known(book, whole, since)
        if (
            total is None or findings.varied
        ):  # who varies one share leaves the others as they are, and what the act states
            continue
        rest: int | Fraction | None = total
        for line in lines:
            share = shares.get(line.id)
            amount = _half_up(total * share) if share is not None else None
            expected = None if limited and not line.share else rest if line is last else amount
            rest = rest - amount if rest is not None and amount is not None else None
            stated = _known(book, line.stated, since)
            if stated is not None and expected is not None and stated != expected:
                shown, right = (_decimal(one, of.type.decimals) for one in (stated, expected))
                message = f"from {since} the stated amount is {shown}, and its share is {right}"
                findings.tell_rule([line.stated, whole, *named], message, (line.place, line.id))


def _days(book: Rulebook, names: list[str]) -> list[dt.date]:
    return sorted({value.since for name in names if name in book.parameters for value in book.parameters[name].values})


def _known(book: Rulebook, name: str, since: dt.date) -> int | Fraction | None:
    parameter = book.parameters.get(name)
    live = [value for value in parameter.values if value.since <= since] if parameter is not None else []
    known = live[-1].known if live else None
    return known if isinstance(known, int | Fraction) else None


def _half_up(amount: Fraction | int) -> int:
    exact = Fraction(amount)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def _decimal(amount: int | Fraction, decimals: int) -> str:
    whole, part = divmod(int(amount), 10**decimals)
    return f"{whole}.{part:0{decimals}d}" if decimals else str(whole)


def _percent(share: Fraction | int) -> str:
    percent = Fraction(share) * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{_decimal(_half_up(percent * 100), 2)}%"
