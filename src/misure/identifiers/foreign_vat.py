# SPDX-License-Identifier: Apache-2.0
"""The VAT number of another State, with the two letters of its country: `DE123456789`.

The State-aid register knows a foreign beneficiary without a seat in Italy by it. The forms are those that VIES publishes
for each Member State and for Northern Ireland (XI), with those of San Marino, Switzerland, Norway and Great Britain; from
the compilers' knowledge, no act was read. Only the form is looked at: each State has a check of its own, and whether a
number is in force only its register says. `check_holds` says whether that check is right, where python-stdnum knows it: a
number whose check fails may be a slip of another, and is a doubt, not a fault.

>>> validate("de 123.456.789"), parse("VATFR-AB123456789").country, is_valid("IT01234560157")
('DE123456789', 'FR', False)
>>> validate("BE123456749")
Traceback (most recent call last):
...
misure.ground.errors.BadIdentifier: foreign_vat: 'BE123456749' is not written as the numbers of BE are; did you mean 'BE0123456749'?
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from misure.ground.errors import BadIdentifier
from misure.identifiers.given_text import judged, shown, stripped
from misure.identifiers.writing import SEPARATORS

__all__ = ["FORMS", "ForeignVat", "check_holds", "compact", "format", "is_valid", "parse", "validate"]

_KIND = "foreign_vat"
_IRISH = "[0-9][0-9A-Z+*][0-9]{5}[A-Z]|[0-9]{7}[A-W][A-I]"
_BRITISH = "[0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2}"
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "AT": "U[0-9]{8}", "BE": "[01][0-9]{9}", "BG": "[0-9]{9,10}", "CH": "E[0-9]{9}",
        "CY": "[0-9]{8}[A-Z]", "CZ": "[0-9]{8,10}", "DE": "[0-9]{9}", "DK": "[0-9]{8}", "EE": "[0-9]{9}",
        "EL": "[0-9]{9}", "ES": "[A-Z][0-9]{7}[A-Z]|[0-9]{8}[A-Z]|[A-Z][0-9]{8}", "FI": "[0-9]{8}",
        "FR": "[0-9A-HJ-NP-Z]{2}[0-9]{9}", "GB": _BRITISH, "HR": "[0-9]{11}", "HU": "[0-9]{8}", "IE": _IRISH,
        "LT": "[0-9]{9}|[0-9]{12}", "LU": "[0-9]{8}", "LV": "[0-9]{11}", "MT": "[0-9]{8}", "NL": "[0-9]{9}B[0-9]{2}",
        "NO": "[0-9]{9}", "PL": "[0-9]{10}", "PT": "[0-9]{9}", "RO": "[1-9][0-9]{1,9}", "SE": "[0-9]{12}",
        "SI": "[1-9][0-9]{7}", "SK": "[1-9][0-9]{9}", "SM": "[0-9]{3,5}", "XI": _BRITISH,
    }
)  # fmt: skip
"""The form of the number behind the letters of each country; Greece writes EL."""
_SUFFIX = re.compile(r"(?<=^CHE[0-9]{9})(?:MWST|TVA|IVA)$|(?<=^NO[0-9]{9})MVA$")
"""What Swiss and Norwegian numbers may end in: that they are of the value added tax, in some language."""
_ZEROS_LOST = re.compile(r"[A-Z]{2}[0-9]{5,11}")


@dataclass(frozen=True, slots=True)
class ForeignVat:
    """A number that is written as those of its country are."""

    number: str
    """With the letters of the country."""
    country: str


def compact(given: object) -> str:
    """The letters and digits alone, in capitals: without blanks, dots, hyphens, and what says that it is of the VAT.

    >>> compact("VATFR-AB123456789"), compact("CHE-123.456.789 MWST"), compact("gr123456789")
    ('FRAB123456789', 'CHE123456789', 'EL123456789')
    """
    text = stripped(_KIND, given, SEPARATORS)
    if not text.isascii():
        return text
    plain = _SUFFIX.sub("", text.upper().removeprefix("VAT"))
    return f"EL{plain[2:]}" if plain.startswith("GR") and plain[2:].isdecimal() else plain


def validate(given: object) -> str:
    """The compact form of a number that is written as those of its country are.

    Raises:
        BadIdentifier: It is not, or its country is Italy, whose numbers are `partita_iva`, or is none of those known.
    """
    text = compact(given)
    form = FORMS.get(text[:2])
    if form is None:
        message = f"does not begin with the letters of a country whose numbers are known: {', '.join(FORMS)}"
        raise BadIdentifier(_KIND, shown(text), "component", message, 1)
    if re.fullmatch(form, text[2:]) is None:
        message = f"is not written as the numbers of {text[:2]} are"
        raise BadIdentifier(_KIND, shown(text), "length", message, 3, _padded(text, form))
    return text


def _padded(text: str, form: str) -> str | None:
    """The number with one zero that was lost at its beginning."""
    whole = f"{text[:2]}0{text[2:]}"
    return whole if _ZEROS_LOST.fullmatch(text) and re.fullmatch(form, whole[2:]) else None


def parse(given: object) -> ForeignVat:
    """The number and the country that gave it.

    Raises:
        BadIdentifier: As `validate`.
    """
    number = validate(given)
    return ForeignVat(number, number[:2])


_CHECKED_ELSEWHERE = {"CH": "ch.uid", "EL": "gr.vat", "NO": "no.orgnr", "XI": "gb.vat"}
"""Where python-stdnum checks the numbers of a country, if not under its own letters as a VAT number."""
_UNCHECKED = frozenset({"SM"})
"""The countries in whose numbers nothing checks the rest."""


def check_holds(given: object) -> bool | None:
    """Whether the check in a number is right; None where the numbers of its country have none.

    >>> check_holds("DE136695976"), check_holds("DE136695975"), check_holds("SM24165")
    (True, False, None)

    Raises:
        BadIdentifier: As `validate`.
    """
    return _check_holds(validate(given))


@lru_cache(maxsize=16_384)
def _check_holds(number: str) -> bool | None:
    from importlib import import_module

    from stdnum import get_cc_module

    country = number[:2]
    if country in _UNCHECKED:
        return None
    place = _CHECKED_ELSEWHERE.get(country)
    module = get_cc_module(country.lower(), "vat") if place is None else import_module(f"stdnum.{place}")
    # The forms hold only countries that it knows.
    assert module is not None
    return bool(module.is_valid(number if country == "CH" else number[2:]))


def is_valid(given: object) -> bool:
    """Whether it is written as the numbers of its country are."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The number as it is written: its compact form."""
    return validate(given)
