# SPDX-License-Identifier: Apache-2.0
"""The single undertaking of one applicant, among the relations of control that its dossier tells.

Two undertakings are of one group when control joins them, directly or through others, whichever way it runs (art. 2(2) Reg.
(EU) 2023/2831). Relations whose control nobody told may join or not; and of somebody whom no relation speaks of, not even to
say that there is no control, nobody said that it stands apart. So there are those surely in the group and those surely not.

>>> records = (("alfa", "beta", True, None), ("gamma", "beta", None, None), ("delta", "alfa", False, None))
>>> sure, apart = single_undertaking("alfa", records, 0)
>>> sorted(sure), sorted(apart)
(['alfa', 'beta'], ['delta'])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_PERSON = 16
"""The length of a natural person's codice fiscale; that of a legal person has eleven digits."""

__all__ = ["Group", "Members", "is_person", "reached", "records_of", "single_undertaking"]

Members = tuple[frozenset[str], frozenset[str]]
"""Those surely in the group, and those surely not in it; anybody else may be."""


@dataclass(frozen=True, slots=True)
class Group:
    """Where a program finds a group: the applicant's own identifier, the table of relations, and what its fields are."""

    undertaking: str
    controls: str
    beneficiary: str
    controller: str = "controller"
    controlled: str = "controlled"
    control: str = "control"
    sole_trader: str = "sole_trader"

    @property
    def fields(self) -> tuple[str, str, str, str]:
        return self.controller, self.controlled, self.control, self.sole_trader


def records_of(group: Group, columns: Sequence[str], records: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """The two ends of each relation, whether it is one of control, and whether a person in it is an undertaking."""
    places = [list(columns).index(name) for name in group.fields]
    return [tuple(record[place] for place in places) for record in records]


def single_undertaking(undertaking: str | None, relations: Iterable[tuple[Any, ...]], unseen: int) -> Members:
    """The members of an undertaking's group; `unseen` is how many relations there may be beside those told.

    Surely not of it is whom the relations tell of, and join by no control: who is in none of them, or only in relations that
    do not reach the undertaking, may be a member that was not told.
    """
    if undertaking is None:
        return frozenset(), frozenset()
    sure: dict[str, set[str]] = {}
    possible: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    anybody = unseen > 0
    for one, other, control, sole_trader in relations:
        held = sure_control(undertaking, one, other, control, sole_trader)
        if one is None or other is None:
            # The end that nobody told may be the applicant, or anybody else.
            anybody = anybody or held is not False
            continue
        for edges in (told,) if held is False else (told, possible, sure) if held else (told, possible):
            edges.setdefault(one, set()).add(other)
            edges.setdefault(other, set()).add(one)
    apart = frozenset[str]() if anybody else _joined(undertaking, told) - _joined(undertaking, possible)
    return _joined(undertaking, sure), apart


def reached(undertaking: str, relations: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    """Whom the relations tell of, as of its group or as apart from it: the undertaking, and whoever they lead to, by control or not.

    >>> sorted(reached("alfa", (("alfa", "beta", False, None), ("delta", "epsilon", True, None))))
    ['alfa', 'beta']
    """
    edges: dict[str, set[str]] = {}
    for one, other, *_ in relations:
        if one is not None and other is not None:
            edges.setdefault(one, set()).add(other)
            edges.setdefault(other, set()).add(one)
    return _joined(undertaking, edges)


def sure_control(
    undertaking: str, one: str | None, other: str | None, control: bool | None, sole_trader: bool | None
) -> bool | None:
    """Whether a relation joins its ends: yes, no, or not known.

    A natural person who is no undertaking joins nothing in the text of art. 2(2), and offices differ; one who trades alone is
    an undertaking like any other. The applicant itself is one in any case.

    >>> sure_control("alfa", "RSSMRA85T10F205R", "alfa", True, None) is None
    True
    """
    if not is_person(one, other, undertaking) or control is False:
        return control
    return control if sole_trader else sole_trader


def is_person(one: str | None, other: str | None, undertaking: str) -> bool:
    """Whether an end of a relation, other than the applicant, has a natural person's codice fiscale."""
    return any(end is not None and end != undertaking and len(end) == _PERSON for end in (one, other))


def _joined(start: str, edges: dict[str, set[str]]) -> frozenset[str]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = edges.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)
