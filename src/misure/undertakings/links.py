# SPDX-License-Identifier: Apache-2.0
"""Which undertakings are one through control, and by which chain of relations.

Both definitions, of linked enterprises (Recommendation 2003/361/EC, Annex, art. 3(3)) and of the single undertaking
(Regulation (EU) 2023/2831, art. 2(2)), name the same four relations and let them work "through one or more other
enterprises". They are read here as follows: whoever is joined already votes as one, so that two subsidiaries with 30 % each
give their group a majority. That sum is our reading, and a chain that rests on it is inferred.

The same is asked twice, of what is surely so and of what may be so; the truth lies between, because every further relation
only joins more.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from misure._reopen import by_public_name
from misure.undertakings.checking import Tie
from misure.undertakings.describing import EntityKind
from misure.undertakings.figures import Figure
from misure.undertakings.relations import Scope

__all__ = ["Joined", "Joining", "Link", "LinkReason", "control", "join", "links_of"]


@by_public_name
class LinkReason(StrEnum):
    """Why two undertakings are one."""

    MAJORITY_OF_VOTES = "majority_of_votes"
    APPOINTS_MAJORITY = "appoints_majority"
    DOMINANT_INFLUENCE = "dominant_influence"
    SOLE_CONTROL = "sole_control"
    JOINT_MAJORITY = "joint_majority"
    """A majority of the votes together with undertakings that are one with the holder."""
    NATURAL_PERSON = "natural_person"
    """Controlled by the same natural person, or by persons acting jointly."""
    PARTNER = "partner"
    """A holding that is no control and makes partner enterprises: the chain then goes on in the partner's own group."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: `one` and `other` are joined, `one` being the holder where there is one."""

    one: str
    other: str
    reason: LinkReason
    via: tuple[str, ...] = ()
    """Who else takes part: the other voters of a joint majority, or the natural persons."""

    @property
    def inferred(self) -> bool:
        """Whether the link rests on our reading and not on the words of the act."""
        return self.reason is LinkReason.JOINT_MAJORITY


@dataclass(frozen=True, slots=True)
class Joining:
    """How a definition joins undertakings."""

    majority: Fraction
    persons: Literal["none", "markets", "all"]
    """What natural persons join: nothing, firms of the same or adjacent markets, or everything that they control."""
    not_through: frozenset[str] = frozenset()
    """Ids whose own relations join nothing."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The undertakings of a scope, in units that are one."""

    unit: Mapping[str, str]
    """Each undertaking with the smallest id of its unit. Natural persons are in none."""
    members: Mapping[str, tuple[str, ...]]
    links: tuple[Link, ...]

    def unit_of(self, name: str) -> tuple[str, ...]:
        return self.members[self.unit[name]]

    def paths(self, start: str) -> dict[str, tuple[Link, ...]]:
        """A shortest chain of links from one undertaking to each of its unit."""
        near: defaultdict[str, list[tuple[str, Link]]] = defaultdict(list)
        for link in self.links:
            near[link.one].append((link.other, link))
            near[link.other].append((link.one, link))
        found: dict[str, tuple[Link, ...]] = {start: ()}
        waiting = deque([start])
        while waiting:
            name = waiting.popleft()
            for other, link in sorted(near[name], key=lambda pair: pair[0]):
                if other not in found:
                    found[other] = (*found[name], link)
                    waiting.append(other)
        return found


def links_of(tie: Tie, majority: Fraction, *, sure: bool) -> Iterator[LinkReason]:
    """The relations that one holding is by itself: surely, or possibly."""
    votes = tie.votes.least if sure else tie.votes.greatest
    if votes is not None and votes > majority:
        yield LinkReason.MAJORITY_OF_VOTES
    for right, reason in (
        (tie.board, LinkReason.APPOINTS_MAJORITY), (tie.influence, LinkReason.DOMINANT_INFLUENCE),
        (tie.agreement, LinkReason.SOLE_CONTROL),
    ):  # fmt: skip
        if right or (right is None and not sure):
            yield reason


def join(scope: Scope, how: Joining, *, sure: bool) -> Joined:
    """The units of a scope: the least that is closed under every way of joining, so no order of saying matters."""
    return _Union(scope, how, sure=sure).closed()


def control(scope: Scope, holders: Iterable[str], majority: Fraction, *, sure: bool) -> set[str]:
    """Every undertaking that some holders control together, directly or through what they control."""
    return _reach(holders, _Book(scope), majority, sure=sure)


def together(
    ties: Iterable[Tie], all_least: Fraction, what: Literal["capital", "votes"] = "votes", *, sure: bool
) -> Fraction:
    """The share that some holders of an undertaking have, of whose holders all surely have `all_least`: surely, or at most."""
    figures: list[Figure] = [getattr(tie, what) for tie in ties]
    least = sum((figure.least or Fraction(0) for figure in figures), Fraction(0))
    if sure:
        return least
    return min(1 - all_least + least, sum((figure.greatest or Fraction(0) for figure in figures), Fraction(0)))


class _Book:
    """The ties of a scope by holder and by held, with the votes that the holders of each surely have."""

    def __init__(self, scope: Scope) -> None:
        self.below: defaultdict[str, list[Tie]] = defaultdict(list)
        self.held: defaultdict[str, list[Tie]] = defaultdict(list)
        for tie in scope.ties:
            self.below[tie.holder].append(tie)
            self.held[tie.held].append(tie)
        self.least = {
            name: sum((tie.votes.least or Fraction(0) for tie in ties), Fraction(0)) for name, ties in self.held.items()
        }


class _Union:
    """The closure under way: a forest of units, and the links that made it."""

    def __init__(self, scope: Scope, how: Joining, *, sure: bool) -> None:
        self.scope, self.how, self.sure = scope, how, sure
        self.book = _Book(scope)
        self.persons = {name for name in scope.ids if scope.what(name).kind is EntityKind.NATURAL_PERSON}
        self.parent = {name: name for name in scope.ids if name not in self.persons}
        self.members = {name: [name] for name in self.parent}
        self.links: list[Link] = []

    def closed(self) -> Joined:
        for tie in self.scope.ties:
            if self._joins(tie.holder) and (reason := next(links_of(tie, self.how.majority, sure=self.sure), None)):
                # Kept even where the two are one already: it tells more than the longer chain.
                link = Link(tie.holder, tie.held, reason)
                if not self._link(link):
                    self.links.append(link)
        several = [name for name, ties in sorted(self.book.held.items()) if len(ties) > 1]
        actors = [] if self.how.persons == "none" else self._actors()
        grown = True
        while grown:
            before = len(self.links)
            for name in several:
                self._join_votes(name)
            for actor in actors:
                self._join_persons(actor)
            grown = len(self.links) > before
        unit = {name: self._root(name) for name in self.parent}
        return Joined(unit, {root: tuple(sorted(self.members[root])) for root in unit.values()}, tuple(self.links))

    def _joins(self, holder: str) -> bool:
        return holder not in self.persons and holder not in self.how.not_through

    def _root(self, name: str) -> str:
        parent = self.parent
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    def _link(self, link: Link) -> bool:
        """Keep the link if it joins what was apart."""
        ends = self._root(link.one), self._root(link.other)
        root, child = min(ends), max(ends)
        if root == child:
            return False
        fewer, more = sorted((self.members.pop(root), self.members.pop(child)), key=len)
        more.extend(fewer)
        self.parent[child], self.members[root] = root, more
        self.links.append(link)
        return True

    def _join_votes(self, name: str) -> None:
        """Holders that are one already vote as one."""
        blocks: defaultdict[str, list[Tie]] = defaultdict(list)
        for tie in self.book.held[name]:
            if self._joins(tie.holder) and tie.votes.greatest:
                blocks[self._root(tie.holder)].append(tie)
        for root, ties in sorted(blocks.items()):
            if len(ties) < 2 or root == self._root(name):
                continue
            if together(ties, self.book.least[name], sure=self.sure) > self.how.majority:
                first, *rest = (tie.holder for tie in ties)
                self._link(Link(first, name, LinkReason.JOINT_MAJORITY, tuple(rest)))

    def _actors(self) -> list[tuple[str, ...]]:
        """The natural persons alone, and those who act jointly."""
        alone = [(person,) for person in sorted(self.persons)]
        groups = (tuple(one for one in group if one in self.persons) for group in self.scope.acting_jointly)
        return alone + [group for group in groups if len(group) > 1]

    def _join_persons(self, actor: tuple[str, ...]) -> None:
        reached = _reach(actor, self.book, self.how.majority, sure=self.sure)
        for one, other in self._pairs(sorted(reached)):
            self._link(Link(one, other, LinkReason.NATURAL_PERSON, actor))

    def _pairs(self, names: list[str]) -> Iterator[tuple[str, str]]:
        """Enough pairs of undertakings under one person to join all that are to be joined."""
        markets = {name: self.scope.what(name).markets for name in names}
        if self.how.persons == "all" or (not self.sure and None in markets.values()):
            yield from pairwise(names)
            return
        active: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            for market in markets[name] or ():
                active[market].append(name)
        for firms in active.values():
            yield from pairwise(firms)
        for one, other in sorted(self.scope.adjacent):
            if active.get(one) and active.get(other):
                yield active[one][0], active[other][0]


def _reach(holders: Iterable[str], book: _Book, majority: Fraction, *, sure: bool) -> set[str]:
    """What some holders control: what they hold by a control relation, or with a majority of votes taken together."""
    waiting = list(holders)
    inside, found = set(waiting), set[str]()
    mine: defaultdict[str, list[Tie]] = defaultdict(list)
    while waiting:
        for tie in book.below.get(waiting.pop(), ()):
            if tie.held in found:
                continue
            mine[tie.held].append(tie)
            votes = together(mine[tie.held], book.least[tie.held], sure=sure)
            if votes > majority or any(links_of(tie, majority, sure=sure)):
                found.add(tie.held)
                if tie.held not in inside:
                    inside.add(tie.held)
                    waiting.append(tie.held)
    return found
