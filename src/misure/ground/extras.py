# SPDX-License-Identifier: Apache-2.0
"""What the extras bring, and what is said where one is not installed.

>>> raise MissingExtra("batch", "narwhals")
Traceback (most recent call last):
...
misure.ground.extras.MissingExtra: narwhals is not installed, and frames are read with it: pip install 'misure[batch]'
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
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

    So a floor that rests on an extra can be imported, listed and documented without it.
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
    absent.__doc__ = f"Not here: {missing}."
    return absent
