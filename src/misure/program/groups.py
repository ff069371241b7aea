# SPDX-License-Identifier: Apache-2.0
"""The single undertaking of one applicant, among the relations of control that its dossier tells.

Two undertakings are of one group when control joins them, directly or through others, whichever way it runs (art. 2(2) Reg.
(EU) 2023/2831). Relations whose control nobody told may join or not: so there are those surely in the group and those
possibly in it.

>>> records = (("alfa", "beta", True), ("gamma", "beta", None), ("delta", "epsilon", True))
>>> sure, possible = single_undertaking("alfa", records, 0)
>>> sorted(sure), sorted(possible)
(['alfa', 'beta'], ['alfa', 'beta', 'gamma'])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Group", "Members", "records_of", "single_undertaking"]

Members = tuple[frozenset[str], frozenset[str] | None]
"""Those surely in the group, and those possibly in it; None when it may be anybody."""


@dataclass(frozen=True, slots=True)
class Group:
    """Where a program finds a group: the applicant's own identifier, the table of relations, and what its fields are."""

    undertaking: str
    controls: str
    beneficiary: str
    controller: str = "controller"
    controlled: str = "controlled"
    control: str = "control"

    @property
    def fields(self) -> tuple[str, str, str]:
        return self.controller, self.controlled, self.control


def records_of(group: Group, columns: Sequence[str], records: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """The two ends of each relation and whether it is one of control, from records with those columns."""
    places = [list(columns).index(name) for name in group.fields]
    return [tuple(record[place] for place in places) for record in records]


def single_undertaking(undertaking: str | None, relations: Iterable[tuple[Any, ...]], unseen: int) -> Members:
    """The members of an undertaking's group; `unseen` is how many relations there may be beside those told."""
    if undertaking is None:
        return frozenset(), None
    sure: dict[str, set[str]] = {}
    possible: dict[str, set[str]] = {}
    anybody = unseen > 0
    for one, other, control in relations:
        if control is False:
            continue
        if one is None or other is None:
            # The end that nobody told may be the applicant, or anybody else.
            anybody = True
            continue
        for edges in (possible, sure) if control is True else (possible,):
            edges.setdefault(one, set()).add(other)
            edges.setdefault(other, set()).add(one)
    return _joined(undertaking, sure), None if anybody else _joined(undertaking, possible)


def _joined(start: str, edges: dict[str, set[str]]) -> frozenset[str]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = edges.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)
