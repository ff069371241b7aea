# SPDX-License-Identifier: Apache-2.0
"""A what-if: the same rulebook with other legal values, each assumed. The base is never touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from math import isfinite
from types import MappingProxyType
from typing import TypeAlias

from misure.deciding.values import share_text
from misure.facts.codes import slips
from misure.facts.values import shown
from misure.facts.vocabulary import TIME
from misure.ground.arguments import kind_in_words
from misure.ground.errors import BadRules
from misure.ground.money import decimal_text
from misure.ground.place import Fault, Place, few_hints, nearest
from misure.ground.record import replaced
from misure.ground.times import time_text
from misure.ground.truth import Confidence
from misure.reading import read_value
from misure.rulebook.expression import Name, OneOf, Type, Within, walk
from misure.rulebook.rules import Parameter, Rulebook, Value
from misure.rulebook.sense.nonsense import nonsense

__all__ = ["varied_rulebook"]

Known: TypeAlias = int | Fraction | str | tuple[str, ...] | tuple[int, ...]

_PLACE = Place("<vary>")
_MOST_DIGITS, _MOST_BITS = 60, 200
"""A number with more digits, before the point or after it, is no legal value; nothing is worked out with it."""
_EXACT = Context(prec=4 * _MOST_DIGITS)
"""Whoever calls may have set a context of few digits, which would round a legal value."""


@few_hints()
def varied_rulebook(book: Rulebook, values: Mapping[str, object]) -> tuple[Rulebook, dict[str, str]]:
    """The rulebook with other values, and those values as text: of one value there is one text, however it was given.

    Raises:
        BadRules: A name is no parameter, or a value does not fit; all faults at once.
    """
    parameters = dict(book.parameters)
    written: dict[str, str] = {}
    faults: list[Fault] = []
    for name, value in values.items():
        parameter = book.parameters.get(name)
        if parameter is None:
            message = f"no parameter of {book.id} is called {name!r}"
            faults.append(Fault(_PLACE, name, message, nearest(name, book.parameters)))
            continue
        try:
            known = read_value(_text(parameter, value), parameter.type, book.vocabulary.units)
            if isinstance(known, tuple):
                known = _once_each(known, parameter.type)
                _check_list(book, name, known)
            written[name] = _normal(parameter.type, known)
        except ValueError as problem:
            faults.append(Fault(_PLACE, name, str(problem), _hint(book, parameter, problem)))
            continue
        first = parameter.values[0]
        # What is known has no other bounds than itself.
        least, greatest = (known, known) if isinstance(known, int | Fraction) else (first.least, first.greatest)
        assumed: Value = replaced(
            first, known=known, unknown="", least=least, greatest=greatest, bounds_given=False, confidence=Confidence.ASSUMED,
            inferred="", place=_PLACE, readings=(), also=(),
        )  # fmt: skip
        parameters[name] = replaced(parameter, values=(assumed,))
    if faults:
        raise BadRules(faults)
    varied = replaced(book, parameters=MappingProxyType(parameters))
    faults = nonsense(varied, written) if written else []
    if faults:
        raise BadRules(faults)
    return varied, written


def _hint(book: Rulebook, parameter: Parameter, problem: ValueError) -> str | None:
    """What a reader suggests, where it is the unit of the parameter or a value that it takes."""
    hint: str | None = getattr(problem, "suggestion", None)
    if hint is None or hint == parameter.type.unit:
        return hint
    try:
        read_value(hint, parameter.type, book.vocabulary.units)
    except ValueError:
        return None
    return hint


def _check_list(book: Rulebook, name: str, items: tuple[object, ...]) -> None:
    """Refuse a list that holds what none of the choices, or of the codes, it is compared with can be."""
    trees = [tree for c in book.conditions for tree in (c.holds, c.when, *(e.when for e in c.exemptions))]
    trees += [tree for d in book.definitions.values() for case in d.cases for tree in (case.when, case.value)]
    for node in (node for tree in trees if tree is not None for node in walk(tree)):
        if isinstance(node, OneOf) and node.item.type.kind == "number":
            continue
        if isinstance(node, OneOf) and isinstance(node.options, Name) and node.options.name == name:
            wrong = [str(item) for item in items if item not in node.item.type.choices]
            hint = nearest(wrong[0], node.item.type.choices) if wrong else None
        elif isinstance(node, Within) and isinstance(node.codes, Name) and node.codes.name == name:
            codes, edition = tuple(dict.fromkeys(map(str, items))), node.code.type.scheme
            slip = next(slips(codes, edition, book.sections.get(edition, {})), None)
            wrong, hint = ([codes[slip.at]], slip.suggestion) if slip else ([], None)
        else:
            continue
        if wrong:
            raise ValueError(f"{wrong[0]!r} cannot stand in this list" + (f"; did you mean {hint!r}?" if hint else ""))


def _once_each(items: tuple[str, ...] | tuple[int, ...], kind: Type) -> tuple[str, ...] | tuple[int, ...]:
    """A list says what is in it: in one order, and nothing twice."""
    numbers = [item for item in items if isinstance(item, int)]
    if numbers:
        return tuple(sorted(set(numbers)))
    places = {choice: at for at, choice in enumerate(kind.choices)}
    texts = {item for item in items if isinstance(item, str)}
    return tuple(sorted(texts, key=lambda item: (places.get(item, len(places)), item)))


def _normal(kind: Type, known: Known) -> str:
    """The one text of a value: `30%`, `12:00`, `6000.00 EUR`, `60 points`, `2025-06-03`, `[A, K]`."""
    if isinstance(known, tuple):
        return f"[{', '.join(_normal(Type('number', kind.unit, kind.decimals), item) for item in known)}]"
    if isinstance(known, str):
        return known
    if kind.kind == "date":
        return dt.date.fromordinal(int(known)).isoformat()
    if isinstance(known, Fraction):
        # What was read from a decimal text ends: its denominator divides a power of ten.
        decimals = next(n for n in range(_MOST_BITS + 2) if 10**n % (known * 100).denominator == 0)
        return f"{decimal_text(int(known * 100 * 10**decimals), decimals)}%"
    if kind.unit == TIME:
        return time_text(known)
    text = decimal_text(known, kind.decimals)
    if kind.unit != "EUR" and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {kind.unit}"


def _text(parameter: Parameter, value: object) -> str:
    """The value as a rule file would write it, in one of the ways in which it may."""
    kind, unit = parameter.type.kind, parameter.type.unit
    match value:
        case str():
            return value
        case bool():
            raise _another_kind(shown(value), parameter)
        case dt.datetime():
            raise ValueError("a day is a date without a time")
        case dt.date():
            return value.isoformat()
        case dt.time() if unit == TIME:
            return value.isoformat()
        case int() | Decimal() | Fraction() if kind != "number":
            raise _another_kind(shown(value), parameter)
        case Fraction():
            if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
                raise _another_kind("a fraction of very many digits", parameter)
            return f"{share_text(value * 100)}%" if unit == "share" else f"{share_text(value)} {unit}"
        case int():
            if value.bit_length() > _MOST_BITS:
                raise _another_kind(shown(value), parameter)
            return f"{value * 100}%" if unit == "share" else f"{int(value)} {unit}"
        case Decimal():
            if not value.is_finite() or _last_digit(value) < -_MOST_DIGITS or value.adjusted() > _MOST_DIGITS:
                raise _another_kind(shown(value), parameter)
            return f"{_EXACT.multiply(value, Decimal(100)):f}%" if unit == "share" else f"{value:f} {unit}"
        case float():
            if not isfinite(value):
                raise ValueError(f"{value!r} is no number")
            exact = Decimal(repr(value))
            text = f"{(exact * 100).normalize():f}%" if unit == "share" else f"{exact:f} {unit or kind}"
            raise ValueError(f'{value!r} is a binary float: write it as text, "{text}"')
        case list() | tuple():
            wrong = next((one for one in value if not isinstance(one, str | int | Decimal)), value)
            if wrong is not value:
                raise ValueError(f"{kind_in_words(wrong)} is nothing that stands in a list of legal values")
            return f"[{', '.join(map(str, value))}]"
        case _:
            raise _another_kind(shown(value), parameter)


def _another_kind(said: str, parameter: Parameter) -> ValueError:
    from misure.reading.expressions.kinds import in_words

    return ValueError(f"{said} is not {in_words(parameter.type)}")


def _last_digit(value: Decimal) -> int:
    """The power of ten of the last digit written."""
    return int(value.as_tuple().exponent)
