# SPDX-License-Identifier: Apache-2.0
"""The Verso Nuovi Mercati call (decreto 5678/2025, All. A) written by hand, for an applicant of whom everything is told.

Written from the text and not from the rule file; sections are named beside what they say. An event that has not happened
is 0: it lies on the day of the question or later. Money is in cents, points in hundredths.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from benchmarks.by_hand import NO, UNKNOWN, YES, Contradiction
from benchmarks.verso_after_grant import (
    after,
    beneath_a_grant,
    both,
    either,
    known,
    opposite,
    paid,
    seat_in_time,
    terms,
    truth,
)
from benchmarks.verso_firm import Firm
from benchmarks.verso_money.award import PLAN_SPEND_FROM, Award, commissioned, lines_of, wrong_kind
from benchmarks.verso_money.following import Money, money_of

MINIMUM = 3_000_000
FIRST_EDITION = dt.date(2025, 4, 18).toordinal()
OPENS, CLOSES = (
    (dt.date(2025, 6, 3).toordinal(), 10 * 3_600_000_000 + 30 * 60_000_000),
    (dt.date(2025, 9, 9).toordinal(), 12 * 3_600_000_000),
)
"""The first and the last moment (C.1): the day, and the microseconds from its midnight."""
# A.3 c. 2: sections A, L and M of ATECO 2025, and the codes of tobacco.
EXCLUDED = ("01", "02", "03", "64", "65", "66", "68")
AGRICULTURE = ("01", "02", "03")
TOBACCO = ("12", "46.35", "46.39", "46.21.21", "47.26")
POINTS = {
    "score_quality": 1600, "score_context": 1600, "score_market": 1500, "score_territory": 1500, "score_costs": 800,
}  # fmt: skip
"""C.3.c c. 4: the five technical criteria, each with its maximum."""
OF_THE_CLASS = (0, *(2700 - 225 * rank for rank in range(6, -1, -1)))
OF_SELF_SUFFICIENCY = (0, 100, 200, 300)


@dataclass(slots=True)
class Answer:
    outcome: int
    findings: dict[str, int | None]
    """None does not apply."""
    money: Money
    """The award and what is left of it."""


def score_of(firm: Firm) -> int:
    """C.3.c c. 4: what the criteria add up to, which is what was told of the whole."""
    told = [getattr(firm, name) for name in POINTS]
    if any(points > most for points, most in zip(told, POINTS.values(), strict=True)):
        raise Contradiction("more points than the criterion gives")
    if firm.score_credit not in OF_THE_CLASS or firm.score_self_sufficiency not in OF_SELF_SUFFICIENCY:
        raise Contradiction("points that the grid does not give")
    # C.3.c c. 4, p. 26: each class has its points, and those after the seventh none.
    if firm.score_credit != (2700 - 225 * (firm.credit_class - 1) if firm.credit_class <= 7 else 0):
        raise Contradiction("points that the class does not give")
    total = sum(told) + firm.score_credit + firm.score_self_sufficiency
    if total != firm.merit_score or total > 10_000:
        raise Contradiction("the score is not what its criteria add up to")
    return total


def trades_in_tobacco(code: str) -> int:
    """A.3 c. 2 a): whether the code is in the list; one that stands above a code of it does not say."""
    return YES if code.startswith(TOBACCO) else UNKNOWN if any(listed.startswith(code) for listed in TOBACCO) else NO


def exports_of(firm: Firm) -> int:
    """A.3 c. 1 c): not above 40% of the turnover, and below 40% of VE50 less VE34; between the two sentences open."""
    previous = [year for year in firm.vat_years if year.year == dt.date.fromordinal(firm.filed_on).year - 1]
    if len(previous) != 1:
        return UNKNOWN
    (year,) = previous
    above = year.foreign_supplies * 100 > year.turnover * 40
    below = year.foreign_supplies * 100 < (year.turnover - year.out_of_scope) * 40
    return NO if above and not below else YES if below and not above else UNKNOWN


def decide(firm: Firm, on: int) -> Answer:
    filed, granted = firm.filed_on, firm.granted_on
    if filed < FIRST_EDITION:
        raise LookupError("not encoded")
    if is_turned_round(firm, on):
        raise Contradiction("something happened before what it follows")
    if firm.contract_terminated and not firm.contract_signed_on:
        raise Contradiction("a contract that was never signed is terminated")
    if speaks_of_nothing(firm):
        raise Contradiction("something is told of what never was")
    if firm.early_spend > 0 and (firm.first_spend_on or on) > filed:
        raise Contradiction("spent too early, and for the first time later")
    # C.1 c. 1 and 2: a ranking grants nothing while applications come in.
    if 0 < granted < CLOSES[0]:
        raise Contradiction("granted while applications come in")
    score = score_of(firm)
    spend = lines_of(firm.planned_consultancy, firm.planned_implementation, firm.planned_training).total
    if spend != firm.planned_eligible_spend:
        raise Contradiction("the spend is not what its parts add up to")
    if max(firm.early_spend, sum(expense.counted_for for expense in firm.expenses)) > spend:
        raise Contradiction("more is counted in the spend than the whole of it")
    reported = lines_of(firm.reported_consultancy, firm.reported_implementation, firm.reported_training).total
    if max(firm.late_spend, firm.late_paid_spend, firm.rejected_spend) > reported:
        raise Contradiction("more was spent too late, or not validated, than was spent")
    # C.3.c c. 8: what is admitted may be less than the plan, and no more.
    if firm.admitted_spend > spend:
        raise Contradiction("more is admitted than the plan has")
    # B.1.b c. 1 a) and C.3.c c. 8: no award gives more.
    most_of_production = firm.best_production_value * 35 // 100
    most_admitted = (firm.admitted_spend * 65 + 50) // 100
    if firm.granted_loan > min(
        (min(spend, 60_000_000) * 65 + 50) // 100, 39_000_000, most_of_production, most_admitted
    ):
        raise Contradiction("more is granted than an award gives")
    money = money_of(firm, on)
    if firm.granted_grant > money.award.most_given:
        raise Contradiction("more is given than an award gives")
    # B.3 c. 3 b): from the day after the application; consultancy for the plan from 24 December 2024.
    first, other = firm.first_spend_on, firm.first_other_spend_on
    plan_alone = both(opposite(after(PLAN_SPEND_FROM, first, on)), after(other, filed, on))
    in_time = either(after(first, filed, on), plan_alone)
    award, accounts = money.award, money.accounts
    fitting = known(award.fits)
    # C.1 c. 7 b) and note 3: the anti-mafia form, where more than 150,000 euro are asked for.
    most_counted = min(spend, 60_000_000)
    asked = (most_counted * 65 + 50) // 100 * firm.loan_requested + (most_counted * 20 + 50) // 100
    years = firm.approved_accounts if firm.accounts_must_be_filed else firm.filed_tax_returns
    seat = firm.lombard_seat_opened_on
    ateco = firm.primary_ateco_2025
    sector = not ateco.startswith(EXCLUDED) or (firm.agromechanical_register and ateco.startswith(AGRICULTURE))
    tobacco = either(trades_in_tobacco(ateco), trades_in_tobacco(firm.prevalent_ateco_2025))
    findings: dict[str, int | None] = {
        "size_admitted": truth(firm.size in {"micro", "small", "medium"}),
        "established_and_active": truth(firm.registered_and_active),
        "exports_within_limit": exports_of(firm),
        "vat_return_recent": truth(firm.vat_return_attached),
        "size_form_filed": truth(firm.size_form),
        "antimafia_form_filed": truth(firm.antimafia_form) if asked > 15_000_000 else None,
        "two_years_documented": truth(years >= 2),
        "seat_or_undertaking": truth(firm.undertakes_lombard_seat or 0 < seat <= filed),
        "sector_not_excluded": truth(sector),
        "no_tobacco": opposite(tobacco),
        "within_deminimis_scope": truth(not firm.outside_deminimis_scope),
        "not_insolvent": truth(not firm.insolvency_procedure),
        "customer_check_filed": truth(firm.customer_check_form),
        "stamp_duty_settled": truth(firm.stamp_duty_paid_or_exempt),
        "plan_filed": truth(firm.plan_attached),
        "goals_in_plan": truth(firm.plan_goals),
        "context_in_plan": truth(firm.plan_context),
        "markets_in_plan": truth(firm.plan_markets),
        "risks_in_plan": truth(firm.plan_risks),
        "strategy_in_plan": truth(firm.plan_strategy),
        "timetable_in_plan": truth(firm.plan_timetable),
        "monitoring_in_plan": truth(firm.plan_monitoring),
        "minimum_spend_reached": minimum_of(firm, award),
        "application_window": in_window(firm, filed, on),
        "credit_class_admitted": truth(firm.credit_class <= 7),
        "no_last_class_ground": truth(not firm.last_class_grounds),
        "no_significant_harm": truth(firm.dnsh_respected),
        "benefits_in_lombardy": truth(firm.benefits_lombard_seat),
        "enters_foreign_markets": truth(firm.aims_at_foreign_markets),
        "no_excluded_investment": truth(not firm.excluded_by_erdf),
        "no_export_linked_activity": truth(not firm.export_linked_activities),
        "no_domestic_goods_condition": truth(not firm.domestic_goods_required),
        "no_gambling": truth(not firm.gambling_or_pornography),
        "reaches_threshold": truth(score >= 6500),
        "quality_reached": truth(firm.score_quality >= 1000),
        "market_capacity_reached": truth(firm.score_market >= 1000),
        "self_sufficient": truth(firm.score_self_sufficiency > 0),
    }
    if granted:
        findings["loan_within_headroom"] = fitting
    findings |= beneath_a_grant(firm, award)
    truths = findings.values()
    outcome = NO if NO in truths else UNKNOWN if UNKNOWN in truths else YES
    findings["loan_fits_headroom"] = None if granted else fitting
    findings["whole_loan_granted"] = truth(firm.granted_loan >= award.full_loan[0]) if granted else None
    if not granted:
        findings["loan_within_headroom"] = None
    # B.1.b c. 2 and 3: the plan that was granted, until then the one that is asked for.
    months = firm.granted_loan_months if granted else firm.requested_loan_months
    grace = firm.granted_grace_months if granted else firm.grace_months
    findings["loan_asked_too"] = truth(firm.loan_requested)
    # B.1.b c. 5: no guarantee.
    findings["loan_unsecured"] = truth(firm.loan_collateral != "high")
    findings["loan_long_enough"] = truth(months >= 36)
    findings["loan_short_enough"] = truth(months <= 72)
    findings["grace_short_enough"] = truth(grace <= 24)
    findings["grace_admitted"] = truth(grace in {0, 6, 12, 18, 24})
    findings["seat_open_by_advance"] = seat_in_time(firm, on)
    findings["expenses_admitted"] = truth(not any(map(wrong_kind, firm.expenses)))
    findings["advisers_independent"] = truth(all(map(commissioned, firm.expenses)))
    findings["spending_after_application"] = in_time
    findings["no_early_spend_granted"] = in_time if granted and accounts is None else None
    findings |= terms(firm, money.terms, on)
    # C.4.b c. 4 c) and C.4.d: the accounts, once the balance is asked.
    findings["realised_enough"] = known(accounts.enough) if accounts else None
    findings["spent_as_admitted"] = known(accounts.as_admitted) if accounts and not accounts.redetermined else None
    findings |= paid(firm, award, money.terms["project_end"], on)
    return Answer(outcome, findings, money)


def minimum_of(firm: Firm, award: Award) -> int:
    """B.2.a c. 3, p. 12: of the project; who assesses may cut it (C.3.c c. 8, p. 28), and of a decree that admits less nothing is said."""
    least, most = award.remaining
    if most < MINIMUM:
        return NO
    return UNKNOWN if least < MINIMUM or (firm.granted_on and award.spend < MINIMUM) else YES


def is_turned_round(firm: Firm, on: int) -> bool:
    """Whether some day lies before one that it follows; what has not happened comes on the day of the question at the earliest."""
    filed, granted, contract = firm.filed_on, firm.granted_on, firm.contract_signed_on
    follows = (
        (granted, (filed,)),
        (firm.first_other_spend_on, (firm.first_spend_on,)),
        (firm.contract_documents_sent_on, (granted,)),
        (contract, (granted, firm.contract_documents_sent_on)),
        (firm.advance_paid_on, (filed, granted, contract)),
        (firm.extension_asked_on, (granted,)),
        (firm.project_concluded_on, (firm.first_spend_on, firm.first_other_spend_on)),
        (firm.balance_asked_on, (granted, contract, firm.project_concluded_on)),
        (firm.arrears_notified_on, (firm.balance_asked_on,)),
        (firm.arrears_paid_on, (firm.balance_asked_on,)),
        (firm.balance_paid_on, (firm.balance_asked_on,)),
        (firm.lombard_seat_closed_on, (firm.lombard_seat_opened_on, filed)),
        (firm.liquidation_opened_on, (granted,)),
        (firm.contract_arrears_notified_on, (granted,)),
        (firm.contract_arrears_paid_on, (granted,)),
        (firm.redetermined_on, (firm.balance_asked_on,)),
        (firm.renounced_on, (granted,)),
        (firm.revoked_on, (granted,)),
        (firm.returned_on, (firm.revoked_on,)),
        (firm.return_due_on, (firm.revoked_on,)),
        (firm.loan_called_on, (contract,)),
        (firm.contract_ended_on, (firm.loan_called_on,)),
        (firm.succeeded_on, (granted,)),
        *((one.ended_on, (one.asked_on,)) for one in firm.suspensions),
    )
    return any(later and later < (day or on) for later, earlier in follows for day in earlier)


def in_window(firm: Firm, filed: int, on: int) -> int:
    """C.1 c. 1 and 2, "save an extension": what an extension that is told lets in is open."""
    extended = CLOSES[0] <= (firm.filed_on or on) <= firm.window_closed_on
    return YES if OPENS <= (filed, firm.filing_time) <= CLOSES else UNKNOWN if extended else NO


def speaks_of_nothing(firm: Firm) -> bool:
    """Whether something is told that follows what was not found, or has not happened."""
    follows = (
        (firm.arrears_at_balance, (firm.arrears_notified_on, firm.arrears_paid_on)),
        (firm.loan_called_on, (firm.contract_ended_on,)),
        (firm.arrears_at_contract, (firm.contract_arrears_notified_on, firm.contract_arrears_paid_on)),
        (
            firm.succeeded_on,
            (
                firm.succession_allowed,
                firm.successor_eligible,
                firm.successor_creditworthy,
                firm.successor_two_accounts,
            ),
        ),
    )
    return any(not found and any(told) for found, told in follows)
