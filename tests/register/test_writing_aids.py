# SPDX-License-Identifier: Apache-2.0
"""Records written and read again are the records; what is written fits the register's schema."""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from misure.ground.errors import BadFacts
from misure.register import AidComponent, AidInstrument, AidRecord, aid_pieces, write_aids
from misure.register.aids.texts import told
from tests.register.samples import aid, example, only, reading

SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "data" / "RNA_aiuto.xsd")

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32) | st.sampled_from("\t\n\r"),
    min_size=1, max_size=30,
).filter(lambda text: told(text) is not None)  # fmt: skip
free = st.none() | texts
codes = st.none() | texts.map(str.strip).filter(lambda text: told(text) is not None)
numbers = st.integers(-(10**18) + 1, 10**18 - 1)
digits = st.integers(0, 10**18 - 1).map(str)
cents = st.integers(0, 10**15)
instruments = st.builds(AidInstrument, numbers, free, cents, cents)
sectors = st.lists(st.from_regex(r"[A-U]\.[0-9]{2}\.[0-9]", fullmatch=True), max_size=4).map(tuple)
components = st.builds(
    AidComponent, digits, numbers, free, codes, free, codes, free, free, free, sectors,
    st.lists(instruments, max_size=3).map(tuple),
)  # fmt: skip
records = st.builds(
    AidRecord, codes, free, free, codes, free, free, numbers, free, digits, free, free, free, st.dates(), codes, free, free,
    free, codes, codes, free, st.none() | numbers, free, free, free, st.lists(components, max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(records, max_size=3))
def test_what_is_written_is_read_back(given_records):
    found = reading(write_aids(given_records))
    assert list(found) == given_records
    assert found.complete


@settings(max_examples=25)
@given(st.lists(records, min_size=1, max_size=2))
def test_what_is_written_fits_the_schema(given_records):
    SCHEMA.validate(io.BytesIO(write_aids(given_records)))


def test_the_worked_example_is_written_as_the_register_writes_it():
    record = only(example())
    written = write_aids([record])
    SCHEMA.validate(io.BytesIO(written))
    assert b"<CUP>n.d.</CUP>" in written
    assert b"<ELEMENTO_DI_AIUTO>4000.00</ELEMENTO_DI_AIUTO>" in written
    assert b"COD_CE_MISURA" not in written
    assert list(reading(written)) == [record]


def test_pieces_come_one_by_one():
    pieces = aid_pieces(only(example()) for _ in range(2))
    assert len(list(pieces)) == 4


RECORD = only(example())


@pytest.mark.parametrize(("changes", "subject"), [
    ({"project_title": "a\x02b"}, "TITOLO_PROGETTO: the character U+0002 cannot stand in XML"),
    ({"project_title": "a\ud800b"}, "TITOLO_PROGETTO: the character U+D800 cannot stand in XML"),
    ({"project_title": " N.D. "}, "TITOLO_PROGETTO: ' N.D. ' would be read as nothing told: write None"),
    ({"project_title": 7}, "TITOLO_PROGETTO: expected a text; got 7"),
    ({"car": " 1"}, "CAR: ' 1' has blanks at its ends, which a code has not"),
    ({"cor": "007"}, "COR: '007' is no whole number without zeros before it, written as text"),
    ({"cor": None}, "COR: it is not known, and the schema has no way to say so"),
    ({"office": None}, "IDENTIFICATIVO_UFFICIO: it is not known, and the schema has no way to say so"),
    ({"office": True}, "IDENTIFICATIVO_UFFICIO: true is no whole number of at most 18 digits"),
    ({"granted_on": 7}, "DATA_CONCESSIONE: expected a date; got 7"),
    ({"granted_on": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "DATA_CONCESSIONE: expected a date"),
    ({"components": None}, "COMPONENTI_AIUTO: expected a tuple of AidComponent; got nothing"),
    ({"components": (AidComponent("1", 1, None, None, None, None, None, None, None, ("A,B",), ()),)}, "SETTORE_ATTIVITA: a code has a comma"),
    ({"components": (AidComponent("1", 1, None, None, None, None, None, None, None, (), (AidInstrument(2, None, -1, 0.5),)),)},
     "ELEMENTO_DI_AIUTO: -1 is no amount in cents"),
])  # fmt: skip
def test_what_cannot_be_written_is_told(changes, subject):
    with pytest.raises(BadFacts) as caught:
        write_aids([RECORD, replace(RECORD, **changes)])
    assert caught.value.faults[0].message.startswith(subject)
    assert caught.value.faults[0].subject.startswith("record 2")


def test_everything_that_cannot_be_written_is_told_at_once():
    with pytest.raises(BadFacts) as caught:
        write_aids([replace(RECORD, cor="x", office=None, project_title="")])
    assert len(caught.value.faults) == 3
    with pytest.raises(BadFacts, match="record 1: expected an AidRecord; got 'no record'"):
        write_aids(["no record"])


def test_the_samples_fit_the_schema():
    SCHEMA.validate(io.BytesIO(write_aids([only(aid())])))
