# SPDX-License-Identifier: Apache-2.0
"""Terms of which it is in doubt how they are counted: every reading, and whether the doubt makes a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from misure.ground.arguments import shown
from misure.ground.days import MonthEnd
from misure.ground.given import refuse
from misure.ground.regimes import Regime
from misure.terms.answers import Ambiguity, Deadline, Reading
from misure.terms.counting import counted
from misure.terms.reading import Day, Span, TermText, read

__all__ = ["ambiguity", "deadlines"]


def ambiguity(
    start: Day, *, regimes: Iterable[Regime | str] = tuple(Regime), days: int | None = None,
    working_days: int | None = None, weeks: int | None = None, months: int | None = None, years: int | None = None,
    backwards: bool = False, feriali: bool = False, suspended: int | tuple[Span, ...] | list[Span] = (),
    extended: int | Day | None = None, extended_months: int | None = None, place: str | None = None,
    patron: str | None = None,
) -> Ambiguity:  # fmt: skip
    """Every reading of a term: each of the regimes in doubt, both roundings of a month that lacks the day.

    A term counted back has a second reading where the law is silent or the courts differ: under `it_cpc` a Saturday
    that stays, as in the administrative courts (art. 52 c.p.a.), under `it_civil` and `it_tax` a day that does not move.

    >>> doubt = ambiguity("2026-01-31", months=1, regimes=["it_civil"])
    >>> doubt.matters, [(str(reading.deadline.day), reading.rounding.value) for reading in doubt.readings]
    (True, [('2026-02-28', 'last_day'), ('2026-03-02', 'next_month')])
    >>> ambiguity("2026-11-10", days=30).matters
    False

    Raises:
        BadFacts: As in `deadline`; or no regime is in doubt.
        NotEncoded: As in `deadline`.
    """
    lengths: dict[str, object] = {
        "days": days, "working_days": working_days, "weeks": weeks, "months": months, "years": years,
    }  # fmt: skip
    found = []
    for regime in _listed(regimes):
        asked = read(
            "ambiguity", start, lengths, regime=regime, backwards=backwards, feriali=feriali, suspended=suspended,
            extended=extended, extended_months=extended_months, place=place, patron=patron,
        )  # fmt: skip
        found += list(_readings(asked))
    return Ambiguity(tuple(found))


def deadlines(start: Day, *, regimes: Iterable[Regime | str] = tuple(Regime), **term: object) -> tuple[Deadline, ...]:
    """The different last days under the regimes in doubt, earliest first: one alone when the doubt makes no difference.

    Of the regimes that agree the first named stands for all. The rest of the term is as `deadline` takes it.

    >>> [(str(end.day), end.regime.value) for end in deadlines("2026-11-12", days=30)]
    [('2026-12-12', 'it_civil'), ('2026-12-14', 'eu_1182_71')]

    Raises:
        BadFacts: As in `deadline`; or no regime is in doubt.
        NotEncoded: As in `deadline`.
    """
    by_day: dict[object, Deadline] = {}
    for reading in ambiguity(start, regimes=regimes, **term).readings:  # type: ignore[arg-type]
        if reading.rounding is MonthEnd.LAST_DAY and not reading.assumes:
            by_day.setdefault(reading.deadline.day, reading.deadline)
    return tuple(sorted(by_day.values(), key=lambda end: end.day))


def _listed(regimes: object) -> tuple[object, ...]:
    chosen = tuple(regimes) if isinstance(regimes, Iterable) and not isinstance(regimes, str) else ()
    if not chosen:
        refuse("<ambiguity>", [("regimes", f"expected a list of counting regimes; got {shown(regimes)}")])
    return chosen


def _readings(asked: TermText) -> Iterator[Reading]:
    roundings = tuple(MonthEnd) if asked.unit in ("months", "years") or asked.extended_months else (MonthEnd.LAST_DAY,)
    for rounding in roundings:
        term = replace(asked, rounding=rounding)
        yield Reading(counted("ambiguity", term), rounding)
        if not asked.backwards or not asked.regime.moves(backwards=True):
            continue
        if asked.regime is Regime.IT_CPC:
            civil = counted("ambiguity", replace(term, regime=Regime.IT_CIVIL))
            read_otherwise = replace(civil, regime=Regime.IT_CPC)
            yield Reading(read_otherwise, rounding, "saturday_stays")
        else:
            still = counted("ambiguity", replace(term, regime=Regime.FIXED_INSTANT))
            yield Reading(replace(still, regime=asked.regime), rounding, "does_not_move")
