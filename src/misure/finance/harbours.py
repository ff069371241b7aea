# SPDX-License-Identifier: Apache-2.0
"""The safe harbours of de minimis aid in loans and guarantees: the aid as a proportion of the ceiling.

A loan secured for half, or a guarantee of at most 80 % of a loan, is transparent aid without the reference rate when it
keeps within an amount over five years or half that amount over ten; its gross grant equivalent is then the proportion of
the ceiling that amount and duration are of those limits (Reg. (EU) 2023/2831, art. 4(3)(b) and 4(6)(b)). The limits are
limits: a larger loan for a shorter time is outside, whatever the formula would give (so the Commission replied on the
regulation before).

>>> loan_safe_harbour(200000, years=8, collateral="50%", grant_date="2026-11-22", insolvent=False, large=False).amount
Decimal('64000.00')
>>> outside = loan_safe_harbour(1000000, years=6, collateral="50%", grant_date="2026-11-22", insolvent=False, large=False)
>>> outside.safe_harbour, outside.amount, outside.reasons
(False, None, ('amount_and_duration',))
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.finance.answers import Step, surest, unique
from misure.finance.checked import Checked
from misure.finance.factors import MOST_MONTHS
from misure.finance.ratings import GRADES, at_least
from misure.finance.rounding import TO_THE_CENT, Rounding, in_euros
from misure.ground.dated import Cited, Row, act_of, dated_table
from misure.ground.given import Money, Rate, euros
from misure.ground.truth import Confidence

__all__ = [
    "HarbourCondition",
    "GuaranteeMethod",
    "HarbourAnswer",
    "guarantee_gge",
    "loan_safe_harbour",
    "sound_borrower",
]

REGULATIONS = ("gen", "sgei", "agri", "fish")
PURPOSES = ("investment", "working_capital")
_YEAR = 12


@by_public_name
class GuaranteeMethod(StrEnum):
    """How the aid in a guarantee is computed."""

    SAFE_HARBOUR = "safe_harbour"
    """As a proportion of the ceiling."""
    PREMIUM = "premium"
    """Against the safe-harbour premiums of the Guarantee Notice (2008/C 155/02), which are not encoded here."""
    ACCEPTED = "accepted"
    """By the method that the Commission accepted for guarantees to Italian SMEs (N 182/2010): against the ministry's yearly premium,
    for a guarantee of one year, as far as the premiums are known."""


@by_public_name
@dataclass(frozen=True, slots=True)
class HarbourCondition:
    """A condition of a safe harbour; `met` is None where it cannot be told from what is known."""

    name: str
    met: bool | None
    why: str


@by_public_name
@dataclass(frozen=True, slots=True)
class HarbourAnswer:
    """Whether a safe harbour is open, and the gross grant equivalent in it.

    Args:
        safe_harbour: True, False, or None where a condition is not known.
        amount: The GGE, where the safe harbour is open; else None: another method must say what the aid is.
        by_formula: What the proportion alone gives, open or not; None where its figures are not known.
        conditions: Each condition with its outcome.
        steps: How the proportion came about.
        citations: The provisions beneath it.
        confidence: How sure the least sure of them is.
        notes: What the table of the law remarks on the row used, and why a value is not known.
    """

    safe_harbour: bool | None
    amount: Decimal | Fraction | None
    by_formula: Decimal | Fraction | None
    conditions: tuple[HarbourCondition, ...]
    steps: tuple[Step, ...]
    citations: tuple[Cited, ...]
    confidence: Confidence
    notes: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The names of the conditions that are not met or, if none is, of those that are not known."""
        missed = tuple(condition.name for condition in self.conditions if condition.met is False)
        return missed or tuple(condition.name for condition in self.conditions if condition.met is None)


def loan_safe_harbour(
    loan: Money, *, grant_date: dt.date | str, months: int | None = None, years: int | None = None,
    collateral: Rate | None, insolvent: bool | None = None, large: bool | None = None, rating: str | None = None,
    regulation: str = "gen", rounding: Rounding = TO_THE_CENT,
) -> HarbourAnswer:  # fmt: skip
    """The safe harbour of a loan (Reg. (EU) 2023/2831, art. 4(3)(a) and (b); by its date, the regulation before).

    Args:
        loan: Euros lent.
        grant_date: The day on which the right to the aid arises.
        months: The whole duration; or else
        years: the same in years.
        collateral: The share of the loan that collateral covers; None where it is not known.
        insolvent: Whether the borrower is in collective insolvency proceedings or could be put there by its creditors.
        large: Whether it is no SME.
        rating: By letter; asked of large undertakings alone.
        regulation: `gen`, `sgei`, `agri` or `fish`; only the figures of `gen` are encoded.
        rounding: Of the GGE.

    Raises:
        BadFacts: An argument cannot be; every fault is told.
        NotEncoded: The regulation does not reach to the day.
    """
    asked = Checked("loan_safe_harbour")
    lent = asked.positive("loan", loan)
    length = asked.months(months, years, MOST_MONTHS)
    covered = None if collateral is None else asked.rate("collateral", collateral)
    borrower = _Borrower.read(asked, insolvent, large, rating)
    day, row = _row(asked, grant_date, regulation, "loan", rounding)
    if not row.known("covered"):
        return _unknown(row)
    floor = row.share("covered")
    secured = HarbourCondition(
        "collateral", None if covered is None else covered >= floor,
        f"collateral covers {_percent(covered)}; at least {_percent(floor)} is asked",
    )  # fmt: skip
    return _answer(day, row, lent, length, (secured, *borrower.conditions(row)), rounding)


def guarantee_gge(
    guaranteed: Money, loan: Money, *, grant_date: dt.date | str, months: int | None = None, years: int | None = None,
    losses_pro_rata: bool | None = None, insolvent: bool | None = None, large: bool | None = None,
    rating: str | None = None, regulation: str = "gen", method: str = GuaranteeMethod.SAFE_HARBOUR,
    purpose: str | None = None, premium: Money | None = None, in_difficulty: bool | None = None,
    rounding: Rounding = TO_THE_CENT,
) -> HarbourAnswer:  # fmt: skip
    """The safe harbour of a guarantee (Reg. (EU) 2023/2831, art. 4(6)(a) and (b); by its date, the regulation before).

    >>> known = {"losses_pro_rata": True, "insolvent": False, "large": False, "grant_date": "2026-11-22"}
    >>> guarantee_gge(400000, 500000, years=5, **known).amount
    Decimal('53333.33')
    >>> guarantee_gge(400001, 500000, years=5, **known).safe_harbour
    False

    Args:
        guaranteed: Euros of the loan that are guaranteed.
        loan: Euros of the underlying loan.
        grant_date: The day on which the right to the aid arises.
        months: The duration of the guarantee; or else
        years: the same in years.
        losses_pro_rata: Whether lender and guarantor bear losses in proportion and under the same conditions.
        insolvent: As for `loan_safe_harbour`, like the next three.
        large: Whether the borrower is no SME.
        rating: By letter; asked of large undertakings alone.
        regulation: `gen`, `sgei`, `agri` or `fish`; only the figures of `gen` are encoded.
        method: `safe_harbour`; `accepted` for the national method, whose answer is in the same form: `safe_harbour` says there
            whether the method is open. `premium` answers that its figures are not encoded. `reasons` says what is not known.
        purpose: Of the loan, for `accepted`: `investment` or `working_capital`.
        premium: Euros that are paid for the guarantee, for `accepted`.
        in_difficulty: Whether the borrower is an undertaking in difficulty, for `accepted`, which is closed to it.
        rounding: Of the GGE.

    Raises:
        BadFacts: An argument cannot be; every fault is told.
        NotEncoded: The regulation does not reach to the day.
    """
    asked = Checked("guarantee_gge")
    amount, lent = (asked.positive(name, value) for name, value in (("guaranteed", guaranteed), ("loan", loan)))
    if amount > lent and not asked.found:
        asked.fault("guaranteed", f"{guaranteed} is more than the loan of {loan}")
    length = asked.months(months, years, MOST_MONTHS)
    shared = asked.truth("losses_pro_rata", losses_pro_rata)
    borrower = _Borrower.read(asked, insolvent, large, rating)
    wanted = GuaranteeMethod(asked.one_of("method", method, GuaranteeMethod))
    aim = None if purpose is None else asked.one_of("purpose", purpose, PURPOSES)
    paid = None if premium is None else asked.money("premium", premium)
    difficult = asked.truth("in_difficulty", in_difficulty)
    day, row = _row(asked, grant_date, regulation, "guarantee", rounding)
    if wanted is GuaranteeMethod.PREMIUM:
        return _not_encoded()
    if wanted is GuaranteeMethod.ACCEPTED:
        of = _National(amount, lent, length, aim, paid, large=borrower.large, in_difficulty=difficult)
        return of.answer(day, rounding)
    if not row.known("covered"):
        return _unknown(row)
    most = row.share("covered")
    share = HarbourCondition(
        "guaranteed_share", amount <= most * lent,
        f"{euros(amount)} of {euros(lent)} are guaranteed; at most {_percent(most)} may be",
    )  # fmt: skip
    losses = HarbourCondition("losses_pro_rata", shared, "losses fall on lender and guarantor in proportion")
    return _answer(day, row, amount, length, (share, losses, *borrower.conditions(row)), rounding)


def sound_borrower(
    *, grant_date: dt.date | str, insolvent: bool | None = None, large: bool | None = None, rating: str | None = None,
    regulation: str = "gen",
) -> bool | None:  # fmt: skip
    """Whether the aid in a loan to this borrower can be transparent at all, by whichever method (art. 4(3)(a)).

    >>> sound_borrower(grant_date="2026-11-22", insolvent=False, large=True, rating="CCC")
    False

    Raises:
        BadFacts: An argument cannot be; every fault is told.
        NotEncoded: The regulation does not reach to the day.
    """
    asked = Checked("sound_borrower")
    borrower = _Borrower.read(asked, insolvent, large, rating)
    _, row = _row(asked, grant_date, regulation, "loan", TO_THE_CENT)
    return _all(borrower.conditions(row))


@dataclass(frozen=True, slots=True)
class _Borrower:
    insolvent: bool | None
    large: bool | None
    rating: str | None

    @classmethod
    def read(cls, asked: Checked, insolvent: object, large: object, rating: object) -> _Borrower:
        return cls(
            asked.truth("insolvent", insolvent), asked.truth("large", large), asked.grade("rating", rating, GRADES)
        )

    def conditions(self, row: Row) -> tuple[HarbourCondition, ...]:
        solvent = HarbourCondition(
            "not_insolvent", None if self.insolvent is None else not self.insolvent,
            "the borrower is in no collective insolvency, nor could its creditors ask for it",
        )  # fmt: skip
        if not row.known("least_rating"):
            return (solvent, HarbourCondition("rating", self.large is False or None, row.note))
        least = row.texts["least_rating"]
        good = None if self.rating is None else at_least(self.rating, least)
        met = True if self.large is False or good else (False if self.large and good is False else None)
        return (solvent, HarbourCondition("rating", met, f"a large undertaking is rated at least {least}"))


def _row(asked: Checked, grant_date: object, regulation: object, instrument: str, rounding: object) -> tuple[int, Row]:
    """The day, and the row of the law that stands on it; raises what was found so far."""
    day = asked.day("grant_date", grant_date)
    name = asked.one_of("regulation", regulation, REGULATIONS)
    asked.instance("rounding", rounding, Rounding)
    asked.done()
    return day, dated_table("ue/gge-safe-harbours").on(day, regulation=name, instrument=instrument)


def _unknown(row: Row) -> HarbourAnswer:
    lacking = (HarbourCondition("figures", None, row.note),)
    return HarbourAnswer(None, None, None, lacking, (), (row.citation,), row.citation.confidence, (row.note,))


def _not_encoded() -> HarbourAnswer:
    """The answer of the Guarantee Notice, whose figures no source gave: a premium is never made up."""
    notice = Cited(act_of("com-2008-c-155-02"), "", Confidence.SECONDARY)
    lacking = (HarbourCondition("premiums", None, "the safe-harbour premiums of the Guarantee Notice were not read"),)
    note = f"the figures of the method {str(GuaranteeMethod.PREMIUM)!r} are not encoded here"
    return HarbourAnswer(None, None, None, lacking, (), (notice,), notice.confidence, (note,))


@dataclass(frozen=True, slots=True)
class _National:
    """A guarantee to an SME by the national method (N 182/2010): the market premium of a year less what is paid."""

    amount: int
    lent: int
    months: int
    purpose: str | None
    paid: int | None
    large: bool | None
    in_difficulty: bool | None

    def answer(self, day: int, rounding: Rounding) -> HarbourAnswer:
        table = dated_table("stato/guarantee-premiums")
        rows = [table.on(day, purpose=one) for one in PURPOSES if self.purpose in (None, one)]
        row, most = rows[0], rows[0].share("most_share")
        known = self.purpose is not None and row.known("risk")
        conditions = (
            HarbourCondition("purpose", True if self.purpose else None, "loans for investment and for working capital differ"),
            HarbourCondition(
                "guaranteed_share", self.amount <= most * self.lent,
                f"{euros(self.amount)} of {euros(self.lent)} are guaranteed; at most {_percent(most)} may be",
            ),
            HarbourCondition("sme", None if self.large is None else not self.large, "the method is of guarantees to SMEs"),
            HarbourCondition(
                "not_in_difficulty", None if self.in_difficulty is None else not self.in_difficulty,
                "the method is closed to undertakings in difficulty",
            ),
            HarbourCondition("premiums", True if row.known("risk") else None, row.note or "the ministry gives them for the day"),
            HarbourCondition("premium_paid", None if self.paid is None else True, "what is paid for it is taken away"),
            HarbourCondition(
                "discounting", True if self.months == _YEAR else None,
                "of one year the premium is not discounted; on which loan the premiums of other years are counted, and how they "
                "are discounted, was not read",
            ),
        )  # fmt: skip
        citations = unique(each.citation for each in rows)
        steps: tuple[Step, ...] = ()
        gge = None
        if known:
            parts = [(name, row.share(name)) for name in ("risk", "costs", "remuneration")]
            yearly = self.amount * sum((share for _, share in parts), Fraction(0))
            steps = (
                *(Step(name, share, row.citation) for name, share in parts),
                Step("market_premium", in_euros(rounding.cents(yearly)), row.citation),
            )
            if self.months == _YEAR and self.paid is not None:
                gge = in_euros(rounding.cents(max(Fraction(0), yearly - self.paid)))
                steps = (*steps, Step("gge", gge, row.citation))
        open_to = _all(conditions)
        return HarbourAnswer(
            open_to, gge if open_to else None, gge, conditions, steps, citations, surest(citations),
            (row.note,) if row.note else (),
        )  # fmt: skip


def _answer(
    day: int, row: Row, amount: int, months: int, conditions: tuple[HarbourCondition, ...], rounding: Rounding
) -> HarbourAnswer:
    """The proportion of the ceiling, by the shorter of the two limits that the loan keeps within."""
    limits = [(12 * row.whole(f"{leg}_years"), row.cents(f"{leg}_amount")) for leg in ("short", "long")]
    kept = [(longest, most) for longest, most in limits if months <= longest and amount <= most]
    told = " or ".join(f"{euros(most)} over {longest} months" for longest, most in limits)
    within = HarbourCondition(
        "amount_and_duration", bool(kept), f"{euros(amount)} over {months} months; the limits are {told}"
    )
    longest, most = kept[0] if kept else limits[-1] if months > limits[0][0] else limits[0]
    ceiling = dated_table("ue/deminimis-ceilings").on(day, regulation=row.texts["regulation"])
    share = Fraction(amount * months, most * longest)
    exact = ceiling.cents("ceiling") * share
    gge = in_euros(rounding.cents(exact))
    every = (within, *conditions)
    open_to = _all(every)
    citations = unique((row.citation, ceiling.citation))
    return HarbourAnswer(
        open_to, gge if open_to else None, gge, every,
        (
            Step("ceiling", euros(ceiling.cents("ceiling")), ceiling.citation),
            Step("limit_amount", euros(most), row.citation),
            Step("limit_months", longest, row.citation),
            Step("share_of_ceiling", share, row.citation),
            Step("gge", gge, row.citation),
        ),
        citations, surest(citations), (row.note,) if row.note else (),
    )  # fmt: skip


def _all(conditions: tuple[HarbourCondition, ...]) -> bool | None:
    if any(condition.met is False for condition in conditions):
        return False
    return None if any(condition.met is None for condition in conditions) else True


def _percent(share: Fraction | None) -> str:
    return "an unknown share" if share is None else f"{share * 100} %"
