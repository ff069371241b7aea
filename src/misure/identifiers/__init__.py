# SPDX-License-Identifier: Apache-2.0
"""Identifiers and vocabularies: codice fiscale, partita IVA, ATECO, CUP, COR, NUTS, and the citations of acts.

Who somebody is, by whichever code or name, `identity` reads, and everything that asks for an undertaking reads by it.

One module for one legal thing, with the same verbs: `compact` (separators away), `validate` (the compact form of what is
right, or `BadIdentifier`, which says what is wrong, where, and what is nearest), `is_valid`, `parse` (what it says),
`format`. That an identifier is well formed does not say that anybody bears it: only its register does.

>>> from misure.identifiers import codice_fiscale, nace, urn
>>> codice_fiscale.parse("RSSMRA85T10F205R").born
datetime.date(1985, 12, 10)
>>> nace.parse("62.01", edition="ateco-2007").section
'J'
>>> urn.parse("urn:nir:stato:legge:1990-08-07;241~art2").part
'art2'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from misure._lazy import no_such

if TYPE_CHECKING:
    from misure.identifiers import (
        aid_id,
        car,
        celex,
        codice_fiscale,
        cor,
        cup,
        eli,
        foreign_vat,
        identity,
        nace,
        nuts,
        partita_iva,
        permanent,
        rea,
        sa_number,
        tax_number,
        urn,
    )  # fmt: skip

__all__ = [
    "aid_id", "car", "celex", "codice_fiscale", "cor", "cup", "eli", "foreign_vat", "identity", "nace", "nuts", "partita_iva", "permanent",
    "rea", "sa_number", "tax_number", "urn",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a module when it is first named: who checks one identifier needs no other."""
    if name not in __all__:
        raise no_such(__name__, name, __all__)
    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted(__all__)
