# SPDX-License-Identifier: Apache-2.0
"""Frozen values with named fields, for floors that have many kinds of them: one class statement, no generated code.

A dataclass compiles its methods anew for every class, about 0.7 ms each; the rulebook has some fifty kinds of rule and
tree, and every process would pay for them before its first decision. A `Record` shares its methods. Building one is slower
than building a dataclass, which matters only where thousands are built.

>>> class Deadline(Record):
...     who: str
...     days: int = 30
>>> Deadline("nucleo")
Deadline(who='nucleo', days=30)
>>> Deadline("nucleo") == Deadline(who="nucleo", days=30)
True
>>> replaced(Deadline("nucleo"), days=10).days
10
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, dataclass_transform

from misure._reopen import portable, refuse_values_by_place, reopen_value, told_as

__all__ = ["Record", "replaced", "texts_in"]


@dataclass_transform(frozen_default=True)
class _Kind(type):
    """Makes the fields of a record slots, those of its parents first."""

    field_names: tuple[str, ...] = ()
    field_defaults: Mapping[str, Any] = MappingProxyType({})
    by_name: bool = False

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, kw_only: bool = False
    ) -> _Kind:  # fmt: skip
        own = [field for field in body.get("__annotations__", {}) if not field.startswith("__")]
        defaults = {field: body.pop(field) for field in own if field in body}
        body["__slots__"] = tuple(own)
        made = super().__new__(cls, name, bases, body)
        parents = [base for base in bases if isinstance(base, _Kind) and base.field_names]
        inherited = tuple(field for base in parents for field in base.field_names)
        made.field_names = inherited + tuple(field for field in own if field not in inherited)
        inherited_defaults = {field: value for base in parents for field, value in base.field_defaults.items()}
        made.field_defaults = MappingProxyType(inherited_defaults | defaults)
        made.by_name = kw_only
        return made


class Record(metaclass=_Kind):
    """A frozen value: its fields are the annotations of the class, in order, with the defaults given there."""

    def __init__(self, *args: Any, **given: Any) -> None:
        kind = type(self)
        names = kind.field_names
        if args and kind.by_name:
            refuse_values_by_place(kind)
        if len(args) > len(names):
            raise TypeError(f"{kind.__name__} takes {len(names)} values, not {len(args)}")
        write = object.__setattr__
        for name, value in zip(names, args, strict=False):
            if name in given:
                raise TypeError(f"{kind.__name__}: {name!r} is given twice")
            write(self, name, value)
        for name in names[len(args) :]:
            if name in given:
                write(self, name, given.pop(name))
            elif name in kind.field_defaults:
                write(self, name, kind.field_defaults[name])
            else:
                raise TypeError(f"{kind.__name__}: {name!r} is not given")
        if given:
            raise TypeError(f"{kind.__name__} has no field {next(iter(given))!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} never changes: {name!r} cannot be taken away")

    def fields(self) -> tuple[tuple[str, Any], ...]:
        """Every field with its value, in order."""
        return tuple((name, getattr(self, name)) for name in type(self).field_names)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.fields() == other.fields()

    def __hash__(self) -> int:
        try:
            return hash((type(self), self.fields()))
        except TypeError:  # a field is a mapping, or holds one
            return hash((type(self), tuple(_hashed(value) for _, value in self.fields())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.fields())})"

    def __copy__(self) -> Record:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return reopen_value, (told_as(type(self)), {name: portable(value) for name, value in self.fields()})


def _hashed(value: object) -> int:
    """The hash of a value, and of a mapping in it that of its keys and values, in whatever order they stand."""
    if isinstance(value, Mapping):
        return hash(frozenset((key, _hashed(held)) for key, held in value.items()))
    return hash(tuple(map(_hashed, value))) if type(value) is tuple else hash(value)


R = TypeVar("R", bound=Record)
Owner = TypeVar("Owner")


def replaced(record: R, **changes: Any) -> R:
    """A copy of the record with other values for some of its fields."""
    return type(record)(**(dict(record.fields()) | changes))


def texts_in(part: object, owner: Owner, owned: Callable[[Record, Owner], Owner]) -> Iterator[tuple[Owner, str]]:
    """Every text within records, tuples and mappings (their keys too), with what it belongs to: `owned` says whose a record within is."""
    match part:
        case str():
            yield owner, part
        case Record():
            own = owned(part, owner)
            for _, value in part.fields():
                yield from texts_in(value, own, owned)
        case tuple():
            for one in part:
                yield from texts_in(one, owner, owned)
        case Mapping():
            for name, one in part.items():
                yield from texts_in(name, owner, owned)
                yield from texts_in(one, owner, owned)
        case _:
            pass
