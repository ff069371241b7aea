# SPDX-License-Identifier: Apache-2.0
"""Whether worked cases speak of what their measure has: facts, parameters, conditions, amounts, terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from misure.ground.place import Fault, nearest
from misure.reading.forms.cases import CasesForm, ExpectForm, WorkedCaseForm, WorkedSelectionForm
from misure.reading.text.left_out import LeftOut
from misure.reading.text.written import Written
from misure.rulebook.expression import Call, walk
from misure.rulebook.rules import Rulebook

__all__ = ["check_case_names"]


def check_case_names(form: CasesForm, book: Rulebook, given: LeftOut | None = None) -> Iterator[Fault]:
    """Every name in the cases that the measure, or the vocabulary, does not have; nor is `given` by what of it is faulty."""
    for fault, name in _faults(form, book):
        if given is None or name not in given:
            yield fault


_Named: TypeAlias = Iterator[tuple[Fault, str]]


def _faults(form: CasesForm, book: Rulebook) -> _Named:
    if form.measure != book.id:
        yield Fault(form.measure.place, "measure", f"these cases stand beside the measure {book.id!r}"), ""
    facts = {*book.vocabulary.facts, *book.vocabulary.tables}
    for name, base in form.bases.items():
        yield from _unknown("fact or table", base, facts, str(name))
    for case in form.cases:
        subject = str(case.name)
        yield from _unknown("fact or table", case.facts, facts, subject)
        yield from _unknown("parameter", case.vary, book.parameters, subject)
        yield from _expected(case, case.expect, book, subject)
    for one in form.selections:
        yield from _selection(one, book, facts)


def _selection(one: WorkedSelectionForm, book: Rulebook, facts: set[str]) -> _Named:
    subject, rule = str(one.name), book.selection
    if rule is None:
        yield Fault(one.name.place, subject, "the measure has no selection"), "selection"
        return
    yield from _unknown("parameter", one.vary, book.parameters, subject)
    for told in one.applications:
        yield from _unknown("fact or table", told.facts, facts, subject)
        if told.window is not None:
            yield from _unknown("window", [told.window], [window.id for window in rule.windows], subject)
    yield from _unknown("envelope", one.expect.left, [envelope.id for envelope in rule.envelopes], subject)


def _expected(case: WorkedCaseForm, expect: ExpectForm, book: Rulebook, subject: str) -> _Named:
    conditions = [condition.id for condition in book.conditions]
    amounts = [line.id for line in book.support.lines] + ["own_share"] if book.support else []
    plans = [plan.id for plan in book.spending.plans] if book.spending else []
    lines = [line.id for line in book.spending.lines] + ["total"] if book.spending else []
    # What an act is silent or at odds about is missing by the name of the rule that waits for it.
    silent = {tension.id for tension in book.tensions if tension.when is not None}
    silent |= {condition.id for condition in book.conditions if condition.reduces}
    silent |= {"discounted_instalments"} if "instalments_gge" in _functions(book) else set()
    askable = {*book.facts, *book.tables, *book.parameters, *silent}
    asked = {*askable, *(f"{table.name}.{field}" for table in book.tables.values() for field in table.fields)}
    tranches = [line.id for line in book.tranches.lines] if book.tranches else []
    yield from _unknown("condition", expect.findings, conditions, subject)
    yield from _unknown("condition", expect.margins, conditions, subject)
    yield from _unknown("rule", expect.confidence, [*conditions, *book.definitions, *_others(book)], subject)
    yield from _unknown("fact, table or parameter of this measure", _tables(expect.missing or ()), asked, subject)
    yield from _unknown("line of support", expect.support, amounts, subject)
    apportioned = [line.id for line in book.support.lines if line.apportioned] if book.support else []
    yield from _unknown("line of support that is apportioned", expect.parts, apportioned, subject)
    yield from _unknown("plan", expect.spending, plans, subject)
    for plan in expect.spending.values():
        yield from _unknown("line of spending", plan, lines, subject)
    yield from _unknown("tranche", expect.tranches, tranches, subject)
    back = [one.id for condition in book.conditions for one in condition.recovers]
    yield from _unknown("amount that is given back", expect.recovery, back, subject)
    yield from _unknown("term", expect.terms, [term.id for term in book.terms], subject)
    yield from _unknown("duty", expect.duties, [duty.id for duty in book.duties], subject)
    yield from _unknown("tension", expect.tensions or (), [tension.id for tension in book.tensions], subject)
    if expect.score and book.score is None:
        yield Fault(case.name.place, subject, "the case expects a score, and the measure has none"), "score"


def _functions(book: Rulebook) -> set[str]:
    """The functions of the law that equivalents call: how they discount may be said by no act."""
    lines = book.support.lines if book.support else ()
    trees = [line.equivalent.amount for line in lines if line.equivalent is not None]
    return {node.function for tree in trees for node in walk(tree) if isinstance(node, Call)}


def _others(book: Rulebook) -> list[str]:
    """Rules that have a confidence and are no condition."""
    support = [line.id for line in book.support.lines] if book.support else []
    tranches = [line.id for line in book.tranches.lines] if book.tranches else []
    return [*support, *tranches, *(term.id for term in book.terms), *(duty.id for duty in book.duties)]


def _tables(names: Iterable[Written]) -> Iterator[Written]:
    """Names that are not a field of one record, which stands as `partners[impresa-3].signed`."""
    return (name for name in names if "[" not in name)


def _unknown(what: str, names: Iterable[Written], known: Iterable[str], subject: str) -> _Named:
    known = [*known]
    for name in names:
        if name not in known:
            yield Fault(name.place, subject, f"no {what} is called {str(name)!r}", nearest(name, known)), str(name)
