# SPDX-License-Identifier: Apache-2.0
"""A window whose first day opens and whose last day closes at an hour: who is in time, what is asked, what is told."""

from __future__ import annotations

import datetime as dt
import json
import re
import zoneinfo

import pytest

import misure
from misure.deciding.values import Range
from misure.ground.clock import LOST_HOUR, put_forward

ON = dt.date(2025, 12, 1)
FIRST, LAST = "2025-06-03", "2025-09-09"
RULES = """
    parameters:
      first_day: {is: 2025-06-03}
      last_day: {is: 2025-09-09}
      opening_time: OPENING
      closing_time: CLOSING
    provisions:
      - cite: {act: uno, at: "art. 2"}
        terms:
          call: {provision: P.01, text: "Dalle {opening_time} alle {closing_time}", window: WINDOW, of: filed_on, stage: admission}
"""
BOTH = "{from: first_day, until: last_day, opens_at: opening_time, closes_at: closing_time}"


@pytest.fixture
def call(write):
    def written(window=BOTH, opening='{is: "10:00"}', closing='{is: "12:00"}', rules=RULES):
        return write(rules.replace("WINDOW", window).replace("OPENING", opening).replace("CLOSING", closing))

    return written


def told(measure, day, time=None):
    facts = {"filed_on": day} | ({} if time is None else {"filing_time": time})
    decision = measure.decide(facts, on=ON)
    (term,) = decision.terms
    (finding,) = (finding for finding in decision.findings if finding.id == "call")
    asked = [missing.name for missing in decision.missing]
    return str(finding.truth), str(term.state), asked


NOT_ASKED: list[str] = []
SIDES = [
    ("2025-06-02", "23:59:59.999999", "no", "before"), (FIRST, "00:00", "no", "before"), (FIRST, "09:59:59", "no", "before"),
    (FIRST, "09:59:59.999999", "no", "before"), (FIRST, "10:00:00", "yes", "inside"), (FIRST, "12:00:00.000001", "yes", "inside"),
    (FIRST, "23:59:59.999999", "yes", "inside"), ("2025-06-04", "00:00", "yes", "inside"), ("2025-09-08", "23:59:59.999999", "yes", "inside"),
    (LAST, "00:00", "yes", "inside"), (LAST, "09:59:59", "yes", "inside"), (LAST, "12:00:00", "yes", "inside"),
    (LAST, "12:00:00.000001", "no", "after"), (LAST, "12:00:01", "no", "after"), ("2025-09-10", "00:00", "no", "after"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "time", "truth", "state"), SIDES)
def test_each_side_of_each_limit(call, day, time, truth, state):
    assert told(call(), day, time) == (truth, state, NOT_ASKED)


@pytest.mark.parametrize(("day", "truth", "state", "asked"), [
    ("2025-06-02", "no", "before", []), (FIRST, "unknown", "unknown", ["filing_time"]), ("2025-06-04", "yes", "inside", []),
    ("2025-09-08", "yes", "inside", []), (LAST, "unknown", "unknown", ["filing_time"]), ("2025-09-10", "no", "after", []),
])  # fmt: skip
def test_the_hour_is_asked_on_the_first_and_the_last_day_alone(call, day, truth, state, asked):
    assert told(call(), day) == (truth, state, asked)


@pytest.mark.parametrize(("window", "open_on", "closed_on"), [
    ("{from: first_day, until: last_day, opens_at: opening_time}", FIRST, None),
    ("{from: first_day, until: last_day, closes_at: closing_time}", None, LAST),
])  # fmt: skip
def test_each_hour_stands_without_the_other(call, window, open_on, closed_on):
    spare = "closing_time: CLOSING" if open_on else "opening_time: OPENING"
    rules = RULES.replace(f"      {spare}\n", "")
    rules = rules.replace("Dalle {opening_time} alle {closing_time}", "Finestra")
    measure = call(window, rules=rules)
    assert told(measure, FIRST)[0] == ("unknown" if open_on else "yes")
    assert told(measure, LAST)[0] == ("unknown" if closed_on else "yes")
    (term,) = measure.decide({"filed_on": FIRST}, on=ON).terms
    assert (term.opens_at is None, term.closes_at is None) == (open_on is None, closed_on is None)


@pytest.mark.parametrize(("time", "truth", "state"), [
    (None, "unknown", "unknown"), ("09:59:59.999999", "no", "before"), ("10:00", "yes", "inside"), ("12:00", "yes", "inside"),
    ("12:00:00.000001", "no", "after"),
])  # fmt: skip
def test_a_window_of_one_day_has_both_hours(call, time, truth, state):
    measure = call(rules=RULES.replace("2025-09-09", "2025-06-03"))
    assert told(measure, FIRST, time)[:2] == (truth, state)


def test_a_filing_that_has_not_come_is_asked_at_what_hour_on_the_last_day_alone(call):
    measure = call()
    for day, truth in (("2025-09-08", "yes"), (LAST, "unknown"), ("2025-09-10", "no")):
        decision = measure.decide({"filed_on": "not_yet"}, on=dt.date.fromisoformat(day))
        assert decision.findings[0].truth == truth, day


def test_what_is_told_in_the_contract(call):
    measure = call()
    decision = measure.decide({"filed_on": FIRST, "filing_time": "10:00:15.25"}, on=ON)
    contract = json.loads(decision.to_json())
    (term,) = contract["terms"]
    assert (term["opens"], term["opens_at"], term["closes"], term["closes_at"]) == (FIRST, "10:00", LAST, "12:00")
    assert contract["findings"][0]["values"] == {
        "first_day": FIRST, "filed_on": FIRST, "last_day": LAST, "opening_time": "10:00", "filing_time": "10:00:15.250000",
        "closing_time": "12:00",
    }  # fmt: skip
    assert decision.value("filing_time") == dt.time(10, 0, 15, 250_000)
    assert decision.value("closing_time") == decision.terms[0].closes_at == dt.time(12)
    assert measure.replay(decision.receipt).to_json() == decision.to_json()


def test_a_window_of_whole_days_and_a_deadline_have_no_hours(write):
    measure = write("""
        parameters:
          first_day: {is: 2025-06-03}
          last_day: {is: 2025-09-09}
        provisions:
          - cite: {act: uno, at: "art. 2"}
            terms:
              call: {provision: P.01, text: "Finestra", window: {from: first_day, until: last_day}, of: filed_on, stage: admission}
              end: {provision: P.02, text: "Termine", by: last_day, done: paid_on, stage: reporting}
        """)
    decision = measure.decide({"filed_on": FIRST}, on=ON)
    assert [(term["opens_at"], term["closes_at"]) for term in decision.to_dict()["terms"]] == [(None, None)] * 2
    assert "filing_time" not in decision.measure.facts_schema()["properties"]


PAGES = {
    "it": [
        (LAST, "12:00:00.000001", "9 settembre 2025 alle 12:00:00.000001, dopo la chiusura del 9 settembre 2025 alle 12:00"),
        (FIRST, "09:59:59", "3 giugno 2025 alle 09:59:59, prima dell'apertura del 3 giugno 2025 alle 10:00"),
        ("2025-09-10", None, "10 settembre 2025, dopo la chiusura del 9 settembre 2025 alle 12:00"),
        (LAST, None, "A che ora, sull'orologio italiano, è stata presentata la domanda?"),
        (FIRST, "10:00", "apre: 3 giugno 2025 alle 10:00; chiude: 9 settembre 2025 alle 12:00"),
        (FIRST, "10:00", "presentazione della domanda: 3 giugno 2025 alle 10:00"),
        (FIRST, "10:00", "Dalle 10:00 alle 12:00"),
    ],
    "en": [
        (LAST, "12:00:00.000001", "9 September 2025 at 12:00:00.000001, after the closing on 9 September 2025 at 12:00"),
        (FIRST, "09:59:59", "3 June 2025 at 09:59:59, before the opening on 3 June 2025 at 10:00"),
        (FIRST, "10:00", "opens: 3 June 2025 at 10:00; closes: 9 September 2025 at 12:00"),
        (LAST, None, "At what time, on the clock of Italy, was the application filed?"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("language", "day", "time", "sentence"), [
    (language, *page) for language, pages in PAGES.items() for page in pages
])  # fmt: skip
def test_a_page_says_the_hours(call, language, day, time, sentence):
    facts = {"filed_on": day} | ({} if time is None else {"filing_time": time})
    page = misure.explain(call().decide(facts, on=ON), language, all=True).text(width=400)
    assert sentence in " ".join(page.split())


# Hours that no source gives, and hours that change


def test_an_hour_that_nobody_published_leaves_its_day_open(call):
    measure = call(
        closing='{unknown: "non letta", between: ["12:00", "17:00"]}', rules=RULES.replace(" alle {closing_time}", "")
    )
    for time, truth in (
        ("12:00", "yes"),
        ("12:00:00.000001", "unknown"),
        ("17:00", "unknown"),
        ("17:00:00.000001", "no"),
    ):
        assert told(measure, LAST, time)[0] == truth, time
    (term,) = measure.decide({"filed_on": LAST, "filing_time": "13:00"}, on=ON).terms
    assert term.closes_at == Range(dt.time(12), dt.time(17))
    assert measure.decide({"filed_on": LAST, "filing_time": "13:00"}, on=ON).to_dict()["terms"][0]["closes_at"] == {
        "from": "12:00", "to": "17:00",
    }  # fmt: skip
    page = misure.explain(measure.decide({"filed_on": LAST, "filing_time": "18:00"}, on=ON), "it", all=True).text(
        width=400
    )
    assert "9 settembre 2025 alle 18:00, dopo la chiusura del 9 settembre 2025, a un'ora non pubblicata" in " ".join(
        page.split()
    )


def test_an_hour_of_which_nothing_is_known(call):
    measure = call(closing='{unknown: "non letta", unit: time}', rules=RULES.replace(" alle {closing_time}", ""))
    assert told(measure, LAST, "00:00")[0] == "yes"
    assert told(measure, LAST, "00:00:00.000001")[0] == "unknown"
    assert told(measure, LAST, "23:59:59.999999")[0] == "unknown"


def test_an_hour_that_an_amendment_changes(call):
    measure = call(closing='{2022-01-31: "12:00", 2025-08-01: {is: "17:00", act: due}}')
    assert told(measure, LAST, "17:00")[0] == "yes"
    assert told(measure, LAST, "17:00:00.000001")[0] == "no"


def test_another_hour_is_a_what_if(call):
    measure = call()
    other = measure.vary(closing_time="11:30")
    assert told(other, LAST, "11:30")[0] == "yes"
    assert told(other, LAST, "11:30:00.000001")[0] == "no"
    assert told(measure, LAST, "12:00")[0] == "yes"
    assert told(measure.vary(closing_time=dt.time(11, 30)), LAST, "11:30:00.000001")[0] == "no"


@pytest.mark.parametrize(("given", "message"), [
    ("11.30", "'11.30' is not written as a time of day, HH:MM; did you mean '11:30'?"), ("30%", "'30%' is no time of day"),
    ("24:00", "24:00 is 00:00 of the day after"), (43200, "'43200' is no time of day"),
    (dt.time(12, tzinfo=dt.UTC), "'12:00:00+00:00' is no time of day"),
])  # fmt: skip
def test_a_what_if_has_a_right_hour(call, given, message):
    with pytest.raises(misure.BadRules, match=re.escape(f"<vary>: closing_time: {message}")):
        call().vary(closing_time=given)


def test_a_what_if_of_one_day_closes_after_it_opens(call):
    measure = call()
    with pytest.raises(misure.BadRules) as caught:
        measure.vary(last_day=FIRST, closing_time="09:59")
    message = "the window 'call' is one day long, and closes at an hour before the one at which it opens"
    (fault,) = caught.value.faults
    assert str(fault) == f"<vary>: closing_time: {message}"
    assert measure.vary(last_day=FIRST, closing_time="10:00").varied
    assert measure.vary(closing_time="09:59").varied


def test_an_hour_that_a_definition_works_out(write):
    measure = write("""
        parameters:
          first_day: {is: 2025-06-03}
          last_day: {is: 2025-09-09}
          noon: "12:00"
          evening: "18:00"
        provisions:
          - cite: {act: uno, at: "art. 2"}
            definitions:
              ending: {is: "evening if by_wire else noon", unit: time, label: "chiusura"}
            admission:
              awake: {provision: P.02, text: "Di giorno", holds: "filing_time >= min(noon, evening)"}
            terms:
              call: {provision: P.01, text: "Fino alle {ending}", window: {from: first_day, until: last_day, closes_at: ending}, of: filed_on, stage: admission}
        """, vocabulary='flags: {by_wire: {label: "rete", question: "In rete?"}}')  # fmt: skip
    for by_wire, time, truth in (
        (True, "18:00", "yes"),
        (False, "18:00", "no"),
        (None, "18:00", "unknown"),
        (None, "12:00", "yes"),
    ):
        decision = measure.decide({"filed_on": LAST, "filing_time": time, "by_wire": by_wire}, on=ON)
        found = {finding.id: finding for finding in decision.findings}
        assert found["call"].truth == truth
        assert found["awake"].margin is None
    low = measure.decide({"filed_on": LAST, "filing_time": "11:00", "by_wire": True}, on=ON)
    assert next(one for one in low.findings if one.id == "awake").truth == "no"
    assert low.value("ending") == dt.time(18)
    page = misure.explain(low, "it", all=True).text(width=400)
    assert "✗ Di giorno" in page and "ora di presentazione della domanda: 11:00" in page
    open_one = measure.decide({"filed_on": LAST, "filing_time": "13:00"}, on=ON)
    assert open_one.value("ending") == Range(dt.time(12), dt.time(18))


# The hour that spring leaves out


@pytest.mark.parametrize(("time", "right"), [
    ("02:00", "03:00:00"), ("02:30", "03:30:00"), ("02:59:59.999999", "03:59:59.999999"),
])  # fmt: skip
def test_a_time_that_the_clock_leaves_out_on_its_day_cannot_be(call, time, right):
    with pytest.raises(misure.BadFacts) as raised:
        call().decide({"filed_on": "2025-03-30", "filing_time": time}, on=ON)
    (fault,) = raised.value.faults
    assert (fault.subject, fault.suggestion) == ("filing_time", right)
    assert "does not exist in Europe/Rome: the clock goes from 02:00 to 03:00 that night" in fault.message


@pytest.mark.parametrize(("day", "time"), [
    ("2025-03-30", "01:59:59.999999"), ("2025-03-30", "03:00"), ("2025-03-29", "02:30"), ("2025-03-31", "02:30"),
    ("2025-10-26", "02:30"), (None, "02:30"), ("2025-03-30", None),
])  # fmt: skip
def test_the_same_time_of_another_day_can_be_and_the_hour_that_comes_twice(call, day, time):
    facts = {name: one for name, one in (("filed_on", day), ("filing_time", time)) if one}
    assert call().decide(facts, on=ON)["call"].truth in (misure.Truth.NO, misure.Truth.UNKNOWN)


def test_the_days_on_which_the_clock_lacks_an_hour_are_those_of_the_zone():
    rome = zoneinfo.ZoneInfo("Europe/Rome")
    days = map(dt.date.fromordinal, range(dt.date(2002, 1, 1).toordinal(), dt.date(2101, 1, 1).toordinal()))
    noons = {day: dt.datetime.combine(day, dt.time(12), rome).utcoffset() for day in days}
    lost = [day for day, at in noons.items() if at > noons.get(day - dt.timedelta(days=1), at)]
    assert list(map(dt.date.fromordinal, put_forward(1990))) == lost
    for day in lost:
        wall = dt.datetime.combine(day, dt.time(LOST_HOUR[0]), rome)
        assert wall.astimezone(dt.UTC).astimezone(rome).hour == LOST_HOUR[1]
