# SPDX-License-Identifier: Apache-2.0
"""Costs as an act counts them: lines of invoices with a minimum, costs excluded in part, lines that live beside others, limits.

The lines are those of decreto 14847/2024, B.3, cut to four: machines (a), a plant that counts only beside enough of the others (b),
lights (e), advice within a share and an amount (i), and overheads at a flat rate (j).
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import Range, Truth, batch, testing
from tests.deciding.written_measures import opened

DAY = dt.date(2025, 7, 1)
EUR = '{unit: EUR, least: "0", greatest: "100000", label: x, question: "Quanto?"}'
VOCABULARY = f"""
facts:
  planned_machines: {EUR}
  planned_plant: {EUR}
  planned_lights: {EUR}
  planned_advice: {EUR}
  marks: {{unit: points, least: "0", greatest: "9", label: x, question: "Quanti?"}}
  odd: {{unit: EUR, least: "-5", greatest: "9", label: x, question: "Quanto?"}}
flags:
  without_overheads: {{label: senza spese generali, question: "Rinuncia alle spese generali?"}}
tables:
  invoices:
    label: fatture
    question: "Quali fatture sono rendicontate?"
    key: id
    name: id
    max_items: 50
    fields:
      id: {{text: 64, label: identificativo}}
      line: {{choices: {{machines: macchinari, plant: impianto, lights: luci, advice: consulenza}}, label: voce, question: "Quale?"}}
      taxable: {{unit: EUR, least: "0", greatest: "5000", label: imponibile, question: "Quanto?"}}
      vat: {{unit: EUR, least: "0", greatest: "1000", label: IVA, question: "Quanto?"}}
      vat_lost: {{flag: yes, label: IVA a carico, question: "Resta a carico?"}}
      left_out: {{unit: EUR, least: "0", greatest: "5000", label: quota esclusa, question: "Quanto?"}}
      issued_on: {{date: yes, least: "2020-01-01", greatest: "2030-12-31", label: emissione, question: "Quando?"}}
"""
LINES = ("machines", "plant", "lights", "advice")
COUNTED = (
    "sum(max(0, i.taxable - i.left_out) + (i.vat if i.vat_lost else 0) for i in invoices"
    " if i.line == 'LINE' and i.taxable >= least_invoice and i.issued_on > filed_on)"
)


def taken(line: str) -> str:
    return f'{{planned: planned_{line}, reported: "{COUNTED.replace("LINE", line)}"}}'


RULES = f"""
parameters:
  least_invoice: {{is: 500.00 EUR, label: "importo minimo di una fattura"}}
  living: {{is: 10000.00 EUR, label: "minimo delle altre voci"}}
  advice_share: {{is: 20%, label: "quota della consulenza"}}
  advice_most: {{is: 2500.00 EUR, label: "massimo della consulenza"}}
  flat_rate: {{is: 7%, label: "spese generali"}}
  least_report: {{is: 60%, label: "quota minima rendicontata"}}
provisions:
  - cite: {{act: uno, at: "art. 1"}}
    reporting:
      enough_done:
        provision: P.1
        text: "Rendicontato almeno il {{least_report}}"
        holds: accounts >= least_report * budget
        effect: revokes
spending:
  cite: {{act: uno, at: "art. 2"}}
  provision: P.2
  plans:
    planned: {{total: budget}}
    reported: {{total: accounts}}
  lines:
    machines: {{takes: {taken("machines")}, text: "Macchinari"}}
    plant: {{takes: {taken("plant")}, when: machines + lights >= living, text: "Impianto, solo con altre voci per {{living}}"}}
    lights: {{takes: {taken("lights")}, text: "Luci"}}
    advice: {{takes: {taken("advice")}, at_most: [{{share: advice_share, of: [machines, plant, lights]}}, advice_most], text: "Consulenza"}}
    overheads: {{flat: flat_rate, of: [machines, plant, lights, advice], when: not without_overheads, text: "Spese generali"}}
"""
FACTS = {
    "filed_on": "2025-02-01", "planned_machines": "6000", "planned_plant": "5000", "planned_lights": "4000",
    "planned_advice": "3000", "without_overheads": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def costs(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("costs"), RULES, vocabulary=VOCABULARY)


def decided(measure, **changed):
    told = {name: value for name, value in (FACTS | changed).items() if value is not None}
    return measure.decide(told, on=DAY)


def admitted(decision, plan="planned"):
    return {line.id: line.admitted for line in decision.spending if line.plan == plan}


def invoice(number, line, taxable, **other):
    told = {"vat": "0", "vat_lost": False, "left_out": "0", "issued_on": "2025-03-01"}
    return {"id": str(number), "line": line, "taxable": taxable} | told | other


@pytest.mark.parametrize(
    ("machines", "lights", "counts", "plant"),
    [("6000", "4000", "yes", "5000"), ("5999.99", "4000", "no", "0"), ("0", "10000", "yes", "5000")],
)
def test_a_line_lives_only_beside_enough_of_the_others(costs, machines, lights, counts, plant):
    decision = decided(costs, planned_machines=machines, planned_lights=lights)
    assert admitted(decision)["plant"] == Decimal(plant)
    requested = {line.id: line.requested for line in decision.spending if line.plan == "planned"}
    assert requested["plant"] == 5000
    page = str(misure.explain(decision, "it", all=True))
    assert ("non conta (chiesti 5.000,00 €)" in page) is (counts == "no")


def test_the_lines_of_each_plan_are_its_own(costs):
    invoices = [invoice(1, "machines", "4000"), invoice(2, "machines", "5000"), invoice(3, "plant", "3000")]
    decision = decided(costs, invoices=invoices)
    assert admitted(decision)["plant"] == 5000  # 10,000.00 were planned beside it
    assert admitted(decision, "reported")["plant"] == 0  # and 9,000.00 were reported
    more = decided(costs, invoices=[*invoices, invoice(4, "lights", "1000")])
    assert admitted(more, "reported")["plant"] == 3000


@pytest.mark.parametrize(
    ("changed", "counted"),
    [
        ({}, "500"),
        ({"taxable": "499.99"}, "0"),
        ({"vat": "110", "vat_lost": True}, "610"),
        ({"vat": "110"}, "500"),
        ({"left_out": "120.50"}, "379.50"),
        ({"left_out": "600"}, "0"),
        # The minimum is of what is invoiced, whatever of it is excluded.
        ({"taxable": "900", "left_out": "500"}, "400"),
        ({"issued_on": "2025-02-02"}, "500"),
        ({"issued_on": "2025-02-01"}, "0"),
    ],
)
def test_an_invoice_counts_as_the_act_says(costs, changed, counted):
    decision = decided(costs, invoices=[invoice(1, "lights", "500") | changed])
    assert admitted(decision, "reported")["lights"] == Decimal(counted)


@pytest.mark.parametrize(
    ("machines", "advice", "cap", "found"),
    [
        ("6000", "3000", "2500", "2500"),  # a fifth of 15,000.00 is 3,000.00, and the amount is less
        ("2000", "3000", "1200", "1200"),  # beside 6,000.00 the plant does not count
        ("2000", "1200", "1200", "1200"),
        ("2000", "0", "1200", "0"),
    ],
)
def test_a_line_is_held_by_the_least_of_a_share_and_an_amount(costs, machines, advice, cap, found):
    decision = decided(costs, planned_machines=machines, planned_advice=advice)
    line = next(one for one in decision.spending if (one.plan, one.id) == ("planned", "advice"))
    assert (line.cap, line.admitted) == (Decimal(cap), Decimal(found))


def test_a_flat_rate_that_does_not_count_is_not_requested_either(costs):
    decision = decided(costs, without_overheads=True)
    line = next(one for one in decision.spending if (one.plan, one.id) == ("planned", "overheads"))
    assert (line.requested, line.admitted) == (0, 0)
    assert "Spese generali: non conta" in str(misure.explain(decision, "it"))
    assert "does not count" in str(misure.explain(decision, "en"))
    assert admitted(decided(costs))["overheads"] == Decimal("1225.00")  # 7% of 17,500.00


def test_what_is_not_told_leaves_a_line_between_nothing_and_itself(costs):
    decision = decided(costs, planned_lights=None, planned_machines="100")
    assert admitted(decision)["plant"] == Range(Decimal(0), Decimal(5000))
    assert "non si può dire se conta" in str(misure.explain(decision, "it"))
    assert decision.missing_for("outcome") == ()
    # however many lights there are, machines alone are enough
    assert admitted(decided(costs, planned_lights=None, planned_machines="10000"))["plant"] == 5000


def test_more_invoices_may_come(costs):
    told = {"records": [invoice(1, "machines", "4000")], "complete": False}
    decision = decided(costs, invoices=told)
    assert decision["enough_done"].truth is Truth.UNKNOWN
    assert "invoices" in [one.name for one in decision.missing]
    nothing = decided(costs, invoices=[])
    assert nothing["enough_done"].truth is Truth.NO


def by_hand(facts, plan):
    """The lines of a plan, counted as an official would, in cents."""
    if plan == "planned":
        asked = {line: Decimal(str(facts[f"planned_{line}"])) for line in LINES}
    else:
        asked = dict.fromkeys(LINES, Decimal(0))
        for one in facts["invoices"]:
            taxable, left_out = Decimal(str(one["taxable"])), Decimal(str(one["left_out"]))
            if taxable >= 500 and str(one["issued_on"]) > str(facts["filed_on"]):
                asked[one["line"]] += max(Decimal(0), taxable - left_out)
                asked[one["line"]] += Decimal(str(one["vat"])) if one["vat_lost"] else 0
    if asked["machines"] + asked["lights"] < 10000:
        asked["plant"] = Decimal(0)
    base = asked["machines"] + asked["plant"] + asked["lights"]
    share = (base / 5).quantize(Decimal("0.01"), ROUND_FLOOR)
    asked["advice"] = min(asked["advice"], share, Decimal(2500))
    whole = base + asked["advice"]
    flat = Decimal(0) if facts["without_overheads"] else (whole * 7 / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return asked | {"overheads": flat, "total": whole + flat}


def amounts(*near: str) -> st.SearchStrategy[str]:
    """Amounts in whole cents: some that matter, a cent less and a cent more, and any others."""
    edges = [Decimal(one) + Decimal(step) / 100 for one in near for step in (-1, 0, 1)]
    any_cents = st.integers(0, 500_000).map(lambda cents: Decimal(cents) / 100)
    return (st.sampled_from([one for one in edges if one >= 0]) | any_cents).map(str)


INVOICE = st.fixed_dictionaries({
    "line": st.sampled_from(LINES), "taxable": amounts("500", "5000") | st.just("5000"), "vat": amounts("0").map(lambda told: str(min(Decimal(told), 1000))),
    "vat_lost": st.booleans(), "left_out": amounts("0", "500"), "issued_on": st.sampled_from(["2025-02-01", "2025-02-02", "2025-05-01"]),
}).filter(lambda told: Decimal(told["taxable"]) <= 5000)  # fmt: skip
COSTS = st.fixed_dictionaries(
    {f"planned_{line}": amounts("0", "2500", "6000", "10000") for line in LINES}
    | {
        "filed_on": st.just("2025-02-01"),
        "without_overheads": st.booleans(),
        "invoices": st.lists(INVOICE, max_size=12).map(
            lambda told: [one | {"id": str(number)} for number, one in enumerate(told)]
        ),
    }
)


@settings(max_examples=150)
@given(
    facts=COSTS,
    left_out=st.sets(st.sampled_from([*(f"planned_{line}" for line in LINES), "without_overheads", "invoices"])),
)
def test_drawn_costs_are_those_of_a_count_by_hand(costs, facts, left_out):
    decision = costs.decide(facts, on=DAY)
    part = costs.decide({name: told for name, told in facts.items() if name not in left_out}, on=DAY)
    for plan in ("planned", "reported"):
        assert admitted(decision, plan) == by_hand(facts, plan)
        for id_, amount in admitted(part, plan).items():
            assert _may_be(amount, admitted(decision, plan)[id_])


def _may_be(found, whole):
    if isinstance(found, Range):
        return (found.least is None or found.least <= whole) and (found.greatest is None or whole <= found.greatest)
    return found is None or found == whole


def test_frames_tell_the_same(costs):
    cases = [
        ({}, [invoice(1, "machines", "4000"), invoice(2, "plant", "3000"), invoice(3, "advice", "900")]),
        ({}, [invoice(1, "machines", "5000"), invoice(2, "lights", "5000"), invoice(3, "plant", "2000")]),
        ({}, [invoice(1, "machines", "5000"), invoice(2, "lights", "4999.99"), invoice(3, "plant", "2000")]),
        ({"without_overheads": True}, [invoice(1, "lights", "4000", vat="800", vat_lost=True)]),
        (
            {"planned_plant": "0", "planned_advice": "0"},
            [invoice(1, "lights", "499.99"), invoice(2, "machines", "500")],
        ),
        ({}, [invoice(1, "machines", "5000", left_out="4000"), invoice(2, "lights", "5000", issued_on="2025-02-01")]),
    ]
    facts = [FACTS | changed | {"invoices": invoices} for changed, invoices in cases]
    amounts = [name for name in FACTS if name.startswith("planned")]
    rows = [
        {
            "id": number,
            "filed_on": dt.date.fromisoformat(told["filed_on"]),
            "without_overheads": told["without_overheads"],
        }
        | {name: Decimal(told[name]) for name in amounts}
        for number, told in enumerate(facts)
    ]
    records = [
        {"applicant": number, "issued_on": dt.date.fromisoformat(one["issued_on"])}
        | {name: one[name] for name in ("id", "line", "vat_lost")}
        | {name: Decimal(one[name]) for name in ("taxable", "vat", "left_out")}
        for number, told in enumerate(facts)
        for one in told["invoices"]
    ]
    found = batch.decide(costs, pl.DataFrame(rows), on=DAY, tables={"invoices": pl.DataFrame(records)}, key="id")
    truths = [costs.decide(told, on=DAY)["enough_done"].truth for told in facts]
    assert found["failed"].to_list() == [int(truth is Truth.NO) for truth in truths]
    assert len(set(truths)) == 2


@pytest.mark.parametrize(
    "law",
    [
        testing.assert_completion_safe,
        testing.assert_order_free,
        testing.assert_conserves,
        testing.assert_same_in_frames,
    ],
    ids=lambda law: law.__name__,
)
def test_laws_hold(costs, law):
    law(costs, on=DAY, examples=10)


def test_linked_data_and_a_receipt_decide_the_same(costs):
    facts = FACTS | {"invoices": [invoice(1, "plant", "700")]}
    decision = costs.decide(facts, on=DAY)
    assert misure.open_linked(costs.linked()).decide(facts, on=DAY).to_json() == decision.to_json()
    assert costs.replay(decision.receipt) == decision
    told = json.loads(decision.to_json())["spending"]
    assert next(one for one in told if one["id"] == "plant" and one["plan"] == "reported")["admitted"] == "0.00"


def test_a_what_if_moves_the_minimum(costs):
    facts = FACTS | {"invoices": [invoice(1, "lights", "300")]}
    assert admitted(costs.vary(least_invoice="300.00 EUR").decide(facts, on=DAY), "reported")["lights"] == 300


def test_coverage_sees_the_thresholds_of_lines(costs):
    on_it = [decided(costs), decided(costs, planned_machines="2000", planned_advice="1200")]
    seen = testing.coverage(costs, on_it)
    assert {"living", "advice_share", "advice_most", "least_invoice"} <= set(seen.edges)
    assert (seen.edges["living"], seen.edges["advice_share"], seen.edges["least_invoice"]) == (True, True, False)
    assert testing.coverage(costs, [decided(costs, invoices=[invoice(1, "lights", "500")])]).edges["least_invoice"]


LINE = 'provision: P.2, text: "Voce"'


@pytest.mark.parametrize(
    ("was", "now", "where", "told"),
    [
        ("planned: planned_machines", "planned: planned_machine", "machines", "no fact of kind number is called 'planned_machine'; did you mean 'planned_machines'?"),
        ("planned: planned_machines", "planned: without_overheads", "machines", "no fact of kind number is called 'without_overheads'; did you mean 'overheads'?"),
        ("planned: planned_lights", "planned: marks", "lights", "the fact is in points, and the other lines in EUR"),
        ("planned: planned_lights", "planned: advice_share * marks", "lights", "what it takes is a number of points, and the other lines in EUR"),
        ("planned: planned_machines", "planned: advice_share * planned_lights", "machines", "what it takes in 'planned' may have parts of a cent: round it, with half_up(...) or down(...)"),
        ("planned: planned_machines", "planned: planned_lights - planned_advice", "machines", "what it takes in 'planned' may be less than nothing: write max(0, ...)"),
        ("planned: planned_machines", "planned: planned_lights + planned_machine", "machines", "nothing is called 'planned_machine'; did you mean 'planned_machines'?"),
        ("planned: planned_machines", "planed: planned_machines", "machines", "no plan is called 'planed'; did you mean 'planned'?"),
        ("when: machines + lights >= living", "when: machine + lights >= living", "plant", "nothing is called 'machine'; did you mean 'machines'?"),
        ("when: machines + lights >= living", "when: machines + lights", "plant", "a condition is a yes or no, and this is a number of EUR"),
        ("when: machines + lights >= living", "when: plant >= living", "plant", "these rest on each other in a ring: planned.plant -> planned.plant"),
        ("when: machines + lights >= living", "when: budget >= living", "plant", "these rest on each other in a ring: planned.plant -> budget -> planned.plant"),
        ("when: machines + lights >= living", "when: advice >= living", "plant", "these rest on each other in a ring: planned.plant -> planned.advice -> planned.advice.cap -> planned.plant"),
        (", advice_most]", ", advice_mst]", "advice", "nothing is called 'advice_mst'; did you mean 'advice_most'?"),
        (", advice_most]", ", advice_most, living]", "advice", "a line is limited by one share and one amount; take the least of several: min(a, b)"),
        (", advice_most]", ", marks]", "advice", "the limit is a number of points, and the lines are in EUR"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_its_place(write, was, now, where, told):
    assert was in RULES
    with pytest.raises(misure.BadRules) as failure:
        write(RULES.replace(was, now), vocabulary=VOCABULARY).decide({}, on=DAY)
    found = [(fault.subject, str(fault).partition(f"{fault.subject}: ")[2]) for fault in failure.value.faults]
    assert (where, told) in found, found


def test_a_definition_may_read_a_line_whatever_the_order_of_the_file(write):
    definition = """
    definitions:
      half: {is: machines, label: x}
    admission:
      few: {provision: P.1, text: "x", holds: half <= living}
    reporting:"""
    measure = write(RULES.replace("\n    reporting:", definition), vocabulary=VOCABULARY)
    assert decided(measure)["few"].truth is Truth.YES
    assert decided(measure, planned_machines="10000.01")["few"].truth is Truth.NO


def test_the_doubt_of_a_definition_reaches_what_counts_costs_by_it(write):
    definition = """
    definitions:
      lit: {is: planned_lights, label: x, inferred: "una lettura"}
    reporting:"""
    rules = RULES.replace("\n    reporting:", definition).replace("planned: planned_lights", "planned: lit")
    decision = decided(write(rules, vocabulary=VOCABULARY), invoices=[])
    assert decision["enough_done"].confidence == "inferred"
