# SPDX-License-Identifier: Apache-2.0
"""Damaged files: everything that is wrong is told with its place, nothing partial is passed off as whole."""

import io
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts, MisureError
from misure.register import Limits, MissingExtra, read_aids
from misure.register.files.hardened import require_extra
from tests.register.samples import aid, component, document, example, instrument, plain, reading

GOOD = [plain(str(number)) for number in range(1, 8)]


def faults_of(content, **settings):
    with pytest.raises(BadFacts) as caught:
        list(reading(content, **settings))
    return caught.value.faults


def told(content, **settings):
    return [str(fault) for fault in faults_of(content, **settings)]


@pytest.mark.parametrize(("damaged", "message"), [
    (example(day="2026-02-30"), "DATA_CONCESSIONE: 2026-02-30 does not exist: February 2026 has 28 days"),
    (example(day="15/03/2026"), "DATA_CONCESSIONE: '15/03/2026' is not a date: write YYYY-MM-DD; did you mean '2026-03-15'?"),
    (example(day="n.d."), "DATA_CONCESSIONE: it is not told"),
    (example(without=("DATA_CONCESSIONE",)), "DATA_CONCESSIONE: the element is missing"),
    (example(cor="X1"), "COR: 'X1' is no whole number that names anything"),
    (example(cor="-5"), "COR: '-5' is no whole number that names anything"),
    (example(without=("COR",)), "COR: the element is missing"),
    (example(IDENTIFICATIVO_UFFICIO="1.0"), "IDENTIFICATIVO_UFFICIO: '1.0' is no whole number"),
    (example(IDENTIFICATIVO_UFFICIO="9" * 5000), f"IDENTIFICATIVO_UFFICIO: '{'9' * 40}' is no whole number"),
    (aid(component(instrument(aid="-1.00"))), "ELEMENTO_DI_AIUTO: -1.00 is negative, and an amount of money is not"),
    (aid(component(instrument(aid="-0.001"))), "ELEMENTO_DI_AIUTO: -0.001 is negative, and an amount of money is not"),
    (aid(component(instrument(nominal="1,00"))), "IMPORTO_NOMINALE: '1,00' is no amount: the decimals follow a point"),
    (aid(component(instrument(aid="1e5"))), "ELEMENTO_DI_AIUTO: '1e5' is no amount"),
    (aid(component(instrument(aid="."))), "ELEMENTO_DI_AIUTO: '.' is no amount"),
    (aid(component(instrument(aid="NaN"))), "ELEMENTO_DI_AIUTO: 'NaN' is no amount"),
    (aid(component(instrument(aid="\u0661"))), "ELEMENTO_DI_AIUTO: '\u0661' is no amount"),
    (aid(component(instrument(aid="1" * 31))), "ELEMENTO_DI_AIUTO: an amount of 31 characters is too long"),
    (aid(component(instrument(), id_=None)), "ID_COMPONENTE_AIUTO: the element is missing"),
    (aid(component(instrument(code="due"))), "COD_STRUMENTO: 'due' is no whole number"),
    (example(extra="<CUP>E44E20000140007</CUP>"), "CUP: it is told twice"),
    (example(CUP="a<B/>b"), "CUP: B stands inside it"),
    (example(extra="perduto"), "AIUTO: there is text between its elements"),
    (example(extra="<COD_STRUMENTO>2</COD_STRUMENTO>"), "AIUTO: COD_STRUMENTO stands in it out of its place"),
    (aid(extra="<COMPONENTI_AIUTO><CUP>1</CUP></COMPONENTI_AIUTO>"), "COMPONENTI_AIUTO: CUP stands in it, and only COMPONENTE_AIUTO may"),
])  # fmt: skip
def test_a_damaged_record_is_told_with_its_place(damaged, message):
    found = told(document(GOOD[0], GOOD[1], damaged, GOOD[2]))
    assert len(found) == 1
    start = len(document(GOOD[0], GOOD[1], tail=""))
    assert found[0].startswith("<aids>:5:1: record 3")
    assert found[0].endswith(f": byte {start}: {message}")


def test_everything_that_is_wrong_in_one_record_is_told():
    wrong = aid(component(instrument(aid="-1.00", nominal="x")), day="2026-13-01", cor="a")
    assert [fault.message.split(": ")[1] for fault in faults_of(wrong)] == [
        "COR", "DATA_CONCESSIONE", "ELEMENTO_DI_AIUTO", "IMPORTO_NOMINALE",
    ]  # fmt: skip


def test_nothing_is_given_after_the_first_damage_and_everything_is_told():
    given = []
    with pytest.raises(BadFacts) as caught:
        for record in reading(document(GOOD[0], example(day="x"), GOOD[1], example(cor="x"), GOOD[2])):
            given.append(record.cor)
    assert given == ["1"]
    assert [fault.subject for fault in caught.value.faults] == ["record 2 (COR 90000001)", "record 4"]


def test_skipped_damage_is_counted_and_the_reading_is_not_complete():
    found = reading(document(GOOD[0], example(day="x"), GOOD[1], plain("77", cf=" abc ", day="y")), skip_damaged=True)
    assert [record.cor for record in found] == ["1", "2"]
    assert not found.complete
    report = found.report
    assert (report.records, report.lost, report.damages, report.complete) == (2, 2, 2, False)
    assert [(damage.number, damage.cor, damage.codice_fiscale) for damage in report.skipped] == [
        (2, "90000001", "01234560157"), (4, "77", "abc"),
    ]  # fmt: skip
    assert "2 records read, 2 lost, not complete" in str(report)


def test_what_is_gathered_is_bounded_and_says_so():
    content = document(*(example(cor=str(number), day="x") for number in range(1, 300)))
    found = told(content, most_damages=10)
    assert len(found) == 11
    assert found[-1].endswith("there may be more: after 10 damages nothing more is read")
    skipping = reading(content, most_damages=10, skip_damaged=True)
    assert list(skipping) == []
    assert (skipping.report.damages, skipping.report.lost, len(skipping.report.skipped)) == (299, 299, 10)
    assert "289 damages more" in str(skipping.report)


@pytest.mark.parametrize(("damaged", "message"), [
    ("<AIUTO><CAR>a & b</CAR><COR>55</COR></AIUTO>\n", "not well-formed (invalid token), at line 5"),
    ("<AIUTO><CAR>1</COR><COR>55</COR></AIUTO>\n", "mismatched tag, at line 5"),
    ("<AIUTO><CAR>1</CAR><COR>55</COR>\n", "the end of the record is missing: another begins inside it"),
    ("<AIUTO><CAR>\n\n<COR>55</COR>\n", "the end of the record is missing: another begins inside it"),
    ("<AIUTO><COR>55</COR><CAR>\ufffe</CAR></AIUTO>\n", "not well-formed (invalid token), at line 5"),
    ("<AIUTO><COR>55</COR>&#2</AIUTO>\n", "not well-formed (invalid token), at line 5"),
    ("<AIUTO><COR>55</COR>&bomb;</AIUTO>\n", "undefined entity, at line 5"),
    ("<AIUTO><COR>55</COR><a:b/></AIUTO>\n", "unbound prefix, at line 5"),
])  # fmt: skip
def test_after_malformed_xml_the_next_record_is_read(damaged, message):
    content = document(GOOD[0], GOOD[1], damaged, *GOOD[2:])
    found = reading(content, skip_damaged=True)
    assert [record.cor for record in found] == ["1", "2", "3", "4", "5", "6", "7"]
    (damage,) = found.report.skipped
    assert (damage.number, damage.records, damage.cor, damage.place.line) == (3, 1, "55", 5)
    assert damage.byte == len(document(GOOD[0], GOOD[1], tail=""))
    assert damage.messages == (message,)
    assert told(content) == [f"<aids>:5:1: record 3 (COR 55): byte {damage.byte}: {message}"]


@pytest.mark.parametrize("damaged", ["& </LISTA_AIUTI> <B>", "</B>", "<![CDATA[ <AIUTO> ", "]]>"])
def test_damage_between_records_costs_no_record_that_can_be_read(damaged):
    found = reading(document(*GOOD[:3], damaged, *GOOD[3:]), skip_damaged=True)
    assert [record.cor for record in found][:3] == ["1", "2", "3"]
    assert [record.cor for record in found][-2:] == []
    assert found.report.records + found.report.lost >= len(GOOD)
    assert not found.complete


def test_the_first_record_may_be_the_damaged_one():
    found = reading(document("<AIUTO><COR>55</COR>&</AIUTO>\n", *GOOD[1:3]), skip_damaged=True)
    assert [record.cor for record in found] == ["2", "3"]
    assert [(damage.number, damage.place.line) for damage in found.report.skipped] == [(1, 3)]


def test_a_new_name_in_every_record_is_told_and_costs_no_record():
    many = (f"<ALTRO{number}/>{plain(str(number), extra=f'<NUOVO{number}/>')}" for number in range(7000))
    found = reading(document(*many))
    assert [record.cor for record in found] == [str(number) for number in range(7000)]
    assert found.complete
    assert found.report.warned("unknown_element") == 14_000


def test_records_inside_something_else_are_not_passed_over():
    found = reading(document(GOOD[0], "<ALTRO>", GOOD[1], GOOD[2], "</ALTRO>", GOOD[3]), skip_damaged=True)
    assert [record.cor for record in found] == ["1", "3", "4"]
    assert not found.complete
    assert "the record stands inside ALTRO" in found.report.skipped[0].messages[0]


def test_records_that_swallow_each_other():
    found = reading(document(GOOD[0], *["<AIUTO><COR>9</COR>\n"] * 3, GOOD[1]), skip_damaged=True)
    assert [record.cor for record in found] == ["1", "2"]
    (damage,) = found.report.skipped
    assert (damage.number, damage.records, damage.subject) == (2, 3, "records 2-4")
    assert found.report.lost == 3


@pytest.mark.parametrize(("kept", "message"), [
    (document(*GOOD[:3])[:-40], "the file ends inside the record"),
    (document(*GOOD[:3], tail=""), "the file ends before the end of LISTA_AIUTI"),
    (document(*GOOD[:3], tail="<!-- "), "the file ends before the end of LISTA_AIUTI"),
    (document(*GOOD[:3], tail="</LISTA_AIU"), "the file ends before the end of LISTA_AIUTI"),
])  # fmt: skip
def test_a_file_that_was_cut(kept, message):
    assert [text.rpartition("byte ")[2].partition(": ")[2] for text in told(kept)] == [message]
    found = reading(kept, skip_damaged=True)
    assert len(list(found)) in {2, 3}
    assert not found.complete


@given(st.integers(1, len(document(*GOOD[:3])) - 2))
def test_no_cut_is_passed_off_as_whole(length):
    content = document(*GOOD[:3])[:length]
    with pytest.raises(BadFacts, match=r"the file ends (too early|inside the record|before the end of LISTA_AIUTI)"):
        list(reading(content))


@given(st.data())
def test_no_bytes_make_another_kind_of_error(data):
    content = bytearray(document(*GOOD[:3]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b"&", b"<!--"])
        )
    found = reading(bytes(content), skip_damaged=True)
    try:
        records = list(found)
    except BadFacts as bad:
        faults, records = bad.faults, None
    if records is None:
        assert all(fault.message and fault.place.path == "<aids>" for fault in faults)
        return
    assert found.complete == (not found.report.damages)
    assert found.complete or found.report.skipped
    assert len(records) == 3 if found.complete else len(records) <= 3


@pytest.mark.parametrize(("content", "words"), [
    (b"", "it is no XML"), (b"   ", "it is no XML"), (b"{}", "it is no XML"), (b"\x00", "it is no XML"),
    (document(example()).decode().encode("utf-16"), "UTF-16"), (document(example()).decode().encode("utf-16-be"), "UTF-16"),
    (b"<a/>", "the root is a, and that of a file of aids is LISTA_AIUTI"),
    (b'<LISTA_MISURE xmlns="http://www.rna.it/RNA_misura/schema"/>', "measures are read by parse_rna_measures"),
    (document(example(), namespace=' xmlns="http://www.rna.it/RNA_misura/schema"'), "RNA_misura"),
    (document(example()).replace(b"UTF-8", b"UTF-99"), "encoding"),
    (document(example()).replace(b"UTF-8", b"shift_jis"), "encoding"),
])  # fmt: skip
def test_what_is_no_file_of_aids_is_refused_even_when_damage_is_skipped(content, words):
    (fault,) = faults_of(content, skip_damaged=True)
    assert words in str(fault)


@pytest.mark.parametrize("declared", [
    "<!DOCTYPE LISTA_AIUTI>\n",
    '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n',
    '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n',
    '<!DOCTYPE b SYSTEM "http://127.0.0.1:9/x.dtd">\n',
    '<!DOCTYPE b [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>\n',
])  # fmt: skip
def test_document_types_and_entities_are_refused(declared):
    (fault,) = faults_of(document(example(TITOLO_PROGETTO="x"), prolog="<!-- -->\n" + declared), skip_damaged=True)
    assert "a document type and its entities are refused" in fault.message
    assert fault.place.line == 3


def test_grants_dated_after_the_file_was_drawn():
    content = document(plain("1", day="2026-10-31"), plain("2", day="2026-11-01"))
    assert len(list(reading(content))) == 2
    assert told(content, drawn_on="2026-10-31")[0].endswith(
        "DATA_CONCESSIONE: 2026-11-01 lies after 2026-10-31, when the file was drawn"
    )
    assert [record.cor for record in reading(content, drawn_on="2026-10-31", skip_damaged=True)] == ["1"]


def test_a_record_longer_than_any_is_not_held_in_memory():
    long = plain("2", TITOLO_PROGETTO="x" * 5_000_000)
    found = reading(document(GOOD[0], long, *GOOD[2:]), skip_damaged=True, limits=Limits(record=2_000_000))
    assert [record.cor for record in found] == ["1", "3", "4", "5", "6", "7"]
    assert [damage.messages for damage in found.report.skipped] == [
        ("the record is longer than 2000000 bytes, or its end is missing",),
    ]  # fmt: skip
    assert found.report.lost == 1


def test_a_comment_that_does_not_end_hides_no_record_for_long():
    many = "<!-- </AIUTO> " + "".join(plain(str(number)) for number in range(100, 4000))
    found = reading(document(GOOD[0], many, GOOD[1]), skip_damaged=True)
    given = [record.cor for record in found]
    assert (given[0], given[-1]) == ("1", "2")
    assert found.report.records + found.report.lost >= 3902
    assert not found.complete


def packed(name="aiuti.xml", content=None, **settings):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, **settings) as file:
        file.writestr("leggimi.txt", "x")
        file.writestr(name, document(*GOOD) if content is None else content)
    return archive.getvalue()


def test_an_archive_is_read_member_by_member(tmp_path):
    path = tmp_path / "aiuti.zip"
    path.write_bytes(packed())
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("folder/2.XML", document(plain("99")))
    found = read_aids(path)
    assert [record.cor for record in found] == ["1", "2", "3", "4", "5", "6", "7", "99"]
    assert found.report.sources == (f"{path}!aiuti.xml", f"{path}!folder/2.XML")
    assert found.complete


def test_a_bomb_is_refused():
    # Two hundred million blanks between two records, in some two hundred kilobytes.
    bomb = packed(content=document(GOOD[0], " " * 40_000_000, GOOD[1]))
    (fault,) = faults_of(bomb, skip_damaged=True)
    assert "no file of the register is packed like this" in fault.message
    assert fault.place.path == "<aids>!aiuti.xml"


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(packed(content=document(GOOD[0], " " * 40_000_000, GOOD[1])))
    entry = bomb.rfind(b"PK\x01\x02")
    bomb[entry + 20 : entry + 24] = (30_000_000).to_bytes(
        4, "little"
    )  # it says that it is packed in thirty million bytes
    with pytest.raises(
        BadFacts, match=r"no file of the register is packed like this: [0-9]{5} bytes that say they unpack to 400"
    ):
        list(reading(bytes(bomb)))


@pytest.mark.parametrize(("content", "words"), [
    (packed(name="aiuti.txt"), "the archive holds no XML file"),
    (packed()[:200], "the archive cannot be opened"),
    (b"PK\x03\x04", "the archive cannot be opened"),
])  # fmt: skip
def test_archives_that_cannot_be_read(content, words):
    (fault,) = faults_of(content, skip_damaged=True)
    assert words in fault.message


def test_a_damaged_archive_is_not_passed_off_as_whole():
    content = bytearray(
        packed(content=document(*(plain(str(n), TITOLO_PROGETTO=f"{n * 7919:x}") for n in range(1, 3000))))
    )
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(BadFacts) as caught:
        list(reading(bytes(content)))
    assert "archive is damaged" in str(caught.value) or "byte" in str(caught.value)
    found = reading(bytes(content), skip_damaged=True)
    list(found)
    assert not found.complete


def test_an_encrypted_archive_is_refused():
    content = bytearray(packed())
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        at = content.rfind(mark)
        content[at + (8 if mark == b"PK\x01\x02" else 6)] |= 1
    (fault,) = faults_of(bytes(content), skip_damaged=True)
    assert "cannot be opened" in fault.message


def test_paths_and_files_that_are_none(tmp_path):
    for source in (tmp_path / "nowhere.xml", tmp_path, "\x00", 7, None, io.StringIO("<a/>")):
        with pytest.raises(
            BadFacts, match=r"cannot be opened|expected a path or a binary file|the file is open as text"
        ):
            list(read_aids(source))


@pytest.mark.parametrize("settings", [
    {"namespace": "strictly"}, {"unknown_regulations": True}, {"most_damages": 0}, {"most_damages": 2.5},
    {"most_damages": True}, {"progress": 7}, {"drawn_on": "31/10/2026"}, {"drawn_on": 7},
])  # fmt: skip
def test_settings_that_cannot_be(settings):
    with pytest.raises(BadFacts) as caught:
        read_aids("nowhere.xml", **settings)
    assert [fault.subject for fault in caught.value.faults] == list(settings)


def test_a_reading_closed_early_is_not_complete():
    with reading(document(*GOOD)) as found:
        assert next(found).cor == "1"
    assert not found.complete
    assert list(found) == []
    assert not found.complete


def test_without_the_extra_its_name_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    monkeypatch.setitem(sys.modules, "defusedxml.ElementTree", None)
    with pytest.raises(MissingExtra, match=r"pip install 'misure\[register\]'") as caught:
        read_aids("nowhere.xml")
    assert isinstance(caught.value, MisureError)
    assert isinstance(caught.value, ImportError)
    monkeypatch.undo()
    assert require_extra() is not None
