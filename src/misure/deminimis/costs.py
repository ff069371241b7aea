# SPDX-License-Identifier: Apache-2.0
"""Public support of the same eligible costs: whether de minimis aid, State aid and other money may stand together.

Art. 5(3) Reg. (EU) 2023/2831 and art. 8 Reg. (EU) 651/2014: different costs are free of one another; on the same costs
all aid together stays within the highest intensity or amount that applies. An aid that is tied to several costs is spread
over them in proportion to the costs: a convention, named `pro_rata`, which no act states (inferred).

>>> grant = Support("grant", "state_aid", "30000", costs=["machine"], max_intensity="50%")
>>> more = Support("voucher", "deminimis", "20000", costs=["machine"])
>>> found = cumulate({"machine": "100000"}, [grant, more], on="2026-11-22")
>>> found.outcome, found.checks[0].counted, found.checks[0].limit
(<Truth.YES: 'yes'>, Decimal('50000.00'), Decimal('50000.00'))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.deminimis.aid import Fault, kind_faults, money_span, named, rows_of
from misure.deminimis.options import choice_of
from misure.ground.arguments import shown
from misure.ground.dated import Cited, dated_table
from misure.ground.given import Money, Rate, cents, day, euros, rate, refuse
from misure.ground.money import down, half_up
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, Truth, worst

__all__ = ["PRO_RATA", "CostCheck", "Cumulation", "Support", "SupportKind", "cumulate"]

TABLE = "ue/cumulation"
PRO_RATA = "pro_rata"
"""How an aid tied to several costs is spread over them: in proportion to the costs. Inferred: no act says it."""


@by_public_name
class SupportKind(StrEnum):
    """What public money is, in the eyes of the rules on cumulation."""

    STATE_AID = "state_aid"
    """Under a block exemption or a decision; money of the structural funds is State aid too."""
    DE_MINIMIS = "deminimis"
    EU_MANAGED = "eu_managed"
    """Managed by the Union itself, such as Horizon: no State aid."""
    GENERAL = "general"
    """A measure open to all, such as most tax credits: no aid, but public money."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Support:
    """One public support of a project. Amounts are euros of gross grant equivalent.

    `costs` are the ids of the costs that it pays for: empty for none (start-up aid, a guarantee not tied to costs), None
    where it is not known. `max_intensity` is the highest share of those costs that its own rules allow (for money that the
    Union manages: the funding rate), `max_amount` the highest amount; None where not known, or where there is none.
    `service` names the service of general economic interest that it compensates for, if it does.

    Raises:
        BadFacts: Something given cannot be; every fault is told.
    """

    id: str
    kind: SupportKind | str
    amount: Money | Range | None
    costs: Iterable[str] | None = None
    max_intensity: Rate | None = None
    max_amount: Money | None = None
    service: str | None = None

    def __post_init__(self) -> None:
        faults: list[Fault] = named("id", self.id, "a support has an id")
        object.__setattr__(self, "kind", choice_of("kind", self.kind, SupportKind, faults))
        money_span("amount", self.amount, faults)
        if self.costs is not None:
            tied = tuple(rows_of("costs", self.costs, faults))
            for each in tied:
                faults += named("costs", each, "name the cost, or leave all of them out")
            if len(set(map(str, tied))) < len(tied):
                faults.append(("costs", "a cost is named twice"))
            object.__setattr__(self, "costs", tied)
        if self.service is not None:
            faults += named("service", self.service, "leave it out where there is none")
        for field, read in (("max_intensity", rate), ("max_amount", cents)):
            given = getattr(self, field)
            try:
                if given is not None:
                    read(given)
            except ValueError as problem:
                faults.append((field, str(problem)))
        refuse(f"<support {self.id!s:.40}>", faults)


@by_public_name
@dataclass(frozen=True, slots=True)
class CostCheck:
    """One rule held against one cost. Amounts are euros, to the cent; the comparison itself is exact."""

    rule: str
    """`same_costs`, `eu_managed`, `no_identifiable_costs`, `same_service` or `total_public`: `rules/ue/cumulation.csv`."""
    cost: str | None
    """The cost, or the service; None for aid that is tied to none."""
    counted: Decimal | Range | None
    """The support that counts; None: nothing bounds it."""
    limit: Decimal | Range | None
    """None: no source gives it, or it is given in part."""
    left_at_least: Decimal
    """What may surely still be added, cut to whole cents."""
    left_at_most: Decimal | None
    """What cannot be exceeded; None: no source gives the limit."""
    truth: Truth
    citation: Cited
    note: str


@by_public_name
@dataclass(frozen=True, slots=True)
class Cumulation:
    """Whether the supports of a project may stand together."""

    outcome: Truth
    """Yes: all may stand; no: at least one rule is broken; unknown: it depends on what is not known."""
    checks: tuple[CostCheck, ...]
    state_aid: Decimal | Range | None
    """State aid and de minimis aid together."""
    total_public: Decimal | Range | None
    """All public money, that of the Union and general measures too."""
    convention: str
    """How aid tied to several costs was spread."""
    citations: tuple[Cited, ...]
    confidence: Confidence

    @property
    def broken(self) -> tuple[CostCheck, ...]:
        """The rules that are broken."""
        return tuple(check for check in self.checks if check.truth is Truth.NO)

    def left_on(self, cost: str) -> Decimal | Range | None:
        """The aid that may still be tied to a cost, by the intensities that are told; None for a cost that is not there."""
        found = [check for check in self.checks if check.cost == cost]
        if not found:
            return None
        least = min(check.left_at_least for check in found)
        most = min(check.left_at_most for check in found if check.left_at_most is not None)
        return least if least == most else Range(least, most)


Span = tuple[Fraction, Fraction | None]
"""Cents, exactly: the least, and the greatest where anything bounds them."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A support in inner form."""

    kind: str
    amount: tuple[int, int | None]
    costs: tuple[str, ...] | None
    intensity: Fraction | None
    most: int | None
    service: str | None


def cumulate(costs: Mapping[str, Money], supports: Iterable[Support], *, on: dt.date | str) -> Cumulation:
    """Hold the supports of a project against the rules on cumulation of the day on which the last of them is granted.

    `costs` are the eligible costs by id. Where two projects share a part of their costs, the part is a cost of its own, to
    which the supports of both are tied. What broke the `total_public` rule is paid for twice.

    Raises:
        BadFacts: Something given cannot be: no costs, a support of an unknown cost, an amount that is none; all is told.
        NotEncoded: The law of the day is not encoded.
    """
    sizes, read, on_day = _given(costs, supports, on)
    checks: list[CostCheck] = []
    for cost, size in sizes.items():
        share = [(each, *_share(each, cost, sizes)) for each in read]
        aid = _sum((least, most) for each, least, most in share if each.kind in _AID)
        public = _sum((least, most) for _, least, most in share)
        lent = _lent(cost, sizes, [each for each in read if each.kind == SupportKind.STATE_AID])
        if lent is not None:
            checks.append(_check("same_costs", cost, aid, lent, on_day, source=_same_costs(read, cost)))
        managed = [
            each.costs is not None for each in read if each.kind == SupportKind.EU_MANAGED and _may_touch(each, cost)
        ]
        if managed:
            rates = _lent(cost, sizes, [each for each in read if each.kind in _RATED])
            assert rates is not None
            if not any(managed):
                # The Union's money may lie elsewhere, and then its rule does not bound this cost.
                rates = rates[0], None
            checks.append(_check("eu_managed", cost, public, rates, on_day))
        whole = dated_table(TABLE).on(on_day, rule="total_public").share("limit") * size
        checks.append(_check("total_public", cost, public, (whole, whole), on_day))
    untied = [each for each in read if each.kind == SupportKind.STATE_AID and each.costs == ()]
    if untied:
        thresholds = [each.most for each in untied]
        highest = Fraction(max((each for each in thresholds if each is not None), default=0))
        limit: Span = (highest, None if None in thresholds else highest)
        checks.append(_check("no_identifiable_costs", None, _sum(map(_whole, untied)), limit, on_day))
    for service in dict.fromkeys(each.service for each in read if each.service is not None):
        paying = [each for each in read if each.service == service]
        if len(paying) > 1 and any(each.kind == SupportKind.DE_MINIMIS for each in paying):
            nothing = Fraction(0)
            checks.append(_check("same_service", service, _sum(map(_whole, paying)), (nothing, nothing), on_day))
    truths = [check.truth for check in checks]
    outcome = Truth.NO if Truth.NO in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.YES
    telling = [check for check in checks if outcome is Truth.YES or check.truth is outcome]
    citations = tuple(dict.fromkeys(check.citation for check in telling))
    spread = any(each.costs is not None and len(each.costs) > 1 for each in read)
    confidence = worst(*(cited.confidence for cited in citations), *((Confidence.INFERRED,) if spread else ()))
    return Cumulation(
        outcome, tuple(checks), _shown(_sum(_whole(each) for each in read if each.kind in _AID)),
        _shown(_sum(map(_whole, read))), PRO_RATA, citations, confidence,
    )  # fmt: skip


_AID = (SupportKind.STATE_AID, SupportKind.DE_MINIMIS)
_RATED = (SupportKind.STATE_AID, SupportKind.EU_MANAGED)


def _given(costs: object, supports: object, on: object) -> tuple[dict[str, int], list[_Read], int]:
    faults: list[Fault] = []
    sizes: dict[str, int] = {}
    on_day = 0
    try:
        on_day = day(on)
    except ValueError as problem:
        faults.append(("on", str(problem)))
    if not isinstance(costs, Mapping) or not costs:
        faults.append(("costs", f"expected at least one cost with its amount; got {shown(costs)}"))
        costs = {}
    for name, amount in costs.items():
        faults += named("costs", name, "name the cost")
        try:
            sizes[name] = cents(amount)
        except ValueError as problem:
            faults.append((f"costs.{name!s:.40}", str(problem)))
    read, ids = [], set()
    for support in rows_of("supports", supports, faults):
        if not isinstance(support, Support):
            faults += kind_faults("supports", 0 if support is None else support, Support)
            continue
        if support.id in ids:
            faults.append((support.id, "two supports have this id"))
        ids.add(support.id)
        tied = None if support.costs is None else tuple(support.costs)
        for name in tied or ():
            if name not in costs:
                faults.append((support.id, f"it is tied to {shown(name)}, which is none of the costs"))
        if tied and all(sizes.get(name) == 0 for name in tied):
            faults.append((support.id, "it is tied to costs of nothing"))
        read.append(_Read(
            str(support.kind), money_span("amount", support.amount, faults), tied,
            None if support.max_intensity is None else rate(support.max_intensity),
            None if support.max_amount is None else cents(support.max_amount), support.service,
        ))  # fmt: skip
    refuse("<cumulation>", faults)
    return sizes, read, on_day


def _whole(support: _Read) -> Span:
    least, most = support.amount
    return Fraction(least), None if most is None else Fraction(most)


def _share(support: _Read, cost: str, sizes: Mapping[str, int]) -> Span:
    """What of a support lies on one cost; all of it may, or nothing, where it is not known what it is tied to."""
    least, most = _whole(support)
    if support.costs is None:
        return Fraction(0), most
    part = _part(support, cost, sizes)
    return least * part, Fraction(0) if not part else None if most is None else most * part


def _part(support: _Read, cost: str, sizes: Mapping[str, int]) -> Fraction:
    assert support.costs is not None
    total = sum(sizes[name] for name in support.costs)
    return Fraction(sizes[cost], total) if cost in support.costs and total else Fraction(0)


def _same_costs(supports: list[_Read], cost: str) -> str:
    """The rule that a cost is held to. De minimis aid has its own; that among two State aids speaks of de minimis aid too."""
    kinds = [each.kind for each in supports if _may_touch(each, cost)]
    alone = kinds.count(SupportKind.STATE_AID) < 2
    return "same_costs_deminimis" if alone and SupportKind.DE_MINIMIS in kinds else "same_costs"


def _may_touch(support: _Read, cost: str) -> bool:
    return support.costs is None or cost in support.costs


def _lent(cost: str, sizes: Mapping[str, int], lenders: list[_Read]) -> Span | None:
    """The highest intensity or amount that the rules of some supports allow on a cost; None: none of them touches it."""
    sure = [_allowed(each, cost, sizes) for each in lenders if each.costs is not None and cost in each.costs]
    open_ = [_allowed(each, cost, sizes) for each in lenders if each.costs is None]
    if not sure and not open_:
        return None
    least = max(low for low, _ in sure) if sure else min(low for low, _ in open_)
    # Where the only lenders may lie elsewhere, this rule may not bound the cost at all.
    tops = [high for _, high in (*sure, *open_)]
    return least, None if not sure or None in tops else max(top for top in tops if top is not None)


def _allowed(support: _Read, cost: str, sizes: Mapping[str, int]) -> Span:
    size = Fraction(sizes[cost])
    if support.intensity is None and support.most is None:
        return Fraction(0), None
    ends = [(support.intensity * size,) * 2] if support.intensity is not None else []
    if support.most is not None:
        part = None if support.costs is None else _part(support, cost, sizes)
        ends.append(
            (support.most * (part or Fraction(0)), Fraction(support.most) if part is None else support.most * part)
        )
    return min(low for low, _ in ends), min(high for _, high in ends)


def _sum(spans: Iterable[Span]) -> Span:
    least, most, bounded = Fraction(0), Fraction(0), True
    for low, high in spans:
        least, most, bounded = least + low, most + (high or 0), bounded and high is not None
    return least, most if bounded else None


def _check(rule: str, cost: str | None, counted: Span, limit: Span, on: int, *, source: str | None = None) -> CostCheck:
    row = dated_table(TABLE).on(on, rule=source or rule)
    (least, most), (low, high) = counted, limit
    truth = Truth.from_ends(may_be_yes=high is None or least <= high, may_be_no=most is None or most > low)
    return CostCheck(
        rule, cost, _shown(counted), _shown(limit), _cut(Fraction(0) if most is None else low - most),
        None if high is None else _cut(high - least), truth, row.citation, row.note,
    )  # fmt: skip


def _cut(left: Fraction) -> Decimal:
    """Whole cents that are left: a limit is never exceeded by rounding."""
    return euros(down(max(0, left.numerator), left.denominator))


def _shown(span: Span) -> Decimal | Range | None:
    least, most = span
    if most is None:
        return None
    ends = [euros(half_up(end.numerator, end.denominator)) for end in (least, most)]
    return ends[0] if ends[0] == ends[1] else Range(*ends)
