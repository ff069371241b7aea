# SPDX-License-Identifier: Apache-2.0
"""Every rule of a measure beside the text of an act: what it says, on which pages it stands, which values it reads, which figures it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from misure.anchoring.flow import Flow
from misure.anchoring.places import Places, Region
from misure.anchoring.session import Held
from misure.ground.record import Record, texts_in
from misure.rulebook.costs import SpendingLine
from misure.rulebook.rule import Rule
from misure.rulebook.rules import Bonus, Condition, Criterion, Definition, Duty, Rulebook, SupportLine, Tension, Term
from misure.rulebook.tranches import Tranche
from misure.telling.language.language import message

__all__ = ["GROUPS", "PagesOf", "Read", "RuleBeside", "rules_beside", "rules_by_id"]

GROUPS = {
    "condition": message("Condizioni"), "term": message("Termini"), "duty": message("Obblighi"), "spending": message("Spese"),
    "support": message("Contributi"), "score": message("Punteggio"), "tranche": message("Pagamenti"), "definition": message("Definizioni"),
    "other": message("Altre regole"), "tension": message("Contrasti fra disposizioni"), "not_modelled": message("Disposizioni senza regola"),
}  # fmt: skip
"""What rules are, in the order in which they are told."""
_KINDS: tuple[tuple[type[Rule], str], ...] = (
    (Condition, "condition"), (Term, "term"), (Duty, "duty"), (SpendingLine, "spending"), (SupportLine, "support"),
    (Criterion, "score"), (Bonus, "score"), (Tranche, "tranche"), (Definition, "definition"), (Tension, "tension"),
)  # fmt: skip
_BRACES = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_MOST_PAGES = 12
"""A rule that cites more pages, as that of a whole annex, is told at the first one alone."""


@dataclass(frozen=True, slots=True)
class RuleBeside:
    """A rule beside the text: its id and kind (a key of `GROUPS`), its sentence, how it is cited, and what it leads to.

    `pages` are those of the text on which its locators are, `values` the numbers of the published values that it reads, `figures`
    those of the figures that its words name.
    """

    id: str
    kind: str
    sentence: str
    cite: str
    pages: tuple[int, ...]
    values: tuple[int, ...] = ()
    figures: tuple[int, ...] = ()


@dataclass(slots=True)
class Read:
    """A rule, and the names that stand in it."""

    rule: Rule
    names: set[str] = field(default_factory=set)


def rules_beside(held: Held, sentences: Mapping[str, str], pages: PagesOf) -> tuple[RuleBeside, ...]:
    """All rules of the measure, those without a figure too, in the order of `GROUPS` and of the file.

    `sentences` are what the rules say, by their ids, and `pages` those of the text.
    """
    found = held.anchoring
    by_value: dict[str, list[int]] = {}
    for number, one in enumerate(found.values):
        by_value.setdefault(one.value.name.partition(" ")[0], []).append(number)
    named: dict[str, list[int]] = {}
    for at, by in enumerate(found.by):
        for name in by:
            named.setdefault(name, []).append(at)
    told = [
        RuleBeside(
            id_, _kind(read.rule), sentences.get(id_) or read.rule.text, str(read.rule.cite), pages.of(read.rule),
            tuple(number for name in by_value if name in read.names for number in by_value[name]), tuple(named.get(id_, ())),
        )
        for id_, read in rules_by_id(held.book).items()
    ]  # fmt: skip
    told += [
        RuleBeside(id_, "not_modelled", sentences.get(id_, why), pages.row(id_), pages.at(pages.row(id_)), (), tuple(named.get(id_, ())))
        for id_, why in held.book.not_modelled.items()
    ]  # fmt: skip
    order = list(GROUPS)
    return tuple(sorted(told, key=lambda one: order.index(one.kind)))


def _kind(rule: Rule) -> str:
    return next((kind for type_, kind in _KINDS if isinstance(rule, type_)), "other")


def rules_by_id(book: Rulebook) -> dict[str, Read]:
    """Every rule by its id, with the names that stand in it: a term and the condition that it makes are one."""
    shapes = (book.spending, book.support, book.tranches, book.score, book.selection)
    parts = (book.terms, book.conditions, book.duties, *shapes, tuple(book.definitions.values()), book.tensions)
    found: dict[str, Read] = {}
    for rule, text in texts_in(parts, None, _rule_of):
        if rule is not None:
            found.setdefault(rule.id, Read(rule)).names.update((text, *_BRACES.findall(text)))
    return found


def _rule_of(part: Record, owner: Rule | None) -> Rule | None:
    return part if isinstance(part, Rule) and part.id else owner


class PagesOf:
    """On which pages of the text of an act locators are."""

    def __init__(self, held: Held) -> None:
        self.act, self.words = held.act.id, held.words
        self.flow: Flow = held.anchoring.flow
        said = [one for said in held.words.said for one in said.locators] + [row[0] for row in held.words.rows.values()]
        self.places = Places(self.flow, said)

    def row(self, provision: str) -> str:
        """Where `SOURCES.md` says that a provision stands."""
        return self.words.rows.get(provision, ("", ""))[0]

    def of(self, rule: Rule) -> tuple[int, ...]:
        """The pages of a rule that cites this act."""
        if rule.cite.act != self.act:
            return ()
        return self.at(rule.cite.at) or next(filter(None, map(self.at, map(self.row, rule.provisions))), ())

    def at(self, locator: str) -> tuple[int, ...]:
        """The pages of a locator; none where the text does not have it."""
        if not locator:
            return ()
        found = sorted({page for region in self.places.find(locator).places for page in self._on(region)})
        return tuple(found) if len(found) <= _MOST_PAGES else tuple(found[:1])

    def _on(self, region: Region) -> Iterator[int]:
        for start, end in region.spans:
            yield from range(self.flow.page_of(start), self.flow.page_of(max(start, end - 1)) + 1)
