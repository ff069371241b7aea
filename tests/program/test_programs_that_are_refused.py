# SPDX-License-Identifier: Apache-2.0
"""What can be read and cannot be decided is refused when the measure is opened: each fault with its place and subject."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from misure.deciding.machinery import compiled
from misure.deciding.measure import Measure
from misure.ground.errors import BadRules
from misure.program.law import Law
from misure.program.lowering.lowering import lower
from misure.reading import read_rulebook
from tests.deciding.written_measures import HEAD, ONE_EDITION

VOCABULARY = """\
format: 1
units:
  EUR: {decimals: 2, least: "0", greatest: "1000000000000", it: {one: a, many: b}, en: {one: a, many: b}}
  share: {decimals: 6, least: "0", greatest: "1", it: {one: a, many: b}, en: {one: a, many: b}}
  months: {decimals: 0, least: "0", greatest: "700", it: {one: a, many: b}, en: {one: a, many: b}}
  points: {decimals: 2, least: "0", greatest: "1000", it: {one: a, many: b}, en: {one: a, many: b}}
facts:
  cost: {unit: EUR, least: "0", greatest: "1000000000000", label: x, question: "Quanto?"}
  gain: {unit: EUR, least: "0", greatest: "1000000000000", label: x, question: "Quanto?"}
  balance: {unit: EUR, least: "-5", greatest: "5", label: x, question: "Quanto?"}
  quota: {unit: share, least: "0", greatest: "1", label: x, question: "Quanta?"}
  term: {unit: months, least: "0", greatest: "601", label: x, question: "Quanti?"}
  marks: {unit: points, least: "50", greatest: "100", label: x, question: "Quanti?"}
  owner: {text: 40, label: x, question: "Chi?"}
  keeper: {text: 40, label: x, question: "Chi?"}
  zone: {choices: {hill: a, plain: b}, label: x, question: "Dove?"}
  place: {choices: {hill: a, plain: b}, label: x, question: "Dove?"}
  rating: {choices: {aaa_a: a, bbb: b}, label: x, question: "Quale?"}
  collateral: {choices: {high: a, low: b}, label: x, question: "Quale?"}
  repayment: {choices: {bullet: a, other: b}, label: x, question: "Quale?"}
flags:
  young: {label: x, question: "È giovane?"}
events:
  filed_on: {label: x, question: "Quando?"}
  granted_on: {label: x, question: "Quando?"}
tables:
  crew:
    label: x
    question: "Chi?"
    key: id
    max_items: 100
    fields:
      id: {text: 40, label: x}
      fee: {unit: EUR, least: "0", greatest: "1000000000000", label: x, question: "Quanto?"}
      part: {unit: EUR, least: "0", greatest: "1000", label: x, question: "Quanto?"}
"""
PARAMETERS = {
    "half": "50%",
    "limit": "10.00 EUR",
    "hidden_rate": '{unknown: "x", between: [1%, 2%]}',
    "odd_rate": "0.0001%",
    "low": "0 points",
    "high": "40 points",
}
ROUND = "a quotient must be rounded (half_up or down) before it gets a name"
PRODUCT = "a quotient can only be compared or rounded: write the ratio as a product"


def package(folder, rest):
    (folder / "prova" / "breve").mkdir(parents=True)
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "prova.yaml").write_text(VOCABULARY, "utf-8")
    used = "".join(f"  {name}: {value}\n" for name, value in PARAMETERS.items() if re.search(rf"\b{name}\b", rest))
    parameters = f"parameters:\n{used}" if used else ""
    text = HEAD.replace("LAW", "filing") + ONE_EDITION + parameters + rest
    (folder / "prova" / "breve" / "measure.yaml").write_text(text, "utf-8")
    return text


def refused(folder, rest):
    """The text of the measure, and the faults with which it is refused."""
    text = package(folder, rest)
    book = read_rulebook(folder, "prova/breve")
    with pytest.raises(BadRules) as caught:
        lower(Law.from_day(book, dt.date(2022, 1, 31)))
    with pytest.raises(BadRules) as again:
        compiled(Measure(book)).lower()
    assert again.value.faults == caught.value.faults
    return text, caught.value.faults


def stands_at(text, fault):
    return text.split("\n")[fault.place.line - 1][fault.place.column - 1 :]


CONDITION = 'provisions:\n  - cite: {act: uno}\n    admission:\n      wrong: {provision: P.1, text: a, holds: "%s"}\n'

CONDITIONS = [
    ("zone == place", "two choices can only be compared through their names"),
    ("(owner if young else keeper) == owner", "a text or a choice is compared by its name alone"),
    ("cost / gain + half <= 1", PRODUCT),
    ("half - cost / gain >= 0", PRODUCT),
    ("cost / gain * (gain / cost) <= half", "two quotients cannot be multiplied: round one of them first"),
    ("(cost / gain if young else half) <= half", PRODUCT),
    ("(half if young else cost / gain) <= half", PRODUCT),
    ("cost / gain <= gain / cost", "two quotients cannot be compared: write the comparison as products"),
    ("cost / balance <= half", "the divisor may be negative: where it cannot be, write max(0, ...) of it"),
    ("cost / (limit - (limit + limit)) <= half", "the divisor is zero or negative"),
    ("half_up(balance * half) <= limit", "an amount that is rounded may be negative"),
    ("down(balance * half) <= limit", "an amount that is rounded may be negative"),
    ("sum(c.fee / c.part for c in crew) <= half", "a quotient inside a comprehension must be rounded"),
    ("max(c.fee / c.part for c in crew) <= half", "a quotient inside a comprehension must be rounded"),
    ("cost * quota * quota <= limit", f"a value may reach {10**20}, beyond 63 bits"),
    ("sum(c.fee * quota for c in crew) <= limit", f"a value may reach {10**20}, beyond 63 bits"),
    (
        "loan_gge(cost, term, half, rating, collateral, repayment, filed_on) <= limit",
        "a loan lasts from 0 to 600 months; this may last from 0 to 601",
    ),
    (
        "present_value(cost, term, filed_on) <= limit",
        "a loan lasts from 0 to 600 months; this may last from 0 to 601",
    ),
    (
        "loan_gge(limit, min(term, 1), hidden_rate, rating, collateral, repayment, filed_on) <= limit",
        "the loan's own rate must be known, and one: it decides how fast the loan comes back",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), CONDITIONS)
def test_a_condition_that_cannot_be_decided(tmp_path, text, message):
    whole, faults = refused(tmp_path, CONDITION % text)
    assert [(fault.subject, fault.message) for fault in faults] == [("wrong", message)]
    assert stands_at(whole, faults[0]).startswith("wrong: {provision")


DEFINITION = """\
provisions:
  - cite: {act: uno}
    definitions:
      odd: %s
    admission:
      uses_it: {provision: P.1, text: a, holds: "%s"}
      also_wrong: {provision: P.1, text: a, holds: "cost / balance <= half"}
"""


@pytest.mark.parametrize(
    ("definition", "use", "message"),
    [
        ('{is: "cost / gain", label: x}', "odd <= half", ROUND),
        ('{label: x, cases: [{when: young, is: "cost / gain"}, {otherwise: half}]}', "odd <= half", ROUND),
        ('{label: x, cases: [{when: young, is: half}, {otherwise: "cost / gain"}]}', "odd <= half", ROUND),
        (
            '{is: "cost / balance", label: x}',
            "odd <= half",
            "the divisor may be negative: where it cannot be, write max(0, ...) of it",
        ),
    ],
)
def test_what_rests_on_a_definition_that_cannot_be_decided_is_not_blamed(tmp_path, definition, use, message):
    whole, faults = refused(tmp_path, DEFINITION % (definition, use))
    assert [(fault.subject, fault.message) for fault in faults] == [
        ("odd", message),
        ("also_wrong", "the divisor may be negative: where it cannot be, write max(0, ...) of it"),
    ]
    assert [stands_at(whole, fault).split(":")[0] for fault in faults] == ["odd", "also_wrong"]


@pytest.mark.parametrize("use", ["odd == keeper", "keeper != odd"])
def test_a_text_that_a_definition_gives_is_not_compared(tmp_path, use):
    _, faults = refused(tmp_path, (DEFINITION % ("{is: owner, label: x}", use)).replace("balance", "gain"))
    told = "a choice that a definition gives is compared with its choices only"
    assert ("uses_it", told) in [(fault.subject, fault.message) for fault in faults]


SELECTION = """\
support:
  cite: {act: uno}
  lines:
    grant: {form: grant, of: cost, intensity: half, provision: P.1, text: a}
selection:
  kind: ranking
  cite: {act: uno, at: b}
  provision: P.1
  text: a
  order: [highest cost / gain]
  last_award: stops
"""


def test_applications_are_not_put_in_order_by_a_quotient(tmp_path):
    whole, faults = refused(tmp_path, SELECTION)
    told = "a quotient must be rounded (half_up or down) before it puts applications in order"
    assert [(fault.subject, fault.message) for fault in faults] == [("selection", told)]
    assert stands_at(whole, faults[0]).startswith("selection:")


TRANCHES = """\
tranches:
  cite: {act: uno}
  of: "cost * half - gain"
  lines:
    first: {share: half, provision: P.1, text: a, due: {}}
    last: {provision: P.1, text: a}
"""


def test_what_is_paid_in_tranches_is_not_negative(tmp_path):
    whole, faults = refused(tmp_path, TRANCHES)
    told = "an amount that is rounded may be negative"
    assert [(fault.subject, fault.message) for fault in faults] == [("tranche first", told), ("tranche last", told)]
    assert [stands_at(whole, fault).split(":")[0] for fault in faults] == ["first", "last"]


def test_every_fault_of_a_measure_is_told_at_once_in_the_order_of_the_act(tmp_path):
    rest = CONDITION % "cost / balance <= half"
    rest += '      again: {provision: P.1, text: a, holds: "zone == place"}\n'
    _, faults = refused(tmp_path, rest)
    assert [fault.subject for fault in faults] == ["wrong", "again"]
