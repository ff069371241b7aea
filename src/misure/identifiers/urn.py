# SPDX-License-Identifier: Apache-2.0
"""URN:NIR, the permanent name of an Italian act: who made it, of which type, on which day, with which number.

The names are those of the standard `urn:nir` as Normattiva and NormeLombardia use it: of a law of the State
`urn:nir:stato:legge:1990-08-07;241`, of its article 2 the same with `~art2`, of an annex with `:2` after the number.

A name found on a page may be that of another act: `validate` says that it is well formed, not that it is the right one.

>>> parse("urn:nir:stato:legge:1990-08-07;241~art2")
Urn(authority='stato', type='legge', year=1990, number='241', date=datetime.date(1990, 8, 7), annex=None, part='art2')
>>> compose("stato", "legge", "1990-08-07", 241)
'urn:nir:stato:legge:1990-08-07;241'
>>> resolver_url("urn:nir:stato:legge:1990-08-07;241", on="2026-11-22").url
'https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:1990-08-07;241!vig=2026-11-22'
>>> validate("urn:nir:stato:legge:1990-08-32;241")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: urn: 'urn:nir:stato:legge:1990-08-32;241' names a day that is none: 1990-08-32 does not exist: August 1990 has 31 days
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from misure.ground.days import day_text, parse_day
from misure.ground.errors import BadIdentifier
from misure.ground.given import day
from misure.identifiers.given_text import judged, shown, stripped

__all__ = ["Address", "Urn", "compact", "compose", "format", "is_valid", "parse", "resolver_url", "validate"]

_KIND = "urn"
_RESOLVER = "https://www.normattiva.it/uri-res/N2Ls?"
_LOMBARDY = "https://normelombardia.consiglio.regione.lombardia.it/NormeLombardia/Accessibile/main.aspx"
_PREFIXES = (_RESOLVER, _RESOLVER.replace("https", "http"))
_VERSION = re.compile(r"[!@].*")
_URN = re.compile(
    r"urn:nir:(?P<authority>[a-z.]+(?:;[a-z.]+)*):(?P<type>[a-z.]+):(?P<date>[0-9]{4}(?:-[0-9]{2}-[0-9]{2})?)"
    r";(?P<number>[0-9a-z.-]+)(?::(?P<annex>[0-9]+))?(?:~(?P<part>[a-z0-9.-]+))?"
)
_PIECES = (
    (re.compile(r"urn:nir:"), "begin with 'urn:nir:'"),
    (re.compile(r"urn:nir:[a-z.]+(;[a-z.]+)*:"), "name the authority in small letters and points, then a colon"),
    (re.compile(r"urn:nir:[^:]*:[a-z.]+:"), "name the type of the act in small letters and points, then a colon"),
    (re.compile(r"urn:nir:[^:]*:[^:]*:[0-9]{4}(-[0-9]{2}-[0-9]{2})?;"), "name the day, YYYY-MM-DD, or the year, then a semicolon"),
    (re.compile(r"urn:nir:[^:]*:[^:]*:[^:;]*;[0-9a-z.-]+"), "end in a number"),
)  # fmt: skip
"""What must stand in a name, piece by piece: the first that does not is what is told."""

_AT_NORMATTIVA = re.compile(r"stato|minister[oi]\..+|presidente\.(repubblica|consiglio\.ministri)")
_AT_NORMELOMBARDIA = {"legge": "lr", "regolamento": "rr"}


@dataclass(frozen=True, slots=True)
class Urn:
    """The parts of a name. `date` is None where it gives the year alone."""

    authority: str
    type: str
    year: int
    number: str
    date: dt.date | None = None
    annex: str | None = None
    part: str | None = None

    def __str__(self) -> str:
        when = str(self.date) if self.date else f"{self.year:04}"
        annex, part = f":{self.annex}" if self.annex else "", f"~{self.part}" if self.part else ""
        return f"urn:nir:{self.authority}:{self.type}:{when};{self.number}{annex}{part}"

    @property
    def act(self) -> Urn:
        """The name of the whole act."""
        return replace(self, annex=None, part=None)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a permanent name leads: a URL, or None and the reason why none is known."""

    url: str | None
    reason: str = ""


def compact(given: object) -> str:
    """The name alone: without blanks, in small letters, and without the address of Normattiva before it."""
    text = stripped(_KIND, given, " \t\n\r")
    for prefix in _PREFIXES:
        if text.lower().startswith(prefix.lower()):
            text = text[len(prefix) :]
    return text.lower()


def parse(given: object) -> Urn:
    """The parts of a name.

    Raises:
        BadIdentifier: It is none; the message says which part is wrong, and its `position` where.
    """
    text = compact(given)
    found = _URN.fullmatch(text)
    if found is None:
        raise _malformed(text)
    parts = found.groupdict()
    date = None
    if len(parts["date"]) > 4:
        try:
            date = dt.date.fromordinal(parse_day(parts["date"]))
        except ValueError as problem:
            message = f"names a day that is none: {problem}"
            raise BadIdentifier(_KIND, shown(text), "component", message, found.start("date") + 1) from None
    year = int(parts["date"][:4])
    if not year:
        raise BadIdentifier(_KIND, shown(text), "component", "names the year 0", found.start("date") + 1)
    return Urn(parts["authority"], parts["type"], year, parts["number"], date, parts["annex"], parts["part"])


def _malformed(text: str) -> BadIdentifier:
    if version := _VERSION.search(text):
        plain = text[: version.start()]
        message = "has a version, which is no part of the name: ask for it with `resolver_url(urn, on=day)`"
        near = plain if _URN.fullmatch(plain) else None
        return BadIdentifier(_KIND, shown(text), "component", message, version.start() + 1, near)
    good = 0
    for piece, rule in _PIECES:
        found = piece.match(text)
        if found is None:
            return BadIdentifier(_KIND, shown(text), "component", f"does not {rule}", good + 1)
        good = found.end()
    message = "goes on after its number with what is neither an annex (:2) nor a part (~art2)"
    return BadIdentifier(_KIND, shown(text), "character", message, good + 1)


def validate(given: object) -> str:
    """The compact form of a well-formed name.

    Raises:
        BadIdentifier: It is none.
    """
    return str(parse(given))


def is_valid(given: object) -> bool:
    """Whether it is a well-formed name."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The name as it is written: its compact form."""
    return validate(given)


def compose(
    authority: str, type: str, date: dt.date | str | int, number: str | int, *, annex: str | None = None, part: str | None = None  # noqa: A002
) -> str:  # fmt: skip
    """The name of an act from its parts. `date` is the day, or the year alone where nothing tells the day.

    >>> compose("regione.lombardia", "legge", "2020-11-27", 22)
    'urn:nir:regione.lombardia:legge:2020-11-27;22'
    >>> compose("ministero.sviluppo.economico", "decreto", 2017, 115, part="art14")
    'urn:nir:ministero.sviluppo.economico:decreto:2017;115~art14'

    Raises:
        BadIdentifier: The parts make no name.
        ValueError: The date does not exist.
    """
    year_alone = isinstance(date, int) and not isinstance(date, bool)
    when = f"{date:04}" if year_alone else day_text(day(date))
    end = (f":{annex}" if annex is not None else "") + (f"~{part}" if part is not None else "")
    text = f"urn:nir:{authority}:{type}:{when};{number}{end}"
    if validate(text) != text:
        raise BadIdentifier(
            _KIND, shown(text), "character", "has capitals or blanks in its parts", None, validate(text)
        )
    return text


def resolver_url(given: object, on: dt.date | str | None = None) -> Address:
    """Where the act can be read: the text now published, or that in force on a day.

    Acts of the State resolve at Normattiva, laws and regulations of Lombardy at NormeLombardia, which has no address
    for the text of a given day.

    >>> resolver_url("urn:nir:regione.lombardia:legge:2020-11-27;22").url
    'https://normelombardia.consiglio.regione.lombardia.it/NormeLombardia/Accessibile/main.aspx?view=showdoc&iddoc=lr002020112700022'
    >>> resolver_url("urn:nir:regione.liguria:legge:2012-04-05;12")
    Address(url=None, reason='where names of regione.liguria resolve is not known')

    Raises:
        BadIdentifier: It is no name.
        ValueError: The day is none.
    """
    urn = parse(given)
    when = None if on is None else day(on)
    if _AT_NORMATTIVA.fullmatch(urn.authority):
        return Address(f"{_RESOLVER}{urn}" + ("" if when is None else f"!vig={day_text(when)}"))
    if urn.authority != "regione.lombardia":
        return Address(None, f"where names of {urn.authority} resolve is not known")
    kind = _AT_NORMELOMBARDIA.get(urn.type)
    if kind is None:
        return Address(None, f"NormeLombardia holds laws and regulations, and no {urn.type}")
    if urn.date is None or not urn.number.isdecimal() or len(urn.number) > 5:
        return Address(None, "NormeLombardia finds an act by its full date and its plain number")
    if urn.annex:
        return Address(None, "how NormeLombardia addresses an annex is not known")
    if when is not None:
        return Address(
            None,
            "NormeLombardia has no address for the text of a given day; without `on` there is one for the text now published",
        )
    document = f"{kind}00{urn.date:%Y%m%d}{int(urn.number):05}"
    return Address(f"{_LOMBARDY}?view=showdoc&iddoc={document}")
