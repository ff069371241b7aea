# SPDX-License-Identifier: Apache-2.0
"""The score of the assessment: scale, criteria, threshold and bonus."""

from __future__ import annotations

from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import TRUTH
from misure.reading.forms.shapes import CriterionForm, ScoreForm, ThresholdForm
from misure.reading.measures.draft import Draft
from misure.reading.text.written import Written
from misure.rulebook.expression import Compare, Name, Type
from misure.rulebook.rules import Bonus, Condition, Criterion, Effect, Score, Stage

__all__ = ["read_score"]


def read_score(name: Written, form: ScoreForm, draft: Draft) -> tuple[Score | None, Condition | None]:
    """The score, and the condition that it reaches the threshold; `name` is the key `score` itself."""
    fields = draft.rule(name, form, form.cite)
    least = draft.parameter(form.scale.from_, name, "number")
    greatest = draft.parameter(form.scale.to, name, "number")
    # Of a scale that cannot be read no unit is known, and nothing is measured by it.
    known = least or greatest
    unit = known.type.unit if known else ""
    if least and greatest and greatest.type.unit != unit:
        draft.fault(form.scale.to, name, f"the scale goes from {unit} to {greatest.type.unit}")
    total = draft.fact(form.total, name, ("number",)) if form.total is not None else None
    if total and unit and total.type.unit != unit and form.total is not None:
        draft.fault(form.total, name, f"the total is not in {unit}")
    if form.total is None and not form.criteria:
        draft.fault(name, name, "a score has criteria, or a total that is declared")
    draft.claim_locally([*form.criteria, *form.bonus])
    criteria = [_criterion(id_, one, form, unit, draft, fields["provisions"]) for id_, one in form.criteria.items()]
    bonuses = []
    for id_, bonus in form.bonus.items():
        inner = draft.rule(id_, bonus, form.cite, fields["provisions"])
        points = draft.parameter(bonus.points, id_, "number", unit)
        when = draft.truth(bonus.when, id_)
        if points and when:
            after = bonus.counts == "after_threshold"
            bonuses.append(Bonus(**inner, points=points.name, when=when, after_threshold=after))
    together = draft.parameter(form.bonus_at_most, name, "number", unit) if form.bonus_at_most is not None else None
    if form.bonus_at_most is not None and not form.bonus:
        draft.fault(
            form.bonus_at_most, name, "'bonus_at_most' is what all bonuses add at most, and there is no 'bonus'"
        )
    kind = Type("number", unit, least.type.decimals if least else 0)
    condition = _threshold(form.threshold, form, kind, draft, fields["provisions"]) if form.threshold else None
    if least is None or greatest is None:
        return None, condition
    score = Score(
        **fields, least=least.name, greatest=greatest.name, total=total.name if total else "",
        criteria=tuple(one for one in criteria if one), bonuses=tuple(bonuses),
        bonus_most=together.name if together else "",
    )  # fmt: skip
    return score, condition


def _criterion(
    name: Written, form: CriterionForm, score: ScoreForm, unit: str, draft: Draft, provisions: tuple[str, ...]
) -> Criterion | None:
    fields = draft.rule(name, form, score.cite, provisions)
    fact = draft.fact(form.fact, name, ("number",)) if form.fact is not None else None
    if fact and form.fact is not None and unit and fact.type.unit != unit:
        draft.fault(form.fact, name, f"the fact is in {fact.type.unit}, and the scale in {unit}")
    if form.fact is None and form.gives is None:
        draft.fault(name, name, "a criterion has the 'fact' that tells its points, or what 'gives' them")
        return None
    if (form.most is None) == (form.steps is None):
        draft.fault(name, name, "a criterion has the 'most' it gives, or its 'steps'")
        return None
    if form.fact is None and form.steps is not None:
        draft.fault(
            form.steps, name, "'steps' are of points that a fact tells; what is worked out has the 'most' it gives"
        )
        return None
    most = draft.parameter(form.most, name, "number", unit) if form.most is not None else None
    steps = draft.parameter(form.steps, name, "list", unit) if form.steps is not None else None
    gives = draft.expression(form.gives, name, "number") if form.gives is not None else None
    if gives is not None and form.gives is not None and gives.type.unit != unit and unit:
        draft.fault(form.gives, name, f"what it gives is {in_words(gives.type)}, and the scale is in {unit}")
        gives = None
    if (fact is None and form.fact is not None) or (gives is None and form.fact is None):
        return None
    return Criterion(
        **fields, fact=fact.name if fact else "", most=most.name if most else "", steps=steps.name if steps else "",
        gives=gives,
    )  # fmt: skip


def _threshold(
    form: ThresholdForm, score: ScoreForm, kind: Type, draft: Draft, provisions: tuple[str, ...]
) -> Condition | None:
    draft.claim(form.id)
    fields = draft.rule(form.id, form, score.cite, provisions)
    least = draft.parameter(form.at_least, form.id, "number", kind.unit)
    if least is None:
        return None
    place = form.at_least.place
    reached = Compare(
        ">=", Name("score", "score", kind, place), Name(least.name, "parameter", least.type, place), TRUTH, place
    )
    return Condition(**fields, stage=Stage.ASSESSMENT, effect=Effect.REFUSES, holds=reached, origin="threshold")
