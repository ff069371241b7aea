# SPDX-License-Identifier: Apache-2.0
"""Undertakings and the holdings between them, checked together.

>>> group = Relations([Undertaking("Alfa"), Undertaking("Beta")], [Holding.plain("Alfa", "Beta", "60%")])
>>> group.undescribed
()
>>> Relations([Undertaking("Alfa")], [Holding("Alfa", "Alfa", "120%")])
Traceback (most recent call last):
...
misure.ground.errors.BadFacts: <relations>: Alfa holds Alfa: capital: 120% is above 100%
<relations>: Alfa holds Alfa: nobody holds a part of itself here: own shares bear no votes
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from misure._reopen import reopen_relations
from misure.ground.arguments import shown
from misure.ground.given import Mistake, refuse
from misure.identifiers import identity
from misure.identifiers.entering import entered, is_number
from misure.undertakings.checking import Described, Tie, check
from misure.undertakings.describing import EntityKind, Holding, Undertaking
from misure.undertakings.names import unknown_name

__all__ = ["Relations", "Cluster", "named", "cluster_of"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The part of the relations that hangs together with an undertaking by any holding: nothing else bears on it."""

    ids: tuple[str, ...]
    ties: tuple[Tie, ...]
    described: Mapping[str, Described] = field(hash=False)
    acting_jointly: tuple[tuple[str, ...], ...]
    adjacent: frozenset[tuple[str, str]]

    def what(self, name: str) -> Described:
        """What is said of one; of an id that nobody describes, that it is a company."""
        return self.described.get(name, _STRANGER)


_STRANGER = Described()


@dataclass(frozen=True, slots=True, init=False)
class Relations:
    """A graph of undertakings and holdings; two are equal whatever the order in which they were said.

    Args:
        undertakings: What is said of each, once: two writings of one code are one id. An id that a holding names may be left undescribed: it is then a company whose
            figures and markets are not known; of the code of a person `single_undertaking` does not take that for certain.
        holdings: Who holds what. The same holding may be said twice, but not with different shares.
        acting_jointly: Groups of natural persons, or of investors, who act together: a family that runs two firms.
        adjacent_markets: Pairs of markets of which one lies directly upstream or downstream of the other.

    Raises:
        BadFacts: Every fault of every statement: shares above the whole, alone or in sum; negative figures; binary
            floats; a holding of itself; unknown kinds; ids said twice, or misspelt.
    """

    undertakings: tuple[Undertaking, ...]
    holdings: tuple[Holding, ...]
    acting_jointly: tuple[tuple[str, ...], ...]
    adjacent_markets: tuple[tuple[str, str], ...]
    _described: Mapping[str, Described] = field(compare=False, repr=False)
    _ties: tuple[Tie, ...] = field(compare=False, repr=False)
    _touching: Mapping[str, tuple[int, ...]] = field(compare=False, repr=False)

    def __init__(
        self,
        undertakings: Iterable[Undertaking],
        holdings: Iterable[Holding] = (),
        *,
        acting_jointly: Iterable[Iterable[str]] = (),
        adjacent_markets: Iterable[tuple[str, str]] = (),
    ) -> None:
        found, faults = check(undertakings, holdings, acting_jointly, adjacent_markets)
        refuse("<relations>", faults)
        touching: dict[str, list[int]] = {}
        for place, tie in enumerate(found.ties):
            touching.setdefault(tie.holder, []).append(place)
            touching.setdefault(tie.held, []).append(place)
        for name, value in (
            ("undertakings", found.undertakings), ("holdings", found.holdings), ("acting_jointly", found.jointly),
            ("adjacent_markets", found.adjacent), ("_described", found.described), ("_ties", found.ties),
            ("_touching", {name: tuple(places) for name, places in touching.items()}),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[object, ...]:
        return reopen_relations, (self.undertakings, self.holdings, self.acting_jointly, self.adjacent_markets)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that is described or named, in order."""
        return tuple(sorted(self._described.keys() | self._touching.keys()))

    @property
    def undescribed(self) -> tuple[str, ...]:
        """The ids that a holding names and nobody describes."""
        return tuple(sorted(self._touching.keys() - self._described.keys()))

    def __contains__(self, name: object) -> bool:
        """Whether somebody is described or named, by whichever writing of a code."""
        if name in self._described or name in self._touching:
            return True
        return isinstance(name, str) and identity.is_valid(name) and identity.validate(name) in self.ids

    def _cluster(self, of: str | None = None) -> Cluster:
        """What hangs together with one id, or everything."""
        adjacent = frozenset(self.adjacent_markets)
        if of is None:
            return Cluster(self.ids, self._ties, self._described, self.acting_jointly, adjacent)
        together: dict[str, list[int]] = {}
        for place, group in enumerate(self.acting_jointly):
            for person in group:
                together.setdefault(person, []).append(place)
        seen, waiting, places, groups = {of}, [of], set[int](), set[int]()
        while waiting:
            name = waiting.pop()
            near: set[str] = set()
            for place in self._touching.get(name, ()):
                places.add(place)
                near |= {self._ties[place].holder, self._ties[place].held}
            for place in together.get(name, ()):
                groups.add(place)
                near.update(self.acting_jointly[place])
            waiting.extend(near - seen)
            seen |= near
        ids = tuple(sorted(seen))
        described = {name: self._described[name] for name in ids if name in self._described}
        ties = tuple(self._ties[place] for place in sorted(places))
        jointly = tuple(self.acting_jointly[place] for place in sorted(groups))
        return Cluster(ids, ties, described, jointly, adjacent)


def named(relations: object, **ids: object) -> tuple[str, ...]:
    """The one writing of each id; what are no relations is refused, and ids that name none of their undertakings.

    Raises:
        BadFacts: Every fault; a natural person is no undertaking.
    """
    if not isinstance(relations, Relations):
        refuse("<relations>", [("relations", f"expected Relations; got {shown(relations)}")])
        return ()
    faults: list[Mistake] = []
    found = []
    for what, given in ids.items():
        wrong: list[Mistake] = []
        name = entered(what, given, "name the undertaking", wrong)
        found.append(name)
        if name not in relations:
            shaped = wrong and (is_number(given) or (isinstance(given, str) and given.strip()))
            faults += wrong if shaped else [(what, unknown_name(given, relations.ids))]
        elif cluster_of(relations, name).what(name).kind is EntityKind.NATURAL_PERSON:
            faults.append(
                (what, f"{name} is a natural person, no undertaking; one who trades is described as a company")
            )
    refuse("<relations>", faults)
    return tuple(found)


def cluster_of(relations: Relations, of: str | None = None) -> Cluster:
    """What hangs together with one id, or everything."""
    return relations._cluster(of)  # noqa: SLF001 (it is its own)
