# SPDX-License-Identifier: Apache-2.0
"""A measure as the State-aid register knows it (element MISURA of `RNA_misura.xsd`).

The fields bear the names of the schema's elements in small letters and stand in its order, so that a form can be filled in
beside it. What the schema lets be left out is None. Flags that the schema closes to SI and NO are truths; the two flags of
an objective are free texts there, and no source tells their literals.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from misure.ground.record import Record

__all__ = [
    "Area", "Cofinanziamento", "ContentForm", "DimBeneficiario", "Dotazione", "Field", "MisuraAttuativa", "Obiettivo",
    "RnaMeasure", "Settore", "StatusFinalita", "Strumento", "fields_of",
]  # fmt: skip


class StatusFinalita(Record):
    """STATUS_FINALITA_REG: the regional-aid status of the territory."""

    cod_status: int
    des_status: str


class Settore(Record):
    """SETTORE: a section or group of NACE."""

    cod_settore: str
    des_settore: str


class Area(Record):
    """AREA: a NUTS territory."""

    cod_area: str
    des_area: str


class Strumento(Record):
    """STRUMENTO: a form of aid."""

    flag_user_defined: bool
    cod_strumento: int
    des_strumento: str
    descrizione_altro: str | None = None


class Dotazione(Record):
    """DOTAZIONE: the budget of a year, or the whole; the schema takes no cents."""

    anno_competenza: int | None
    importo: int


class Cofinanziamento(Record):
    """COFINANZIAMENTO: what a fund adds, in euros."""

    cod_fondo: int
    descrizione_fondo: str
    importo: Decimal


class Obiettivo(Record):
    """OBIETTIVO: under which procedure and regulation, what for, and up to which intensity: a percentage, or euros by the flag."""

    cod_procedimento: int
    des_procedimento: str
    cod_regolamento: str
    des_regolamento: str
    cod_obiettivo: int
    des_obiettivo: str
    intensita_massima: int
    maggiorazione: int | None
    flag_valore_assoluto_intensita: str
    flag_valore_assoluto_maggiorazione: str | None = None
    cod_calamita: int | None = None
    des_calamita: str | None = None
    data_inizio_evento: dt.date | None = None
    data_fine_evento: dt.date | None = None


class MisuraAttuativa(Record):
    """MISURA_ATTUATIVA: a call under a framework measure."""

    identificativo: int
    titolo: str
    ente_competente: str
    base_giuridica_nazionale: str
    data_inizio_validita: dt.date
    data_fine_validita: dt.date
    link_trasparenza: str
    soggetto_concedente: str


class DimBeneficiario(Record):
    """DIM_BENEFICIARIO_TYPE: a size of beneficiary; the element really is called so."""

    cod_dim_beneficiario: int
    descr_dim_beneficiario: str


class RnaMeasure(Record, kw_only=True):
    """MISURA: the header of a measure. Moments are those of the schema's `dateTime`."""

    car_padre: str
    cod_amm: str
    cod_autorita: str
    des_autorita: str
    cod_uff_gestore: int
    denominazione_uff_gestore: str
    cod_ce: str | None = None
    stato_membro: str
    car: str
    car_attivo: str | None = None
    car_precedente: str | None = None
    data_decisione_ce: dt.datetime | None = None
    titolo_misura: str
    link_aiuto: str
    data_inizio_misura: dt.datetime
    data_fine_misura: dt.datetime
    cod_tipo_misura: int
    des_tipo_misura: str
    denominazione_beneficiario: str | None = None
    flag_modifica_regime_o_esistente: bool
    cod_aiuto_ce_prec: str | None = None
    data_concessione: dt.datetime | None = None
    autorita_concedente_trasp_ce: str
    indirizzo_postale_autorita_concedente: str | None = None
    indirizzo_internet_autorita_concedente: str | None = None
    cod_tipo_modifica_misura: int | None = None
    des_tipo_modifica_misura: str | None = None
    base_giuridica_nazionale: str
    flag_quadro: bool
    data_inizio_val_quadro: dt.date | None = None
    data_fine_val_quadro: dt.date | None = None
    lista_misure_attuative: tuple[MisuraAttuativa, ...] | None = None
    lista_status_finalita_reg: tuple[StatusFinalita, ...]
    lista_settori: tuple[Settore, ...]
    lista_aree: tuple[Area, ...]
    lista_strumenti: tuple[Strumento, ...]
    lista_dotazioni: tuple[Dotazione, ...]
    importo_prestiti_garantiti: Decimal | None = None
    importo_aiuto_ad_hoc: Decimal | None = None
    lista_cofinanziamenti: tuple[Cofinanziamento, ...] | None = None
    lista_obiettivi: tuple[Obiettivo, ...]
    lista_tipo_beneficiario: tuple[DimBeneficiario, ...]


class ContentForm(Enum):
    """How the content of an element is written."""

    TEXT = "str"
    WHOLE = "int"
    FLAG = "bool"
    AMOUNT = "Decimal"
    DAY = "dt.date"
    MOMENT = "dt.datetime"
    LIST = "tuple"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record and its element. `item` is the element in a list, and `kind` the record it holds."""

    name: str
    form: ContentForm
    optional: bool
    item: str = ""
    kind: type[Record] | None = None

    @property
    def element(self) -> str:
        return self.name.upper()


_ITEMS: dict[str, tuple[str, type[Record]]] = {
    "lista_misure_attuative": ("MISURA_ATTUATIVA", MisuraAttuativa),
    "lista_status_finalita_reg": ("STATUS_FINALITA_REG", StatusFinalita),
    "lista_settori": ("SETTORE", Settore),
    "lista_aree": ("AREA", Area),
    "lista_strumenti": ("STRUMENTO", Strumento),
    "lista_dotazioni": ("DOTAZIONE", Dotazione),
    "lista_cofinanziamenti": ("COFINANZIAMENTO", Cofinanziamento),
    "lista_obiettivi": ("OBIETTIVO", Obiettivo),
    "lista_tipo_beneficiario": ("DIM_BENEFICIARIO_TYPE", DimBeneficiario),
}


@cache
def fields_of(kind: type[Record]) -> tuple[Field, ...]:
    """The fields of a record of this module, in the order of the schema."""
    found = []
    for name in kind.field_names:
        annotation = str(kind.__annotations__[name])
        plain = annotation.removesuffix(" | None")
        form = ContentForm.LIST if plain.startswith("tuple") else ContentForm(plain)
        item, holds = _ITEMS.get(name, ("", None))
        found.append(Field(name, form, plain != annotation, item, holds))
    return tuple(found)
