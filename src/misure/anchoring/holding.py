# SPDX-License-Identifier: Apache-2.0
"""Whether the rules still say what `anchors.yaml` found in the text: held without the text, by `misure check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from misure.anchoring.anchors_file import ANCHORS, AnchorsFile, read_anchors
from misure.anchoring.naming import RuleWords, Said
from misure.anchoring.published import Published, published_of
from misure.anchoring.session import folder_of, words_in
from misure.anchoring.writing.counted import same_counted
from misure.ground.errors import BadRules
from misure.ground.place import Fault, nearest
from misure.reading.forms.anchors import FigureForm, TextForm, ValueForm
from misure.reading.text.written import Written
from misure.rulebook.rules import Rulebook

__all__ = ["anchor_faults", "faults_beside"]


def anchor_faults(book: Rulebook) -> list[Fault]:
    """What no longer fits between a measure and its anchors, and what they say is not accounted for; nothing where it has none."""
    try:
        file = read_anchors(folder_of(book) / ANCHORS)
        if not (file.texts or file.explained):
            return []
        words = words_in(book)
    except BadRules as problem:
        return list(problem.faults)
    return faults_beside(book, file, words)


def faults_beside(book: Rulebook, file: AnchorsFile, words: RuleWords) -> list[Fault]:
    """The same, of a measure whose anchors and sentences were read."""
    faults = list(_of_no_act(file, book))
    for act, text in file.texts.items():
        if act in book.acts:
            faults += _Held(book, act, text, words).faults(file)
    return faults


def _of_no_act(file: AnchorsFile, book: Rulebook) -> Iterator[Fault]:
    for key in (*file.explained, *file.texts):
        if key not in book.acts:
            yield Fault(key.place, str(key), "the measure cites no act of this id", nearest(key, book.acts))


class _Held:
    def __init__(self, book: Rulebook, act: str, text: TextForm, words: RuleWords) -> None:
        self.book, self.act, self.text, self.words = book, act, text, words
        self.again = f"run 'misure anchor {book.id} ACT.txt --write' again, with the text of {book.acts[act].label}"

    def faults(self, file: AnchorsFile) -> list[Fault]:
        """All of them."""
        explained = (form for one in file.reasons(self.act) for form in one.forms)
        return [*self._values(), *self._named(), *self._explained(explained, file), *self._open()]

    def _values(self) -> Iterator[Fault]:
        now: dict[tuple[str, str], list[Published]] = {}
        for one in published_of(self.book, self.act):
            now.setdefault((one.name, one.since.isoformat()), []).append(one)
        then: dict[tuple[str, str], list[ValueForm]] = {}
        for name, forms in self.text.values.items():
            for form in forms:
                then.setdefault((str(name), str(form.from_)), []).append(form)
        for key, values in now.items():
            yield from self._compared(key, values, then.get(key, []))
        for key, gone in then.items():
            if key not in now:
                message = f"the rules have no such value from {key[1]} on any more: {self.again}"
                yield Fault(gone[0].value.place, key[0], message)

    def _compared(self, key: tuple[str, str], now: list[Published], then: list[ValueForm]) -> Iterator[Fault]:
        place = now[0].place
        if not then:
            yield Fault(place, key[0], f"this value came after the anchors were written: {self.again}")
            return
        says, said = [one.form for one in now], [str(form.value) for form in then]
        if says != said:
            yield Fault(place, key[0], f"the rules say {', '.join(says)}, the anchors {', '.join(said)}: {self.again}")
        elif now[0].at != str(then[0].at or ""):
            yield Fault(place, key[0], f"its locator is another than when the anchors were written: {self.again}")
        for form in then:
            if form.state in _ASTRAY:
                yield Fault(form.value.place, key[0], _ASTRAY[form.state].format(value=form.value))
            elif form.state == "inferred" and not now[0].inferred:
                yield Fault(
                    place, key[0], f"it is no reading of ours any more, and the text does not have it: {self.again}"
                )

    def _named(self) -> Iterator[Fault]:
        values: dict[str, set[str]] = {}
        for one in published_of(self.book, self.act):
            values.setdefault(one.name, set()).update(one.forms)
        sentences: dict[str, list[Said]] = {}
        for said in self.words.said:
            sentences.setdefault(said.rule, []).append(said)
        for figure in self.text.named:
            for rule in figure.by:
                told = any(_says(said, figure) for said in sentences.get(rule, ()))
                if not told and not _forms_of(figure) & values.get(rule, set()):
                    yield Fault(rule.place, str(rule), f"it names {_counted(figure)} no more: {self.again}")

    def _explained(self, by_hand: Iterable[str], file: AnchorsFile) -> Iterator[Fault]:
        hand, found = Counter(by_hand), Counter(str(one.figure) for one in self.text.explained)
        places: Mapping[str, Written] = {str(one.figure): one.figure for one in self.text.explained}
        entries = {form: one for one in file.reasons(self.act) for form in one.forms}
        for form in sorted(set(hand) | set(found)):
            if hand[form] > found[form]:
                message = f"{form} is explained more often than the text has it unaccounted for: {self.again}"
                yield Fault(entries[form].place, "explained", message)
            elif hand[form] < found[form]:
                yield Fault(places[form].place, "explained", f"nothing explains {form} any more: {self.again}")

    def _open(self) -> Iterator[Fault]:
        for figure in self.text.unexplained:
            message = f"no rule names {figure.figure}, on page {figure.page} of {self.book.acts[self.act].label}, and nothing explains it"
            yield Fault(figure.figure.place, "unexplained", message)


_ASTRAY = {
    "missing": "the text does not have {value}",
    "elsewhere": "{value} does not stand at its locator: the text has it elsewhere",
    "partly": "{value} does not stand at every place that its locator names",
    "beside": "{value} does not stand at the part that its locator names: it is elsewhere on that page",
}


def _forms_of(figure: FigureForm) -> set[str]:
    """How a figure may be written: a bare number is one of points too."""
    written = str(figure.figure)
    bare = written.removesuffix(" points")
    return {written, bare, f"{bare} points"}


def _counted(figure: FigureForm) -> str:
    return " ".join((str(figure.figure), *figure.counts))


def _says(said: Said, figure: FigureForm) -> bool:
    """Whether a sentence still names a figure, with what it counts."""
    forms, counts = _forms_of(figure), tuple(map(str, figure.counts))
    return any(
        named.form in forms and (not counts or same_counted(counts, "", named.counted, said.told))
        for named in said.figures
    )
