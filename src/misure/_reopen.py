# SPDX-License-Identifier: Apache-2.0
"""What pickles name: the functions with which a pickled object is made again. They stay where they are, whatever moves.

A measure is read again from its rules, which must still be the same; a decision is decided again from its facts, a
selection selected again from its receipt. Every smaller value that the library exports is pickled as its public name and
its fields. So a pickle holds no module of the library but this one, and the work is loaded when a pickle is opened. What cannot be
opened is `misure.BadPickle`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

__all__ = [
    "NAMED_ONCE", "by_public_name", "is_ours", "opened_whole", "portable", "public_name", "refuse_values_by_place",
    "reduced_rulebook", "reopen_catalogue", "reopen_decision", "reopen_error", "reopen_finding", "reopen_ledger",
    "reopen_linked", "reopen_mapping", "reopen_measure", "reopen_member", "reopen_placement", "reopen_relations",
    "reopen_rulebook", "reopen_selection", "reopen_value", "told_as",
]  # fmt: skip

T = TypeVar("T")

_AGAIN = (
    "{} was pickled by another version of misure; a pickle is for the same version, JSON for keeping: make it again"
)
_ODD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a function raises that is given what it cannot work on."""


def _opens(function: Callable[..., T]) -> Callable[..., T]:
    """Let a function that a pickle names say of what it cannot open that it is no pickle of this version, whatever it is given."""

    @wraps(function)
    def opened(*given: Any) -> T:
        try:
            return function(*given)
        except _ODD as problem:
            errors = import_module("misure.ground.errors")
            if isinstance(problem, errors.MisureError):
                raise
            said = f"{function.__name__} cannot open what stands in it ({type(problem).__name__}: {problem})"
            raise errors.BadPickle(f"{_AGAIN.format('this')}: {said}") from problem
        except FileNotFoundError as problem:  # the installation has lost its rules, and says so
            _refuse(str(problem))

    return opened


def _refuse(message: str) -> NoReturn:
    raise import_module("misure.ground.errors").BadPickle(message)


@_opens
def reopen_measure(root: str, measure_id: str, rules_hash: str, varied: Mapping[str, str]) -> Any:
    """A measure, by the folder of its rules, its id, the hash of its rules and what a what-if changed."""
    return import_module("misure.deciding.opening").reopen(_here(root, measure_id), measure_id, rules_hash, varied)


def _here(root: str, measure_id: str) -> str:
    """The folder of a measure's rules in this installation: where it was, or where the same package stands here."""
    folders = import_module("misure.ground.rules_folder")
    if root == folders.BUNDLED:
        return str(folders.bundled_rules())
    if (Path(root) / measure_id / "measure.yaml").is_file():
        return root
    found: str = import_module("misure").catalogue().roots.get(measure_id, root)
    return found


@_opens
def reopen_linked(data: bytes) -> Any:
    """A measure that was opened from linked data, by that data."""
    return import_module("misure.deciding.linked").open_linked(data)


@_opens
def reopen_rulebook(data: bytes) -> Any:
    """A rulebook, by itself as data."""
    return import_module("misure.rulebook.linked.decoding").unpickled(data)


def reduced_rulebook(book: Any) -> tuple[object, ...]:
    """What a pickle holds of a rulebook: itself as data."""
    return reopen_rulebook, (import_module("misure.rulebook.linked.encoding").encoded(book, {}),)


@_opens
def reopen_decision(of: Any, facts: Mapping[str, Any], on: str, calendar: str) -> Any:
    """A decision, by its measure, the facts as they were told, the day of the question and the calendar of holidays."""
    return import_module("misure.deciding.replaying").decided_again(of, facts, on, calendar)


@_opens
def reopen_finding(of: Any, condition: str) -> Any:
    """A finding, by its decision and its condition."""
    return of[condition]


@_opens
def reopen_selection(of: Any, receipt: Mapping[str, Any]) -> Any:
    """A selection, by its measure and its receipt."""
    return of.reselect(receipt)


@_opens
def reopen_placement(of: Any, application: str) -> Any:
    """The placement of an application, by its selection and its id."""
    return of[application]


@_opens
def reopen_ledger(
    aids: tuple[Any, ...], complete_by: str | None, complete_until: Any, gaps: tuple[Any, ...],
    complete_for: frozenset[str] | None = None,
) -> Any:  # fmt: skip
    """A ledger of de minimis aid, by its aids and what is told of its completeness."""
    ledger = import_module("misure.deminimis").Ledger
    return ledger(aids, complete_by=complete_by, complete_until=complete_until, complete_for=complete_for, gaps=gaps)


@_opens
def reopen_relations(
    undertakings: tuple[Any, ...], holdings: tuple[Any, ...], acting_jointly: tuple[Any, ...], adjacent_markets: tuple[Any, ...]
) -> Any:  # fmt: skip
    """Relations of undertakings, by what was said of each of them."""
    relations = import_module("misure.undertakings").Relations
    return relations(undertakings, holdings, acting_jointly=acting_jointly, adjacent_markets=adjacent_markets)


@_opens
def reopen_catalogue(roots: Mapping[str, str], left_out: tuple[Any, ...] = ()) -> Any:
    """A catalogue, by the ids of its measures, the folders of their rules, which must all be here, and what was left out of it."""
    here = {name: _here(root, name) for name, root in roots.items()}
    import_module("misure.deciding.opening").check_here(here)
    return import_module("misure").Catalogue(here, left_out)


# Every other value that the library exports


def by_public_name(cls: type[T]) -> type[T]:
    """Let the values of an exported class be pickled as its public name and their fields; for dataclasses and enums.

    >>> import pickle, misure
    >>> b"misure.ground" in pickle.dumps(misure.Range(1, 2))
    False
    """
    opened_whole(cls)
    if issubclass(cls, Enum):
        cls.__reduce_ex__ = _member  # type: ignore[assignment, method-assign]
    else:
        cls.__reduce_ex__ = _value  # type: ignore[assignment, method-assign]
        cls.__copy__ = _itself  # type: ignore[attr-defined]
    return cls


NAMED_ONCE: Mapping[str, frozenset[str]] = {
    "misure.deciding.decision": frozenset({"_again"}),
    "misure.deciding.finding": frozenset({"_finding"}),
    "misure.deciding.results": frozenset({"StageAnswer"}),
    "misure.deminimis.answers": frozenset({"Cap", "Window"}),
    "misure.deminimis.waiting": frozenset({"Reason", "Waiting"}),
    "misure.facts.dossier": frozenset({"Form", "FormTable"}),
    "misure.facts.validation": frozenset({"Intake"}),
    "misure.finance.answers": frozenset({"Amount"}),
    "misure.finance.harbours": frozenset({"Condition"}),
    "misure.finance.rounding": frozenset({"Stage"}),
    "misure.preconditions.answers": frozenset({"Figure"}),
    "misure.rulebook.rules": frozenset({"Plan", "Relation", "Requirement", "Tranche"}),
    "misure.selecting.selection": frozenset({"_again"}),
    "misure.undertakings.describing": frozenset({"Kind"}),
    "misure.undertakings.grouping": frozenset({"LeftOut", "Relation"}),
    "misure.undertakings.links": frozenset({"Reason"}),
    "misure.undertakings.years": frozenset({"Period"}),
}
"""What pickles of earlier versions name in modules that are still there, and that is not there any more.

Pickles held modules then. Of a module that is gone `misure._moved` speaks.
"""


def opened_whole(cls: type[T]) -> type[T]:
    """Let no pickle of an earlier version fill a value of this class field by field, and its module say what such a pickle is.

    What is pickled now is made again by a function of this module, which looks at the fields; a state laid into an empty
    value, as Python does by itself, would lack whatever that version had not.
    """
    if not issubclass(cls, Enum):
        cls.__setstate__ = _of_another_version  # type: ignore[attr-defined]
    if names := NAMED_ONCE.get(cls.__module__):
        vars(sys.modules[cls.__module__]).setdefault("__getattr__", partial(_named_once, cls.__module__, names))
    return cls


def _of_another_version(self: object, _state: object) -> NoReturn:
    _refuse(f"{_AGAIN.format(public_name(type(self)))}: it was pickled field by field")


def refuse_values_by_place(cls: type[Any]) -> NoReturn:
    """The error of values without their names for a record that takes them by name: only old pickles give them so."""
    told = f"{public_name(cls)} takes its values by name"
    _refuse(f"{told}; where a pickle tells them by place, another version of misure wrote it: make it again")


def _named_once(module: str, names: frozenset[str], name: str) -> NoReturn:
    if name in names:
        # An AttributeError would be told by `pickle` in its own words.
        _refuse(f"{_AGAIN.format('this')}: there is no {name} in {module} any more")
    raise AttributeError(f"module {module!r} has no attribute {name!r}")


def _itself(self: T) -> T:
    """What never changes is its own copy."""
    return self


def _value(self: Any, _protocol: int) -> tuple[object, ...]:
    kind = type(self)
    fields = {name: portable(getattr(self, name)) for name in kind.__dataclass_fields__}
    return reopen_value, (told_as(kind), fields)


class _Portable:
    """Stands in a pickle for a mapping that never changes, which Python does not pickle."""

    __slots__ = ("_mapping",)

    def __init__(self, mapping: Mapping[Any, Any]) -> None:
        self._mapping = mapping

    def __reduce__(self) -> tuple[object, ...]:
        return reopen_mapping, ({key: portable(value) for key, value in self._mapping.items()},)


def portable(value: Any) -> Any:
    """A part of a value as a pickle, or a deep copy, can hold it; mappings that never change never change there either.

    >>> import pickle
    >>> pickle.loads(pickle.dumps(portable((1, MappingProxyType({"a": MappingProxyType({})})))))
    (1, mappingproxy({'a': mappingproxy({})}))
    """
    match value:
        case MappingProxyType():
            return _Portable(value)
        case tuple() if type(value) is tuple:
            return tuple(map(portable, value))
        case dict() if type(value) is dict:
            return {key: portable(held) for key, held in value.items()}
        case list() if type(value) is list:
            return list(map(portable, value))
        case _:
            return value


@_opens
def reopen_mapping(content: dict[Any, Any]) -> Mapping[Any, Any]:
    """A mapping that never changes, by what it holds."""
    return MappingProxyType(content)


def _member(self: Any, _protocol: int) -> tuple[object, ...]:
    return reopen_member, (public_name(type(self)), self.name)


def public_name(cls: type[Any]) -> str:
    """Where a class is exported, as `misure.deminimis:Headroom`; what nobody exports, and only tests make, stays under its module.

    >>> import misure
    >>> public_name(misure.Range)
    'misure:Range'
    """
    if cls not in _NAMES:
        packages = (package for package in _packages(cls.__module__) if _exports(package, cls))
        package = next(packages, None)
        _NAMES[cls] = f"{package}:{cls.__name__}" if package else f"{cls.__module__}:{cls.__qualname__}"
    return _NAMES[cls]


def told_as(cls: type[Any]) -> str | type[Any]:
    """How a pickle of a value names its class: by its public name, and itself where somebody made it of one of ours."""
    return public_name(cls) if is_ours(cls.__module__) else cls


_NAMES: dict[type[Any], str] = {}


def _exports(package: str, cls: type[Any]) -> bool:
    module = import_module(package)
    return cls.__name__ in module.__all__ and getattr(module, cls.__name__) is cls


def _packages(module: str) -> Iterator[str]:
    """The public packages, that of the module first; those that need nothing more before the greater ones."""
    own = ".".join(module.split(".")[:2])
    if own in _PUBLIC:
        yield own
    yield from _PUBLIC


_PUBLIC = (
    "misure", "misure.results", "misure.facts", "misure.rulebook", "misure.terms", "misure.batch", "misure.deminimis",
    "misure.finance", "misure.identifiers", "misure.preconditions", "misure.register", "misure.undertakings", "misure.testing",
)  # fmt: skip
"""Every public package, those that are loaded soonest first: a class that two of them export has the name of the first."""


@_opens
def reopen_value(name: str | type[Any], fields: Mapping[str, Any]) -> Any:
    """A value, by the public name of its class and its fields.

    Raises:
        BadPickle: Another version of the library wrote it, whose class had other fields.
    """
    cls: Any = name if isinstance(name, type) else _found(name)
    known = getattr(cls, "__dataclass_fields__", None) or cls.field_names
    if set(known) != set(fields):
        odd = ", ".join(sorted(set(known) ^ set(fields)))
        _refuse(f"{_AGAIN.format(name)}: it differs in {odd}")
    made = cls.__new__(cls)
    for field, value in fields.items():
        object.__setattr__(made, field, value)
    return made


@_opens
def reopen_member(name: str, member: str) -> Any:
    """A member of an enumeration, by the public name of its class and its own."""
    cls = _found(name)
    if member not in cls.__members__:
        _refuse(f"{_AGAIN.format(name)}: it has no {member}")
    return cls[member]


@_opens
def reopen_error(name: str, args: tuple[Any, ...]) -> Any:
    """An error, by the public name of its class and its arguments."""
    kind = _found(name)
    if not issubclass(kind, Exception):
        _refuse(f"{_AGAIN.format(name)}: it is no error")
    return kind(*args)


def _found(name: str) -> Any:
    """A class of the library; nothing else is imported, or called, for whoever wrote the pickle."""
    package, _, own = name.partition(":")
    if not is_ours(package):
        _refuse(f"{_AGAIN.format(name)}: it is nothing of misure")
    try:
        found: Any = import_module(package)
        for part in own.split("."):
            found = getattr(found, part)
    except (ModuleNotFoundError, AttributeError):
        found = None
    if not isinstance(found, type) or not is_ours(found.__module__):
        _refuse(f"{_AGAIN.format(name)}: there is none")
    return found


def is_ours(module: str) -> bool:
    """Whether a module belongs to the library.

    >>> is_ours("misure.ground.errors"), is_ours("misure_prova.errors")
    (True, False)
    """
    return module.partition(".")[0] == "misure"


def __getattr__(name: str) -> Any:
    """No function of that name is here: what a pickle of another version names is told as such.

    Raises:
        AttributeError: Nobody's pickle names it.
        BadPickle: It is the name of such a function.
    """
    if name.startswith("reopen_"):
        # An AttributeError would be told by `pickle` in its own words.
        _refuse(f"{_AGAIN.format('this')}: there is no {name} here")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
