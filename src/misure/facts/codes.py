# SPDX-License-Identifier: Apache-2.0
"""Lists of codes of a classification: what a list may hold, wherever one is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from misure.facts.values import is_code
from misure.ground.place import nearest

__all__ = ["Slip", "slips"]

Sections = Mapping[str, tuple[str, ...]]


class Slip(NamedTuple):
    """A code that cannot stand in a list: its place among the codes, why, and the nearest right one."""

    at: int
    message: str
    suggestion: str | None = None


def slips(codes: Sequence[str], edition: str, sections: Sections) -> Iterator[Slip]:
    """What is wrong with the codes of a list, which are sections or codes of an edition, each once.

    >>> sections = {"C": ("12",), "J": ("62",)}
    >>> [(slip.at, slip.suggestion) for slip in slips(["C", "62.10", "12.0.0", "K", "C"], "ateco-2007", sections)]
    [(1, '62'), (2, '12.00'), (3, None), (4, None)]
    """
    seen: set[str] = set()
    for at, code in enumerate(codes):
        if not (is_code(code, sections) and _has(edition, code)):
            yield Slip(at, f"{str(code)!r} is no section or code of {edition}", _likely(code, edition, sections))
        elif code in seen:
            yield Slip(at, f"{str(code)!r} stands in the list twice")
        seen.add(code)


def _has(edition: str, code: str) -> bool:
    """Whether a classification that is known has a group or class of that code: lists of another edition show in them."""
    from misure.identifiers import nace  # few lists hold anything but sections and divisions

    return "." not in code or edition not in nace.EDITIONS or nace.is_valid(code, edition=edition)


def _likely(code: str, edition: str, sections: Sections) -> str | None:
    from misure.identifiers import nace

    if edition in nace.EDITIONS and (code[:1].isdecimal() or nace.likely(code, edition=edition)):
        likely = nace.likely(code, edition=edition)
        return likely if likely is not None and is_code(likely, sections) else None
    return nearest(code, [*sections, *(division for below in sections.values() for division in below)])
