# SPDX-License-Identifier: Apache-2.0
"""Days that no procedure can turn round are facts that contradict one another, at every door; what is not told is no fault."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow as pa
import pytest

import misure
from misure import batch
from misure.cli import main
from tests.batch.engines import KINDS, Engine

ON = dt.date(2026, 6, 1)
CATALOGUE = misure.catalogue()
EXPORT, FIERE, VERSO, FILIERE, BANDO = (
    CATALOGUE[f"lombardia/{name}"]
    for name in (
        "export-su-misura",
        "fiere-lombardia-2024-2026",
        "verso-nuovi-mercati",
        "filiere",
        "bando-filiere-2022",
    )
)

PAIRS = {
    "grant before filing": (EXPORT, {"granted_on": "2026-01-14", "filed_on": "2026-01-15"}, "granted_on", "filed_on"),
    "grant before filing, in another call": (BANDO, {"granted_on": "2022-12-30", "filed_on": "2022-12-31"}, "granted_on", "filed_on"),
    "grant, and not filed yet": (EXPORT, {"granted_on": "2026-01-14", "filed_on": "not_yet"}, "granted_on", "filed_on"),
    "assessed before filing": (FILIERE, {"evaluated_on": "2022-05-31", "filed_on": "2022-06-01"}, "evaluated_on", "filed_on"),
    "seen by the panel before filing": (EXPORT, {"panel_assessed_on": "2026-01-14", "filed_on": "2026-01-15"}, "panel_assessed_on", "filed_on"),
    "ranking before filing": (EXPORT, {"ranking_approved_on": "2026-01-14", "filed_on": "2026-01-15"}, "ranking_approved_on", "filed_on"),
    "lists before the ranking": (
        EXPORT, {"ranking_published_on": "2026-03-01", "ranking_approved_on": "2026-03-02"}, "ranking_published_on", "ranking_approved_on"),
    "lists, and no ranking yet": (
        EXPORT, {"ranking_published_on": "2026-03-01", "ranking_approved_on": "not_yet"}, "ranking_published_on", "ranking_approved_on"),
    "advance before the grant": (VERSO, {"advance_paid_on": "2025-12-01", "granted_on": "2025-12-02"}, "advance_paid_on", "granted_on"),
    "grant before the ranking": (EXPORT, {"granted_on": "2026-03-01", "ranking_approved_on": "2026-03-02"}, "granted_on", "ranking_approved_on"),
    "notice, and no ranking yet": (
        EXPORT, {"outcome_notified_on": "2026-03-01", "ranking_approved_on": "not_yet"}, "outcome_notified_on", "ranking_approved_on"),
    "papers before the grant": (VERSO, {"contract_documents_sent_on": "2025-12-01", "granted_on": "2025-12-02"}, "contract_documents_sent_on", "granted_on"),
    "contract before the grant": (VERSO, {"contract_signed_on": "2025-12-01", "granted_on": "2025-12-02"}, "contract_signed_on", "granted_on"),
    "contract before its papers": (
        VERSO, {"contract_signed_on": "2025-12-01", "contract_documents_sent_on": "2025-12-02"}, "contract_signed_on", "contract_documents_sent_on"),
    "balance before the conclusion": (
        VERSO, {"balance_asked_on": "2026-05-01", "project_concluded_on": "2026-05-02"}, "balance_asked_on", "project_concluded_on"),
    "balance, and no contract yet": (VERSO, {"balance_asked_on": "2026-05-01", "contract_signed_on": "not_yet"}, "balance_asked_on", "contract_signed_on"),
    "an expense before the first": (VERSO, {"first_other_spend_on": "2025-06-24", "first_spend_on": "2025-06-25"}, "first_other_spend_on", "first_spend_on"),
    "accounts before filing": (FIERE, {"accounts_filed_on": "2025-01-09", "filed_on": "2025-01-10"}, "accounts_filed_on", "filed_on"),
}  # fmt: skip
NAMES = list(PAIRS)
each_pair = pytest.mark.parametrize(("measure", "facts", "fact", "other"), PAIRS.values(), ids=NAMES)


def run(capsys, *arguments: str) -> tuple[int, str]:
    """The exit code of a command, and what it says on standard error."""
    code = main(list(arguments))
    return code, capsys.readouterr().err


def blamed(ask) -> misure.Fault:
    with pytest.raises(misure.BadFacts) as caught:
        ask()
    (fault,) = caught.value.faults
    return fault


@each_pair
def test_both_days_are_named(measure, facts, fact, other):
    fault = blamed(lambda: measure.decide(facts, on=ON))
    assert fault.subject == fact
    assert fault.message == f"{facts[fact]} cannot be: it lies before {other}, which is {facts[other]}"


@each_pair
def test_one_of_them_alone_is_no_fault(measure, facts, fact, other):
    for alone in (fact, other):
        assert measure.decide({alone: facts[alone]}, on=ON).outcome
    same = dict.fromkeys((fact, other), facts[fact if facts[fact] != "not_yet" else other])
    assert measure.decide(same, on=ON).outcome


@each_pair
def test_in_a_selection_of_objects(measure, facts, fact, other):
    with pytest.raises(misure.BadFacts) as caught:
        measure.select({"D-1": facts, "D-2": {}}, on=ON)
    # A counter asks for the instants of filing too.
    (fault,) = (fault for fault in caught.value.faults if not fault.subject.endswith("filed_at"))
    assert fault.subject == f"D-1.{fact}"
    assert other in fault.message


def frame_of(facts):
    columns = {"id": [1, 2]}
    for name, day in facts.items():
        if day == "not_yet":
            columns[f"{name}_not_yet"] = pa.array([True, None], pa.bool_())
        else:
            columns[name] = pa.array([dt.date.fromisoformat(day), None], pa.date32())
    return pa.table(columns)


@each_pair
def test_in_frames(measure, facts, fact, other):
    frame = frame_of(facts)
    rows = {row["id"]: row["outcome"] for row in batch.decide(measure, frame, on=ON).to_pylist()}
    assert rows[1] == "bad_facts"
    assert rows[2] == str(measure.decide({}, on=ON).outcome)
    if measure is not FIERE:  # a counter asks for the instants of filing first
        fault = blamed(lambda: batch.select(measure, frame, on=ON))
        assert fault.subject == f"1.{fact}"
        assert other in fault.message


@pytest.mark.parametrize("kind", KINDS)
def test_in_frames_of_every_kind(kind):
    engine = Engine(kind)
    _, facts, *_ = PAIRS["grant before filing"]
    answer = batch.decide(EXPORT, engine.frame(frame_of(facts)), on=ON)
    assert engine.by_key(answer)[1]["outcome"] == "bad_facts"


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_in_a_file_the_fault_has_its_line(form, tmp_path, capsys):
    path = tmp_path / f"facts.{form}"
    facts = {"filed_on": "2026-01-15", "granted_on": "2026-01-14"}
    path.write_text(
        json.dumps(facts, indent=1) if form == "json" else "".join(f"{name}: {day}\n" for name, day in facts.items())
    )
    code, err = run(capsys, "decide", "lombardia/export-su-misura", str(path), "--on", "2026-06-01")
    line = 3 if form == "json" else 2
    assert code == 2
    assert f"{path}:{line}:" in err
    assert "granted_on: 2026-01-14 cannot be: it lies before filed_on, which is 2026-01-15" in err


def test_in_a_csv_the_fault_has_its_row(tmp_path, capsys):
    path = tmp_path / "domande.csv"
    path.write_text("id,filed_on,granted_on\nD-1,2026-01-15,2026-01-15\nD-2,2026-01-15,2026-01-14\n")
    code, err = run(capsys, "select", "lombardia/export-su-misura", str(path), "--on", "2026-06-01")
    assert code == 2
    assert f"{path}:3" in err
    assert "D-2.granted_on: 2026-01-14 cannot be" in err
    assert "D-1" not in err


# The window of a ranking

STILL_OPEN = {
    "an official day": (VERSO, "2025-09-08", "2025-09-09"),
    "a day of secondary sources": (BANDO, "2022-10-16", "2022-10-17"),
}


@pytest.mark.parametrize(("measure", "granted", "closes"), STILL_OPEN.values(), ids=STILL_OPEN)
def test_a_ranking_grants_nothing_while_its_window_is_open(measure, granted, closes, tmp_path, capsys):
    fault = blamed(lambda: measure.decide({"granted_on": granted}, on=ON))
    assert fault.subject == "granted_on"
    assert fault.message == (
        f"{granted} cannot be: a ranking grants nothing while applications come in, until {closes} (application_window)"
    )
    for day in (closes, "not_yet"):
        assert measure.decide({"granted_on": day}, on=ON).outcome
    rows = batch.decide(measure, frame_of({"granted_on": granted}), on=ON).to_pylist()
    assert [row["outcome"] == "bad_facts" for row in rows] == [True, False]
    with pytest.raises(misure.BadFacts, match="a ranking grants nothing"):
        measure.select({"D-1": {"granted_on": granted}}, on=ON)
    path = tmp_path / "facts.yaml"
    path.write_text(f"granted_on: {granted}\n")
    code, err = run(capsys, "decide", measure.id, str(path), "--on", "2026-06-01")
    assert code == 2
    assert f"{path}:1:" in err


def test_a_counter_grants_while_it_is_open():
    assert FIERE.decide({"filed_on": "2024-08-01", "granted_on": "2024-08-02"}, on=ON).outcome


# The records of a table

FAIRS = [
    {"id": "a", "starts_on": "2025-04-08", "ends_on": "2025-04-08"}, {"id": "b", "starts_on": "2025-04-08", "ends_on": "2025-04-07"},
    {"id": "c", "ends_on": "2025-04-07"},
]  # fmt: skip


def test_records_are_told_one_by_one():
    fault = blamed(lambda: FIERE.decide({"fairs": FAIRS}, on=ON))
    assert str(fault.subject) == "fairs[1].ends_on"
    assert fault.message == "2025-04-07 cannot be: it lies before starts_on, which is 2025-04-08"
    assert FIERE.decide({"fairs": [FAIRS[0], FAIRS[2]]}, on=ON).outcome
    records = pa.Table.from_pylist([
        {"applicant": n, "id": row["id"], "starts_on": dt.date(2025, 4, 8) if "starts_on" in row else None,
         "ends_on": dt.date.fromisoformat(row["ends_on"])}
        for n, row in enumerate(FAIRS)
    ])  # fmt: skip
    answer = batch.decide(FIERE, pa.table({"id": [0, 1, 2]}), on=ON, tables={"fairs": records}).to_pylist()
    assert [row["outcome"] == "bad_facts" for row in answer] == [False, True, False]


def test_accounts_of_a_fair_that_has_not_taken_place():
    told = {"accounts_filed_on": "2025-04-07"}
    fault = blamed(lambda: FIERE.decide(told | {"fairs": [{"id": "a", "ends_on": "2025-04-08"}]}, on=ON))
    assert str(fault.subject) == "fairs[0].ends_on"
    assert fault.message == "2025-04-08 cannot be: it lies after accounts_filed_on, which is 2025-04-07"
    begun = blamed(lambda: FIERE.decide(told | {"fairs": [{"id": "a", "starts_on": "2025-04-08"}]}, on=ON))
    assert str(begun.subject) == "fairs[0].starts_on"
    for day in ("2025-04-08", "not_yet"):
        fair = {"id": "a", "starts_on": "2025-04-08", "ends_on": "2025-04-08"}
        assert FIERE.decide({"accounts_filed_on": day, "fairs": [fair]}, on=ON).outcome
    records = pa.table({"applicant": [1, 2], "id": ["a", "a"], "ends_on": [dt.date(2025, 4, 8), dt.date(2025, 4, 7)]})
    frame = pa.table({"id": [1, 2], "accounts_filed_on": [dt.date(2025, 4, 7)] * 2})
    answer = batch.decide(FIERE, frame, on=ON, tables={"fairs": records}).to_pylist()
    assert [row["outcome"] == "bad_facts" for row in answer] == [True, False]


def test_records_of_a_file_have_their_line(tmp_path, capsys):
    path = tmp_path / "facts.yaml"
    path.write_text(
        "fairs:\n  records:\n    - {id: a}\n    - {id: b, starts_on: 2025-04-08,\n       ends_on: 2025-04-07}\n"
    )
    code, err = run(capsys, "decide", "lombardia/fiere-lombardia-2024-2026", str(path), "--on", "2026-06-01")
    assert code == 2
    assert f"{path}:5:" in err


# A number that needs an order

EARLY = [
    ({"early_spend": "100", "first_spend_on": "2025-06-21", "filed_on": "2025-06-20"}, True),
    ({"early_spend": "100", "first_spend_on": "not_yet", "filed_on": "2025-06-20"}, True),
    ({"early_spend": "100", "first_spend_on": "2025-06-20", "filed_on": "2025-06-20"}, False),
    ({"early_spend": "0", "first_spend_on": "2025-06-21", "filed_on": "2025-06-20"}, False),
    ({"early_spend": "100", "filed_on": "2025-06-20"}, False),
    ({"early_spend": "100", "first_spend_on": "2025-06-21"}, False),
]


@pytest.mark.parametrize(("facts", "faulty"), EARLY, ids=["later", "not yet", "the day", "none", "no day", "no filing"])
def test_spending_too_early_needs_a_first_spending_that_early(facts, faulty):
    if not faulty:
        assert VERSO.decide(facts, on=ON).outcome
        return
    fault = blamed(lambda: VERSO.decide(facts, on=ON))
    assert fault.subject == "early_spend"
    assert f"first_spend_on ({facts['first_spend_on']}) is after filed_on (2025-06-20)" in fault.message


def test_all_of_them_are_told_at_once():
    days = {"filed_on": "2026-01-15", "granted_on": "2026-01-14", "panel_assessed_on": "2026-01-14"}
    with pytest.raises(misure.BadFacts) as caught:
        EXPORT.decide(days, on=ON)
    assert [fault.subject for fault in caught.value.faults] == ["granted_on", "panel_assessed_on"]


# A value that cannot be hides no contradiction between others that can


@each_pair
def test_a_wrong_value_hides_no_days_that_cannot_be(measure, facts, fact, other):
    plain = blamed(lambda: measure.decide(facts, on=ON))
    number = next(one.name for one in measure.rulebook.facts.values() if one.kind is misure.facts.Kind.NUMBER)
    table = next(iter(measure.rulebook.tables))
    for wrong in ({"no_such_fact_at_all": 1}, {number: "much"}, {table: [7]}, {table: {"records": "none"}}):
        with pytest.raises(misure.BadFacts) as caught:
            measure.decide(facts | wrong, on=ON)
        others = [fault for fault in caught.value.faults if fault != plain]
        assert plain in caught.value.faults
        assert others
        assert all(fault.subject.startswith(next(iter(wrong))) for fault in others)


@each_pair
def test_nor_in_a_selection_or_on_the_command_line(measure, facts, fact, other, capsys, tmp_path):
    wrong, file = {"no_such_fact_at_all": 1}, tmp_path / "facts.json"
    file.write_text(json.dumps(facts | wrong), "utf-8")
    code, told = run(capsys, "decide", measure.id, str(file), "--on", f"{ON}")
    assert (code, len(told.splitlines())) == (2, 2)
    assert all(f"{file}:1:" in line for line in told.splitlines())
    if measure.rulebook.selection is not None:
        with pytest.raises(misure.BadFacts) as caught:
            measure.select({"A": facts | wrong}, on=ON)
        assert {"A.no_such_fact_at_all", f"A.{fact}"} <= {fault.subject for fault in caught.value.faults}


def test_what_cannot_be_read_is_no_side_of_a_contradiction():
    with pytest.raises(misure.BadFacts) as caught:
        EXPORT.decide({"granted_on": "2026-01-14", "filed_on": "15/01/2026"}, on=ON)
    assert [fault.subject for fault in caught.value.faults] == ["filed_on"]


AFTER_ALL = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("days", "faults"),
    [
        ({"filed_on": "2025-10-18", "contract_signed_on": "2025-10-01"},
         ["contract_signed_on: 2025-10-01 cannot be: it lies before filed_on, which is 2025-10-18"]),
        ({"filed_on": "not_yet", "contract_signed_on": "2025-10-18"},
         ["contract_signed_on: 2025-10-18 cannot be: it lies before filed_on, which is not_yet"]),
        ({"contract_documents_sent_on": "2025-12-02", "advance_paid_on": "2025-12-01"},
         ["advance_paid_on: 2025-12-01 cannot be: it lies before contract_documents_sent_on, which is 2025-12-02"]),
        # Where the day between them is told, the order that somebody says is the one that is told.
        ({"filed_on": "2025-10-18", "granted_on": "2025-10-17", "contract_signed_on": "2025-10-17"},
         ["granted_on: 2025-10-17 cannot be: it lies before filed_on, which is 2025-10-18"]),
    ],
    ids=range(4),
)  # fmt: skip
def test_no_day_fits_between_two_that_several_orders_keep_apart(days, faults):
    with pytest.raises(misure.BadFacts) as caught:
        VERSO.decide(days, on=AFTER_ALL)
    assert [str(fault).removeprefix("<facts>: ") for fault in caught.value.faults] == faults
    columns = {name: [dt.date.fromisoformat(day)] for name, day in days.items() if day != "not_yet"}
    if len(columns) == len(days):
        (row,) = batch.decide(VERSO, pa.table({"id": ["a"], **columns}), on=AFTER_ALL).to_pylist()
        assert row["outcome"] == "bad_facts"


def test_a_day_that_fits_is_no_fault():
    VERSO.decide({"filed_on": "2025-10-18", "contract_signed_on": "2025-10-18"}, on=AFTER_ALL)
