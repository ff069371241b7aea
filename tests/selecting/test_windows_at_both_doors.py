# SPDX-License-Identifier: Apache-2.0
"""A window has one answer: what `decide` finds of the day of filing, `select` finds too, on every day around its ends."""

import datetime as dt

import pytest

import misure
from misure import Application, batch
from misure.testing.worked_cases import cases_of_measure, decide_case

EXPORT = misure.catalogue()["lombardia/export-su-misura"]
ADMITTED = {"refused": "no", "undecided": "unknown", "eligible": "yes", "no_known_obstacle": "yes"}
AROUND = {
    "lombardia/filiere": ("2022-02-24", "2022-03-31", "2022-12-31", "2023-12-31", "2025-12-31", "2027-12-31"),
    "lombardia/bando-filiere-2022": ("2022-09-05", "2022-10-17"),
    "lombardia/export-su-misura": ("2025-12-10", "2026-02-26", "2026-03-18", "2026-09-01"),
    "lombardia/fiere-lombardia-2024-2026": ("2024-07-31", "2026-08-31"),
    "lombardia/quota-lombardia": ("2025-01-16", "2027-12-30"),
    "lombardia/tecnologie-strategiche-step": ("2025-02-28", "2025-04-15"),
    "lombardia/verso-nuovi-mercati": ("2025-06-03", "2025-09-09"),
    "lombardia/nuova-impresa-2025": ("2025-01-15", "2026-01-15"),
    "lombardia/linea-microimprese-2024": ("2024-11-06",),
    "lombardia/linea-microimprese-2025": ("2025-11-05",),
}
"""The ends of the windows, and the days between which they lie where they are not known."""
QUESTIONS = [
    (name, dt.date.fromisoformat(end) + dt.timedelta(days=days))
    for name, ends in AROUND.items()
    for end in ends
    for days in (-1, 0, 1)
]


def told(measure, filed):
    facts = dict(decide_case(measure, cases_of_measure(measure)[0]).receipt["facts"])
    happened = {name for name, fact in measure.rulebook.facts.items() if str(fact.kind) == "event"}
    return {name: value for name, value in facts.items() if name not in happened | {"filing_time"}} | {
        "filed_on": filed.isoformat(),
        "granted_on": "not_yet",
    }


def both(measure, facts, on, **office):
    """What the two doors find of one application: whether it is admitted."""
    instant = f"{facts['filed_on']}T12:00" if "filing_time" in measure.rulebook.facts else None
    if instant:
        facts = facts | {"filing_time": "12:00"}
    order = measure.rulebook.selection.order
    if order is not None and any(key.name == "filed_at" for key in order.keys):
        instant = f"{facts['filed_on']}T12:00"
    placed = measure.select([Application("a", facts, filed_at=instant, **office)], on=on)["a"]
    return ADMITTED[measure.decide(facts, on=on).outcome], str(placed.admitted)


def test_every_measure_that_selects_is_here():
    assert {one.id for one in misure.catalogue().values() if one.rulebook.selection} == set(AROUND)


@pytest.mark.parametrize(("name", "filed"), QUESTIONS, ids=[f"{name[10:]}-{filed}" for name, filed in QUESTIONS])
def test_on_every_day_around_the_ends_of_a_window(name, filed):
    measure = misure.catalogue()[name]
    decided, selected = both(measure, told(measure, filed), filed + dt.timedelta(days=40))
    assert decided == selected


@pytest.mark.parametrize("told_of_it", [None, True, False])
@pytest.mark.parametrize("filed", ["2025-12-10", "2026-01-15", "2026-02-26", "2026-02-27"])
def test_where_no_act_gives_the_days_whoever_knows_tells(filed, told_of_it):
    facts = told(EXPORT, dt.date.fromisoformat(filed)) | {"filed_in_window": told_of_it}
    facts = {name: value for name, value in facts.items() if value is not None}
    decided, selected = both(EXPORT, facts, dt.date(2026, 4, 1))
    expected = "no" if told_of_it is False else "unknown" if told_of_it is None or filed > "2026-02-26" else "yes"
    assert (decided, selected) == (expected, expected)
    assert EXPORT.decide(facts, on=dt.date(2026, 4, 1))["filed_in_a_window"].truth == {
        None: "unknown", True: "yes", False: "no",
    }[told_of_it]  # fmt: skip


@pytest.mark.parametrize("office", [{"window": "first"}, {"admitted": True}])
def test_the_word_of_the_office_tells_it(office):
    facts = {name: value for name, value in told(EXPORT, dt.date(2026, 1, 15)).items() if name != "filed_in_window"}
    on = dt.date(2026, 4, 1)
    placed = EXPORT.select([Application("a", facts, **office)], on=on)["a"]
    assert str(placed.admitted) == "yes"
    assert placed.decision["filed_in_a_window"].truth == "yes"
    decided = EXPORT.select([Application("a", EXPORT.decide(facts, on=on), **office)], on=on)["a"]
    assert decided.decision["filed_in_a_window"].truth == "yes"


@pytest.mark.parametrize("told_of_it", [None, True, False])
def test_frames_find_the_same(told_of_it):
    pl = pytest.importorskip("polars")
    facts = told(EXPORT, dt.date(2026, 1, 15)) | {"filed_in_window": told_of_it}
    plain = {
        name: value for name, value in facts.items()
        if name not in ("deminimis_aids", "control_relations", "granted_on", "panel_score")
    }  # fmt: skip
    row = plain | {
        "id": "a",
        "filed_on": dt.date(2026, 1, 15),
        "granted_on": None,
        "granted_on_not_yet": True,
        "panel_score": 80,
    }
    frame = pl.DataFrame(
        {name: [value] for name, value in row.items()},
        schema_overrides={"filed_in_window": pl.Boolean, "granted_on": pl.Date},
    )
    tables = {
        "deminimis_aids": pl.DataFrame(
            schema={"applicant": pl.String, "cor": pl.String, "beneficiary": pl.String, "regulation": pl.String,
                    "granted_on": pl.Date, "amount": pl.Decimal(12, 2)}
        ),
        "control_relations": pl.DataFrame(
            schema={"applicant": pl.String, "id": pl.String, "controller": pl.String, "controlled": pl.String,
                    "control": pl.Boolean, "sole_trader": pl.Boolean}
        ),
    }  # fmt: skip
    (found,) = batch.select(
        EXPORT,
        frame,
        on=dt.date(2026, 4, 1),
        approved_on=None,
        tables=tables,
        parent="applicant",
        complete=list(tables),
    ).to_dicts()
    assert found["admitted"] is told_of_it
