# SPDX-License-Identifier: Apache-2.0
r"""Filling a form with what of a file can be used: what cannot is told and left out, and the rest is looked at all the same.

>>> from misure.reading.text.events import read_text
>>> from misure.reading.text.files import Files
>>> from misure.reading.forms.vocabulary import VocabularyForm
>>> files = Files([])
>>> tree = read_text("format: 1\ncolour: {red: {}}\nflags: {young: {label: x, question: '?'}}", "v.yaml")
>>> form, tree = fill_parts(VocabularyForm, tree, files)
>>> print(*files.faults, sorted(files.left.names), list(form.flags))
v.yaml:2:1: unknown key 'colour' ['colour', 'red'] ['young']
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from misure.ground.place import Place, nearest
from misure.reading.forms.filling import fault_of, own_errors, steps_of, words_of
from misure.reading.text.files import Files
from misure.reading.text.left_out import UNTOLD, is_stand_in, names_in, stand_in
from misure.reading.text.tree import Mapping, Node, Sequence, key_of
from misure.reading.text.written import Written

__all__ = ["fill_parts"]

F = TypeVar("F", bound=BaseModel)

_MOST_ROUNDS = 30
"""Each round leaves something out, one shape further up at most: no form is so deep."""

_LAST_DAY = "9999-12-31"
_STAND_INS: dict[str, str | list[object] | dict[str, object]] = {
    "format": "1", "law_of": "filing",
    "acts": {UNTOLD: {"type": UNTOLD, "number": UNTOLD, "date": _LAST_DAY}}, "sources": {UNTOLD: {"confidence": "official"}},
    "editions": {_LAST_DAY: {"act": UNTOLD}}, "cite": {"act": UNTOLD, "at": UNTOLD}, "scale": {"from": UNTOLD, "to": UNTOLD},
 "between": [UNTOLD, UNTOLD], "window": {"from": UNTOLD, "until": UNTOLD},
}  # fmt: skip
"""What stands for a part that a form must have, so that what surrounds it can be looked at."""
_UNREADABLE = Written("")
"""A key that is no text, which was told where the file was read: it may be the one that is missing."""
_SHORT = 4
"""A word as short as `not` or `none` stands in any sentence."""
_NAMES = ("id", "total")
"""Keys whose text is itself a name."""
_WRONG_TEXT = ("is_instance_of", "one_or_more")
_NAMING = frozenset(
    "acts sources parameters provisions facts flags events tables fields units support spending score tranches uses definitions "
    "admission assessment selection award payment reporting upkeep exemptions terms duties lines plans windows envelopes recovers".split()
)
"""Parts that give names: where one holds none, nobody knows which it would have given."""


def fill_parts(form: type[F], node: Node, files: Files) -> tuple[F | None, Node]:
    """The form filled with what can be used of `node`, and that; None where nothing can. What is left out is kept in `files`."""
    filling = _Filling(form, node, files)
    told = {fault.place for fault in files.faults if fault.place.line}
    for _ in range(_MOST_ROUNDS):
        try:
            return form.model_validate(filling.root), filling.root
        except ValidationError as problem:
            errors = own_errors(filling.root, problem)
        found = [fault_of(form, filling.root, error) for error in errors if not filling.follows(error)]
        files.faults += [fault for fault in found if fault.place not in told]
        if not filling.mend(errors):
            break
    files.left.unsure = True
    return None, node


class _Filling:
    """One tree from which what is wrong is taken, round after round."""

    def __init__(self, form: type[BaseModel], node: Node, files: Files) -> None:
        self.form, self.root, self.left = form, _copied(node), files.left
        self._touched: set[tuple[Place, str]] = set()
        """Keys that were taken out of a mapping, or changed there."""
        self._shortened: set[Place] = set()
        self._tried: set[tuple[Place, str]] = set()

    def _meant(self, error: ErrorDetails) -> str | None:
        """The key that an unknown one is a slip of, where it does not stand there itself."""
        if error["type"] != "extra_forbidden":
            return None
        around, near = _at(self.root, steps_of(error)[:-1]), fault_of(self.form, self.root, error).suggestion
        return near if near is not None and isinstance(around, Mapping) and near not in around else None

    def follows(self, error: ErrorDetails) -> bool:
        """Whether the error only follows from what was left out before."""
        *way, last = steps_of(error) or [""]
        around = _at(self.root, way)
        if around is None:
            return False
        if error["type"] == "missing":
            unreadable = isinstance(around, Mapping) and _UNREADABLE in around
            return (around.place, str(last)) in self._touched or is_stand_in(around) or unreadable
        node = _at(around, [last])
        return node is not None and (is_stand_in(node) or node.place in self._shortened)

    def mend(self, errors: list[ErrorDetails]) -> bool:
        """Take out, or replace, what is wrong; False where nothing is left to do."""
        cuts: list[tuple[Node, Node | str]] = []
        done = False
        for error in sorted(errors, key=lambda error: error["type"] != "extra_forbidden"):  # slips of keys first
            steps = steps_of(error)
            if not steps:
                return False
            if not self._replaced(steps, error):
                cuts.append(self._cut(steps, error))
            done = True
        for around, what in cuts:
            self._take_out(around, what)
        return done and all(around is not what for around, what in cuts)

    def _replaced(self, steps: list[str | int], error: ErrorDetails) -> bool:
        """Whether something can stand in the place of what is wrong."""
        *way, last = steps
        around, kind = _at(self.root, way), error["type"]
        if not isinstance(around, Mapping | Sequence):
            return False
        node = _at(around, [last])
        key = (around.place, str(last))
        if near := self._meant(error):
            assert isinstance(around, Mapping)
            written = key_of(around, str(last))
            around[written.beside(near)] = around.pop(written)
            self._touch((around.place, near), steps)
            return True
        if kind == "missing" and node is not None:  # a slip of its key was put right
            return True
        if kind == "literal_error" and isinstance(node, Written) and not is_stand_in(node):
            near = nearest(str(node), words_of(error))
            if near is None and not (way == [] and last in _STAND_INS):
                return False
            _put(around, last, node.beside(near or str(_STAND_INS[str(last)])))
            self._touch(key, steps)
            return True
        if key in self._tried or (kind not in (*_WRONG_TEXT, "missing") and last not in _STAND_INS):
            return False
        if kind == "extra_forbidden" or (not isinstance(last, str) and kind == "missing"):
            return False
        self._tried.add(key)
        self._touch(key, steps)
        if node is not None:
            self._leave_out(steps, node, shape=kind not in _WRONG_TEXT)
        elif last in _STAND_INS:
            self.left.names.add(str(last))
        self.left.unsure |= last in _NAMES
        _put(around, last, stand_in(_STAND_INS.get(str(last), UNTOLD)))
        return True

    def _cut(self, steps: list[str | int], error: ErrorDetails) -> tuple[Node, Node | str]:
        """What is to be taken out, and of what: the value itself, or what holds it where it must have it."""
        self.left.sections.add(str(steps[0]))
        *way, last = steps
        around = _at(self.root, way)
        if (
            error["type"] == "literal_error"
            and isinstance(around, Mapping)
            and (around.place, str(last)) not in self._tried
        ):
            # Most words may be left out, and the rest of their shape is looked at; of one that may not, the next round tells.
            self._tried.add((around.place, str(last)))
            rules = frozenset(step for step in way[1:] if isinstance(step, str))
            self.left.guessed.add(
                (rules, frozenset({str(last), *(one for one in words_of(error) if len(one) > _SHORT)}))
            )
            return around, str(last)
        needed = error["type"] == "missing" or (around is not None and (around.place, str(last)) in self._tried)
        if around is None or needed or (error["type"] == "literal_error" and way):
            *way, last = way or [last]
            around = _at(self.root, way)
        assert around is not None
        node = _at(around, [last])
        if node is None:
            return around, around
        self._leave_out([*way, last], node, shape=error["type"] not in ("extra_forbidden", "missing", "literal_error"))
        if error["type"] != "extra_forbidden" and way:
            self._quiet(way)
        return around, str(last) if isinstance(around, Mapping) else node

    def _leave_out(self, steps: list[str | int], node: Node, *, shape: bool) -> None:
        """Remember the names of what is left out."""
        names = set(names_in(node))
        self.left.names |= {*names, str(steps[-1])}
        key = next((step for step in reversed(steps) if isinstance(step, str)), "")
        if shape and not names and (key in _NAMING or "plans" in steps):
            self.left.unsure = True

    def _take_out(self, around: Node, what: Node | str) -> None:
        self._shortened.add(around.place)
        if isinstance(around, Mapping) and isinstance(what, str):
            self._touched.add((around.place, what))
            around.pop(Written(what), None)
        elif isinstance(around, Sequence):
            around[:] = [one for one in around if one is not what]

    def _quiet(self, way: list[str | int]) -> None:
        """What lacks something that was left out is not blamed for it, under its own name."""
        around = _at(self.root, way[:-1])
        if isinstance(around, Mapping) and way[-1] in around:
            self.left.places.add(key_of(around, str(way[-1])).place)

    def _touch(self, key: tuple[Place, str], steps: list[str | int]) -> None:
        self._touched.add(key)
        self.left.sections.add(str(steps[0]))


def _at(node: Node, steps: list[str | int]) -> Node | None:
    """The value at the end of a way; None where the way leads nowhere."""
    found: Node | None = node
    for step in steps:
        if isinstance(found, Mapping):
            found = found.get(Written(step)) if isinstance(step, str) else None
        elif isinstance(found, Sequence) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def _put(around: Mapping | Sequence, last: str | int, node: Node) -> None:
    if isinstance(around, Mapping):
        around[key_of(around, str(last)) if last in around else Written(str(last))] = node
    elif isinstance(last, int):
        around[last] = node


def _copied(node: Node) -> Node:
    """The same tree, of which something may be taken out: its texts are the same."""
    if isinstance(node, Written):
        return node
    own = node.bare()
    if isinstance(own, Mapping) and isinstance(node, Mapping):
        own.update((key, _copied(value)) for key, value in node.items())
    elif isinstance(own, Sequence) and isinstance(node, Sequence):
        own.extend(map(_copied, node))
    return own
