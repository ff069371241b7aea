# SPDX-License-Identifier: Apache-2.0
"""Conditions by stage, the exemptions from them, and duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from misure.ground.place import nearest
from misure.ground.record import replaced
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import Named, Scope
from misure.reading.forms.rules import CiteForm, ConditionForm, DutyForm, ExemptionForm, GroupForm
from misure.reading.measures.draft import Draft, RuleFields
from misure.reading.measures.terms import check_blocks, default_effect, read_reduces, read_regime
from misure.reading.text.written import Written
from misure.rulebook.expression import Expr, same
from misure.rulebook.recovery import Recovery
from misure.rulebook.rules import Condition, Duty, Effect, Exemption, Stage

__all__ = ["may_name_amounts", "read_conditions", "read_duties", "with_exemptions"]

_AFTER_SUPPORT = (Stage.AWARD, Stage.PAYMENT, Stage.REPORTING, Stage.UPKEEP)
_PAID = (Stage.PAYMENT, Stage.REPORTING, Stage.UPKEEP)


def may_name_amounts(condition: Condition) -> bool:
    """Whether a condition may look at the amounts of support: from the award on, unless they are shares of what it leaves."""
    return condition.stage in _AFTER_SUPPORT and condition.leaves is None


def read_conditions(groups: Iterable[GroupForm], draft: Draft, support: Mapping[str, Named]) -> list[Condition]:
    """Every condition of every group; from the award on they may name the amounts of support."""
    wide = draft.scope.with_names(support)
    found: list[Condition] = []
    for group in groups:
        for stage in Stage:
            scope = wide if stage in _AFTER_SUPPORT else draft.scope
            forms: dict[Written, ConditionForm] = getattr(group, stage.value)
            for name, form in forms.items():
                draft.claim(name)
                condition = _condition(name, group.cite, form, stage, draft, scope)
                if condition is not None:
                    found.append(condition)
    return found


def _condition(
    name: Written, cite: CiteForm, form: ConditionForm, stage: Stage, draft: Draft, scope: Scope
) -> Condition | None:
    fields = draft.rule(name, form, cite)
    effect = Effect(form.effect) if form.effect else default_effect(stage)
    check_blocks(name, effect, form.blocks, draft)
    reduces = read_reduces(name, effect, form.reduces, draft)
    leaves, keeps = _leaves(name, effect, form, draft), _keeps(name, effect, form, draft)
    recovers = _recovers(name, cite, form, stage, draft, fields, scope)
    # What it leaves is taken of the lines, so that it cannot look at them.
    scope = draft.scope if form.leaves is not None else scope
    holds = draft.expression(form.holds, name, "truth", scope)
    when = draft.expression(form.when, name, "truth", scope) if form.when is not None else None
    once = draft.fact(form.once, name, ("event",)) if form.once is not None else None
    live = form.live
    since = draft.date(live.from_, name) if live else None
    until = draft.date(live.until, name) if live else None
    if live and live.from_ and since and until and until < since:
        draft.fault(live.from_, name, "the condition ends before it begins")
    if holds is None or (form.when is not None and when is None):
        return None
    return Condition(
        **fields, stage=stage, effect=effect, holds=holds, when=when, blocks=str(form.blocks or ""), reduces=reduces, leaves=leaves,
        keeps=keeps, whole_above=tuple(map(str, form.keeps.whole_above)) if form.keeps and keeps else (), once=once.name if once else "", since=since, until=until,
        recovers=recovers,
    )  # fmt: skip


def _leaves(name: Written, effect: Effect, form: ConditionForm, draft: Draft) -> Expr | None:
    """What a condition that reduces leaves of the base of its lines: an amount, worked out before anything is reduced."""
    if form.leaves is None:
        return None
    if effect is not Effect.REDUCES:
        draft.fault(form.leaves, name, f"'leaves' belongs to 'effect: reduces', not to 'effect: {effect}'")
    found = draft.expression(form.leaves, name, "number")
    if found is not None and found.type.unit in ("", "share", "count"):
        draft.fault(form.leaves, name, f"what it leaves is an amount, and this is {in_words(found.type)}")
        return None
    return found if effect is Effect.REDUCES else None


def _keeps(name: Written, effect: Effect, form: ConditionForm, draft: Draft) -> tuple[Expr, ...]:
    """Two amounts, of which the lines keep at least the share that one is of the other."""
    if form.keeps is None:
        return ()
    if effect is not Effect.REDUCES or form.leaves is not None:
        draft.fault(form.keeps.part, name, "'keeps' belongs to 'effect: reduces' without 'leaves'")
    draft.distinct(form.keeps.whole_above, name)
    if form.keeps.whole_above:
        draft.reduced.append((name, form.keeps.whole_above))
    found = [draft.expression(one, name, "number") for one in (form.keeps.part, form.keeps.of)]
    amounts = []
    for one, told in zip(found, (form.keeps.part, form.keeps.of), strict=True):
        if one is not None and one.type.unit in ("", "share", "count"):
            draft.fault(told, name, f"what the lines keep is a share of two amounts, and this is {in_words(one.type)}")
        elif one is not None:
            amounts.append(one)
    if len(amounts) < len(found) or effect is not Effect.REDUCES or form.leaves is not None:
        return ()
    if same(*amounts):
        draft.fault(form.keeps.of, name, "the lines keep the share that an amount is of itself, which is all of them")
    return tuple(amounts)


def _recovers(
    name: Written, cite: CiteForm, form: ConditionForm, stage: Stage, draft: Draft, condition: RuleFields, scope: Scope
) -> tuple[Recovery, ...]:
    """What is given back where a condition of what comes after the award is not met."""
    found = []
    for id_, one in form.recovers.items():
        fresh = draft.claim(id_)
        if stage not in _PAID:
            draft.fault(id_, name, "what is given back follows from conditions of payment, reporting and upkeep")
        fields = draft.rule(id_, one, one.cite or cite, condition["provisions"])
        if one.read_in is None and one.inferred is None and one.cite is None:
            fields["confidence"] = condition["confidence"]
        amount = draft.expression(one.is_, id_, "number", scope)
        if amount is not None and amount.type.unit != "EUR":
            draft.fault(one.is_, id_, f"what is given back is an amount of EUR, and this is {in_words(amount.type)}")
        elif amount is not None and fresh:
            found.append(Recovery(**fields, amount=amount))
    return tuple(found)


def with_exemptions(conditions: list[Condition], groups: Iterable[GroupForm], draft: Draft) -> list[Condition]:
    """The conditions, each with who is let off it."""
    found: dict[str, list[Exemption]] = {}
    ids = {condition.id for condition in conditions}
    for group in groups:
        for name, form in group.exemptions.items():
            draft.claim(name)
            exemption = _exemption(name, group.cite, form, ids, draft)
            if exemption is not None:
                found.setdefault(exemption.of, []).append(exemption)
    return [
        replaced(condition, exemptions=tuple(found[condition.id])) if condition.id in found else condition
        for condition in conditions
    ]


def _exemption(name: Written, cite: CiteForm, form: ExemptionForm, ids: set[str], draft: Draft) -> Exemption | None:
    fields = draft.rule(name, form, cite)
    when = draft.truth(form.when, name)
    if form.of not in ids and not draft.knows(form.of):
        draft.fault(form.of, name, f"no condition is called {str(form.of)!r}", nearest(form.of, ids))
        return None
    return Exemption(**fields, of=str(form.of), when=when) if when is not None else None


def read_duties(groups: Iterable[GroupForm], draft: Draft) -> list[Duty]:
    """What somebody must do, in the order of the act."""
    found = []
    for group in groups:
        for name, form in group.duties.items():
            draft.claim(name)
            duty = _duty(name, group.cite, form, draft)
            if duty is not None:
                found.append(duty)
    return found


def _duty(name: Written, cite: CiteForm, form: DutyForm, draft: Draft) -> Duty | None:
    fields = draft.rule(name, form, cite)
    when = draft.expression(form.when, name, "truth") if form.when is not None else None
    if form.until is not None:
        return _lasting(name, form, fields, when, draft)
    for stray in (form.from_, form.broken):
        if stray is not None:
            draft.fault(stray, name, "'from' and 'broken' belong to a duty that goes on 'until' a day")
    by = draft.expression(form.by, name, "date") if form.by is not None else None
    done = draft.fact(form.done, name, ("event",)) if form.done is not None else None
    regime = read_regime(form.regime, "it_civil" if form.by is not None else "", name, draft)
    lost = ((form.when, when), (form.by, by), (form.done, done))
    if any(written is not None and read is None for written, read in lost):
        return None
    return Duty(**fields, who=str(form.who), when=when, by=by, done=done.name if done else "", regime=regime)


def _lasting(name: Written, form: DutyForm, fields: RuleFields, when: Expr | None, draft: Draft) -> Duty | None:
    """A duty that goes on until a day, that day included."""
    assert form.until is not None
    for stray in (form.by, form.done, form.regime):
        if stray is not None:
            draft.fault(stray, name, "a duty that goes on 'until' a day has no 'by', 'done' or 'regime'")
    closes = draft.expression(form.until, name, "date")
    opens = draft.expression(form.from_, name, "date") if form.from_ is not None else None
    broken = draft.fact(form.broken, name, ("event",)) if form.broken is not None else None
    if opens is not None and closes is not None and same(opens, closes):
        draft.fault(form.until, name, "the duty ends on the day on which it begins")
    lost = ((form.when, when), (form.until, closes), (form.from_, opens), (form.broken, broken))
    if any(written is not None and read is None for written, read in lost):
        return None
    return Duty(
        **fields, who=str(form.who), when=when, opens=opens, closes=closes, broken=broken.name if broken else ""
    )
