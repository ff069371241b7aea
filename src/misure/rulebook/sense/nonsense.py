# SPDX-License-Identifier: Apache-2.0
"""All that makes no sense in a measure, of a rule file or of a what-if."""

from __future__ import annotations

from collections.abc import Collection

from misure.ground.place import Fault
from misure.rulebook.rules import Rulebook
from misure.rulebook.sense.amounts import above_envelopes, caps_on, windows_on
from misure.rulebook.sense.bounds import bounds_of_conditions, bounds_of_criteria
from misure.rulebook.sense.conditions import exclusive_together, themselves, unmeetable
from misure.rulebook.sense.hours import hours_on
from misure.rulebook.sense.idle import idle_caps, idle_cases, of_legal_values_alone, said_twice, shares_of_nothing
from misure.rulebook.sense.limits import OfDay
from misure.rulebook.sense.score import score_on
from misure.rulebook.sense.shares import shares_of_support, shares_of_tranches
from misure.rulebook.sense.telling import Findings, days_of

__all__ = ["nonsense", "oddities"]


def oddities(book: Rulebook) -> list[Fault]:
    """What is surely a slip of a rule file, and yet no word of it is nonsense by itself.

    Two conditions of which nobody can meet both; a grant to one that is more than all the money there is; what
    nothing ever comes of.
    """
    findings = Findings(book)
    for day in days_of(book):
        law = OfDay(book, day)
        exclusive_together(law, findings)
        idle_cases(law, findings)
        if book.support is not None:
            above_envelopes(book.support, law, findings)
            idle_caps(book.support, law, findings)
            shares_of_nothing(book.support, law, findings)
    return [*findings.faults, *of_legal_values_alone(book), *said_twice(book)]


def nonsense(book: Rulebook, varied: Collection[str] = ()) -> list[Fault]:
    """What is certainly nonsense on some day of the law; of a what-if, what rests on the values that it varies."""
    findings = Findings(book, varied)
    for day in days_of(book):
        law = OfDay(book, day)
        unmeetable(law, findings)
        bounds_of_conditions(law, findings)
        if varied:  # of a rule file, `oddities` tells the one, and who reads the windows the other
            exclusive_together(law, findings)
            hours_on(book.terms, law, findings)
        if book.score is not None:
            score_on(book.score, law, findings)
            bounds_of_criteria(book.score, law, findings)
        if book.support is not None:
            caps_on(book.support, law, findings)
            if varied:
                above_envelopes(book.support, law, findings)
        if book.selection is not None:
            windows_on(book.selection, law, findings)
    if book.support is not None:
        shares_of_support(book.support, findings)
    if book.tranches is not None and book.tranches.lines:
        shares_of_tranches(book.tranches, findings)
    return findings.faults if varied else [*findings.faults, *themselves(book)]
