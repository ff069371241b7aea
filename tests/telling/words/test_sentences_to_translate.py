# SPDX-License-Identifier: Apache-2.0
"""Which texts of a rule file are told to people, and which package translates them."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from misure.reading.text.events import read_text
from misure.telling.extraction import extract_rules, sentences
from misure.telling.language.catalogues import LANGUAGES, code_messages, rule_messages
from misure.telling.language.language import Language

RULES = """\
title: Titolo
measure: prova/uno
subject: impresa
parameters:
  wait: {is: 10 days, label: attesa, note: una nota}
  cap: {unknown: non si sa, between: [1, 2]}
facts:
  size: {text: 64, label: dimensione, question: "Quale?"}
  kind: {choices: {micro: minuscola, large: "12"}, label: tipo}
provisions:
  - cite: {act: uno, at: "art. 2"}
    admission:
      one: {text: "Una {wait}", holds: x, inferred: perché sì}
    duties:
      two: {who: nucleo, text: "Due"}
acts:
  uno: {type: DGR, number_unknown: nessuno lo dice, title: Atto}
not_modelled:
  P.01: non è una regola
  P.02: "64"
"""


def test_the_texts_for_people_with_their_lines_in_the_order_of_the_file() -> None:
    assert list(sentences(read_text(RULES, "m.yaml"))) == [
        (1, "Titolo"), (3, "impresa"), (5, "attesa"), (5, "una nota"), (6, "non si sa"), (8, "dimensione"), (8, "Quale?"),
        (9, "minuscola"), (9, "tipo"), (13, "Una {wait}"), (13, "perché sì"), (15, "nucleo"), (15, "Due"),
        (17, "nessuno lo dice"), (17, "Atto"), (19, "non è una regola"),
    ]  # fmt: skip


def test_babel_gets_them_as_it_wants_them() -> None:
    file = io.BytesIO("\ufefftitle: Perché\nsubject: impresa\n".encode())
    assert list(extract_rules(file, {}, [], {})) == [(1, "", "Perché", []), (2, "", "impresa", [])]


def test_italian_needs_no_catalogue_and_the_others_have_one() -> None:
    assert LANGUAGES == {"it": "it", "en": "en_GB"}
    assert type(code_messages("it")) is gettext.NullTranslations
    assert isinstance(code_messages("en"), gettext.GNUTranslations)
    assert rule_messages("it", ("/nowhere",)) == ()
    assert rule_messages("en", ("/nowhere",)) == ()


def package(folder: Path, **texts: str) -> str:
    path = folder / "locale" / "en" / "LC_MESSAGES" / "rules.mo"
    path.parent.mkdir(parents=True)
    catalogue = Catalog(locale="en")
    for italian, english in texts.items():
        catalogue.add(italian, english)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return str(folder)


@pytest.fixture
def roots(tmp_path: Path) -> tuple[str, str]:
    return package(tmp_path / "own", uno="one", due="two"), package(tmp_path / "other", due="second", tre="three")


@pytest.mark.parametrize(("text", "own_first", "other_first"), [
    ("uno", "one", "one"), ("due", "two", "second"), ("tre", "three", "three"), ("quattro", "quattro", "quattro"), ("", "", ""),
])  # fmt: skip
def test_the_first_package_that_has_a_sentence_gives_it(
    roots: tuple[str, str], text: str, own_first: str, other_first: str
) -> None:
    assert Language("en", roots).rule(text) == own_first
    assert Language("en", roots[::-1]).rule(text) == other_first
    assert Language("it", roots).rule(text) == text
    assert Language("en").rule(text) == text


def test_a_package_named_twice_is_read_once(roots: tuple[str, str]) -> None:
    assert len(rule_messages("en", (roots[0], roots[1], roots[0]))) == 2
    assert len(rule_messages("en", (roots[0], "/nowhere"))) == 1
