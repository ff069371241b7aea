# SPDX-License-Identifier: Apache-2.0
"""The records of one XML document, one at a time: elements where they are well formed, and what is broken where not.

The document is fed to one parser in slices that end with a record, so that each record has its place in the file and the
tree never holds more than one. After a period that is not well formed, a new parser begins at the next record, under the
first lines of the document; what lies between is told as broken, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ErrorString, ExpatError
from xml.parsers.expat.errors import (
    XML_ERROR_NO_ELEMENTS,
    XML_ERROR_PARTIAL_CHAR,
    XML_ERROR_UNCLOSED_CDATA_SECTION,
    XML_ERROR_UNCLOSED_TOKEN,
    codes,
)  # fmt: skip

from misure.register.aids.schema import AID, AID_NAMESPACE, AIDS
from misure.register.files.characters import Strainer, as_written
from misure.register.files.hardened import TreeParser, forbidden, starts_below_root
from misure.register.files.sources import Cut, Document, Limits, refused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["Broken", "RecordStream"]

_ANY_END = re.compile(rb"</(?:[^\s<>/:]+:)?AIUTO\s*>")
_ROOT_TAG = re.compile(rb"""<([^\s<>/]+)(?:\s+[^\s=<>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*/?>""")
_COR = re.compile(rb"<(?:[^\s<>/:]+:)?COR>\s*([0-9]{1,18})\s*<")
_CUT = "the file ends too early"
_CUT_CODES = frozenset({
    codes[XML_ERROR_NO_ELEMENTS], codes[XML_ERROR_UNCLOSED_TOKEN], codes[XML_ERROR_PARTIAL_CHAR],
    codes[XML_ERROR_UNCLOSED_CDATA_SECTION],
})  # fmt: skip
_MOST_NAMES = 10_000
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


@dataclass(frozen=True, slots=True)
class Broken:
    """A period that is not well formed: the number of the first record in it (None between records), and how many."""

    number: int | None
    records: int
    line: int
    byte: int
    cor: str | None
    message: str


class RecordStream:
    """Iterates over what a document holds: elements of the tree builder, or `Broken`.

    While an element is looked at, `number` counts the records from 1, and `place()` tells the line and byte of the element.
    """

    def __init__(self, document: Document, *, lenient: bool, limits: Limits) -> None:
        self.name = document.name
        self.number = 0
        self.prefix = ""
        """What the names of elements begin with, once the root is open."""
        self.foreign: str | None = None
        """The namespace of the root where it is not the register's."""
        self.strainer = Strainer()
        """What left out the characters that XML forbids, and how often each."""
        self._pieces = document.pieces
        self._lenient = lenient
        self._limits = limits
        self._parser: TreeParser | None = TreeParser()
        self._prolog = b""
        self._start = re.compile(rb"<AIUTO(?=[\s/>])")
        self._start_text = b"<AIUTO"
        self._end = _ANY_END
        self._end_text = b"</AIUTO>"
        self._tag = AID
        self._held: list[bytes] = []
        """The slices of what is not yet told, as they lie in the file."""
        self._line, self._byte = 1, 0
        """Where they begin."""
        self._fed = 0
        """How many bytes the parser was given."""
        self._fed_before = 0
        """How many of them lie before what is held."""
        self._unfed: list[bytes] = []
        """What is held and was not fed yet."""
        self._child: int | None = None
        """Which of the elements in what is held is now looked at, counted from 0."""

    def place(self) -> tuple[int, int]:
        """The line, and the byte counted from 0, at which the element now looked at begins."""
        held = b"".join(self._held)
        if self._child is None:
            found = self._start.search(held)
            at = found.start() if found else 0
        else:
            # Few places are asked for: so they are looked for again, and cost nothing where they are not.
            before = b"" if self._fed_before == 0 else self._prolog
            start = starts_below_root(before + Strainer().strain(held))[self._child]
            at = as_written(held, start - len(before))
        return self._line + held.count(b"\n", 0, at), self._byte + at

    def __iter__(self) -> Iterator[Element | Broken]:
        try:
            for raw, last in self._slices():
                if last or self._held or self._parser is None or not self._prolog:
                    yield from self._take(raw, last=last)
                    continue
                # Nearly every slice is one record, and nothing is held: it is looked at with as little ado as can be.
                self._held.append(raw)
                message = self._parse(self.strainer.strain(raw), last=False)
                child = self._only(raw) if message is None else None
                if child is None:
                    yield from self._after(message, last=False)
                    continue
                self.number += 1
                self._child = 0
                yield child
                self._child = None
                self._done()
        except Cut as problem:
            if not self._prolog:
                raise refused(self.name, str(problem)) from None
            yield Broken(None, 0, *self.place(), None, str(problem))

    def _slices(self) -> Iterator[tuple[bytes, bool]]:
        """The document in pieces that end with a record, or are longer than any; and whether it is the last one."""
        waiting, at = b"", 0
        first = True
        for piece in self._pieces:
            if first and piece.startswith(_WIDE):
                raise refused(self.name, "the file is written in UTF-16, and the register writes UTF-8", line=1)
            first = False
            waiting, at = waiting[at:] + piece, 0
            while (end := self._end.search(waiting, at)) is not None:
                yield waiting[at : end.end()], False
                at = end.end()
            if len(waiting) - at > self._limits.record:
                yield waiting[at:], False
                at = len(waiting)
        yield waiting[at:], True

    def _take(self, raw: bytes, *, last: bool) -> Iterator[Element | Broken]:
        self._held.append(raw)
        self._unfed.append(self.strainer.strain(raw))
        # Expat scans an unfinished comment again whenever it is fed: so it waits until there is as much again to read.
        if len(self._held) > 1 and not last and sum(map(len, self._unfed)) < self._fed - self._fed_before:
            return
        fresh = b"".join(self._unfed)
        self._unfed.clear()
        if self._parser is None:
            resumed = yield from self._resume()
            if not resumed:
                return
            fresh = self.strainer.again(self._held[0])
        yield from self._after(self._parse(fresh, last=last), last=last)

    def _after(self, message: str | None, *, last: bool) -> Iterator[Element | Broken]:
        """The records of what was fed, or what is wrong with it and what comes of the rest; `message`: it is not well formed."""
        while True:
            if message is None:
                message = yield from self._whole(last=last)
                if message is None:
                    return
            yield self._broken(message)
            resumed = yield from self._resume()
            if not resumed:
                return
            message = self._parse(self.strainer.again(self._held[0]), last=last)

    def _only(self, raw: bytes) -> Element | None:
        """The one record of a slice that was fed alone; None where it is anything else, which is looked into."""
        parser = self._parser
        assert parser is not None
        root = parser.root
        if (
            root is None or len(root) != 1 or root[0].tag != self._tag or not raw.endswith(self._end_text)
            or raw.count(self._start_text) != 1 or parser.in_cdata or parser.expat.CurrentByteIndex != self._fed
        ):  # fmt: skip
            return None
        child = root[0]
        root.clear()
        return child

    def _done(self) -> None:
        """What is held was told whole."""
        self._release()
        # Expat never forgets a name, and a file may have a new one in every record.
        if self._parser is not None and len(self._parser.expat.intern) > _MOST_NAMES:
            self._begin()

    def _parse(self, clean: bytes, *, last: bool) -> str | None:
        """Feed the parser; what is wrong with the XML, if something is.

        Raises:
            BadFacts: Already the beginning cannot be read: no record of the document can.
        """
        parser = self._parser
        assert parser is not None
        problem = None
        try:
            parser.expat.Parse(clean, last)
        except ExpatError as error:
            problem = error
        except forbidden():
            raise refused(
                self.name, "a document type and its entities are refused", line=parser.expat.CurrentLineNumber
            ) from None
        except (LookupError, ValueError) as error:
            raise refused(self.name, f"the encoding cannot be read: {error}", line=1) from None
        self._fed += len(clean)
        if not self._prolog and parser.root is not None:
            self._open(parser)
        if problem is None:
            return None
        message = _CUT if problem.code in _CUT_CODES else f"{ErrorString(problem.code)}, at line {{}}"
        if not self._prolog:
            line = parser.expat.ErrorLineNumber
            raise refused(self.name, f"it is no XML: {message.format(line)}", line=line, column=problem.offset + 1)
        return message

    def _open(self, parser: TreeParser) -> None:
        """Look at the root, which has just been opened, and learn from it how records begin and end."""
        assert parser.root is not None
        clean = Strainer().strain(b"".join(self._held))
        found = _ROOT_TAG.match(clean, parser.root_at)
        line = 1 + clean.count(b"\n", 0, parser.root_at)
        namespace, _, name = parser.root.tag.rpartition("}")
        if name != AIDS or found is None:
            hint = "; measures are read by parse_rna_measures" if name == "LISTA_MISURE" else ""
            raise refused(self.name, f"the root is {name}, and that of a file of aids is {AIDS}{hint}", line=line)
        if namespace != AID_NAMESPACE:
            if not self._lenient:
                which = f"the namespace {namespace}" if namespace else "no namespace"
                raise refused(
                    self.name, f'the root has {which}: it must say xmlns="{AID_NAMESPACE}" '
                    '(namespace="lenient" reads it all the same)', line=line,
                )  # fmt: skip
            self.foreign = namespace
        self.prefix = namespace + "}" if namespace else ""
        self._tag = self.prefix + AID
        self._prolog = clean[: found.end()]
        written = found[1].removesuffix(AIDS.encode()) + AID.encode()
        self._start_text, self._end_text = b"<" + written, b"</" + written + b">"
        self._start = re.compile(b"<" + re.escape(written) + rb"(?=[\s/>])")
        self._end = re.compile(b"</" + re.escape(written) + rb"\s*>")

    def _whole(self, *, last: bool) -> Generator[Element, None, str | None]:
        """The records that are whole, if what was fed ends with one; what is wrong if it cannot end there."""
        parser, held = self._parser, self._held
        assert parser is not None
        # A comment may hold what looks like the end of a record: the parser then still waits for the end of the comment.
        waits = parser.in_cdata or parser.expat.CurrentByteIndex != self._fed
        ended = last or (not waits and self._end.fullmatch(held[-1], held[-1].rfind(b"</")) is not None)
        if not ended or parser.root is None:
            if sum(map(len, held)) > self._limits.record:
                return f"the record is longer than {self._limits.record} bytes, or its end is missing"
            return None
        children = list(parser.root)
        parser.root.clear()
        wrong = self._misplaced(children, last=last)
        for self._child, child in enumerate(children[:-1] if wrong else children):
            self.number += child.tag == self._tag
            yield child
        self._child = None
        if wrong is None:
            if last:
                self._release()
            else:
                self._done()
        return wrong

    def _misplaced(self, children: list[Element], *, last: bool) -> str | None:
        """What is wrong with how records lie in what was fed: the last child of the root is not whole then."""
        if not children:
            return None
        held = self._held
        if len(children) == 1 == len(held) and children[0].tag == self._tag and held[0].count(self._start_text) == 1:
            return None  # as almost always
        if not last and children[-1].tag != self._tag:
            return f"the record stands inside {children[-1].tag.removeprefix(self.prefix)}, and not under {AIDS}"
        # Something else beside the records may make up for one that stands inside another: only records are counted.
        records = sum(child.tag == self._tag for child in children)
        if sum(held.count(self._start_text) for held in self._held) != records:
            for child in children:
                if child.tag == self._tag and any(
                    inner.tag == self._tag for inner in child.iter() if inner is not child
                ):
                    return "the end of the record is missing: another begins inside it"
        return None

    # What is broken

    def _broken(self, message: str) -> Broken:
        """What was fed is not well formed: tell what is lost, and hold what a new parser may begin with."""
        assert self._parser is not None
        whole = b"".join(self._held)
        at = as_written(whole, self._parser.expat.ErrorByteIndex - self._fed_before)
        starts = [found.start() for found in self._start.finditer(whole)]
        # A record that begins after the fault, or inside another whose end is missing, is tried on its own.
        kept = starts[-1] if starts and starts[-1] > 0 and (len(starts) > 1 or at < starts[-1]) else len(whole)
        lost = sum(start < kept for start in starts)
        if message == _CUT:
            message = "the file ends inside the record" if lost else f"the file ends before the end of {AIDS}"
        message = message.format(self._line + whole.count(b"\n", 0, at))
        broken = self._lost(whole, kept, starts[0] if starts else 0, lost, message)
        self._parser = None
        return broken

    def _resume(self) -> Generator[Broken, None, bool]:
        """Begin a new parser at the last record in what is held; without a record, nothing of it can be read."""
        whole = b"".join(self._held)
        starts = [found.start() for found in self._start.finditer(whole)]
        if not starts:
            self._release()
            return False
        if len(starts) > 1:
            message = "the end of the record is missing: another begins inside it"
            yield self._lost(whole, starts[-1], starts[0], len(starts) - 1, message)
        else:
            self._skip(whole, starts[0])
        self._begin()
        return True

    def _begin(self) -> None:
        """A new parser, which has read the first lines of the document and stands between two records."""
        self._parser = TreeParser()
        self._parser.expat.Parse(self._prolog, False)
        self._fed = self._fed_before = len(self._prolog)

    def _lost(self, whole: bytes, kept: int, begins: int, records: int, message: str) -> Broken:
        """Pass over what lies before `kept`, and tell it."""
        cor = _COR.search(whole, begins, kept)
        broken = Broken(
            self.number + 1 if records else None, records, self._line + whole.count(b"\n", 0, begins),
            self._byte + begins, cor[1].decode() if cor and records == 1 else None, message,
        )  # fmt: skip
        self.number += records
        self._skip(whole, kept)
        return broken

    def _skip(self, whole: bytes, kept: int) -> None:
        self._line += whole.count(b"\n", 0, kept)
        self._byte += kept
        self._held = [whole[kept:]] if kept < len(whole) else []
        self.strainer.begin_anew()

    def _release(self) -> None:
        """What is held has been told."""
        self._line += sum(held.count(b"\n") for held in self._held)
        self._byte += sum(map(len, self._held))
        self._held.clear()
        self.strainer.begin_anew()
        self._fed_before = self._fed
