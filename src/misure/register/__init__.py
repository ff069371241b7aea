# SPDX-License-Identifier: Apache-2.0
"""The State-aid register: its open data read into ledgers, and a measure's header written for it."""

from __future__ import annotations

from misure.register.aid import AidComponent, AidInstrument, AidRecord
from misure.register.hardened import MissingExtra
from misure.register.ledgers import LedgerReport, read_ledger
from misure.register.progress import TerminalProgress
from misure.register.reading import Progress, Reading, read_aids
from misure.register.report import Damage, Oddity, ReadingReport
from misure.register.sources import Limits
from misure.register.writing import aid_pieces, write_aids

__all__ = [
    "AidComponent", "AidInstrument", "AidRecord", "Damage", "LedgerReport", "Limits", "MissingExtra", "Oddity", "Progress",
    "Reading", "ReadingReport", "TerminalProgress", "aid_pieces", "read_aids", "read_ledger", "write_aids",
]  # fmt: skip
