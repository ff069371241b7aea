# SPDX-License-Identifier: Apache-2.0
"""The closed table of what a linked rulebook is made of: each kind of record by name, its fields, what each may hold.

Only what stands in this table is ever built from data, and only with values that the annotations of its class allow. So
reading a linked rulebook can make rules and nothing else, whoever wrote it.
"""

from __future__ import annotations

import hashlib
import sys
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType, ModuleType, SimpleNamespace, UnionType
from typing import Any

from misure.facts.vocabulary import Fact, Kind, Nature, Table, Unit, Vocabulary
from misure.ground.place import Place
from misure.ground.record import Record
from misure.ground.truth import Confidence
from misure.rulebook import acts, apportioning, costs, expression, recovery, rules, selection, shared_law, tranches

__all__ = ["RecordKind", "enums", "record_kinds", "table_version"]

Fits = Callable[[Any], bool]

_BENEATH: tuple[type, ...] = (Place, Unit, Fact, Table, Vocabulary)
_MODULES: tuple[ModuleType, ...] = (
    acts, apportioning, costs, expression, recovery, rules, selection, shared_law, tranches,
)  # fmt: skip
_ENUMS: tuple[type[StrEnum], ...] = (Kind, Nature, Confidence, rules.Stage, rules.Effect, acts.Read)


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record: its class, its fields in order, and whether a value may stand in each."""

    made: Callable[..., Any]
    fields: tuple[str, ...]
    fits: tuple[Fits, ...]


@cache
def record_kinds() -> Mapping[str, RecordKind]:
    """Every kind of record, by the name of its class."""
    said = {kind: _declared(kind) for kind in _classes()}
    # Most annotations stand in many classes, and understanding one costs more than all else here: each is read once.
    texts: dict[str, dict[str, str]] = {}
    for declared in said.values():
        for module, text in declared.values():
            texts.setdefault(module, {})[text] = text
    allowed: dict[tuple[str, str], Fits] = {}
    for module, asked in texts.items():
        names = {
            **vars(sys.modules[module]),
            "Selection": selection.Selection,
        }  # which rules knows for type checkers alone
        hints = typing.get_type_hints(SimpleNamespace(__annotations__=asked), names)
        allowed |= {(module, text): _fits(hint) for text, hint in hints.items()}
    return MappingProxyType({
        kind.__name__: RecordKind(kind, tuple(declared), tuple(allowed[where] for where in declared.values()))
        for kind, declared in said.items()
    })  # fmt: skip


@cache
def enums() -> Mapping[str, Mapping[str, StrEnum]]:
    """Every closed list of words, by the name of its class, with its members by their words."""
    return MappingProxyType({kind.__name__: {str(member): member for member in kind} for kind in _ENUMS})


@cache
def table_version() -> str:
    """A digest of the whole table: data of another one is not read."""
    lines = [
        f"{kind.__name__}({', '.join(f'{name}: {text}' for name, (_, text) in _declared(kind).items())})"
        for kind in _classes()
    ]
    lines += [f"{name}({', '.join(words)})" for name, words in enums().items()]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


@cache
def _classes() -> tuple[type, ...]:
    own = (value for module in _MODULES for value in vars(module).values() if isinstance(value, type))
    names = {module.__name__ for module in _MODULES}
    return _BENEATH + tuple(
        value for value in own if issubclass(value, Record) and value.__module__ in names and value is not rules.Rule
    )


def _declared(kind: type) -> dict[str, tuple[str, str]]:
    """Each field with its annotation: the module in which that was written, and its text."""
    said = {
        name: (parent.__module__, text)
        for parent in reversed(kind.__mro__)
        for name, text in vars(parent).get("__annotations__", {}).items()
    }
    names = kind.__dataclass_fields__ if is_dataclass(kind) else kind.field_names  # type: ignore[attr-defined]
    return {name: said[name] for name in names}


# What an annotation allows


def _fits(hint: Any) -> Fits:
    """Whether a value is of an annotation. A subclass is not: a truth is no number here."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if hint is None or hint is type(None):
        return lambda value: value is None
    if isinstance(hint, type) and origin is None:
        return lambda value: type(value) is hint
    if origin is typing.Literal:
        words = frozenset(parts)
        return lambda value: type(value) is str and value in words
    if origin in (typing.Union, UnionType):
        return _any_of(parts)
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        item = _fits(parts[0])
        return lambda value: type(value) is tuple and all(map(item, value))
    if origin is tuple:
        items = tuple(map(_fits, parts))
        return lambda value: (
            type(value) is tuple
            and len(value) == len(items)
            and all(fits(one) for fits, one in zip(items, value, strict=True))
        )
    if origin is frozenset:
        item = _fits(parts[0])
        return lambda value: type(value) is frozenset and all(map(item, value))
    if origin is Mapping:
        key, held = map(_fits, parts)
        return lambda value: type(value) is MappingProxyType and all(map(key, value)) and all(map(held, value.values()))
    raise TypeError(f"the table of linked rulebooks does not know what {hint!r} allows")


def _any_of(parts: tuple[Any, ...]) -> Fits:
    plain = frozenset(type(None) if part is None else part for part in parts if isinstance(part, type) or part is None)
    others = tuple(_fits(part) for part in parts if not isinstance(part, type) and part is not None)
    if not others:
        return lambda value: type(value) in plain
    return lambda value: type(value) in plain or any(fits(value) for fits in others)
