# SPDX-License-Identifier: Apache-2.0
"""The territory of Lombardy: NUTS codes of the region (ITC4) and of its twelve provinces, with siglas and Istat codes.

Codes of other regions are not encoded: `is_valid` asks whether a code is Lombardy's, not whether it exists. The codes stand
in `rules/tables/nuts-lombardia.csv`, from the compilers' knowledge.

>>> parse("ITC4C")
Province(sigla='MI', name='Milano', nuts3='ITC4C', istat='015', istat_metropolitan='215')
>>> province("MB").nuts3, province("215").name, validate("itc4")
('ITC4D', 'Milano', 'ITC4')
>>> validate("ITC45")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: nuts: 'ITC45' no longer exists: it was Milano before Monza e della Brianza became a province (ITC4C and ITC4D now)
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from misure.ground.errors import BadIdentifier
from misure.ground.place import nearest
from misure.ground.rules_folder import bundled_rules
from misure.identifiers.given_text import judged, shown, stripped

__all__ = ["COUNTRY", "MACRO_REGION", "REGION", "REGION_ISTAT", "Province", "compact", "format", "is_valid", "parse", "province",
           "provinces", "validate"]  # fmt: skip

_KIND = "nuts"
COUNTRY, MACRO_REGION, REGION = "IT", "ITC", "ITC4"
"""The codes above those of the provinces: Italy, North-West, Lombardy."""
REGION_ISTAT = "03"
_ENDED = {
    "ITC45": "no longer exists: it was Milano before Monza e della Brianza became a province (ITC4C and ITC4D now)",
}


@dataclass(frozen=True, slots=True)
class Province:
    """A province of Lombardy. `istat_metropolitan`: a second statistical code, which Milano has as metropolitan city."""

    sigla: str
    name: str
    nuts3: str
    istat: str
    istat_metropolitan: str | None


@cache
def provinces() -> tuple[Province, ...]:
    """The twelve provinces, by NUTS code."""
    _, *lines = (bundled_rules() / "tables" / "nuts-lombardia.csv").read_text("utf-8").splitlines()
    return tuple(
        Province(row["sigla"], row["name"], row["nuts3"], row["istat"], row["istat_metropolitan"] or None)
        for row in csv.DictReader(lines)
    )


@cache
def _by_code() -> Mapping[str, Province]:
    found = {}
    for one in provinces():
        for code in (one.sigla, one.nuts3, one.istat, one.istat_metropolitan):
            if code:
                found[code] = one
    return MappingProxyType(found)


def compact(given: object) -> str:
    """The code alone: without blanks, in capitals."""
    return stripped(_KIND, given, " \t").upper()


def validate(given: object) -> str:
    """The compact form of the NUTS code of Lombardy, of one of its provinces, or of what it lies in (`IT`, `ITC`).

    Raises:
        BadIdentifier: It is none; of a code of another region too.
    """
    code = compact(given)
    if code in (COUNTRY, MACRO_REGION, REGION) or any(one.nuts3 == code for one in provinces()):
        return code
    known = [REGION, *(one.nuts3 for one in provinces())]
    if code in _ENDED:
        raise BadIdentifier(_KIND, code, "unknown", _ENDED[code])
    if code in _by_code():
        raise BadIdentifier(_KIND, code, "component", "is no NUTS code", None, _by_code()[code].nuts3)
    message = "is no NUTS code of Lombardy or its provinces; those of other regions are not encoded"
    raise BadIdentifier(_KIND, shown(code), "unknown", message, None, nearest(code, known))


def parse(given: object) -> Province:
    """The province of a NUTS code of the third level.

    Raises:
        BadIdentifier: It is none of a province of Lombardy.
    """
    code = validate(given)
    if code not in _by_code():
        raise BadIdentifier(_KIND, code, "length", "is the code of no single province")
    return _by_code()[code]


def province(given: object) -> Province:
    """A province by its sigla (`MI`), its NUTS code (`ITC4C`) or its Istat code (`015`, and `215` of the metropolitan city).

    Raises:
        BadIdentifier: No province of Lombardy has such a code.
    """
    code = compact(given)
    found = _by_code().get(code)
    if found is None:
        message = _ENDED.get(code, "is no sigla, NUTS or Istat code of a province of Lombardy")
        raise BadIdentifier("province", shown(code), "unknown", message, None, nearest(code, _by_code()))
    return found


def is_valid(given: object) -> bool:
    """Whether it is a NUTS code of Lombardy, of one of its provinces, or of what it lies in."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The code as it is written: its compact form."""
    return validate(given)
