# SPDX-License-Identifier: Apache-2.0
"""The files that a rulebook is made of: read once, hashed together, their faults gathered."""

from __future__ import annotations

import hashlib
from pathlib import Path

from misure.ground.errors import BadRules
from misure.ground.place import Fault
from misure.reading.text.events import decode, load_bytes, read_text
from misure.reading.text.tree import Node

__all__ = ["Files"]


class Files:
    """Reads files, remembers a hash over all of them, and gathers their faults."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self._hash = hashlib.sha256()

    @property
    def hash(self) -> str:
        return self._hash.hexdigest()[:16]

    def text(self, path: Path, root: Path) -> str:
        """The text of a file; a file that cannot be read is one fault."""
        data = load_bytes(path)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        self._hash.update(f"{name}\0{len(data)}\0".encode())
        self._hash.update(data)
        return decode(data, shown=str(path))

    def tree(self, path: Path, root: Path) -> Node | None:
        """The tree of a YAML file; None, and the faults gathered, if there is none."""
        try:
            return read_text(self.text(path, root), str(path))
        except BadRules as problem:
            self.faults.extend(problem.faults)
            return None
