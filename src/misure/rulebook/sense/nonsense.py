# SPDX-License-Identifier: Apache-2.0
"""All that makes no sense in a measure, of a rule file or of a what-if."""

from __future__ import annotations

from collections.abc import Collection

from misure.ground.place import Fault
from misure.rulebook.rules import Rulebook
from misure.rulebook.sense.amounts import above_envelopes, caps_on, windows_on
from misure.rulebook.sense.conditions import themselves, unmeetable
from misure.rulebook.sense.hours import hours_on
from misure.rulebook.sense.limits import OfDay
from misure.rulebook.sense.score import score_on
from misure.rulebook.sense.shares import shares_of_support, shares_of_tranches
from misure.rulebook.sense.telling import Findings, days_of

__all__ = ["nonsense", "oddities"]


def oddities(book: Rulebook) -> list[Fault]:
    """What is surely a slip of a rule file, and yet answers nobody wrongly: one applicant may get more than all the money there is."""
    findings = Findings(book)
    if book.support is not None:
        for day in days_of(book):
            above_envelopes(book.support, OfDay(book, day), findings)
    return findings.faults


def nonsense(book: Rulebook, varied: Collection[str] = ()) -> list[Fault]:
    """What is certainly nonsense on some day of the law; of a what-if, what rests on the values that it varies."""
    findings = Findings(book, varied)
    for day in days_of(book):
        law = OfDay(book, day)
        unmeetable(book, day, findings)
        if varied:  # those of a rule file are told where its windows are read
            hours_on(book.terms, law, findings)
        if book.score is not None:
            score_on(book.score, law, findings)
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
