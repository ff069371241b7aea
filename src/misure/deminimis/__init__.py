# SPDX-License-Identifier: Apache-2.0
"""De minimis aid: the ledger of what was granted, the headroom on a day, what occupies it and until when.

The law is Reg. (EU) 2023/2831 (`gen`), 2023/2832 (`sgei`), 1408/2013 (`agri`) and 717/2014 (`fish`), with those that
they replaced; its figures are the tables `rules/ue/deminimis-*.csv` and `rules/ue/cumulation*.csv`.

>>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register, 22 November 2026")
>>> print(headroom(ledger, "alfa", on="2026-11-22"))
gen on 2026-11-22: 50000.00 of 300000.00 euros
"""

from __future__ import annotations

from typing import NoReturn

from misure._lazy import no_such
from misure.deminimis.aid import Aid, RegisterKeys
from misure.deminimis.answers import AidWindow, CapUse, Headroom, Occupation, Remark
from misure.deminimis.assessing import Assessment, Policy, Verdict, assess
from misure.deminimis.costs import PRO_RATA, CostCheck, Cumulation, Support, SupportKind, cumulate
from misure.deminimis.dossier import facts
from misure.deminimis.law import REGULATIONS, CeilingRow, Convention, YearEnd, ceiling_rows, window
from misure.deminimis.ledgers.file import open_ledger, save_ledger
from misure.deminimis.ledgers.ledger import Gap, Ledger
from misure.deminimis.options import Options
from misure.deminimis.registering import RegisterDuty, missing_for_register, register_duty
from misure.deminimis.remaining import headroom
from misure.deminimis.scope import Exclusion, ScopeAnswer, exclusions, in_scope
from misure.deminimis.surveying.course import Course, HeadroomPeriod, course
from misure.deminimis.surveying.survey import Survey, UndertakingStanding, survey
from misure.deminimis.waiting import FirstFit, FitReason, first_day_that_fits

__all__ = [
    "PRO_RATA", "REGULATIONS", "Aid", "AidWindow", "Assessment", "CapUse", "CeilingRow", "Convention", "CostCheck",
    "Course", "Cumulation", "Exclusion", "FirstFit", "FitReason", "Gap", "Headroom", "HeadroomPeriod", "Ledger",
    "Occupation", "Options", "Policy", "RegisterDuty", "RegisterKeys", "Remark", "ScopeAnswer", "Support",
    "SupportKind", "Survey", "UndertakingStanding", "Verdict", "YearEnd", "assess", "ceiling_rows", "course",
    "cumulate", "exclusions", "facts", "first_day_that_fits", "headroom", "in_scope", "missing_for_register",
    "open_ledger", "register_duty", "save_ledger", "survey", "window",
]  # fmt: skip


def __getattr__(name: str) -> NoReturn:
    raise no_such(__name__, name, __all__)
