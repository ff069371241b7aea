# SPDX-License-Identifier: Apache-2.0
"""Acts, the sources in which they were read, where they are cited, and the editions that they open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from misure._reopen import by_public_name
from misure.ground.record import Record
from misure.ground.truth import Confidence

__all__ = [
    "CHANGED", "OUR_WORDS", "PUBLISHED", "TRUTHS", "Act", "Citation", "Edition", "Read", "Source", "ValueReading", "several_places",
]  # fmt: skip


CHANGED = "nessuna fonte dice in che giorno il valore è cambiato"
"""Why a value is unknown on the days between which it may have changed."""
PUBLISHED = "giorno dell'atto che approva il bando"
"""The label of the day of the first edition, where the law beneath asks for it."""
TRUTHS = {"yes": "sì", "no": "no"}
"""How the cells of a table that a yes or no tells apart are called."""
OUR_WORDS = frozenset({CHANGED, PUBLISHED, *TRUTHS.values()})
"""What the library itself says among the words of a rule file."""


class Act(Record):
    """An act: `label` is how it is cited, such as `DGR XI/5899`, or `DGR del 30 novembre 2022` when its number is unknown.

    `date` is None where the text that was read does not say its day; then it has a number, or a name under which it is cited.

    `urn` is its permanent address, a URN:NIR or an ELI; "" where it has none, as resolutions of the regional government.
    """

    id: str
    type: str
    number: str | None
    date: dt.date | None
    title: str
    label: str
    urn: str = ""

    @property
    def url(self) -> str | None:
        """Where it can be read by its permanent address; None where there is none, or no place is known for it."""
        return _url_of(self.urn)


class Source(Record):
    """Where the text of an act was read, and how sure that makes what is read of it."""

    id: str
    confidence: Confidence
    title: str
    url: str


_PAGE = re.compile(r"\bpp?\. *[0-9]")
_ARTICLE = re.compile(r"\bart\. *[0-9]|\barticolo [0-9]")


def several_places(at: str) -> bool:
    """Whether a locator names several places of an act: by their pages, or by their articles where it has none.

    >>> several_places("A.3, comma 1, lett. c), pp. 7-8"), several_places("A.3, p. 7, e D.11, p. 48")
    (False, True)
    """
    return max(len(_PAGE.findall(at)), len(_ARTICLE.findall(at))) > 1


class Citation(Record):
    """Where the act says it: the act's id, how it is cited, the locator, and the act's permanent address or ""."""

    act: str
    label: str
    at: str
    urn: str = ""

    def __str__(self) -> str:
        return f"{self.label}, {self.at}" if self.at else self.label

    @property
    def url(self) -> str | None:
        """Where the act can be read by its permanent address; None where no such place is known."""
        return _url_of(self.urn)

    def to_dict(self) -> dict[str, str]:
        """As it stands in a decision's JSON; an act without a permanent address has no `urn` there."""
        return {"act": self.act, "at": self.at} | ({"urn": self.urn} if self.urn else {})


class ValueReading(Record):
    """One of the readings of a value on which sources, or two places of one text, do not agree; none stands before another.

    `known` is the value as this reading has it, written as in `Value`.
    """

    id: str
    known: int | Fraction | tuple[str, ...]
    citation: Citation
    confidence: Confidence


def _url_of(urn: str) -> str | None:
    from misure.identifiers.permanent import url_of  # only who follows an address needs it

    return url_of(urn) if urn else None


@by_public_name
class Read(StrEnum):
    """How far the governing text of an edition was read by whoever wrote its rules."""

    WHOLE = "whole"
    PARTLY = "partly"
    NOT = "not"

    @classmethod
    def least(cls, found: Iterable[Read]) -> Read:
        """The least of several: what was not read in one of them was not read in all."""
        return max(found, key=tuple(cls).index)


class Edition(Record, kw_only=True):
    """From `day` on `act` rules. `restates` lists what it says again; the rest is unchanged, or inferred.

    `read` says how far the text that governs was read, `note` in words which parts of it were, and which were not.
    """

    day: dt.date
    act: Act
    restates: frozenset[str]
    others_inferred: bool
    confidence: Confidence
    read: Read = Read.NOT
    note: str = ""
