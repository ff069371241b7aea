# SPDX-License-Identifier: Apache-2.0
"""Cases are proved apart by what their parameters may be in any edition, and never by less."""

from __future__ import annotations

import pytest

from tests.reading.small_measures import small

__all__ = ["small"]

PARAMETERS = """\
parameters:
  nine: {is: 9.00 EUR, for_information: yes}
  ten: {is: 10.00 EUR, for_information: yes}
  fifteen: {is: 15.00 EUR, for_information: yes}
  twenty: {is: 20.00 EUR, for_information: yes}
  more: {is: 21.00 EUR, for_information: yes}
  rising: {values: {2022-01-31: 10.00 EUR, 2023-01-31: 20.00 EUR}, for_information: yes}
  falling: {values: {2022-01-31: 20.00 EUR, 2023-01-31: 10.00 EUR}, for_information: yes}
  hidden: {unknown: x, between: [10.00 EUR, 20.00 EUR], for_information: yes}
  day_one: {is: 2022-03-01, for_information: yes}
  day_two: {is: 2022-03-02, for_information: yes}
  hills: {is: [hill], for_information: yes}
provisions:
  - cite: {act: uno}
    definitions:
      d: {label: x, cases: [{when: "ONE", is: cost}, {when: "TWO", is: gain}, {otherwise: "0"}]}
    admission:
      rule: {provision: P.1, text: a, holds: d > 0}
"""
MOVING = ("rising", "falling", "hidden")
TABLE = [
    *((f"cost <= {low}", f"cost > {moving}", proved) for moving in MOVING for low, proved in
      [("nine", True), ("ten", True), ("fifteen", False), ("twenty", False)]),
    *((f"cost < {low}", f"cost >= {moving}", proved) for moving in MOVING for low, proved in
      [("nine", True), ("ten", True), ("fifteen", False)]),
    *((f"cost <= {low}", f"cost >= {moving}", proved) for moving in MOVING for low, proved in
      [("nine", True), ("ten", False)]),
    *((f"cost < {moving}", f"cost >= {high}", proved) for moving in MOVING for high, proved in
      [("fifteen", False), ("twenty", True), ("more", True)]),
    *((f"cost <= {moving}", f"cost >= {high}", proved) for moving in MOVING for high, proved in
      [("twenty", False), ("more", True)]),
    *((f"cost == {moving}", f"cost > {high}", proved) for moving in MOVING for high, proved in
      [("fifteen", False), ("twenty", True)]),
    ("cost == ten", "cost == fifteen", True),
    ("cost == rising", "cost == hidden", False),
    ("cost != ten", "cost == ten", True),
    ("cost != ten", "cost > ten", False),
    ("cost < gain", "cost >= gain", True),
    ("cost < gain", "gain <= cost", True),
    ("cost < gain", "gain > cost", False),
    ("cost <= gain", "cost >= gain", False),
    ("cost == gain", "cost != gain", True),
    ("cost == gain", "cost < gain", True),
    ("cost > 0", "cost <= 0", True),
    ("cost > 0", "cost < nine", False),
    ("cost > nine", "0 >= cost", True),
    ("opened_on <= day_one", "opened_on >= day_two", True),
    ("opened_on <= day_two", "opened_on >= day_one", False),
    ("opened_on <= day_one", "filed_on >= day_two", False),
    ("young", "not young", True),
    ("not young", "young", True),
    ("not young", "not local", False),
    ("young and local", "not local", True),
    ("young and local", "not young and local", True),
    ("young or local", "not local", False),
    ("zone == 'hill'", "zone == 'plain'", True),
    ("zone == 'hill'", "zone in ['plain']", True),
    ("zone in ('hill', 'plain')", "zone == 'plain'", False),
    ("zone in hills", "zone == 'plain'", False),
    ("'hill' == zone", "zone == 'plain'", False),
    ("zone != 'hill'", "zone == 'hill'", True),
    ("young and cost <= nine", "cost > ten and local", True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "proved"), TABLE)
def test_two_cases_are_proved_apart_or_not(small, one, two, proved):
    for first, second in ((one, two), (two, one)):
        book = small(PARAMETERS.replace("ONE", first).replace("TWO", second))
        assert book.definitions["d"].proved is proved


@pytest.mark.parametrize(("one", "two", "three", "proved"), [
    ("zone == 'hill'", "zone == 'plain'", "zone == 'hill' and young", False),
    ("cost < nine", "cost > ten", "cost == twenty", False),
    ("cost < nine", "nine <= cost and cost < ten", "cost >= ten", True),
])  # fmt: skip
def test_every_two_of_three_cases_are_looked_at(small, one, two, three, proved):
    text = PARAMETERS.replace("ONE", one).replace("{otherwise", f'{{when: "{three}", is: cost + gain}}, {{otherwise')
    assert small(text.replace("TWO", two)).definitions["d"].proved is proved


@pytest.mark.parametrize(
    ("one", "two"),
    [("young", "young"), ("cost > ten", "cost > ten"), ("zone in ['hill']", "zone in ['hill']"), ("young and local", "young and local")],
)  # fmt: skip
def test_the_same_guard_with_two_values_is_a_fault(small, one, two):
    (told,) = small(PARAMETERS.replace("ONE", one).replace("TWO", two))
    assert "d: this case holds whenever the one at prova/breve/measure.yaml:" in told
    alike = PARAMETERS.replace("is: gain", "is: cost")
    assert small(alike.replace("ONE", one).replace("TWO", two)).definitions["d"].proved is False
    assert small(PARAMETERS.replace("ONE", one).replace("TWO", f"{two} or local")).definitions["d"].proved is False
