# SPDX-License-Identifier: Apache-2.0
"""The form of `cases.yaml`: worked cases, each a set of facts, a day, and what must come out."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from misure.reading.forms.form import Form, FormatOne, Listed, Names, Prose, shape_of
from misure.reading.forms.rules import StageWord
from misure.reading.text.written import Written

__all__ = [
    "AmountForm", "ApplicationForm", "CasesForm", "ExpectForm", "RangeForm", "SelectionExpectForm", "TermExpectForm",
    "TrancheExpectForm", "WorkedCaseForm", "WorkedSelectionForm",
]  # fmt: skip

_Truth: TypeAlias = Literal["yes", "no", "unknown", "not_applicable"]
_Found: TypeAlias = Literal["yes", "no", "unknown", "not_applicable", "pending"]
_Outcome: TypeAlias = Literal["eligible", "no_known_obstacle", "refused", "undecided", "not_applicable"]
_StageAnswer: TypeAlias = Literal[
    "eligible", "no_known_obstacle", "refused", "undecided", "not_applicable", "met", "breached", "open"
]
_Doubt: TypeAlias = Literal["official", "secondary", "inferred", "assumed"]
_State: TypeAlias = Literal[
    "kept", "late", "open", "unknown", "before", "inside", "after", "standing", "not_applicable",
    "running", "ended", "broken",
]  # fmt: skip
_Facts: TypeAlias = dict[Written, Any]


class RangeForm(Form):
    """An amount or a day that is only known to lie between two ends."""

    from_: Written = Field(alias="from")
    to: Written


AmountForm = Annotated[
    Annotated[Written, Tag("<written>")] | Annotated[RangeForm, Tag("<long>")], Discriminator(shape_of)
]
_Amounts: TypeAlias = dict[Written, AmountForm]


class TrancheExpectForm(Form):
    """What must come out for one tranche."""

    amount: AmountForm | None = None
    withheld: _Amounts = {}
    net: AmountForm | None = None
    due: _Truth | None = None
    payable: _Truth | None = None
    waits_for: tuple[Written, ...] | None = None


class TermExpectForm(Form):
    """What must come out for one term or duty."""

    day: AmountForm | None = None
    state: _State | None = None


class ExpectForm(Form):
    """What must come out; what is not named is not looked at."""

    error: Literal["not_encoded", "bad_facts", "conflict"] | None = None
    outcome: _Outcome | None = None
    findings: dict[Written, _Found] = {}
    stages: dict[StageWord, _StageAnswer] = {}
    missing: tuple[Written, ...] | None = None
    support: _Amounts = {}
    parts: dict[Written, _Amounts] = {}
    spending: dict[Written, _Amounts] = {}
    tranches: dict[Written, TrancheExpectForm] = {}
    recovery: _Amounts = {}
    terms: dict[Written, TermExpectForm] = {}
    duties: dict[Written, TermExpectForm] = {}
    tensions: tuple[Written, ...] | None = None
    margins: _Amounts = {}
    score: _Amounts = {}
    confidence: dict[Written, _Doubt] = {}


class WorkedCaseForm(Form):
    """One worked case. Its name is a sentence."""

    name: Prose
    like: Written | None = None
    facts: _Facts = {}
    without: Names = ()
    on: Written
    vary: dict[Written, Listed] = {}
    expect: ExpectForm
    note: Prose | None = None


class ApplicationForm(Form):
    """An application of a worked selection; `times` writes it so often, `{n}` counting from 1 in its texts.

    A fact may then count too: `{first: 99.00, step: -0.50}`.
    """

    id: Written
    times: Written | None = None
    like: Written | None = None
    facts: _Facts = {}
    without: Names = ()
    filed_at: Written | None = None
    admitted: Literal["yes", "no"] | None = None
    window: Written | None = None


class SelectionExpectForm(Form):
    """What must come out of a selection; what is not named is not looked at. Numbers count applications."""

    error: Literal["bad_facts", "bad_rules", "not_encoded"] | None = None
    funded: Written | None = None
    listed: Written | None = None
    waiting: Written | None = None
    not_funded: Written | None = None
    depends: Written | None = None
    not_admitted: Written | None = None
    displaced: Written | None = None
    not_received: Written | None = None
    withdrawn: Written | None = None
    given: AmountForm | None = None
    left: _Amounts = {}
    standing: dict[Written, Written] = {}
    place: _Amounts = {}
    amount: _Amounts = {}
    reasons: dict[Written, Names] = {}
    rests_on: tuple[Written, ...] | None = None
    confidence: _Doubt | None = None


class WorkedSelectionForm(Form):
    """One worked selection. Its name is a sentence."""

    name: Prose
    on: Written
    approved_on: Written | None = None
    vary: dict[Written, Listed] = {}
    applications: Annotated[tuple[ApplicationForm, ...], Field(min_length=1)]
    survivors: dict[Written, Names] = {}
    withdraw: dict[Written, Written] = {}
    expect: SelectionExpectForm
    note: Prose | None = None


class CasesForm(Form):
    """The worked cases of one measure."""

    format: FormatOne
    measure: Written
    bases: dict[Written, _Facts] = {}
    cases: tuple[WorkedCaseForm, ...] = Field(min_length=1)
    selections: tuple[WorkedSelectionForm, ...] = ()
