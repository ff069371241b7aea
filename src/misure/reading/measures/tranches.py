# SPDX-License-Identifier: Apache-2.0
"""Tranches of payment: shares of one amount, checked against the amounts that the act states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from misure.ground.place import nearest
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import Named, Scope
from misure.reading.forms.payments import RequirementForm, TranchesForm
from misure.reading.forms.rules import CiteForm
from misure.reading.measures.draft import Draft
from misure.reading.text.written import Written
from misure.rulebook.expression import Expr, Name
from misure.rulebook.rules import Parameter, Requirement, Tranche, Tranches

__all__ = ["check_blocked", "read_tranches"]


def read_tranches(form: TranchesForm, draft: Draft, support: Mapping[str, Named]) -> Tranches | None:
    """The payments of one amount; the last is what is left of it."""
    scope = draft.scope.with_names(support)
    of = draft.expression(form.of, "tranches", "number", scope)
    if of is not None and of.type.unit in ("", "share", "count"):
        draft.fault(form.of, "tranches", f"what is paid is an amount, and this is {in_words(of.type)}")
        return None
    draft.claim_locally(form.lines)
    lines: list[Tranche] = []
    names = list(form.lines)
    for name, one in form.lines.items():
        cite = one.cite or form.cite
        fields = draft.rule(name, one, cite)
        share = draft.parameter(one.share, name, "number", "share") if one.share is not None else None
        stated = (
            draft.parameter(one.stated, name, "number", of.type.unit if of else "") if one.stated is not None else None
        )
        if one.share is None and name != names[-1]:
            draft.fault(name, name, "only the last tranche, which is the residual, can have no share")
        draft.claim_locally([*one.due, *one.evidence, *one.act])
        needs = [
            _requirements(part, cite, fields["provisions"], draft, scope) for part in (one.due, one.evidence, one.act)
        ]
        line = Tranche(
            **fields, share=share.name if share else "", stated=stated.name if stated else "", due=needs[0],
            evidence=needs[1], act=needs[2],
        )  # fmt: skip
        lines.append(line)
    if of is None:
        return None
    _check_amounts(of, lines, dict(zip(map(str, names), names, strict=True)), draft)
    return Tranches(of, tuple(lines))


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


def _known(parameter: Parameter, since: dt.date) -> int | Fraction | None:
    live = [value for value in parameter.values if value.since <= since]
    known = live[-1].known if live else None
    return known if isinstance(known, (int, Fraction)) else None


def _check_amounts(of: Expr, lines: list[Tranche], names: dict[str, Written], draft: Draft) -> None:
    """Shares make a whole, and each stated amount is its share of the whole, rounded half up; the last is the rest."""
    used = [draft.parameters[id_] for line in lines for id_ in (line.share, line.stated) if id_]
    whole = draft.parameters.get(of.name) if isinstance(of, Name) and of.role == "parameter" else None
    if whole:
        used.append(whole)
    for since in sorted({value.since for parameter in used for value in parameter.values}):
        shares = {line.id: _known(draft.parameters[line.share], since) for line in lines if line.share}
        given = [share for share in shares.values() if share is not None]
        last = lines[-1]
        if len(given) == len(lines) and sum(given) != 1:
            message = f"from {since} the shares of the tranches add up to {_percent(sum(given))}, not to 100%"
            draft.fault(names[last.id], last.id, message)
        if len(given) == len(lines) - 1 and last.id not in shares and sum(given) >= 1:
            draft.fault(names[last.id], last.id, f"from {since} nothing is left for the last tranche")
        total = _known(whole, since) if whole else None
        if total is None:
            continue
        rest: int | Fraction | None = total
        for line in lines:
            share = shares.get(line.id)
            amount = _half_up(total * share) if share is not None else None
            expected = rest if line is last else amount
            rest = rest - amount if rest is not None and amount is not None else None
            stated = _known(draft.parameters[line.stated], since) if line.stated else None
            if stated is not None and expected is not None and stated != expected:
                decimals = of.type.decimals
                message = f"from {since} the stated amount is {_decimal(stated, decimals)}, and its share is {_decimal(expected, decimals)}"
                draft.fault(names[line.id], line.id, message)


def _half_up(amount: Fraction | int) -> int:
    exact = Fraction(amount)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def _decimal(amount: int | Fraction, decimals: int) -> str:
    whole, part = divmod(int(amount), 10**decimals)
    return f"{whole}.{part:0{decimals}d}" if decimals else str(whole)


def _percent(share: Fraction | int) -> str:
    percent = Fraction(share) * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{_decimal(_half_up(percent * 100), 2)}%"


def check_blocked(draft: Draft, form: TranchesForm | None) -> None:
    """Every tranche that a rule blocks exists."""
    known = list(map(str, form.lines)) if form else []
    for subject, name in draft.blocked:
        if name not in known:
            draft.fault(name, subject, f"no tranche is called {str(name)!r}", nearest(name, known))
