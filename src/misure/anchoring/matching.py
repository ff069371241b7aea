# SPDX-License-Identifier: Apache-2.0
"""Which figure of a text is which value of the rules: each is counted once, and what nothing accounts for is left over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from misure.anchoring.explained import Explanation
from misure.anchoring.figures import Figure
from misure.anchoring.flow import Flow
from misure.anchoring.naming import RuleWords, Said
from misure.anchoring.places import Located, Places, Region
from misure.anchoring.published import Published
from misure.anchoring.writing.counted import same_counted

__all__ = ["Anchored", "Anchoring", "Standing", "Unplaced", "Unused", "anchor", "passage", "sha256_of"]

State: TypeAlias = Literal["found", "partly", "beside", "elsewhere", "inferred", "missing"]
"""How a value stands in the text: at every place that its locator names; at some of them and not at all; on the page that this names,
beside the part that it names; elsewhere alone; nowhere, and `inferred` where the rules say that it is a reading of ours."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a value stands at one of the places that its locator names: `missing` is not there, nor anywhere that no other place names."""

    at: str
    state: State
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Anchored:
    """A value of the rules beside the text: where it was found, which locators were looked at, how it stands."""

    value: Published
    locators: tuple[str, ...]
    state: State
    start: int = -1
    end: int = -1
    figure: int | None = None
    """Which of the figures it is; None where it is none of them."""
    places: tuple[Standing, ...] = ()
    """How it stands at each place that is named, in their order; a place that the text does not have is not among them."""

    @property
    def lacking(self) -> tuple[Standing, ...]:
        """The places that are named and do not have it."""
        return tuple(one for one in self.places if one.state != "found")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A locator that the text does not have, or not whole: who gives it, and what is missing."""

    name: str
    locator: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unused:
    """An explanation by hand of a figure that the text does not have there (any more), or that something else accounts for."""

    explanation: Explanation
    form: str


@dataclass(frozen=True, slots=True)
class Anchoring:
    """An act's text held beside the rules. `by` says of each figure, by its number, which rules name it."""

    act: str
    flow: Flow
    figures: tuple[Figure, ...]
    values: tuple[Anchored, ...]
    by: tuple[tuple[str, ...], ...]
    explained: tuple[Explanation | None, ...]
    unplaced: tuple[Unplaced, ...]
    unused: tuple[Unused, ...]
    in_words: tuple[str, ...]

    @property
    def unexplained(self) -> tuple[Figure, ...]:
        """The figures that say how much or when, and that nothing accounts for; a repetition that says something else is told apart."""
        return tuple(
            figure for figure, by, why in zip(self.figures, self.by, self.explained, strict=True)
            if figure.role == "value" and not by and why is None and figure.beside < 0
        )  # fmt: skip

    @property
    def disagreeing(self) -> tuple[tuple[Figure, Figure], ...]:
        """Figures that are repeated in brackets as something else, each with what stands there: nobody can say which is meant.

        Where one rule has both, as its readings or its words, or somebody explains one of them, that is settled.
        """
        stand = {figure.start: at for at, figure in enumerate(self.figures)}
        return tuple(
            (self.figures[stand[figure.beside]], figure) for at, figure in enumerate(self.figures)
            if figure.beside in stand and figure.role == "value" and not self._settled(stand[figure.beside], at)
        )  # fmt: skip

    def _settled(self, one: int, other: int) -> bool:
        names = ({name.partition(" ")[0] for name in self.by[at]} for at in (one, other))
        return bool(set.intersection(*names)) or not (self.explained[one] is None and self.explained[other] is None)

    @property
    def astray(self) -> tuple[Anchored, ...]:
        """The values that do not stand where the rules say."""
        return tuple(one for one in self.values if one.state not in ("found", "inferred"))

    @property
    def placed(self) -> frozenset[int]:
        """The figures that are a published value at a place that its locator names, by their numbers."""
        states = ("found", "partly")
        return frozenset(one.figure for one in self.values if one.state in states and one.figure is not None)

    @property
    def sound(self) -> bool:
        """Whether every value was found at every place that its locator names, every figure is accounted for, and none contradicts itself."""
        return not (self.unexplained or self.disagreeing or self.astray or self.unplaced or self.unused)


_AROUND = 70
_BLANKS = re.compile(r"\s+")


def passage(flow: Flow, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a figure, the figure, and what stands after: a few words, on one line."""
    text = flow.text
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND and " " in before:
        before = before.split(None, 1)[-1] if before.strip() else ""
    if end + _AROUND < len(text) and len(after.split()) > 1:
        after = after.rsplit(None, 1)[0]
    joined = (_BLANKS.sub(" ", part) for part in (before, text[start:end], after))
    first, middle, last = joined
    return first.lstrip(), middle, last.rstrip()


def sha256_of(flow: Flow, start: int, end: int) -> str:
    """The SHA-256 of a passage: of its words, however its lines are broken."""
    return hashlib.sha256("".join(passage(flow, start, end)).encode("utf-8", "replace")).hexdigest()


def anchor(
    act: str, flow: Flow, figures: Sequence[Figure], published: Sequence[Published], words: RuleWords,
    explanations: Sequence[Explanation], in_words: Sequence[str] = (),
) -> Anchoring:  # fmt: skip
    """Hold the text of an act beside what the rules say of it."""
    return _Matcher(act, flow, figures, words).match(published, explanations, in_words)


class _Matcher:
    def __init__(self, act: str, flow: Flow, figures: Sequence[Figure], words: RuleWords) -> None:
        self.act, self.flow, self.figures, self.words = act, flow, tuple(figures), words
        locators = [one for said in words.said for one in said.locators] + [where for where, _ in words.rows.values()]
        self.places = Places(flow, locators)
        self.by: list[list[str]] = [[] for _ in figures]
        self.explained: list[Explanation | None] = [None for _ in figures]
        self.unplaced: dict[tuple[str, str], Unplaced] = {}
        self.starts = [figure.start for figure in figures]
        self.by_form: dict[str, list[int]] = {}
        self.by_value: dict[object, list[int]] = {}
        for at, figure in enumerate(figures):
            if figure.role == "value":
                self.by_form.setdefault(figure.form, []).append(at)
            for key in {figure.value, figure.text} if figure.kind == "number" else {figure.value}:
                self.by_value.setdefault(key, []).append(at)

    def match(
        self, published: Sequence[Published], explanations: Sequence[Explanation], in_words: Sequence[str]
    ) -> Anchoring:
        values = [self._value(one) for one in published]
        for said in self.words.said:
            if said.act in ("", self.act):
                self._named(said)
        unused = [Unused(one, form) for one in explanations for form in self._explain(one)]
        return Anchoring(
            self.act, self.flow, self.figures, tuple(values), tuple(map(tuple, self.by)), tuple(self.explained),
            tuple(self.unplaced.values()), tuple(unused), tuple(in_words),
        )  # fmt: skip

    def _locators(self, value: Published) -> tuple[str, ...]:
        """Where a value stands: where it says itself, or else where the rules that read it say."""
        if value.at:
            return (value.at,)
        read = self.words.read_at.get(value.name.partition(" ")[0], ())
        return tuple(at for act, at in read if act == self.act)

    def _found(self, name: str, locator: str, *, told: bool = True) -> Located:
        found = self.places.find(locator)
        if found.missing and told:
            self.unplaced.setdefault((name, locator), Unplaced(name, locator, found.missing))
        return found

    def _value(self, value: Published) -> Anchored:
        locators = self._locators(value)
        found = [place for one in locators for place in self._found(value.name, one).places]
        places = [part for place in found for part in self.places.apart(place)]
        if value.letter:
            return self._letter(value, locators, places)
        same = [at for at in self._alike(value.value) if value.is_that_of(self.figures[at])]
        held = [[at for at in same if place.holds(self.starts[at])] for place in places]
        here = {at for among in held for at in among}
        others = [at for at in same if at not in here]
        # Each place that is named accounts for one figure: a second one of the same value there is another matter.
        standings: list[Standing] = []
        chosen: list[int] = []
        for place, among in zip(places, held, strict=True):
            if among:
                among.sort(key=lambda at: (self.figures[at].kind != value.kind, not value.counted_by(self.figures[at])))
                chosen.append(self._free(among))
                standings.append(self._standing(place, "found", chosen[-1]))
            else:
                standings.append(self._lacking(place, others))
        for at in dict.fromkeys(chosen):
            self.by[at].append(value.name)
        told = tuple(standings)
        if chosen:
            return self._anchored(value, locators, _over_all(value, told), chosen[0], told)
        if beside := next((one for one in told if one.state == "beside"), None):
            return self._anchored(value, locators, "beside", self.starts.index(beside.start), told)
        if value.inferred:
            return Anchored(value, locators, "inferred")
        return (
            self._anchored(value, locators, "elsewhere", same[0], told)
            if same
            else Anchored(value, locators, "missing", places=told)
        )

    def _standing(self, place: Region, state: State, at: int) -> Standing:
        return Standing(place.said, state, self.figures[at].start, self.figures[at].end)

    def _lacking(self, place: Region, others: Sequence[int]) -> Standing:
        """How a value stands at a place that does not have it: `others` are its figures that no place of its locator has."""
        if place.spot.pages:
            for at in others:
                if place.on_its_pages(self.starts[at]):
                    return self._standing(place, "beside", at)
        return self._standing(place, "elsewhere", others[0]) if others else Standing(place.said, "missing")

    def _alike(self, value: object) -> list[int]:
        """The figures of a value, in whichever unit, with those of so many years that it is of months and the other way round."""
        keys = (value, value * 12, value / 12) if isinstance(value, Fraction) else (value,)
        return sorted({at for key in keys for at in self.by_value.get(key, ())})

    def _anchored(
        self, value: Published, locators: tuple[str, ...], state: State, at: int, places: tuple[Standing, ...]
    ) -> Anchored:
        figure = self.figures[at]
        return Anchored(value, locators, state, figure.start, figure.end, at, places)

    def _free(self, among: Sequence[int]) -> int:
        """The first of some figures that is not accounted for yet; the first of all where all are."""
        return next((at for at in among if not self.by[at]), among[0])

    def _letter(self, value: Published, locators: tuple[str, ...], places: Sequence[Region]) -> Anchored:
        """A letter that names a section of a classification: it stands alone after the word for it."""
        letter = str(value.value)
        alone = re.compile(
            rf"\bsezion[ei]\b[^.;]{{0,160}}?(?<!allegato )(?<!all\. )(?<!lettera )(?<!lett\. )\b(?-i:{re.escape(letter)})\b(?!\)|\.\d)",
            re.IGNORECASE,
        )
        ends = [_first(alone.search(self.flow.text, *span) for span in place.spans) for place in places]
        anywhere = alone.search(self.flow.text)
        otherwise: State = "elsewhere" if anywhere and not any(ends) else "missing"
        told = tuple(
            Standing(place.said, "found", end - len(letter), end) if end else Standing(place.said, otherwise)
            for place, end in zip(places, ends, strict=True)
        )
        if end := next(filter(None, ends), 0):
            return Anchored(value, locators, _over_all(value, told), end - len(letter), end, places=told)
        if anywhere:
            return Anchored(value, locators, "elsewhere", anywhere.end() - len(letter), anywhere.end(), places=told)
        return Anchored(value, locators, "missing", places=told)

    def _named(self, said: Said) -> None:
        """What a sentence names of its place is accounted for, once: a figure that is accounted for is the one that it names."""
        forms = [figure for figure in said.figures if figure.kind != "code"]
        if not forms:
            return
        places = [place for one in said.locators for place in self._found(said.rule, one, told=False).places]
        for named in {(figure.form, figure.counted): figure for figure in forms}.values():
            here = [
                at for at in self.by_value.get(named.value, ())
                if self.figures[at].role == "value" and _same(named, self.figures[at])
                and self._counts_that(self.figures[at], named, said.told)
                and any(place.holds(self.starts[at]) for place in places)
            ]  # fmt: skip
            if not here:
                continue
            counted = [at for at in here if self.by[at]]
            for at in counted or here[:1]:
                if said.rule not in self.by[at]:
                    self.by[at].append(said.rule)

    def _counts_that(self, figure: Figure, named: Figure, said: str) -> bool:
        """Whether a bare number of the text counts what the sentence of a rule says that it counts."""
        if figure.kind != "number":
            return True
        around = self.flow.text[max(0, figure.start - _AROUND) : figure.start]
        return same_counted(figure.counted, around, named.counted, said)

    def _explain(self, explanation: Explanation) -> Iterable[str]:
        """Account for the figures that an explanation names; those that are not there come back."""
        found = self._found("explained", explanation.at)
        for form in explanation.forms:
            at = next(
                (
                    at for at in self.by_form.get(form, ())
                    if not self.by[at] and self.explained[at] is None
                    and any(place.holds(self.starts[at]) for place in found.places)
                ),
                None,
            )  # fmt: skip
            if at is None:
                yield form
            else:
                self.explained[at] = explanation


def _first(found: Iterable[re.Match[str] | None]) -> int:
    """Where the first that was found ends; 0 where none was."""
    return next((one.end() for one in found if one), 0)


def _over_all(value: Published, places: Sequence[Standing]) -> State:
    """How a value stands that one of its places has: a locator of its own names places that all have it, unless we read it out of them."""
    whole = not value.at or value.inferred or all(one.state == "found" for one in places)
    return "found" if whole else "partly"


def _same(named: Figure, figure: Figure) -> bool:
    """Whether a figure of a sentence of the rules is that of the text: alike in kind and value, a bare number in points too."""
    if named.kind == figure.kind:
        return named.value == figure.value
    return {named.kind, figure.kind} == {"number", "points"} and named.value == figure.value
