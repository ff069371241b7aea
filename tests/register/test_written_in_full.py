# SPDX-License-Identifier: Apache-2.0
"""What is written for the register, letter by letter, and every value on the limit of what can be written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from misure.ground.errors import BadFacts
from misure.register import AidComponent, AidInstrument, AidRecord, aid_pieces, write_aids
from misure.register.aids.schema import Kind, Leaf
from misure.register.aids.writing import value_fault
from misure.register.files.markup import escaped, text_fault
from tests.register.samples import example, only

RECORD = only(example())
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<LISTA_AIUTI xmlns="http://www.rna.it/RNA_aiuto/schema">\n'
INSTRUMENT = AidInstrument(2, "A & <B>", 123450, 7)
COMPONENT = AidComponent("12", 1, None, None, None, None, None, None, "Delegata", ("C.10", "C.11"), (INSTRUMENT,))
FULL = AidRecord(
    "1", "T", None, "SA.1", "B", None, 3, "E", "5", None, None, "L", dt.date(2026, 3, 15), None, "A", None, "N", "CF", None, None,
    9, None, "MT", None, (COMPONENT, replace(COMPONENT, id="13", instruments=(), delegate=None, sectors=())),
)  # fmt: skip
WRITTEN = """\
  <AIUTO>
    <CAR>1</CAR>
    <TITOLO_MISURA>T</TITOLO_MISURA>
    <DES_TIPO_MISURA>n.d.</DES_TIPO_MISURA>
    <COD_CE_MISURA>SA.1</COD_CE_MISURA>
    <BASE_GIURIDICA_NAZIONALE>B</BASE_GIURIDICA_NAZIONALE>
    <LINK_TESTO_INTEGRALE_MISURA>n.d.</LINK_TESTO_INTEGRALE_MISURA>
    <IDENTIFICATIVO_UFFICIO>3</IDENTIFICATIVO_UFFICIO>
    <SOGGETTO_CONCEDENTE>E</SOGGETTO_CONCEDENTE>
    <COR>5</COR>
    <TITOLO_PROGETTO>n.d.</TITOLO_PROGETTO>
    <DESCRIZIONE_PROGETTO>n.d.</DESCRIZIONE_PROGETTO>
    <LINK_TRASPARENZA_NAZIONALE>L</LINK_TRASPARENZA_NAZIONALE>
    <DATA_CONCESSIONE>2026-03-15</DATA_CONCESSIONE>
    <CUP>n.d.</CUP>
    <ATTO_CONCESSIONE>A</ATTO_CONCESSIONE>
    <DENOMINAZIONE_BENEFICIARIO>N</DENOMINAZIONE_BENEFICIARIO>
    <CODICE_FISCALE_BENEFICIARIO>CF</CODICE_FISCALE_BENEFICIARIO>
    <DES_TIPO_BENEFICIARIO>n.d.</DES_TIPO_BENEFICIARIO>
    <REGIONE_BENEFICIARIO>n.d.</REGIONE_BENEFICIARIO>
    <IDENTIFICATIVO_MISURA_ATTUATIVA>9</IDENTIFICATIVO_MISURA_ATTUATIVA>
    <MISURA_ATTUATIVA_TITOLO>MT</MISURA_ATTUATIVA_TITOLO>
    <COMPONENTI_AIUTO>
      <COMPONENTE_AIUTO>
        <ID_COMPONENTE_AIUTO>12</ID_COMPONENTE_AIUTO>
        <COD_PROCEDIMENTO>1</COD_PROCEDIMENTO>
        <DES_PROCEDIMENTO>n.d.</DES_PROCEDIMENTO>
        <COD_REGOLAMENTO>n.d.</COD_REGOLAMENTO>
        <DES_REGOLAMENTO>n.d.</DES_REGOLAMENTO>
        <COD_OBIETTIVO>n.d.</COD_OBIETTIVO>
        <DES_OBIETTIVO>n.d.</DES_OBIETTIVO>
        <ENTITA_DELEGATA>Delegata</ENTITA_DELEGATA>
        <SETTORE_ATTIVITA>C.10, C.11</SETTORE_ATTIVITA>
        <STRUMENTI_AIUTO>
          <STRUMENTO_AIUTO>
            <COD_STRUMENTO>2</COD_STRUMENTO>
            <DES_STRUMENTO>A &amp; &lt;B&gt;</DES_STRUMENTO>
            <ELEMENTO_DI_AIUTO>1234.50</ELEMENTO_DI_AIUTO>
            <IMPORTO_NOMINALE>0.07</IMPORTO_NOMINALE>
          </STRUMENTO_AIUTO>
        </STRUMENTI_AIUTO>
      </COMPONENTE_AIUTO>
      <COMPONENTE_AIUTO>
        <ID_COMPONENTE_AIUTO>13</ID_COMPONENTE_AIUTO>
        <COD_PROCEDIMENTO>1</COD_PROCEDIMENTO>
        <DES_PROCEDIMENTO>n.d.</DES_PROCEDIMENTO>
        <COD_REGOLAMENTO>n.d.</COD_REGOLAMENTO>
        <DES_REGOLAMENTO>n.d.</DES_REGOLAMENTO>
        <COD_OBIETTIVO>n.d.</COD_OBIETTIVO>
        <DES_OBIETTIVO>n.d.</DES_OBIETTIVO>
        <SETTORE_ATTIVITA>n.d.</SETTORE_ATTIVITA>
        <STRUMENTI_AIUTO>
        </STRUMENTI_AIUTO>
      </COMPONENTE_AIUTO>
    </COMPONENTI_AIUTO>
  </AIUTO>
"""


def test_a_file_letter_by_letter():
    assert write_aids([FULL]).decode() == f"{HEAD}{WRITTEN}</LISTA_AIUTI>\n"
    assert write_aids([]).decode() == f"{HEAD}</LISTA_AIUTI>\n"
    assert [piece.decode() for piece in aid_pieces([FULL, FULL])] == [HEAD, WRITTEN, WRITTEN, "</LISTA_AIUTI>\n"]
    assert b"COMPONENTI_AIUTO" not in write_aids([replace(FULL, components=())])


@pytest.mark.parametrize(("text", "content"), [
    ("&<>", "&amp;&lt;&gt;"), ("a\rb\nc\td", "a&#13;b\nc\td"), ('"\'', '"\''), ("&amp;", "&amp;amp;"), ("", ""),
])  # fmt: skip
def test_a_text_as_content(text, content):
    assert escaped(text) == content


@pytest.mark.parametrize("text", ["", " ", "\t\n\r", "\ud7ff", "\ue000", "\ufffd", "\U00010000", "\U0010ffff", "è"])
def test_a_text_that_xml_can_hold(text):
    assert text_fault(text) is None


@pytest.mark.parametrize(("text", "fault"), [
    ("\x00", "the character U+0000 cannot stand in XML"), ("a\x0bb", "the character U+000B cannot stand in XML"),
    ("\x1f", "the character U+001F cannot stand in XML"), ("\ud800", "the character U+D800 cannot stand in XML"),
    ("\udfff", "the character U+DFFF cannot stand in XML"), ("\ufffe", "the character U+FFFE cannot stand in XML"),
    (7, "expected a text; got 7"), (None, "expected a text; got nothing"), (b"x", "expected a text; got bytes"),
])  # fmt: skip
def test_a_text_that_xml_cannot_hold(text, fault):
    assert text_fault(text) == fault


MOST = 10**18 - 1
VALUES = [
    (Kind.TEXT, " a ", None), (Kind.TEXT, "n.d.", "'n.d.' would be read as nothing told: write None"),
    (Kind.TEXT, " ", "' ' would be read as nothing told: write None"), (Kind.CODE, "a b", None),
    (Kind.CODE, "a ", "'a ' has blanks at its ends, which a code has not"), (Kind.CODE, 7, "expected a text; got 7"),
    (Kind.DIGITS, "0", None), (Kind.DIGITS, "9" * 18, None),
    (Kind.DIGITS, "9" * 19, f"'{'9' * 19}' is no whole number without zeros before it, written as text"),
    (Kind.DIGITS, "01", "'01' is no whole number without zeros before it, written as text"),
    (Kind.DIGITS, 1, "1 is no whole number without zeros before it, written as text"),
    (Kind.WHOLE, 0, None), (Kind.WHOLE, MOST, None), (Kind.WHOLE, -MOST, None),
    (Kind.WHOLE, MOST + 1, f"{MOST + 1} is no whole number of at most 18 digits"),
    (Kind.WHOLE, -MOST - 1, f"{-MOST - 1} is no whole number of at most 18 digits"),
    (Kind.WHOLE, True, "true is no whole number of at most 18 digits"), (Kind.WHOLE, "1", "'1' is no whole number of at most 18 digits"),
    (Kind.MONEY, 0, None), (Kind.MONEY, MOST, None), (Kind.MONEY, -1, "-1 is no amount in cents"),
    (Kind.MONEY, MOST + 1, f"{MOST + 1} is no amount in cents"), (Kind.MONEY, False, "false is no amount in cents"),
    (Kind.MONEY, "1.00", "'1.00' is no amount in cents"), (Kind.DAY, dt.date(2026, 1, 1), None),
    (Kind.DAY, "2026-02-30", "2026-02-30 does not exist: February 2026 has 28 days"), (Kind.DAY, None, "expected a date; got nothing"),
    (Kind.SECTORS, ("C.10", "x"), None), (Kind.SECTORS, ("a,b",), "a code has a comma, which parts one code from the next"),
    (Kind.SECTORS, ("a", "b,"), "a code has a comma, which parts one code from the next"),
    (Kind.SECTORS, ("a ",), "'a ' has blanks at its ends, which a code has not"), (Kind.SECTORS, ("",), "'' would be read as nothing told: write None"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "fault"), VALUES, ids=range(len(VALUES)))
def test_a_value_on_the_limit_of_what_can_be_written(kind, value, fault):
    assert value_fault(value, Leaf("X", kind)) == fault


UNKNOWN = "it is not known, and the schema has no way to say so"
FAULTS = [
    (replace(FULL, cor=None), ["record 2 (COR None): COR: " + UNKNOWN]),
    (replace(FULL, granted_on=None), ["record 2 (COR 5): DATA_CONCESSIONE: " + UNKNOWN]),
    (replace(FULL, office=None), ["record 2 (COR 5): IDENTIFICATIVO_UFFICIO: " + UNKNOWN]),
    (replace(FULL, components=(replace(COMPONENT, id=None, procedure_code=None, instruments=(AidInstrument(None, None, None, None),)),)),
     [f"record 2 (COR 5): {name}: {UNKNOWN}" for name in ("COD_PROCEDIMENTO", "COD_STRUMENTO", "ELEMENTO_DI_AIUTO", "ID_COMPONENTE_AIUTO", "IMPORTO_NOMINALE")]),
    (replace(FULL, components=[COMPONENT]), ["record 2 (COR 5): COMPONENTI_AIUTO: expected a tuple of AidComponent; got "]),
    (replace(FULL, components=(INSTRUMENT,)), ["record 2 (COR 5): COMPONENTI_AIUTO: expected a tuple of AidComponent; got "]),
    (replace(FULL, components=(replace(COMPONENT, instruments=(COMPONENT,)),)), ["record 2 (COR 5): STRUMENTI_AIUTO: expected a tuple of AidInstrument; got "]),
    (replace(FULL, cor="x" * 40), [f"record 2 (COR {'x' * 20}): COR: "]),
    ("no record", ["record 2: expected an AidRecord; got 'no record'"]),
]  # fmt: skip


@pytest.mark.parametrize(("record", "faults"), FAULTS, ids=range(len(FAULTS)))
def test_what_cannot_be_written_is_told_by_record_and_element(record, faults):
    with pytest.raises(BadFacts) as caught:
        write_aids([FULL, record, replace(FULL, cor="y")])
    told = [str(fault).removeprefix("<aids>: ") for fault in caught.value.faults]
    assert len(told) == len(faults)
    assert all(one.startswith(begins) for one, begins in zip(told, faults, strict=True))
