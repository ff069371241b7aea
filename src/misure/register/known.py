# SPDX-License-Identifier: Apache-2.0
"""What a rulebook knows of a measure on a day, for the registers that ask: budget, window, forms of support, acts.

Some parameters have the same name in every measure that has them (`budget`, `minimum_spend`, `maximum_spend`,
`admitted_sizes`): only these are read. What a rulebook leaves unknown is not known here either.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from misure.rulebook.expression import Name
from misure.rulebook.rules import Parameter, Rulebook, Value

if TYPE_CHECKING:
    from misure.deciding.measure import Measure

__all__ = ["acts_on", "cents_of", "forms_of", "list_of", "window_of"]


def _value(parameter: Parameter | None, day: dt.date) -> Value | None:
    if parameter is None:
        return None
    standing = [value for value in parameter.values if value.since <= day]
    return standing[-1] if standing else None


def cents_of(book: Rulebook, name: str, day: dt.date) -> int | None:
    """An amount of euros in cents."""
    parameter = book.parameters.get(name)
    value = _value(parameter, day)
    if parameter is None or value is None or parameter.type.unit != "EUR" or not isinstance(value.known, int):
        return None
    return int(value.known * 10 ** (2 - parameter.type.decimals))


def list_of(book: Rulebook, name: str, day: dt.date) -> tuple[str, ...] | None:
    """A list of choices."""
    value = _value(book.parameters.get(name), day)
    if value is None or not isinstance(value.known, tuple):
        return None
    return tuple(str(each) for each in value.known)


def window_of(measure: Measure, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of the one window in which applications are filed; None for an end that is not known.

    A measure with several windows, or one whose ends are computed, has none that could be told without the applicant.
    """
    windows = [
        term
        for term in measure.rulebook.terms
        if term.of == "filed_on" and term.opens is not None and term.closes is not None
    ]
    if len(windows) != 1:
        return None, None
    (window,) = windows
    ends = []
    for end in (window.opens, window.closes):
        value = _value(measure.parameters.get(end.name), day) if isinstance(end, Name) else None
        ends.append(None if value is None or not isinstance(value.known, int) else dt.date.fromordinal(value.known))
    return ends[0], ends[1]


def forms_of(book: Rulebook) -> tuple[str, ...]:
    """The forms of support, each once, in the order of the act; empty for a measure that gives none."""
    lines = book.support.lines if book.support is not None else ()
    return tuple(dict.fromkeys(line.form for line in lines))


def acts_on(book: Rulebook, day: dt.date) -> str:
    """The acts of the editions up to a day, as they are cited."""
    labels = dict.fromkeys(edition.act.label for edition in book.editions if edition.day <= day)
    return "; ".join(labels)
