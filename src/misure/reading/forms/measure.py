# SPDX-License-Identifier: Apache-2.0
"""The form of `measure.yaml`, from top to bottom."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from misure.reading.forms.form import DatedKey, Form, FormatOne, Names, Prose
from misure.reading.forms.payments import AnyTranches
from misure.reading.forms.rules import AnyParameter, CiteForm, GroupForm, OneParameter, RuleForm
from misure.reading.forms.selection import SelectionForm
from misure.reading.forms.shapes import (
    ScoreForm,
    SpendingForm,
    SupportForm,
    TensionForm,
)
from misure.reading.forms.vocabulary import AskedForm
from misure.reading.text.written import Written

__all__ = ["ActForm", "EditionForm", "MeasureForm", "SourceForm"]


class ActForm(Form):
    """An act that is cited. Without a number, or a day, it says why there is none, and without both how it is cited (`cited_as`).

    `urn` is its URN:NIR or ELI, where it has one.
    """

    type: Prose
    number: Prose | None = None
    number_unknown: Prose | None = None
    date: Written | None = None
    date_unknown: Prose | None = None
    cited_as: Prose | None = None
    title: Prose | None = None
    urn: Written | None = None
    note: Prose | None = None


class SourceForm(Form):
    """Something that was read, with how much it can be relied on."""

    confidence: Literal["official", "secondary", "inferred"]
    title: Prose | None = None
    url: Written | None = None
    note: Prose | None = None


class EditionForm(Form):
    """From its day on the act rules. `others` says how what it does not restate goes on, `read` how far its text was read."""

    act: Written
    restates: Names = ()
    others: Literal["unchanged", "inferred"] = "unchanged"
    read: Literal["whole", "partly", "not"] = "not"
    read_in: Written | None = None
    note: Prose | None = None


class ClosingForm(RuleForm):
    """The end of a call: its last day, its closure before that by an act (`by`), the call that comes after it, and since when that is known."""

    ends: OneParameter | None = None
    closed_early: OneParameter | None = None
    by: CiteForm | None = None
    succeeded_by: Written | None = None
    successor_title: Written | None = None
    successor_known: Written | None = None


class MeasureForm(AskedForm):
    """A measure."""

    format: FormatOne
    measure: Written
    title: Prose
    short_title: Prose | None = None
    subject: Written
    law_of: Literal["filing", "grant", "payment", "question"]
    note: Prose | None = None
    uses: Names = ()
    acts: dict[Written, ActForm] = Field(min_length=1)
    sources: dict[Written, SourceForm] = Field(min_length=1)
    editions: dict[DatedKey, EditionForm] = Field(min_length=1)
    parameters: dict[Written, AnyParameter] = {}
    provisions: tuple[GroupForm, ...] = ()
    score: ScoreForm | None = None
    spending: SpendingForm | None = None
    support: SupportForm | None = None
    selection: SelectionForm | None = None
    tranches: AnyTranches | None = None
    tensions: dict[Written, TensionForm] = {}
    not_modelled: dict[Written, Prose] = {}
    unasked: Names = ()
    closing: ClosingForm | None = None
    succeeds: Written | None = None
