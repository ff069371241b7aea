# SPDX-License-Identifier: Apache-2.0
"""What XML forbids and the register writes all the same is left out, as a byte and as a reference, and the record is kept."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts
from misure.register import parse_rna_measures, read_aids, read_ledger
from misure.register.aids.stream import RecordStream
from misure.register.files.characters import Strainer, as_written, strained
from misure.register.files.sources import Document, Limits
from tests.register.samples import document, example, reading

FORMS = ("&#2;", "&#x2;", "&#26;", "&#16;", "&#0;", "&#11;", "&#31;", "&#65535;", "&#55296;", "&#x1A;", "&#0000002;",
         "&#xFFFE;", "&#1114112;", "&#99999999999999999999;", "\x02")  # fmt: skip
ALLOWED = ("&#9;", "&#10;", "&#13;", "&#32;", "&#x20;", "&#55295;", "&#57344;", "&#65533;", "&#65536;", "&#1114111;")


@pytest.mark.parametrize("form", FORMS)
def test_a_forbidden_character_is_left_out_and_the_record_kept(form):
    found = reading(document(example(TITOLO_PROGETTO=f"A{form}B"), example(cor="90000009")))
    records = list(found)
    assert [record.project_title for record in records] == ["AB", "Progetto"]
    assert records[0].codice_fiscale == "01234560157"
    assert found.complete
    assert found.report.warned("control_bytes") == 1


def test_the_ledger_loses_nothing_by_it():
    clean, odd = (io.BytesIO(document(example(DENOMINAZIONE_BENEFICIARIO=name))) for name in ("AB", "A&#2;B"))
    assert read_ledger(odd, complete_by="x")[0] == read_ledger(clean, complete_by="x")[0]


def test_what_was_left_out_is_told_by_name():
    found = reading(document(example(TITOLO_PROGETTO="A&#2;\x02B&#x2;&#x110000;&#1114113;")))
    list(found)
    (oddity,) = [oddity for oddity in found.report.warnings if oddity.kind == "control_bytes"]
    assert oddity.count == 5
    assert oddity.examples[0].message == (
        "XML forbids them, and they were left out: 0x02 1 times, &#2; 2 times, references beyond Unicode 2 times"
    )


@pytest.mark.parametrize("form", ALLOWED)
def test_an_allowed_reference_stays(form):
    character = chr(int(form[3:-1], 16) if form[2] == "x" else int(form[2:-1]))
    found = reading(document(example(TITOLO_PROGETTO=f"A{form}B")))
    assert [record.project_title for record in found] == [f"A{character}B"]
    assert not found.report.warned("control_bytes")


def test_a_text_that_only_looks_like_a_reference_stays():
    found = reading(
        document("<!-- &#2; -->", example(TITOLO_PROGETTO="<![CDATA[A&#2;B]]>", DESCRIZIONE_PROGETTO="C&#2;"))
    )
    (record,) = found
    assert (record.project_title, record.project_description) == ("A&#2;B", "C")
    assert found.report.warned("control_bytes") == 1


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_references_left_out_do_not_move_what_comes_after(size):
    odd = example(
        TITOLO_PROGETTO="A&#2;\x02B&#x0000001F;", DATA_CONCESSIONE="&#2;2026-13-99", cor="1", day="2026-13-99"
    )
    content = document(example(cor="7", TITOLO_PROGETTO="&#2;\nx"), odd, example(cor="8"))
    pieces = (content[at : at + size] for at in range(0, len(content), size))
    stream = RecordStream(Document("x", pieces), lenient=False, limits=Limits())
    places = [stream.place()[1] for _ in stream]
    starts = [at for at in range(len(content)) if content.startswith(b"<AIUTO>", at)]
    assert places == starts


def test_a_broken_record_between_keeps_its_place_and_the_next_is_strained():
    broken = example(cor="5", TITOLO_PROGETTO="&#2;<!-- x").replace("</TITOLO_PROGETTO>", "")
    content = document(
        example(cor="7", TITOLO_PROGETTO="&#2;"), broken, "--></AIUTO>", example(cor="8", TITOLO_PROGETTO="&#3;Z")
    )
    found = read_aids(io.BytesIO(content), skip_damaged=True)
    records = list(found)
    assert records[0].cor == "7"
    assert records[-1].project_title == "Z"


def naive(text: bytes) -> bytes:
    """The same, of the whole at once."""
    return Strainer().strain(text)


PARTS = st.sampled_from([b"&#2;", b"&#x41;", b"&", b";", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>", b"x", b"\x02",
                         b"</A>", b"<A>", b"#2;", b"]]", b"--", b"\n"])  # fmt: skip


@given(st.lists(PARTS, max_size=30), st.integers(1, 9))
def test_where_the_pieces_end_makes_no_difference(parts, size):
    text = b"".join(parts)
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    assert b"".join(strained(iter(pieces), Strainer())) == naive(text)


@pytest.mark.parametrize("text", [
    b"&#2;" * 5, b"&#2;&#2;<!--&#2;-->&#2;", b"<![CDATA[&#2;]]>&#x41;&#3;]]", b"<?x &#2;?>&#2;?", b"&#2", b"a&#0000000000000000000002;b-",
    b"x" * 40 + b"&#2;--<!--" + b"&#2;" * 20 + b"-->&#2;",
])  # fmt: skip
def test_some_pieces_that_end_at_every_place(text):
    for size in range(1, len(text) + 1):
        pieces = (text[at : at + size] for at in range(0, len(text), size))
        assert b"".join(strained(iter(pieces), Strainer())) == naive(text)


@given(st.lists(PARTS, max_size=30))
def test_every_byte_that_is_left_has_its_place(parts):
    text = b"".join(parts)
    left = naive(text)
    assert bytes(text[as_written(text, at)] for at in range(len(left)) if left[at] not in b"&\x02") == bytes(
        byte for byte in left if byte not in b"&\x02"
    )


def test_a_long_row_of_digits_costs_no_time():
    found = reading(document(example(TITOLO_PROGETTO="&#" + "1" * 1_000_000 + ";A")))
    assert [record.project_title for record in found] == ["A"]


def test_measures_are_strained_as_aids_are():
    with pytest.raises(BadFacts, match="measure 1") as problem:
        parse_rna_measures(
            io.BytesIO(
                b'<LISTA_MISURE xmlns="http://www.rna.it/RNA_misura/schema"><MISURA><CAR>1&#2;</CAR></MISURA></LISTA_MISURE>'
            )
        )
    assert "well-formed" not in str(problem.value)
