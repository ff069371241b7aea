# SPDX-License-Identifier: Apache-2.0
"""The permanent address of an act, URN:NIR or ELI, held against how the act is cited.

An address copied from a page may be that of another act (one page of NormeLombardia shows such a one), so an address is
never taken alone: its type, year and number must be those of the citation.

>>> contradictions("urn:nir:stato:legge:1990-08-07;241", type="L.", number="241/1990", date=dt.date(1990, 8, 7))
()
>>> contradictions("urn:nir:regione.lombardia:legge:2021-05-18;6", type="L.R.", number="7", date=dt.date(2021, 5, 19))
('its number is 6, and that of the act 7', 'its day is 2021-05-18, and that of the act 2021-05-19')
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from misure.ground.errors import BadIdentifier
from misure.ground.rules_folder import bundled_rules
from misure.identifiers import eli, urn
from misure.identifiers.given_text import shown

__all__ = ["AnyAddress", "contradictions", "read_address", "url_of"]

AnyAddress: TypeAlias = urn.Urn | eli.Eli
"""A permanent address of an act, of either kind."""


class _ActType(NamedTuple):
    """How a type of act stands in its address."""

    authority: str
    urn_type: str
    eli_type: str


def read_address(given: object) -> AnyAddress:
    """A URN:NIR or an ELI.

    Raises:
        BadIdentifier: It is neither.
    """
    if isinstance(given, str) and given.strip().lower().startswith("urn:nir"):
        return urn.parse(given)
    if isinstance(given, str) and "/eli/" in given:
        return eli.parse(given)
    raise BadIdentifier(
        "urn",
        shown(given),
        "component",
        "is neither a URN:NIR (urn:nir:...) nor an ELI (http://data.europa.eu/eli/...)",
    )


def url_of(given: object) -> str | None:
    """Where an act can be read by its permanent address; None where no such place is known.

    Raises:
        BadIdentifier: It is no permanent address.
    """
    found = read_address(given)
    return urn.resolver_url(str(found)).url if isinstance(found, urn.Urn) else str(found)


def contradictions(given: object, *, type: str, number: str | None, date: dt.date | None = None) -> tuple[str, ...]:  # noqa: A002
    """What an address says of an act that is not so, one sentence for each thing.

    `type` is how the act is cited (`D.Lgs.`, `L.R.`, `Reg. (UE)`); of a type that `rules/tables/act-types.csv` does not
    have nothing is said. `number` may carry its year, `241/1990` or `2023/2831`.

    Raises:
        BadIdentifier: It is no permanent address.
    """
    found = read_address(given)
    known = _types().get(_plain(type))
    if isinstance(found, eli.Eli):
        return tuple(_against_eli(found, type, known, number, date))
    return tuple(_against_urn(found, type, known, number, date))


def _against_urn(
    found: urn.Urn, cited: str, known: _ActType | None, number: str | None, date: dt.date | None
) -> list[str]:  # fmt: skip
    said = []
    if known and not known.urn_type:
        said.append(f"a {cited} has an ELI, and no URN:NIR")
    elif known:
        if found.type != known.urn_type:
            said.append(f"its type is {found.type}, and that of a {cited} {known.urn_type}")
        whole = known.authority.removesuffix("*")
        if found.authority != whole and not (whole != known.authority and found.authority.startswith(whole)):
            said.append(f"its authority is {found.authority}, and that of a {cited} {known.authority}")
    if number is not None:
        own, year = _number_and_year(number)
        if found.number != own:
            said.append(f"its number is {found.number}, and that of the act {own}")
        if year is not None and found.year != year:
            said.append(f"its year is {found.year}, and that of the act {year}")
    if date is not None:
        if found.date is not None and found.date != date:
            said.append(f"its day is {found.date}, and that of the act {date}")
        elif found.year != date.year:
            said.append(f"its year is {found.year}, and the act is of {date}")
    return said


def _against_eli(
    found: eli.Eli, cited: str, known: _ActType | None, number: str | None, date: dt.date | None
) -> list[str]:  # fmt: skip
    said = []
    if known and not known.eli_type:
        said.append(f"a {cited} has a URN:NIR, and no ELI of the Union")
    elif known and found.type.partition("_")[0] != known.eli_type:
        said.append(f"its type is {found.type}, and that of a {cited} {known.eli_type}")
    if number is not None and not _same_pair(number, found):
        said.append(f"its year and number are {found.year}/{found.number}, and those of the act {number}")
    # The number is that of the year of publication, which may be the one after the act was made.
    if date is not None and not date.year <= found.year <= date.year + 1:
        said.append(f"its year is {found.year}, and the act is of {date}")
    return said


def _same_pair(number: str, found: eli.Eli) -> bool:
    """Whether a number such as `2023/2831`, `1407/2013` or `1103/97` is the year and number of an address."""
    parts = re.fullmatch(r"([0-9]+)/([0-9]+)(?:/[A-Z]+)?", number, re.ASCII)
    if parts is None:
        return number == str(found.number)
    one, other = int(parts[1]), int(parts[2])
    years = {found.year} | ({found.year - 1900} if found.year < 2000 else set())
    return (one in years and other == found.number) or (other in years and one == found.number)


def _number_and_year(number: str) -> tuple[str, int | None]:
    own, _, year = number.partition("/")
    return own.strip().lower(), int(year) if re.fullmatch(r"[0-9]{4}", year, re.ASCII) else None


def _plain(cited: str) -> str:
    """A type of act as it is compared: `D.Lgs.`, `d.lgs` and `DLGS` are one."""
    return re.sub(r"[^a-z]", "", cited.lower())


@cache
def _types() -> Mapping[str, _ActType]:
    _, *lines = (bundled_rules() / "tables" / "act-types.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(lines)
    return MappingProxyType(
        {_plain(row["cited"]): _ActType(row["authority"], row["urn_type"], row["eli_type"]) for row in rows}
    )
