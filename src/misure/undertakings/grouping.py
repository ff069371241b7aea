# SPDX-License-Identifier: Apache-2.0
"""The figures by which an enterprise is measured: its own, those of linked enterprises whole, those of partners in part.

Recommendation 2003/361/EC, Annex, art. 3 and 6; Annex I of Regulation (EU) 651/2014 repeats them.

>>> from misure.undertakings import Figures, Holding, Relations, Undertaking
>>> own, partner = Figures(200, 20_000_000, 15_000_000), Figures(200, 40_000_000, 30_000_000)
>>> group = Relations([Undertaking("Alfa", own), Undertaking("Beta", partner)], [Holding.plain("Beta", "Alfa", "30%")])
>>> added = aggregate(group, of="Alfa", on="2026-11-22")
>>> str(added.headcount), str(added.turnover), str(added.balance_sheet)
('260', '32000000', '24000000')
>>> size_of(group, of="Alfa", on="2026-11-22").size.value
'large'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.ground.dated import Cited
from misure.ground.given import day, refuse
from misure.ground.truth import Confidence, Truth, worst
from misure.undertakings.describing import Figures
from misure.undertakings.figures import Figure
from misure.undertakings.links import Link
from misure.undertakings.relations import Relations, named
from misure.undertakings.size import SizeAnswer, SizeClass, SizeDefinition, measured, read_definition
from misure.undertakings.standing import Position

__all__ = [
    "Aggregate",
    "Counted",
    "EnterpriseSize",
    "NotAdded",
    "EnterpriseRelation",
    "RelationAnswer",
    "aggregate",
    "relation",
    "size_of",
]


@by_public_name
class EnterpriseRelation(StrEnum):
    """How one enterprise stands to another (Annex, art. 3)."""

    ITSELF = "itself"
    LINKED = "linked"
    PARTNER = "partner"
    AUTONOMOUS = "autonomous"


@by_public_name
@dataclass(frozen=True, slots=True)
class RelationAnswer:
    """How an enterprise stands to another: more than one relation when the facts leave it open."""

    of: str
    to: str
    relations: tuple[EnterpriseRelation, ...]
    share: Figure
    """The part of the other's figures that is added: all of it when linked, the higher of capital and votes when partner."""
    path: tuple[Link, ...]
    citations: tuple[Cited, ...]
    confidence: Confidence

    @property
    def relation(self) -> EnterpriseRelation | None:
        """The relation when it is definite, else None."""
        return self.relations[0] if len(self.relations) == 1 else None


@by_public_name
@dataclass(frozen=True, slots=True)
class Counted:
    """An undertaking whose figures are added, at which share, and why."""

    id: str
    relations: tuple[EnterpriseRelation, ...]
    share: Figure
    path: tuple[Link, ...]


@by_public_name
@dataclass(frozen=True, slots=True)
class NotAdded:
    """One that holds or is held and is not added, or not for what it holds, and why."""

    id: str
    reason: str
    """`excepted_investor` (surely or possibly: art. 3(2)), `public_body`, or `consolidated`: its figures stand in another's."""
    by: str = ""
    """The undertaking held, or the one whose accounts hold it already."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Aggregate:
    """The figures of an enterprise with those of its partner and linked enterprises. Exact fractions."""

    of: str
    headcount: Figure
    turnover: Figure
    balance_sheet: Figure
    counted: tuple[Counted, ...]
    """The enterprise itself, then the linked ones, then the partners."""
    left_out: tuple[NotAdded, ...]
    missing: tuple[str, ...]
    """The undertakings that count and some of whose figures are not exactly known."""
    public_control: Truth
    citations: tuple[Cited, ...]
    confidence: Confidence

    @property
    def figures(self) -> Figures:
        """The sums as figures, such as `size_over_years` asks for."""
        return Figures(self.headcount, self.turnover, self.balance_sheet)


@by_public_name
@dataclass(frozen=True, slots=True)
class EnterpriseSize:
    """The size class of an enterprise among its partner and linked enterprises, with the sums that it rests on."""

    answer: SizeAnswer
    aggregate: Aggregate

    @property
    def size(self) -> SizeClass | None:
        """The class when it is definite, else None."""
        return self.answer.size

    @property
    def classes(self) -> tuple[SizeClass, ...]:
        """The classes that are possible, the smallest first."""
        return self.answer.classes

    @property
    def is_sme(self) -> Truth:
        """Whether it is an SME."""
        return self.answer.is_sme

    @property
    def confidence(self) -> Confidence:
        """The worst that the ceilings and the sums rest on."""
        return worst(self.answer.confidence, self.aggregate.confidence)


def relation(relations: Relations, *, of: str, to: str, on: dt.date | str) -> RelationAnswer:
    """How one enterprise stands to another: linked, partner (directly, or in a partner's own group), or autonomous.

    Recommendation 2003/361/EC, Annex, art. 3. A holding of a quarter makes partners, control makes linked enterprises, also
    through others and through natural persons in the same or adjacent markets; the investors of art. 3(2) make no partner.

    >>> from misure.undertakings import Holding
    >>> answer = relation(Relations([], [Holding("A", "B", capital="25%", votes="40%")]), of="B", to="A", on="2026-11-22")
    >>> answer.relation.value, str(answer.share)
    ('partner', '0.4')

    Raises:
        BadFacts: An id names nobody, or a natural person.
        NotEncoded: The day lies before the Recommendation.
    """
    of, to = named(relations, of=of, to=to)
    standing = Position(relations, of, _day(on), seen=(of, to))
    if to not in standing.sure.unit:
        return RelationAnswer(
            of, to, (EnterpriseRelation.AUTONOMOUS,), _NOTHING, (), standing.law.citations[:2], Confidence.SECONDARY
        )
    path = standing.path_to(to)
    return RelationAnswer(
        of, to, _relations(standing, to), standing.share_of(to), path, standing.law.citations[:2],
        _confidence(standing, [path], standing.law.citations[:2]),
    )  # fmt: skip


def aggregate(relations: Relations, *, of: str, on: dt.date | str) -> Aggregate:
    """An enterprise's figures with those of the enterprises that it is measured with.

    Recommendation 2003/361/EC, Annex, art. 6: to its own data are added all the data of linked enterprises, and those of
    partner enterprises in proportion to the higher of capital and votes. A partner brings its own linked enterprises; a
    partner's partner is not added, a linked enterprise's partner is.

    Figures that are not known make a range, never nothing. A partner group with several holdings counts once, at the greatest
    of them: art. 6(2) says so of cross-holdings, and the rest is our reading.

    Raises:
        BadFacts: Nobody is called `of`, or it is a natural person or a public body.
        NotEncoded: The day lies before the Recommendation.
    """
    (of,) = named(relations, of=of)
    standing = Position(relations, of, _day(on))
    if standing.nature(of) == "public":
        refuse("<size>", [("of", f"{of} is a public body, and no enterprise whose size could be asked")])
    counted = [
        Counted(name, _relations(standing, name), share, standing.path_to(name))
        for name in standing.cluster.ids
        if standing.nature(name) == "enterprise" and (share := standing.share_of(name)).greatest
    ]
    counted.sort(key=lambda one: (one.id != of, one.share.least != 1, one.id))
    within = _consolidated(standing, counted)
    headcount, turnover, balance = (_sum(standing, counted, within, column) for column in range(3))
    left_out = [*_left_out(standing), *(NotAdded(name, "consolidated", by) for name, by in sorted(within.items()))]
    missing = tuple(
        one.id
        for one in counted
        if one.id not in within and any(figure.exact is None for figure in standing.cluster.what(one.id).figures)
    )
    citations = standing.law.citations
    return Aggregate(
        of, headcount, turnover, balance, tuple(counted), tuple(left_out), missing, standing.public_control(), citations,
        _confidence(standing, (one.path for one in counted), citations),
    )  # fmt: skip


def size_of(
    relations: Relations,
    *,
    of: str,
    on: dt.date | str,
    definition: SizeDefinition = "recommendation",
    small_mid_caps: bool = False,
) -> EnterpriseSize:
    """The size class of an enterprise among its partner and linked enterprises, by one year's figures.

    Recommendation 2003/361/EC, Annex, art. 2, 3 and 6. Where public bodies control a quarter of its capital or votes it is no
    SME (art. 3(4)): the class is then `large`, and `answer.public_control` says why.

    Raises:
        BadFacts, NotEncoded: As `aggregate` and `size_class`.
    """
    found = aggregate(relations, of=of, on=on)
    asked = read_definition(on, definition)
    answer = measured(
        found.headcount, found.turnover, found.balance_sheet, asked, definition, small_mid_caps=bool(small_mid_caps),
        public_control=found.public_control,
    )  # fmt: skip
    return EnterpriseSize(answer, found)


_NOTHING = Figure(Fraction(0), Fraction(0))


def _day(on: object) -> int:
    try:
        return day(on)
    except ValueError as problem:
        refuse("<size>", [("on", str(problem))])
        raise


def _relations(standing: Position, name: str) -> tuple[EnterpriseRelation, ...]:
    if name == standing.of:
        return (EnterpriseRelation.ITSELF,)
    share = standing.share_of(name)
    if standing.linked(name, sure=True):
        return (EnterpriseRelation.LINKED,)
    found = [EnterpriseRelation.LINKED] if standing.linked(name, sure=False) else []
    if share.greatest:
        found.append(EnterpriseRelation.PARTNER)
    if not share.least:
        found.append(EnterpriseRelation.AUTONOMOUS)
    return tuple(found)


def _confidence(standing: Position, paths: Iterable[tuple[Link, ...]], citations: tuple[Cited, ...]) -> Confidence:
    inferred = any(link.inferred for path in paths for link in path) or any(
        found.several for found in (*standing.sure_partners.values(), *standing.maybe_partners.values())
    )
    said = worst(*(cited.confidence for cited in citations))
    return worst(said, Confidence.INFERRED) if inferred else said


def _consolidated(standing: Position, counted: list[Counted]) -> dict[str, str]:
    """Those whose figures stand in the accounts of another that surely counts, at no smaller share."""
    shares = {one.id: one.share for one in counted}
    found: dict[str, str] = {}
    for one in counted:
        for inner in standing.cluster.what(one.id).consolidates:
            share = shares.get(inner)
            outer: str | None = one.id
            while outer is not None and outer != inner:
                outer = found.get(outer)
            # Where some say that they consolidate one another in a ring, one of them stays.
            if share is None or inner in found or outer == inner:
                continue
            if (one.share.least or 0) >= (share.greatest or 0):
                found[inner] = one.id
    return found


def _sum(standing: Position, counted: list[Counted], within: dict[str, str], column: int) -> Figure:
    least, greatest = Fraction(0), Fraction(0)
    unbounded = False
    for one in counted:
        if one.id in within:
            continue
        figure = standing.cluster.what(one.id).figures[column]
        least += (one.share.least or 0) * (figure.least or 0)
        if figure.greatest is None:
            unbounded = True
        else:
            greatest += (one.share.greatest or 0) * figure.greatest
    return Figure(least, None if unbounded else greatest)


def _left_out(standing: Position) -> list[NotAdded]:
    found = set()
    for tie in standing.cluster.ties:
        if standing.linked(tie.held, sure=False) and not standing.linked(tie.holder, sure=False):
            if standing.excepted(tie) is not Truth.NO:
                found.add(NotAdded(tie.holder, "excepted_investor", tie.held))
            elif standing.nature(tie.holder) == "public":
                found.add(NotAdded(tie.holder, "public_body", tie.held))
    return sorted(found, key=lambda one: (one.id, one.reason, one.by))
