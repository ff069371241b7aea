# SPDX-License-Identifier: Apache-2.0
"""The dataclasses of a floor, for the tests that they never change."""

import dataclasses
import importlib
import pkgutil

import pytest


def kinds_of(floor):
    """Every dataclass that the modules of a floor define."""
    package = importlib.import_module(f"misure.{floor}")
    modules = [
        importlib.import_module(found.name) for found in pkgutil.walk_packages(package.__path__, f"misure.{floor}.")
    ]
    return sorted(
        (
            kind for module in modules for kind in vars(module).values()
            if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__
        ),
        key=lambda kind: f"{kind.__module__}.{kind.__qualname__}",
    )  # fmt: skip


def never_changes(kind):
    """Look that no value of a kind can be changed or given more fields than it has, and that equal ones are equal."""
    is_frozen(kind)
    has_room_for_its_fields_alone(kind)
    assert kind.__eq__ is not object.__eq__
    assert kind.__hash__ is not None


def is_frozen(kind):
    """Look that no field of a kind can be changed."""
    value = object.__new__(kind)
    assert kind.__dataclass_params__.frozen
    for name in (field.name for field in dataclasses.fields(kind)):
        with pytest.raises(dataclasses.FrozenInstanceError, match=name):
            setattr(value, name, None)
        with pytest.raises(dataclasses.FrozenInstanceError, match=name):
            delattr(value, name)


def has_room_for_its_fields_alone(kind):
    """Look that nothing but its fields can be set on a value of a kind."""
    value = object.__new__(kind)
    assert not hasattr(value, "__dict__")
    with pytest.raises((AttributeError, TypeError)):
        value.no_field_of_that_name = 1
