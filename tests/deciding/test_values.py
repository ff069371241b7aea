# SPDX-License-Identifier: Apache-2.0
"""How values are written for people and for JSON, and how a what-if may write them."""

import datetime as dt
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest

import misure
from misure import Range
from misure.deciding.missing import Decided, Decides, Missing
from misure.deciding.results import Alternative, Step, json_of
from misure.deciding.values import as_json, day_of, number_of, share_text
from misure.ground.truth import NotKnowing
from misure.selecting.placement import money_of
from tests.deciding.whole_measure import ON, RULES, VOCABULARY, facts

VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]


@pytest.mark.parametrize(
    ("number", "scale", "decimals", "found"),
    [
        (7, 1, 0, 7), (-7, 1, 0, -7), (700, 100, 2, Decimal("7.00")), (705, 100, 2, Decimal("7.05")), (-5, 100, 2, Decimal("-0.05")),
        (70500, 10_000, 2, Decimal("7.05")), (1, 3, 0, Fraction(1, 3)), (1, 10_000, 2, Fraction(1, 10_000)), (6, 3, 0, 2),
        (1, 2, 1, Decimal("0.5")), (0, 100, 2, Decimal("0.00")),
    ],
)  # fmt: skip
def test_a_scaled_number_is_read_back_exactly(number, scale, decimals, found) -> None:
    value = number_of(number, scale, decimals)
    assert (value, type(value), str(value)) == (found, type(found), str(found))


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0"), (Fraction(1), "1"), (Fraction(13, 20), "0.65"), (Fraction(1, 3), "1/3"), (Fraction(1, 8), "0.125"),
        (Fraction(1, 10**18), "0.000000000000000001"), (Fraction(1, 10**19), f"1/{10**19}"), (Fraction(-1, 4), "-0.25"),
    ],
)  # fmt: skip
def test_a_share_is_a_decimal_where_one_is_exact(share, text) -> None:
    assert share_text(share) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None), (True, True), (False, False), (0, 0), ("not_yet", "not_yet"), (Decimal("1.50"), "1.50"),
        (Fraction(1, 2), "0.5"), (Fraction(1, 3), "1/3"), (dt.date(2022, 6, 1), "2022-06-01"), (("A", "45.1"), ["A", "45.1"]),
        ((Decimal("1.00"), Fraction(1, 2)), ["1.00", "0.5"]), (Range(1, 2), {"from": 1, "to": 2}),
        (Range(Decimal("1.00"), Decimal("2.00")), {"from": "1.00", "to": "2.00"}),
        (Range(dt.date(2022, 6, 1), dt.date(2022, 6, 2)), {"from": "2022-06-01", "to": "2022-06-02"}),
    ],
)  # fmt: skip
def test_a_value_as_json(value, written) -> None:
    assert as_json(value) == written
    assert json_of(value) == written
    assert type(as_json(value)) is type(written)


def test_a_result_as_json_leaves_out_what_says_nothing_and_the_sentences() -> None:
    assert json_of(Step("cap", Decimal("1.00"), binds=True, text="Tetto")) == {
        "step": "cap", "value": "1.00", "binds": True, "confidence": "official",
    }  # fmt: skip
    assert json_of(Step("base", None)) == {"step": "base", "value": None, "confidence": "official"}
    assert json_of((Alternative("it_civil", None),)) == [{"regime": "it_civil", "day": None}]
    assert json_of(Missing("x", NotKnowing.PENDING)) == {
        "name": "x", "kind": "pending", "records": [], "decides": [], "wanted": [],
    }  # fmt: skip
    waits = (Decides(Decided.AMOUNT, "grant"), Decides(Decided.TERM, "report"))
    looked_for = ((("year", 2023), ("kind", "aid")), (("year", 2024),))
    assert json_of(Missing("x", NotKnowing.MISSING, ("a",), waits, looked_for)) == {
        "name": "x", "kind": "missing", "records": ["a"],
        "decides": [{"kind": "amount", "id": "grant"}, {"kind": "term", "id": "report"}],
        "wanted": [{"year": 2023, "kind": "aid"}, {"year": 2024}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(5, 5, Decimal("0.05")), (-300000, -300000, Decimal("-3000.00")), (0, 1, Range(Decimal("0.00"), Decimal("0.01")))],
)
def test_cents_in_euro(low, high, found) -> None:
    assert money_of(low, high) == found


def test_an_ordinal_as_a_day() -> None:
    assert day_of(738_000) == dt.date.fromordinal(738_000)


# What-ifs

TAKEN = {
    "a number with its unit as text": ("minimum_score", "60 points", "60 points", Decimal("60.00")),
    "a whole number": ("minimum_score", 60, "60 points", Decimal("60.00")),
    "a decimal": ("minimum_score", Decimal("60.5"), "60.5 points", Decimal("60.50")),
    "a fraction": ("minimum_score", Fraction(121, 2), "60.5 points", Decimal("60.50")),
    "a share as text": ("grant_share", "12.5%", "12.5%", Fraction(1, 8)),
    "a share as a fraction": ("grant_share", Fraction(1, 8), "12.5%", Fraction(1, 8)),
    "a share as a decimal": ("grant_share", Decimal("0.125"), "12.5%", Fraction(1, 8)),
    "a share as a text without a sign": ("grant_share", "0.125", "12.5%", Fraction(1, 8)),
    "a decimal with an exponent": ("grant_maximum", Decimal("1E+3"), "1000.00 EUR", Decimal("1000.00")),
    "a share as a whole number": ("grant_share", 0, "0%", Fraction(0)),
    "an amount": ("grant_maximum", Decimal("1000.00"), "1000.00 EUR", Decimal("1000.00")),
    "a list": ("admitted_sizes", ["micro", "small"], "[micro, small]", ("micro", "small")),
    "a tuple": ("admitted_sizes", ("micro",), "[micro]", ("micro",)),
}


@pytest.mark.parametrize(("name", "value", "text", "found"), TAKEN.values(), ids=list(TAKEN))
def test_a_what_if_may_write_a_value_in_every_form(name, value, text, found) -> None:
    assert name in VERSO.parameters
    varied = VERSO.vary(**{name: value})
    assert dict(varied.varied) == {name: text}
    told = varied.decide({}, on=dt.date(2025, 7, 1)).receipt["parameters"][name]
    assert (told["value"], told["confidence"]) == (as_json(found), "assumed")
    assert "unpublished" not in told


ONE_VALUE = {
    "a time of day": ("closing_time", ["12:00", "12:00:00", "12:00 time", dt.time(12), dt.time(12, 0, 0, 0)]),
    "a share": ("grant_share", ["30%", "30.0%", "0.3", "0.30", Fraction(3, 10), Decimal("0.3"), Decimal("0.300")]),
    "a whole share": ("grant_share", ["0%", "0", 0, Fraction(0), Decimal("0.0")]),
    "an amount": (
        "grant_maximum",
        ["6000.00 EUR", "6000 EUR", "6000.0 EUR", 6000, Decimal(6000), Decimal("6E3"), Fraction(6000)],
    ),
    "points": ("minimum_score", ["60 points", "60.0 points", "60.00 points", 60, Decimal("60.0"), Fraction(60)]),
    "a day": ("closing_day", ["2025-09-09", dt.date(2025, 9, 9)]),
    "a list": ("admitted_sizes", ["[micro, small]", "[small,micro]", ["small", "micro"], ("micro", "small", "micro")]),
    "codes": ("excluded_sections", ["[A, K]", ["K", "A"], ("A", "K", "A")]),
    "a regime": ("project_counting", ["it_civil"]),
}


@pytest.mark.parametrize(("name", "writings"), ONE_VALUE.values(), ids=list(ONE_VALUE))
def test_one_value_is_one_what_if_however_it_is_given(name, writings) -> None:
    found = [VERSO.vary(**{name: value}) for value in writings]
    assert {dict(one.varied)[name] for one in found} == {dict(found[0].varied)[name]}
    assert len(set(found)) == 1
    assert VERSO.vary(**found[0].varied) == found[0], "the normal form is read as itself"


def test_a_share_is_exact_whatever_the_context_of_decimals() -> None:
    with localcontext(Context(prec=2)):
        assert dict(VERSO.vary(grant_share=Decimal("0.125")).varied) == {"grant_share": "12.5%"}


def test_a_day_may_be_varied_and_the_base_stays(write) -> None:
    measure = write(RULES, vocabulary=VOCABULARY)
    varied = measure.vary(closes=dt.date(2022, 4, 14))
    assert dict(varied.varied) == {"closes": "2022-04-14"}
    assert varied.decide(facts(), on=ON)["window"].truth == "no"
    assert measure.decide(facts(), on=ON)["window"].truth == "yes"
    assert measure.vary(closes="2022-04-15").decide(facts(), on=ON)["window"].truth == "yes"
    opened = measure.vary(opens="2022-04-16").decide(facts(), on=ON)
    assert opened.value("opens") == dt.date(2022, 4, 16)
    assert "unpublished" not in opened.receipt["parameters"]["opens"]


REFUSED = {
    "a name that is no parameter": ("grant_shar", "1%", "no parameter of lombardia/verso-nuovi-mercati is called 'grant_shar'",
        "grant_share"),
    "a name far from all": ("zzzz", 1, "no parameter of lombardia/verso-nuovi-mercati is called 'zzzz'", None),
    "a truth": ("minimum_score", True, "true is not a number of points", None),
    "a truth for a list": ("admitted_sizes", False, "false is not a list", None),
    "a moment": ("minimum_score", dt.datetime(2022, 1, 1, tzinfo=dt.UTC), "a day is a date without a time", None),
    "a binary float": ("grant_share", 0.5, '0.5 is a binary float: write it as text, "50%"', None),
    "a decimal too large": ("grant_share", Decimal("1E+999999"), "1E+999999 is not a share", None),
    "a decimal too small": ("grant_share", Decimal("1E-999999"), "1E-999999 is not a share", None),
    "no number": ("grant_share", Decimal("sNaN"), "sNaN is not a share", None),
    "an infinite amount": ("grant_maximum", Decimal("-Infinity"), "-Infinity is not a number of EUR", None),
    "a whole number without end": ("grant_maximum", 10**5000, "a whole number of more than 60 digits is not a number of EUR", None),
    "a fraction without end": ("grant_share", Fraction(1, 10**5000), "a fraction of very many digits is not a share", None),
    "a number for a list": ("admitted_sizes", 5, "5 is not a list", None),
    "a whole number too long": ("minimum_score", int("9" * 22), f"the number {'9' * 20}... is too long: 18 digits may stand before the point, and 9 after it", None),
    "a text too long": ("minimum_score", "9" * 22, f"the number {'9' * 20}... is too long: 18 digits may stand before the point, and 9 after it", None),
    "a text without its unit": ("minimum_score", "60", "the number 60 needs a unit, such as '60 points'", None),
    "a unit misspelt": ("minimum_score", "60 point", "no unit is called 'point'", "points"),
    "a percentage without its sign": ("grant_share", "35", "the share 35 does not lie between 0 and 1", "35%"),
    "a share for points": ("minimum_score", "35 share", "the share 35 does not lie between 0 and 1", None),
    "nothing": ("minimum_score", None, "nothing is not a number of points", None),
    "a mapping": ("admitted_sizes", {}, "an empty mapping is not a list", None),
}  # fmt: skip


@pytest.mark.parametrize(("name", "value", "message", "hint"), REFUSED.values(), ids=list(REFUSED))
def test_a_what_if_of_something_else_is_told(name, value, message, hint) -> None:
    with pytest.raises(misure.BadRules) as caught:
        VERSO.vary(**{name: value})
    (fault,) = caught.value.faults
    assert (str(fault.place), fault.subject, fault.message, fault.suggestion) == ("<vary>", name, message, hint)


def test_every_fault_of_a_what_if_is_told_at_once() -> None:
    with pytest.raises(misure.BadRules) as caught:
        VERSO.vary(grant_share=0.5, zzzz=1, grant_maximum="1000 points", minimum_score="60 points")
    assert [fault.subject for fault in caught.value.faults] == ["grant_maximum", "grant_share", "zzzz"]
