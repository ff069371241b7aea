# SPDX-License-Identifier: Apache-2.0
"""CELEX, the number of a document in EUR-Lex: sector, year, letters of its type, number of four digits.

`32023R2831` is the regulation 2023/2831 (sector 3: acts), `02014R0717-20231025` the text of 717/2014 consolidated on a
day (sector 0), `62019CA0608` the notice of a judgment (sector 6), `32023R2832R(01)` a corrigendum.

>>> parse("02014R0717-20231025")
Celex(sector='0', year=2014, type='R', number=717, consolidated=datetime.date(2023, 10, 25), corrigendum=None)
>>> resolver_url("32023R2831")
'https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=CELEX:32023R2831'
>>> validate("32023R283")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: celex: '32023R283' is no sector, year, one or two letters and four digits; did you mean '32023R0283'?
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from misure.ground.days import parse_day
from misure.ground.errors import BadIdentifier
from misure.identifiers.given_text import judged, shown, stripped

__all__ = ["Celex", "compact", "compose", "format", "is_valid", "parse", "resolver_url", "validate"]

_KIND = "celex"
_CELEX = re.compile(
    r"(?P<sector>[0-9CE])(?P<year>[0-9]{4})(?P<type>[A-Z]{1,2})(?P<number>[0-9]{4})"
    r"(?:-(?P<day>[0-9]{8})|R\((?P<corrigendum>[0-9]{2})\))?"
)
_SHORT = re.compile(r"([0-9CE][0-9]{4}[A-Z]{1,2})([0-9]{1,3})")
_PAGE = "https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=CELEX:"


@dataclass(frozen=True, slots=True)
class Celex:
    """The parts of a number. `consolidated` is the day of a consolidated text, `corrigendum` the number of a correction."""

    sector: str
    year: int
    type: str
    number: int
    consolidated: dt.date | None = None
    corrigendum: int | None = None

    def __str__(self) -> str:
        end = f"-{self.consolidated:%Y%m%d}" if self.consolidated else ""
        end += f"R({self.corrigendum:02})" if self.corrigendum is not None else ""
        return f"{self.sector}{self.year:04}{self.type}{self.number:04}{end}"


def compact(given: object) -> str:
    """The number alone: without blanks, in capitals, and without `CELEX:` or an address of EUR-Lex before it."""
    text = stripped(_KIND, given, " \t\n\r").upper()
    return text.rpartition("CELEX:")[2]


def parse(given: object) -> Celex:
    """The parts of a number.

    Raises:
        BadIdentifier: It is none.
    """
    text = compact(given)
    found = _CELEX.fullmatch(text)
    if found is None:
        short = _SHORT.fullmatch(text)
        near = f"{short[1]}{int(short[2]):04}" if short else None
        message = "is no sector, year, one or two letters and four digits"
        raise BadIdentifier(_KIND, shown(text), "length" if short else "character", message, None, near)
    written, corrigendum = found["day"], found["corrigendum"]
    consolidated = None
    if written:
        try:
            ordinal = parse_day(f"{written[:4]}-{written[4:6]}-{written[6:]}")
        except ValueError as problem:
            message = f"names a day that is none: {problem}"
            raise BadIdentifier(_KIND, shown(text), "component", message, found.start("day") + 1) from None
        consolidated = dt.date.fromordinal(ordinal)
    return Celex(
        found["sector"], int(found["year"]), found["type"], int(found["number"]), consolidated,
        None if corrigendum is None else int(corrigendum),
    )  # fmt: skip


def validate(given: object) -> str:
    """The compact form of a well-formed number.

    Raises:
        BadIdentifier: It is none.
    """
    return str(parse(given))


def is_valid(given: object) -> bool:
    """Whether it is a well-formed number."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The number as it is written: its compact form."""
    return validate(given)


def compose(sector: str | int, year: int, type: str, number: int, *, consolidated: dt.date | None = None) -> str:  # noqa: A002
    """The number of a document from its parts.

    >>> compose(3, 2023, "R", 2831)
    '32023R2831'

    Raises:
        BadIdentifier: The parts make no number.
    """
    day = f"-{consolidated:%Y%m%d}" if isinstance(consolidated, dt.date) else ""
    text = f"{sector}{year!s:0>4}{type}{number!s:0>4}{day}"
    if validate(text) != text:
        raise BadIdentifier(
            _KIND, shown(text), "character", "has small letters or blanks in its parts", None, validate(text)
        )
    return text


def resolver_url(given: object) -> str:
    """The Italian page of the document in EUR-Lex.

    Raises:
        BadIdentifier: It is no number.
    """
    return f"{_PAGE}{validate(given)}"
