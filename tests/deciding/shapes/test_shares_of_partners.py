# SPDX-License-Identifier: Apache-2.0
"""What each partner receives by shares that the act fixes or the application tells, with the rest to one that is named."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import misure
from misure import BadFacts, Range, batch, testing
from misure.ground.truth import Confidence
from tests.deciding.written_measures import opened

DAY = dt.date(2025, 7, 1)
VOCABULARY = """
facts:
  asked: {unit: EUR, least: "0", greatest: "1000000", label: richiesto, question: "Quanto?"}
tables:
  members:
    label: aggregazione
    question: "Chi ne fa parte?"
    key: id
    name: called
    max_items: 9
    unit: partners
    fields:
      id: {text: 64, label: identificativo}
      called: {text: 64, label: nome}
      lead: {flag: yes, label: capofila, question: "È la capofila?"}
      share: {unit: share, decimals: "4", least: "0", greatest: "1", label: quota, question: "Quale quota?"}
      costs: {unit: EUR, least: "0", greatest: "100000", label: spese, question: "Quante?"}
"""
RULES = """
parameters:
  most: {is: 10000.00 EUR, label: massimo}
  lead_share: {is: 60%, label: "quota della capofila"}
  each_share: {is: 20%, label: "quota di ciascun partner"}
provisions:
  - cite: {act: uno, at: "art. 1"}
    definitions:
      shares: {is: "sum(m.share for m in members)", label: "quote dell'accordo"}
      fixed: {is: "sum(lead_share if m.lead else each_share for m in members)", label: "quote dell'avviso"}
      spent: {is: "sum(m.costs for m in members)", label: spese}
      leads: {is: "count(m for m in members if m.lead)", label: capofila}
    admission:
      some: {provision: P.1, text: "Chiede", holds: asked > 0}
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    grant: {form: grant, of: asked, at_most: most, apportioned: {HOW}, provision: P.2, text: "Contributo"}
"""
HOWS = {
    "told": 'shares: shares, rest: leads, text: "Secondo l\'accordo"',
    "fixed": "shares: fixed, rest: leads",
    "whole": "shares: shares",
    "by": "by: spent, rest: leads",
}


@pytest.fixture(scope="module")
def measures(tmp_path_factory):
    made = {}
    for name, how in HOWS.items():
        made[name] = opened(tmp_path_factory.mktemp(name), RULES.replace("HOW", how), vocabulary=VOCABULARY)
    return made


def member(name, share="0", *, lead=False, costs="0"):
    return {"id": name, "called": name.upper(), "lead": lead, "share": share, "costs": costs}


def decided(measure, members, asked="100.01"):
    return measure.decide({"filed_on": "2025-05-02", "asked": asked, "members": members}, on=DAY)


def parts(decision):
    return {part.record: part.amount for part in decision.support[0].parts}


def money(**amounts):
    return {name: Decimal(amount) for name, amount in amounts.items()}


@pytest.mark.parametrize(
    ("how", "members", "asked", "each"),
    [
        ("told", [member("a", "0.6", lead=True), member("b", "0.4")], "100.01", {"a": "60.01", "b": "40.00"}),
        ("told", [member("b", "0.4"), member("a", "0.6", lead=True)], "100.01", {"a": "60.01", "b": "40.00"}),
        ("told", [member("a", lead=True), member("b", "0.3333"), member("c", "0.3333")], "100", {"a": "33.34", "b": "33.33", "c": "33.33"}),
        ("told", [member("a", "0.5", lead=True), member("b", "0.25")], "100", {"a": "75.00", "b": "25.00"}),
        ("told", [member("a", "0.6", lead=True), member("b", "0.4")], "20000", {"a": "6000.00", "b": "4000.00"}),
        ("told", [member("a", "1", lead=True)], "0.01", {"a": "0.01"}),
        ("fixed", [member("a", lead=True), member("b"), member("c")], "0.04", {"a": "0.04", "b": "0.00", "c": "0.00"}),
        ("fixed", [member("a", lead=True), member("b")], "100", {"a": "80.00", "b": "20.00"}),
        ("whole", [member("a", "0.5"), member("b", "0.5")], "0.01", {"a": "0.01", "b": "0.00"}),
        ("by", [member("a", costs="1"), member("b", lead=True, costs="1"), member("c", costs="1")], "100", {"a": "33.33", "b": "33.34", "c": "33.33"}),
        ("by", [member("a", costs="1"), member("b", lead=True), member("c", costs="2")], "100", {"a": "33.33", "b": "0.00", "c": "66.67"}),
    ],
    ids=["shares", "order", "no-share-of-its-own", "what-nobody-has", "capped", "alone", "cents", "not-all", "whole", "proportion", "rest-to-who-has-none"],
)  # fmt: skip
def test_each_receives_its_share_and_one_the_rest(measures, how, members, asked, each):
    decision = decided(measures[how], members, asked)
    assert parts(decision) == money(**each)
    assert sum(parts(decision).values()) == decision.support[0].amount


def test_a_cent_that_the_act_gives_is_no_reading_of_ours(measures):
    members = [member("a", "0.5", lead=True, costs="1"), member("b", "0.5", costs="1")]
    for how, sure in (("told", Confidence.OFFICIAL), ("by", Confidence.OFFICIAL), ("whole", Confidence.INFERRED)):
        assert {part.confidence for part in decided(measures[how], members).support[0].parts} == {sure}
    nobody = [member("a", "0.5", costs="1"), member("b", "0.5", costs="1")]
    assert parts(decided(measures["told"], nobody)) == {
        "a": Range(Decimal("50.00"), Decimal("50.01")), "b": Range(Decimal("50.00"), Decimal("50.01")),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("how", "shares", "told"),
    [
        ("told", ["0.6", "0.41"], "members: their shares of 'grant' add up to 101%, and they are at most 100%"),
        ("whole", ["0.6", "0.41"], "members: their shares of 'grant' add up to 101%, and they are 100%"),
        ("whole", ["0.6", "0.3999"], "members: their shares of 'grant' add up to 99.99%, and they are 100%"),
        ("told", ["0.7", "0.7"], "members: their shares of 'grant' add up to 140%, and they are at most 100%"),
    ],
    ids=["above", "above-the-whole", "below-the-whole", "far-above"],
)
def test_shares_that_cannot_add_up_are_a_fault_of_the_table(measures, how, shares, told):
    members = [member(name, share, lead=name == "a") for name, share in zip("ab", shares, strict=True)]
    with pytest.raises(BadFacts) as failure:
        decided(measures[how], members)
    assert [str(fault).partition(": ")[2] for fault in failure.value.faults] == [told]
    people = pl.DataFrame({"id": ["1"], "filed_on": [dt.date(2025, 5, 2)], "asked": [Decimal("100.01")]})
    rows = [one | {"share": Decimal(one["share"]), "costs": Decimal(one["costs"]), "applicant": "1"} for one in members]
    answer = batch.decide(measures[how], people, on=DAY, tables={"members": pl.DataFrame(rows)}, key="id")
    assert answer["outcome"].to_list() == ["bad_facts"]


def test_who_is_not_told_leaves_the_shares_between_two_ends_and_is_asked(measures):
    unknown = member("b") | {"share": None}
    decision = decided(measures["told"], [member("a", lead=True), unknown], "100")
    assert parts(decision) == {
        "a": Range(Decimal("0.00"), Decimal("100.00")),
        "b": Range(Decimal("0.00"), Decimal("100.00")),
    }
    assert [missing.name for missing in decision.missing_for("amount")] == ["members.share"]
    who = [member("a", "0.6") | {"lead": None}, member("b", "0.4")]
    decision = decided(measures["told"], who)
    assert parts(decision)["a"] == Range(Decimal("60.00"), Decimal("60.01"))
    assert [missing.name for missing in decision.missing_for("amount")] == ["members.lead"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("it", ["Secondo l'accordo", "quanto resta va a: capofila", "A: 60,01 €"]),
        ("en", ["Secondo l'accordo", "what is left goes to: lead partner", "A: €60.01"]),
    ],
)
def test_pages_tell_the_shares_and_who_receives_the_rest(measures, language, lines):
    page = str(misure.explain(decided(measures["told"], [member("a", "0.6", lead=True), member("b", "0.4")]), language))
    assert [line for line in lines if line not in page] == []
    plain = decided(measures["fixed"], [member("a", lead=True), member("b")])
    said = {"it": "diviso nelle quote: quote dell'avviso", "en": "divided in the shares: quote dell'avviso"}
    assert said[language] in str(misure.explain(plain, language))


SHARED = st.lists(st.integers(0, 10_000), min_size=1, max_size=5)


@given(SHARED, st.integers(1, 1_000_000), st.data())
@settings(deadline=None)
def test_shares_add_up_and_lie_within_what_is_said_before_all_is_told(measures, weights, cents, data):
    total = max(1, sum(weights))
    shares = [Fraction(weight * 10_000 // total, 10_000) for weight in weights]
    members = [member("abcde"[at], str(float(share)), lead=at == 0) for at, share in enumerate(shares)]
    asked = f"{cents // 100}.{cents % 100:02}"
    decision = decided(measures["told"], members, asked)
    found, whole = parts(decision), decision.support[0].amount
    assert sum(found.values()) == whole
    for one, share in zip(members[1:], shares[1:], strict=True):
        assert found[one["id"]] == Decimal(int(whole * 100 * share.numerator) // share.denominator) / 100
    less = [dict(one) for one in members]
    for one in less:
        for field in data.draw(st.sets(st.sampled_from(["share", "lead"]), max_size=2)):
            one[field] = None
    records = {"records": less, "complete": data.draw(st.booleans())}
    open_ = data.draw(st.booleans())
    facts = {"filed_on": "2025-05-02", "members": records} | ({} if open_ else {"asked": asked})
    before = parts(measures["told"].decide(facts, on=DAY))
    for name, part in found.items():
        ends = before[name] if isinstance(before[name], Range) else Range(before[name], before[name])
        assert ends.least <= part
        assert ends.greatest is None or part <= ends.greatest


@pytest.mark.parametrize("how", HOWS)
def test_laws_hold_and_frames_divide_alike(measures, how):
    testing.assert_conserves(measures[how], on=DAY, examples=30)
    testing.assert_order_free(measures[how], on=DAY, examples=30)
    testing.assert_completion_safe(measures[how], on=DAY, examples=30)
    for library in ("polars", "pandas"):
        testing.assert_same_in_frames(measures[how], on=DAY, library=library, examples=20)
