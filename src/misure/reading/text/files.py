# SPDX-License-Identifier: Apache-2.0
"""The files that a rulebook is made of: hashed together, their faults gathered; what was read once may be taken again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from misure.ground.errors import BadRules
from misure.ground.place import Fault
from misure.reading.text.events import decode, load_bytes, read_parts, refused_character
from misure.reading.text.left_out import LeftOut
from misure.reading.text.tree import Node
from misure.reading.text.written import Source

__all__ = ["Files", "Kept"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """What was made of some files, with all that reading them again would leave behind: their bytes, their faults, what was left out."""

    value: T
    faults: tuple[Fault, ...]
    data: tuple[tuple[str, bytes], ...]
    left: LeftOut

    @classmethod
    def of(cls, make: Callable[[Files], T]) -> Kept[T]:
        """Make something of files, and keep it."""
        files = Files([])
        value = make(files)
        return cls(value, tuple(files.faults), tuple(files.data), files.left.copy())


class Files:
    """Reads files, remembers a hash over all of them, and gathers their faults."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.data: list[tuple[str, bytes]] = []
        self.left = LeftOut()
        """What of the files could not be used."""

    @property
    def hash(self) -> str:
        """One hash over the names and bytes of all the files, in the order in which they were read."""
        found = hashlib.sha256()
        for name, data in self.data:
            found.update(f"{name}\0{len(data)}\0".encode())
            found.update(data)
        return found.hexdigest()[:16]

    def text(self, path: Path, root: Path) -> str:
        """The text of a file; a file that cannot be read is one fault."""
        data = load_bytes(path)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        self.data.append((name, data))
        return decode(data, shown=str(path))

    def table(self, path: Path, root: Path) -> str:
        """The text of a CSV file, and the fault gathered where it holds what nobody sees; nothing where it cannot be read."""
        try:
            text = self.text(path, root)
        except BadRules as problem:
            self.faults.extend(problem.faults)
            return ""
        refused = refused_character(Source(str(path), text))
        if refused is not None:
            self.faults.append(refused)
        return text

    def tree(self, path: Path, root: Path) -> Node | None:
        """The tree of a YAML file, and its faults gathered; None where it cannot be read to its end."""
        try:
            tree, faults = read_parts(self.text(path, root), str(path))
        except BadRules as problem:
            tree, faults = None, list(problem.faults)
        self.faults.extend(faults)
        return tree

    def again(self, kept: Kept[T]) -> T:
        """What was kept, as if its files were read here and now."""
        self.data.extend(kept.data)
        self.faults.extend(kept.faults)
        self.left.add(kept.left)
        return kept.value
