# SPDX-License-Identifier: Apache-2.0
"""Rules of `docs/explanation/api-style.md` that a machine can look at: what breaks one is on the page's own list, and nothing else."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from misure import MisureError
from tests.architecture.surface import exported, members

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "api-style.md"
BY_PLACE = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
STAGES = ("misure.rulebook", "misure.results", "misure")
"""One thing at each of its stages has one name: the rule and its answer."""


def functions() -> Iterator[tuple[str, dict[str, inspect.Parameter], str]]:
    """Every public function and method, without the package `misure`: its name, its parameters and what it gives."""
    for name, what in exported():
        ours = members(what) if inspect.isclass(what) and what.__module__.startswith("misure") else {}
        inside = {f"{name}.{member}": value for member, value in ours.items()}
        inside |= {
            f"{name}.{one}": getattr(what, one) for one in getattr(what, "__all__", ()) if inspect.ismodule(what)
        }
        for where, value in {name: what, **inside}.items():
            function = getattr(value, "__func__", value)
            if inspect.isfunction(function):
                found = inspect.signature(function)
                taken = {key: one for key, one in found.parameters.items() if key not in ("self", "cls")}
                yield where.removeprefix("misure."), taken, str(found.return_annotation)


def homonyms() -> Iterator[str]:
    """The names under which public packages export several things, but for a rule with its answer and one thing for one and for many."""
    homes: dict[str, dict[int, str]] = defaultdict(dict)
    for where, what in exported():
        package, _, name = where.rpartition(".")
        homes[name].setdefault(id(what), package)
    for name, packages in homes.items():
        found = list(packages.values())
        stages = len(found) == 2 and found[0] in STAGES and "misure.rulebook" in found and found[1] in STAGES
        if len(found) > 1 and not stages and "misure.batch" not in found:
            yield name


def exported_dataclasses() -> Iterator[tuple[str, type]]:
    for name, what in exported():
        if inspect.isclass(what) and dataclasses.is_dataclass(what):
            yield name.removeprefix("misure."), what


def annotated(what: type, word: str) -> list[dataclasses.Field[Any]]:
    """The fields of a class with that word in their annotation."""
    return [one for one in dataclasses.fields(what) if re.search(rf"\b{word}\b", str(one.type))]  # type: ignore[arg-type]


def test_what_is_equal_by_its_fields_is_hashed_by_those_that_have_a_hash() -> None:
    values = {name: what for name, what in exported_dataclasses() if what.__eq__ is not object.__eq__}
    unhashable = [
        f"{name}.{one.name}"
        for name, what in values.items() for one in annotated(what, "(Mapping|dict|list|Any|object)")
        if one.compare and one.hash is None
    ]  # fmt: skip
    assert unhashable == []
    assert all(what.__hash__ is not None for what in values.values())
    assert len(values) > 80


BROKEN: dict[str, Any] = {
    "The day by place": lambda: {
        name for name, taken, _ in functions() if "on" in taken and taken["on"].kind in BY_PLACE
    },
    "A day by default": lambda: {
        name for name, taken, _ in functions() if "on" in taken and taken["on"].default is not inspect.Parameter.empty
    },
    "What may be left out, by place": lambda: {
        name for name, taken, _ in functions()
        for one in taken.values() if one.kind in BY_PLACE and one.default is not inspect.Parameter.empty
    },
    "An error of another root": lambda: {
        name.removeprefix("misure.") for name, what in exported()
        if inspect.isclass(what) and issubclass(what, Exception) and what is not MisureError
        if not (issubclass(what, MisureError) and any(kind.__module__ == "builtins" for kind in what.__mro__[1:-3]))
    },
    "A flag by place": lambda: {
        name for name, taken, _ in functions() for one in taken.values() if one.annotation == "bool" and one.kind in BY_PLACE
    },
    "A tuple of unlike things": lambda: {
        name for name, _, gives in functions() if re.search(r"tuple\[[^\]]*,", gives) and "..." not in gives
    },
    "Binary floats": lambda: {
        name for name, taken, gives in functions() if "float" in f"{gives} {[one.annotation for one in taken.values()]}"
    },
    "One name, several things": lambda: set(homonyms()),
    "Not for `dataclasses.asdict`": lambda: {
        name for name, what in exported_dataclasses() if annotated(what, "Mapping")
    },
    "Not for `dataclasses.replace`": lambda: {
        name for name, what in exported_dataclasses()
        if {one.name for one in dataclasses.fields(what) if one.init} - inspect.signature(what).parameters.keys()
    },
}  # fmt: skip


def told() -> dict[str, set[str]]:
    """The names in code that the page lists behind each of these headings."""
    section = PAGE.read_text("utf-8").partition("\n## Where we break this today\n")[2]
    points = [" ".join(point.split()) for point in re.split(r"^\* ", section, flags=re.MULTILINE)]
    headed = [re.match(r"\*\*(.+?)\*\*:(.*)", point) for point in points]
    return {found[1]: set(re.findall(r"`([\w.]+)`", found[2])) for found in headed if found}


@pytest.mark.parametrize("rule", BROKEN)
def test_what_breaks_a_rule_of_the_page_is_on_its_list(rule: str) -> None:
    assert told().get(rule, set()) == BROKEN[rule]()


def test_every_list_of_the_page_is_looked_at() -> None:
    assert told().keys() <= BROKEN.keys()
    assert sum(1 for _ in functions()) > 400
