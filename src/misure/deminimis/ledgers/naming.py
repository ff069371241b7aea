# SPDX-License-Identifier: Apache-2.0
"""Whom a ledger holds under a text that may be another's too: a name, or the number of another State whose check fails.

A name has no check: *Rossi S.r.l.* and *ROSSI SRL* are the same letters, and perhaps one firm. It is read once for a ledger, and
asked for each name without looking at the others.

>>> naming = naming_of(["Rossi S.r.l.", "ROSSI SRL", "Bianchi", "DE136695975", "01234560157"])
>>> naming.alike("Rossi S.r.l."), naming.alike("Bianchi"), naming.alike("DE136695976"), naming.mixed
(('ROSSI SRL',), (), ('DE136695975',), True)
>>> sorted(naming.alike_to_some())
['ROSSI SRL', 'Rossi S.r.l.']
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from misure.identifiers.identity import is_foreign, is_unsure
from misure.identifiers.likeness import letters, likest, pieces

__all__ = ["Naming", "naming_of"]


class Naming(NamedTuple):
    """The beneficiaries of a ledger who may be called otherwise, by what makes them look like another."""

    unsure: tuple[str, ...]
    """By a name, or by a number whose check fails."""
    by_letters: dict[str, list[str]]
    by_piece: dict[tuple[int, str], list[str]]
    """The numbers whose check fails: two that look alike have a piece in common."""
    foreign: tuple[str, ...]
    """By the number of another State, right or not."""
    mixed: bool
    """Some stand by a name, others by a code."""

    def alike(self, name: str) -> tuple[str, ...]:
        """Who may be somebody by that text, written otherwise; the text itself is not among them."""
        if not is_foreign(name):
            return tuple(other for other in self.by_letters.get(letters(name), ()) if other != name)
        near = dict.fromkeys(other for piece in pieces(name) for other in self.by_piece.get(piece, ()))
        return tuple(other for other in near if other != name and likest(name, [other]))

    def alike_to_some(self) -> set[str]:
        """Everybody who may be another one of the ledger."""
        found = {name for names in self.by_letters.values() if len(names) > 1 for name in names}
        return found | {name for name in self.foreign if self.alike(name)} if self.by_piece else found


def naming_of(beneficiaries: Iterable[str]) -> Naming:
    """How a ledger calls its beneficiaries."""
    by_letters: dict[str, list[str]] = {}
    by_piece: dict[tuple[int, str], list[str]] = {}
    unsure, foreign, known = [], [], 0
    for name in beneficiaries:
        known += 1
        # Almost everybody stands by eleven digits, which were looked at when they entered.
        if len(name) == 11 and name.isdecimal():
            continue
        if is_foreign(name):
            foreign.append(name)
            if is_unsure(name):
                unsure.append(name)
                for piece in pieces(name):
                    by_piece.setdefault(piece, []).append(name)
        elif is_unsure(name):
            unsure.append(name)
            by_letters.setdefault(letters(name), []).append(name)
    mixed = bool(by_letters) and sum(map(len, by_letters.values())) < known
    return Naming(tuple(unsure), by_letters, by_piece, tuple(foreign), mixed)
