# SPDX-License-Identifier: Apache-2.0
"""Worked cases and worked selections: each wrong in one way, told at its place, and what a sound one becomes."""

from __future__ import annotations

import datetime as dt

import pytest

from misure.ground.errors import BadRules
from misure.reading.cases.decisions import cases_of, read_cases
from misure.reading.cases.names import check_case_names
from misure.reading.cases.readable import STANDINGS, misread_expectations, misread_facts
from misure.reading.cases.selections import read_selection_cases, selections_of
from misure.reading.forms.cases import CasesForm
from misure.reading.forms.filling import fill
from misure.reading.text.events import read_text
from misure.selecting.standing import Standing
from tests.reading.small_measures import small
from tests.reading.small_measures import whole as book

__all__ = ["book", "small"]

HEAD = """\
format: 1
measure: prova/breve
bases:
  all: {cost: 1, crew: [{id: a}]}
  none: {}
"""
TEMPLATES = {
    "case": "cases:\n  - {name: Uno, on: 2022-06-01, @@}\n",
    "selection": "cases: [{name: Uno, on: 2022-06-01, expect: {outcome: eligible}}]\nselections:\n  - {name: Due, on: 2022-06-01, @@}\n",
    "whole": "@@",
}

WRONG = [
    ("case", "expect: {}", ["7:5: Uno: the case expects nothing"]),
    ("case", "expect: {error: conflict, outcome: eligible}", ["7:5: Uno: a case that expects an error expects nothing else"]),
    ("case", "expect: {error: crash}", ["7:49: expect: 'crash' cannot stand here; it is not_encoded, bad_facts or conflict"]),
    ("case", "expect: {outcome: yes}", ["7:51: expect: 'yes' cannot stand here; it is eligible, no_known_obstacle, refused, undecided or not_applicable"]),
    ("case", "like: al, expect: {outcome: eligible}", ["7:39: Uno: no base is called 'al'; did you mean 'all'?"]),
    ("case", "like: all, without: [cost, gain], expect: {outcome: eligible}", ["7:60: Uno: 'gain' is not among the facts, so it cannot be taken away"]),
    ("case", "like: al, without: [gain], expect: {outcome: eligible}", ["7:39: Uno: no base is called 'al'; did you mean 'all'?"]),
    ("case", "facts: {gian: 1, crew: [{id: b}], crw: []}, expect: {outcome: eligible}", ["7:41: Uno: no fact or table is called 'gian'; did you mean 'gain'?", "7:67: Uno: no fact or table is called 'crw'; did you mean 'crew'?"]),
    ("case", "facts: {crew: [{id: a, times: 0}]}, expect: {outcome: eligible}", ["7:63: Uno: 'times': 0 does not lie between 1 and 10000"]),
    ("case", "facts: {crew: [{id: a, times: 10001}]}, expect: {outcome: eligible}", ["7:63: Uno: 'times': 10001 does not lie between 1 and 10000"]),
    ("case", "facts: {crew: [{id: a, times: x}]}, expect: {outcome: eligible}", ["7:63: Uno: 'times': 'x' is not a number"]),
    ("case", "vary: {cap: 1.00 EUR, cp: x}, expect: {outcome: eligible}", ["7:55: Uno: no parameter is called 'cp'; did you mean 'cap'?"]),
    ("case", "expect: {findings: {first: yes, frst: no}}", ["7:65: Uno: no condition is called 'frst'; did you mean 'first'?"]),
    ("case", "expect: {findings: {first: maybe}}", ["7:60: findings: 'maybe' cannot stand here; it is yes, no, unknown, not_applicable or pending"]),
    ("case", "expect: {margins: {first: 1, frst: 1}}", ["7:62: Uno: no condition is called 'frst'; did you mean 'first'?"]),
    ("case", "expect: {confidence: {first: official, plain: official, loan: official, last: official, deadline: official, to_do: official, nothing: official}}", ["7:158: Uno: no rule is called 'nothing'"]),
    ("case", "expect: {confidence: {first: sure}}", ["7:62: confidence: 'sure' cannot stand here; it is official, secondary, inferred or assumed"]),
    ("case", "expect: {missing: [cost, crew, cap, crew.fee, 'crew[a].fee', crew.fe, zone, granted]}", ["7:94: Uno: no fact, table or parameter of this measure is called 'crew.fe'; did you mean 'crew.fee'?", "7:103: Uno: no fact, table or parameter of this measure is called 'zone'; did you mean 'owner'?", "7:109: Uno: no fact, table or parameter of this measure is called 'granted'; did you mean 'granted_on'?"]),
    ("case", "expect: {support: {loan: 1, own_share: 1, grnt: 1}}", ["7:75: Uno: no line of support is called 'grnt'; did you mean 'grant'?"]),
    ("case", "expect: {support: {loan: {from: 1}}}", ["7:58: loan: a key is missing: 'to'"]),
    ("case", "expect: {spending: {planned: {works: 1, total: 1, wrks: 1}, plannd: {}}}", ["7:93: Uno: no plan is called 'plannd'; did you mean 'planned'?", "7:83: Uno: no line of spending is called 'wrks'; did you mean 'works'?"]),
    ("case", "expect: {tranches: {first_one: {amount: 1, due: yes}, fist: {}}}", ["7:87: Uno: no tranche is called 'fist'; did you mean 'first_one'?"]),
    ("case", "expect: {tranches: {last: {due: perhaps, waits_for: x}}}", ["7:65: last: 'perhaps' cannot stand here; it is yes, no, unknown or not_applicable", "7:85: last: a list belongs here, not the text 'x'"]),
    ("case", "expect: {terms: {deadline: {state: late}, dedline: {}}}", ["7:75: Uno: no term is called 'dedline'; did you mean 'deadline'?"]),
    ("case", "expect: {terms: {deadline: {state: lost}}}", ["7:68: deadline: 'lost' cannot stand here; it is kept, late, open, unknown, before, inside, after, standing, not_applicable, running, ended or broken"]),
    ("case", "expect: {duties: {to_do: {}, to_dp: {}}}", ["7:62: Uno: no duty is called 'to_dp'; did you mean 'to_do'?"]),
    ("case", "expect: {tensions: [apart, aprt]}", ["7:60: Uno: no tension is called 'aprt'; did you mean 'apart'?"]),
    ("case", "expect: {stages: {admission: eligible, admision: eligible}}", ["7:82: stages: 'eligible' cannot stand here; it is admission, assessment, selection, award, payment, reporting or upkeep"]),
    ("whole", "cases: []\n", ["6:8: this is empty: at least 1 belongs here"]),
    ("whole", "cases:\n  - {name: Uno, on: 2022-02-30, expect: {outcome: eligible}}\n", ["7:21: Uno: the day 2022-02-30 does not exist"]),
    ("whole", "cases:\n  - {name: Uno, expect: {outcome: eligible}}\n", ["7:5: cases: a key is missing: 'on'"]),
    ("whole", "cases:\n  - {name: Uno, on: 2022-06-01, expect: {outcome: eligible}}\n  - {name: Uno, on: 2022-06-02, expect: {outcome: eligible}}\n", ["8:12: Uno: another case has this name; first at c.yaml:7:12"]),
    ("whole", "cases: [Uno]\n", ["6:9: cases: a mapping belongs here, not the text 'Uno'"]),
    ("selection", "applications: [{id: a}], expect: {}", ["8:12: Due: the selection expects nothing"]),
    ("selection", "applications: [], expect: {funded: 1}", ["8:47: selections: this is empty: at least 1 belongs here"]),
    ("selection", "applications: [{id: a, facts: {cst: 1}}], expect: {funded: 1}", ["8:64: Due: no fact or table is called 'cst'; did you mean 'cost'?"]),
    ("selection", "applications: [{id: a, like: al}], expect: {funded: 1}", ["8:62: Due: no base is called 'al'; did you mean 'all'?"]),
    ("selection", "applications: [{id: a, like: all, without: [gain]}], expect: {funded: 1}", ["8:77: Due: 'gain' is not among the facts, so it cannot be taken away"]),
    ("selection", "applications: [{id: a, window: way}], expect: {funded: 1}", ["8:64: Due: no window is called 'way'; did you mean 'way_in'?"]),
    ("selection", "applications: [{id: a, admitted: maybe}], expect: {funded: 1}", ["8:66: applications: 'maybe' cannot stand here; it is yes or no"]),
    ("selection", "applications: [{id: 'a{n}', times: 0}], expect: {funded: 1}", ["8:53: Due: 'times': 0 does not lie between 1 and 10000"]),
    ("selection", "applications: [{id: 'a{n}', times: 10001}], expect: {funded: 1}", ["8:53: Due: 'times': 10001 does not lie between 1 and 10000"]),
    ("selection", "applications: [{id: a, times: 2, facts: {cost: {first: x, step: 1}}}], expect: {funded: 1}", ["8:53: Due: a fact that counts says its 'first' and its 'step' as numbers"]),
    ("selection", "applications: [{id: a, times: 2, facts: {cost: {first: [1], step: 1}}}], expect: {funded: 1}", ["8:53: Due: a fact that counts says its 'first' and its 'step' as numbers"]),
    ("selection", "applications: [{id: a}], approved_on: 2022-02-30, withdraw: {a: 2022-13-01}, expect: {funded: 1}", ["8:71: Due: the day 2022-02-30 does not exist", "8:97: Due: the day 2022-13-01 does not exist"]),
    ("selection", "applications: [{id: a}], vary: {cp: x}, expect: {funded: 1}", ["8:65: Due: no parameter is called 'cp'; did you mean 'cap'?"]),
    ("selection", "applications: [{id: a}], expect: {left: {pot: 1, pott: 2}}", ["8:82: Due: no envelope is called 'pott'; did you mean 'pot'?"]),
    ("selection", "applications: [{id: a}], expect: {given: {from: 1}}", ["8:74: given: a key is missing: 'to'"]),
    ("selection", "applications: [{id: a}], expect: {error: conflict}", ["8:74: expect: 'conflict' cannot stand here; it is bad_facts, bad_rules or not_encoded"]),
    ("selection", "applications: [{id: a}], expect: {confidence: sure}", ["8:79: expect: 'sure' cannot stand here; it is official, secondary, inferred or assumed"]),
    ("whole", "cases: [{name: Uno, on: 2022-06-01, expect: {outcome: eligible}}]\nselections:\n  - {name: Due, on: 2022-06-31, applications: [{id: a}], expect: {funded: 1}}\n  - {name: Due, on: 2022-06-01, applications: [{id: a}], expect: {funded: 1}}\n", ["8:21: Due: the day 2022-06-31 does not exist", "9:12: Due: another selection has this name; first at c.yaml:8:12"]),
    ("case", "facts: {cost: 1.005, gain: x, crew: [{id: a, fee: 101}, {fee: 1}]}, expect: {outcome: eligible}", [
        "7:47: Uno: cost: '1.005' has 3 decimals; expected a number from 0.00 to 1000000.00 EUR, at most 2 decimals",
        "7:60: Uno: gain: 'x' is not a number: write 1234.50; expected a number from 0.00 to 1000000.00 EUR, at most 2 decimals",
        "7:83: Uno: crew[0].fee: '101' is above the greatest that can be, 100.00 EUR",
        "7:89: Uno: crew[1]: every record needs its id, which tells it from the others",
    ]),
    ("case", "facts: {crew: [{id: 'a{n}', fee: 1, times: 3}, {id: b, fee: y}, {id: 'c{n}', tax: 1, times: 2}]}, expect: {outcome: eligible}", [
        "7:93: Uno: crew[3].fee: 'y' is not a number: write 1234.50; expected a number from 0.00 to 100.00 EUR, at most 2 decimals",
        "7:115: Uno: crew[4].tax: '1' is no codice fiscale: it has 1 digits, not 11",
        "7:115: Uno: crew[5].tax: '1' is no codice fiscale: it has 1 digits, not 11",
    ]),
    ("case", "facts: {crew: {records: [{id: a, fee: y}], complete: no}}, expect: {outcome: eligible}", [
        "7:71: Uno: crew.records[0].fee: 'y' is not a number: write 1234.50; expected a number from 0.00 to 100.00 EUR, at most 2 decimals",
    ]),
    ("case", "facts: {cost: x}, expect: {error: bad_facts}", []),
    ("case", "facts: {crew: [{id: a, times: 10000}]}, expect: {outcome: eligible}", ["7:47: Uno: crew: 10000 records; at most 9 are allowed"]),
    ("case", "facts: {granted_on: 2022-06-02}, expect: {outcome: eligible}", ["7:53: Uno: granted_on: 2022-06-02 has not happened yet on 2022-06-01: write not_yet"]),
    ("whole", "cases:\n  - {name: Uno, on: 2022-13-01, facts: {cost: x}, expect: {outcome: eligible}}\n", [
        "7:21: Uno: the day 2022-13-01 does not exist",
        "7:47: Uno: cost: 'x' is not a number: write 1234.50; expected a number from 0.00 to 1000000.00 EUR, at most 2 decimals",
    ]),
    ("case", "expect: {support: {loan: 5000.0x, own_share: {from: a, to: 2}}, spending: {planned: {works: 1e5}}, tranches: {first_one: {amount: b}}, margins: {first: 1/3, second: c}, score: {total: d, cost: yes}}", [
        "7:58: Uno: '5000.0x' is not an amount, such as 1234.50",
        "7:85: Uno: 'a' is not an amount, such as 1234.50",
        "7:125: Uno: '1e5' is not an amount, such as 1234.50",
        "7:163: Uno: 'b' is not an amount, such as 1234.50",
        "7:198: Uno: 'c' is not a margin: a number, or a share such as 1/3",
        "7:217: Uno: 'd' is not a number, nor yes, no or unknown",
    ]),
    ("case", "expect: {terms: {deadline: {day: 1/2/2022}}, duties: {to_do: {day: {from: 2022-01-01, to: soon}}}}", [
        "7:66: Uno: '1/2/2022' is not a day, such as 2026-01-31, nor a day with its hour, such as 2026-01-31T12:00",
        "7:123: Uno: 'soon' is not a day, such as 2026-01-31, nor a day with its hour, such as 2026-01-31T12:00",
    ]),
    ("selection", "applications: [{id: a, facts: {cost: x}}, {id: 'b{n}', times: 2, facts: {gain: -1}}], expect: {funded: two, given: a, left: {pot: b}, place: {a: first}, amount: {a: c}, standing: {a: fundd}}", [
        "8:70: Due: a: cost: 'x' is not a number: write 1234.50; expected a number from 0.00 to 1000000.00 EUR, at most 2 decimals",
        "8:112: Due: b1: gain: '-1' is below the least that can be, 0.00 EUR",
        "8:112: Due: b2: gain: '-1' is below the least that can be, 0.00 EUR",
        "8:136: Due: 'two' is not a number of applications",
        "8:163: Due: 'b' is not an amount, such as 1234.50",
        "8:198: Due: 'c' is not an amount, such as 1234.50",
        "8:148: Due: 'a' is not an amount, such as 1234.50",
        "8:178: Due: 'first' is not a place, such as 12",
        "8:216: Due: 'fundd' is not where an application stands: funded, listed, waiting, not_funded, depends, not_admitted, displaced, not_received, withdrawn; did you mean 'funded'?",
    ]),
]  # fmt: skip

SOUND = [
    ("case", "expect: {outcome: eligible}"),
    ("case", "expect: {error: conflict}"),
    ("case", "like: all, expect: {outcome: eligible}"),
    ("case", "facts: {gain: 1}, without: gain, expect: {outcome: eligible}"),
    ("case", "facts: {crew: [{id: 'a{n}', times: 2}]}, expect: {outcome: eligible}"),
    ("case", "expect: {support: {loan: {from: 1, to: 2}}}"),
    ("case", "expect: {score: {total: 1}}"),
    ("selection", "applications: [{id: a}], expect: {funded: 1}"),
    ("selection", "applications: [{id: a, window: way_in, admitted: yes}], expect: {funded: 1}"),
    ("selection", "applications: [{id: 'a{nnn}', times: 10000}], expect: {funded: 1}"),
    ("selection", "applications: [{id: a, times: 2, facts: {cost: {first: 1, step: -1}}}], expect: {funded: 1}"),
    ("selection", "applications: [{id: a}], expect: {error: bad_facts}"),
]  # fmt: skip


def told(text, book):
    tree, faults = read_text(HEAD + text, "c.yaml"), []
    form = fill(CasesForm, tree, faults)
    if form is not None:
        cases_of(form, tree, faults)
        selections_of(form, faults)
        faults += check_case_names(form, book)
        faults += misread_facts(form, book.vocabulary)
        faults += misread_expectations(form)
    return [str(fault).removeprefix("c.yaml:") for fault in faults]


@pytest.mark.parametrize(("kind", "text", "faults"), WRONG)
def test_what_is_wrong_in_a_case_is_told_at_its_place(book, kind, text, faults):
    assert told(TEMPLATES[kind].replace("@@", text), book) == faults


@pytest.mark.parametrize(("kind", "text"), SOUND)
def test_what_a_case_may_say(book, kind, text):
    assert told(TEMPLATES[kind].replace("@@", text), book) == []


@pytest.fixture
def bare(small):
    return small(
        "provisions:\n  - cite: {act: uno}\n    admission:\n      rule: {provision: P.1, text: a, holds: young}\n"
    )


def test_a_case_expects_nothing_that_its_measure_has_not(bare):
    text = "expect: {score: {total: 1}, support: {g: 1}, spending: {p: {}}, tranches: {t: {}}}"
    assert told(TEMPLATES["case"].replace("@@", text), bare) == [
        "7:71: Uno: no line of support is called 'g'",
        "7:89: Uno: no plan is called 'p'",
        "7:108: Uno: no tranche is called 't'",
        "7:12: Uno: the case expects a score, and the measure has none",
    ]
    text = "applications: [{id: a}], expect: {funded: 1}"
    assert told(TEMPLATES["selection"].replace("@@", text), bare) == ["8:12: Due: the measure has no selection"]


def test_cases_stand_beside_their_own_measure(bare):
    text = HEAD.replace("breve", "altra") + TEMPLATES["case"].replace("@@", "expect: {outcome: eligible}")
    faults = check_case_names(fill(CasesForm, read_text(text, "c.yaml"), []), bare)
    assert [str(fault) for fault in faults] == [
        "c.yaml:2:10: measure: these cases stand beside the measure 'prova/breve'"
    ]


CASES = """\
format: 1
measure: prova/breve
bases:
  all: {cost: 1, gain: 2, crew: [{times: 2, id: "a{n}", fee: "{n}", other: [x]}, {id: b}]}
cases:
  - name: Uno
    like: all
    on: 2022-06-01
    facts: {gain: 3, zone: hill}
    without: [cost]
    vary: {cap: 2.00 EUR, rungs: [1 points, 2 points]}
    expect:
      outcome: eligible
      support: {loan: {from: 1, to: 2}, grant: 3}
      tranches: {last: {due: yes, waits_for: [a, b]}}
      missing: []
  - {name: Due, on: 2022-06-02, expect: {error: conflict}}
selections:
  - name: Tre
    on: 2022-06-03
    approved_on: 2022-06-04
    vary: {cap: 3.00 EUR}
    applications:
      - {id: "D-{n}-{nn}-{nnn}", times: 2, like: all, without: gain, facts: {cost: {first: 9.50, step: -0.25}, owner: "o{nn}", deep: {a: "{n}", first: x}}, filed_at: "2022-01-01T09:00:{nn}", admitted: yes, window: w}
      - {id: solo}
    withdraw: {solo: 2022-07-01}
    expect: {funded: 1, left: {pot: {from: 0, to: 1}}, reasons: {solo: late}, rests_on: [a]}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, "utf-8")
    return path


def test_a_case_is_its_base_with_what_is_added_replaced_and_taken_away(file):
    one, two = read_cases(file)
    crew = [{"id": "a1", "fee": "1", "other": ["x"]}, {"id": "a2", "fee": "2", "other": ["x"]}, {"id": "b"}]
    assert (one.name, one.facts, one.on) == ("Uno", {"gain": "3", "crew": crew, "zone": "hill"}, dt.date(2022, 6, 1))
    assert one.vary == {"cap": "2.00 EUR", "rungs": "[1 points, 2 points]"}
    assert list(one.expect) == ["missing", "outcome", "support", "tranches"]
    assert one.expect["support"] == {"loan": {"from": "1", "to": "2"}, "grant": "3"}
    assert one.expect["tranches"] == {"last": {"due": "yes", "waits_for": ("a", "b")}}
    assert one.expect["missing"] == ()
    assert (one.place.line, one.place.column) == (6, 5)
    assert (two.name, two.facts, two.vary, two.expect) == ("Due", {}, {}, {"error": "conflict"})


def test_an_application_written_several_times_counts(file):
    (tre,) = read_selection_cases(file)
    one, two, solo = tre.applications
    assert (one.id, two.id, solo.id) == ("D-1-01-001", "D-2-02-002", "solo")
    crew = [{"id": "a1", "fee": "1", "other": ["x"]}, {"id": "a2", "fee": "2", "other": ["x"]}, {"id": "b"}]
    assert one.facts == {"cost": "9.50", "crew": crew, "owner": "o01", "deep": {"a": "1", "first": "x"}}
    assert two.facts == {"cost": "9.25", "crew": crew, "owner": "o02", "deep": {"a": "2", "first": "x"}}
    assert (two.filed_at, two.admitted, two.window) == ("2022-01-01T09:00:02", "yes", "w")
    assert (solo.facts, solo.filed_at, solo.admitted, solo.window) == ({}, None, None, None)


def test_a_worked_selection_says_when_it_is_asked_and_what_must_come_out(file):
    (tre,) = read_selection_cases(file)
    assert (tre.name, tre.on, tre.approved_on) == ("Tre", dt.date(2022, 6, 3), dt.date(2022, 6, 4))
    assert (tre.vary, tre.withdraw) == ({"cap": "3.00 EUR"}, (("solo", dt.date(2022, 7, 1)),))
    assert tre.expect == {
        "funded": "1",
        "left": {"pot": {"from": "0", "to": "1"}},
        "reasons": {"solo": ("late",)},
        "rests_on": ("a",),
    }
    assert (tre.place.line, tre.place.column) == (19, 11)
    file.write_text(
        CASES.replace("    approved_on: 2022-06-04\n", "").replace("    withdraw: {solo: 2022-07-01}\n", "")
    )
    (plain,) = read_selection_cases(file)
    assert (plain.approved_on, plain.withdraw) == (None, ())


def test_files_of_cases_that_are_wrong_are_refused_with_all_that_is_wrong(file):
    wrong = CASES.replace("2022-06-02", "2022-06-32").replace("like: all", "like: al", 1).replace("2022-06-03", "x")
    file.write_text(wrong)
    with pytest.raises(BadRules) as caught:
        read_cases(file)
    assert [(fault.place.line, fault.message) for fault in caught.value.faults] == [
        (7, "no base is called 'al'"),
        (17, "the day 2022-06-32 does not exist"),
    ]
    with pytest.raises(BadRules) as caught:
        read_selection_cases(file)
    assert [(fault.place.line, fault.message) for fault in caught.value.faults] == [
        (20, "'x' is not a day written like 2022-01-31")
    ]


def test_a_fact_of_a_base_is_told_of_the_base(book):
    text = "bases:\n  all: {cost: x}\ncases:\n"
    text += "".join(
        f"  - {{name: {name}, like: all, on: 2022-06-01, expect: {{outcome: eligible}}}}\n" for name in ("Uno", "Due")
    )
    tree, faults = read_text("format: 1\nmeasure: prova/breve\n" + text, "c.yaml"), []
    form = fill(CasesForm, tree, faults)
    assert sorted({str(fault) for fault in misread_facts(form, book.vocabulary)}) == [
        "c.yaml:4:15: all: cost: 'x' is not a number: write 1234.50; expected a number from 0.00 to 1000000.00 EUR, at most 2 decimals"
    ]


def test_where_an_application_may_stand_is_what_a_selection_says(book):
    assert set(STANDINGS) == set(Standing)
