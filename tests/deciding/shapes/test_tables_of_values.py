# SPDX-License-Identifier: Apache-2.0
"""Values that an act gives in a table: an intensity by size and kind of research, points by class of credit, an amount by a yes or no.

As the intensities of Tecnologie Strategiche and the points of the class of credit of Verso Nuovi Mercati.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Range, batch, testing
from misure.telling.formats.text import Style, plain_text
from misure.telling.presenting import present
from tests.deciding.written_measures import opened, write

__all__ = ["write"]

DAY = dt.date(2025, 7, 1)
VOCABULARY = """
facts:
  credit: {choices: {good: buona, fair: discreta, poor: scarsa}, label: classe di credito, question: "Quale classe?"}
  costs: {unit: EUR, least: "0", greatest: "100000", label: costi, question: "Quanti costi?"}
flags:
  young: {label: giovane, question: "È giovane?"}
tables:
  members:
    label: partner
    question: "Quali?"
    key: id
    name: id
    max_items: 5
    fields:
      id: {text: 64, label: identificativo}
      size: {choices: {micro: microimpresa, small: piccola, large: grande}, label: dimensione, question: "Quale?"}
      kind: {choices: {research: ricerca, trial: sperimentazione}, label: attività, question: "Quale attività?"}
      costs: {unit: EUR, least: "0", greatest: "100000", label: costi, question: "Quanti?"}
"""
RULES = """
parameters:
  rates:
    by: [members.size, members.kind]
    label: intensità
    at: "tabella 1"
    provision: P.1
    cells:
      micro: {research: 70%, trial: 45%}
      small: {research: 60%, trial: {is: 35%, read_in: stampa}}
      large:
        research: 50%
        trial: {2022-01-31: 25%, 2025-01-01: {is: 20%, act: due}}
  marks:
    by: credit
    label: punti
    cells: {good: 27 points, fair: 18 points, poor: {unknown: "non pubblicati", unit: points, between: [0 points, 5 points]}}
  premium:
    by: [young]
    label: premio
    cells: {yes: 1000.00 EUR, no: 400.00 EUR}
  enough: {is: 18 points, label: punti che bastano}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      earned: {is: "marks[credit]", unit: points, label: punti della classe}
      aid: {is: "sum(half_up(rates[m.size, m.kind] * m.costs) for m in members)", unit: EUR, label: contributi}
    assessment:
      credit_enough: {provision: P.2, text: "Almeno {enough}", holds: earned >= enough}
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    grant: {form: grant, of: aid, provision: P.3, text: "Contributo"}
    prize: {form: grant, of: "premium[young]", provision: P.3, text: "Premio"}
"""
RATES = {
    ("micro", "research"): 70, ("micro", "trial"): 45, ("small", "research"): 60, ("small", "trial"): 35,
    ("large", "research"): 50, ("large", "trial"): 20,
}  # fmt: skip


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("call"), RULES, vocabulary=VOCABULARY)


def member(name, size, kind, costs="1000"):
    return {"id": name, "size": size, "kind": kind, "costs": costs}


def decided(measure, members=(), filed="2025-05-02", on=DAY, **more):
    told = {"filed_on": filed, "credit": "good", "young": False, "members": [*members]}
    return measure.decide(told | more, on=on)


def grant(decision):
    return next(amount.amount for amount in decision.support if amount.id == "grant")


@pytest.mark.parametrize(("key", "rate"), RATES.items(), ids=["-".join(key) for key in RATES])
def test_each_cell_is_looked_up(call, key, rate):
    assert grant(decided(call, [member("a", *key)])) == Decimal(10 * rate)


def test_cells_are_legal_values_like_others(call):
    assert grant(decided(call, [member("a", "large", "trial")], filed="2024-12-31")) == Decimal(250)
    assert grant(decided(call.vary(rates_small_trial="40%"), [member("a", "small", "trial")])) == Decimal(400)
    decision = decided(call, [member("a", "small", "trial")])
    value = decision.receipt["parameters"]["rates_small_trial"]
    assert (value["value"], value["confidence"], value["cite"]["at"]) == ("0.35", "secondary", "tabella 1")
    assert call.rulebook.parameters["rates_small_trial"].label == "intensità: piccola, sperimentazione"
    assert call.rulebook.parameters["premium_yes"].label == "premio: sì"
    assert call.rulebook.parameters["rates_large_trial"].provisions == ("P.1",)
    text = " ".join(plain_text(present(call, on=DAY), Style(), everything=True).split())
    assert "intensità: piccola, sperimentazione: 35%" in text
    again = decided(misure.open_linked(call.linked()), [member("a", "small", "trial")])
    assert again.to_dict()["support"] == decision.to_dict()["support"]


@pytest.mark.parametrize(
    ("size", "kind", "ends"),
    [
        (None, "research", (500, 700)),
        ("small", None, (350, 600)),
        (None, None, (200, 700)),
        ("large", "trial", (200, 200)),
    ],
)
def test_of_what_is_not_known_every_cell_that_it_may_mean_is_possible(call, size, kind, ends):
    amount = grant(decided(call, [member("a", size, kind)]))
    low, high = map(Decimal, ends)
    assert amount == (low if low == high else Range(low.quantize(Decimal("0.01")), high.quantize(Decimal("0.01"))))


def test_a_yes_or_no_tells_values_apart(call):
    prizes = [decided(call, young=young).support[-1].amount for young in (True, False, None)]
    assert prizes == [Decimal(1000), Decimal(400), Range(Decimal("400.00"), Decimal("1000.00"))]


@pytest.mark.parametrize(("credit", "truth", "value"), [
    ("good", "yes", 27), ("fair", "yes", 18), ("poor", "no", Range(0, 5)), (None, "unknown", None),
])  # fmt: skip
def test_a_condition_stands_on_what_is_looked_up(call, credit, truth, value):
    decision = decided(call, credit=credit)
    assert str(decision["credit_enough"].truth) == truth
    found = decision.value("earned")
    assert (int(found) if isinstance(found, Decimal) else found) == value


@given(st.lists(st.tuples(st.sampled_from([*RATES]), st.integers(0, 10_000_00)), max_size=5))
@settings(deadline=None)
def test_a_sum_over_records_is_that_of_the_table(call, told):
    members = [member(str(at), *key, costs=f"{cents // 100}.{cents % 100:02}") for at, (key, cents) in enumerate(told)]
    expected = sum(int(Fraction(RATES[key] * cents, 100) + Fraction(1, 2)) for key, cents in told)
    assert grant(decided(call, members)) == Decimal(expected) / 100


def test_frames_look_up_alike(call):
    for library in ("polars", "pandas", "pyarrow"):
        testing.assert_same_in_frames(call, on=DAY, library=library)
    rows = [("a", *key) for key in RATES]
    people = pl.DataFrame({"id": ["a"], "filed_on": [DAY], "credit": ["good"], "young": [True]})
    members = pl.DataFrame({
        "applicant": [who for who, *_ in rows], "id": [str(at) for at, _ in enumerate(rows)],
        "size": [size for _, size, _ in rows], "kind": [kind for *_, kind in rows], "costs_cents": [100_000] * len(rows),
    })  # fmt: skip
    row = batch.decide(call, people, on=DAY, tables={"members": members.head(5)}).to_dicts()[0]
    assert (row["grant_cents"], row["prize_cents"]) == (260_000, 100_000)


def test_laws_hold(call):
    testing.assert_conserves(call, on=DAY)
    testing.assert_completion_safe(call, on=DAY)
    testing.assert_order_free(call, on=DAY)
    testing.assert_replays(call, on=DAY)


MICRO = "micro: {research: 70%, trial: 45%}"
WRONG = {
    "a-row": (f"      {MICRO}\n", "", "rates: nothing is said of 'members.size' 'micro'"),
    "a-cell": (MICRO, "micro: {research: 70%}", "rates: nothing is said of 'members.kind' 'trial'"),
    "a-choice": (MICRO, "micro: {reserch: 70%, trial: 45%}", "rates: 'reserch' is not one of the choices of 'members.kind'; did you mean 'research'?"),
    "a-row-of-none": ("      small: {", "      smal: {", "rates: 'smal' is not one of the choices of 'members.size'; did you mean 'small'?"),
    "too-short": (MICRO, "micro: 70%", "rates: a value stands here, and the table goes on by 'members.kind': 'research', 'trial'"),
    "too-long": ("good: 27 points", "good: {yes: 27 points}", "marks: a value belongs here: the table tells none apart after 'credit'"),
    "no-fact": ("by: credit", "by: credits", "marks: no fact and no field of a table is called 'credits'; did you mean 'credit'?"),
    "no-choices": ("by: credit", "by: costs", "marks: values are told apart by choices, or by a yes or no, and 'costs' has none"),
    "twice": ("by: credit", "by: [credit, credit]", "marks: 'credit' stands twice"),
    "other-unit": ("fair: 18 points", "fair: 18.00 EUR", "marks: this is a number of EUR, and the first value is a number of points"),
    "no-value": ("fair: 18 points", "fair: 18 pointes", "did you mean 'points'?"),
    "no-table": ("marks[credit]", "mark[credit]", "earned: no table of values is called 'mark'; did you mean 'marks'?"),
    "a-value": ("marks[credit]", "enough[credit]", "earned: 'enough' is no table of values, in which one could be looked up"),
    "bare": ("marks[credit]", "marks", "earned: 'marks' is a table of values; look one up: 'marks[credit]'"),
    "too-few": ("rates[m.size, m.kind]", "rates[m.size]", "aid: this table tells its values apart by members.size, members.kind, and 1 stand here"),
    "other-choice": ("rates[m.size, m.kind]", "rates[m.kind, m.size]", "aid: it may be 'research', of which the table says nothing: it knows the choices of 'members.size'"),
    "no-choice": ("marks[credit]", "marks[young]", "earned: a choice belongs here, as 'credit' is, and this is a yes or no"),
    "a-text": ("marks[credit]", "marks['good']", "earned: what is looked up depends on something, such as 'credit'; a cell alone has a name"),
    "unused": ("marks[credit]", "enough", "marks: nothing uses this table; if it only informs, say 'for_information: yes'"),
    "taken": ("  enough: {", "  rates_micro_trial: {is: 1%, label: x}\n  enough: {", "the name is already taken"),
    "too-many": ("by: [young]", "by: [young, credit, size, filed_on]", "premium: a table tells its values apart by 3 things at most"),
    "long": ("  premium:\n", f"  {'premium_' * 8}:\n", "and a name has at most 64 characters: call the table something shorter"),
    "key": ("by: [young]", "bye: [young]", "premium: a key is missing: 'by'"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_at_its_place(write, before, after, told):
    assert before in RULES
    with pytest.raises(misure.BadRules) as failure:
        write(RULES.replace(before, after), vocabulary=VOCABULARY)
    faults = [str(fault) for fault in failure.value.faults]
    assert any(told in fault for fault in faults), faults
    assert all("measure.yaml:" in fault for fault in faults)


def test_every_gap_is_told_at_once(write):
    rules = RULES.replace(MICRO, "micro: {research: 70%}").replace("good: 27 points, ", "")
    with pytest.raises(misure.BadRules) as failure:
        write(rules, vocabulary=VOCABULARY)
    found = [(fault.place.line, str(fault).rpartition(": ")[2]) for fault in failure.value.faults]
    lines = RULES.splitlines()
    above = found[0][0] - next(at for at, text in enumerate(lines, 1) if MICRO in text)
    marks = above + next(at for at, text in enumerate(lines, 1) if text.startswith("  marks:"))
    assert found == [
        (found[0][0], "nothing is said of 'members.kind' 'trial'"),
        (marks, "nothing is said of 'credit' 'good'"),
    ]


LAW = """
format: 1
law: prova/linee
title: Linee guida
cite: {act: nove, read_in: letta}
acts:
  nove: {type: DGR, number: X/9, date: 2021-05-03, title: "Linee guida"}
sources:
  letta: {confidence: secondary, title: "un giornale"}
parameters:
  law_rates: {by: credit, label: quota della legge, provision: L.1, cells: {good: 30%, fair: 20%, poor: 10%}}
  past_rates: {by: credit, label: quota di un tempo, provision: L.1, for_information: yes, cells: {good: 3%, fair: 2%, poor: 1%}}
"""


def with_law(tmp_path, intensity, parameters=""):
    folder = tmp_path / "prova" / "linee"
    folder.mkdir(parents=True)
    (folder / "law.yaml").write_text(LAW, "utf-8")
    (folder / "SOURCES.md").write_text("| id | luogo |\n|---|---|\n| L.1 | art. 1 |\n", "utf-8")
    line = f'{{form: grant, of: costs, intensity: "{intensity}", provision: P.1, text: "Contributo"}}'
    rest = 'uses: [prova/linee]\nPARAMETERSsupport:\n  cite: {act: uno, at: "art. 2"}\n  lines:\n    grant: LINE\n'
    rest = rest.replace("PARAMETERS", parameters)
    return opened(tmp_path, rest.replace("LINE", line), vocabulary=VOCABULARY)


@pytest.mark.parametrize(("credit", "amount"), [("good", 300), ("fair", 200), ("poor", 100)])
def test_a_table_of_shared_law_is_looked_up_under_its_act(tmp_path, credit, amount):
    measure = with_law(tmp_path, "law_rates[credit]")
    decision = measure.decide({"filed_on": "2025-05-02", "credit": credit, "costs": "1000"}, on=DAY)
    assert decision.support[0].amount == amount
    cell = measure.rulebook.parameters["law_rates_good"]
    assert (str(cell.values[0].citation), cell.values[0].source) == ("DGR X/9", "letta")
    assert measure.rulebook.borrowed("law_rates_good").id == "prova/linee"
    assert measure.rulebook.parameters["past_rates_good"].for_information


def test_a_table_of_the_law_that_is_not_used_informs_and_one_that_informs_is_not_used(tmp_path):
    measure = with_law(tmp_path / "one", "half", "parameters: {half: {is: 50%, label: metà}}\n")
    assert measure.rulebook.parameters["law_rates_good"].for_information
    with pytest.raises(
        misure.BadRules, match="'past_rates' cannot be used here: the law gives it for information alone"
    ):
        with_law(tmp_path / "two", "past_rates[credit]")
