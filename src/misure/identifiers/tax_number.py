# SPDX-License-Identifier: Apache-2.0
"""The number by which an undertaking is known to a tax office: a codice fiscale, or the VAT number of another State.

The State-aid register names beneficiaries so (CODICE_FISCALE_BENEFICIARIO), and so do tables of earlier aid and of control.

>>> validate("it 012 345 601 57"), validate("VATDE-123456789"), is_valid("alfa")
('01234560157', 'DE123456789', False)
"""

from __future__ import annotations

from misure.ground.errors import BadIdentifier
from misure.identifiers import codice_fiscale, foreign_vat
from misure.identifiers.codice_fiscale import CodiceFiscale
from misure.identifiers.foreign_vat import ForeignVat
from misure.identifiers.given_text import judged

__all__ = ["compact", "format", "is_valid", "parse", "validate"]

_KIND = "tax_number"


def compact(given: object) -> str:
    """The characters alone, in capitals, as its country writes them.

    Raises:
        BadIdentifier: It is no text, is empty or absurdly long.
    """
    return foreign_vat.compact(given) if foreign_vat.is_valid(given) else codice_fiscale.compact(given)


def validate(given: object) -> str:
    """The compact form of a right codice fiscale, or of a number that is written as those of its country are.

    Raises:
        BadIdentifier: It is neither; the message is that of the codice fiscale.
    """
    if foreign_vat.is_valid(given):
        return foreign_vat.validate(given)
    try:
        return codice_fiscale.validate(given)
    except BadIdentifier as problem:
        found = (problem.given, problem.problem, problem.message, problem.position, problem.suggestion)
        raise BadIdentifier(_KIND, *found) from None


def parse(given: object) -> CodiceFiscale | ForeignVat:
    """What it says.

    Raises:
        BadIdentifier: As `validate`; or no day of birth of a person's code exists.
    """
    code = validate(given)
    return foreign_vat.parse(code) if foreign_vat.is_valid(code) else codice_fiscale.parse(code)


def is_valid(given: object) -> bool:
    """Whether it is one of the two."""
    return judged(validate, given)


def format(given: object) -> str:  # noqa: A001 - the verb of every identifier
    """The number as it is written: its compact form."""
    return validate(given)
