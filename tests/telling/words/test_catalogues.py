# SPDX-License-Identifier: Apache-2.0
"""Nothing is told in Italian to whoever asked for English, and what is shipped is what was translated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from misure.ground.errors import BadRules
from misure.telling.language.catalogues import rule_messages
from tools.catalogues import CATALOGUES, ROOT, messages, updated, written


@pytest.fixture(params=CATALOGUES.items(), ids=lambda home: home[1].stem)
def home(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    return request.param


def translated(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def test_every_message_has_its_english(home: tuple[Path, Path]) -> None:
    folder, path = home
    catalogue = {message.id: message for message in translated(path) if message.id}
    wanted = {message.id for message in messages(folder) if message.id}
    assert len(wanted) > 100
    assert wanted - catalogue.keys() == set(), "translate these (tools/catalogues.py adds them)"
    assert catalogue.keys() - wanted == set(), "nothing says these any more"
    halves = [id_ for id_, message in catalogue.items() if message.fuzzy or not all(strings(message.string))]
    assert halves == []


def strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string


def test_a_translation_fills_in_the_same_names(home: tuple[Path, Path]) -> None:
    for message in translated(home[1]):
        for id_, string in zip(strings(message.id), strings(message.string), strict=True):
            names = [set(re.findall(r"\{(\w+)\}", text)) for text in (id_, string)]
            assert names[0] == names[1], id_


def pairs(catalogue: Catalog) -> dict[object, object]:
    """The messages and what stands for them, without the header: forms of number as tuples, from either kind of file."""
    return {_whole(message.id): _whole(message.string) for message in catalogue if message.id}


def _whole(text: str | Sequence[str]) -> object:
    return text if isinstance(text, str) else tuple(text)


def test_the_compiled_catalogue_is_the_translated_one(home: tuple[Path, Path]) -> None:
    with home[1].with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    source = translated(home[1])
    assert pairs(compiled) == pairs(source), "compile it: tools/catalogues.py"
    assert compiled.plural_expr == source.plural_expr
    assert compiled.charset == "utf-8"


def test_to_gather_again_changes_nothing(home: tuple[Path, Path]) -> None:
    folder, path = home
    assert pairs(updated(path, messages(folder))) == pairs(translated(path))
    again = written(updated(path, messages(folder))).decode()
    assert "Babel" not in again
    assert "Creation-Date" not in again


TOOLS = re.compile(
    r"Generated-By|\b(babel|hatchling|hypothesis|narwhals|polars|pandas|duckdb|pyarrow|pydantic|pytest|ruff|mypy) v?\d+\.\d",
    re.IGNORECASE,
)
WRITTEN = [".po", ".mo", ".txt", ".json", ".xml", ".csv"]


def test_no_file_that_is_compared_names_the_version_of_a_tool() -> None:
    folders = (ROOT / "src", ROOT / "rules", ROOT / "tests")
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in WRITTEN]
    assert len(paths) > 50
    named = {path.name: found[0] for path in paths if (found := TOOLS.search(path.read_text("utf-8", "replace")))}
    assert named == {}


def test_a_broken_catalogue_of_a_rule_package_is_a_fault_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "locale" / "en" / "LC_MESSAGES" / "rules.mo"
    path.parent.mkdir(parents=True)
    for data in (b"", b"\xde\x12\x04\x95", b"no catalogue at all"):
        path.write_bytes(data)
        rule_messages.cache_clear()
        with pytest.raises(BadRules) as caught:
            rule_messages("en", (str(tmp_path),))
        assert [fault.place.path for fault in caught.value.faults] == [str(path)]
