# SPDX-License-Identifier: Apache-2.0
"""Definitions and terms: named values, read in the order in which they use each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from misure.ground.place import Fault, nearest
from misure.reading.expressions.kinds import in_words, one_with_other, shared_unit, unify
from misure.reading.expressions.scope import DAY, Named
from misure.reading.expressions.syntax import Wrong, names_in, parse
from misure.reading.forms.rules import CiteForm, DefinitionForm, GroupForm, TermForm
from misure.reading.measures.dependencies import in_order
from misure.reading.measures.draft import Draft, RuleFields
from misure.reading.measures.exclusive import conflict, exclusive
from misure.reading.measures.terms import read_term
from misure.reading.text.written import Written
from misure.rulebook.expression import Type
from misure.rulebook.rules import Case, Condition, Definition, Term

__all__ = ["NamedRules", "read_named"]

_Found: TypeAlias = tuple[Written, CiteForm, DefinitionForm | TermForm]


@dataclass(slots=True)
class NamedRules:
    """Definitions in an order in which each uses only those before it; terms, and the conditions they make."""

    definitions: dict[str, Definition]
    terms: list[Term]
    conditions: list[Condition]


_DEEPEST = 50
"""A name may rest on others that rest on others, so many times over."""


def read_named(groups: Iterable[GroupForm], draft: Draft) -> NamedRules:
    """Read all definitions and terms, whatever the order in which the act gives them."""
    found: dict[str, _Found] = {}
    for group in groups:
        forms: list[tuple[Written, DefinitionForm | TermForm]] = [*group.definitions.items(), *group.terms.items()]
        for name, form in forms:
            if draft.claim(name):
                found[str(name)] = (name, group.cite, form)
    uses = {name: _uses(form) for name, (_, _, form) in found.items()}
    order, ring = in_order(uses)
    while ring:
        _blame_ring(ring, found, draft)
        uses = {name: used for name, used in uses.items() if name not in ring}
        order, ring = in_order(uses)
    rules = NamedRules({}, [], [])
    depth: dict[str, int] = {}
    # What cannot be read must not make everything that uses it faulty too.
    for id_ in order:
        before = len(draft.faults)
        depth[id_] = 1 + max((depth.get(used, 0) for used in _uses(found[id_][2])), default=0)
        if depth[id_] == _DEEPEST + 1:
            draft.fault(
                found[id_][0], id_, f"it rests on a chain of more than {_DEEPEST} names: nobody could follow it"
            )
        elif depth[id_] <= _DEEPEST:
            _read_one(*found[id_], rules, draft)
        if len(draft.faults) > before or id_ not in draft.scope.names:
            draft.scope.names.pop(id_, None)
            draft.scope.broken.names.add(id_)
    return rules


def _read_one(name: Written, cite: CiteForm, form: DefinitionForm | TermForm, rules: NamedRules, draft: Draft) -> None:
    if isinstance(form, TermForm):
        term, condition = read_term(name, cite, form, draft)
        if term is None:
            return
        rules.terms.append(term)
        if condition is not None:
            rules.conditions.append(condition)
        if term.opens is not None and term.closes is not None:
            window = (term.opens, term.closes)
            draft.scope.names[term.id] = Named(term.id, "term", Type("window"), term.place, window)
        else:
            draft.know(term.id, "term", DAY, term.place)
        return
    definition = _definition(name, cite, form, draft)
    if definition is not None:
        rules.definitions[definition.id] = definition
        draft.know(definition.id, "definition", definition.type, definition.place)


def _uses(form: DefinitionForm | TermForm) -> list[str]:
    """The names that the texts of a definition or term use; texts that are no expressions use none."""
    if isinstance(form, TermForm):
        window = form.window
        texts = [form.by, form.when]
        texts += [window.from_, window.until, window.opens_at, window.closes_at] if window else []
    else:
        texts = [form.is_]
        for case in form.cases or ():
            texts += [case.when, case.is_, case.otherwise]
    names: list[str] = []
    for text in texts:
        if text is not None:
            try:
                names += names_in(parse(text, []))
            except Wrong:
                continue
    return names


def _blame_ring(ring: list[str], found: dict[str, _Found], draft: Draft) -> None:
    places = ", ".join(f"{name} at {found[name][0].place}" for name in ring[:-1])
    first = found[ring[0]][0]
    draft.fault(first, first, f"these use each other in a ring: {' -> '.join(ring)} ({places})")
    draft.scope.broken.names.update(ring)


def _definition(name: Written, cite: CiteForm, form: DefinitionForm, draft: Draft) -> Definition | None:
    fields = draft.rule(name, form, cite, needs_provision=False)
    if (form.is_ is None) == (form.cases is None):
        draft.fault(name, name, "a definition has one value under 'is', or 'cases'")
        return None
    if form.is_ is not None:
        value = draft.expression(form.is_, name, "")
        bare = fields.copy()
        bare["text"] = ""
        cases = [Case(**bare, when=None, value=value)] if value else []
        complete = value is not None
    else:
        cases = []
        complete = _read_cases(name, cite, form, fields, cases, draft)
    if not cases or not complete:
        return None
    kind = _one_type(name, cases, draft)
    if kind is not None and form.unit is not None:
        kind = _declared(form.unit, kind, name, draft)
    if kind is None:
        return None
    if kind.kind == "number" and not kind.unit:
        draft.fault(name, name, "this has no unit: nothing in it says one; name it under 'unit'")
    guards = [case.when for case in cases]
    clash = conflict(cases)
    if clash:
        first, second = clash
        draft.faults.append(
            Fault(
                second.place, str(name), f"this case holds whenever the one at {first.place} does, with another value"
            )
        )
    return Definition(**fields, type=kind, cases=tuple(cases), proved=exclusive(guards, draft.parameters))


def _read_cases(
    name: Written, cite: CiteForm, form: DefinitionForm, fields: RuleFields, cases: list[Case], draft: Draft
) -> bool:
    """Add the cases that can be read; whether they are all of them."""
    complete = True
    forms = form.cases or ()
    for number, one in enumerate(forms):
        last = number == len(forms) - 1
        where = one.otherwise or one.when or one.is_ or name
        if one.otherwise is not None:
            if one.when is not None or one.is_ is not None:
                draft.fault(where, name, "'otherwise' stands alone: it says the value itself")
            if not last:
                draft.fault(where, name, "'otherwise' is the last case")
        elif one.when is None or one.is_ is None:
            draft.fault(where, name, "a case says 'when' it holds and what the value 'is'")
            complete = False
            continue
        guard = draft.truth(one.when, name)
        stated = one.otherwise if one.otherwise is not None else one.is_
        value = draft.expression(stated, name, "") if stated is not None else None
        if value is None or (one.when is not None and guard is None):
            complete = False
            continue
        provisions = tuple(map(str, one.provision)) or fields["provisions"]
        confidence = draft.register.confidence(
            one.read_in or form.read_in, one.inferred or form.inferred, cite, str(name)
        )
        inferred = str(one.inferred or form.inferred or "")
        note = str(one.note or "")
        case = Case(
            id=fields["id"], place=where.place, cite=fields["cite"], provisions=provisions, text="",
            confidence=confidence, inferred=inferred, note=note, when=guard, value=value,
        )  # fmt: skip
        cases.append(case)
    return complete


def _one_type(name: Written, cases: list[Case], draft: Draft) -> Type | None:
    kind = cases[0].value.type
    for case in cases:
        found = unify(kind, case.value.type, draft.scope)
        if found is None:
            words = one_with_other(kind, case.value.type)
            draft.faults.append(Fault(case.value.place, str(name), f"the cases do not go together: {words}"))
            return None
        kind = found
    if kind.kind not in ("number", "truth", "date", "choice", "code", "text"):
        draft.fault(name, name, f"a definition cannot be {in_words(kind)}")
        return None
    return kind


def _declared(unit: Written, kind: Type, name: Written, draft: Draft) -> Type | None:
    known = draft.vocabulary.units.get(unit)
    if known is None:
        draft.fault(unit, name, f"no unit is called {str(unit)!r}", nearest(unit, draft.vocabulary.units))
        return None
    declared = Type("number", known.name, known.decimals)
    if kind.kind != "number" or shared_unit(kind, declared, draft.scope) != known.name:
        draft.fault(unit, name, f"the unit does not fit: this is {in_words(kind)}")
        return None
    return Type("number", known.name, max(kind.decimals, known.decimals))
