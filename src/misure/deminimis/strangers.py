# SPDX-License-Identifier: Apache-2.0
"""Who is asked about and has no aid in the ledger: nothing was granted, or the ledger knows the undertaking otherwise.

A code that is right and that a complete ledger of right codes does not hold is an answer: nothing was granted to it. Its check
character sees a slip; it carries the doubt `not_in_ledger` all the same. Otherwise some of the aid may be its own, and the
amount is open: aid of a name, which has no check, may be anybody's whom the ledger does not hold; so may aid of the number of
another State whose check fails; and whoever is asked about by such a number or by a name may stand there by a code.

>>> from misure.deminimis.aid import Aid
>>> ledger = Ledger([Aid("COR-1", "Alfa S.r.l.", "gen", "2025-01-10", "250000.00")])
>>> strangers_of(ledger, Group(("alfa srl",)), complete=True)
(Stranger(name='alfa srl', nearest='Alfa S.r.l.', unmatched=False, may_be=('Alfa S.r.l.',)),)
>>> strangers_of(ledger, Group(("01234560157",)), complete=True)
(Stranger(name='01234560157', nearest=None, unmatched=False, may_be=('Alfa S.r.l.',)),)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from misure.deminimis.ledgers.ledger import Ledger, beneficiaries_of, holds_aid_of, naming_in
from misure.deminimis.options import Group
from misure.identifiers.identity import is_unsure
from misure.identifiers.likeness import likest

__all__ = ["Stranger", "slips_of", "stands_alone", "strangers_of", "widened"]

_FEW = 2_000
"""Among more beneficiaries than this the nearest is not looked for: it would take longer than the question."""
_DIGITS = 11
_MOST = 20
"""Of more beneficiaries who may be it nobody can tell what is its own: nothing of the amount is sure then."""


class Stranger(NamedTuple):
    """Somebody of whom the ledger holds no aid."""

    name: str
    nearest: str | None
    """The beneficiary of some aid that looks most like it."""
    unmatched: bool
    """Any aid of the ledger may be its own: by a name, or a number whose check fails, where others stand by a code."""
    may_be: tuple[str, ...] = ()
    """The beneficiaries of aid that may be its own, where they are few."""


def strangers_of(ledger: Ledger, group: Group, *, complete: bool) -> tuple[Stranger, ...]:
    """Every member of whom the ledger holds no aid, and knows no gap; of those who may belong, whoever may be another.

    Of a ledger that is not `complete` on the day of the question nobody expects everybody: only who looks like another is told.
    """
    asked = {*group.members, *group.possible}
    names = [name for name in (*group.members, *group.possible) if not holds_aid_of(ledger, name)]
    if not names:
        return ()
    known = beneficiaries_of(ledger)
    unsure = tuple(sorted(name for name in naming_in(ledger).unsure if name not in asked))
    by_code = any(name not in asked and not is_unsure(name) for name in known)
    found = []
    for name in names:
        nearest = likest(name, known) if len(known) <= _FEW else None
        looked_for = complete and name in group.members
        unmatched = looked_for and (len(unsure) > _MOST or (by_code and is_unsure(name)))
        may_be = unsure if looked_for and not unmatched else (nearest,) if nearest in unsure else ()
        if looked_for or nearest is not None:
            found.append(Stranger(name, nearest, unmatched, may_be))
    return tuple(found)


def slips_of(ledger: Ledger, group: Group) -> tuple[str, ...]:
    """The beneficiaries who may be a member, written otherwise.

    A name of the same letters; a number that looks like that of a member and whose check fails: some slip of it, perhaps.

    >>> from misure.deminimis.aid import Aid
    >>> aids = [Aid("COR-1", "DE136695976", "gen", "2025-01-10", 1), Aid("COR-2", "DE136695975", "gen", "2025-01-10", 1)]
    >>> slips_of(Ledger(aids), Group(("DE136695976",))), slips_of(Ledger(aids), Group(("FR40303265045",)))
    (('DE136695975',), ())
    >>> slips_of(Ledger([Aid("COR-1", "ALFA SRL", "gen", "2025-01-10", 1)]), Group(("Alfa S.r.l.",)))
    ('ALFA SRL',)
    """
    asked = {*group.members, *group.possible}
    unclear = [name for name in asked if not (len(name) == _DIGITS and name.isdecimal())]
    if not unclear:
        return ()
    naming = naming_in(ledger)
    return tuple(sorted({other for name in unclear for other in naming.alike(name)} - asked))


def widened(ledger: Ledger, group: Group, strangers: Iterable[Stranger]) -> Group:
    """The group with whoever may be one of it under another name among those who may belong.

    Of a name and another, or a code, nobody knows whether they are two: the aid of the one may be the other's.
    """
    may_be = {*slips_of(ledger, group), *(name for each in strangers for name in each.may_be)}
    return replace(group, possible=tuple(sorted({*group.possible, *may_be}))) if may_be else group


def stands_alone(ledger: Ledger, group: Group) -> bool:
    """Whether an answer takes for so that a member whom the ledger holds stands in it under no other, unlike name.

    Where some stand by a code and others by a name, one of these may be a member all the same, and nothing shows it.
    """
    return any(holds_aid_of(ledger, name) for name in group.members) and naming_in(ledger).mixed
