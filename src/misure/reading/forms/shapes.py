# SPDX-License-Identifier: Apache-2.0
"""The forms of the shapes that many acts share: score, spending, support, tensions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from misure.reading.forms.form import Form, Names, Prose, shape_of
from misure.reading.forms.rules import CiteForm, RuleForm
from misure.reading.text.written import Written

__all__ = [
    "ApportionedForm", "BonusForm", "CapForm", "CriterionForm", "LineCapForm", "OwnShareForm", "PlanForm", "ScaleForm", "ScoreForm",
    "SpendingForm", "SpendingLineForm", "SupportForm", "SupportLineForm", "TensionForm", "ThresholdForm",
]  # fmt: skip


class ScaleForm(Form):
    """The lowest and the highest score, both parameters."""

    from_: Written = Field(alias="from")
    to: Written


class CriterionForm(RuleForm):
    """One criterion: its fact, and the parameter of its maximum or of its discrete steps.

    `gives` are the points that the act fixes from other facts; without a fact nobody tells them.
    """

    fact: Written | None = None
    most: Written | None = None
    steps: Written | None = None
    gives: Written | None = None


class ThresholdForm(RuleForm):
    """The least total score. It is a condition of the assessment, with an id of its own."""

    id: Written
    text: Prose
    at_least: Written


class BonusForm(RuleForm):
    """Points added before or after the threshold is looked at."""

    points: Written
    when: Written
    counts: Literal["before_threshold", "after_threshold"]


class ScoreForm(RuleForm):
    """The grid of points of the assessment."""

    cite: CiteForm
    scale: ScaleForm
    total: Written | None = None
    criteria: dict[Written, CriterionForm] = {}
    threshold: ThresholdForm | None = None
    bonus: dict[Written, BonusForm] = {}
    bonus_at_most: Written | None = None


class PlanForm(Form):
    """One set of facts over the same lines: what was planned, what was reported, and what of its total is told apart."""

    total: Written
    declared: Written | None = None
    includes: Names = ()


class LineCapForm(Form):
    """The most that a line may be, as a share of lines."""

    share: Written
    of: Names
    measured: Literal["requested", "admitted"] = "admitted"


def _caps_shape(value: Any) -> str:
    return "<list>" if isinstance(value, list) else shape_of(value)


_LineCap = Annotated[
    Annotated[Written, Tag("<written>")] | Annotated[LineCapForm, Tag("<long>")], Discriminator(shape_of)
]
_LineCaps = Annotated[
    Annotated[Written, Tag("<written>")]
    | Annotated[LineCapForm, Tag("<long>")]
    | Annotated[tuple[_LineCap, ...], Tag("<list>")],
    Discriminator(_caps_shape),
]


class SpendingLineForm(RuleForm):
    """One cost category: amounts that are taken, a flat rate of other lines, or units at a unit cost; where it counts; its limits."""

    takes: dict[Written, Written] | None = None
    flat: Written | None = None
    of: Names = ()
    units: dict[Written, Written] | None = None
    unit_cost: Written | None = None
    at_most: _LineCaps = ()
    when: Written | None = None
    over: Literal["cut", "refuse"] | None = None


class SpendingForm(RuleForm):
    """The eligible costs, line by line, in the order of the act."""

    cite: CiteForm
    plans: dict[Written, PlanForm] = Field(min_length=1)
    lines: dict[Written, SpendingLineForm] = Field(min_length=1)


class CapForm(RuleForm):
    """What an amount may not pass. Without a `cite` it stands where the support does."""

    cite: CiteForm | None = None
    is_: Written = Field(alias="is")
    over: Literal["cut", "refuse"] = "cut"


class EquivalentForm(RuleForm):
    """What a line of support that is no grant is worth as one. Without a `cite` it stands where the support does."""

    cite: CiteForm | None = None
    is_: Written = Field(alias="is")


_Cap = Annotated[Annotated[Written, Tag("<written>")] | Annotated[CapForm, Tag("<long>")], Discriminator(shape_of)]
_Caps = Annotated[
    Annotated[Written, Tag("<written>")]
    | Annotated[CapForm, Tag("<long>")]
    | Annotated[tuple[_Cap, ...], Tag("<list>")],
    Discriminator(_caps_shape),
]


class ApportionedForm(RuleForm):
    """What each record of a table receives of a line: the values are names of sums, `rest` of a count. Without a `cite` it stands where the support does."""

    cite: CiteForm | None = None
    by: Written | None = None
    shares: Written | None = None
    at_most: Written | None = None
    rest: Written | None = None


class SupportLineForm(RuleForm):
    """One line of support: a share of an amount, cut to its caps."""

    form: Literal["grant", "loan", "guarantee", "interest_subsidy", "service"]
    of: Written
    intensity: Written | None = None
    at_most: _Caps = ()
    rounding: Literal["half_up", "down"] = "half_up"
    granted: Written | None = None
    granted_least: Written | None = None
    granted_of: Written | None = None
    granted_once: Written | None = None
    equivalent: EquivalentForm | None = None
    apportioned: ApportionedForm | None = None


class OwnShareForm(RuleForm):
    """What is left to the applicant."""

    of: Written


class SupportForm(Form):
    """The support that is granted; own share and caps included."""

    cite: CiteForm
    note: Prose | None = None
    lines: dict[Written, SupportLineForm] = Field(min_length=1)
    own_share: OwnShareForm | None = None


class TensionForm(RuleForm):
    """Two provisions that do not fit, reported and never resolved in silence."""

    cite: CiteForm | None = None
    provisions: Names
    from_: Written = Field(alias="from")
    bears_on: Names = ()
    text: Prose
    when: Written | None = None
    otherwise: Literal["met", "not_met"] | None = None
    readings: dict[Written, Prose] = {}
    disagree: Literal["sentence", "act", "acts", "sources"] | None = None
