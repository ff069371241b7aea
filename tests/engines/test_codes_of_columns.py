# SPDX-License-Identifier: Apache-2.0
"""The plain writing of codes: one plan, walked here in Python as it says, and printed for every dataframe engine."""

from __future__ import annotations

import re

import narwhals as nw
import pyarrow as pa
import pytest

from misure.batch.native import native
from misure.engines.columns.codes import PLAIN, REWRITINGS
from misure.engines.narwhals.codes import is_plain, with_plain_codes
from misure.ground.place import Place
from tests.batch.engines import KINDS, Engine

WRITINGS = {
    # A prefix of Italy, once.
    "tinit-rssmra85t10f205r": "RSSMRA85T10F205R", "VATIT-01234560157": "01234560157", "IT 012.345.601.57": "01234560157",
    "ITRSSMRA85T10F205R": "RSSMRA85T10F205R", "TINITIT01234560157": "TINITIT01234560157", "TINIT-DE136695976": "TINITDE136695976",
    # Seventeen characters behind it are none; sixteen that begin as a prefix are taken as they are.
    "ITRSSMRA85T10F205RX": "ITRSSMRA85T10F205RX", "ITTINIT01234567890": "TINIT01234567890",
    # Other States.
    "VAT DE136695976": "DE136695976", "VATGR123456789": "EL123456789", "gr 123456789": "EL123456789", "GR12345678": "GR12345678",
    "CHE-123.456.789 MWST": "CHE123456789", "CHE123456789TVA": "CHE123456789", "NO 123456789 MVA": "NO123456789", "VATNO123456789MVA": "NO123456789",
    # What is no writing of a code stays as it is.
    "1234.00": "1234.00", "1.2E+10": "1.2E+10", "12345 .0": "12345 .0", "perché": "perché", "a/b": "a/b", "a_b": "a_b", "": "",
    "0" * 60: "0" * 60, "a" * 60: "A" * 60, "a" * 61: "a" * 61, "01234560157": "01234560157",
}  # fmt: skip


def walked(given):
    """What the plan makes of a text."""
    if not re.search(PLAIN.written, given, re.ASCII) or re.search(PLAIN.number, given, re.ASCII):
        return given
    text = re.sub(PLAIN.between, "", given).upper()
    for group in REWRITINGS:
        fits = [one for one in group if re.search(one.when, text) and not (one.unless and re.search(one.unless, text))]
        text = fits[0].put + text[fits[0].drop : fits[0].most] if fits else text
    return text


def test_the_plan_makes_of_each_writing_the_code():
    assert {given: walked(given) for given in WRITINGS} == WRITINGS


def test_what_is_plain_already_is_not_rewritten():
    for given, found in WRITINGS.items():
        if re.search(PLAIN.already, given) and not re.search(PLAIN.but_not, given):
            assert given == found


@pytest.mark.parametrize("kind", KINDS)
def test_every_engine_does_as_the_plan_says(kind):
    texts = [*WRITINGS, None]
    frame = native(
        Engine(kind).frame(pa.table({"id": range(len(texts)), "code": pa.array(texts, pa.string())})), Place("<test>")
    ).frame
    frame = frame.with_columns(plain=is_plain(nw.col("code")))
    found = with_plain_codes(frame, {"code": nw.col("code")})
    assert found.collect_schema().names() == frame.collect_schema().names()
    found = found.select("id", "plain", "code")
    found = found.collect("pyarrow") if isinstance(found, nw.LazyFrame) else found
    rows = [row[1:] for row in sorted(found.rows())]
    plain = [bool(re.search(PLAIN.already, one) and not re.search(PLAIN.but_not, one)) for one in WRITINGS]
    assert rows == [*zip(plain, WRITINGS.values(), strict=True), (None, None)]
