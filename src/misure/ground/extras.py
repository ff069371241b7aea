# SPDX-License-Identifier: Apache-2.0
"""What the extras bring, and what is said where one is not installed.

>>> raise MissingExtra("batch", "narwhals")
Traceback (most recent call last):
...
misure.ground.extras.MissingExtra: narwhals is not installed, and frames are read with it: pip install 'misure[batch]'
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

from misure.ground.errors import MisureError

__all__ = ["MissingExtra", "offered", "with_chosen"]

P = ParamSpec("P")
T = TypeVar("T")

_USES = {"batch": "frames are read", "register": "untrusted XML is read", "testing": "applicants are drawn"}

_CHOSEN = {"pandas", "polars", "pyarrow"}
"""What frames are of is chosen by who asks for them: no extra brings it, and it is installed beside one."""


class MissingExtra(MisureError, ImportError):
    """A part of the library needs a distribution that is not installed; `extra` brings it."""

    def __init__(self, extra: str, needs: str) -> None:
        self.extra, self.needs = extra, needs
        super().__init__(extra, needs)

    def __str__(self) -> str:
        own = f" {self.needs}" if self.needs in _CHOSEN else ""
        use = "frames are made" if own else _USES[self.extra]
        return f"{self.needs} is not installed, and {use} with it: pip install 'misure[{self.extra}]'{own}"


def offered(home: str, name: str, extra: str, needs: str) -> Any:
    """A function of the module `home`; where what it `needs` is not installed, one in its place that says so when it is used.

    So a floor that rests on an extra can be imported, listed and documented without it, with what its functions take and give.
    """
    try:
        return getattr(import_module(home), name)
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] != needs:
            raise
    return _in_its_place(home, name, MissingExtra(extra, needs))


def with_chosen(function: Callable[P, T]) -> Callable[P, T]:
    """A function that works on frames of whoever calls: where a library is not there with which those are read, it says so.

    Frames of pandas are read as tables of Arrow, and the rows of DuckDB come as such, wherever they are looked at.
    """

    @wraps(function)
    def working(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except ModuleNotFoundError as problem:
            lacks = (problem.name or "").partition(".")[0]
            if lacks not in _CHOSEN:
                raise
            raise MissingExtra("batch", lacks) from None

    return working


def _in_its_place(home: str, name: str, missing: MissingExtra) -> Callable[..., NoReturn]:
    def absent(*_: object, **__: object) -> NoReturn:
        raise MissingExtra(missing.extra, missing.needs)

    absent.__module__, absent.__name__, absent.__qualname__ = home, name, name
    written = _written(home, name)
    said = (ast.get_docstring(written) or "") if isinstance(written, ast.FunctionDef | ast.ClassDef) else ""
    absent.__doc__ = f"Not here: {missing}." + (f"\n\n{said}" if said else "")
    if isinstance(written, ast.FunctionDef):
        absent.__signature__ = _signature(written)  # type: ignore[attr-defined]
    return absent


# What is not here is documented from its text: a page of the library built without an extra says what it takes and gives.


def _written(home: str, name: str) -> ast.stmt | None:
    """The definition of a name in the text of a module that cannot be imported; None where there is no text."""
    file = Path(__file__).parents[1].joinpath(*home.split(".")[1:]).with_suffix(".py")
    try:
        text = file.read_text("utf-8")
    except OSError:
        return None
    return next((node for node in ast.parse(text).body if getattr(node, "name", None) == name), None)


class _Default:
    """Stands for a default that is worked out by code: it shows what is written."""

    def __init__(self, written: str) -> None:
        self._written = written

    def __repr__(self) -> str:
        return self._written


def _signature(written: ast.FunctionDef) -> inspect.Signature:
    """What a function takes and gives, as its text says."""
    kinds, args = inspect.Parameter, written.args
    by_place = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(by_place) - len(args.defaults)) + list(args.defaults)
    rows: list[tuple[ast.arg, Any, ast.expr | None]] = [
        (arg, kinds.POSITIONAL_ONLY if at < len(args.posonlyargs) else kinds.POSITIONAL_OR_KEYWORD, default)
        for at, (arg, default) in enumerate(zip(by_place, defaults, strict=True))
    ]
    rows += [(args.vararg, kinds.VAR_POSITIONAL, None)] if args.vararg else []
    rows += [(arg, kinds.KEYWORD_ONLY, default) for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)]
    rows += [(args.kwarg, kinds.VAR_KEYWORD, None)] if args.kwarg else []
    found = [
        kinds(
            arg.arg, kind, default=kinds.empty if default is None else _Default(ast.unparse(default)),
            annotation=ast.unparse(arg.annotation) if arg.annotation else kinds.empty,
        )
        for arg, kind, default in rows
    ]  # fmt: skip
    gives = ast.unparse(written.returns) if written.returns else inspect.Signature.empty
    return inspect.Signature(found, return_annotation=gives)
