# SPDX-License-Identifier: Apache-2.0
"""What an oracle expects, brought to the words in which decisions say it; what no decision of the measure can say is refused.

>>> import misure
>>> filiere = misure.catalogue()["lombardia/filiere"]
>>> expected_of(filiere, {"outcome": "eligible", "findings": {"reaches_threshold": True}})
{'outcome': 'eligible', 'findings': {'reaches_threshold': 'yes'}}
>>> expected_of(filiere, {"outcome": "eligble", "findings": {"reaches_treshold": True, "agreement_signed": "si"}})
Traceback (most recent call last):
...
ValueError: the oracle: findings.agreement_signed: expected yes, no, unknown, not_applicable, pending; got 'si'
the oracle: findings.reaches_treshold: no condition is called 'reaches_treshold'; did you mean 'reaches_threshold'?
the oracle: outcome: expected eligible, no_known_obstacle, refused, undecided, not_applicable; got 'eligble'; did you mean 'eligible'?
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from misure.deciding.decision import Outcome
from misure.deciding.results import DutyState
from misure.deciding.values import Range, as_json
from misure.ground.days import parse_day
from misure.ground.given import Mistake
from misure.ground.place import nearest
from misure.ground.truth import Truth
from misure.testing.handed import refuse

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["expected_of"]


def expected_of(measure: Measure, answer: Any) -> dict[str, Any]:
    """What an oracle answered, by the keys of `cases.yaml`, with truths, days and amounts as texts; a bare word is the outcome.

    Raises:
        ValueError: It has a key, a name or a word that no decision of the measure has, or a value of another kind; all at once.
    """
    mistakes: list[Mistake] = []
    asked = answer if isinstance(answer, Mapping) else {"outcome": answer}
    found: dict[str, Any] = _sayable(measure)(asked, "", mistakes)
    refuse("the oracle", sorted(mistakes))
    return found


# What can be said: a word of some, an amount, a day, or something under each of some names

_Reading: TypeAlias = Callable[[Any, str, list[Mistake]], Any]
"""Reads what is given at a path, and adds what is wrong with it to the mistakes."""


@cache
def _sayable(measure: Measure) -> _Reading:
    """All that a decision of the measure may say."""
    book = measure.rulebook
    conditions = [condition.id for condition in book.conditions]
    support = (
        [line.id for line in book.support.lines] + ["own_share"] * bool(book.support.own_share) if book.support else []
    )
    apportioned = [line.id for line in book.support.lines if line.apportioned] if book.support else []
    spending = [*(line.id for line in book.spending.lines), "total"] if book.spending else []
    tranches = [line.id for line in book.tranches.lines] if book.tranches else []
    score: dict[str, _Reading] = {"total": _amount, "final": _amount} if book.score else {}
    for criterion in book.score.criteria if book.score else ():
        score[criterion.id] = _amount
    for bonus in book.score.bonuses if book.score else ():
        score[bonus.id] = _truth
    tranche = _under("part of a tranche", {"amount": _amount, "due": _truth, "payable": _truth})
    term = _under("part of a term", {"day": _day, "state": _word(DutyState)})
    return _under(
        "key of an answer",
        {
            "outcome": _word(Outcome),
            "findings": _under("condition", dict.fromkeys(conditions, _truth)),
            "margins": _under("condition", dict.fromkeys(conditions, _amount)),
            "support": _under("line of support", dict.fromkeys(support, _amount)),
            "parts": _under("line of support that is apportioned", dict.fromkeys(apportioned, _by_record)),
            "spending": _under(
                "plan",
                {
                    plan.id: _under("line of spending", dict.fromkeys(spending, _amount))
                    for plan in (book.spending.plans if book.spending else ())
                },
            ),
            "tranches": _under("tranche", dict.fromkeys(tranches, tranche)),
            "terms": _under("term", {one.id: term for one in book.terms}),
            "duties": _under("duty", {one.id: term for one in book.duties}),
            "score": _under("part of the score", score),
        },
    )


def _under(what: str, names: Mapping[str, _Reading]) -> _Reading:
    """Something under some of these names."""

    def read(given: Any, path: str, mistakes: list[Mistake]) -> Any:
        if not isinstance(given, Mapping):
            mistakes.append((path, f"expected the {what} by name; got {given!r:.60}"))
            return {}
        before = f"{path}." if path else ""
        for name in given:
            if name not in names:
                close = nearest(name, names) if isinstance(name, str) else None
                have = "" if names else ": the measure has none"
                mistakes.append((f"{before}{name!s:.60}", f"no {what} is called {name!r:.60}{have}", close))
        return {name: names[name](value, f"{before}{name}", mistakes) for name, value in given.items() if name in names}

    return read


def _by_record(given: Any, path: str, mistakes: list[Mistake]) -> Any:
    """Amounts by the keys of records, which an applicant makes up."""
    return _under("record", dict.fromkeys(given if isinstance(given, Mapping) else (), _amount))(given, path, mistakes)


def _word(words: Iterable[StrEnum]) -> _Reading:
    known = list(map(str, words))

    def read(given: Any, path: str, mistakes: list[Mistake]) -> str | None:
        if given is None or str(given) in known:
            return None if given is None else str(given)
        mistakes.append((path, f"expected {', '.join(known)}; got {given!r:.60}", nearest(str(given), known)))
        return None

    return read


def _truth(given: Any, path: str, mistakes: list[Mistake]) -> Any:
    return _A_TRUTH({True: "yes", False: "no"}[given] if isinstance(given, bool) else given, path, mistakes)


_A_TRUTH = _word(Truth)


def _amount(given: Any, path: str, mistakes: list[Mistake]) -> Any:
    """A number, or between which numbers it lies."""
    return _between(_number, "a number, as a text, a Decimal or a whole number", given, path, mistakes)


def _day(given: Any, path: str, mistakes: list[Mistake]) -> Any:
    """A day, or between which days it lies."""
    return _between(_calendar, "a day, as a date or 2026-03-10", given, path, mistakes)


def _between(one: Callable[[Any], Any], what: str, given: Any, path: str, mistakes: list[Mistake]) -> Any:
    if isinstance(given, Range):
        given = as_json(given)
    try:
        if isinstance(given, Mapping) and set(given) == {"from", "to"}:
            return {end: one(value) for end, value in given.items()}
        return one(given)
    except (ValueError, TypeError, ZeroDivisionError):
        mistakes.append((path, f"expected {what}, or from and to of it; got {given!r:.60}"))
        return None


def _number(given: Any) -> Any:
    given = as_json(given)
    if given is None or (isinstance(given, int) and not isinstance(given, bool)):
        return given
    if not isinstance(given, str):
        raise TypeError(given)
    Fraction(given)  # a share that no decimal is exactly stands as 1/3
    return given


def _calendar(given: Any) -> Any:
    if given is not None:
        parse_day(str(given))
    return given if given is None else str(given)
