# SPDX-License-Identifier: Apache-2.0
"""The form of `law.yaml`: one piece of law on which several measures rest."""

from __future__ import annotations

from pydantic import Field

from misure.reading.forms.form import Form, FormatOne, Names, Prose, YesNo
from misure.reading.forms.measure import ActForm, SourceForm
from misure.reading.forms.payments import PaymentForm
from misure.reading.forms.rules import AnyParameter, CiteForm, GroupForm
from misure.reading.text.written import Written

__all__ = ["LawForm", "ScheduleForm"]


class ScheduleForm(Form):
    """A schedule of payments without its amount; without a `cite` it stands where the law's own says."""

    cite: CiteForm | None = None
    note: Prose | None = None
    lines: dict[Written, PaymentForm] = Field(min_length=1)


class LawForm(Form):
    """Shared law; `general` where it is beneath every grant, and no part of a call. `cite` is the act that lays it down, and what was read of it, wherever nothing nearer is said."""

    format: FormatOne
    law: Written
    title: Prose
    note: Prose | None = None
    general: YesNo = "no"
    uses: Names = ()
    cite: CiteForm
    acts: dict[Written, ActForm] = Field(min_length=1)
    sources: dict[Written, SourceForm] = Field(min_length=1)
    parameters: dict[Written, AnyParameter] = {}
    provisions: tuple[GroupForm, ...] = ()
    schedules: dict[Written, ScheduleForm] = {}
    not_modelled: dict[Written, Prose] = {}
