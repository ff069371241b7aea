# SPDX-License-Identifier: Apache-2.0
"""What a measure takes from the shared law that it uses: its form and theirs become one, before anything is linked.

Nothing of a law is copied in silence: each piece keeps its place, its citation and its source, and a name that two files
give is a fault with both places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from misure.ground.place import Fault, nearest
from misure.reading.forms.law import LawForm
from misure.reading.forms.measure import EditionForm, MeasureForm
from misure.reading.forms.payments import OnScheduleForm, TranchesForm
from misure.reading.forms.rules import AnyParameter, CellsForm, CiteForm, ConditionForm, GroupForm, ParameterForm
from misure.reading.measures.schedules import on_schedule
from misure.reading.measures.values.cells import cell_names
from misure.reading.text.written import Written
from misure.rulebook.acts import PUBLISHED
from misure.rulebook.shared_law import SharedLaw

__all__ = ["Lent", "alone", "lend"]

T = TypeVar("T")

_STAGES = ("admission", "assessment", "selection", "award", "payment", "reporting", "upkeep")
_GROUPED = ("definitions", *_STAGES, "exemptions", "terms", "duties")
_AID_GRANTED = "aid_granted"
_AID = re.compile(rf"\b{_AID_GRANTED}\b")
"""What shared law calls the whole of what a measure gives; one that gives to several firms defines what one of them receives."""
_CALL = Written("call_published")
"""What shared law calls the day of the call: that of the act of the measure's first edition."""
_LONG_AGO = Written("1900-01-01")
"""Where the day of a law is not told, which is a fault of who uses it."""
_PAID = Written("whole_of_the_schedule")
"""Stands for the amount that a measure would pay by a schedule."""


@dataclass(frozen=True, slots=True)
class Lent:
    """A measure with all that it rests on. `tranches` are whole; none, where the schedule is faulty (`scheduled`)."""

    form: MeasureForm
    tranches: TranchesForm | None
    laws: tuple[SharedLaw, ...]
    scheduled: bool = True


def lend(form: MeasureForm, laws: Iterable[LawForm], faults: list[Fault], *, whole: bool = True) -> Lent:
    """The measure's form together with those of the laws; names that collide are faults.

    `whole` says whether every law that is used could be read: else nobody knows which schedules there are.
    """
    laws = tuple(
        law.model_copy(update={"provisions": groups}) for law, groups in _not_twice(form, tuple(laws), faults, whole)
    )
    for law in laws:
        _in_time(form, law, faults)
    changes: dict[str, Any] = {
        part: _together(part, [(getattr(law, part)) for law in laws], getattr(form, part), faults)
        for part in ("acts", "sources")
    }
    lent = [{name: _parameter(value, law) for name, value in law.parameters.items()} for law in laws]
    if any(map(_asks_for_the_call, laws)):
        lent.append({_CALL: _call_published(form)})
    rules = [name for law in laws for group in law.provisions for name in _rules_in(group)]
    changes["parameters"] = _together("parameters", lent, form.parameters, faults, rules)
    # The law's rules come first, so that a name given twice is told where the measure gives it.
    lines = tuple(form.support.lines) if form.support else ()
    says_it = any(_AID_GRANTED in group.definitions for group in form.provisions)
    groups = [
        (group if says_it else _of_this_aid(group, lines)).model_copy(update={"cite": _read_in(group.cite, law)})
        for law in laws
        for group in law.provisions
    ]
    changes["provisions"] = (*groups, *form.provisions)
    tranches = form.tranches
    scheduled = not isinstance(tranches, OnScheduleForm)
    if isinstance(tranches, OnScheduleForm):
        tranches = _scheduled(tranches, laws, faults if whole else [])
        scheduled = tranches is not None
    return Lent(form.model_copy(update=changes), tranches, tuple(map(_shared, laws)), scheduled)


def alone(law: LawForm) -> Iterator[MeasureForm]:
    """The barest measures that use a law, one for each of its schedules: reading them shows all that is wrong in it."""
    bare = MeasureForm.model_construct(
        format="1", measure=law.law, title=law.title, subject=law.title, law_of="question", uses=(law.law,), acts={},
        sources={}, editions={law.acts[law.cite.act].date or _LONG_AGO: EditionForm(act=law.cite.act)},
    )  # fmt: skip
    if not law.schedules:
        yield bare
    for name in law.schedules:
        tranches = OnScheduleForm(schedule=name, cite=law.cite, of=_PAID)
        yield bare.model_copy(update={"parameters": {_PAID: Written("1.00 EUR")}, "tranches": tranches})


def _together(
    part: str, lent: Iterable[Map[Written, T]], own: Map[Written, T], faults: list[Fault], taken: Iterable[Written] = ()
) -> dict[Written, T]:
    """What the measure declares and what the laws do, the measure's own first; `taken` are names of other things."""
    first: dict[Written, Written] = {name: name for name in taken}
    found: dict[Written, T] = {}
    for declared in (*lent, own):
        for name, value in declared.items():
            if name in first:
                message = f"the name is already taken at {first[name].place}"
                faults.append(Fault(name.place, str(name) if part == "parameters" else part, message))
                continue
            first[name], found[name] = name, value
    mine = {name: found.pop(name) for name in own if name in found}
    return mine | found


def _not_twice(
    form: MeasureForm, laws: tuple[LawForm, ...], faults: list[Fault], whole: bool
) -> Iterator[tuple[LawForm, tuple[GroupForm, ...]]]:
    """The laws with their provisions, less those conditions of general law that the call asks in so many words.

    The call's own condition stands in the place of each, under the call's citation and as sure as that was read.
    """
    general = [
        name for law in laws if law.general == "yes" for group in law.provisions for name in _conditions_in(group)
    ]
    gone: set[Written] = set()
    for group in form.provisions:
        for name, condition in _conditions_in(group).items():
            law_asks = condition.in_place_of
            if law_asks is None:
                continue
            if law_asks in gone:
                faults.append(Fault(law_asks.place, str(name), f"{str(law_asks)!r} has another condition in its place"))
            elif law_asks not in general and whole:
                message = f"no condition of general law that is used is called {str(law_asks)!r}"
                faults.append(Fault(law_asks.place, str(name), message, nearest(law_asks, general)))
            gone.add(law_asks)
    for law in laws:
        yield law, tuple(_less(group, gone) if law.general == "yes" else group for group in law.provisions)


def _conditions_in(group: GroupForm) -> dict[Written, ConditionForm]:
    return {name: form for stage in _STAGES for name, form in getattr(group, stage).items()}


def _less(group: GroupForm, gone: set[Written]) -> GroupForm:
    """A group without some of its conditions."""
    stages = {stage: getattr(group, stage) for stage in _STAGES if not gone.isdisjoint(getattr(group, stage))}
    return group.model_copy(
        update={
            stage: {name: form for name, form in forms.items() if name not in gone} for stage, forms in stages.items()
        }
    )


def _in_time(form: MeasureForm, law: LawForm, faults: list[Fault]) -> None:
    """A measure does not rest on law that came after it."""
    since, first = law.acts[law.cite.act].date, min(form.editions)
    if since is None:
        told = "the act that lays down a law has a day: from it on measures may use the law"
        faults.append(Fault(law.cite.act.place, str(law.cite.act), told))
    elif first < since:
        where = next((used for used in form.uses if used == law.law), law.law)
        message = f"the law is of {since}, and the first edition of the measure begins on {first}"
        faults.append(Fault(where.place, "uses", message))


def _read_in(cite: CiteForm, law: LawForm) -> CiteForm:
    return cite if cite.read_in else cite.model_copy(update={"read_in": law.cite.read_in})


def _of_this_aid(group: GroupForm, lines: tuple[Written, ...]) -> GroupForm:
    """A law's conditions of the award, where `aid_granted` is all that the measure gives: the sum of its lines of support.

    Of a measure that says no amounts a condition that asks for that is asked of everybody.
    """
    award: dict[Written, ConditionForm] = {}
    for name, form in group.award.items():
        given = form.when
        if given is not None and _AID.search(given):
            given = given.beside(_AID.sub(f"({' + '.join(lines)})", given)) if lines else None
        award[name] = form.model_copy(update={"when": given})
    return group.model_copy(update={"award": award}) if award else group


def _asks_for_the_call(law: LawForm) -> bool:
    return any(_CALL in (form.is_ or "") for group in law.provisions for form in group.definitions.values())


def _call_published(form: MeasureForm) -> ParameterForm:
    """The day of the measure's first edition, as a value that its definitions may ask for."""
    day, edition = next(iter(form.editions.items()))
    told = {
        "is_": day,
        "act": edition.act,
        "read_in": edition.read_in,
        "label": Written(PUBLISHED),
    }
    return ParameterForm.model_construct().model_copy(update=told)


def _parameter(form: AnyParameter, law: LawForm) -> ParameterForm | CellsForm:
    """The parameter in its long form, with the act and the source that the law has for what says neither."""
    if not isinstance(form, ParameterForm | CellsForm):
        form = ParameterForm.model_construct().model_copy(update={"values" if isinstance(form, dict) else "is_": form})
    given = {"act": form.act or law.cite.act, "read_in": form.read_in or law.cite.read_in}
    return form.model_copy(update=given)


def _scheduled(form: OnScheduleForm, laws: tuple[LawForm, ...], faults: list[Fault]) -> TranchesForm | None:
    offers = [(law, name) for law in laws for name in law.schedules]
    right = [(law, name) for law, name in offers if name == form.schedule]
    if len(right) == 1:
        law, name = right[0]
        schedule = law.schedules[name]
        return on_schedule(form, schedule, _read_in(schedule.cite or law.cite, law), faults)
    if right:
        both = " and ".join(str(name.place) for _, name in right)
        message = f"two laws have a schedule {str(form.schedule)!r}: {both}"
    elif offers:
        message = f"no law that is used has a schedule {str(form.schedule)!r}"
    else:
        message = "no law that is used has a schedule; 'uses' names the laws"
    hint = None if right else nearest(form.schedule, [name for _, name in offers])
    faults.append(Fault(form.schedule.place, "tranches", message, hint))
    return None


def _shared(law: LawForm) -> SharedLaw:
    names = [
        *law.parameters,
        *cell_names(law.parameters),
        *(name for group in law.provisions for name in _rules_in(group)),
    ]
    names += [_CALL] * _asks_for_the_call(law)
    left_out = MappingProxyType({str(id_): str(why) for id_, why in law.not_modelled.items()})
    return SharedLaw(
        id=str(law.law), title=str(law.title), path=law.law.place.path, names=frozenset(map(str, names)), not_modelled=left_out,
        general=law.general == "yes",
    )  # fmt: skip


def _rules_in(group: GroupForm) -> Iterator[Written]:
    for part in _GROUPED:
        yield from getattr(group, part)
