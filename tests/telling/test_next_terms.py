# SPDX-License-Identifier: Apache-2.0
"""Right under the outcome: what is late and not done, and the first term that runs, with its last day."""

from __future__ import annotations

import datetime as dt

import pytest

import misure
from misure.telling.chapters.page import Mark
from tests.telling.told_measures import lines, opened

NEXT = {"it": "Prossimi termini", "en": "Next terms"}
LATE = {"it": "In ritardo, e non ancora fatto", "en": "Late, and not done yet"}
VOCABULARY = """
events:
  papers_on: {label: documenti, question: "Quando?"}
  more_time_on: {label: proroga, question: "Quando?"}
  ended_on: {label: fine, question: "Quando?"}
facts:
  extra: {unit: days, least: "0", greatest: "30", label: giorni in più, question: "Quanti?"}
flags:
  sound: {label: solida, question: "Lo è?"}
"""
RULES = """
parameters:
  ten: 10 days
  twenty: 20 days
  thirty: 30 days
  sixty: 60 days
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      solid: {provision: P.1, text: "Solida", holds: sound}
  - cite: {act: uno, at: "art. 2"}
    terms:
      end: {provision: P.2, text: "Fine", by: "granted_on + days(sixty + extra)", done: ended_on, regime: fixed_instant, peremptory: unknown, stage: upkeep, effect: unstated}
      ask: {provision: P.3, text: "Proroga", by: "granted_on + days(thirty)", done: more_time_on, regime: fixed_instant, peremptory: yes, stage: upkeep, effect: none}
      last: {provision: P.4, text: "Documenti al più tardi", by: "granted_on + days(twenty)", done: papers_on, regime: fixed_instant, peremptory: yes, stage: upkeep, effect: revokes}
      early: {provision: P.5, text: "Documenti", by: "granted_on + days(ten)", done: papers_on, regime: fixed_instant, peremptory: no, stage: upkeep, effect: none}
"""
PAPERS = "waiting Documenti: ancora aperto | ultimo giorno: 11 giugno 2024 | termine non perentorio"
LAST = "21 giugno 2024, termine perentorio"
ASK = "waiting Proroga: ancora aperto | ultimo giorno: 1 luglio 2024 | termine perentorio"
END = "waiting Fine: ancora aperto | ultimo giorno: {day} | le fonti lette non dicono se il termine è perentorio"
GRANTED = {"sound": True, "granted_on": "2024-06-01", "extra": 0}
DONE = {"papers_on": "2024-06-05"}
NEXTS = [
    # The first, with the later term of the same thing.
    ({}, "2024-06-05", [f"{PAPERS} | poi: Documenti al più tardi: {LAST}"]),
    # What is not told may be still to do: no day of it is past.
    ({"papers_on": "not_yet"}, "2024-06-11", [f"{PAPERS} | poi: Documenti al più tardi: {LAST}"]),
    # Late by the first of its terms, in time by the last.
    ({"papers_on": "not_yet"}, "2024-06-12", ["waiting Documenti al più tardi: ancora aperto | ultimo giorno: 21 giugno 2024 | termine perentorio"]),
    # Nobody must ask for more time: the first term that binds is told too.
    (DONE, "2024-06-12", [ASK, END.format(day="31 luglio 2024")]),
    (DONE | {"more_time_on": "2024-06-10"}, "2024-06-12", [END.format(day="31 luglio 2024")]),
    (DONE | {"more_time_on": "not_yet"}, "2024-07-02", [END.format(day="31 luglio 2024")]),
    (DONE | {"more_time_on": "2024-06-10", "extra": None}, "2024-06-12", [
        END.format(day="fra il 31 luglio 2024 e il 30 agosto 2024") + " | l'ultimo giorno dipende da: «giorni in più»"]),
    # Nothing runs of what has not begun, nor of what nobody has told.
    ({"granted_on": "not_yet"}, "2024-06-12", []),
    ({"granted_on": None}, "2024-06-12", []),
    # Nothing runs for who is refused, or has lost the award.
    ({"sound": False}, "2024-06-05", []),
    ({"papers_on": "not_yet"}, "2024-06-22", []),
]  # fmt: skip


@pytest.fixture
def measure(tmp_path):
    return opened(tmp_path, RULES, vocabulary=VOCABULARY)


def decided(measure, more, on):
    facts = {name: told for name, told in (GRANTED | more).items() if told is not None}
    return measure.decide(facts, on=dt.date.fromisoformat(on))


@pytest.mark.parametrize(("more", "on", "told"), NEXTS, ids=[str(n) for n, _ in enumerate(NEXTS)])
def test_the_first_terms_that_run(measure, more, on, told):
    assert lines(decided(measure, more, on), NEXT["it"]) == told


@pytest.mark.parametrize(("granted", "told"), [
    ("2024-06-01", ["waiting Fine: ancora aperto | ultimo giorno: 31 luglio 2024"]), ("not_yet", []), (None, []),
])  # fmt: skip
def test_what_is_counted_from_a_day_that_is_worked_out_runs_once_that_has_happened(tmp_path, granted, told):
    by = ("granted_on + days(sixty + extra)", "moved + days(extra)")
    moved = """    definitions:
      moved: {is: "granted_on + days(sixty)", label: fine spostata}
"""
    rules = RULES.replace(*by).replace("    terms:\n      end", f"{moved}    terms:\n      end")
    measure = opened(tmp_path, rules, vocabulary=VOCABULARY)
    decision = decided(measure, DONE | {"more_time_on": "2024-06-05", "granted_on": granted}, "2024-06-12")
    assert [line.partition(" | le fonti")[0] for line in lines(decision, NEXT["it"])] == told


def test_what_is_late_and_not_done_is_told_before_what_is_still_to_come(measure):
    decision = decided(measure, DONE | {"more_time_on": "not_yet", "ended_on": "not_yet"}, "2024-08-01")
    [end] = lines(decision, LATE["it"])
    assert end.split(" | ") == [
        "failed Fine: in ritardo", "non ancora avvenuto", "ultimo giorno: 31 luglio 2024",
        "le fonti lette non dicono se il termine è perentorio", "le fonti lette non dicono che cosa segue al ritardo",
    ]  # fmt: skip
    soft = {"it": "termine non perentorio", "en": "not a peremptory term"}
    late = decided(measure, {"papers_on": "not_yet"}, "2024-06-12")
    for language, said in soft.items():
        [papers] = lines(
            late, LATE[language], language
        )  # a later term of the same thing still runs, and is told as the next
        assert papers.startswith("failed Documenti: ")
        assert papers.endswith(f" | {said}")
        assert [line.partition(":")[0] for line in lines(late, NEXT[language], language)] == [
            "waiting Documenti al più tardi"
        ]
    done = decided(measure, DONE | {"more_time_on": "not_yet", "ended_on": "2024-08-01"}, "2024-08-01")
    assert lines(done, LATE["it"]) == lines(done, NEXT["it"]) == []
    lost = decided(measure, {"papers_on": "not_yet"}, "2024-06-22")
    assert [lapse.id for lapse in lost.lapses] == ["last"]
    assert lines(lost, LATE["it"]) == []


@pytest.mark.parametrize("language", ["it", "en"])
def test_they_stand_first_on_the_page_and_in_html(measure, language):
    explained = misure.explain(decided(measure, {}, "2024-06-05"), language)
    first = explained.page.sections[0]
    assert (first.title, [line.mark for line in first.lines]) == (NEXT[language], [Mark.WAITING])
    html = explained._repr_html_()
    assert html.index(NEXT[language]) < html.index("<section>", html.index(NEXT[language]))
    assert html.index("<h4>") == html.index(f"<h4>{NEXT[language]}")


def test_an_application_still_to_be_filed_is_the_next_thing_and_nothing_counted_from_its_filing():
    verso = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    decision = verso.decide({"filed_on": "not_yet", "size": "small"}, on=dt.date(2025, 7, 1))
    [window] = lines(decision, NEXT["it"])
    assert window.startswith("waiting Domanda presentata dalle ore 10:30 del 3 giugno 2025")
    assert "chiude: 9 settembre 2025 alle 12:00" in window


BY_THE_HOUR = {
    "it": "ancora da presentare, e in questo giorno conta l'ora | apre: 3 giugno 2025 alle 10:30; chiude: 9 settembre 2025 alle 12:00",
    "en": "still to be filed, and on this day the hour counts | opens: 3 June 2025 at 10:30; closes: 9 September 2025 at 12:00",
}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize(("on", "open_"), [
    ((2025, 6, 2), False), ((2025, 6, 3), True), ((2025, 9, 9), True), ((2025, 9, 10), False),
], ids=["the day before", "the first", "the last", "the day after"])  # fmt: skip
def test_on_the_first_and_on_the_last_day_of_a_window_the_hour_counts(on, open_, language):
    verso = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    decision = verso.decide({"filed_on": "not_yet", "size": "small"}, on=dt.date(*on))
    found = lines(decision, NEXT[language], language)
    assert [line.startswith("waiting ") and BY_THE_HOUR[language] in line for line in found] == [True] * open_


def test_a_window_whose_days_no_source_gives_is_not_told_as_the_next():
    filiere = misure.catalogue()["lombardia/filiere"]
    decision = filiere.decide({"filed_on": "not_yet"}, on=dt.date(2022, 2, 24))
    assert lines(decision, NEXT["it"]) == []


def test_after_the_grant_the_papers_of_the_contract_come_first():
    verso = misure.catalogue()["lombardia/verso-nuovi-mercati"]
    decision = verso.decide({"filed_on": "2025-06-10", "granted_on": "2025-12-15"}, on=dt.date(2025, 12, 20))
    [papers] = lines(decision, NEXT["it"])
    assert "ultimo giorno: 13 febbraio 2026" in papers
    assert "180 giorni dalla concessione: 13 giugno 2026, termine perentorio" in papers
