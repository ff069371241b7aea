# SPDX-License-Identifier: Apache-2.0
"""The State-aid register: its open data read into ledgers, and a measure's header written for it."""

from __future__ import annotations

from typing import NoReturn

from misure._lazy import no_such
from misure.ground.extras import MissingExtra
from misure.register.aids.aid import AidComponent, AidInstrument, AidRecord
from misure.register.aids.reading import AidReader, Progress, read_aids
from misure.register.aids.writing import aid_pieces, write_aids
from misure.register.award_record import PreparedAward, RegisterStep, prepare_award
from misure.register.files.report import Damage, Oddity, ReadingReport
from misure.register.files.sources import FileSource, Limits
from misure.register.incentivi import measure_to_incentivi
from misure.register.incentivi_reading import IncentiviRecord, parse_incentivi
from misure.register.ledgers import LedgerReport, read_ledger
from misure.register.measures.export import measure_to_rna, rna_measure
from misure.register.measures.reading import MeasureReader, parse_rna_measures, read_rna_measures
from misure.register.measures.record import (
    Area,
    Cofinanziamento,
    DimBeneficiario,
    Dotazione,
    MisuraAttuativa,
    Obiettivo,
    RnaMeasure,
    Settore,
    StatusFinalita,
    Strumento,
)  # fmt: skip
from misure.register.measures.writing import write_rna_measures
from misure.register.progress import TerminalProgress

__all__ = [
    "AidComponent", "AidInstrument", "AidReader", "AidRecord", "Area", "Cofinanziamento", "Damage", "DimBeneficiario",
    "Dotazione", "FileSource", "IncentiviRecord", "LedgerReport", "Limits", "MeasureReader", "MissingExtra",
    "MisuraAttuativa", "Obiettivo", "Oddity", "PreparedAward", "Progress", "ReadingReport", "RegisterStep",
    "RnaMeasure", "Settore", "StatusFinalita", "Strumento", "TerminalProgress", "aid_pieces", "measure_to_incentivi",
    "measure_to_rna", "parse_incentivi", "parse_rna_measures", "prepare_award", "read_aids", "read_ledger",
    "read_rna_measures", "rna_measure", "write_aids", "write_rna_measures",
]  # fmt: skip


def __getattr__(name: str) -> NoReturn:
    raise no_such(__name__, name, __all__)
