# SPDX-License-Identifier: Apache-2.0
"""Undertakings: their relations, the size class, the single undertaking, undertakings in difficulty."""

from __future__ import annotations

from misure.undertakings.components import components
from misure.undertakings.describing import Figures, Holding, Kind, Undertaking
from misure.undertakings.figures import Figure
from misure.undertakings.links import Link, Reason
from misure.undertakings.relations import Relations
from misure.undertakings.single import Member, SingleUndertaking, single_undertaking, single_undertakings
from misure.undertakings.size import Ceiling, SizeAnswer, SizeClass, size_class

__all__ = [
    "Ceiling", "Figure", "Figures", "Holding", "Kind", "Link", "Member", "Reason", "Relations", "SingleUndertaking",
    "SizeAnswer", "SizeClass", "Undertaking", "components", "single_undertaking", "single_undertakings", "size_class",
]  # fmt: skip
