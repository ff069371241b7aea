# SPDX-License-Identifier: Apache-2.0
"""Each law passes on sound measures, and fails on one that is broken on purpose, with a case that can be put into a file."""

import datetime as dt
import os
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st

import misure
from misure.deciding.measure import Measure
from misure.reading.cases.decisions import read_cases
from misure.testing import (
    assert_completion_safe,
    assert_conserves,
    assert_monotone,
    assert_no_cliff,
    assert_order_free,
    assert_replays,
    assert_same_as,
    assert_same_in_frames,
    facts_with,
)
from misure.testing.drawn.repertoire import repertoire_of
from misure.testing.laws.answers import said
from misure.testing.starts import gets_something, starts_of
from misure.testing.worked_cases import run_case
from tests.testing.examples import BEST, DAYS, EXPORT, FILIERE, MEASURES, VERSO

FIERE = MEASURES["lombardia/fiere-lombardia-2024-2026"]
ON = DAYS[FIERE.id]
JULY = dt.date(2025, 7, 1)
PLAINEST = repertoire_of(FIERE, ON).base
LAWS = [assert_completion_safe, assert_order_free, assert_replays, assert_conserves, assert_same_in_frames]


@pytest.fixture(autouse=True)
def _the_same_in_every_run():
    settings.register_profile("fixed", deadline=None, derandomize=True, database=None)
    settings.load_profile("fixed")
    yield
    settings.load_profile("ci" if os.environ.get("CI") else "workshop")


@pytest.mark.parametrize("measure", [FIERE, EXPORT], ids=lambda measure: measure.id)
@pytest.mark.parametrize("law", LAWS)
def test_a_sound_measure_keeps_the_laws(law, measure):
    law(measure, on=DAYS[measure.id], examples=12)


# Measures broken on purpose


class Broken(Measure):
    """The rules of the fairs, with something done to the facts, or to the answer, on the way."""

    def __init__(self, **does):
        super().__init__(FIERE.rulebook)
        self.__dict__.update(does)


def deciding(change):
    class Changed(Broken):
        def decide(self, facts, *, on):
            return super().decide(change(dict(facts)), on=on)

    return Changed()


def told_by(law, measure, **options):
    """The error of a law, and the cases in it as the reader of case files takes them."""
    options.setdefault("on", ON)
    with pytest.raises(AssertionError) as caught:
        law(measure, **options)
    return str(caught.value)


def cases_in(text, tmp_path, measure=FIERE):
    entries = text.partition("cases.yaml:\n\n")[2]
    file = tmp_path / "cases.yaml"
    file.write_text(
        f"# $schema: ../../schema/cases.json\nformat: 1\nmeasure: {measure.id}\ncases:\n{entries}\n", "utf-8"
    )
    return read_cases(file)


def test_what_is_not_told_taken_for_no(tmp_path):
    """The commonest fault of all: a fact that nobody told counts as false."""
    text = told_by(
        assert_completion_safe,
        deciding(lambda facts: {"active_enterprise": False} | facts),
        facts=st.just({name: value for name, value in PLAINEST.items() if name != "active_enterprise"}),
        examples=10,
    )
    first, second = cases_in(text, tmp_path)
    assert "telling more changed what was definite" in text
    assert first.expect == second.expect
    assert first.expect["findings"]["active"] == "no"
    assert "active_enterprise" not in first.facts
    assert second.facts["active_enterprise"] == "yes"
    # The rules themselves leave it open: the case shows the fault.
    assert {difference.what for difference in run_case(FIERE, first).differences} >= {"findings.active"}


def test_an_order_that_matters(tmp_path):
    def first_fair_only(facts):
        if isinstance(facts.get("fairs"), list):
            facts["fairs"] = facts["fairs"][:1]
        return facts

    two = [PLAINEST["fairs"][0], PLAINEST["fairs"][0] | {"id": "altra", "direct_exhibitor": False}]
    text = told_by(assert_order_free, deciding(first_fair_only), facts=st.just(PLAINEST | {"fairs": two}))
    one, other = cases_in(text, tmp_path)
    assert "another order gave another answer" in text
    assert sorted(map(str, one.facts["fairs"])) == sorted(map(str, other.facts["fairs"]))
    assert one.facts["fairs"] != other.facts["fairs"]
    assert len(one.facts["fairs"]) == 2


def test_a_replay_of_another_day(tmp_path):
    class Late(Broken):
        def replay(self, receipt):
            decision = super().replay(receipt)
            return self.decide(receipt["facts"], on=decision.on + dt.timedelta(400))

    [case] = cases_in(told_by(assert_replays, Late(), facts=st.just(PLAINEST), examples=2), tmp_path)
    assert case.on == ON
    assert case.expect


def test_an_oracle_that_reads_the_act_otherwise(tmp_path):
    def at_most_one_fair(facts, on):
        return {"findings": {"at_most_two_fairs": len(facts["fairs"]) <= 1}}

    text = told_by(assert_same_as, FIERE, oracle=at_most_one_fair, examples=400)
    [case] = cases_in(text, tmp_path)
    assert case.expect == {"findings": {"at_most_two_fairs": "no"}}
    assert "# came: findings.at_most_two_fairs yes" in text
    # The smallest: two fairs, and nothing else said otherwise than of the plainest applicant.
    assert len(case.facts["fairs"]) == 2
    assert [str(difference) for difference in run_case(FIERE, case).differences] == [
        "findings.at_most_two_fairs: expected no, found yes"
    ]


def test_an_oracle_that_agrees_and_one_that_says_nothing():
    assert_same_as(FIERE, lambda facts, on: str(FIERE.decide(facts, on=on).outcome), on=ON, examples=20)
    assert_same_as(FIERE, lambda *_: {}, on=ON, examples=5)
    with pytest.raises(ValueError, match="did you mean 'outcome'"):
        assert_same_as(FIERE, lambda *_: {"outcom": "eligible"}, on=ON, examples=5)


UNSAYABLE = [
    ("eligble", ["outcome: expected eligible, no_known_obstacle, refused, undecided, not_applicable; got 'eligble'; did you mean 'eligible'?"]),
    ({"outcome": 5}, ["outcome: expected eligible, no_known_obstacle, refused, undecided, not_applicable; got 5"]),
    ({"findings": {"at_most_two_fair": True}},
     ["findings.at_most_two_fair: no condition is called 'at_most_two_fair'; did you mean 'at_most_two_fairs'?"]),
    ({"findings": {"at_most_two_fairs": "not"}},
     ["findings.at_most_two_fairs: expected yes, no, unknown, not_applicable, pending; got 'not'; did you mean 'no'?"]),
    ({"findings": True}, ["findings: expected the condition by name; got True"]),
    ({"support": {"grnt": 5}}, ["support.grnt: no line of support is called 'grnt'; did you mean 'grant'?"]),
    ({"support": {"grant": "much"}},
     ["support.grant: expected a number, as a text, a Decimal or a whole number, or from and to of it; got 'much'"]),
    ({"support": {"grant": 0.5}},
     ["support.grant: expected a number, as a text, a Decimal or a whole number, or from and to of it; got 0.5"]),
    ({"score": {"total": 5}}, ["score.total: no part of the score is called 'total': the measure has none"]),
    ({"terms": {FIERE.rulebook.terms[0].id: {"state": "insde", "day": "2026-13-01"}}},
     [f"terms.{FIERE.rulebook.terms[0].id}.day: expected a day, as a date or 2026-03-10, or from and to of it; got '2026-13-01'",
      f"terms.{FIERE.rulebook.terms[0].id}.state: expected {', '.join(misure.results.DutyState)}; got 'insde'; did you mean 'inside'?"]),
    ({1: 2, "finding": {}},
     ["1: no key of an answer is called 1", "finding: no key of an answer is called 'finding'; did you mean 'findings'?"]),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "told"), UNSAYABLE, ids=[str(answer) for answer, _ in UNSAYABLE])
def test_what_no_decision_can_say_is_the_fault_of_the_oracle(answer, told):
    with pytest.raises(ValueError) as caught:
        assert_same_as(FIERE, lambda *_: answer, on=ON, facts=st.just(PLAINEST), examples=2)
    assert str(caught.value).splitlines() == [f"the oracle: {line}" for line in told]


def test_an_oracle_may_say_all_that_a_decision_says():
    def again(facts, on):
        decision = VERSO.decide(facts, on=on)
        said_by_key = said(decision)
        said_by_key["support"] = {amount.id: amount.amount for amount in decision.support}
        said_by_key["findings"] = {
            finding.id: {"yes": True, "no": False}.get(finding.truth, finding.truth) for finding in decision.findings
        }
        said_by_key["terms"] = {term.id: {"day": term.day, "state": term.state} for term in decision.terms}
        return said_by_key

    def some(measure):
        return st.sampled_from([dict(told) for told, _ in starts_of(measure, DAYS[measure.id])])

    assert_same_as(VERSO, again, on=DAYS[VERSO.id], facts=some(VERSO), examples=10)
    bando = MEASURES["lombardia/bando-filiere-2022"]
    answered = lambda facts, on: said(bando.decide(facts, on=on))
    assert_same_as(bando, answered, on=DAYS[bando.id], facts=some(bando), examples=10)


def test_what_an_oracle_raises_is_its_own_with_the_applicant():
    with pytest.raises(ZeroDivisionError) as caught:
        assert_same_as(FIERE, lambda *_: 1 / 0, on=ON, facts=st.just(PLAINEST), examples=2)
    assert any(
        f"raised by the oracle that assert_same_as asked on {ON} of {{" in note for note in caught.value.__notes__
    )


def test_an_amount_that_an_oracle_works_out_otherwise(tmp_path):
    def half_of_all(facts, on):
        decision = FIERE.decide(facts, on=on)
        if decision.outcome != BEST[FIERE.id]:
            return None
        return {"support": {"grant": min(Decimal(facts["project_cost"]) / 2, Decimal(8000)).quantize(Decimal("0.01"))}}

    text = told_by(assert_same_as, FIERE, oracle=half_of_all, facts=facts_with(FIERE, on=ON, outcome=BEST[FIERE.id]))
    [case] = cases_in(text, tmp_path)
    assert set(case.expect) == {"support"}
    assert run_case(FIERE, case).differences[0].what == "support.grant"


def test_more_that_is_refused(tmp_path):
    assert_monotone(FIERE, "rented_area", on=ON, gives="grant", examples=20)
    assert_monotone(EXPORT, "panel_score", on=DAYS[EXPORT.id], examples=20)

    def dear_is_refused(facts):
        if Decimal(facts.get("rented_area", "0")) > 30:
            facts["active_enterprise"] = False
        return facts

    text = told_by(assert_monotone, deciding(dear_is_refused), fact="rented_area")
    below, above = cases_in(text, tmp_path)
    assert (below.facts["rented_area"], above.facts["rented_area"]) == ("30.00", "30.01")
    assert below.expect == above.expect == {"outcome": "no_known_obstacle"}
    assert text.endswith("# came: refused")


def test_a_grant_that_falls_as_the_project_grows(tmp_path):
    """A finding of the bundled rules, known and meant: the loan eats the headroom first.

    How much of it, of a loan without a grace that is paid out in two parts, the act leaves open: here all of it.
    """
    verso = VERSO.vary(drawn_without_grace="100%")
    aids = [
        {
            "cor": "20000001",
            "beneficiary": "01234560157",
            "regulation": "gen",
            "granted_on": "2024-05-10",
            "amount": "230000.00",
        }
    ]
    fixed = {"deminimis_aids": aids, "credit_limit": "1000000.00"}
    # Any worked case with something to fall will do.
    firms = (dict(told) | fixed for told, _ in starts_of(VERSO, JULY))
    firm = next(
        firm for firm in firms if "planned_implementation" in firm and gets_something(verso.decide(firm, on=JULY))
    )
    text = told_by(
        assert_monotone, verso, on=JULY, fact="planned_implementation", gives="grant", facts=st.just(firm), examples=60
    )
    below, above = cases_in(text, tmp_path, VERSO)
    assert "more of planned_implementation gives less grant" in text
    spent = [Decimal(case.facts["planned_implementation"]) for case in (below, above)]
    assert spent[1] > spent[0]
    assert run_case(verso, below).passed
    assert [difference.what for difference in run_case(verso, above).differences] == ["support.grant"]


def test_a_jump_that_was_not_declared(tmp_path):
    assert_no_cliff(FIERE, "rented_area", on=ON, gives="grant", at_most="6000", examples=10)
    text = told_by(assert_no_cliff, FIERE, fact="rented_area", gives="grant", at_most="100", examples=10)
    below, above = cases_in(text, tmp_path)
    assert "100.00 is the most that is meant" in text
    assert below.expect == {"outcome": "refused"}
    assert above.expect == below.expect
    assert run_case(FIERE, below).passed
    assert Decimal(above.facts["rented_area"]) - Decimal(below.facts["rented_area"]) == Decimal("0.01")


WRONG = [
    (assert_monotone, {"fact": "project_cots"}, "did you mean 'project_cost'"),
    (assert_monotone, {"fact": "rented_area", "gives": "grnt"}, "did you mean 'grant'"),
    (assert_no_cliff, {"fact": "rented_area", "gives": "outcome", "at_most": 1}, "a cliff is one of an amount"),
    (assert_no_cliff, {"fact": "size", "gives": "grant", "at_most": 1}, "no number or day"),
    (assert_same_in_frames, {"library": "polar"}, "did you mean 'polars'"),
]


@pytest.mark.parametrize(("law", "options", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_a_wrong_argument_is_told(law, options, words):
    with pytest.raises(ValueError, match=words):
        law(FIERE, on=ON, examples=2, **options)


def test_a_total_is_named_with_its_parts():
    with pytest.raises(ValueError, match="planned_consultancy, planned_implementation, planned_training add up to"):
        assert_monotone(VERSO, "planned_eligible_spend", on=JULY, gives="grant")


def answering(change):
    """A measure whose decisions show amounts that were tampered with."""

    class Tampered(Broken):
        def decide(self, facts, *, on):
            return Shown(super().decide(facts, on=on), change)

    return Tampered()


class Shown(misure.Decision):
    __slots__ = ("change",)

    def __init__(self, decision, change):
        for slot in misure.Decision.__slots__:
            object.__setattr__(self, slot, getattr(decision, slot))
        object.__setattr__(self, "change", change)

    @property
    def support(self):
        return tuple(self.change(amount) for amount in super().support)


def test_a_cent_that_is_lost(tmp_path):
    def a_cent_less(amount):
        if amount.id == "grant" and isinstance(amount.amount, Decimal) and amount.amount:
            return replace(amount, amount=amount.amount - Decimal("0.01"))
        return amount

    text = told_by(assert_conserves, answering(a_cent_less))
    [case] = cases_in(text, tmp_path)
    assert "support and own share do not add up to" in text
    assert set(case.expect["support"]) == {"own_share"}


def test_parts_of_a_cent(tmp_path):
    text = told_by(assert_conserves, answering(lambda amount: replace(amount, amount=Decimal("0.001"))))
    assert "is no amount of whole cents" in text


def test_a_frame_that_answers_otherwise(tmp_path):
    everybody_small = deciding(lambda facts: facts | ({"size": "small"} if facts.get("size") == "large" else {}))
    firms = facts_with(FIERE, on=ON, failing="size_admitted") | facts_with(FIERE, on=ON, outcome=BEST[FIERE.id])
    text = told_by(assert_same_in_frames, everybody_small, facts=firms, examples=30)
    [case] = cases_in(text, tmp_path)
    assert "a frame answers otherwise" in text
    assert case.facts["size"] == "large"
    assert case.expect["findings"]["size_admitted"] == "yes"


def test_the_facts_of_a_law_may_be_anybodys():
    assert_replays(FILIERE, on=DAYS[FILIERE.id], facts=st.just({"total_score": "70.00"}), examples=3)
