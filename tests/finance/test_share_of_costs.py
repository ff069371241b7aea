# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure import Range
from misure.finance import NO_CAP, Rounding, share_of
from misure.ground.errors import BadFacts
from misure.ground.truth import Confidence

money = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
shares = st.integers(0, 1000).map(lambda points: Fraction(points, 1000))
roundings = st.builds(
    Rounding, st.sampled_from(["half_up", "half_even", "down", "up"]), st.sampled_from(["0.01", "1", "100"]),
    st.sampled_from(["total", "per_line"]),
)  # fmt: skip
caps = st.one_of(st.just(NO_CAP), money)
bases = st.lists(money, min_size=1, max_size=6)


@pytest.mark.parametrize(("base", "share", "caps", "amount"), [
    ("33333.33", "40%", {}, "13333.33"),                                     # MO-3
    ("59999.99", "60%", {"maximum": 30000}, "30000.00"),                     # MO-14
    (100000, "20%", {"cost_cap": 50000}, "10000.00"),
    (100000, "40%", {"bonuses": {"women": "10%", "young": "5%"}}, "55000.00"),
    (100000, "40%", {"bonuses": ["10%", "20%"], "highest_share": "60%"}, "60000.00"),
    (100000, "40%", {"cost_cap": 80000, "bonuses": ["10%"], "maximum": 39000, "headroom": "38000.50"}, "38000.50"),
    (100000, "40%", {"headroom": 0}, "0.00"),
    (0, "40%", {}, "0.00"),
    ("0.01", "50%", {}, "0.01"),
    ([], "40%", {}, "0.00"),
])  # fmt: skip
def test_amounts(base, share, caps, amount):
    assert str(share_of(base, share, **caps).amount) == amount


def test_lines_and_their_total_round_apart():  # MO-5
    lines = ["1000.01", "1000.01", "1000.01"]
    assert share_of(lines, "45%", rounding=Rounding(stage="per_line")).amount == Decimal("1350.00")
    assert share_of(lines, "45%", rounding=Rounding(stage="total")).amount == Decimal("1350.01")


def test_a_cap_is_not_passed_by_rounding():
    to_the_euro = Rounding("half_up", 1)
    answer = share_of("60001.00", "50%", maximum="30000.50", rounding=to_the_euro)
    assert answer.amount == Decimal("30000.50")
    assert [(step.name, step.value) for step in answer.steps[-2:]] == [
        ("rounding", Decimal("30001.00")), ("caps_again", Decimal("30000.50")),
    ]  # fmt: skip


def test_every_step_is_shown_in_the_order_of_the_law():
    answer = share_of(
        ["60000.00", "40000.01"], "40%", cost_cap=90000, bonuses={"area": "5%"}, highest_share="43%", maximum=38500,
        headroom="38499.99",
    )  # fmt: skip
    assert [(step.name, step.value) for step in answer.steps] == [
        ("base", Decimal("100000.01")), ("cost_cap", Decimal("90000.00")), ("share", Fraction(2, 5)),
        ("bonuses", Fraction(9, 20)), ("highest_share", Fraction(43, 100)), ("amount", Decimal("38700.00")),
        ("maximum", Decimal("38500.00")), ("headroom", Decimal("38499.99")), ("rounding", Decimal("38499.99")),
        ("caps_again", Decimal("38499.99")),
    ]  # fmt: skip
    assert [step.name for step in share_of(1, "40%").steps] == ["base", "share", "amount", "rounding"]


def test_without_rounding_the_exact_amount_stands():
    assert share_of("33333.33", "40%", rounding=Rounding("none")).amount == Decimal("13333.332")
    assert share_of(100, Fraction(1, 3), rounding=Rounding("none")).amount == Fraction(100, 3)


def test_a_silent_call_borrows_the_rule_of_the_conversion_and_says_so():
    silent, told = share_of(100, "40%"), share_of(100, "40%", rounding=Rounding("half_up", "0.01"))
    assert (silent.confidence, [str(cited) for cited in silent.citations]) == (
        Confidence.INFERRED, ["Reg. (CE) 1103/97, art. 5"],
    )  # fmt: skip
    assert (told.confidence, told.citations) == (Confidence.OFFICIAL, ())


@pytest.mark.parametrize(("base", "given", "amount", "unknown"), [
    (100000, {"headroom": None}, Range(Decimal("0.00"), Decimal("40000.00")), ("the headroom is not exactly known",)),
    (100000, {"headroom": Range(30000, 50000)}, Range(Decimal("30000.00"), Decimal("40000.00")), ("the headroom is not exactly known",)),
    (100000, {"headroom": Range(40000, 50000)}, Decimal("40000.00"), ()),       # either way the same
    (None, {}, None, ("an eligible cost is not exactly known",)),
    (None, {"maximum": 5000}, Range(Decimal("0.00"), Decimal("5000.00")), ("an eligible cost is not exactly known",)),
    ([1000, None], {"maximum": 400}, Decimal("400.00"), ()),                     # the known line fills the cap alone
    (Range(1000, 2000), {}, Range(Decimal("400.00"), Decimal("800.00")), ("an eligible cost is not exactly known",)),
    (1000, {"bonuses": {"area": Range(0, "10%")}}, Range(Decimal("400.00"), Decimal("500.00")), ("the share or a bonus is not exactly known",)),
])  # fmt: skip
def test_what_is_not_known_leaves_a_range(base, given, amount, unknown):
    answer = share_of(base, "40%", **given)
    assert (answer.amount, answer.unknown) == (amount, unknown)


@given(bases, shares, caps, caps, caps, roundings)
def test_caps_hold_after_rounding(lines, share, cost_cap, maximum, headroom, rounding):
    amount = share_of(lines, share, cost_cap=cost_cap, maximum=maximum, headroom=headroom, rounding=rounding).amount
    for cap in (maximum, headroom):
        assert cap is NO_CAP or amount <= cap
    if cost_cap is not NO_CAP:
        assert amount <= rounding.of(Fraction(cost_cap) * share)


@given(bases, shares)
def test_lines_and_total_differ_by_half_a_cent_a_line(lines, share):
    by_line = share_of(lines, share, rounding=Rounding(stage="per_line")).amount
    total = share_of(lines, share).amount
    exact = sum(map(Fraction, lines)) * share
    assert abs(Fraction(by_line) - exact) <= Fraction(len(lines), 200)
    assert abs(Fraction(by_line) - Fraction(total)) <= Fraction(len(lines) + 1, 200)
    if len(lines) == 1:
        assert by_line == total


@given(st.lists(st.tuples(money, money), min_size=1, max_size=4), shares, st.tuples(caps, money), roundings, st.data())
def test_a_range_holds_what_each_of_its_points_gives(lines, share, cap, rounding, data):
    lines = [Range(min(line), max(line)) for line in lines]
    held = NO_CAP if cap[0] is NO_CAP else Range(*sorted(cap))
    answer = share_of(lines, share, cost_cap=held, headroom=held, rounding=rounding).amount
    ends = (answer.least, answer.greatest) if isinstance(answer, Range) else (answer, answer)
    between = lambda span: Decimal(data.draw(st.integers(int(span.least * 100), int(span.greatest * 100)))).scaleb(-2)
    point = held if held is NO_CAP else between(held)
    known = share_of([between(line) for line in lines], share, cost_cap=point, headroom=point, rounding=rounding).amount
    assert ends[0] <= known <= ends[1]


@pytest.mark.parametrize(("args", "given", "told"), [
    ((-1, "40%"), {}, "base: -1 is negative, and an amount of money is not"),
    ((["1.00", "0.001"], "40%"), {}, "base[2]: '0.001' has 3 decimals"),
    ((1.5, "40%"), {}, 'base: 1.5 is a binary float, which is not exact: write it as text, "1.5"'),
    ((b"12", "40%"), {}, "base: expected a number; got bytes"),
    (({"a": 1}, "40%"), {}, "base: expected a number; got a mapping"),
    ((10**5000, "40%"), {}, "base: a number of more than 30 digits is no amount that an act could name"),
    ((NO_CAP, "40%"), {}, "base: NO_CAP is no amount of costs: None says that it is not known"),
    ((1, 40), {}, "share: 40 is above 100%: a rate of 40 per cent is written 40%"),
    ((1, None), {}, "share: expected a number; got nothing"),
    ((1, "60%"), {"bonuses": ["50%"]}, "bonuses: with the share they come to 110 %; a highest_share would hold them"),
    ((1, "60%"), {"bonuses": "5%"}, "bonuses: expected shares by name, or a list of them; got '5%'"),
    ((1, "60%"), {"bonuses": {"area": None}}, "bonuses[area]: expected a number; got nothing"),
    ((1, "60%"), {"headroom": -5}, "headroom: -5 is negative, and an amount of money is not"),
    ((1, "60%"), {"maximum": Range(2, 1)}, "maximum: the range begins at 2, above its end 1"),
    ((1, "60%"), {"rounding": "half_up"}, "rounding: expected a Rounding; got 'half_up'"),
    ((1, "60%"), {"highest_share": 60}, "highest_share: 60 is above 100%: a rate of 60 per cent is written 60%"),
])  # fmt: skip
def test_what_cannot_be(args, given, told):
    with pytest.raises(BadFacts) as raised:
        share_of(*args, **given)
    assert f"<share_of>: {told}" in str(raised.value).splitlines()


def test_all_faults_at_once():
    with pytest.raises(BadFacts) as raised:
        share_of(-1, 2, maximum="x", rounding=None)
    assert [fault.subject for fault in raised.value.faults] == ["base", "maximum", "rounding", "share"]
