# SPDX-License-Identifier: Apache-2.0
"""`misure vocabulary`: every name that rules may ask is found by its name or by the words people use, with what it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

import misure
from misure.facts.vocabulary import Fact, Kind, Table
from misure.telling.vocabulary import found_in, present_vocabulary

BOOKS = {name: measure.rulebook for name, measure in misure.catalogue().items()}
PACKAGE = Path(__file__).parents[1] / "packages" / "misure-prova" / "src" / "misure_prova" / "rules"


def test_a_word_finds_names_labels_questions_and_choices(command):
    ran = command("vocabulary", "ANTIMAFIA")
    assert ran.code == 0
    lines = ran.out.splitlines()
    named = [line for line in lines if line.startswith("• ")]
    assert len(named) > 5
    assert lines[:2] == ["Vocabolario: «ANTIMAFIA»", f"{len(named)} nomi"]
    assert "• antimafia_form – modulo antimafia allegato: sì o no" in lines
    assert "    – lo chiedono: lombardia/verso-nuovi-mercati" in lines
    assert "1 nome" in command("vocabulary", "borrower_rating").out
    for word, name in (
        ("università", "partners"),
        ("universita", "partners"),
        ("durc", "durc_regular_at_grant"),
        ("aaa_a", "borrower_rating"),
    ):
        assert f"• {name} – " in command("vocabulary", word).out


def test_everything_without_a_word(command):
    out = command("vocabulary").out
    told = {line[2:].partition(" – ")[0] for line in out.splitlines() if line.startswith("• ")}
    assert told == {name for book in BOOKS.values() for name in (*book.vocabulary.facts, *book.vocabulary.tables)}
    assert [line for line in out.splitlines() if line and line[0] not in "• "][2:] == [
        "Fatti",
        "Sì o no",
        "Eventi",
        "Tabelle",
    ]


KINDS = {
    Kind.NUMBER: "a number of ", Kind.TRUTH: "yes or no", Kind.DATE: "a day, from ", Kind.EVENT: "the day on which it happens, or not yet",
    Kind.CHOICE: "a choice among ", Kind.CODE: "a code of ateco-20", Kind.TEXT: "a text of at most ",
}  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_told_in_words(kind):
    facts = {one.name: one for one in found_in(BOOKS).values() if isinstance(one, Fact)}
    fields = {
        f"{one.name}.{name}": field
        for one in found_in(BOOKS).values()
        if isinstance(one, Table)
        for name, field in one.fields.items()
    }
    of_kind = {name: one for name, one in {**facts, **fields}.items() if one.kind is kind}
    assert of_kind
    for name, one in of_kind.items():
        page = present_vocabulary(BOOKS, "en", word=name)
        texts = [text for section in page.sections for line in section.lines for text in (line.text, *line.details)]
        (told,) = (text for text in texts if text.startswith(f"{name} – "))
        assert f": {'a time of day' if one.is_time else 'an identifier: ' if one.identifier else KINDS[kind]}" in told


def test_what_is_told_of_a_table(command):
    out = command("vocabulary", "firm_costs", "--lang", "en").out
    assert "a table of at most 500 records" in out
    assert "(the identifier used in the list of partners): a text of at most 64 characters, key" in " ".join(
        out.split()
    )
    assert re.search(r"firm_costs\.codice_fiscale – .*: an identifier: tax_number, identity", " ".join(out.split()))


def test_as_a_schema(command):
    schema = json.loads(command("vocabulary", "turnover", "--json").out)
    assert set(schema["properties"]) == set(found_in(BOOKS, "turnover"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert isinstance(found_in(BOOKS, "vat_years")["vat_years"], Table)


def test_a_package_beside(command):
    own = set(json.loads(command("vocabulary", "--json", "--package", PACKAGE).out)["properties"])
    bundled = set(found_in(BOOKS))
    assert own > bundled
    name = min(own - bundled)
    told = command("vocabulary", name, "--package", PACKAGE)
    assert f"• {name} – " in told.out
    assert "lo chiedono: " in told.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["turnoverr"], "<command line>: nothing in the vocabulary has 'turnoverr' in its name or in its words"),
        (["borrower_ratng"], "did you mean 'borrower_rating'?"),
        (["--package", "no-such"], "no-such: this is no folder with a measure.yaml in it or below it"),
    ],
)
def test_what_is_not_there(command, arguments, told):
    ran = command("vocabulary", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
