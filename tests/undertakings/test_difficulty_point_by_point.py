# SPDX-License-Identifier: Apache-2.0
"""Whether an undertaking is in difficulty, point by point: reason, what to ask for, margin, confidence."""

import pytest

from misure.ground.errors import BadFacts
from misure.ground.ranges import Range
from misure.undertakings import EarlierAid, Situation, YearRatios, in_difficulty

ON = "2026-11-22"
SOUND = {
    "liability": "limited", "sme": True, "constituted": "2010-01-01", "subscribed_capital": 100_000, "share_premium": 0,
    "reserves": 0, "accumulated_losses": 0, "insolvency_proceedings": False, "creditors_may_request": False,
    "earlier_aid": (), "ratios": (),
}  # fmt: skip
LOST = {"subscribed_capital": 10_000, "share_premium": 0, "reserves": 0, "accumulated_losses": 9_000}


def asked(on=ON, **facts):
    return in_difficulty(Situation(**(SOUND | facts)), on=on)


def y(*years):
    """The ratios of some years: the year, debt over equity, and cover of interest."""
    return tuple(YearRatios(*year) for year in years)


def told(limb):
    missing = f" [{' '.join(limb.missing)}]" if limb.missing else ""
    margin = f" {limb.margin}" if limb.margin else ""
    return f"{limb.point} {limb.truth} {limb.reason}{missing}{margin} {limb.confidence}"


AT_REST = [
    "a no losses_within_half 50000 secondary", "b no other_legal_form secondary", "c no no_insolvency secondary",
    "d no no_earlier_aid secondary", "e no sme secondary",
]  # fmt: skip


def test_a_sound_undertaking_point_by_point():
    found = asked()
    assert [told(limb) for limb in found.limbs] == AT_REST
    assert [f"{limb.citation.act.id} {limb.citation.at}" for limb in found.limbs] == [
        f"reg-651-2014 art. 2, punto 18, lett. {letter})" for letter in ("a) e b", "a) e b", "c", "d", "e")
    ]
    assert [found.limb(letter) for letter in "abcde"] == list(found.limbs)


@pytest.mark.parametrize(("ask", "answer", "missing", "changed"), [
    (lambda: asked(**LOST), "yes secondary", "",
     ["a yes losses_beyond_half -4000 secondary"]),
    (lambda: asked(**LOST, constituted="2024-01-01"), "no secondary", "",
     ["a no young_sme -4000 secondary"]),
    (lambda: asked(**LOST, constituted=None), "unknown secondary", "constituted",
     ["a unknown exemption_not_known [constituted] -4000 secondary"]),
    (lambda: asked(**LOST, constituted=None, sme=None), "unknown secondary", "constituted sme ratios",
     ["a unknown exemption_not_known [constituted sme] -4000 secondary", "e unknown not_known [ratios sme] secondary"]),
    (lambda: asked(**LOST, sme=None, constituted="2024-01-01", liability=None), "unknown inferred", "sme liability ratios",
     ["a unknown exemption_not_known [sme liability] -4000 secondary", "b unknown exemption_not_known [sme liability] -4000 inferred", "e unknown not_known [ratios sme] secondary"]),
    (lambda: asked(**LOST, risk_finance_exempt=True), "no inferred", "",
     ["a no risk_finance -4000 inferred"]),
    (lambda: asked(**LOST, risk_finance_exempt=None), "unknown secondary", "risk_finance_exempt",
     ["a unknown exemption_not_known [risk_finance_exempt] -4000 secondary"]),
    (lambda: asked(**LOST, risk_finance_exempt=None, sme=None), "unknown secondary", "sme risk_finance_exempt ratios",
     ["a unknown exemption_not_known [sme risk_finance_exempt] -4000 secondary", "e unknown not_known [ratios sme] secondary"]),
    (lambda: asked(**LOST, risk_finance_exempt=True, sme=None), "unknown secondary", "sme ratios",
     ["a unknown exemption_not_known [sme] -4000 secondary", "e unknown not_known [ratios sme] secondary"]),
    (lambda: asked(**LOST, liability="unlimited"), "yes inferred", "",
     ["a no other_legal_form secondary", "b yes losses_beyond_half -4000 inferred"]),
    (lambda: asked(**LOST, liability="none"), "no secondary", "",
     ["a no other_legal_form secondary"]),
    (lambda: asked(**LOST, liability=None), "unknown inferred", "liability",
     ["a unknown not_known [liability] -4000 secondary", "b unknown not_known [liability] -4000 inferred"]),
    (lambda: asked(liability="unlimited", accumulated_losses=60_000, reserves=20_000), "unknown inferred", "",
     ["a no other_legal_form secondary", "b unknown readings_differ from -10000 to 10000 inferred"]),
    (lambda: asked(liability="unlimited", accumulated_losses=60_000, reserves=None), "unknown inferred", "reserves",
     ["a no other_legal_form secondary", "b unknown not_known [reserves] unknown inferred"]),
    (lambda: asked(liability="unlimited", accumulated_losses=Range(40_000, 60_000), reserves=20_000, risk_finance_exempt=True), "no inferred", "",
     ["a no other_legal_form secondary", "b no risk_finance from -10000 to 30000 inferred"]),
    (lambda: asked(liability=None, accumulated_losses=None), "unknown inferred", "accumulated_losses liability",
     ["a unknown not_known [accumulated_losses liability] at most 50000 secondary", "b unknown not_known [accumulated_losses liability] at most 50000 inferred"]),
    (lambda: asked(accumulated_losses=Range(0, 60_000)), "unknown secondary", "accumulated_losses",
     ["a unknown not_known [accumulated_losses] from -10000 to 50000 secondary"]),
    (lambda: asked(subscribed_capital=None, share_premium=None, reserves=None, accumulated_losses=60_000), "unknown secondary", "subscribed_capital share_premium reserves",
     ["a unknown not_known [subscribed_capital share_premium reserves] unknown secondary"]),
    (lambda: asked(reserves=Range(-10, 10), accumulated_losses=50_000), "unknown secondary", "reserves",
     ["a unknown not_known [reserves] from -10 to 10 secondary"]),
    (lambda: asked(insolvency_proceedings=True, creditors_may_request=None), "yes secondary", "",
     ["c yes insolvency_proceedings secondary"]),
    (lambda: asked(insolvency_proceedings=None, creditors_may_request=True), "yes secondary", "",
     ["c yes creditors_may_request secondary"]),
    (lambda: asked(insolvency_proceedings=None, creditors_may_request=None), "unknown secondary", "insolvency_proceedings creditors_may_request",
     ["c unknown not_known [insolvency_proceedings creditors_may_request] secondary"]),
    (lambda: asked(insolvency_proceedings=False, creditors_may_request=None), "unknown secondary", "creditors_may_request",
     ["c unknown not_known [creditors_may_request] secondary"]),
    (lambda: asked(earlier_aid=[EarlierAid("rescue_loan","2020-01-01","2026-11-22")]), "no secondary", "",
     ["d no earlier_aid_ended secondary"]),
    (lambda: asked(earlier_aid=[EarlierAid("rescue_loan","2020-01-01","2026-11-23")]), "yes secondary", "",
     ["d yes rescue_loan_running secondary"]),
    (lambda: asked(earlier_aid=[EarlierAid("rescue_loan","2026-11-22","not_yet")]), "yes secondary", "",
     ["d yes rescue_loan_running secondary"]),
    (lambda: asked(earlier_aid=[EarlierAid("rescue_loan","2026-11-23","not_yet")]), "no secondary", "",
     []),
    (lambda: asked(earlier_aid=[EarlierAid("rescue_loan","2020-01-01"), EarlierAid("restructuring","2020-01-01","2021-01-01")]), "unknown secondary", "earlier_aid",
     ["d unknown not_known [earlier_aid] secondary"]),
    (lambda: asked(earlier_aid=None), "unknown secondary", "earlier_aid",
     ["d unknown not_known [earlier_aid] secondary"]),
    (lambda: asked(sme=False, ratios=y((2024,8,"0.9"),(2025,"7.51","0.99"))), "yes secondary", "",
     ["e yes years_beyond secondary"]),
    (lambda: asked(sme=False, ratios=y((2024,8,"0.9"),(2025,"7.5","0.99"))), "no secondary", "",
     ["e no a_year_within secondary"]),
    (lambda: asked(sme=False, ratios=y((2024,8,"1"),(2025,"8","0.99"))), "no secondary", "",
     ["e no a_year_within secondary"]),
    (lambda: asked(sme=None, ratios=y((2024,8,"0.9"),(2025,"8","0.99"))), "unknown secondary", "sme",
     ["e unknown not_known [sme] secondary"]),
    (lambda: asked(sme=None, ratios=y((2024,8,"0.9"))), "unknown secondary", "ratios sme",
     ["e unknown not_known [ratios sme] secondary"]),
    (lambda: asked(sme=False, ratios=y((2024,8,"0.9"))), "unknown secondary", "ratios",
     ["e unknown not_known [ratios] secondary"]),
    (lambda: asked(sme=False, ratios=y((2023,8,"0.9"),(2025,8,"0.9"))), "unknown secondary", "ratios",
     ["e unknown not_known [ratios] secondary"]),
    (lambda: asked(sme=False, ratios=y((2023,1,"2"),(2025,8,"0.9"))), "unknown secondary", "ratios",
     ["e unknown not_known [ratios] secondary"]),
    (lambda: asked(sme=False, ratios=y((2024,-1,"0.9"),(2025,8,"0.9"))), "unknown secondary", "ratios",
     ["e unknown negative_equity [ratios] secondary"]),
    (lambda: asked(sme=False, ratios=y((2024,Range(-1,9),"0.9"),(2025,8,"0.9"))), "unknown secondary", "ratios",
     ["e unknown not_known [ratios] secondary"]),
    (lambda: asked(sme=False, ratios=y((2024,Range(-1,2),"0.9"),(2025,8,"0.9"))), "unknown secondary", "ratios",
     ["e unknown not_known [ratios] secondary"]),
    (lambda: asked(sme=False, ratios=y((2025,8,"0.9"),(2026,8,"0.9"))), "yes secondary", "",
     ["e yes years_beyond secondary"]),
    (lambda: asked(sme=False, ratios=()), "unknown secondary", "ratios",
     ["e unknown not_known [ratios] secondary"]),
    (lambda: asked(sme=None, ratios=None), "unknown secondary", "ratios sme",
     ["e unknown not_known [ratios sme] secondary"]),
    (lambda: asked("2027-01-01", **LOST), "unknown secondary", "",
     ["a unknown law_not_known secondary", "b unknown law_not_known secondary", "c unknown law_not_known secondary", "d unknown law_not_known secondary", "e unknown law_not_known secondary"]),
    (lambda: asked(**LOST, insolvency_proceedings=True, liability="unlimited"), "yes secondary", "",
     ["a no other_legal_form secondary", "b yes losses_beyond_half -4000 inferred", "c yes insolvency_proceedings secondary"]),
    (lambda: asked(**LOST, insolvency_proceedings=None), "yes secondary", "",
     ["a yes losses_beyond_half -4000 secondary", "c unknown not_known [insolvency_proceedings] secondary"]),
])  # fmt: skip
def test_the_points_that_some_facts_change(ask, answer, missing, changed):
    found = ask()
    assert [told(limb) for limb in found.limbs if told(limb) not in AT_REST] == changed
    assert (f"{found.answer} {found.confidence}", " ".join(found.missing)) == (answer, missing)


@pytest.mark.parametrize(("facts", "faults"), [
    ({"on": "x", "constituted": "2030-01-01"}, [("on", "'x' is not a date: write YYYY-MM-DD")]),
    ({"constituted": "2026-11-23"}, [("constituted", "2026-11-23 lies after the day of the question")]),
    ({"ratios": y((2026, 1, 1), (2027, 1, 1))}, [("ratios", "2027 lies after the day of the question")]),
    ({"liability": "limted"}, [("liability", "'limted' is none of limited, unlimited, none; did you mean 'limited'?")]),
    ({"liability": 5}, [("liability", "expected one of limited, unlimited, none; got 5")]),
    ({"sme": 1, "creditors_may_request": "x"}, [
        ("creditors_may_request", "expected True, False, or None while it is not known; got 'x'"),
        ("sme", "expected True, False, or None while it is not known; got 1"),
    ]),
    ({"insolvency_proceedings": 0, "risk_finance_exempt": 0}, [
        ("insolvency_proceedings", "expected True, False, or None while it is not known; got 0"),
        ("risk_finance_exempt", "expected True, False, or None while it is not known; got 0"),
    ]),
    ({"subscribed_capital": -1, "share_premium": "x", "reserves": "5%", "accumulated_losses": -2, "constituted": 3}, [
        ("accumulated_losses", "-2 is negative, and an amount of money is not"), ("constituted", "expected a date; got 3"),
        ("reserves", "expected a number; got '5%'"), ("share_premium", "'x' is not a number: write 1234.50"),
        ("subscribed_capital", "-1 is negative, and an amount of money is not"),
    ]),
    ({"earlier_aid": "x"}, [("earlier_aid", "expected a tuple; got 'x'")]), ({"ratios": 5}, [("ratios", "expected a tuple; got 5")]),
    ({"earlier_aid": [5, EarlierAid("rescue", "x"), EarlierAid("restructuring", "2020-01-02", "2020-01-01"), EarlierAid("rescue_loan", "x"),
                      EarlierAid("rescue_loan", "2020-01-01", "x"), EarlierAid("rescue_lone", "2020-01-01")]}, [
        ("earlier_aid 1", "expected EarlierAid; got 5"), ("earlier_aid 2", "'x' is not a date: write YYYY-MM-DD"),
        ("earlier_aid 2", "kind: 'rescue' is none of rescue_loan, rescue_guarantee, restructuring; did you mean 'rescue_loan'?"),
        ("earlier_aid 3", "it ended on 2020-01-01, before it was granted on 2020-01-02"),
        ("earlier_aid 4", "'x' is not a date: write YYYY-MM-DD"), ("earlier_aid 5", "'x' is not a date: write YYYY-MM-DD"),
        ("earlier_aid 6", "kind: 'rescue_lone' is none of rescue_loan, rescue_guarantee, restructuring; did you mean 'rescue_loan'?"),
    ]),
    ({"ratios": [7, YearRatios("2024"), YearRatios(True), YearRatios(2024, 0.5), YearRatios(2024), YearRatios(2024), YearRatios(2023, 1, "1%")]}, [
        ("ratios 1", "expected YearRatios; got 7"), ("ratios 2", "expected a year; got '2024'"), ("ratios 3", "expected a year; got true"),
        ("ratios 4", '0.5 is a binary float, which is not exact: write it as text, "0.5"'), ("ratios 6", "2024 is given twice"),
        ("ratios 7", "expected a number; got '1%'"),
    ]),
])  # fmt: skip
def test_each_fault_of_a_situation(facts, faults):
    with pytest.raises(BadFacts) as caught:
        asked(**facts)
    assert {fault.place.path for fault in caught.value.faults} == {"<situation>"}
    assert [(fault.subject, fault.message) for fault in caught.value.faults] == faults


def test_facts_at_the_day_of_the_question_are_facts():
    assert asked(constituted=ON).answer == "no"
    assert asked(ratios=y((2026, 1, 1))).answer == "no"
    assert (
        asked(earlier_aid=[EarlierAid("rescue_loan", "2020-01-01", "2020-01-01")]).limb("d").reason
        == "earlier_aid_ended"
    )


@pytest.mark.parametrize(("constituted", "on", "reason"), [
    ("2023-11-22", "2026-11-21", "young_sme"), ("2023-11-22", "2026-11-22", "losses_beyond_half"), ("2024-02-29", "2026-02-28", "young_sme"),
    ("2023-02-28", "2026-02-27", "young_sme"), ("2023-02-28", "2026-02-28", "losses_beyond_half"),
])  # fmt: skip
def test_an_sme_is_young_until_the_day_before_its_third_year_ends(constituted, on, reason):
    assert asked(on, **LOST, constituted=constituted).limb("a").reason == reason
