# SPDX-License-Identifier: Apache-2.0
"""A measure's header for the register: every element that does not fit, in words, and every value on its limit."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import pytest

from misure.ground.errors import BadFacts
from misure.ground.record import replaced
from misure.register import (
    Area,
    Cofinanziamento,
    Dotazione,
    MisuraAttuativa,
    Obiettivo,
    RnaMeasure,
    Strumento,
    measure_to_rna,
    parse_rna_measures,
    read_rna_measures,
    rna_measure,
    write_rna_measures,
)
from misure.register.measures.record import ContentForm, fields_of
from misure.register.measures.writing import schema_faults
from tests.register.test_measures_for_registers import DAY, FILIERE, GIVEN, MERCATI, OBJECTIVE

CALL = MisuraAttuativa(7, "Bando", "Ente", "DGR", dt.date(2026, 1, 1), dt.date(2026, 12, 31), "https://x", "Ente")
MEASURE = rna_measure(MERCATI, on=DAY, instrument_codes={"grant": 2}, **GIVEN)
MINUTE = dt.timezone(dt.timedelta(hours=14))


def moment(hour=0, zone=None):
    return dt.datetime(2026, 1, 2, hour, 3, 4, tzinfo=zone)


FULL = replaced(
    MEASURE, cod_ce="SA.1", data_decisione_ce=moment(5, dt.UTC), data_concessione=moment(6, MINUTE), flag_quadro=True,
    data_inizio_val_quadro=dt.date(2026, 1, 1), lista_misure_attuative=(CALL, replaced(CALL, identificativo=8)),
    importo_aiuto_ad_hoc=Decimal("1234.5"), lista_cofinanziamenti=(Cofinanziamento(1, "FESR & co", Decimal("-0.50")),),
    lista_settori=(), lista_aree=(Area("ITC4", "a\rb"),),
)  # fmt: skip


def test_everything_is_written_and_read_back():
    written = write_rna_measures([FULL, MEASURE])
    assert parse_rna_measures(io.BytesIO(written)) == (FULL, MEASURE)
    text = written.decode()
    assert text.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n<LISTA_MISURE xmlns="http://www.rna.it/RNA_misura/schema">\n  <MISURA>\n    <CAR_PADRE>'
    )
    assert text.endswith("    </LISTA_TIPO_BENEFICIARIO>\n  </MISURA>\n</LISTA_MISURE>\n")
    for line in (
        "    <DATA_DECISIONE_CE>2026-01-02T05:03:04+00:00</DATA_DECISIONE_CE>", "    <FLAG_QUADRO>SI</FLAG_QUADRO>",
        "    <DATA_INIZIO_VAL_QUADRO>2026-01-01</DATA_INIZIO_VAL_QUADRO>", "    <IMPORTO_AIUTO_AD_HOC>1234.5</IMPORTO_AIUTO_AD_HOC>",
        "    <LISTA_MISURE_ATTUATIVE>\n      <MISURA_ATTUATIVA>\n        <IDENTIFICATIVO>7</IDENTIFICATIVO>",
        "        <DESCRIZIONE_FONDO>FESR &amp; co</DESCRIZIONE_FONDO>\n        <IMPORTO>-0.50</IMPORTO>",
        "    <LISTA_SETTORI>\n    </LISTA_SETTORI>", "        <DES_AREA>a&#13;b</DES_AREA>",
    ):  # fmt: skip
        assert line in text
    assert "DATA_FINE_VAL_QUADRO" not in text


def test_a_file_without_measures_and_an_archive():
    assert parse_rna_measures(io.BytesIO(write_rna_measures([]))) == ()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.xml", write_rna_measures([MEASURE]))
        archive.writestr("2.xml", write_rna_measures([FULL]))
    assert parse_rna_measures(io.BytesIO(file.getvalue())) == (MEASURE, FULL)


LONG, LONGEST = 2**63, 2**64
MISFITS = [
    ({"cod_uff_gestore": LONG - 1}, []), ({"cod_uff_gestore": -LONG}, []),
    ({"cod_uff_gestore": LONG}, [f"COD_UFF_GESTORE: expected a whole number from {-LONG} to {LONG - 1}; got {LONG}"]),
    ({"cod_uff_gestore": -LONG - 1}, [f"COD_UFF_GESTORE: expected a whole number from {-LONG} to {LONG - 1}; got {-LONG - 1}"]),
    ({"cod_uff_gestore": True}, [f"COD_UFF_GESTORE: expected a whole number from {-LONG} to {LONG - 1}; got true"]),
    ({"cod_uff_gestore": None}, ["COD_UFF_GESTORE: it is not given, and the schema asks for it"]),
    ({"cod_ce": None}, []), ({"cod_ce": 7}, ["COD_CE: expected a text; got 7"]), ({"car": ""}, []),
    ({"lista_dotazioni": (Dotazione(None, 0), Dotazione(1, LONGEST - 1))}, []),
    ({"lista_dotazioni": (Dotazione(1, 0), Dotazione(1, LONGEST))}, [f"LISTA_DOTAZIONI[2].IMPORTO: expected a whole number from 0 to {LONGEST - 1}; got {LONGEST}"]),
    ({"lista_dotazioni": (Dotazione(1, -1),)}, [f"LISTA_DOTAZIONI[1].IMPORTO: expected a whole number from 0 to {LONGEST - 1}; got -1"]),
    ({"lista_dotazioni": [Dotazione(1, 1)]}, ["LISTA_DOTAZIONI: expected a tuple; got a list"]),
    ({"lista_dotazioni": None}, ["LISTA_DOTAZIONI: it is not given, and the schema asks for it"]), ({"lista_dotazioni": ()}, []),
    ({"lista_aree": (Area("a", "b"), "ITC4", Dotazione(1, 1))}, ["LISTA_AREE[2]: expected Area; got 'ITC4'", "LISTA_AREE[3]: expected Area; got a Dotazione"]),
    ({"lista_aree": (Area(None, 7),)}, ["LISTA_AREE[1].COD_AREA: it is not given, and the schema asks for it", "LISTA_AREE[1].DES_AREA: expected a text; got 7"]),
    ({"lista_misure_attuative": ()}, ["LISTA_MISURE_ATTUATIVE: it is empty: the schema wants one at least, or None"]),
    ({"lista_misure_attuative": (CALL,)}, []), ({"lista_cofinanziamenti": ()}, []),
    ({"flag_quadro": 1}, ["FLAG_QUADRO: expected True (SI) or False (NO); got 1"]), ({"flag_quadro": "SI"}, ["FLAG_QUADRO: expected True (SI) or False (NO); got 'SI'"]),
    ({"importo_aiuto_ad_hoc": Decimal("9" * 40)}, []), ({"importo_aiuto_ad_hoc": Decimal("1E+39")}, []),
    ({"importo_aiuto_ad_hoc": Decimal("9" * 41)}, [f"IMPORTO_AIUTO_AD_HOC: expected a Decimal of euros; got {'9' * 41}"]),
    ({"importo_aiuto_ad_hoc": Decimal("1E+41")}, ["IMPORTO_AIUTO_AD_HOC: expected a Decimal of euros; got 1E+41"]),
    ({"importo_aiuto_ad_hoc": Decimal("1E-38")}, []),
    ({"importo_aiuto_ad_hoc": Decimal("1E-39")}, ["IMPORTO_AIUTO_AD_HOC: expected a Decimal of euros; got 1E-39"]),
    ({"importo_aiuto_ad_hoc": Decimal("Infinity")}, ["IMPORTO_AIUTO_AD_HOC: expected a Decimal of euros; got Infinity"]),
    ({"importo_aiuto_ad_hoc": 7}, ["IMPORTO_AIUTO_AD_HOC: expected a Decimal of euros; got 7"]),
    ({"data_inizio_val_quadro": "2026-01-01"}, ["DATA_INIZIO_VAL_QUADRO: expected a date; got '2026-01-01'"]),
    ({"data_inizio_val_quadro": moment()}, ["DATA_INIZIO_VAL_QUADRO: expected a date; got 2026-01-02T00:03:04"]),
    ({"data_inizio_misura": dt.date(2026, 1, 1)}, ["DATA_INIZIO_MISURA: expected a datetime; got 2026-01-01"]),
    ({"data_inizio_misura": moment(0, MINUTE)}, []), ({"data_inizio_misura": moment(0, dt.timezone(-dt.timedelta(hours=14)))}, []),
    ({"data_inizio_misura": moment(0, dt.timezone(dt.timedelta(hours=14, minutes=1)))}, ["DATA_INIZIO_MISURA: no XML can say the offset 14:01:00"]),
    ({"data_inizio_misura": moment(0, dt.timezone(dt.timedelta(seconds=30)))}, ["DATA_INIZIO_MISURA: no XML can say the offset 0:00:30"]),
    ({"data_inizio_misura": moment(0, dt.timezone(dt.timedelta(microseconds=1)))}, ["DATA_INIZIO_MISURA: no XML can say the offset 0:00:00.000001"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "faults"), MISFITS, ids=range(len(MISFITS)))
def test_what_keeps_a_header_from_being_written(changes, faults):
    changed = replaced(MEASURE, **changes)
    assert [f"{field}: {message}" for field, message in schema_faults(changed)] == faults
    if faults:
        with pytest.raises(BadFacts) as caught:
            write_rna_measures([MEASURE, changed])
        assert [str(fault) for fault in caught.value.faults] == [f"<measures>: measure 2: {fault}" for fault in faults]
    else:
        assert parse_rna_measures(io.BytesIO(write_rna_measures([changed]))) == (changed,)


def test_only_headers_are_written():
    with pytest.raises(BadFacts, match=r"<measures>: measure 1: expected an RnaMeasure; got 'x'"):
        write_rna_measures(["x", MEASURE])


WRITTEN = write_rna_measures([MEASURE, FULL]).decode()


def damaged(old, new, count=1):
    assert old in WRITTEN
    with pytest.raises(BadFacts) as caught:
        parse_rna_measures(io.BytesIO(WRITTEN.replace(old, new, count).encode()))
    assert {fault.place.path for fault in caught.value.faults} == {"<measures>"}
    return [str(fault).removeprefix(f"{fault.place}: ") for fault in caught.value.faults]


DAMAGES = [
    ("<CAR>99901</CAR>", "", ["measure 1: CAR: the element is missing"]),
    ("<CAR>", "<CAR>1</CAR><CAR>", ["measure 1: CAR: it is told twice"]),
    ("<CAR>99901", "<CAR><B/>", ["measure 1: CAR: elements stand inside it"]),
    ("<CAR>", "<NUOVO/><ALTRO/><CAR>", ["measure 1: ALTRO: the schema has no such element", "measure 1: NUOVO: the schema has no such element"]),
    ("FLAG_QUADRO>NO", "FLAG_QUADRO>no", ["measure 1: FLAG_QUADRO: 'no' is neither SI nor NO"]),
    ("<COD_UFF_GESTORE>1", "<COD_UFF_GESTORE>1.0", ["measure 1: COD_UFF_GESTORE: '1.0' is no whole number"]),
    ("<COD_UFF_GESTORE>1", "<COD_UFF_GESTORE>" + "9" * 21, [f"measure 1: COD_UFF_GESTORE: '{'9' * 21}' is no whole number"]),
    ("<COD_AREA>ITC4</COD_AREA>", "", ["measure 1: LISTA_AREE[1].COD_AREA: the element is missing"]),
    ("<AREA>", "<ZONA/><AREA>", ["measure 1: LISTA_AREE: ZONA stands in it, and only AREA may"]),
    ("2026-12-31T00:00:00<", "2026-12-31 00:00:00<", ["measure 1: DATA_FINE_MISURA: '2026-12-31 00:00:00' is no moment: write YYYY-MM-DDThh:mm:ss"]),
    ("2026-12-31T00:00:00<", "2026-02-29T00:00:00<", ["measure 1: DATA_FINE_MISURA: 2026-02-29 does not exist: February 2026 has 28 days"]),
    ("2026-12-31T00:00:00<", "2026-12-31T00:00:00.1234567<", ["measure 1: DATA_FINE_MISURA: '2026-12-31T00:00:00.1234567' is no moment: write YYYY-MM-DDThh:mm:ss"]),
    ("<IMPORTO_AIUTO_AD_HOC>1234.5", "<IMPORTO_AIUTO_AD_HOC>1e3", ["measure 2: IMPORTO_AIUTO_AD_HOC: '1e3' is no amount"]),
    ("<IMPORTO_AIUTO_AD_HOC>1234.5", "<IMPORTO_AIUTO_AD_HOC>" + "9" * 41, [f"measure 2: IMPORTO_AIUTO_AD_HOC: '{'9' * 40}' is no amount"]),
    ("<DATA_INIZIO_VAL_QUADRO>2026-01-01", "<DATA_INIZIO_VAL_QUADRO>2026-01-32", ["measure 2: DATA_INIZIO_VAL_QUADRO: 2026-01-32 does not exist: January 2026 has 31 days"]),
    ("<IDENTIFICATIVO>8", "<IDENTIFICATIVO>x", ["measure 2: LISTA_MISURE_ATTUATIVE[2].IDENTIFICATIVO: 'x' is no whole number"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "faults"), DAMAGES, ids=range(len(DAMAGES)))
def test_what_a_file_of_measures_does_not_say_well(old, new, faults):
    assert damaged(old, new) == faults


@pytest.mark.parametrize(("old", "new", "name", "value"), [
    ("<COD_UFF_GESTORE>1", "<COD_UFF_GESTORE> +" + "9" * 20, "cod_uff_gestore", int("9" * 20)), ("FLAG_QUADRO>NO", "FLAG_QUADRO> SI ", "flag_quadro", True),
    ("2026-12-31T00:00:00<", "2026-12-31T00:00:00.123456+01:00<", "data_fine_misura",
     dt.datetime(2026, 12, 31, 0, 0, 0, 123456, dt.timezone(dt.timedelta(hours=1)))),
    ("2026-12-31T00:00:00<", "2026-12-31T23:59:59Z<", "data_fine_misura", dt.datetime(2026, 12, 31, 23, 59, 59, tzinfo=dt.UTC)),
    ("<CAR>99901", "<CAR> 99901 ", "car", " 99901 "),
])  # fmt: skip
def test_what_is_written_otherwise_and_read_all_the_same(old, new, name, value):
    first, second = parse_rna_measures(io.BytesIO(WRITTEN.replace(old, new, 1).encode()))
    assert first == replaced(MEASURE, **{name: value})
    assert second == FULL


def test_amounts_and_days_with_a_zone():
    text = WRITTEN.replace("<IMPORTO_AIUTO_AD_HOC>1234.5", "<IMPORTO_AIUTO_AD_HOC> -.5 ").replace(
        "<DATA_INIZIO_VAL_QUADRO>2026-01-01", "<DATA_INIZIO_VAL_QUADRO>2026-01-01+01:00"
    )
    _, second = parse_rna_measures(io.BytesIO(text.encode()))
    assert second == replaced(FULL, importo_aiuto_ad_hoc=Decimal("-0.5"))


def test_a_hundred_faults_are_enough():
    bad = write_rna_measures([MEASURE]).decode().replace("<CAR>99901</CAR>", "")
    record = bad[bad.index("  <MISURA>") : bad.index("</LISTA_MISURE>")]
    for count, told in ((100, 100), (101, 101), (150, 101)):
        with pytest.raises(BadFacts) as caught:
            parse_rna_measures(io.BytesIO(bad.replace(record, record * count).encode()))
        assert len(caught.value.faults) == told
        last = [fault for fault in caught.value.faults if fault.subject == "measures after these"]
        assert [fault.message for fault in last] == ["there may be more: nothing more is read"] * (count > 100)


@pytest.mark.parametrize(("content", "fault"), [
    ("<a/>", '<measures>:1:1: the root is a: it must be LISTA_MISURE with xmlns="http://www.rna.it/RNA_misura/schema"'),
    ('<LISTA_MISURE xmlns="x"/>', "<measures>:1:1: the root is x LISTA_MISURE: it must be LISTA_MISURE with"),
    ("\n &", "<measures>:2:2: it is no well-formed XML: not well-formed (invalid token)"), ("", "<measures>:1:1: it is no well-formed XML: no element found"),
    ("\n<!DOCTYPE a><a/>", "<measures>:2: a document type and its entities are refused"),
    ("<?xml version='1.0' encoding='UTF-99'?><a/>", "<measures>: it cannot be read: unknown encoding: UTF-99"),
])  # fmt: skip
def test_what_is_no_file_of_measures(content, fault):
    with pytest.raises(BadFacts) as caught:
        parse_rna_measures(io.BytesIO(content.encode()))
    (found,) = caught.value.faults
    assert str(found).replace(":2:1: a doc", ":2: a doc").startswith(fault)


def header(measure=MERCATI, **changes):
    settings = {"on": DAY, "instrument_codes": {"grant": 2}} | GIVEN | changes
    with pytest.raises(BadFacts) as caught:
        measure_to_rna(measure, **settings)
    return [str(fault).removeprefix(f"<{measure.id} for the register>: ") for fault in caught.value.faults]


EXPORTS = [
    ({"cod_uf_gestore": 1}, ["cod_uf_gestore: the schema has no such element; did you mean 'cod_uff_gestore'?"]),
    ({"zzz": 1}, ["zzz: the schema has no such element"]), ({"on": "x"}, ["on: 'x' is not a date: write YYYY-MM-DD"]),
    ({"instrument_codes": {"grant": 9}}, ["instrument_codes: COD_STRUMENTO 9 is 'Prestito/Anticipo rimborsabile', and no grant"]),
    ({"instrument_codes": {"grant": 77}}, ["instrument_codes: the words of COD_STRUMENTO 77 are not known: say lista_strumenti=..."]),
    ({"instrument_codes": {"grant": 2, "x": 1}}, ["instrument_codes: the measure gives no 'x'; it gives loan, grant"]),
    ({"lista_strumenti": [Strumento(False, 9, "Prestito")]}, ["LISTA_STRUMENTI[1].DES_STRUMENTO: the register calls 9 'Prestito/Anticipo rimborsabile', and not 'Prestito'"]),
    ({"lista_obiettivi": [replaced(OBJECTIVE, des_procedimento="Notifica")]}, ["LISTA_OBIETTIVI[1].DES_PROCEDIMENTO: the register calls 1 'De Minimis', and not 'Notifica'"]),
    ({"lista_obiettivi": [OBJECTIVE, replaced(OBJECTIVE, cod_regolamento="CE2831/2023", des_regolamento="x")]},
     ["LISTA_OBIETTIVI[2].COD_REGOLAMENTO: 'CE2831/2023' is no code that is known; did you mean 'CE2831/23'?"]),
    ({"lista_obiettivi": [replaced(OBJECTIVE, cod_regolamento="zzzzzz")]}, ["LISTA_OBIETTIVI[1].COD_REGOLAMENTO: 'zzzzzz' is no code that is known"]),
    ({"data_inizio_misura": dt.datetime(2027, 1, 1)}, ["DATA_FINE_MISURA: 2026-12-31 00:00:00 lies before 2027-01-01 00:00:00, when the measure begins"]),  # noqa: DTZ001
]  # fmt: skip


@pytest.mark.parametrize(("changes", "faults"), EXPORTS, ids=range(len(EXPORTS)))
def test_what_a_measure_cannot_be_registered_with(changes, faults):
    assert header(**changes) == faults


def test_a_measure_may_begin_and_end_at_one_moment_and_words_of_ones_own_are_free():
    one = GIVEN["data_fine_misura"]
    settings = {"on": DAY} | GIVEN | {"data_inizio_misura": one, "lista_strumenti": [Strumento(True, 9, "Nostro")]}
    assert rna_measure(MERCATI, **settings).data_inizio_misura == one


def test_what_a_rulebook_does_not_know_is_told():
    assert header(FILIERE, instrument_codes=None) == [
        "LISTA_STRUMENTI: it is not given, and the rulebook has no support: say lista_strumenti=...",
    ]  # fmt: skip
    told = header(FILIERE, instrument_codes={"grant": 2}, lista_strumenti=None)
    assert told == ["LISTA_STRUMENTI: it is not given, and the schema asks for it"]
    with pytest.raises(BadFacts) as caught:
        measure_to_rna(FILIERE, on=DAY, instrument_codes={"grant": 2})
    faults = {fault.subject: fault.message for fault in caught.value.faults}
    assert faults["instrument_codes"] == "the measure gives no 'grant'; it gives nothing"
    assert faults["LISTA_DOTAZIONI"] == "it is not given, and the rulebook knows no budget: say lista_dotazioni=..."
    assert faults["CAR"] == "it is not given, and the rulebook does not know it: say car=..."


def test_a_field_knows_its_form_its_item_and_whether_it_may_be_left_out():
    fields = {field.name: field for field in fields_of(RnaMeasure)}
    assert (fields["lista_aree"].form, fields["lista_aree"].item, fields["lista_aree"].kind) == (
        ContentForm.LIST,
        "AREA",
        Area,
    )
    assert (fields["car"].form, fields["car"].optional, fields["car"].item, fields["car"].kind) == (
        ContentForm.TEXT,
        False,
        "",
        None,
    )
    assert fields["cod_ce"].optional
    assert fields["importo_aiuto_ad_hoc"].form is ContentForm.AMOUNT
    assert [field.element for field in fields_of(Obiettivo)][:3] == [
        "COD_PROCEDIMENTO",
        "DES_PROCEDIMENTO",
        "COD_REGOLAMENTO",
    ]


# Files as the register gives them away


def published(text=WRITTEN, root="LISTA_MISURE_TYPE"):
    """The same measures under the root that readers of the published files met, with elements in no namespace."""
    opened = f'<ns0:{root} xmlns:ns0="http://www.rna.it/RNA_misura/schema">'
    return text.replace('<LISTA_MISURE xmlns="http://www.rna.it/RNA_misura/schema">', opened).replace(
        "</LISTA_MISURE>", f"</ns0:{root}>"
    )


QUALIFIED = re.sub(r"<(/?)(?!\?)(\w)", r"<\1n:\2", WRITTEN).replace(" xmlns=", " xmlns:n=")
ROOTS = {
    "by the schema": (WRITTEN, None), "by the schema, with a prefix": (QUALIFIED, None),
    "published": (published(), "the root is LISTA_MISURE_TYPE, with elements in no namespace, where the schema says LISTA_MISURE"),
    "qualified": (QUALIFIED.replace("LISTA_MISURE ", "LISTA_MISURE_TYPE ").replace("LISTA_MISURE>", "LISTA_MISURE_TYPE>"),
                  "the root is LISTA_MISURE_TYPE, with elements in the schema's, where the schema says LISTA_MISURE"),
    "the schema's name alone": (published(root="LISTA_MISURE"),
                                "the elements under LISTA_MISURE are in no namespace, where the schema has one"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "odd"), ROOTS.values(), ids=list(ROOTS))
def test_every_root_that_was_met_is_read(content, odd):
    found = read_rna_measures(io.BytesIO(content.encode()))
    assert tuple(found) == (MEASURE, FULL)
    assert [(each.kind, each.count, each.examples[0].message) for each in found.warnings] == (
        [("published_root", 1, odd)] if odd else []
    )


def test_a_fault_in_a_published_file_has_its_line():
    content = published().replace("FLAG_QUADRO>NO", "FLAG_QUADRO>Forse", 1)
    with pytest.raises(BadFacts) as caught:
        parse_rna_measures(io.BytesIO(content.encode()))
    (fault,) = caught.value.faults
    assert str(fault.place) == "<measures>:3:1"
    second = content.replace("FLAG_QUADRO>Forse", "FLAG_QUADRO>NO").replace("FLAG_QUADRO>SI", "FLAG_QUADRO>Si")
    with pytest.raises(BadFacts) as caught:
        parse_rna_measures(io.BytesIO(second.encode()))
    line = 1 + second[: second.index("<MISURA>", second.index("</MISURA>"))].count("\n")
    assert caught.value.faults[0].place.line == line


def test_elements_of_two_namespaces_in_one_file_are_told():
    content = (
        published()
        .replace("<MISURA>", '<MISURA xmlns="http://www.rna.it/RNA_misura/schema">')
        .replace('<MISURA xmlns="http://www.rna.it/RNA_misura/schema">', "<MISURA>", 1)
    )
    with pytest.raises(BadFacts, match="stands where MISURA should"):
        parse_rna_measures(io.BytesIO(content.encode()))


def test_one_measure_of_several_periods_is_read_as_often_as_it_stands():
    record = WRITTEN[WRITTEN.index("  <MISURA>") : WRITTEN.index("</MISURA>") + 10]
    content = published(WRITTEN.replace(record, record * 3))
    assert [measure.car for measure in parse_rna_measures(io.BytesIO(content.encode()))].count("99901") >= 3


def test_measures_are_given_before_the_file_is_read():
    file = io.BytesIO(published(WRITTEN.replace("</MISURA>", "</MISURA>" + " " * 200_000)).encode())
    reading = read_rna_measures(file)
    assert next(reading) == MEASURE
    reading.close()
    assert list(reading) == []


def test_bytes_are_no_file_and_the_way_is_told():
    with pytest.raises(BadFacts, match=r"<measures>.*wrap them in io\.BytesIO"):
        parse_rna_measures(b"<a/>")
