# SPDX-License-Identifier: Apache-2.0
"""Whether the dated values of a rulebook that comes as data are values of the type that they are said to have."""

from __future__ import annotations

from fractions import Fraction

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, TIME
from misure.ground.regimes import Regime
from misure.ground.times import LAST_TIME
from misure.rulebook.expression import Type
from misure.rulebook.linked.words import is_name
from misure.rulebook.rules import Parameter, Rulebook, Value

__all__ = ["strange_parameter"]

_ANCHORS = ("filed_on", "granted_on", "paid_on", "on")
_REGIMES = frozenset(map(str, Regime))


def strange_parameter(parameter: Parameter, book: Rulebook) -> str:
    """What is wrong with a parameter, or with one of its values; "" where nothing is."""
    kind, days = parameter.type, [value.since for value in parameter.values]
    if not is_name(parameter.name) or parameter.name in {**book.facts, **book.tables, **book.definitions}:
        return "its name is none, or that of something else"
    if parameter.anchor not in _ANCHORS:
        return "it is dated on no day that is known"
    if not days or sorted(set(days)) != days:
        return "its values do not follow each other"
    if kind.kind not in ("number", "date", "list", "regime") or not _has_unit(kind, book):
        return "it is of no kind that a legal value is of"
    return next(filter(None, (_value(value, kind, book) for value in parameter.values)), "")


def _has_unit(kind: Type, book: Rulebook) -> bool:
    unit = book.vocabulary.units.get(kind.unit)
    if kind.kind == "number" or kind.unit:
        return unit is not None and kind.kind in ("number", "list") and 0 <= kind.decimals <= unit.decimals
    return True


def _value(value: Value, kind: Type, book: Rulebook) -> str:
    if value.citation.act and value.citation.act not in book.acts:
        return f"it cites an act that is not declared, {value.citation.act[:40]!r}"
    if value.source not in {"act", *book.sources}:
        return f"it was read in no source that is declared, {value.source[:40]!r}"
    if value.known is None:
        bounds = kind.kind in ("number", "date") and _fits(value.least, kind) and _fits(value.greatest, kind)
        if not value.unknown.strip() or not bounds or value.least > value.greatest:
            return "what no source gives has a reason, and bounds"
        return ""
    if any(reading.citation.act and reading.citation.act not in book.acts for reading in value.readings):
        return "a reading of it cites an act that is not declared"
    if value.unknown and (kind.kind != "list" or kind.unit):
        return "it is both known and unknown"
    if value.unknown and value.known == () and not set(value.also) - set(kind.choices):
        return ""
    if not _fits(value.known, kind):
        return f"{str(value.known)[:40]!r} is no {kind.unit or kind.kind}"
    return (
        ""
        if kind.kind in ("list", "regime") or value.least == value.known == value.greatest
        else "its bounds lie apart"
    )


def _fits(known: object, kind: Type) -> bool:
    """Whether a value is one of the type."""
    match known:
        case tuple() if kind.kind == "list" and kind.unit:
            return bool(known) and all(type(one) is int for one in known)
        case tuple() if kind.kind == "list":
            return len(set(known)) == len(known) > 0 and all(one in kind.choices for one in known)
        case str():
            return kind.kind == "regime" and known in _REGIMES
        case Fraction() if kind.kind == "number" and kind.unit == "share":
            return 0 <= known <= 1
        case int() if kind.kind == "date":
            return FIRST_DAY <= known <= LAST_DAY
        case int() if kind.kind == "number" and kind.unit == TIME:
            return 0 <= known <= LAST_TIME
        case int():
            return kind.kind == "number" and kind.unit != "share"
    return False
