# SPDX-License-Identifier: Apache-2.0
"""Of each wrong identifier: what kind of mistake it is, at which character, the nearest right one, and in which words."""

import datetime as dt
import importlib

import pytest

from misure.ground.errors import BadIdentifier
from misure.identifiers import celex, eli, nace, nuts, permanent, urn

LEVELS = "is no section (J), division (62), group (62.0), class (62.01) or category (62.01.0, 62.01.00)"
CLASSES = "is no section (J), division (62), group (62.0) or class (62.01)"
NO_CELEX = "is no sector, year, one or two letters and four digits"
NO_REA = "is no sigla of a province, such as MI, and one to seven digits"
NO_SA = "is not SA. and four to six digits"
VERSION = "has a version, which is no part of the name: ask for it with `resolver_url(urn, on=day)`"
GOES_ON = "goes on after its number with what is neither an annex (:2) nor a part (~art2)"
NO_SECTION = "is no section: they are A B C D E F G H I J K L M N O P Q R S T U"
WHICH = "does not say which text of the act: 'oj', or the date of a consolidated one"


def refused(ask):
    with pytest.raises(BadIdentifier) as caught:
        ask()
    error = caught.value
    return error.kind, error.problem, error.position, error.suggestion, error.message


@pytest.mark.parametrize(("kind", "text", "problem", "position", "suggestion", "message"), [
    ("celex", "32023R283", "length", None, "32023R0283", NO_CELEX),
    ("celex", "32023R2", "length", None, "32023R0002", NO_CELEX),
    ("celex", "32023R28311", "character", None, None, NO_CELEX),
    ("celex", "2023R2831", "character", None, None, NO_CELEX),
    ("celex", "X2023R2831", "character", None, None, NO_CELEX),
    ("celex", "32023ABC2831", "character", None, None, NO_CELEX),
    ("celex", "02014R0717-20230230", "component", 12, None, "names a day that is none: 2023-02-30 does not exist: February 2023 has 28 days"),
    ("celex", "32014R0717-2023", "character", None, None, NO_CELEX),
    ("celex", "32023R2832R(1)", "character", None, None, NO_CELEX),
    ("celex", "", "length", None, None, "is empty"),
    ("celex", None, "type", None, None, "is no text but nothing: write it in quotes"),
    ("eli", "http://data.europa.eu/eli/reg/2023/2831", "length", None, "http://data.europa.eu/eli/reg/2023/2831/oj", WHICH),
    ("eli", "http://data.europa.eu/eli/reg/23/2831", "length", None, None, WHICH),
    ("eli", "http://data.europa.eu/eli/reg", "length", None, None, "is not type/year/number/version after its beginning"),
    ("eli", "http://data.europa.eu/eli/rg/2023/2831/oj", "component", 27, "http://data.europa.eu/eli/reg/2023/2831/oj", "has the type 'rg', which is none"),
    ("eli", "http://data.europa.eu/eli/zzzzzz/2023/2831/oj", "component", 27, None, "has the type 'zzzzzz', which is none"),
    ("eli", "http://data.europa.eu/eli/reco_del/2023/1/oj", "component", 27, "http://data.europa.eu/eli/reg_del/2023/1/oj", "has the type 'reco_del', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/23/2831/oj", "component", None, None, "has the year '23', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/0999/1/oj", "component", None, None, "has the year '0999', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/20233/1/oj", "component", None, None, "has the year '20233', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/2014/0717/oj", "component", None, "http://data.europa.eu/eli/reg/2014/717/oj", "has the number '0717', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/2014/00007/oj", "component", None, "http://data.europa.eu/eli/reg/2014/7/oj", "has the number '00007', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/2014/0/oj", "component", None, None, "has the number '0', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/2014/012345/oj", "component", None, None, "has the number '012345', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/2014/123456/oj", "component", None, None, "has the number '123456', which is none"),
    ("eli", "http://data.europa.eu/eli/reg/2014/717/now", "component", None, None, "ends in 'now': write 'oj' or the date of a consolidated text"),
    ("eli", "http://data.europa.eu/eli/reg/2014/717/2023-02-30", "component", None, None, "names a day that is none: 2023-02-30 does not exist: February 2023 has 28 days"),
    ("eli", "http://data.europa.eu/eli/reg/2014/717/oj/ita", "length", None, None, "is not type/year/number/version after its beginning"),
    ("eli", "https://eur-lex.europa.eu/eli/reg/2014/717/oj", "component", 1, None, "does not begin with http://data.europa.eu/eli/"),
    ("urn", "nir:stato:legge:1990-08-07;241", "component", 1, None, "does not begin with 'urn:nir:'"),
    ("urn", "urn:nir:Stato1:legge:1990-08-07;241", "component", 9, None, "does not name the authority in small letters and points, then a colon"),
    ("urn", "urn:nir:stato:legge3:1990-08-07;241", "component", 15, None, "does not name the type of the act in small letters and points, then a colon"),
    ("urn", "urn:nir:stato:legge:1990-8-7;241", "component", 21, None, "does not name the day, YYYY-MM-DD, or the year, then a semicolon"),
    ("urn", "urn:nir:stato:legge:1990-02-29;241", "component", 21, None, "names a day that is none: 1990-02-29 does not exist: February 1990 has 28 days"),
    ("urn", "urn:nir:stato:legge:0000;241", "component", 21, None, "names the year 0"),
    ("urn", "urn:nir:stato:legge:0000-01-01;241", "component", 21, None, "names a day that is none: 0000-01-01 does not exist: there is no year 0"),
    ("urn", "urn:nir:stato:legge:1990-08-07;", "component", 32, None, "does not end in a number"),
    ("urn", "urn:nir:stato:legge:1990-08-07;241~art 2_", "character", 35, None, GOES_ON),
    ("urn", "urn:nir:stato:legge:1990-08-07;241:a", "character", 35, None, GOES_ON),
    ("urn", "urn:nir:stato:legge:1990-08-07;241!vig=", "component", 35, "urn:nir:stato:legge:1990-08-07;241", VERSION),
    ("urn", "urn:nir:stato:legge:1990-08-07;241@2020", "component", 35, "urn:nir:stato:legge:1990-08-07;241", VERSION),
    ("urn", "urn:nir:stato:legge1:1990-08-07;241!vig=", "component", 36, None, VERSION),
    ("codice_fiscale", "RSSMRA85T10F205X", "check", 16, "RSSMRA85T10F205R", "has the check letter X where its other characters ask for R"),
    ("codice_fiscale", "RSSMRA85T10F205", "length", None, "RSSMRA85T10F205R", "has 15 characters: a person's code has 16, an entity's 11 digits"),
    ("codice_fiscale", "RSSMRA85T10F205RR", "length", None, None, "has 17 characters: a person's code has 16, an entity's 11 digits"),
    ("codice_fiscale", "R5SMRA85T10F205R", "character", 2, "RSSMRA85T10F205R", "has 5 where a letter stands"),
    ("codice_fiscale", "R9SMRA85T10F205R", "character", 2, None, "has 9 where a letter stands"),
    ("codice_fiscale", "RSSMRA85T1OF205R", "character", 11, "RSSMRA85T10F205R", "has O where a digit stands, or one of LMNPQRSTUV in its place"),
    ("codice_fiscale", "RSSMRA85A1KF205R", "character", 11, None, "has K where a digit stands, or one of LMNPQRSTUV in its place"),
    ("codice_fiscale", "RSSMRA85J10F205R", "character", 9, None, "has J where one of the twelve letters of the months stands, ABCDEHLMPRST"),
    ("codice_fiscale", "RSSMRA8510F205RRR", "length", None, None, "has 17 characters: a person's code has 16, an entity's 11 digits"),
    ("codice_fiscale", "RSSMRA85T32F205R", "component", 10, None, "names the day 32 of a month that has 31: 1 to 31, or 41 to 71 for a woman"),
    ("codice_fiscale", "RSSMRA85T00F205R", "component", 10, None, "names the day 0 of a month that has 31: 1 to 31, or 41 to 71 for a woman"),
    ("codice_fiscale", "RSSMRA85T40F205R", "component", 10, None, "names the day 40 of a month that has 31: 1 to 31, or 41 to 71 for a woman"),
    ("codice_fiscale", "RSSMRA85T72F205R", "component", 10, None, "names the day 72 of a month that has 31: 1 to 31, or 41 to 71 for a woman"),
    ("codice_fiscale", "RSSMRA85B29F205R", "component", 10, None, "names the day 29 of a month that has 28: 1 to 28, or 41 to 68 for a woman"),
    ("codice_fiscale", "RSSMRA85D31F205R", "component", 10, None, "names the day 31 of a month that has 30: 1 to 30, or 41 to 70 for a woman"),
    ("codice_fiscale", "RSSMRÀ85T10F205R", "character", 6, None, "has 'À', which is no letter and no digit"),
    ("codice_fiscale", "RSSMRA85T10F205*", "character", 16, None, "has '*', which is no letter and no digit"),
    ("codice_fiscale", "1234567890123456", "character", 1, None, "has the digit 1 where a letter stands"),
    ("codice_fiscale", "123456789012345", "length", None, None, "has 15 digits, not 11"),
    ("codice_fiscale", "1234560157", "length", None, "01234560157", "has 10 digits, not 11"),
    ("codice_fiscale", "00000000000", "component", 1, None, "has a serial number of zeros"),
    ("codice_fiscale", "12345678903", "component", 8, None, "has a right check digit, and the office 890, which gives no numbers"),
    ("codice_fiscale", "01234560158", "check", 11, "01234560157", "has the check digit 8 where its other digits ask for 7"),
    ("partita_iva", "0123456015", "length", None, "01234560157", "has 10 digits, not 11"),
    ("partita_iva", "1234560157", "length", None, "01234560157", "has 10 digits, not 11"),
    ("partita_iva", "234560157", "length", None, None, "has 9 digits, not 11"),
    ("partita_iva", "0123456O157", "character", 8, None, "has 'O' where a digit stands"),
    ("partita_iva", "01234560158", "check", 11, "01234560157", "has the check digit 8 where its other digits ask for 7"),
    ("partita_iva", "012345601577", "length", None, "01234560157", "has 12 digits, not 11"),
    ("partita_iva", "00000000157", "component", 1, None, "has a serial number of zeros"),
    ("partita_iva", "12345678903", "component", 8, None, "has a right check digit, and the office 890, which gives no numbers"),
    ("partita_iva", "IT", "character", 1, None, "has 'I' where a digit stands"),
    ("cup", "E44E2000014000", "length", None, None, "has 14 characters, not 15"),
    ("cup", "E44E200001400071", "length", None, None, "has 16 characters, not 15"),
    ("cup", "n.d.", "length", None, None, "says that no code was given"),
    ("cup", "E44E2O000140007", "character", 6, "E44E20000140007", "has 'O' where a digit stands"),
    ("cup", "E44E2I000140007", "character", 6, "E44E21000140007", "has 'I' where a digit stands"),
    ("cup", "E44EX0000140007", "character", 5, None, "has 'X' where a digit stands"),
    ("cup", "144E20000140007", "character", 1, None, "has '1' where a letter stands"),
    ("cup", "044E20000140007", "character", 1, None, "has '0' where a letter stands"),
    ("cup", "E44²20000140007", "character", 4, None, "has '²' where a letter stands"),
    ("cup", "É44E20000140007", "character", 1, None, "has 'É' where a letter stands"),
    ("cor", "12a", "character", 3, None, "has 'a' where a digit stands"),
    ("cor", "007", "character", 1, "7", "begins with a zero"),
    ("cor", "0", "character", 1, None, "begins with a zero"),
    ("cor", "000", "character", 1, None, "begins with a zero"),
    ("cor", "1111111111", "length", None, None, "has 10 digits, more than 9"),
    ("cor", "1 1", "character", 2, None, "has ' ' where a digit stands"),
    ("cor", "", "length", None, None, "is empty"),
    ("cor", 12, "type", None, None, "is no text but a whole number: write it in quotes"),
    ("car", "12.5", "character", 3, None, "has '.' where a digit stands"),
    ("car", "-1", "character", 1, None, "has '-' where a digit stands"),
    ("car", "0999999999", "character", 1, "999999999", "begins with a zero"),
    ("rea", "MI-12345678", "character", None, None, NO_REA),
    ("rea", "MI-0", "character", None, None, NO_REA),
    ("rea", "M1-123", "character", None, None, NO_REA),
    ("rea", "MI", "character", None, None, NO_REA),
    ("rea", "MÌ-123", "character", None, None, NO_REA),
    ("sa_number", "SA.1234567", "character", None, None, NO_SA),
    ("sa_number", "SA.123", "character", None, None, NO_SA),
    ("sa_number", "SB.12345", "character", None, None, NO_SA),
    ("sa_number", "SA.12345a", "character", None, None, NO_SA),
])  # fmt: skip
def test_what_is_told_of_a_wrong_identifier(kind, text, problem, position, suggestion, message):
    module = importlib.import_module(f"misure.identifiers.{kind}")
    for ask in (module.validate, module.format):
        assert refused(lambda ask=ask: ask(text)) == (kind, problem, position, suggestion, message)
    assert module.is_valid(text) is False
    if suggestion is not None:
        assert module.is_valid(suggestion)


@pytest.mark.parametrize(("edition", "text", "problem", "position", "suggestion", "message"), [
    ("ateco-2007", "62.0.1", "length", None, None, "has one digit between its points, where a class has two"),
    ("ateco-2007", "6", "character", None, None, LEVELS),
    ("ateco-2007", "6201", "character", None, "62.01", LEVELS),
    ("ateco-2007", "62010", "character", None, "62.01.0", LEVELS),
    ("ateco-2007", "620100", "character", None, "62.01.00", LEVELS),
    ("ateco-2007", "99999", "character", None, None, LEVELS),
    ("ateco-2007", "Z", "unknown", None, None, NO_SECTION),
    ("ateco-2007", "V", "unknown", None, None, NO_SECTION),
    ("ateco-2007", "04.10", "unknown", 1, None, "begins with 04, which is no division"),
    ("ateco-2007", "J.10.1", "component", 1, "C.10.1", "has the letter J, and division 10 lies in section C"),
    ("ateco-2007", "J10.1", "component", 1, "C.10.1", "has the letter J, and division 10 lies in section C"),
    ("ateco-2007", "C.62.01", "component", 1, "J.62.01", "has the letter C, and division 62 lies in section J"),
    ("ateco-2007", "62.99", "unknown", 4, None, "is in no group or class of NACE Rev. 2, whose classes ateco-2007 has"),
    ("ateco-2007", "62.01.000", "character", None, None, LEVELS),
    ("ateco-2007", "62.9", "unknown", 4, None, "is in no group or class of NACE Rev. 2, whose classes ateco-2007 has"),
    ("nace-2.0", "62.01.00", "length", 6, "62.01", "has more than the four digits of NACE"),
    ("nace-2.0", "62.10", "unknown", 4, None, "is in no group or class of NACE Rev. 2"),
    ("nace-2.0", "6201", "character", None, "62.01", CLASSES),
    ("nace-2.0", "J.", "character", None, None, CLASSES),
    ("nace-2.0", "62.01.0", "length", 6, "62.01", "has more than the four digits of NACE"),
    ("ateco-2025", "62.01", "unknown", 4, None, "is in no group or class of NACE Rev. 2.1, whose classes ateco-2025 has"),
    ("ateco-2025", "45", "unknown", 1, None, "begins with 45, which is no division"),
    ("ateco-2025", "62.20.3.1", "character", None, None, LEVELS),
    ("nace-2.1", "62.01.00", "length", 6, "62.01", "has more than the four digits of NACE"),
    ("nace-2.1", "62.01", "unknown", 4, None, "is in no group or class of NACE Rev. 2.1"),
])  # fmt: skip
def test_what_is_told_of_a_wrong_code_of_activity(edition, text, problem, position, suggestion, message):
    for ask in (nace.parse, nace.validate, nace.format):
        told = refused(lambda ask=ask: ask(text, edition=edition))
        assert told == (edition, problem, position, suggestion, message)
    assert nace.is_valid(text, edition=edition) is False


@pytest.mark.parametrize(("edition", "suggestion"), [
    ("ateco2007", "ateco-2007"), ("nace-2.00", "nace-2.0"), ("zz", None), (None, None), (2007, None),
])  # fmt: skip
def test_what_is_told_of_a_wrong_edition(edition, suggestion):
    message = "is none of nace-2.0, nace-2.1, ateco-2007, ateco-2022, ateco-2025"
    told = ("edition", "unknown", None, suggestion, message)
    for ask in (nace.parse, nace.compact, nace.is_valid, nace.format):
        assert refused(lambda ask=ask: ask("62.01", edition=edition)) == told
    assert refused(lambda: nace.sections(edition)) == told
    assert refused(lambda: nace.divisions(edition)) == told


def test_codes_of_two_editions_are_never_compared():
    code = nace.parse("62.01", edition="ateco-2007")
    for ask in (
        lambda: code.within(nace.parse("62", edition="nace-2.0")),
        lambda: code.within_any(["62.01", nace.parse("62", edition="nace-2.0")]),
    ):
        message = "is a code of nace-2.0, and codes of ateco-2007 mean other things"
        assert refused(ask) == ("ateco-2007", "component", None, None, message)
    assert code.within_any([]) is False
    assert code.within_any(["63", "62"]) is True
    assert code.within_any(["63", "64"]) is False


ENDED = "no longer exists: it was Milano before Monza e della Brianza became a province (ITC4C and ITC4D now)"
OTHER = "is no NUTS code of Lombardy or its provinces; those of other regions are not encoded"
NO_PROVINCE = "is no sigla, NUTS or Istat code of a province of Lombardy"


@pytest.mark.parametrize(("ask", "code", "told"), [
    (nuts.validate, "MI", ("nuts", "component", None, "ITC4C", "is no NUTS code")),
    (nuts.validate, "215", ("nuts", "component", None, "ITC4C", "is no NUTS code")),
    (nuts.parse, "mb", ("nuts", "component", None, "ITC4D", "is no NUTS code")),
    (nuts.validate, "ITC45", ("nuts", "unknown", None, None, ENDED)), (nuts.validate, "ITC4E", ("nuts", "unknown", None, "ITC4", OTHER)),
    (nuts.validate, "TO", ("nuts", "unknown", None, None, OTHER)), (nuts.parse, "ITC4", ("nuts", "length", None, None, "is the code of no single province")),
    (nuts.parse, "IT", ("nuts", "length", None, None, "is the code of no single province")),
    (nuts.province, "TO", ("province", "unknown", None, None, NO_PROVINCE)), (nuts.province, "MII", ("province", "unknown", None, "MI", NO_PROVINCE)),
    (nuts.province, "ITC45", ("province", "unknown", None, "ITC4D", ENDED)), (nuts.province, "ITC4", ("province", "unknown", None, "ITC4D", NO_PROVINCE)),
])  # fmt: skip
def test_what_is_told_of_a_wrong_place(ask, code, told):
    assert refused(lambda: ask(code)) == told


@pytest.mark.parametrize(("ask", "told"), [
    (lambda: celex.compose(3, 2023, "r", 2831), ("celex", "character", None, "32023R2831", "has small letters or blanks in its parts")),
    (lambda: celex.compose(3, 2023, "R", 12345), ("celex", "character", None, None, NO_CELEX)),
    (lambda: eli.to_celex("http://data.europa.eu/eli/reg/2014/12345/oj"), ("celex", "character", None, None, NO_CELEX)),
    (lambda: eli.compose("reg", 2023, 123456), ("eli", "component", None, None, "has the number '123456', which is none")),
    (lambda: urn.compose("Stato", "legge", "1990-08-07", 241),
     ("urn", "character", None, "urn:nir:stato:legge:1990-08-07;241", "has capitals or blanks in its parts")),
    (lambda: urn.compose("stato", "legge", 99999, 1),
     ("urn", "component", 21, None, "does not name the day, YYYY-MM-DD, or the year, then a semicolon")),
    (lambda: permanent.read_address("https://x"),
     ("urn", "component", None, None, "is neither a URN:NIR (urn:nir:...) nor an ELI (http://data.europa.eu/eli/...)")),
    *((lambda number=number: eli.from_celex(number), ("eli", "component", None, None, "is a document that has no ELI of a known form"))
      for number in ("62019CA0608", "02014R0717", "32014R0717-20231025", "32023R2832R(01)", "52003H0361", "32003X0361")),
])  # fmt: skip
def test_what_is_told_of_parts_that_make_none(ask, told):
    assert refused(ask) == told


def test_parts_that_make_one():
    assert celex.compose("0", 2014, "R", 7, consolidated=dt.date(2023, 10, 25)) == "02014R0007-20231025"
    assert eli.from_celex("02014R0717-20231025") == "http://data.europa.eu/eli/reg/2014/717/2023-10-25"
    assert eli.from_celex("32003H0361") == "http://data.europa.eu/eli/reco/2003/361/oj"
    assert urn.compose("stato", "legge", 990, 1) == "urn:nir:stato:legge:0990;1"
    assert urn.compose("stato", "legge", 1990, 1, annex="2", part="art1") == "urn:nir:stato:legge:1990;1:2~art1"


@pytest.mark.parametrize(("given", "told"), [
    ("x" * 60, "x" * 60), ("x" * 61, f"{'x' * 57}..."), ("x" * 201, f"{'x' * 57}..."), (None, "None"), (10**50, "1" + "0" * 39), (b"x", "bytes"),
    (True, "True"), ([], "a list"), (1.5, "1.5"),
])  # fmt: skip
def test_what_was_given_is_told_shortly(given, told):
    with pytest.raises(BadIdentifier) as caught:
        celex.validate(given)
    assert caught.value.given.lower() == told.lower()


@pytest.mark.parametrize(("length", "problem", "message"), [
    (200, "character", "is no sector, year, one or two letters and four digits"), (201, "length", "has 201 characters"),
])  # fmt: skip
def test_a_text_of_two_hundred_characters_is_looked_at_and_no_longer_one(length, problem, message):
    assert refused(lambda: celex.validate("x" * length)) == ("celex", problem, None, None, message)


@pytest.mark.parametrize(("year", "born"), [(1800, 1885), (2100, 2185), (1985, 1985), (1986, 2085), (1920, 1985)])
def test_a_birth_is_sought_in_the_hundred_years_from_the_first(year, born):
    assert importlib.import_module("misure.identifiers.codice_fiscale").parse(
        "RSSMRA85T10F205R", first_year=year
    ).born == dt.date(born, 12, 10)


def test_a_number_of_a_register_has_nine_digits_at_most():
    for kind in ("car", "cor"):
        module = importlib.import_module(f"misure.identifiers.{kind}")
        assert module.parse("9" * 9) == 10**9 - 1
        assert module.parse("1") == 1


def test_the_package_names_its_modules_and_no_other():
    package = importlib.import_module("misure.identifiers")
    assert dir(package) == sorted(package.__all__)
    assert [getattr(package, name).__name__ for name in package.__all__] == [
        f"misure.identifiers.{name}" for name in package.__all__
    ]
    with pytest.raises(AttributeError, match=r"module 'misure\.identifiers' has no attribute 'iban'"):
        _ = package.iban
