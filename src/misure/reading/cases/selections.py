# SPDX-License-Identifier: Apache-2.0
"""Worked selections: applications, a day, and what must come out; repeated applications are written out here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

from misure._reopen import by_public_name
from misure.ground.place import Fault, Place
from misure.reading.cases.decisions import (
    MOST_RECORDS,
    bare,
    bases_in,
    counted,
    facts_like,
    read_cases_form,
    refuse_faulty,
    varied,
)  # fmt: skip
from misure.reading.expressions.literals import Unreadable, day, whole
from misure.reading.forms.cases import ApplicationForm, CasesForm, WorkedSelectionForm
from misure.reading.text.tree import Plain
from misure.reading.text.written import Written

__all__ = ["ToldApplication", "WorkedSelection", "applications_of", "read_selection_cases", "selections_of"]


@by_public_name
@dataclass(frozen=True, slots=True)
class ToldApplication:
    """One application of a worked selection: its facts as texts, and what the office says."""

    id: str
    facts: Map[str, Plain] = field(hash=False)
    filed_at: str | None
    admitted: str | None
    window: str | None


@by_public_name
@dataclass(frozen=True, slots=True)
class WorkedSelection:
    """One worked selection."""

    name: str
    on: dt.date
    approved_on: dt.date | None
    vary: Map[str, str] = field(hash=False)
    applications: tuple[ToldApplication, ...]
    survivors: Map[str, tuple[str, ...]] = field(hash=False)
    withdraw: tuple[tuple[str, dt.date], ...]
    expect: Map[str, Any] = field(hash=False)
    place: Place


def read_selection_cases(path: Path) -> tuple[WorkedSelection, ...]:
    """The worked selections of a file. Raises `BadRules` with every fault."""
    form, tree, files = read_cases_form(path)
    faults: list[Fault] = []
    found = selections_of(form, faults) if form is not None else ()
    refuse_faulty(files, faults, tree)
    return found


def selections_of(form: CasesForm, faults: list[Fault]) -> tuple[WorkedSelection, ...]:
    """The worked selections of a filled form; what is wrong with them is added to the faults."""
    bases = bases_in(form, []) if form.selections else {}
    found, names = [], dict[str, Place]()
    for one in form.selections:
        if one.name in names:
            message = f"another selection has this name; first at {names[one.name]}"
            faults.append(Fault(one.name.place, str(one.name), message))
        names.setdefault(str(one.name), one.name.place)
        found.append(_selection(one, bases, faults))
    return tuple(found)


def _selection(form: WorkedSelectionForm, bases: Map[str, dict[str, Plain]], faults: list[Fault]) -> WorkedSelection:
    name = str(form.name)

    def date(text: Written) -> dt.date:
        try:
            return day(text)
        except Unreadable as problem:
            faults.append(Fault(text.place, name, problem.message))
            return dt.date.min

    applications = [told for one in form.applications for told in applications_of(one, bases, name, faults)]
    expect = {key: bare(getattr(form.expect, key)) for key in sorted(form.expect.model_fields_set)}
    if not expect:
        faults.append(Fault(form.name.place, name, "the selection expects nothing"))
    return WorkedSelection(
        name, date(form.on), None if form.approved_on is None else date(form.approved_on),
        MappingProxyType(varied(form.vary)), tuple(applications),
        MappingProxyType({str(relation): tuple(map(str, ids)) for relation, ids in form.survivors.items()}),
        tuple((str(id_), date(when)) for id_, when in form.withdraw.items()), MappingProxyType(expect), form.name.place,
    )  # fmt: skip


def applications_of(
    form: ApplicationForm, bases: Map[str, dict[str, Plain]], name: str, faults: list[Fault]
) -> Iterator[ToldApplication]:
    """The applications that are written as one; what is wrong with them is added to the faults."""
    facts = facts_like(form, bases, name, faults)
    try:
        times = whole(form.times, 1, MOST_RECORDS) if form.times is not None else 1
    except Unreadable as problem:
        faults.append(Fault(form.id.place, name, f"'times': {problem.message}"))
        return
    for n in range(1, times + 1):
        try:
            told = {key: _counted(value, n) for key, value in facts.items()}
        except (InvalidOperation, TypeError):
            faults.append(Fault(form.id.place, name, "a fact that counts says its 'first' and its 'step' as numbers"))
            return
        filed = None if form.filed_at is None else str(_counted(str(form.filed_at), n))
        yield ToldApplication(
            str(_counted(str(form.id), n)),
            told,
            filed,
            form.admitted,
            None if form.window is None else str(form.window),
        )


def _counted(value: Plain, n: int) -> Plain:
    """The value of the n-th of several applications."""
    if isinstance(value, str):
        return counted(value, n).replace("{nn}", f"{n:02}").replace("{nnn}", f"{n:03}")
    if isinstance(value, dict) and set(value) == {"first", "step"}:
        first, step = (Decimal(str(value[key])) for key in ("first", "step"))
        return str(first + step * (n - 1))
    if isinstance(value, list):
        return [_counted(item, n) for item in value]
    return {key: _counted(item, n) for key, item in value.items()}
