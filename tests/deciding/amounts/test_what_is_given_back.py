# SPDX-License-Identifier: Apache-2.0
"""What is given back where a condition is not met: nothing of one that is met, the hull where that is open, alike everywhere.

Seen to fail when an amount was due of who keeps the condition, and when an open condition left the whole amount due.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
import misure.batch
from misure import Range
from misure.telling.presenting import present
from tests.deciding.written_measures import opened

VOCABULARY = """
facts:
  paid: {unit: EUR, least: "0", greatest: "10000000", label: "contributo pagato", question: "Quanto?"}
events:
  left_on: {label: "cessazione", question: "Quando?", not_before: paid_on}
  revoked_on: {label: "decadenza", question: "Quando?", not_before: paid_on}
flags:
  honest: {label: "dichiarazioni vere", question: "Sono vere?"}
"""
RULES = """
parameters:
  last_day: {is: 2022-12-31, label: "ultimo giorno"}
  kept_years: {is: 3 years, label: "anni"}
  penalty_share: {is: 50%, label: "sanzione"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      kept_until: {is: "paid_on + years(kept_years)", label: "fine"}
      whole_time: {is: "max(0, kept_until - paid_on)", unit: days, label: "durata"}
      missed: {is: "max(0, min(whole_time, kept_until - left_on)) if happened(left_on) else 0", unit: days, label: "giorni mancati"}
      back: {is: "min(paid, half_up(paid * (missed / whole_time)))", unit: EUR, label: "da restituire"}
    admission:
      filed: {provision: P.1, text: "Presentata", holds: filed_on <= last_day}
    upkeep:
      stays:
        provision: P.2
        text: "Resta {kept_years}"
        once: paid_on
        holds: missed <= 0
        effect: none
        recovers:
          in_proportion: {is: back, text: "Contributo in proporzione"}
          interest: {is: "legal_interest(back, paid_on, revoked_on) if happened(revoked_on) else 0", text: "Interessi legali", cite: {act: due, at: "art. 9", read_in: stampa}}
      told_the_truth:
        provision: P.3
        text: "Dichiarazioni vere"
        holds: honest
        effect: revokes
        recovers:
          all_of_it: {is: paid, text: "Tutto il contributo"}
          penalty: {is: "paid * penalty_share", text: "Sanzione del {penalty_share}", provision: P.4}
"""
PAID, ON = dt.date(2023, 3, 1), dt.date(2026, 12, 31)


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("back"), RULES, vocabulary=VOCABULARY)


def given_back(measure, on=ON, **facts):
    decision = measure.decide({"filed_on": "2022-06-01"} | facts, on=on)
    return {one.id: one.amount for one in decision.recovery}


KEPT = {"paid_on": PAID, "paid": "1096.00", "honest": True, "left_on": "not_yet", "revoked_on": "not_yet"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, {}),
        ({"left_on": "2026-03-01"}, {}),
        ({"left_on": "2026-02-28"}, {"in_proportion": "1.00", "interest": "0.00"}),
        ({"left_on": PAID}, {"in_proportion": "1096.00", "interest": "0.00"}),
        ({"left_on": PAID, "revoked_on": "2024-03-01"}, {"in_proportion": "1096.00", "interest": "50.37"}),
        ({"honest": False}, {"all_of_it": "1096.00", "penalty": "548.00"}),
        ({"paid_on": "not_yet", "left_on": None, "revoked_on": None}, {}),
    ],
)
def test_what_is_given_back(measure, facts, expected):
    told = {name: value for name, value in (KEPT | facts).items() if value is not None}
    assert given_back(measure, **told) == {name: Decimal(value) for name, value in expected.items()}


def test_what_is_open_lies_between_nothing_and_all_of_it(measure):
    told = KEPT | {"honest": None}
    found = given_back(measure, **{name: value for name, value in told.items() if value is not None})
    assert found == {
        "all_of_it": Range(Decimal("0.00"), Decimal("1096.00")),
        "penalty": Range(Decimal("0.00"), Decimal("548.00")),
    }
    decision = measure.decide({"filed_on": "2022-06-01"} | {k: v for k, v in told.items() if v is not None}, on=ON)
    assert [(one.name, [use.id for use in one.decides if use.kind == "amount"]) for one in decision.missing] == [
        ("honest", ["told_the_truth", "all_of_it", "penalty"])
    ]


def test_who_is_refused_gives_nothing_back(measure):
    decision = measure.decide({"filed_on": "2023-01-01", "honest": False, "paid": "10"}, on=ON)
    assert decision.outcome == "refused"
    assert decision.recovery == ()


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 10**8), st.none() | st.integers(0, 1300), st.none() | st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_by_hand_and_over_a_frame(measure, rows):
    told = [
        {"id": n, "filed_on": dt.date(2022, 6, 1), "paid_on": PAID, "paid": Decimal(cents) / 100,
         "left_on": None if later is None else PAID + dt.timedelta(later), "revoked_on": None, "honest": honest}
        for n, (cents, later, honest) in enumerate(rows)
    ]  # fmt: skip
    schema = {"id": pl.Int64, "filed_on": pl.Date, "paid_on": pl.Date, "paid": pl.Decimal(18, 2), "left_on": pl.Date,
              "revoked_on": pl.Date, "honest": pl.Boolean}  # fmt: skip
    frame = misure.batch.decide(measure, pl.DataFrame(told, schema=schema), on=ON, key="id")
    for at, row in enumerate(told):
        facts = {name: value for name, value in row.items() if name != "id" and value is not None}
        found = given_back(measure, **facts)
        if row["left_on"] is not None:
            missed = max(0, (dt.date(2026, 3, 1) - row["left_on"]).days)
            exact = (row["paid"] * missed / 1096).quantize(Decimal("0.01"), ROUND_HALF_UP)
            assert found.get("in_proportion", 0) == exact
        if row["honest"] is not None:
            assert found.get("all_of_it", 0) == (0 if row["honest"] else row["paid"])
        for name in ("in_proportion", "all_of_it", "penalty"):
            value = found.get(name, Decimal(0))
            low = value.least if isinstance(value, Range) else value
            assert frame[f"{name}_cents"][at] == low * 100, name


def test_pages_data_rules_and_linked_rules_tell_it(measure):
    told = {"filed_on": "2022-06-01"} | KEPT | {"left_on": PAID, "revoked_on": "2024-03-01"}
    decision = measure.decide(told, on=ON)
    page = re.sub(r"\s+", " ", str(misure.explain(decision, "it", all=True)))
    assert (
        "Da restituire ✗ 1.096,00 € – Contributo in proporzione DGR XI/1, art. 1 – perché non è soddisfatto: «Resta 3 anni»"
        in page
    )
    assert "✗ 50,37 € – Interessi legali [fonte secondaria] DGR XII/2, art. 9" in page
    english = re.sub(r"\s+", " ", str(misure.explain(decision, "en", all=True)))
    assert "To be given back" in english
    assert "because this is not met: “Resta 3 years”" in english
    assert (
        '"recovery": [{"id": "in_proportion", "amount": "1096.00", "condition": "stays", "truth": "no"'
        in decision.to_json()
    )
    assert '"recovery"' not in decision.to_json(format=1)
    rules = re.sub(r"\s+", " ", str(present(measure, "it")))
    assert "se manca si restituisce: Sanzione del 50%" in rules
    linked = misure.open_linked(measure.linked())
    assert linked.decide(told, on=ON) == decision
    assert linked.decide(told, on=ON).recovery == decision.recovery
    open_ = measure.decide({name: value for name, value in told.items() if name != "honest"}, on=ON)
    assert "da sapere: Dichiarazioni vere" in str(misure.explain(open_, "it", all=True))


FAULTS = [
    ("admission", "{odd: {is: paid, text: x}}", "what is given back follows from conditions of payment, reporting and upkeep"),
    ("upkeep", "{odd: {is: missed, text: x}}", "what is given back is an amount of EUR, and this is a number of days"),
    ("upkeep", "{odd: {is: paid_on, text: x}}", "a number belongs here, and this is a day"),
    ("upkeep", "{odd: {is: payd, text: x}}", "nothing is called 'payd'; did you mean 'paid'?"),
    ("upkeep", "{back: {is: paid, text: x}}", "the name is already taken at LINE"),
    ("upkeep", "{odd: {is: paid}}", "a key is missing: 'text'"),
    ("upkeep", "{odd: {is: paid, text: x, cites: {act: uno}}}", "unknown key 'cites'; did you mean 'cite'?"),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "said", "message"), FAULTS, ids=range(len(FAULTS)))
def test_what_cannot_be_is_told_where_it_stands(tmp_path, stage, said, message):
    odd = f"    {stage}:\n      odd_one: {{provision: P.9, text: x, holds: honest, effect: none, recovers: {said}}}\n"
    text = RULES.replace(f"    {stage}:\n", odd, 1)
    with pytest.raises(misure.BadRules) as caught:
        opened(tmp_path, text, vocabulary=VOCABULARY)
    fault, *others = caught.value.faults
    assert not others, others
    line = HEAD_LINES + text.split("odd_one")[0].count("\n")
    assert fault.place.line == line
    hint = f"; did you mean {fault.suggestion!r}?" if fault.suggestion else ""
    assert re.sub(r"taken at \S+", "taken at LINE", fault.message) + hint == message


HEAD_LINES = 14


def test_a_case_says_what_is_given_back(tmp_path):
    measure = opened(tmp_path, RULES, vocabulary=VOCABULARY)
    cases = tmp_path / "prova" / "breve" / "cases.yaml"
    cases.write_text(
        "format: 1\nmeasure: prova/breve\ncases:\n"
        "  - {name: a, facts: {filed_on: 2022-06-01, paid_on: 2023-03-01, paid: '10.00', honest: no, left_on: not_yet}, on: 2024-01-01,"
        " expect: {recovery: {all_of_it: 10.00, penalty: 5.00, in_proportion: 0.00}}}\n"
        "  - {name: b, facts: {filed_on: 2022-06-01, paid_on: 2023-03-01, paid: '10.00', honest: no, left_on: not_yet}, on: 2024-01-01,"
        " expect: {recovery: {all_of_it: 9.99}}}\n",
        "utf-8",
    )
    from misure.testing.worked_cases import cases_of_measure, run_case

    results = [run_case(measure, case) for case in cases_of_measure(measure)]
    assert [result.passed for result in results] == [True, False]
    assert "recovery.all_of_it: expected 9.99, found 10.00" in str(results[1])
