# SPDX-License-Identifier: Apache-2.0
"""What a ledger is known to lack.

>>> Gap("March 2025 was not read").beneficiary is None
True
"""

from __future__ import annotations

from dataclasses import dataclass

from misure._reopen import by_public_name
from misure.deminimis.aid import named
from misure.ground.given import refuse
from misure.identifiers.entering import entered

__all__ = ["Gap"]


@by_public_name
@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a ledger is known to lack: a damaged row, a month that was not read.

    It makes the headroom of one beneficiary uncertain, or that of everybody where none is named.
    """

    what: str
    beneficiary: str | None = None

    def __post_init__(self) -> None:
        faults = named("what", self.what, "say what is missing")
        if self.beneficiary is not None:
            who = entered("beneficiary", self.beneficiary, "leave it out where it touches everybody", faults)
            object.__setattr__(self, "beneficiary", who)
        refuse("<gap>", faults)
