# SPDX-License-Identifier: Apache-2.0
"""De minimis aid that a measure is told and cannot place for sure is told, and leaves no certain ceiling; in frames too."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pyarrow as pa
import pytest

import misure
from misure import BadFacts, Range, batch, deminimis
from misure.results import AidRemark
from misure.testing import population
from misure.testing.drawn.repertoire import repertoire_of
from tests.identifiers.writings import WRONG

EXPORT = misure.catalogue()["lombardia/export-su-misura"]
ON, GRANTED = dt.date(2026, 9, 11), dt.date(2026, 3, 18)
FIRM, OTHER, THIRD = "01234560157", "02345670158", "00743110157"
BASE = {
    name: value for name, value in repertoire_of(EXPORT, ON).base.items() if name not in EXPORT.rulebook.tables
} | {"codice_fiscale": FIRM, "granted_on": GRANTED}  # fmt: skip


def aid(cor, who, day, amount, regulation="gen"):
    return {"cor": cor, "beneficiary": who, "regulation": regulation, "granted_on": day, "amount": amount}


def relation(one, other, control):
    return {"id": f"{one}-{other}", "controller": one, "controlled": other, "control": control}


def decide(aids, relations=(), **more):
    return EXPORT.decide(BASE | {"deminimis_aids": aids, "control_relations": list(relations)} | more, on=ON)


def remarks(decision):
    return [(one.kind, one.subject, one.records, one.amount, one.since) for one in decision.aid_remarks]


FULL = aid("1", OTHER, "2025-06-01", "300000.00")


def test_aid_of_a_stranger_leaves_no_certain_ceiling_and_is_told():
    found = decide([FULL])
    assert found["services_within_cap"].truth == "unknown"
    assert found.value("deminimis_headroom") == Range(Decimal("0.00"), Decimal("300000.00"))
    (missing,) = found["services_within_cap"].missing
    assert (missing.name, str(missing.kind), missing.wanted) == (
        "control_relations",
        "undefined",
        ((("controlled", OTHER),),),
    )
    assert remarks(found) == [("unrelated", OTHER, ("1",), Decimal("300000.00"), None)]
    assert "300.000,00 € (1) sono aiuti di 02345670158: nessuna relazione di controllo detta" in " ".join(
        str(misure.explain(found)).split()
    )
    assert "€300,000.00 (1) is aid of 02345670158: no relation of control that was told" in " ".join(
        str(misure.explain(found, "en")).split()
    )


@pytest.mark.parametrize(("relations", "truth", "kinds"), [
    ([relation(FIRM, OTHER, False)], "yes", []),
    ([relation(OTHER, FIRM, False)], "yes", []),
    ([relation(FIRM, THIRD, False), relation(THIRD, OTHER, True)], "yes", []),
    ([relation(FIRM, THIRD, False)], "unknown", ["unrelated"]),
    ([relation(THIRD, OTHER, True)], "unknown", ["unrelated"]),
    ([relation(FIRM, OTHER, True)], "no", []),
    ([relation(FIRM, OTHER, None)], "unknown", []),
])  # fmt: skip
def test_a_relation_settles_it_either_way(relations, truth, kinds):
    relations = [{name: value for name, value in one.items() if value is not None} for one in relations]
    found = decide([FULL], relations)
    assert found["services_within_cap"].truth == truth
    assert [kind for kind, *_ in remarks(found)] == kinds


def test_a_stranger_is_told_where_it_makes_no_difference_too():
    found = decide([aid("1", OTHER, "2025-06-01", "5.00"), {"cor": "2", "beneficiary": OTHER}])
    assert found["services_within_cap"].truth == "unknown"
    assert remarks(found) == [("unrelated", OTHER, ("1", "2"), None, None)]
    found = decide([aid("1", OTHER, "2025-06-01", "5.00")])
    assert found["services_within_cap"].truth == "yes"
    assert remarks(found) == [("unrelated", OTHER, ("1",), Decimal("5.00"), None)]


def test_aid_granted_after_the_day_of_the_question_cannot_be_known_on_it():
    with pytest.raises(BadFacts) as caught:
        decide([aid("1", FIRM, "2026-09-12", "5.00")])
    (fault,) = caught.value.faults
    assert fault.subject == "deminimis_aids[0].granted_on"
    assert fault.message == "2026-09-12 has not happened yet on 2026-09-11: write not_yet"
    assert decide([aid("1", FIRM, "2026-09-11", "5.00")])["services_within_cap"].truth == "yes"
    # The ledger says the same of the same aid.
    book = deminimis.Ledger([deminimis.Aid("1", FIRM, "gen", "2026-09-12", 5)], complete_by="visura")
    with pytest.raises(BadFacts, match="granted on 2026-09-12, after 2026-09-11"):
        deminimis.headroom(book, FIRM, on=ON)
    with pytest.raises(BadFacts, match="granted on 2026-09-12, after 2026-09-11"):
        deminimis.facts(book, FIRM, applicant=FIRM, on=ON)
    assert deminimis.facts(book, FIRM, applicant=FIRM, on=ON, later="ignore")["deminimis_aids"] == []


def test_aid_granted_after_the_grant_is_told_and_does_not_count():
    found = decide(
        [aid("1", FIRM, "2026-03-19", "300000.00"), aid("2", OTHER, "2026-03-20", "1.00")],
        [relation(FIRM, OTHER, False)],
    )
    assert found["services_within_cap"].truth == "yes"
    assert found.value("deminimis_headroom") == Decimal("300000.00")
    assert remarks(found) == [("later", "2026-03-18", ("1",), Decimal("300000.00"), None)]
    assert "€300,000.00 (1) is aid granted after 18 March 2026, the day looked to: it does not count" in " ".join(
        str(misure.explain(found, "en")).split()
    )


def test_aid_of_a_stranger_that_comes_too_late_is_told_once():
    found = decide([aid("1", OTHER, "2026-03-19", "300000.00")])
    assert found.value("deminimis_headroom") == Decimal("300000.00")
    assert remarks(found) == [("later", "2026-03-18", ("1",), Decimal("300000.00"), None)]


@pytest.mark.parametrize("granted", [GRANTED, ON, "not_yet"])
def test_aid_that_is_not_granted_yet_fills_nothing(granted):
    asked = aid("1", FIRM, "not_yet", "300000.00")
    assert decide([asked], granted_on=granted).value("deminimis_headroom") == Decimal("300000.00")
    assert decide([{**asked, "granted_on": None}], granted_on=granted).value("deminimis_headroom") == Range(
        Decimal("0.00"), Decimal("300000.00")
    )


def test_a_ceiling_that_is_passed_is_told_on_the_page_of_the_decision():
    found = decide([aid("1", FIRM, "2025-06-01", "290000.00"), aid("2", FIRM, "2025-09-01", "10100.50")])
    assert found["services_within_cap"].truth == "no"
    own, shared = remarks(found)
    assert own == ("overdrawn", "gen", ("1", "2"), Decimal("100.50"), dt.date(2025, 9, 1))
    assert shared[:2] == ("overdrawn", "gen-agri-fish")
    book = deminimis.Ledger(
        [
            deminimis.Aid("1", FIRM, "gen", "2025-06-01", 290_000),
            deminimis.Aid("2", FIRM, "gen", "2025-09-01", "10100.50"),
        ],
        complete_by="visura",
    )
    assert deminimis.headroom(book, FIRM, on=GRANTED).overdrawn == own[3]
    text = " ".join(str(misure.explain(found, "en")).split())
    assert "The ceiling (general regulation) has been passed since 1 September 2025: €100.50 too much" in text


@pytest.mark.parametrize(("more", "amount"), [
    ({"amount": "20000.00"}, Range(Decimal("10000.00"), Decimal("30000.00"))),
    ({}, Decimal("10000.00")),
])  # fmt: skip
def test_of_aid_that_may_count_the_most_is_in_what_is_passed(more, amount):
    aids = [aid("1", FIRM, "2025-06-01", "310000.00"), {"cor": "2", "beneficiary": FIRM, "regulation": "gen"} | more]
    assert remarks(decide(aids))[0][3] == amount


def test_exactly_the_ceiling_is_not_passed():
    assert remarks(decide([aid("1", FIRM, "2025-06-01", "300000.00")])) == []


def test_the_data_tell_it():
    found = json.loads(decide([FULL]).to_json())["aid_remarks"]
    assert found == [
        {"kind": "unrelated", "of": "deminimis_headroom", "subject": OTHER, "records": ["1"], "amount": "300000.00", "since": None}
    ]  # fmt: skip
    assert "aid_remarks" not in decide([FULL]).to_dict(format=1)
    assert isinstance(decide([FULL]).aid_remarks[0], AidRemark)


def test_a_frame_and_a_selection_leave_it_open_as_one_decision_does():
    cases = [[], [relation(FIRM, OTHER, False)], [relation(FIRM, OTHER, True)]]
    facts = [BASE | {"deminimis_aids": [FULL], "control_relations": relations} for relations in cases]
    wanted = [EXPORT.decide(each, on=ON)["services_within_cap"].truth for each in facts]
    assert wanted == ["unknown", "yes", "no"]
    frame = population(
        EXPORT, 3, seed=1, on=ON, fixed=BASE | {"deminimis_aids": [], "control_relations": []}, library="pyarrow"
    ).frame
    ids = frame["id"].to_pylist()
    aids = pa.Table.from_pylist([
        {**FULL, "granted_on": dt.date(2025, 6, 1), "amount": Decimal("300000.00"), "applicant": ids[at]} for at in range(len(cases))
    ])  # fmt: skip
    controls = pa.Table.from_pylist([one | {"applicant": ids[at]} for at, each in enumerate(cases) for one in each])
    tables = {"deminimis_aids": aids, "control_relations": controls}
    answer = batch.decide(EXPORT, frame, on=ON, tables=tables, key="id")
    outcomes = [str(EXPORT.decide(each, on=ON).outcome) for each in facts]
    assert list(map(str, answer["outcome"].to_pylist())) == outcomes
    late = aids.set_column(aids.column_names.index("granted_on"), "granted_on", pa.array([dt.date(2026, 9, 12)] * 3))
    refused = batch.decide(EXPORT, frame, on=ON, tables=tables | {"deminimis_aids": late}, key="id")
    assert set(refused["outcome"].to_pylist()) == {"bad_facts"}
    chosen = [EXPORT.select({"A": each}, on=ON) for each in facts]
    assert [str(one.placements[0].standing) for one in chosen] == ["depends", "depends", "not_admitted"]
    assert ['"control_relations", "kind": "undefined"' in one.to_json() for one in chosen] == [True, False, False]


@pytest.mark.parametrize(("text", "right"), WRONG.items())
def test_the_shape_of_a_code_is_refused_wherever_the_facts_of_aid_have_one(text, right):
    aids, relations = [aid("1", text, "2025-06-01", "1.00")], [relation(text, FIRM, True), relation(FIRM, text, True)]
    relations = [one | {"id": str(at)} for at, one in enumerate(relations)]
    with pytest.raises(BadFacts) as caught:
        decide(aids, relations, codice_fiscale=text)
    assert {fault.subject: fault.suggestion for fault in caught.value.faults} == dict.fromkeys(
        [
            "codice_fiscale",
            "deminimis_aids[0].beneficiary",
            "control_relations[0].controller",
            "control_relations[1].controlled",
        ],
        right,
    )


def test_a_foreign_number_whose_check_fails_is_a_stranger():
    found = decide([aid("1", "DE136695975", "2025-06-01", "300000.00")])
    assert found["services_within_cap"].truth == "unknown"
    assert [(kind, subject) for kind, subject, *_ in remarks(found)] == [("unrelated", "DE136695975")]
