# SPDX-License-Identifier: Apache-2.0
"""A linked rulebook stands alone: nothing of the file it was read from, nothing that cannot be written down."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import misure
from misure.ground.record import Record
from misure.rulebook import expression, rule, rules, selection, shared_law, tranches
from misure.rulebook.linked.kinds import enums, record_kinds
from misure.rulebook.rules import Rulebook
from tests.architecture.test_imports import loaded

FOREIGN = ("yaml", "pydantic", "misure.reading")


def parts(whole: object) -> Iterator[tuple[str, object]]:
    """Every object that can be reached, with the way to it."""
    seen: dict[int, object] = {}
    waiting: list[tuple[str, object]] = [("", whole)]
    while waiting:
        way, part = waiting.pop()
        if id(part) in seen:
            continue
        seen[id(part)] = part
        yield way, part
        waiting += [(f"{way}.{name}", value) for name, value in fields(part)]


def fields(part: Any) -> Iterator[tuple[object, object]]:
    if isinstance(part, Record):
        yield from part.fields()
    elif isinstance(part, Mapping):
        yield from (("a key", key) for key in part)
        yield from part.items()
    elif isinstance(part, tuple | list | set | frozenset):
        yield from enumerate(part)
    elif not isinstance(part, str):
        # Whatever else there may be: what slots and dictionaries hold.
        names = [name for kind in type(part).__mro__ for name in getattr(kind, "__slots__", ())]
        yield from ((name, getattr(part, name)) for name in names if hasattr(part, name) and name != "__weakref__")
        yield from getattr(part, "__dict__", {}).items()


@pytest.fixture(params=list(misure.catalogue()))
def book(request: pytest.FixtureRequest) -> Rulebook:
    return misure.catalogue()[request.param].rulebook


def test_nothing_of_the_files_is_left(book: Rulebook) -> None:
    found = [
        f"{way}: {type(part).__module__}.{type(part).__qualname__}"
        for way, part in parts(book)
        if type(part).__module__.startswith(FOREIGN)
    ]
    assert found == []


def test_all_of_it_stands_in_the_closed_table(book: Rulebook) -> None:
    known = {kind.made for kind in record_kinds().values()} | {type(next(iter(m.values()))) for m in enums().values()}
    plain = {"NoneType", "bool", "int", "str", "tuple", "frozenset", "mappingproxy", "date", "Fraction"}
    strange = {type(part) for _, part in parts(book)} - known
    assert {kind.__name__ for kind in strange} <= plain


def test_it_pickles_and_copies(book: Rulebook) -> None:
    assert pickle.loads(pickle.dumps(book)) == book  # noqa: S301 - our own bytes
    assert copy.deepcopy(book) == book


@pytest.mark.parametrize(
    ("name", "varied"),
    [
        ("lombardia/filiere", {"minimum_firms": 8}),
        ("lombardia/piano-export-2025", {"project_first_share": "65%"}),
        ("lombardia/verso-nuovi-mercati", {"firms_budget": "1000.00 EUR"}),
    ],
)
def test_that_of_a_what_if_pickles_too(name: str, varied: Mapping[str, Any]) -> None:
    book = misure.catalogue()[name].vary(**varied).rulebook
    (value,) = book.parameters[next(iter(varied))].values
    assert value.least == value.known == value.greatest
    assert not value.bounds_given
    assert pickle.loads(pickle.dumps(book)) == book  # noqa: S301 - our own bytes


def test_the_table_has_every_kind_of_rule_once() -> None:
    """A kind that is added to the rulebook is in the table without a word; one that has another's name is not."""
    declared = {
        value for module in (expression, rule, rules, selection, shared_law, tranches) for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Record) and value.__module__ == module.__name__
    }  # fmt: skip
    assert {kind.__name__ for kind in declared - {kind.made for kind in record_kinds().values()}} == {"Rule"}
    assert len({kind.made for kind in record_kinds().values()}) == len(record_kinds())
    assert not record_kinds().keys() & enums().keys()


def test_the_floor_of_the_rulebook_reads_nothing() -> None:
    found = loaded("import misure.rulebook.rules, misure.rulebook.linked.decoding as d; d.record_kinds()")
    assert [
        name for name in found if name.split(".")[0] in ("yaml", "pydantic") or name.startswith("misure.reading")
    ] == []
