# SPDX-License-Identifier: Apache-2.0
"""Each counting regime in a rule file: the library's own deadline, one by one and in frames, exact and not known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import misure
from misure.ground.ranges import Range
from misure.terms import Regime, deadline
from tests.batch.scalar import assert_same, read

ON = dt.date(2027, 6, 10)
LENGTHS = (1, 2, 3, 4, 9, 30)
MEASURE = """
provisions:
  - cite: {act: uno, at: "art. 1"}
    terms:
"""
TERM = """
      {id}:
        provision: P.{number}
        text: "Entro il termine"
        by: "{by}"
        done: first_spend_on
        regime: {regime}
        stage: admission
        effect: refuses
"""
BEGUN = """
facts:
  begun: {date: yes, label: "inizio", question: "Quando?"}
"""


def measure_of(write, terms, parameters="", last_day=""):
    """A measure with one term for each (id, by, regime)."""
    define = f'    definitions:\n      last_day: {{is: "{last_day}", label: "ultimo giorno"}}\n' if last_day else ""
    lines = "".join(
        TERM.format(id=name, number=n, by=by, regime=regime) for n, (name, by, regime) in enumerate(terms, 1)
    )
    asked = [last_day, *(by for _, by, _ in terms)]
    days = sorted({int(by.split("(p")[1].rstrip(")")) for by in asked if "days(p" in by})
    values = "parameters:\n" + "".join(f"  p{n}: {n} days\n" for n in days) + parameters
    return write(MEASURE + lines + define + values, vocabulary=BEGUN)


def told(measure, begun, **more):
    decision = measure.decide({"begun": begun, **more} if begun else more, on=ON)
    return {term.id: term for term in decision.terms}


@pytest.fixture
def forwards(write):
    """Every regime with every length."""
    return measure_of(write, [(f"{r}_{n}", f"begun + days(p{n})", r) for r in Regime for n in LENGTHS])


@pytest.fixture
def backwards(write):
    return measure_of(write, [(f"{r}_{n}", f"begun - days(p{n})", r) for r in Regime for n in LENGTHS])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.dates(dt.date(2014, 1, 1), dt.date(2027, 1, 1)))
def test_a_term_has_the_deadline_of_the_library(forwards, start):
    for name, term in told(forwards, start.isoformat()).items():
        regime, _, length = name.rpartition("_")
        found = deadline(start, days=int(length), regime=regime)
        assert (term.day, term.raw, term.regime) == (found.day, found.raw, regime), name
        assert term.moved == tuple((one.reason, one.name) if one.name else (one.reason,) for one in found.moved)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.dates(dt.date(2014, 1, 1), dt.date(2027, 1, 1)))
def test_a_term_counted_back_has_it_too(backwards, start):
    for name, term in told(backwards, start.isoformat()).items():
        regime, _, length = name.rpartition("_")
        assert term.day == deadline(start, days=int(length), regime=regime, backwards=True).day, name


@pytest.mark.parametrize("way", ["forwards", "backwards"])
def test_every_engine_counts_alike(engine, way, write):
    sign = "+" if way == "forwards" else "-"
    regimes = [Regime.EU_1182_71, Regime.IT_CIVIL, Regime.IT_CPC, Regime.VALIDITY]
    measure = measure_of(write, [(f"{r}_{n}", f"begun {sign} days(p{n})", r) for r in regimes for n in (2, 30)])
    starts = [dt.date(2026, 3, 30) + dt.timedelta(n) for n in range(0, 40, 3)] + [
        dt.date(2026, 12, 20),
        dt.date(2026, 12, 23),
    ]
    people = [
        {"begun": start.isoformat(), "first_spend_on": (start + dt.timedelta(shift)).isoformat()}
        for start in starts for shift in ((1, 4, 31) if way == "forwards" else (-1, -4, -31))
    ]  # fmt: skip
    people += [{"begun": "2026-04-03"}, {"first_spend_on": "2026-04-03"}, {}]
    assert_same(engine, measure, read(measure, people, ON), ON)


def test_an_unknown_day_has_a_sound_range(write):
    """The day is known, and how many days are given is not: the law leaves it open between two and four."""
    open_days = '  open_days: {unknown: "l\'atto non lo dice", unit: days, between: [1 days, 4 days]}\n'
    measure = measure_of(write, [(str(r), "begun + days(open_days)", r) for r in Regime], open_days)
    for start in (dt.date(2026, 11, 18) + dt.timedelta(n) for n in range(5)):
        for name, term in told(measure, start.isoformat()).items():
            ends = [deadline(start, days=n, regime=name).day for n in (1, 2, 3, 4)]
            least, greatest = (term.day.least, term.day.greatest) if isinstance(term.day, Range) else (term.day,) * 2
            assert least <= min(ends) and max(ends) <= greatest
            assert (greatest - least).days <= 7


def test_a_regime_may_be_a_parameter_and_a_definition_may_be_counted_back(write):
    counting = '  counting: {is: it_cpc, inferred: "l\'atto tace", label: "computo"}\n'
    terms = [("ahead", "begun + days(p30)", "counting"), ("behind", "last_day", "counting")]
    measure = measure_of(write, terms, counting, last_day="begun - days(p30)")
    terms = told(measure, "2026-11-12")
    assert terms["ahead"].day == dt.date(2026, 12, 14)
    assert told(measure, "2026-12-13")["behind"].day == dt.date(2026, 11, 13)
    assert told(measure, "2026-12-14")["behind"].day == dt.date(2026, 11, 13)  # Saturday the 14th moves back


def test_alternatives_are_those_of_the_doubt_that_a_silent_call_leaves(forwards):
    terms = told(forwards, "2026-10-16")  # 30 days on: 15 November 2026, a Sunday
    found = {
        name: [(a.regime, str(a.day)) for a in term.alternatives]
        for name, term in terms.items()
        if name.endswith("_30")
    }
    assert found["it_civil_30"] == [("fixed_instant", "2026-11-15")]
    assert found["fixed_instant_30"] == [("it_civil", "2026-11-16")]
    assert found["eu_1182_71_30"] == [("fixed_instant", "2026-11-15")]
    assert found["validity_30"] == []


@pytest.mark.parametrize(("way", "start", "language", "words"), [
    ("forwards", "2026-11-19", "it", ["il 21 novembre 2026 è sabato", "ultimo giorno: 23 novembre 2026"]),
    ("forwards", "2026-11-20", "en", ["22 November 2026 is a Sunday and until 23 November 2026 the working days are too few"]),
    ("backwards", "2026-12-14", "en", ["13 December 2026 is a Sunday and 12 December 2026 is a Saturday", "last day: 11 December 2026"]),
])  # fmt: skip
def test_every_regime_is_explained(request, way, start, language, words):
    measure = request.getfixturevalue(way)
    told = " ".join(str(misure.explain(measure.decide({"begun": start}, on=ON), language)).split())
    for text in words:
        assert text in told
