# SPDX-License-Identifier: Apache-2.0
"""The form of `cases.yaml`: worked cases, each a set of facts, a day, and what must come out."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from misure.rulebook.form import Form, FormatOne, Listed, Names, shape_of
from misure.rulebook.rule_forms import StageWord
from misure.rulebook.written import Written

__all__ = [
    "AmountForm", "CasesForm", "ExpectForm", "RangeForm", "TermExpectForm", "TrancheExpectForm", "WorkedCaseForm",
]  # fmt: skip

_Truth: TypeAlias = Literal["yes", "no", "unknown", "not_applicable"]
_Outcome: TypeAlias = Literal["eligible", "refused", "undecided", "not_applicable"]
_StageAnswer: TypeAlias = Literal["eligible", "refused", "undecided", "not_applicable", "met", "breached", "open"]
_Doubt: TypeAlias = Literal["official", "secondary", "inferred", "assumed"]
_State: TypeAlias = Literal["kept", "late", "open", "unknown", "before", "inside", "after"]
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
    findings: dict[Written, _Truth] = {}
    stages: dict[StageWord, _StageAnswer] = {}
    missing: tuple[Written, ...] | None = None
    support: _Amounts = {}
    spending: dict[Written, _Amounts] = {}
    tranches: dict[Written, TrancheExpectForm] = {}
    terms: dict[Written, TermExpectForm] = {}
    duties: dict[Written, TermExpectForm] = {}
    tensions: tuple[Written, ...] | None = None
    margins: _Amounts = {}
    score: _Amounts = {}
    confidence: dict[Written, _Doubt] = {}


class WorkedCaseForm(Form):
    """One worked case. Its name is a sentence."""

    name: Written
    like: Written | None = None
    facts: _Facts = {}
    without: Names = ()
    on: Written
    vary: dict[Written, Listed] = {}
    expect: ExpectForm
    note: Written | None = None


class CasesForm(Form):
    """The worked cases of one measure."""

    format: FormatOne
    measure: Written
    bases: dict[Written, _Facts] = {}
    cases: tuple[WorkedCaseForm, ...] = Field(min_length=1)
