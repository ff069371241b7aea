# SPDX-License-Identifier: Apache-2.0
"""Texts held word for word. A changed one is written again on demand, and the test fails all the same until it runs again."""

from __future__ import annotations

import os
from pathlib import Path


def reads_as_written(told: str, path: Path) -> None:
    """Hold a text against its file, as the file stood before; with MISURE_WRITE_EXPLANATIONS the file is written anew."""
    before = path.read_text("utf-8") if path.is_file() else ""
    if os.environ.get("MISURE_WRITE_EXPLANATIONS") and told != before:
        path.write_text(told, "utf-8")
    assert told == before
