# SPDX-License-Identifier: Apache-2.0
"""Who is asked about and has no aid in the ledger: nothing was granted, or the ledger knows the undertaking otherwise.

A code that is right and that a complete ledger does not hold is an answer: nothing was granted to it. Its check character
sees a slip; it carries the doubt `not_in_ledger` all the same. A name has no check: where a name that looks like it has aid,
that aid may be its own; and in a ledger that names everybody by code, nobody is found by a name.

>>> from misure.deminimis.aid import Aid
>>> ledger = Ledger([Aid("COR-1", "Alfa S.r.l.", "gen", "2025-01-10", "250000.00")])
>>> strangers_of(ledger, Group(("alfa srl", "Alfa S.r.l.")), complete=True)
(Stranger(name='alfa srl', nearest='Alfa S.r.l.', by_name=True, unmatched=False),)
"""

from __future__ import annotations

from typing import NamedTuple

from misure.deminimis.ledger import Ledger, beneficiaries_of, holds_aid_of
from misure.deminimis.options import Group
from misure.identifiers import identity
from misure.identifiers.likeness import likest

__all__ = ["Stranger", "strangers_of"]

_FEW = 2_000
"""Among more beneficiaries than this the nearest is not looked for: it would take longer than the question."""


class Stranger(NamedTuple):
    """Somebody of whom the ledger holds no aid."""

    name: str
    nearest: str | None
    """The beneficiary of some aid that looks most like it."""
    by_name: bool
    """It is asked about by a name, and not by a code."""
    unmatched: bool
    """By a name, in a ledger that names everybody by code."""


def strangers_of(ledger: Ledger, group: Group, *, complete: bool) -> tuple[Stranger, ...]:
    """Every member of whom the ledger holds no aid, and knows no gap; of those who may belong, whoever looks like another.

    Of a ledger that is not `complete` on the day of the question nobody expects everybody: only who looks like another is told.
    """
    names = [name for name in (*group.members, *group.possible) if not holds_aid_of(ledger, name)]
    if not names:
        return ()
    known = beneficiaries_of(ledger)
    found = []
    for name in names:
        by_name = not identity.parse(name).is_code
        nearest = likest(name, known) if len(known) <= _FEW else None
        if nearest is None and not (complete and name in group.members):
            continue
        unmatched = complete and by_name and bool(known) and all(identity.parse(each).is_code for each in known)
        found.append(Stranger(name, nearest, by_name, unmatched))
    return tuple(found)
