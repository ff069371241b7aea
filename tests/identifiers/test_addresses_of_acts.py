# SPDX-License-Identifier: Apache-2.0
"""An address is held against the act that it is said to be of: in the table of acts, and in the file of a measure."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

import misure
from misure.ground.dated import act_of
from misure.ground.errors import BadIdentifier, BadRules
from misure.ground.rules_folder import bundled_rules
from misure.identifiers import celex
from misure.identifiers.permanent import contradictions, read_address, url_of
from misure.reading import read_rulebook
from misure.telling.formats.text import Style, plain_text
from misure.telling.presenting import present

ACTS = list(csv.DictReader((bundled_rules() / "tables" / "acts.csv").read_text("utf-8").splitlines()[1:]))
CITED = re.compile(r"(?P<type>[A-Z][^0-9]*?) (?P<number>[0-9]+/[0-9]+)(?:/[A-Z]+)?")
CODES = {"codice-civile": ("R.D.", "262/1942"), "codice-procedura-civile": ("R.D.", "1443/1940")}
"""Acts whose citation gives no number."""


@pytest.mark.parametrize("row", [row for row in ACTS if row["urn"]], ids=lambda row: row["act"])
def test_an_address_of_the_table_is_that_of_its_act(row):
    address = row["urn"]
    if "CELEX:" in address:
        assert celex.parse(address)
        return
    if not address.startswith(("urn:", "http://data.europa.eu/eli/")):
        assert re.fullmatch(r"https://[a-z.-]+(/[a-z/-]*)?", address), "neither a permanent address nor a plain page"
        return
    assert str(read_address(address)) == address
    found = CITED.match(row["label"])
    kind, number = CODES.get(row["act"]) or (found["type"], found["number"])
    assert contradictions(address, type=kind, number=number) == ()
    assert url_of(address)


def test_acts_of_the_table_stand_once_and_are_found():
    names = [row["act"] for row in ACTS]
    assert sorted(set(names)) == sorted(names)
    assert [act_of(name).label for name in names] == [row["label"] for row in ACTS]


@pytest.mark.parametrize(("address", "kind", "number", "day", "expected"), [
    ("urn:nir:stato:legge:1990-08-07;241", "L.", "241/1990", "1990-08-07", []),
    ("urn:nir:stato:legge:1990-08-07;241", "legge", "241", None, []),
    ("urn:nir:stato:legge:1990;241", "Legge", "241", "1990-08-07", []),
    ("urn:nir:stato:legge:1990;241", "Legge", "241", "1991-08-07", ["its year is 1990, and the act is of 1991-08-07"]),
    ("urn:nir:stato:legge:1990-08-07;241", "D.Lgs.", "241/1990", None, ["its type is legge, and that of a D.Lgs. decreto.legislativo"]),
    ("urn:nir:stato:legge:1990-08-07;241", "L.R.", "241", None, ["its authority is stato, and that of a L.R. regione.*"]),
    ("urn:nir:stato:legge:1990-08-07;241", "L.", "142/1991", None,
     ["its number is 241, and that of the act 142", "its year is 1990, and that of the act 1991"]),
    ("urn:nir:ministero.sviluppo.economico:decreto:2017-05-31;115", "DM", "115/2017", "2017-05-31", []),
    ("urn:nir:stato:decreto:2017-05-31;115", "DM", "115", None, ["its authority is stato, and that of a DM ministero.*"]),
    ("urn:nir:stato:legge:1990-08-07;241", "Reg. (UE)", None, None, ["a Reg. (UE) has an ELI, and no URN:NIR"]),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", "2023/2831", "2023-12-13", []),
    ("http://data.europa.eu/eli/reg/2013/1407/oj", "Reg. (UE)", "1407/2013", "2013-12-18", []),
    ("http://data.europa.eu/eli/reg/1997/1103/oj", "Reg. (CE)", "1103/97", None, []),
    ("http://data.europa.eu/eli/reg_del/2019/4/oj", "Reg. (UE)", "2019/4", "2018-12-11", []),   # numbered in the year after
    ("http://data.europa.eu/eli/reg/2019/4/oj", "Reg. (UE)", "2019/4", "2017-12-11", ["its year is 2019, and the act is of 2017-12-11"]),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Reg. (UE)", "2023/2832", None, ["its year and number are 2023/2831, and those of the act 2023/2832"]),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "Racc. (UE)", "2831", None, ["its type is reg, and that of a Racc. (UE) reco"]),
    ("http://data.europa.eu/eli/reg/2023/2831/oj", "L.", "2023/2831", None, ["a L. has a URN:NIR, and no ELI of the Union"]),
    ("urn:nir:stato:legge:1990-08-07;241", "Foglio", None, None, []),   # a type that the table does not have
])  # fmt: skip
def test_what_an_address_says_that_is_not_so(address, kind, number, day, expected):
    date = None if day is None else dt.date.fromisoformat(day)
    assert list(contradictions(address, type=kind, number=number, date=date)) == expected


@pytest.mark.parametrize("address", ["https://www.normattiva.it", "DGR XI/5899", "", None, 12])
def test_what_is_no_permanent_address(address):
    with pytest.raises(BadIdentifier):
        read_address(address)


# In the file of a measure

HEAD = """\
format: 1
measure: prova/breve
title: Misura di prova
subject: impresa
law_of: filing
acts:
  uno: {type: DGR, number: XI/1, date: 2022-01-31}
  legge: {type: L., number: 241/1990, date: 1990-08-07%s}
sources:
  act: {confidence: official}
editions: {2022-01-31: {act: uno}}
parameters:
  answer_days: {is: 30 days, act: legge, at: "art. 2", for_information: yes}
  other: {is: 31 days, for_information: yes}
provisions:
  - cite: {act: legge, at: "art. 1"}
    admission:
      filed: {holds: happened(filed_on), text: "Domanda presentata", provision: P.1}
"""


def package(folder: Path, urn: str) -> Path:
    (folder / "prova" / "breve").mkdir(parents=True)
    text = HEAD % (f', urn: "{urn}"' if urn else "")
    (folder / "prova" / "breve" / "measure.yaml").write_text(text, "utf-8")
    return folder


def read(folder: Path, urn: str):
    return read_rulebook(package(folder, urn), "prova/breve", [bundled_rules()])


def test_an_act_has_its_address(tmp_path):
    urn = "urn:nir:stato:legge:1990-08-07;241"
    book = read(tmp_path, urn)
    assert (book.acts["legge"].urn, book.acts["uno"].urn) == (urn, "")
    assert book.acts["legge"].url == f"https://www.normattiva.it/uri-res/N2Ls?{urn}"
    assert book.acts["uno"].url is None
    assert book.conditions[0].cite.urn == urn
    assert book.conditions[0].cite.url == book.acts["legge"].url
    assert [value.citation.urn for name in ("answer_days", "other") for value in book.parameters[name].values] == [
        urn,
        "",
    ]


@pytest.mark.parametrize(("urn", "message"), [
    ("urn:nir:stato:legge:1990-08-07;142", "legge: the permanent address is that of another act: its number is 142, and that of the act 241"),
    ("urn:nir:stato:legge:1990-08-08;241", "legge: the permanent address is that of another act: its day is 1990-08-08, and that of the act 1990-08-07"),
    ("urn:nir:stato:decreto:1990-08-07;241", "legge: the permanent address is that of another act: its type is decreto, and that of a L. legge"),
    ("urn:nir:stato:legge:1990-08-07 ;241", "legge: the permanent address is not written in its plain form; did you mean 'urn:nir:stato:legge:1990-08-07;241'?"),
    ("https://www.normattiva.it", "legge: the permanent address 'https://www.normattiva.it' is neither a URN:NIR (urn:nir:...) nor an ELI (http://data.europa.eu/eli/...)"),
    ("urn:nir:stato:legge:1990-08-07;241!vig=", "legge: the permanent address 'urn:nir:stato:legge:1990-08-07;241!vig=' has a version, which is no part of the name: ask for it with `resolver_url(urn, on=day)`; did you mean 'urn:nir:stato:legge:1990-08-07;241'?"),
])  # fmt: skip
def test_an_address_that_is_not_the_acts(tmp_path, urn, message):
    with pytest.raises(BadRules) as caught:
        read(tmp_path, urn)
    assert [str(fault).partition(": ")[2] for fault in caught.value.faults] == [message]
    assert ":8:" in str(caught.value)


def test_the_address_is_told_wherever_the_act_is(tmp_path):
    urn = "urn:nir:stato:legge:1990-08-07;241"
    url = f"https://www.normattiva.it/uri-res/N2Ls?{urn}"
    measure = misure.catalogue([package(tmp_path, urn)])["prova/breve"]
    decision = measure.decide({"filed_on": "not_yet"}, on=dt.date(2024, 1, 1))
    told = decision.to_dict()
    cites = [finding["cite"] for finding in told["findings"]]
    assert {"act": "legge", "at": "art. 1", "urn": urn} in cites
    assert {name: value["cite"] for name, value in told["receipt"]["parameters"].items()} == {
        "answer_days": {"act": "legge", "at": "art. 2", "urn": urn}, "other": {"act": "uno", "at": ""},
    }  # fmt: skip
    page = misure.explain(decision, "it", all=True)
    assert f'<cite><a href="{url}">L. 241/1990, art. 1</a></cite>' in page._repr_html_()
    assert page.to_dict()["links"] == {"L. 241/1990": url}
    assert urn not in str(page)
    assert f"– {urn}" in plain_text(present(measure, "it"), Style())
