# SPDX-License-Identifier: Apache-2.0
"""Undertakings: their relations, the size class, the single undertaking, undertakings in difficulty."""

from __future__ import annotations

from misure.undertakings.components import components
from misure.undertakings.figures import Figure
from misure.undertakings.size import Ceiling, SizeAnswer, SizeClass, size_class

__all__ = ["Ceiling", "Figure", "SizeAnswer", "SizeClass", "components", "size_class"]
