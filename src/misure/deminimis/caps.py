# SPDX-License-Identifier: Apache-2.0
"""What limits an aid of a day: the ceiling of its own regulation, and the caps that several regulations share.

The shared caps stand in `rules/ue/cumulation-deminimis.csv`; the figures of most of them are the ceilings themselves.

>>> from misure.ground.days import parse_day
>>> [(limit.name, limit.most) for limit in limits(parse_day("2026-11-22"), "agri", None, Options())]
[('agri', 5000000), ('gen-agri-fish', 30000000), ('agri-fish', 5000000)]
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from misure.deminimis.law import CeilingRow, Convention, ceiling_row, ceiling_rows, start
from misure.deminimis.options import Options
from misure.ground.dated import Cited, Row, act_of, dated_table
from misure.ground.errors import NotEncoded
from misure.ground.truth import Confidence, worst

__all__ = ["Limit", "CapState", "changes", "limits", "window_cited"]

TABLE = "ue/cumulation-deminimis"
ROAD_FREIGHT = "road_freight"


class CapState(StrEnum):
    """Whether a limit holds."""

    HOLDS = "holds"
    OPEN = "open"
    """Sources do not settle it, and the question left it open: it may hold."""
    SET_ASIDE = "set_aside"
    """Sources do not settle it, and the question reads the law without it."""
    NOT_ENCODED = "not_encoded"
    """Such a limit holds on other days; what it says on this one is not encoded."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit on one day. Amounts are cents, days ordinals; the aid that fills it was granted from `first` to the day."""

    name: str
    counts: tuple[str, ...]
    """The regulations whose aid fills it."""
    first: int
    least: int
    most: int
    """Above `least` where it is not known whether the higher ceiling of a register holds."""
    window_of: str
    """The regulation whose three years are counted."""
    rolling: bool
    only_schemes: bool
    activity: str | None
    """Aid for this activity alone fills it; None: all aid does."""
    standing: CapState
    citation: Cited
    confidence: Confidence
    note: str


@lru_cache(maxsize=16_384)
def limits(day: int, regulation: str, activity: str | None, options: Options) -> tuple[Limit, ...]:
    """Every limit on an aid granted on a day under a regulation, its own ceiling first.

    Raises:
        NotEncoded: The law of the day is not encoded.
        BadFacts: No regulation has this name.
    """
    own = ceiling_row(day, regulation)
    found = [_limit(regulation, (regulation,), own, _ends(own, options), day, options)]
    for rows in _caps(regulation).values():
        live = next((row for row in rows if row.holds_on(day)), None)
        row = live or rows[-1]
        if regulation not in row.texts["applies_to"].split() or row.texts["activity"] not in ("", activity):
            continue
        found += _shared(row, day, options, encoded=live is not None, own=own)
    return tuple(found)


def _shared(row: Row, day: int, options: Options, *, encoded: bool, own: CeilingRow) -> list[Limit]:
    """The limit of one row of shared caps, if it sets any."""
    counts = tuple(row.texts["counts"].split())
    if row.texts["limit"]:
        ends = (row.cents("limit"),) * 2
        return [_limit(row.texts["cap"], counts, own, ends, day, options, row)]
    lenders = row.texts["limit_of"].split()
    if not lenders:
        return []
    try:
        # The years counted are those of the regulation that lends the highest ceiling.
        rows = sorted((ceiling_row(day, name) for name in lenders), key=lambda lender: -_ends(lender, options)[1])
    except NotEncoded:
        encoded, rows = False, [own]
    least, most = (max(ends) for ends in zip(*(_ends(lender, options) for lender in rows), strict=True))
    standing = CapState.HOLDS if encoded else CapState.NOT_ENCODED
    if row.texts["reading"] == "sgei_joint_cap":
        chosen = {True: CapState.HOLDS, False: CapState.SET_ASIDE, None: CapState.OPEN}[options.sgei_joint_cap]
        # A cap that the question sets aside stays aside where the law is not encoded: there is nothing to be unsure of.
        standing = chosen if encoded or chosen is CapState.SET_ASIDE else standing
    return [_limit(row.texts["cap"], counts, rows[0], (least, most), day, options, row, standing)]


def _limit(
    name: str, counts: tuple[str, ...], years: CeilingRow, ends: tuple[int, int], day: int, options: Options,
    row: Row | None = None, standing: CapState = CapState.HOLDS,
) -> Limit:  # fmt: skip
    citation, note = (row.citation, row.note) if row else (years.citation, years.note)
    sure = worst(citation.confidence, years.citation.confidence)
    if years.rolling:
        sure = worst(sure, window_cited(options.begins).confidence)
    return Limit(
        name, counts, start(day, years, options.begins, options.year_end), *ends, years.regulation, years.rolling,
        years.only_schemes, row.texts["activity"] or None if row else None, standing, citation, sure, note,
    )  # fmt: skip


def _ends(row: CeilingRow, options: Options) -> tuple[int, int]:
    higher = row.ceiling if row.with_register is None else row.with_register
    return (
        row.ceiling if options.register is not True else higher,
        higher if options.register is not False else row.ceiling,
    )


@cache
def _caps(regulation: str) -> dict[str, tuple[Row, ...]]:
    """The shared caps that ever touch a regulation, by name."""
    table = dated_table(TABLE)
    touching = [row.texts["cap"] for row in table.rows if regulation in row.texts["applies_to"].split()]
    return {name: table.series(cap=name) for name in dict.fromkeys(touching)}


@cache
def changes(regulation: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The days on which a limit on aid under a regulation may change, and the regulations whose years any limit counts."""
    lenders = dict.fromkeys((regulation,))
    days = set()
    for rows in _caps(regulation).values():
        for row in rows:
            lenders.update(dict.fromkeys(row.texts["limit_of"].split()))
            days.add(row.since)
            days |= {row.until + 1} if row.until is not None else set()
    for name in lenders:
        days |= {row.since for row in ceiling_rows(name)}
    return tuple(sorted(days)), tuple(lenders)


@cache
def window_cited(convention: Convention) -> Cited:
    """Where it is said which day three rolling years begin on."""
    if convention is Convention.MAIN:
        return Cited(act_of("rna-faq"), "15.1", Confidence.SECONDARY)
    return Cited(act_of("reg-2023-2831"), "considerando 11", Confidence.INFERRED)
