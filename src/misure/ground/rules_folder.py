# SPDX-License-Identifier: Apache-2.0
"""Where rule files lie: the bundled ones inside the package in a wheel, beside `src` in a checkout; others below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place

__all__ = ["BUNDLED", "beneath", "bundled_rules", "folders_with", "lasting", "looked_through"]

BUNDLED = "misure:rules"
"""Stands for the folder of the bundled rules in what is kept: another installation has it elsewhere."""


@cache
def bundled_rules() -> Path:
    """The folder of the rules that come with the library; it holds `vocabulary`, `tables` and the measures.

    Raises:
        FileNotFoundError: The installation has lost them, or lies in an archive; the message says what to do.
    """
    return _find(Path(__file__).resolve().parents[1])


def lasting(root: str) -> str:
    """A folder of rules as it is told to another process, which may have the library elsewhere.

    >>> lasting(str(bundled_rules())), lasting("/srv/rules")
    ('misure:rules', '/srv/rules')
    """
    return BUNDLED if root == str(bundled_rules()) else root


def beneath(root: Path, bundled: Path) -> list[Path]:
    """The packages whose vocabulary a package may use: the bundled one, unless it is that, or another copy of it.

    A copy, such as a checkout beside an installed wheel, has a vocabulary file of every name that the bundled one has: all its
    words would be declared twice.

    >>> beneath(bundled_rules(), bundled_rules()), beneath(Path("/srv/rules"), bundled_rules()) == [bundled_rules()]
    ([], True)
    """
    files = {path.name for path in (bundled / "vocabulary").glob("*.yaml")}
    return [] if files <= {path.name for path in (root / "vocabulary").glob("*.yaml")} else [bundled]


def _find(package: Path) -> Path:
    # A wheel maps rules/ to misure/_rules; an editable install or a checkout reads the living folder itself, so that
    # an edit of a rule file counts at once.
    tried = [package / "_rules", *(parent / "rules" for parent in package.parents[1:2])]
    for folder in tried:
        if (folder / "vocabulary").is_dir():
            return folder
    archive = next((folder for folder in package.parents if folder.is_file()), None)
    if archive is not None:
        raise FileNotFoundError(
            f"misure is in the archive {archive}, and its rules are read from a folder: unpack the archive, or install misure"
        )
    raise FileNotFoundError(
        f"the rules of misure are not installed; looked in {' and in '.join(map(str, tried))}: install misure again"
    )


def folders_with(name: str, root: Path) -> list[str]:
    """The folders at and below `root` that hold a file `name`, as paths from it, sorted.

    Raises:
        BadRules: So many folders lie below that it is no place of rules.
    """
    found = [folder for folder, below, files in looked_through(root) if name in files or name in below]
    return sorted(Path(folder).relative_to(root).as_posix() for folder in found)


MOST_FOLDERS = 50_000
"""Of more folders below one path, a disk or the root of a machine, none is looked into for rules."""


def looked_through(root: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each folder at and below a path, with the names of the folders and of the files in it.

    Links to folders are not followed. A folder that cannot be looked into, or is gone when its turn comes, holds nothing.

    Raises:
        BadRules: There are more than `MOST_FOLDERS` of them.
    """
    for count, found in enumerate(os.walk(root)):
        if count >= MOST_FOLDERS:
            message = f"more than {MOST_FOLDERS} folders lie below: name the folder of the rules"
            raise BadRules([Fault(Place(str(root)), "", message)])
        yield found
