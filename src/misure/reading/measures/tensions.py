# SPDX-License-Identifier: Apache-2.0
"""Tensions: provisions that do not fit together, reported and never resolved in silence."""

from __future__ import annotations

from misure.ground.place import nearest
from misure.reading.forms.shapes import TensionForm
from misure.reading.measures.draft import Draft
from misure.reading.text.written import Written
from misure.rulebook.rules import Tension

__all__ = ["read_tensions"]


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
