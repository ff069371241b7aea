# SPDX-License-Identifier: Apache-2.0
"""How an enterprise stands to others: linked, partner or autonomous, and whether public bodies control a part of it.

Recommendation 2003/361/EC, Annex, art. 3. Everything is worked out twice, for what is surely so and for what may be so; the
share at which another enterprise is counted is then known between two ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Literal

from misure.ground.dated import Cited, Row, dated_table
from misure.ground.truth import Truth
from misure.undertakings.checking import Tie
from misure.undertakings.describing import EntityKind
from misure.undertakings.figures import Figure
from misure.undertakings.links import Joined, Joining, Link, LinkReason, control, join, together
from misure.undertakings.relations import Relations, Scope, scope_of

__all__ = ["Law", "Position", "law_of"]


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of the Annex on a day."""

    majority: Row
    partner: Row
    public_control: Row
    kinds: dict[EntityKind, Row]

    @property
    def citations(self) -> tuple[Cited, ...]:
        return (self.majority.citation, self.partner.citation, self.public_control.citation)


@cache
def law_of(on: int) -> Law:
    """The rules that stand on a day.

    Raises:
        NotEncoded: The day lies before the Recommendation.
    """
    relations, kinds = dated_table("ue/undertaking-relations"), dated_table("ue/investor-kinds")
    rules = [relations.on(on, rule=rule) for rule in ("majority", "partner", "public_control")]
    return Law(rules[0], rules[1], rules[2], {kind: kinds.on(on, kind=kind) for kind in EntityKind})


@dataclass(frozen=True, slots=True)
class Partnership:
    """A group that is partner: at which share it counts, and by which holding."""

    share: Fraction
    link: Link
    several: bool = False
    """Whether more than one holding makes it partner: that the greatest counts, and once, is our reading."""


class Position:
    """One enterprise among those it hangs together with."""

    def __init__(self, relations: Relations, of: str, on: int, *, seen: Iterable[str] = ()) -> None:
        """`seen` are public bodies that count as undertakings this once, because somebody asks about them."""
        self.of, self.law = of, law_of(on)
        self.scope: Scope = scope_of(relations, of)
        bodies = {name for name in self.scope.ids if self.nature(name) == "public"}
        how = Joining(self.law.majority.share("share"), "markets", frozenset(bodies.difference(seen)))
        self.majority = how.majority
        self.sure, self.maybe = join(self.scope, how, sure=True), join(self.scope, how, sure=False)
        self._inside = {sure: frozenset(self.joined(sure=sure).unit_of(of)) for sure in (True, False)}
        self._paths: dict[tuple[str, bool], dict[str, tuple[Link, ...]]] = {}
        self._controlled: dict[tuple[tuple[str, ...], bool], set[str]] = {}
        self._into: defaultdict[str, list[Tie]] = defaultdict(list)
        for tie in self.scope.ties:
            self._into[tie.held].append(tie)
        self.sure_partners, self.maybe_partners = self._partners(sure=True), self._partners(sure=False)

    def nature(self, name: str) -> str:
        """Whether it is an enterprise, a person, or a public body."""
        return self.law.kinds[self.scope.what(name).kind].texts["nature"]

    def joined(self, *, sure: bool) -> Joined:
        return self.sure if sure else self.maybe

    def share_of(self, name: str) -> Figure:
        """At which share another one counts: all of it when linked, its part when partner, else nothing."""
        return Figure(self._share(name, sure=True), self._share(name, sure=False))

    def linked(self, name: str, *, sure: bool) -> bool:
        """Whether another one is linked: surely, or possibly."""
        return name in self._inside[sure]

    def path_to(self, name: str) -> tuple[Link, ...]:
        """The chain of relations to another one; empty when there is none."""
        for sure in (True, False):
            if self.linked(name, sure=sure):
                return self._path(self.of, name, sure=sure)
            found = self._partner(name, sure=sure)
            if found is not None:
                ends = (found.link.one, found.link.other)
                mine, theirs = ends if self.linked(ends[0], sure=sure) else ends[::-1]
                return (*self._path(self.of, mine, sure=sure), found.link, *self._path(theirs, name, sure=sure))
        return ()

    def excepted(self, tie: Tie) -> Truth:
        """Whether the holder is an investor whose holding makes no partner (art. 3(2), second subparagraph)."""
        row = self.law.kinds[self.scope.what(tie.holder).kind]
        if row.texts["excepted"] != "yes":
            return Truth.NO
        what = self.scope.what(tie.holder)
        may, must = True, True
        for column, figure in (
            ("invested_below", self._invested(tie.held)), ("budget_below", what.budget),
            ("inhabitants_below", what.inhabitants),
        ):  # fmt: skip
            if row.texts[column]:
                limit = row.share(column)
                may = may and (figure.least or Fraction(0)) < limit
                must = must and figure.greatest is not None and figure.greatest < limit
        may = may and not self._is_linked(tie, sure=True)
        must = must and not self._is_linked(tie, sure=False)
        return Truth.from_ends(may_be_yes=may, may_be_no=not must)

    def public_control(self) -> Truth:
        """Whether public bodies control, directly or not, alone or jointly, the share that bars an SME (art. 3(4))."""
        sure, maybe = (self._public_share(sure=sure) for sure in (True, False))
        reached = [self._reaches(share, self.law.public_control) for share in (sure, maybe)]
        return Truth.from_ends(may_be_yes=reached[1], may_be_no=not reached[0])

    def _share(self, name: str, *, sure: bool) -> Fraction:
        if self.linked(name, sure=sure):
            return Fraction(1)
        found = self._partner(name, sure=sure)
        return found.share if found else Fraction(0)

    def _partner(self, name: str, *, sure: bool) -> Partnership | None:
        partners = self.sure_partners if sure else self.maybe_partners
        return partners.get(self.joined(sure=sure).unit[name])

    def _path(self, start: str, end: str, *, sure: bool) -> tuple[Link, ...]:
        if (start, sure) not in self._paths:
            self._paths[start, sure] = self.joined(sure=sure).paths(start)
        return self._paths[start, sure][end]

    @staticmethod
    def _reaches(share: Fraction, rule: Row) -> bool:
        limit = rule.share("share")
        return share >= limit if rule.texts["test"] == "at_least" else share > limit

    def _counts(self, tie: Tie, *, sure: bool) -> bool:
        """Whether a holding may make a partner: surely, or possibly."""
        found = self.excepted(tie)
        return found is Truth.NO if sure else found is not Truth.YES

    def _partners(self, *, sure: bool) -> dict[str, Partnership]:
        """The partner groups, by their unit: each counts once, at the greatest share that makes it partner."""
        joined = self.joined(sure=sure)
        inside = self._inside[sure]
        blocks: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in self.scope.ties:
            if self.nature(tie.holder) == "person" or (tie.holder in inside) == (tie.held in inside):
                continue
            if self._counts(tie, sure=sure):
                other = tie.held if tie.holder in inside else tie.holder
                blocks[joined.unit[other], tie.held].append(tie)
        found: dict[str, Partnership] = {}
        for (unit, held), ties in sorted(blocks.items(), key=lambda block: block[0]):
            share = self._held_share(ties, held, sure=sure)
            if self._reaches(share, self.law.partner):
                first, *rest = (tie.holder for tie in ties)
                made = Partnership(share, Link(first, held, LinkReason.PARTNER, tuple(rest)), unit in found)
                greatest = max(found.get(unit, made), made, key=lambda one: one.share)
                found[unit] = replace(greatest, several=made.several)
        return found

    def _held_share(self, ties: list[Tie], held: str, *, sure: bool) -> Fraction:
        """The higher of capital and votes that some holders have together."""
        both: tuple[Literal["capital", "votes"], ...] = ("capital", "votes")
        return max(together(ties, self._least(held, what), what, sure=sure) for what in both)

    def _least(self, held: str, what: Literal["capital", "votes"]) -> Fraction:
        figures: list[Figure] = [getattr(tie, what) for tie in self._into[held]]
        return sum((figure.least or Fraction(0) for figure in figures), Fraction(0))

    def _invested(self, held: str) -> Figure:
        """All that business angels have put into one undertaking."""
        angels = [tie for tie in self._into[held] if self.scope.what(tie.holder).kind is EntityKind.BUSINESS_ANGELS]
        tops = [tie.invested.greatest for tie in angels]
        known = [top for top in tops if top is not None]
        least = sum((tie.invested.least or Fraction(0) for tie in angels), Fraction(0))
        return Figure(least, sum(known, Fraction(0)) if len(known) == len(tops) else None)

    def _is_linked(self, tie: Tie, *, sure: bool) -> bool:
        """Whether an investor is linked to what it holds, alone or with those it acts with."""
        joined = self.joined(sure=sure)
        if joined.unit.get(tie.holder) == joined.unit[tie.held]:
            return True
        groups = [(tie.holder,)] + [group for group in self.scope.acting_jointly if tie.holder in group]
        return any(tie.held in self._control(group, sure=sure) for group in groups)

    def _control(self, holders: tuple[str, ...], *, sure: bool) -> set[str]:
        key = (holders, sure)
        if key not in self._controlled:
            self._controlled[key] = control(self.scope, holders, self.majority, sure=sure)
        return self._controlled[key]

    def _public_share(self, *, sure: bool) -> Fraction:
        bodies = tuple(name for name in self.scope.ids if self._is_public(name, sure=sure))
        controlled = self._control(bodies, sure=sure)
        ties = [
            tie
            for tie in self._into[self.of]
            if (tie.holder in bodies or tie.holder in controlled) and self._counts(tie, sure=sure)
        ]
        return self._held_share(ties, self.of, sure=sure) if ties else Fraction(0)

    def _is_public(self, name: str, *, sure: bool) -> bool:
        what = self.scope.what(name)
        match self.law.kinds[what.kind].texts["public"]:
            case "yes":
                return True
            case "ask":
                return what.public is True or (what.public is None and not sure)
            case _:
                return False
