# SPDX-License-Identifier: Apache-2.0
"""What the codes of the State-aid register stand for, as far as they are known: the tables are `rules/tables/rna-*.csv`.

A code that no table has is unknown, and stays so: it is never read as its neighbour. The register's own labels are kept
beside the codes; where a label was not kept by the source, the table says `unknown`.

>>> regulation_of("CE2831/23"), regulation_of("CE9999/99")
('gen', None)
>>> instrument_of(9, None), instrument_of(9001, "Voucher (Categoria: Prestito/Anticipo rimborsabile)")
('loan', 'loan')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from misure.ground.dated import Row, dated_table

__all__ = [
    "DE_MINIMIS", "code_rows", "instrument_for", "instrument_of", "label_of", "objective_of", "procedure_of",
    "regulation_of", "size_of", "sizes_of",
]  # fmt: skip

DE_MINIMIS = "deminimis"
"""The procedure of aid that is not notified because it is small."""

_CATEGORY = re.compile(r"\(Categoria: (?P<label>.*)\)\s*\Z", re.DOTALL)


@cache
def code_rows(table: str) -> Mapping[str, Row]:
    """The rows of one table (`regulations`, `procedures`, `instruments`, `objectives`) by code, as the register writes it.

    >>> code_rows("regulations")["CE2831/23"].citation.confidence
    <Confidence.OFFICIAL: 'official'>
    """
    return MappingProxyType({row.texts["code"]: row for row in dated_table(f"tables/rna-{table}").rows})


def label_of(table: str, code: str) -> str | None:
    """The register's own words for a code; None where the code or its exact words are not known.

    >>> label_of("procedures", "1"), label_of("regulations", "CE659/1999")
    ('De Minimis', None)
    """
    row = code_rows(table).get(code)
    return row.texts["label"] if row is not None and row.known("label") else None


@cache
def _meanings(table: str, column: str) -> Mapping[str, str]:
    return MappingProxyType({code: row.texts[column] for code, row in code_rows(table).items()})


def regulation_of(code: str | None) -> str | None:
    """The regulation under which an aid was granted (COD_REGOLAMENTO): `gen`, `sgei`, `gber`, `notified` and others.

    No code of the agricultural and fisheries regulations has been seen: their aid is kept in registers of its own.
    """
    return None if code is None else _meanings("regulations", "regulation").get(code)


def procedure_of(code: int | None) -> str | None:
    """How an aid is lawful without a decision, or by one (COD_PROCEDIMENTO): `deminimis`, `notification`, `exemption`."""
    return None if code is None else _meanings("procedures", "procedure").get(str(code))


def objective_of(code: str | None) -> str | None:
    """What an aid is for (COD_OBIETTIVO). The table has every code of two months, and not all of the register."""
    return None if code is None else _meanings("objectives", "objective").get(code)


@lru_cache(maxsize=4_096)
def instrument_of(code: int | None, label: str | None) -> str | None:
    """The form of an aid (COD_STRUMENTO): `grant`, `loan`, `guarantee`, `risk_finance`, `tax_relief`.

    A granting body may have words of its own under a code of its own: these end with the category, which counts.
    """
    known = None if code is None else _meanings("instruments", "instrument").get(str(code))
    if known is not None or label is None:
        return known
    category = _CATEGORY.search(label)
    return None if category is None else _instruments_by_label().get(category["label"].strip())


def instrument_for(form: str) -> str:
    """What the register calls a form of support: it has one label for a grant and for an interest subsidy.

    >>> instrument_for("interest_subsidy"), instrument_for("loan")
    ('grant', 'loan')
    """
    return "grant" if form == "interest_subsidy" else form


@cache
def _instruments_by_label() -> Mapping[str, str]:
    rows = code_rows("instruments").values()
    return MappingProxyType({row.texts["label"]: row.texts["instrument"] for row in rows})


@cache
def _sizes() -> Mapping[str, tuple[str, ...]]:
    rows = dated_table("tables/rna-beneficiary-sizes").rows
    return MappingProxyType({row.texts["label"].casefold(): tuple(row.texts["size"].split()) for row in rows})


def sizes_of(label: str | None) -> tuple[str, ...]:
    """The sizes that a beneficiary may have (DES_TIPO_BENEFICIARIO), from the smallest; empty where the literal is not known.

    No source tells the register's own list of literals; the table has those that were met, and the usual names, whatever
    their capitals.

    >>> sizes_of("PMI"), sizes_of("Grande Impresa"), sizes_of("Ente")
    (('micro', 'small', 'medium'), ('large',), ())
    """
    return () if label is None else _sizes().get(label.casefold(), ())


def size_of(label: str | None) -> str | None:
    """The one size of the beneficiary: `micro`, `small`, `medium`, `large`; None where the literal leaves several, or is not known."""
    found = sizes_of(label)
    return found[0] if len(found) == 1 else None
