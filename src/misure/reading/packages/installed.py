# SPDX-License-Identifier: Apache-2.0
"""Rule packages that are installed: found by their entry points, which are data. Nothing of theirs is imported, no outer package either."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator, Sequence
from pathlib import Path

from misure.ground.place import Fault, Place

__all__ = ["GROUP", "installed_packages"]

GROUP = "misure.rules"


def installed_packages() -> list[str | Fault]:
    """The folder of the rules of each installed package, in the order of their names; the fault of each that has none to use."""
    return [_rules_of(*entry) for entry in sorted(_entries())]


def _entries() -> Iterator[tuple[str, str]]:
    """The name and the value of each entry point; what one distribution has written badly hides none of the others."""
    try:
        found = list(importlib.metadata.entry_points(group=GROUP))
    except (ValueError, TypeError, KeyError, OSError):
        found = []
        for distribution in importlib.metadata.distributions():
            try:
                found += distribution.entry_points.select(group=GROUP)
            except (ValueError, TypeError, KeyError, OSError):
                continue
    yield from dict.fromkeys((entry.name, entry.value) for entry in found)


def _rules_of(name: str, package: str) -> str | Fault:
    place = Place(f"<entry point {name}>")
    try:
        folders = [Path(home) / "rules" for home in _homes(package)]
        found = next((folder for folder in folders if folder.is_dir()), None)
        if found is not None:
            return str(found.resolve())
    except OSError as problem:
        return Fault(place, name, f"the folder of its rules cannot be looked into: {problem.strerror or problem}")
    return Fault(place, name, f"the entry point of {GROUP} names {package!r}, which is no package with a folder rules/")


def _homes(package: str) -> Sequence[str]:
    """The folders of a package, which is found and not imported; none where there is no such package.

    The usual way of finding a package inside another imports the outer one: here each is looked for in the folders of the
    one before.
    """
    import importlib.util
    from importlib.machinery import PathFinder

    outer, *inner = package.split(".")
    try:
        spec = importlib.util.find_spec(outer)
        for part in inner:
            homes = spec.submodule_search_locations if spec is not None else None
            spec = PathFinder.find_spec(part, list(homes)) if homes else None
    except (ImportError, ValueError, AttributeError):
        return ()
    return list(spec.submodule_search_locations or ()) if spec is not None else ()
