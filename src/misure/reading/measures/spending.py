# SPDX-License-Identifier: Apache-2.0
"""Eligible costs, line by line: what is taken, flat rates, unit costs, and the shares that no line may pass."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from misure.ground.place import Fault, nearest
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import TRUTH, Named, Scope
from misure.reading.forms.shapes import LineCapForm, SpendingForm, SpendingLineForm
from misure.reading.measures.dependencies import in_order
from misure.reading.measures.draft import Draft
from misure.reading.measures.vocabulary import is_name
from misure.reading.text.written import Written
from misure.rulebook.expression import Aggregate, Compare, Expr, FieldOf, Name, Type
from misure.rulebook.rules import Condition, Effect, Spending, SpendingLine, SpendingPlan, Stage

__all__ = ["announce_spending", "read_spending"]


def announce_spending(form: SpendingForm, draft: Draft) -> None:
    """Let expressions use the totals and the first plan's lines, before the lines themselves are read."""
    kind = _money(form, draft)
    for plan in form.plans.values():
        if draft.claim(plan.total):
            draft.know(str(plan.total), "total", kind, plan.total.place)
    first = next(iter(form.plans))
    for name in form.lines:
        if draft.claim(name):
            draft.know(str(name), "line", kind, name.place, f"{first}.{name}")
    for plan_id in form.plans:
        named = (line for line in form.lines if line in draft.scope.names)
        draft.scope.plans[str(plan_id)] = {
            str(line): Named(f"{plan_id}.{line}", "line", kind, line.place) for line in named
        }


def read_spending(name: Written, form: SpendingForm, draft: Draft) -> tuple[Spending, list[Condition]]:
    """The spending, and the conditions that refuse an application whose line passes its share."""
    kind = _money(form, draft)
    fields = draft.rule(name, form, form.cite, needs_provision=False)
    draft.claim_locally(form.plans)
    plans = []
    for id_, plan in form.plans.items():
        declared = draft.fact(plan.declared, name, ("number",)) if plan.declared is not None else None
        if declared and declared.type.unit != kind.unit and plan.declared is not None:
            draft.fault(plan.declared, name, f"the total is in {declared.type.unit}, and the lines in {kind.unit}")
        included = [_included(one, name, kind, draft) for one in plan.includes]
        includes = tuple(tree for tree in included if tree is not None)
        plans.append(SpendingPlan(str(id_), str(plan.total), declared.name if declared else "", includes))
    lines = [_line(id_, line, form, kind, draft) for id_, line in form.lines.items()]
    spending = Spending(**fields, plans=tuple(plans), lines=tuple(lines))
    _check_ring(form, spending, draft)
    first = plans[0].id
    conditions = [_refusal(line, first, kind) for line in lines if line.refuses]
    return spending, conditions


def _included(text: Written, subject: Written, kind: Type, draft: Draft) -> Expr | None:
    """What is told apart of a total: a fact, or the sum of a field over all records."""
    tree = draft.expression(text, subject, "number")
    if tree is None:
        return None
    summed = isinstance(tree, Aggregate) and tree.op == "sum" and tree.condition is None
    if not (isinstance(tree, Name) and tree.role == "fact") and not (
        summed and isinstance(tree, Aggregate) and isinstance(tree.value, FieldOf)
    ):
        draft.fault(
            text, subject, "a total includes facts, or the sum of a field such as sum(e.counted_for for e in expenses)"
        )
        return None
    if tree.type.unit != kind.unit:
        draft.fault(
            text, subject, f"what it includes is in {tree.type.unit or 'no unit'}, and the lines in {kind.unit}"
        )
        return None
    return tree


def _money(form: SpendingForm, draft: Draft) -> Type:
    """The unit of the lines: that of the first fact that a line takes."""
    for line in form.lines.values():
        for fact in (line.takes or {}).values():
            known = draft.vocabulary.facts.get(fact)
            if known and known.unit:
                return Type("number", known.unit, known.decimals)
        unit_cost = draft.parameters.get(line.unit_cost) if line.unit_cost is not None else None
        if unit_cost:
            return unit_cost.type
    euro = draft.vocabulary.units.get("EUR")
    return Type("number", "EUR", euro.decimals if euro else 2)


def _line(name: Written, form: SpendingLineForm, spending: SpendingForm, kind: Type, draft: Draft) -> SpendingLine:
    fields = draft.rule(name, form, spending.cite, map(str, spending.provision))
    given = [key for key in ("takes", "flat", "units") if getattr(form, key) is not None]
    if len(given) != 1:
        said = " and ".join(given) or "none of them"
        draft.fault(
            name, name, f"a line takes facts, is a flat rate, or counts units ('takes', 'flat', 'units'); not {said}"
        )
    takes = _by_plan(name, form.takes, spending, draft, kind.unit)
    units = _by_plan(name, form.units, spending, draft)
    flat = draft.parameter(form.flat, name, "number", "share") if form.flat is not None else None
    unit_cost = draft.parameter(form.unit_cost, name, "number", kind.unit) if form.unit_cost is not None else None
    if (form.units is None) != (form.unit_cost is None):
        draft.fault(name, name, "'units' and 'unit_cost' belong together")
    caps = form.at_most if isinstance(form.at_most, tuple) else (form.at_most,)
    shares = [cap for cap in caps if isinstance(cap, LineCapForm)]
    amounts = [cap for cap in caps if not isinstance(cap, LineCapForm)]
    cap = shares[0] if shares else None
    share = draft.parameter(cap.share, name, "number", "share") if cap else None
    if cap and form.flat is not None:
        draft.fault(cap.share, name, "a flat rate is already a share: it has no 'at_most'")
    for several in (shares[1:], amounts[1:]):
        for one in several:
            where = one.share if isinstance(one, LineCapForm) else one
            draft.fault(
                where, name, "a line is limited by one share and one amount; take the least of several: min(a, b)"
            )
    if form.of and form.flat is None:
        draft.fault(form.of[0], name, "'of' belongs to a flat rate; the base of a cap stands under 'at_most'")
    if form.flat is not None and not form.of:
        draft.fault(form.flat, name, "a flat rate says 'of' which lines it is")
    if form.over and not caps:
        draft.fault(name, name, "'over' belongs to a line that has 'at_most'")
    base = _base(name, cap.of if cap else form.of, spending, draft)
    most = _in_each_plan(name, amounts[0], spending, kind, draft, "number") if amounts else {}
    when = _in_each_plan(name, form.when, spending, kind, draft, "truth") if form.when is not None else {}
    return SpendingLine(
        **fields, takes=MappingProxyType(takes), flat=flat.name if flat else "", units=MappingProxyType(units),
        unit_cost=unit_cost.name if unit_cost else "", share=share.name if share else "", base=base,
        measured=cap.measured if cap else "admitted", refuses=form.over == "refuse", most=MappingProxyType(most),
        when=MappingProxyType(when),
    )  # fmt: skip


def _by_plan(
    name: Written,
    taken: dict[Written, Written] | None,
    spending: SpendingForm,
    draft: Draft,
    unit: str = "",
) -> dict[str, Expr]:
    """Plan -> what is taken in it: a fact, a definition or an expression, in the unit of the lines."""
    found: dict[str, Expr] = {}
    for plan, text in (taken or {}).items():
        if plan not in spending.plans and plan not in draft.scope.broken:
            draft.fault(plan, name, f"no plan is called {str(plan)!r}", nearest(plan, spending.plans))
        tree = _taken(name, text, _of_plan(plan, draft), draft)
        if tree is not None and unit and tree.type.unit != unit:
            said = (
                f"the fact is in {tree.type.unit}"
                if isinstance(tree, Name) and tree.role == "fact"
                else f"what it takes is {in_words(tree.type)}"
            )
            draft.fault(text, name, f"{said}, and the other lines in {unit}")
        if tree is not None:
            found[str(plan)] = tree
    return found


def _taken(name: Written, text: Written, scope: Scope, draft: Draft) -> Expr | None:
    """What is taken: an expression, or one name, which is most often that of a fact."""
    numbers = [known for known, one in scope.names.items() if one.type.kind == "number"]
    if is_name(text) and text not in numbers and text not in draft.scope.broken and text not in scope.late:
        draft.fault(text, name, f"no fact of kind number is called {str(text)!r}", nearest(text, numbers))
        return None
    return draft.expression(text, name, "number", scope)


def _in_each_plan(
    name: Written, text: Written, spending: SpendingForm, kind: Type, draft: Draft, want: Literal["number", "truth"]
) -> dict[str, Expr]:
    """Plan -> one expression, in which the names of lines are those of that plan."""
    found: dict[str, Expr] = {}
    for plan in spending.plans:
        tree = draft.expression(text, name, want, _of_plan(plan, draft))
        if tree is None:
            return {}
        if want == "number" and tree.type.unit != kind.unit:
            draft.fault(text, name, f"the limit is {in_words(tree.type)}, and the lines are in {kind.unit}")
            return {}
        found[str(plan)] = tree
    return found


def _of_plan(plan: str, draft: Draft) -> Scope:
    """What an expression of a line may name: its own plan's lines, by their bare names, and all else."""
    return draft.scope.with_names(draft.scope.plans.get(str(plan), {}))


def _base(name: Written, of: tuple[Written, ...], spending: SpendingForm, draft: Draft) -> tuple[str, ...]:
    if of == ("all",):
        return tuple(map(str, spending.lines))
    for line in of:
        if line not in spending.lines and line not in draft.scope.broken:
            draft.fault(line, name, f"no line is called {str(line)!r}", nearest(line, [*spending.lines, "all"]))
    return tuple(map(str, of))


def _check_ring(form: SpendingForm, spending: Spending, draft: Draft) -> None:
    """What is admitted of one line may rest on what is admitted of others, but not in a ring.

    A limit may count the line that it limits, and flat rates on it: it is solved. So are limits that count each other where they are shares
    of the same lines.
    """
    lines = {line.id: line for line in spending.lines}
    uses = {line.id: _rests_on(line, spending, lines) for line in spending.lines}
    for line in spending.lines:
        if (
            line.share
            and line.measured == "admitted"
            and line.base
            and not uses[line.id]
            and set(line.base) <= lines.keys()
        ):
            others = [one.id for one in spending.limited_with(line) if one is not line]
            beside = f", {', '.join(others)}" if others else ""
            draft.faults.append(Fault(line.place, line.id, f"its limit is a share of nothing but itself{beside}"))
    ring = in_order(uses)[1]
    if ring:
        first = next(id_ for id_ in form.lines if id_ == ring[0])
        hint = "; measure one of them on what is requested"
        draft.fault(first, first, f"the admitted amounts rest on each other in a ring: {' -> '.join(ring)}{hint}")


def _rests_on(line: SpendingLine, spending: Spending, lines: Mapping[str, SpendingLine]) -> tuple[str, ...]:
    """The lines on which one rests by what is admitted of them; of flat rates that move with it, those on which these rest."""
    if line.measured != "admitted":
        return ()
    if line.flat:
        return line.base
    together = spending.limited_with(line) or (line,)
    moving = frozenset[str]().union(*map(spending.moving_with, together))
    limited, found, waiting = {one.id for one in together}, list[str](), list(line.base)
    seen = set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in seen or name not in lines:
            continue
        seen.add(name)
        if name not in moving:
            found.append(name)
        elif name not in limited:
            waiting.extend(lines[name].base)
    return tuple(found)


def _refusal(line: SpendingLine, plan: str, kind: Type) -> Condition:
    place = line.place
    requested = Name(f"{plan}.{line.id}.requested", "line", kind, place)
    cap = Name(f"{plan}.{line.id}.cap", "line", kind, place)
    within = Compare("<=", requested, cap, TRUTH, place)
    return Condition(
        id=line.id, place=place, cite=line.cite, provisions=line.provisions, text=line.text,
        confidence=line.confidence, inferred=line.inferred, note=line.note, stage=Stage.AWARD, effect=Effect.REFUSES,
        holds=within, when=line.when.get(plan), origin="cap",
    )  # fmt: skip
