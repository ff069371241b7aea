# SPDX-License-Identifier: Apache-2.0
"""URN:NIR, ELI and CELEX: what they say, what they refuse, and that they come back as they went."""

import datetime as dt
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadIdentifier
from misure.identifiers import celex, eli, urn
from misure.identifiers.urn import Urn

LAW_241 = "urn:nir:stato:legge:1990-08-07;241"

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
words = st.text("abcdefghilmnopqrstuvz", min_size=1, max_size=8)
dotted = st.lists(words, min_size=1, max_size=3).map(".".join)
urns = st.builds(
    lambda authority, kind, day, number, annex, part: Urn(authority, kind, day.year, number, day, annex, part),
    st.lists(dotted, min_size=1, max_size=2).map(";".join), dotted, days,
    st.integers(1, 99999).map(str), st.none() | st.integers(1, 9).map(str), st.none() | st.integers(1, 99).map("art{}bis".format),
)  # fmt: skip
elis = st.builds(eli.Eli, st.sampled_from(["reg", "reg_impl", "reg_del", "dir", "dec", "reco"]), st.integers(1952, 2100),
                 st.integers(1, 9999), st.just("oj") | days.map(str))  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [
    # ID-18 of the worked vectors
    ("urn:nir:stato:legge:1990-08-07;241~art2", Urn("stato", "legge", 1990, "241", dt.date(1990, 8, 7), None, "art2")),
    ("urn:nir:ministero.sviluppo.economico:decreto:2017;115~art14",
     Urn("ministero.sviluppo.economico", "decreto", 2017, "115", None, None, "art14")),
    ("urn:nir:stato:regio.decreto:1942-03-16;262:2~art2963",
     Urn("stato", "regio.decreto", 1942, "262", dt.date(1942, 3, 16), "2", "art2963")),
    ("urn:nir:ministero.a;ministero.b:decreto:2020-01-02;3-bis", Urn("ministero.a;ministero.b", "decreto", 2020, "3-bis", dt.date(2020, 1, 2))),
    ("urn:nir:regione.lombardia:legge:2020-11-27 ;22", Urn("regione.lombardia", "legge", 2020, "22", dt.date(2020, 11, 27))),
    ("https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2025-10-08;151", Urn("stato", "legge", 2025, "151", dt.date(2025, 10, 8))),
])  # fmt: skip
def test_the_parts_of_a_urn(text, expected):
    assert urn.parse(text) == expected


@given(urns)
def test_a_urn_comes_back_as_it_went(made):
    text = str(made)
    assert urn.parse(text) == made
    assert urn.compact(text) == urn.validate(text) == urn.format(text) == text
    assert urn.compose(made.authority, made.type, made.date, made.number, annex=made.annex, part=made.part) == text
    assert urn.compose(made.authority, made.type, made.year, made.number) == str(
        Urn(made.authority, made.type, made.year, made.number)
    )
    assert str(made.act) in text
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes


@pytest.mark.parametrize(("text", "problem", "position", "message"), [
    ("", "length", None, "is empty"),
    (None, "type", None, "is no text"),
    (241, "type", None, "is no text"),
    ("x" * 201, "length", None, "201 characters"),
    ("nir:stato:legge:1990-08-07;241", "component", 1, "does not begin with 'urn:nir:'"),
    ("urn:nir:Stato1:legge:1990-08-07;241", "component", 1 + len("urn:nir:"), "authority"),
    ("urn:nir:stato:legge3:1990-08-07;241", "component", 1 + len("urn:nir:stato:"), "type of the act"),
    ("urn:nir:stato:legge:1990-8-7;241", "component", 1 + len("urn:nir:stato:legge:"), "YYYY-MM-DD"),
    ("urn:nir:stato:legge:1990-02-29;241", "component", 1 + len("urn:nir:stato:legge:"), "February 1990 has 28 days"),
    ("urn:nir:stato:legge:0000;241", "component", 1 + len("urn:nir:stato:legge:"), "year 0"),
    ("urn:nir:stato:legge:1990-08-07;", "component", 1 + len("urn:nir:stato:legge:1990-08-07;"), "end in a number"),
    ("urn:nir:stato:legge:1990-08-07;241~art 2_", "character", 1 + len(LAW_241), "neither an annex (:2) nor a part"),
    (f"{LAW_241}!vig=2026-01-01", "component", 1 + len(LAW_241), "resolver_url(urn, on=day)"),
])  # fmt: skip
def test_what_is_no_urn(text, problem, position, message):
    with pytest.raises(BadIdentifier) as caught:
        urn.validate(text)
    assert (caught.value.kind, caught.value.problem, caught.value.position) == ("urn", problem, position)
    assert message in str(caught.value)
    assert not urn.is_valid(text)


def test_a_version_is_no_part_of_the_name():
    with pytest.raises(BadIdentifier) as caught:
        urn.parse(f"{LAW_241}!vig=2026-01-01")
    assert caught.value.suggestion == LAW_241


@pytest.mark.parametrize("parts", [
    ("Stato", "legge", "1990-08-07", 241), ("stato", "legge ordinaria", "1990-08-07", 241), ("", "legge", 1990, 241),
    ("stato", "legge", True, 241), ("stato", "legge", "1990-08-32", 241), ("stato", "legge", 1990, ""), ("stato", "legge", 99999, 1),
])  # fmt: skip
def test_what_makes_no_urn(parts):
    with pytest.raises(ValueError):
        urn.compose(*parts)


@pytest.mark.parametrize(("name", "on", "url", "reason"), [
    (LAW_241, None, "https://www.normattiva.it/uri-res/N2Ls?" + LAW_241, ""),
    (f"{LAW_241}~art2", dt.date(2024, 2, 29), f"https://www.normattiva.it/uri-res/N2Ls?{LAW_241}~art2!vig=2024-02-29", ""),
    ("urn:nir:ministero.sviluppo.economico:decreto:2017-05-31;115", None,
     "https://www.normattiva.it/uri-res/N2Ls?urn:nir:ministero.sviluppo.economico:decreto:2017-05-31;115", ""),
    ("urn:nir:regione.lombardia:legge:2020-11-27;22", None,
     "https://normelombardia.consiglio.regione.lombardia.it/NormeLombardia/Accessibile/main.aspx?view=showdoc&iddoc=lr002020112700022", ""),
    ("urn:nir:regione.lombardia:regolamento:2018-01-15;2", None,
     "https://normelombardia.consiglio.regione.lombardia.it/NormeLombardia/Accessibile/main.aspx?view=showdoc&iddoc=rr002018011500002", ""),
    ("urn:nir:regione.lombardia:legge:2020-11-27;22", "2021-01-01", None, "no address for the text of a given day"),
    ("urn:nir:regione.lombardia:legge:2020;22", None, None, "full date"),
    ("urn:nir:regione.lombardia:legge:2020-11-27;22-bis", None, None, "plain number"),
    ("urn:nir:regione.lombardia:legge:2020-11-27;22:1", None, None, "annex"),
    ("urn:nir:regione.lombardia;giunta:delibera:2022-01-31;5899", None, None, "is not known"),
    ("urn:nir:regione.lombardia:delibera:2022-01-31;5899", None, None, "no delibera"),
    ("urn:nir:regione.liguria:legge:2012-04-05;12", None, None, "regione.liguria"),
    ("urn:nir:comune.milano:delibera:2012-04-05;12", None, None, "comune.milano"),
])  # fmt: skip
def test_where_a_urn_leads(name, on, url, reason):
    found = urn.resolver_url(name, on=on)
    assert found.url == url
    assert reason in found.reason
    assert bool(found.url) != bool(found.reason)


def test_a_urn_leads_nowhere_on_a_day_that_is_none():
    with pytest.raises(ValueError, match="does not exist"):
        urn.resolver_url(LAW_241, on="2026-02-30")


@given(elis)
def test_an_eli_comes_back_as_it_went_and_through_celex(made):
    text = str(made)
    assert eli.parse(text) == made
    assert eli.compact(text) == eli.validate(text) == eli.format(text) == eli.resolver_url(text) == text
    assert eli.compose(made.type, made.year, made.number, version=made.consolidated or "oj") == text
    assert eli.parse(text.replace("http:", "https:") + "/") == made
    number = eli.to_celex(text)
    assert celex.is_valid(number)
    plain = made.type.partition("_")[0]
    assert eli.from_celex(number) == text.replace(f"/{made.type}/", f"/{plain}/")


@pytest.mark.parametrize(("text", "number"), [
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "32023R2831"),
    ("http://data.europa.eu/eli/reg/2014/717/2023-10-25", "02014R0717-20231025"),
    ("http://data.europa.eu/eli/reco/2003/361/oj", "32003H0361"),
    ("http://data.europa.eu/eli/dir/2006/112/oj", "32006L0112"),
    ("http://data.europa.eu/eli/dec_impl/2020/1/oj", "32020D0001"),
])  # fmt: skip
def test_an_eli_and_its_celex(text, number):
    assert eli.to_celex(text) == number


@pytest.mark.parametrize(("text", "message", "suggestion"), [
    ("http://data.europa.eu/eli/reg/2023/2831", "which text", "http://data.europa.eu/eli/reg/2023/2831/oj"),
    ("http://data.europa.eu/eli/rg/2023/2831/oj", "type 'rg'", "http://data.europa.eu/eli/reg/2023/2831/oj"),
    ("http://data.europa.eu/eli/reg/23/2831/oj", "year '23'", None),
    ("http://data.europa.eu/eli/reg/2014/0717/oj", "number '0717'", "http://data.europa.eu/eli/reg/2014/717/oj"),
    ("http://data.europa.eu/eli/reg/2014/717/now", "'now'", None),
    ("http://data.europa.eu/eli/reg/2014/717/2023-02-30", "February 2023 has 28 days", None),
    ("http://data.europa.eu/eli/reg/2014/717/oj/ita/pdf", "type/year/number/version", None),
    ("http://data.europa.eu/eli/reg/2014/٧١٧/oj", "number", None),
    ("https://eur-lex.europa.eu/eli/reg/2014/717/oj", "does not begin with", None),
    (None, "is no text", None),
])  # fmt: skip
def test_what_is_no_eli(text, message, suggestion):
    with pytest.raises(BadIdentifier) as caught:
        eli.validate(text)
    assert message in str(caught.value)
    assert caught.value.suggestion == suggestion
    assert not eli.is_valid(text)


@pytest.mark.parametrize(("text", "message"), [
    ("32023R283", "did you mean '32023R0283'"), ("2023R2831", "is no sector"), ("32023R28311", "is no sector"),
    ("02014R0717-20230230", "February"), ("32023R2832R(1)", "is no sector"), (b"32023R2831", "is no text"),
])  # fmt: skip
def test_what_is_no_celex(text, message):
    with pytest.raises(BadIdentifier) as caught:
        celex.validate(text)
    assert message in str(caught.value)
    assert not celex.is_valid(text)


def test_what_celex_knows():
    assert celex.parse("https://eur-lex.europa.eu/legal-content/IT/TXT/?uri=CELEX:62019CA0608").type == "CA"
    assert celex.parse("32023R2832R(01)").corrigendum == 1
    assert celex.compose("0", 2014, "R", 717, consolidated=dt.date(2023, 10, 25)) == "02014R0717-20231025"


@pytest.mark.parametrize(
    "parts",
    [
        (3, 2023, "r", 2831),
        (3, None, "R", 1),
        (None, 2023, "R", 1),
        (3, 2023, "R", 12345),
        (3, 23, "R", None),
        (3, -1, "R", 1),
    ],
)
def test_what_makes_no_celex(parts):
    with pytest.raises(BadIdentifier):
        celex.compose(*parts)


@pytest.mark.parametrize("number", ["62019CA0608", "02014R0717", "32014R0717-20231025", "32023R2832R(01)"])
def test_documents_without_an_eli(number):
    with pytest.raises(BadIdentifier):
        eli.from_celex(number)
