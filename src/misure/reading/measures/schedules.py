# SPDX-License-Identifier: Apache-2.0
"""Tranches by a schedule of shared law: the shares and triggers are the law's, the amount is the measure's."""

from __future__ import annotations

from misure.ground.place import Fault, nearest
from misure.reading.forms.law import ScheduleForm
from misure.reading.forms.payments import (
    AddedForm,
    NeedsForm,
    OnScheduleForm,
    PaymentForm,
    RequirementForm,
    TrancheForm,
    TranchesForm,
)
from misure.reading.forms.rules import CiteForm
from misure.reading.text.written import Written

__all__ = ["on_schedule"]

_NEEDS = ("due", "evidence", "act")


def on_schedule(form: OnScheduleForm, schedule: ScheduleForm, cite: CiteForm, faults: list[Fault]) -> TranchesForm:
    """The tranches whole; `cite` is where the law lays the schedule down.

    A payment of which the measure speaks stands where the measure's tranches do, for its act says it too; what the law
    wants of it stays under the law.
    """
    added = {str(name): (name, one) for name, one in form.lines.items()}
    for name in form.lines:
        if name not in schedule.lines:
            message = f"the schedule {str(form.schedule)!r} has no payment {str(name)!r}"
            faults.append(Fault(name.place, str(name), message, nearest(name, map(str, schedule.lines))))
    lines: dict[Written, TrancheForm] = {}
    for name, payment in schedule.lines.items():
        own_name, own = added.get(name, (name, AddedForm()))
        line = (
            payment.cite.model_copy(update={"read_in": payment.cite.read_in or cite.read_in}) if payment.cite else cite
        )
        provisions = (*own.provision, *payment.provision)
        due, evidence, act = (_needs(part, own, payment, line, faults) for part in _NEEDS)
        lines[own_name] = TrancheForm.model_construct(
            cite=own.cite if name in added else line, share=payment.share, stated=own.stated, provision=provisions,
            text=own.text or payment.text, label=own.label or payment.label, note=own.note or payment.note,
            inferred=own.inferred or payment.inferred, read_in=own.read_in, due=due, evidence=evidence, act=act, paid=own.paid,
            of=None, at_most=own.at_most, withheld=own.withheld,
        )  # fmt: skip
    return TranchesForm.model_construct(cite=form.cite, note=form.note, of=form.of, lines=lines)


def _needs(
    part: str, own: AddedForm, payment: PaymentForm, cite: CiteForm, faults: list[Fault]
) -> dict[Written, RequirementForm]:
    """What the law wants of one payment, under the law; then what the measure adds, under the measure."""
    found = {}
    for name, one in _part(payment, part).items():
        place = one.cite.model_copy(update={"read_in": one.cite.read_in or cite.read_in}) if one.cite else cite
        found[name] = one.model_copy(update={"cite": place, "provision": one.provision or payment.provision})
    taken = {name: name for name in found}
    for name, one in _part(own, part).items():
        if name in taken:
            faults.append(Fault(name.place, str(name), f"the name is already taken at {taken[name].place}"))
        found[name] = one.model_copy(update={"provision": one.provision or own.provision, "cite": one.cite or own.cite})
    return found


def _part(form: NeedsForm, part: str) -> dict[Written, RequirementForm]:
    found: dict[Written, RequirementForm] = getattr(form, part)
    return found
