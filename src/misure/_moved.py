# SPDX-License-Identifier: Apache-2.0
"""What is said of a module that the library has not: inside, modules move; what is public is exported by packages.

Old code and old pickles name modules that are gone. This finder stands last on `sys.meta_path`, is asked only when nobody
else found a module of `misure`, and says what to write instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.machinery import PathFinder
from types import FrameType

from misure._lazy import hint_of

__all__ = ["Gone", "install"]


class Gone:
    """Finds no module, and says so of `misure.*` in words."""

    def __init__(self, packages: Iterable[str]) -> None:
        self.packages = sorted(f"misure.{name}" for name in packages)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:  # noqa: ARG002 - Python asks so
        """Nothing, of modules of other libraries, and for who asks only whether a module is there (`importlib.util.find_spec`).

        Raises:
            ModuleNotFoundError: A module of `misure` is imported that is not there.
        """
        parent = sys.modules.get(name.rpartition(".")[0])
        # Test runners ask every finder about files of theirs; an import of a module of ours asks where its package lies.
        if not name.startswith("misure.") or path != getattr(parent, "__path__", None):
            return
        if not _importing() or PathFinder.find_spec(name, path) is not None:  # type: ignore[arg-type]
            return
        package, _, last = name.rpartition(".")
        if _is_taken_from(package) and (told := hint_of(package, last, getattr(parent, "__all__", ()))):
            # Python would say that there is no such name, and nothing more: it tells its own words for what `name` here names.
            raise ImportError(f"cannot import name {last!r} from {package!r}{told}", name=package)
        raise ModuleNotFoundError(
            f"No module named {name!r}{self._hint(name)} Public names are exported by misure, {', '.join(self.packages)}; modules "
            f"inside them move. Where a pickle names it, another version wrote the pickle: make it again",
            name=name,
        )

    def _hint(self, name: str) -> str:
        """What to write instead: a public name that is no module, the package that exported what moved, the nearest package."""
        from difflib import get_close_matches

        package, _, last = name.rpartition(".")
        if last in getattr(sys.modules.get(package), "__all__", ()):
            return f"; write 'from {package} import {last}'."
        # A module that moved within a public package: what it holds for others is exported by that package.
        own = [package for package in self.packages if name.startswith(f"{package}.")]
        close = own or get_close_matches(name, self.packages, n=1, cutoff=0.8)
        return f"; did you mean {close[0]!r}?" if close else self._exported(last)

    def _exported(self, last: str) -> str:
        """Where the thing is public after which the module was called; a module of one thing has its name in small letters."""
        doors = import_module("misure._doors").DOORS
        homes: dict[str, list[str]] = {}
        for package in ("misure", *self.packages):
            for name in getattr(import_module(package), "__all__", ()):
                if name.lower().replace("_", "") == last.lower().replace("_", ""):
                    homes.setdefault(name, []).append(package)
        told = [f"{name!r} is exported by {' and '.join(packages)}" for name, packages in homes.items()]
        told += [f"{cls}.{method} is a method of misure.{cls}" for cls, method in doors if method == last]
        return "; " + ", ".join(told) + "." if told else "."


def _is_taken_from(package: str) -> bool:
    """Whether names are being taken from a package (`from package import x`), for which Python looks for modules too."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 - nothing else tells
    while frame is not None and "importlib" in frame.f_code.co_filename:
        if frame.f_code.co_name == "_handle_fromlist":
            return getattr(frame.f_locals.get("module"), "__name__", None) == package
        frame = frame.f_back
    return False


def _importing() -> bool:
    """Whether the finder that calls is asked for an import: Python asks its finders alike where it is to tell what is there."""
    frame = sys._getframe(2)  # noqa: SLF001 - nothing else tells it
    while frame.f_code.co_filename.startswith("<frozen importlib"):
        if frame.f_code.co_name == "_find_and_load_unlocked":
            return True
        if frame.f_back is None:
            break
        frame = frame.f_back
    return False


def install(packages: Iterable[str]) -> None:
    """Let it stand last among the finders, once."""
    if not any(isinstance(finder, Gone) for finder in sys.meta_path):
        sys.meta_path.append(Gone(packages))
