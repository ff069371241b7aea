# SPDX-License-Identifier: Apache-2.0
"""The periods of days on which the law stands still, and what stands in each: values, conditions, how sure they are."""

from __future__ import annotations

import datetime as dt

import pytest

from misure.ground.record import replaced
from misure.ground.regimes import Regime
from misure.ground.truth import Confidence
from misure.program.law import Law, folds, periods
from misure.reading import read_rulebook
from tests.deciding.written_measures import HEAD

VOCABULARY = """\
format: 1
units:
  firms: {counts: yes, least: "0", greatest: "1000", it: {one: a, many: b}, en: {one: a, many: b}}
facts:
  heads: {unit: firms, least: "0", greatest: "1000", label: teste, question: "Quante?"}
  opened_on: {date: yes, label: apertura, question: "Quando?"}
events:
  filed_on: {label: domanda, question: "Quando?"}
  granted_on: {label: concessione, question: "Quando?"}
  paid_on: {label: erogazione, question: "Quando?"}
"""
RULES = """\
editions:
  2022-01-31: {act: uno}
  2023-03-01: {act: due, restates: [said_again, kept, also_kept], others: inferred, read_in: stampa}
  2024-01-31: {act: due, restates: [kept], others: OTHERS}
parameters:
  said_again: 1 firms
  silent: 2 firms
  renewed:
    2022-01-31: 3 firms
    2023-03-01: {is: 4 firms, read_in: stampa}
    2024-05-06: 5 firms
  early:
    2020-01-01: 6 firms
    2023-07-08: 7 firms
  by_grant: {values: {2022-01-31: 8 firms, 2025-09-10: 9 firms}, anchor: grant}
  by_payment: {values: {2022-01-31: 8 firms, 2026-09-10: 9 firms}, anchor: payment}
  way:
    2022-01-31: it_civil
    2023-03-01: eu_1182_71
provisions:
  - cite: {act: uno}
    admission:
      always: {provision: P.1, text: a, holds: heads > said_again + silent + renewed + early + by_grant + by_payment}
      kept: {provision: P.1, text: a, holds: heads > 0}
      also_kept: {provision: P.1, text: a, holds: heads > 0}
      passing: {provision: P.1, text: a, holds: heads > 0, live: {from: 2022-06-01, until: 2022-12-31}}
      from_then: {provision: P.1, text: a, holds: heads > 0, live: {from: 2021-06-01}}
      until_then: {provision: P.1, text: a, holds: heads > 0, live: {until: 2024-08-31}}
    terms:
      moved: {provision: P.1, text: a, by: opened_on, regime: way, stage: upkeep}
"""
FILED = ["2022-01-31", "2022-06-01", "2023-01-01", "2023-03-01", "2023-07-08", "2024-01-31", "2024-05-06", "2024-09-01"]


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def book(tmp_path):
    def read(law_of, others="unchanged", head=HEAD):
        (tmp_path / "prova" / "breve").mkdir(parents=True)
        (tmp_path / "vocabulary").mkdir()
        (tmp_path / "vocabulary" / "prova.yaml").write_text(VOCABULARY, "utf-8")
        # Both editions rest on the second act, so it is of the day of the earlier one.
        acts = head.replace("LAW", law_of).replace("2024-01-31", "2023-03-01")
        text = acts + RULES.replace("OTHERS", others)
        (tmp_path / "prova" / "breve" / "measure.yaml").write_text(text, "utf-8")
        return read_rulebook(tmp_path, "prova/breve")

    return read


@pytest.mark.parametrize(
    ("law_of", "known", "days"),
    [
        ("filing", True, FILED),
        ("question", True, FILED),
        ("grant", False, ["2022-01-31"]),
        ("payment", False, ["2022-01-31"]),
    ],
)
def test_a_stretch_begins_with_each_change_of_the_law_from_the_first_edition_on(book, law_of, known, days):
    rules = book(law_of)
    assert folds(rules) is known
    assert [str(first) for first in periods(rules)] == days


@pytest.mark.parametrize(("law_of", "newest"), [("grant", "2025-09-10"), ("payment", "2026-09-10")])
def test_where_the_day_may_not_be_known_the_newest_version_of_all_is_the_law(book, law_of, newest):
    law = Law.from_day(book(law_of), day("2022-01-31"))
    assert str(law.day) == newest
    assert (str(law.edition.day), law.edition.act.id) == ("2024-01-31", "due")


@pytest.mark.parametrize(
    ("left_out", "newest"),
    [
        ([], "2025-09-10"),
        (["by_grant"], "2024-05-06"),
        (["by_grant", "renewed"], "2024-01-31"),
        (["by_payment"], "2025-09-10"),
    ],
)
def test_the_newest_version_is_a_value_dated_on_the_grant_or_an_edition(book, left_out, newest):
    rules = book("grant")
    kept = {name: one for name, one in rules.parameters.items() if name not in left_out}
    assert str(Law.from_day(replaced(rules, parameters=kept), day("2022-01-31")).day) == newest


def test_the_law_of_a_day_that_is_known_is_that_of_its_stretch(book):
    law = Law.from_day(book("filing"), day("2023-01-01"))
    assert str(law.day) == "2023-01-01"


@pytest.mark.parametrize(
    ("first", "edition", "act"),
    [
        ("2022-01-31", "2022-01-31", "uno"),
        ("2023-02-28", "2022-01-31", "uno"),
        ("2023-03-01", "2023-03-01", "due"),
        ("2024-01-30", "2023-03-01", "due"),
        ("2024-01-31", "2024-01-31", "due"),
    ],
)
def test_an_edition_rules_from_its_first_day(book, first, edition, act):
    found = Law(book("filing"), day(first)).edition
    assert (str(found.day), found.act.id) == (edition, act)


@pytest.mark.parametrize(
    ("first", "name", "values"),
    [
        ("2022-01-31", "renewed", [3]),
        ("2023-02-28", "renewed", [3]),
        ("2023-03-01", "renewed", [4]),
        ("2024-05-05", "renewed", [4]),
        ("2024-05-06", "renewed", [5]),
        ("2019-01-01", "early", [6]),
        ("2020-01-01", "early", [6]),
        ("2023-07-07", "early", [6]),
        ("2023-07-08", "early", [7]),
        ("2024-05-06", "by_grant", [8, 9]),
    ],
)
def test_the_value_in_force_stands_alone_unless_another_day_picks_it(book, first, name, values):
    rules = book("filing")
    assert [value.known for value in Law(rules, day(first)).values(rules.parameters[name])] == values


def test_every_version_stands_where_the_measure_itself_is_dated_on_the_grant(book):
    rules = book("grant")
    law = Law.from_day(rules, day("2022-01-31"))
    for name, values in {"renewed": [3, 4, 5], "by_grant": [8, 9], "by_payment": [8, 9]}.items():
        assert [value.known for value in law.values(rules.parameters[name])] == values


@pytest.mark.parametrize(
    ("first", "named", "regime"),
    [
        ("2022-01-31", "", Regime.IT_CIVIL),
        ("2022-01-31", "it_tax", Regime.IT_TAX),
        ("2023-02-28", "way", Regime.IT_CIVIL),
        ("2023-03-01", "way", Regime.EU_1182_71),
    ],
)
def test_a_counting_regime_is_named_or_chosen_by_a_parameter(book, first, named, regime):
    assert Law(book("filing"), day(first)).regime(named) is regime


@pytest.mark.parametrize(
    ("first", "standing"),
    [
        ("2022-01-31", {"always", "from_then", "until_then"}),
        ("2022-05-31", {"always", "from_then", "until_then"}),
        ("2022-06-01", {"always", "from_then", "until_then", "passing"}),
        ("2022-12-31", {"always", "from_then", "until_then", "passing"}),
        ("2023-01-01", {"always", "from_then", "until_then"}),
        ("2024-08-31", {"always", "from_then", "until_then"}),
        ("2024-09-01", {"always", "from_then"}),
        ("2021-05-31", {"always", "until_then"}),
    ],
)
def test_a_condition_stands_from_its_first_day_to_its_last(book, first, standing):
    rules = book("filing")
    live = {condition.id for condition in rules.conditions if Law(rules, day(first)).live(condition)}
    assert live - {"kept", "also_kept"} == standing


def test_where_the_day_may_not_be_known_every_condition_stands(book):
    rules = book("grant")
    law = Law.from_day(rules, day("2022-01-31"))
    assert len(rules.conditions) == 6
    assert all(law.live(condition) for condition in rules.conditions)


@pytest.mark.parametrize(
    ("others", "first", "name", "confidence"),
    [
        ("unchanged", "2023-02-28", "always", Confidence.OFFICIAL),
        ("unchanged", "2023-03-01", "always", Confidence.INFERRED),
        ("unchanged", "2023-03-01", "also_kept", Confidence.SECONDARY),
        ("unchanged", "2024-01-31", "also_kept", Confidence.SECONDARY),
        ("unchanged", "2024-01-30", "kept", Confidence.SECONDARY),
        ("unchanged", "2024-01-31", "kept", Confidence.OFFICIAL),
        ("unchanged", "2024-01-31", "always", Confidence.INFERRED),
        ("inferred", "2024-01-30", "also_kept", Confidence.SECONDARY),
        ("inferred", "2024-01-31", "also_kept", Confidence.INFERRED),
        ("inferred", "2024-01-31", "kept", Confidence.OFFICIAL),
    ],
)
def test_what_a_later_act_did_not_say_again_is_inferred_from_then_on(book, others, first, name, confidence):
    assert Law(book("filing", others), day(first)).carried(name) is confidence


@pytest.mark.parametrize(
    ("others", "first", "name", "confidence"),
    [
        ("unchanged", "2022-01-31", "silent", Confidence.OFFICIAL),
        ("unchanged", "2023-02-28", "silent", Confidence.OFFICIAL),
        ("unchanged", "2023-03-01", "silent", Confidence.INFERRED),
        ("unchanged", "2023-03-01", "said_again", Confidence.OFFICIAL),
        ("unchanged", "2023-03-01", "renewed", Confidence.SECONDARY),
        ("unchanged", "2024-01-31", "renewed", Confidence.SECONDARY),
        ("inferred", "2024-01-30", "renewed", Confidence.SECONDARY),
        ("inferred", "2024-01-31", "renewed", Confidence.INFERRED),
        ("inferred", "2024-05-06", "renewed", Confidence.OFFICIAL),
        ("inferred", "2024-01-31", "said_again", Confidence.INFERRED),
        ("inferred", "2023-07-07", "early", Confidence.INFERRED),
        ("inferred", "2023-07-08", "early", Confidence.OFFICIAL),
        ("inferred", "2024-01-31", "early", Confidence.INFERRED),
    ],
)
def test_a_value_is_as_sure_as_its_reading_and_as_the_editions_after_it(book, others, first, name, confidence):
    rules = book("filing", others)
    assert Law(rules, day(first)).confidence_of(rules.parameters[name]) is confidence
