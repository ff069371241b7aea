# SPDX-License-Identifier: Apache-2.0
"""What is worked out once for each thread: two threads may read one thing, and neither moves the place at which the other stands.

>>> class Book:
...     @of_each_thread
...     def mark(self):
...         return object()
>>> book = Book()
>>> book.mark is book.mark
True
"""

from __future__ import annotations

from collections.abc import Callable
from threading import get_ident
from typing import Any, Generic, TypeVar, overload

__all__ = ["of_each_thread"]

T = TypeVar("T")


class of_each_thread(Generic[T]):  # noqa: N801 - it stands where `cached_property` would
    """As `functools.cached_property`, for what changes while it is used: each thread has its own."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work, self.__doc__ = work, work.__doc__
        self._name = work.__name__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> of_each_thread[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> T | of_each_thread[T]:
        if instance is None:
            return self
        known: dict[int, T] = instance.__dict__.setdefault(f"{self._name} of each thread", {})
        thread = get_ident()
        if thread not in known:
            known[thread] = self._work(instance)
        return known[thread]
