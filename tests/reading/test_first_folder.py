# SPDX-License-Identifier: Apache-2.0
"""A first folder passes the checks whatever was answered, its cases come out as they say, and nothing stands in it that was not told."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import fields

import pytest

import misure
from misure.reading.packages.first.answers import QUESTIONS, Answers, read_answers
from misure.reading.packages.first.drafted import SCHEME
from misure.reading.packages.first.folder import files_of, write_folder
from misure.testing.rule_check import check_rules
from misure.testing.worked_cases import run_cases

ALWAYS = {"title": 'Vetrine: "prove"', "act": "Decreto 5678", "act_date": "2026-01-15"}
FULL = ALWAYS | {
    "read": "partly", "sizes": "small, micro", "lombard_seat": "yes", "budget": "300000.00", "form": "grant", "share": "40%",
    "maximum": "10000.00", "minimum_spend": "5000", "opens": "2026-03-02 10:00", "closes": "2026-04-30 16:00", "threshold": "65/100",
    "report_days": "90",
}  # fmt: skip
DRAWN = {
    "read": ["partly", "not"], "sizes": ["micro", "large", "micro, small, medium", "small,large", "micro, small, medium, large"],
    "lombard_seat": ["yes", "no"], "budget": ["0.01", "300000.00"], "share": ["100%", "0.5%", "33.33%", "40%"],
    "maximum": ["0.01", "10000.00", "99999999.99"], "minimum_spend": ["0.01", "5000", "100000.00"],
    "threshold": ["0.01/0.01", "65/100", "12.5/25"], "report_days": ["1", "90", "365"],
}  # fmt: skip
WINDOWS = [
    ("2026-01-15", "2026-01-15"), ("2026-03-02", "2026-03-02"), ("2026-03-02", "2026-03-03"), ("2026-03-02 00:00", "2026-04-30 23:59:59"),
    ("2026-03-02 10:00", "2026-03-02 10:00:01"), ("2026-03-02 10:00", "2026-04-30"), ("2026-03-02", "2026-04-30 16:00"),
]  # fmt: skip


def drawn(chosen: random.Random) -> dict[str, str]:
    told = dict(ALWAYS)
    for key, values in DRAWN.items():
        if chosen.random() < 0.6:
            told[key] = chosen.choice(values)
    if {"share", "maximum"} & told.keys():
        told["form"] = chosen.choice(["grant", "loan"])
    if chosen.random() < 0.8:
        told["opens"], told["closes"] = chosen.choice(WINDOWS)
    return told


def test_whatever_is_answered_the_folder_is_sound_and_its_cases_come_out(tmp_path):
    chosen = random.Random(5)
    for number in range(60):
        write_folder(tmp_path, f"esempio/prova-{number}", read_answers(drawn(chosen)))
    write_folder(tmp_path, "esempio/prova-piena", read_answers(FULL))
    write_folder(tmp_path, "esempio/prova-nulla", read_answers(ALWAYS))
    assert [str(fault) for fault in check_rules({tmp_path: None})] == []
    ran = [
        result
        for measure in misure.catalogue([tmp_path]).values()
        if measure.id.startswith("esempio/prova-")
        for result in run_cases(measure)
    ]
    assert [str(result) for result in ran if not result.passed] == []
    assert len(ran) > 200


def test_each_answer_stands_where_the_scheme_has_it(tmp_path):
    write_folder(tmp_path, "esempio/vetrine-nuove", read_answers(FULL))
    book = misure.catalogue([tmp_path])["esempio/vetrine-nuove"].rulebook
    assert (book.title, book.subject) == (FULL["title"], "impresa")
    (act,) = book.acts.values()
    assert (act.type, act.number, act.date) == ("Decreto", "5678", dt.date(2026, 1, 15))
    places = {one.id: one.cite.at for one in (*book.conditions, *book.terms)}
    assert places == {
        "admitted_size": "A.3", "lombard_seat": "A.3", "minimum_spend_reached": "B.3", "application_window": "C.1", "reaches_threshold": "C.3",
        "report": "C.4",
    }  # fmt: skip
    assert book.support.lines[0].cite.at == "B.1"
    ids = {section: f"VN.{number:02}" for number, section in enumerate(SCHEME, 1)}
    assert set(book.not_modelled) == {ids[section] for section in SCHEME} - {
        ids[one] for one in ("A.3", "A.5", "B.1", "B.3", "C.1", "C.3", "C.4")
    }


def test_of_what_was_not_told_nothing_is_written():
    files = files_of("esempio/vetrine", read_answers(ALWAYS))
    assert "parameters:" not in files["measure.yaml"]
    assert files["SOURCES.md"].count("non ancora letto") == len(SCHEME)
    # Who may apply whatever the size, and needs no seat, has no condition.
    open_ = files_of(
        "esempio/vetrine", read_answers(ALWAYS | {"sizes": "micro,small,medium,large", "lombard_seat": "no"})
    )
    assert "provisions:" not in open_["measure.yaml"]
    # A share that nobody told is unknown, and not all or nothing.
    most = files_of("esempio/vetrine", read_answers(ALWAYS | {"form": "grant", "maximum": "7.00"}))["measure.yaml"]
    assert 'support_share: {unknown: "non ancora letta", between: [0%, 100%]' in most


WRONG = [
    ({"title": ""}, ["title: this is asked always, written like: Vetrine: contributi per rinnovare i negozi"]),
    ({"act": "Decreto"}, ["act: 'Decreto' is not the kind of an act and its number, such as 'Decreto 5678'"]),
    ({"act_date": "15/1/2026"}, ["act_date: '15/1/2026' is not a day written like 2022-01-31"]),
    ({"read": "whole"}, ["read: 'whole' cannot stand here; it is partly or not"]),
    ({"sizes": "micro, smal"}, ["sizes: 'smal' cannot stand here; it is micro, small, medium or large; did you mean 'small'?"]),
    ({"budget": "1.000,00", "threshold": "65"}, [
        "budget: '1.000,00' is not a number; write 1000.00",
        "threshold: '65' is not the points that are enough of the most that there are, such as 65/100",
    ]),
    ({"budget": "0"}, ["budget: 0 does not lie between 0.01 and 1000000000"]),
    ({"share": "0%", "form": "grant"}, ["share: the share 0% is nothing, or has more than four decimals"]),
    ({"form": "grant"}, ["form: of a support the share or the maximum is told too"]),
    ({"share": "40%"}, ["form: a share or a maximum is of a support: tell its form, grant or loan"]),
    ({"opens": "2026-03-02"}, ["closes: a window is from a day to a day: tell both, or neither"]),
    ({"opens": "2026-03-02 10:00", "closes": "2026-03-02 09:59"}, ["closes: the window closes before it opens"]),
    ({"opens": "2026-01-14", "closes": "2026-03-02"}, ["opens: the window opens before the day of the act"]),
    ({"opens": "2026-03-02 25:00", "closes": "2026-03-03"}, ["opens: 25:00 does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59"]),
    ({"threshold": "101/100"}, ["threshold: 101/100: the points that are enough lie between nothing and the most that there are, at most 10000"]),
    ({"report_days": "0"}, ["report_days: 0 does not lie between 1 and 3650"]),
    ({"bugdet": "5"}, ["bugdet: nothing of that name is asked; did you mean 'budget'?"]),
]  # fmt: skip


@pytest.mark.parametrize(("told", "faults"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_answered(told, faults):
    with pytest.raises(misure.BadRules) as caught:
        read_answers(ALWAYS | told)
    assert [str(fault).removeprefix("<answers>: ") for fault in caught.value.faults] == faults


def test_every_question_is_answered_by_its_field():
    assert [one.key for one in QUESTIONS] == [one.name for one in fields(Answers)]
    assert [one.section for one in QUESTIONS] == sorted(one.section for one in QUESTIONS)
    assert {one.section for one in QUESTIONS} <= set(SCHEME)
