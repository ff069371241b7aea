# SPDX-License-Identifier: Apache-2.0
"""Records of incentivi.gov.it are read as the portal and copies of it write them, and written as they were."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts
from misure.register import measure_to_incentivi, parse_incentivi
from misure.register.incentivi import INCENTIVI_FIELDS, vocabulary
from misure.register.incentivi_reading import IncentiviRecord
from tests.register.test_measures_for_registers import DAY, MERCATI, for_portal

# As a copy of the portal has them: numbers, days and blanks for what is not told. Shape of real records, made-up content.
COPIED = {
    "ID_Incentivo": "51", "Titolo": "Garanzie di prova", "Obiettivo_Finalita": ["Sostegno liquidità"], "Data_apertura": "2017-12-22",
    "Data_chiusura": None, "Note_di_apertura_chiusura": "in corso", "Dimensioni": ["Media Impresa", "Piccola Impresa"],
    "Tipologia_Soggetto": ["Impresa"], "Forma_agevolazione": ["Capitale di rischio", "Capitale di rischio"], "Costi_Ammessi": [],
    "Agevolazione_Concedibile_min": "", "Agevolazione_Concedibile_max": 25000, "Settore_Attivita": ["ICT"],
    "Codici_ATECO": "Tutti i settori economici ammissibili a ricevere aiuti;", "Regioni": ["Lombardia", "Estero"], "Comuni": "Milano; Lodi",
    "Ambito_territoriale": ["Non applicabile"], "Soggetto_Concedente": "Confidi", "Stanziamento_incentivo": 4196112734,
    "Link_istituzionale": "https://example.org", "Data_ultimo_aggiornamento": "2023-11-22",
}  # fmt: skip


def file(value):
    return io.BytesIO(json.dumps(value).encode())


def test_a_copied_record_has_its_types():
    (record,) = parse_incentivi(COPIED)
    assert (record.id_incentivo, record.data_apertura, record.data_chiusura) == ("51", dt.date(2017, 12, 22), None)
    assert record.forma_agevolazione == ("Capitale di rischio",)
    assert (record.costi_ammessi, record.agevolazione_concedibile_min) == ((), None)
    assert record.agevolazione_concedibile_max == Decimal("25000.00")
    assert record.stanziamento_incentivo == Decimal("4196112734.00")
    assert record.parts("comuni") == ("Milano", "Lodi")
    assert record.parts("codici_ateco") == ("Tutti i settori economici ammissibili a ricevere aiuti",)
    assert record.data_ultimo_aggiornamento == dt.date(2023, 11, 22)
    assert (record.descrizione, record.unusual) == (None, ())
    with pytest.raises(KeyError):
        record.parts("regioni")


def test_what_the_library_writes_is_read_and_written_as_it_was():
    written = for_portal(
        opening_hour="10:00",
        Comuni=["Milano", "Lodi"],
        ID_Incentivo="7",
        Data_ultimo_aggiornamento="2026-11-22T10:00:00Z",
    )
    (record,) = parse_incentivi(file(written))
    assert record.to_dict() == written
    assert record.data_ultimo_aggiornamento == dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
    assert parse_incentivi(record.to_dict()) == (record,)


def test_a_read_record_can_be_handed_to_the_writer():
    (record,) = parse_incentivi(COPIED | {"Data_ultimo_aggiornamento": "2023-11-22T10:00:00Z"})
    told = dict.fromkeys(INCENTIVI_FIELDS) | record.to_dict()
    assert measure_to_incentivi(MERCATI, on=DAY, **told) == record.to_dict()
    number = told | {"Stanziamento_incentivo": 4196112734}
    assert measure_to_incentivi(MERCATI, on=DAY, **number)["Stanziamento_incentivo"] == "4196112734.00"
    cents = told | {"Stanziamento_incentivo": Decimal("0.5")}
    assert measure_to_incentivi(MERCATI, on=DAY, **cents)["Stanziamento_incentivo"] == "0.50"


@pytest.mark.parametrize("shape", [
    lambda one: {"response": {"numFound": 2, "docs": [one, one]}}, lambda one: {"generato": "x", "response": {"docs": [one, one]}},
    lambda one: [one, one],
])  # fmt: skip
def test_every_shape_of_a_file(shape, tmp_path):
    path = tmp_path / "incentivi.json"
    path.write_bytes(file(shape(COPIED)).getvalue())
    assert parse_incentivi(path) == parse_incentivi(
        shape(COPIED)["response"]["docs"] if isinstance(shape(COPIED), dict) else shape(COPIED)
    )
    assert len(parse_incentivi(str(path))) == 2


@pytest.mark.parametrize(("written", "value"), [
    (4196112734, Decimal("4196112734.00")), ("4196112734", Decimal("4196112734.00")), ("15375383,50", Decimal("15375383.50")),
    ("18978747.97", Decimal("18978747.97")), ("€ 48 milioni, poi altri 20", "€ 48 milioni, poi altri 20"), ("1.000.000", "1.000.000"),
    ("", None), ("  ", None), (None, None), ("0", Decimal("0.00")), (["100"], Decimal("100.00")), ([], None),
])  # fmt: skip
def test_an_allocation_is_an_amount_or_stays_the_text_that_it_is(written, value):
    (record,) = parse_incentivi(COPIED | {"Stanziamento_incentivo": written})
    assert record.stanziamento_incentivo == value


@pytest.mark.parametrize(("name", "written", "value"), [
    ("Data_apertura", "2025-06-03T00:00:00", dt.date(2025, 6, 3)), ("Data_apertura", "2025-06-03T00:00:00Z", dt.date(2025, 6, 3)),
    ("Data_apertura", ["2025-06-03"], dt.date(2025, 6, 3)), ("ID_Incentivo", 51, "51"), ("Regioni", "Lombardia", ("Lombardia",)),
    ("Regioni", "", ()), ("Regioni", [" ", "Lombardia"], ("Lombardia",)), ("Spesa_Ammessa_min", "5.5", Decimal("5.50")),
    ("Data_ultimo_aggiornamento", "2026-01-01T00:30:00+01:00", dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC)),
    ("Data_ultimo_aggiornamento", "", None),
])  # fmt: skip
def test_how_a_field_is_read(name, written, value):
    (record,) = parse_incentivi(file(COPIED | {name: written}))
    assert getattr(record, name.lower()) == value


@pytest.mark.parametrize(("changes", "fault"), [
    ({"Data_apertura": "2025-02-30"}, "Data_apertura: 2025-02-30 does not exist: February 2025 has 28 days"),
    ({"Data_apertura": "2025-06-03T10:00:00"}, "Data_apertura: "), ({"Data_apertura": 7}, "Data_apertura: expected a text; got 7"),
    ({"Spesa_Ammessa_min": -1}, "Spesa_Ammessa_min: -1 is negative"), ({"Spesa_Ammessa_min": True}, "Spesa_Ammessa_min: expected an amount; got true"),
    ({"Spesa_Ammessa_min": [1, 2]}, "Spesa_Ammessa_min: expected one value; got 2"), ({"Titolo": ""}, "Titolo: it is not told"),
    ({"Titolo": 7}, "Titolo: expected a text; got 7"), ({"Regioni": 7}, "Regioni: expected texts in a row; got 7"),
    ({"Regioni": [7]}, "Regioni: expected a text; got 7"), ({"Regione": []}, "Regione: the portal has no such field; did you mean 'Regioni'?"),
    ({"Data_ultimo_aggiornamento": "2026-11-22T10:00:00"}, "Data_ultimo_aggiornamento: '2026-11-22T10:00:00' has no offset from UTC"),
    ({"Data_ultimo_aggiornamento": "Tieri"}, "Data_ultimo_aggiornamento: 'Tieri' is no moment"), ({"ID_Incentivo": True}, "ID_Incentivo: expected a text"),
    ({"Spesa_Ammessa_min": "1" * 60}, "Spesa_Ammessa_min: "),
])  # fmt: skip
def test_what_no_record_of_the_portal_is(changes, fault):
    with pytest.raises(BadFacts) as caught:
        parse_incentivi([COPIED, COPIED | changes])
    (found,) = caught.value.faults
    name = (COPIED | changes)["ID_Incentivo"]
    assert str(found).startswith(f"<incentivi>: record 2 (ID {name}): {fault}")


def test_a_value_that_the_vocabulary_does_not_know_is_no_fault():
    (record,) = parse_incentivi(COPIED | {"Dimensioni": ["Media Impresa", "Gigante"]})
    assert record.unusual == (("Dimensioni", "Gigante"),)
    assert record.dimensioni == ("Media Impresa", "Gigante")


@pytest.mark.parametrize(("content", "fault"), [
    (b"", "<incentivi>:1:1: it is no JSON: "), (b"[{]", "<incentivi>:1:3: it is no JSON: "), (b"7", "<incentivi>: expected a record, or records"),
    (b'{"response": {}}', "<incentivi>: it has a response without docs"), (b'{"response": 7}', "<incentivi>: it has a response without docs"),
    (b"[7]", "<incentivi>: record 1: expected a record; got 7"), (b'[{"Titolo": "a", "Titolo": "b"}]', "<incentivi>: it is no JSON that can be read: 'Titolo' is told twice"),
    (b'[{"Titolo": NaN}]', "<incentivi>: it is no JSON that can be read: NaN is no number of JSON"), (b"\xff\xfe\xff", "<incentivi>: it is no JSON that can be read: "),
    (b"[" * 100_000, "<incentivi>: it is no JSON that can be read: it is too deep"), (b'[{"ID_Incentivo": ' + b"9" * 5000 + b"}]", "<incentivi>: it is no JSON that can be read: "),
    (b"PK\x03\x04", "<incentivi>: the archive cannot be opened: "),
])  # fmt: skip
def test_what_is_no_file_of_records(content, fault):
    with pytest.raises(BadFacts) as caught:
        parse_incentivi(io.BytesIO(content))
    assert (
        str(caught.value.faults[0])
        .replace(":0:1:", ":")
        .replace(":1:1: it is no JSON that", ": it is no JSON that")
        .startswith(fault)
    )


def test_a_hundred_faults_are_enough():
    with pytest.raises(BadFacts) as caught:
        parse_incentivi([{"Titolo": 7}] * 500)
    assert len(caught.value.faults) == 101


def test_other_things_are_no_source(tmp_path):
    for given_ in (b"[]", 7, None):
        with pytest.raises(BadFacts, match="expected a path or a binary file"):
            parse_incentivi(given_)
    with pytest.raises(BadFacts, match="cannot be opened"):
        parse_incentivi(tmp_path / "missing.json")


several = st.lists(st.text(min_size=1).filter(str.strip), unique=True).map(tuple)
texts = st.none() | st.text(min_size=1).filter(str.strip)
money = st.none() | st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
days = st.none() | st.dates(dt.date(1958, 1, 1), dt.date(2100, 1, 1))
moments = st.none() | st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
KINDS = {
    "Decimal | None": money,
    "tuple[str, ...]": several,
    "dt.date | None": days,
    "str": st.text(min_size=1).filter(str.strip),
}


@given(st.fixed_dictionaries({
    name: moments if name == "data_ultimo_aggiornamento" else money if name == "stanziamento_incentivo"
    else KINDS.get(str(IncentiviRecord.__annotations__[name]), texts)
    for name in IncentiviRecord.field_names
}))  # fmt: skip
def test_every_record_is_read_back_equal(values):
    record = IncentiviRecord(**values)
    assert parse_incentivi(json.loads(json.dumps(record.to_dict()))) == (record,)


def test_the_vocabularies_are_those_of_the_writer():
    for field in ("Regioni", "Dimensioni"):
        (record,) = parse_incentivi(COPIED | {field: list(vocabulary(field))})
        assert record.unusual == ()
