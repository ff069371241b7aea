# SPDX-License-Identifier: Apache-2.0
"""Codes of economic activities, NACE and ATECO: a code means something only with its edition.

Editions: `nace-2.0`, `nace-2.1`, and the Italian versions `ateco-2007` and `ateco-2022` (ATECO 2007, update of 2022), both of
NACE Rev. 2, and `ateco-2025` (of NACE Rev. 2.1). The update of 2022 changed categories and subcategories alone.
One activity has other codes in another edition (62.01 of ATECO 2007 is 62.10 of ATECO 2025), and one code other activities.
So a code is a pair, a prefix is looked for within one edition, and comparing two editions is an error. The table by which
Istat leads from one edition to the next (several codes to several) is not in this library.

What is checked: section, division, group and class (up to four digits) against NACE as python-stdnum carries it
(`tables/nace-classes.csv`). The fifth
and sixth digit are Istat's; only their form is checked, and `Code.confirmed` says so.

>>> code = parse("62.01.00", edition="ateco-2007")
>>> code.section, code.division, code.confirmed
('J', '62', False)
>>> code.within("J"), code.within("62.0"), code.within("6")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: ateco-2007: '6' is no section (J), division (62), group (62.0), class (62.01) or category (62.01.0, 62.01.00)
>>> code.within("J"), code.within("62.0"), code.within("63")
(True, True, False)
>>> is_valid("62.01", edition="nace-2.0"), is_valid("62.01", edition="nace-2.1")
(True, False)
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from misure.ground.errors import BadIdentifier
from misure.ground.place import nearest
from misure.ground.rules_folder import bundled_rules
from misure.identifiers.given_text import shown, stripped

__all__ = [
    "EDITIONS", "Code", "compact", "divisions", "form", "format", "is_valid", "likely", "parse", "sections", "validate",
]  # fmt: skip

EDITIONS: Mapping[str, str] = MappingProxyType(
    {"nace-2.0": "2.0", "nace-2.1": "2.1", "ateco-2007": "2.0", "ateco-2022": "2.0", "ateco-2025": "2.1"}
)
"""Edition -> the revision of NACE whose sections, divisions, groups and classes it has."""

_TABLES = {"2.0": "ateco-2007-sections.csv", "2.1": "ateco-2025-sections.csv"}
_NATIONAL = ("ateco-2007", "ateco-2022", "ateco-2025")
_FORM = re.compile(r"[A-Z]|[0-9]{2}(?:\.[0-9]{1,2}(?:\.[0-9]{1,2})?)?")
_WITH_SECTION = re.compile(r"([A-Z])\.?([0-9].*)", re.ASCII)
_BARE = re.compile(r"[0-9]{3,6}")
_SEPARATORS = re.compile(r"[,;:/_\-. ]+")
"""What is written for a point, by slip or by a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its edition. `text` is a section's letter, or digits with their points."""

    edition: str
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def section(self) -> str:
        """The letter of its section."""
        return self.text if self.text.isalpha() else _section_of(self.edition)[self.text[:2]]

    @property
    def division(self) -> str | None:
        """Its first two digits; None of a section."""
        return None if self.text.isalpha() else self.text[:2]

    @property
    def confirmed(self) -> bool:
        """Whether the whole code was found in a classification; of a fifth and sixth digit only the form was seen."""
        return self.text.count(".") < 2

    def within(self, other: Code | str) -> bool:
        """Whether the code lies under another of its edition: the same, its section, or digits with which it begins.

        Raises:
            BadIdentifier: The other is of another edition, or is no code.
        """
        if isinstance(other, str):
            other = parse(other, edition=self.edition)
        if other.edition != self.edition:
            message = f"is a code of {other.edition}, and codes of {self.edition} mean other things"
            raise BadIdentifier(self.edition, other.text, "component", message)
        if other.text.isalpha():
            return self.section == other.text
        return not self.text.isalpha() and _digits(self.text).startswith(_digits(other.text))

    def within_any(self, others: Iterable[Code | str]) -> bool:
        """Whether the code lies under one of several of its edition.

        Raises:
            BadIdentifier: One of them is of another edition, or is no code.
        """
        found = [self.within(other) for other in others]  # all of them: a wrong one is told wherever it stands
        return any(found)


def compact(given: object, *, edition: str) -> str:
    """The code alone: without blanks, in capitals, and without the section's letter before its digits (`J.62.0`).

    Raises:
        BadIdentifier: The edition is none; or the letter is that of another section.
    """
    _check_edition(edition)
    text = stripped(edition, given, " \t").upper()
    found = _WITH_SECTION.fullmatch(text)
    if found is None:
        return text
    section = _section_of(edition).get(found[2][:2])
    if section is not None and section != found[1]:
        message = f"has the letter {found[1]}, and division {found[2][:2]} lies in section {section}"
        raise BadIdentifier(edition, shown(text), "component", message, 1, f"{section}.{found[2]}")
    return found[2]


def parse(given: object, *, edition: str) -> Code:
    """A code of an edition.

    Raises:
        BadIdentifier: The edition is none, or has no such code.
    """
    text = compact(given, edition=edition)
    if not _FORM.fullmatch(text):
        raise _malformed(edition, text)
    if text.isalpha():
        if text not in sections(edition):
            raise BadIdentifier(edition, text, "unknown", f"is no section: they are {' '.join(sections(edition))}")
        return Code(edition, text)
    if text[:2] not in _section_of(edition):
        near = nearest(text[:2], _section_of(edition))
        raise BadIdentifier(edition, text, "unknown", f"begins with {text[:2]}, which is no division", 1, near)
    if text.count(".") == 2:
        if edition not in _NATIONAL:
            raise BadIdentifier(edition, text, "length", "has more than the four digits of NACE", 6, text[:5])
        if len(text.split(".")[1]) == 1:
            raise BadIdentifier(edition, text, "length", "has one digit between its points, where a class has two")
    if not _in_nace(_digits(text)[:4], EDITIONS[edition]):
        raise BadIdentifier(edition, text, "unknown", f"is in no group or class of {_named(edition)}", 4)
    return Code(edition, text)


def validate(given: object, *, edition: str) -> str:
    """The compact form of a code that the edition has.

    Raises:
        BadIdentifier: The edition is none, or has no such code.
    """
    return parse(given, edition=edition).text


def is_valid(given: object, *, edition: str) -> bool:
    """Whether the edition has such a code.

    Raises:
        BadIdentifier: The edition itself is none.
    """
    _check_edition(edition)
    try:
        parse(given, edition=edition)
    except BadIdentifier:
        return False
    return True


def format(given: object, *, edition: str) -> str:  # noqa: A001 - the verb of every identifier
    """The code with its section's letter, as the visura and the State-aid register write it: `J.62.01`."""
    code = parse(given, edition=edition)
    return code.text if code.text.isalpha() else f"{code.section}.{code.text}"


def sections(edition: str) -> Mapping[str, tuple[str, ...]]:
    """The sections of an edition, each with its divisions.

    >>> sections("ateco-2007")["K"], sections("ateco-2025")["K"]
    (('64', '65', '66'), ('61', '62', '63'))

    Raises:
        BadIdentifier: The edition is none.
    """
    _check_edition(edition)
    return _sections(edition)


@cache
def _sections(edition: str) -> Mapping[str, tuple[str, ...]]:
    path = bundled_rules() / "tables" / _TABLES[EDITIONS[edition]]
    _, *lines = path.read_text("utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(lines):
        found.setdefault(row["section"], []).append(row["division"])
    return MappingProxyType({section: tuple(below) for section, below in found.items()})


def divisions(edition: str) -> tuple[str, ...]:
    """All the divisions of an edition, in order.

    Raises:
        BadIdentifier: The edition is none.
    """
    _check_edition(edition)
    return tuple(sorted(_section_of(edition)))


def form(edition: str) -> str:
    """The regular expression of the codes of an edition beneath its sections: its divisions, groups and classes.

    Of a category, the fifth and sixth digit, only the form is known.

    >>> [bool(re.fullmatch(form("ateco-2007"), code)) for code in ("62.01.00", "62.10", "12.0.0", "62")]
    [True, False, False, True]

    Raises:
        BadIdentifier: The edition is none.
    """
    _check_edition(edition)
    return _form(edition)


@cache
def _form(edition: str) -> str:
    category = r"(\.[0-9]{1,2})?" if edition in _NATIONAL else ""
    found = []
    for division, below in _classes(EDITIONS[edition]).items():
        groups: dict[str, str] = {}
        for two in below:
            groups[two[0]] = groups.get(two[0], "") + two[1]
        found.append(division + rf"(\.({'|'.join(f'{one}([{last}]{category})?' for one, last in groups.items())}))?")
    return f"({'|'.join(found)})"


def likely(given: str, *, edition: str) -> str | None:
    """The code that a text of the shape of one is a slip of: without its points, with commas for them, or in no division or class.

    >>> [likely(text, edition="ateco-2007") for text in ("6201", "62,01", "J62.01", "62-01-00", "j", "62.09.1.1")]
    ['62.01', '62.01', '62.01', '62.01.00', 'J', '62.09']

    Raises:
        BadIdentifier: The edition is none, or nothing is given that is a text.
    """
    _check_edition(edition)
    given = stripped(edition, given, " \t").upper()
    known = _classes(EDITIONS[edition])
    if given in sections(edition):
        return given
    pointed = _SEPARATORS.sub(".", given[1:].lstrip(".") if given[:1] in sections(edition) else given)
    if _FORM.fullmatch(pointed) and is_valid(pointed, edition=edition):
        return pointed
    if not pointed[:2].isdecimal():
        return None
    given = pointed
    if _BARE.fullmatch(given):
        dotted = ".".join(filter(None, (given[:2], given[2:4], given[4:])))
        return dotted if is_valid(dotted, edition=edition) else None
    division = given[:2] if given[:2] in known else nearest(given[:2], known)
    if division is None or division != given[:2]:
        return division
    group = given[:4]
    below = [f"{division}.{two}" for two in known[division] if f"{division}.{two}".startswith(group)]
    return (nearest(given, below) or group) if len(group) == 4 and below else division


@cache
def _classes(revision: str) -> Mapping[str, tuple[str, ...]]:
    """Each division with the last two digits of its classes."""
    _, *lines = (bundled_rules() / "tables" / "nace-classes.csv").read_text("utf-8").splitlines()
    rows = (row for row in csv.DictReader(lines) if row["revision"] == revision)
    return MappingProxyType({row["division"]: tuple(row["classes"].split()) for row in rows})


@cache
def _section_of(edition: str) -> Mapping[str, str]:
    return MappingProxyType({division: section for section, below in sections(edition).items() for division in below})


@cache
def _in_nace(digits: str, revision: str) -> bool:
    below = _classes(revision).get(digits[:2], ())
    return bool(below) and any(two.startswith(digits[2:]) for two in below)


def _digits(text: str) -> str:
    return text.replace(".", "")


def _named(edition: str) -> str:
    revision = "NACE Rev. 2" + (".1" if EDITIONS[edition] == "2.1" else "")
    return f"{revision}, whose classes {edition} has" if edition in _NATIONAL else revision


def _malformed(edition: str, text: str) -> BadIdentifier:
    levels = "section (J), division (62), group (62.0) or class (62.01)"
    if edition in _NATIONAL:
        levels = "section (J), division (62), group (62.0), class (62.01) or category (62.01.0, 62.01.00)"
    hint = None
    if _BARE.fullmatch(text):
        # Only a hint: a code that lost its leading zero in a spreadsheet would become another one.
        hint = likely(text, edition=edition)
    return BadIdentifier(edition, shown(text), "character", f"is no {levels}", None, hint)


def _check_edition(edition: object) -> None:
    if not isinstance(edition, str) or edition not in EDITIONS:
        near = nearest(edition, EDITIONS) if isinstance(edition, str) else None
        raise BadIdentifier("edition", shown(edition), "unknown", f"is none of {', '.join(EDITIONS)}", None, near)
