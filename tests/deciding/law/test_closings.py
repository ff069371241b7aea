# SPDX-License-Identifier: Apache-2.0
"""Calls end: on a last day, before it by an act, or on a day that nobody knows; and another call comes after."""

from __future__ import annotations

import datetime as dt

import pytest

import misure

ON = dt.date(2025, 12, 1)
CLOSING = """
    closing:
      text: "Domanda presentata prima della fine"
      provision: P.1
      {ends}
      succeeded_by: lombardia/altra-2026
"""


def filed(measure, day, on=ON):
    return measure.decide({"filed_on": day}, on=on)


@pytest.mark.parametrize(
    ("ends", "by_day"),
    [
        ("ends: 2025-09-30", {"2025-09-30": "yes", "2025-10-01": "no"}),
        ("closed_early: 2025-07-15", {"2025-07-15": "yes", "2025-07-16": "no"}),
        ("ends: 2025-09-30\n      closed_early: 2025-07-15", {"2025-07-15": "yes", "2025-07-16": "no", "2025-10-01": "no"}),
        (
            "ends: {unknown: 'non trovato', between: [2025-07-01, 2025-09-30], label: 'fine'}",
            {"2025-07-01": "yes", "2025-07-02": "unknown", "2025-09-30": "unknown", "2025-10-01": "no"},
        ),
        ("ends: {unknown: 'non trovato', unit: date, label: 'fine'}", {"2025-07-02": "unknown", "2025-11-30": "unknown"}),
    ],
)  # fmt: skip
def test_an_application_after_the_end_is_refused_and_open_where_the_end_is_not_known(write, ends, by_day):
    measure = write(CLOSING.format(ends=ends))
    assert {day: str(filed(measure, day)["call_open"].truth) for day in by_day} == by_day
    outcomes = {"yes": "eligible", "no": "refused", "unknown": "undecided"}
    assert {day: str(filed(measure, day).outcome) for day in by_day} == {
        day: outcomes[truth] for day, truth in by_day.items()
    }


def test_the_successor_is_named_where_it_is_too_late_and_in_the_data(write):
    measure = write(CLOSING.format(ends="ends: 2025-09-30"))
    late, in_time = filed(measure, "2025-10-01"), filed(measure, "2025-09-30")
    assert "dopo questa misura viene: lombardia/altra-2026" in str(misure.explain(late))
    assert "lombardia/altra-2026" not in str(misure.explain(in_time))
    assert late.to_dict()["succeeded_by"] == in_time.succeeded_by == "lombardia/altra-2026"
    on = dt.date(2025, 9, 30)
    assert filed(measure, "2025-09-30", on=on).succeeded_by == ""


KNOWN = "successor_known: 2025-11-20"


@pytest.mark.parametrize(
    ("ends", "more", "known"),
    [
        ("ends: 2025-09-30", "", {"2025-09-30": "", "2025-10-01": "lombardia/altra-2026"}),
        ("ends: 2025-09-30", KNOWN, {"2025-11-19": "", "2025-11-20": "lombardia/altra-2026"}),
        ("ends: 2026-09-30", KNOWN, {"2025-11-19": "", "2025-11-20": "lombardia/altra-2026"}),
        ("ends: 2025-09-30\n      closed_early: 2025-07-15", "", {"2025-07-15": "", "2025-07-16": "lombardia/altra-2026"}),
        (
            "ends: {unknown: 'non trovato', between: [2025-07-01, 2025-09-30], label: 'fine'}", "",
            {"2025-07-02": "", "2025-09-30": "", "2025-10-01": "lombardia/altra-2026"},
        ),
        ("ends: {unknown: 'non trovato', unit: date, label: 'fine'}", "", {"2025-12-01": ""}),
        ("ends: {unknown: 'non trovato', unit: date, label: 'fine'}", KNOWN, {"2025-12-01": "lombardia/altra-2026"}),
    ],
)  # fmt: skip
def test_the_successor_is_named_from_the_day_on_which_it_is_known(write, ends, more, known):
    measure = write(CLOSING.format(ends=f"{ends}\n      {more}".rstrip()))
    for day, successor in known.items():
        on = dt.date.fromisoformat(day)
        decision = filed(measure, day, on=on)
        assert (decision.succeeded_by, decision.to_dict()["succeeded_by"]) == (successor, successor or None)
        late = str(decision["call_open"].truth) != "yes"
        assert ("lombardia/altra-2026" in str(misure.explain(decision))) is (late and bool(successor))


@pytest.mark.parametrize(
    ("measure_id", "eve", "day"),
    [
        ("lombardia/export-su-misura", dt.date(2026, 9, 1), dt.date(2026, 9, 2)),
        ("lombardia/fiere-lombardia-2024-2026", dt.date(2026, 7, 6), dt.date(2026, 7, 7)),
        ("lombardia/linea-microimprese-2024", dt.date(2025, 10, 5), dt.date(2025, 10, 6)),
        ("lombardia/nuova-impresa-2025", dt.date(2026, 2, 25), dt.date(2026, 2, 26)),
    ],
)
def test_no_bundled_measure_names_a_call_that_nobody_knew(measure_id, eve, day):
    measure = misure.catalogue()[measure_id]
    for told in ({}, {"filed_on": "not_yet"}):
        assert measure.decide(told, on=eve).succeeded_by == ""
        assert "dopo questa misura viene" not in str(misure.explain(measure.decide(told, on=eve), all=True))
        assert measure.decide(told, on=day).succeeded_by == measure.rulebook.closing.succeeded_by != ""


def test_the_act_that_closes_early_is_cited(write):
    measure = write(CLOSING.format(ends="closed_early: 2025-07-15\n      by: {act: due, at: art. 9}"))
    assert str(filed(measure, "2025-07-16")["call_open"].cite) == "DGR XII/2, art. 9"


def test_where_no_act_closes_it_the_act_of_the_last_edition_is_cited(write):
    two = "editions:\n  2022-01-31: {act: uno, read: whole}\n  2024-01-31: {act: due, read: whole}\n"
    measure = write(CLOSING.format(ends="ends: 2025-09-30"), editions=two)
    assert str(filed(measure, "2025-10-01")["call_open"].cite) == "DGR XII/2"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("closing: {ends: 2025-09-30, provision: P.1}", "the end of a call has a 'text', its sentence"),
        ("closing: {text: 'fine', provision: P.1}", "'text' and 'by' are of an end"),
        ("closing: {by: {act: due}}", "'text' and 'by' are of an end"),
        ("closing: {succeeded_by: altra}", "'altra' is no id of a measure, such as 'lombardia/filiere'"),
        ("succeeds: Lombardia/Altra", "'Lombardia/Altra' is no id of a measure"),
        ("closing: {text: 'fine', ends: 2025-02-30, provision: P.1}", "2025-02-30 does not exist"),
        ("closing: {succeeded_by: a/b, successor_known: 2025-02-30}", "2025-02-30 does not exist"),
        ("closing: {successor_known: 2025-02-20}", "'successor_known' is of a successor"),
        ("closing: {successor_title: Altra}", "'successor_title' is of a successor"),
        ("succeeds: prova/breve", "a measure does not come after itself"),
    ],
)
def test_what_cannot_be_is_told(write, text, told):
    with pytest.raises(misure.BadRules) as failure:
        write(f"    {text}\n")
    assert any(told in fault.message for fault in failure.value.faults), failure.value


CHANGE = """
    parameters:
      least:
        label: "minimo"
        values:
          2022-01-31: 100.00 EUR
          2024-06-30: {{is: {after} EUR, between: [{first}, 2024-06-30]}}
    provisions:
      - cite: {{act: uno, at: art. 1}}
        admission:
          enough: {{provision: P.1, text: "Almeno {{least}}", holds: planned_implementation >= least}}
"""


@pytest.mark.parametrize(
    ("day", "spend", "truth"),
    [
        ("2024-01-31", "100.00", "yes"), ("2024-02-01", "100.00", "unknown"), ("2024-06-29", "199.99", "unknown"),
        ("2024-02-01", "200.00", "yes"), ("2024-02-01", "99.99", "no"), ("2024-06-30", "199.99", "no"),
        ("2024-06-30", "200.00", "yes"),
    ],
)  # fmt: skip
def test_a_value_that_changed_on_an_unknown_day_is_either_until_it_surely_changed(write, day, spend, truth):
    measure = write(CHANGE.format(after="200.00", first="2024-02-01"))
    decision = measure.decide({"filed_on": day, "planned_implementation": spend}, on=ON)
    assert str(decision["enough"].truth) == truth
    if truth == "unknown":
        assert [(one.name, str(one.kind)) for one in decision.missing] == [("least", "unpublished")]
        told = str(misure.explain(decision))
        assert "nessuna fonte dice in che giorno il valore è cambiato" in told
        assert "no source says on which day the value changed" in str(misure.explain(decision, "en"))


def test_the_reading_and_the_words_say_the_same():
    from misure.rulebook.acts import CHANGED
    from misure.telling.language import words

    assert words.CHANGED == CHANGED


@pytest.mark.parametrize(
    ("after", "first", "told"),
    [
        ("200.00", "2024-06-30", "the first day of the change comes before the last"),
        ("200.00", "2024-07-01", "the first day of the change comes before the last"),
        ("200.00", "2022-01-31", "begins before the value that it changes"),
        ("200.00", "2024-02-30", "2024-02-30 does not exist"),
    ],
)
def test_bounds_of_a_change_that_cannot_be(write, after, first, told):
    with pytest.raises(misure.BadRules) as failure:
        write(CHANGE.format(after=after, first=first))
    assert any(told in fault.message for fault in failure.value.faults), failure.value


def test_a_change_has_the_day_from_which_it_is_sure_as_its_own(write):
    with pytest.raises(misure.BadRules, match="the value surely stands from 2024-06-29 on"):
        write(CHANGE.format(after="200.00", first="2024-02-01").replace("01, 2024-06-30]", "01, 2024-06-29]"))


def test_a_first_value_and_a_list_do_not_change_on_an_unknown_day(write):
    with pytest.raises(misure.BadRules, match="the first value changes nothing"):
        write(
            "    parameters:\n      least:\n        label: m\n        values:\n"
            "          2022-01-31: {is: 1.00 EUR, between: [2022-01-30, 2022-01-31]}\n"
        )
