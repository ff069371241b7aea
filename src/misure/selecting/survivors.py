# SPDX-License-Identifier: Apache-2.0
"""The office's word on which of several applications stays, where one may and the act does not say which.

>>> Survivors.of({"one_lead": ["A"]}).told
{'one_lead': ['A']}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from misure.allocating import NO, Allocation
from misure.facts.values import shown
from misure.ground.place import Fault, Place, nearest
from misure.ground.plain_ids import plain_id
from misure.rulebook.selection import Selection
from misure.selecting.candidates import Candidates

__all__ = ["NOBODY", "Survivors", "SurvivorsTold"]

SurvivorsTold: TypeAlias = Mapping[str, Iterable[str]] | None
"""For each relation (`unique`) of the selection, the ids of the applications that the office lets stay."""


@dataclass(frozen=True, slots=True)
class Survivors:
    """For each relation, by its id, the applications that the office lets stay; both in order."""

    kept: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, given: SurvivorsTold) -> Survivors:
        """The survivors that a caller tells.

        Raises:
            TypeError: It is no mapping from relations to the ids of applications.
        """
        if given is None:
            return cls()
        if not isinstance(given, Mapping):
            raise TypeError(f"survivors= has the ids of applications for each relation; got {shown(given)}")
        for ids in given.values():
            if isinstance(ids, str | bytes) or not isinstance(ids, Iterable):
                raise TypeError(f"survivors= has several ids for each relation; got {shown(ids)}")
        told = ((str(relation), tuple(sorted({plain_id(str(id_)) for id_ in ids}))) for relation, ids in given.items())
        return cls(tuple(sorted((relation, ids) for relation, ids in told if ids)))

    @property
    def told(self) -> dict[str, list[str]]:
        """As plain data."""
        return {relation: list(ids) for relation, ids in self.kept}

    def rows(self, rule: Selection, rows: Mapping[str, int]) -> list[frozenset[int]]:
        """The rows that stay, relation by relation; nothing where the office says nothing."""
        if not self.kept:
            return []
        kept = dict(self.kept)
        return [frozenset(rows[id_] for id_ in kept.get(one.id, ())) for one in rule.relations]

    def unknown(self, rule: Selection, rows: Mapping[str, int], place: Place) -> Iterator[Fault]:
        """A fault for every relation and every application that is not there, or of which none stays."""
        relations = {one.id: one for one in rule.relations}
        for relation, ids in self.kept:
            subject = f"survivors.{relation}"
            if relation not in relations:
                message = f"no relation is called {relation!r}" if relations else "nothing may occur only once"
                yield Fault(place, subject, message, nearest(relation, relations))
            elif relations[relation].survivor == "none":
                yield Fault(place, subject, "of applications of one key none stays, the rules say")
            else:
                yield from (
                    Fault(place, f"{subject}.{id_}", "no application has this id", nearest(id_, rows))
                    for id_ in ids
                    if id_ not in rows
                )

    def contradicted(
        self, rule: Selection, candidates: Candidates, rows: Mapping[str, int], by_rules: Allocation, place: Place
    ) -> Iterator[Fault]:
        """A fault for two of one key that cannot both stay, and for one that the rules themselves displace.

        Where that there is one for each key is a reading of ours, the office may let several stay: its word goes before it.
        """
        kept = dict(self.kept)
        for at, relation in enumerate(rule.relations):
            taken: dict[str, str] = {}
            for id_ in kept.get(relation.id, ()):
                subject = f"survivors.{relation.id}.{id_}"
                read_in_an_act = relation.within == "call" and not relation.inferred
                keys = candidates.texts[at][rows[id_]][0] if read_in_an_act else ()
                other = next((taken[key] for key in keys if key in taken), None)
                if other is not None:
                    yield Fault(place, subject, f"it cannot stay beside {other}, which has the same key")
                taken |= dict.fromkeys(keys, id_)
                standing = by_rules.standing[at]
                rival = standing.other[rows[id_]]
                if standing.stays[rows[id_]] == NO and by_rules.present[rival] != NO:
                    yield Fault(place, subject, f"the rules let {candidates.ids[rival]} stay")


NOBODY = Survivors()
"""Where the office says nothing."""
