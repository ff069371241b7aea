# SPDX-License-Identifier: Apache-2.0
"""When a day is counted back, and what a selection reads of one applicant."""

from __future__ import annotations

import datetime as dt

import pytest

from misure.program.law import Law
from misure.program.lowering.candidates import keys_of
from misure.program.lowering.day_counts import is_counted_back, span_of
from misure.program.lowering.lowering import lower
from misure.rulebook.expression import Name
from tests.reading.small_measures import VOCABULARY, small

__all__ = ["small"]

ON = dt.date(2022, 1, 31)
WIDE = VOCABULARY.replace(
    "      fee: {unit",
    '      young: {flag: yes, label: x, question: "q"}\n'
    '      loss: {unit: EUR, least: "-1", greatest: "100", label: x, question: "q"}\n      fee: {unit',
)
OTHER = WIDE.replace("  crew:\n", "  staff:\n").split("tables:\n")[1]
WIDE += OTHER


def named(book, name):
    """A definition by its name, as an expression reads it."""
    definition = book.definitions[name]
    return Name(name, "definition", definition.type, definition.place)


DAYS = """\
parameters:
  ten: {is: 10 days, for_information: yes}
provisions:
  - cite: {act: uno}
    definitions:
      on_then: {is: "opened_on + days(ten)", label: x}
      back: {is: "opened_on - days(ten)", label: x}
      alias: {is: back, label: x}
      cased: {label: x, cases: [{when: young, is: back}, {otherwise: opened_on}]}
      one_case: {label: x, cases: [{when: young, is: back}]}
      bare: {is: opened_on, label: x}
    admission:
      rule: {provision: P.1, text: a, holds: on_then > alias}
"""


@pytest.mark.parametrize(
    ("name", "sign", "back"),
    [("on_then", 1, False), ("back", -1, True), ("alias", -1, True), ("cased", None, False), ("one_case", None, False), ("bare", None, False)],
)  # fmt: skip
def test_a_term_is_counted_back_where_its_span_is_taken_away(small, name, sign, back):
    book = small(DAYS)
    span = span_of(named(book, name), book.definitions)
    assert (span and span.sign) == sign
    assert is_counted_back(named(book, name), book.definitions) is back


CHOSEN = """\
parameters:
  half: 50%
  low: {is: 0 points, for_information: yes}
  high: {is: 100 points, for_information: yes}
  pot: 1000.00 EUR
score:
  cite: {act: uno}
  provision: P.1
  scale: {from: low, to: high}
  total: marks
support:
  cite: {act: uno}
  lines:
    grant: {form: grant, of: cost, intensity: half, provision: P.1, text: a}
    loan: {form: loan, of: gain, provision: P.1, text: a}
selection:
  cite: {act: uno, at: b}
  kind: ranking
  provision: P.1
  text: a
  PAYS
  order: [highest score, lowest cost * half, latest opened_on]
  tie_break: [earliest filed_at]
  envelopes: {young_ones: {amount: pot, for: young, text: a}, all_ones: {amount: pot, text: a}}
"""


@pytest.mark.parametrize(
    ("pays", "paid"),
    [("", ["grant", "loan"]), ("pays: [grant]", ["grant"]), ("pays: [loan]", ["loan"]), ("pays: [loan, grant]", ["grant", "loan"])],
)  # fmt: skip
def test_what_is_asked_are_the_lines_that_the_selection_pays(small, pays, paid):
    text = CHOSEN.replace("  PAYS\n", f"  {pays}\n" if pays else "")
    program = lower(Law(small(text.replace("lowest cost * half", "lowest cost")), ON))
    asked = program.outputs["selection.asked"]
    amounts = [program.outputs[f"support.{line}"] for line in paid]
    assert (list(asked.args) if len(paid) > 1 else [asked]) == amounts


def test_the_keys_and_envelopes_of_a_selection_are_outputs(small):
    book = small(CHOSEN.replace("  PAYS\n", "").replace("lowest cost * half", "lowest cost"))
    program = lower(Law(book, ON))
    assert [name for name, _ in keys_of(book.selection)] == ["score.final", "selection.key.1", "selection.key.2"]
    assert program.outputs["selection.key.1"].data == ("number", "", "cost")
    assert program.scales["selection.key.1"] == 100
    assert program.outputs["selection.key.2"].data == ("date", "", "opened_on")
    assert "selection.key.2" not in program.scales
    assert program.outputs["selection.envelope.young_ones"].data == ("truth", "", "young")
    assert program.outputs["selection.envelope.all_ones"].data is True


def test_a_selection_without_support_asks_nothing(small):
    text = "selection: {kind: list, cite: {act: uno, at: b}, provision: P.1, text: a}\n"
    asked = lower(Law(small(text), ON)).outputs["selection.asked"]
    assert (asked.op, asked.lo) == ("int", 0)
