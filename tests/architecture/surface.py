# SPDX-License-Identifier: Apache-2.0
"""The public surface: every name that a public package exports, and every class that their attributes give."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import re
import sys
import types
import typing
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGES = (
    "misure", "misure.batch", "misure.deminimis", "misure.facts", "misure.finance", "misure.identifiers",
    "misure.preconditions", "misure.register", "misure.results", "misure.rulebook", "misure.terms", "misure.testing", "misure.undertakings",
)  # fmt: skip


def exported(packages: Iterable[str] = PACKAGES) -> Iterator[tuple[str, Any]]:
    """Every public name with what it is."""
    for package in packages:
        module = importlib.import_module(package)
        for name in module.__all__:
            yield f"{package}.{name}", getattr(module, name)


def members(cls: type) -> dict[str, Any]:
    """The public members of a class that the library defines, annotated fields among them."""
    found: dict[str, Any] = {}
    for kind in reversed(cls.__mro__):
        if kind.__module__.startswith("misure"):
            found |= dict.fromkeys(vars(kind).get("__annotations__", {}))
            found |= vars(kind)
    return {name: value for name, value in found.items() if not name.startswith("_")}


INSIDE_MADE = frozenset({"Decision", "Finding", "Measure", "Placement", "Selection"})
"""Classes that the library makes of its own inside, which nobody else can hand over: their constructors are nobody's surface."""

_ASKED = frozenset({"__call__", "__contains__", "__enter__", "__getitem__", "__init__", "__iter__"})
_LIBRARIES = ("builtins", "collections.abc", "types", "typing")


def named(packages: Iterable[str] = PACKAGES) -> tuple[dict[type, str], dict[tuple[str, str], tuple[object, str]]]:
    """What the annotations of public classes and functions name: classes of the library, and aliases of types by their names and texts.

    Each with where it was first met. Methods and properties are looked through, constructors, what a union or an alias is made
    of, and the functions of a module that is itself exported.
    """
    classes: dict[type, str] = {}
    aliases: dict[tuple[str, str], tuple[object, str]] = {}
    waiting = [(what, name) for name, what in entries(packages) if _walked(what)]
    seen = set()
    while waiting:
        what, why = waiting.pop()
        if what in seen:
            continue
        seen.add(what)
        if inspect.isclass(what):
            classes.setdefault(what, why)
        for where, text, known in _annotations(what):
            for word in re.findall(r"[A-Za-z_]\w*", text):
                found = known.get(word)
                if _is_alias(word, found):
                    aliases.setdefault((word, str(found)), (found, where))
                waiting += [(one, where) for one in _classes_in(found) if one.__module__.startswith("misure")]
    return classes, aliases


def reached(packages: Iterable[str] = PACKAGES) -> dict[type, str]:
    """Every class of the library that the annotations of public classes and functions name, and where it was first met."""
    return named(packages)[0]


def entries(packages: Iterable[str] = PACKAGES) -> Iterator[tuple[str, Any]]:
    """Every public name, and of a module that is exported, as those of identifiers are, what it exports in turn."""
    for name, what in exported(packages):
        yield name, what
        if inspect.ismodule(what) and what.__name__ not in PACKAGES:
            yield from ((f"{name}.{one}", getattr(what, one)) for one in what.__all__)


def _walked(what: object) -> bool:
    return (inspect.isclass(what) or inspect.isfunction(what)) and what.__module__.startswith("misure")


def _is_alias(word: str, found: object) -> bool:
    """Whether a name stands for a type that is written out of others: of this library, and no name of Python's own."""
    if isinstance(found, str):
        return True
    alias = typing.get_origin(found) is not None or isinstance(found, types.UnionType)
    return alias and not any(found is getattr(sys.modules[home], word, None) for home in _LIBRARIES)


def _classes_in(found: object) -> Iterator[type]:
    """The classes of which a name speaks: itself, or those of the alias for which it stands."""
    parts = typing.get_args(found)
    if inspect.isclass(found) and not parts:
        yield found
    for part in parts:
        yield from (one for each in (part if isinstance(part, list) else [part]) for one in _classes_in(each))


def _annotations(what: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Where each stands, its text, and what the names in it stand for."""
    if inspect.isfunction(what):
        yield from (
            (what.__name__, str(one), _names(sys.modules[what.__module__])) for one in what.__annotations__.values()
        )
        return
    for kind in what.__mro__:
        if not kind.__module__.startswith("misure"):
            continue
        known = _names(sys.modules[kind.__module__])
        fields = vars(kind).get("__annotations__", {})
        yield from ((f"{kind.__name__}.{name}", str(one), known) for name, one in fields.items() if name[0] != "_")
        for name, function in functions_of(kind):
            if name != "__init__" or kind.__name__ not in INSIDE_MADE:
                yield from ((f"{kind.__name__}.{name}", str(one), known) for one in function.__annotations__.values())


def hinted(what: Any) -> Iterator[tuple[str, Any]]:
    """What of a public name has annotations: the function, or the class and what it defines."""
    if inspect.isfunction(what) and what.__module__.startswith("misure"):
        yield what.__name__, what
    if inspect.isclass(what) and what.__module__.startswith("misure"):
        yield what.__name__, what
        for kind in what.__mro__:
            if kind.__module__.startswith("misure"):
                yield from ((f"{kind.__name__}.{name}", function) for name, function in functions_of(kind))


def functions_of(kind: type) -> Iterator[tuple[str, Any]]:
    """The functions behind the public methods and properties that a class itself defines, and behind what operators call."""
    for name, value in vars(kind).items():
        function = getattr(value, "fget", None) or getattr(value, "func", None) or getattr(value, "__func__", value)
        if (name in _ASKED or not name.startswith("_")) and inspect.isfunction(function):
            yield name, function


@cache
def _names(module: ModuleType) -> dict[str, Any]:
    """What a module's names stand for, those that only type checkers import among them."""
    found = dict(vars(module))
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("misure"):
            home = importlib.import_module(str(node.module))
            found |= {
                alias.asname or alias.name: getattr(home, alias.name)
                for alias in node.names
                if hasattr(home, alias.name)
            }
    return found


def told() -> Iterator[str]:
    """The surface as text, a name a line, with types: of fields, of what is given and taken, and of aliases."""
    # Through which door a type is loaded is nothing that a caller sees.
    yield from (line.replace("doors.", "") for line in _lines())


def _lines() -> Iterator[str]:
    for name, what in sorted(entries(), key=lambda one: one[0]):
        yield f"{name}{_shape(what)}"
        if inspect.isclass(what) and what.__module__.startswith("misure"):
            declared = _declared(what)
            for member, value in sorted(members(what).items()):
                yield f"    {member}{_shape(value, declared.get(member))}"


def _declared(cls: type) -> dict[str, str]:
    """The annotations of fields, those of parents too."""
    return {
        name: str(one) for kind in reversed(cls.__mro__) for name, one in vars(kind).get("__annotations__", {}).items()
    }


def _shape(what: Any, declared: str | None = None) -> str:
    if isinstance(what, enum.Enum):
        return f" = {what.value!r}"
    if isinstance(what, property) or type(what).__name__ == "cached_property":
        function = getattr(what, "fget", None) or what.func
        return f": {function.__annotations__.get('return', 'Any')}"
    function = inspect.unwrap(getattr(what, "__func__", what))
    if inspect.isfunction(function):
        return str(inspect.signature(function))
    if declared is not None:
        return f": {declared}"
    if inspect.isclass(what) and not typing.get_args(what):
        return f" (class){_constructor(what)}"
    if inspect.ismodule(what):
        return " (module)"
    # Where a class lies within the library is nobody's business but ours.
    return " = " + re.sub(r"\bmisure\.(?:\w+\.)+", "", re.sub(r"<class '([\w.]+)'>", r"\1", str(what)))


def _constructor(cls: type) -> str:
    """How values of a class are made by hand: not where its fields say it already, nor where only the library makes them."""
    own = vars(cls).get("__init__")
    told_by_fields = hasattr(cls, "__dataclass_fields__") or cls.__name__ in INSIDE_MADE
    return str(inspect.signature(own)) if inspect.isfunction(own) and not told_by_fields else ""
