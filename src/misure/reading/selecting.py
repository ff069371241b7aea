# SPDX-License-Identifier: Apache-2.0
"""Selection and tensions: what is read and reported, and not decided for one applicant."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from misure.ground.place import nearest
from misure.reading.draft import Draft
from misure.rulebook.rules import Relation, Selection, Tension
from misure.rulebook.shape_forms import SelectionForm, TensionForm
from misure.rulebook.written import Written

__all__ = ["read_selection", "read_tensions"]


def read_selection(name: Written, form: SelectionForm, draft: Draft) -> Selection:
    """How the funded are picked; the details stay as they were read."""
    fields = draft.rule(name, form, form.cite)
    relations = []
    for id_, one in form.unique.items():
        draft.claim(id_)
        inner = draft.rule(id_, one, form.cite, fields["provisions"])
        key = draft.fact(one.key, id_, ("text", "code", "choice"))
        if key is not None:
            relations.append(Relation(**inner, key=key.name))
    details: dict[str, object] = {
        key: _plain(value)
        for key in ("order", "tie_break", "waiting_list", "envelopes")
        if (value := getattr(form, key)) is not None
    }
    survivors = {str(id_): _plain(one.survivor) for id_, one in form.unique.items() if one.survivor is not None}
    if survivors:
        details["survivor"] = MappingProxyType(survivors)
    for part in (form.order, form.tie_break, form.envelopes):
        _use_named(part, draft)
    return Selection(**fields, kind=form.kind, relations=tuple(relations), details=MappingProxyType(details))


def _use_named(node: Any, draft: Draft) -> None:
    """The parameters and facts that the details name are used by them."""
    if isinstance(node, dict):
        for value in node.values():
            _use_named(value, draft)
    elif isinstance(node, list):
        for item in node:
            _use_named(item, draft)
    elif isinstance(node, Written) and node in draft.parameters:
        draft.used.add(str(node))
    elif isinstance(node, Written) and node in draft.vocabulary.facts:
        draft.asked.add(str(node))


def _plain(node: Any) -> object:
    if isinstance(node, dict):
        return MappingProxyType({str(key): _plain(value) for key, value in node.items()})
    if isinstance(node, list):
        return tuple(map(_plain, node))
    return str(node)


def read_tensions(forms: dict[Written, TensionForm], draft: Draft) -> list[Tension]:
    """Provisions that do not fit together; each names the rules it bears on."""
    found = []
    for name, form in forms.items():
        draft.claim(name)
        fields = draft.rule(name, form, form.cite, map(str, form.provisions))
        since = draft.date(form.from_, name)
        for rule in form.bears_on:
            if rule not in draft.claimed:
                draft.fault(rule, name, f"no rule is called {str(rule)!r}", nearest(rule, draft.claimed))
        if since is not None:
            found.append(Tension(**fields, since=since, bears_on=tuple(map(str, form.bears_on))))
    return found
