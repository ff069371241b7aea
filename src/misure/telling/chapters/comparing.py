# SPDX-License-Identifier: Apache-2.0
"""By how much a comparison fails, in words: `qui 9, ne manca 1`; `qui 64,99 punti, mancano 0,01 punti`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from misure.deciding.finding import Finding
from misure.deciding.values import Exact, Range, Shown
from misure.ground.record import replaced
from misure.rulebook.expression import Compare, Name, Type
from misure.telling.chapters.rule_order import asked_by, of_the_law_alone
from misure.telling.chapters.speaker import Speaker
from misure.telling.language.figures import as_decimal

__all__ = ["found_so_far", "shortfall"]

_AT_LEAST, _ABOVE, _AT_MOST, _BELOW = ">=", ">", "<=", "<"
_TURNED = {_AT_LEAST: _AT_MOST, _ABOVE: _BELOW, _AT_MOST: _AT_LEAST, _BELOW: _ABOVE}


def shortfall(speaker: Speaker, finding: Finding) -> str:
    """Why a comparison fails; "" where the condition is no comparison, or nothing can be said of it."""
    holds, margin = _compared(speaker, finding), finding.margin
    if holds is None or margin is None:
        return ""
    left, right = _side(finding, holds.left), _side(finding, holds.right)
    if holds.left.type.kind == "date":
        return _of_days(speaker, holds.op, left, right)
    unit = _unit(holds)
    down = holds.op in (_AT_MOST, _BELOW)
    exact = not isinstance(margin, Range)
    # Of a range, the end nearest to holding: it lacks at least that much.
    nearest = margin.greatest if isinstance(margin, Range) else margin
    if left is None and right is not None and not isinstance(right, Range):
        left = _other_side(right, nearest, down=down) if exact and nearest is not None else None
    if not isinstance(nearest, int | Decimal | Fraction):
        return ""
    lack = -nearest if nearest < 0 else nearest
    here = _here(speaker, left, unit, down=down)
    if asked_by(speaker.book, holds.left) & asked_by(speaker.book, holds.right):
        # What is added to one side moves the other: no figure would be enough.
        return _joined(
            here, speaker.say("il limite cambia con gli stessi dati"), _limit(speaker, holds.right, right, unit)
        )
    if holds.op in (_ABOVE, _BELOW):
        return _joined(here, _strictly(speaker, holds.op, right, unit))
    if speaker.figures.ranks(unit):
        return _joined(here, _end(speaker, right, unit))
    return _joined(
        here, _lacking(speaker, lack, unit, down=down, exact=exact), _limit(speaker, holds.right, right, unit)
    )


def found_so_far(speaker: Speaker, finding: Finding) -> str:
    """What is known of the left side of a comparison that is still open; "" where that is nothing."""
    holds = _compared(speaker, finding)
    if holds is None or not isinstance(holds.left, Name) or holds.left.role in ("fact", "event"):
        return ""
    name = holds.left.name
    told = speaker.in_words(name, finding.values.get(name))
    return speaker.say("qui {value}", value=told) if told else ""


def _compared(speaker: Speaker, finding: Finding) -> Compare | None:
    """The comparison with the applicant on the left: `least <= costs` is told as the minimum that it is."""
    holds = finding.rule.holds
    if not isinstance(holds, Compare):
        return None
    if of_the_law_alone(speaker.book, holds.left) and not of_the_law_alone(speaker.book, holds.right):
        return replaced(holds, left=holds.right, right=holds.left, op=_TURNED.get(holds.op, holds.op))
    return holds


def _side(finding: Finding, side: object) -> Shown:
    return finding.values.get(side.name) if isinstance(side, Name) else None


def _unit(holds: Compare) -> str:
    left, right = holds.left.type, holds.right.type
    return _named(left) or _named(right)


def _named(type_: Type) -> str:
    return "" if type_.unit == "count" else type_.unit


def _other_side(right: Exact, margin: Exact, *, down: bool) -> Exact:
    assert isinstance(right, int | Decimal | Fraction)
    assert isinstance(margin, int | Decimal | Fraction)
    side = Fraction(right) - Fraction(margin) if down else Fraction(right) + Fraction(margin)
    return side if as_decimal(side) is None else as_decimal(side) or 0


def _here(speaker: Speaker, left: Shown, unit: str, *, down: bool) -> str:
    say, figures = speaker.say, speaker.figures
    if left is None or isinstance(left, str):
        return ""
    shown = "" if figures.counts(unit) else unit
    if not isinstance(left, Range):
        return say("qui {value}", value=figures.exact(left, shown))
    span = figures.span(left, shown, least=down, greatest=not down)
    return span and say("qui {value}", value=span)


def _lacking(speaker: Speaker, lack: int | Decimal | Fraction, unit: str, *, down: bool, exact: bool) -> str:
    many, figures = speaker.many, speaker.figures
    amount = figures.quantity(lack, unit)
    if down:
        if exact:
            return speaker.say("{n} in più del massimo", n=amount)
        return speaker.say("almeno {n} in più del massimo", n=amount)
    if figures.counts(unit):
        number = figures.number(lack)
        if exact:
            return many("ne manca {n}", "ne mancano {n}", lack, n=number)
        return many("ne manca almeno {n}", "ne mancano almeno {n}", lack, n=number)
    if exact:
        return many("manca {n}", "mancano {n}", lack, n=amount)
    return many("manca almeno {n}", "mancano almeno {n}", lack, n=amount)


def _limit(speaker: Speaker, side: object, value: Shown, unit: str) -> str:
    """The other side, where it was worked out: the sentence of the rule names a legal value, and this it does not."""
    if not isinstance(side, Name) or side.role != "definition" or value is None or isinstance(value, Range):
        return ""
    label = speaker.known_as(side.name)
    return label and speaker.say("{what}: {value}", what=label, value=speaker.figures.exact(value, unit))


def _end(speaker: Speaker, right: Shown, unit: str) -> str:
    """The last place, or the first, that is admitted of what has a place in an order and is no amount."""
    if right is None or isinstance(right, Range):
        return ""
    return speaker.say("il limite è {limit}", limit=speaker.figures.exact(right, unit))


def _strictly(speaker: Speaker, op: str, right: Shown, unit: str) -> str:
    if right is None or isinstance(right, Range):
        return ""
    limit = speaker.figures.exact(right, unit)
    if op == _ABOVE:
        return speaker.say("serve più di {limit}", limit=limit)
    return speaker.say("serve meno di {limit}", limit=limit)


def _of_days(speaker: Speaker, op: str, left: Shown, right: Shown) -> str:
    if not (isinstance(left, dt.date) and isinstance(right, dt.date)):
        return ""
    say = speaker.say
    day, limit = speaker.figures.day(left), speaker.figures.day(right)
    apart = speaker.days(abs((left - right).days))
    if op == _AT_MOST:
        return say("{day}, {apart} dopo il {limit}", day=day, apart=apart, limit=limit)
    if op == _AT_LEAST:
        return say("{day}, {apart} prima del {limit}", day=day, apart=apart, limit=limit)
    if op == _ABOVE:
        return say("{day}, mentre serve un giorno dopo il {limit}", day=day, limit=limit)
    return say("{day}, mentre serve un giorno prima del {limit}", day=day, limit=limit)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
