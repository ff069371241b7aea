# SPDX-License-Identifier: Apache-2.0
"""What each record of a table receives of an amount that is apportioned: read record by record, divided to the cent."""

from __future__ import annotations

from misure.allocating.apportioning import Between, between
from misure.allocating.sharing import shared
from misure.deciding.explaining import Explaining
from misure.deciding.readers import MONEY
from misure.deciding.results import Part
from misure.deciding.values import Range, Shown, number_of
from misure.ground.truth import Confidence, worst
from misure.rulebook.rules import SupportLine

__all__ = ["parts_of", "shown_part"]


def parts_of(
    x: Explaining, line: SupportLine, amount: tuple[int, int], whole: Shown, *, awarded: bool = False
) -> tuple[Part, ...]:
    """What each record receives of `amount`, whose ends are in cents and which is shown as `whole`.

    Of what is awarded of the line, the line's own caps no longer say how much is left.
    Of a record of which a rule of ours decides who is given a cent, the part is as sure as that rule: inferred.
    """
    parts = x.period.program.parts[line.id]
    reading = x.reading
    claims = [
        Between(
            x.key(parts.table, row), reading.ends(parts.weight),
            (None, None) if parts.limit is None else reading.ends(parts.limit),
            (0, 0) if parts.rest is None else reading.ends(parts.rest),
        )
        for row in reading.rows(parts.table)
    ]  # fmt: skip
    limits = (None, None) if parts.others_limit is None else reading.ends(parts.others_limit)
    unseen = Between("", reading.ends(parts.others_weight), limits)
    if parts.whole:
        found, divides = shared(amount, claims, parts.whole, unseen, to_one=parts.rest is not None)
    else:
        found, divides = between(amount, claims, unseen, 0 if awarded else reading.ends(parts.floor)[0])
    sure = worst(x.confidences.of_line(line), x.confidences.of_parts(line))
    sure = sure if divides else worst(sure, Confidence.INFERRED)
    endless = isinstance(whole, Range) and whole.greatest is None
    return tuple(
        Part(one.name, shown_part(ends, amount[1], endless=endless or whole is None), sure)
        for one, ends in zip(claims, found, strict=True)
    )


def shown_part(ends: tuple[int, int], most: int, *, endless: bool) -> Shown:
    """A part as it is shown; without a greatest end where that is no end of the whole amount either."""
    least, greatest = (number_of(end, 10**MONEY, MONEY) for end in ends)
    if ends[0] == ends[1]:
        return least
    return Range(least, None if endless and ends[1] == most else greatest)
