# SPDX-License-Identifier: Apache-2.0
"""A condition that says what it leaves of the base: amounts are exact where the cut is told, and never pass what is certain."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import misure
from misure import batch

DAY = dt.date(2025, 7, 1)
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
BOUND = Decimal("200000.00")
CEILING = 30_000_000
"""Cents of de minimis aid: a loan above it has an equivalent that may not fit, where its rate is not told."""
REST = """
    parameters:
      loan_share: 50%
      most: 1000.00 EUR
      least_loan: 400.00 EUR
    flags:
      fair: {label: "prova", question: "Prova?"}
    facts:
      cut: {unit: EUR, least: "0", greatest: "100000", label: "taglio", question: "Quanto?"}
    provisions:
      - cite: {act: uno, at: art. 1}
        definitions:
          counted: {is: "min(planned_implementation, most)", unit: EUR, label: "spesa che conta"}
        assessment:
          costs_fair:
            provision: P.1
            text: "I costi sono congrui"
            holds: fair
            effect: reduces
            reduces: [loan]
            leaves: planned_implementation - cut
      - cite: {act: uno, at: art. 2}
        award:
          small: {provision: P.2, text: "Finanziamento di almeno 400 euro", holds: loan >= least_loan}
    support:
      cite: {act: uno, at: art. 3}
      lines:
        loan: {form: loan, of: counted, intensity: loan_share, provision: P.3, text: "Finanziamento"}
      own_share: {of: planned_implementation, provision: P.3, text: "Quota propria"}
"""


@pytest.fixture
def measure(write):
    return write(REST)


def decided(measure, **facts):
    return measure.decide({"planned_implementation": "1200.00", "filed_on": "2025-05-01"} | facts, on=DAY)


def amounts(decision):
    told = {}
    for amount in decision.support:
        span = isinstance(amount.amount, misure.Range)
        told[amount.id] = (str(amount.amount.least), str(amount.amount.greatest)) if span else str(amount.amount)
    return told


@pytest.mark.parametrize(
    ("facts", "loan", "own"),
    [
        ({"fair": True, "cut": "300.00"}, "500.00", "700.00"),
        ({"fair": False, "cut": "0.00"}, "500.00", "700.00"),
        # What is over the ceiling goes first.
        ({"fair": False, "cut": "200.00"}, "500.00", "700.00"),
        ({"fair": False, "cut": "200.02"}, "499.99", "700.01"),
        ({"fair": False, "cut": "300.00"}, "450.00", "750.00"),
        ({"fair": False, "cut": "1300.00"}, "0.00", "1200.00"),
        ({"fair": False}, ("0.00", "500.00"), ("700.00", "1200.00")),
        ({"cut": "300.00"}, ("450.00", "500.00"), ("700.00", "750.00")),
        ({}, ("0.00", "500.00"), ("700.00", "1200.00")),
    ],
)
def test_the_amount_is_as_exact_as_the_cut(measure, facts, loan, own):
    found = amounts(decided(measure, **facts))
    # Who is refused, for less than 400 euros are left, gets nothing.
    assert found in ({"loan": loan, "own_share": own}, {})
    assert bool(found) == (loan != "0.00")


def test_frames_give_the_same(measure):
    import polars as pl

    cuts = [30_000, 20_002, None, 30_000]
    frame = pl.DataFrame({
        "id": [1, 2, 3, 4], "planned_implementation_cents": [120_000] * 4, "fair": [False, False, False, None],
        "cut_cents": cuts, "filed_on": [dt.date(2025, 5, 1)] * 4,
    })  # fmt: skip
    found = batch.decide(measure, frame, on=DAY)
    assert found["loan_cents"].to_list() == [45_000, 49_999, 0, 45_000]
    assert found["loan_cents_to"].to_list() == [45_000, 49_999, 50_000, 50_000]


def test_conditions_look_at_what_is_left(measure):
    assert decided(measure, fair=False, cut="400.00")["small"].margin == Decimal("0.00")
    assert decided(measure, fair=False, cut="400.02")["small"].truth is misure.Truth.NO
    assert decided(measure, fair=True, cut="400.02")["small"].margin == Decimal("100.00")


def test_a_ceiling_that_the_cut_stays_under_holds_nothing(measure):
    def binding(cut):
        loan = next(amount for amount in decided(measure, fair=False, cut=cut).support if amount.id == "loan")
        return [step.binds for step in loan.steps if step.step == "ceiling"]

    assert binding("200.00") == [True]
    assert binding("200.01") == [False]


def test_it_is_told_what_is_left(measure):
    decision = decided(measure, fair=False, cut="300.00")
    assert "non è così: «I costi sono congrui»; della spesa che conta resta: 900,00 €" in str(misure.explain(decision))
    assert "not so: “I costi sono congrui”; of the spend that counts there is left: €900.00" in str(
        misure.explain(decision, "en")
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("effect: reduces\n            reduces: [loan]", "effect: none", "'leaves' belongs to 'effect: reduces', not to 'effect: none'"),
        ("planned_implementation - cut", "loan_share", "what it leaves is an amount, and this is a share"),
        ("planned_implementation - cut", "loan", "'loan' cannot be used here"),
    ],
    ids=["another effect", "a share", "a line"],
)  # fmt: skip
def test_what_it_leaves_is_checked(write, old, new, told):
    with pytest.raises(misure.BadRules) as failure:
        write(REST.replace(old, new))
    assert told in str(failure.value)


# Verso Nuovi Mercati

BASE = {
    "planned_eligible_spend": "200000.00",
    "best_production_value": "3000000.00",
    "filed_on": "2025-06-20",
    "loan_requested": True,
}
KEPT = {"id": "s1", "kind": "marketing"}


def ends(decision, line):
    amount = next(one.amount for one in decision.support if one.id == line)
    return (amount.least, amount.greatest) if isinstance(amount, misure.Range) else (amount, amount)


@pytest.mark.parametrize("cut", ["0.00", "0.01", "50000.00", "170000.00"])
@pytest.mark.parametrize(
    "facts",
    [
        lambda cut: {"expenses": [KEPT, {"id": "s2", "kind": "travel", "counted_for": cut}]},
        lambda cut: {"expenses": [{"id": "s2", "kind": "travel", "counted_for": cut}]},
        lambda cut: {"expenses": [KEPT, {"id": "s2", "kind": "staff_training", "third_party_contract": False, "counted_for": cut}]},
        lambda cut: {"expenses": [], "granted_on": "not_yet", "first_spend_on": "2025-06-18", "first_other_spend_on": "2025-06-18",
                     "early_spend": cut},
    ],
    ids=["excluded", "excluded alone", "not by a contract", "early"],
)  # fmt: skip
def test_nothing_is_given_for_what_is_told_to_be_cut(facts, cut):
    decision = VERSO.decide(BASE | facts(cut), on=DAY)
    left = BOUND - Decimal(cut)
    for line, share in (("loan", "0.65"), ("grant", "0.20")):
        assert ends(decision, line)[1] == (left * Decimal(share)).quantize(Decimal("0.01"), "ROUND_HALF_UP")


EXCLUDED = ("travel", "used_goods", "self_invoiced")
CENTS = st.integers(0, 20_000_000)


@given(
    total=st.integers(0, 100_000_000), early=st.none() | CENTS, granted=st.booleans(),
    rows=st.lists(st.tuples(st.sampled_from((*EXCLUDED, "marketing", "rent", None)), st.none() | CENTS), max_size=4),
)  # fmt: skip
def test_no_amount_passes_what_is_certainly_left(total, early, granted, rows):
    expenses = [
        {"id": f"s{n}"}
        | ({"kind": kind} if kind else {})
        | ({} if told is None else {"counted_for": f"{told / 100:.2f}"})
        for n, (kind, told) in enumerate(rows)
    ]
    facts = BASE | {"planned_eligible_spend": f"{total / 100:.2f}", "expenses": expenses} | {
        "granted_on": "2025-10-01" if granted else "not_yet", "first_spend_on": "2025-06-18", "first_other_spend_on": "2025-06-18",
    }  # fmt: skip
    # Who has no aid has room for any loan up to the ceiling: nothing but the cut leaves its amount open.
    facts |= {"codice_fiscale": "01234560157", "deminimis_aids": [], "control_relations": []}
    if early is not None:
        facts["early_spend"] = f"{early / 100:.2f}"
    on = dt.date(2025, 10, 1) if granted else DAY
    counted = sum(told or 0 for _, told in rows)
    if max(counted, early or 0) > total:
        with pytest.raises(misure.BadFacts):
            VERSO.decide(facts, on=on)
        return
    decision = VERSO.decide(facts, on=on)
    cut = sum(told or 0 for kind, told in rows if kind in EXCLUDED) + (0 if granted else early or 0)
    left = min(60_000_000, max(0, total - cut))
    if decision.outcome is misure.Outcome.REFUSED:
        assert decision.support == ()
        return
    assert ends(decision, "loan")[1] * 100 <= (left * 65 + 50) // 100
    assert ends(decision, "grant")[1] * 100 <= (left * 20 + 50) // 100
    # What is told whole, of expenses that are known, is exact; once granted the redetermination is open.
    known = all(told is not None for kind, told in rows if kind != "marketing") and not any(
        kind in ("rent", None) for kind, _ in rows
    )
    if known and early is not None and not granted and left * 65 <= CEILING * 100:
        assert ends(decision, "loan")[0] == ends(decision, "loan")[1]
    if granted:
        assert ends(decision, "loan")[0] == 0


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"expenses": [KEPT, {"id": "s2", "kind": "travel", "counted_for": "200000.01"}]},
         ["expenses[1].counted_for: 200000.01 cannot be: it is counted in planned_eligible_spend, which is at most 200000.00"]),
        ({"expenses": [{**KEPT, "counted_for": "100000.00"}, {"id": "s2", "kind": "travel", "counted_for": "100000.01"}]},
         ["expenses: counted_for of all records together, 200000.01 cannot be: it is counted in planned_eligible_spend, which is at most 200000.00"]),
        ({"early_spend": "200000.01", "expenses": [{"id": "s2", "counted_for": "300000"}]},
         ["early_spend: 200000.01 cannot be: it is counted in planned_eligible_spend, which is at most 200000.00",
          "expenses[0].counted_for: 300000.00 cannot be: it is counted in planned_eligible_spend, which is at most 200000.00"]),
        ({"expenses": [{**KEPT, "counted_for": "100000.00"}, {"id": "s2", "kind": "travel", "counted_for": "100000.00"}]}, []),
    ],
    ids=["one record", "all records", "both", "to the cent"],
)  # fmt: skip
def test_more_than_the_total_is_contradictory_facts(facts, told):
    if not told:
        VERSO.decide(BASE | facts, on=DAY)
        return
    with pytest.raises(misure.BadFacts) as failure:
        VERSO.decide(BASE | facts, on=DAY)
    assert sorted(f"{fault.subject}: {fault.message}" for fault in failure.value.faults) == told


def test_frames_refuse_more_than_the_total():
    import polars as pl

    firms = pl.DataFrame({
        "id": ["a", "b"], "filed_on": [dt.date(2025, 6, 20)] * 2, "planned_eligible_spend_cents": [20_000_000] * 2,
    })  # fmt: skip
    spent = pl.DataFrame({
        "applicant": ["a", "b"], "id": ["s1", "s1"], "kind": ["travel"] * 2, "counted_for_cents": [20_000_000, 20_000_001],
    })  # fmt: skip
    found = batch.decide(VERSO, firms, on=DAY, tables={"expenses": spent}, key="id", complete=False)
    assert found["outcome"].to_list() == ["refused", "bad_facts"]
