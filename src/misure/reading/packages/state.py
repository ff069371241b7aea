# SPDX-License-Identifier: Apache-2.0
"""Which rule files a package has, when each was last changed, and how large it is; nothing is read for that."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from misure.ground.rules_folder import looked_through

__all__ = ["MEASURE_FILE", "State", "measures_in", "state_of"]

State: TypeAlias = tuple[tuple[str, int, int], ...]
"""Each rule file by its path in the package, with the time of its last change (in nanoseconds) and its size, sorted."""

MEASURE_FILE = "measure.yaml"
_RULES = ("law.yaml", MEASURE_FILE, "usual-requirements.csv")
_SHARED = {"vocabulary": ".yaml", "tables": "-sections.csv"}


def state_of(root: Path) -> State:
    """The state of every file that a measure of the package is read from: another one when something was changed.

    Raises:
        BadRules: So many folders lie below that it is no package.
    """
    found = []
    for folder, _, names in looked_through(root):
        inside = os.path.relpath(folder, root).replace(os.sep, "/")
        ending = _SHARED.get(inside)
        for name in names:
            if name in _RULES or (ending and name.endswith(ending)):
                try:
                    seen = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - done at each opening
                except OSError:
                    continue  # it was there a moment ago; who reads it tells what is wrong
                found.append((name if inside == "." else f"{inside}/{name}", seen.st_mtime_ns, seen.st_size))
    return tuple(sorted(found))


def measures_in(state: State) -> list[str]:
    """The ids of the measures, sorted: the path of each folder that holds a `measure.yaml`."""
    return sorted(
        folder or "." for folder, _, name in (path.rpartition("/") for path, *_ in state) if name == MEASURE_FILE
    )
