# SPDX-License-Identifier: Apache-2.0
"""Tax codes, VAT numbers, CUP and the numbers of registers: what they say, and each way in which one is wrong."""

import datetime as dt
import pickle
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.it import codicefiscale, iva

import misure
from misure.ground.errors import BadIdentifier
from misure.identifiers import aid_id, car, codice_fiscale, cor, cup, partita_iva, rea, sa_number, tax_number
from misure.identifiers.forms import FREE, KINDS, LONGEST, accepts, checks, form, made_up, unlike, validate_as

PLACES = "LMNPQRSTUV"
MODULES = {
    "aid_id": aid_id,
    "car": car,
    "codice_fiscale": codice_fiscale,
    "cor": cor,
    "cup": cup,
    "partita_iva": partita_iva,
    "rea": rea,
    "sa_number": sa_number,
    "tax_number": tax_number,
}


@st.composite
def persons(draw):
    """A right code of a person, with what it says."""
    letters = draw(st.text(string.ascii_uppercase, min_size=6, max_size=6))
    born = draw(st.dates(dt.date(1920, 1, 1), dt.date(2019, 12, 31)))
    woman = draw(st.booleans())
    place = draw(st.sampled_from("ABCDEFGHILMZ")) + draw(st.text(string.digits, min_size=3, max_size=3))
    plain = f"{letters}{born:%y}{'ABCDEHLMPRST'[born.month - 1]}{born.day + 40 * woman:02}{place}"
    replaced = draw(st.integers(0, 7))
    found = list(plain)
    for at in sorted((6, 7, 9, 10, 12, 13, 14), reverse=True)[:replaced]:
        found[at] = PLACES[int(found[at])]
    code = "".join(found)
    return code + codicefiscale.calc_check_digit(code), ("F" if woman else "M", born, place, replaced > 0)


@st.composite
def numbers(draw):
    """Eleven digits that can have been given."""
    office = draw(st.sampled_from([*(f"{n:03}" for n in range(1, 101)), "120", "121", "888", "999"]))
    ten = f"{draw(st.integers(1, 9_999_999)):07}{office}"
    return ten + partita_iva.calc_check_digit(ten)


# The worked vectors ID-1 to ID-12


@pytest.mark.parametrize(
    ("value", "valid"), [("01234560157", True), ("01234567890", False), ("12345678901", False), ("12345678903", False)]
)
def test_vat_numbers(value, valid):
    assert partita_iva.is_valid(value) is valid is iva.is_valid(value)


def test_a_right_check_digit_and_an_office_that_gives_no_numbers():  # ID-6
    found = partita_iva.parse("12345678903")
    assert (found.office, found.office_assigned) == ("890", False)
    with pytest.raises(BadIdentifier) as caught:
        partita_iva.validate("12345678903")
    assert (caught.value.problem, caught.value.position) == ("component", 8)


def test_a_person():  # ID-7
    found = codice_fiscale.parse("RSSMRA85T10F205R")
    assert (found.sex, found.born, found.birthplace, found.entity, found.omocodia) == (
        "M",
        dt.date(1985, 12, 10),
        "F205",
        False,
        False,
    )


def test_a_person_with_letters_in_place_of_digits():  # ID-9
    found = codice_fiscale.parse("RSSMRA85T10F20RM")
    assert (found.omocodia, found.birthplace, found.born) == (True, "F205", dt.date(1985, 12, 10))


def test_an_entity():  # ID-10
    found = codice_fiscale.parse("01234560157")
    assert found == codice_fiscale.CodiceFiscale("01234560157", entity=True)


@pytest.mark.parametrize("text", ["n.d.", "N.D.", "nd", " n.d. "])
def test_no_cup(text):  # ID-12
    assert cup.parse(text) is None
    assert not cup.is_valid(text)


def test_a_cup():
    assert cup.parse("E44E20000140007") == "E44E20000140007"


# What holds of all


@given(persons())
def test_what_a_persons_code_says(person):
    code, (sex, born, place, omocodia) = person
    found = codice_fiscale.parse(code)
    assert (found.sex, found.born, found.birthplace, found.omocodia) == (sex, born, place, omocodia)
    later = codice_fiscale.parse(code, first_year=1820).born
    assert later.year == born.year - 100 if (born.month, born.day) != (2, 29) else True
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


@given(persons().map(lambda person: person[0]) | numbers(), st.data())
def test_a_right_tax_code_stays_right_and_a_changed_check_is_refused(code, data):
    spaced = f" {code[:6]} {code[6:].lower()}-"
    assert codice_fiscale.compact(spaced) == codice_fiscale.validate(spaced) == codice_fiscale.format(spaced) == code
    assert codice_fiscale.parse(codice_fiscale.format(spaced)) == codice_fiscale.parse(code)
    assert codicefiscale.is_valid(code)
    kind = string.digits if code.isdigit() else string.ascii_uppercase
    other = data.draw(st.sampled_from(kind.replace(code[-1], "")))
    with pytest.raises(BadIdentifier) as caught:
        codice_fiscale.validate(code[:-1] + other)
    assert (caught.value.problem, caught.value.position, caught.value.suggestion) == ("check", len(code), code)
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args  # noqa: S301 - our own bytes


@given(numbers(), st.integers(0, 9), st.sampled_from(string.digits))
def test_one_wrong_digit_of_a_vat_number_is_always_found(number, at, digit):
    changed = number[:at] + digit + number[at + 1 :]
    assert partita_iva.is_valid(changed) == (changed == number)
    assert partita_iva.validate(f"IT{number}") == number


OF_A_FORM = [kind for kind in KINDS if kind not in FREE]


@given(
    st.sampled_from(OF_A_FORM).flatmap(lambda kind: st.tuples(st.just(kind), st.from_regex(form(kind), fullmatch=True)))
)
def test_the_forms_for_engines_take_what_python_takes(drawn):
    """Form and checks together are `validate`; what the form alone takes is wrong in its check at most."""
    kind, text = drawn
    assert accepts(kind)(text) == MODULES[kind].is_valid(text)
    assert MODULES[kind].compact(text) == text
    if not MODULES[kind].is_valid(text):
        with pytest.raises(BadIdentifier, match="check"):
            MODULES[kind].validate(text)


nearly = st.sampled_from(
    ["RSSMRA85T10F205R", "RSSMRA85T10F20RM", *(made_up(kind, number) for kind in KINDS for number in (0, 12345))]
).flatmap(
    lambda text: st.tuples(st.just(text), st.integers(0, len(text)), st.sampled_from("0159ALVXZ-. é²")).map(
        lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] + 1 :]
    )
)


@given(st.sampled_from(KINDS), nearly | st.text(max_size=20))
def test_no_form_takes_what_python_refuses(kind, text):
    assert accepts(kind)(text) == (MODULES[kind].is_valid(text) and MODULES[kind].validate(text) == text)


@given(st.from_regex(rf"(COR ?)?({unlike('aid_id')})", fullmatch=True) | st.text(max_size=70))
def test_an_id_of_aid_is_anything_but_the_shape_of_a_cor_that_is_none(text):
    plain = aid_id.is_valid(text) and aid_id.validate(text) == text
    assert accepts("aid_id")(text) == plain
    assert not (plain and re.fullmatch(unlike("aid_id"), text))
    if aid_id.is_valid(text):
        assert aid_id.validate(aid_id.validate(text)) == aid_id.validate(text)


@given(
    persons().map(lambda person: person[0]),
    st.sampled_from([9, 10, 8, 6, 7]),
    st.sampled_from(string.digits + "ABCLMPQRSTUV"),
)
def test_days_of_birth_that_no_year_has(code, at, character):
    changed = code[:at] + character + code[at + 1 : 15]
    changed += codicefiscale.calc_check_digit(changed)
    assert accepts("codice_fiscale")(changed) == codice_fiscale.is_valid(changed)


def test_every_office_of_python_stdnum_and_no_other():
    for office in range(1000):
        ten = f"0123456{office:03}"
        number = ten + partita_iva.calc_check_digit(ten)
        assert accepts("partita_iva")(number) == iva.is_valid(number) == partita_iva.is_valid(number)


def test_the_check_of_every_first_serial():
    assert {check.length: check.modulus for check in checks("codice_fiscale")} == {11: 10, 16: 26}
    assert {kind for kind in KINDS if checks(kind)} == {"codice_fiscale", "partita_iva", "tax_number"}
    assert [(check.length, check.modulus, check.only) for check in checks("tax_number")] == [
        (11, 10, "[0-9]{11}"),
        (16, 26, ""),
    ]


# What is wrong, and where


@pytest.mark.parametrize(("kind", "text", "problem", "position", "suggestion"), [
    ("codice_fiscale", "RSSMRA85T10F205X", "check", 16, "RSSMRA85T10F205R"),
    ("codice_fiscale", "RSSMRA85T10F205", "length", None, "RSSMRA85T10F205R"),
    ("codice_fiscale", "R5SMRA85T10F205R", "character", 2, "RSSMRA85T10F205R"),
    ("codice_fiscale", "RSSMRA8ST10F205R", "check", 16, "RSSMRA8ST10F205E"),   # S stands for 7 where two have one code
    ("codice_fiscale", "RSSMRA85T1OF205R", "character", 11, "RSSMRA85T10F205R"),
    ("codice_fiscale", "RSSMRA85J10F205R", "character", 9, None),
    ("codice_fiscale", "RSSMRA85T32F205R", "component", 10, None),
    ("codice_fiscale", "RSSMRA85T00F205R", "component", 10, None),
    ("codice_fiscale", "RSSMRA85T72F205R", "component", 10, None),
    ("codice_fiscale", "RSSMRA85T81F205R", "component", 10, None),     # python-stdnum takes 81 for 1
    ("codice_fiscale", "RSSMRA85B29F205R", "component", 10, None),     # 1985 is no leap year
    ("codice_fiscale", "RSSMRÀ85T10F205R", "character", 6, None),
    ("codice_fiscale", "1234567890123456", "character", 1, None),
    ("codice_fiscale", "1234560157", "length", None, "01234560157"),   # a spreadsheet took the zero away
    ("codice_fiscale", "00000000000", "component", 1, None),
    ("codice_fiscale", "12345678903", "component", 8, None),
    ("codice_fiscale", "", "length", None, None),
    ("codice_fiscale", 1234560157, "type", None, None),
    ("partita_iva", "0123456015", "length", None, "01234560157"),
    ("partita_iva", "1234560157", "length", None, "01234560157"),
    ("partita_iva", "0123456O157", "character", 8, "01234560157"),
    ("partita_iva", "01234560158", "check", 11, "01234560157"),
    ("partita_iva", "٠١٢٣٤٥٦٠١٥٧", "character", 1, "01234560157"),
    ("cup", "E44E2000014000", "length", None, None),
    ("cup", "E44E2O000140007", "character", 6, "E44E20000140007"),
    ("cup", "E44E200001400O7", "character", 14, "E44E20000140007"),
    ("cup", "144E20000140007", "character", 1, None),
    ("cup", "E44²20000140007", "character", 4, None),
    ("cor", "12a", "character", 3, None),
    ("cor", "007", "character", 1, "7"),
    ("cor", "0", "character", 1, None),
    ("cor", "1" * 10, "length", None, None),
    ("car", "12.5", "character", 3, None),
    ("rea", "MI-12345678", "character", None, None),
    ("rea", "MI-0", "character", None, None),
    ("rea", "M1-123", "character", None, None),
    ("sa_number", "SA.1234567", "character", None, None),
    ("sa_number", "SB.12345", "character", None, None),
    ("sa_number", None, "type", None, None),
])  # fmt: skip
def test_what_is_wrong_and_where(kind, text, problem, position, suggestion):
    with pytest.raises(BadIdentifier) as caught:
        validate_as(kind, text)
    error = caught.value
    assert (error.kind, error.problem, error.position, error.suggestion) == (kind, problem, position, suggestion)
    assert isinstance(error, ValueError)
    assert isinstance(error, misure.MisureError)
    assert str(error).startswith(f"{kind}: ")
    assert not MODULES[kind].is_valid(text)


@pytest.mark.parametrize(("kind", "text", "expected"), [
    ("partita_iva", "IT 0123456-0157", "01234560157"), ("cup", "e44e 2000 0140007", "E44E20000140007"), ("cor", " 23193436\n", "23193436"),
    ("rea", "mi/0123456", "MI-123456"), ("rea", "BG 1", "BG-1"), ("sa_number", "sa 100284", "SA.100284"), ("sa_number", "SA.49295", "SA.49295"),
])  # fmt: skip
def test_the_plain_form(kind, text, expected):
    module = MODULES[kind]
    assert module.validate(text) == module.format(text) == validate_as(kind, text) == expected
    assert module.validate(expected) == expected


def test_the_parts_of_the_others():
    assert rea.parse("MI-1234567") == rea.Rea("MI", 1234567)
    assert (cor.parse("23193436"), car.parse("99901"), sa_number.parse("SA.49295")) == (23193436, 99901, 49295)


@pytest.mark.parametrize("year", [None, "1920", 1920.0, 1799, 2101, 10**9])
def test_a_first_year_that_is_none(year):
    with pytest.raises(misure.BadFacts, match="first_year: expected a year"):
        codice_fiscale.parse("RSSMRA85T10F205R", first_year=year)


def test_no_identifier_is_called_so():
    with pytest.raises(KeyError):
        validate_as("os", "1")


def test_a_day_of_birth_may_be_of_one_century_alone():
    code = "RSSMRA00B29F205"
    code += codicefiscale.calc_check_digit(code)
    assert codice_fiscale.parse(code).born == dt.date(2000, 2, 29)
    with pytest.raises(BadIdentifier, match="1900 does not have"):
        codice_fiscale.parse(code, first_year=1900)


@given(st.sampled_from(KINDS), st.sets(st.integers(0, 999_999), min_size=2, max_size=2))
def test_made_up_identifiers_are_right_and_differ(kind, two):
    found = [made_up(kind, number) for number in two]
    assert all(accepts(kind)(text) and validate_as(kind, text) == text for text in found)
    assert all(re.fullmatch(form(kind), text) and len(text) <= LONGEST[kind] for text in found)
    assert len(set(found)) == 2


OF_A_FORM = [kind for kind in KINDS if kind not in FREE]


@given(
    st.sampled_from(OF_A_FORM).flatmap(lambda kind: st.tuples(st.just(kind), st.from_regex(form(kind), fullmatch=True)))
)
def test_the_greatest_length(drawn):
    kind, text = drawn
    assert len(text) <= LONGEST[kind]
