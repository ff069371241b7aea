# SPDX-License-Identifier: Apache-2.0
"""Nothing is told in Italian to whoever asked for English, and what is shipped is what was translated."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from misure.ground.errors import BadRules
from misure.telling.catalogues import rule_messages

ROOT = Path(__file__).parents[2]
HOMES = {
    "misure": (ROOT / "src/misure/telling", ROOT / "src/misure/telling/locale/en/LC_MESSAGES/misure.po"),
    "rules": (ROOT / "rules", ROOT / "rules/locale/en/LC_MESSAGES/rules.po"),
}
KEYWORDS = {"say": None, "many": (1, 2)}


def extracted(folder: Path) -> set[str | tuple[str, ...]]:
    """What there is to translate now, as `pybabel extract -F babel.cfg` finds it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(folder, methods, options, keywords=KEYWORDS)
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    return HOMES[request.param]


def translated(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def test_every_message_has_its_english(home: tuple[Path, Path]) -> None:
    folder, path = home
    catalogue = {message.id: message for message in translated(path) if message.id}
    wanted = extracted(folder)
    assert len(wanted) > 100
    assert wanted - catalogue.keys() == set(), "translate these (babel.cfg says how)"
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


def test_the_compiled_catalogue_is_the_translated_one(home: tuple[Path, Path]) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, translated(home[1]))
    assert home[1].with_suffix(".mo").read_bytes() == compiled.getvalue(), "compile it (babel.cfg says how)"


def test_a_broken_catalogue_of_a_rule_package_is_a_fault_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "locale" / "en" / "LC_MESSAGES" / "rules.mo"
    path.parent.mkdir(parents=True)
    for data in (b"", b"\xde\x12\x04\x95", b"no catalogue at all"):
        path.write_bytes(data)
        rule_messages.cache_clear()
        with pytest.raises(BadRules) as caught:
            rule_messages("en", (str(tmp_path),))
        assert [fault.place.path for fault in caught.value.faults] == [str(path)]
