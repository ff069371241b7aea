# SPDX-License-Identifier: Apache-2.0
"""A zip archive with any byte changed is read, refused, or told to be damaged, however it is packed."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from misure.ground.errors import BadFacts
from misure.register import read_aids
from tests.register.samples import document, plain

KINDS = {
    "stored": zipfile.ZIP_STORED,
    "deflate": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2,
    "lzma": zipfile.ZIP_LZMA,
}


def packed(kind):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", KINDS[kind]) as archive:
        archive.writestr("aiuti.xml", document(*(plain(str(number)) for number in range(1, 60))))
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_with_a_changed_byte_is_read_or_refused(kind):
    whole, draws = packed(kind), random.Random(7)
    assert len(list(read_aids(io.BytesIO(whole)))) == 59
    refused = []
    for _ in range(150):
        changed = bytearray(whole)
        changed[draws.randrange(len(whole))] ^= 1 << draws.randrange(8)
        try:
            list(read_aids(io.BytesIO(bytes(changed))))
        except BadFacts as problem:
            refused.append(problem.faults)
    assert len(refused) > 30
    assert all(refused)


@pytest.mark.parametrize("version", [63, 64, 201, 255])
def test_an_archive_that_needs_a_newer_reader_is_refused(version):
    whole = bytearray(packed("deflate"))
    central = whole.index(b"PK\x01\x02")
    whole[central + 6] = version
    if version == 63:
        assert len(list(read_aids(io.BytesIO(bytes(whole))))) == 59
        return
    with pytest.raises(BadFacts, match="the archive cannot be opened: zip file version"):
        list(read_aids(io.BytesIO(bytes(whole))))
