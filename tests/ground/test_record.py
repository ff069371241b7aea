# SPDX-License-Identifier: Apache-2.0
"""Records: frozen values that share their methods."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from misure.ground.errors import BadPickle
from misure.ground.record import Record, replaced


class Line(Record, kw_only=True):
    id: str
    text: str = ""


class Placed(Record):
    id: str
    text: str = ""


class Capped(Line, kw_only=True):
    most: int


def test_fields_of_the_parent_come_first_and_defaults_stand_in() -> None:
    line = Capped(id="grant", most=7)
    assert line.fields() == (("id", "grant"), ("text", ""), ("most", 7))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"id": "grant"}, "Capped: 'most' is not given"),
        ({"id": "grant", "most": 1, "moust": 2}, "Capped has no field 'moust'"),
    ],
)
def test_a_field_that_is_missing_or_unknown_is_named(given: dict[str, object], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        Capped(**given)  # type: ignore[arg-type]


def test_too_many_values_and_a_value_given_twice() -> None:
    with pytest.raises(TypeError, match="takes 2 values, not 3"):
        Placed("grant", "text", "more")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'id' is given twice"):
        Placed("grant", id="loan")  # type: ignore[misc]
    with pytest.raises(BadPickle, match="Line takes its values by name"):
        Line("grant")  # type: ignore[misc]


def test_it_never_changes() -> None:
    line = Line(id="grant")
    with pytest.raises(AttributeError, match="Line never changes: 'id' cannot be set"):
        line.id = "loan"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot be taken away"):
        del line.id
    assert line.id == "grant"


def test_equal_by_kind_and_fields() -> None:
    assert Line(id="grant") == Line(id="grant")
    assert hash(Line(id="grant")) == hash(Line(id="grant"))
    assert Line(id="grant") != Line(id="loan")
    assert Line(id="grant") != Capped(id="grant", most=1)
    assert Line(id="grant") != "grant"


class Holding(Record):
    named: Mapping[str, object]
    several: tuple[object, ...] = ()


def test_mappings_in_it_are_hashed_by_what_they_hold() -> None:
    one, other = ({"a": 1, "b": MappingProxyType({"c": (2,)})}, {"b": MappingProxyType({"c": (2,)}), "a": 1})
    first, second = (Holding(MappingProxyType(each), (MappingProxyType(each), 3)) for each in (one, other))
    assert first == second
    assert hash(first) == hash(second)
    assert len({first, second, Holding(MappingProxyType({"a": 2})), Holding(MappingProxyType({"c": 1}))}) == 3


def test_a_copy_with_other_values_leaves_the_first_alone() -> None:
    line = Capped(id="grant", most=7)
    other = replaced(line, most=8)
    assert (line.most, other.most, other.id) == (7, 8, "grant")


def test_it_pickles() -> None:
    line = Capped(id="grant", most=7, text="al massimo 7")
    assert pickle.loads(pickle.dumps(line)) == line  # noqa: S301 (our own bytes)
