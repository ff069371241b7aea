# SPDX-License-Identifier: Apache-2.0
"""Tensions: provisions that do not fit together, reported and never resolved in silence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from misure.ground.place import nearest
from misure.reading.expressions.scope import Named, Scope
from misure.reading.forms.shapes import TensionForm
from misure.reading.measures.conditions import may_name_amounts
from misure.reading.measures.draft import Draft
from misure.reading.text.written import Written
from misure.rulebook.acts import several_places
from misure.rulebook.rules import Apart, Condition, Tension

__all__ = ["read_tensions"]


def read_tensions(
    forms: dict[Written, TensionForm], draft: Draft, conditions: Mapping[str, Condition], support: Mapping[str, Named]
) -> list[Tension]:
    """Provisions that do not fit together; each names the rules it bears on."""
    found = []
    for name, form in forms.items():
        draft.claim(name)
        fields = draft.rule(name, form, form.cite, map(str, form.provisions))
        since = draft.date(form.from_, name)
        for names in (form.provisions, form.bears_on, form.readings.values()):
            draft.distinct(names, name)
        for rule in form.bears_on:
            if not draft.knows(rule):
                draft.fault(rule, name, f"no rule is called {str(rule)!r}", nearest(rule, draft.claimed))
        scope = _scope_of(form, draft, conditions, support)
        when = draft.expression(form.when, name, "truth", scope) if form.when is not None else None
        _check_readings(name, form, draft, conditions)
        if since is not None:
            found.append(
                Tension(
                    **fields, since=since, bears_on=tuple(map(str, form.bears_on)), when=when, otherwise=form.otherwise or "",
                    readings=MappingProxyType({str(key): str(text) for key, text in form.readings.items()}),
                    disagree=form.disagree or _apart(form),
                )
            )  # fmt: skip
    return found


def _apart(form: TensionForm) -> Apart:
    """What is read in more than one way, as far as where it stands tells: one place of an act, several, or sources that report it."""
    cite = form.cite
    if cite is None or cite.at is None or (form.read_in or cite.read_in or "act") != "act":
        return "sources"
    return "act" if several_places(cite.at) else "sentence"


def _scope_of(
    form: TensionForm, draft: Draft, conditions: Mapping[str, Condition], support: Mapping[str, Named]
) -> Scope:  # fmt: skip
    """What says for whom readings differ may name the amounts that every condition it holds open may name."""
    held = [conditions[rule] for rule in form.bears_on if rule in conditions]
    return draft.scope.with_names(support) if held and all(map(may_name_amounts, held)) else draft.scope


def _check_readings(name: Written, form: TensionForm, draft: Draft, conditions: Mapping[str, Condition]) -> None:
    """What holds an answer open says which condition, and has at least two readings to name."""
    if form.when is None:
        stray = next(iter(form.readings), None)
        if stray is not None or form.otherwise is not None:
            draft.fault(stray or name, name, "'readings' and 'otherwise' say for whom they differ under 'when'")
        elif form.disagree is not None:
            draft.fault(
                name,
                name,
                "'disagree' says of what the readings are: name them under 'readings', and for whom they differ under 'when'",
            )
        return
    if len(form.readings) < 2:
        draft.fault(form.when, name, "'when' says for whom readings differ: name at least two under 'readings'")
    if not any(rule in conditions or rule in draft.scope.broken for rule in form.bears_on):
        draft.fault(form.when, name, "'when' holds a condition open: name one under 'bears_on'")
