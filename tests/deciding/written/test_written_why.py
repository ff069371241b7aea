# SPDX-License-Identifier: Apache-2.0
"""Why a condition is open, who breaks it and by how much, for each feature of the expressions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from misure import Range
from tests.deciding.written_measures import opened

ON = dt.date(2022, 6, 1)
VOCABULARY = """\
format: 1
facts:
  cost: {unit: EUR, least: "0", greatest: "1000000", label: costo, question: "Quanto?"}
  gain: {unit: EUR, least: "0", greatest: "1000000", label: ricavo, question: "Quanto?"}
  quota: {unit: share, least: "0", greatest: "1", label: quota, question: "Quale?"}
  opened_on: {date: yes, label: apertura, question: "Quando?"}
  closed_on: {date: yes, label: chiusura, question: "Quando?"}
  zone: {choices: {hill: collina, plain: pianura}, label: zona, question: "Quale?"}
  trade: {code: ateco-2007, label: attività, question: "Quale?"}
  owner: {text: 40, label: titolare, question: "Chi?"}
  keeper: {text: 40, label: gestore, question: "Chi?"}
flags:
  young: {label: giovane, question: "È giovane?"}
  local: {label: locale, question: "È locale?"}
events:
  signed_on: {label: firma, question: "Quando?"}
tables:
  crew:
    label: soci
    question: "Chi?"
    key: id
    max_items: 5
    unit: partners
    fields:
      id: {text: 40, label: codice}
      late: {flag: yes, label: ritardo, question: "È in ritardo?"}
      paid: {flag: yes, label: pagato, question: "Ha pagato?"}
      fee: {unit: EUR, least: "0", greatest: "1000", label: quota, question: "Quanto?"}
"""
RULES = """\
parameters:
  limit: 500.00 EUR
  half: 50%
  ten: 10 days
  few: 2 partners
  trades: {edition: ateco-2007, is: [A]}
  first_day: 2022-03-01
  hidden: {unknown: "non pubblicato", between: [100.00 EUR, 200.00 EUR]}
  hidden_day: {unknown: "non pubblicato", between: [2022-02-01, 2022-02-28]}
  hidden_share: {unknown: "non pubblicato", unit: share}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      twice: {is: cost + cost, label: doppio}
      partly: {label: parte, unit: EUR, cases: [{when: young, is: cost}, {when: local, is: gain}]}
    terms:
      due: {provision: P.1, text: "Entro", by: "closed_on + days(ten)", stage: upkeep}
    admission:
"""


def record(name, late=None, paid=None, fee=None):
    told = {"id": name, "late": late, "paid": paid, "fee": fee}
    return {field: value for field, value in told.items() if value is not None}


MARGINS = [
    ("cost <= limit", {"cost": "499.50"}, Decimal("0.5")),
    ("cost < limit", {"cost": "500.01"}, Decimal("-0.01")),
    ("cost >= limit", {"cost": "500.01"}, Decimal("0.01")),
    ("cost > limit", {"cost": "500"}, Decimal("0")),
    ("limit >= cost", {"cost": "499"}, Decimal("1")),
    ("cost <= limit", {}, None),
    ("cost == limit", {"cost": "499"}, None),
    ("cost != limit", {"cost": "499"}, None),
    ("cost * half <= gain", {"cost": "1", "gain": "1"}, Decimal("0.5")),
    ("cost / gain <= half", {"cost": "1", "gain": "2"}, None),
    ("twice <= limit", {"cost": "251"}, Decimal("-2")),
    ("opened_on <= first_day", {"opened_on": "2022-02-27"}, 2),
    ("opened_on >= first_day", {"opened_on": "2022-02-27"}, -2),
    ("opened_on > first_day", {"opened_on": "2022-03-02"}, 1),
    ("opened_on < first_day", {"opened_on": "2022-03-02"}, -1),
    ("opened_on <= due", {"closed_on": "2022-05-05", "opened_on": "2022-05-15"}, 1),
    ("opened_on == first_day", {"opened_on": "2022-03-02"}, None),
    ("count(s for s in crew) >= few", {"crew": [record("a"), record("b"), record("c")]}, 1),
    ("sum(s.fee for s in crew) <= limit", {"crew": [record("a", fee="300"), record("b", fee="300")]}, Decimal("-100")),
    ("cost <= limit and young", {"cost": "499", "young": True}, None),
    ("cost <= hidden", {"cost": "120"}, Range(Decimal("-20"), Decimal("80"))),
]  # fmt: skip

A_LATE, B_LATE, C_EARLY, D_OPEN = record("a", True), record("b", True), record("c", False), record("d")
CULPRITS = [
    ("all(not s.late for s in crew)", [A_LATE, C_EARLY, B_LATE, D_OPEN], ("a", "b")),
    ("all(not s.late for s in crew if s.paid)", [A_LATE | {"paid": True}, B_LATE, C_EARLY | {"paid": True}], ("a",)),
    ("all(not s.late for s in crew if s.paid)", [A_LATE | {"paid": True}, B_LATE | {"paid": False}], ("a",)),
    ("not any(s.late for s in crew)", [C_EARLY, A_LATE, D_OPEN, B_LATE], ("a", "b")),
    ("not any(s.late for s in crew if s.paid)", [A_LATE | {"paid": True}, B_LATE, C_EARLY | {"paid": True}], ("a",)),
    ("young and not any(s.late for s in crew)", [C_EARLY, B_LATE], ("b",)),
    ("young and all(s.paid for s in crew) and not any(s.late for s in crew)", [record("x", True, True), record("y", False, False)], ("y", "x")),
    ("local or not any(s.late for s in crew)", [C_EARLY, B_LATE], ("b",)),
    ("any(s.late for s in crew)", [C_EARLY], ()),
    ("not all(s.late for s in crew)", [A_LATE], ()),
    ("count(s for s in crew) >= few", [A_LATE], ()),
]  # fmt: skip

MISSING = [
    # A fact, an event, a value of the law
    ("cost <= limit", {}, ["cost missing"]),
    ("cost + gain <= limit", {"cost": "1"}, ["gain missing"]),
    ("cost + gain <= limit", {}, ["cost missing", "gain missing"]),
    ("gain - cost >= 0", {}, ["gain missing", "cost missing"]),
    ("cost * quota <= limit", {"cost": "1000"}, ["quota missing"]),
    ("young and local", {"young": True}, ["local missing"]),
    ("young or local", {}, ["young missing", "local missing"]),
    ("not young", {}, ["young missing"]),
    ("zone == 'hill'", {}, ["zone missing"]),
    ("zone in ['hill'] or young", {"young": False}, ["zone missing"]),
    ("within(trade, trades)", {}, ["trade missing"]),
    ("owner == keeper", {}, ["owner missing", "keeper missing"]),
    ("owner == keeper", {"owner": "a"}, ["keeper missing"]),
    ("happened(signed_on)", {}, ["signed_on missing"]),
    ("signed_on <= hidden_day", {}, ["signed_on missing", "hidden_day unpublished"]),
    ("signed_on >= opened_on", {"signed_on": "not_yet", "opened_on": "2022-07-01"}, ["signed_on pending"]),
    ("opened_on <= hidden_day", {"opened_on": "2022-02-10"}, ["hidden_day unpublished"]),
    ("cost <= hidden", {"cost": "150"}, ["hidden unpublished"]),
    ("cost <= hidden", {}, ["cost missing", "hidden unpublished"]),
    ("cost * hidden_share <= limit", {"cost": "1000"}, ["hidden_share unpublished"]),
    ("opened_on <= due", {"opened_on": "2022-05-15"}, ["closed_on missing"]),
    # A value chosen: what nobody publishes can wait until it is known which
    ("(cost if young else gain) > 0", {"young": True}, ["cost missing"]),
    ("(cost if young else gain) > 0", {"young": False}, ["gain missing"]),
    ("(cost if young else gain) > 0", {}, ["young missing", "cost missing", "gain missing"]),
    ("(cost if young else hidden) > limit * half - gain", {"gain": "100"}, ["young missing", "cost missing"]),
    ("(cost if young else hidden) > limit * half - gain", {"gain": "100", "young": False}, ["hidden unpublished"]),
    ("(young if local else cost > 0)", {"cost": "0"}, ["local missing", "young missing"]),
    # A definition in cases, of which none may be live
    ("partly > 0", {"young": True, "local": False}, ["cost missing"]),
    ("partly > 0", {"young": False, "local": True}, ["gain missing"]),
    ("partly > 0", {"young": False, "local": False}, ["THIS undefined"]),
    ("partly > 0", {"local": True, "gain": "1"}, ["young missing", "cost missing"]),
    ("partly > 0", {"young": False, "gain": "1"}, ["local missing"]),
    # A quotient
    ("cost / gain <= half", {"cost": "1", "gain": "0"}, ["THIS undefined"]),
    ("cost / gain <= half", {"cost": "1"}, ["gain missing"]),
    ("cost / gain <= half", {"gain": "2"}, ["cost missing"]),
    ("half_up(cost / quota) <= gain", {"cost": "1", "gain": "1"}, ["quota missing"]),
    # A table
    ("count(s for s in crew) >= few", {}, ["crew missing"]),
    ("count(s for s in crew if s.late) >= few", {"crew": [A_LATE, D_OPEN, record("e")]}, ["crew.late missing d e"]),
    ("sum(s.fee for s in crew) <= limit", {"crew": [record("a", fee="1"), record("b")]}, ["crew.fee missing b"]),
    ("sum(s.fee for s in crew if s.paid) <= limit", {"crew": [record("a", paid=True), record("b", paid=False)]}, ["crew.fee missing a"]),
    ("sum(s.fee for s in crew if s.paid) <= limit", {"crew": [record("a"), record("b", fee="900")]}, ["crew.paid missing a b", "crew.fee missing a"]),
    ("all(s.late for s in crew)", {"crew": [A_LATE, D_OPEN]}, ["crew.late missing d"]),
    ("any(s.late for s in crew)", {"crew": [C_EARLY, D_OPEN]}, ["crew.late missing d"]),
    ("any(s.late and s.paid for s in crew)", {"crew": [record("a", late=False), D_OPEN]}, ["crew.late missing d", "crew.paid missing d"]),
    ("max(s.fee for s in crew if s.late) < limit", {"crew": [C_EARLY]}, ["crew undefined"]),
    ("min(s.fee for s in crew if s.late) < limit", {"crew": [record("a", True)]}, ["crew.fee missing a"]),
    ("only(s.fee for s in crew if s.late) < limit", {"crew": [record("a", True, fee="1"), record("b", True, fee="1")]}, ["crew undefined"]),
    ("only(s.fee for s in crew if s.late) < limit", {"crew": [record("a", fee="1")]}, ["crew.late missing a"]),
    ("only(s.fee for s in crew if s.late) < limit", {}, ["crew missing"]),
]  # fmt: skip
EXPRESSIONS = {text: n for n, text in enumerate(dict.fromkeys(text for text, *_ in [*MARGINS, *CULPRITS, *MISSING]))}


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    """One measure with every expression of the tables as a condition."""
    rules = "".join(
        f'      e{n}: {{provision: P.1, text: "Prova", holds: "{text}", effect: none}}\n'
        for text, n in EXPRESSIONS.items()
    )
    return opened(tmp_path_factory.mktemp("ragioni"), RULES + rules, vocabulary=VOCABULARY)


def finding(measure, text, facts):
    return measure.decide(facts, on=ON)[f"e{EXPRESSIONS[text]}"]


@pytest.mark.parametrize(("text", "facts", "margin"), MARGINS)
def test_by_how_much_a_comparison_holds_or_fails(measure, text, facts, margin):
    found = finding(measure, text, facts).margin
    assert found == margin
    assert type(found) is type(margin)


@pytest.mark.parametrize(("text", "crew", "culprits"), CULPRITS)
def test_the_records_that_break_a_condition(measure, text, crew, culprits):
    found = finding(measure, text, {"crew": crew, "young": True, "local": False})
    assert found.truth == "no"
    assert found.culprits == culprits


def test_a_condition_that_is_open_has_no_culprits(measure):
    found = finding(measure, "all(not s.late for s in crew)", {"crew": [D_OPEN, C_EARLY]})
    assert (found.truth, found.culprits) == ("unknown", ())


@pytest.mark.parametrize(("text", "facts", "missing"), MISSING)
def test_what_is_not_known_behind_an_open_condition(measure, text, facts, missing):
    found = finding(measure, text, facts)
    assert found.truth == "unknown"
    told = [" ".join([one.name, str(one.kind), *one.records]) for one in found.missing]
    assert told == [line.replace("THIS", found.id) for line in missing]


@pytest.mark.parametrize(
    ("text", "facts", "truth"),
    [
        ("cost <= hidden", {"cost": "100"}, "yes"),
        ("cost <= hidden", {"cost": "200"}, "unknown"),
        ("cost <= hidden", {"cost": "200.01"}, "no"),
        ("opened_on <= hidden_day", {"opened_on": "2022-02-01"}, "yes"),
        ("opened_on <= hidden_day", {"opened_on": "2022-02-28"}, "unknown"),
        ("opened_on <= hidden_day", {"opened_on": "2022-03-01"}, "no"),
        ("cost * hidden_share <= limit", {"cost": "500"}, "yes"),
        ("cost * hidden_share <= limit", {"cost": "500.01"}, "unknown"),
    ],
)
def test_a_value_that_nobody_publishes_decides_what_all_its_bounds_say(measure, text, facts, truth):
    assert finding(measure, text, facts).truth == truth
