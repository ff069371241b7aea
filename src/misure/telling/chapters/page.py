# SPDX-License-Identifier: Apache-2.0
"""What is told, before it is printed: a page of sections of lines. Plain frozen data, already in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from misure._reopen import by_public_name
from misure.ground.truth import Truth
from misure.rulebook.rules import Act

__all__ = ["MARKS", "Line", "Links", "Mark", "Page", "Section", "links_of"]

Links = tuple[tuple[str, str], ...]
"""How an act is cited, and where it can be read."""


def links_of(acts: Iterable[Act], on: dt.date) -> Links:
    """The acts of that day that can be read at a permanent address: one that came later is none of its sources."""
    return tuple((act.label, act.url) for act in acts if act.url and (act.date is None or act.date <= on))


@by_public_name
class Mark(StrEnum):
    """What a line says at a glance."""

    FAILED = "failed"
    OPEN = "open"
    MET = "met"
    WAITING = "waiting"
    PLAIN = "plain"


MARKS = {
    Truth.YES: Mark.MET, Truth.NO: Mark.FAILED, Truth.UNKNOWN: Mark.OPEN, Truth.NOT_APPLICABLE: Mark.PLAIN,
    Truth.PENDING: Mark.WAITING,
}  # fmt: skip
"""The mark of each answer of a condition."""


@by_public_name
@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, with its citation, how sure it is (`flag`, "" when it is), and what explains it.

    `folded` are lines that this one sums up: counted, and told only when everything is asked for.
    """

    text: str
    mark: Mark = Mark.PLAIN
    cite: str = ""
    flag: str = ""
    details: tuple[str, ...] = ()
    folded: tuple[Line, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The line as plain data; what is empty is left out."""
        told: dict[str, object] = {"mark": str(self.mark), "text": self.text}
        told |= {name: getattr(self, name) for name in ("cite", "flag") if getattr(self, name)}
        told |= {"details": list(self.details)} if self.details else {}
        return told | ({"folded": [line.to_dict() for line in self.folded]} if self.folded else {})


@by_public_name
@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title ("" for the first, which needs none)."""

    title: str
    lines: tuple[Line, ...]

    def to_dict(self) -> dict[str, object]:
        """The section as plain data, ready for JSON."""
        return {"title": self.title, "lines": [line.to_dict() for line in self.lines]}


@by_public_name
@dataclass(frozen=True, slots=True)
class Page:
    """A whole page. `tone` is the mark of the answer, for whoever prints it in colour."""

    language: str
    title: str
    preamble: tuple[str, ...] = ()
    answer: str = ""
    tone: Mark = Mark.PLAIN
    summary: tuple[str, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    links: Links = ()
    """For whoever can follow them: citations begin with how an act is cited."""

    def to_dict(self) -> dict[str, object]:
        """The page as plain data."""
        links: dict[str, object] = {"links": dict(self.links)} if self.links else {}
        return links | {
            "language": self.language,
            "title": self.title,
            "preamble": list(self.preamble),
            "answer": self.answer,
            "summary": list(self.summary),
            "sections": [section.to_dict() for section in self.sections],
        }
