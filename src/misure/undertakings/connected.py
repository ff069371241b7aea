# SPDX-License-Identifier: Apache-2.0
"""Which undertakings hang together, for a million of them: connected components of a relation, in plain Python.

Ids become whole numbers, and a union-find with path halving joins them. This is the bulk form for relations that are known
already, such as the control relations of the business register; whether a holding is such a relation, and why each member
belongs, is told by `single_undertaking`.

>>> components([("A", "B"), ("C", "B"), ("E", "D")], nodes=["F"])
{'A': 'A', 'B': 'A', 'C': 'A', 'E': 'D', 'D': 'D', 'F': 'F'}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import chain
from typing import TypeVar

from misure.ground.arguments import shown, words_of_kind
from misure.ground.given import refuse

__all__ = ["components"]

Id = TypeVar("Id", str, int)


def components(edges: Iterable[tuple[Id, Id]], *, nodes: Iterable[Id] = ()) -> dict[Id, Id]:
    """Every id with the representative of its component: the smallest id in it, whatever the order of the edges.

    Args:
        edges: Pairs of ids, all texts or all whole numbers. A pair of one id with itself joins nothing.
        nodes: Ids that no edge may name: each of those is a component of its own.

    Raises:
        BadFacts: An edge is no pair, or an id is neither text nor whole number, or both kinds occur.
    """
    many: tuple[tuple[str, object], ...] = (("edges", edges), ("nodes", nodes))
    for which, given in many:
        if not isinstance(given, Iterable) or isinstance(given, str):
            refuse("<edges>", [(which, f"expected many of them; got {shown(given)}")])
    pairs = edges if isinstance(edges, list) else list(edges)
    faults = [
        ("edges", f"expected pairs of ids; got {words_of_kind(kind)}")
        for kind in {type(pair) for pair in pairs}
        if not issubclass(kind, tuple | list)
    ]
    if not faults and set(map(len, pairs)) - {2}:
        odd = next(pair for pair in pairs if len(pair) != 2)
        faults.append(("edges", f"expected pairs of ids; got {shown(odd)}"))
    refuse("<edges>", faults)
    number: defaultdict[Id, int] = defaultdict()
    # The next id takes the next number without a step of Python: most of the time goes into this one line.
    number.default_factory = number.__len__
    try:
        flat = list(map(number.__getitem__, chain.from_iterable(pairs)))
        for _ in map(number.__getitem__, nodes):
            pass
    except TypeError:
        refuse("<edges>", [("edges", "an id is neither text nor whole number")])
        raise
    kinds: set[type[Hashable]] = set(map(type, number))
    if not (kinds <= {str} or kinds <= {int}):
        said = " and ".join(sorted(map(words_of_kind, kinds)))
        refuse("<edges>", [("edges", f"ids are all texts or all whole numbers; got {said}")])
    parent = list(range(len(number)))
    ends = iter(flat)
    for left, right in zip(ends, ends, strict=True):
        one, other = left, right
        above, beyond = parent[one], parent[other]
        if above == beyond:
            continue
        while above != one:
            parent[one] = one = parent[above]
            above = parent[one]
        while beyond != other:
            parent[other] = other = parent[beyond]
            beyond = parent[other]
        if one < other:
            parent[other] = one
        else:
            parent[one] = other
    # A parent has a smaller number than its child, so one walk upwards in order makes every parent a root.
    for place, above in enumerate(parent):
        parent[place] = parent[above]
    names = list(number)
    best = names.copy()
    for name, root in zip(names, parent, strict=True):
        if name < best[root]:  # noqa: PLR1730 - a call of `min` for each of a million costs more than all of this line
            best[root] = name
    return dict(zip(names, map(best.__getitem__, parent), strict=True))
