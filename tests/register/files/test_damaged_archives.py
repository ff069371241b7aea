# SPDX-License-Identifier: Apache-2.0
"""A zip archive with any byte changed is read, refused, or told to be damaged, however it is packed."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from misure.ground.errors import BadFacts
from misure.register import parse_rna_measures, read_aids, write_rna_measures
from tests.register.samples import document, plain
from tests.register.test_headers_in_detail import MEASURE

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


READERS = {
    "aids": (lambda file: list(read_aids(file)), lambda: document(*(plain(str(number)) for number in range(1, 60)))),
    "skipping": (lambda file: list(read_aids(file, skip_damaged=True)), lambda: document(*(plain(str(n)) for n in range(1, 60)))),
    "measures": (parse_rna_measures, lambda: write_rna_measures([MEASURE] * 20)),
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_damage_of_an_archive_has_a_place(kind, reader):
    read, made = READERS[reader]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", KINDS[kind]) as archive:
        archive.writestr("a.xml", made())
    whole, draws = out.getvalue(), random.Random(11)
    refused = []
    for _ in range(60):
        changed = bytearray(whole)
        changed[draws.randrange(len(whole))] ^= 1 << draws.randrange(8)
        cut = bytes(changed[: draws.randrange(len(whole))] if draws.random() < 0.3 else changed)
        try:
            read(io.BytesIO(cut))
        except BadFacts as problem:
            refused.append(problem.faults)
    assert len(refused) > 10
    assert {fault.place.path.partition("!")[0] for faults in refused for fault in faults} <= {"<aids>", "<measures>"}


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
