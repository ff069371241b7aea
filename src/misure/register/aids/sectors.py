# SPDX-License-Identifier: Apache-2.0
"""The register's sectors of activity as codes of NACE.

>>> activity("G.47.0"), activity("I.56.1"), activity("Z.99.9")
(Code(edition='nace-2.0', text='47'), Code(edition='nace-2.0', text='56.1'), None)
"""

from __future__ import annotations

import re
from functools import lru_cache

from misure.ground.errors import BadIdentifier
from misure.identifiers import nace

__all__ = ["activity"]

_WHOLE_DIVISION = re.compile(r"([A-Z]\.[0-9]{2})\.0", re.ASCII)


@lru_cache(maxsize=4_096)
def activity(sector: str, edition: str = "nace-2.0") -> nace.Code | None:
    """The code of a sector; of a group 0 that the edition does not have the division, None where it has neither.

    Some groups really are called 0 (`J.62.0`): these stay groups.

    Raises:
        BadIdentifier: There is no such edition.
    """
    if nace.is_valid(sector, edition=edition):
        return nace.parse(sector, edition=edition)
    division = _WHOLE_DIVISION.fullmatch(sector)
    if division is None:
        return None
    try:
        return nace.parse(division[1], edition=edition)
    except BadIdentifier:
        return None
