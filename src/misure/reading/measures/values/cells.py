# SPDX-License-Identifier: Apache-2.0
"""A table of the act: for each class and size its rate, points or amount.

Each cell is a legal value like any other, `rates_micro_research` of the table `rates`: dated, cited, known or not, told under the
label of the table and of its choices. Rules look a cell up, `rates[size, m.project]`; a choice of which the table says nothing is a
fault where its row stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from misure.facts.vocabulary import Fact, Kind
from misure.ground.place import nearest
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import Dimension, Lookup
from misure.reading.forms.rules import AnyParameter, BoundedForm, CellsForm, OneParameter, ParameterForm
from misure.reading.measures.draft import Draft
from misure.reading.measures.vocabulary import is_name
from misure.reading.text.written import Written
from misure.rulebook.acts import TRUTHS

__all__ = ["Tables", "cell_names", "choices_named"]

_MOST = 3
"""By so many things a table of an act tells its values apart, at most."""


def cell_names(forms: Mapping[Written, AnyParameter]) -> Iterator[Written]:
    """The names of the cells of all tables among some parameters."""
    for name, form in forms.items():
        for keys, _ in _cells(form.cells, _MOST) if isinstance(form, CellsForm) else ():
            yield _named(name, keys)


def _named(table: Written, keys: tuple[Written, ...]) -> Written:
    return keys[-1].beside("_".join((table, *keys)))


def _is_row(value: object) -> bool:
    """Whether choices stand here; what has a day as its key is no row but a dated value."""
    return isinstance(value, dict) and not next(iter(value), "")[:4].isdigit()


def _cells(rows: Mapping[Written, Any], depth: int) -> Iterator[tuple[tuple[Written, ...], Any]]:
    """Each value with the choices under which it stands."""
    for key, value in rows.items():
        row = _is_row(value)
        if row and depth > 1:
            yield from (((key, *keys), cell) for keys, cell in _cells(value, depth - 1))
        else:
            yield (key,), value


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose cells can be read: by what it tells them apart, and the name of each."""

    name: Written
    dimensions: tuple[Dimension, ...]
    names: Mapping[tuple[str, ...], Written]
    informs: bool


class Tables:
    """The tables among the parameters of one measure."""

    def __init__(self, forms: Mapping[Written, AnyParameter], draft: Draft) -> None:
        self.draft = draft
        self.parameters: list[tuple[Written, OneParameter]] = []
        """All parameters, each table as its cells; a name that two of them have stands here twice."""
        self._tables: list[_Table] = []
        for name, form in forms.items():
            if not isinstance(form, CellsForm):
                self.parameters.append((name, form))
            elif draft.claim(name):
                self._take(name, form)

    def _take(self, name: Written, form: CellsForm) -> None:
        draft = self.draft
        facts = [fact_named(by, name, draft) for by in form.by]
        if len(form.by) > _MOST:
            self.draft.fault(form.by[_MOST], name, f"a table tells its values apart by {_MOST} things at most")
        self.draft.distinct(form.by, name)
        known = [fact for fact in facts if fact is not None]
        cells = list(_cells(form.cells, _MOST))
        names = {tuple(map(str, keys)): _named(name, keys) for keys, _ in cells}
        labels = [_labels(fact) for fact in known]
        whole = len(known) == len(form.by) <= _MOST and self._whole(name, form, known)
        for keys, cell in cells:
            words = [str(label.get(key, key)) for label, key in zip(labels, map(str, keys), strict=False)]
            label = f"{form.label}: {', '.join(words)}" if form.label is not None else None
            cell_name = _named(name, keys)
            if is_name(cell_name) or not all(map(is_name, (name, *keys))):
                self.parameters.append((cell_name, _long(form, cell, label)))
            else:
                told = f"this cell would be called {str(cell_name)!r}, and a name has at most 64 characters: call the table something shorter"
                self.draft.fault(keys[-1], name, told)
        if whole:
            dimensions = tuple(
                Dimension(str(by), tuple(_labels(fact)), fact.kind.value)
                for by, fact in zip(form.by, known, strict=True)
            )
            self._tables.append(_Table(name, dimensions, names, form.for_information == "yes"))
        else:
            self.draft.scope.broken.names.add(str(name))
            self.draft.used |= set(names.values())

    def _whole(self, name: Written, form: CellsForm, facts: list[Fact]) -> bool:
        """Whether every choice has its cell and no other has one; each that lacks is told where its row stands."""
        before = len(self.draft.faults)
        self._row(
            name, name, form.cells, [(str(by), tuple(_labels(fact))) for by, fact in zip(form.by, facts, strict=True)]
        )
        return len(self.draft.faults) == before

    def _row(
        self, name: Written, where: Written, rows: Mapping[Written, Any], left: list[tuple[str, tuple[str, ...]]]
    ) -> None:
        (by, choices), *rest = left
        for key, value in rows.items():
            row = _is_row(value)
            if key not in choices:
                self.draft.fault(key, name, f"{str(key)!r} is not one of the choices of {by!r}", nearest(key, choices))
            elif rest and not row:
                told = f"a value stands here, and the table goes on by {rest[0][0]!r}: {_listed(rest[0][1])}"
                self.draft.fault(key, name, told)
            elif row and not rest:
                self.draft.fault(key, name, f"a value belongs here: the table tells none apart after {by!r}")
            elif row:
                self._row(name, key, value, rest)
        lacking = [choice for choice in choices if choice not in rows]
        if lacking:
            self.draft.fault(where, name, f"nothing is said of {by!r} {_listed(lacking)}")

    def register(self) -> None:
        """Let expressions look the cells up, once they are read."""
        draft = self.draft
        for table in self._tables:
            found = {keys: draft.scope.names.get(str(cell)) for keys, cell in table.names.items()}
            first = next((one for one in found.values() if one is not None), None)
            for keys, cell in table.names.items():
                one = found[keys]
                if (
                    one is not None
                    and first is not None
                    and (one.type.kind, one.type.unit) != (first.type.kind, first.type.unit)
                ):
                    message = f"this is {in_words(one.type)}, and the first value is {in_words(first.type)}"
                    draft.fault(cell, str(table.name), message)
                    found[keys] = None
            if None in found.values() or first is None:
                draft.scope.broken.names.add(str(table.name))
                draft.used |= set(map(str, table.names.values()))
                continue
            known = {keys: one for keys, one in found.items() if one is not None}
            draft.scope.lookups[str(table.name)] = Lookup(table.dimensions, known)

    def check_used(self, used: set[str], borrowed: frozenset[str]) -> None:
        """A table that nothing uses is told once, and not cell by cell."""
        for table in self._tables:
            cells = set(map(str, table.names.values()))
            if not cells & (used | self.draft.used) and not table.informs and str(table.name) not in borrowed:
                message = "nothing uses this table; if it only informs, say 'for_information: yes'"
                self.draft.fault(table.name, table.name, message)
            self.draft.used |= cells if not table.informs and str(table.name) not in borrowed else set()


def choices_named(by: Written, subject: str, draft: Draft) -> Mapping[str, str] | None:
    """The choices of a fact or of a field, with how people call them; None, and a fault, where there are none."""
    fact = fact_named(by, subject, draft)
    return None if fact is None else _labels(fact)


def fact_named(by: Written, subject: str, draft: Draft) -> Fact | None:
    """A fact, or the field of a table, that has choices."""
    vocabulary, (table, _, field) = draft.vocabulary, by.partition(".")
    fields = {f"{one.name}.{part}": fact for one in vocabulary.tables.values() for part, fact in one.fields.items()}
    found = fields.get(by) if field else vocabulary.facts.get(table)
    if found is None and by not in draft.scope.broken:
        right = [known for known, fact in {**vocabulary.facts, **fields}.items() if _labels(fact)]
        draft.fault(by, subject, f"no fact and no field of a table is called {str(by)!r}", nearest(by, right))
    elif found is not None and not _labels(found):
        draft.fault(by, subject, f"values are told apart by choices, or by a yes or no, and {str(by)!r} has none")
        return None
    return found


def _labels(fact: Fact) -> Mapping[str, str]:
    """The words of which a fact is one, with how people call them; none where it has no such words."""
    if fact.kind is Kind.TRUTH:
        return TRUTHS
    return {} if fact.kind is not Kind.CHOICE else {word: str(label) for word, label in fact.choices.items()}


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(map(repr, words))


def _long(table: CellsForm, cell: Any, label: str | None) -> ParameterForm:
    """A cell as a parameter in its long form: what it does not say itself the table says."""
    own = {"act", "at", "read_in", "inferred", "note", "provision", "anchor", "for_information"}
    given: dict[str, Any] = {name: getattr(table, name) for name in own if getattr(table, name)}
    given["label"] = label
    if isinstance(cell, BoundedForm):
        given |= {name: getattr(cell, name) for name in cell.model_fields_set}
    else:
        given["values" if isinstance(cell, dict) else "is_"] = cell
    return ParameterForm.model_construct().model_copy(update=given)
