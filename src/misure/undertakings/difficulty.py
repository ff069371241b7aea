# SPDX-License-Identifier: Apache-2.0
"""Undertakings in difficulty (imprese in difficoltà): art. 2(18) of Regulation (EU) 651/2014.

Any one of five points makes it so: (a) a limited company that lost more than half of its capital, (b) the same for a company
with members of unlimited liability, (c) insolvency, (d) rescue or restructuring aid still running, (e) for others than SMEs,
two years of too much debt and too little interest cover.

Block-exempted aid is closed to such undertakings, with exceptions (art. 1(4)(c)). De minimis grants are not: Regulation (EU)
2023/2831 does not exclude undertakings in difficulty; insolvency matters there for loans and guarantees alone (art. 4).

>>> lost = Situation("limited", sme=False, subscribed_capital=100_000, share_premium=0, reserves=20_000,
...                  accumulated_losses="70000.01")
>>> found = in_difficulty(lost, on="2026-11-22")
>>> found.answer.value, [(limb.point, limb.truth.value) for limb in found.limbs][:3]
('yes', [('a', 'yes'), ('b', 'no'), ('c', 'unknown')])
>>> str(found.limbs[0].margin)
'-0.01'
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from misure._reopen import by_public_name
from misure.ground.dated import Cited, Row, dated_table
from misure.ground.days import add_years
from misure.ground.errors import NoSuchName
from misure.ground.given import day, refuse
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, Truth, worst
from misure.undertakings.figures import Figure
from misure.undertakings.situation import EarlierAid, ReadSituation, Situation, YearRatios, plus, read_situation

__all__ = ["Difficulty", "EarlierAid", "Limb", "Situation", "YearRatios", "in_difficulty"]


@by_public_name
@dataclass(frozen=True, slots=True)
class Limb:
    """One point of the definition: what it answers, and why."""

    point: Literal["a", "b", "c", "d", "e"]
    truth: Truth
    reason: str
    """A word for the reason, such as `young_sme`, `losses_within_half` or `not_known`."""
    missing: tuple[str, ...]
    """The facts to ask for while it is unknown."""
    margin: Figure | None
    """How much more may be lost, in euros, for (a) and (b): negative when too much is lost. Else None."""
    citation: Cited
    confidence: Confidence


@by_public_name
@dataclass(frozen=True, slots=True)
class Difficulty:
    """Whether an undertaking is in difficulty: `yes` as soon as one point surely is, `no` when none can be."""

    answer: Truth
    limbs: tuple[Limb, ...]
    confidence: Confidence

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts to ask for, each once; none when the answer is definite."""
        if self.answer is not Truth.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(name for limb in self.limbs for name in limb.missing))

    def limb(self, point: str) -> Limb:
        """The point of that letter.

        Raises:
            KeyError: There is none.
        """
        for limb in self.limbs:
            if limb.point == point:
                return limb
        raise NoSuchName.among("point", point, [limb.point for limb in self.limbs])


def in_difficulty(situation: Situation, *, on: dt.date | str) -> Difficulty:
    """Whether an undertaking is in difficulty on a day, point by point.

    Regulation (EU) 651/2014, art. 2(18). The facts are those of the undertaking; whether a member of a group is judged by the
    group's accounts is disputed, and who asks decides it by the facts told. De minimis grants are open to undertakings in
    difficulty: do not refuse one for this answer.

    Strictness is the act's: the loss must exceed half of the capital, the ratio 7.5, and the cover be below 1.0, in both of
    the last two years. An SME is exempt from (a) and (b) until the day on which it has existed for three years.

    Raises:
        BadFacts: An amount is negative or a binary float, a date is none, a name is unknown; all faults at once.
        NotEncoded: The day lies before the Regulation.
    """
    faults: list[tuple[str, str]] = []
    asked = 0
    try:
        asked = day(on)
    except ValueError as problem:
        faults.append(("on", str(problem)))
    read = read_situation(situation, faults)
    if asked and read.constituted is not None and read.constituted > asked:
        faults.append(("constituted", f"{situation.constituted} lies after the day of the question"))
    if asked and read.ratios and read.ratios[-1][0] > dt.date.fromordinal(asked).year:
        faults.append(("ratios", f"{read.ratios[-1][0]} lies after the day of the question"))
    refuse("<situation>", faults)
    law = {rule: dated_table("ue/difficulty").on(asked, rule=rule) for rule in _RULES}
    if not law["lost_share"].known("value"):
        limbs = tuple(_limb(point, Truth.UNKNOWN, "law_not_known", law[rule]) for point, rule in _POINTS)
    else:
        limbs = (
            _limited(read, asked, law), _unlimited(read, asked, law), _insolvency(read, law), _earlier_aid(read, asked, law),
            _ratios(read, law),
        )  # fmt: skip
    truths = {limb.truth for limb in limbs}
    answer = Truth.YES if Truth.YES in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.NO
    deciding = [limb.confidence for limb in limbs if answer is not Truth.YES or limb.truth is Truth.YES]
    return Difficulty(answer, limbs, min(deciding, key=_doubt) if answer is Truth.YES else worst(*deciding))


_RULES = ("lost_share", "young_years", "insolvency", "earlier_aid", "debt_to_equity", "interest_cover", "ratio_years")
_POINTS: tuple[tuple[Literal["a", "b", "c", "d", "e"], str], ...] = (
    ("a", "lost_share"), ("b", "lost_share"), ("c", "insolvency"), ("d", "earlier_aid"), ("e", "debt_to_equity"),
)  # fmt: skip
_Law = dict[str, Row]


def _doubt(confidence: Confidence) -> int:
    return confidence.doubt


def _limb(
    point: Literal["a", "b", "c", "d", "e"],
    truth: Truth,
    reason: str,
    row: Row,
    *,
    missing: tuple[str, ...] = (),
    margin: Figure | None = None,
    inferred: bool = False,
) -> Limb:
    confidence = worst(row.citation.confidence, Confidence.INFERRED) if inferred else row.citation.confidence
    return Limb(point, truth, reason, missing if truth is Truth.UNKNOWN else (), margin, row.citation, confidence)


def _exempt(read: ReadSituation, asked: int, law: _Law) -> tuple[Truth, str, tuple[str, ...]]:
    """Whether points (a) and (b) leave the undertaking out: a young SME, or one that gets risk finance."""
    said = read.situation
    young, missing = Truth.UNKNOWN, list[str]()
    if read.constituted is None:
        missing.append("constituted")
    else:
        ends = add_years(read.constituted, law["young_years"].whole("value"))
        young = Truth.YES if asked < ends else Truth.NO
    if said.sme is None:
        missing.append("sme")
    if said.sme is False:
        return Truth.NO, "", ()
    if said.sme and young is Truth.YES:
        return Truth.YES, "young_sme", ()
    if said.sme and said.risk_finance_exempt:
        return Truth.YES, "risk_finance", ()
    if young is Truth.NO and said.risk_finance_exempt is False:
        return Truth.NO, "", ()
    if said.risk_finance_exempt is None:
        missing.append("risk_finance_exempt")
    return Truth.UNKNOWN, "exemption_not_known", tuple(missing)


def _capital_limb(
    read: ReadSituation, asked: int, law: _Law, point: Literal["a", "b"], margin: Figure, *, inferred: bool
) -> Limb:
    """Points (a) and (b), from what may still be lost: it concerns one legal form, some are exempt, and the rest is sums."""
    row, said = law["lost_share"], read.situation
    form = "limited" if point == "a" else "unlimited"
    if said.liability not in {None, form}:
        return _limb(point, Truth.NO, "other_legal_form", row)
    exempt, reason, ask = _exempt(read, asked, law)
    if exempt is Truth.YES:
        return _limb(point, Truth.NO, reason, row, margin=margin, inferred=reason == "risk_finance")
    if margin.least is not None and margin.least >= 0:
        return _limb(point, Truth.NO, "losses_within_half", row, margin=margin, inferred=inferred)
    lost = margin.greatest is not None and margin.greatest < 0
    if lost and exempt is Truth.NO and said.liability == form:
        return _limb(point, Truth.YES, "losses_beyond_half", row, margin=margin, inferred=inferred)
    amounts = ("subscribed_capital", "share_premium", "reserves", "accumulated_losses")
    missing = (() if lost else tuple(name for name in amounts if _open(getattr(said, name)))) + ask
    missing += ("liability",) if said.liability is None else ()
    reason = "exemption_not_known" if lost and ask else "not_known" if missing else "readings_differ"
    return _limb(point, Truth.UNKNOWN, reason, row, missing=missing, margin=margin, inferred=inferred)


def _limited(read: ReadSituation, asked: int, law: _Law) -> Limb:
    """Losses deducted from the reserves leave a negative amount beyond half of the capital, premium included."""
    margin = plus(_scaled(read.capital, law["lost_share"].share("value")), _less(read.reserves, read.losses))
    return _capital_limb(read, asked, law, "a", margin, inferred=False)


def _unlimited(read: ReadSituation, asked: int, law: _Law) -> Limb:
    """Point (b) does not say whether reserves absorb losses first: where the two readings part, it is unknown."""
    half = _scaled(read.capital, law["lost_share"].share("value"))
    gross = plus(half, _less(Figure(Fraction(0), Fraction(0)), read.losses))
    net = plus(half, _less(read.reserves, read.losses))
    margin = Figure(_lower(gross.least, net.least), _higher(gross.greatest, net.greatest))
    return _capital_limb(read, asked, law, "b", margin, inferred=True)


def _insolvency(read: ReadSituation, law: _Law) -> Limb:
    facts = {name: getattr(read.situation, name) for name in ("insolvency_proceedings", "creditors_may_request")}
    for name, value in facts.items():
        if value:
            return _limb("c", Truth.YES, name, law["insolvency"])
    if None in facts.values():
        missing = tuple(name for name, value in facts.items() if value is None)
        return _limb("c", Truth.UNKNOWN, "not_known", law["insolvency"], missing=missing)
    return _limb("c", Truth.NO, "no_insolvency", law["insolvency"])


def _earlier_aid(read: ReadSituation, asked: int, law: _Law) -> Limb:
    row = law["earlier_aid"]
    if read.aids is None:
        return _limb("d", Truth.UNKNOWN, "not_known", row, missing=("earlier_aid",))
    received = [aid for aid in read.aids if aid[1] <= asked]
    for kind, _, ended, running in received:
        if running or (ended is not None and ended > asked):
            return _limb("d", Truth.YES, f"{kind}_running", row)
    if any(ended is None for _, _, ended, _ in received):
        return _limb("d", Truth.UNKNOWN, "not_known", row, missing=("earlier_aid",))
    return _limb("d", Truth.NO, "earlier_aid_ended" if received else "no_earlier_aid", row)


def _ratios(read: ReadSituation, law: _Law) -> Limb:
    row, sme = law["debt_to_equity"], read.situation.sme
    if sme:
        return _limb("e", Truth.NO, "sme", row)
    debt, cover = law["debt_to_equity"].share("value"), law["interest_cover"].share("value")
    wanted = law["ratio_years"].whole("value")
    last = read.ratios[-wanted:]
    # A year that is not there between two others may be the one that saves the undertaking.
    years = [year for year in last if year[0] > last[-1][0] - wanted]
    verdicts = [_too_weak(leverage, interest, debt, cover) for _, leverage, interest in years]
    if Truth.NO in verdicts:
        return _limb("e", Truth.NO, "a_year_within", row)
    enough = len(years) == wanted
    if enough and set(verdicts) == {Truth.YES} and sme is False:
        return _limb("e", Truth.YES, "years_beyond", row)
    missing = (() if enough and set(verdicts) == {Truth.YES} else ("ratios",)) + (("sme",) if sme is None else ())
    # Debt over a negative equity is no quotient; whether it counts as too much debt, no source says.
    negative = any(leverage.greatest is not None and leverage.greatest < 0 for _, leverage, _ in years)
    return _limb("e", Truth.UNKNOWN, "negative_equity" if negative else "not_known", row, missing=missing)


def _too_weak(leverage: Figure, interest: Figure, debt: Fraction, cover: Fraction) -> Truth:
    """Whether one year has both too much debt and too little cover. A negative leverage is no quotient that says anything."""
    if leverage.least is None or leverage.least < 0:
        leverage = Figure(None, None)
    sure = (
        leverage.least is not None
        and leverage.least > debt
        and interest.greatest is not None
        and interest.greatest < cover
    )
    never = (leverage.greatest is not None and leverage.greatest <= debt) or (
        interest.least is not None and interest.least >= cover
    )
    return Truth.from_ends(may_be_yes=not never, may_be_no=not sure)


def _open(given: object) -> bool:
    return given is None or isinstance(given, Range | Figure)


def _scaled(figure: Figure, share: Fraction) -> Figure:
    return Figure(
        None if figure.least is None else figure.least * share,
        None if figure.greatest is None else figure.greatest * share,
    )


def _less(one: Figure, other: Figure) -> Figure:
    return plus(one, Figure(*(None if end is None else -end for end in (other.greatest, other.least))))


def _lower(*ends: Fraction | None) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return min(known) if len(known) == len(ends) else None


def _higher(*ends: Fraction | None) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None
