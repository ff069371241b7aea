# SPDX-License-Identifier: Apache-2.0
"""Where the bundled rule files lie: inside the package in a wheel, beside `src` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["bundled_rules"]


@cache
def bundled_rules() -> Path:
    """The folder of the rules that come with the library; it holds `vocabulary`, `tables` and the measures.

    Raises:
        FileNotFoundError: The installation has lost them; the message names the folders tried.
    """
    return _find(Path(__file__).resolve().parents[1])


def _find(package: Path) -> Path:
    # A wheel maps rules/ to misure/_rules; an editable install or a checkout reads the living folder itself, so that
    # an edit of a rule file counts at once.
    tried = [package / "_rules", *(parent / "rules" for parent in package.parents[1:2])]
    for folder in tried:
        if (folder / "vocabulary").is_dir():
            return folder
    raise FileNotFoundError(f"the rules of misure are not installed; looked in {' and in '.join(map(str, tried))}")
