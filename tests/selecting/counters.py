# SPDX-License-Identifier: Apache-2.0
"""A call that grants half of the costs at a counter, first come, first served: its rules as text, for a test to change or to add to."""

from __future__ import annotations

import textwrap

COSTS = """
facts:
  costs: {unit: EUR, least: "0", greatest: "1000000", label: costi, question: "Quanti costi?"}
"""


def filed_within(ends):
    """The rule of a call that is filed in a window, whose ends are these."""
    return f"""
provisions:
  - cite: {{act: uno, at: "art. 2"}}
    terms:
      call:
        provision: P.01
        text: "Finestra"
        window: {{{ends}}}
        of: filed_on
        stage: admission
"""


def counter_rules(
    *, budget="5000.00 EUR", parameters="", rules="", support="", order="[earliest filed_at]", last_award="stops", selection=""
):  # fmt: skip
    """The rules after the head: more parameters, rules between those and the support, more of the support and of the selection."""
    return f"""
parameters:
  half: 50%
  budget: {{is: {budget}, for_information: yes}}
{_within(parameters)}{_within(rules, "")}support:
  cite: {{act: uno, at: "art. 3"}}
  lines:
    grant: {{form: grant, of: costs, intensity: half, provision: P.02, text: "Contributo"}}
{_within(support)}selection:
  kind: counter
  cite: {{act: uno, at: "art. 4"}}
  provision: P.03
  text: "Sportello"
  order: {order}
  last_award: {last_award}
  envelopes:
    total: {{amount: budget, text: "Dotazione"}}
{_within(selection)}"""


def _within(text, indent="  "):
    """The lines of a text, by so much further in."""
    lines = textwrap.dedent(text).strip("\n")
    return f"{textwrap.indent(lines, indent)}\n" if lines else ""
