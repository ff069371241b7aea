# SPDX-License-Identifier: Apache-2.0
"""A rate as a calculation is given it: a number, a range, the answer of a table of rates, or None where it is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from misure.finance.answers import Number, RateAnswer
from misure.finance.checked import Checked, Ends
from misure.ground.dated import Cited
from misure.ground.ranges import Range

__all__ = ["Quoted", "quoted"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """The two ends of a rate, None where nothing bounds it, and what the source of the rate had to say."""

    ends: Ends[Fraction] | None
    citations: tuple[Cited, ...]
    unknown: tuple[str, ...]

    @property
    def shown(self) -> Number:
        """The rate as the value of a step."""
        if self.ends is None:
            return "unknown"
        least, greatest = self.ends
        return least if least == greatest else Range(least, greatest)


def quoted(asked: Checked, subject: str, rate: object) -> Quoted:
    """Read a rate; faults are left with `asked`."""
    citations: tuple[Cited, ...] = ()
    unknown: tuple[str, ...] = ()
    if isinstance(rate, RateAnswer):
        citations, unknown = rate.citations, rate.unknown
        rate = rate.rate
    if rate is None:
        return Quoted(None, citations, unknown or (f"the {subject.replace('_', ' ')} is not known",))
    ends = asked.ends(subject, rate, asked.rate)
    if ends[0] != ends[1] and not unknown:
        unknown = (f"the {subject.replace('_', ' ')} is known only between two ends",)
    return Quoted(ends, citations, unknown)
