# SPDX-License-Identifier: Apache-2.0
"""Worked cases: facts, a day, and what must come out; bases, replacements and repeated records are written out here.

The facts stay texts: what they mean is decided by the vocabulary, as for any applicant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from misure._reopen import by_public_name
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place, nearest
from misure.identifiers.forms import made_up
from misure.reading.cases.facts import FactPlaces
from misure.reading.expressions.literals import Unreadable, day, whole
from misure.reading.forms.cases import ApplicationForm, CasesForm, ExpectForm, WorkedCaseForm
from misure.reading.forms.form import Form
from misure.reading.forms.parts import fill_parts
from misure.reading.text.files import Files
from misure.reading.text.left_out import blameless
from misure.reading.text.tree import Mapping, Node, Plain, Sequence, plain
from misure.reading.text.written import Written

__all__ = [
    "MOST_RECORDS",
    "WorkedCase",
    "bare",
    "bases_in",
    "cases_of",
    "counted",
    "facts_like",
    "places_in",
    "places_like",
    "read_cases",
    "read_cases_form",
    "refuse_faulty",
    "varied",
]

MOST_RECORDS: Final = 10_000
"""The most records that one `times` writes."""
MADE_UP = "{codice_fiscale}"
"""What stands for a code that is made up."""


@by_public_name
@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One worked case. `expect` holds what must come out, by its key in the file: texts, mappings, tuples."""

    name: str
    facts: Map[str, Plain] = field(hash=False)
    on: dt.date
    vary: Map[str, str] = field(hash=False)
    expect: Map[str, Any] = field(hash=False)
    place: Place


def read_cases(path: Path) -> tuple[WorkedCase, ...]:
    """The worked cases of a file. Raises `BadRules` with every fault."""
    form, tree, files = read_cases_form(path)
    faults: list[Fault] = []
    cases = cases_of(form, tree, faults) if form is not None and tree is not None else ()
    refuse_faulty(files, faults, tree)
    return cases


def places_in(path: Path) -> dict[str, FactPlaces]:
    """Where the facts of each case of a file are written, by the names of the cases."""
    form, _, _ = read_cases_form(path)
    return {str(one.name): places_like(one, form, one.name.place) for one in form.cases} if form is not None else {}


def read_cases_form(path: Path) -> tuple[CasesForm | None, Node | None, Files]:
    """The form of a file of cases, of what can be used of it, its tree, and what was read with its faults."""
    files = Files([])
    written = files.tree(path, path.parent)
    form, tree = fill_parts(CasesForm, written, files) if written is not None else (None, None)
    return form, tree, files


def refuse_faulty(files: Files, faults: list[Fault], tree: Node | None) -> None:
    """Raise `BadRules` where a file of cases, or what was read from it, has faults."""
    found = [*files.faults, *blameless(faults, files.faults, tree, files.left)]
    if found:
        raise BadRules(found)


def cases_of(form: CasesForm, tree: Node, faults: list[Fault]) -> tuple[WorkedCase, ...]:
    """The worked cases of a filled form; what is wrong with them is added to the faults."""
    bases = bases_in(form, faults)
    found, names = [], dict[str, Place]()
    nodes = tree["cases"] if isinstance(tree, Mapping) else ()  # type: ignore[index]  # equal to the written key
    for one, node in zip(form.cases, nodes, strict=True):
        if one.name in names:
            faults.append(
                Fault(one.name.place, str(one.name), f"another case has this name; first at {names[one.name]}")
            )
        names.setdefault(str(one.name), one.name.place)
        assert isinstance(node, (Mapping, Sequence))
        case = _case(one, bases, node.place, faults)
        if case is not None:
            found.append(case)
    return tuple(found)


def _case(
    form: WorkedCaseForm, bases: Map[str, dict[str, Plain]], place: Place, faults: list[Fault]
) -> WorkedCase | None:
    name = str(form.name)
    facts = facts_like(form, bases, name, faults)
    on = None
    try:
        on = day(form.on)
    except Unreadable as problem:
        faults.append(Fault(form.on.place, name, problem.message))
    expect = _expected(form.expect)
    if not expect:
        faults.append(Fault(place, name, "the case expects nothing"))
    if "error" in expect and len(expect) > 1:
        faults.append(Fault(place, name, "a case that expects an error expects nothing else"))
    if on is None:
        return None
    return WorkedCase(name, MappingProxyType(facts), on, MappingProxyType(varied(form.vary)), expect, place)


def bases_in(form: CasesForm, faults: list[Fault]) -> dict[str, dict[str, Plain]]:
    """The bases from which cases and applications start."""
    return {str(name): _written_out(facts, str(name), faults) for name, facts in form.bases.items()}


def facts_like(
    form: WorkedCaseForm | ApplicationForm, bases: Map[str, dict[str, Plain]], name: str, faults: list[Fault]
) -> dict[str, Plain]:
    """The facts of a base, with what is added, replaced and taken away."""
    facts: dict[str, Plain] = {}
    if form.like is not None:
        if form.like not in bases:
            message = f"no base is called {str(form.like)!r}"
            faults.append(Fault(form.like.place, name, message, nearest(form.like, bases)))
        facts.update(bases.get(form.like, {}))
    facts.update(_written_out(form.facts, name, faults))
    for gone in form.without:
        if gone not in facts and (form.like is None or form.like in bases):
            message = f"{str(gone)!r} is not among the facts, so it cannot be taken away"
            faults.append(Fault(gone.place, name, message, nearest(gone, facts)))
        facts.pop(gone, None)
    return facts


def places_like(form: WorkedCaseForm | ApplicationForm, cases: CasesForm, around: Place) -> FactPlaces:
    """Where the facts that `facts_like` gives are written, and the legal values of a what-if."""
    own = _places(form.facts, around)
    if isinstance(form, WorkedCaseForm):
        values = {str(name): value if isinstance(value, Written) else name for name, value in form.vary.items()}
        own = FactPlaces(around, {**values, **own.nodes}, own.records)
    if form.like is None or form.like not in cases.bases:
        return own
    return own.over(_places(cases.bases[form.like], around), str(form.like))


def _places(facts: Map[Written, Any], around: Place) -> FactPlaces:
    nodes = {str(name): value for name, value in facts.items()}
    records = {name: tuple(_rows(value)) for name, value in nodes.items() if isinstance(value, Sequence)}
    return FactPlaces(around, nodes, records)


def _rows(node: Sequence) -> Iterator[int]:
    for row, record in enumerate(node):
        times = record.get("times") if isinstance(record, Mapping) else None  # type: ignore[call-overload]
        try:
            yield from [row] * (
                1 if times is None else whole(times, 1, MOST_RECORDS) if isinstance(times, Written) else 0
            )
        except Unreadable:
            continue


def varied(form: Map[Written, Written | tuple[Written, ...]]) -> dict[str, str]:
    """The legal values of a what-if, as texts."""
    return {
        str(parameter): str(value) if isinstance(value, Written) else f"[{', '.join(value)}]"
        for parameter, value in form.items()
    }


def _expected(form: ExpectForm) -> Map[str, Any]:
    return MappingProxyType({key: bare(getattr(form, key)) for key in sorted(form.model_fields_set)})


def bare(value: Any) -> Any:
    """A filled form as plain texts, mappings and tuples, with the keys of the file."""
    if isinstance(value, Form):
        fields = type(value).model_fields
        return MappingProxyType({fields[key].alias or key: bare(getattr(value, key)) for key in value.model_fields_set})
    if isinstance(value, dict):
        return MappingProxyType({str(key): bare(item) for key, item in value.items()})
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    return str(value)


def _written_out(facts: Map[Written, Any], subject: str, faults: list[Fault]) -> dict[str, Plain]:
    return {
        str(name): _records(value, subject, faults) if isinstance(value, Sequence) else plain(value)
        for name, value in facts.items()
    }


def counted(text: str, n: int) -> str:
    """The text of the n-th of several, `{n}` and `{codice_fiscale}` filled in."""
    if MADE_UP in text:
        text = text.replace(MADE_UP, made_up("codice_fiscale", n))
    return text.replace("{n}", str(n))


def _records(node: Sequence, subject: str, faults: list[Fault]) -> list[Plain]:
    """The records of a table; one with `times: N` is written N times, with `{n}` counting from 1.

    `{codice_fiscale}` is the n-th of the codes that are made up for examples: right in form, and nobody's.
    """
    found: list[Plain] = []
    for record in node:
        times = record.get("times") if isinstance(record, Mapping) else None  # type: ignore[call-overload]
        if times is None:
            found.append(plain(record))
            continue
        try:
            number = whole(times, 1, MOST_RECORDS) if isinstance(times, Written) else 0
        except Unreadable as problem:
            faults.append(Fault(times.place, subject, f"'times': {problem.message}"))
            continue
        assert isinstance(record, Mapping)
        rest = {str(key): plain(value) for key, value in record.items() if key != "times"}
        for n in range(1, number + 1):
            found.append({key: counted(value, n) if isinstance(value, str) else value for key, value in rest.items()})
    return found
