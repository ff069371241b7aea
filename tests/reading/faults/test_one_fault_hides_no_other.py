# SPDX-License-Identifier: Apache-2.0
"""All faults at once, of every file and of every rule: one hides no other, and what rests on it is not blamed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from misure.ground.place import Place
from misure.reading import check_package
from misure.reading.packages.package import read_parts
from misure.reading.packages.shelf import Shelf
from misure.reading.text.files import Files
from misure.reading.text.tree import Mapping, Node, Sequence
from misure.reading.text.written import Written
from tests.reading.conftest import CASES, MEASURE, SOUND, VOCABULARY

FILE = SOUND / "prova" / "misura" / "measure.yaml"
SHELF = Shelf.at([SOUND])
LAST = "tensions/two_readings/from"
"""What stands near the end of the file, and is made wrong as a second fault."""


def ways(node: Node, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, Sequence) else ()
    for step, value in items:
        yield (*way, step)
        yield from ways(value, (*way, step))


def other_shape(node: Node) -> Node:
    """A list for a text, a text for all else, at the same place."""
    source, start = node._source, node._start
    if isinstance(node, Written):
        return Sequence(source, start)
    text = Written("zz")
    text.stand(source, start, start, None)
    return text


def changed(node: Node, way: tuple[str | int, ...], how: str) -> Node:
    if isinstance(node, Written):
        return node
    own = node.bare()
    for step, value in node.items() if isinstance(node, Mapping) else enumerate(node):
        key, new = step, value
        if way and step == way[0]:
            new = changed(value, way[1:], how) if len(way) > 1 else other_shape(value)
            if len(way) == 1 and how == "unknown key" and isinstance(step, Written):
                key, new = step.beside(f"x{step[::-1]}x"), value
            elif len(way) == 1 and how == "gone":
                continue
        if isinstance(own, Mapping):
            own[key] = new
        else:
            own.append(new)
    return own


def faults_of(tree: Node, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    plain = Files.tree
    monkeypatch.setattr(Files, "tree", lambda files, path, root: tree if path == FILE else plain(files, path, root))
    try:
        return tuple(map(str, read_parts(SOUND, "prova/misura", SHELF).faults))
    finally:
        monkeypatch.setattr(Files, "tree", plain)


@pytest.mark.parametrize("how", ["other shape", "unknown key", "gone"])
def test_whatever_is_wrong_a_fault_far_away_is_told_as_well(monkeypatch, how):
    tree = Files([]).tree(FILE, FILE.parent)
    second = tuple(LAST.split("/"))
    place: Place = tree["tensions"]["two_readings"]["from"].place
    twice = changed(tree, second, "other shape")
    assert faults_of(tree, monkeypatch) == ()
    hidden = []
    for way in list(ways(tree))[::3]:
        if way[:2] == second[:2] or second[: len(way)] == way:
            continue
        told = faults_of(changed(twice, way, how), monkeypatch)
        if not any(line.startswith(f"{place}: ") for line in told):
            hidden.append("/".join(map(str, way)))
        assert not [line for line in told if "\\ue000" in line or "<left out>" in line], way
    assert hidden == []


@pytest.mark.parametrize(("old", "new"), [
    ("      holds: active\n", "      hold: active\n"),
    ("law_of: filing\n", "law_of: filling\n"),
    ("subject: impresa\n", ""),
    ("provisions:\n  -", "provision:\n  -"),
    ("spending:\n", "spendin:\n"),
    ("  minimum_firms: {is: ", "  minimum_firms: {iss: "),
])  # fmt: skip
def test_a_slip_blames_nothing_that_rests_on_it(package: Path, old: str, new: str) -> None:
    text = Path(MEASURE).read_text("utf-8")
    assert text.count(old) == 1
    Path(MEASURE).write_text(text.replace(old, new), "utf-8")
    faults = [str(fault) for fault in check_package(package)]
    assert 1 <= len(faults) <= 2, faults


def test_the_faults_of_all_files_are_told_at_once(package: Path) -> None:
    for file, old, new in (
        (MEASURE, "law_of: filing\n", "law_of: filling\n"),
        (VOCABULARY, "format: 1\n", "format: 1\nunit: {}\n"),
        (CASES, "cases:\n", "cases:\n  - {name: Uno, lik: x, on: 2022-13-01, expect: {findings: {nothing_so: yes}}}\n"),
    ):
        text = Path(file).read_text("utf-8")
        assert text.count(old) == 1, file
        Path(file).write_text(text.replace(old, new), "utf-8")
    found = [(fault.place.path, fault.message.partition(";")[0]) for fault in check_package(package)]
    assert found == [
        (CASES, "unknown key 'lik'"), (CASES, "no base is called 'x'"), (CASES, "the day 2022-13-01 does not exist"),
        (CASES, "no condition is called 'nothing_so'"),
        (MEASURE, "'filling' cannot stand here"), (VOCABULARY, "unknown key 'unit'"),
    ]  # fmt: skip


def test_an_end_without_a_name_is_told_where_its_day_stands(package: Path) -> None:
    text = Path(MEASURE).read_text("utf-8")
    assert "\nclosing:" not in text
    provision = text.split("provision: ")[1].split()[0].strip("[],}")
    closing = f'closing:\n  text: "Domanda presentata in tempo"\n  provision: {provision}\n  ends: 2030-08-31\n'
    Path(MEASURE).write_text(f"{text.rstrip()}\n{closing}", "utf-8")
    line = text.rstrip().count("\n") + 5
    told = [str(fault) for fault in check_package(package) if fault.subject == "call_ends"]
    assert told == [f"{MEASURE}:{line}:9: call_ends: it has no 'label', under which people read its value"]
