# SPDX-License-Identifier: Apache-2.0
"""What is wrong with facts that fit their types one by one and yet cannot all be true, or that make the act clash."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from misure.engines.intervals.interpreter import Interpreter
from misure.ground.errors import BadFacts, Conflict
from misure.ground.place import Fault, Place

if TYPE_CHECKING:
    from misure.deciding.measure import Measure
    from misure.facts.dossier import Dossier
    from misure.program.period import Period
    from misure.rulebook.rules import Case

__all__ = ["raise_faults"]

_PLACE = Place("<facts>")


def raise_faults(measure: Measure, period: Period, dossier: Dossier) -> NoReturn:
    """Raise what a faulty verdict found: a conflict between provisions, or facts that contradict one another."""
    reading = Interpreter(dossier)
    found = [
        key.split(".")[1:]
        for key, node in period.program.outputs.items()
        if key.startswith("fault.") and not reading.ends(node)[1]
    ]
    faults = []
    for kind, subject, *rest in found:
        if kind == "conflict":
            cases = measure.rulebook.definitions[subject].cases
            raise Conflict(measure.id, subject, [_source(cases[int(i)]) for i in rest])
        message = _WORDS[kind].format(*rest)
        faults.append(Fault(_PLACE, ".".join([subject, *rest[:-2]]) if kind == "apart" else subject, message))
    raise BadFacts(dict.fromkeys(faults))


def _source(case: Case) -> str:
    """Where a case stands: its citation, and its provisions, which tell it from the others of its group."""
    provisions = f" ({', '.join(case.provisions)})" if case.provisions else ""
    return f"{case.cite}{provisions}"


_WORDS = {
    "apart": "what is declared as the total is not what its parts add up to",
    "above": "the score is above the criterion's maximum",
    "implied": "this is denied, and the code that is told as {} implies it",
    "step": "the score is none of the criterion's steps",
}
