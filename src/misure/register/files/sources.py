# SPDX-License-Identifier: Apache-2.0
"""Where the register's files lie: a path, an open binary file, a zip archive; read in pieces, never whole.

An archive is refused when it unpacks to far more than any text would: a bomb costs time even where it costs no memory.
"""

from __future__ import annotations

import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, BinaryIO, TypeAlias

from misure._reopen import by_public_name
from misure.ground.arguments import kind_in_words, shown
from misure.ground.errors import BadFacts
from misure.ground.given import refuse
from misure.ground.place import Fault, Place
from misure.ground.whole_file import refuse_pipes

__all__ = ["Cut", "Document", "Limits", "FileSource", "documents", "name_of", "refused", "total_bytes"]

FileSource: TypeAlias = str | os.PathLike[str] | BinaryIO | IO[bytes]
"""A path, or a file open for reading bytes; either may be a zip archive."""

_PIECE = 1 << 18
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_RATIO_COUNTS_FROM = 16 << 20


@by_public_name
@dataclass(frozen=True, slots=True)
class Limits:
    """What no file of the register reaches; beyond it a file is a mistake or an attack. Sizes are bytes."""

    record: int = 2 << 20
    """The longest record; one that ends within the piece of the file that is in memory may be a little longer."""
    ratio: int = 200
    """How many times its packed size a member of an archive may have; the register's files have some twenty times."""
    unpacked: int = 1 << 40
    """The longest member of an archive."""
    members: int = 1_000
    """The most members of an archive."""


class Cut(Exception):
    """The bytes end, or cannot be trusted, from here on."""


@dataclass(frozen=True, slots=True)
class Document:
    """One XML document: its name for people, how long it is if that is known, and its bytes."""

    name: str
    pieces: Iterator[bytes]


def refused(where: str, message: str, *, subject: str = "", line: int = 0, column: int = 1) -> BadFacts:
    """The error of a file that cannot be read at all."""
    return BadFacts([Fault(Place(where, line, column), subject, message)])


def check_limits(where: str, limits: object) -> None:
    """Raise `BadFacts` unless limits are those of a reading."""
    if not isinstance(limits, Limits):
        refuse(where, [("limits", f"expected Limits; got {kind_in_words(limits)}")])


_NO_ARCHIVE = (OSError, ValueError, RuntimeError, zipfile.BadZipFile)
"""What the standard library raises of an archive that is none, is damaged, or needs what it has not (a `RuntimeError`)."""


def name_of(source: object, unnamed: str = "<aids>") -> str:
    """How a source is called in faults; `unnamed` where it has no name."""
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else unnamed


def documents(source: FileSource, limits: Limits, unnamed: str = "<aids>") -> Iterator[Document]:
    """The XML documents of a source, one after the other; each is to be read before the next is asked for.

    Raises:
        BadFacts: The source cannot be opened, is no archive though it begins like one, or the archive is a bomb.
    """
    name = name_of(source, unnamed)
    with ExitStack() as stack:
        file = _opened(source, name, stack)
        start = _start(file, name)
        if start.startswith((_ZIP, _EMPTY_ZIP)):
            yield from _members(file, name, limits, stack)
        else:
            yield Document(name, _pieces(file, start))


def total_bytes(source: FileSource) -> int | None:
    """How many bytes of XML a source holds, as far as it can be told without reading it."""
    try:
        if not isinstance(source, str | os.PathLike):
            return None
        refuse_pipes(source)
        if zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                return sum(member.file_size for member in archive.infolist() if _is_xml(member))
        return os.stat(source).st_size  # noqa: PTH116 - any path the system takes
    except _NO_ARCHIVE:
        return None


def _opened(source: FileSource, name: str, stack: ExitStack) -> IO[bytes]:
    if not isinstance(source, str | os.PathLike):
        if not hasattr(source, "read"):
            given: object = source
            wrapped = ": wrap them in io.BytesIO" if isinstance(given, bytes | bytearray | memoryview) else ""
            raise refused(name, f"expected a path or a binary file; got {shown(given)}{wrapped}")
        return source
    try:
        refuse_pipes(source)
        return stack.enter_context(open(source, "rb"))  # noqa: PTH123 - a path may be any text the system takes
    except (OSError, ValueError) as problem:
        raise refused(
            name, f"cannot be opened: {getattr(problem, 'strerror', None) or 'no path is written so'}"
        ) from None


def _start(file: IO[bytes], name: str) -> bytes:
    try:
        start = file.read(_PIECE)
    except (OSError, ValueError) as problem:
        raise refused(name, f"cannot be read: {problem}") from None
    if not isinstance(start, bytes):
        raise refused(name, "the file is open as text: open it for bytes, so that its own encoding counts")
    return start


def _pieces(file: IO[bytes], start: bytes) -> Iterator[bytes]:
    piece = start
    while piece:
        yield piece
        try:
            piece = file.read(_PIECE)
        except (OSError, ValueError) as problem:
            raise Cut(f"the file cannot be read on: {problem}") from None


def _members(file: IO[bytes], name: str, limits: Limits, stack: ExitStack) -> Iterator[Document]:
    try:
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        archive = stack.enter_context(zipfile.ZipFile(file))
    except _NO_ARCHIVE as problem:
        raise refused(name, f"the archive cannot be opened: {problem}") from None
    members = [member for member in archive.infolist() if _is_xml(member)]
    if not members:
        raise refused(name, "the archive holds no XML file")
    if len(members) > limits.members:
        raise refused(name, f"the archive holds {len(members)} XML files, and more than {limits.members} are not read")
    for member in members:
        where = f"{name}!{member.filename}"
        if member.file_size > limits.unpacked:
            raise _bomb(where, f"{member.file_size} bytes unpacked, and more than {limits.unpacked} are not read")
        packed = min(member.compress_size, length)  # no member is longer than the archive, whatever it says
        if member.file_size > _RATIO_COUNTS_FROM and member.file_size > limits.ratio * packed:
            raise _bomb(where, f"{packed} bytes that say they unpack to {member.file_size}")
        try:
            unpacked = stack.enter_context(archive.open(member))
        except _NO_ARCHIVE as problem:
            raise refused(where, f"the member of the archive cannot be opened: {problem}") from None
        yield Document(where, _unpacked(unpacked, packed, where, limits))


def _unpacked(file: IO[bytes], packed: int, where: str, limits: Limits) -> Iterator[bytes]:
    read = 0
    while True:
        try:
            piece = file.read(_PIECE)
        except (*_NO_ARCHIVE, EOFError, zlib.error, lzma.LZMAError) as problem:
            raise Cut(f"the archive is damaged: {problem}") from None
        if not piece:
            return
        read += len(piece)
        # What the archive says of itself is checked again against what comes out of it.
        if read > limits.unpacked or (read > _RATIO_COUNTS_FROM and read > limits.ratio * packed):
            raise _bomb(where, f"{packed} bytes that unpack to more than {read}")
        yield piece


def _bomb(where: str, what: str) -> BadFacts:
    return refused(where, f"no file of the register is packed like this: {what}")


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return not member.is_dir() and member.filename.lower().endswith(".xml") and "__MACOSX/" not in member.filename
