# SPDX-License-Identifier: Apache-2.0
"""Every public function and method with right arguments, and the wrong values that are put in their place one at a time."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import misure
import misure.batch
import misure.testing
from misure import deminimis, finance, register, terms, undertakings
from misure.testing.worked_cases import decided_cases
from misure.testing.worked_selections import select_case, selections_of_measure
from tests.architecture.surface import exported, members

FIRM, DAY = "01234560157", "2026-03-18"


TESTING = ("aid_ledgers", "applications", "completions", "days", "edge_facts", "facts", "facts_with", "partial_facts", "population",
           "questions", "undertakings")  # fmt: skip
"""Of the tools for tests those that make something; the others run a whole suite, and look at their arguments as these do."""

AND_MORE: dict[str, dict[str, object]] = {
    "deadline_between": {"days": 30, "regime": "it_civil"}, "deadlines": {"days": 30}, "ambiguity": {"days": 30},
    "deadline": {"days": 30}, "loan_gge": {"months": 12}, "loan_safe_harbour": {"months": 12}, "guarantee_gge": {"months": 12},
    "procedure_term": {"days": 30}, "assess": {"granted": True}, "split": {"by_activity": {"x": "alfa"}},
}  # fmt: skip
"""What a function asks for in one of several ways."""


class Other:
    """An instance of a class that the library has never seen."""


WRONG: dict[str, object] = {
    "None": None, "3": 3, "x": "x", "object": object(), "huge": 10**30, "nan": math.nan, "bytes": b"x", "other": Other(),
    "list": [3], "dict": {3: 3}, "class": misure.Measure,
}  # fmt: skip


@cache
def right() -> dict[str, Any]:
    """A right value for each name of a parameter; what is named `function.parameter` is of that function alone."""
    import narwhals  # noqa: F401 - frames need it
    import polars as pl

    measure = misure.catalogue()["lombardia/export-su-misura"]
    filiere = misure.catalogue()["lombardia/filiere"]
    selection = select_case(measure, next(one for one in selections_of_measure(measure) if "error" not in one.expect))
    decision = next(iter(decided_cases(filiere)))
    aid = deminimis.Aid("COR-1", FIRM, "gen", "2025-01-10", "250000.00")
    ledger = deminimis.Ledger([aid], complete_by="register")
    relations = undertakings.Relations(
        [undertakings.Undertaking("alfa"), undertakings.Undertaking("beta")],
        [undertakings.Holding("alfa", "beta", capital="0.3")],
    )
    frame = pl.DataFrame({"id": ["a"]})
    return {
        "measure": measure, "facts": {}, "on": misure.terms.fixed_date(DAY).day, "decision": decision, "language": "it", "all": False,
        "applications": [], "receipt": decision.receipt, "data": measure.linked(), "packages": [], "frame": frame,
        "single_undertakings.relations": relations, "ledger": ledger, "aid": aid, "undertaking": FIRM, "relations": relations,
        "of": "alfa", "to": "beta", "day": DAY, "regulation": "gen", "amount": "100.00", "from_": DAY, "until": "2027-01-01",
        "costs": {"c": "100.00"}, "supports": [], "aided": ["62.01"], "applicant": FIRM, "granted_on": DAY, "start": DAY, "end": DAY,
        "first": DAY, "last": DAY, "days": 30, "regime": "it_civil", "given": "2026-03-18T10:00:00+01:00", "hours": 48,
        "hour_inclusive": True, "received": DAY, "grant_date": DAY, "instalments": {DAY: "100.00"}, "rate": "0.03", "months": 12,
        "periods_per_year": 1, "repayment": "bullet", "discount_rate": "0.03", "reference_rate": "0.03", "net": "100.00", "vat": "22.00",
        "treatment": "excluded", "recoverable": False, "guaranteed": "80.00", "loan": "100.00", "principal": "100.00", "collateral": None,
        "flows": {DAY: "100.00"}, "base": "100.00", "share": "0.5", "current": "100.00", "payment_date": DAY, "placement": selection.placements[0],
        "header": None, "records": [], "measures": [], "edges": [], "staff": [], "situation": undertakings.Situation(),
        "headcount": 3, "turnover": "1000", "balance_sheet": "1000", "years": {}, "kind": "incentive", "call_published": DAY,
        "registered": DAY, "sent": DAY, "members": {FIRM: False}, "stage": "grant", "issued": DAY, "regular": True, "size": "micro",
        "policy": True, "paid": DAY, "returned": DAY, "law": None, "requested": DAY, "cup": None, "grant": "100.00", "admitted": "100.00",
        "spent": "90.00", "least_share": "0.7", "completed": DAY, "moved": DAY, "area_bound": True, "ground": "legality_rating",
        "held": True, "left": None, "payment": "100.00", "debt": "10.00", "self_employed": True,
        "text": "x", "last_day": DAY, "into": "alfa", "id": "COR-1", "beneficiary": FIRM, "width": 80, "colour": False, "hint": "",
        "indent": 2, "format": 2, "name": "x", "window": "", "windowed": "", "applications_withdrawn": "D-1", "cost": "c",
        "selection": selection, "value": "100.00", "edition": "ateco-2007", "code": "62.01",
        "batch.single_undertakings.relations": pl.DataFrame(
            {"controller": ["a"], "controlled": ["b"], "control": [True]}
        ),
        "stable.regime": "erdf", "still_good.kind": "information", "Support.kind": "state_aid", "window.day": 739_693,
        "in_scope.aided": ["primary_fishery"], "relocation.to": "DE", "compose.sector": "3", "compose.year": 2023, "compose.type": "R",
        "compose.number": 2831, "parse.given": "01234560157", "treated_as_sme.admitted": True, "add_hours.start": "2026-03-18T10:00",
        "facts.on": DAY, "strategy.on": misure.terms.fixed_date(DAY).day,
    }  # fmt: skip


def constructed() -> tuple[type, ...]:
    """The classes whose values a caller makes."""
    return (
        misure.Application, deminimis.Aid, deminimis.Ledger, deminimis.Gap, deminimis.Options, deminimis.Support,
        deminimis.RegisterKeys, undertakings.Relations, undertakings.Holding, undertakings.Undertaking, undertakings.Situation,
        undertakings.Staff, undertakings.EarlierAid, undertakings.Figures, undertakings.YearRatios, finance.Rounding,
        register.Limits,
    )  # fmt: skip


@cache
def values() -> tuple[Any, ...]:
    """One value of each class that has methods to call."""
    one = right()
    ledger, selection, decision = one["ledger"], one["selection"], one["decision"]
    head = deminimis.headroom(ledger, FIRM, on=DAY)
    return (
        one["measure"], selection, decision, misure.explain(decision), misure.explain(selection), ledger, one["aid"], head,
        head.window, deminimis.survey(ledger, on=DAY), deminimis.course(ledger, FIRM, DAY, "2027-01-01"),
        deminimis.cumulate({"c": "100.00"}, [], on=DAY), terms.deadline(DAY, days=30, regime="it_civil"), terms.by_end_of_day(DAY),
        undertakings.in_difficulty(undertakings.Situation(), on=DAY), finance.Rounding(), terms.Regime.IT_CIVIL,
        misure.Truth.YES, selection.placements[0], misure.catalogue(),
    )  # fmt: skip


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function, method of a value, and class that is made by a caller."""
    for name, what in exported():
        if inspect.isfunction(what):
            yield name, what
        elif inspect.ismodule(what) and what.__name__.startswith("misure.identifiers."):
            for own in what.__all__:
                if inspect.isroutine(getattr(what, own)):
                    yield f"{name}.{own}", getattr(what, own)
    yield from ((f"misure.testing.{name}", getattr(misure.testing, name)) for name in TESTING)
    yield from ((cls.__name__, cls) for cls in constructed())
    for value in values():
        for name in members(type(value)):
            static = inspect.getattr_static(type(value), name, None)
            if inspect.isfunction(static) or isinstance(static, classmethod):
                yield f"{type(value).__module__}.{type(value).__name__}.{name}", getattr(value, name)


def wrong_calls() -> Iterator[tuple[str, str, str, Callable[[], Any]]]:
    """Each function, the parameter, the name of the wrong value, and the call."""
    table = right()
    for name, function in functions():
        signature = inspect.signature(function)
        args, named = [], dict(AND_MORE.get(name.rpartition(".")[2], {}))
        for one in signature.parameters.values():
            own = f"{name.rpartition('.')[2]}.{one.name}"
            own = f"batch.{own}" if name.startswith("misure.batch.") and f"batch.{own}" in table else own
            if one.kind is one.VAR_POSITIONAL or one.kind is one.VAR_KEYWORD:
                continue
            if one.default is one.empty:
                value = table.get(own, table.get(one.name, "x"))
                if one.kind is one.KEYWORD_ONLY:
                    named[one.name] = value
                else:
                    args.append((one.name, value))
        for one in signature.parameters.values():
            if one.kind is one.VAR_KEYWORD:
                continue
            for wrong, value in WRONG.items():
                if wrong == "class" and "Callable" in str(one.annotation):
                    continue  # it is called, and what it raises itself is the caller's own
                if value is None and one.default is None:
                    continue  # nothing is what whoever leaves it out gives: a right value, that may run a whole suite
                if one.kind is one.VAR_POSITIONAL:
                    yield (
                        name,
                        one.name,
                        wrong,
                        lambda f=function, a=args, n=named, v=value: f(*[x for _, x in a], v, **n),
                    )
                elif one.kind is one.POSITIONAL_ONLY or (one.default is one.empty and one.kind is not one.KEYWORD_ONLY):
                    changed = [value if key == one.name else x for key, x in args]
                    yield name, one.name, wrong, lambda f=function, a=changed, n=named: f(*a, **n)
                else:
                    changed_named = {**named, one.name: value}
                    yield name, one.name, wrong, lambda f=function, a=args, n=changed_named: f(*[x for _, x in a], **n)
