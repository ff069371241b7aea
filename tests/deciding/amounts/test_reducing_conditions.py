# SPDX-License-Identifier: Apache-2.0
"""A condition that reduces names the amounts it reduces: not met or not known, what is left of them is a range."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import misure
from misure import batch

DAY = dt.date(2025, 6, 1)
REST = """
    parameters:
      loan_share: 50%
      grant_share: 30%
      least_loan: 400.00 EUR
    flags:
      fair: {label: "prova", question: "Prova?"}
    provisions:
      - cite: {act: uno, at: art. 1}
        assessment:
          costs_fair:
            provision: P.1
            text: "I costi sono congrui"
            holds: fair
            effect: reduces
            reduces: [LINES]
      - cite: {act: uno, at: art. 2}
        award:
          small: {provision: P.2, text: "Finanziamento di almeno 400 euro", holds: loan >= least_loan}
    support:
      cite: {act: uno, at: art. 3}
      lines:
        loan: {form: loan, of: planned_implementation, intensity: loan_share, provision: P.3, text: "Finanziamento"}
        grant: {form: grant, of: planned_implementation, intensity: grant_share, provision: P.3, text: "Contributo"}
      own_share: {of: planned_implementation, provision: P.3, text: "Quota propria"}
"""


@pytest.fixture
def measure(write, request):
    return write(REST.replace("LINES", getattr(request, "param", "loan")))


def amounts(decision):
    return {amount.id: amount.amount for amount in decision.support}


def reduced_steps(decision):
    return {amount.id: [step.binds for step in amount.steps if step.step == "reduced"] for amount in decision.support}


def test_a_condition_that_is_met_reduces_nothing(measure):
    decision = measure.decide({"planned_implementation": "1000.00", "fair": True, "filed_on": "2025-05-01"}, on=DAY)
    assert amounts(decision) == {"loan": Decimal("500.00"), "grant": Decimal("300.00"), "own_share": Decimal("200.00")}
    assert reduced_steps(decision) == {"loan": [], "grant": [], "own_share": []}
    assert decision.missing == ()


@pytest.mark.parametrize(
    ("measure", "loan", "grant", "own"),
    [
        ("loan", ("0.00", "500.00"), "300.00", ("200.00", "700.00")),
        ("grant", "500.00", ("0.00", "300.00"), ("200.00", "500.00")),
        ("loan, grant", ("0.00", "500.00"), ("0.00", "300.00"), ("200.00", "1000.00")),
    ],
    indirect=["measure"],
)
@pytest.mark.parametrize("fair", [False, None])
def test_one_that_is_not_met_or_not_known_leaves_a_range_of_what_it_reduces(measure, loan, grant, own, fair):
    facts = {"planned_implementation": "1000.00", "filed_on": "2025-05-01"} | ({} if fair is None else {"fair": fair})
    decision = measure.decide(facts, on=DAY)
    expected = {"loan": loan, "grant": grant, "own_share": own}
    assert amounts(decision) == {
        name: misure.Range(*map(Decimal, told)) if isinstance(told, tuple) else Decimal(told)
        for name, told in expected.items()
    }
    binds = {
        name: [fair is False] for name, told in expected.items() if isinstance(told, tuple) and name != "own_share"
    }
    assert {name: steps for name, steps in reduced_steps(decision).items() if steps} == binds
    missing = {(one.name, str(one.kind)) for one in decision.missing_for("amount")}
    assert (("fair", "missing") in missing) == (fair is None)
    assert (("costs_fair", "unpublished") in missing) == (fair is False)


def test_conditions_look_at_amounts_as_they_are_before_any_is_reduced(measure):
    decision = measure.decide({"planned_implementation": "1000.00", "fair": False, "filed_on": "2025-05-01"}, on=DAY)
    assert decision["small"].truth is misure.Truth.YES
    assert list(decision["small"].values.values()) == [Decimal("500.00"), Decimal("400.00")]
    assert decision["small"].margin == Decimal("100.00")


def test_frames_have_the_same_range(measure):
    import polars as pl

    frame = pl.DataFrame({
        "id": [1, 2, 3], "planned_implementation_cents": [100_000] * 3, "fair": [True, False, None],
        "filed_on": [dt.date(2025, 5, 1)] * 3,
    })  # fmt: skip
    found = batch.decide(measure, frame, on=DAY)
    assert found["loan_cents"].to_list() == [50_000, 0, 0]
    assert found["loan_cents_to"].to_list() == [50_000, 50_000, 50_000]
    assert found["grant_cents"].to_list() == [30_000] * 3


@pytest.mark.parametrize("measure", ["loan, grant"], indirect=True)
def test_nobody_bears_less_than_nothing_of_costs_that_are_not_told(measure):
    import polars as pl

    frame = pl.DataFrame({"id": [1, 2, 3], "fair": [True, False, None], "filed_on": [dt.date(2025, 5, 1)] * 3})
    found = batch.decide(measure, frame, on=DAY, complete=False)
    assert found["own_share_cents"].to_list() == [0, 0, 0]
    assert all(end > 0 for end in found["own_share_cents_to"])


def test_it_is_told_by_how_much_nobody_can_say(measure):
    decision = measure.decide({"planned_implementation": "1000.00", "fair": False, "filed_on": "2025-05-01"}, on=DAY)
    page = str(misure.explain(decision))
    assert "fra 0,00 € e 500,00 € – Finanziamento" in page
    assert "non è così: «I costi sono congrui»; riduce l'importo, e di quanto non si può dire" in page
    assert "not so: “I costi sono congrui”; it reduces the amount, by how much cannot be said" in str(
        misure.explain(decision, "en")
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("reduces: [LINES]", "reduces: [laon]", "no line of support is called 'laon'; did you mean 'loan'?"),
        ("            reduces: [LINES]\n", "", "'effect: reduces' says which lines of support under 'reduces'"),
        ("effect: reduces", "effect: none", "'reduces' belongs to 'effect: reduces', not to 'effect: none'"),
    ],
)
def test_what_it_reduces_is_checked(write, old, new, told):
    with pytest.raises(misure.BadRules) as failure:
        write(REST.replace(old, new).replace("LINES", "loan"))
    assert [fault.message + (f"; did you mean {fault.suggestion!r}?" if fault.suggestion else "")
            for fault in failure.value.faults] == [told]  # fmt: skip


TERM = """
    parameters:
      grant_share: 30%
      last_day: 2025-06-10
    events:
      accounts_sent: {label: "rendicontazione", question: "In che giorno?"}
    provisions:
      - cite: {act: uno, at: art. 1}
        terms:
          accounts:
            provision: P.1
            text: "Rendicontazione entro il {last_day}"
            by: last_day
            done: accounts_sent
            regime: fixed_instant
            stage: reporting
            effect: reduces
            reduces: grant
    support:
      cite: {act: uno, at: art. 3}
      lines:
        grant: {form: grant, of: planned_implementation, intensity: grant_share, provision: P.3, text: "Contributo"}
"""
WHOLE, OPEN = Decimal("300.00"), misure.Range(Decimal("0.00"), Decimal("300.00"))


@pytest.mark.parametrize(
    ("on", "sent", "taken", "truth"),
    [
        ("2025-06-09", "not_yet", False, "unknown"),
        ("2025-06-10", "not_yet", False, "unknown"),
        ("2025-06-10", None, False, "unknown"),
        ("2025-06-10", "2025-06-10", False, "yes"),
        ("2025-06-11", "2025-06-10", False, "yes"),
        ("2025-06-11", "2025-06-11", True, "no"),
        ("2025-06-11", "not_yet", True, "no"),
        ("2025-06-11", None, True, "unknown"),
    ],
)
def test_a_term_takes_nothing_until_its_last_day_is_over(write, on, sent, taken, truth):
    import polars as pl

    measure, day = write(TERM), dt.date.fromisoformat(on)
    facts = {"planned_implementation": "1000.00", "filed_on": "2025-05-01"} | ({"accounts_sent": sent} if sent else {})
    decision = measure.decide(facts, on=day)
    assert str(decision["accounts"].truth) == truth
    assert amounts(decision) == {"grant": OPEN if taken else WHOLE}
    assert {one.name for one in decision.missing_for("amount")} == (
        {"accounts" if sent else "accounts_sent"} if taken else set()
    )
    assert ("riduce l'importo" in str(misure.explain(decision))) is taken
    told = sent if sent and sent != "not_yet" else None
    frame = pl.DataFrame(
        {"id": [1], "planned_implementation_cents": [100_000], "filed_on": [dt.date(2025, 5, 1)]}
        | ({"accounts_sent": [told and dt.date.fromisoformat(told)]} if told else {})
        | ({"accounts_sent_not_yet": [True]} if sent == "not_yet" else {})
    )
    found = batch.decide(measure, frame, on=day)
    ends = found["grant_cents"], found["grant_cents_to" if taken else "grant_cents"]
    assert [end.to_list() for end in ends] == [[0 if taken else 30_000], [30_000]]
