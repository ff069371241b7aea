# SPDX-License-Identifier: Apache-2.0
"""At most a share of a total in which the limited line counts itself, or through flat rates on it: solved to the cent.

As the 60 % of the whole project for software in Nuova Impresa 2025, B.2, and the 25 % of what is admitted for advice, overheads at 7 %
included, in Transizione MPMI, B.3. What is right is looked for here cent by cent.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Range, Truth, testing
from tests.deciding.written_measures import opened

DAY = dt.date(2025, 7, 1)
EUR = '{unit: EUR, least: "0", greatest: "1000000", label: x, question: "Quanto?"}'
VOCABULARY = f"""
facts:
  works: {EUR}
  advice: {EUR}
  software: {EUR}
flags:
  simple: {{label: forfait, question: "Chiede il forfait?"}}
"""
RULES = """
parameters:
  share: SHARE
  rate: 7%
  second_rate: 15%
  enough: 1000.00 EUR
provisions:
  - cite: {act: uno, at: "art. 1"}
    award:
      spends: {provision: P.1, text: "Almeno {enough}", holds: total >= enough}
spending:
  cite: {act: uno, at: "art. 2"}
  provision: P.2
  plans: {planned: {total: total}}
  lines:
    work_line: {takes: {planned: works}, text: "Opere"}
    advice_line: {takes: {planned: advice}, at_most: {share: share, of: BASE}, OVER text: "Consulenza"}
    overheads: {flat: rate, of: [work_line, advice_line], WHEN text: "Spese generali"}
    others: {flat: second_rate, of: [overheads, advice_line], text: "Altre"}
"""


def rules(share="25%", base="all", when="", over=""):
    text = RULES.replace("SHARE", share).replace("BASE", base)
    return text.replace("WHEN", f"when: {when}," if when else "").replace("OVER", f"over: {over}," if over else "")


def cents(amount):
    return int(Decimal(str(amount)) * 100)


def flat(rate, base):
    return int(Fraction(2 * rate * base + 1) // 2)


def lines_at(works, advice, *, simple=True):
    overheads = flat(Fraction(7, 100), works + advice) if simple else 0
    return {
        "work_line": works,
        "advice_line": advice,
        "overheads": overheads,
        "others": flat(Fraction(15, 100), overheads + advice),
    }


def most(works, share, base, *, simple=True):
    """The greatest amount in cents that is within the share of what it makes itself: every smaller one is, and no greater one."""

    def keeps(tried):
        lines = lines_at(works, tried, simple=simple)
        return tried <= share * sum(lines[name] for name in base)

    low, high = 0, 10 * works + 1000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if keeps(middle) else (low, middle)
    assert all(map(keeps, range(max(0, low - 20), low + 1)))
    assert not any(map(keeps, range(low + 1, low + 20)))
    return low


BASES = {
    "all": ("work_line", "advice_line", "overheads", "others"),
    "[work_line, overheads]": ("work_line", "overheads"),
    "[work_line, advice_line]": ("work_line", "advice_line"),
    "[work_line, others]": ("work_line", "others"),
}


@pytest.fixture(scope="module")
def measures(tmp_path_factory):
    return {
        base: opened(tmp_path_factory.mktemp("limits"), rules(base=base, when="simple"), vocabulary=VOCABULARY)
        for base in BASES
    }


@settings(max_examples=60)
@given(
    base=st.sampled_from(sorted(BASES)),
    works=st.integers(0, 2_000_000),
    simple=st.booleans(),
    off=st.integers(-2, 2) | st.integers(-(10**6), 10**6),
)
def test_the_most_is_the_greatest_that_keeps_the_limit(measures, base, works, simple, off):
    limit = most(works, Fraction(1, 4), BASES[base], simple=simple)
    advice = max(0, limit + off)
    told = {"works": str(Decimal(works) / 100), "advice": str(Decimal(advice) / 100), "simple": simple}
    decision = measures[base].decide(told, on=DAY)
    line = next(one for one in decision.spending if one.id == "advice_line")
    assert (cents(line.cap), cents(line.admitted)) == (limit, min(limit, advice))
    whole = next(one for one in decision.spending if one.id == "total")
    assert cents(whole.admitted) == sum(lines_at(works, min(limit, advice), simple=simple).values())
    # What is not told leaves room for what it may be.
    for name in ("works", "advice", "simple"):
        part = measures[base].decide({key: value for key, value in told.items() if key != name}, on=DAY)
        found = next(one.admitted for one in part.spending if one.id == "advice_line")
        least, greatest = (found.least, found.greatest) if isinstance(found, Range) else (found, found)
        assert (least is None or least <= line.admitted) and (greatest is None or line.admitted <= greatest)


@pytest.mark.parametrize(
    ("share", "advice", "cap"),
    [
        # A quarter of works and advice is a third of the works.
        ("25%", "400", "333.33"),
        ("50%", "5000", "1000"),
        ("60%", "5000", "1500"),
        ("1%", "400", "10.10"),
        ("0%", "400", "0"),
    ],
)
def test_a_share_of_itself_and_others_is_a_larger_share_of_the_others(write, share, advice, cap):
    measure = write(rules(share, "[work_line, advice_line]"), vocabulary=VOCABULARY)
    decision = measure.decide({"works": "1000", "advice": advice}, on=DAY)
    line = next(one for one in decision.spending if one.id == "advice_line")
    assert (line.cap, line.admitted) == (Decimal(cap), Decimal(cap))
    assert "Consulenza: di" in str(misure.explain(decision, "it"))


def test_a_line_that_may_not_pass_it_is_refused_a_cent_above(write):
    measure = write(rules("25%", "[work_line, advice_line]", over="refuse"), vocabulary=VOCABULARY)
    told = {"works": "1000", "advice": "333.33"}
    assert measure.decide(told, on=DAY)["advice_line"].truth is Truth.YES
    above = measure.decide(told | {"advice": "333.34"}, on=DAY)
    assert (above["advice_line"].truth, above["advice_line"].margin) == (Truth.NO, Decimal("-0.01"))


def test_a_share_that_changes_and_one_that_no_source_gives(write):
    dated = "{values: {2022-01-31: 25%, 2025-01-01: 50%}, label: x}"
    measure = write(rules(dated, "[work_line, advice_line]"), vocabulary=VOCABULARY)
    told = {"works": "1000", "advice": "5000"}

    def admitted(on, measure):
        decision = measure.decide(told | {"filed_on": on.isoformat()}, on=on)
        return next(one.admitted for one in decision.spending if one.id == "advice_line")

    assert admitted(dt.date(2024, 12, 31), measure) == Decimal("333.33")
    assert admitted(dt.date(2025, 1, 1), measure) == 1000


def test_a_share_that_no_source_gives_leaves_it_between_its_bounds(write):
    unknown = "{unknown: nessuna fonte, between: [25%, 50%], label: x}"
    measure = write(rules(unknown, "[work_line, advice_line]"), vocabulary=VOCABULARY)
    decision = measure.decide({"works": "1000", "advice": "5000"}, on=DAY)
    found = next(one.admitted for one in decision.spending if one.id == "advice_line")
    assert found.least <= Decimal("333.33")
    assert found.greatest >= 1000


def test_frames_tell_the_same(measures):
    for measure in measures.values():
        testing.assert_same_in_frames(measure, on=DAY, examples=8)
        testing.assert_conserves(measure, on=DAY, examples=8)
        testing.assert_completion_safe(measure, on=DAY, examples=8)


@pytest.mark.parametrize(
    ("share", "base", "told"),
    [
        ("100%", "[work_line, advice_line]", "the share may be the whole of what the line itself makes: that limits nothing"),
        ("90%", "all", "the share may be the whole of what the line itself makes: that limits nothing"),
        ("80%", "all", "the limit moves with the line nearly as fast as the line: it cannot be solved to the cent"),
        ("{unknown: nessuna fonte, label: x, unit: share}", "[work_line, advice_line]", "the share may be the whole of what the line itself makes: that limits nothing"),
        ("25%", "[advice_line]", "its limit is a share of nothing but itself"),
    ],
)  # fmt: skip
def test_what_has_no_solution_is_refused_with_the_reason(write, share, base, told):
    with pytest.raises(misure.BadRules) as failure:
        write(rules(share, base), vocabulary=VOCABULARY).decide({}, on=DAY)
    assert ("advice_line", told) in [(fault.subject, fault.message) for fault in failure.value.faults]


def test_two_limits_of_different_lines_that_count_each_other_are_a_ring(write):
    other = 'soft_line: {takes: {planned: software}, at_most: {share: share, of: [work_line, advice_line]}, text: "Software"}\n    overheads:'
    told = r"in a ring: advice_line -> soft_line -> advice_line; measure one of them on what is requested"
    with pytest.raises(misure.BadRules, match=told):
        write(rules().replace("overheads:", other, 1), vocabulary=VOCABULARY)
