# SPDX-License-Identifier: Apache-2.0
"""What general law asks of every grant is asked from the grant on, and is never told as a condition of the call."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.testing.worked_cases import cases_of_measure, decide_case

BENEATH = {"no_recovery_order", "contributions_regular", "antimafia_clear", "catastrophe_duty"}
ASKED = {"recovery_order_open", "durc_regular_at_grant", "antimafia_clear_at_grant", "catastrophe_duty_met"}
USING = (
    "export-su-misura",
    "fiere-lombardia-2024-2026",
    "verso-nuovi-mercati",
    "bando-filiere-2022",
    "nuova-impresa-2025",
    "linea-microimprese-2024",
    "linea-microimprese-2025",
)
UNDER_THE_VALUE = {
    "export-su-misura",
    "fiere-lombardia-2024-2026",
    "linea-microimprese-2024",
    "linea-microimprese-2025",
    "nuova-impresa-2025",
}
"""What these give never reaches the value above which anti-mafia documents are asked for: nobody is asked for them."""
ASKED_BY_THE_CALL = {
    "verso-nuovi-mercati": {"contributions_regular", "antimafia_clear"},
    "linea-microimprese-2024": {"contributions_regular"},
}
"""What the text of the call sets itself (decreto 5678/2025, All. A, A.3 c. 2 e) and f); decreto 14847/2024, All. A, C3.e c. 1): no
general law stands beside it."""
ON = dt.date(2026, 3, 18)


def truths(decision, name):
    """The truths of what is asked from the grant on, but for what a measure that gives so little does not ask."""
    if name in UNDER_THE_VALUE:
        assert str(decision["antimafia_clear"].truth) == "not_applicable"
    return {str(decision[id_].truth) for id_ in asked_by(name)}


def asked_by(name):
    return BENEATH - {"antimafia_clear"} if name in UNDER_THE_VALUE else BENEATH


@pytest.fixture(scope="module")
def granted():
    """An application that was granted, with all that is asked of it told."""
    measure = misure.catalogue()["lombardia/export-su-misura"]
    decision = decide_case(measure, cases_of_measure(measure)[0])
    return measure, dict(decision.receipt["facts"])


@pytest.mark.parametrize("name", USING)
def test_every_measure_that_grants_aid_asks_it_and_says_where_it_comes_from(name):
    decision = misure.catalogue()[f"lombardia/{name}"].decide({"granted_on": "not_yet"}, on=ON)
    origins = {finding.id: finding.origin for finding in decision.findings}
    assert {id_ for id_, origin in origins.items() if origin == "law_beneath"} == BENEATH - ASKED_BY_THE_CALL.get(
        name, set()
    )
    assert set(origins) >= BENEATH
    assert {finding["origin"] for finding in decision.to_dict()["findings"]} == {"call", "law_beneath"}
    assert truths(decision, name) == {"pending"}
    assert not {one.name for one in decision.missing} & ASKED


@pytest.mark.parametrize("name", USING)
def test_where_nobody_says_whether_the_aid_was_granted_it_is_open_and_asked(name):
    decision = misure.catalogue()[f"lombardia/{name}"].decide({}, on=ON)
    assert truths(decision, name) == {"unknown"}
    asked = ASKED - {"antimafia_clear_at_grant"} if name in UNDER_THE_VALUE else ASKED
    assert {one.name for one in decision.missing} >= asked | {"granted_on"}
    assert name not in UNDER_THE_VALUE or "antimafia_clear_at_grant" not in {one.name for one in decision.missing}
    assert decision.outcome is misure.Outcome.UNDECIDED


@pytest.mark.parametrize("met", [True, False])
def test_where_nobody_says_whether_the_aid_was_granted_only_what_would_break_it_is_open(granted, met):
    measure, facts = granted
    told = {name: value for name, value in facts.items() if name != "granted_on"} | {"durc_regular_at_grant": met}
    decision = measure.decide(told, on=ON)
    assert str(decision["contributions_regular"].truth) == ("yes" if met else "unknown")
    open_ = {finding.id for finding in decision.findings if finding.truth is misure.Truth.UNKNOWN}
    # The cap on services is dated on the grant, and so open too.
    assert open_ == {"services_within_cap"} | ({"contributions_regular"} if not met else set())
    assert decision.outcome is misure.Outcome.UNDECIDED
    assert ("granted_on" in [one.name for one in decision["contributions_regular"].missing]) is not met


def test_before_the_grant_it_is_pending_whatever_is_told(granted):
    measure, facts = granted
    decision = measure.decide(facts | {"granted_on": "not_yet", "durc_regular_at_grant": False}, on=ON)
    assert str(decision["contributions_regular"].truth) == "pending"
    assert decision["contributions_regular"].applies
    assert decision.outcome is not misure.Outcome.REFUSED
    page = misure.explain(decision).text(width=1000)
    assert "Legge che vale per ogni aiuto, e non condizioni del bando" in page
    assert "(DURC): si chiede dal giorno di: concessione" in page


@pytest.mark.parametrize(
    ("fact", "bad", "condition"),
    [
        ("durc_regular_at_grant", False, "contributions_regular"),
        ("recovery_order_open", True, "no_recovery_order"),
    ],
)
def test_from_the_grant_on_it_refuses_and_is_asked(granted, fact, bad, condition):
    measure, facts = granted
    assert measure.decide(facts, on=ON).outcome is misure.Outcome.NO_KNOWN_OBSTACLE
    refused = measure.decide(facts | {fact: bad}, on=ON)
    assert refused.outcome is misure.Outcome.REFUSED
    assert [f.id for f in refused.findings if f.truth is misure.Truth.NO] == [condition]
    open_ = measure.decide({name: value for name, value in facts.items() if name != fact}, on=ON)
    assert open_.outcome is misure.Outcome.UNDECIDED
    assert fact in {one.name for one in open_.missing_for("outcome")}


@pytest.mark.parametrize(
    ("spend", "clear", "truth", "asked"),
    [
        # The loan and the grant are 85 % of the spend: below 150,000.00 EUR nothing is asked. At it, and above, the call says
        # two things (C.4.b c. 6, C.4.c c. 8), until the grant alone and the equivalent of the loan are above it.
        ("176470.57", False, "not_applicable", False),
        ("176470.57", None, "not_applicable", False),
        ("176470.58", False, "unknown", False),
        ("176470.58", None, "unknown", True),
        ("176470.58", True, "yes", False),
        ("176470.60", False, "unknown", False),
        ("176470.60", None, "unknown", True),
        ("176470.60", True, "yes", False),
        (None, False, "unknown", False),
        (None, True, "yes", False),
    ],
    ids=[
        "below the value",
        "below it, untold",
        "at the value",
        "at it, untold",
        "at it, clear",
        "a cent above",
        "above, untold",
        "above, clear",
        "no spend",
        "no spend, clear",
    ],
)
def test_anti_mafia_documents_are_asked_above_a_value_alone(spend, clear, truth, asked):
    measure = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    facts = dict(decide_case(measure, cases_of_measure(measure)[0]).receipt["facts"]) | {"granted_on": "2025-12-10"}
    told = {"planned_eligible_spend": spend, "antimafia_clear_at_grant": clear}
    facts = {name: value for name, value in (facts | told).items() if value is not None}
    decision = measure.decide(facts, on=ON)
    assert str(decision["antimafia_clear"].truth) == truth
    assert ("antimafia_clear_at_grant" in {one.name for one in decision.missing}) is asked


@pytest.mark.parametrize(
    ("filed", "size", "day", "met", "truth"),
    [
        # Filed in 2025, granted in 2026: regard is to be had to the want of insurance, and how is nowhere said.
        ("2025-12-31", "small", "2026-03-18", False, "unknown"),
        ("2025-12-31", "small", "2026-03-18", True, "yes"),
        ("2025-12-31", "small", "2026-03-18", None, "unknown"),
        ("2025-12-31", "small", "2026-01-01", False, "unknown"),
        # The day of the grant says whether the duty is there at all.
        ("2025-12-09", "small", "2025-12-31", False, "not_applicable"),
        ("2025-12-09", "medium", "2025-12-31", False, "unknown"),
        ("2025-12-09", None, "2025-12-31", False, "unknown"),
        # Filed under the incentives code, in a call that is older: what rules the passage was not read.
        ("2026-01-01", "small", "2026-03-18", False, "unknown"),
        ("2026-01-01", "small", "2026-03-18", True, "yes"),
        (None, "small", "2026-03-18", False, "unknown"),
        (None, "small", "2026-03-18", True, "yes"),
        # Before the grant it is not asked yet, on whichever day one filed.
        ("2025-12-31", "small", "not_yet", False, "pending"),
        ("2026-01-01", "small", "not_yet", False, "pending"),
        ("2025-12-31", "small", None, False, "unknown"),
    ],
)
def test_the_duty_to_insure_is_weighed_by_the_day_of_the_grant(granted, filed, size, day, met, truth):
    measure, facts = granted
    procedure = ("ranking_approved_on", "outcome_notified_on", "ranking_published_on", "aid_registered_on")
    facts = {name: value for name, value in facts.items() if name not in procedure}
    told = {"filed_on": filed, "size": size, "granted_on": day, "catastrophe_duty_met": met}
    facts = {name: value for name, value in (facts | told).items() if value is not None}
    assert str(measure.decide(facts, on=ON)["catastrophe_duty"].truth) == truth


@pytest.mark.parametrize("name", USING)
@pytest.mark.parametrize("on", ["2026-01-01", "2026-03-18"])
def test_before_the_grant_all_of_it_is_pending_whenever_one_filed(name, on):
    measure = misure.catalogue()[f"lombardia/{name}"]
    first = measure.rulebook.editions[-1].day
    for filed in (first, dt.date(2025, 12, 31), dt.date(2026, 1, 1)):
        decision = measure.decide({"granted_on": "not_yet", "filed_on": filed}, on=dt.date.fromisoformat(on))
        assert truths(decision, name) == {"pending"}, filed


def test_what_is_asked_once_an_event_has_happened_is_not_dated_on_another():
    """`live` and the days of a condition are those of filing: what waits for the grant says its days in `when`."""
    waiting = [one for measure in misure.catalogue().values() for one in measure.rulebook.conditions if one.once]
    assert waiting
    assert [one.id for one in waiting if one.since or one.until] == []


@pytest.mark.parametrize(
    "name",
    [
        "export-su-misura",
        "fiere-lombardia-2024-2026",
        "linea-microimprese-2024",
        "linea-microimprese-2025",
        "nuova-impresa-2025",
        "verso-nuovi-mercati",
    ],
)
def test_nobody_is_refused_before_the_grant_for_want_of_headroom(name):
    """Headroom is that of the day of the grant: what is lacking today may come free."""
    measure = misure.catalogue()[f"lombardia/{name}"]
    facts = dict(decide_case(measure, cases_of_measure(measure)[0]).receipt["facts"])
    full = {
        "cor": "1", "beneficiary": facts["codice_fiscale"], "regulation": "gen", "granted_on": "2025-12-31",
        "amount": "300000.00",
    }  # fmt: skip

    def refusing(aids):
        decision = measure.decide(facts | {"granted_on": "not_yet", "deminimis_aids": aids}, on=ON)
        return [one.id for one in decision.findings if one.truth is misure.Truth.NO and one.effect == "refuses"]

    assert refusing([full]) == refusing([])


def test_what_the_call_sets_itself_is_asked_once_and_cited_from_the_call():
    measure = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    facts = dict(decide_case(measure, cases_of_measure(measure)[0]).receipt["facts"])
    told = {"granted_on": "2025-12-10", "granted_loan": "130000.00", "recovery_order_open": False}
    facts |= told | {"antimafia_clear_at_grant": True, "catastrophe_duty_met": True, "durc_regular_at_grant": False}
    decision = measure.decide(facts, on=dt.date(2026, 1, 5))
    assert decision.outcome is misure.Outcome.REFUSED
    assert [f.id for f in decision.findings if f.truth is misure.Truth.NO] == ["contributions_regular"]
    found = decision["contributions_regular"]
    assert (found.origin, found.confidence.value) == ("call", "official")
    assert str(found.cite) == "Decreto 5678, All. A, A.3, comma 2, lett. e), p. 8"
    assert found.provisions == ("VNM.13", "CA.02")
    assert [f.id for f in decision.findings].count("contributions_regular") == 1
    page = misure.explain(decision).text(width=1000)
    assert "si regge soltanto su una nostra lettura" not in page
    assert "D.L. 69/2013, art. 31 " not in page.split("Legge che vale per ogni aiuto")[1].split("Agevolazione")[0]
