# SPDX-License-Identifier: Apache-2.0
"""Frames whose rows tell their filing, say that it has not happened, or tell nothing of it; under texts read whole and not."""

from __future__ import annotations

import datetime as dt
import itertools

import polars as pl
import pytest

from misure import batch
from tests.batch.scalar import assert_same, read
from tests.deciding.test_how_far_it_was_read import editions
from tests.deciding.test_law_of_the_day import DATED, FACTS
from tests.selecting.chosen_measure import ONE_POT, application
from tests.selecting.chosen_measure import RULES as CHOSEN
from tests.selecting.chosen_measure import VOCABULARY as CHOSEN_FACTS

ON = dt.date(2024, 6, 1)
FILINGS = ["2022-01-30", "2022-06-01", "2024-03-01", "not_yet", None]
MIXED = """
parameters:
  most:
    2022-01-31: 10 firms
    2024-01-31: {is: 20 firms, act: due}
  share:
    2022-01-31: 40%
    2024-01-31: {is: 60%, act: due}
  places:
    2022-01-31: [hill]
    2024-01-31: {is: [hill, plain], act: due}
  sections: {edition: ateco-2007, values: {
    2022-01-31: [A, C],
    2024-01-31: {is: [C], act: due}}}
  counting:
    2022-01-31: fixed_instant
    2024-01-31: {is: it_civil, act: due}
  wait: 30 days
  opens: 2022-03-01
  closes:
    2022-01-31: 2022-12-31
    2024-01-31: {is: 2024-04-30, act: due}
provisions:
  - cite: {act: uno, at: "art. 1"}
    admission:
      small_enough: {provision: P.1, text: "Al massimo {most}", holds: employees <= most}
      well_placed: {provision: P.2, text: "Nel territorio", holds: place in places}
      trade: {provision: P.3, text: "Settore", holds: "within(activity, sections)"}
      then_only: {provision: P.4, text: "Allora", holds: young, live: {until: 2023-12-31}}
      since_then: {provision: P.5, text: "Da allora", holds: female, live: {from: 2023-06-01}}
    terms:
      window: {provision: P.6, text: "Finestra", window: {from: opens, until: closes}, of: filed_on, stage: admission}
      answer: {provision: P.7, text: "Risposta", by: begun + days(wait), done: ended_on, regime: counting, stage: admission, effect: refuses}
support:
  cite: {act: uno, at: "art. 2"}
  lines:
    grant: {form: grant, of: cost, intensity: share, provision: P.8, text: "Contributo"}
"""
ASKED = (
    FACTS.replace(
        "flags:",
        '  place: {choices: {hill: "collina", plain: "piano"}, label: "luogo", question: "Dove?"}\n'
        '  activity: {code: ateco-2007, label: "attività", question: "Quale?"}\n'
        '  begun: {date: yes, label: "inizio", question: "Quando?"}\n'
        "flags:",
    ).rstrip()
    + '\nevents:\n  ended_on: {label: "fine", question: "Quando?"}\n'
)
TOLD = {
    "employees": 15, "place": "hill", "activity": "10.1", "young": True, "female": True, "begun": "2024-03-02",
    "ended_on": "2024-04-01", "cost": "1000.00",
}  # fmt: skip
CHANGES: list[dict[str, object]] = [
    {}, {"employees": 5}, {"employees": 30}, {"employees": None}, {"place": "plain"}, {"place": None}, {"activity": "01.1"},
    {"young": False}, {"young": None}, {"female": False}, {"female": None}, {"ended_on": "2024-04-02"}, {"ended_on": None},
    {"cost": None}, {"employees": 5, "cost": "0.00"}, {"begun": None, "ended_on": "not_yet"},
]  # fmt: skip


def people(days=FILINGS):
    """Everybody with every filing, one beside the other."""
    everybody = [TOLD | change | {"filed_on": day} for change, day in itertools.product(CHANGES, days)]
    return [{name: said for name, said in one.items() if said is not None} for one in everybody]


@pytest.mark.parametrize("law_of", ["filing", "question"])
def test_rows_of_every_filing_stand_in_one_frame(engine, write, law_of) -> None:
    """Outcomes, masks and amounts as one decision has them, whatever the other rows tell of their filing."""
    measure = write(MIXED, law_of=law_of, editions=editions("whole", "partly"), vocabulary=ASKED)
    days = FILINGS if law_of == "filing" else FILINGS[1:]
    outcomes = assert_same(engine, measure, read(measure, people(days), ON), ON)
    assert {"refused", "undecided"} < set(outcomes)


def test_where_the_grant_picks_the_law_filing_may_still_be_untold(engine, write) -> None:
    """Two days that may not be known: one picks the values, the other is asked by the window."""
    measure = write(MIXED, law_of="grant", editions=editions("whole", "whole"), vocabulary=ASKED)
    granted = ["2022-07-01", "2024-03-01", "not_yet", None]
    told = [one | ({"granted_on": day} if day else {}) for one, day in itertools.product(people(FILINGS[1:]), granted)]
    told = [one for one in told if not str(one.get("granted_on", "x")) < str(one.get("filed_on", ""))]
    outcomes = assert_same(engine, measure, read(measure, told, ON), ON)
    assert {"refused", "undecided"} <= set(outcomes)


@pytest.mark.parametrize("days", [[None], ["not_yet"], ["2024-03-01"], ["not_yet", None], ["2022-06-01", None]])
def test_frames_in_which_some_filing_is_not_told_at_all(engine, write, days) -> None:
    measure = write(MIXED, editions=editions("whole", "whole"), vocabulary=ASKED)
    assert_same(engine, measure, read(measure, people(days), ON), ON)


def test_what_is_asked_before_the_second_edition(engine, write) -> None:
    measure = write(MIXED, editions=editions("whole", "not"), vocabulary=ASKED)
    on = dt.date(2023, 1, 15)
    days = ["2022-06-01", "2023-01-15", "not_yet", None]
    told = [one | ({"ended_on": "not_yet"} if "ended_on" in one else {}) for one in people(days)]
    assert_same(engine, measure, read(measure, told, on), on)


# How far the text was read


BEST = {
    ("whole", "whole"): ["eligible"] * 4, ("whole", "not"): ["eligible", *["no_known_obstacle"] * 3],
    ("partly", "whole"): ["no_known_obstacle", "eligible", "eligible", "no_known_obstacle"],
    ("partly", "not"): ["no_known_obstacle"] * 4, ("", ""): ["no_known_obstacle"] * 4,
}  # fmt: skip


@pytest.mark.parametrize(("read_of", "best"), BEST.items(), ids=["-".join(found) for found in BEST])
def test_the_best_outcome_of_each_row_is_that_of_its_edition(engine, write, read_of, best) -> None:
    measure = write(DATED, editions=editions(*read_of), vocabulary=FACTS)
    days = ["2022-06-01", "2024-03-01", "not_yet", None]
    told = [{"employees": employees, "filed_on": day} for employees in (5, 500) for day in days]
    told = [{name: said for name, said in one.items() if said is not None} for one in told]
    assert assert_same(engine, measure, read(measure, told, ON), ON) == [*best, *["refused"] * 4]


@pytest.mark.parametrize("read_of", ["whole", "partly", "not"])
def test_who_meets_no_known_obstacle_is_admitted_to_a_selection(write, read_of) -> None:
    """As far as the rules know: one decision after the other, and in a frame."""
    rules = CHOSEN.replace("BUDGET", "12000.00 EUR").replace("LIFE", "is: 120 days") + ONE_POT.replace("LAST", "stops")
    only = f"editions: {{2022-01-31: {{act: uno, read: {read_of}}}}}\n"
    measure = write(rules, editions=only, vocabulary=CHOSEN_FACTS)
    told = [
        application("a", 90, "8000"),
        application("b", 80, active=False),
        application("c", 70, "8000"),
        application("d", 60),
    ]
    selection = measure.select(told, on=ON)
    best = "eligible" if read_of == "whole" else "no_known_obstacle"
    assert [selection[name].decision.outcome for name in "abcd"] == [best, "refused", best, best]
    standings = ["funded", "not_admitted", "funded", "not_funded"]
    assert [str(selection[name].standing) for name in "abcd"] == standings
    rows = [dict(one.facts) | {"id": one.id, "filed_at": one.filed_at} for one in told]
    frame = pl.DataFrame(rows).with_columns(pl.col("costs").cast(pl.Decimal(12, 2)))
    answer = batch.select(measure, frame, on=ON)
    assert answer["standing"].to_list() == standings
