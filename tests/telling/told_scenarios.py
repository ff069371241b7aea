# SPDX-License-Identifier: Apache-2.0
"""What is told word for word of the measures in `rules/`: each has the rules of one kind, and every form of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import misure
from misure import Application, Range, deminimis
from misure.telling.chapters.page import Page
from misure.telling.headroom import headroom_page
from misure.telling.presenting import present

FOLDER = Path(__file__).parent / "told"
JUNE, JULY = dt.date(2024, 6, 1), dt.date(2024, 7, 10)
ALFA, BETA = "01234560157", "02345670158"
Told = Callable[[str], Page]


@cache
def measure(name: str) -> misure.Measure:
    return misure.catalogue([Path(__file__).parent / "rules"])[f"prova/{name}"]


def decided(name: str, on: dt.date = JUNE, **facts: object) -> Told:
    return lambda language: misure.explain(measure(name).decide(facts, on=on), language).page


def shown(name: str, on: dt.date | None = None) -> Told:
    return lambda language: present(measure(name), language, on=on)


def selected(name: str, applications: list[Application], on: dt.date = JUNE, **varied: str) -> Told:
    def told(language: str) -> Page:
        chosen = measure(name).vary(**varied) if varied else measure(name)
        return misure.explain(chosen.select(applications, on=on), language).page

    return told


def left(
    aids: list[deminimis.Aid], undertaking: object = "01234560157", on: str = "2026-11-22", regulation: str = "gen", *,
    by: str | None = "prova", until: str | None = None, gaps: tuple[deminimis.Gap, ...] = (), fits: str | None = None,
) -> Told:  # fmt: skip
    """The headroom of an undertaking after some aid, and from when an amount would fit."""
    ledger = deminimis.Ledger(aids, complete_by=by, complete_until=until, gaps=gaps)
    found = deminimis.headroom(ledger, undertaking, on=on, regulation=regulation)
    waiting = (
        None
        if fits is None
        else deminimis.first_day_that_fits(fits, ledger, undertaking, from_=on, regulation=regulation)
    )
    return lambda language: headroom_page(found, language, waiting=waiting)


def aid(
    id_: str, amount: object, on: object = "2025-01-10", regulation: str = "gen", who: str = ALFA, **more: object
) -> deminimis.Aid:
    return deminimis.Aid(id_, who, regulation, on, amount, **more)  # type: ignore[arg-type]


def book(id_: str, **more: object) -> dict[str, object]:
    return {"id": id_, "title": f"Libro {id_}"} | more


READY: dict[str, object] = {
    "active": True,
    "cashed": 1,
    "cashed_too": 2,
    "filed_on": "2024-05-06",
    "listed": False,
    "rated": False,
}
WORKS: dict[str, object] = {
    "active": True, "filed_on": "2024-05-06", "tools": "10000", "advice": "3000", "spent_tools": "5000", "spent_advice": "1000",
    "credit": "4000", "mark": 30, "mark_too": 20, "rated": True,
}  # fmt: skip
STARTED: dict[str, object] = {"filed_on": "2024-05-06", "started_on": "2024-05-02", "listed": True}


def application(name: str, mark: int | None, costs: str, filed: str, **facts: object) -> Application:
    told = {"active": True, "costs": costs, "mark": mark, "firm": name, "place": "mi", "books": []} | facts
    return Application(name, {key: value for key, value in told.items() if value is not None}, filed_at=filed)


RANKED = [
    application("a", 90, "8000", "2024-02-01T09:00:00"), application("b", 80, "16000", "2024-02-01T09:00:01"),
    application("c", 80, "16000", "2024-02-01T09:00:02"), application("d", 70, "1000", "2024-02-02T10:00:00", active=False),
    application("e", 60, "2000", "2024-02-02T10:00:00", firm="a"), application("f", 55, "6000", "2024-03-05T10:00:00"),
    application("g", None, "6000", "2024-03-06T10:00:00"), application("h", 50, "6000", "2024-05-02T12:00:00"),
    application("i", 50, "6000", "2024-05-10T12:00:00"), application("l", 50, "6000", "2024-04-10T12:00:00", active=None),
]  # fmt: skip
SCORED = [
    application("a", 40, "8000", "2024-02-01T09:00:00", listed=True, mark_too=40, started_on="2024-01-01", ended_on=None),
    application("b", 40, "10000", "2024-02-01T09:00:01", listed=True, mark_too=39, started_on="2024-01-02"),
    application("c", 40, "9000", "2024-02-01T09:00:02", listed=True, mark_too=39, started_on="2024-01-03", place="bg"),
    application("d", 40, "9000", "2024-02-01T09:00:03", listed=True, mark_too=None, started_on="2024-01-03"),
    application("e", 30, "9000", "2024-02-01T09:00:04", listed=False, active=False, mark_too=1, started_on="2024-01-03"),
    application("f", 20, "9000", "2024-02-01T09:00:05", listed=True, mark_too=1, started_on="2024-01-03", firm="x"),
    application("g", 20, "9000", "2024-02-01T09:00:06", listed=True, mark_too=1, started_on="2024-01-03", firm="x"),
    application("h", 10, "9000", "2024-02-01T09:00:07", listed=True, mark_too=1, started_on="2024-01-03", firm=None),
]  # fmt: skip
LIMITED: dict[str, object] = {
    "filed_on": "2024-07-01", "built_on": "2010-01-01", "started_on": "2024-06-20", "ended_on": "2024-06-25", "reported_on": "2024-06-21",
    "costs": "500", "credit": "1000", "ratio": "50%", "active": True, "place": "mi",
}  # fmt: skip
ARRIVED = [
    application("a", None, "8000", "2024-02-01T09:00:00"), application("b", None, "9000", "2024-02-01T09:00:01"),
    application("c", None, "9000", "2024-02-01T09:00:02"), application("d", None, "9000", "2024-02-01T09:00:03"),
    application("e", None, "1000", "2024-02-01T09:00:00", place="bg"), application("f", None, "1000", "2024-02-01T08:00:00", place=None),
]  # fmt: skip

SCENARIOS: dict[str, Told] = {
    "asking-nothing-told": decided("asking"),
    "asking-not-filed": decided("asking", filed_on="not_yet"),
    "asking-all-in-order": decided("asking", **READY | {"mark": 1, "mark_too": 1, "costs": 30, "books": [book(str(n), year=2023 - n, sales=n + 1, good=True) for n in range(3)]}),
    "asking-only-what-is-not-published": decided("asking", **READY | {"mark": 1, "costs": 15, "books": [book(str(n), year=2023 - n, sales=n + 1, good=True) for n in range(3)]}),
    "asking-refused-with-others-open": decided("asking", **READY | {"active": False, "listed": True, "started_on": "not_yet", "books": [book("a", year=2023), book("b")]}),
    "asking-no-row": decided("asking", **READY | {"listed": True, "rated": True, "started_on": "not_yet", "mark": 0, "mark_too": 0, "costs": 5, "books": [book("a", year=2020, good=None)]}),
    "timing-nothing-told": decided("timing"),
    "timing-not-filed": decided("timing", filed_on="not_yet"),
    "timing-too-late": decided("timing", **STARTED | {"filed_on": "2024-07-01"}, on=dt.date(2024, 7, 2)),
    "timing-too-early": decided("timing", **STARTED | {"filed_on": "2024-02-29"}),
    "timing-in-time": decided("timing", **STARTED | {"reported_on": "2024-05-31", "ended_on": "2024-05-15", "act_on": "not_yet", "evaluated_on": "2024-05-30"}),
    "timing-kept-and-late": decided("timing", on=dt.date(2025, 7, 1), **STARTED | {"reported_on": "2024-06-04", "ended_on": "2025-05-02", "act_on": "not_yet", "evaluated_on": "not_yet"}),
    "timing-moved-by-a-sunday": decided("timing", **STARTED | {"started_on": "2024-05-03", "reported_on": "not_yet", "act_on": "2024-06-01"}),
    "timing-moved-by-a-saturday": decided("timing", **STARTED | {"started_on": "2024-05-31", "reported_on": "2024-05-31", "act_on": "not_yet"}),
    "timing-moved-by-holidays": decided("timing", **STARTED | {"started_on": "2023-11-25", "reported_on": "2023-12-27", "act_on": "2023-12-28", "evaluated_on": "2024-06-05"}, on=dt.date(2024, 6, 6)),
    "timing-before-the-second-act": decided("timing", **STARTED | {"filed_on": "2024-01-30", "listed": False}),
    "amounts-little-told": decided("amounts", tools="1000", advice="100", listed=True),
    "amounts-in-full": decided("amounts", **WORKS | {"started_on": "2024-05-01", "act_on": "2024-05-02", "ended_on": "not_yet"}),
    "amounts-in-part": decided("amounts", **WORKS | {"advice": None, "credit": None, "mark": None, "rated": None, "started_on": "2024-05-01", "ended_on": "2024-05-31", "listed": True, "reported_on": "not_yet"}),
    "amounts-of-nothing": decided("amounts", **WORKS | {"tools": "0", "advice": "0", "spent_tools": "0", "spent_advice": "0", "started_on": "not_yet", "ended_on": "not_yet", "act_on": "not_yet", "listed": False}),
    "amounts-uncapped": decided("amounts", **WORKS | {"tools": "2000", "advice": "100", "credit": "100000", "rated": False, "started_on": "not_yet", "ended_on": "2024-05-31", "act_on": "2024-05-01", "listed": False}),
    "amounts-refused": decided("amounts", **WORKS | {"active": False, "mark": 10, "mark_too": 10}),
    "limits-nothing-told": decided("limits"),
    "limits-all-in-order": decided("limits", JULY, **LIMITED),
    "limits-too-early": decided("limits", JULY, **LIMITED | {"filed_on": "2024-04-30", "place": "bg", "costs": "50"}),
    "limits-too-late": decided("limits", dt.date(2024, 10, 1), **LIMITED | {"filed_on": "2024-09-16", "ended_on": "2024-07-02", "reported_on": "2024-07-06", "credit": "0"}),
    "limits-not-yet": decided("limits", dt.date(2024, 8, 1), **LIMITED | {"ended_on": "not_yet", "reported_on": "not_yet", "active": False, "built_on": None}),
    "limits-on-another-day": decided("limits", dt.date(2023, 7, 1), filed_on="2023-07-01", active=False, costs="70"),
    "scoring-ranked": selected("scoring", SCORED),
    "scoring-withdrawn": lambda language: misure.explain(
        measure("scoring").select(SCORED, on=JUNE, approved_on=dt.date(2024, 5, 1)).withdraw("a", on=dt.date(2024, 5, 20)), language
    ).page,
    "rules-of-limits": shown("limits"),
    "rules-of-scoring": shown("scoring"),
    "choosing-ranked": selected("choosing", RANKED),
    "choosing-what-if": selected("choosing", RANKED[:6], second_money="6000.00 EUR"),
    "arriving-some": selected("arriving", ARRIVED),
    "left-all": left([]),
    "left-nothing": left([aid("1", "300000.00")], fits="10000"),
    "left-some-by-two-aids": left([aid("2", "50000.00", "2024-11-23"), aid("1", "60000.00", "2024-03-01"), aid("0", "1.00", "2023-11-21")], [ALFA, BETA], fits="200000.00"),
    "left-more-than-any": left([], fits="300000.01"),
    "left-not-within-the-law": left([aid("1", "300000.00", "2029-12-01")], on="2030-01-15", fits="10000"),
    "left-by-an-open-ledger": left([aid("1", "100000.00")], by=None, gaps=(deminimis.Gap("giugno 2025"), deminimis.Gap("un file", ALFA)), fits="50000"),
    "left-by-an-old-ledger": left([aid("1", "100000.00")], until="2026-10-31"),
    "left-with-doubts": left([aid("1", None), aid("2", "100.00", None), aid("3", Range(Decimal("10.00"), Decimal("20.00")), Range(dt.date(2023, 11, 1), dt.date(2023, 12, 1)))], fits="1000"),
    "left-of-other-regulations": left([aid("1", "400000.00", regulation="sgei"), aid("2", "10000.00", regulation="agri"), aid("3", "20000.00", regulation="fish")]),
    "left-for-services": left([aid("1", "600000.00", regulation="sgei"), aid("2", "100000.00")], regulation="sgei", fits="100000"),
    "left-for-farms": left([aid("1", "30000.00", regulation="agri"), aid("2", "250000.00")], regulation="agri", fits="45000"),
    "left-for-fishers": left([aid("1", "30000.00", regulation="fish"), aid("2", "250000.00")], regulation="fish"),
    "rules-of-asking": shown("asking"),
    "rules-of-timing": shown("timing"),
    "rules-of-timing-before": shown("timing", dt.date(2023, 1, 1)),
    "rules-of-amounts": shown("amounts"),
    "rules-of-choosing": shown("choosing"),
    "rules-of-arriving": shown("arriving"),
}  # fmt: skip
