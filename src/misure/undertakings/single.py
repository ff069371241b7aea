# SPDX-License-Identifier: Apache-2.0
"""The single undertaking (impresa unica) of the de minimis regulations: whose aid counts as one undertaking's.

Regulation (EU) 2023/2831, art. 2(2): enterprises that have among them (a) a majority of the voting rights, (b) the right to
appoint or remove a majority of a board, (c) a dominant influence by contract or articles, (d) sole control of a majority of
votes by agreement, also through other enterprises. It is narrower than the group of the SME definition: no partner
enterprises, and no link through natural persons in the words of the article.

>>> from misure.undertakings import Holding, Relations
>>> group = Relations([], [Holding("Alfa", "Beta", votes="60%"), Holding("Beta", "Gamma", votes="50%")])
>>> single_undertaking(group, of="Beta", on="2026-11-22").ids
('Alfa', 'Beta')
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from misure._reopen import by_public_name
from misure.ground.dated import Cited, Row, dated_table
from misure.ground.given import day, refuse
from misure.ground.truth import Confidence, worst
from misure.identifiers.identity import is_valid, parse, validate
from misure.undertakings.checking import Described, asked_whether_public
from misure.undertakings.describing import EntityKind
from misure.undertakings.links import Joining, Link, join
from misure.undertakings.names import unknown_name
from misure.undertakings.relations import Cluster, Relations, cluster_of, named

__all__ = ["Member", "SingleUndertaking", "single_undertaking", "single_undertakings"]

Regulation = Literal["gen", "sgei", "agri", "fish"]
"""The four de minimis regulations, by short name."""
PersonLinks = Literal["ignore", "warn", "merge"]
"""What links through natural persons do: nothing, a warning, or they join."""
BodyLinks = Literal["separate", "merge"]
"""What links through bodies that the regulation leaves out do: they keep apart, or they join."""

_NATURES = {
    EntityKind.PUBLIC_BODY: "public",
    EntityKind.LOCAL_AUTHORITY: "public",
    EntityKind.NON_PROFIT_BODY: "non_profit",
}


@by_public_name
@dataclass(frozen=True, slots=True)
class Member:
    """A member of a single undertaking, and the shortest chain of relations from the undertaking asked about to it."""

    id: str
    path: tuple[Link, ...]


@by_public_name
@dataclass(frozen=True, slots=True)
class SingleUndertaking:
    """The undertakings that are one with `of`."""

    of: str
    members: tuple[Member, ...]
    """Those surely in it, in order of their ids, `of` among them."""
    possible: tuple[Member, ...]
    """Those that facts which are not known may bring in."""
    by_person: tuple[Member, ...]
    """Those that only a natural person joins to it, surely or possibly, and that are not merged: offices differ (recital 4).
    Empty under `ignore` and `merge`."""
    by_body: tuple[Member, ...]
    """Those that only the same public (or, for services of general interest, non-profit) body joins to it, not merged."""
    citation: Cited
    confidence: Confidence

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the sure members."""
        return tuple(member.id for member in self.members)

    @property
    def possible_ids(self) -> tuple[str, ...]:
        """The ids of the possible members, the sure ones not among them."""
        return tuple(member.id for member in self.possible)

    def __contains__(self, name: object) -> bool:
        """Whether somebody is surely in it, by whichever writing of a code."""
        return name in self.ids or (isinstance(name, str) and is_valid(name) and validate(name) in self.ids)


def single_undertaking(
    relations: Relations,
    *,
    of: str,
    on: dt.date | str,
    regulation: Regulation = "gen",
    natural_person_links: PersonLinks = "warn",
    body_links: BodyLinks = "separate",
) -> SingleUndertaking:
    """The single undertaking that an undertaking belongs to, by the relations of the day of the grant.

    Regulation (EU) 2023/2831, art. 2(2), and the same article of the other de minimis regulations. A majority is more than
    half of the votes; the capital does not matter. Who has the codice fiscale of a person, and is not described, may be a sole
    trader or no undertaking at all: whomever it joins is a possible member. Undertakings of other States belong to it too, though
    the register leaves them out: what counts of their aid is what Italy granted.

    Args:
        relations: The holdings as they stand on the day of the grant.
        of: The undertaking that asks for the aid.
        on: The day of the grant, which says whose definition counts.
        regulation: General (`gen`), services of general economic interest, agriculture, fisheries.
        natural_person_links: What a person does who controls two undertakings: nothing (the words of the article, and the
            Commission on Regulation 1407/2013), nothing but a warning in `by_person`, or joins them (an owner who actually
            runs the firms: recital 4 of Regulation 2023/2831, whose practice is not settled).
        body_links: Whether a public body (an investor with `public=True` is one too) joins the undertakings that it controls;
            those of an investor of which `public` is not known are possible members. The regulation on services of general
            interest says no, for non-profit bodies too; the register leaves public bodies out for the others.

    Raises:
        BadFacts: Nobody is called `of`, or it is a natural person; or an argument is none of those above.
        NotEncoded: The definition of that regulation on that day is not encoded.
    """
    (of,) = named(relations, of=of)
    asked = _asked(on, regulation, natural_person_links, body_links)
    cluster = cluster_of(relations, of)
    row = _row(asked, regulation)
    merged: Literal["none", "all"] = "all" if natural_person_links == "merge" else "none"
    separate = body_links == "separate"
    # A body that may be public joins nothing surely, and what it would join possibly.
    cut, never = (_cut(cluster, row, sure=sure) if separate else frozenset[str]() for sure in (False, True))
    if natural_person_links != "merge":
        cut |= _maybe_persons(cluster) - {of}
    how = Joining(row.share("majority"), merged, never)
    sure = join(cluster, Joining(how.majority, merged, cut), sure=True)
    maybe = join(cluster, how, sure=False)
    members = _members(sure.unit_of(of), sure.paths(of))
    inside = set(maybe.unit_of(of))
    possible = _members(inside - set(sure.unit_of(of)), maybe.paths(of))
    by_person: tuple[Member, ...] = ()
    if natural_person_links == "warn":
        wider = join(cluster, Joining(how.majority, "all", never), sure=False)
        by_person = _members(set(wider.unit_of(of)) - inside, wider.paths(of))
    by_body: tuple[Member, ...] = ()
    if never:
        wider = join(cluster, Joining(how.majority, merged), sure=False)
        by_body = _members(set(wider.unit_of(of)) - inside, wider.paths(of))
    doubt = by_person or any(link.inferred or link.via for member in members for link in member.path)
    confidence = worst(row.citation.confidence, Confidence.INFERRED if doubt else Confidence.OFFICIAL)
    return SingleUndertaking(of, members, possible, by_person, by_body, row.citation, confidence)


def single_undertakings(
    relations: Relations,
    *,
    on: dt.date | str,
    regulation: Regulation = "gen",
    natural_person_links: Literal["ignore", "merge"] = "ignore",
    body_links: BodyLinks = "separate",
) -> Mapping[str, str]:
    """Every undertaking with the smallest id of its single undertaking, by what is surely so: the bulk form.

    Natural persons are not among the keys. Why each belongs is told by `single_undertaking`.

    >>> from misure.undertakings import Holding
    >>> dict(single_undertakings(Relations([], [Holding("B", "A", votes="51%"), Holding("D", "C")]), on="2026-11-22"))
    {'A': 'A', 'B': 'A', 'C': 'C', 'D': 'D'}

    Raises:
        BadFacts, NotEncoded: As `single_undertaking`.
    """
    named(relations)
    row = _row(_asked(on, regulation, natural_person_links, body_links), regulation)
    cluster = cluster_of(relations)
    cut = _cut(cluster, row, sure=False) if body_links == "separate" else frozenset[str]()
    if natural_person_links != "merge":
        cut |= _maybe_persons(cluster)
    merged: Literal["none", "all"] = "all" if natural_person_links == "merge" else "none"
    joined = join(cluster, Joining(row.share("majority"), merged, cut), sure=True)
    return {name: joined.members[root][0] for name, root in joined.unit.items()}


def _asked(on: object, regulation: object, persons: object, bodies: object) -> int:
    faults = []
    asked = 0
    try:
        asked = day(on)
    except ValueError as problem:
        faults.append(("on", str(problem)))
    for name, value, known in (
        ("regulation", regulation, get_args(Regulation)), ("natural_person_links", persons, get_args(PersonLinks)),
        ("body_links", bodies, get_args(BodyLinks)),
    ):  # fmt: skip
        if value not in known:
            faults.append((name, unknown_name(value, known)))
    refuse("<single undertaking>", faults)
    return asked


def _row(asked: int, regulation: str) -> Row:
    return dated_table("ue/single-undertaking").on(asked, regulation=regulation)


def _cut(cluster: Cluster, row: Row, *, sure: bool) -> frozenset[str]:
    """The bodies through which the regulation surely, or possibly, joins nobody."""
    natures = row.texts["not_through"].split()
    return frozenset(name for name in cluster.ids if _nature(cluster.what(name), sure=sure) in natures)


def _maybe_persons(cluster: Cluster) -> frozenset[str]:
    """Those who have the code of a person, and of whom nobody says whether they trade: a sole trader joins, a mere person does not."""
    return frozenset(name for name in cluster.ids if name not in cluster.described and parse(name).sort == "person")


def _nature(what: Described, *, sure: bool) -> str | None:
    if what.kind in asked_whether_public():
        return "public" if what.public or (what.public is None and not sure) else None
    return _NATURES.get(what.kind)


def _members(names: Iterable[str], paths: Mapping[str, tuple[Link, ...]]) -> tuple[Member, ...]:
    return tuple(Member(name, paths[name]) for name in sorted(names))
