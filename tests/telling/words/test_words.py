# SPDX-License-Identifier: Apache-2.0
"""Every member of each enumeration, and every name of each table, has a word in both languages; a word costs one translation."""

from __future__ import annotations

import gettext
from typing import get_args, get_type_hints

import pytest

from misure.ground.truth import Confidence, NotKnowing, Truth
from misure.rulebook import selection
from misure.selecting.placement import Why
from misure.telling.language import words
from misure.telling.language.language import Language
from tools.catalogues import CATALOGUES, messages

LANGUAGES = {code: Language(code) for code in ("it", "en")}
NAMES = {name: getattr(words, name) for name in words.__all__ if name.isupper() and name != "TABLES"}
CLOSED = {
    "ASKED": (*NotKnowing, "computed", "disagreeing"),
    "LAST_AWARDS": get_args(selection.LastAward),
    "ORDERS": get_args(get_type_hints(selection.OrderKey)["word"]),
    "SELECTION_KINDS": get_args(selection.SelectionKind),
    "SURVIVORS": get_args(selection.Survivor),
}
"""The tables whose names are all that the rulebook knows."""
ALL = [*words.TABLES.values(), *NAMES.values(), words._DUE]
GATHERED = {message.id for message in messages(next(iter(CATALOGUES))) if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", words.TABLES)
def test_every_member_has_a_word(kind: type, language: str) -> None:
    assert set(words.TABLES[kind]) == set(kind)
    told = {member: words.word(LANGUAGES[language], member) for member in kind}
    assert all(told.values())
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", NAMES)
def test_every_name_has_a_word(table: str, language: str) -> None:
    assert set(CLOSED.get(table, NAMES[table])) == set(NAMES[table])
    told = {name: LANGUAGES[language].say(text, what="x") for name, text in NAMES[table].items()}
    assert all(told.values())
    assert words.named(LANGUAGES[language], NAMES[table], "another") == ""
    assert words.named(LANGUAGES[language], NAMES[table], "another", "another") == "another"


@pytest.mark.parametrize("table", ALL, ids=range(len(ALL)))
def test_every_message_of_a_table_is_gathered_and_translated(table: dict[object, str]) -> None:
    assert set(table.values()) <= GATHERED
    english = LANGUAGES["en"]._messages
    assert isinstance(english, gettext.GNUTranslations)
    assert [text for text in table.values() if english.gettext(text) == text] == []


def test_members_that_are_equal_as_texts_keep_their_own_words() -> None:
    """`unknown` is a state of a duty and no member of the other tables: enumerations of texts are equal across kinds."""
    texts = [str(member) for kind in words.TABLES for member in kind]
    assert len(set(texts)) < len(texts)
    assert words.word(LANGUAGES["it"], words.Outcome.NOT_APPLICABLE) == "NESSUN ESITO DI AMMISSIBILITÀ"
    assert words.word(LANGUAGES["it"], words.DutyState.NOT_APPLICABLE) == "non si applica"


def test_a_word_costs_one_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def say(text: str, **_: str) -> str:
        asked.append(text)
        return text

    language = Language("en")
    monkeypatch.setattr(language, "say", say)
    words.word(language, Why.FITS)
    words.flag(language, Confidence.INFERRED)
    words.flag(language, Confidence.OFFICIAL)
    words.regime(language, "it_civil")
    words.regime(language, "a regime of somebody else")
    words.plan(language, "planned")
    words.plan(language, "another")
    words.named(language, words.LAW_TABLES, "ue/difficulty")
    assert len(asked) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_of_a_tranche_that_comes_up_has_a_word(language: str) -> None:
    told = {
        words.due_and_payable(LANGUAGES[language], Truth.YES, truth) for truth in (Truth.YES, Truth.NO, Truth.UNKNOWN)
    }
    told |= {words.due_and_payable(LANGUAGES[language], Truth.NO, Truth.NO)}
    told |= {words.due_and_payable(LANGUAGES[language], Truth.UNKNOWN, truth) for truth in (Truth.NO, Truth.UNKNOWN)}
    assert len(told) == 6
    assert all(told)
