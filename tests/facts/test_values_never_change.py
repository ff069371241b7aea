# SPDX-License-Identifier: Apache-2.0
"""The values of the outer floors are frozen, and have room for nothing but their fields."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil

import pytest

import misure.facts
import misure.register
import misure.telling


def kinds() -> list[type]:
    """Every dataclass of these floors."""
    found: dict[type, None] = {}
    for floor in (misure.facts, misure.register, misure.telling):
        for module in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            for each in vars(importlib.import_module(module.name)).values():
                if isinstance(each, type) and dataclasses.is_dataclass(each) and each.__module__ == module.name:
                    found[each] = None
    return list(found)


def test_there_are_such_values() -> None:
    assert {"Fact", "Dossier", "AidRecord", "Damage", "Line", "Page"} <= {kind.__name__ for kind in kinds()}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_value_is_frozen_and_has_room_for_its_fields_alone(kind: type) -> None:
    names = [field.name for field in dataclasses.fields(kind)]
    value = object.__new__(kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, names[0], 1)
    assert not hasattr(value, "__dict__")
