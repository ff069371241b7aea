# SPDX-License-Identifier: Apache-2.0
"""Undertakings: their relations, the size class, the single undertaking, undertakings in difficulty."""

from __future__ import annotations

from typing import NoReturn

from misure._lazy import no_such
from misure.undertakings.connected import components
from misure.undertakings.describing import EntityKind, Figures, Holding, Undertaking
from misure.undertakings.difficulty import Difficulty, EarlierAid, Limb, Situation, YearRatios, in_difficulty
from misure.undertakings.figures import Count, Euros, Figure, Share
from misure.undertakings.grouping import (
    Aggregate,
    Counted,
    EnterpriseRelation,
    EnterpriseSize,
    NotAdded,
    RelationAnswer,
    aggregate,
    relation,
    size_of,
)  # fmt: skip
from misure.undertakings.headcount import Headcount, Staff, StaffKind, StaffLine, awu
from misure.undertakings.links import Link, LinkReason
from misure.undertakings.relations import Relations
from misure.undertakings.single import (
    BodyLinks,
    Member,
    PersonLinks,
    Regulation,
    SingleUndertaking,
    single_undertaking,
    single_undertakings,
)
from misure.undertakings.situation import Liability
from misure.undertakings.size import Ceiling, SizeAnswer, SizeClass, SizeDefinition, size_class
from misure.undertakings.years import AccountingPeriod, Start, StatusAnswer, size_over_years

__all__ = [
    "AccountingPeriod", "Aggregate", "BodyLinks", "Ceiling", "Count", "Counted", "Difficulty", "EarlierAid",
    "EnterpriseRelation", "EnterpriseSize", "EntityKind", "Euros", "Figure", "Figures", "Headcount", "Holding",
    "Liability", "Limb", "Link", "LinkReason", "Member", "NotAdded", "PersonLinks", "Regulation", "RelationAnswer",
    "Relations", "Share", "SingleUndertaking", "Situation", "SizeAnswer", "SizeClass", "SizeDefinition", "Staff",
    "StaffKind", "StaffLine", "Start", "StatusAnswer", "Undertaking", "YearRatios", "aggregate", "awu", "components",
    "in_difficulty", "relation", "single_undertaking", "single_undertakings", "size_class", "size_of",
    "size_over_years",
]  # fmt: skip


def __getattr__(name: str) -> NoReturn:
    raise no_such(__name__, name, __all__)
