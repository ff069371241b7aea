# SPDX-License-Identifier: Apache-2.0
"""An element AIUTO, parsed by whoever reads XML, becomes a record; what is wrong with it is gathered, not raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from misure.register.aids import texts
from misure.register.aids.aid import AidComponent, AidInstrument, AidRecord
from misure.register.aids.schema import AID, COMPONENT, COMPONENTS, INSTRUMENT, INSTRUMENTS, LEAVES, Kind, Leaf
from misure.register.codes import regulation_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["ElementReader"]

_Read: TypeAlias = Callable[[str | None], Any] | None


class _LayoutReading(NamedTuple):
    """How an element of one layout is read."""

    steps: tuple[tuple[int | None, _Read, Leaf], ...]
    """Where each leaf stands, if it does, and what reads it."""
    listed: int | None
    """Where its list stands."""
    strange: bool
    """Something is in it that is not in the schema, or is in it twice."""
    whole: bool
    """Every leaf that the schema asks for is there: nothing has to be said of one that is not."""
    in_order: Callable[[list[str | None]], tuple[Any, ...]]
    """The texts of the leaves in the order of the schema, of those in the order of the file and a last one that is told by nobody."""
    texts: tuple[int, ...]
    """The places, among the values, of the leaves that are there and are kept as written."""
    others: tuple[tuple[int, Callable[[str | None], Any]], ...]
    """The same of every other leaf that is there, and what reads it."""
    untold: tuple[tuple[int, Any], ...]
    """The leaves that are not there and whose value is something all the same."""


_MOST_LAYOUTS = 256
_SHORT, _MOST_KEPT = 8, 64
"""A text of so many characters may say that nothing is told; one of more is not kept for the next time."""


class ElementReader:
    """Reads elements whose names begin with `prefix`, the namespace of the file in braces.

    After each record `faults` holds what damages it, and `oddities` the kinds of what is odd, with words for each.
    """

    def __init__(self, prefix: str, *, granted_by: dt.date | None, unknown_regulations: bool) -> None:
        self.faults: list[str] = []
        self.oddities: list[tuple[str, str]] = []
        self.codice_fiscale: str | None = None
        """Whose aid it is, as far as it could be read, however damaged the rest."""
        self.cor: str | None = None
        self._prefix = prefix
        self._granted_by = granted_by
        self._unknown_regulations = unknown_regulations
        """Whether a code of no known regulation may stand."""
        self._leaves = {
            holder: tuple((prefix + leaf.element, _READERS[leaf.kind], leaf) for leaf in leaves)
            for holder, leaves in LEAVES.items()
        }
        self._lists = {AID: (COMPONENTS, COMPONENT), COMPONENT: (INSTRUMENTS, INSTRUMENT)}
        self._holders = {prefix + name: name for name in (COMPONENT, INSTRUMENT)}
        self._plans: dict[tuple[str, ...], _LayoutReading] = {}
        self._blanks: set[str | None] = {None}
        """What was seen between elements, and is nothing but blanks."""
        self._known = frozenset(tag for leaves in self._leaves.values() for tag, _, _ in leaves) | {
            prefix + name for name in (COMPONENTS, COMPONENT, INSTRUMENTS, INSTRUMENT)
        }

    def record(self, element: Element) -> AidRecord | None:
        """The record of an element; None where it is damaged: `faults` says how."""
        self.faults, self.oddities, self.codice_fiscale, self.cor = [], [], None, None
        values, children = self._values(element, AID)
        self.cor, self.codice_fiscale = values[8], values[17]
        granted_on = values[12]
        if self._granted_by is not None and granted_on is not None and granted_on > self._granted_by:
            self.faults.append(f"DATA_CONCESSIONE: {granted_on} lies after {self._granted_by}, when the file was drawn")
        components = tuple(map(self._component, children))
        if self.faults:
            return None
        values.append(components)
        return AidRecord(*values)

    def _component(self, element: Element) -> AidComponent:
        values, children = self._values(element, COMPONENT)
        code = values[3]
        if not self._unknown_regulations and regulation_of(code) is None:
            what = f"no known regulation has the code {code!r}" if code is not None else "it is not told"
            self.faults.append(f"COD_REGOLAMENTO: {what}")
        for sector in values[9]:
            if not texts.is_sector(sector):
                self.oddities.append(("unusual_sector", f"SETTORE_ATTIVITA: {sector[:40]!r} is written unlike I.56.1"))
                break
        instruments = tuple(AidInstrument(*self._values(child, INSTRUMENT)[0]) for child in children)
        values.append(instruments)
        return AidComponent(*values)

    def _values(self, element: Element, holder: str) -> tuple[list[Any], Sequence[Element]]:
        """The values of an element's leaves, in the order of the schema, and what its list holds."""
        held = list(element)
        layout = (holder, *[child.tag for child in held])
        plan = self._plans.get(layout)
        if plan is None:
            plan = self._plan(held, holder, layout)
        if not plan.whole:
            values = self._slowly(held, plan)
        else:
            written = [child.text for child in held]
            written.append(None)
            values = list(plan.in_order(written))
            try:
                for at, reader in plan.others:
                    values[at] = reader(values[at])
            except ValueError:
                values = self._slowly(held, plan)
            else:
                for at in plan.texts:
                    text = values[at]
                    # Nearly every text is longer than `n.d.` and has no blanks at its ends: it is spared the closer look.
                    if text is not None and (len(text) <= _SHORT or text.strip() is not text):
                        values[at] = texts.told(text) if len(text) > _MOST_KEPT else texts.told_short(text)
                for at, nothing in plan.untold:
                    values[at] = nothing
        children: Sequence[Element] = ()
        if plan.listed is not None:
            children = self._listed(held[plan.listed], holder)
        elif holder == COMPONENT:
            self._absent(Leaf(INSTRUMENTS))
        if plan.strange or sum(map(len, held)) != len(children):
            self._strange(element, holder)
        # What stands between elements is the same few rows of blanks: most files have two or three.
        blanks = self._blanks
        if element.text not in blanks or not blanks.issuperset([child.tail for child in held]):
            between = [element.text, *[child.tail for child in held]]
            for text in between:
                if text is not None and not text.isspace():
                    self.faults.append(f"{holder}: there is text between its elements")
                    break
            else:
                if len(blanks) < _MOST_LAYOUTS:
                    blanks.update([text for text in between if text is None or len(text) < _MOST_LAYOUTS])
        return values, children

    def _slowly(self, held: list[Element], plan: _LayoutReading) -> list[Any]:
        """The values of an element in which something is wrong, missing or odd: everything is told in the order of the schema."""
        values: list[Any] = []
        for at, reader, leaf in plan.steps:
            if at is None:
                values.append(self._absent(leaf) if leaf.always else None)
                continue
            text = held[at].text
            try:
                values.append(texts.told(text) if reader is None else reader(text))
            except texts.RaisedToCent as problem:
                self.oddities.append(("raised_to_cent", f"{leaf.element}: {problem}"))
                values.append(problem.cents)
            except ValueError as problem:
                self.faults.append(f"{leaf.element}: {problem}")
                values.append(_nothing(leaf))
        return values

    def _plan(self, held: list[Element], holder: str, layout: tuple[str, ...]) -> _LayoutReading:
        """Where in an element of one layout each leaf stands, and its list: files have few layouts, so each is kept."""
        places = {child.tag: at for at, child in enumerate(held)}
        steps = tuple((places.pop(tag, None), reader, leaf) for tag, reader, leaf in self._leaves[holder])
        listed = places.pop(self._prefix + self._lists[holder][0], None) if holder in self._lists else None
        there = [(at, reader) for at, (stands, reader, _) in enumerate(steps) if stands is not None]
        nobody = len(held)
        plan = _LayoutReading(
            steps, listed, bool(places) or len(set(layout)) != len(layout),
            not any(stands is None and leaf.always for stands, _, leaf in steps),
            itemgetter(*(nobody if stands is None else stands for stands, _, _ in steps)),
            tuple(at for at, reader in there if reader is None),
            tuple((at, reader) for at, reader in there if reader is not None),
            tuple(
                (at, nothing) for at, (stands, _, leaf) in enumerate(steps)
                if stands is None and (nothing := _nothing(leaf)) is not None
            ),
        )  # fmt: skip
        if len(self._plans) < _MOST_LAYOUTS:
            self._plans[layout] = plan
        return plan

    def _listed(self, listed: Element, holder: str) -> Sequence[Element]:
        name, item = self._lists[holder]
        tag = self._prefix + item
        children = list(listed)
        wrong = [child for child in children if child.tag != tag]
        for child in wrong:
            self.faults.append(f"{name}: {self._plain(child.tag)} stands in it, and only {item} may")
        return [child for child in children if child.tag == tag] if wrong else children

    def _absent(self, leaf: Leaf) -> tuple[str, ...] | None:
        if leaf.needed:
            self.faults.append(f"{leaf.element}: the element is missing")
        elif leaf.always:
            self.oddities.append(("missing_element", f"{leaf.element}: the schema asks for it"))
        return _nothing(leaf)

    def _strange(self, element: Element, holder: str) -> None:
        """Say what stands in an element that should not: the rare case, looked into when the counts do not fit."""
        seen: set[str] = set()
        own = {tag for tag, _, _ in self._leaves[holder]}
        listed = self._prefix + self._lists[holder][0] if holder in self._lists else ""
        for child in element:
            name = self._plain(child.tag)
            if child.tag in seen:
                self.faults.append(f"{name}: it is told twice")
            seen.add(child.tag)
            if child.tag in own and len(child):
                self.faults.append(f"{name}: {self._plain(child[0].tag)} stands inside it")
            elif child.tag not in own and child.tag != listed:
                if child.tag in self._known or child.tag == self._prefix + AID:
                    self.faults.append(f"{holder}: {name} stands in it out of its place")
                else:
                    self.oddities.append(("unknown_element", f"{name}: the schema has no such element in {holder}"))

    def _plain(self, tag: str) -> str:
        return tag.removeprefix(self._prefix)


def _nothing(leaf: Leaf) -> tuple[str, ...] | None:
    """The value of a leaf that tells nothing."""
    return () if leaf.kind is Kind.SECTORS else None


_READERS: dict[Kind, _Read] = {
    Kind.TEXT: None,
    Kind.CODE: texts.code,
    Kind.SIZE: texts.size,
    Kind.DIGITS: texts.digits,
    Kind.WHOLE: texts.whole,
    Kind.DAY: texts.day,
    Kind.MONEY: texts.money,
    Kind.SECTORS: texts.sectors,
}
