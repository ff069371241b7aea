# SPDX-License-Identifier: Apache-2.0
"""A measure's header written for the State-aid register and for incentivi.gov.it: nothing is invented, all that is missing is told."""

import datetime as dt
import io
import json
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.record import replaced
from misure.register import (
    Area,
    Cofinanziamento,
    DimBeneficiario,
    Dotazione,
    MisuraAttuativa,
    Obiettivo,
    RnaMeasure,
    Settore,
    StatusFinalita,
    Strumento,
    measure_to_incentivi,
    measure_to_rna,
    parse_rna_measures,
    rna_measure,
    write_rna_measures,
)  # fmt: skip
from misure.register.incentivi import INCENTIVI_FIELDS, vocabulary
from misure.register.measures.record import ContentForm, fields_of

DATA = Path(__file__).parent / "data"
DAY = dt.date(2026, 11, 22)
MERCATI = misure.catalogue()["lombardia/verso-nuovi-mercati"]
FILIERE = misure.catalogue()["lombardia/filiere"]


@pytest.fixture(scope="module")
def schema():
    """The official schema, without the import of a file that nobody has; nothing of it is used."""
    lines = (DATA / "RNA_misura.xsd").read_text("utf-8").splitlines()
    return xmlschema.XMLSchema("\n".join(line for line in lines if "xsd:import" not in line))


OBJECTIVE = Obiettivo(
    1, "De Minimis", "CE2831/23", "Reg. UE 2831/2023  de minimis generale", 842030, "PMI", 50, None, "NO"
)
GIVEN = {
    "car_padre": "99901", "cod_amm": "1", "cod_autorita": "1", "des_autorita": "Ente di prova", "cod_uff_gestore": 1,
    "denominazione_uff_gestore": "Ufficio", "stato_membro": "Italia", "car": "99901", "link_aiuto": "https://example.org/m",
    "data_inizio_misura": dt.datetime(2026, 1, 1), "data_fine_misura": dt.datetime(2026, 12, 31), "cod_tipo_misura": 1,  # noqa: DTZ001
    "des_tipo_misura": "Regime di aiuti", "flag_modifica_regime_o_esistente": False,
    "autorita_concedente_trasp_ce": "Ente di prova", "flag_quadro": False, "lista_status_finalita_reg": (),
    "lista_settori": [Settore("C", "Attività manifatturiere")], "lista_aree": [Area("ITC4", "Lombardia")],
    "lista_dotazioni": [Dotazione(2026, 1000000)], "lista_obiettivi": [OBJECTIVE],
    "lista_tipo_beneficiario": [DimBeneficiario(1, "Microimpresa")],
}  # fmt: skip


def for_rna(measure=MERCATI, **changes):
    settings = {"on": DAY, "instrument_codes": {"grant": 2}} | GIVEN | changes
    return measure_to_rna(measure, **{name: value for name, value in settings.items() if value != "left out"})


def subjects(caught):
    return {fault.subject for fault in caught.value.faults}


def test_a_header_fits_the_schema_and_reads_back(schema):
    written = for_rna()
    schema.validate(io.BytesIO(written))
    (measure,) = parse_rna_measures(io.BytesIO(written))
    assert measure == rna_measure(MERCATI, on=DAY, instrument_codes={"grant": 2}, **GIVEN)
    assert measure.titolo_misura == MERCATI.title
    assert measure.base_giuridica_nazionale == "Decreto 5678"
    assert measure.lista_strumenti == (
        Strumento(False, 9, "Prestito/Anticipo rimborsabile"),
        Strumento(False, 2, "Sovvenzione/Contributo in conto interessi"),
    )
    assert pickle.loads(pickle.dumps(measure)) == measure  # noqa: S301 - our own bytes


def test_the_acts_are_those_of_the_editions_up_to_the_day():
    settings = {"instrument_codes": None, "lista_strumenti": []}
    early = parse_rna_measures(io.BytesIO(for_rna(FILIERE, on="2022-06-01", **settings)))[0]
    late = parse_rna_measures(io.BytesIO(for_rna(FILIERE, on="2024-06-01", **settings)))[0]
    assert early.base_giuridica_nazionale == "DGR XI/5899; d.d.u.o. 2338"
    assert late.base_giuridica_nazionale == "DGR XI/5899; d.d.u.o. 2338; DGR del 30 novembre 2022; DGR XII/1586"


def test_everything_missing_is_told_at_once_by_its_element():
    with pytest.raises(BadFacts) as caught:
        measure_to_rna(MERCATI, on=DAY)
    required = {
        field.element for field in fields_of(RnaMeasure) if not field.optional
    } - {"TITOLO_MISURA", "BASE_GIURIDICA_NAZIONALE"}  # fmt: skip
    assert subjects(caught) == required
    told = {fault.subject: fault.message for fault in caught.value.faults}
    assert "18978747.97, and the schema takes no cents" in told["LISTA_DOTAZIONI"]
    assert "grant: COD_STRUMENTO may be 2, 3, 4, 5, 20, 37" in told["LISTA_STRUMENTI"]
    assert "say cod_tipo_misura=..." in told["COD_TIPO_MISURA"]


def test_a_whole_budget_is_taken_from_the_rulebook():
    piano = misure.catalogue()["lombardia/piano-export-2025"]
    written = for_rna(piano, instrument_codes=None, lista_strumenti=(), lista_dotazioni="left out")
    assert parse_rna_measures(io.BytesIO(written))[0].lista_dotazioni == (Dotazione(None, 1500000),)
    with pytest.raises(BadFacts) as caught:
        for_rna(FILIERE, instrument_codes=None, lista_dotazioni="left out")
    assert subjects(caught) == {"LISTA_DOTAZIONI", "LISTA_STRUMENTI"}


@pytest.mark.parametrize(("changes", "subject"), [
    ({"cod_uf_gestore": 1}, "cod_uf_gestore"),
    ({"cod_uff_gestore": "1"}, "COD_UFF_GESTORE"), ({"cod_uff_gestore": True}, "COD_UFF_GESTORE"),
    ({"cod_tipo_misura": 1.0}, "COD_TIPO_MISURA"), ({"flag_quadro": "NO"}, "FLAG_QUADRO"),
    ({"car": "a\x02"}, "CAR"), ({"car": 99901}, "CAR"), ({"lista_aree": "ITC4"}, "LISTA_AREE"),
    ({"lista_aree": ["ITC4"]}, "LISTA_AREE[1]"), ({"lista_aree": [Area("ITC4", None)]}, "LISTA_AREE[1].DES_AREA"),
    ({"lista_dotazioni": [Dotazione(2026, -1)]}, "LISTA_DOTAZIONI[1].IMPORTO"),
    ({"lista_dotazioni": [Dotazione(2026, Decimal("1.50"))]}, "LISTA_DOTAZIONI[1].IMPORTO"),
    ({"data_inizio_misura": dt.date(2026, 1, 1)}, "DATA_INIZIO_MISURA"),
    ({"data_inizio_misura": dt.datetime(2027, 1, 1)}, "DATA_FINE_MISURA"),  # noqa: DTZ001
    ({"data_inizio_val_quadro": dt.datetime(2027, 1, 1)}, "DATA_INIZIO_VAL_QUADRO"),  # noqa: DTZ001
    ({"importo_aiuto_ad_hoc": 0.5}, "IMPORTO_AIUTO_AD_HOC"), ({"importo_aiuto_ad_hoc": Decimal("NaN")}, "IMPORTO_AIUTO_AD_HOC"),
    ({"lista_misure_attuative": []}, "LISTA_MISURE_ATTUATIVE"),
    ({"instrument_codes": {"grant": 9}}, "instrument_codes"), ({"instrument_codes": {"grant": 77}}, "instrument_codes"),
    ({"instrument_codes": {"grant": 2, "guarantee": 10}}, "instrument_codes"),
    ({"lista_strumenti": [Strumento(False, 9, "Prestito")]}, "LISTA_STRUMENTI[1].DES_STRUMENTO"),
    ({"lista_obiettivi": [replaced(OBJECTIVE, des_procedimento="Notifica")]}, "LISTA_OBIETTIVI[1].DES_PROCEDIMENTO"),
    ({"lista_obiettivi": [replaced(OBJECTIVE, cod_regolamento="CE2831/2023")]}, "LISTA_OBIETTIVI[1].COD_REGOLAMENTO"),
    ({"titolo_misura": None}, "TITOLO_MISURA"), ({"on": "x"}, "on"),
])  # fmt: skip
def test_what_does_not_fit_is_told_by_its_element(changes, subject):
    with pytest.raises(BadFacts) as caught:
        for_rna(**changes)
    assert subjects(caught) == {subject}


def test_a_what_if_is_not_registered():
    for call in (for_rna, for_portal):
        with pytest.raises(BadFacts) as caught:
            call(MERCATI.vary(budget="1000000.00 EUR"))
        assert subjects(caught) == {"measure"}


def test_a_day_before_the_first_edition_has_no_header():
    with pytest.raises(NotEncoded, match="the law of 2020-01-01 is not encoded; the rules hold from 2025-04-18"):
        for_rna(on="2020-01-01")
    with pytest.raises(NotEncoded, match="the law of 2020-01-01 is not encoded; the rules hold from 2025-04-18"):
        for_portal(on="2020-01-01")


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32) | st.sampled_from("\t\n\r"),
    max_size=12,
)  # fmt: skip
whole = st.integers(-(2**63), 2**63 - 1)
BY_FORM = {
    ContentForm.TEXT: texts,
    ContentForm.WHOLE: whole,
    ContentForm.FLAG: st.booleans(),
    ContentForm.AMOUNT: st.decimals(-(10**12), 10**12, places=2),
    ContentForm.DAY: st.dates(),
    ContentForm.MOMENT: st.datetimes(
        timezones=st.none()
        | st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=1)), dt.timezone(-dt.timedelta(minutes=90))])
    ),
}


def drawn(kind):
    """Any value of a record of the schema."""
    fields = {}
    for field in fields_of(kind):
        if field.form is ContentForm.LIST:
            value = st.lists(drawn(field.kind), min_size=field.optional, max_size=2).map(tuple)
        elif kind is Dotazione and field.name == "importo":
            value = st.integers(0, 2**64 - 1)
        else:
            value = BY_FORM[field.form]
        fields[field.name] = st.none() | value if field.optional else value
    return st.builds(kind, **fields)


@settings(max_examples=50)
@given(st.lists(drawn(RnaMeasure), max_size=2))
def test_measures_written_are_read_back(measures):
    assert parse_rna_measures(io.BytesIO(write_rna_measures(measures))) == tuple(measures)


@settings(max_examples=25)
@given(drawn(RnaMeasure))
def test_measures_written_fit_the_schema(schema, measure):
    schema.validate(io.BytesIO(write_rna_measures([measure])))


@pytest.mark.parametrize("kind", [
    Area, Cofinanziamento, DimBeneficiario, Dotazione, MisuraAttuativa, Obiettivo, RnaMeasure, Settore, StatusFinalita, Strumento,
])  # fmt: skip
def test_the_fields_are_those_of_the_schema_in_its_order(kind, schema):
    types = {
        Cofinanziamento: "COFINANZIAMENTO_TYPE", DimBeneficiario: "DIM_BENEFICIARIO_TYPE", RnaMeasure: "MISURA_TYPE",
        MisuraAttuativa: "MISURA_ATTUATIVA_TYPE", StatusFinalita: "STATUS_FINALITA_REG_TYPE",
    }  # fmt: skip
    declared = schema.types[types.get(kind, f"{kind.__name__.upper()}_TYPE")].content
    assert [(field.element, field.optional) for field in fields_of(kind)] == [
        (element.local_name, element.min_occurs == 0) for element in declared.iter_elements()
    ]


MEASURE = rna_measure(MERCATI, on=DAY, instrument_codes={"grant": 2}, **GIVEN)
WRITTEN = write_rna_measures([MEASURE]).decode()


@pytest.mark.parametrize(("content", "words"), [
    (WRITTEN.replace("<CAR>99901</CAR>", ""), "measure 1: CAR: the element is missing"),
    (WRITTEN.replace("<CAR>99901</CAR>", "<CAR>1</CAR><CAR>2</CAR>"), "measure 1: CAR: it is told twice"),
    (WRITTEN.replace("<CAR>99901</CAR>", "<CAR><B/></CAR>"), "measure 1: CAR: elements stand inside it"),
    (WRITTEN.replace("FLAG_QUADRO>NO", "FLAG_QUADRO>Forse"), "FLAG_QUADRO: 'Forse' is neither SI nor NO"),
    (WRITTEN.replace(">1000000<", ">un milione<"), "LISTA_DOTAZIONI[1].IMPORTO: 'un milione' is no whole number"),
    (WRITTEN.replace("2026-12-31T00", "2026-02-30T00"), "DATA_FINE_MISURA: 2026-02-30 does not exist"),
    (WRITTEN.replace("2026-12-31T00:00:00", "2026-12-31"), "DATA_FINE_MISURA: '2026-12-31' is no moment"),
    (WRITTEN.replace("2026-12-31T00:", "2026-12-31T25:"), "DATA_FINE_MISURA: hour must be in 0..23"),
    (WRITTEN.replace("<CAR>", "<NUOVO/><CAR>"), "measure 1: NUOVO: the schema has no such element"),
    (WRITTEN.replace("AREA>", "ZONA>"), "LISTA_AREE: ZONA stands in it, and only AREA may"),
    (WRITTEN.replace("MISURA>", "AIUTO>"), "AIUTO stands where MISURA should"),
    (WRITTEN.replace(" xmlns=", " a="), "the root is LISTA_MISURE: it must be LISTA_MISURE with xmlns"),
    (WRITTEN[:-30], "it is no well-formed XML"), ("", "it is no well-formed XML"),
    (WRITTEN.replace("<LISTA_MISURE", "<!DOCTYPE x [<!ENTITY a 'b'>]><LISTA_MISURE"), "a document type and its entities are refused"),
])  # fmt: skip
def test_a_damaged_file_of_measures_is_told(content, words):
    with pytest.raises(BadFacts) as caught:
        parse_rna_measures(io.BytesIO(content.encode()))
    assert words in str(caught.value)


def test_control_characters_of_the_register_are_left_out():
    (measure,) = parse_rna_measures(io.BytesIO(WRITTEN.replace("<CAR>999", "<CAR>9\x029\x1a9").encode()))
    assert measure == MEASURE


# incentivi.gov.it

PORTAL = dict.fromkeys(INCENTIVI_FIELDS) | {
    "Descrizione": "Sostegno ai mercati esteri", "Obiettivo_Finalita": ["Internazionalizzazione"], "Regioni": ["Lombardia"],
    "Tipologia_Soggetto": ["Impresa"], "Codici_ATECO": ["C.10", "C.11"], "Agevolazione_Concedibile_max": "510000.00",
    "Data_ultimo_aggiornamento": "2026-11-22T10:00:00+01:00",
}  # fmt: skip
KNOWN = (
    "Titolo", "Data_apertura", "Data_chiusura", "Provvedimento_attuativo", "Forma_agevolazione", "Dimensioni",
    "Spesa_Ammessa_min", "Spesa_Ammessa_max", "Stanziamento_incentivo",
)  # fmt: skip


def for_portal(measure=MERCATI, **changes):
    settings = {"on": DAY} | {name: value for name, value in PORTAL.items() if name not in KNOWN} | changes
    return measure_to_incentivi(measure, **settings)


def test_a_measure_under_the_names_of_the_portal():
    record = for_portal(opening_hour="10:00", closing_hour="12:00")
    assert record == {
        "Titolo": MERCATI.title, "Descrizione": "Sostegno ai mercati esteri", "Obiettivo_Finalita": ["Internazionalizzazione"],
        "Data_apertura": "2025-06-03T00:00:00", "Data_chiusura": "2025-09-09T00:00:00",
        "Note_di_apertura_chiusura": "apertura alle ore 10:00, chiusura alle ore 12:00",
        "Dimensioni": ["Microimpresa", "Piccola Impresa", "Media Impresa"], "Tipologia_Soggetto": ["Impresa"],
        "Forma_agevolazione": ["Prestito/Anticipo rimborsabile", "Contributo/Fondo perduto"], "Spesa_Ammessa_min": "30000.00",
        "Spesa_Ammessa_max": "600000.00", "Agevolazione_Concedibile_max": "510000.00", "Codici_ATECO": "C.10;C.11;",
        "Regioni": ["Lombardia"], "Provvedimento_attuativo": "Decreto 5678", "Stanziamento_incentivo": "18978747.97",
        "Data_ultimo_aggiornamento": "2026-11-22T09:00:00Z",
    }  # fmt: skip
    assert json.loads(json.dumps(record)) == record


def test_what_the_rulebook_does_not_know_must_be_given_or_left_out():
    with pytest.raises(BadFacts) as caught:
        measure_to_incentivi(MERCATI, on=DAY)
    assert subjects(caught) == set(INCENTIVI_FIELDS) - set(KNOWN)
    with pytest.raises(BadFacts) as caught:
        measure_to_incentivi(FILIERE, on=DAY)
    assert subjects(caught) == set(INCENTIVI_FIELDS) - {"Titolo", "Data_chiusura", "Provvedimento_attuativo"}


def test_what_is_given_comes_before_what_is_known():
    assert for_portal(Data_chiusura="2025-10-01")["Data_chiusura"] == "2025-10-01T00:00:00"
    assert "Dimensioni" not in for_portal(Dimensioni=None)
    assert for_portal(Note_di_apertura_chiusura="Fino a esaurimento", closing_hour="12:00")[
        "Note_di_apertura_chiusura"
    ] == ("Fino a esaurimento; chiusura alle ore 12:00")
    assert for_portal(Regioni=["Lombardia", "Estero", "Lombardia"])["Regioni"] == ["Lombardia", "Estero"]


@pytest.mark.parametrize(("changes", "subject", "words"), [
    ({"Obiettivo_Finalita": ["Internazionalizazione"]}, "Obiettivo_Finalita", "did you mean 'Internazionalizzazione'?"),
    ({"Regioni": "Lombardia"}, "Regioni", "several texts"), ({"Regioni": []}, "Regioni", "empty"),
    ({"Regioni": [7]}, "Regioni", "text"), ({"Dimensione": []}, "Dimensione", "did you mean 'Dimensioni'?"),
    ({"Data_apertura": "2025-06-03T10:00"}, "Data_apertura", "not a date"),
    ({"Data_apertura": dt.datetime(2025, 6, 3, 10)}, "Data_apertura", "expected a date"),  # noqa: DTZ001
    ({"Data_apertura": "2026-01-01"}, "Data_chiusura", "earlier than"),
    ({"Spesa_Ammessa_min": "1.234,50"}, "Spesa_Ammessa_min", "comma"), ({"Spesa_Ammessa_min": 0.5}, "Spesa_Ammessa_min", "float"),
    ({"Spesa_Ammessa_min": "700000.00"}, "Spesa_Ammessa_max", "less than"),
    ({"Data_ultimo_aggiornamento": "2026-11-22"}, "Data_ultimo_aggiornamento", "offset"),
    ({"Data_ultimo_aggiornamento": "ieri"}, "Data_ultimo_aggiornamento", "no moment"),
    ({"opening_hour": "10"}, "opening_hour", "write 10:00"), ({"opening_hour": "24:00"}, "opening_hour", "write 10:00"),
    ({"Comuni": ["Milano;Lodi"]}, "Comuni", "semicolon"), ({"URL": " "}, "URL", "expected a text"),
    ({"Titolo": None}, "Titolo", "give it"), ({"ID_Incentivo": 1.5}, "ID_Incentivo", "number or a text"),
])  # fmt: skip
def test_what_the_portal_would_not_take(changes, subject, words):
    with pytest.raises(BadFacts) as caught:
        for_portal(**changes)
    (fault,) = caught.value.faults
    assert fault.subject == subject
    assert words in str(fault)


@pytest.mark.parametrize(("field", "size"), [
    ("Obiettivo_Finalita", 13), ("Dimensioni", 5), ("Forma_agevolazione", 6), ("Costi_Ammessi", 7), ("Tipologia_Soggetto", 16),
    ("Ambito_territoriale", 6), ("Regioni", 21),
])  # fmt: skip
def test_the_closed_vocabularies_are_whole(field, size):
    assert len(vocabulary(field)) == size
