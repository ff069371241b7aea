# SPDX-License-Identifier: Apache-2.0
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.ground.truth import Confidence, Truth
from misure.undertakings import SizeClass, size_class

ON = "2026-11-22"
MILLION = 1_000_000


# The vectors SME-1 to SME-5, and figures standing exactly on each ceiling and just beyond it.
@pytest.mark.parametrize(("awu", "turnover", "balance", "expected"), [
    (49, 12_000_000, 9_500_000, "small"),                      # SME-1: finance is a choice
    (50, 1_000_000, 1_000_000, "medium"),                      # SME-2: the headcount is a gate
    (250, 5_000_000, 5_000_000, "large"),                      # SME-4
    (9, 2_000_000, 3_000_000, "micro"),                        # SME-5
    ("9.99", 2_000_000, 2_000_000, "micro"),
    (10, 2_000_000, 2_000_000, "small"),
    (9, "2000000.01", "2000000.01", "small"),
    (9, "2000000.01", "2000000.00", "micro"),
    ("49.9", 10_000_000, 99_000_000, "small"),
    (49, "10000000.01", "10000000.01", "medium"),
    ("249.99", 50_000_000, 90_000_000, "medium"),
    (249, 90_000_000, 43_000_000, "medium"),
    (249, "50000000.01", "43000000.01", "large"),
    (Fraction(749, 3), 50_000_000, 43_000_000, "medium"),      # 249.666...
    (0, 0, 0, "micro"),
    (3, 60_000_000, 50_000_000, "large"),                      # finance alone
])  # fmt: skip
def test_classes(awu, turnover, balance, expected):
    for definition in ("recommendation", "gber"):
        answer = size_class(awu, turnover, balance, on=ON, definition=definition)
        assert answer.size == expected
        assert answer.is_sme is (Truth.NO if expected == "large" else Truth.YES)
        assert answer.confidence is Confidence.SECONDARY
        assert answer.missing == ()


@pytest.mark.parametrize(("awu", "turnover", "balance", "expected", "missing"), [
    (None, 1_000_000, 1_000_000, "micro small medium large", ("headcount",)),
    (9, None, 1_000_000, "micro", ()),
    (9, None, None, "micro small medium large", ("turnover", "balance_sheet")),
    (9, None, 9_000_000, "micro small", ("turnover",)),
    (251, None, None, "large", ()),
    (Range(240, 249), 60_000_000, 1, "medium", ()),
    (Range(240, 250), 60_000_000, 1, "medium large", ("headcount",)),
    (Range("9.5", "60"), 1, 1, "micro small medium", ("headcount",)),
    (20, Range(1, 10_000_000), None, "small", ()),
])  # fmt: skip
def test_what_is_not_known_leaves_classes_open(awu, turnover, balance, expected, missing):
    answer = size_class(awu, turnover, balance, on=ON)
    assert [size.value for size in answer.classes] == expected.split()
    assert answer.missing == missing
    assert (answer.size is None) == (len(answer.classes) > 1)


def test_the_answer_says_which_ceiling_binds():
    answer = size_class("60.5", 12_000_000, "10500000.50", on=ON)
    assert [(bound.size.value, bound.figure, bound.margin.exact) for bound in answer.binding] == [
        ("small", "headcount", Fraction(-21, 2)),
        ("small", "turnover", -2_000_000),
        ("small", "balance_sheet", Fraction(-1_000_001, 2)),
    ]
    assert [str(bound.citation) for bound in answer.binding[:1]] == ["Racc. 2003/361/CE, allegato, art. 2, par. 2"]
    # The turnover alone keeps nobody out.
    assert [bound.figure for bound in size_class(60, 12_000_000, 1, on=ON).binding] == ["headcount"]
    assert size_class(1, 1, 1, on=ON).binding == ()
    assert size_class(None, 1, 1, on=ON).binding == ()


@pytest.mark.parametrize(("definition", "on", "awu", "turnover", "balance", "expected"), [
    ("recommendation", ON, 749, 150_000_000, 500_000_000, "small_mid_cap"),
    ("recommendation", ON, 750, 1, 1, "large"),
    ("recommendation", ON, 400, "150000000.01", 129_000_000, "small_mid_cap"),
    ("recommendation", ON, 400, "150000000.01", "129000000.01", "large"),
    ("recommendation", ON, 249, 1, 1, "medium"),
    ("recommendation", "2025-05-20", 400, 1, 1, "large"),       # before the Recommendation of 2025
    ("gber", ON, 499, 100_000_000, 500_000_000, "small_mid_cap"),
    ("gber", ON, "499.5", 1, 1, "large"),
    ("gber", ON, 499, "100000000.01", 86_000_000, "small_mid_cap"),
])  # fmt: skip
def test_small_mid_caps_are_asked_for(definition, on, awu, turnover, balance, expected):
    asked = size_class(awu, turnover, balance, on=on, definition=definition, small_mid_caps=True)
    assert asked.size == expected
    unasked = size_class(awu, turnover, balance, on=on, definition=definition)
    assert unasked.size == ("medium" if expected == "medium" else "large")
    assert asked.is_sme == unasked.is_sme


def test_a_definition_that_ended_leaves_every_class_open():
    answer = size_class(5, 1, 1, on="2027-01-01", definition="gber")
    assert [size.value for size in answer.classes] == ["micro", "small", "medium", "large"]
    assert "draft" in answer.notes[0]
    assert size_class(5, 1, 1, on="2027-01-01").size is SizeClass.MICRO


def test_what_no_text_gives_bears_only_on_whom_it_concerns():
    old = {"on": "2020-06-01", "definition": "gber", "small_mid_caps": True}
    assert size_class(5, 1, 1, **old).size is SizeClass.MICRO
    assert [size.value for size in size_class(300, 1, 1, **old).classes] == ["small_mid_cap", "large"]
    assert size_class(5, 1, 1, **old).confidence is Confidence.INFERRED


def test_all_faults_come_at_once():
    with pytest.raises(BadFacts) as caught:
        size_class(-1, 0.1, Range(5, 3), on="2026-02-30", definition="gbre")
    assert [(fault.subject, fault.message) for fault in caught.value.faults] == [
        ("balance_sheet", "a range goes from its least to its greatest value; got 5 to 3"),
        ("definition", "'gbre' is none of recommendation, gber; did you mean 'gber'?"),
        ("headcount", "a count is never negative; got -1"),
        ("on", "2026-02-30 does not exist: February 2026 has 28 days"),
        ("turnover", '0.1 is a binary float, which is not exact: write it as text, "0.1"'),
    ]


@pytest.mark.parametrize("given", [True, "ten", "10%", Decimal("NaN"), [], Range(None, 3), Range(1.5, 2), "1e3", 2.0])
def test_bad_headcounts(given):
    with pytest.raises(BadFacts):
        size_class(given, 1, 1, on=ON)


@pytest.mark.parametrize("given", ["1.005", "-1", Fraction(-1, 3), 1.0, "1.000,00", True, {}])
def test_bad_amounts(given):
    with pytest.raises(BadFacts):
        size_class(1, given, 1, on=ON)
    with pytest.raises(BadFacts):
        size_class(1, 1, given, on=ON)


def test_before_the_definition():
    with pytest.raises(NotEncoded):
        size_class(1, 1, 1, on="2004-12-31")
    with pytest.raises(NotEncoded):
        size_class(1, 1, 1, on="2014-06-30", definition="gber")


def test_an_answer_is_a_value():
    answer = size_class(Range(1, 2), None, "5.50", on=ON)
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - our own bytes
    assert hash(answer) == hash(size_class(Range(1, 2), None, "5.50", on=ON))


counts = st.fractions(0, 1000, max_denominator=8)
amounts = st.integers(0, 20_000_000_000).map(lambda found: Fraction(found, 100))


@given(counts, amounts, amounts, counts, amounts, amounts, st.booleans())
def test_a_class_never_falls_when_a_figure_grows(awu, turnover, balance, more_awu, more_turnover, more_balance, mid):
    smaller = size_class(awu, turnover, balance, on=ON, small_mid_caps=mid).size
    larger = size_class(
        awu + more_awu, turnover + more_turnover, balance + more_balance, on=ON, small_mid_caps=mid
    ).size
    assert smaller.rank <= larger.rank


def between(values):
    """A figure, exact or not, with a value that it may have."""
    exact = values.map(lambda found: (found, found))
    ranges = st.tuples(values, values, values).map(sorted).map(lambda three: (Range(three[0], three[2]), three[1]))
    return st.one_of(exact, ranges, values.map(lambda found: (None, found)))


@given(between(counts), between(amounts), between(amounts))
def test_completing_what_is_not_known_never_contradicts(awu, turnover, balance):
    unsure = size_class(awu[0], turnover[0], balance[0], on=ON)
    completed = size_class(awu[1], turnover[1], balance[1], on=ON)
    assert completed.size in unsure.classes


@given(st.tuples(counts, counts).map(sorted), st.tuples(amounts, amounts).map(sorted), amounts)
def test_every_class_left_open_is_reached_by_some_figure(awu, turnover, balance):
    answer = size_class(Range(*awu), Range(*turnover), balance, on=ON)
    corners = {0, 10, 50, 250, 2 * MILLION, 10 * MILLION, 50 * MILLION}
    heads = {found for found in corners | set(awu) if awu[0] <= found <= awu[1]}
    sales = {end for found in corners | set(turnover) for end in (found, found + Fraction(1, 100))
             if turnover[0] <= end <= turnover[1]}  # fmt: skip
    reached = {size_class(head, sale, balance, on=ON).size for head in heads for sale in sales}
    assert set(answer.classes) == reached
