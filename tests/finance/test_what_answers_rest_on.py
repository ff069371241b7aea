# SPDX-License-Identifier: Apache-2.0
"""Each step of an answer with its value and its provision, the acts beneath it, how sure it is and what is not known."""

from decimal import Decimal
from fractions import Fraction

import pytest

from misure import Range
from misure.finance import (
    Rounding,
    aid_at_grant,
    base_rate,
    discount_rate,
    eligible_cost,
    guarantee_gge,
    loan_gge,
    loan_safe_harbour,
    present_value,
    reference_rate,
    share_of,
    stamp_duty,
    withholding,
)

JANUARY = "2026-01-15"
METHOD = "com-2008-c-14-02"
LOAN = f"{METHOD} | reg-2023-2831 art. 4, par. 3, lett. c)"
DECREE = "dm-mimit-2025-12-22 art. 1"
BASE = f"{METHOD} tasso di attualizzazione"
TABLE = f"{METHOD} tabella dei margini"


def cited(citation):
    return "" if citation is None else f"{citation.act.id} {citation.at}".strip()


def shown(value):
    return f"{value.least} to {value.greatest}" if isinstance(value, Range) else str(value)


def steps(answer):
    return [(step.name, shown(step.value), cited(step.citation)) for step in answer.steps]


def rests_on(answer):
    return " | ".join(map(cited, answer.citations))


RATE = ("rate", "1/25", "dpr-600-1973 art. 28, comma 2")


def withheld(current, capital=0, **given):
    return withholding(current, capital=capital, payment_date="2026-05-04", **given)


@pytest.mark.parametrize(("answer", "whole", "base", "kept"), [
    (withheld(5000, 5000, split_documented=True), "10000.00", "5000.00", "200.00"),
    (withheld(5000, 5000, exempt=None), "10000.00", "0.00 to 10000.00", "0.00 to 400.00"),
    (withheld(5000, 5000), "10000.00", "5000.00 to 10000.00", "200.00 to 400.00"),
    (withheld(0, 0, exempt=None), "0.00", "0.00", "0.00"),
])  # fmt: skip
def test_a_withholding(answer, whole, base, kept):
    law = RATE[2]
    assert steps(answer) == [("contribution", whole, ""), ("base", base, law), RATE, ("withheld", kept, law)]
    assert (rests_on(answer), answer.confidence, str(answer.aid)) == (law, "secondary", whole)


EXEMPT, PAPERS = (
    "whether a law exempts the contribution is not known",
    "whether the papers tell capital goods from current expenses is not known",
)


@pytest.mark.parametrize(("given", "unknown"), [
    ({"capital": 5000, "exempt": None}, (EXEMPT, PAPERS)), ({"capital": 0, "exempt": None}, (EXEMPT,)),
    ({"capital": 5000, "exempt": None, "split_documented": True}, (EXEMPT,)), ({"capital": 5000}, (PAPERS,)),
    ({"capital": 0}, ()), ({"capital": 5000, "exempt": True}, ()), ({"capital": "0.01"}, ()),
])  # fmt: skip
def test_why_a_withholding_is_not_known(given, unknown):
    assert withheld(5000, **given).unknown == unknown


@pytest.mark.parametrize(("exempt", "due", "unknown"), [
    (False, "16.00", ()), (True, "0.00", ()), (None, "0.00 to 16.00", ("whether the applicant is exempt is not known",)),
])  # fmt: skip
def test_a_stamp_duty(exempt, due, unknown):
    answer = stamp_duty("2026-05-04", exempt=exempt)
    assert steps(answer) == [("stamp_duty", due, "dpr-642-1972 Tariffa, art. 3")]
    assert (rests_on(answer), answer.confidence, answer.precision) == ("dpr-642-1972 Tariffa, art. 3", "inferred", 0)
    assert (shown(answer.amount), answer.unknown) == (due, unknown)


ART_7 = "reg-651-2014 art. 7, par. 1"


@pytest.mark.parametrize(("treatment", "recoverable", "eligible", "law", "sure"), [
    ("if_unrecoverable", False, "122.00", ART_7, "inferred"), ("if_unrecoverable", True, "100.00", ART_7, "inferred"),
    ("if_unrecoverable", None, "100.00 to 122.00", ART_7, "inferred"), ("excluded", False, "100.00", "", "official"),
    ("included", True, "122.00", "", "official"), (None, True, "100.00 to 122.00", "", "official"),
])  # fmt: skip
def test_vat_is_eligible_by_the_usage_of_state_aid_law_or_by_the_call_s_own_word(
    treatment, recoverable, eligible, law, sure
):
    answer = eligible_cost("100", "22", treatment, recoverable=recoverable)
    assert steps(answer) == [
        ("net", "100.00", ""), ("vat", "22.00", ""), ("treatment", treatment or "unknown", ""), ("eligible", eligible, law),
    ]  # fmt: skip
    assert (rests_on(answer), answer.confidence) == (law, sure)


def test_a_line_without_vat_is_known_whatever_the_call_says():
    for treatment in (None, "if_unrecoverable"):
        answer = eligible_cost("100", 0, treatment)
        assert (str(answer.amount), answer.unknown) == ("100.00", ())


def test_the_aid_in_a_loan_of_which_much_is_not_known():
    answer = loan_gge(
        Range(0, 100000), years=5, rate="0.5%", reference_rate=reference_rate(JANUARY, rating="BB"), discount_rate=None
    )
    assert steps(answer) == [
        ("principal", "0.00 to 100000.00", ""), ("reference_rate", "319/10000 to 619/10000", DECREE), ("rate", "1/200", ""),
        ("periods", "5", ""), ("discount_rate", "unknown", ""), ("interest_saved", "269/10000 to 569/10000", ""),
        ("factor", "0E-12 to 5.000000000000", METHOD), ("gge", "0E-12 to 28450.000000000000", METHOD), ("rounding", "half_up", ""),
    ]  # fmt: skip
    assert shown(answer.amount) == "0.00 to 28450.00"
    assert answer.unknown == (
        "the collateral is not known", "the discount rate is not known", "the principal is known only between two ends",
    )  # fmt: skip
    assert rests_on(answer) == f"{LOAN} | {DECREE} | {BASE} | {TABLE}"
    assert (answer.confidence, answer.precision) == ("inferred", 0)


def test_the_aid_in_a_loan_whose_reference_rate_is_not_known():
    answer = loan_gge(100000, years=5, rate="0.5%", reference_rate=None, discount_rate=discount_rate(JANUARY))
    assert steps(answer) == [
        ("principal", "100000.00", ""), ("reference_rate", "unknown", ""), ("rate", "1/200", ""), ("periods", "5", ""),
        ("discount_rate", "319/10000", DECREE),
    ]  # fmt: skip
    assert (answer.amount, answer.unknown, answer.precision) == (None, ("the reference rate is not known",), 0)
    assert (rests_on(answer), answer.confidence) == (f"{LOAN} | {DECREE}", "secondary")


def test_the_aid_in_a_loan_between_the_ends_of_its_rates():
    answer = loan_gge(
        100000, months=18, rate="0.5%", reference_rate=Range("3%", "4%"), discount_rate=Range("1%", "2%"),
        repayment="equal_principal", periods_per_year=2, grace_periods=1,
    )  # fmt: skip
    assert steps(answer)[3:] == [
        ("periods", "3", ""), ("discount_rate", "1/100 to 1/50", ""), ("interest_saved", "1/40 to 7/200", ""),
        ("factor", "1.227953071237 to 1.238864434266", METHOD), ("gge", "3069.882678093805 to 4336.025519930591", METHOD),
        ("rounding", "half_up", ""),
    ]  # fmt: skip
    ends = ("the reference rate is known only between two ends", "the discount rate is known only between two ends")
    assert (shown(answer.amount), answer.unknown) == ("3069.88 to 4336.03", ends)
    assert (rests_on(answer), answer.confidence, answer.precision) == (LOAN, "inferred", 50)


TIE = "the amount lies so near a tie that 800 decimals do not tell how it rounds, or it is not rounded"


def test_amounts_that_are_not_rounded_stay_between_their_ends():
    rates = {"rate": "0.5%", "reference_rate": "3%", "discount_rate": "2%"}
    answer = loan_gge(100000, months=18, **rates, periods_per_year=2, rounding=Rounding("none"))
    assert (answer.unknown, answer.precision) == ((TIE,), 50)
    assert present_value({Fraction(1, 2): 1}, "3.19%", rounding=Rounding("none")).unknown == (TIE,)
    whole = loan_gge(100000, years=2, **rates, rounding=Rounding("none"))
    assert (whole.unknown, whole.precision) == ((), 0)


@pytest.mark.parametrize(("answer", "nominal", "rate", "value", "unknown"), [
    (present_value({0: 100, 1: Range(100, 200)}, Range("1%", "2%")), "200.00 to 300.00", "1/100 to 1/50",
     "198.039215686274 to 298.019801980199",
     ("the rate is known only between two ends", "an amount is known only between two ends")),
    (present_value({0: 100, 1: 200}, None), "300.00", "unknown", "100.000000000000 to 300.000000000000", ("the rate is not known",)),
    (present_value({0: Range(100, 150), 1: 200}, None), "300.00 to 350.00", "unknown", "100.000000000000 to 350.000000000000",
     ("the rate is not known", "an amount is known only between two ends")),
    (present_value({}, "5%"), "0.00", "1/20", "0E-12", ()),
])  # fmt: skip
def test_a_present_value(answer, nominal, rate, value, unknown):
    assert steps(answer) == [
        ("nominal", nominal, ""), ("discount_rate", rate, ""), ("present_value", value, METHOD), ("rounding", "half_up", ""),
    ]  # fmt: skip
    assert (rests_on(answer), answer.confidence, answer.unknown) == (METHOD, "secondary", unknown)


@pytest.mark.parametrize(("paid", "precision"), [("2026-03-01", 50), ("2026-09-01", 0)])
def test_instalments_rest_on_the_regulation_too(paid, precision):
    answer = aid_at_grant("2025-09-01", [(paid, 100)], discount_rate("2025-09-01"))
    decree = "dm-mimit-2025-06-25 art. 1"
    assert steps(answer)[:2] == [("nominal", "100.00", ""), ("discount_rate", "321/10000", decree)]
    assert rests_on(answer) == f"{METHOD} | reg-2023-2831 art. 3, par. 6 | {decree}"
    assert (answer.confidence, answer.precision) == ("inferred", precision)


NO_HISTORY = "the margin of a borrower without credit history has a least value, and how much more it is stands nowhere"


@pytest.mark.parametrize(("given", "margin", "rate", "unknown"), [
    ({"rating": "BB", "collateral": "normal"}, "11/500", "439/10000", ()),
    ({"collateral": "high"}, "3/500 to 1/25", "279/10000 to 619/10000", ("the rating is not known",)),
    ({"rating": "unrated"}, "1/25 to 1/10", "619/10000 to 1219/10000", (NO_HISTORY,)),
    ({"rating": "unrated", "parent_rating": "CCC", "collateral": "low"}, "1/10", "1219/10000", ()),
])  # fmt: skip
def test_a_reference_rate(given, margin, rate, unknown):
    answer = reference_rate(JANUARY, **given)
    assert steps(answer) == [
        ("discount_rate", "319/10000", DECREE), ("base_rate", "219/10000", BASE), ("margin", margin, TABLE),
        ("reference_rate", rate, ""),
    ]  # fmt: skip
    assert (shown(answer.rate), answer.unknown) == (rate, unknown)
    assert (rests_on(answer), answer.confidence) == (f"{DECREE} | {BASE} | {TABLE}", "inferred")


def test_rates_of_a_day_in_a_gap():
    reason = discount_rate("2026-06-01").unknown
    assert [text[:50] for text in reason] == ["the discount rate of 2026-06-01 is not known: 3.19"]
    for answer, told, law, unknown in (
        (discount_rate("2026-06-01"), [], DECREE, reason), (base_rate("2026-06-01"), [], f"{DECREE} | {BASE}", reason),
        (reference_rate("2026-06-01", rating="BB"), [("margin", "1/100 to 1/25", TABLE)], f"{DECREE} | {BASE} | {TABLE}",
         (*reason, "the collateral is not known")),
    ):  # fmt: skip
        assert (answer.rate, steps(answer), rests_on(answer)) == (None, told, law)
        assert (answer.unknown, answer.confidence) == (unknown, "inferred")


def test_the_rates_of_a_day_are_told_step_by_step():
    assert steps(base_rate(JANUARY)) == [("discount_rate", "319/10000", DECREE), ("base_rate", "219/10000", BASE)]
    assert (rests_on(base_rate(JANUARY)), base_rate(JANUARY).confidence) == (f"{DECREE} | {BASE}", "secondary")
    assert steps(discount_rate(JANUARY)) == [("discount_rate", "319/10000", DECREE)]


WITHIN = "the limits are 2250000.00 over 60 months or 1125000.00 over 120 months"


def test_a_guarantee_condition_by_condition():
    known = {"losses_pro_rata": True, "insolvent": False, "large": True, "rating": "B", "grant_date": "2026-11-22"}
    answer = guarantee_gge(400000, 500000, years=5, **known)
    assert [(one.name, one.met, one.why) for one in answer.conditions] == [
        ("amount_and_duration", True, f"400000.00 over 60 months; {WITHIN}"),
        ("guaranteed_share", True, "400000.00 of 500000.00 are guaranteed; at most 80 % may be"),
        ("losses_pro_rata", True, "losses fall on lender and guarantor in proportion"),
        ("not_insolvent", True, "the borrower is in no collective insolvency, nor could its creditors ask for it"),
        ("rating", True, "a large undertaking is rated at least B-"),
    ]
    law, ceiling = "reg-2023-2831 art. 4, par. 6, lett. b)", "reg-2023-2831 art. 3, par. 2"
    assert steps(answer) == [
        ("ceiling", "300000.00", ceiling), ("limit_amount", "2250000.00", law), ("limit_months", "60", law),
        ("share_of_ceiling", "8/45", law), ("gge", "53333.33", law),
    ]  # fmt: skip
    assert (rests_on(answer), answer.confidence, answer.notes) == (f"{law} | {ceiling}", "secondary", ())


def test_a_loan_of_which_nothing_holds_condition_by_condition():
    given = {"collateral": "49%", "insolvent": True, "large": True, "rating": "CC", "grant_date": "2026-11-22"}
    answer = loan_safe_harbour(2000000, months=121, **given)
    assert [(one.name, one.met) for one in answer.conditions] == [
        ("amount_and_duration", False), ("collateral", False), ("not_insolvent", False), ("rating", False),
    ]  # fmt: skip
    assert answer.conditions[1].why == "collateral covers 49 %; at least 50 % is asked"
    assert answer.reasons == ("amount_and_duration", "collateral", "not_insolvent", "rating")
    # The formula, outside the limits, goes by the longer of the two.
    assert steps(answer)[1:4] == [
        ("limit_amount", "750000.00", "reg-2023-2831 art. 4, par. 3, lett. b)"),
        ("limit_months", "120", "reg-2023-2831 art. 4, par. 3, lett. b)"),
        ("share_of_ceiling", "121/45", "reg-2023-2831 art. 4, par. 3, lett. b)"),
    ]
    assert answer.by_formula == Decimal("806666.67")
    shorter = loan_safe_harbour(2000000, months=60, **given)
    assert [step.value for step in shorter.steps[1:3]] == [Decimal("1500000.00"), 60]


@pytest.mark.parametrize(("answer", "reasons", "law", "sure", "note"), [
    (loan_safe_harbour(1000, years=1, collateral=None, grant_date="2026-11-22", regulation="sgei"), ("figures",), "reg-2023-2832 art. 4", "inferred",
     "the figures of this regulation were not found; those of another are not its own"),
    (guarantee_gge(1000, 2000, years=1, grant_date="2026-11-22", method="premium"), ("premiums",), "com-2008-c-155-02", "secondary",
     "the figures of the method 'premium' are not encoded here"),
])  # fmt: skip
def test_a_harbour_whose_figures_are_not_encoded_has_no_step(answer, reasons, law, sure, note):
    assert (answer.steps, answer.reasons, {each.met for each in answer.conditions}) == ((), reasons, {None})
    assert (rests_on(answer), answer.confidence, answer.notes) == (law, sure, (note,))


def test_a_share_of_costs_of_which_little_is_known():
    answer = share_of(
        [Range(1000, 2000), None], Range("40%", "50%"), bonuses={"a": Range(0, "10%")}, cost_cap=Range(100, 200),
        maximum=None, headroom=Range(10, 90),
    )  # fmt: skip
    assert steps(answer) == [
        ("base", "unknown", ""), ("cost_cap", "100.00 to 200.00", ""), ("share", "2/5 to 1/2", ""), ("bonuses", "2/5 to 3/5", ""),
        ("amount", "40.00 to 120.00", ""), ("maximum", "0.00 to 120.00", ""), ("headroom", "0.00 to 90.00", ""),
        ("rounding", "0.00 to 90.00", "reg-1103-97 art. 5"), ("caps_again", "0.00 to 90.00", ""),
    ]  # fmt: skip
    assert answer.unknown == tuple(f"{what} is not exactly known" for what in (
        "an eligible cost", "the share or a bonus", "the cost cap", "the maximum", "the headroom",
    ))  # fmt: skip


@pytest.mark.parametrize(("given", "names"), [
    ({}, []), ({"bonuses": ["5%"]}, ["bonuses"]), ({"bonuses": {}}, []), ({"highest_share": "50%"}, ["highest_share"]),
    ({"maximum": 10}, ["maximum", "caps_again"]), ({"headroom": None}, ["headroom", "caps_again"]),
    ({"cost_cap": 10}, ["cost_cap", "caps_again"]),
])  # fmt: skip
def test_a_share_of_costs_shows_the_steps_that_were_asked_for(given, names):
    found = [step.name for step in share_of(100, "40%", **given).steps]
    assert [name for name in found if name not in ("base", "share", "amount", "rounding")] == names
    assert [name for name in found if name in ("base", "share", "amount", "rounding")] == [
        "base", "share", "amount", "rounding",
    ]  # fmt: skip


@pytest.mark.parametrize(("answer", "least"), [
    (loan_gge(100, years=1, rate="3.5%", reference_rate=Range("3%", "4%"), discount_rate="3.19%", periods_per_year=2, rounding=Rounding("none")), "0.00"),
    (present_value({Fraction(1, 2): Range(0, 100)}, "3.19%", rounding=Rounding("none")), "0.00"),
    (present_value({Fraction(1, 2): 100}, Range(0, "3.19%"), rounding=Rounding("none")), "98.44"),
])  # fmt: skip
def test_one_end_that_is_not_rounded_is_enough_to_say_so(answer, least):
    assert str(answer.amount.least).startswith(least)
    assert (answer.unknown[-1], answer.precision) == (TIE, 50)


@pytest.mark.parametrize(("flows", "rate"), [
    ({Fraction(1, 2): Range(0, 100)}, "3.19%"), ({Fraction(1, 2): 100}, Range(0, "3.19%")), ({1: 1, Fraction(1, 2): 1}, "3.19%"),
])  # fmt: skip
def test_the_precision_is_that_of_the_end_that_took_more_decimals(flows, rate):
    assert present_value(flows, rate).precision == 50
    assert present_value(flows, rate, rounding=Rounding(stage="per_line")).precision == 50


def test_a_loan_between_two_ends_took_the_decimals_of_either():
    terms = {"years": 1, "rate": "3.5%", "discount_rate": "3.19%", "periods_per_year": 2}
    assert loan_gge(100000, reference_rate=Range("3%", "4%"), **terms).precision == 50
    assert loan_gge(100000, reference_rate="4%", **terms | {"discount_rate": Range(0, "3.19%")}).precision == 50
    assert loan_gge(100000, reference_rate=Range("2%", "3%"), **terms).precision == 0
