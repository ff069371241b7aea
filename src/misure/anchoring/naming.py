# SPDX-License-Identifier: Apache-2.0
"""What the words of a rule file say beside its values: the figures that its sentences name, each with the places that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from misure.anchoring.figures import Figure
from misure.anchoring.roles import figures_in
from misure.reading.text.tree import Mapping as Node
from misure.reading.text.tree import Sequence
from misure.reading.text.written import Written

__all__ = ["RuleWords", "Said", "words_of"]

_TEXTS = frozenset({"text", "note", "inferred", "unknown", "may_be_extended", "why"})
"""The keys under which a rule says what its provision says: labels, titles and questions only name things."""
_ASIDE = frozenset({"acts", "sources", "editions", "unasked", "title", "choices", "units"})
"""What says nothing of the text of an act."""
_OF_APPLICANTS = ("facts", "flags", "events", "tables")
"""What is asked of the applicant: no provision stands behind its words, so that they account for nothing."""
_TEMPLATE = re.compile(r"\{[^{}]*\}")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_ROW = re.compile(r"^\|\s*`?([A-Z]+[0-9]*\.[0-9]+)`?\s*\|([^|]*)\|([^|]*)\|", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a rule file: whose it is, what it says, and where in which act it belongs."""

    rule: str
    text: str
    act: str
    locators: tuple[str, ...]

    @property
    def told(self) -> str:
        """What it says itself: values in braces are told by their parameters."""
        return _TEMPLATE.sub(" ", self.text)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that it names, in digits or words."""
        return tuple(found for found in figures_in(self.told) if found.role == "value")


@dataclass(frozen=True, slots=True)
class RuleWords:
    """All sentences of a rule file, and where each name is read: the locators of the rules that read it."""

    said: tuple[Said, ...]
    read_at: Mapping[str, tuple[tuple[str, str], ...]] = field(hash=False)
    """By name, pairs of an act and a locator."""
    rows: Mapping[str, tuple[str, str]] = field(hash=False)
    """By provision, where `SOURCES.md` says that it stands, and what it says."""


@dataclass(frozen=True, slots=True)
class _Scope:
    act: str = ""
    at: str = ""
    provisions: tuple[str, ...] = ()


def words_of(tree: Node, sources: str) -> RuleWords:
    """The sentences of a rule file, beside what `SOURCES.md` says of its provisions."""
    rows = {row[1]: (row[2].strip(), row[3].strip()) for line in sources.splitlines() if (row := _ROW.match(line))}
    walker = _Walker(rows)
    # Tensions come last: what they set against each other is accounted for by the rules first.
    for key, value in sorted(tree.items(), key=lambda one: one[0] == "tensions"):
        if key == "not_modelled" and isinstance(value, Node):
            for id_, why in value.items():
                walker.say(str(id_), f"{why} {rows.get(str(id_), ('', ''))[1]}", _Scope(provisions=(str(id_),)))
        elif key not in _ASIDE and key not in _OF_APPLICANTS:
            walker.walk(value, "" if key == "parameters" else str(key), _Scope())
    read_at = {name: tuple(dict.fromkeys(places)) for name, places in walker.read_at.items()}
    return RuleWords(tuple(walker.said), read_at, rows)


class _Walker:
    def __init__(self, rows: Mapping[str, tuple[str, str]]) -> None:
        self.rows = rows
        self.said: list[Said] = []
        self.read_at: dict[str, list[tuple[str, str]]] = {}

    def say(self, rule: str, text: str, scope: _Scope) -> None:
        """Keep a sentence, with the locators of its rule and of the provisions that its rule names."""
        rows = [self.rows[one][0] for one in scope.provisions if one in self.rows]
        locators = tuple(dict.fromkeys(one for one in (scope.at, *rows) if one))
        self.said.append(Said(rule, text, scope.act, locators))

    def walk(self, node: object, rule: str, scope: _Scope, *, whole: bool = False) -> None:
        """Go down a part of the file; what is cited further up holds below. All of a parameter is its own: its days, its cells."""
        if isinstance(node, Node):
            scope = _scope(node, scope)
            for key, value in node.items():
                if isinstance(value, Written):
                    if key in _TEXTS:
                        self.say(rule, str(value), scope)
                    self._reads(str(value), scope)
                elif key in ("holds", "when", "is"):
                    self.walk(value, rule, scope, whole=whole)
                elif key not in ("cite", "choices"):
                    self.walk(value, rule if whole or key in _SHAPES else str(key), scope, whole=whole or not rule)
        elif isinstance(node, Sequence):
            for item in node:
                self.walk(item, rule, scope, whole=whole)
        elif isinstance(node, Written):
            self._reads(str(node), scope)

    def _reads(self, text: str, scope: _Scope) -> None:
        if scope.at:
            for name in _NAME.findall(text):
                places = self.read_at.setdefault(name, [])
                if (scope.act, scope.at) not in places:
                    places.append((scope.act, scope.at))


_SHAPES = frozenset(
    {
        "values",
        "readings",
        "cases",
        "window",
        "at_most",
        "scale",
        "criteria",
        "threshold",
        "takes",
        "order",
        "tie_break",
    }
)


def _scope(node: Node, scope: _Scope) -> _Scope:
    cite = node.get("cite")  # type: ignore[call-overload]  # equal to the written key
    act, at = scope.act, scope.at
    for told in (cite, node) if isinstance(cite, Node) else (node,):
        named, place = told.get("act"), told.get("at")  # type: ignore[call-overload]  # equal to the written keys
        act = str(named) if isinstance(named, Written) else act
        at = str(place) if isinstance(place, Written) else at
    provision = node.get("provision") or node.get("provisions")  # type: ignore[call-overload]
    ids: Iterator[str] = map(
        str, provision if isinstance(provision, Sequence) else [provision] if isinstance(provision, Written) else []
    )
    return _Scope(act, at, tuple(ids) or scope.provisions)


def read_words(folder: Path, tree: Node) -> RuleWords:
    """The sentences of the measure in a folder, whose `measure.yaml` was read into a tree."""
    beside = folder / "SOURCES.md"
    return words_of(tree, beside.read_text("utf-8", "replace") if beside.is_file() else "")
