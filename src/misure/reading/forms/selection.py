# SPDX-License-Identifier: Apache-2.0
"""The form of the selection: how the funded are picked among the admitted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from misure.reading.forms.form import Form, Listed, Names, Prose, shape_of
from misure.reading.forms.rules import CiteForm, RuleForm
from misure.reading.text.written import Written

__all__ = [
    "AnyLastAward", "AnyOrder", "EnvelopeForm", "IntakeForm", "LastAwardForm", "OrderForm", "SelectionForm",
    "SurvivorUnknownForm", "UniqueForm", "WaitingListForm", "WindowOfSelectionForm",
]  # fmt: skip

LastAwardWord = Literal["in_full", "in_part", "stops", "skips"]
SurvivorWord = Literal["first_filed", "last_filed", "best_placed", "none"]


class PartForm(RuleForm):
    """One part of a selection. `cite` is where the act says it, if elsewhere than the selection."""

    cite: CiteForm | None = None


class OrderForm(PartForm):
    """What puts applications in order: a word (highest, lowest, earliest, latest) and a name; or why nothing says it."""

    by: Names = ()
    unknown: Prose | None = None


def _list_or_long(value: Any) -> str:
    return shape_of(value)


AnyOrder = Annotated[
    Annotated[Listed, Tag("<written>")] | Annotated[OrderForm, Tag("<long>")], Discriminator(_list_or_long)
]


class LastAwardForm(PartForm):
    """What happens to the next in order that does not fit into what is left."""

    is_: LastAwardWord | None = Field(None, alias="is")
    unknown: Prose | None = None


AnyLastAward = Annotated[
    Annotated[LastAwardWord, Tag("<written>")] | Annotated[LastAwardForm, Tag("<long>")], Discriminator(shape_of)
]


class WindowOfSelectionForm(PartForm):
    """One of several windows: the parameters of its two days, both included."""

    from_: Written = Field(alias="from")
    until: Written


class EnvelopeForm(PartForm):
    """Money for the applications that meet a condition, or that are filed in a window."""

    amount: Written
    for_: Written | None = Field(None, alias="for")
    window: Written | None = None
    rolls_to: Written | None = None
    then: Written | None = None


class IntakeForm(PartForm):
    """How much may be asked before the counter closes, as a percentage of the envelopes, or `of` an amount that stays as it was."""

    percent: Written
    of: Written | None = None


class WaitingListForm(PartForm):
    """How long the admitted that could not be funded may still be, from the approval."""

    life: Written | None = None


AnyWaitingList = Annotated[
    Annotated[Literal["yes", "no"], Tag("<written>")] | Annotated[WaitingListForm, Tag("<long>")],
    Discriminator(shape_of),
]


class SurvivorUnknownForm(Form):
    """Why nothing says which application stays."""

    unknown: Prose


AnySurvivor = Annotated[
    Annotated[SurvivorWord, Tag("<written>")] | Annotated[SurvivorUnknownForm, Tag("<long>")], Discriminator(shape_of)
]


class UniqueForm(PartForm):
    """A relation across applications: what may occur once, and which application stays.

    `key` is an identifier, of the application or of the records of a table; `of` the fact that names which record.
    """

    key: Written
    of: Written | None = None
    within: Literal["call", "window"] = "call"
    survivor: AnySurvivor | None = None
    among: Literal["filed", "admitted"] | None = None


class SelectionForm(RuleForm):
    """How the funded are picked among the admitted."""

    cite: CiteForm | None = None
    kind: Literal["list", "ranking", "counter"]
    pays: Names = ()
    order: AnyOrder | None = None
    tie_break: AnyOrder | None = None
    last_award: AnyLastAward | None = None
    windows: dict[Written, WindowOfSelectionForm] = {}
    envelopes: dict[Written, EnvelopeForm] = {}
    intake: IntakeForm | None = None
    waiting_list: AnyWaitingList | None = None
    unique: dict[Written, UniqueForm] = {}
