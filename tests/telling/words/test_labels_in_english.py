# SPDX-License-Identifier: Apache-2.0
"""No label of a bundled measure stays Italian on an English page, neither of a cell of a table nor of what the library itself names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import misure
from misure.rulebook.acts import CHANGED, PUBLISHED
from misure.rulebook.rules import Rulebook
from misure.telling.language import words
from misure.telling.language.language import Language

MEASURES = misure.catalogue()
SIZES = "intensità per la ricerca industriale"


def labels(book: Rulebook) -> Iterator[str]:
    yield from (value.label for value in book.parameters.values())
    yield from (fact.label for fact in book.facts.values())
    yield from (definition.text for definition in book.definitions.values())
    for table in book.tables.values():
        yield table.label
        yield from (field.label for field in table.fields.values())


@pytest.mark.parametrize("measure", MEASURES)
def test_every_label_is_translated(measure: str) -> None:
    book = MEASURES[measure].rulebook
    english, said = Language("en", (book.root,)), list(filter(None, labels(book)))
    assert len(said) > 20
    assert [label for label in said if english.rule(label) == label] == []


def test_what_the_library_says_among_the_words_of_a_file_is_said_once() -> None:
    assert (words.CHANGED, words.PUBLISHED) == (CHANGED, PUBLISHED)


@pytest.mark.parametrize(("label", "english"), [
    (f"{SIZES}: microimpresa", "intensity for industrial research: micro enterprise"),
    (f"{SIZES}: microimpresa, sì", "intensity for industrial research: micro enterprise, yes"),
    (f"{SIZES}: no, media impresa", "intensity for industrial research: no, medium-sized enterprise"),
    # What nobody has translated stays whole: half a label would be of no language.
    (f"{SIZES}: colossale", f"{SIZES}: colossale"), (f"{SIZES}: microimpresa, colossale", f"{SIZES}: microimpresa, colossale"),
    ("mai detta: microimpresa", "mai detta: microimpresa"), (f"{SIZES}: ", f"{SIZES}: "), ("", ""),
])  # fmt: skip
def test_a_cell_is_told_by_its_table_and_its_words(label: str, english: str) -> None:
    book = MEASURES["lombardia/tecnologie-strategiche-step"].rulebook
    assert Language("en", (book.root,)).rule(label) == english
    assert Language("it", (book.root,)).rule(label) == label
