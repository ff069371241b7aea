# SPDX-License-Identifier: Apache-2.0
"""What a measure rests on beside its own acts: shared law, read with it and told under its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from misure.ground.place import Place
from misure.ground.record import Record

__all__ = ["SharedLaw", "by_file"]


class SharedLaw(Record, kw_only=True):
    """One piece of shared law that a measure uses.

    `names` are its parameters, definitions and rules. They carry their own dates and readings: an edition of the
    measure has nothing to restate of them.
    """

    id: str
    title: str
    path: str
    names: frozenset[str]
    not_modelled: Mapping[str, str]
    general: bool = False
    """Whether it is law that stands beneath every grant, and no part of what the call says."""


def by_file(laws: Iterable[SharedLaw]) -> Callable[[Place], tuple[int, Place]]:
    """The order of rules from several files: the measure's own as the eye goes down its file, then those of each law."""
    rank = {law.path: at for at, law in enumerate(laws, start=1)}
    return lambda place: (rank.get(place.path, 0), place)
