# SPDX-License-Identifier: Apache-2.0
"""The elements of an aid in the register's open data (`RNA_aiuto.xsd`), in their order: what reading and writing share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = [
    "AID",
    "AIDS",
    "AID_NAMESPACE",
    "COMPONENT",
    "COMPONENTS",
    "INSTRUMENT",
    "INSTRUMENTS",
    "NOT_TOLD",
    "Kind",
    "Leaf",
]

AID_NAMESPACE = "http://www.rna.it/RNA_aiuto/schema"
AIDS = "LISTA_AIUTI"
AID = "AIUTO"
COMPONENTS, COMPONENT = "COMPONENTI_AIUTO", "COMPONENTE_AIUTO"
INSTRUMENTS, INSTRUMENT = "STRUMENTI_AIUTO", "STRUMENTO_AIUTO"

NOT_TOLD = "n.d."
"""What the register writes where it tells nothing."""


class Kind(Enum):
    """How the text of an element is read."""

    TEXT = "a text, kept as written"
    CODE = "a text without the blanks at its ends"
    SIZE = "a text without the blanks at its ends, not told where it is a stroke"
    DIGITS = "a whole number that names something, kept as text"
    WHOLE = "a whole number"
    DAY = "a date"
    MONEY = "an amount in euros, kept in cents"
    SECTORS = "codes parted by commas"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One element without children. `always`: the schema asks for it; `needed`: without it the record is damaged."""

    element: str
    kind: Kind = Kind.TEXT
    always: bool = True
    needed: bool = False


_AID = (
    Leaf("CAR", Kind.CODE), Leaf("TITOLO_MISURA"), Leaf("DES_TIPO_MISURA"), Leaf("COD_CE_MISURA", Kind.CODE, always=False),
    Leaf("BASE_GIURIDICA_NAZIONALE"), Leaf("LINK_TESTO_INTEGRALE_MISURA"), Leaf("IDENTIFICATIVO_UFFICIO", Kind.WHOLE),
    Leaf("SOGGETTO_CONCEDENTE"), Leaf("COR", Kind.DIGITS, needed=True), Leaf("TITOLO_PROGETTO"),
    Leaf("DESCRIZIONE_PROGETTO"), Leaf("LINK_TRASPARENZA_NAZIONALE", always=False),
    Leaf("DATA_CONCESSIONE", Kind.DAY, needed=True), Leaf("CUP", Kind.CODE), Leaf("ATTO_CONCESSIONE", always=False),
    Leaf("LINK_ATTO_CONCESSIONE", always=False), Leaf("DENOMINAZIONE_BENEFICIARIO"),
    Leaf("CODICE_FISCALE_BENEFICIARIO", Kind.CODE), Leaf("DES_TIPO_BENEFICIARIO", Kind.SIZE), Leaf("REGIONE_BENEFICIARIO"),
    Leaf("IDENTIFICATIVO_MISURA_ATTUATIVA", Kind.WHOLE, always=False),
    Leaf("MISURA_ATTUATIVA_ENTE_COMPETENTE", always=False), Leaf("MISURA_ATTUATIVA_TITOLO", always=False),
    Leaf("MISURA_ATTUATIVA_BASE_GIURIDICA_NAZIONALE", always=False),
)  # fmt: skip
_COMPONENT = (
    Leaf("ID_COMPONENTE_AIUTO", Kind.DIGITS, needed=True), Leaf("COD_PROCEDIMENTO", Kind.WHOLE), Leaf("DES_PROCEDIMENTO"),
    Leaf("COD_REGOLAMENTO", Kind.CODE), Leaf("DES_REGOLAMENTO"), Leaf("COD_OBIETTIVO", Kind.CODE), Leaf("DES_OBIETTIVO"),
    Leaf("SOGGETTO_INTERMEDIARIO", always=False), Leaf("ENTITA_DELEGATA", always=False),
    Leaf("SETTORE_ATTIVITA", Kind.SECTORS),
)  # fmt: skip
_INSTRUMENT = (
    Leaf("COD_STRUMENTO", Kind.WHOLE), Leaf("DES_STRUMENTO"), Leaf("ELEMENTO_DI_AIUTO", Kind.MONEY),
    Leaf("IMPORTO_NOMINALE", Kind.MONEY),
)  # fmt: skip

LEAVES = {AID: _AID, COMPONENT: _COMPONENT, INSTRUMENT: _INSTRUMENT}
"""By the element that holds them; the list of what it holds besides, if any, follows them."""
