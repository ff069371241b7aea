# SPDX-License-Identifier: Apache-2.0
"""The hardened XML parser under the readers: entities, document types and external references are refused.

Expat tokenises, the handlers of `defusedxml` refuse, and the tree builder of the standard library makes elements: all
three in C where it matters. `defusedxml` comes with the extra `misure[register]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misure.ground.extras import MissingExtra

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from xml.parsers.expat import XMLParserType

__all__ = ["TreeParser", "forbidden", "require_extra", "starts_below_root"]


def require_extra() -> Any:
    """The module of `defusedxml` that hardens expat.

    Raises:
        MissingExtra: It is not installed.
    """
    try:
        import defusedxml.ElementTree  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra("register", "defusedxml") from None
    return defusedxml.ElementTree


def forbidden() -> type[Exception]:
    """What the handlers of `defusedxml` raise."""
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

    return DefusedXmlException  # type: ignore[no-any-return]


class TreeParser:
    """Expat that grows one tree: whoever feeds it takes the children of `root` away, so that the tree stays small."""

    __slots__ = ("_builder", "_watched", "expat", "in_cdata", "lines", "root", "root_at")

    def __init__(self, watched: frozenset[str] = frozenset()) -> None:
        """`watched`: the names of elements whose lines are kept; without any, all of the work is done in C."""
        from xml.etree.ElementTree import TreeBuilder

        # The names of elements are `namespace}NAME`; forbidding document types forbids entities with them.
        self.expat: XMLParserType = require_extra().DefusedXMLParser(forbid_dtd=True).parser
        self.root: Element | None = None
        self.root_at = 0
        """The byte at which the root begins."""
        self.in_cdata = False
        """Whether what was fed ends inside a section of characters."""
        self.lines: dict[Element, int] = {}
        """The line at which each watched element below the root begins; whoever takes them away takes them out here."""
        self._watched = watched
        self._builder = TreeBuilder()
        expat = self.expat
        expat.ordered_attributes = False
        expat.buffer_text = True
        expat.DefaultHandlerExpand = None
        expat.CommentHandler = None
        expat.ProcessingInstructionHandler = None
        expat.StartElementHandler = self._start_root
        expat.EndElementHandler = self._builder.end
        expat.CharacterDataHandler = self._builder.data
        expat.StartCdataSectionHandler = self._start_cdata
        expat.EndCdataSectionHandler = self._end_cdata

    def _start_root(self, tag: str, attributes: dict[str, str]) -> None:
        self.root, self.root_at = self._builder.start(tag, attributes), self.expat.CurrentByteIndex
        self.expat.StartElementHandler = self._start_watched if self._watched else self._builder.start

    def _start_watched(self, tag: str, attributes: dict[str, str]) -> None:
        element = self._builder.start(tag, attributes)
        if tag in self._watched:
            self.lines[element] = self.expat.CurrentLineNumber

    def _start_cdata(self) -> None:
        self.in_cdata = True

    def _end_cdata(self) -> None:
        self.in_cdata = False


def starts_below_root(text: bytes) -> list[int]:
    """The bytes at which the elements under the root begin, of XML that was found well formed as far as it goes."""
    expat = require_extra().DefusedXMLParser(forbid_dtd=True).parser
    starts: list[int] = []
    depth = 0

    def begin(*_: object) -> None:
        nonlocal depth
        if depth == 1:
            starts.append(expat.CurrentByteIndex)
        depth += 1

    def end(_: object) -> None:
        nonlocal depth
        depth -= 1

    expat.StartElementHandler, expat.EndElementHandler = begin, end
    expat.DefaultHandlerExpand = expat.CharacterDataHandler = None
    expat.CommentHandler = expat.ProcessingInstructionHandler = None
    expat.Parse(text, False)
    return starts
