# SPDX-License-Identifier: Apache-2.0
"""What calls of a family usually ask: the file beside its measures, and what is named out of it."""

from __future__ import annotations

import pytest

import misure
from misure.ground.errors import BadRules
from misure.reading import read_rulebook
from tests.reading.small_measures import HEAD, LINES_OF_HEAD, VOCABULARY, small

__all__ = ["small"]

FILE = """\
# A remark.
requirement,text
sound_books,bilanci in ordine

no_debts,"nessun debito, né verso l'ente né verso altri"
# Another remark, no_debts again.
never,mai nominato
"""


def usual(tmp_path, text, family="prova"):
    (tmp_path / family).mkdir(exist_ok=True)
    (tmp_path / family / "usual-requirements.csv").write_text(text, "utf-8")


def faults(tmp_path, text, rest="unasked: [sound_books]\n"):
    """The faults of a measure beside a file, as `place: message`."""
    home = tmp_path / "prova" / "breve"
    home.mkdir(parents=True, exist_ok=True)
    usual(tmp_path, text)
    (tmp_path / "vocabulary").mkdir(exist_ok=True)
    (tmp_path / "vocabulary" / "prova.yaml").write_text(VOCABULARY, "utf-8")
    (home / "measure.yaml").write_text(HEAD + rest, "utf-8")
    with pytest.raises(BadRules) as caught:
        read_rulebook(tmp_path, "prova/breve")
    return [str(fault).replace(f"{tmp_path}/", "") for fault in caught.value.faults]


def test_what_is_named_comes_in_its_order_with_its_words(small, tmp_path) -> None:
    usual(tmp_path, FILE)
    assert dict(small("unasked: [no_debts, sound_books]\n").unasked) == {
        "no_debts": "nessun debito, né verso l'ente né verso altri", "sound_books": "bilanci in ordine",
    }  # fmt: skip
    assert list(small("unasked: [sound_books, no_debts]\n").unasked) == ["sound_books", "no_debts"]
    assert dict(small("").unasked) == {}


def test_a_name_that_is_not_there_is_told_at_its_place_with_the_nearest(small, tmp_path) -> None:
    usual(tmp_path, FILE)
    assert small("unasked: [sound_book, no_debts, zzzz]\n") == [
        "1:11: unasked: no usual requirement is called 'sound_book'; did you mean 'sound_books'?",
        "1:33: unasked: no usual requirement is called 'zzzz'",
    ]


def test_without_a_file_there_is_nothing_to_name(small) -> None:
    assert small("unasked: [sound_books]\n") == ["1:11: unasked: no usual requirement is called 'sound_books'"]
    assert dict(small("").unasked) == {}


@pytest.mark.parametrize("text", ["", "# A remark.\n", "requirement,text\n"])
def test_a_file_that_names_nothing(small, tmp_path, text) -> None:
    usual(tmp_path, text)
    assert small("unasked: [sound_books]\n") == ["1:11: unasked: no usual requirement is called 'sound_books'"]
    assert dict(small("").unasked) == {}


def test_the_file_of_another_family_is_none(small, tmp_path) -> None:
    usual(tmp_path, FILE, family="altra")
    assert small("unasked: [sound_books]\n") == ["1:11: unasked: no usual requirement is called 'sound_books'"]


FIRST = "requirement,text\nsound_books,bilanci in ordine\n"


@pytest.mark.parametrize(("row", "told"), [
    ("a,b,c", "a row has an id and a text"), ("a", "a row has an id and a text"), ("a,", "a row has an id and a text"),
    (",b", "a row has an id and a text"), ("a,   ", "a row has an id and a text"), ("   ", "a row has an id and a text"),
    ("sound_books,altro", "'sound_books' stands twice"), ("sound_books,bilanci in ordine", "'sound_books' stands twice"),
])  # fmt: skip
def test_a_row_that_cannot_be(tmp_path, row, told) -> None:
    text = f"# remark\n\n{FIRST}{row}\nlast,ultima\n"
    assert faults(tmp_path, text) == [f"prova/usual-requirements.csv:5:0: usual-requirements: {told}"]


def test_every_row_that_cannot_be_is_told_and_the_names_too(tmp_path) -> None:
    found = faults(tmp_path, f"{FIRST}a,b,c\nsound_books,x\n", rest="unasked: [sound_books, a]\n")
    assert found == [
        f"prova/breve/measure.yaml:{LINES_OF_HEAD + 1}:24: unasked: no usual requirement is called 'a'",
        "prova/usual-requirements.csv:3:0: usual-requirements: a row has an id and a text",
        "prova/usual-requirements.csv:4:0: usual-requirements: 'sound_books' stands twice",
    ]


def test_a_measure_that_names_nothing_does_not_mind_the_file(small, tmp_path) -> None:
    usual(tmp_path, f"{FIRST}a,b,c\n")
    assert dict(small("").unasked) == {}


def test_a_quoted_text_over_two_lines_is_a_fault_and_no_crash(tmp_path) -> None:
    (found,) = faults(tmp_path, f'{FIRST}a,"una riga\ne un\'altra"\n')
    assert found == "prova/usual-requirements.csv:4:0: usual-requirements: a row has an id and a text"


# Of all packages


def test_the_bundled_measures_name_what_their_family_usually_asks() -> None:
    for measure in misure.catalogue().values():
        assert all(measure.rulebook.unasked.values())
    texts = misure.catalogue()["lombardia/filiere"].rulebook.unasked
    assert list(texts) == ["excluded_sectors", "insolvency", "durc", "antimafia", "chamber_fee"]
    assert texts["durc"] == "regolarità contributiva (DURC)"


def test_names_are_a_list_or_one_alone(small, tmp_path) -> None:
    usual(tmp_path, FILE)
    assert list(small("unasked: sound_books\n").unasked) == ["sound_books"]
    assert small("unasked: {a: b}\n") == ["1:10: a text or a list of texts belongs here, not a mapping"]


@pytest.mark.parametrize(("word", "hint"), [
    ("yes", ""), ("all", ""), ("Whole", "; did you mean 'whole'?"), ("no", "; did you mean 'not'?"),
])  # fmt: skip
def test_how_far_a_text_was_read_is_one_of_three_words(small, word, hint) -> None:
    head = HEAD.replace("{act: uno}", f"{{act: uno, read: {word}}}")
    assert small("", head=head) == [f"0:41: 2022-01-31: '{word}' cannot stand here; it is whole, partly or not{hint}"]


@pytest.mark.parametrize("word", ["whole", "partly", "not"])
def test_what_an_edition_says_of_its_text(small, word) -> None:
    (edition,) = small("", head=HEAD.replace("{act: uno}", f"{{act: uno, read: {word}}}")).editions
    assert edition.read == word
    (silent,) = small("").editions
    assert silent.read == "not"


def test_characters_that_nobody_sees_are_refused_here_too(tmp_path) -> None:
    text = FILE.replace("bilanci in ordine", "bilanci in \u202eordine")
    assert faults(tmp_path, text) == [
        "prova/usual-requirements.csv:3:24: the character U+202E cannot stand in a text file"
    ]
