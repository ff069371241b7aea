# SPDX-License-Identifier: Apache-2.0
"""The end of a call: its last day, or an early closure by an act, read as a condition of admission like any other.

A rule file says it under `closing`; what follows for an application is `call_open`, a condition on the day of filing, and two
values of the law, `call_ends` and `closed_early`, which may be unknown within bounds.
"""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from misure.ground.place import Place
from misure.reading.forms.measure import ClosingForm, MeasureForm
from misure.reading.forms.rules import CiteForm, ConditionForm, GroupForm, OneParameter
from misure.reading.measures.draft import Draft
from misure.reading.text.written import Written
from misure.rulebook.rules import Closing

__all__ = ["CALL_OPEN", "read_closing", "with_closing"]

CALL_OPEN = "call_open"
_ENDS, _EARLY = "call_ends", "closed_early"


def with_closing(form: MeasureForm) -> MeasureForm:
    """The measure with the condition that its closing makes, and the days that it rests on."""
    closing = form.closing
    if closing is None or closing.text is None:
        return form
    days: dict[Written, OneParameter] = {}
    for name, day in ((_ENDS, closing.ends), (_EARLY, closing.closed_early)):
        if day is not None:
            days[_written_in(day, closing.text).beside(name)] = day
    if not days:
        return form
    condition = ConditionForm.model_construct(
        text=closing.text, holds=Written(" and ".join(f"filed_on <= {name}" for name in days)), when=None, effect=None,
        blocks=None, reduces=(), once=None, live=None, provision=closing.provision, note=closing.note, inferred=closing.inferred,
        read_in=closing.read_in, label=None,
    )  # fmt: skip
    cite = closing.by or _own_act(form)
    group = GroupForm.model_construct(cite=cite, admission={closing.text.beside(CALL_OPEN): condition})
    return form.model_copy(update={"parameters": {**form.parameters, **days}, "provisions": (*form.provisions, group)})


def _written_in(day: OneParameter, otherwise: Written) -> Written:
    """A text of a day, at whose place stands what is wrong with it."""
    if isinstance(day, Written):
        return day
    parts = list(day) if isinstance(day, dict | tuple) else [day.is_, day.unknown, day.label]
    return next((one for one in parts if isinstance(one, Written)), otherwise)


def _own_act(form: MeasureForm) -> CiteForm:
    """The act of the last edition: what closes a call without another act."""
    edition = list(form.editions.values())[-1]
    return CiteForm.model_construct(act=edition.act, at=None, read_in=edition.read_in)


def read_closing(form: ClosingForm | None, succeeds: Written | None, draft: Draft, measure: Written) -> Closing:
    """What a measure says of its end, of its successor and of what it succeeds; these need not be encoded."""
    others: dict[str, Place] = {}
    for name in (form.succeeded_by if form else None, succeeds):
        if name is not None and not _is_id(name):
            draft.fault(name, "closing", f"{str(name)!r} is no id of a measure, such as 'lombardia/filiere'")
        elif name is not None and name == measure:
            draft.fault(name, "closing", "a measure does not come after itself")
        elif name is not None:
            others[str(name)] = name.place
    if form is None:
        return Closing(succeeds=str(succeeds or ""), others=MappingProxyType(others))
    ends = form.ends is not None or form.closed_early is not None
    if ends and form.text is None:
        draft.fault(measure, "closing", "the end of a call has a 'text', its sentence")
    stray = form.text or (form.by.act if form.by else None)
    if not ends and stray is not None:
        draft.fault(stray, "closing", "'text' and 'by' are of an end: say when under 'ends' or 'closed_early'")
    condition = CALL_OPEN if ends and form.text is not None else ""
    named = ((_ENDS, form.ends), (_EARLY, form.closed_early)) if condition else ()
    if form.successor_title is not None and form.succeeded_by is None:
        message = "'successor_title' is of a successor: name it under 'succeeded_by'"
        draft.fault(form.successor_title, "closing", message)
    return Closing(
        condition, str(form.succeeded_by or ""), str(succeeds or ""), _known(form, draft),
        tuple(name for name, day in named if day is not None), MappingProxyType(others), str(form.successor_title or ""),
    )  # fmt: skip


def _known(form: ClosingForm, draft: Draft) -> dt.date | None:
    """The day from which it is known what comes after: an act that closes a call need not say it."""
    if form.successor_known is not None and form.succeeded_by is None:
        draft.fault(
            form.successor_known, "closing", "'successor_known' is of a successor: name it under 'succeeded_by'"
        )
    return draft.date(form.successor_known, "closing")


def _is_id(name: str) -> bool:
    family, slash, own = name.partition("/")
    return bool(slash) and all(part and part.replace("-", "").isalnum() and part.islower() for part in (family, own))
