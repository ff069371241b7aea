# SPDX-License-Identifier: Apache-2.0
"""Where the register's files lie, and how large they may be: on each limit they are read, and beyond it refused."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from misure.ground.errors import BadFacts
from misure.register import Limits, TerminalProgress, read_aids
from misure.register.files.sources import _PIECE, _RATIO_COUNTS_FROM, documents, name_of, total_bytes
from tests.register.samples import document, plain

CONTENT = document(plain("1"), plain("2"))


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def read(source: object, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    found = documents(source, limits or Limits())  # type: ignore[arg-type]
    return [(each.name, b"".join(each.pieces)) for each in found]


def told(source: object, limits: Limits | None = None) -> str:
    with pytest.raises(BadFacts) as caught:
        read(source, limits)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_path_a_text_and_a_file_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(CONTENT)
    assert read(path) == read(str(path)) == [(str(path), CONTENT)]
    with path.open("rb") as file:
        assert read(file) == [(str(path), CONTENT)]
    assert read(io.BytesIO(CONTENT)) == [("<aids>", CONTENT)]
    assert read(io.BytesIO(b"")) == [("<aids>", b"")]


def test_a_long_file_comes_in_pieces() -> None:
    (found,) = documents(io.BytesIO(b"x" * (_PIECE + 1)), Limits())
    assert [len(piece) for piece in found.pieces] == [_PIECE, 1]


class Named(io.BytesIO):
    name = 7


@pytest.mark.parametrize(("source", "name"), [
    (Path("a.xml"), "a.xml"), ("a.xml", "a.xml"), (io.BytesIO(), "<aids>"), (Named(), "<aids>"), (7, "<aids>"),
])  # fmt: skip
def test_how_a_source_is_called(source: object, name: str) -> None:
    assert name_of(source) == name


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.xml"
    assert told(path) == f"{path}: cannot be opened: No such file or directory"
    assert told(tmp_path) == f"{tmp_path}: cannot be opened: Is a directory"
    assert told("a\x00b").endswith("cannot be opened: no path is written so")
    assert told(7) == "<aids>: expected a path or a binary file; got 7"
    assert told(None) == "<aids>: expected a path or a binary file; got nothing"
    assert (
        told(io.StringIO("<a/>"))
        == "<aids>: the file is open as text: open it for bytes, so that its own encoding counts"
    )


class Failing(io.BytesIO):
    def __init__(self, content: bytes, after: int) -> None:
        super().__init__(content)
        self.left = after

    def read(self, size: int | None = -1) -> bytes:
        if not self.left:
            raise OSError("the disk is gone")
        self.left -= 1
        return super().read(size)


def test_a_file_that_fails_at_once_and_one_that_fails_later() -> None:
    assert told(Failing(CONTENT, 0)) == "<aids>: cannot be read: the disk is gone"
    many = document(*(plain(str(number), TITOLO_PROGETTO="x" * 3000) for number in range(1, 200)))
    assert len(many) > _PIECE
    found = read_aids(Failing(many, 1), skip_damaged=True)
    given = [record.cor for record in found]
    assert given == [str(number) for number in range(1, len(given) + 1)]
    assert 10 < len(given) < 199
    (damage,) = found.report.skipped
    assert damage.messages == ("the file cannot be read on: the disk is gone",)
    assert (damage.number, damage.records) == (None, 0)
    assert not found.complete


def test_the_members_of_an_archive_that_are_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(
        packed(("b.XML", b"1"), ("leggimi.txt", b"2"), ("c/a.xml", b"3"), ("__MACOSX/c/a.xml", b"4"), ("d.xml/", b""))
    )
    assert read(path) == [(f"{path}!b.XML", b"1"), (f"{path}!c/a.xml", b"3")]
    assert total_bytes(path) == 2
    assert read(io.BytesIO(path.read_bytes())) == [("<aids>!b.XML", b"1"), ("<aids>!c/a.xml", b"3")]


def test_how_long_a_source_is_as_far_as_it_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(CONTENT)
    assert total_bytes(path) == total_bytes(str(path)) == len(CONTENT)
    assert total_bytes(io.BytesIO(CONTENT)) is None
    assert total_bytes(tmp_path / "nowhere.xml") is None
    assert total_bytes("a\x00b") is None


def test_archives_that_hold_nothing_or_too_much() -> None:
    assert told(io.BytesIO(packed())) == "<aids>: the archive holds no XML file"
    assert told(io.BytesIO(packed(("a.txt", b"x")))) == "<aids>: the archive holds no XML file"
    three = io.BytesIO(packed(*((f"{n}.xml", b"x") for n in range(3))))
    assert len(read(three, Limits(members=3))) == 3
    three.seek(0)
    assert told(three, Limits(members=2)) == "<aids>: the archive holds 3 XML files, and more than 2 are not read"
    assert told(io.BytesIO(packed(("a.xml", CONTENT))[:60])).startswith("<aids>: the archive cannot be opened: ")


def test_a_member_on_the_limit_of_length_and_one_beyond() -> None:
    archive = packed(("a.xml", CONTENT))
    assert read(io.BytesIO(archive), Limits(unpacked=len(CONTENT))) == [("<aids>!a.xml", CONTENT)]
    bomb = "<aids>!a.xml: no file of the register is packed like this: "
    beyond = f"{len(CONTENT)} bytes unpacked, and more than {len(CONTENT) - 1} are not read"
    assert told(io.BytesIO(archive), Limits(unpacked=len(CONTENT) - 1)) == bomb + beyond


def test_how_far_a_member_may_be_packed_counts_from_some_length_on() -> None:
    blanks = packed(("a.xml", b" " * _RATIO_COUNTS_FROM))
    assert len(read(io.BytesIO(blanks), Limits(ratio=1))[0][1]) == _RATIO_COUNTS_FROM
    more = packed(("a.xml", b" " * (_RATIO_COUNTS_FROM + 1)))
    with zipfile.ZipFile(io.BytesIO(more)) as archive:
        small = archive.infolist()[0].compress_size
    least = (_RATIO_COUNTS_FROM + 1) // small
    said = f"<aids>!a.xml: no file of the register is packed like this: {small} bytes that say they unpack to {_RATIO_COUNTS_FROM + 1}"
    assert told(io.BytesIO(more), Limits(ratio=least)) == said
    assert len(read(io.BytesIO(more), Limits(ratio=least + 1))[0][1]) == _RATIO_COUNTS_FROM + 1


def test_an_archive_whose_content_is_not_what_it_says_is_not_passed_off_as_whole() -> None:
    many = document(*(plain(str(number), TITOLO_PROGETTO="x" * 3000) for number in range(1, 200)))
    content = packed(("a.xml", many), method=zipfile.ZIP_STORED).replace(b"ALFA PROVA", b"BETA PROVA", 1)
    found = read_aids(io.BytesIO(content), skip_damaged=True)
    list(found)
    assert not found.complete
    (damage,) = found.report.skipped
    assert damage.messages == ("the archive is damaged: Bad CRC-32 for file 'a.xml'",)
    with pytest.raises(BadFacts, match=r"the archive is damaged: Bad CRC-32 for file 'a\.xml'"):
        list(read_aids(io.BytesIO(content)))


def test_the_usual_limits() -> None:
    assert Limits() == Limits(record=2 << 20, ratio=200, unpacked=1 << 40, members=1000)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


MB = 1 << 20


def test_progress_writes_one_line_over_itself() -> None:
    stream = Terminal()
    with TerminalProgress(stream) as progress:
        progress(MB, 4 * MB, 10)
        progress(2 * MB - 1, 0, 9)
        progress(5 * MB, 4 * MB, 1)
    first, second, third = " 25% of 4 MB, 10 records", "1 MB, 9 records", "100% of 4 MB, 1 records"
    assert stream.getvalue() == (
        f"\r{first}\r{second.ljust(len(first))}\r{third.ljust(len(second))}\r{' ' * len(third)}\r"
    )


@pytest.mark.parametrize(("read_", "total", "line"), [
    (0, None, "0 MB, 0 records"), (MB, None, "1 MB, 0 records"), (0, MB, "  0% of 1 MB, 0 records"), (MB, MB, "100% of 1 MB, 0 records"),
    (99 * MB, 100 * MB, " 99% of 100 MB, 0 records"), (2 * MB, MB, "100% of 1 MB, 0 records"),
])  # fmt: skip
def test_how_far_a_reading_has_come(read_: int, total: int | None, line: str) -> None:
    stream = Terminal()
    TerminalProgress(stream)(read_, total, 0)
    assert stream.getvalue() == f"\r{line}"


def test_nothing_is_cleared_where_nothing_was_written() -> None:
    stream = Terminal()
    with TerminalProgress(stream):
        pass
    assert stream.getvalue() == ""
    with TerminalProgress(io.StringIO()) as progress:
        progress(1, 1, 1)
    progress = TerminalProgress(stream)
    progress(MB, None, 1)
    with progress:
        pass
    written = stream.getvalue()
    with progress:
        pass
    assert stream.getvalue() == written


class InPieces(io.BytesIO):
    """A file of which no more than a hundred bytes are had at once."""

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        return super().read(min(size, 100))


@pytest.mark.parametrize("before", [
    "", "<!-- </AIUTO> -->", "<!-- <AIUTO> </AIUTO> </AIUTO> -->", f"<!-- {'x' * 1500}</AIUTO>{'y' * 1000} -->",
    "<?pi </AIUTO>?>",
])  # fmt: skip
@pytest.mark.parametrize("title", ["Progetto", "<![CDATA[x </AIUTO> y]]>", "<!-- </AIUTO> -->Progetto"])
def test_a_record_is_given_as_soon_as_its_end_was_read(before: str, title: str) -> None:
    """A file is longer than a memory: what is read ahead may not grow with what was read."""
    aids = [before + plain(str(number), TITOLO_PROGETTO=title) for number in range(1, 31)]
    content = document(*aids)
    file, ends = InPieces(content), [found.end() for found in re.finditer(b"</AIUTO>\n", content)]
    ahead = [file.tell() - end for _, end in zip(read_aids(file), ends, strict=True)]
    assert 0 <= max(ahead) < 100
