# SPDX-License-Identifier: Apache-2.0
"""The forms of the provisions: parameters, definitions, conditions, exemptions, terms and duties, before linking."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from misure.reading.forms.form import DatedKey, Form, Listed, Names, Prose, YesNo, shape_of
from misure.reading.text.written import Written

__all__ = [
    "AnyParameter", "BoundedForm", "CaseForm", "CellsForm", "CiteForm", "ConditionForm", "DefinitionForm", "DutyForm", "EffectWord",
    "ExemptionForm", "GroupForm", "LiveForm", "OneParameter", "ParameterForm", "RecoveryForm", "RuleForm", "StageWord", "TermForm", "ValueForm",
    "ValueReadingForm",
    "WindowForm",
]  # fmt: skip

StageWord = Literal["admission", "assessment", "selection", "award", "payment", "reporting", "upkeep"]
EffectWord = Literal["refuses", "blocks", "reduces", "revokes", "none", "unstated"]


class CiteForm(Form):
    """Where the act says it. `read_in` is the source in which it was read."""

    act: Written
    at: Prose | None = None
    read_in: Written | None = None


class ReadingForm(Form):
    """What may stand on any rule or value: where it was read, and how."""

    provision: Names = ()
    note: Prose | None = None
    inferred: Prose | None = None
    read_in: Written | None = None


class RuleForm(ReadingForm):
    """What every rule may have. `text` is its sentence, with `{name}` for the values it states."""

    text: Prose | None = None
    label: Prose | None = None


class ValueReadingForm(Form):
    """One reading of a value, with where it stands."""

    is_: Listed = Field(alias="is")
    act: Written | None = None
    at: Written | None = None
    read_in: Written | None = None


_Shape = Discriminator(shape_of)
_Written = Annotated[Listed, Tag("<written>")]
_Readings = dict[Written, Annotated[_Written | Annotated[ValueReadingForm, Tag("<long>")], _Shape]]


class BoundedForm(ReadingForm):
    """One value of a parameter, or the reason why no source gives it with the bounds that are known, or its readings.

    Of a list, `is` and `unknown` together say what surely stands in it and why there may be more. `readings` holds each under an id of
    its own, and under `why` in what they do not agree.
    """

    is_: Listed | None = Field(None, alias="is")
    unknown: Prose | None = None
    between: Annotated[tuple[Written, ...], Field(min_length=2, max_length=2)] | None = None
    readings: _Readings = {}
    unit: Written | None = None
    act: Written | None = None
    at: Prose | None = None


ValueForm = Annotated[_Written | Annotated[BoundedForm, Tag("<long>")], _Shape]
_Dated = dict[DatedKey, ValueForm]


class ParameterForm(BoundedForm):
    """A parameter in its long form: one value, or dated `values`. `edition` is that of the classification of its codes, or those.

    `choices_of` is the fact, or the field of a table, of whose choices it is a list.
    """

    values: _Dated | None = None
    edition: Listed | None = None
    choices_of: Written | None = None
    label: Prose | None = None
    anchor: Literal["filing", "grant", "payment", "question"] | None = None
    for_information: YesNo = "no"


def _shape_of_cell(value: Any) -> str:
    """A cell is a value; a row has cells, by the choices of the next thing by which the act tells them apart."""
    if isinstance(value, dict) and shape_of(value) == "<long>":
        known = {field.alias or name for name, field in BoundedForm.model_fields.items()}
        return "<long>" if known & set(value) else "<row>"
    return shape_of(value)


_Cell = _Written | Annotated[BoundedForm, Tag("<long>")] | Annotated[_Dated, Tag("<dated>")]
_ByCell = Discriminator(_shape_of_cell)
_Row = dict[Written, Annotated[_Cell, _ByCell]]
_Rows = dict[Written, Annotated[_Cell | Annotated[_Row, Tag("<row>")], _ByCell]]


class CellsForm(ReadingForm):
    """A table of the act: a value for each choice of the facts or fields `by` which it tells them apart, row by row."""

    by: Names
    cells: dict[Written, Annotated[_Cell | Annotated[_Rows, Tag("<row>")], _ByCell]] = Field(min_length=1)
    label: Prose | None = None
    act: Written | None = None
    at: Prose | None = None
    anchor: Literal["filing", "grant", "payment", "question"] | None = None
    for_information: YesNo = "no"


def _shape_of_parameter(value: Any) -> str:
    return "<cells>" if isinstance(value, dict) and ("cells" in value or "by" in value) else shape_of(value)


OneParameter = Annotated[_Written | Annotated[ParameterForm, Tag("<long>")] | Annotated[_Dated, Tag("<dated>")], _Shape]
"""One value, and no table of several."""
AnyParameter = Annotated[
    _Written
    | Annotated[ParameterForm, Tag("<long>")]
    | Annotated[_Dated, Tag("<dated>")]
    | Annotated[CellsForm, Tag("<cells>")],
    Discriminator(_shape_of_parameter),
]


class CaseForm(ReadingForm):
    """One case of a definition: `when` a condition `is` a value, or `otherwise` a value."""

    when: Written | None = None
    is_: Written | None = Field(None, alias="is")
    otherwise: Written | None = None


class DefinitionForm(RuleForm):
    """A named value: one expression, or exclusive cases."""

    label: Prose
    is_: Written | None = Field(None, alias="is")
    cases: Annotated[tuple[CaseForm, ...], Field(min_length=1)] | None = None
    unit: Written | None = None


class LiveForm(Form):
    """The days on which a condition holds, both included."""

    from_: Written | None = Field(None, alias="from")
    until: Written | None = None


class KeepsForm(Form):
    """Two amounts: what is left of a line is at least the share that the first is of the second.

    Where `part` is not above the lines `whole_above` together, as they are before any reduction, it is that share and no more.
    """

    part: Written
    of: Written
    whole_above: Names = ()


class RecoveryForm(RuleForm):
    """An amount that is given back where a condition is not met. Without a `cite` it stands where the condition does."""

    cite: CiteForm | None = None
    is_: Written = Field(alias="is")
    text: Written


class ConditionForm(RuleForm):
    """A condition of one stage. `in_place_of` is one of general law that the call asks for itself: it is not asked twice."""

    holds: Written
    text: Prose
    when: Written | None = None
    effect: EffectWord | None = None
    blocks: Written | None = None
    reduces: Names = ()
    leaves: Written | None = None
    keeps: KeepsForm | None = None
    recovers: dict[Written, RecoveryForm] = {}
    once: Written | None = None
    in_place_of: Written | None = None
    live: LiveForm | None = None


class ExemptionForm(RuleForm):
    """Who is let off a condition."""

    of: Written
    when: Written


class WindowForm(Form):
    """Two days, both included, and the times of day at which the first opens and the last closes.

    `may_be_extended` says why the last day may not be the last: the act allows extensions, and what came after was not read.
    """

    from_: Written = Field(alias="from")
    until: Written
    opens_at: Written | None = None
    closes_at: Written | None = None
    may_be_extended: Prose | None = None


class TermForm(RuleForm):
    """A window in which something is done, or a deadline by which it is done."""

    text: Prose
    window: WindowForm | None = None
    of: Written | None = None
    by: Written | None = None
    done: Written | None = None
    regime: Written | None = None
    peremptory: Literal["yes", "no", "unknown"] = "unknown"
    stage: StageWord
    effect: EffectWord | None = None
    blocks: Written | None = None
    reduces: Names = ()
    when: Written | None = None


class DutyForm(RuleForm):
    """What somebody must do, by a day or for some time (`from`, `until`), in the case of `when`; it never touches the outcome."""

    text: Prose
    who: Written
    when: Written | None = None
    from_: Written | None = Field(None, alias="from")
    until: Written | None = None
    broken: Written | None = None
    by: Written | None = None
    done: Written | None = None
    regime: Written | None = None


_Conditions = dict[Written, ConditionForm]


class GroupForm(Form):
    """A group of rules under one citation."""

    cite: CiteForm
    note: Prose | None = None
    definitions: dict[Written, DefinitionForm] = {}
    admission: _Conditions = {}
    assessment: _Conditions = {}
    selection: _Conditions = {}
    award: _Conditions = {}
    payment: _Conditions = {}
    reporting: _Conditions = {}
    upkeep: _Conditions = {}
    exemptions: dict[Written, ExemptionForm] = {}
    terms: dict[Written, TermForm] = {}
    duties: dict[Written, DutyForm] = {}
