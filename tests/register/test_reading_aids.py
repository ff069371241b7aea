# SPDX-License-Identifier: Apache-2.0
"""What the records of the register's files say: the worked vectors RN-1 to RN-10, and the rules behind them."""

import datetime as dt
import gc
import pickle
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest

from misure import Range
from misure.ground.errors import BadFacts
from misure.register import AidInstrument
from misure.register.codes import code_rows
from tests.register.samples import (
    GRANT,
    NAMESPACE,
    aid,
    component,
    document,
    example,
    instrument,
    made_component,
    only,
    plain,
    reading,
)  # fmt: skip


def test_RN_1_the_element_of_aid_counts_and_never_the_nominal_amount():
    record = only(example())
    assert record.aid_under("gen") == Decimal("16000.00")
    assert len(record.rows) == 2
    assert [(part.id, form.aid, form.nominal) for part, form in record.rows] == [
        ("90000002", Decimal("12000.00"), Decimal("12000.00")), ("90000002", Decimal("4000.00"), Decimal("50000.00")),
    ]  # fmt: skip
    assert record.granted_on == dt.date(2026, 3, 15)
    assert (record.cor, record.car, record.office, record.codice_fiscale) == ("90000001", "99901", 1, "01234560157")
    (part,) = record.components
    assert (part.procedure, part.regulation, part.objective) == ("deminimis", "gen", "sme")
    assert part.regulation_text == "Reg. UE 2831/2023  de minimis generale"
    assert [form.kind for form in part.instruments] == ["grant", "loan"]
    assert record.beneficiary_size == "micro"
    assert record.warnings == ()


def test_RN_2_the_namespace_is_mandatory():
    content = document(example(), namespace="")
    with pytest.raises(BadFacts) as caught:
        list(reading(content))
    (fault,) = caught.value.faults
    assert NAMESPACE in fault.message
    assert 'namespace="lenient"' in fault.message
    assert fault.place.line == 2


def test_RN_2_read_leniently_with_a_warning():
    found = reading(document(example(), namespace=""), namespace="lenient")
    assert [record.aid_under("gen") for record in found] == [Decimal("16000.00")]
    assert found.report.warned("foreign_namespace") == 1
    assert found.complete


def test_RN_4_an_aid_without_components_has_no_known_amount():
    record = only(aid())
    assert record.aid_under("gen") is None
    assert record.aid_by_regulation() == {}
    assert record.warnings == ("no_components",)
    assert only(aid(extra="<COMPONENTI_AIUTO/>")).warnings == ("no_components",)


def test_RN_5_components_of_two_regulations_are_kept_apart():
    record = only(aid(
        component(instrument(aid="10000.00", nominal="10000.00")),
        component(instrument(aid="90000.00", nominal="90000.00"), id_="90000003", procedure="3", code="CE651/2014"),
    ))  # fmt: skip
    assert record.aid_by_regulation() == {"gen": Decimal("10000.00"), "gber": Decimal("90000.00")}
    assert (record.aid_under("gen"), record.aid_under("gber"), record.aid_under("agri")) == (
        Decimal("10000.00"), Decimal("90000.00"), Decimal("0.00"),
    )  # fmt: skip


@pytest.mark.parametrize(("written", "groups"), [
    ("I.55.2, I.56.1", ("I.55.2", "I.56.1")),
    ("I.56.1", ("I.56.1",)),
    (" C.10.7 ,C.10.8,, ", ("C.10.7", "C.10.8")),
    ("n.d.", ()), ("", ()),
    (", ".join(f"C.{group}.1" for group in range(10, 34)), tuple(f"C.{group}.1" for group in range(10, 34))),
])  # fmt: skip
def test_RN_7_several_groups_of_nace_in_one_text(written, groups):
    assert only(aid(component(instrument(), sectors=written))).components[0].sectors == groups


def test_RN_8_an_element_above_the_nominal_amount_is_a_warning():
    found = reading(aid(component(instrument("10", "Garanzia", "500.00", "1.00"))))
    (record,) = found
    assert record.aid_under("gen") == Decimal("500.00")
    assert record.warnings == ("element_gt_nominal",)
    assert found.report.warned("element_gt_nominal") == 1
    assert found.complete


@pytest.mark.parametrize(("written", "cup"), [
    ("n.d.", None), ("N.D.", None), (" n.d. ", None), ("", None), ("   ", None), (" E44E20000140007 ", "E44E20000140007"),
])  # fmt: skip
def test_RN_10_not_told_is_none(written, cup):
    assert only(example(cup=written)).cup == cup


@pytest.mark.parametrize(
    "written", ["n.d.", "\n      n.d.\n    ", "n.d.\n        ", "\n        n.d.", "N.D.\u00a0\u00a0\u00a0\u00a0\u00a0"]
)
def test_not_told_in_a_file_that_is_laid_out_is_none_everywhere(written):
    record = only(example(cf=written, cup=written, REGIONE_BENEFICIARIO=written, DES_TIPO_BENEFICIARIO=written))
    assert (record.codice_fiscale, record.cup, record.region, record.beneficiary_type) == (None, None, None, None)
    assert record.warnings == ("no_beneficiary",)
    kept = only(example(REGIONE_BENEFICIARIO="\n        Lombardia\n"))
    assert kept.region == "\n        Lombardia\n"


def test_what_is_not_told_of_an_amount_is_unknown_and_not_nothing():
    record = only(aid(component(instrument(aid="n.d."), instrument(*GRANT))))
    assert record.aid_under("gen") is None
    assert record.warnings == ("no_amount", "repeated_instrument")
    assert only(aid(component())).aid_under("gen") is None


def test_aid_of_an_unknown_code_may_fall_under_any_regulation_of_its_procedure():
    record = only(aid(
        component(instrument(aid="10.00", nominal="10.00")),
        component(instrument(aid="5.00", nominal="5.00"), id_="3", code="CE9999/99"),
    ))  # fmt: skip
    assert record.components[1].regulation is None
    assert record.components[1].regulation_code == "CE9999/99"
    assert record.aid_under("gen") == Range(Decimal("10.00"), Decimal("15.00"))
    assert record.aid_under("sgei") == Range(Decimal("0.00"), Decimal("5.00"))
    assert record.aid_under("gber") == Decimal("0.00")
    assert record.aid_by_regulation() == {"gen": Decimal("10.00"), None: Decimal("5.00")}
    assert "unknown_regulation" in record.warnings


def test_an_unknown_regulation_may_be_damage():
    content = aid(component(instrument(), code="CE9999/99"))
    assert len(list(reading(content))) == 1
    with pytest.raises(
        BadFacts, match=r"record 1 \(COR 90000001\): byte \d+: COD_REGOLAMENTO: no known regulation.*CE9999/99"
    ):
        list(reading(content, unknown_regulations="fault"))


@pytest.mark.parametrize(("code", "text", "kind"), [
    ("2", "x", "grant"), ("37", "x", "grant"), ("9", "x", "loan"), ("10", "x", "guarantee"), ("12", "x", "risk_finance"),
    ("36", "x", "tax_relief"), ("6", "x", None), ("9000", "Voucher", None), ("n.d.", "n.d.", None),
    ("9017", "Bonus (Categoria: Sovvenzione/Contributo in conto interessi)", "grant"),
    ("9018", "Bonus (Categoria: Garanzia (se del caso con un riferimento alla decisione della Commissione (10)))", "guarantee"),
    ("9019", "Bonus (Categoria: Altro)", None),
])  # fmt: skip
def test_the_form_of_an_aid(code, text, kind):
    assert only(aid(component(instrument(code, text)))).components[0].instruments[0].kind == kind


@pytest.mark.parametrize(("code", "regulation"), [
    ("CE2831/23", "gen"), ("CE2832/23", "sgei"), ("CE1407/13", "gen"), ("CE651/2014", "gber"), ("CE800/08", "gber"),
    ("CE1589/15", "notified"), ("CE20122011", "sgei_decision"), ("CE1890-2.1/22", "ukraine_framework"),
    ("CE1863-3.10/20", "covid_framework"), ("CE1863-3.11/20", None), ("ce2831/23", None),
])  # fmt: skip
def test_the_regulations_by_code(code, regulation):
    assert made_component(code).regulation == regulation


def test_no_code_stands_before_the_year_of_its_act():
    for code, row in code_rows("regulations").items():
        if "/" in code:  # the year stands after the stroke, in two figures or four
            year = int(code.rpartition("/")[2])
            assert dt.date.fromordinal(row.since).year >= (year if year > 99 else 2000 + year), code


@pytest.mark.parametrize(("written", "cents"), [
    ("12000.00", 1_200_000), ("12000", 1_200_000), ("12000.5", 1_200_050), (" .5 ", 50), ("+7.", 700), ("007.10", 710),
    ("1.000", 100), ("-0.00", 0), ("0", 0),
])  # fmt: skip
def test_amounts_as_xml_schema_writes_them(written, cents):
    (form,) = only(aid(component(instrument(aid=written, nominal="99999.00")))).components[0].instruments
    assert form.aid_cents == cents


def test_a_fraction_of_a_cent_counts_whole_and_is_told():
    found = reading(aid(component(instrument(aid="10.001"))))
    assert next(found).aid_under("gen") == Decimal("10.01")
    assert found.report.warned("raised_to_cent") == 1


@pytest.mark.parametrize("written", ["2026-03-15", "2026-03-15Z", "2026-03-15+01:00", " 2026-03-15-05:00 "])
def test_the_zone_of_a_date_does_not_move_the_day(written):
    assert only(example(day=written)).granted_on == dt.date(2026, 3, 15)


def test_control_characters_are_left_out_and_counted():
    content = document(example(TITOLO_MISURA="Mi\x02su\x1ara"), example(cor="90000009", TITOLO_PROGETTO="\x10\x00Pro"))
    content = content.replace(b"</AIUTO>", b"</AIU\x02TO>", 1)
    found = reading(content)
    records = list(found)
    assert [record.measure_title for record in records] == ["Misura", "Misura di prova Lombardia"]
    assert records[1].project_title == "Pro"
    assert found.report.warned("control_bytes") == 5
    (warning,) = [oddity for oddity in found.report.warnings if oddity.kind == "control_bytes"]
    assert "0x00 1 times, 0x02 2 times, 0x10 1 times, 0x1A 1 times" in warning.examples[0].message
    assert found.complete


def test_entities_of_xml_itself_and_sections_of_characters_are_texts():
    record = only(
        example(TITOLO_PROGETTO="A &amp; B &lt;&#67;", DESCRIZIONE_PROGETTO="<![CDATA[x </AIUTO> <AIUTO> y]]>")
    )
    assert record.project_title == "A & B <C"
    assert record.project_description == "x </AIUTO> <AIUTO> y"


def test_comments_between_records_hide_nothing():
    content = document(
        "<!-- </AIUTO> -->\n", plain("1"), "<!-- <AIUTO> </AIUTO> <AIUTO> -->", plain("2"), "<?pi </AIUTO>?>"
    )
    found = reading(content)
    assert [record.cor for record in found] == ["1", "2"]
    assert found.complete


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "windows-1252"])
def test_the_encoding_is_the_one_that_the_file_names(encoding):
    content = document(example(TITOLO_PROGETTO="Perché")).decode().replace("UTF-8", encoding).encode(encoding)
    assert only(content).project_title == "Perché"


def test_a_prefix_is_as_good_as_a_default_namespace():
    content = document(example(), plain("2")).decode().replace("<", "<r:").replace("<r:/", "</r:").replace("<r:?", "<?")
    content = content.replace("xmlns=", "xmlns:r=").replace("</r:AIUTO>", "</r:AIUTO  >").encode()
    assert [record.cor for record in reading(content)] == ["90000001", "2"]


def test_elements_that_the_schema_does_not_have_are_told_and_not_read():
    found = reading(document("<NUOVO><X>1</X></NUOVO>", example(extra="<ALTRO><Y/></ALTRO>")))
    assert next(found).aid_under("gen") == Decimal("16000.00")
    assert list(found) == []
    assert found.report.warned("unknown_element") == 2
    assert found.complete


def test_elements_that_the_schema_asks_for_and_that_are_missing_are_told():
    found = reading(example(without=("CAR", "CUP")))
    assert next(found).car is None
    assert found.report.warned("missing_element") == 2


def test_a_procedure_that_is_not_of_the_regulation_is_told():
    assert made_component("CE2831/23", procedure=3).regulation == "gen"
    assert "procedure_not_of_regulation" in only(aid(component(instrument(), procedure="3"))).warnings


def test_a_file_without_an_aid_is_told():
    found = reading(document())
    assert list(found) == []
    assert found.report.warned("no_records") == 1
    found = reading(f'<LISTA_AIUTI xmlns="{NAMESPACE}"/>'.encode())
    assert list(found) == []
    assert found.complete


def test_a_record_is_a_value():
    record = only(example())
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own bytes
    assert hash(record) == hash(only(example()))
    with pytest.raises(AttributeError, match="cannot assign to field 'cor'"):
        record.cor = "1"


def test_an_instrument_from_euros():
    assert AidInstrument.of(9, "Prestito", "4000.00", None) == AidInstrument(9, "Prestito", 400_000, None)
    with pytest.raises(BadFacts) as caught:
        AidInstrument.of(9, "Prestito", -1, 0.5)
    assert [fault.subject for fault in caught.value.faults] == ["aid", "nominal"]


def alive():
    return sum(isinstance(each, Element) for each in gc.get_objects())


def test_records_that_were_read_leave_no_trees_behind():
    before = alive()
    found = reading(document(*(plain(str(number)) for number in range(2000))))
    for _ in range(1900):
        next(found)
    assert alive() - before < 200  # a record has some thirty
