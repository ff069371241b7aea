# SPDX-License-Identifier: Apache-2.0
"""ELI, the permanent address of an act of the European Union: its type, year and number, and which text of it.

`oj` is the text as published in the Official Journal; a date is that of a consolidated text. No consolidated text has the
date of an arbitrary day: which there are, only EUR-Lex tells.

>>> parse("http://data.europa.eu/eli/reg/2023/2831/oj")
Eli(type='reg', year=2023, number=2831, version='oj')
>>> compose("reg", 2014, 717, version="2023-10-25")
'http://data.europa.eu/eli/reg/2014/717/2023-10-25'
>>> to_celex("http://data.europa.eu/eli/reg/2014/717/2023-10-25"), from_celex("32023R2831")
('02014R0717-20231025', 'http://data.europa.eu/eli/reg/2023/2831/oj')
>>> validate("http://data.europa.eu/eli/regg/2023/2831/oj")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: eli: 'http://data.europa.eu/eli/regg/2023/2831/oj' has the type 'regg', which is none; did you mean 'http://data.europa.eu/eli/reg/2023/2831/oj'?
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from misure.ground.days import day_text, parse_day
from misure.ground.errors import BadIdentifier
from misure.ground.given import day
from misure.ground.place import nearest
from misure.identifiers import celex
from misure.identifiers.given_text import judged, shown, stripped

__all__ = [
    "Eli",
    "compact",
    "compose",
    "format",
    "from_celex",
    "is_valid",
    "parse",
    "resolver_url",
    "to_celex",
    "validate",
]

_KIND = "eli"
_ROOT = "http://data.europa.eu/eli/"
_LETTERS = {"reg": "R", "dir": "L", "dec": "D", "reco": "H"}
_TYPES = {
    f"{kind}{made}": letter
    for kind, letter in _LETTERS.items()
    for made in ("", "_impl", "_del")
    if not (made and kind == "reco")
}
"""The types of acts, delegated and implementing ones too, with the letter of each in CELEX."""
_VERSION = re.compile(r"oj|[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Eli:
    """The parts of an address. `version` is `oj`, or the date of a consolidated text."""

    type: str
    year: int
    number: int
    version: str = "oj"

    def __str__(self) -> str:
        return f"{_ROOT}{self.type}/{self.year:04}/{self.number}/{self.version}"

    @property
    def consolidated(self) -> dt.date | None:
        """The date of the consolidated text; None for the text as published."""
        return None if self.version == "oj" else dt.date.fromordinal(parse_day(self.version))


def compact(given: object) -> str:
    """The address without blanks, with `http` as its scheme, and without a slash at its end."""
    text = stripped(_KIND, given, " \t\n\r").rstrip("/")
    return text.replace("https://", "http://", 1) if text.startswith("https://") else text


def parse(given: object) -> Eli:
    """The parts of an address.

    Raises:
        BadIdentifier: It is none; the message says which part is wrong.
    """
    text = compact(given)
    if not text.startswith(_ROOT):
        raise BadIdentifier(_KIND, shown(text), "component", f"does not begin with {_ROOT}", 1)
    parts = text[len(_ROOT) :].split("/")
    if len(parts) == 3:
        message = "does not say which text of the act: 'oj', or the date of a consolidated one"
        raise BadIdentifier(
            _KIND, shown(text), "length", message, None, f"{text}/oj" if is_valid(f"{text}/oj") else None
        )
    if len(parts) != 4:
        raise BadIdentifier(_KIND, shown(text), "length", "is not type/year/number/version after its beginning")
    kind, year, number, version = parts
    if kind not in _TYPES:
        near = nearest(kind, _TYPES)
        hint = text.replace(f"/{kind}/", f"/{near}/", 1) if near else None
        raise BadIdentifier(
            _KIND, shown(text), "component", f"has the type {kind!r}, which is none", len(_ROOT) + 1, hint
        )
    if not re.fullmatch(r"[1-9][0-9]{3}", year, re.ASCII):
        raise BadIdentifier(_KIND, shown(text), "component", f"has the year {year!r}, which is none")
    if not re.fullmatch(r"[1-9][0-9]{0,4}", number, re.ASCII):
        hint = str(Eli(kind, int(year), int(number))) if re.fullmatch(r"0+[1-9][0-9]{0,3}", number, re.ASCII) else None
        raise BadIdentifier(_KIND, shown(text), "component", f"has the number {number!r}, which is none", None, hint)
    if not _VERSION.fullmatch(version):
        raise BadIdentifier(
            _KIND, shown(text), "component", f"ends in {version!r}: write 'oj' or the date of a consolidated text"
        )
    if version != "oj":
        try:
            parse_day(version)
        except ValueError as problem:
            raise BadIdentifier(_KIND, shown(text), "component", f"names a day that is none: {problem}") from None
    return Eli(kind, int(year), int(number), version)


def validate(given: object) -> str:
    """The compact form of a well-formed address.

    Raises:
        BadIdentifier: It is none.
    """
    return str(parse(given))


def is_valid(given: object) -> bool:
    """Whether it is a well-formed address."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The address as it is written: its compact form."""
    return validate(given)


def compose(type: str, year: int, number: int, *, version: dt.date | str = "oj") -> str:  # noqa: A002
    """The address of an act from its parts.

    Raises:
        BadIdentifier: The parts make no address.
        ValueError: The date of the text does not exist.
    """
    which = "oj" if version == "oj" else day_text(day(version))
    return validate(f"{_ROOT}{type}/{year}/{number}/{which}")


def resolver_url(given: object) -> str:
    """Where the act can be read: an ELI is an address itself.

    Raises:
        BadIdentifier: It is none.
    """
    return validate(given)


def to_celex(given: object) -> str:
    """The CELEX number of the same text.

    Raises:
        BadIdentifier: It is no ELI, or its number has no place in four digits.
    """
    found = parse(given)
    sector = "0" if found.consolidated else "3"
    return celex.compose(sector, found.year, _TYPES[found.type], found.number, consolidated=found.consolidated)


def from_celex(given: object) -> str:
    """The ELI of the same text. CELEX does not tell an implementing or delegated act from a plain one.

    Raises:
        BadIdentifier: It is no CELEX number of a regulation, directive, decision or recommendation, or of its text.
    """
    found = celex.parse(given)
    kind = next((kind for kind, letter in _LETTERS.items() if letter == found.type), None)
    told = found.sector == ("0" if found.consolidated else "3") and found.corrigendum is None
    if kind is None or not told:
        raise BadIdentifier(_KIND, shown(str(found)), "component", "is a document that has no ELI of a known form")
    return str(Eli(kind, found.year, found.number, str(found.consolidated or "oj")))
