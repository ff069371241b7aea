# SPDX-License-Identifier: Apache-2.0
"""The values that a rulebook publishes of an act: each with its day, its locator, and how it is recognised in a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from misure.anchoring.figures import DURATIONS, Figure, Kind, written
from misure.anchoring.writing.counted import stems, words_in
from misure.ground.place import Place
from misure.ground.times import time_text
from misure.rulebook.rules import Parameter, Rulebook, Value

__all__ = ["Published", "published_of", "without_figures"]

Known = int | Fraction | str


@dataclass(frozen=True, slots=True)
class Published:
    """One figure that the rules publish of an act: a value, or one of a list.

    `since` is the day from which the rules hold it, `at` the locator ("" where the value has none of its own), `inferred` why it is
    a reading of ours that the text need not spell. `kind` is what it measures, `letter` whether it is a letter that names a section,
    `label` how people call it: of two equal numbers at its place it is the one that counts what the label names.
    """

    name: str
    since: dt.date
    form: str
    at: str
    kind: Kind
    value: Fraction | dt.date | str
    place: Place
    inferred: str = ""
    letter: bool = False
    label: str = ""

    @property
    def forms(self) -> frozenset[str]:
        """The forms that a figure of this value may have in a text: its own, the bare number, as many years as it is months."""
        found = {self.form}
        if isinstance(self.value, Fraction):
            if self.kind in ("points", "number", "money"):
                found |= {written("number", self.value), written("points", self.value)}
            if self.kind == "months":
                found.add(written("years", self.value / 12))
            if self.kind == "years":
                found.add(written("months", self.value * 12))
        return frozenset(found)

    def counted_by(self, figure: Figure) -> bool:
        """Whether the label names what a bare number counts."""
        return bool(stems(figure.counted) & stems(words_in(self.label)))

    def is_that_of(self, figure: Figure) -> bool:
        """Whether a figure of the text has this very value: the same amount of the same unit."""
        if self.letter:
            return False
        if figure.kind == self.kind:
            return figure.value == self.value
        if not isinstance(self.value, Fraction) or not isinstance(figure.value, Fraction):
            return self.kind == "code" and figure.kind == "number" and figure.text == self.value
        if {self.kind, figure.kind} == {"months", "years"}:
            return _months(self.kind, self.value) == _months(figure.kind, figure.value)
        if figure.kind != "number":
            return False
        if self.kind == "money":
            # A sum without its unit, as tables have it: what a word follows counts something else.
            return figure.value == self.value and not figure.noun and any(sign in figure.text for sign in ",.")
        bare = self.kind in ("points", "number")
        return bare and figure.value == self.value


def _months(kind: Kind, value: Fraction) -> Fraction:
    return value * 12 if kind == "years" else value


def published_of(book: Rulebook, act: str) -> list[Published]:
    """What the rules publish of an act, in the order of the file; the law that they use publishes its own."""
    found: list[Published] = []
    for parameter in book.parameters.values():
        if book.borrowed(parameter.name) is None:
            for value in parameter.values:
                found += _figures(parameter, value, act)
    return found


def without_figures(book: Rulebook, act: str) -> list[str]:
    """The names of what the rules say of an act in words alone: choices, ways of counting, what no source gives."""
    return [
        parameter.name for parameter in book.parameters.values()
        if book.borrowed(parameter.name) is None and any(value.citation.act == act for value in parameter.values)
        and not any(_figures(parameter, value, act) for value in parameter.values)
    ]  # fmt: skip


def _figures(parameter: Parameter, value: Value, act: str) -> list[Published]:
    found: list[Published] = []
    if value.citation.act == act and value.known is not None:
        found += _of(parameter, value, parameter.name, value.known, value.citation.at)
    for reading in value.readings:
        if reading.citation.act == act:
            found += _of(parameter, value, f"{parameter.name} ({reading.id})", reading.known, reading.citation.at)
    return found


def _of(parameter: Parameter, value: Value, name: str, known: object, at: str) -> Iterator[Published]:
    several = known if isinstance(known, tuple) else (known,)
    for one in several:
        shaped = _shaped(parameter, one)
        if shaped is not None:
            kind, figure = shaped
            letter = kind == "code" and isinstance(figure, str) and figure.isalpha()
            yield Published(
                name,
                value.since,
                written(kind, figure),
                at,
                kind,
                figure,
                value.place,
                value.inferred,
                letter,
                parameter.label,
            )


def _shaped(parameter: Parameter, known: object) -> tuple[Kind, Fraction | dt.date | str] | None:
    """What a value measures and how much; None for a choice or a way of counting, which are words."""
    type_ = parameter.type
    if type_.kind == "date":
        return "date", dt.date.fromordinal(int(known))  # type: ignore[call-overload]  # a date is an ordinal
    if isinstance(known, str):
        return ("code", known) if type_.scheme else None
    if type_.kind not in ("number", "list") or not isinstance(known, int | Fraction):
        return None
    if type_.unit == "time":
        return "time", time_text(int(known))
    exact = known if isinstance(known, Fraction) else Fraction(known, 10**type_.decimals)
    units: dict[str, Kind] = {"EUR": "money", "share": "share", "points": "points", "year": "year"}
    durations: dict[str, Kind] = {kind: kind for kind in DURATIONS}
    return {**units, **durations}.get(type_.unit, "number"), exact
