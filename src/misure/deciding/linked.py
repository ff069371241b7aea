# SPDX-License-Identifier: Apache-2.0
"""Measures as data: linked once where the rule files are, opened anywhere without reading any.

>>> import misure
>>> measure = misure.catalogue()["lombardia/filiere"]
>>> misure.open_linked(measure.linked()) == measure
True
"""

from __future__ import annotations

import os
from functools import lru_cache

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.arguments import is_no, kind_in_words
from misure.ground.errors import BadRules
from misure.ground.place import Fault
from misure.ground.rules_folder import bundled_rules
from misure.rulebook.linked.decoding import LINKED, decoded
from misure.rulebook.linked.encoding import encoded

__all__ = ["linked", "open_linked"]


def linked(measure: Measure) -> bytes:
    """The measure as data, the same wherever it is made from the same rules; a what-if stays one."""
    book = measure.base.rulebook
    return encoded(book, measure.varied, (book.root, str(bundled_rules())))


def open_linked(data: bytes | bytearray | memoryview) -> Measure:
    """The measure that `measure.linked()` gave, without reading its rule files.

    It decides, selects, explains and pickles as that one does. The data may come from anybody, and runs no code; but whoever
    wrote it wrote the law that it holds, and its `rules_hash` is what it says of itself. What is written beside the rules is
    not in it: worked cases, and the translations of a rule package of others, which is then told in Italian.

    Raises:
        BadRules: It is no linked rulebook, was cut short or changed, or was made by another version of the library.
        TypeError: It is no bytes.
    """
    if is_no(data, (bytes, bytearray, memoryview)):
        read = "" if is_no(data, (str, os.PathLike)) else "; of a file they are Path(...).read_bytes()"
        raise TypeError(f"a linked rulebook is bytes, as measure.linked() gives; got {kind_in_words(data)}{read}")
    # Decisions pickle with their measure, which may be opened again for each; what is kept is keyed by the whole content.
    return _opened(bytes(data))


@lru_cache(maxsize=8)
def _opened(data: bytes) -> Measure:
    book, varied = decoded(data)
    try:
        measure = Measure(book)
        compiled(measure).lower()
        return measure.vary(**varied) if varied else measure
    except BadRules:
        raise
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NameError,
        RecursionError,
        TypeError,
        ValueError,
    ) as problem:
        # A rulebook that was read from files has been checked in more ways than data is; this one was made by hand.
        message = f"it is no sound rulebook: its rules do not fit together ({type(problem).__name__})"
        raise BadRules([Fault(LINKED, book.id, message)]) from None
