# SPDX-License-Identifier: Apache-2.0
"""A file of measures is held to the limits of a file of aids: what never ends is refused early, whole files are not held."""

from __future__ import annotations

import io

import pytest

from misure.ground.errors import BadFacts
from misure.register import Limits, parse_rna_measures

ROOT = b'<LISTA_MISURE xmlns="http://www.rna.it/RNA_misura/schema">'
PIECE = 1 << 18


class Read(io.BytesIO):
    """A file that knows how much of it was read."""

    taken = 0

    def read(self, size=-1):
        found = super().read(size)
        self.taken += len(found)
        return found


ENDLESS = {
    "a comment": ROOT + b"<!-- ", "an attribute": ROOT + b'<MISURA a="', "a text": ROOT + b"<MISURA><CAR>",
    "before the root": b"<!-- ", "blanks": ROOT + b"<MISURA/>",
}  # fmt: skip


@pytest.mark.parametrize("start", ENDLESS.values(), ids=list(ENDLESS))
def test_what_never_ends_is_refused_at_the_limit(start):
    file = Read(start + b" " * (8 << 20))
    with pytest.raises(BadFacts, match="a measure is longer than 2097152 bytes, or its end is missing"):
        parse_rna_measures(file)
    assert file.taken <= (2 << 20) + 2 * PIECE


def test_a_limit_of_ones_own():
    file = ROOT + b"<MISURA><CAR>" + b"9" * (1 << 20)
    with pytest.raises(BadFacts, match="a measure is longer than 1000 bytes"):
        parse_rna_measures(io.BytesIO(file), limits=Limits(record=1000))
