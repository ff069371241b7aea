# SPDX-License-Identifier: Apache-2.0
"""Every feature of the expressions, decided: one measure with a condition for each, and facts that fall on either side."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.deciding.written_measures import opened

ON = dt.date(2022, 6, 1)
VOCABULARY = """\
format: 1
facts:
  cost: {unit: EUR, least: "0", greatest: "1000000", label: costo, question: "Quanto?"}
  gain: {unit: EUR, least: "0", greatest: "1000000", label: ricavo, question: "Quanto?"}
  balance: {unit: EUR, least: "-1000", greatest: "1000", label: saldo, question: "Quanto?"}
  surface: {unit: square_metres, least: "0", greatest: "1000", label: superficie, question: "Quanta?"}
  heads: {unit: awu, least: "0", greatest: "1000", label: addetti, question: "Quanti?"}
  quota: {unit: share, least: "0", greatest: "1", label: quota, question: "Quale?"}
  span: {unit: days, least: "0", greatest: "100", label: giorni, question: "Quanti?"}
  closed_on: {date: yes, label: chiusura, question: "Quando?"}
  opened_on: {date: yes, label: apertura, question: "Quando?"}
  zone: {choices: {hill: collina, plain: pianura, coast: costa}, label: zona, question: "Quale?"}
  other_zone: {choices: {hill: collina, plain: pianura, coast: costa}, label: zona, question: "Quale?"}
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
      zone: {choices: {hill: collina, plain: pianura, coast: costa}, label: zona, question: "Quale?"}
      trade: {code: ateco-2007, label: attività, question: "Quale?"}
      late: {flag: yes, label: ritardo, question: "È in ritardo?"}
      fee: {unit: EUR, least: "-100", greatest: "1000", label: quota, question: "Quanto?"}
      part: {unit: share, least: "0", greatest: "1", label: parte, question: "Quale?"}
      since: {date: yes, label: ingresso, question: "Quando?"}
"""
RULES = """\
parameters:
  limit: 500.00 EUR
  room: 40.00 square_metres
  half: 50%
  third: 33.33%
  ten: 10 days
  two: 2 days
  months_two: 2 months
  years_one: 1 years
  few: 2 partners
  firms_two: 2 firms
  chosen: [hill, coast]
  trades: {edition: ateco-2007, is: [A, "62.01"]}
  first_day: 2022-03-01
  last_day: 2022-03-31
  base_year: 2021 year
  working: {is: eu_1182_71, for_information: yes}
  all_used: {is: 1.00 EUR, for_information: yes}
"""

TRUTHS = [
    # Yes or no, and how they join
    ("young", {"young": True}, "yes"),
    ("young", {"young": False}, "no"),
    ("not young", {"young": True}, "no"),
    ("not not young", {"young": True}, "yes"),
    ("young and local", {"young": True, "local": False}, "no"),
    ("young and local", {"young": True, "local": True}, "yes"),
    ("young and local", {"young": False}, "no"),
    ("young and local", {"young": True}, "unknown"),
    ("young or local", {"young": False, "local": True}, "yes"),
    ("young or local", {"young": False, "local": False}, "no"),
    ("young or local", {"young": True}, "yes"),
    ("young or local", {"young": False}, "unknown"),
    ("(young if local else cost > 0)", {"young": False, "local": True, "cost": 1}, "no"),
    ("(young if local else cost > 0)", {"young": False, "local": False, "cost": 1}, "yes"),
    ("(young if local else cost > 0)", {"young": True, "cost": 1}, "yes"),
    # Comparisons, each on the limit and a cent beside it
    ("cost < limit", {"cost": "499.99"}, "yes"),
    ("cost < limit", {"cost": "500"}, "no"),
    ("cost <= limit", {"cost": "500"}, "yes"),
    ("cost <= limit", {"cost": "500.01"}, "no"),
    ("cost == limit", {"cost": "500"}, "yes"),
    ("cost == limit", {"cost": "500.01"}, "no"),
    ("cost != limit", {"cost": "500"}, "no"),
    ("cost != limit", {"cost": "499.99"}, "yes"),
    ("cost >= limit", {"cost": "500"}, "yes"),
    ("cost >= limit", {"cost": "499.99"}, "no"),
    ("cost > limit", {"cost": "500"}, "no"),
    ("cost > limit", {"cost": "500.01"}, "yes"),
    ("0 < cost <= limit", {"cost": "0"}, "no"),
    ("0 < cost <= limit", {"cost": "0.01"}, "yes"),
    ("0 < cost <= limit", {"cost": "500.01"}, "no"),
    ("cost < gain < limit", {"cost": 1, "gain": 2}, "yes"),
    ("cost < gain < limit", {"cost": 2, "gain": 2}, "no"),
    ("cost < gain < limit", {"cost": 1, "gain": 500}, "no"),
    # Other units than euro
    ("surface <= room", {"surface": "40"}, "yes"),
    ("surface <= room", {"surface": "40.01"}, "no"),
    ("surface * half <= room", {"surface": "80"}, "yes"),
    ("surface * half <= room", {"surface": "80.01"}, "no"),
    ("heads >= 1", {"heads": "1"}, "yes"),
    ("heads >= 1", {"heads": "0.99"}, "no"),
    ("quota <= third", {"quota": "0.3333"}, "yes"),
    ("quota <= third", {"quota": "0.3334"}, "no"),
    ("quota < 1", {"quota": "0.9999"}, "yes"),
    ("quota < 1", {"quota": "1"}, "no"),
    ("span >= ten", {"span": 10}, "yes"),
    ("span >= ten", {"span": 9}, "no"),
    # Arithmetic
    ("cost + gain <= limit", {"cost": "200", "gain": "300"}, "yes"),
    ("cost + gain <= limit", {"cost": "200.01", "gain": "300"}, "no"),
    ("cost - gain >= limit", {"cost": "800", "gain": "300"}, "yes"),
    ("cost - gain >= limit", {"cost": "800", "gain": "300.01"}, "no"),
    ("gain - cost - cost >= 0", {"cost": "100", "gain": "200"}, "yes"),
    ("gain - cost - cost >= 0", {"cost": "100", "gain": "199.99"}, "no"),
    ("balance + cost > 0", {"balance": "-5", "cost": "5.01"}, "yes"),
    ("balance + cost > 0", {"balance": "-5", "cost": "5"}, "no"),
    ("cost * half == gain", {"cost": "10.02", "gain": "5.01"}, "yes"),
    ("cost * half == gain", {"cost": "10.03", "gain": "5.01"}, "no"),
    ("half * half * cost <= gain", {"cost": "4", "gain": "1"}, "yes"),
    ("half * half * cost <= gain", {"cost": "4.01", "gain": "1"}, "no"),
    ("(1 - third) * cost >= gain", {"cost": "10000", "gain": "6667"}, "yes"),
    ("(1 - third) * cost >= gain", {"cost": "10000", "gain": "6667.01"}, "no"),
    ("balance * quota <= 0", {"balance": "-1", "quota": "0.5"}, "yes"),
    ("balance * quota <= 0", {"balance": "0.01", "quota": "0.0001"}, "no"),
    # A division by a fact, which is undefined where the fact is nothing
    ("cost / gain <= half", {"cost": "1", "gain": "2"}, "yes"),
    ("cost / gain <= half", {"cost": "1.01", "gain": "2"}, "no"),
    ("cost / gain <= half", {"cost": "1", "gain": "0"}, "unknown"),
    ("cost / gain <= half", {"cost": "0", "gain": "0"}, "unknown"),
    ("half >= cost / gain", {"cost": "1", "gain": "2"}, "yes"),
    ("half >= cost / gain", {"cost": "1.01", "gain": "2"}, "no"),
    ("half < cost / gain", {"cost": "1.01", "gain": "2"}, "yes"),
    ("half < cost / gain", {"cost": "1", "gain": "2"}, "no"),
    ("cost / gain <= half", {"gain": "2"}, "unknown"),
    ("cost / gain <= half", {"cost": "0"}, "unknown"),
    ("cost / half >= gain", {"cost": "1", "gain": "2"}, "yes"),
    ("cost / half >= gain", {"cost": "1", "gain": "2.01"}, "no"),
    ("cost / limit <= quota", {"cost": "250", "quota": "0.5"}, "yes"),
    ("cost / limit <= quota", {"cost": "250.01", "quota": "0.5"}, "no"),
    ("half_up(cost / quota) == gain", {"cost": "1", "quota": "0.3", "gain": "3.33"}, "yes"),
    ("half_up(cost / quota) == gain", {"cost": "2", "quota": "0.3", "gain": "6.67"}, "yes"),
    ("down(cost / quota) == gain", {"cost": "2", "quota": "0.3", "gain": "6.66"}, "yes"),
    ("half_up(cost / quota) == gain", {"cost": "1", "quota": "0", "gain": "1"}, "unknown"),
    # Rounding to the last decimal of the unit
    ("half_up(cost * half) == gain", {"cost": "0.01", "gain": "0.01"}, "yes"),
    ("half_up(cost * third) == gain", {"cost": "1", "gain": "0.33"}, "yes"),
    ("down(cost * half) == gain", {"cost": "0.01", "gain": "0"}, "yes"),
    ("down(cost * half) == gain", {"cost": "0.02", "gain": "0.01"}, "yes"),
    ("down(surface * third) == room", {"surface": "120.02"}, "yes"),
    ("down(surface * third) == room", {"surface": "120.01"}, "no"),
    # The least and the greatest of several
    ("min(cost, gain, limit) == cost", {"cost": "1", "gain": "2"}, "yes"),
    ("min(cost, gain, limit) == cost", {"cost": "3", "gain": "2"}, "no"),
    ("max(cost, gain, 0) == gain", {"cost": "1", "gain": "2"}, "yes"),
    ("max(cost, gain, 0) == gain", {"cost": "3", "gain": "2"}, "no"),
    ("min(cost, gain) >= limit", {"cost": "499.99"}, "no"),
    ("max(cost, gain) >= limit", {"cost": "500"}, "yes"),
    ("max(cost - limit, 0) == 0", {"cost": "500"}, "yes"),
    ("max(cost - limit, 0) == 0", {"cost": "500.01"}, "no"),
    ("(cost if young else gain) > 0", {"young": True, "cost": 0, "gain": 1}, "no"),
    ("(cost if young else gain) > 0", {"young": False, "cost": 0, "gain": 1}, "yes"),
    ("(cost if young else gain) > 0", {"cost": 1, "gain": 1}, "yes"),
    ("(cost if young else gain) > 0", {"cost": 1, "gain": 0}, "unknown"),
    # Choices
    ("zone == 'hill'", {"zone": "hill"}, "yes"),
    ("zone == 'hill'", {"zone": "plain"}, "no"),
    ("'hill' != zone", {"zone": "hill"}, "no"),
    ("'hill' != zone", {"zone": "coast"}, "yes"),
    ("zone in ('hill', 'plain')", {"zone": "plain"}, "yes"),
    ("zone in ('hill', 'plain')", {"zone": "coast"}, "no"),
    ("zone not in ['hill', 'plain']", {"zone": "coast"}, "yes"),
    ("zone not in ['hill', 'plain']", {"zone": "hill"}, "no"),
    ("zone in {'coast'}", {"zone": "coast"}, "yes"),
    ("zone in chosen", {"zone": "coast"}, "yes"),
    ("zone in chosen", {"zone": "plain"}, "no"),
    ("zone not in chosen", {"zone": "plain"}, "yes"),
    ("zone in ('hill', 'plain', 'coast')", {}, "yes"),
    ("zone in ('hill', 'plain')", {}, "unknown"),
    # Texts and classification codes
    ("owner == keeper", {"owner": "a", "keeper": "a"}, "yes"),
    ("owner == keeper", {"owner": "a", "keeper": "A"}, "no"),
    ("owner != keeper", {"owner": "a", "keeper": "b"}, "yes"),
    ("owner != keeper", {"owner": "a", "keeper": "a"}, "no"),
    ("owner == keeper", {"owner": "a"}, "unknown"),
    ("within(trade, trades)", {"trade": "01.11"}, "yes"),
    ("within(trade, trades)", {"trade": "62.01"}, "yes"),
    ("within(trade, trades)", {"trade": "62.02"}, "no"),
    ("not within(trade, trades)", {"trade": "62.02"}, "yes"),
    ("within(trade, trades)", {}, "unknown"),
    # Days
    ("opened_on < closed_on", {"opened_on": "2022-01-01", "closed_on": "2022-01-02"}, "yes"),
    ("opened_on < closed_on", {"opened_on": "2022-01-02", "closed_on": "2022-01-02"}, "no"),
    ("opened_on != closed_on", {"opened_on": "2022-01-02", "closed_on": "2022-01-02"}, "no"),
    ("opened_on + days(ten) == closed_on", {"opened_on": "2022-01-01", "closed_on": "2022-01-11"}, "yes"),
    ("opened_on - days(ten) == closed_on", {"opened_on": "2022-01-11", "closed_on": "2022-01-01"}, "yes"),
    ("opened_on + months(months_two) == closed_on", {"opened_on": "2021-12-31", "closed_on": "2022-02-28"}, "yes"),
    ("opened_on - months(months_two) == closed_on", {"opened_on": "2022-04-30", "closed_on": "2022-02-28"}, "yes"),
    ("opened_on + years(years_one) == closed_on", {"opened_on": "2020-02-29", "closed_on": "2021-02-28"}, "yes"),
    ("opened_on - years(years_one) == closed_on", {"opened_on": "2022-06-01", "closed_on": "2021-06-01"}, "yes"),
    ("opened_on + years(years_one) == closed_on", {"opened_on": "2022-06-01", "closed_on": "2023-05-31"}, "no"),
    # From a Friday over a Saturday and a Sunday; from the Tuesday before 2 June, a holiday
    ("opened_on + working_days(two) == closed_on", {"opened_on": "2022-05-13", "closed_on": "2022-05-17"}, "yes"),
    ("opened_on + working_days(two) == closed_on", {"opened_on": "2022-05-31", "closed_on": "2022-06-03"}, "yes"),
    ("opened_on - working_days(two) == closed_on", {"opened_on": "2022-05-16", "closed_on": "2022-05-12"}, "yes"),
    ("opened_on + days(span) >= closed_on", {"opened_on": "2022-01-01", "closed_on": "2022-01-11", "span": 10}, "yes"),
    ("opened_on + days(span) >= closed_on", {"opened_on": "2022-01-01", "closed_on": "2022-01-11", "span": 9}, "no"),
    ("opened_on + days(1) == closed_on", {"opened_on": "2022-01-01", "closed_on": "2022-01-02"}, "yes"),
    ("min(opened_on, closed_on) < first_day", {"opened_on": "2022-02-28", "closed_on": "2023-01-01"}, "yes"),
    ("min(opened_on, closed_on) < first_day", {"opened_on": "2022-03-01", "closed_on": "2023-01-01"}, "no"),
    ("max(opened_on, first_day) == opened_on", {"opened_on": "2022-03-01"}, "yes"),
    ("max(opened_on, first_day) == opened_on", {"opened_on": "2022-02-28"}, "no"),
    ("(opened_on if young else closed_on) < first_day", {"young": True, "opened_on": "2022-02-28"}, "yes"),
    ("(opened_on if young else closed_on) < first_day", {"young": False, "closed_on": "2022-03-01"}, "no"),
    ("year(opened_on) == year(closed_on)", {"opened_on": "2022-01-01", "closed_on": "2022-12-31"}, "yes"),
    ("year(opened_on) == year(closed_on)", {"opened_on": "2021-12-31", "closed_on": "2022-01-01"}, "no"),
    ("year(opened_on) - 1 == base_year", {"opened_on": "2022-12-31"}, "yes"),
    ("year(opened_on) - 1 == base_year", {"opened_on": "2023-01-01"}, "no"),
    ("opened_on <= on", {"opened_on": "2022-06-01"}, "yes"),
    ("opened_on <= on", {"opened_on": "2022-06-02"}, "no"),
    # Events
    ("happened(signed_on)", {"signed_on": "2022-06-01"}, "yes"),
    ("happened(signed_on)", {"signed_on": "not_yet"}, "no"),
    ("happened(signed_on)", {}, "unknown"),
    ("signed_on <= last_day", {"signed_on": "2022-03-31"}, "yes"),
    ("signed_on <= last_day", {"signed_on": "2022-04-01"}, "no"),
    ("signed_on <= last_day", {"signed_on": "not_yet"}, "no"),
    ("signed_on >= first_day", {"signed_on": "not_yet"}, "yes"),
    ("filed_on <= last_day", {}, "unknown"),
    ("filed_on <= last_day", {"filed_on": "not_yet"}, "no"),
    ("filed_on <= last_day", {"filed_on": "2022-03-31"}, "yes"),
    # Definitions and terms by name
    ("twice > limit", {"cost": "250.01"}, "yes"),
    ("twice > limit", {"cost": "250"}, "no"),
    ("eager", {"young": True, "local": True}, "yes"),
    ("eager", {"young": True, "local": False}, "no"),
    ("best_day < first_day", {"opened_on": "2022-02-28", "closed_on": "2022-05-01"}, "yes"),
    ("best_day < first_day", {"opened_on": "2022-03-01", "closed_on": "2022-05-01"}, "no"),
    ("home == 'hill'", {"young": True, "zone": "hill"}, "yes"),
    ("home == 'hill'", {"young": True, "zone": "plain"}, "no"),
    ("home == 'hill'", {"young": False, "zone": "hill", "other_zone": "plain"}, "no"),
    ("home == 'hill'", {"young": False, "zone": "hill"}, "unknown"),
    ("home != 'hill'", {"young": False, "other_zone": "plain"}, "yes"),
    ("home in chosen", {"young": False, "other_zone": "coast"}, "yes"),
    ("home in chosen", {"young": False, "other_zone": "plain"}, "no"),
    # 2022-05-01 and ten days: Wednesday 11 May
    ("opened_on <= due", {"closed_on": "2022-05-01", "opened_on": "2022-05-11"}, "yes"),
    ("opened_on <= due", {"closed_on": "2022-05-01", "opened_on": "2022-05-12"}, "no"),
    # 2022-05-05 and ten days is a Sunday: the civil term ends on the Monday
    ("opened_on <= due", {"closed_on": "2022-05-05", "opened_on": "2022-05-16"}, "yes"),
    ("opened_on <= due", {"closed_on": "2022-05-05", "opened_on": "2022-05-17"}, "no"),
    ("due + days(two) == opened_on", {"closed_on": "2022-05-05", "opened_on": "2022-05-18"}, "yes"),
    ("opened_on <= due", {"closed_on": "2022-05-05"}, "unknown"),
    ("opened_on <= still", {"closed_on": "2022-05-05", "opened_on": "2022-05-15"}, "yes"),
    ("opened_on <= still", {"closed_on": "2022-05-05", "opened_on": "2022-05-16"}, "no"),
    ("opened_on in call", {"opened_on": "2022-02-28"}, "no"),
    ("opened_on in call", {"opened_on": "2022-03-01"}, "yes"),
    ("opened_on in call", {"opened_on": "2022-03-31"}, "yes"),
    ("opened_on in call", {"opened_on": "2022-04-01"}, "no"),
    ("opened_on not in call", {"opened_on": "2022-04-01"}, "yes"),
]  # fmt: skip


def person(name, **fields):
    return {"id": name} | fields


A, B, C = (
    person("a", zone="hill", trade="01.11", late=True, fee="100", part="0.5", since="2022-01-10"),
    person("b", zone="hill", trade="62.02", late=False, fee="-20", part="0.25", since="2021-01-10"),
    person("c", zone="coast", trade="62.01", late=False, fee="40.50", part="1", since="2022-03-01"),
)

GATHERED = [
    ("count(s for s in crew) >= few", [A, B], "yes"),
    ("count(s for s in crew) >= few", [A], "no"),
    ("count(s for s in crew) == firms_two", [A, B], "yes"),
    ("count(s for s in crew) == firms_two", [A, B, C], "no"),
    ("count(s for s in crew if s.zone == 'hill') >= few", [A, B, C], "yes"),
    ("count(s for s in crew if s.zone == 'hill') >= few", [A, C], "no"),
    ("count(s for s in crew if s.zone == 'hill' if not s.late) == 1", [A, B, C], "yes"),
    ("count(s for s in crew if s.zone == 'hill' if not s.late) == 1", [A, C], "no"),
    ("count(s for s in crew if within(s.trade, trades)) == firms_two", [A, B, C], "yes"),
    ("count(s for s in crew if s.id == owner) == 1", [A, C], "yes"),
    ("count(s for s in crew if s.id == owner) == 1", [B, C], "no"),
    ("count(s for s in crew) == 0", [], "yes"),
    ("count(s for s in crew) == 0", [A], "no"),
    ("count(s for s in crew) + 1 == few", [A], "yes"),
    ("sum(s.fee for s in crew) <= cost", [A, B], "no"),
    ("sum(s.fee for s in crew) <= cost", [A, B, person("d", fee="-10", zone="hill", late=True)], "yes"),
    ("sum(s.fee for s in crew if s.late) == cost", [A, B], "no"),
    ("sum(s.fee for s in crew) == 0", [], "yes"),
    ("sum(s.fee * s.part for s in crew) == half * cost + 0", [A, B, person("d", zone="hill", late=False, fee="-10", part="1")], "yes"),
    ("sum(s.part for s in crew) <= 1", [A, B], "yes"),
    ("sum(s.part for s in crew) <= 1", [A, C], "no"),
    ("sum(down(max(s.fee, 0) * third) for s in crew) == gain", [C, C | {"id": "e"}], "yes"),
    ("any(s.late for s in crew)", [A, B], "yes"),
    ("any(s.late for s in crew)", [B, C], "no"),
    ("any(s.late for s in crew)", [], "no"),
    ("any(s.late for s in crew if s.zone == 'coast')", [A, C], "no"),
    ("not any(s.late for s in crew)", [B, C], "yes"),
    ("not any(s.late for s in crew)", [A, C], "no"),
    ("all(s.late for s in crew)", [A], "yes"),
    ("all(s.late for s in crew)", [A, B], "no"),
    ("all(s.late for s in crew)", [], "yes"),
    ("all(s.late for s in crew if s.zone == 'hill')", [A, C], "yes"),
    ("all(s.late for s in crew if s.zone == 'hill')", [A, B], "no"),
    ("not all(s.late for s in crew)", [A, B], "yes"),
    ("not all(s.late for s in crew)", [A], "no"),
    ("all(s.fee > 0 or s.late for s in crew)", [A, C], "yes"),
    ("all(s.fee > 0 or s.late for s in crew)", [A, B], "no"),
    ("min(s.fee for s in crew) == 0 - balance", [A, B, C], "yes"),
    ("min(s.fee for s in crew) == 0 - balance", [A, C], "no"),
    ("max(s.fee for s in crew) >= limit * half", [A, B], "no"),
    ("max(s.fee for s in crew) >= limit * half", [A, person("d", fee="250", zone="hill", late=False)], "yes"),
    ("max(s.fee for s in crew if not s.late) < limit", [A, C], "yes"),
    ("max(s.fee for s in crew if not s.late) < limit", [A], "unknown"),
    ("min(s.since for s in crew) < first_day", [A, C], "yes"),
    ("min(s.since for s in crew) < first_day", [C], "no"),
    ("max(s.since for s in crew) <= last_day", [A, C], "yes"),
    ("only(s.fee for s in crew if s.late) == cost + 0", [A, B, C], "no"),
    ("only(s.fee for s in crew if s.late) > limit * half", [A, B, C], "no"),
    ("only(s.fee for s in crew if s.zone == 'hill') > 0", [A, B], "unknown"),
    ("only(s.fee for s in crew if s.zone == 'plain') > 0", [A, B], "unknown"),
    ("only(s.since for s in crew if s.late) < first_day", [A, B, C], "yes"),
    ("only(s.fee for s in crew if year(s.since) == base_year) < 0", [A, B, C], "yes"),
]  # fmt: skip
SIDE = {"cost": "70", "gain": "26.98", "balance": "20", "owner": "a"}

NAMED = """\
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      twice: {is: cost + cost, label: doppio}
      eager: {is: young and local, label: pronto}
      best_day: {is: "min(opened_on, closed_on)", label: giorno}
      home: {label: casa, cases: [{when: young, is: zone}, {when: not young, is: other_zone}]}
    terms:
      due: {provision: P.1, text: "Entro", by: "closed_on + days(ten)", stage: upkeep}
      still: {provision: P.1, text: "Entro", by: "closed_on + days(ten)", regime: fixed_instant, stage: upkeep}
      call: {provision: P.1, text: "Finestra", window: {from: first_day, until: last_day}, of: filed_on, stage: upkeep}
    admission:
"""


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    """One measure with every expression of the tables as a condition."""
    rules = "".join(
        f'      e{n}: {{provision: P.1, text: "Prova", holds: "{text}", effect: none}}\n'
        for text, n in EXPRESSIONS.items()
    )
    return opened(tmp_path_factory.mktemp("espressioni"), RULES + NAMED + rules, vocabulary=VOCABULARY)


EXPRESSIONS = {text: n for n, text in enumerate(dict.fromkeys(text for text, _, _ in [*TRUTHS, *GATHERED]))}


@pytest.mark.parametrize(("text", "facts", "truth"), TRUTHS)
def test_what_an_expression_says_of_the_facts(measure, text, facts, truth):
    assert measure.decide(facts, on=ON)[f"e{EXPRESSIONS[text]}"].truth == truth


@pytest.mark.parametrize(("text", "crew", "truth"), GATHERED)
def test_what_an_expression_says_of_a_table(measure, text, crew, truth):
    assert measure.decide(SIDE | {"crew": crew}, on=ON)[f"e{EXPRESSIONS[text]}"].truth == truth
