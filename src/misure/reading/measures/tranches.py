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
from misure.rulebook.tranches import Requirement, Tranche, Tranches, Withheld

__all__ = ["check_blocked", "read_tranches"]


def read_tranches(form: TranchesForm, draft: Draft, support: Mapping[str, Named]) -> Tranches | None:
    """The payments of one amount; the last is what is left of it."""
    scope = draft.scope.with_names(support)
    draft.claim_locally(form.lines)
    of = _paid_amount(form.of, "tranches", draft, scope)
    others = {name: _other(one, name, draft, scope) for name, one in form.lines.items()}
    if not any(one.of is None for one in form.lines.values()):
        draft.fault(form.of, "tranches", "no tranche pays this: each is of another amount")
        return None
    lines: list[Tranche] = []
    for name, one in form.lines.items():
        cite = one.cite or form.cite
        fields = draft.rule(name, one, cite)
        paid = of if one.of is None else others[name]
        unit = paid.type.unit if paid is not None else ""
        share = draft.parameter(one.share, name, "number", "share") if one.share is not None else None
        stated = draft.parameter(one.stated, name, "number", unit) if one.stated is not None else None
        draft.claim_locally([*one.due, *one.evidence, *one.act])
        needs = [
            _requirements(part, cite, fields["provisions"], draft, scope) for part in (one.due, one.evidence, one.act)
        ]
        line = Tranche(
            **fields, share=share.name if share else "", stated=stated.name if stated else "", due=needs[0],
            evidence=needs[1], act=needs[2], of=others[name], paid=_paid(one, name, fields, draft, scope),
            most=_amount(one.at_most, "the limit", unit, name, draft, scope),
            withheld=_withheld(one, cite, fields["provisions"], unit, draft, scope),
        )  # fmt: skip
        lines.append(line)
    if of is None:
        return None
    found = Tranches(of, tuple(lines))
    for name, one in form.lines.items():
        line = next(line for line in lines if line.id == name)
        # What could not be read may be a share, or another amount.
        whole = one.share is None and one.at_most is None and (one.of is None or line.of is not None)
        if whole and line is not found.beside(line)[-1]:
            message = (
                "only the last tranche of an amount, which is the residual, can have neither a share nor an 'at_most'"
            )
            draft.fault(name, name, message)
    return found


def _other(form: TrancheForm, name: Written, draft: Draft, scope: Scope) -> Expr | None:
    """The other amount that a tranche pays."""
    return None if form.of is None else _paid_amount(form.of, name, draft, scope)


def _paid_amount(text: Written, name: str, draft: Draft, scope: Scope) -> Expr | None:
    of = draft.expression(text, name, "number", scope)
    if of is not None and of.type.unit in ("", "share", "count"):
        draft.fault(text, name, f"what is paid is an amount, and this is {in_words(of.type)}")
        return None
    return of


def _amount(text: Written | None, what: str, unit: str, name: Written, draft: Draft, scope: Scope) -> Expr | None:
    """An amount beside that which is paid."""
    if text is None:
        return None
    found = draft.expression(text, name, "number", scope)
    if found is not None and unit and found.type.unit not in ("", unit):
        draft.fault(text, name, f"{what} is {in_words(found.type)}, and what is paid is a number of {unit}")
        return None
    return found


def _withheld(
    form: TrancheForm, cite: CiteForm, provisions: tuple[str, ...], unit: str, draft: Draft, scope: Scope
) -> tuple[Withheld, ...]:
    """What is withheld of a tranche, in the order of the file."""
    draft.claim_locally(form.withheld)
    found = []
    for id_, one in form.withheld.items():
        fields = draft.rule(id_, one, one.cite or cite, provisions)
        if (one.share is None) == (one.is_ is None):
            draft.fault(id_, id_, "what is withheld is a 'share' of the payment, or an amount: 'is'")
        elif one.is_ is not None and one.of is not None:
            draft.fault(one.of, id_, "'of' says of how much of the payment a share is withheld, and this is an amount")
        share = draft.parameter(one.share, id_, "number", "share") if one.share is not None else None
        of = _amount(one.is_ if one.share is None else one.of, "what is withheld", unit, id_, draft, scope)
        when = draft.expression(one.when, id_, "truth", scope) if one.when is not None else None
        if (share or of) and (one.when is None or when is not None):
            found.append(Withheld(**fields, share=share.name if share else "", of=of, when=when))
    return tuple(found)


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
