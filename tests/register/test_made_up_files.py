# SPDX-License-Identifier: Apache-2.0
"""The maker of made-up files makes what the register would, and the same for the same seed; progress is told of long work."""

import importlib.util
import io
from itertools import islice
from pathlib import Path

import pytest
import stdnum.it.codicefiscale
import xmlschema

from misure.register import TerminalProgress, read_aids, write_aids
from tests.register.samples import document, plain, reading

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "make_register.py"
SCHEMA = xmlschema.XMLSchema(Path(__file__).parent / "data" / "RNA_aiuto.xsd")


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_register", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_made_up_aids_fit_the_schema_and_read_back(maker):
    records = list(islice(maker.aids(7, several=0.2), 300))
    content = write_aids(records)
    SCHEMA.validate(io.BytesIO(content))
    assert list(reading(content)) == records
    assert {len(record.components) for record in records} >= {1, 2}
    assert len({record.cor for record in records}) == len(records)


def test_one_seed_makes_one_file(maker, tmp_path):
    paths = [tmp_path / name for name in "abc"]
    held = [maker.make(path, 1, seed) for path, seed in zip(paths, (1, 1, 2), strict=True)]
    first, second, other = (path.read_bytes() for path in paths)
    assert first == second != other
    assert 1_000_000 <= len(first) < 1_100_000
    assert sum(1 for _ in read_aids(paths[0])) == held[0]


def test_invented_identifiers_have_a_right_check_digit(maker):
    made = [maker.codice_fiscale(number) for number in range(0, 3_000_000, 7919)]
    assert [each for each in made if not stdnum.it.codicefiscale.is_valid(each)] == []


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("stream", "words"), [
    (Terminal(), "\r  0% of 0 MB, 5 records"), (Terminal(), "5 records"), (io.StringIO(), ""),
])  # fmt: skip
def test_progress_is_written_on_a_terminal_alone(stream, words):
    with TerminalProgress(stream) as progress:
        progress(1, 1000, 5)
        progress(2 << 20, None, 7)
    assert stream.getvalue().startswith(words) or words in stream.getvalue()
    assert bool(stream.getvalue()) == bool(words)
    assert not words or stream.getvalue().endswith("\r")


def test_progress_of_a_reading_ends_with_everything(tmp_path):
    path = tmp_path / "aids.xml"
    path.write_bytes(document(*(plain(str(number), TITOLO_PROGETTO="x" * 100_000) for number in range(1, 101))))
    told = []
    assert len(list(read_aids(path, progress=lambda *state: told.append(state)))) == 100
    size = path.stat().st_size
    assert told[-1] == (size, size, 100)
    assert len(told) >= 3
    assert told == sorted(told)


def test_the_length_of_a_file_that_is_open_is_not_known():
    told = []
    list(reading(plain("1"), progress=lambda *state: told.append(state)))
    assert told == [(len(document(plain("1"))), None, 1)]
