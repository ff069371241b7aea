# SPDX-License-Identifier: Apache-2.0
"""Where each record and each damage stands: line, byte and number, however the file comes in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts
from misure.register import Limits
from misure.register.aids.stream import _MOST_NAMES, Broken, RecordStream
from misure.register.files.sources import Document
from tests.register.samples import document, plain

GOOD = [plain(str(number)) for number in range(1, 6)]
SIZES = [1, 7, 100, 1_000_000]


def stream(content, size=1_000_000, limits=None, *, lenient=False):
    pieces = (content[at : at + size] for at in range(0, len(content), size))
    return RecordStream(Document("f.xml", pieces), lenient=lenient, limits=limits or Limits())


def events(content, size=1_000_000, limits=None):
    """What a stream gives: of a record its COR, number, line and byte; of what is broken all of it."""
    found = stream(content, size, limits)
    given = []
    for each in found:
        if isinstance(each, Broken):
            given.append((each.number, each.records, each.line, each.byte, each.cor, each.message))
        elif each.tag.endswith("}AIUTO"):
            cor = next(child.text for child in each if child.tag == f"{found.prefix}COR")
            given.append((cor, found.number, *found.place()))
        else:
            given.append((each.tag.removeprefix(found.prefix), *found.place()))
    return given


def at(content, nth, mark=b"<AIUTO>"):
    """The line and the byte of the nth record of a document."""
    byte = -1
    for _ in range(nth):
        byte = content.index(mark, byte + 1)
    return 1 + content.count(b"\n", 0, byte), byte


@pytest.mark.parametrize("size", SIZES)
def test_every_record_has_its_number_its_line_and_its_byte(size):
    content = document(GOOD[0], "\n\n  <!-- un commento -->", GOOD[1], "   ", GOOD[2] + "\n", GOOD[3])
    assert events(content, size) == [(str(n), n, *at(content, n)) for n in range(1, 5)]
    assert [line for _, _, line, _ in events(content)] == [3, 6, 7, 9]


@pytest.mark.parametrize("size", SIZES)
def test_what_stands_beside_the_records_is_given_too_and_has_no_number(size):
    content = document("<ALTRO/>", GOOD[0], "<NUOVO><COR>9</COR></NUOVO>", GOOD[1])
    other, new = at(content, 1, b"<ALTRO/>"), at(content, 1, b"<NUOVO>")
    assert events(content, size) == [
        ("ALTRO", *other), ("1", 1, *at(content, 1)), ("NUOVO", *new), ("2", 2, *at(content, 2)),
    ]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_each_of_several_elements_beside_the_records_has_its_own_place(size):
    content = document(
        "\n<ZA/>\n\n<ZB>\n<ZA/></ZB><!-- <AIUTO> -->\n<ZC\nd='1'/>",
        GOOD[0],
        "\x01\n<ZD/>\x02\n<ZE/>",
        GOOD[1],
        "\n<ZF/>\n\n<ZG/>\n",
    )
    found = [each for each in events(content, size) if len(each) == 3]
    assert found == [
        (name, *at(content, 1, f"<{name}".encode())) for name in ("ZA", "ZB", "ZC", "ZD", "ZE", "ZF", "ZG")
    ]


@pytest.mark.parametrize("size", SIZES)
def test_a_comment_that_names_a_record_is_not_its_place(size):
    content = document("<!-- <AIUTO> -->\n\n", GOOD[0], "<![CDATA[<AIUTO>]]>\n", GOOD[1])
    assert events(content, size) == [("1", 1, *at(content, 2)), ("2", 2, *at(content, 4))]


@pytest.mark.parametrize("size", SIZES)
def test_bytes_left_out_do_not_move_what_comes_after(size):
    content = document(GOOD[0].replace("Progetto", "Pro\x02get\x00to"), "\x01\n", GOOD[1], GOOD[2])
    assert events(content, size) == [(str(n), n, *at(content, n)) for n in range(1, 4)]
    found = stream(content, size)
    assert len(list(found)) == 3
    assert found.strainer.control == {0: 1, 1: 1, 2: 1}


@pytest.mark.parametrize("size", SIZES)
def test_a_prefix_in_the_names(size):
    content = (
        document(*GOOD[:2])
        .replace(b"<", b"<r:")
        .replace(b"<r:/", b"</r:")
        .replace(b"<r:?", b"<?")
        .replace(b"xmlns=", b"xmlns:r=")
    )
    assert events(content, size) == [(str(n), n, *at(content, n, b"<r:AIUTO>")) for n in (1, 2)]


TOKEN, INSIDE = (
    "not well-formed (invalid token), at line {}",
    "the end of the record is missing: another begins inside it",
)
# What is broken, then: the number of the first record in it, how many, after which record, the COR, the message.
DAMAGES = [
    ([GOOD[0], "<AIUTO><CAR>a & b</CAR><COR>55</COR></AIUTO>\n", GOOD[1]], [1, (2, 1, 2, "55", TOKEN.format(4)), 2]),
    ([GOOD[0], "<AIUTO>\n\n<CAR>a & b</CAR><COR>55</COR></AIUTO>\n", GOOD[1]], [1, (2, 1, 2, "55", TOKEN.format(6)), 2]),
    (["<AIUTO><CAR>a & b</CAR></AIUTO>\n", GOOD[1]], [(1, 1, 1, None, TOKEN.format(3)), 2]),
    ([GOOD[0], "<AIUTO><COR>7</COR>\n", GOOD[1]], [1, (2, 1, 2, "7", INSIDE), 2]),
    ([GOOD[0], "<AIUTO><COR>7</COR>\n", "<AIUTO><COR>8</COR>\n", GOOD[1]], [1, (2, 2, 2, None, INSIDE), 2]),
    ([GOOD[0], "<AIUTO>&\x02<COR>7</COR></AIUTO>\n", "<AIUTO>&<COR>8</COR></AIUTO>\n", GOOD[1]],
     [1, (2, 1, 2, "7", TOKEN.format(4)), (3, 1, 3, "8", TOKEN.format(5)), 2]),
    ([*GOOD[:2], "<AIUTO><COR> 007 </COR>&</AIUTO>", GOOD[2]], [1, 2, (3, 1, 3, "007", TOKEN.format(5)), 3]),
    ([*GOOD[:2], f"<AIUTO><COR>{'7' * 19}</COR>&</AIUTO>", GOOD[2]], [1, 2, (3, 1, 3, None, TOKEN.format(5)), 3]),
    ([*GOOD[:2], f"<AIUTO><COR>{'7' * 18}</COR>&</AIUTO>", GOOD[2]], [1, 2, (3, 1, 3, "7" * 18, TOKEN.format(5)), 3]),
]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("parts", "expected"), DAMAGES, ids=range(len(DAMAGES)))
def test_what_is_broken_is_told_with_its_place_and_the_rest_is_read(parts, expected, size):
    content = document(*parts)
    number, told = 0, []
    for each in expected:
        if isinstance(each, int):
            number += 1
            told.append((str(each), number, *at(content, number)))
        else:
            first, records, nth, cor, message = each
            number += records
            told.append((first, records, *at(content, nth), cor, message))
    assert events(content, size) == told


@pytest.mark.parametrize("size", SIZES)
def test_what_is_broken_between_records_is_no_record(size):
    content = document(GOOD[0], "&\n", GOOD[1])
    broken = content.index(b"&")
    first = ("1", 1, *at(content, 1))
    found = events(content, size)
    assert found[0] == first
    assert found[1][:2] in {(None, 0), (2, 1)}
    assert found[1][3] in {broken, broken - 1, at(content, 2)[1]}
    assert found[1][5].startswith("not well-formed (invalid token), at line 4")


ENDS = [
    (document(*GOOD[:2])[:-60], "the file ends inside the record", 2),
    (document(*GOOD[:2], tail=""), "the file ends before the end of LISTA_AIUTI", None),
    (document(*GOOD[:2], tail="<![CDATA["), "the file ends before the end of LISTA_AIUTI", None),
]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("content", "message", "number"), ENDS, ids=range(len(ENDS)))
def test_a_file_that_ends_too_early_says_in_what(content, message, number, size):
    found = events(content, size)
    assert [each[5] for each in found if len(each) == 6] == [message]
    broken = found[-1]
    assert broken[0] == number
    assert broken[1] == (0 if number is None else 1)
    if number is not None:
        assert broken[2:4] == at(content, number)


@pytest.mark.parametrize("size", [1, 500, 100_000])
def test_a_record_on_the_limit_is_read_and_a_longer_one_is_not(size):
    record = plain("7", TITOLO_PROGETTO="x" * 3000)
    content = document(GOOD[0], record, GOOD[1])
    exact = len(record.encode())
    assert [each[0] for each in events(content, size, Limits(record=exact))] == ["1", "7", "2"]
    found = events(content, 100, Limits(record=exact // 2))
    assert [each[0] for each in found if len(each) == 4] == ["1", "2"]
    (broken,) = [each for each in found if len(each) == 6]
    assert broken == (
        2,
        1,
        *at(content, 2),
        "7",
        f"the record is longer than {exact // 2} bytes, or its end is missing",
    )


def test_a_new_name_in_every_record_is_forgotten_again():
    count = 2 * _MOST_NAMES
    content = document(*(f"<AIUTO><COR>{n}</COR><NUOVO{n}/></AIUTO>" for n in range(count)))
    found = stream(content)
    held = []
    for _ in found:
        held.append(len(found._parser.expat.intern))
    assert found.number == count
    assert max(held) <= _MOST_NAMES + 1000
    assert min(held[count // 2 :]) < _MOST_NAMES // 2


PARTS = st.lists(
    st.sampled_from([*GOOD, "<ALTRO/>", "<!-- </AIUTO> -->", "\n", "<AIUTO>&<COR>9</COR></AIUTO>", "<AIUTO>", "&"]),
    max_size=8,
)


@pytest.mark.parametrize("size", SIZES)
def test_what_stands_beside_a_record_does_not_hide_one_inside_another(size):
    content = document("<ALTRO/>", "<AIUTO>", GOOD[0], GOOD[1])
    message = "the end of the record is missing: another begins inside it"
    lost = (1, 1, *at(content, 1), None, message)
    other = ("ALTRO", *at(content, 1, b"<ALTRO/>"))
    assert events(content, size) == [other, lost, ("1", 2, *at(content, 2)), ("2", 3, *at(content, 3))]


@given(PARTS, st.integers(1, 400))
def test_the_pieces_in_which_a_file_comes_do_not_matter(parts, size):
    content = document(*parts)
    assert events(content, size) == events(content)


ROOTS = [
    (b"<LISTA_AIUTI/>", "f.xml:1:1: the root has no namespace: it must say"),
    (b'\n\n<LISTA_AIUTI xmlns="x"/>', "f.xml:3:1: the root has the namespace x: it must say"),
    (b"<!-- \n -->\n<a/>", "f.xml:3:1: the root is a, and that of a file of aids is LISTA_AIUTI"),
    (b"\n<LISTA_MISURE/>", "f.xml:2:1: the root is LISTA_MISURE, and that of a file of aids is LISTA_AIUTI; measures are read by"),
    (b"\n <a", "f.xml:2:2: it is no XML: the file ends too early"),
    (b"\n\n &", "f.xml:3:2: it is no XML: not well-formed (invalid token), at line 3"),
    (b"", "f.xml:1:1: it is no XML: the file ends too early"),
    (b"<?xml version='1.0' encoding='UTF-99'?>\n<a/>", "f.xml:1:1: the encoding cannot be read: unknown encoding: UTF-99"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "fault"), ROOTS, ids=range(len(ROOTS)))
def test_what_is_no_file_of_aids_is_told_at_its_place(content, fault):
    with pytest.raises(BadFacts) as caught:
        list(stream(content))
    (found,) = caught.value.faults
    assert str(found).startswith(fault)


@pytest.mark.parametrize(("namespace", "foreign"), [("", ""), (' xmlns="x"', "x")])
def test_another_root_is_read_leniently_and_remembered(namespace, foreign):
    found = stream(document(*GOOD[:2], namespace=namespace), lenient=True)
    assert len(list(found)) == 2
    assert (found.foreign, found.prefix) == (foreign, f"{foreign}}}" if foreign else "")
    own = stream(document(*GOOD[:2]), lenient=True)
    assert len(list(own)) == 2
    assert own.foreign is None
