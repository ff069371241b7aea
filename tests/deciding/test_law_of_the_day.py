# SPDX-License-Identifier: Apache-2.0
"""Which law decides: editions, anchors, what a grant not yet made leaves open, definitions in several cases."""

import datetime as dt
import json
import re
from fractions import Fraction

import pytest

from misure import BadFacts, BadRules, Conflict, NotEncoded, NotKnowing, Outcome, Range, Truth
from misure.ground.place import Place
from misure.rulebook.expression import Name, Type
from misure.rulebook.sense.limits import OfDay

TWO_EDITIONS = "editions: {2022-01-31: {act: uno, read: whole}, 2024-01-31: {act: due, read: whole, restates: [most], others: unchanged}}\n"

FACTS = """
facts:
  employees: {unit: firms, least: "0", greatest: "100000", label: "addetti", question: "Quanti addetti?"}
  cost: {unit: EUR, least: "0", greatest: "1000000", label: "costo", question: "Quanto costa?"}
flags:
  young: {label: "giovane", question: "È giovane?"}
  female: {label: "femminile", question: "È femminile?"}
"""

DATED = """
parameters:
  most:
    2022-01-31: 10 firms
    2024-01-31: {is: 20 firms, act: due}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      small_enough: {provision: P.1, text: "Al massimo {most}", holds: employees <= most}
"""


def day(text):
    return dt.date.fromisoformat(text)


def test_the_day_of_filing_picks_the_edition(write):
    measure = write(DATED, editions=TWO_EDITIONS, vocabulary=FACTS)
    late = {"employees": 15, "filed_on": "2024-01-31"}
    assert measure.decide(late, on=day("2024-06-01")).outcome is Outcome.ELIGIBLE
    early = {"employees": 15, "filed_on": "2024-01-30"}
    decision = measure.decide(early, on=day("2024-06-01"))
    assert decision.outcome is Outcome.REFUSED
    assert decision.receipt["edition"] == {"from": "2022-01-31", "act": "uno"}
    assert decision.receipt["parameters"]["most"]["value"] == 10


def test_a_value_is_that_of_the_edition_which_begins_on_its_day(write):
    measure = write(DATED.replace("{is: 20 firms, act: due}", "20 firms"), editions=TWO_EDITIONS, vocabulary=FACTS)
    cited = [str(value.citation) for value in measure.rulebook.parameters["most"].values]
    assert cited == ["DGR XI/1", "DGR XII/2"]


def test_the_day_of_the_question_may_pick_it(write):
    measure = write(DATED, law_of="question", editions=TWO_EDITIONS, vocabulary=FACTS)
    assert measure.decide({"employees": 15, "filed_on": "2022-06-01"}, on=day("2024-06-01")).outcome is Outcome.ELIGIBLE
    assert measure.decide({"employees": 15}, on=day("2022-06-01")).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("granted", "on", "outcome"),
    [
        ("not_yet", "2023-06-01", Outcome.UNDECIDED),  # granted in 2023 it is refused, from 2024 it is not
        ("not_yet", "2024-06-01", Outcome.ELIGIBLE),  # whenever it comes, the law of 2024 rules
        (None, "2024-06-01", Outcome.UNDECIDED),  # it may have been granted in 2023
        ("2024-01-30", "2024-06-01", Outcome.REFUSED),
        ("2024-01-31", "2024-06-01", Outcome.ELIGIBLE),
    ],
)
def test_a_grant_not_known_leaves_every_version_possible(write, granted, on, outcome):
    measure = write(DATED, law_of="grant", editions=TWO_EDITIONS, vocabulary=FACTS)
    facts = {"employees": 15, "filed_on": "2022-03-01"} | ({"granted_on": granted} if granted else {})
    assert measure.decide(facts, on=day(on)).outcome is outcome


def test_a_condition_that_stands_for_some_days_follows_the_grant_too(write):
    live = DATED.replace("holds: employees <= most}", "holds: employees <= most, live: {until: 2023-12-31}}")
    measure = write(live, law_of="grant", editions=TWO_EDITIONS, vocabulary=FACTS)
    facts = {"employees": 50, "filed_on": "2022-03-01"}
    found = {
        granted: measure.decide(facts | {"granted_on": granted}, on=day("2024-06-01"))["small_enough"].truth
        for granted in ("2023-12-31", "2024-01-01", "not_yet")
    }
    assert found == {"2023-12-31": Truth.NO, "2024-01-01": Truth.NOT_APPLICABLE, "not_yet": Truth.NOT_APPLICABLE}
    assert measure.decide(facts, on=day("2024-06-01"))["small_enough"].truth is Truth.UNKNOWN


def test_the_grant_picks_the_edition(write):
    measure = write(DATED, law_of="grant", editions=TWO_EDITIONS, vocabulary=FACTS)
    told = {"employees": 15, "filed_on": "2022-03-01"}
    assert measure.decide(told | {"granted_on": "2023-01-01"}, on=day("2024-06-01")).outcome is Outcome.REFUSED
    assert measure.decide(told | {"granted_on": "2024-03-01"}, on=day("2024-06-01")).outcome is Outcome.ELIGIBLE
    with pytest.raises(NotEncoded, match="the law of 2022-01-01 is not encoded"):
        measure.decide(told | {"granted_on": "2022-01-01"}, on=day("2024-06-01"))


ANCHORED = """
parameters:
  most:
    anchor: grant
    values: {2022-01-31: 10 firms, 2024-01-31: {is: 20 firms, act: due}}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      small_enough: {provision: P.1, text: "Al massimo {most}", holds: employees <= most}
"""


@pytest.mark.parametrize(
    ("granted", "on", "truth", "margin"),
    [
        ("2023-12-31", "2024-06-01", Truth.NO, -5),
        ("2024-01-31", "2024-06-01", Truth.YES, 5),
        ("not_yet", "2023-06-01", Truth.UNKNOWN, Range(-5, 5)),
        ("not_yet", "2024-01-31", Truth.YES, 5),
        (None, "2024-06-01", Truth.UNKNOWN, None),
    ],
)
def test_a_parameter_dated_on_the_grant(write, granted, on, truth, margin):
    measure = write(ANCHORED, vocabulary=FACTS)
    told = {"employees": 15, "filed_on": "2022-06-01", "granted_on": granted}
    finding = measure.decide({name: said for name, said in told.items() if said}, on=day(on))["small_enough"]
    assert finding.truth is truth
    assert finding.margin == margin
    kinds = {"not_yet": NotKnowing.PENDING, None: NotKnowing.MISSING}
    expected = [("granted_on", kinds[granted])] if truth is Truth.UNKNOWN else []
    assert [(missing.name, missing.kind) for missing in finding.missing] == expected


@pytest.mark.parametrize("employees", [10, 11, 20, 21])
def test_a_parameter_dated_on_the_grant_decides_what_all_its_versions_say(write, employees):
    measure = write(ANCHORED, vocabulary=FACTS)
    finding = measure.decide({"employees": employees, "granted_on": "not_yet"}, on=day("2023-06-01"))["small_enough"]
    assert finding.truth is {10: Truth.YES, 11: Truth.UNKNOWN, 20: Truth.UNKNOWN, 21: Truth.NO}[employees]


CASES = """
parameters:
  young_share: 50%
  female_share: OTHER
  plain_share: 30%
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      share_of_aid:
        label: "quota"
        unit: share
        cases:
          - {when: young, is: young_share, provision: P.1}
          - {when: female, is: female_share, provision: P.2}
          - {otherwise: plain_share}
    award:
      within_share: {provision: P.3, text: "Entro la quota", holds: aid <= share_of_aid * cost}
"""
AID = FACTS.replace(
    "flags:", '  aid: {unit: EUR, least: "0", greatest: "1000000", label: "aiuto", question: "Quanto?"}\nflags:'
)


def test_two_live_cases_with_two_values_are_a_conflict(write):
    measure = write(CASES.replace("OTHER", "60%"), vocabulary=AID)
    told = {"cost": "100.00", "aid": "55.00"}
    assert measure.decide({**told, "young": True, "female": False}, on=day("2022-06-01")).outcome is Outcome.REFUSED
    assert measure.decide({**told, "young": False, "female": True}, on=day("2022-06-01")).outcome is Outcome.ELIGIBLE
    with pytest.raises(Conflict) as caught:
        measure.decide({**told, "young": True, "female": True}, on=day("2022-06-01"))
    assert caught.value.definition == "share_of_aid"
    assert caught.value.measure == "prova/breve"
    assert caught.value.citations == ("DGR XI/1, art. 1 (P.1)", "DGR XI/1, art. 1 (P.2)")
    assert "has two values at once, by DGR XI/1, art. 1 (P.1) and by DGR XI/1, art. 1 (P.2)" in str(caught.value)


def test_two_live_cases_with_one_value_are_none(write):
    measure = write(CASES.replace("OTHER", "50%"), vocabulary=AID)
    both = {"cost": "100.00", "aid": "50.00", "young": True, "female": True}
    decision = measure.decide(both, on=day("2022-06-01"))
    assert decision.outcome is Outcome.ELIGIBLE
    assert decision.value("share_of_aid") * 2 == 1


@pytest.mark.parametrize(
    ("aid", "young", "female", "truth"),
    [
        # A case that is certain does not win: the other one may be live too, and then the act clashes or agrees.
        ("55.00", True, None, Truth.UNKNOWN),
        ("50.00", True, None, Truth.YES),
        ("60.01", True, None, Truth.NO),
        ("30.00", None, None, Truth.YES),
        ("30.01", None, False, Truth.UNKNOWN),
        ("60.00", None, None, Truth.UNKNOWN),
        ("60.01", None, None, Truth.NO),
    ],
)
def test_an_open_case_leaves_the_hull(write, aid, young, female, truth):
    measure = write(CASES.replace("OTHER", "60%"), vocabulary=AID)
    told = {"cost": "100.00", "aid": aid, "young": young, "female": female}
    decision = measure.decide({name: said for name, said in told.items() if said is not None}, on=day("2022-06-01"))
    assert decision["within_share"].truth is truth


@pytest.mark.parametrize(
    ("aid", "young", "truth"),
    [
        ("0.00", None, Truth.YES),
        ("0.01", None, Truth.UNKNOWN),
        ("0.01", True, Truth.YES),
        ("0.01", False, Truth.UNKNOWN),
    ],
)
def test_where_no_case_may_be_live_the_value_may_be_anything(write, aid, young, truth):
    alone = CASES.replace(
        "          - {when: female, is: female_share, provision: P.2}\n          - {otherwise: plain_share}\n", ""
    )
    alone = alone.replace("  female_share: OTHER\n  plain_share: 30%\n", "")
    measure = write(alone, vocabulary=AID)
    told = {"cost": "100.00", "aid": aid} | ({} if young is None else {"young": young})
    finding = measure.decide(told, on=day("2022-06-01"))["within_share"]
    assert finding.truth is truth
    kinds = {None: NotKnowing.MISSING, False: NotKnowing.UNDEFINED}
    assert [missing.kind for missing in finding.missing] == ([kinds[young]] if truth is Truth.UNKNOWN else [])


def test_a_case_that_is_a_quotient_must_be_rounded(write):
    quotient = (
        CASES.replace("OTHER", "60%").replace("is: young_share", 'is: "aid / cost"').replace("  young_share: 50%\n", "")
    )
    with pytest.raises(BadRules, match="must be rounded"):
        write(quotient, vocabulary=AID).decide({}, on=day("2022-06-01"))


CHOICE = """
parameters:
  favoured: [rural, mountain]
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      zone:
        label: "zona"
        cases:
          - {when: young, is: home_zone}
          - {otherwise: declared_zone}
    admission:
      in_favoured_zone: {provision: P.1, text: "In zona favorita", holds: zone in favoured}
"""
ZONE = '{choices: {rural: rurale, mountain: montana, urban: urbana}, label: "zona", question: "Zona?"}'
ZONES = FACTS.replace("flags:", f"  declared_zone: {ZONE}\n  home_zone: {ZONE}\nflags:")


@pytest.mark.parametrize(
    ("told", "truth", "zone"),
    [
        ({"young": True, "home_zone": "rural"}, Truth.YES, "rural"),
        ({"young": True, "declared_zone": "rural"}, Truth.UNKNOWN, None),
        ({"young": False, "declared_zone": "urban"}, Truth.NO, "urban"),
        ({"home_zone": "rural", "declared_zone": "mountain"}, Truth.YES, None),
        ({"home_zone": "urban", "declared_zone": "urban"}, Truth.NO, "urban"),
        ({"home_zone": "rural", "declared_zone": "urban"}, Truth.UNKNOWN, None),
        ({}, Truth.UNKNOWN, None),
    ],
)
def test_a_definition_may_be_a_choice(write, told, truth, zone):
    measure = write(CHOICE, vocabulary=ZONES)
    decision = measure.decide(told, on=day("2022-06-01"))
    assert decision["in_favoured_zone"].truth is truth
    assert decision.value("zone") == zone
    assert measure.replay(json.loads(json.dumps(decision.receipt))) == decision


def test_a_measure_that_cannot_refuse_has_no_outcome(write):
    measure = write(
        DATED.replace("holds: employees <= most", "holds: employees <= most, effect: none"), vocabulary=FACTS
    )
    decision = measure.decide({"employees": 50}, on=day("2022-06-01"))
    assert decision.outcome is Outcome.NOT_APPLICABLE
    assert decision.stages == {"admission": "breached"}


def test_an_event_after_the_question_is_bad_facts(write):
    measure = write(ANCHORED, vocabulary=FACTS)
    with pytest.raises(BadFacts, match="2023-06-02 has not happened yet on 2023-06-01: write not_yet"):
        measure.decide({"granted_on": "2023-06-02"}, on=day("2023-06-01"))


@pytest.mark.parametrize("shares", [("30%", "20%", "10%"), ("10%", "20%", "30%"), ("20%", "10%", "30%")])
def test_what_a_definition_in_several_cases_may_come_to_lies_between_the_least_and_the_greatest(write, shares):
    """So that no condition is told to be one that nobody can meet where one of the cases can be met."""
    found = CASES
    for name, share in zip(("young_share", "female_share", "plain_share"), shares, strict=True):
        found = re.sub(rf"  {name}: .*", f"  {name}: {share}", found)
    measure = write(found, vocabulary=AID)
    term = Name("share_of_aid", "definition", Type("number", "share", 4), Place(""))
    assert OfDay(measure.rulebook, day("2024-01-31")).law(term) == (Fraction(1, 10), Fraction(3, 10))
