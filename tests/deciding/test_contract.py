# SPDX-License-Identifier: Apache-2.0
"""The names and the JSON that other systems rely on."""

import datetime as dt
import json
from decimal import Decimal

import pydantic
import pytest

import misure
from misure import Outcome, Range, Truth
from misure.deciding.machinery import compiled
from misure.identifiers.forms import made_up
from misure.testing.worked_cases import cases_of_measure, decide_case

ON = dt.date(2022, 7, 15)
FIRM = {"kind": "impresa", "seat_in_lombardy": True, "signed": True, "role_stated": True, "commitments_stated": True}
FILIERE = misure.catalogue()["lombardia/filiere"]
VERSO = misure.catalogue()["lombardia/verso-nuovi-mercati"]
PIANO = misure.catalogue()["lombardia/piano-export-2025"]


def partners(number, **changes):
    return [
        {"id": f"impresa-{n}", "codice_fiscale": made_up("codice_fiscale", n), **FIRM, **changes}
        for n in range(1, number + 1)
    ]


def proposal(**changes):
    flags = (
        "common_objective", "filed_on_webtelemaco", "strategy_from_swot", "innovation_elements", "measurable_activities",
        "chain_phases_involved", "area_innovation", "swot_adequate",
    )  # fmt: skip
    facts = {"filed_on": "2022-06-01", "capofila": "impresa-1", "partners": partners(10), "total_score": "80.00"}
    return facts | dict.fromkeys(flags, True) | changes


def decided(measure, start):
    """A worked case of a measure, by the first words of its name."""
    [case] = [case for case in cases_of_measure(measure) if case.name.startswith(start)]
    return decide_case(measure, case)


def test_the_names_of_a_decision():
    decision = FILIERE.decide(proposal(), on=ON)
    assert decision.outcome is Outcome.NO_KNOWN_OBSTACLE
    assert decision.outcome == "no_known_obstacle"
    assert [str(outcome) for outcome in Outcome] == [
        "eligible", "no_known_obstacle", "refused", "undecided", "not_applicable",
    ]  # fmt: skip
    assert decision.on == ON
    assert decision.stages == {"admission": "no_known_obstacle", "assessment": "no_known_obstacle"}
    assert [finding.id for finding in decision.findings][:2] == ["at_least_ten_firms", "agreement_signed"]
    assert decision.confidence == "inferred"
    assert (decision.read, decision.assumed) == ("partly", ())
    assert decision.unasked == ("excluded_sectors", "insolvency", "durc", "antimafia", "chamber_fee")
    assert [(one.name, one.kind, one.records) for one in decision.missing] == [("opening_day", "unpublished", ())]
    assert [(one.kind, one.id) for one in decision.missing[0].decides] == [("term", "application_window")]
    assert decision.support == ()
    assert decision.spending == ()
    assert decision.tranches == ()
    assert [term.id for term in decision.terms] == ["application_window"]
    assert [duty.id for duty in decision.duties] == ["evaluated_in_time"]
    assert decision.score.total == Decimal("80.00")
    assert decision.tensions == ()
    assert decision.selection.kind == "list"
    assert decision.receipt["measure"] == FILIERE.id == "lombardia/filiere"


def test_the_same_under_a_text_that_was_read_whole() -> None:
    """Before the decree that implements it, the resolution alone; the desk was not open then, but for a what-if."""
    early = FILIERE.vary(opening_day="2022-02-01")
    decision, after = (early.decide(proposal(filed_on=day), on=ON) for day in ("2022-02-23", "2022-02-24"))
    assert (decision.outcome, decision.read) == (Outcome.ELIGIBLE, "whole")
    assert decision.stages == {"admission": "eligible", "assessment": "eligible"}
    assert (after.outcome, after.read) == (Outcome.NO_KNOWN_OBSTACLE, "partly")
    assert FILIERE.decide(proposal(filed_on="2022-02-23"), on=ON).outcome is Outcome.REFUSED


def test_firms_that_do_not_say_who_they_are_are_assumed_to_be_different():
    decision = FILIERE.decide(proposal(partners=partners(10, codice_fiscale=None)), on=ON)
    assert decision.outcome is Outcome.NO_KNOWN_OBSTACLE
    assert decision.confidence == "assumed"
    finding = decision["at_least_ten_firms"]
    assert (finding.truth, finding.confidence) == (Truth.YES, "assumed")
    everybody = tuple(f"impresa-{n}" for n in range(1, 11))
    assert [(one.table, one.field, one.records) for one in finding.assumes] == [
        ("partners", "codice_fiscale", everybody)
    ]
    assert decision["agreement_signed"].confidence == "official"
    told = FILIERE.decide(proposal(), on=ON)["at_least_ten_firms"]
    assert (told.confidence, told.assumes) == ("official", ())


def test_the_names_of_a_finding():
    finding = FILIERE.decide(proposal(partners=partners(9)), on=ON)["at_least_ten_firms"]
    assert finding.truth is Truth.NO
    assert finding.applies
    assert finding.stage == "admission"
    assert finding.effect == "refuses"
    assert finding.values["lombard_firms"] == 9
    assert finding.values["minimum_firms"] == 10
    assert finding.margin == -1
    assert finding.culprits == ()
    assert finding.missing == ()
    assert finding.confidence == "official"
    assert finding.provisions == ("P5899.06",)
    assert (finding.cite.act, finding.cite.at) == ("dgr-5899", "All. A, Soggetti beneficiari")
    assert finding.text == "Almeno {minimum_firms} con sede in Lombardia"


def test_a_finding_that_is_not_there():
    with pytest.raises(KeyError, match="at_least_ten"):
        FILIERE.decide(proposal(), on=ON)["at_least_ten"]


def test_who_broke_a_condition_is_named():
    broken = [*partners(10), {"id": "ateneo", **FIRM, "kind": "universita", "signed": False}]
    decision = FILIERE.decide(proposal(partners=broken), on=ON)
    assert decision["agreement_signed"].culprits == ("ateneo",)
    assert decision["roles_in_agreement"].culprits == ()


def test_the_json_of_a_decision_that_is_open():
    decision = FILIERE.decide(proposal(partners=partners(12), swot_adequate=None, total_score=None), on=ON)
    found = json.loads(decision.to_json())
    assert list(found) == [
        "format", "measure", "on", "outcome", "confidence", "read", "unasked", "assumed", "succeeded_by", "stages", "findings", "missing",
        "spending", "support", "score", "tranches", "lapses", "recovery", "terms", "duties", "tensions", "aid_remarks", "selection", "receipt",
    ]  # fmt: skip
    assert (found["format"], found["measure"], found["on"]) == (2, "lombardia/filiere", "2022-07-15")
    assert (found["confidence"], found["read"], found["assumed"]) == (None, "partly", [])
    assert found["outcome"] == "undecided"
    assert found["stages"] == {"admission": {"outcome": "no_known_obstacle"}, "assessment": {"outcome": "undecided"}}
    [firms] = [finding for finding in found["findings"] if finding["id"] == "at_least_ten_firms"]
    assert {key: firms[key] for key in ("stage", "effect", "truth", "cite", "margin", "culprits", "missing", "confidence")} == {
        "stage": "admission", "effect": "refuses", "truth": "yes",
        "cite": {"act": "dgr-5899", "at": "All. A, Soggetti beneficiari"},
        "margin": 2, "culprits": [], "missing": [], "confidence": "official",
    }  # fmt: skip
    assert firms["values"]["lombard_firms"] == 12
    assert firms["values"]["minimum_firms"] == 10
    [swot] = [finding for finding in found["findings"] if finding["id"] == "adequate_swot"]
    assert swot["truth"] == "unknown"
    judged = {"name": "swot_adequate", "kind": "to_be_judged", "records": [], "wanted": []}
    decides = [{"kind": "finding", "id": "adequate_swot"}]
    assert swot["missing"] == [judged | {"decides": decides}]
    assert judged | {"decides": decides} in found["missing"]
    assert found["support"] == found["tranches"] == found["tensions"] == []
    [duty] = found["duties"]
    assert (duty["id"], duty["day"], duty["state"], duty["who"]) == (
        "evaluated_in_time",
        "2022-07-01",
        "unknown",
        "nucleo",
    )


def test_money_is_decimal_text_and_a_range_has_two_ends():
    exact = decided(VERSO, "Del progetto concluso").to_dict()
    assert {line["id"]: line["amount"] for line in exact["support"]} == {
        "loan": "108966.00", "grant": "33528.00", "own_share": "25146.00",
    }  # fmt: skip
    assert [line["form"] for line in exact["support"]] == ["loan", "grant", "own_share"]
    what_is_open = exact["receipt"]["parameters"]["drawn_in_grace"]
    assert what_is_open["value"] == {"from": "0", "to": "1"}
    assert what_is_open["unpublished"]
    opening = FILIERE.decide(proposal(), on=ON)["application_window"].to_dict()["values"]["opening_day"]
    assert opening == {"from": "2022-02-24", "to": "2022-03-31"}


def test_a_tranche_says_what_it_waits_for():
    decision = PIANO.decide({"start_act_adopted": "2025-11-20"}, on=dt.date(2025, 12, 1))
    assert decision.outcome is Outcome.NOT_APPLICABLE
    first, second = decision.to_dict()["tranches"]
    assert (first["id"], first["amount"], first["due"], first["payable"]) == ("first", "1050000.00", "yes", "unknown")
    assert [item["id"] for item in first["waits_for"]] == ["commitment"]
    assert first["waits_for"][0]["part"] == "act"
    assert first["waits_for"][0]["missing"] == [{
        "name": "first_payment_act", "kind": "missing", "records": [], "decides": [{"kind": "tranche", "id": "first"}],
        "wanted": [],
    }]  # fmt: skip
    assert (second["amount"], second["due"], second["payable"]) == ("450000.00", "unknown", "unknown")


def test_a_range_of_a_count():
    unsure = [*partners(9), {"id": "decima", **FIRM, "seat_in_lombardy": None}]
    finding = FILIERE.decide(proposal(partners=unsure), on=ON)["at_least_ten_firms"]
    assert finding.truth is Truth.UNKNOWN
    assert finding.values["lombard_firms"] == Range(9, 10)
    assert finding.margin == Range(-1, 0)
    assert finding.to_dict()["margin"] == {"from": -1, "to": 0}
    [missing] = finding.missing
    assert (missing.name, str(missing.kind), missing.records) == ("partners.seat_in_lombardy", "missing", ("decima",))


def test_facts_may_be_a_mapping_a_json_text_or_a_pydantic_object():
    class Proposal(pydantic.BaseModel):
        filed_on: dt.date
        total_score: Decimal

    told = {"filed_on": dt.date(2022, 6, 1), "total_score": Decimal(80)}
    by_mapping = FILIERE.decide(told, on=ON)
    assert FILIERE.decide('{"filed_on": "2022-06-01", "total_score": "80"}', on=ON) == by_mapping
    assert FILIERE.decide(Proposal(**told), on=ON) == by_mapping


def test_a_decision_is_a_field_of_a_pydantic_model():
    class Answer(pydantic.BaseModel):
        decision: misure.Decision

    decision = FILIERE.decide(proposal(), on=ON)
    answer = Answer(decision=decision)
    assert answer.decision is decision
    assert json.loads(answer.model_dump_json())["decision"] == json.loads(decision.to_json())
    with pytest.raises(pydantic.ValidationError, match="Input should be an instance of Decision"):
        Answer(decision="eligible")


def test_facts_that_the_measure_does_not_ask_are_passed_over():
    plain = FILIERE.decide(proposal(), on=ON)
    assert FILIERE.decide(proposal(size="micro", credit_limit="100.00"), on=ON) == plain
    with pytest.raises(misure.BadFacts, match="turnver"):
        FILIERE.decide(proposal(turnver="1"), on=ON)


def test_decisions_and_measures_are_values():
    one, other = FILIERE.decide(proposal(), on=ON), FILIERE.decide(proposal(), on=ON)
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other, FILIERE.decide(proposal(), on=dt.date(2022, 7, 16))}) == 2
    assert one != "eligible"
    assert one.findings[0] == other.findings[0]
    assert len({*one.findings, *other.findings}) == len(one.findings)
    assert misure.catalogue()["lombardia/filiere"] == FILIERE
    assert len({FILIERE, VERSO, FILIERE.vary(minimum_firms=8), FILIERE.vary(minimum_firms="8 firms")}) == 3


@pytest.mark.parametrize("name", ["outcome", "measure", "truth", "anything"])
def test_nothing_can_be_set(name):
    decision = FILIERE.decide(proposal(), on=ON)
    for value in (
        decision,
        decision.findings[0],
        FILIERE,
        misure.catalogue(),
        compiled(decision).dossier,
        decision.terms[0],
    ):
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, "eligible")


def test_what_a_receipt_holds_cannot_reach_the_decision():
    decision = FILIERE.decide(proposal(), on=ON)
    text = decision.to_json()
    taken = decision.to_dict()
    taken["receipt"]["facts"].clear()
    taken["findings"].clear()
    taken["stages"].clear()
    taken["receipt"]["parameters"]["opening_day"]["value"].clear()
    decision.receipt["facts"]["partners"].clear()
    decision.findings[0].values.clear()
    with pytest.raises(AttributeError, match="has no attribute 'clear'"):
        decision.stages.clear()
    assert decision.to_json() == text
    assert FILIERE.decide(proposal(), on=ON).to_json() == text


def test_an_assessed_fact_keeps_who_judged_it():
    judged = {"value": True, "by": "Nucleo di valutazione", "on": "2022-06-20", "why": "coerente"}
    decision = FILIERE.decide(proposal(common_objective=judged), on=ON)
    assert decision["one_objective"].truth is Truth.YES
    assert decision.receipt["facts"]["common_objective"] == judged
    assert FILIERE.replay(decision.receipt) == decision
    with pytest.raises(misure.BadFacts, match="common_objective"):
        FILIERE.decide(proposal(common_objective={**judged, "on": "2022-08-20"}), on=ON)


def test_a_table_that_is_not_complete():
    nine = {"records": partners(9), "complete": False}
    decision = FILIERE.decide(proposal(partners=nine), on=ON)
    assert decision["at_least_ten_firms"].truth is Truth.UNKNOWN
    assert decision["agreement_signed"].truth is Truth.UNKNOWN
    assert [missing.name for missing in decision.missing] == ["partners", "opening_day"]
    assert [missing.name for missing in decision.missing_for("outcome")] == ["partners"]
    ten = {"records": partners(10), "complete": False}
    assert FILIERE.decide(proposal(partners=ten), on=ON)["at_least_ten_firms"].truth is Truth.YES
    one_not = {"records": partners(10, signed=False), "complete": False}
    assert FILIERE.decide(proposal(partners=one_not), on=ON)["agreement_signed"].truth is Truth.NO
    whole = {"records": partners(9), "complete": True}
    assert FILIERE.decide(proposal(partners=whole), on=ON) == FILIERE.decide(proposal(partners=partners(9)), on=ON)


def test_who_has_not_filed_is_decided_as_if_filed_on_the_day_of_the_question():
    decision = FILIERE.decide(proposal(filed_on="not_yet"), on=ON)
    assert decision.receipt["defaults"] == {"filed_on": "2022-07-15"}
    assert decision.assumed == ("filed_on",)
    assert decision.receipt["facts"]["filed_on"] == "not_yet"
    assert "filed_on" not in [missing.name for missing in decision.missing]
    assert FILIERE.replay(decision.receipt) == decision
    assert FILIERE.decide(proposal(), on=ON).receipt["defaults"] == {}


def test_an_untold_day_of_filing_is_asked_first():
    told = proposal()
    del told["filed_on"]
    decision = FILIERE.decide(told, on=ON)
    assert (decision.receipt["defaults"], decision.assumed) == ({}, ())
    assert "filed_on" not in decision.receipt["facts"]
    assert decision.outcome is Outcome.UNDECIDED
    assert decision.missing[0].name == "filed_on"
    assert ("outcome", "application_window") in [(one.kind, one.id) for one in decision.missing[0].decides]
    assert FILIERE.replay(decision.receipt) == decision
