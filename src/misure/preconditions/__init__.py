# SPDX-License-Identifier: Apache-2.0
"""What must hold before aid is granted or paid, and what is taken back: DURC, anti-mafia, claw-back.

Each question is one function. Its answer is yes, no or unknown, with the reason by name, the figures, the provisions it rests
on and how sure they are. Much of this law is known without its texts, and each module says what; what is not told is unknown
and never yes.

>>> answer = durc("2026-07-01", regular=True, on="2026-10-30")
>>> str(answer.truth), answer.reason, str(answer.figure("last_day")), str(answer.confidence)
('no', 'expired', '2026-10-29', 'secondary')
"""

from __future__ import annotations

from typing import NoReturn

from misure._lazy import no_such
from misure.preconditions.answers import Answer, FigureValue, NamedFigure, Warned
from misure.preconditions.antimafia import documentation, may_proceed, still_good
from misure.preconditions.claw_back import ClawBackLaw, interest, redetermined
from misure.preconditions.contributions import durc, substitutive_power
from misure.preconditions.incentives_code import code_applies, rewarded, treated_as_sme
from misure.preconditions.natural_catastrophes import insured
from misure.preconditions.project_codes import project_code
from misure.preconditions.registration import cor_stands
from misure.preconditions.relocating import relocation
from misure.preconditions.stability import stable
from misure.preconditions.unlawful_aid import deggendorf

__all__ = [
    "Answer", "ClawBackLaw", "FigureValue", "NamedFigure", "Warned", "code_applies", "cor_stands", "deggendorf",
    "documentation", "durc", "insured", "interest", "may_proceed", "project_code", "redetermined", "relocation",
    "rewarded", "stable", "still_good", "substitutive_power", "treated_as_sme",
]  # fmt: skip


def __getattr__(name: str) -> NoReturn:
    raise no_such(__name__, name, __all__)
