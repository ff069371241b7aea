# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.ground.errors import BadFacts, NotEncoded
from misure.ground.ranges import Range
from misure.ground.truth import Confidence
from misure.undertakings import EarlierAid, Situation, YearRatios, in_difficulty

ON = "2026-11-22"
SOUND = {
    "liability": "limited", "sme": True, "constituted": "2010-01-01", "subscribed_capital": 100_000, "share_premium": 0,
    "reserves": 0, "accumulated_losses": 0, "insolvency_proceedings": False, "creditors_may_request": False,
    "earlier_aid": (), "ratios": (),
}  # fmt: skip


def asked(on=ON, **facts):
    return in_difficulty(Situation(**(SOUND | facts)), on=on)


def point(letter, on=ON, **facts):
    limb = asked(on, **facts).limb(letter)
    return limb.truth.value, limb.reason


def amounts(capital, premium, reserves, losses):
    return {"subscribed_capital": capital, "share_premium": premium, "reserves": reserves, "accumulated_losses": losses}


def ratios(*pairs, last=2025):
    years = range(last - len(pairs) + 1, last + 1)
    return tuple(YearRatios(year, *pair) for year, pair in zip(years, pairs, strict=True))


@pytest.mark.parametrize(("figures", "expected", "margin"), [
    ((100_000, 0, 20_000, "70000.01"), "yes", Fraction(-1, 100)),     # UID-2
    ((100_000, 0, 20_000, 70_000), "no", 0),                          # exactly half is not more than half
    ((50_000, 150_000, 0, 90_000), "no", 10_000),                     # UID-5: half of 200,000
    ((50_000, 150_000, 0, "100000.01"), "yes", Fraction(-1, 100)),
    ((10_000, 0, -1_000, "4000.01"), "yes", Fraction(-1, 100)),       # reserves may be negative
    ((10_000, 0, 0, 0), "no", 5_000),
    (("0.01", 0, 0, "0.01"), "yes", Fraction(-1, 200)),               # half a cent
])  # fmt: skip
def test_a_limited_company_that_lost_half_its_capital(figures, expected, margin):
    found = asked(**amounts(*figures))
    assert (found.answer, found.limb("a").truth, found.limb("a").margin.exact) == (expected, expected, margin)
    assert found.confidence is Confidence.SECONDARY
    assert str(found.limb("a").citation) == "Reg. (UE) 651/2014, art. 2, punto 18, lett. a) e b)"


LOST = amounts(10_000, 0, 0, 9_000)


@pytest.mark.parametrize(("on", "constituted", "sme", "expected"), [
    ("2026-11-22", "2024-01-01", True, ("no", "young_sme")),                 # UID-3: 2.9 years
    ("2026-12-31", "2024-01-01", True, ("no", "young_sme")),
    ("2026-11-22", "2023-11-23", True, ("no", "young_sme")),
    ("2026-11-22", "2023-11-22", True, ("yes", "losses_beyond_half")),       # three years to the day
    ("2026-11-22", "2024-01-01", False, ("yes", "losses_beyond_half")),      # only SMEs are exempt
    ("2026-11-22", "2024-01-01", None, ("unknown", "exemption_not_known")),
    ("2026-11-22", None, True, ("unknown", "exemption_not_known")),
    ("2026-11-22", "2020-01-01", None, ("yes", "losses_beyond_half")),
    ("2026-11-22", None, False, ("yes", "losses_beyond_half")),
])  # fmt: skip
def test_young_smes_are_exempt_from_a_and_b(on, constituted, sme, expected):
    facts = LOST | {"constituted": constituted, "sme": sme}
    assert point("a", on, **facts) == expected
    assert point("b", on, **facts, liability="unlimited") == expected


def test_a_young_sme_is_not_exempt_from_the_rest():
    young = LOST | {"constituted": "2024-01-01", "sme": True}
    assert asked(**young).answer == "no"
    assert asked(**young, insolvency_proceedings=True).answer == "yes"


def test_risk_finance():
    assert point("a", **LOST, risk_finance_exempt=True) == ("no", "risk_finance")
    assert point("a", **LOST, risk_finance_exempt=None) == ("unknown", "exemption_not_known")
    assert point("a", **LOST, risk_finance_exempt=True, sme=False)[0] == "yes"


@pytest.mark.parametrize(("figures", "expected"), [
    ((100_000, 0, 0, "50000.01"), ("yes", "losses_beyond_half")),
    ((100_000, 0, 0, 50_000), ("no", "losses_within_half")),
    ((100_000, 0, 20_000, 60_000), ("unknown", "readings_differ")),    # 40,000 after the reserves, 60,000 before
    ((100_000, 0, 20_000, "70000.01"), ("yes", "losses_beyond_half")),
])  # fmt: skip
def test_members_of_unlimited_liability(figures, expected):
    facts = amounts(*figures) | {"liability": "unlimited"}
    assert point("b", **facts) == expected
    assert point("a", **facts) == ("no", "other_legal_form")
    assert asked(**facts).limb("b").confidence is Confidence.INFERRED


def test_the_legal_form():
    assert asked(**LOST, liability="none").answer == "no"
    found = asked(**LOST, liability=None)
    assert (found.answer, found.missing) == ("unknown", ("liability",))
    assert asked(liability=None).answer == "no"


@pytest.mark.parametrize(("proceedings", "may_request", "expected"), [
    (True, None, "yes"), (None, True, "yes"), (False, None, "unknown"), (None, False, "unknown"), (False, False, "no"),
])  # fmt: skip
def test_insolvency(proceedings, may_request, expected):
    assert point("c", insolvency_proceedings=proceedings, creditors_may_request=may_request)[0] == expected


@pytest.mark.parametrize(("kind", "granted", "ended", "expected"), [
    ("rescue_loan", "2024-03-01", "2025-02-01", ("no", "earlier_aid_ended")),               # UID-9
    ("rescue_loan", "2024-03-01", "2026-05-01", ("no", "earlier_aid_ended")),               # repaid on the very day
    ("rescue_loan", "2024-03-01", "2026-05-02", ("yes", "rescue_loan_running")),
    ("rescue_loan", "2024-03-01", "not_yet", ("yes", "rescue_loan_running")),
    ("rescue_loan", "2024-03-01", None, ("unknown", "not_known")),
    ("rescue_guarantee", "2024-03-01", "not_yet", ("yes", "rescue_guarantee_running")),
    ("restructuring", "2024-03-01", dt.date(2026, 12, 31), ("yes", "restructuring_running")),
    ("restructuring", "2026-05-02", "not_yet", ("no", "no_earlier_aid")),                   # granted later
])  # fmt: skip
def test_rescue_and_restructuring_aid(kind, granted, ended, expected):
    assert point("d", "2026-05-01", earlier_aid=(EarlierAid(kind, granted, ended),)) == expected


def test_one_aid_running_is_enough():
    aids = [EarlierAid("rescue_loan", "2020-01-01"), EarlierAid("restructuring", "2022-01-01", "not_yet")]
    assert point("d", earlier_aid=aids) == ("yes", "restructuring_running")
    assert point("d", earlier_aid=None) == ("unknown", "not_known")


@pytest.mark.parametrize(("sme", "years", "expected"), [
    (False, [("8.0", "0.9"), ("7.6", "0.99")], ("yes", "years_beyond")),          # UID-6
    (False, [("8.0", "0.9"), ("7.5", "0.9")], ("no", "a_year_within")),           # UID-8
    (False, [("8.0", "1.0"), ("7.6", "0.9")], ("no", "a_year_within")),
    (False, [("8.0", "0.9"), ("7.6", "-2")], ("yes", "years_beyond")),
    (False, [("1", "9"), ("8.0", "0.9"), ("7.6", "0.9")], ("yes", "years_beyond")),   # only the last two count
    (False, [("8.0", "0.9"), (None, "0.9")], ("unknown", "not_known")),
    (False, [("8.0", "0.9"), (None, "1.0")], ("no", "a_year_within")),
    (False, [("8.0", "0.9")], ("unknown", "not_known")),
    (False, [("7.5", "0.9")], ("no", "a_year_within")),
    (False, [("-3", "0.5"), ("8", "0.5")], ("unknown", "negative_equity")),
    (False, [("-3", "1.5"), ("8", "0.5")], ("no", "a_year_within")),
    (False, [(Range("-3", "-0.01"), "0.5"), ("8", "0.5")], ("unknown", "negative_equity")),
    (False, [(Range("-3", "0"), "0.5"), ("8", "0.5")], ("unknown", "not_known")),      # a year without debts, perhaps
    (False, [(Range("-3", "9"), "0.5"), ("8", "0.5")], ("unknown", "not_known")),
    (False, [("0", "0.5"), ("8", "0.5")], ("no", "a_year_within")),
    (False, [], ("unknown", "not_known")),
    (True, [("8.0", "0.9"), ("7.6", "0.9")], ("no", "sme")),
    (None, [("8.0", "0.9"), ("7.6", "0.9")], ("unknown", "not_known")),
    (None, [("8.0", "0.9"), ("7.0", "0.9")], ("no", "a_year_within")),
    (False, [(Range("7.6", "9"), Range("0.1", "0.9"))] * 2, ("yes", "years_beyond")),
    (False, [(Range("7", "9"), Range("0.1", "0.9"))] * 2, ("unknown", "not_known")),
])  # fmt: skip
def test_two_years_of_too_much_debt(sme, years, expected):
    assert point("e", sme=sme, ratios=ratios(*years)) == expected


def test_a_year_that_is_not_told_between_two():
    gap = (YearRatios(2023, 8, 0), YearRatios(2025, 8, 0))
    assert point("e", sme=False, ratios=gap) == ("unknown", "not_known")


def test_what_is_not_known():
    found = in_difficulty(Situation(), on=ON)
    assert [limb.truth.value for limb in found.limbs] == ["unknown"] * 5
    assert set(found.missing) == {
        "liability", "sme", "constituted", "subscribed_capital", "share_premium", "reserves", "accumulated_losses",
        "insolvency_proceedings", "creditors_may_request", "earlier_aid", "ratios",
    }  # fmt: skip
    # One point that is surely met is enough.
    known = in_difficulty(Situation(insolvency_proceedings=True), on=ON)
    assert (known.answer, known.missing, known.confidence) == ("yes", (), Confidence.SECONDARY)
    assert asked(accumulated_losses=None).limb("a").missing == ("accumulated_losses",)
    assert asked(accumulated_losses=Range(0, 50_000)).answer == "no"
    assert asked(accumulated_losses=Range("50000.01", 60_000)).answer == "yes"
    assert asked(share_premium=None, accumulated_losses=60_000).limb("a").missing == ("share_premium",)


def test_the_definition_of_the_day():
    found = asked("2027-01-01", **LOST)
    assert (found.answer, {limb.reason for limb in found.limbs}) == ("unknown", {"law_not_known"})
    assert asked("2026-12-31", **LOST).answer == "yes"
    with pytest.raises(NotEncoded):
        asked("2014-06-30")


def test_all_faults_come_at_once():
    with pytest.raises(BadFacts) as caught:
        asked(
            "2026-02-30", liability="limted", sme="yes", constituted="2030-13-01", subscribed_capital=-1, reserves=0.5,
            accumulated_losses=Range(5, 1), earlier_aid=[EarlierAid("rescue", "2024-01-01"), 5, EarlierAid(
                "rescue_loan", "2024-01-01", "2023-01-01")],
            ratios=[YearRatios(2024, 0.5), YearRatios("2024"), YearRatios(2023), YearRatios(2023)],
        )  # fmt: skip
    assert [fault.subject for fault in caught.value.faults] == [
        "accumulated_losses", "constituted", "earlier_aid 1", "earlier_aid 2", "earlier_aid 3", "liability", "on",
        "ratios 1", "ratios 2", "ratios 4", "reserves", "sme", "subscribed_capital",
    ]  # fmt: skip
    assert "did you mean 'limited'?" in str(caught.value)
    with pytest.raises(BadFacts, match="lies after the day"):
        asked(constituted="2026-11-23")
    with pytest.raises(BadFacts, match="2027 lies after the day"):
        asked(ratios=ratios((1, 1), last=2027))
    with pytest.raises(BadFacts, match="expected a Situation"):
        in_difficulty({"sme": True}, on=ON)
    with pytest.raises(BadFacts, match="expected a tuple"):
        asked(earlier_aid="none")


def test_an_answer_is_a_value():
    found = asked(**LOST, earlier_aid=[EarlierAid("rescue_loan", "2020-01-01")])
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert hash(found) == hash(asked(**LOST, earlier_aid=(EarlierAid("rescue_loan", "2020-01-01"),)))
    with pytest.raises(KeyError):
        found.limb("f")


money = st.integers(0, 20).map(lambda thousands: thousands * 1000)
truths = st.booleans()
aids = st.lists(
    st.builds(
        EarlierAid, st.sampled_from(["rescue_loan", "restructuring"]), st.sampled_from(["2020-01-01", "2027-01-01"]),
        st.sampled_from(["2028-01-01", "not_yet"]),
    ), max_size=2,
)  # fmt: skip
ratio = st.integers(0, 20).map(lambda halves: Fraction(halves, 2))
situations = st.fixed_dictionaries({
    "liability": st.sampled_from(["limited", "unlimited", "none"]), "sme": truths,
    "constituted": st.sampled_from(["2010-01-01", "2025-01-01"]), "risk_finance_exempt": truths,
    "subscribed_capital": money, "share_premium": money, "reserves": st.integers(-5000, 5000), "accumulated_losses": money,
    "insolvency_proceedings": truths, "creditors_may_request": truths, "earlier_aid": aids,
    "ratios": st.lists(st.tuples(ratio, ratio), min_size=2, max_size=2).map(lambda pairs: ratios(*pairs)),
})  # fmt: skip


@given(situations, st.sets(st.sampled_from([*SOUND, "risk_finance_exempt"])))
def test_completing_what_is_not_known_never_contradicts(facts, forgotten):
    known = in_difficulty(Situation(**facts), on=ON)
    vague = in_difficulty(Situation(**facts | dict.fromkeys(forgotten)), on=ON)
    assert vague.answer in {known.answer, "unknown"}
    for sure, unsure in zip(known.limbs, vague.limbs, strict=True):
        assert unsure.truth in {sure.truth, "unknown"}
        assert (unsure.truth == "unknown") >= bool(unsure.missing)
        if sure.truth != "unknown" and unsure.truth == "unknown":
            assert set(unsure.missing) & forgotten


@given(situations, st.integers(0, 5000))
def test_more_losses_never_end_the_difficulty(facts, more):
    before = in_difficulty(Situation(**facts), on=ON)
    after = in_difficulty(Situation(**facts | {"accumulated_losses": facts["accumulated_losses"] + more}), on=ON)
    order = ["no", "unknown", "yes"]
    assert order.index(before.answer) <= order.index(after.answer)
