# SPDX-License-Identifier: Apache-2.0
"""The public surface: every name that a public package exports, and every class that their attributes give."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import re
import sys
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


def reached(packages: Iterable[str] = PACKAGES) -> dict[type, str]:
    """Every class of the library that the annotations of public classes name, and where it was first met."""
    seen: dict[type, str] = {}
    waiting = [
        (what, name)
        for name, what in exported(packages)
        if inspect.isclass(what) and what.__module__.startswith("misure")
    ]
    while waiting:
        cls, why = waiting.pop()
        if cls not in seen:
            seen[cls] = why
            waiting += [(other, where) for where, other in _named(cls) if other not in seen]
    return seen


def _named(cls: type) -> Iterator[tuple[str, type]]:
    for kind in cls.__mro__:
        if not kind.__module__.startswith("misure"):
            continue
        known = _names(sys.modules[kind.__module__])
        for where, text in _annotations(kind):
            words = re.findall(r"[A-Za-z_]\w*", text)
            # An alias that is written as text names its classes in turn.
            words += [
                word
                for name in words
                if isinstance(known.get(name), str)
                for word in re.findall(r"[A-Za-z_]\w*", known[name])
            ]
            for word in words:
                other = known.get(word)
                if inspect.isclass(other) and other.__module__.startswith("misure"):
                    yield f"{kind.__name__}.{where}", other


def _annotations(kind: type) -> Iterator[tuple[str, str]]:
    for name, annotation in vars(kind).get("__annotations__", {}).items():
        if not name.startswith("_"):
            yield name, str(annotation)
    for name, value in vars(kind).items():
        function = getattr(value, "fget", None) or getattr(value, "func", None) or getattr(value, "__func__", value)
        if not name.startswith("_") and not inspect.isclass(function):
            for annotation in getattr(function, "__annotations__", {}).values():
                yield name, str(annotation)


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
    """The surface as text, a name a line."""
    for name, what in sorted(exported()):
        yield f"{name}{_shape(what)}"
        if inspect.isclass(what) and what.__module__.startswith("misure"):
            for member, value in sorted(members(what).items()):
                yield f"    {member}{_shape(value)}"


def _shape(what: Any) -> str:
    if isinstance(what, enum.Enum):
        return f" = {what.value!r}"
    if isinstance(what, property) or type(what).__name__ == "cached_property":
        function = getattr(what, "fget", None) or what.func
        return f": {function.__annotations__.get('return', 'Any')}"
    function = getattr(what, "__func__", what)
    if inspect.isfunction(function):
        return str(inspect.signature(function))
    return " (class)" if inspect.isclass(what) else ""
