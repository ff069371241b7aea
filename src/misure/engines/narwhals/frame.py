# SPDX-License-Identifier: Apache-2.0
"""What stands in this host for columns side by side: a frame, there or still to be worked out."""

from __future__ import annotations

from typing import Any, TypeAlias

import narwhals as nw

__all__ = ["Frame"]

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]
