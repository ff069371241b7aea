# SPDX-License-Identifier: Apache-2.0
"""Who somebody is: one writing for one code, names as they are, and no guess at what a code was meant to be."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadIdentifier
from misure.identifiers import codice_fiscale, foreign_vat, identity, partita_iva
from misure.identifiers.entering import entered
from misure.identifiers.likeness import likest
from tests.identifiers.writings import CODES, FOREIGN, ITALIAN, OMOCODIA, PERSON, WRONG, writings


def refused(ask):
    with pytest.raises(BadIdentifier) as caught:
        ask()
    return caught.value


@given(writings())
def test_every_writing_of_a_code_is_the_code(drawn):
    code, text = drawn
    assert (identity.validate(text), identity.code(text), identity.compact(text), identity.format(text)) == (code,) * 4
    assert identity.parse(text).is_code and identity.is_valid(text)


@given(writings(codes=tuple(ITALIAN)))
def test_the_tax_code_takes_the_same_writings(drawn):
    code, text = drawn
    assert codice_fiscale.validate(text) == code
    if code.isdecimal():
        assert partita_iva.validate(text) == code


@pytest.mark.parametrize(("text", "right"), WRONG.items())
def test_the_shape_of_a_code_is_refused_with_the_nearest_right_one(text, right):
    problem = refused(lambda: identity.validate(text))
    assert (problem.kind, problem.suggestion) == ("identity", right)
    assert not identity.is_valid(text)


@pytest.mark.parametrize(
    "name", ["alfa", "ALFA", "Alfa S.r.l.", "Alfa 2024", "A1", "123456", "12345678901234", "alfaprovasrl2024", "Italia 90", "ND", "-", "0",
             "firm 1234567", "IT", "società", "x" * 200, "COR-1234567", "alfabetagammadelta"]
)  # fmt: skip
def test_a_name_stays_as_it_is(name):
    assert identity.parse(name) == identity.Identity(name, "name")
    assert not identity.parse(name).is_code
    assert "no codice fiscale" in refused(lambda: identity.code(name)).message


def test_names_are_compared_composed_and_trimmed():
    spelt = unicodedata.normalize("NFD", "Società è già")
    assert identity.validate(f"  {spelt}\n") == "Società è già"


@pytest.mark.parametrize(("text", "sort"), [(PERSON, "person"), (OMOCODIA, "person"), ("01234560157", "entity"),
                                            ("12345678903", "entity"), (FOREIGN, "foreign"), ("alfa", "name")])  # fmt: skip
def test_what_somebody_is_known_by(text, sort):
    assert identity.parse(text) == identity.Identity(text, sort)


@pytest.mark.parametrize(("given_", "message", "right"), [
    (1234560157, "is a number, and a code is text: write it in quotes, with its zeros", "01234560157"),
    (12345601570.0, "is a number, and a code is text: write it in quotes, with its zeros", None),
    (Decimal(5), "is a number, and a code is text: write it in quotes, with its zeros", None),
    (2**80, "is a number, and a code is text: write it in quotes, with its zeros", None),
    (True, "is no text but a yes or no", None), (None, "is no text but nothing", None), (["alfa"], "is no text but a list", None),
    ("", "is empty", None), (" \u00a0", "is empty", None), ("x" * 201, "has 201 characters, more than any name or code", None),
    ("alfa\u200b", "has a character that does not print, U+200B", "alfa"), ("00000000000", "has a serial number of zeros", None),
    ("0123456015\u200b7", "is a code with something that does not belong to it", "01234560157"),
    ("０１２３４５６０１５７", "is a code with something that does not belong to it", "01234560157"),
])  # fmt: skip
def test_what_can_stand_for_nobody(given_, message, right):
    problem = refused(lambda: identity.validate(given_))
    assert (problem.message, problem.suggestion) == (message, right)


@given(st.text(max_size=30))
def test_whatever_is_taken_is_taken_again_as_it_is(text):
    if identity.is_valid(text):
        assert identity.validate(identity.validate(text)) == identity.validate(text)


@given(st.sampled_from(ITALIAN), st.data())
def test_a_slip_of_a_code_is_never_taken_for_it(code, data):
    at = data.draw(st.integers(0, len(code) - 1))
    slip = code[:at] + data.draw(st.sampled_from("0123456789ABCDEFX")) + code[at + 1 :]
    if slip != code and identity.is_valid(slip):
        assert identity.validate(slip) == slip
    shorter = code[:at] + code[at + 1 :]
    assert not identity.is_valid(shorter)


@pytest.mark.parametrize(("given_", "faults"), [
    ("it01234560157", []), (7, [("who", "expected a text; got 7, a number: a code is text, with all its zeros", None)]),
    (None, [("who", "expected a text; got nothing", None)]), (" ", [("who", "it is empty: say who", )]),
    ("1234560157", [("who", "'1234560157' has 10 digits, not 11", "01234560157")]),
])  # fmt: skip
def test_how_it_enters(given_, faults):
    found = []
    assert entered("who", given_, "say who", found) == ("" if faults else "01234560157")
    assert [tuple(one[:2]) for one in found] == [one[:2] for one in faults]
    assert [one[2] for one in found] == [one[2] if len(one) > 2 else None for one in faults]


@pytest.mark.parametrize(("text", "country"), [
    ("DE 123456789", "DE"), ("ATU12345678", "AT"), ("nl123456789b01", "NL"), ("IE1234567FA", "IE"), ("GR123456789", "EL"),
    ("CHE-123.456.789 MWST", "CH"), ("SM12345", "SM"), ("XI123456789", "XI"), ("VATSE-123456789012", "SE"),
])  # fmt: skip
def test_numbers_of_other_states(text, country):
    assert foreign_vat.parse(text).country == country
    assert identity.validate(text) == foreign_vat.format(text) == foreign_vat.validate(text)


@pytest.mark.parametrize(("text", "right"), [
    ("DE12345678", "DE012345678"), ("BE123456749", "BE0123456749"), ("DE1234567890", None), ("FR123456789", None), ("SE1234567890", None),
    ("US123456789", None), ("IT01234560157", None), ("DÉ123456789", None), ("", None), (7, None),
])  # fmt: skip
def test_what_is_no_number_of_another_state(text, right):
    assert refused(lambda: foreign_vat.validate(text)).suggestion == right


@pytest.mark.parametrize(("stranger", "known", "found"), [
    ("01234560157", ["02345670158", "01234560173"], "01234560173"), (PERSON, [OMOCODIA], OMOCODIA), ("01234560157", ["alfa"], None),
    ("01234560157", ["01234560157"], None), ("Alfa", ["alfa"], "alfa"), ("alfa", ["beta"], None), ("alfa", [], None),
])  # fmt: skip
def test_whom_another_looks_like(stranger, known, found):
    assert likest(stranger, known) == found


def test_the_codes_of_these_tests_are_right():
    assert all(identity.parse(code).is_code for code in CODES)
