# SPDX-License-Identifier: Apache-2.0
"""The front door of a selection: applications in, a selection out."""

from __future__ import annotations

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.arguments import wanted
from misure.ground.errors import BadRules
from misure.ground.given import Day, plain_day
from misure.ground.place import Fault, Place, few_hints
from misure.selecting.applications import APPLICATIONS
from misure.selecting.approval import Approvals, ApprovedOn
from misure.selecting.intake import read_applications
from misure.selecting.law import SelectionLaw
from misure.selecting.selection import Selection
from misure.selecting.survivors import Survivors, SurvivorsTold
from misure.selecting.withdrawing import check_survivors
from misure.selecting.workings import Workings

__all__ = ["law_of", "select"]


def law_of(measure: Measure, on: Day) -> SelectionLaw:
    """The selection of a measure under the law of a day.

    Raises:
        BadRules: The measure has no selection.
        NotEncoded: The day lies outside what the rules hold.
        BadFacts: `on` is a text, and no day.
        TypeError: `on` is something else that is no plain date.
    """
    wanted("measure", measure, Measure, "a Measure, as catalogue()[...] gives")
    day = plain_day(on)
    compiled(measure).check_question(day)
    rule = measure.rulebook.selection
    if rule is None:
        message = "the measure chooses among nobody: its rule file has no 'selection'"
        raise BadRules([Fault(Place(f"<{measure.id}>"), "selection", message)])
    return SelectionLaw(measure, rule, day)


@few_hints()
def select(
    measure: Measure, applications: object, *, on: Day, approved_on: ApprovedOn = None,
    survivors: SurvivorsTold = None,
) -> Selection:  # fmt: skip
    """Who is funded among the applications; see `Measure.select`."""
    law = law_of(measure, on)
    approvals = Approvals.of(approved_on)
    wrong = approvals.faults([window.id for window in law.windows], law.on, law.measure.rulebook.editions[0].day)
    kept = Survivors.of(survivors)
    read = read_applications(law, applications, kept, wrong)
    check_survivors(law, read.candidates, kept, APPLICATIONS)
    return Selection(Workings(law, read, approvals, kept))
