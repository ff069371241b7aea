# SPDX-License-Identifier: Apache-2.0
"""A value on which sources do not agree, and a list that is known in part: what every reading gives is certain, the rest is open.

Seen to fail when what one reading alone lists was certain, and when a list known in part was taken for the whole.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
import misure.batch
from misure import Range
from misure.telling.chapters.disagreeing import apart_of
from tests.deciding.written_measures import opened

ON = dt.date(2022, 6, 1)
VOCABULARY = """
facts:
  cost: {unit: EUR, least: "0", greatest: "1000000", label: "costo", question: "Quanto?"}
  place: {choices: {hill: "collina", plain: "piano", coast: "costa", lake: "lago"}, label: "luogo", question: "Dove?"}
  activity: {code: ateco-2022, label: "attività", question: "Quale?"}
  begun: {date: yes, label: "inizio", question: "Quando?"}
"""
PLACES = {"one": ("hill", "plain"), "two": ("hill", "coast")}
CODES = {"one": ("A", "62.01"), "two": ("A", "46")}
SHARES = {"one": "40%", "two": "55%", "three": "50%"}
RULES = """
parameters:
  places: {readings: {one: [hill, plain], two: {is: [hill, coast], at: "art. 9", read_in: stampa}, why: "art. 1 e art. 9"}, label: "luoghi"}
  codes: {edition: ateco-2022, readings: {one: [A, "62.01"], two: [A, "46"], why: "due elenchi"}, label: "codici"}
  partly: {edition: ateco-2022, is: [A], unknown: "allegato non letto", label: "codici in parte"}
  wholly: {edition: ateco-2022, unknown: "allegato non letto", label: "codici ignoti"}
  quota: {readings: {one: 40%, two: 55%, three: 50%, why: "tre cifre"}, label: "quota"}
  limit: {readings: {one: 100.00 EUR, two: 200.00 EUR, why: "due cifre"}, label: "limite"}
  first_day: {readings: {one: 2022-03-01, two: 2022-04-01, why: "due giorni"}, label: "primo giorno"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      placed: {provision: P.1, text: "Luogo", holds: place in places}
      coded: {provision: P.2, text: "Codice", holds: "within(activity, codes)"}
      in_part: {provision: P.3, text: "In parte", holds: "within(activity, partly)"}
      unheard: {provision: P.4, text: "Ignoti", holds: "within(activity, wholly)"}
      cheap: {provision: P.5, text: "Poco", holds: cost <= limit}
      later: {provision: P.6, text: "Dopo", holds: begun >= first_day}
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    grant: {form: grant, of: cost, intensity: quota, provision: P.7, text: "Contributo"}
"""


@pytest.fixture(scope="module")
def measure(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("readings"), RULES, vocabulary=VOCABULARY)


def agreed(truths):
    """What several readings give, each yes or no."""
    return {(True,): "yes", (False,): "no"}.get(tuple(set(truths)), "unknown")


@settings(max_examples=60)
@given(
    cents=st.integers(0, 30_000),
    place=st.sampled_from(["hill", "plain", "coast", "lake"]),
    activity=st.sampled_from(["01.1", "62.01", "62.01.0", "62.02", "46.3", "10.1"]),
    begun=st.dates(dt.date(2022, 2, 1), dt.date(2022, 5, 1)),
)
def test_what_every_reading_gives_is_certain_and_the_rest_is_open(measure, cents, place, activity, begun):
    facts = {"filed_on": ON, "cost": Decimal(cents) / 100, "place": place, "activity": activity, "begun": begun}
    decision = measure.decide(facts, on=ON)
    under = {"A": "01", "62.01": "62.01", "46": "46"}
    listed = [any(activity.startswith(under[code]) for code in codes) for codes in CODES.values()]
    expected = {
        "placed": agreed([place in places for places in PLACES.values()]),
        "coded": agreed(listed),
        "in_part": "yes" if activity.startswith("01") else "unknown",
        "unheard": "unknown",
        "cheap": agreed([cents <= limit for limit in (10_000, 20_000)]),
        "later": agreed([begun >= day for day in (dt.date(2022, 3, 1), dt.date(2022, 4, 1))]),
    }
    assert {name: str(decision[name].truth) for name in expected} == expected


@given(cents=st.integers(0, 10_000))
def test_an_amount_lies_between_what_its_readings_give(measure, cents):
    facts = {"filed_on": ON, "cost": Decimal(cents) / 100}
    amounts = [measure.vary(quota=share).decide(facts, on=ON).support[0].amount for share in SHARES.values()]
    found = measure.decide(facts, on=ON).support[0].amount
    least, greatest = (found.least, found.greatest) if isinstance(found, Range) else (found, found)
    assert (least, greatest) == (min(amounts), max(amounts))


def test_what_is_missing_names_the_value_and_its_readings_in_both_languages(measure):
    told = {"filed_on": ON, "cost": "150", "place": "coast", "activity": "62.01", "begun": "2022-05-01"}
    decision = measure.decide(told, on=ON)
    assert [one.name for one in decision.missing_for("outcome")] == ["places", "codes", "partly", "wholly", "limit"]
    page = str(misure.explain(decision, "it", all=True))
    assert "le fonti non si accordano su «luoghi»" in page
    assert "(a) collina, piano – DGR XI/1; (b) collina, costa – DGR XI/1, art. 9" in page.replace("\n      ", " ")
    assert "non è pubblicato «codici in parte»" in page
    english = str(misure.explain(decision, "en", all=True))
    assert "the sources do not agree on “luoghi”" in english
    assert "certainly among them: A" in english


def test_the_answer_as_data_has_each_reading(measure):
    values = json.loads(measure.decide({"filed_on": ON}, on=ON).to_json())["receipt"]["parameters"]
    assert values["limit"]["value"] == {"from": "100.00", "to": "200.00"}
    assert values["limit"]["unpublished"] == "due cifre"
    assert [(one["id"], one["value"]) for one in values["limit"]["readings"]] == [("one", "100.00"), ("two", "200.00")]
    assert values["places"]["readings"][1] == {
        "id": "two", "value": ["hill", "coast"], "cite": {"act": "uno", "at": "art. 9"}, "confidence": "secondary",
    }  # fmt: skip
    assert "readings" not in values["partly"]


def test_a_frame_and_linked_rules_answer_alike(measure):
    rows = [
        {"id": n, "filed_on": ON, "cost": Decimal(cost), "place": place, "activity": activity, "begun": begun}
        for n, (cost, place, activity, begun) in enumerate([
            ("100", "hill", "01.1", dt.date(2022, 5, 1)),
            ("150", "coast", "62.01", dt.date(2022, 3, 5)),
            ("250", "lake", "10.1", dt.date(2022, 2, 1)),
            ("0", None, "46.3", None),
        ])
    ]  # fmt: skip
    frame = misure.batch.decide(
        measure, pl.DataFrame(rows, schema_overrides={"cost": pl.Decimal(12, 2)}), on=ON, key="id"
    )
    linked = misure.open_linked(measure.linked())
    for row, outcome, failed, unknown in zip(
        rows, frame["outcome"], frame["failed"].to_list(), frame["unknown"].to_list(), strict=True
    ):
        facts = {name: value for name, value in row.items() if name != "id" and value is not None}
        one = measure.decide(facts, on=ON)
        assert linked.decide(facts, on=ON) == one
        assert one.outcome == outcome
        assert failed.bit_count() == sum(finding.truth == "no" for finding in one.findings)
        assert unknown.bit_count() == sum(finding.truth == "unknown" for finding in one.findings)


def test_a_what_if_settles_it(measure):
    told = {"filed_on": ON, "place": "coast", "activity": "46.3"}
    settled = measure.vary(places=["hill", "coast"], codes=["A", "46"], quota="50%")
    decision = settled.decide(told, on=ON)
    assert (decision["placed"].truth, decision["coded"].truth) == ("yes", "yes")
    assert settled.decide(told | {"cost": "10"}, on=ON).support[0].amount == Decimal("5.00")


FAULTS = [
    ("{readings: {one: 40%, why: x}}", "name at least two readings, each under an id of its own, or say what the value 'is'"),
    ("{readings: {one: 40%, two: 50%}}", "'readings' say under 'why' in what the sources do not agree"),
    ("{readings: {one: 40%, two: 40%, why: x}}", "the readings all say the same: then that is what the value 'is'"),
    ("{readings: {one: 40%, two: 50.00 EUR, why: x}}", "this is a number of EUR, and the first value is a share"),
    ("{is: 40%, readings: {one: 40%, two: 50%, why: x}}", "'readings' stand alone, without 'is', 'unknown', 'between' or 'unit'"),
    ("{readings: {one: it_civil, two: 40%, why: x}}", "readings are of numbers, days, or lists of words, and this is a counting regime"),
    ("{readings: {one: {is: 40%, act: uni}, two: 50%, why: x}}", "no act is called 'uni'; did you mean 'uno'?"),
    ("{readings: {one: {is: 40%, read_in: stampe}, two: 50%, why: x}}", "no source is called 'stampe'; did you mean 'stampa'?"),
    ("{readings: {one: {is: 40%, att: x}, two: 50%, why: x}}", "unknown key 'att'; did you mean 'at'?"),
    ("{is: [5 points, 6 points], unknown: x}", "a list of codes or of choices may be known in part, and this is one of numbers"),
    ("{is: 40%, unknown: x}", "a value says what it 'is', why it is 'unknown', or its 'readings'"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "message"), FAULTS, ids=range(len(FAULTS)))
def test_what_cannot_be_is_told_where_it_stands(tmp_path, value, message):
    with pytest.raises(misure.BadRules) as caught:
        opened(
            tmp_path,
            RULES.replace("parameters:\n", f"parameters:\n  odd: {value[:-1]}, for_information: yes}}\n", 1),
            vocabulary=VOCABULARY,
        )
    fault, *others = caught.value.faults
    assert not others, others
    assert fault.place.line == 16
    assert f"{fault.message}{f'; did you mean {fault.suggestion!r}?' if fault.suggestion else ''}" == message


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ('at: "p. 3"', 'at: "p. 9"', "act"),
        ('at: "p. 3"', 'at: "p. 3"', "sentence"),
        ('at: "art. 3, p. 3, e art. 9, p. 9"', 'at: "art. 3, p. 3, e art. 9, p. 9"', "act"),
        ('act: uno, at: "p. 3"', 'act: due, at: "p. 3"', "acts"),
        ('at: "p. 3"', 'at: "p. 3", read_in: stampa', "sources"),
    ],
    ids=["places", "one-place", "one-locator-of-two-places", "acts", "sources"],
)
def test_of_what_the_readings_are_is_told_by_where_each_stands(tmp_path, first, second, apart):
    limit = f'limit: {{readings: {{one: {{is: 100.00 EUR, {first}}}, two: {{is: 200.00 EUR, {second}}}, why: "due cifre"}}, label: "limite"}}'
    rules = RULES.replace(
        'limit: {readings: {one: 100.00 EUR, two: 200.00 EUR, why: "due cifre"}, label: "limite"}', limit
    )
    assert rules != RULES
    readings = opened(tmp_path, rules, vocabulary=VOCABULARY).rulebook.parameters["limit"].values[0].readings
    assert apart_of(readings) == apart
