# SPDX-License-Identifier: Apache-2.0
"""The ledger of de minimis aid: what was granted to whom. It never changes; a change gives another ledger.

>>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register, 22 November 2026")
>>> more = ledger.with_aid(Aid("COR-2", "alfa", "gen", "2026-03-01", "20000.00"))
>>> len(ledger), len(more), more.without("COR-2") == ledger
(1, 2, True)
>>> more.varied("COR-2", "12000.00")["COR-2"]
Aid('COR-2', 'alfa', 'gen', '2026-03-01', '12000.00')
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from misure._reopen import reopen_ledger
from misure.deminimis.aid import Aid, money_span, rows_of, told_apart
from misure.deminimis.ledgers import completeness
from misure.deminimis.ledgers.gap import Gap
from misure.deminimis.ledgers.naming import Naming, naming_of
from misure.deminimis.ledgers.succession import Shares, parts
from misure.deminimis.ledgers.totals import RegulationTotal, by_day
from misure.ground.arguments import shown
from misure.ground.errors import BadFacts
from misure.ground.given import Mistake, Money, refuse
from misure.ground.place import Fault, Place, nearest
from misure.ground.ranges import Range
from misure.identifiers.aid_id import twin_of
from misure.identifiers.entering import entered

__all__ = [
    "Gap", "Ledger", "aid_of", "aids_in", "beneficiaries_of", "gaps_touching", "held_in", "holds_aid_of", "naming_in", "totals_of",
]  # fmt: skip


class Ledger:
    """De minimis aid by beneficiary; equal ledgers hold the same aid, in whatever order it was told.

    `complete_by` names who says that nothing is missing (a register's certificate, a declaration), `complete_until` the
    last day for which they say it, `complete_for` the beneficiaries for whom they do (None: for everybody). Without such a
    word, or with a `Gap`, less may be left than the ledger shows: headroom then has an upper bound and no certain amount.

    Raises:
        BadFacts: Two different aids have one id, or something in it is no aid; every fault is told.
    """

    __slots__ = (
        "_aids",
        "_by_beneficiary",
        "_by_id",
        "_by_regulation",
        "_hash",
        "_naming",
        "complete_by",
        "complete_for",
        "complete_until",
        "gaps",
    )

    complete_by: str | None
    complete_until: dt.date | None
    complete_for: frozenset[str] | None
    gaps: tuple[Gap, ...]
    _by_id: dict[str, Aid]
    _by_beneficiary: dict[str, tuple[Aid, ...] | list[Aid]]
    _by_regulation: dict[str, dict[str, RegulationTotal]]
    _aids: tuple[Aid, ...] | None
    _hash: int | None
    _naming: Naming | None

    def __init__(
        self,
        aids: Iterable[Aid] = (),
        *,
        complete_by: str | None = None,
        complete_until: dt.date | str | None = None,
        complete_for: Iterable[str] | None = None,
        gaps: Iterable[Gap] = (),
    ) -> None:
        faults: list[Mistake] = []
        by_id: dict[str, Aid] = {}
        by_beneficiary: dict[str, tuple[Aid, ...] | list[Aid]] = {}
        _gather(rows_of("aids", aids, faults), by_id, by_beneficiary, faults)
        until, whom = (
            completeness.read_until(complete_by, complete_until, faults),
            completeness.read_whom(complete_by, complete_for, faults),
        )
        gaps = completeness.read_gaps(gaps, faults)
        refuse("<ledger>", faults)
        self._fill(by_id, by_beneficiary, complete_by, until, whom, gaps, {})

    def _fill(
        self, by_id: dict[str, Aid], by_beneficiary: dict[str, tuple[Aid, ...] | list[Aid]], complete_by: str | None,
        complete_until: dt.date | None, complete_for: frozenset[str] | None, gaps: tuple[Gap, ...],
        totals: dict[str, dict[str, RegulationTotal]],
    ) -> None:  # fmt: skip
        write = object.__setattr__
        write(self, "_by_id", by_id)
        write(self, "_by_beneficiary", by_beneficiary)
        write(self, "complete_by", complete_by)
        write(self, "complete_until", complete_until)
        write(self, "complete_for", complete_for)
        write(self, "gaps", gaps)
        write(self, "_by_regulation", totals)
        write(self, "_aids", None)
        write(self, "_hash", None)
        write(self, "_naming", None)

    # What it holds

    @property
    def complete(self) -> bool:
        """Whether somebody answers for all aid of everybody; of one beneficiary `headroom` tells."""
        return self.complete_by is not None and self.complete_for is None and not self.gaps

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Aid]:
        """The aids by beneficiary, then by day."""
        if self._aids is None:
            object.__setattr__(
                self, "_aids", tuple(sorted(self._by_id.values(), key=lambda a: (a.beneficiary, *by_day(a))))
            )
        assert self._aids is not None
        return iter(self._aids)

    def __contains__(self, id: object) -> bool:  # noqa: A002 - what an aid is known by is its id
        return id in self._by_id

    def __getitem__(self, id: str) -> Aid:  # noqa: A002 - as above
        """The aid of an id.

        Raises:
            BadFacts: The ledger has none; the nearest id is told.
        """
        self._ask_for((id,))
        return self._by_id[id]

    def of(self, beneficiary: str) -> tuple[Aid, ...]:
        """The aid of one beneficiary, by day; empty where it has none.

        Raises:
            BadFacts: It has the shape of a code and is none, or is no text; the nearest right one is told.
        """
        return tuple(sorted(self._by_beneficiary.get(_read(beneficiary), ()), key=by_day))

    def beneficiaries(self) -> tuple[str, ...]:
        """Everyone who has aid in it, in alphabetical order."""
        return tuple(sorted(name for name, aids in self._by_beneficiary.items() if aids))

    def _totals(self, beneficiary: str) -> Mapping[str, RegulationTotal]:
        """The aid of one beneficiary by regulation, ready to be summed; made when it is first asked for."""
        found = self._by_regulation.get(beneficiary)
        if found is None:
            by_regulation: dict[str, list[Aid]] = {}
            for aid in self._by_beneficiary.get(beneficiary, ()):
                by_regulation.setdefault(aid.regulation, []).append(aid)
            found = {regulation: RegulationTotal(aids) for regulation, aids in by_regulation.items()}
            if found:
                self._by_regulation[beneficiary] = found
        return found

    def with_aid(self, *aids: Aid) -> Ledger:
        """The ledger with some more aid.

        Raises:
            BadFacts: An id is there already, with other content.
        """
        by_id, by_beneficiary = dict(self._by_id), dict(self._by_beneficiary)
        faults: list[Mistake] = []
        for name in {aid.beneficiary for aid in aids if type(aid) is Aid}:
            by_beneficiary[name] = list(by_beneficiary.get(name, ()))
        _gather(aids, by_id, by_beneficiary, faults)
        refuse("<ledger>", faults)
        return self._other(by_id, by_beneficiary, {aid.beneficiary for aid in aids})

    def without(self, *ids: str) -> Ledger:
        """The ledger without aid that was renounced, revoked or annulled: it drops out, as if never granted.

        Raises:
            BadFacts: The ledger has no such aid.
        """
        self._ask_for(ids)
        return self._replaced(dict.fromkeys(ids, ()))

    def varied(self, id: str, amount: Money | Range | None) -> Ledger:  # noqa: A002 - as above
        """The ledger with another amount of an aid, redetermined downward: it counts from its first grant date still.

        Raises:
            BadFacts: The ledger has no such aid; or the amount is more than was granted, which is a new aid of its own day.
        """
        aid = self[id]
        faults: list[Mistake] = []
        least, most = money_span("amount", amount, faults)
        if aid.most is not None and (most is None or most > aid.most) and not faults:
            faults.append(
                ("amount", f"more than the {aid.amount} granted: an increase is a new aid, granted on its own day")
            )
        refuse(f"<aid {id:.40}>", faults)
        return self._replaced({id: (aid.but(least=least, most=most),)})

    def merged(self, into: str, *others: str) -> Ledger:
        """The ledger after others were merged into, or acquired by, an undertaking: all their earlier aid is its own.

        Art. 3(8) Reg. (EU) 2023/2831: earlier aid of every merging party counts, each at its first grant date, and aid
        lawfully granted before stays lawful. Ask earlier days of the earlier ledger.

        Raises:
            BadFacts: No other is named, or one is the undertaking itself.
        """
        faults: list[Mistake] = []
        into = entered("into", into, "name who takes the others over", faults)
        others = tuple(entered("others", other, "name who is taken over", faults) for other in others)
        if not others:
            faults.append(("others", "name who is taken over"))
        if into in others:
            faults.append(("others", f"{shown(into)} cannot be merged into itself"))
        refuse("<merger>", faults)
        moved = {
            aid.id: (aid.but(beneficiary=into, origin=aid.origin or (aid.id, aid.beneficiary)),)
            for other in set(others) for aid in self._by_beneficiary.get(other, ())
        }  # fmt: skip
        return self._replaced(moved, gaps=completeness.after_merger(self.gaps, self.complete_for, into, others))

    def split(
        self, undertaking: str, *, on: dt.date | str, by_activity: Mapping[str, str] | None = None,
        equity: Mapping[str, Money] | None = None,
    ) -> Ledger:  # fmt: skip
        """The ledger after an undertaking was split: its aid follows the activity that used it, else the equity.

        Art. 3(9) Reg. (EU) 2023/2831. `by_activity` names the successor of each activity; aid of no named activity is
        shared out by the book value of equity on the day of the split, to the cent: each part then has the id of the aid, a
        stroke and its holder. All keep their first grant date. Aid granted after the day stays where it is.

        >>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-05-10", "120000.00")])
        >>> list(ledger.split("alfa", on="2026-01-01", equity={"beta": 300000, "gamma": 100000}))
        [Aid('COR-1/beta', 'beta', 'gen', '2025-05-10', '90000.00'), Aid('COR-1/gamma', 'gamma', 'gen', '2025-05-10', '30000.00')]

        Raises:
            BadFacts: Some aid follows neither, an equity is negative or all are nothing, a name is empty.
        """
        shares = Shares(undertaking, on, by_activity, equity)
        undertaking = shares.undertaking
        changed = parts(self._by_beneficiary.get(undertaking, ()), shares)
        return self._replaced(
            changed, gaps=completeness.after_split(self.gaps, self.complete_for, undertaking, shares.holders)
        )

    def without_end(self) -> Ledger:
        """The ledger as if it were complete for ever: for a question that supposes that no more aid is granted."""
        new = object.__new__(Ledger)
        new._fill(
            self._by_id, self._by_beneficiary, self.complete_by, None, self.complete_for, self.gaps, self._by_regulation
        )
        return new

    def _replaced(self, changed: Mapping[str, tuple[Aid, ...]], *, gaps: tuple[Gap, ...] | None = None) -> Ledger:
        by_id, by_beneficiary = dict(self._by_id), dict(self._by_beneficiary)
        touched = {by_id[old].beneficiary for old in changed}
        for name in touched:
            by_beneficiary[name] = [aid for aid in by_beneficiary[name] if aid.id not in changed]
        for old in changed:
            del by_id[old]
        faults: list[Mistake] = []
        new = [aid for aids in changed.values() for aid in aids]
        for name in {aid.beneficiary for aid in new} - touched:
            by_beneficiary[name] = list(by_beneficiary.get(name, ()))
        _gather(new, by_id, by_beneficiary, faults)
        refuse("<ledger>", faults)
        return self._other(by_id, by_beneficiary, touched | {aid.beneficiary for aid in new}, gaps)

    def _other(
        self, by_id: dict[str, Aid], by_beneficiary: dict[str, tuple[Aid, ...] | list[Aid]], touched: set[str],
        gaps: tuple[Gap, ...] | None = None,
    ) -> Ledger:  # fmt: skip
        new = object.__new__(Ledger)
        totals = {name: totals for name, totals in self._by_regulation.copy().items() if name not in touched}
        gaps = self.gaps if gaps is None else gaps
        new._fill(by_id, by_beneficiary, self.complete_by, self.complete_until, self.complete_for, gaps, totals)
        return new

    def _ask_for(self, ids: Iterable[str]) -> None:
        """Raise `BadFacts` with every id that the ledger does not have."""
        among = self._by_id if len(self._by_id) <= _FEW else ()
        missing = [each for each in ids if not (type(each) is str and each in self._by_id)]
        if missing:
            raise BadFacts(
                Fault(Place("<ledger>"), str(each)[:60], "the ledger has no such aid", nearest(str(each), among))
                for each in missing
            )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Ledger never changes: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a Ledger never changes: {name!r} cannot be taken away")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ledger):
            return NotImplemented
        return self._by_id == other._by_id and self._told() == other._told()

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash((frozenset(self._by_id.values()), self._told())))
        assert self._hash is not None
        return self._hash

    def _told(self) -> tuple[object, ...]:
        return self.complete_by, self.complete_until, self.complete_for, self.gaps

    def __reduce__(self) -> tuple[object, ...]:
        return reopen_ledger, (tuple(self), self.complete_by, self.complete_until, self.gaps, self.complete_for)

    def __repr__(self) -> str:
        whom = "" if self.complete_for is None else f" for {len(self.complete_for)} beneficiaries alone"
        who = "not complete" if self.complete_by is None or self.gaps else f"complete by {self.complete_by!r}{whom}"
        return f"<Ledger of {len(self)} aids, {who}>"


_FEW = 10_000
"""Among more ids than this the nearest is not looked for: it would take longer than the question."""


def _gather(
    aids: Iterable[Aid], by_id: dict[str, Aid], by_beneficiary: dict[str, tuple[Aid, ...] | list[Aid]],
    faults: list[Mistake],
) -> None:  # fmt: skip
    """Put aids into both tables; an aid told twice counts once, and one id for two aids is a fault."""
    for aid in aids:
        if type(aid) is not Aid:
            faults.append(("aids", f"expected an Aid; got {shown(aid)}"))
            continue
        there = by_id.setdefault(aid.id, aid)
        if there is not aid:
            if there != aid:
                faults.append((aid.id[:60], f"two aids have this id, and differ: {told_apart(there, aid)}"))
            continue
        if (twin := twin_of(aid.id)) in by_id:
            faults.append((aid.id[:60], f"{twin[:60]!r} is the same COR, written otherwise: two aids cannot have it"))
        held = by_beneficiary.get(aid.beneficiary)
        if type(held) is list:
            held.append(aid)
        else:
            by_beneficiary[aid.beneficiary] = [aid]


def _read(beneficiary: object) -> str:
    faults: list[Mistake] = []
    who = entered("beneficiary", beneficiary, "name the beneficiary", faults)
    refuse("<ledger>", faults)
    return who


def beneficiaries_of(ledger: Ledger) -> list[str]:
    """Everyone who has aid in it, in no order."""
    return [name for name, aids in ledger._by_beneficiary.items() if aids]  # noqa: SLF001 (it is its own)


def held_in(ledger: Ledger) -> Iterable[tuple[str, Sequence[Aid]]]:
    """Everyone with their aid, in no order."""
    return ledger._by_beneficiary.items()  # noqa: SLF001 (it is its own)


def aids_in(ledger: Ledger) -> Iterable[Aid]:
    """All the aid, in no order: putting much in order takes longer than looking at it."""
    return ledger._by_id.values()  # noqa: SLF001 (it is its own)


def naming_in(ledger: Ledger) -> Naming:
    """How it calls its beneficiaries; looked at when it is first asked for."""
    if ledger._naming is None:  # noqa: SLF001 (it is its own, as below)
        object.__setattr__(ledger, "_naming", naming_of(beneficiaries_of(ledger)))
    assert ledger._naming is not None  # noqa: SLF001
    return ledger._naming  # noqa: SLF001


def aid_of(ledger: Ledger, beneficiary: str) -> Sequence[Aid]:
    """The aid of one beneficiary whose writing was read, in no order."""
    return ledger._by_beneficiary.get(beneficiary, ())  # noqa: SLF001 (it is its own)


def holds_aid_of(ledger: Ledger, beneficiary: str) -> bool:
    """Whether a ledger holds any aid of a beneficiary, of whatever day and regulation, or knows that it lacks some of it."""
    return bool(ledger._by_beneficiary.get(beneficiary)) or any(  # noqa: SLF001 (it is its own)
        gap.beneficiary == beneficiary for gap in gaps_touching(ledger, (beneficiary,))
    )


def gaps_touching(ledger: Ledger, names: Collection[str]) -> list[Gap]:
    """What a ledger is known to lack of some undertakings, and of everybody; for whom nobody answers it may lack anything."""
    found = [gap for gap in ledger.gaps if gap.beneficiary is None or gap.beneficiary in names]
    return found + [Gap(completeness.ANOTHERS, name) for name in completeness.unanswered(ledger.complete_for, names)]


def totals_of(ledger: Ledger, beneficiary: str) -> Mapping[str, RegulationTotal]:
    """The aid of one beneficiary by regulation, ready to be summed."""
    return ledger._totals(beneficiary)  # noqa: SLF001 (it is its own)
