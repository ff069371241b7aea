# SPDX-License-Identifier: Apache-2.0
"""The forms of the payments: tranches of one amount, whole in a measure or resting on a schedule of shared law."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from misure.reading.forms.form import Form, Prose
from misure.reading.forms.rules import CiteForm, RuleForm
from misure.reading.text.written import Written

__all__ = [
    "AddedForm", "AnyTranches", "NeedsForm", "OnScheduleForm", "PaymentForm", "RequirementForm", "TrancheForm",
    "TranchesForm", "WithheldForm",
]  # fmt: skip


class RequirementForm(RuleForm):
    """One thing that a tranche waits for. Without a `cite` it stands where the tranches do."""

    cite: CiteForm | None = None
    holds: Written
    text: Prose
    when: Written | None = None


class NeedsForm(RuleForm):
    """What a payment waits for: what makes it due, the evidence it needs, the act without which nothing is paid."""

    cite: CiteForm | None = None
    due: dict[Written, RequirementForm] = {}
    evidence: dict[Written, RequirementForm] = {}
    act: dict[Written, RequirementForm] = {}


class PaymentForm(NeedsForm):
    """One payment of a schedule: its share, and what it waits for."""

    share: Written | None = None
    text: Prose


class WithheldForm(RuleForm):
    """What is withheld of a payment: a share of it, or of as much of it as `of` says; or an amount, `is`."""

    cite: CiteForm | None = None
    share: Written | None = None
    of: Written | None = None
    is_: Written | None = Field(default=None, alias="is")
    when: Written | None = None
    text: Prose


class TrancheForm(PaymentForm):
    """One payment of a measure, with the amount that the act may state; `of` is another amount, which it pays, `at_most` its limit.

    `paid` says when it was paid: an event, or another truth. What was paid is not payable any more.
    """

    stated: Written | None = None
    of: Written | None = None
    at_most: Written | None = None
    withheld: dict[Written, WithheldForm] = {}
    paid: Written | None = None


class TranchesForm(Form):
    """The payments of one amount; the last is what is left of it."""

    cite: CiteForm
    note: Prose | None = None
    of: Written
    lines: dict[Written, TrancheForm] = Field(min_length=1)


class AddedForm(NeedsForm):
    """What a measure adds to one payment of a schedule of shared law, or says in its own words."""

    stated: Written | None = None
    text: Prose | None = None
    at_most: Written | None = None
    withheld: dict[Written, WithheldForm] = {}
    paid: Written | None = None


class OnScheduleForm(Form):
    """The payments of one amount by a schedule of shared law."""

    schedule: Written
    cite: CiteForm
    note: Prose | None = None
    of: Written
    lines: dict[Written, AddedForm] = {}


def _rests_on(value: Any) -> str:
    return "<schedule>" if isinstance(value, dict) and "schedule" in value else "<own>"


AnyTranches = Annotated[
    Annotated[TranchesForm, Tag("<own>")] | Annotated[OnScheduleForm, Tag("<schedule>")], Discriminator(_rests_on)
]
