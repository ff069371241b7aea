# SPDX-License-Identifier: Apache-2.0
"""Deadlines: of a term counted from a day, of a period whose last day is known, of a date that a call names."""

from __future__ import annotations

from misure.ground.days import MonthEnd
from misure.ground.given import refuse
from misure.ground.ranges import Range
from misure.ground.regimes import Regime
from misure.terms.answers import Deadline
from misure.terms.counting import counted, ending
from misure.terms.reading import Day, Span, read

__all__ = ["deadline", "deadline_between", "fixed_date", "period_end"]


def deadline(
    start: Day, *, regime: Regime | str, days: int | None = None, working_days: int | None = None,
    weeks: int | None = None, months: int | None = None, years: int | None = None, backwards: bool = False,
    rounding: MonthEnd | str = MonthEnd.LAST_DAY, feriali: bool = False, suspended: int | tuple[Span, ...] | list[Span] = (),
    extended: int | Day | None = None, extended_months: int | None = None, place: str | None = None,
    patron: str | None = None,
) -> Deadline:  # fmt: skip
    """The last day of a term. The day from which it runs is never counted; 0 days end on that day.

    >>> end = deadline("2026-07-16", days=30, regime="it_civil")
    >>> end.day.isoformat(), [(passed.reason, passed.name) for passed in end.moved]
    ('2026-08-17', [('holiday', 'Assunzione della Beata Vergine Maria'), ('sunday', '')])
    >>> str(end.citation), end.confidence.value
    ('Codice civile, art. 2963, c. 3', 'secondary')

    Args:
        start: The day of the event from which the term runs.
        regime: How days are counted, and when the last one moves: see `Regime`.
        days: The length in calendar days; one length is given.
        working_days: The length in working days: none of Saturday, Sunday and national holidays.
        weeks: The length in weeks.
        months: The length in months, which end on the day of the same number (ex nominatione dierum).
        years: The length in years, counted as months are.
        backwards: The term is counted back from `start`, as "at least 20 days before".
        rounding: What becomes of a month that lacks the day: `last_day` (the law's) or `next_month`.
        feriali: Working days take Saturdays in.
        suspended: Days that do not count: stretches, each (first, last) with both included; or their number alone.
        extended: So many days more, or the new last day. Counted from the last day before it moves.
        extended_months: So many months more.
        place: A provincial capital of Lombardy whose patron saint is a holiday; none for a national or regional term.
        patron: The same for any other place, as the day of the year, `MM-DD`.

    Raises:
        BadFacts: Something in it cannot be: a datetime, no length or two, a negative one, a regime that is not offered.
        NotEncoded: The term leads outside the table of holidays, or the regime's rule of that day is not encoded.
    """
    lengths: dict[str, object] = {
        "days": days, "working_days": working_days, "weeks": weeks, "months": months, "years": years,
    }  # fmt: skip
    asked = read(
        "deadline", start, lengths, regime=regime, backwards=backwards, rounding=rounding, feriali=feriali,
        suspended=suspended, extended=extended, extended_months=extended_months, place=place, patron=patron,
    )  # fmt: skip
    return counted("deadline", asked)


def deadline_between(first: Day, last: Day, **term: object) -> Range:
    """The last day of a term whose start is only known to lie from one day to another; the rest as `deadline` takes it.

    >>> deadline_between("2026-11-10", "2026-11-13", days=30, regime="it_civil")
    Range(least=datetime.date(2026, 12, 10), greatest=datetime.date(2026, 12, 14))

    Raises:
        BadFacts: The days are in the wrong order, or as in `deadline`.
        NotEncoded: As in `deadline`.
    """
    ends = [deadline(day, **term) for day in (first, last)]  # type: ignore[arg-type]
    if ends[1].start < ends[0].start:
        refuse("<deadline_between>", [("last", f"{last} lies before {first}")])
    return Range(ends[0].day, ends[1].day)


def period_end(
    last: Day, *, regime: Regime | str, backwards: bool = False, place: str | None = None, patron: str | None = None,
) -> Deadline:  # fmt: skip
    """The end of a period whose last day counting has led to already: the day itself, or the one to which it moves.

    That a period of two days or more includes two working days (art. 3(5) of Regulation 1182/71) cannot be told from
    its last day: where the start is known, ask `deadline`.

    >>> str(period_end("2026-12-12", regime="eu_1182_71").day), str(period_end("2026-12-12", regime="it_civil").day)
    ('2026-12-14', '2026-12-12')

    Raises:
        BadFacts: It is no day, or the regime is not offered.
        NotEncoded: The day lies outside the table of holidays.
    """
    asked = read("period_end", last, {"days": 0}, regime=regime, backwards=backwards, place=place, patron=patron)
    return ending(asked, asked.start, [])


def fixed_date(
    day: Day, *, regime: Regime | str = Regime.IT_CIVIL, place: str | None = None, patron: str | None = None
) -> Deadline:  # fmt: skip
    """A date that a call names without an hour, "entro il 15 novembre 2026".

    Whether it moves is not settled, so that the answer is inferred: by default as a term of the civil code, on a Sunday
    or a holiday alone; `ambiguity(day, days=0, regimes=("it_civil", "fixed_instant"))` shows what hangs on it. Under
    Regulation 1182/71 a date that is named does not move (art. 5). With an hour it is `by_hour`, which never moves.

    >>> str(fixed_date("2026-11-15").day), fixed_date("2026-11-15").confidence.value
    ('2026-11-16', 'inferred')

    Raises:
        BadFacts: It is no day, or the regime is not offered.
        NotEncoded: The day lies outside the table of holidays.
    """
    asked = read("fixed_date", day, {"days": 0}, regime=regime, place=place, patron=patron)
    return ending(asked, asked.start, [], rule="fixed_date", stays=asked.regime is Regime.EU_1182_71)
