# SPDX-License-Identifier: Apache-2.0
"""The amounts of a decision with their steps: what each line of support gives, and what is left to the applicant."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from misure.deciding.explaining import Explaining
from misure.deciding.results import Amount, Part, Step
from misure.deciding.supporting.parts import parts_of
from misure.ground.ranges import Range
from misure.ground.truth import Truth, worst
from misure.rulebook.acts import Citation
from misure.rulebook.ceilings import ceilings
from misure.rulebook.expression import Name
from misure.rulebook.rules import Rule, SupportLine

__all__ = ["Supporting"]


class Supporting:
    """Builds the amounts of one dossier from its second reading."""

    def __init__(self, explaining: Explaining) -> None:
        self.x, self.book = explaining, explaining.book

    def amounts(self) -> Iterator[Amount]:
        """The lines of support, own share last."""
        support = self.book.support
        for line in support.lines if support else ():
            yield Amount(
                line.id, line.form, self.x.money(f"support.{line.id}"), tuple(self._steps(line)), line.text, line.cite,
                self.x.confidences.of_line(line), self._parts(line),
            )  # fmt: skip
        if support and support.own_share:
            own = support.own_share
            lines = (self.x.confidences.of_line(line) for line in support.lines)
            yield Amount(
                "own_share", "own_share", self.x.bounded_money("own_share"), (), own.text, own.cite,
                worst(self.x.confidences.of_rule(own), *lines),
            )  # fmt: skip

    def _parts(self, line: SupportLine) -> tuple[Part, ...]:
        key = f"support.{line.id}"
        return parts_of(self.x, line, self.x.ends(key), self.x.money(key)) if line.apportioned else ()

    def _steps(self, line: SupportLine) -> Iterator[Step]:
        key = f"support.{line.id}"
        base = self.x.confidences.of_tree(line.of)
        sure = self.x.confidences.of_tree(line.share)
        yield from self._ceilings(line, key)
        yield Step("base", self.x.money(f"{key}.base"), confidence=base)
        if line.intensity:
            parameter = self.book.parameters[line.intensity]
            sure = self.x.period.law.confidence_of(parameter)
            yield Step("intensity", self.x.parameter(parameter), confidence=sure)
        elif line.share is not None:
            low, high = self.x.ends(f"{key}.intensity")
            scale = self.x.period.program.scales[f"{key}.intensity"]
            ends = Fraction(low, scale), Fraction(high, scale)
            share = ends[0] if low == high else Range(*ends)
            yield Step("intensity", share, confidence=sure)
        yield Step(line.rounding, self.x.money(f"{key}.uncapped"), confidence=worst(base, sure))
        whole, held = self.x.ends(f"{key}.uncapped"), self.x.ends(key)
        for i, cap in enumerate(line.caps):
            most = self.x.ends(f"{key}.cap{i}")
            binds = most[0] == most[1] == held[0] == held[1] and most[1] < whole[0]
            yield Step("cap", self.x.money(f"{key}.cap{i}"), binds=binds, text=cap.text, cite=_elsewhere(cap, line),
                       confidence=worst(cap.confidence, self.x.confidences.of_tree(cap.most)))  # fmt: skip
        told = isinstance(line.granted, Name) and self.x.said[line.granted.name] is not None
        if told and line.granted_once and self.x.said[line.granted_once]:
            yield Step("granted", self.x.money(f"{key}.granted"))
        for condition in self.book.conditions:
            truth = self.x.spared_by(condition) if line.id in condition.reduces else Truth.YES
            if truth is not Truth.YES:
                yield Step("reduced", self.x.money(key), binds=truth is Truth.NO, text=condition.text,
                           confidence=self.x.confidence_of(condition))  # fmt: skip
        if line.equivalent is not None:
            yield Step("equivalent", self.x.bounded_money(f"{key}.equivalent"), text=line.equivalent.text,
                       cite=_elsewhere(line.equivalent, line),
                       confidence=self.x.confidences.of_equivalent(line))  # fmt: skip

    def _ceilings(self, line: SupportLine, key: str) -> Iterator[Step]:
        """The legal values up to which the base counts, whichever definition says so."""
        if not self.x.has(f"{key}.ceiling0"):  # most lines have none: nothing is looked for
            return
        for i, ceiling in enumerate(ceilings(line.of, self.book.definitions)):
            parameter = self.book.parameters[ceiling.parameter]
            limit, counted = self.x.parameter(parameter), self.x.money(f"{key}.ceiling{i}")
            most = limit.greatest if isinstance(limit, Range) else limit
            least = counted.least if isinstance(counted, Range) else counted
            cite = self.x.period.law.values(parameter)[-1].citation
            if not cite.at and ceiling.definition:
                cite = self.book.definitions[ceiling.definition].cite
            binds = most is not None and least is not None and least > most  # type: ignore[operator]
            # What a condition leaves may be less: then the ceiling holds nothing.
            binds = binds and (most is None or not self._cut_under(line, most))
            yield Step(
                "ceiling", limit, binds=binds, text=parameter.label,
                confidence=self.x.period.law.confidence_of(parameter), parameter=parameter.name, cite=cite,
            )  # fmt: skip

    def _cut_under(self, line: SupportLine, most: object) -> bool:
        """Whether conditions that are not met leave of the base certainly less than an amount."""
        if not any(c.leaves is not None and line.id in c.reduces for c in self.book.conditions):
            return False
        base = self.x.money(f"support.{line.id}.base")
        greatest = base.greatest if isinstance(base, Range) else base
        return greatest is not None and greatest < most  # type: ignore[operator]


def _elsewhere(part: Rule, line: SupportLine) -> Citation | None:
    """Where the act says a part of a line, if that is not where it says the line."""
    return None if part.cite == line.cite else part.cite
