# SPDX-License-Identifier: Apache-2.0
"""Every code that the register's files of two months hold is known under its exact label; sizes, sectors and numbers as it writes them."""

from __future__ import annotations

import pytest

from misure.ground.errors import BadFacts, BadIdentifier
from misure.identifiers import sa_number
from misure.identifiers.nace import Code
from misure.register import write_aids
from misure.register.aids.sectors import activity
from misure.register.codes import code_rows, label_of, objective_of, regulation_of, size_of, sizes_of
from tests.register.samples import aid, component, example, instrument, only, reading

UNDER = {
    "842": "CE2831/23", "843": "CE2832/23", "10": "CE1407/13", "25": "CE1589/15", "45": "CE20122011", "50": "CE651/2014",
    "550": "CE800/08", "61": "CE1863-3.1/20", "62": "CE1863-3.2/20", "70": "CE1863-3.10/20", "72": "CE1863-3.12/20",
    "75": "CE1890-2.1/22", "76": "CE1890-2.2/22", "79": "CE1890-2.5/22", "81": "CE1890-2.6/22",
}  # fmt: skip


def test_every_objective_of_the_two_months_is_known_by_its_label():
    rows = code_rows("objectives")
    assert len(rows) == 73
    assert all(row.known("label") and row.texts["label"] for row in rows.values())
    for code, row in rows.items():
        prefix = max((start for start in UNDER if code.startswith(start)), key=len)
        assert row.note == f"seen under {UNDER[prefix]}"
        assert UNDER[prefix] in code_rows("regulations")


@pytest.mark.parametrize(("code", "meaning", "label"), [
    ("752200", "serious_disturbance", "Rimedio a un grave turbamento dell'economia"),
    ("612200", "serious_disturbance", "Rimedio a un grave turbamento dell'economia"),
    ("843000", "sgei", "Servizi d'interesse economico generale (SIEG)"),
    ("503800", "gber_art_56bis", "Aiuti a favore degli aeroporti regionali (art. 56 bis)"),
    ("550600", "gber_2008_art_15", "Aiuti agli investimenti e all'occupazione in favore delle PMI (art. 15)"),
    ("501602", "gber_art_25", "Aiuti a favore di ricerca, sviluppo e innovazione | Ricerca fondamentale [art. 25, par. 2, lettera a)]"),
])  # fmt: skip
def test_what_the_register_calls_an_objective(code, meaning, label):
    assert (objective_of(code), label_of("objectives", code)) == (meaning, label)


@pytest.mark.parametrize(("code", "regulation", "label"), [
    ("CE1890-2.1/22", "ukraine_framework", "TF Crisi Ucraina - Sezione 2.1 della Comunicazione della Commissione del 23.3.2022 C(2022) 1890 final e ss.mm.ii"),
    ("CE800/08", "gber", "Reg. CE 800/2008  esenzione generale per categoria  (GBER)"),
    ("CE659/1999", "notified", None), ("CE1863-3.13/20", "covid_framework", None),
])  # fmt: skip
def test_what_the_register_calls_a_regulation(code, regulation, label):
    assert (regulation_of(code), label_of("regulations", code)) == (regulation, label)


def test_only_codes_that_were_not_seen_have_no_label():
    unseen = [code for code, row in code_rows("regulations").items() if not row.known("label")]
    assert unseen == ["CE1863-3.13/20", "CE659/1999"]


# Sizes


@pytest.mark.parametrize(("literal", "sizes", "one"), [
    ("PMI", ("micro", "small", "medium"), None), ("pmi", ("micro", "small", "medium"), None),
    ("Grande Impresa", ("large",), "large"), ("Microimpresa", ("micro",), "micro"), ("Ente", (), None), (None, (), None),
])  # fmt: skip
def test_a_size_is_every_size_that_the_literal_leaves(literal, sizes, one):
    assert (sizes_of(literal), size_of(literal)) == (sizes, one)


@pytest.mark.parametrize(("literal", "told", "sizes", "odd"), [
    ("PMI", "PMI", ("micro", "small", "medium"), 0), ("-", None, (), 0), (" - ", None, (), 0), ("n.d.", None, (), 0),
    ("Gigante", "Gigante", (), 1), ("--", "--", (), 1),
])  # fmt: skip
def test_a_size_in_a_record(literal, told, sizes, odd):
    found = reading(example(DES_TIPO_BENEFICIARIO=literal))
    (record,) = found
    assert (record.beneficiary_type, record.beneficiary_sizes) == (told, sizes)
    assert found.report.warned("unknown_size") == odd


def test_a_stroke_is_not_written_where_it_would_not_be_read_back():
    from dataclasses import replace

    with pytest.raises(BadFacts, match="DES_TIPO_BENEFICIARIO: '-' would be read as nothing told: write None"):
        write_aids([replace(only(example()), beneficiary_type="-")])


# Sectors


@pytest.mark.parametrize(("sector", "code"), [
    ("A.01.0", "01"), ("G.47.0", "47"), ("I.56.1", "56.1"), ("J.62.0", "62.0"), ("E.36.0", "36.0"), ("G.47", "47"), ("G", "G"),
    ("Z.99.9", None), ("A.47.0", None), ("G.47.01.0", None), ("G.99.0", None), ("x", None), ("", None),
])  # fmt: skip
def test_a_whole_division_is_written_as_a_group_0(sector, code):
    assert activity(sector) == (None if code is None else Code("nace-2.0", code))


def test_the_sectors_of_a_component_lie_where_they_lie():
    record = only(aid(component(instrument(), sectors="G.47.0, I.56.1, Z.1")))
    found = record.components[0].activities()
    assert found == ("47", "56.1", None)
    assert activity("G.47.0").within("G") and not activity("G.47.0").within("47.1")
    assert record.components[0].activities("nace-2.1")[0] == "47"
    with pytest.raises(BadIdentifier):
        record.components[0].activities("nace-3")


# The Commission's numbers


@pytest.mark.parametrize("written", [
    "SA.57021", "SA.57021 (2020/N)", "sa.57021 (2020/n)", "SA.57021(2020/N, ex 2020/PN)", "SA 57021 (2020/X)",
    "SA.57021 (ex 2020/PN)", "SA.57021 (2020/NN,ex 2020/N)",
])  # fmt: skip
def test_the_procedure_behind_a_case_is_no_part_of_its_number(written):
    assert (sa_number.validate(written), sa_number.parse(written)) == ("SA.57021", 57021)


@pytest.mark.parametrize("written", ["SA.57021 (2020)", "SA.57021 (N)", "SA.57021 (2020/N", "SA.57021 2020/N)", "SA.57021 x", "SA.570210 1"])  # fmt: skip
def test_what_is_no_procedure_is_refused(written):
    assert not sa_number.is_valid(written)
