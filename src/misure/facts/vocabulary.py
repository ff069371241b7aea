# SPDX-License-Identifier: Apache-2.0
"""What may be said of an applicant: every fact, with its type, unit, finite bounds, question and nature.

These are the definitions, not the values. Numbers are held as integers scaled by the decimals of their unit (cents for
EUR), days as proleptic ordinals (`datetime.date.toordinal`), so that bounds are integers too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from misure._reopen import by_public_name
from misure.ground.place import Place

__all__ = [
    "FILING", "FILING_TIME", "FIRST_DAY", "IN_WINDOW", "LAST_DAY", "TIME", "Fact", "Kind", "Nature", "Table", "Unit",
    "Vocabulary",
]  # fmt: skip

FILING = "filed_on"
"""The event of filing: the application is presented."""
FILING_TIME = "filing_time"
"""The time of day of filing, on the clock of Italy."""
IN_WINDOW = "filed_in_window"
"""Whether the application was filed in one of the windows of a call; in a selection the office says so with the window."""

TIME = "time"
"""The unit of times of day: seconds from midnight, with six decimals; written `10:30`, never as a number."""

FIRST_DAY = 693_596
"""1 January 1900, the first day any date may have."""
LAST_DAY = 767_009
"""31 December 2100, the last day of the calendar: an event that has not happened lies before its end."""


@by_public_name
class Kind(StrEnum):
    """The type of a value."""

    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"
    EVENT = "event"
    CHOICE = "choice"
    CODE = "code"
    TEXT = "text"


@by_public_name
class Nature(StrEnum):
    """Who can tell the fact: the applicant, another system, or a person who judges."""

    DECLARED = "declared"
    COMPUTED = "computed"
    ASSESSED = "assessed"


@by_public_name
@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its default decimals and bounds (scaled integers) and its words for one and for many."""

    name: str
    decimals: int
    least: int
    greatest: int
    counts: bool = False
    it: tuple[str, str] = ("", "")
    en: tuple[str, str] = ("", "")


@by_public_name
@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, or one field of a table's records."""

    name: str
    kind: Kind
    unit: str = ""
    decimals: int = 0
    least: int = 0
    greatest: int = 0
    """Bounds as scaled integers for numbers, as ordinals for dates and events; `greatest` is the length of a text."""
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    """Choice -> Italian label. Of a number, words told in its place: the last of its whole values, in this order."""
    scheme: str = ""
    """The edition of a code's classification, such as `ateco-2007`."""
    nature: Nature = Nature.DECLARED
    label: str = ""
    question: str = ""
    place: Place = Place("<vocabulary>")
    divisions: tuple[str, ...] = ()
    """The divisions of a code's classification; none where they are not known, and then any may stand."""
    identifier: str = ""
    """What a text must be: a `codice_fiscale`, a `cup`; "" for any text."""
    refers_to: str = ""
    """The table of which its value is a key; "" where it is a value of its own."""
    replaces: tuple[str, ...] = ()
    """Names of facts that were asked in its place before: who still tells one is told of this one."""
    implied_by: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of a truth, facts that are codes and the beginnings of codes under which it is so, whatever else is said."""
    not_before: tuple[str, ...] = ()
    """Days that nothing can turn round: this one never lies before one of them (a grant never before the application)."""
    not_after: tuple[str, ...] = ()
    """The same from the other side: this day never lies after one of them."""
    only_if: tuple[str, ...] = ()
    """Two days: a number is more than nothing only if the first is not after the second. Of a truth or an event one other,
    without which it cannot be. () where nothing of the kind is said."""
    determined_by: tuple[str, ...] = ()
    """Fields of the same table: records that tell the same in all of them tell the same here; () where each record may differ."""
    other_than: str = ""
    """A field of the same record that cannot tell the same: nobody controls itself."""

    @property
    def beyond(self) -> Mapping[str, int]:
        """The words that are told in the place of a number, and the values past its greatest for which they stand."""
        if self.kind is not Kind.NUMBER:
            return {}
        return {word: self.greatest - at for at, word in enumerate(reversed(tuple(self.choices)))}

    @property
    def is_time(self) -> bool:
        """Whether it is a time of day."""
        return self.unit == TIME and self.kind is Kind.NUMBER


@by_public_name
@dataclass(frozen=True, slots=True)
class Table:
    """A table of records: a partner, a year of VAT figures. `key` is unique; `shown` names a record to people.

    `identity` is the field, of an identifier kind, that says who a record is: no two records share it. "" where the table has
    none, or may hold one firm twice.
    """

    name: str
    key: str
    shown: str
    max_items: int
    fields: Mapping[str, Fact] = field(hash=False)
    unit: str = ""
    label: str = ""
    question: str = ""
    place: Place = Place("<vocabulary>")
    identity: str = ""


@by_public_name
@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All the units, facts and tables that rules may name."""

    units: Mapping[str, Unit] = field(hash=False)
    facts: Mapping[str, Fact] = field(hash=False)
    tables: Mapping[str, Table] = field(hash=False)
