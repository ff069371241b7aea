# SPDX-License-Identifier: Apache-2.0
"""Whether what worked cases and selections tell can be read at all: their facts, and what they expect."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from misure.facts.vocabulary import Vocabulary
from misure.ground.place import Fault, nearest
from misure.reading.cases.decisions import bases_in, facts_like, places_like
from misure.reading.cases.facts import misread
from misure.reading.cases.selections import applications_of
from misure.reading.expressions.literals import Unreadable, day
from misure.reading.forms.cases import CasesForm, ExpectForm, RangeForm, WorkedSelectionForm
from misure.reading.text.written import Written

__all__ = ["STANDINGS", "misread_expectations", "misread_facts"]


def misread_facts(form: CasesForm, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Each fact of a case or an application that cannot be what the vocabulary says of it."""
    bases = bases_in(form, [])
    for case in form.cases:
        if case.expect.error != "bad_facts":
            facts, places = facts_like(case, bases, "", []), places_like(case, form, case.name.place)
            yield from misread(str(case.name), facts, _day(case.on), places, vocabulary)
    for one in form.selections:
        for told in one.applications if one.expect.error != "bad_facts" else ():
            places = places_like(told, form, told.id.place)
            # Of many that are written once the first and the last stand for all: what counts goes one way.
            written = [*applications_of(told, bases, str(one.name), [])]
            for application in {each.id: each for each in (written[:1] + written[-1:])}.values():
                subject = f"{one.name}: {application.id}"
                yield from misread(subject, application.facts, _day(one.on), places, vocabulary)


def misread_expectations(form: CasesForm) -> Iterator[Fault]:
    """Each expected value that is none that an answer could have."""
    for case in form.cases:
        yield from _of_case(case.expect, str(case.name))
    for one in form.selections:
        yield from _of_selection(one)


def _of_case(expect: ExpectForm, subject: str) -> Iterator[Fault]:
    amounts = [
        *expect.support.values(),
        *expect.recovery.values(),
        *(line for plan in expect.spending.values() for line in plan.values()),
    ]
    amounts += [tranche.amount for tranche in expect.tranches.values() if tranche.amount is not None]
    days = [term.day for term in (*expect.terms.values(), *expect.duties.values()) if term.day is not None]
    yield from _unlike(_AMOUNT, amounts, "an amount, such as 1234.50", subject)
    yield from _unlike(
        _DAY, days, "a day, such as 2026-01-31, nor a day with its hour, such as 2026-01-31T12:00", subject
    )
    yield from _unlike(_MARGIN, expect.margins.values(), "a margin: a number, or a share such as 1/3", subject)
    yield from _unlike(_SCORE, expect.score.values(), "a number, nor yes, no or unknown", subject)


def _of_selection(one: WorkedSelectionForm) -> Iterator[Fault]:
    expect, subject = one.expect, str(one.name)
    counts = [getattr(expect, name) for name in STANDINGS]
    amounts = [*expect.left.values(), *expect.amount.values(), *([expect.given] if expect.given is not None else [])]
    yield from _unlike(_COUNT, [count for count in counts if count is not None], "a number of applications", subject)
    yield from _unlike(_AMOUNT, amounts, "an amount, such as 1234.50", subject)
    yield from _unlike(_COUNT, expect.place.values(), "a place, such as 12", subject)
    for standing in expect.standing.values():
        if standing not in STANDINGS:
            message = f"{str(standing)[:60]!r} is not where an application stands: {', '.join(STANDINGS)}"
            yield Fault(standing.place, subject, message, nearest(standing, STANDINGS))


def _unlike(form: re.Pattern[str], values: Iterable[Written | RangeForm], what: str, subject: str) -> Iterator[Fault]:
    for value in values:
        for text in (value.from_, value.to) if isinstance(value, RangeForm) else (value,):
            if not form.fullmatch(text):
                yield Fault(text.place, subject, f"{str(text)[:60]!r} is not {what}")


_AMOUNT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_MARGIN = re.compile(rf"{_AMOUNT.pattern}|-?[0-9]+/[0-9]+", re.ASCII)
_SCORE = re.compile(rf"{_AMOUNT.pattern}|yes|no|unknown|not_applicable", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]+)?", re.ASCII)
_COUNT = re.compile(r"[0-9]+", re.ASCII)
STANDINGS = (
    "funded", "listed", "waiting", "not_funded", "depends", "not_admitted", "displaced", "not_received", "withdrawn"
)  # fmt: skip


def _day(text: Written) -> dt.date | None:
    try:
        return day(text)
    except Unreadable:
        return None  # it is told of the case
