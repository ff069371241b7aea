# SPDX-License-Identifier: Apache-2.0
"""What `anchors.yaml` says of a text that is held now: whether it is the one that was anchored, and which of its passages are others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from misure.anchoring.anchors_file import AnchorsFile
from misure.anchoring.matching import Anchored, Anchoring, sha256_of
from misure.ground.place import Place
from misure.reading.forms.anchors import FigureForm, TextForm, ValueForm

__all__ = ["Drift", "What", "drift_of"]

What: TypeAlias = Literal["text", "pages", "changed", "gone", "new", "misplaced", "absent", "unanchored"]
"""Of another text: that it is another, a value whose passage changed, a figure whose passage is gone, or new. Of the very text that was
anchored, what of the anchors is not so: the number of pages, where a value stands, a figure that is not there, one that they do not have."""

_Spot: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that the anchors say and the text does not, or the other way round.

    `then` and `now` are digests of the files, or numbers of pages; `page` and `offset` are those of the anchors, "" where they say
    none; `start` and `end` count characters of the text as it is read now, -1 where it has nothing of it.
    """

    what: What
    name: str
    place: Place | None = None
    page: str = ""
    offset: str = ""
    start: int = -1
    end: int = -1
    then: str = ""
    now: str = ""


def drift_of(file: AnchorsFile, anchoring: Anchoring) -> tuple[Drift, ...]:
    """What differs between the anchors of an act and its text; nothing where it was not anchored yet."""
    text = next((form for act, form in file.texts.items() if act == anchoring.act), None)
    return tuple(_Drifting(text, anchoring).all()) if text is not None else ()


class _Drifting:
    def __init__(self, text: TextForm, anchoring: Anchoring) -> None:
        self.text, self.anchoring, self.flow = text, anchoring, anchoring.flow
        self.same = str(text.sha256) == self.flow.act.sha256

    def all(self) -> Iterator[Drift]:
        text, act = self.text, self.flow.act
        if not self.same:
            yield Drift("text", "", text.sha256.place, then=str(text.sha256), now=act.sha256)
        elif str(text.pages) != str(act.pages):
            yield Drift("pages", "", text.sha256.place, then=str(text.pages), now=str(act.pages))
        yield from self._values()
        yield from self._figures()

    def _spot(self, start: int, end: int) -> _Spot:
        """Page, offset and digest of a passage, as the anchors write them."""
        if start < 0:
            return "", "", ""
        act, origin = self.flow.act, self.flow.origin(start)
        return str(act.page_of(origin)), str(act.offset_of(origin)), sha256_of(self.flow, start, end)

    def _values(self) -> Iterator[Drift]:
        now: dict[tuple[str, str], list[Anchored]] = {}
        for one in self.anchoring.values:
            now.setdefault((one.value.name, one.value.since.isoformat()), []).append(one)
        then: dict[tuple[str, str], list[ValueForm]] = {}
        for name, forms in self.text.values.items():
            for form in forms:
                then.setdefault((str(name), str(form.from_)), []).append(form)
        for key, told in then.items():
            for form, one in zip(told, now.get(key, ()), strict=False):
                # A value or a locator that the rules changed since is told by `misure check`.
                if (str(form.value), str(form.at or "")) == (one.value.form, one.value.at):
                    yield from self._value(form, one)

    def _value(self, form: ValueForm, one: Anchored) -> Iterator[Drift]:
        then, now = _spot_of(form), self._spot(one.start, one.end)
        apart = (*then, str(form.state or "found")) != (*now, one.state) if self.same else then[2] != now[2]
        if apart:
            name = f"{one.value.name} {one.value.form}"
            what: What = "misplaced" if self.same else "changed" if one.start >= 0 else "gone"
            yield Drift(what, name, form.value.place, then[0], then[1], one.start, one.end)

    def _figures(self) -> Iterator[Drift]:
        """Figures that are no value: those of the anchors that the text does not have, and the other way round."""
        placed = self.anchoring.placed
        stand = [
            (figure, self._key(figure.form, self._spot(figure.start, figure.end)), at in placed)
            for at, figure in enumerate(self.anchoring.figures) if figure.role == "value"
        ]  # fmt: skip
        rows = [*self.text.named, *self.text.explained, *self.text.unexplained]
        left = Counter(key for _, key, _ in stand)
        for row in rows:
            spot = _spot_of(row)
            key = self._key(str(row.figure), spot)
            if left[key]:
                left[key] -= 1
            else:
                what: What = "absent" if self.same else "gone"
                yield Drift(what, str(row.figure), row.figure.place, spot[0], spot[1])
        known = Counter(self._key(str(row.figure), _spot_of(row)) for row in rows)
        values = {_spot_of(form)[2] for forms in self.text.values.values() for form in forms}
        for figure, key, is_value in stand:
            if known[key]:
                known[key] -= 1
            elif not is_value and key[-1] not in values:
                yield Drift("unanchored" if self.same else "new", figure.form, start=figure.start, end=figure.end)

    def _key(self, form: str, spot: _Spot) -> tuple[str, ...]:
        """By what a figure of the same text is known, and one of another text: there pages and offsets move."""
        return (form, *spot) if self.same else (form, spot[2])


def _spot_of(form: ValueForm | FigureForm) -> _Spot:
    page, offset = ("" if one is None else str(one) for one in (form.page, form.offset))
    return page, offset, str(form.sha256 or "")
