# SPDX-License-Identifier: Apache-2.0
"""Everything that a decision says of one applicant, worked out by hand: findings, amounts with their steps, score, missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

import misure
from misure import Range
from tests.deciding.whole_measure import ON, RULES, VOCABULARY, facts


@pytest.fixture
def measure(write):
    return write(RULES, vocabulary=VOCABULARY)


def decided(measure, *untold, on=ON, **changes):
    return measure.decide(facts(*untold, **changes), on=on)


def told(ends):
    """A value written short: two ends in a tuple are a range, None an end that nobody gives."""
    return Range(*map(told, ends)) if isinstance(ends, tuple) else None if ends is None else Decimal(ends)


# Findings

FINDINGS = {
    # changes or "untold", then: truth, margin, values, culprits, missing, exemptions
    "met": ("is_sound", {}, ("yes", None, {"sound": True, "spared": False}, (), [], ())),
    "not met": ("is_sound", {"sound": False}, ("no", None, {"sound": False, "spared": False}, (), [], ())),
    "exempt": ("is_sound", {"sound": False, "spared": True},
        ("yes", None, {"sound": False, "spared": True}, (), [], ("small_exempt",))),
    "perhaps exempt": ("is_sound", {"sound": False, "spared": None},
        ("unknown", None, {"sound": False, "spared": None}, (), ["spared"], ())),
    "on the limit": ("few_hands", {}, ("yes", 0, {"hands": 50, "limit_of_hands": 50}, (), [], ())),
    "beyond the limit": ("few_hands", {"hands": 51}, ("no", -1, {"hands": 51, "limit_of_hands": 50}, (), [], ())),
    "another case": ("few_hands", {"hands": 51, "young": True},
        ("yes", 9, {"hands": 51, "limit_of_hands": 60}, (), [], ())),
    "either case": ("few_hands", {"hands": 55, "young": None},
        ("unknown", (-5, 5), {"hands": 55, "limit_of_hands": None}, (), ["young"], ())),
    "either case does": ("few_hands", {"young": None},
        ("yes", (0, 10), {"hands": 50, "limit_of_hands": None}, (), [], ())),
    "only bounds": ("few_hands", {"hands": None},
        ("unknown", None, {"hands": None, "limit_of_hands": 50}, (), ["hands"], ())),
    "all of a table": ("all_signed", {}, ("yes", None, {"members": 2}, (), [], ())),
    "not all of a table": ("all_signed", {"members": [{"id": "a", "signed": True}, {"id": "b", "signed": False}]},
        ("no", None, {"members": 2}, ("b",), [], ())),
    "a record not told": ("all_signed", {"members": [{"id": "a", "signed": True}, {"id": "b"}]},
        ("unknown", None, {"members": 2}, (), ["members.signed"], ())),
    "a table not whole": ("all_signed", {"members": {"records": [{"id": "a", "signed": True}], "complete": False}},
        ("unknown", None, {"members": (1, 5)}, (), ["members"], ())),
    "a table not told": ("all_signed", {"members": None}, ("unknown", None, {"members": None}, (), ["members"], ())),
    "a day": ("in_time", {}, ("yes", 0, {"ended_on": dt.date(2022, 6, 5), "last_day": dt.date(2022, 6, 5)}, (), [], ())),
    "a day late": ("in_time", {"ended_on": "2022-06-06"},
        ("no", -1, {"ended_on": dt.date(2022, 6, 6), "last_day": dt.date(2022, 6, 5)}, (), [], ())),
    "not asked": ("in_time", {"ended_on": "not_yet"},
        ("not_applicable", (None, -40), {"ended_on": "not_yet", "last_day": dt.date(2022, 6, 5)}, (), [], ())),
    "points": ("enough_points", {}, ("yes", Decimal("10.00"), {"score": Decimal("60.00"), "threshold": Decimal("50.00")}, (), [], ())),
    "points open": ("enough_points", {"quality": None},
        ("unknown", None, {"score": ("20.00", "80.00"), "threshold": Decimal("50.00")}, (), ["quality"], ())),
    "to be judged": ("keeps_papers", {"papers": None}, ("unknown", None, {"papers": None}, (), ["papers"], ())),
}  # fmt: skip


def shown(value):
    if not isinstance(value, Range):
        return value
    return tuple(str(end) if isinstance(end, Decimal) else end for end in (value.least, value.greatest))


@pytest.mark.parametrize(("name", "changes", "expected"), FINDINGS.values(), ids=list(FINDINGS))
def test_what_a_finding_says(measure, name, changes, expected) -> None:
    finding = decided(measure, *(one for one in changes if changes[one] is None), **changes)[name]
    values = {one: shown(value) for one, value in finding.values.items()}
    missing = [one.name for one in finding.missing]
    found = (str(finding.truth), shown(finding.margin), values, finding.culprits, missing, finding.exemptions)
    assert found == expected
    assert finding.applies is (expected[0] != "not_applicable")
    written = finding.to_dict()
    assert ("exemptions" in written) is bool(expected[-1])
    assert written.get("exemptions", []) == list(expected[-1])
    assert [one["name"] for one in written["missing"]] == missing


def test_a_finding_written_down(measure) -> None:
    members = [{"id": "a", "signed": True}, {"id": "b"}, {"id": "c"}]
    assert decided(measure, members=members)["all_signed"].to_dict() == {
        "id": "all_signed", "origin": "call", "stage": "admission", "effect": "refuses", "truth": "unknown",
        "cite": {"act": "uno", "at": "art. 1"}, "values": {"members": 3}, "margin": None, "culprits": [], "culprit_records": [],
        "left_out": [], "assumes": [],
        "missing": [{
            "name": "members.signed", "kind": "missing", "records": ["b", "c"],
            "decides": [{"kind": "outcome", "id": "all_signed"}], "wanted": [],
        }],
        "confidence": "official",
    }  # fmt: skip
    assert decided(measure, sound=False, spared=True)["is_sound"].to_dict()["exemptions"] == ["small_exempt"]


def test_every_stage_answers_in_its_own_words(measure) -> None:
    assert decided(measure).stages == {
        "admission": "eligible", "assessment": "eligible", "payment": "met", "reporting": "met", "upkeep": "met",
    }  # fmt: skip
    broken = decided(measure, papers=False, young=True, sound=False, quality="0", ended_on="2022-06-07")
    assert list(broken.stages.items()) == [
        ("admission", "refused"), ("assessment", "refused"), ("payment", "breached"), ("reporting", "breached"),
        ("upkeep", "breached"),
    ]  # fmt: skip
    nothing = measure.decide({}, on=ON)
    assert nothing.stages == {
        "admission": "undecided", "assessment": "undecided", "payment": "open", "reporting": "open", "upkeep": "open",
    }  # fmt: skip
    assert [str(one.outcome) for one in (decided(measure), broken, nothing)] == ["eligible", "refused", "undecided"]


def test_one_condition_not_met_refuses_whatever_is_not_known(measure) -> None:
    decision = decided(measure, "hands", "members", sound=False)
    assert (decision.outcome, decision.stages["admission"], decision.support) == ("refused", "refused", ())


def test_what_is_missing_is_asked_in_the_order_of_its_use(measure) -> None:
    """The filing, the applicant, the judges, the acts; what can refuse before the rest; by stage, and by how many wait for it."""
    decision = measure.decide({}, on=ON)
    assert [(one.name, str(one.kind)) for one in decision.missing] == [
        *((name, "missing") for name in ("filed_on", "young", "begun_on", "ended_on", "sound", "spared", "hands", "members",
                                         "works", "advice", "floor_area", "ceiling_left", "papers", "granted_on", "asked_on")),
        ("quality", "to_be_judged"), ("breadth", "to_be_judged"), ("opens", "unpublished"),
    ]  # fmt: skip
    assert [one.name for one in decided(measure, "papers", "begun_on", "hands").missing] == [
        "begun_on", "hands", "papers", "opens",
    ]  # fmt: skip
    more = decided(measure, "papers", "begun_on", "hands", young=True)
    assert [one.name for one in more.missing] == ["begun_on", "hands", "papers", "opens"]
    assert [one.name for one in decided(measure, "works").missing] == ["works", "opens"]
    assert [one.name for one in decided(measure).missing] == ["opens"]


def test_the_records_of_what_is_missing_stand_once_each(measure) -> None:
    missing, _ = decided(measure, members=[{"id": "a"}, {"id": "b", "signed": True}, {"id": "c"}]).missing
    assert (missing.name, missing.records) == ("members.signed", ("a", "c"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("works", Decimal("4000.00")), ("hands", 50), ("begun_on", dt.date(2022, 5, 6)), ("sound", True),
        ("asked_on", "not_yet"), ("ended_on", dt.date(2022, 6, 5)), ("half", Fraction(1, 2)), ("most_hands", 50),
        ("grant_most", Decimal("2000.00")), ("opens", Range(dt.date(2022, 3, 1), dt.date(2022, 3, 31))),
        ("counting", "it_civil"), ("limit_of_hands", 50), ("last_day", dt.date(2022, 6, 5)), ("closes", dt.date(2022, 12, 31)),
    ],
)  # fmt: skip
def test_a_value_by_its_name(measure, name, value) -> None:
    assert decided(measure).value(name) == value
    assert type(decided(measure).value(name)) is type(value)


# Spending

BASE = {
    "works_line": ("4000.00", "4000.00", None), "advice_line": ("1000.00", "800.00", "800.00"),
    "stand": ("300.00", "300.00", None), "staff": ("750.00", "720.00", None), "total": ("6050.00", "5820.00", None),
}  # fmt: skip
SPENDING = {
    "what is above its share is cut": ({}, {}),
    "on its share it is not": ({"advice": "800"}, {
        "advice_line": ("800.00", "800.00", "800.00"), "staff": ("720.00", "720.00", None), "total": ("5820.00", "5820.00", None)}),
    "nothing at all": ({"works": "0", "advice": "0", "floor_area": "0"}, {
        "works_line": ("0.00", "0.00", None), "advice_line": ("0.00", "0.00", "0.00"), "stand": ("0.00", "0.00", None),
        "staff": ("0.00", "0.00", None), "total": ("0.00", "0.00", None)}),
    "a line not told": ({"advice": None}, {
        "advice_line": (None, ("0.00", "800.00"), "800.00"), "staff": (("600.00", None), ("600.00", "720.00"), None),
        "total": (("4900.00", None), ("4900.00", "5820.00"), None)}),
    "the floor not told": ({"floor_area": None}, {
        "stand": (None, None, None), "total": (("5750.00", None), ("5520.00", None), None)}),
    "the base of a share not told": ({"works": None}, {
        "works_line": (None, None, None), "advice_line": ("1000.00", ("0.00", "1000.00"), None),
        "staff": (("150.00", None), ("0.00", None), None),
        "total": (("1450.00", None), ("300.00", None), None)}),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), SPENDING.values(), ids=list(SPENDING))
def test_each_line_of_spending(measure, changes, expected) -> None:
    decision = decided(measure, *(one for one in changes if changes[one] is None), **changes)
    assert [line.plan for line in decision.spending] == ["planned"] * 5
    found = {line.id: (line.requested, line.admitted, line.cap) for line in decision.spending}
    assert found == {name: tuple(map(told, ends)) for name, ends in (BASE | expected).items()}
    assert [line.text for line in decision.spending] == ["Lavori", "Consulenza", "Stand", "Personale", ""]


# Support

SUPPORT = {
    # changes, amounts of grant, loan and own share, the grant's steps, which of its caps binds
    "held by the ceiling": ({}, ("1900.00", "2328.00", "1592.00"), ("5820.00", "2910.00", "2000.00", "1900.00"), [1]),
    "held by the maximum": ({"ceiling_left": "2000.01"}, ("2000.00", "2328.00", "1492.00"),
        ("5820.00", "2910.00", "2000.00", "2000.01"), [0]),
    "held by both": ({"ceiling_left": "2000"}, ("2000.00", "2328.00", "1492.00"),
        ("5820.00", "2910.00", "2000.00", "2000.00"), [0, 1]),
    "held by neither": ({"works": "1000", "advice": "0"}, ("725.00", "580.00", "145.00"),
        ("1450.00", "725.00", "2000.00", "1900.00"), []),
    "just what the ceiling leaves": ({"works": "1000", "advice": "0", "ceiling_left": "725"}, ("725.00", "580.00", "145.00"),
        ("1450.00", "725.00", "2000.00", "725.00"), []),
    "a cent less": ({"works": "1000", "advice": "0", "ceiling_left": "724.99"}, ("724.99", "580.00", "145.01"),
        ("1450.00", "725.00", "2000.00", "724.99"), [1]),
    "half a cent goes up": ({"works": "1000.10", "advice": "0", "floor_area": "0"}, ("575.06", "460.04", "115.02"),
        ("1150.12", "575.06", "2000.00", "1900.00"), []),
    "the ceiling not told": ({"ceiling_left": None}, (("0.00", "2000.00"), "2328.00", ("1492.00", "3492.00")),
        ("5820.00", "2910.00", "2000.00", ("0.00", None)), []),
    "the spending open": ({"advice": None}, ("1900.00", ("1960.00", "2328.00"), None),
        (("4900.00", "5820.00"), ("2450.00", "2910.00"), "2000.00", "1900.00"), [1]),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "amounts", "steps", "binding"), SUPPORT.values(), ids=list(SUPPORT))
def test_each_amount_of_support_with_its_steps(measure, changes, amounts, steps, binding) -> None:
    decision = decided(measure, *(one for one in changes if changes[one] is None), **changes)
    grant, loan, own = decision.support
    assert [one.amount for one in (grant, loan)] == list(map(told, amounts[:2]))
    if amounts[2] is not None:
        assert own.amount == told(amounts[2])
    else:
        assert own.amount.least <= Decimal("1040.00") < Decimal("1592.00") <= own.amount.greatest
    assert [(one.id, one.form, one.text, str(one.cite)) for one in (grant, loan, own)] == [
        ("grant", "grant", "Contributo", "DGR XI/1, art. 4"), ("loan", "loan", "Prestito", "DGR XI/1, art. 4"),
        ("own_share", "own_share", "Quota propria", "DGR XI/1, art. 4"),
    ]  # fmt: skip
    base, uncapped, *caps = map(told, steps)
    assert [(step.step, step.value, step.text) for step in grant.steps] == [
        ("base", base, ""), ("intensity", Fraction(1, 2), ""), ("half_up", uncapped, ""), ("cap", caps[0], ""),
        ("cap", caps[1], "Plafond"),
    ]  # fmt: skip
    assert [step.binds for step in grant.steps] == [False] * 3 + [at in binding for at in range(2)]
    assert own.steps == ()


def test_an_intensity_that_depends_on_the_applicant(measure) -> None:
    def loan(*untold, **changes):
        (line,) = (one for one in decided(measure, *untold, **changes).support if one.id == "loan")
        return [(step.step, step.value, step.text) for step in line.steps]

    assert loan()[1:] == [
        ("intensity", Fraction(2, 5), ""), ("down", Decimal("2328.00"), ""), ("equivalent", Decimal("232.80"), "Equivalente"),
    ]  # fmt: skip
    assert loan(young=True)[1:] == [
        ("intensity", Fraction(1, 2), ""), ("down", Decimal("2910.00"), ""), ("equivalent", Decimal("291.00"), "Equivalente"),
    ]  # fmt: skip
    assert loan("young")[1:] == [
        ("intensity", Range(Fraction(2, 5), Fraction(1, 2)), ""), ("down", Range(Decimal("2328.00"), Decimal("2910.00")), ""),
        ("equivalent", Range(Decimal("232.80"), Decimal("291.00")), "Equivalente"),
    ]  # fmt: skip
    assert measure.decide({}, on=ON).support[1].steps[-1].value is None


# Score

SCORES = {
    "no bonus": ({}, ("60.00", "60.00", "40.00", "20.00"), "no"),
    "a bonus that counts after the threshold": ({"young": True}, ("60.00", "65.00", "40.00", "20.00"), "yes"),
    "a bonus that is open": ({"young": None}, ("60.00", ("60.00", "65.00"), "40.00", "20.00"), "unknown"),
    "a criterion not told": ({"quality": None}, (("20.00", "80.00"), ("20.00", "80.00"), None, "20.00"), "no"),
    "nothing told": ({"quality": None, "breadth": None}, (None, ("0.00", "100.00"), None, None), "no"),
}


@pytest.mark.parametrize(("changes", "expected", "bonus"), SCORES.values(), ids=list(SCORES))
def test_the_score_with_its_criteria_and_its_bonus(measure, changes, expected, bonus) -> None:
    score = decided(measure, *(one for one in changes if changes[one] is None), **changes).score
    total, final, quality, breadth = map(told, expected)
    assert (score.total, score.final) == (total, final)
    assert score.criteria == (("quality", quality), ("breadth", breadth))
    assert score.bonuses == (("youth", misure.Truth(bonus)),)
    assert str(score.cite) == "DGR XI/1, art. 2"
