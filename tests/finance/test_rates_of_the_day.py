# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.finance import UNRATED, base_rate, discount_rate, reference_rate
from misure.finance.ratings import GRADES, at_least, category
from misure.ground.dated import dated_table
from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.truth import Confidence

percent = lambda text: Fraction(text) / 100
days = st.dates(dt.date(2022, 1, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(("day", "rate", "confidence"), [
    ("2022-01-01", "0.51", "secondary"), ("2022-04-30", "0.51", "secondary"), ("2022-05-01", "0.65", "secondary"),
    ("2022-10-01", "2.03", "secondary"), ("2022-12-01", "3.04", "secondary"), ("2022-12-31", "3.04", "secondary"),
    ("2023-03-01", "4.06", "secondary"), ("2023-03-31", "4.06", "secondary"), ("2023-04-01", "4.06", "inferred"),
    ("2023-05-31", "4.06", "inferred"), ("2023-06-01", "4.64", "secondary"), ("2023-06-30", "4.64", "secondary"),
    ("2023-07-01", "4.64", "inferred"), ("2023-07-31", "4.64", "inferred"), ("2024-01-01", "5.11", "official"),
    ("2024-01-31", "5.11", "official"), ("2024-10-01", "4.45", "secondary"), ("2025-01-01", "3.71", "secondary"), ("2025-01-31", "3.71", "secondary"),
    ("2025-02-01", "3.71", "inferred"), ("2025-06-30", "3.71", "inferred"), ("2025-07-01", "3.21", "secondary"),
    ("2025-12-31", "3.21", "secondary"), ("2026-01-01", "3.19", "secondary"), ("2026-01-31", "3.19", "secondary"),
])  # fmt: skip
def test_discount_rates(day, rate, confidence):
    answer = discount_rate(day)
    assert (answer.rate, answer.confidence.value, answer.unknown) == (percent(rate), confidence, ())
    assert base_rate(day).rate == percent(rate) - percent(1)


@pytest.mark.parametrize("day", [
    "2023-01-01", "2023-02-28", "2023-08-01", "2023-12-31", "2024-02-01", "2024-09-30", "2026-02-01", "2026-11-22", "2040-01-01",
])  # fmt: skip
def test_a_day_in_a_gap_is_unknown_and_says_why(day):
    for answer in (discount_rate(day), base_rate(day), reference_rate(day, rating="A", collateral="high")):
        assert answer.rate is None
        assert answer.unknown[0].startswith(f"the discount rate of {day} is not known: ")
        assert answer.confidence is Confidence.INFERRED


def test_a_day_before_the_table_is_not_encoded():
    for ask in (discount_rate, base_rate, reference_rate):
        with pytest.raises(NotEncoded):
            ask("2021-12-31")


def test_the_table_leaves_no_day_out():
    rows = dated_table("stato/discount-rates").rows
    assert all(row.until + 1 == after.since for row, after in itertools.pairwise(rows))
    assert rows[-1].until is None


@pytest.mark.parametrize(("rating", "high", "normal", "low"), [
    ("AAA", "0.60", "0.75", "1.00"), ("A-", "0.60", "0.75", "1.00"), ("BBB+", "0.75", "1.00", "2.20"), ("bb", "1.00", "2.20", "4.00"),
    ("B-", "2.20", "4.00", "6.50"), ("CCC+", "4.00", "6.50", "10.00"), ("D", "4.00", "6.50", "10.00"),
])  # fmt: skip
def test_margins(rating, high, normal, low):
    for collateral, margin in (("high", high), ("normal", normal), ("low", low)):
        answer = reference_rate("2026-01-15", rating=rating, collateral=collateral)
        assert answer.rate == percent("2.19") + percent(margin)
        assert answer.unknown == ()
        assert answer.confidence is Confidence.INFERRED


@pytest.mark.parametrize(("given", "least", "greatest", "unknown"), [
    ({}, "0.60", "10.00", ("the rating is not known", "the collateral is not known")),
    ({"rating": "BB"}, "1.00", "4.00", ("the collateral is not known",)),
    ({"collateral": "normal"}, "0.75", "6.50", ("the rating is not known",)),
    ({"rating": UNRATED}, "4.00", "10.00", ("the margin of a borrower without credit history has a least value, and how much more it is stands nowhere",)),
    ({"rating": UNRATED, "collateral": "high"}, "4.00", "10.00", ("the margin of a borrower without credit history has a least value, and how much more it is stands nowhere",)),
    ({"rating": UNRATED, "parent_rating": "CCC"}, "4.00", "10.00", None),
    ({"rating": UNRATED, "parent_rating": "B"}, "4.00", "10.00", None),
])  # fmt: skip
def test_what_is_not_known_leaves_a_range_of_margins(given, least, greatest, unknown):
    answer = reference_rate("2026-01-15", **given)
    assert answer.rate == Range(percent("2.19") + percent(least), percent("2.19") + percent(greatest))
    assert unknown is None or answer.unknown == unknown


def test_a_borrower_without_history_pays_what_its_parent_would():
    dear = reference_rate("2026-01-15", rating=UNRATED, parent_rating="B", collateral="low")
    assert dear.rate == Range(percent("8.69"), percent("12.19"))
    dearest = reference_rate("2026-01-15", rating=UNRATED, parent_rating="CCC", collateral="low")
    assert (dearest.rate, dearest.unknown) == (percent("12.19"), ())


@given(days, st.sampled_from([None, *GRADES]), st.sampled_from([None, "high", "normal", "low"]))
def test_knowing_more_only_narrows_the_rate(day, rating, collateral):
    whole, known = reference_rate(day).rate, reference_rate(day, rating=rating, collateral=collateral).rate
    if whole is None:
        assert known is None
        return
    least, greatest = (known.least, known.greatest) if isinstance(known, Range) else (known, known)
    assert whole.least <= least <= greatest <= whole.greatest
    assert isinstance(known, Range) is (rating is None or collateral is None)
    assert discount_rate(day).rate - percent(1) < least


@given(st.sampled_from(GRADES), st.sampled_from(GRADES), st.sampled_from(["high", "normal", "low"]))
def test_a_better_rating_pays_no_more(one, other, collateral):
    better, worse = sorted([one, other], key=GRADES.index)
    assert at_least(better, worse)
    rates = [reference_rate("2026-01-15", rating=rating, collateral=collateral).rate for rating in (better, worse)]
    assert rates[0] <= rates[1]


def test_every_grade_has_its_category():
    known = {row.texts["rating"] for row in dated_table("ue/reference-margins").rows}
    assert {category(grade) for grade in GRADES} == known


def test_the_steps_lead_from_the_decree_to_the_rate():
    answer = reference_rate("2025-08-01", rating="BB", collateral="normal")
    assert [(step.name, step.value) for step in answer.steps] == [
        ("discount_rate", percent("3.21")), ("base_rate", percent("2.21")), ("margin", percent("2.20")), ("reference_rate", percent("4.41")),
    ]  # fmt: skip
    assert [cited.act.id for cited in answer.citations] == [
        "dm-mimit-2025-06-25",
        "com-2008-c-14-02",
        "com-2008-c-14-02",
    ]


@pytest.mark.parametrize(("given", "told"), [
    ({"rating": "AAAA"}, "rating: expected one of AAA, "),
    ({"rating": 3}, "rating: expected one of AAA, "),
    ({"rating": "unratd"}, "did you mean 'unrated'?"),
    ({"collateral": "hihg"}, "collateral: expected one of high, normal, low; got 'hihg'; did you mean 'high'?"),
    ({"rating": "BB", "parent_rating": "A"}, "parent_rating: matters for an unrated borrower alone"),
    ({"day": dt.datetime(2026, 1, 15, 12)}, "day: expected a date; got 2026-01-15T12:00:00"),  # noqa: DTZ001
    ({"day": "15/01/2026"}, "day: '15/01/2026' is not a date: write YYYY-MM-DD"),
])  # fmt: skip
def test_what_cannot_be(given, told):
    with pytest.raises(BadFacts) as raised:
        reference_rate(**{"day": "2026-01-15"} | given)
    assert told in str(raised.value)
