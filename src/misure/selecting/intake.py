# SPDX-License-Identifier: Apache-2.0
"""Reads applications into candidates: every one is decided, every fault of every one is told at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from misure.allocating import MAYBE, NO, YES
from misure.deciding.contradictions import raise_faults
from misure.deciding.decision import Decision
from misure.deciding.machinery import compiled
from misure.deciding.printed_period import Answers
from misure.facts.dossier import Dossier
from misure.facts.source import facts_of
from misure.facts.vocabulary import FILING, FILING_TIME, IN_WINDOW
from misure.ground.errors import BadFacts, Conflict, NotEncoded
from misure.ground.money import decimal_text
from misure.ground.place import Fault
from misure.ground.times import time_text
from misure.ground.truth import Confidence
from misure.program.lowering.candidates import ASKED, envelopes_of, keys_of
from misure.program.verdict import UNDECIDED
from misure.rulebook.selection import FILED_AT
from misure.rulebook.selection import Window as WindowRule
from misure.selecting.applications import (
    APPLICATIONS,
    Application,
    Filing,
    applications_of,
    check_ids,
    filing_place,
    read_filing,
)
from misure.selecting.candidates import (
    ADMITTED,
    Candidates,
    Window,
    filing,
    keys_reader,
    surely_in_a_window,
    windows_of,
)
from misure.selecting.law import SelectionLaw
from misure.selecting.survivors import NOBODY, Survivors

__all__ = ["Checks", "Read", "Intake", "read_applications", "too_little"]


@dataclass(frozen=True, slots=True)
class Read:
    """The applications, read: the candidates, and what each was read from."""

    candidates: Candidates
    applications: tuple[Application, ...]
    dossiers: tuple[Dossier, ...]
    filings: tuple[Filing, ...]


def read_applications(law: SelectionLaw, given: object, kept: Survivors = NOBODY, more: Iterable[Fault] = ()) -> Read:
    """Read and decide every application. `more` is what was found wrong before, which is told with the rest.

    Raises:
        BadFacts: Something is wrong with one or more, or an application that is said to stay is not there; all the faults are in it.
    """
    faults: list[Fault] = [*more]
    applications: list[Application] = []
    for found in applications_of(given):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            applications.append(found)
    faults += check_ids(applications)
    faults += kept.unknown(law.rule, {str(one.id): at for at, one in enumerate(applications)}, APPLICATIONS)
    reading = Intake(law, faults)
    for one in applications:
        reading.add(one)
    if not faults:
        faults += too_little(law, reading.candidates)
    if faults:
        raise BadFacts(dict.fromkeys(faults))
    return Read(reading.candidates, tuple(applications), tuple(reading.dossiers), tuple(reading.filings))


class Checks:
    """What the office says, held against the question, the facts and the rules. Days are ordinals, None where not told."""

    def __init__(self, law: SelectionLaw) -> None:
        self.on = law.on.toordinal()
        order = law.rule.order
        self.needs_instant = order is not None and any(key.name == FILED_AT for key in order.keys)
        self.refuses = law.measure.refuses
        self._windows = {
            window.id: _sure_ends(law, window, rule) for window, rule in zip(law.windows, law.rule.windows, strict=True)
        }

    def too_late(self, filed: int | None) -> bool:
        """Whether it was filed after the day of the question."""
        return filed is not None and filed > self.on

    @staticmethod
    def apart(filed: int | None, told: int | None) -> bool:
        """Whether the instant and the day of filing contradict each other."""
        return filed is not None and bool(told) and filed != told

    @staticmethod
    def unfiled(filed: int | None, waits: bool | None) -> bool:
        """Whether it is told as not filed yet, and has an instant of filing."""
        return filed is not None and bool(waits)

    @staticmethod
    def times_apart(filed: int | None, told: int | None) -> bool:
        """Whether the instant and the time of day of filing contradict each other; both in microseconds from midnight."""
        return filed is not None and told is not None and filed != told

    def outside(self, said: str | None, day: int | None) -> bool:
        """Whether it was filed outside the window that the office says, whatever its unpublished days turn out to be.

        Bounds that are a reading of ours do not gainsay the office, which knows its windows.
        """
        first, last = self._windows.get(said or "", (None, None))
        return bool(day) and ((first is not None and day < first) or (last is not None and day > last))  # type: ignore[operator]

    def admitted(self, outcome: int) -> int:
        """What the rules find, from the printed outcome."""
        return ADMITTED[outcome] if self.refuses else YES

    @staticmethod
    def contradicted(said: bool | None, found: int) -> bool:
        """Whether the office admitted what the rules refuse; that is a fault unless they refuse by our reading alone."""
        return said is True and found == NO

    @staticmethod
    def by_our_reading(decision: Decision) -> bool:
        """Whether a refusal rests on nothing surer than a reading of ours: then the office's word goes before it."""
        sure = decision.confidence
        return sure is not None and sure.doubt >= Confidence.INFERRED.doubt

    @staticmethod
    def settled(said: bool | None, found: int) -> int:
        """Whether it is admitted: what the office says goes before what the rules find."""
        return found if said is None else YES if said else NO


class Intake:
    """One reading of a set of applications."""

    def __init__(self, law: SelectionLaw, faults: list[Fault]) -> None:
        self.law, self.measure, self.faults = law, law.measure, faults
        self.candidates = Candidates.of(law.rule)
        self.dossiers: list[Dossier] = []
        self.filings: list[Filing] = []
        self.checks = Checks(law)
        inputs = [column.name for column in compiled(self.measure).facts.layout.inputs]
        self._filed_on, self._filing_time, self._in_window = (
            inputs.index(name) if name in inputs else -1 for name in (FILING, FILING_TIME, IN_WINDOW)
        )
        self._read_keys = [keys_reader(self.measure, relation) for relation in law.rule.relations]
        self._slots = _Slots(law)

    def add(self, one: Application) -> None:
        office = read_filing(one, (window.id for window in self.law.windows), self.faults)
        if self.checks.needs_instant and one.filed_at is None:
            message = "the order looks at the instant of filing, and none is told"
            self.faults.append(Fault(filing_place(one, "filed_at"), f"{one.id}.filed_at", message))
        filed = office.day
        if office.filed_at is not None and self.checks.too_late(filed):
            message = f"filed on {office.filed_at.day}, after {self.law.on}, the day of the question"
            self.faults.append(Fault(filing_place(one, "filed_at"), f"{one.id}.filed_at", message))
        before = len(self.faults)
        dossier = self._dossier(one, office)
        if dossier is None:
            return
        sound = len(self.faults) == before and not self.checks.too_late(filed)
        told = dossier.values[self._filed_on] if self._filed_on >= 0 else None
        waits = any(name == FILING for name, _ in dossier.defaults)
        day = int(told) if told and not waits else None
        if office.filed_at is not None and (self.checks.unfiled(filed, waits) or self.checks.apart(filed, day)):
            said = "not_yet" if day is None else dt.date.fromordinal(day)
            message = f"{FILING} is {said}, and the instant of filing lies on {office.filed_at.day}"
            self.faults.append(Fault(one.place, f"{one.id}.{FILING}", message))
        self._check_time(one, office, dossier)
        if self.checks.outside(office.window, filed or day):
            where = dt.date.fromordinal(filed or day or 1)
            message = f"said to be filed in the window {office.window!r}, and {where} lies outside it"
            self.faults.append(Fault(filing_place(one, "window"), f"{one.id}.window", message))
        if sound:
            self._decide(one, office, dossier, day)

    def _check_time(self, one: Application, office: Filing, dossier: Dossier) -> None:
        """The time of day that is told is the one at which the clock of Italy stood at the instant of filing."""
        told = dossier.values[self._filing_time] if self._filing_time >= 0 else None
        if self.checks.times_apart(office.time, None if told is None else int(told)):
            message = (
                f"{FILING_TIME} is {time_text(int(told or 0))}, and at the instant of filing the clock of Italy shows "
                f"{time_text(office.time or 0)}"
            )
            self.faults.append(Fault(filing_place(one, FILING_TIME), f"{one.id}.{FILING_TIME}", message))

    def _dossier(self, one: Application, office: Filing) -> Dossier | None:
        """What an application says, as far as it can be read; what is wrong is told."""
        if isinstance(one.facts, Decision):
            return self._decided(one, office, one.facts)
        try:
            faults = list[Fault]()
            facts, places = facts_of({} if one.facts is None else one.facts, sink=faults)
            dated = self._with_office(facts, office)
            places, behind = one.places or places, compiled(self.measure)
            dossier = behind.facts.read(dated, self.law.on, places, text_source=one.text_source, sink=faults)
            if faults:
                self._blame(one, BadFacts([*faults, *behind.contradictions(dossier, faults)]))
        except BadFacts as problem:
            self._blame(one, problem)
            return None
        return dossier

    def _decided(self, one: Application, office: Filing, decision: Decision) -> Dossier | None:
        if decision.measure != self.measure:
            other = decision.measure
            what = f"under {other!r}" if other.id == self.measure.id else f"under {other.id}"
            message = f"the application was decided {what}, and the selection is of {self.measure!r}"
            self.faults.append(Fault(one.place, one.id, message))
            return None
        if decision.on != self.law.on:
            message = f"the application was decided on {decision.on}, and the question is put on {self.law.on}"
            self.faults.append(Fault(one.place, one.id, message))
            return None
        return self._filled(compiled(decision).dossier, office)

    def _filled(self, dossier: Dossier, office: Filing) -> Dossier:
        """The dossier of a decision with what the office's word tells, where the decision did not know it."""
        values = list(dossier.values)
        told = ((self._filed_on, office.day), (self._filing_time, office.time), (self._in_window, office.in_window))
        for at, value in told:
            if at >= 0 and values[at] is None:
                values[at] = value
        if tuple(values) == dossier.values:
            return dossier
        whole = None not in values and not any(
            unseen or any(None in record for record in records) for records, unseen in dossier.tables
        )
        return replace(dossier, values=tuple(values), complete=whole)

    def _with_office(self, facts: Mapping[str, object], office: Filing) -> Mapping[str, object]:
        """The instant of filing tells its day and time of day, the office's word that it was in a window, where the facts do not."""
        told: dict[str, object] = {}
        if office.in_window and facts.get(IN_WINDOW) is None and self._in_window >= 0:
            told[IN_WINDOW] = True
        if office.filed_at is None or self.checks.too_late(office.day):
            return {**facts, **told} if told else facts
        if facts.get(FILING) is None and FILING in self.measure.rulebook.vocabulary.facts:
            told[FILING] = office.filed_at.day
        if facts.get(FILING_TIME) is None and self._filing_time >= 0:
            told[FILING_TIME] = time_text(office.time or 0)
        return {**facts, **told} if told else facts

    def _decide(self, one: Application, office: Filing, dossier: Dossier, day: int | None) -> None:
        try:
            period = compiled(self.measure).period_of(dossier)
        except NotEncoded:  # one of whom anything may come out; the others are decided beside it
            anything = _Row(UNDECIDED, *self.law.whole, [MAYBE] * len(self.law.rule.envelopes))
            self._add(one, office, dossier, day, anything, MAYBE)
            return
        answers = period.complete_candidate if dossier.complete else period.partial_candidate
        raw = answers(dossier)
        row = self._slots.row(answers, raw)
        if raw[answers.slots["faulty"].first]:
            try:
                raise_faults(self.measure, period, dossier)
            except BadFacts as problem:
                self._blame(one, problem)
                return
            except Conflict:
                pass  # a candidate of whom anything may come out
        admitted = self.checks.admitted(row.outcome)
        if self.checks.contradicted(office.admitted, admitted):
            decision = compiled(self.measure).decide(dossier)
            if not self.checks.by_our_reading(decision):
                place = filing_place(one, "admitted")
                self.faults.append(Fault(place, f"{one.id}.admitted", self._contradiction(decision)))
        self._add(one, office, dossier, day, row, admitted)

    def _add(
        self, one: Application, office: Filing, dossier: Dossier, day: int | None, row: _Row, admitted: int
    ) -> None:  # fmt: skip
        """One more candidate, as far as the rules admit it."""
        found = self.candidates
        found.ids.append(one.id)
        found.admitted.append(self.checks.settled(office.admitted, admitted))
        found.asked.append(row.asked)
        for column, ends in zip(found.keys, row.keys, strict=True):
            column.append(ends)
        for budget, met in zip(found.budgets, row.budgets, strict=True):
            budget.append(met)
        for texts, read in zip(found.texts, self._read_keys, strict=True):
            texts.append(read(dossier))
        instant, days = filing(office.filed_at, day)
        found.filed.append(instant)
        found.day.append(days)
        found.window.append(office.window)
        said = self._in_window >= 0 and dossier.values[self._in_window] is True
        found.received.append(office.admitted is True or said)
        self.dossiers.append(dossier)
        self.filings.append(office)

    def _contradiction(self, decision: Decision) -> str:
        failed = [finding.id for finding in decision.findings if finding.truth == "no" and finding.effect == "refuses"]
        return f"said to be admitted, and the rules refuse it: {', '.join(failed)}"

    def _blame(self, one: Application, problem: BadFacts) -> None:
        for fault in problem.faults:
            place = one.place if fault.place.path == "<facts>" and not fault.place.line else fault.place
            subject = f"{one.id}.{fault.subject}" if fault.subject else one.id
            self.faults.append(Fault(place, subject, fault.message, fault.suggestion))


def _sure_ends(law: SelectionLaw, window: Window, rule: WindowRule) -> tuple[int | None, int | None]:
    """The first and the last day that a window may have, each None where it is known by a reading of ours alone."""
    first, last = (
        law.period.law.confidence_of(law.parameter(name)).doubt < Confidence.INFERRED.doubt
        for name in (rule.opens, rule.closes)
    )
    return window.opens[0] if first else None, window.closes[1] if last else None


@dataclass(frozen=True, slots=True)
class _Row:
    outcome: int
    asked: tuple[int, int]
    keys: list[tuple[int, int]]
    budgets: list[int]


class _Slots:
    """Where a printed candidate writes what a selection reads."""

    def __init__(self, law: SelectionLaw) -> None:
        self.keys = [name for name, _ in keys_of(law.rule)]
        self.budgets = envelopes_of(law.rule)

    def row(self, answers: Answers, raw: tuple[Any, ...]) -> _Row:
        slots = answers.slots

        def ends(key: str) -> tuple[int, int]:
            slot = slots[key]
            return raw[slot.first], raw[slot.second]

        return _Row(
            raw[slots["outcome"].first], ends(ASKED), [ends(key) for key in self.keys],
            [ADMITTED[raw[slots[key].first]] for key in self.budgets],
        )  # fmt: skip


def too_little(law: SelectionLaw, candidates: Candidates) -> list[Fault]:
    """A fault where every envelope holds less than the least that anybody admitted asks of it: a slip of the pen.

    Somebody has to ask for certain, and nobody may ask less: of an amount that nobody told, or of who may not be admitted, it is not
    known.
    """
    if law.plan.last_award in ("in_full", "in_part"):
        return []
    faults = []
    rows_in = range(len(candidates.ids))
    found = [windows_of(candidates, law.windows, row) for row in rows_in] if law.windows else []
    for at, (budget, envelope) in enumerate(zip(law.plan.budgets, law.rule.envelopes, strict=True)):
        rows = zip(candidates.asked, candidates.admitted, candidates.budgets[at], rows_in, strict=True)
        askers = [
            (
                ends[0],
                admitted == met == YES and (budget.window < 0 or surely_in_a_window(candidates, law.windows, row)),
            )
            for ends, admitted, met, row in rows
            if ends[1] > 0 and admitted > NO and met > NO and (budget.window < 0 or budget.window in found[row])
        ]
        if not askers:
            continue
        asked = min(least for least, _ in askers)
        linked = budget.then >= 0 or any(at in (other.rolls_to, other.then) for other in law.plan.budgets)
        if linked or budget.most >= asked or not any(sure for _, sure in askers):
            return []
        held, least = (decimal_text(amount, 2) for amount in (budget.most, asked))
        message = f"the envelope holds {held} EUR, less than the smallest award that is asked, {least} EUR"
        faults.append(Fault(APPLICATIONS, envelope.id, message))
    return faults
