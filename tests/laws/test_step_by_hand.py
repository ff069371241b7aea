# SPDX-License-Identifier: Apache-2.0
"""Tecnologie Strategiche answers as the same call written by hand from its text: who asks, drawn, and who was granted, moved about."""

import datetime as dt
from collections import Counter

import pytest
from benchmarks.by_hand import Contradiction
from benchmarks.step_by_hand import admission
from benchmarks.step_by_hand.partnership import applicant, beneficiary
from benchmarks.step_by_hand.project import project_of
from hypothesis import strategies as st

import misure
from misure import BadFacts, NotEncoded, Outcome
from misure.deciding.machinery import compiled
from misure.testing.strategies import questions
from tests.laws.drawn_once import gathered, of_every
from tests.laws.readings import answered, favourable, is_decision
from tests.laws.step_against_hand import held

STEP = misure.catalogue()["lombardia/tecnologie-strategiche-step"]
MANY = 500
"""So many of each kind are drawn."""
SOME = 4
"""So many of what a law is about must be met."""


def compared(facts, on, met):
    """The decision is held to the hand, and what is none is none by hand either."""
    decision = answered(STEP, facts, on)
    if is_decision(decision):
        held(decision, met)
        return
    met[decision] += 1
    assert decision in (BadFacts, NotEncoded)
    if decision is NotEncoded or _readable(facts, on):
        with pytest.raises((Contradiction, LookupError)):
            admission.decide(project_of(compiled(STEP).facts.read(facts, on)), on.toordinal())


def _readable(facts, on):
    try:
        return compiled(STEP).facts.read(facts, on).complete
    except BadFacts:
        return False


def test_applicants():
    met = Counter()
    of_every([(*one, met) for one in gathered(questions(STEP, missing=False), MANY)], compared)
    assert min(favourable(met), met[Outcome.REFUSED], met["granted"]) >= SOME, met


# Those who are drawn are refused for one thing or another, or are near one worked case: the amounts of a grant are looked at
# with partnerships that nothing keeps from it, and days and amounts on the edges of the text or anywhere.

EUROS = st.integers(0, 400_000_000) | st.sampled_from([0, 1, 15_000_000, 15_000_001, 30_000_000, 120_000_000])
TIMES = {
    "granted_on": ["2025-09-10", "2025-09-12", "2025-09-13", "2025-08-31", "2026-01-01"],
    "grant_notified_on": ["not_yet", "2025-10-15"],
    "grant_accepted_on": ["not_yet", "2025-10-14", "2025-10-15", "2025-10-16"],
    "works_started_on": ["2025-03-10", "2025-03-11", "2025-10-16", "not_yet"],
    "first_staff_hour_on": ["2025-03-10", "2025-03-11"],
    "advance_requested_on": ["2026-01-13", "2026-01-14", "not_yet"],
    "advance_paid_on": ["not_yet"],
    "interim_paid_on": ["not_yet"],
    "interim_report_sent_on": ["2026-12-10", "2026-12-11", "not_yet"],
    "interim_requested_on": ["2026-12-10", "2026-12-11", "not_yet"],
    "project_concluded_on": ["2028-03-10", "2028-03-11", "2028-03-13", "not_yet"],
    "balance_requested_on": ["2028-05-09", "2028-07-08", "2028-07-09", "not_yet"],
    "final_validated_on": ["not_yet"],
    "balance_paid_on": ["2028-07-04", "2028-07-10"],
    "step_extension_asked_on": ["2027-11-11", "2027-11-12"],
    "variation_asked_on": ["2027-11-11", "2027-11-12", "2027-04-10"],
    "variation_authorised_on": ["2027-05-10"],
    "replacement_asked_on": ["2026-11-30", "2026-12-01", "2026-12-10", "2026-12-11", "2026-12-14"],
    "successor_entered_step": ["2027-01-01", "2028-07-04", "2028-07-05"],
    "partnership_renounced_on": ["2027-01-01"],
    "partnership_lapsed_on": ["2028-01-01"],
    "step_papers_lost_on": ["2028-01-01", "2028-07-06"],
    "goods_disposed_on": ["2028-02-29", "2028-03-01", "2028-03-09", "2028-03-10", "2028-03-13"],
}
FLAGS = (
    "collaboration_kept", "step_controls_refused", "step_project_strayed", "step_objectives_kept", "successor_meets_requirements",
    "false_step_declarations", "requirements_missing", "productive_investment", "extension_granted", "step_environment",
    "acceptance_missed_without_fault", "partner_reorganised_before_grant", "new_capofila_named",
)  # fmt: skip
OF_PARTNERS = (
    "recovery_order", "regional_debts", "antimafia_unfavourable", "lapsed", "stability_broken", "interim_asked", "insured",
    "antimafia_at_grant", "antimafia_forms", "antimafia_verified",
)  # fmt: skip
AMOUNTS = (
    "other_aid", "general_benefits", "admitted", "interim_industrial", "interim_experimental", "validated_industrial",
    "validated_experimental", "advance_debt", "interim_debt", "balance_debt", "advance_paid", "interim_paid", "balance_paid",
    "advance_asked", "guarantee", "kept", "industrial_hours", "experimental_equipment",
)  # fmt: skip
SEATS = ["not_yet", "2025-10-01", "2025-10-02", "2026-12-01", "2027-02-16", "2028-05-02", "2028-05-03", "2028-07-05"]
BROKEN = ["2028-07-04", "2028-07-05", "2031-07-04", "2031-07-05", "2033-07-04", "2033-07-05"]
DAYS = [dt.date(2028, 7, 10), dt.date(2027, 1, 20), dt.date(2028, 9, 30), dt.date(2034, 1, 10)]


def as_of(on, day):
    """An event is told once it has happened."""
    return "not_yet" if day > on.isoformat() else day


def said(cents):
    return f"{cents // 100}.{cents % 100:02}"


@st.composite
def moved_partner(draw, partner):
    """One partner with some of what is told of it moved; what it was given stays within what it was."""
    for name in draw(st.sets(st.sampled_from(AMOUNTS), max_size=3)):
        amount = draw(EUROS)
        partner[name] = str(amount // 10_000) if name == "industrial_hours" else said(amount)
    for name in draw(st.sets(st.sampled_from(OF_PARTNERS), max_size=1)):
        partner[name] = not partner[name]
    if draw(st.integers(0, 3)) == 0:
        partner["size_at_grant"] = draw(st.sampled_from(["micro", "small", "medium", "large"]))
    if draw(st.integers(0, 5)) == 0:
        partner["lombard_seat_on"] = draw(st.sampled_from(SEATS))
    if draw(st.integers(0, 3)) == 0:
        partner["granted"] = said(draw(st.integers(0, 60_000_000)))
    return partner | {"stability_broken_on": draw(st.sampled_from(BROKEN)), "turnover": "20000000000.00"}


@st.composite
def partnerships(draw):
    """A partnership that asks or was granted, with some of it moved, and a day."""
    asks = draw(st.integers(0, 4)) == 0
    facts = applicant(STEP) if asks else beneficiary(STEP)
    facts["step_partners"] = [draw(moved_partner(dict(one))) for one in facts["step_partners"]]
    if asks:
        return facts, dt.date(2025, 5, 1)
    for name in draw(st.sets(st.sampled_from(sorted(TIMES)), max_size=3)):
        facts[name] = draw(st.sampled_from(TIMES[name]))
    for name in draw(st.sets(st.sampled_from(FLAGS), max_size=2)):
        facts[name] = not facts[name]
    facts["extension_months"] = draw(st.sampled_from([0, 6, 6, 7]))
    facts["replaced_partners"] = draw(st.sampled_from([0, 0, 1, 2]))
    facts["varied_spend"] = draw(
        st.sampled_from(["3312000.00", "3311999.99", "4000000.00", "5520000.00", "9000000.00"])
    )
    on = draw(st.sampled_from(DAYS))
    partners = [one | {"lombard_seat_on": as_of(on, one["lombard_seat_on"])} for one in facts["step_partners"]]
    return facts | {name: as_of(on, facts[name]) for name in TIMES} | {"step_partners": partners}, on


def test_grants():
    met = Counter()
    of_every([(*one, met) for one in gathered(partnerships(), MANY)], compared)
    kinds = ("granted", "settled", "advance", "interim", "balance", "withheld", "lapsed", "open", "cut", "given back")
    assert min(met[kind] for kind in kinds) >= SOME, met
