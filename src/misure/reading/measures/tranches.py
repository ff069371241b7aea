# SPDX-License-Identifier: Apache-2.0
"""Tranches of payment: shares of one amount, or the amounts that the act states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from misure.ground.place import nearest
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import Named, Scope
from misure.reading.forms.payments import RequirementForm, TrancheForm, TranchesForm
from misure.reading.forms.rules import CiteForm
from misure.reading.measures.draft import Draft
from misure.reading.text.written import Written
from misure.rulebook.expression import Expr, Not
from misure.rulebook.tranches import Requirement, Tranche, Tranches

__all__ = ["check_blocked", "read_tranches"]


def read_tranches(form: TranchesForm, draft: Draft, support: Mapping[str, Named]) -> Tranches | None:
    """The payments of one amount; the last is what is left of it."""
    scope = draft.scope.with_names(support)
    draft.claim_locally(form.lines)
    of = draft.expression(form.of, "tranches", "number", scope)
    if of is not None and of.type.unit in ("", "share", "count"):
        draft.fault(form.of, "tranches", f"what is paid is an amount, and this is {in_words(of.type)}")
        return None
    lines: list[Tranche] = []
    names = [name for name, one in form.lines.items() if one.of is None]
    if not names:
        draft.fault(form.of, "tranches", "no tranche pays this: each is of another amount")
        return None
    for name, one in form.lines.items():
        cite = one.cite or form.cite
        fields = draft.rule(name, one, cite)
        share = draft.parameter(one.share, name, "number", "share") if one.share is not None else None
        stated = (
            draft.parameter(one.stated, name, "number", of.type.unit if of else "") if one.stated is not None else None
        )
        other = _whole(one, name, draft, scope)
        if one.share is None and one.of is None and name != names[-1]:
            draft.fault(name, name, "only the last tranche, which is the residual, can have no share")
        draft.claim_locally([*one.due, *one.evidence, *one.act])
        needs = [
            _requirements(part, cite, fields["provisions"], draft, scope) for part in (one.due, one.evidence, one.act)
        ]
        line = Tranche(
            **fields, share=share.name if share else "", stated=stated.name if stated else "", due=needs[0],
            evidence=needs[1], act=needs[2], of=other, paid=_paid(one, name, fields, draft, scope),
        )  # fmt: skip
        lines.append(line)
    if of is None:
        return None
    return Tranches(of, tuple(lines))


def _whole(form: TrancheForm, name: Written, draft: Draft, scope: Scope) -> Expr | None:
    """The other amount that a tranche pays, all of it."""
    if form.of is None:
        return None
    for word in (form.share, form.stated):
        if word is not None:
            draft.fault(
                word,
                name,
                "a tranche that says 'of' pays the whole of that amount: it has no share, and none is stated",
            )
    of = draft.expression(form.of, name, "number", scope)
    if of is not None and of.type.unit in ("", "share", "count"):
        draft.fault(form.of, name, f"what is paid is an amount, and this is {in_words(of.type)}")
        return None
    return of


def _paid(
    form: TrancheForm, name: Written, fields: Mapping[str, Any], draft: Draft, scope: Scope
) -> tuple[Requirement, ...]:
    """That a tranche has not been paid yet: it stands where the tranche does, and is told in the tranche's words."""
    if form.paid is None:
        return ()
    paid = draft.expression(form.paid, name, "truth", scope)
    if paid is None:
        return ()
    return (Requirement(**{**fields, "id": "paid"}, holds=Not(paid, paid.type, paid.place)),)


def _requirements(
    forms: dict[Written, RequirementForm], cite: CiteForm, provisions: tuple[str, ...], draft: Draft, scope: Scope
) -> tuple[Requirement, ...]:
    found = []
    for name, form in forms.items():
        fields = draft.rule(name, form, form.cite or cite, provisions)
        holds = draft.expression(form.holds, name, "truth", scope)
        when = draft.expression(form.when, name, "truth", scope) if form.when is not None else None
        if holds is not None and (form.when is None or when is not None):
            found.append(Requirement(**fields, holds=holds, when=when))
    return tuple(found)


def check_blocked(draft: Draft, form: TranchesForm | None) -> None:
    """Every tranche that a rule blocks exists."""
    known = list(map(str, form.lines)) if form else []
    for subject, name in draft.blocked:
        if name not in known and name not in draft.scope.broken:
            draft.fault(name, subject, f"no tranche is called {str(name)!r}", nearest(name, known))
