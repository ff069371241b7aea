# SPDX-License-Identifier: Apache-2.0
r"""What there is to translate: the sentences of rule files, gathered with their places, for Babel.

Babel finds the extractor by `babel.cfg`; the messages of the code need none, they are the calls of `say`, `many` and `message`.

>>> text = 'title: Una misura\nfacts:\n  size: {text: 16, label: dimensione, choices: {micro: microimpresa}}'
>>> [(line, message) for line, message in sentences(read_text(text, "measure.yaml"))]
[(1, 'Una misura'), (3, 'dimensione'), (3, 'microimpresa')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from misure.reading.packages.shelf import numbered_rows
from misure.reading.text.events import read_text
from misure.reading.text.tree import Mapping as Tree
from misure.reading.text.tree import Node, Sequence

__all__ = ["extract_requirements", "extract_rules", "sentences"]

_SENTENCES = frozenset(
    {
        "title",
        "text",
        "label",
        "question",
        "inferred",
        "may_be_extended",
        "unknown",
        "note",
        "number_unknown",
        "who",
        "subject",
        "short_title",
        "successor_title",
    }
)
"""The keys whose texts are told to people."""
_MAPPINGS = frozenset({"beyond", "choices", "not_modelled", "readings"})
"""The keys of mappings all of whose texts are told to people."""


def extract_rules(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]  # noqa: ARG001 - Babel's signature
) -> Iterator[tuple[int, str, str, list[str]]]:  # fmt: skip
    """The sentences of one rule file, as Babel wants them."""
    tree = read_text(fileobj.read().decode("utf-8-sig"), getattr(fileobj, "name", "<rules>"))
    for line, message in sentences(tree):
        yield line, "", message, []


def extract_requirements(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]  # noqa: ARG001 - Babel's signature
) -> Iterator[tuple[int, str, str, list[str]]]:  # fmt: skip
    """The names of what calls usually ask, as Babel wants them."""
    for line, (_, text) in numbered_rows(fileobj.read().decode("utf-8-sig")):
        yield line, "", text, []


def sentences(node: Node, *, all_of_it: bool = False) -> Iterator[tuple[int, str]]:
    """Every text that is told to people, with its line, in the order of the file."""
    if isinstance(node, Sequence):
        for item in node:
            yield from sentences(item)
    elif isinstance(node, Tree):
        for key, value in node.items():
            if isinstance(value, Tree | Sequence):
                yield from sentences(value, all_of_it=key in _MAPPINGS)
            # `text: 64` in a vocabulary says how long a text may be.
            elif (all_of_it or key in _SENTENCES) and not value.isdigit():
                yield value.place.line, str(value)
