# SPDX-License-Identifier: Apache-2.0
"""De minimis aid: the ledger of what was granted, the headroom on a day, what occupies it and until when."""

from __future__ import annotations

from misure.deminimis.law import REGULATIONS, CeilingRow, Convention, ceiling_rows, window

__all__ = ["REGULATIONS", "CeilingRow", "Convention", "ceiling_rows", "window"]
