# SPDX-License-Identifier: Apache-2.0
"""The catalogue: every measure of the bundled rules and of installed rule packages. It never changes.

A rule package is an installed distribution with an entry point in the group `misure.rules` whose value is a package
that holds a folder `rules/`. Its code is never imported: data is not code. `MISURE_NO_PLUGINS=1` leaves them out (`0` and nothing do not). What is broken
in one package, or in one measure, keeps no other from being used; `Catalogue.faults` lists it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from misure import _doors as doors
from misure._reopen import reopen_catalogue
from misure.ground.arguments import several, shown, text_argument, wanted
from misure.ground.errors import BadRules, NoSuchMeasure
from misure.ground.place import Fault, Place
from misure.ground.rules_folder import beneath, bundled_rules, lasting
from misure.reading.packages.state import MEASURE_FILE, State, measures_in, state_of

__all__ = ["Catalogue", "catalogue"]


class Catalogue(Mapping[str, "doors.Measure"]):
    """Measures by id. Nothing is read until a measure is asked for; then that one alone, and what it shares with others once.

    A catalogue gives the same measure whenever it is asked; after an edit of a rule file, `catalogue()` gives another one, which
    is not equal to it. A measure that was never asked for is read as its files stand then.
    """

    __slots__ = ("_left_out", "_opened", "_roots", "_states")

    _left_out: tuple[Fault, ...]
    _roots: Mapping[str, str]
    _states: Mapping[str, State]
    """Each package as its files stood when the catalogue was made."""
    _opened: dict[str, doors.Measure]

    def __init__(self, roots: Mapping[str, str], left_out: Iterable[Fault] = ()) -> None:
        wanted("roots", roots, Mapping, "a mapping from the ids of measures to the folders of their packages")
        for measure_id, root in roots.items():
            text_argument("each id in roots", measure_id)
            wanted(f"the folder of {shown(measure_id)}", root, (str, os.PathLike), "a path")
        folders = {measure_id: os.fspath(root) for measure_id, root in roots.items()}
        self._fill(folders, left_out, {root: state_of(Path(root)) for root in set(folders.values())})

    def _fill(self, roots: Mapping[str, str], left_out: Iterable[Fault], states: Mapping[str, State]) -> None:
        self._left_out = tuple(left_out)
        self._roots = MappingProxyType(dict(sorted(roots.items())))
        self._states = states
        self._opened = {}

    @property
    def roots(self) -> Mapping[str, str]:
        """The folder of the rule package that holds each measure."""
        return self._roots

    @property
    def left_out(self) -> tuple[Fault, ...]:
        """What keeps an installed rule package, or a measure of it, out of the catalogue: no rules, an id that is taken.

        >>> catalogue([]).left_out
        ()
        """
        return self._left_out

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that keeps a rule package or a measure from being used; each leaves the others alone.

        It opens every measure, and takes as long. `misure check` tells more: what is wrong in cases and sources as well.

        >>> catalogue([]).faults
        ()
        """
        found = list(self._left_out)
        for name in self._roots:
            try:
                self[name]
            except BadRules as problem:
                found += problem.faults
        return tuple(sorted(set(found), key=lambda fault: fault.order))

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of each measure, which opens none: from the index of its package where that is of the file as it stands.

        Of a measure that was asked for, it is the title of that one, whatever became of its file.

        >>> catalogue().titles["lombardia/export-su-misura"]
        "Export su misura: servizi a supporto delle imprese per l'accesso ai mercati esteri"
        """
        from misure.reading.packages.index import titles_of

        return self._called(titles_of, lambda measure: measure.title)

    def short_titles(self, *, language: str = "it") -> Mapping[str, str]:
        """The short title of each measure, for lists and narrow screens, which opens none; the title of one that has no short one.

        In English the Italian one, where nobody has translated it.

        >>> catalogue().short_titles()["lombardia/tecnologie-strategiche-step"]
        'Tecnologie Strategiche (STEP)'
        >>> catalogue().short_titles(language="en")["lombardia/tecnologie-strategiche-step"]
        'Strategic Technologies (STEP)'

        Raises:
            ValueError: There is no such language.
        """
        from misure.reading.packages.index import short_titles_of
        from misure.telling.language.language import Language

        Language(language)
        found = self._called(short_titles_of, lambda measure: measure.rulebook.short_title or measure.title)
        own = str(bundled_rules())
        return MappingProxyType({
            name: Language(language, (str(self._roots[name]), own)).rule(title) for name, title in found.items()
        })  # fmt: skip

    def _called(
        self, looked_up: Callable[[Path, Iterable[str]], dict[str, str]], own: Callable[[doors.Measure], str]
    ) -> Mapping[str, str]:
        """What each measure is called: looked up, or of a measure that was asked for what it says itself."""
        found: dict[str, str] = {}
        asked = {name: root for name, root in self._roots.items() if name not in self._opened}
        for root in dict.fromkeys(asked.values()):
            found |= looked_up(Path(root), [name for name, home in asked.items() if home == root])
        opened = self._opened
        return MappingProxyType({
            name: own(opened[name]) if name in opened else found[name] for name in self._roots
        })  # fmt: skip

    def __getitem__(self, measure_id: str) -> doors.Measure:
        """The measure of that id.

        Raises:
            NoSuchMeasure: No rule package has it; the error names the nearest one.
            BadRules: Its files cannot be used.
        """
        if not isinstance(measure_id, str):
            raise NoSuchMeasure(shown(measure_id), self._roots)
        found = self._opened.get(measure_id)
        if found is not None:
            return found
        from misure.deciding.opening import open_measure

        root = self._roots.get(measure_id)
        if root is None:
            raise NoSuchMeasure(measure_id, self._roots)
        # Two threads may both open it; the first stays.
        return self._opened.setdefault(measure_id, open_measure(root, measure_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._roots)

    def __len__(self) -> int:
        return len(self._roots)

    def __contains__(self, measure_id: object) -> bool:
        return measure_id in self._roots

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalogue):
            return NotImplemented
        return self._roots == other._roots and self._states == other._states

    def __hash__(self) -> int:
        return hash(tuple(self._roots.items()))

    def __repr__(self) -> str:
        return f"Catalogue({', '.join(self._roots)})"

    def __copy__(self) -> Catalogue:
        return self

    def __deepcopy__(self, memo: object) -> Catalogue:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        roots = {name: lasting(root) for name, root in self._roots.items()}
        return reopen_catalogue, (roots, self._left_out) if self._left_out else (roots,)


@lru_cache(maxsize=8)
def _catalogue(given: bool, left_out: tuple[Fault, ...], *packages: tuple[str, State]) -> Catalogue:
    """The measures of packages; a clash is the mistake of whoever gave the folders, and of installed ones the later is left out."""
    found: dict[str, str] = {}
    faults = [*left_out]
    for root, state in packages:
        for measure_id in measures_in(state):
            if measure_id in found:
                message = f"a measure of this id is already in {found[measure_id]}: an id belongs to one rule package"
                faults.append(Fault(Place(f"{root}/{measure_id}/{MEASURE_FILE}"), measure_id, message))
            found.setdefault(measure_id, root)
    if faults and given:
        raise BadRules(faults)
    made = Catalogue.__new__(Catalogue)
    made._fill(found, faults, {root: state for root, state in packages if root in found.values()})  # noqa: SLF001
    return made


def catalogue(packages: Sequence[str | Path] | None = None) -> Catalogue:
    """The bundled measures and those of installed rule packages; or of the given folders, beside the bundled ones.

    A folder that is reached in two ways is one. Another copy of the bundled rules, such as those of a checkout beside an installed
    wheel, takes their place where it is given.

    Raises:
        BadRules: Two given folders have a measure of the same id, or one has no rules. Of installed packages, the catalogue's
            `left_out` tells it.
        TypeError: `packages` is no list of folders.
    """
    if isinstance(packages, str | bytes | os.PathLike):
        raise TypeError("packages is a list of folders, even when there is one")
    if packages is not None:
        several("packages", packages, "a list of folders")
    found: Sequence[str | Fault] = _installed() if packages is None else [_folder(package) for package in packages]
    extra = [one for one in found if isinstance(one, str)]
    left_out = tuple(one for one in found if isinstance(one, Fault))
    bundled = bundled_rules()
    roots = [*([] if any(not beneath(Path(root), bundled) for root in extra) else [str(bundled)]), *extra]
    return _catalogue(packages is not None, left_out, *((root, state_of(Path(root))) for root in _distinct(roots)))


def _distinct(roots: Sequence[str]) -> list[str]:
    """The folders, each once whatever it is called: a disk may know one under two names."""
    found: dict[tuple[int, int], str] = {}
    for root in roots:
        seen = Path(root).stat()
        found.setdefault((seen.st_dev, seen.st_ino), root)
    return list(found.values())


def _folder(package: str | Path) -> str:
    """The folder of a rule package, which must be there and hold a measure."""
    wanted("packages", package, (str, os.PathLike), "a list of folders, each a path")
    folder = Path(package).resolve()
    if not str(package) or not folder.is_dir() or not measures_in(state_of(folder)):
        message = "this is no folder with a measure.yaml in it or below it"
        raise BadRules([Fault(Place(str(package) or "''"), "", message)])
    return str(folder)


_NO = ("", "0", "no", "false", "off")
"""How a setting of the environment says no."""


def _installed() -> Sequence[str | Fault]:
    if os.environ.get("MISURE_NO_PLUGINS", "").strip().lower() not in _NO:
        return []
    from misure.reading.packages.installed import installed_packages

    return installed_packages()
