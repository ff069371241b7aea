# SPDX-License-Identifier: Apache-2.0
"""A decision of Verso Nuovi Mercati held to its reference by hand: amounts, costs, days, tranches, what takes the award back."""

from __future__ import annotations

from benchmarks import verso_by_hand, verso_firm
from benchmarks.verso_money.days import Span
from benchmarks.verso_money.following import Money, payments_of

from misure import Decision, Outcome, Range
from misure.deciding.machinery import compiled
from tests.laws.readings import ends

STANDS = {Outcome.REFUSED: False, Outcome.UNDECIDED: None}
TRUTHS = {True: "yes", False: "no", None: "unknown"}
LINES = ("consultancy", "implementation", "training", "staff", "indirect")
ROUNDING = 2
"""In cents: where it is not known whether an amount is cut the library rounds its share down, and the hand to the nearest; an own
share is less two such amounts."""


def money_agrees(decision: Decision, firm: verso_firm.Firm, money: Money) -> set[str]:
    """Where the library is wider than the hand, by name; that it is wrong anywhere is an error."""
    on = decision.on.toordinal()
    payments = payments_of(firm, money, on, STANDS.get(decision.outcome, True))
    _terms_agree(decision, money, on, granted=bool(firm.granted_on))
    tranches = {tranche.id: tranche for tranche in decision.tranches}
    assert {name: (str(one.due), str(one.payable)) for name, one in tranches.items()} == {
        name: (TRUTHS[one.due], TRUTHS[one.payable]) for name, one in payments.tranches.items()
    }
    if decision.outcome is Outcome.REFUSED:
        assert decision.support == () and decision.lapses == () and decision.recovery == ()
        return set()
    lapses = {name: TRUTHS[None if truth is None else False] for name, truth in payments.lapses.items()}
    assert {finding.id: str(finding.truth) for finding in decision.lapses} == lapses
    _costs_agree(decision, money)
    assert {one.id: cents(one.amount) for one in decision.recovery} == payments.given_back
    # Of a project granted whose spend came too early the text says what is taken at its accounts: until then the library leaves
    # all of the award open, and the hand has it stand.
    open_until_accounts = str(decision["no_early_spend_granted"].truth) in ("no", "unknown")
    mine: dict[str, Span] = {"loan": money.loan, "grant": money.grant, "own_share": money.own_share}
    found = {line.id: cents(line.amount) for line in decision.support}
    mine |= {name: one.amount for name, one in payments.tranches.items()}
    found |= {name: cents(one.amount) for name, one in tranches.items()}
    assert found.keys() == mine.keys()
    wider = set()
    for name, (low, high) in mine.items():
        (least, most) = found[name]
        assert least <= low and high <= most, (name, found[name], mine[name])
        if (least, most) != (low, high):
            wider.add(name)
            uncertain = str(decision["spent_as_admitted"].truth) in ("no", "unknown")
            assert open_until_accounts or (uncertain and max(low - least, most - high) <= ROUNDING), (name, least, low)
    return wider


def _terms_agree(decision: Decision, money: Money, on: int, *, granted: bool) -> None:
    told = {one.id: one for one in (*decision.terms, *decision.duties)}
    for name, term in money.terms.items():
        if granted or name == "ranking_in_time":
            assert days(told[name].day) == term.days, name
            assert str(told[name].state) == term.state(on), name


def _costs_agree(decision: Decision, money: Money) -> None:
    found = ends(compiled(decision).period.partial_detail, compiled(decision).dossier)
    assert found["before.support.loan.equivalent"] == money.award.loan_aid
    told = {"planned": money.award.planned} | ({"reported": money.accounts.reported} if money.accounts else {})
    for plan, lines in told.items():
        for line in LINES:
            assert found[f"spending.{plan}.{line}.admitted"] == (getattr(lines, line),) * 2, (plan, line)


def cents(amount: object) -> Span:
    low, high = (amount.least, amount.greatest) if isinstance(amount, Range) else (amount, amount)
    return int(low * 100), int(high * 100)


def days(day: object) -> Span:
    low, high = (day.least, day.greatest) if isinstance(day, Range) else (day, day)
    return low.toordinal(), high.toordinal()


def decided_by_hand(decision: Decision) -> tuple[verso_firm.Firm, verso_by_hand.Answer]:
    firm = verso_firm.firm_of(compiled(decision).dossier)
    return firm, verso_by_hand.decide(firm, decision.on.toordinal())
