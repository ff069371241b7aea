# SPDX-License-Identifier: Apache-2.0
"""A code of ATECO is told as far as its edition has it: section, division, group and class; of a category only the form is known."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl
import pytest
from stdnum.eu import nace as published

import misure
from misure import batch
from misure.facts.codes import slips
from misure.facts.values import Unfit, code_form, read_value
from misure.facts.vocabulary import Fact, Kind
from misure.identifiers import nace

ON = dt.date(2025, 8, 1)
FIERE = misure.catalogue()["lombardia/fiere-lombardia-2024-2026"]
NATIONAL = [edition for edition in nace.EDITIONS if edition.startswith("ateco")]
FACTS = {edition: Fact("trade", Kind.CODE, scheme=edition, divisions=nace.divisions(edition)) for edition in NATIONAL}
WRONG = {
    "99.99.99": ("ateco-2022", "'99.99.99' is in no group or class of NACE Rev. 2, whose classes ateco-2022 has", "99"),
    "12.0.0": ("ateco-2022", "'12.0.0' has one digit between its points, where a class has two", "12.00"),
    "62.10": ("ateco-2007", "'62.10' is in no group or class of NACE Rev. 2, whose classes ateco-2007 has; ateco-2025 has it, and means another activity", "62"),
    "62.01": ("ateco-2025", "'62.01' is in no group or class of NACE Rev. 2.1, whose classes ateco-2025 has; ateco-2007 and ateco-2022 have it, and means another activity", "62"),
    "46.39": ("ateco-2025", None, None),
    "47.0": ("ateco-2022", "'47.0' is in no group or class of NACE Rev. 2, whose classes ateco-2022 has", "47"),
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_a_code_that_its_edition_has_not(code):
    edition, message, suggestion = WRONG[code]
    if message is None:
        assert read_value(FACTS[edition], code, ON.toordinal()) == code
        return
    with pytest.raises(Unfit) as caught:
        read_value(FACTS[edition], code, ON.toordinal())
    assert (caught.value.message, caught.value.suggestion) == (message, suggestion)


@pytest.mark.parametrize("edition", NATIONAL)
def test_each_group_and_class_that_is_published_and_no_other_is_one(edition):
    """Never is a code refused that may exist: every published one is taken, with any category below a class."""
    revision, right = nace.EDITIONS[edition], re.compile(code_form(FACTS[edition])).fullmatch
    for digits in (f"{number:0{length}}" for length in (2, 3, 4) for number in range(10**length)):
        code = ".".join(filter(None, (digits[:2], digits[2:])))
        known = published.is_valid(digits, revision=revision)
        assert bool(right(code)) == known, code
        assert nace.is_valid(code, edition=edition) == known
        if len(digits) > 2:
            assert bool(right(f"{code}.1")) == bool(right(f"{code}.99")) == (known and len(digits) == 4)


def test_a_frame_refuses_what_a_decision_refuses():
    codes = ["62.01.00", "62.10", "12.0.0", "46.2", "99.99.99", "46.39.20", None]
    frame = pl.DataFrame({"id": range(len(codes)), "primary_ateco": codes})
    found = batch.decide(FIERE, frame, on=ON, key="id", complete=[]).sort("id")
    bad = [outcome == "bad_facts" for outcome in found["outcome"].to_list()]
    for code, is_bad in zip(codes, bad, strict=True):
        try:
            FIERE.decide({"primary_ateco": code}, on=ON)
        except misure.BadFacts:
            assert is_bad, code
        else:
            assert not is_bad, code
    assert bad.count(True) == 3


def test_the_schema_of_facts_says_so():
    value = FIERE.facts_schema()["properties"]["primary_ateco"]
    pattern = next(one["pattern"] for one in (value, *value.get("anyOf", ())) if "pattern" in one)
    assert [bool(re.search(pattern, code)) for code in ("62.01.00", "62.10", "12.0.0", "62")] == [
        True,
        False,
        False,
        True,
    ]


def test_a_list_has_each_code_once_and_none_that_there_is_not():
    sections = nace.sections("ateco-2022")
    found = list(slips(("C", "62.01", "62.10", "62.01", "ZZ", "1.10"), "ateco-2022", sections))
    assert [(slip.at, slip.suggestion) for slip in found] == [(2, "62"), (3, None), (4, None), (5, None)]
    assert [slip.message for slip in found][:2] == [
        "'62.10' is no section or code of ateco-2022",
        "'62.01' stands in the list twice",
    ]


@pytest.mark.parametrize(("given", "meant"), [
    ("6201", "62.01"), ("62,01", "62.01"), ("62-01", "62.01"), ("J.62.01", "62.01"), ("J62.01", "62.01"), ("62 01 00", "62.01.00"),
    ("111", None), (6201, None), (True, None), ("", None), ("x" * 500, None),
])  # fmt: skip
def test_a_code_that_is_written_otherwise_has_its_nearest(given, meant):
    """A number may have lost a zero before it: 6201 is 62.01 or 06.20.1, and nobody is told one of them."""
    fact = Fact("ateco", Kind.CODE, scheme="ateco-2007", divisions=nace.divisions("ateco-2007"))
    with pytest.raises(Unfit) as caught:
        read_value(fact, given, on=1)
    assert caught.value.suggestion == meant
