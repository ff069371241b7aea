# SPDX-License-Identifier: Apache-2.0
"""What identifiers say beyond being right: where addresses lead, what forms take at their ends, what is compared."""

import datetime as dt

import pytest

from misure.identifiers import celex, codice_fiscale, cup, eli, nace, nuts, partita_iva, permanent, rea, sa_number, urn
from misure.identifiers.forms import KINDS, LONGEST, Check, accepts, checks, form, made_up, validate_as

NORMATTIVA = "https://www.normattiva.it/uri-res/N2Ls?"
LAW_241 = "urn:nir:stato:legge:1990-08-07;241"


@pytest.mark.parametrize(("name", "on", "url", "reason"), [
    (LAW_241, "2024-02-29", f"{NORMATTIVA}{LAW_241}!vig=2024-02-29", ""),
    ("urn:nir:presidente.repubblica:decreto:1973-09-29;600", None, f"{NORMATTIVA}urn:nir:presidente.repubblica:decreto:1973-09-29;600", ""),
    ("urn:nir:presidente.regione:decreto:1973-09-29;600", None, None, "where names of presidente.regione resolve is not known"),
    ("urn:nir:ministeri.a;b:decreto:2000;1", None, f"{NORMATTIVA}urn:nir:ministeri.a;b:decreto:2000;1", ""),
    ("urn:nir:regione.lombardia:delibera:2022-01-31;5899", None, None, "NormeLombardia holds laws and regulations, and no delibera"),
    ("urn:nir:regione.lombardia:legge:2020;22", None, None, "NormeLombardia finds an act by its full date and its plain number"),
    ("urn:nir:regione.lombardia:legge:2020-11-27;22-bis", None, None, "NormeLombardia finds an act by its full date and its plain number"),
    ("urn:nir:regione.lombardia:legge:2020-11-27;123456", None, None, "NormeLombardia finds an act by its full date and its plain number"),
    ("urn:nir:regione.lombardia:legge:2020-11-27;22:1", None, None, "how NormeLombardia addresses an annex is not known"),
    ("urn:nir:regione.lombardia:legge:2020-11-27;22", dt.date(2021, 1, 1), None,
     "NormeLombardia has no address for the text of a given day; without `on` there is one for the text now published"),
])  # fmt: skip
def test_where_a_name_leads_or_why_it_leads_nowhere(name, on, url, reason):
    assert urn.resolver_url(name, on=on) == urn.Address(url, reason)


def test_a_number_of_five_digits_is_found_at_normelombardia():
    found = urn.resolver_url("urn:nir:regione.lombardia:legge:2020-11-27;12345")
    assert found.url.endswith("?view=showdoc&iddoc=lr002020112712345")


def test_a_part_of_an_act_is_of_the_whole():
    part = urn.parse(f"{LAW_241}:2~art2")
    assert (str(part), str(part.act)) == (f"{LAW_241}:2~art2", LAW_241)
    assert urn.parse(f"http://www.normattiva.it/uri-res/N2Ls?{LAW_241.upper()}") == urn.parse(LAW_241)


@pytest.mark.parametrize(("address", "cited", "number", "day", "expected"), [
    ("http://data.europa.eu/eli/reg/1999/1103/oj", "Reg. (CE)", "1103/99", None, []),
    ("http://data.europa.eu/eli/reg/2000/1103/oj", "Reg. (CE)", "1103/100", None,
     ["its year and number are 2000/1103, and those of the act 1103/100"]),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", "2831", None, []),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", "2023/2831/UE", None, []),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", "2023/2023", None,
     ["its year and number are 2023/2831, and those of the act 2023/2023"]),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", None, "2023-12-13", []),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", None, "2022-12-13", []),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", None, "2021-12-13", ["its year is 2023, and the act is of 2021-12-13"]),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", None, "2024-01-01", ["its year is 2023, and the act is of 2024-01-01"]),
    ("http://data.europa.eu/eli/reg_del/2023/2831/oj", "Reg. (UE)", None, None, []),
    ("http://data.europa.eu/eli/dir/2023/2831/oj", "Reg. (UE)", None, None, ["its type is dir, and that of a Reg. (UE) reg"]),
    ("urn:nir:ministero:decreto:2017-05-31;115", "DM", "115/2017", None, ["its authority is ministero, and that of a DM ministero.*"]),
    (f"{LAW_241}", "L.", "241/90", None, []), (f"{LAW_241}", "L.", " 241 /1990", None, []),
    ("urn:nir:stato:legge:1990-08-07;241-bis", "L.", "241-BIS/1990", None, []),
    (f"{LAW_241}", "l", "241", "1990-08-08", ["its day is 1990-08-07, and that of the act 1990-08-08"]),
])  # fmt: skip
def test_an_address_against_a_citation(address, cited, number, day, expected):
    date = None if day is None else dt.date.fromisoformat(day)
    assert list(permanent.contradictions(address, type=cited, number=number, date=date)) == expected


@pytest.mark.parametrize(("address", "url"), [
    (LAW_241, NORMATTIVA + LAW_241), ("http://data.europa.eu/eli/reg/2023/2831/oj", "http://data.europa.eu/eli/reg/2023/2831/oj"),
    ("https://data.europa.eu/eli/reg/2023/2831/oj/", "http://data.europa.eu/eli/reg/2023/2831/oj"),
    (f" {LAW_241.upper()}", NORMATTIVA + LAW_241), ("urn:nir:regione.liguria:legge:2012-04-05;12", None),
])  # fmt: skip
def test_where_an_act_is_read(address, url):
    assert permanent.url_of(address) == url


def test_the_parts_of_european_documents():
    found = celex.parse(" celex:32023r2832r(01) ")
    assert found == celex.Celex("3", 2023, "R", 2832, None, 1)
    assert (str(found), celex.resolver_url(found.__str__())) == (
        "32023R2832R(01)", "https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=CELEX:32023R2832R(01)",
    )  # fmt: skip
    assert str(celex.Celex("3", 2023, "R", 2832, None, 0)) == "32023R2832R(00)"
    text = eli.parse("http://data.europa.eu/eli/reg/2014/717/2023-10-25")
    assert (text.consolidated, eli.parse("http://data.europa.eu/eli/reg/2014/717/oj").consolidated) == (
        dt.date(2023, 10, 25),
        None,
    )
    assert eli.compose("reg", 2014, 717, version="2023-10-25") == str(text)
    for kind, letter in (("reg_impl", "R"), ("dir_del", "L"), ("dec", "D"), ("reco", "H")):
        assert eli.to_celex(f"http://data.europa.eu/eli/{kind}/2020/1/oj") == f"32020{letter}0001"


# Forms


def test_the_kinds_and_their_greatest_lengths():
    assert KINDS == ("aid_id", "car", "codice_fiscale", "cor", "cup", "partita_iva", "rea", "sa_number", "tax_number")
    assert dict(LONGEST) == {
        "aid_id": 64, "car": 9, "codice_fiscale": 16, "cor": 9, "cup": 15, "partita_iva": 11, "rea": 10, "sa_number": 9,
        "tax_number": 16,
    }  # fmt: skip
    for name in (form, lambda kind: validate_as(kind, "1"), lambda kind: accepts(kind)("1")):
        with pytest.raises(KeyError, match="os"):
            name("os")
    with pytest.raises(KeyError, match="os"):
        made_up("os", 1)


@pytest.mark.parametrize(("kind", "right", "wrong"), [
    ("car", ["1", "999999999"], ["0", "01", "1000000000", ""]), ("cor", ["1", "999999999"], ["0", "1000000000"]),
    ("rea", ["MI-1", "MI-9999999"], ["MI-0", "MI-10000000", "MI-01", "M-1"]),
    ("sa_number", ["SA.0000", "SA.999999"], ["SA.000", "SA.0000000", "SA0000"]),
    ("aid_id", ["1", "0", "D-1", "COR", "a b", "x" * 64], ["00", "01", "COR 1", "1.0", " a", "a ", "x" * 65, "", "a\tb"]),
    ("cup", ["A00A00000000000"], ["A00A0000000000", "A00A000000000000", "AA0A00000000000"]),
])  # fmt: skip
def test_a_form_takes_its_shortest_and_its_longest(kind, right, wrong):
    assert [text for text in (*right, *wrong) if accepts(kind)(text)] == right


@pytest.mark.parametrize("office", ["000", "101", "119", "122", "887", "889", "998", "001", "009", "010", "099", "100", "120", "121", "888", "999"])  # fmt: skip
def test_the_offices_at_the_ends_of_their_ranges(office):
    number = f"0000001{office}"
    number += partita_iva.calc_check_digit(number)
    assigned = office in ("001", "009", "010", "099", "100", "120", "121", "888", "999")
    assert accepts("partita_iva")(number) is partita_iva.is_valid(number) is assigned
    assert accepts("codice_fiscale")(number) is assigned


def person(year, month, day):
    code = f"RSSMRA{year:02}{month}{day:02}F205"
    return code + codice_fiscale.calc_check_digit(code)


LENGTHS = {"A": 31, "B": 28, "C": 31, "D": 30, "E": 31, "H": 30, "L": 31, "M": 31, "P": 30, "R": 31, "S": 30, "T": 31}


@pytest.mark.parametrize(("month", "length"), LENGTHS.items())
@pytest.mark.parametrize("woman", [0, 40])
def test_a_form_takes_every_day_of_a_month_and_no_other(month, length, woman):
    days = [day for day in range(100) if accepts("codice_fiscale")(person(85, month, day))]
    assert days == [day + sex for sex in (0, 40) for day in range(1, length + 1)]
    for day in (1, length):
        found = codice_fiscale.parse(person(85, month, day + woman))
        assert (found.born.day, found.sex) == (day, "F" if woman else "M")


@pytest.mark.parametrize("year", range(100))
def test_the_day_that_only_leap_years_have(year):
    code = person(year, "B", 29)
    assert accepts("codice_fiscale")(code) is codice_fiscale.is_valid(code) is (year % 4 == 0)


def test_a_check_holds_where_its_values_add_up_to_a_multiple():
    check = Check(3, 10, ((0, {"11": 3, "12": 4}), (2, {"7": 7, "6": 6})))
    assert [text for text in ("117", "116", "127", "126") if check.holds(text)] == ["117", "126"]
    assert [len(check.pieces) for check in checks("codice_fiscale")] == [6, 16]
    assert [check.length for check in checks("partita_iva")] == [11]
    assert checks("cup") == ()


@pytest.mark.parametrize(("kind", "number", "text"), [
    ("codice_fiscale", 0, "01234560157"), ("partita_iva", 1, "01234570156"), ("car", 0, "99900"), ("cor", 5, "90000005"),
    ("aid_id", 5, "90000005"), ("cup", 12, "E44E00000000012"), ("rea", 0, "MI-1"), ("sa_number", 0, "SA.100000"), ("sa_number", 999_999, "SA.099999"),
    ("rea", 999_999, "MI-1000000"), ("codice_fiscale", 999_999, "11234550157"),
])  # fmt: skip
def test_what_is_made_up(kind, number, text):
    assert made_up(kind, number) == text
    assert validate_as(kind, text) == text


# Plain forms


@pytest.mark.parametrize(("compact", "given", "expected"), [
    (codice_fiscale.compact, "rss-mra 85t.10:f205\tr", "RSSMRA85T10F205R"), (codice_fiscale.compact, " à1 ", "à1"),
    (partita_iva.compact, "it 012.345-601:57", "01234560157"), (cup.compact, "e44e-2000 0140007", "E44E20000140007"), (cup.compact, "é", "é"),
    (rea.compact, "mi - 0012", "MI-12"), (rea.compact, "mi-x", "MIX"), (rea.compact, "mì", "mì"),
    (sa_number.compact, "sa . 1234", "SA.1234"), (sa_number.compact, "sa1234", "SA.1234"), (sa_number.compact, "xa1", "XA1"),
    (eli.compact, " https://data.europa.eu/eli/x// ", "http://data.europa.eu/eli/x"), (eli.compact, "ftp://x", "ftp://x"),
    (nuts.compact, " itc 4c", "ITC4C"), (celex.compact, "x celex:1", "1"),
])  # fmt: skip
def test_what_is_taken_away_from_a_text(compact, given, expected):
    assert compact(given) == expected


def test_what_codes_of_activity_say():
    code = nace.parse("j.62.01.09", edition="ateco-2007")
    assert (code.text, code.section, code.division, code.confirmed) == ("62.01.09", "J", "62", False)
    assert (str(code), nace.format("62.01.09", edition="ateco-2007")) == ("62.01.09", "J.62.01.09")
    below = [
        other
        for other in ("J", "62", "62.0", "62.01", "62.01.0", "62.01.09", "62.01.01", "62.02", "63", "K")
        if code.within(other)
    ]
    assert below == ["J", "62", "62.0", "62.01", "62.01.0", "62.01.09"]
    assert not nace.parse("62.0", edition="ateco-2007").within(code)
    assert nace.parse("62.01", edition="ateco-2007").confirmed
    assert len(nace.divisions("ateco-2007")) == 88
    assert len(nace.divisions("ateco-2025")) == 87
