# SPDX-License-Identifier: Apache-2.0
"""Undertakings: their relations, the size class, the single undertaking, undertakings in difficulty."""

from __future__ import annotations

from misure.undertakings.components import components
from misure.undertakings.describing import Figures, Holding, Kind, Undertaking
from misure.undertakings.figures import Figure
from misure.undertakings.grouping import (
    Aggregate,
    Counted,
    EnterpriseSize,
    LeftOut,
    Relation,
    RelationAnswer,
    aggregate,
    relation,
    size_of,
)  # fmt: skip
from misure.undertakings.links import Link, Reason
from misure.undertakings.relations import Relations
from misure.undertakings.single import Member, SingleUndertaking, single_undertaking, single_undertakings
from misure.undertakings.size import Ceiling, SizeAnswer, SizeClass, size_class

__all__ = [
    "Aggregate", "Ceiling", "Counted", "EnterpriseSize", "Figure", "Figures", "Holding", "Kind", "LeftOut", "Link", "Member",
    "Reason", "Relation", "RelationAnswer", "Relations", "SingleUndertaking", "SizeAnswer", "SizeClass", "Undertaking",
    "aggregate", "components", "relation", "single_undertaking", "single_undertakings", "size_class", "size_of",
]  # fmt: skip
