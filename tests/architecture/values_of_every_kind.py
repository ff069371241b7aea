# SPDX-License-Identifier: Apache-2.0
"""One value of each class that is exported and hangs on no decision: the law beneath, the register, the parts of a rulebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import get_args

import misure
from misure import deminimis, finance, preconditions, register, terms, undertakings
from misure.ground.record import Record
from misure.ground.truth import Truth
from misure.results import Recovered
from misure.rulebook import Expr, Recovery, ValueReading
from misure.rulebook.expression import walk
from misure.testing.worked_cases import cases_of_measure, decided_cases
from misure.testing.worked_selections import selections_of_measure
from tests.register import samples
from tests.register.test_headers_in_detail import FULL

NODES = get_args(Expr)
DAY, FIRM = "2026-11-22", "01234560157"
Undertaking, Holding, Figures = undertakings.Undertaking, undertakings.Holding, undertakings.Figures


def law_beneath() -> Iterator[object]:
    """Answers about undertakings, de minimis, finance, terms and what comes before a grant."""
    figures = Figures(3, "1000", "1000")
    relations = undertakings.Relations(
        [Undertaking("alfa", figures=figures), Undertaking("beta", figures=figures), Undertaking("gamma")],
        [Holding("alfa", "beta", capital="0.3", votes="0.3"), Holding("gamma", "alfa", capital="1", votes="1")],
        adjacent_markets=[("a", "b")],
    )  # fmt: skip
    yield relations
    yield undertakings.size_of(relations, of="alfa", on=DAY)
    yield undertakings.aggregate(relations, of="alfa", on=DAY)
    town = Undertaking("town", kind="local_authority", inhabitants=4999, budget="9999999.99")
    held = undertakings.Relations(
        [Undertaking("alfa", figures=figures), town], [Holding("town", "alfa", capital="0.49", votes="0.49")]
    )
    yield undertakings.aggregate(held, of="alfa", on=DAY)
    yield undertakings.relation(relations, of="alfa", to="beta", on=DAY)
    yield undertakings.single_undertaking(relations, of="alfa", on=DAY)
    yield undertakings.size_over_years({2024: figures, 2025: figures}, on=DAY)
    yield undertakings.awu([undertakings.Staff(kind="employee", n=2)], on=DAY)
    ratios = [undertakings.YearRatios(year=2024, debt_to_equity="8", interest_cover="0.5")]
    situation = undertakings.Situation(
        ratios=ratios, earlier_aid=[undertakings.EarlierAid("rescue_loan", "2020-01-01")]
    )
    yield situation
    yield undertakings.in_difficulty(situation, on=DAY)
    aid = deminimis.Aid(
        "COR-1", FIRM, "gen", "2025-01-10", "250000.00", costs=["c"], keys=deminimis.RegisterKeys(cor="1")
    )
    ledger = deminimis.Ledger([aid], complete_by="register", gaps=[deminimis.Gap("x")])
    new = deminimis.Aid("COR-2", FIRM, "gen", DAY, "100000.00")
    yield deminimis.assess(new, ledger)
    yield deminimis.first_day_that_fits("100000.00", ledger, FIRM, from_=DAY)
    yield from (deminimis.survey(ledger, on=DAY), deminimis.survey(ledger, on=DAY).standings[0])
    yield deminimis.course(ledger, FIRM, DAY, "2028-12-31")
    support = deminimis.Support("a", "deminimis", "10.00", costs=["c"])
    yield from (support, deminimis.cumulate({"c": "100.00"}, [support], on=DAY))
    yield from (
        *deminimis.ceiling_rows("gen"),
        *deminimis.exclusions(DAY),
        deminimis.register_duty(DAY),
        deminimis.Options(),
    )
    yield deminimis.in_scope(on=DAY, aided=["primary_fishery"])
    yield finance.guarantee_gge("80.00", "100.00", grant_date=DAY, months=12, losses_pro_rata=True, insolvent=False)
    yield from (finance.base_rate(DAY), finance.withholding("100.00", payment_date=DAY))
    yield from (finance.Rounding(), deminimis.RegisterKeys(cor="1"), terms.by_end_of_day(DAY))
    yield deminimis.headroom(ledger, FIRM, on=DAY).window
    yield terms.ambiguity("2026-01-31", days=30)
    yield terms.deadline("2026-01-31", days=30, regime="it_civil")
    yield preconditions.durc("2026-10-01", on=DAY, regular=True)
    yield preconditions.redetermined("100.00", admitted="100.00", spent="90.00", least_share="0.7", on=DAY)


def of_the_register() -> Iterator[object]:
    """Records, readings and headers."""
    reading = samples.reading(samples.document(samples.example(), samples.aid(cor="x")), skip_damaged=True)
    yield from reading
    yield from (reading, reading.report, FULL, register.Limits())
    yield register.IncentiviRecord(titolo="Misura", codici_ateco="62.01")


def of_rulebooks() -> Iterator[object]:
    """The parts of every measure, each of every kind."""
    for measure in misure.catalogue().values():
        book = measure.rulebook
        if book.selection:
            yield from (book.selection.intake, book.selection.waiting_list)
        yield from (book.score, book.spending, book.support, book.tranches, book.selection, *book.tensions)
        yield from (*book.conditions, *book.terms, *book.duties, *book.definitions.values())
        yield Recovery(
            id="back", place=book.conditions[0].place, cite=book.conditions[0].cite,
            provisions=(), text="", confidence=book.conditions[0].confidence, amount=book.conditions[0].holds,
        )  # fmt: skip
        yield Recovered("back", None, "one", Truth.NO, "", book.conditions[0].cite, book.conditions[0].confidence)
        yield ValueReading("page_3", 1, book.conditions[0].cite, book.conditions[0].confidence)
        for decision in islice(decided_cases(measure), 12):
            yield decision.score
            yield from (
                *decision.tranches,
                *decision.spending,
                *decision.tensions,
                *decision.aid_remarks,
                *decision.terms,
            )
            for finding in decision.findings:
                yield from (*finding.culprit_records, *finding.left_out, *finding.assumes)
    yield misure.Application("D-1", {"filed_on": dt.date(2022, 6, 1)})
    yield misure.Fault(misure.Place("a"), "", "x")


def of_expressions() -> Iterator[object]:
    """A node of each kind in the rules of every measure."""
    met = {}
    waiting: list[object] = [list(measure.rulebook.definitions.values()) for measure in misure.catalogue().values()]
    waiting += [(*measure.rulebook.conditions, *measure.rulebook.terms) for measure in misure.catalogue().values()]
    while waiting:
        value = waiting.pop()
        if isinstance(value, NODES):
            met |= {type(node): node for node in walk(value)}
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, Record):
            waiting += [one for _, one in value.fields()]
    yield from met.values()


def of_worked_cases() -> Iterator[object]:
    """Cases and selections as their files tell them."""
    for measure in misure.catalogue().values():
        yield from cases_of_measure(measure)[:1]
        yield from selections_of_measure(measure)[:1]


def every_kind() -> Iterator[object]:
    yield from (
        one
        for one in (*law_beneath(), *of_the_register(), *of_rulebooks(), *of_expressions(), *of_worked_cases())
        if one is not None
    )
