# SPDX-License-Identifier: Apache-2.0
"""A condition that keeps a share of its lines: what is left lies between that share and the whole, in every engine."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import batch
from misure.ground.ranges import Range

DAY = dt.date(2025, 7, 1)
REST = """
    parameters:
      share: 50%
    facts:
      spent: {unit: EUR, least: "0", greatest: "1000000000", label: "speso", question: "Quanto?"}
      admitted: {unit: EUR, least: "0", greatest: "1000000000", label: "ammesso", question: "Quanto?"}
    provisions:
      - cite: {act: uno, at: art. 1}
        reporting:
          all_spent:
            provision: P.1
            text: "Speso quanto era ammesso"
            holds: spent >= admitted
            effect: reduces
            reduces: grant
            keeps: {part: spent, of: admitted}
    support:
      cite: {act: uno, at: art. 3}
      lines:
        grant: {form: grant, of: admitted, intensity: share, at_most: [most], provision: P.3, text: "Contributo"}
""".replace("share: 50%", "share: 50%\n      most: 100000.00 EUR")


def grant(measure, **told):
    return measure.decide({"filed_on": "2025-05-01"} | told, on=DAY).value("grant")


def test_what_is_left_lies_between_the_share_and_the_whole(write):
    measure = write(REST)
    assert grant(measure, spent="200000.00", admitted="200000.00") == Decimal("100000.00")
    assert grant(measure, spent="250000.00", admitted="200000.00") == Decimal("100000.00")
    assert grant(measure, spent="140000.00", admitted="200000.00") == Range(Decimal("70000.00"), Decimal("100000.00"))
    # Of an amount that a cap holds the share is taken too.
    assert grant(measure, spent="360000.00", admitted="400000.00") == Range(Decimal("90000.00"), Decimal("100000.00"))
    # A third is floored.
    assert grant(measure, spent="100.00", admitted="300.00") == Range(Decimal("50.00"), Decimal("150.00"))
    assert grant(measure, spent="0.01", admitted="0.03") == Range(Decimal("0.00"), Decimal("0.02"))


def test_what_is_not_told_keeps_nothing_for_certain(write):
    measure = write(REST)
    assert grant(measure, admitted="200000.00") == Range(Decimal("0.00"), Decimal("100000.00"))
    assert grant(measure, spent="0", admitted="200000.00") == Range(Decimal("0.00"), Decimal("100000.00"))


def test_of_nothing_admitted_nothing_is_granted(write):
    assert grant(write(REST), spent="0", admitted="0") == Decimal("0.00")


FITTING = REST.replace("of: admitted}\n    support", "of: admitted, whole_above: [grant]}\n    support")


def test_what_the_spending_is_not_above_is_reduced_to_the_share(write):
    measure = write(FITTING)
    # Half of 200000.00 was granted: spending of one cent more than that may leave the whole.
    assert grant(measure, spent="100000.00", admitted="200000.00") == Decimal("50000.00")
    assert grant(measure, spent="100000.01", admitted="200000.00") == Range(Decimal("50000.00"), Decimal("100000.00"))
    # It is rounded half up, where the open end is floored.
    assert grant(measure, spent="0.01", admitted="0.04") == Decimal("0.01")
    assert grant(measure, spent="0.01", admitted="0.06") == Decimal("0.01")
    assert grant(measure, spent="0.01", admitted="0.07") == Decimal("0.01")
    assert grant(measure, spent="0.01", admitted="0.10") == Decimal("0.01")
    assert grant(measure, spent="1.00", admitted="9.00") == Decimal("0.50")
    assert grant(measure, spent="0.00", admitted="9.00") == Decimal("0.00")
    assert grant(measure, spent="200000.00", admitted="200000.00") == Decimal("100000.00")
    assert grant(measure, admitted="200000.00") == Range(Decimal("0.00"), Decimal("100000.00"))


def test_a_frame_finds_the_same_share(write):
    measure, told = write(FITTING), [(10_000_000, 20_000_000), (10_000_001, 20_000_000), (1, 4), (100, 900), (0, 900)]
    columns = {"spent_cents": [one for one, _ in told], "admitted_cents": [one for _, one in told]}
    frame = __import__("polars").DataFrame({"id": [*range(len(told))], "filed_on": [DAY] * len(told), **columns})
    answers = batch.decide(measure, frame, on=DAY)
    assert answers["grant_cents"].to_list() == [5_000_000, 5_000_000, 1, 50, 0]
    assert answers["grant_cents_to"].to_list() == [5_000_000, 10_000_000, 1, 50, 0]


EURO = st.integers(0, 100_000_000_000)


def test_one_applicant_and_a_frame_keep_the_same_share(write):
    measure = write(REST)

    @settings(max_examples=25)
    @given(st.lists(st.tuples(EURO, EURO), min_size=1, max_size=8))
    def law(told):
        columns = {"spent_cents": [one for one, _ in told], "admitted_cents": [one for _, one in told]}
        frame = __import__("polars").DataFrame({"id": [*range(len(told))], "filed_on": [DAY] * len(told), **columns})
        answers = batch.decide(measure, frame, on=DAY)
        ends = zip(answers["grant_cents"].to_list(), answers["grant_cents_to"].to_list(), strict=True)
        for (spent, admitted), (least, greatest) in zip(told, ends, strict=True):
            whole = min((admitted + 1) // 2, 10_000_000)
            share = whole if spent >= admitted else int(Fraction(whole * spent, admitted))
            assert (least, greatest) == (share, whole)
            found = grant(measure, spent=str(Decimal(spent) / 100), admitted=str(Decimal(admitted) / 100))
            told_ends = (found.least, found.greatest) if isinstance(found, Range) else (found, found)
            assert told_ends == (Decimal(share) / 100, Decimal(whole) / 100)

    law()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("            effect: reduces\n            reduces: grant\n", "", "'keeps' belongs to 'effect: reduces'"),
        ("keeps: {part: spent, of: admitted}", "keeps: {part: share, of: admitted}", "is a share of two amounts"),
        ("keeps: {part: spent, of: admitted}", "keeps: {part: spent, of: grant}", "grant"),
        ("keeps:", "leaves: spent\n            keeps:", "without 'leaves'"),
        (
            "of: admitted}\n    support",
            "of: admitted, whole_above: [grants]}\n    support",
            "no line of support is called 'grants'",
        ),
    ],
    ids=["no reduction", "no amount", "an amount of support", "beside leaves", "above no line"],
)
def test_a_condition_that_keeps_what_it_cannot_is_refused(write, old, new, told):
    with pytest.raises(misure.BadRules) as failure:
        write(REST.replace(old, new))
    assert any(told in fault.message for fault in failure.value.faults), failure.value
