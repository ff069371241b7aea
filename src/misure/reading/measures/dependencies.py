# SPDX-License-Identifier: Apache-2.0
"""The order in which named things can be read, each after those it uses, or the ring in which they chase each other.

>>> in_order({"a": ["b"], "b": []})
(['b', 'a'], None)
>>> in_order({"a": ["b"], "b": ["a"]})
([], ['a', 'b', 'a'])
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["in_order"]


def in_order(uses: Mapping[str, Iterable[str]]) -> tuple[list[str], list[str] | None]:
    """Names in an order in which each comes after what it uses, as near as can be to the order given.

    When some use each other in a ring, the ring is told and the order holds those that could be placed before it.
    """
    order: list[str] = []
    placed: set[str] = set()
    for start in uses:
        path: list[str] = []
        on_path: set[str] = set()
        waiting = [(start, False)]
        while waiting:
            name, done = waiting.pop()
            if done:
                path.pop()
                on_path.discard(name)
                placed.add(name)
                order.append(name)
            elif name in on_path:
                return order, [*path[path.index(name) :], name]
            elif name not in placed:
                path.append(name)
                on_path.add(name)
                waiting.append((name, True))
                inner = [used for used in uses[name] if used in uses]
                waiting.extend((used, False) for used in reversed(inner))
    return order, None
