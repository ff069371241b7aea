# SPDX-License-Identifier: Apache-2.0
"""What is told of an applicant, and read by no rule of the measure that is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from misure.cli.output import warn
from misure.deciding.machinery import compiled
from misure.ground.place import Fault, Place

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.facts.reader import Places

__all__ = ["warn_passed_over"]


def warn_passed_over(measure: Measure, told: Iterable[tuple[Mapping[str, object], Places]]) -> None:
    """Say which facts no rule reads, each once and where it is told first.

    One dossier serves several measures, so that they are no fault: but who told one may mean a fact of this measure.
    """
    form, seen = compiled(measure).facts, set[str]()
    for facts, places in told:
        for name in form.passed_over(facts):
            if name not in seen:
                seen.add(name)
                place = places((name,)) or Place("<facts>")
                warn(str(Fault(place, name, f"no rule of {measure.id} reads it", form.nearest(name))))
