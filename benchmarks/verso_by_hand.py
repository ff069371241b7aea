# SPDX-License-Identifier: Apache-2.0
"""The Verso Nuovi Mercati call written by hand, for an applicant of whom everything is told: conditions and amounts.

An event that has not happened is 0: it lies on the day of the question or later. The score that is asked was never
published, nor the share of new markets, so the outcome is at best unknown. Money is in cents.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from benchmarks.aid_by_hand import Aid, Control, equivalent, headroom
from benchmarks.by_hand import NO, UNKNOWN, YES, Contradiction

from misure.ground.holidays import national_calendar

FIRST_EDITION = dt.date(2025, 4, 18).toordinal()
OPENS, CLOSES = (
    (dt.date(2025, 6, 3).toordinal(), 10 * 3_600_000_000),
    (dt.date(2025, 9, 9).toordinal(), 12 * 3_600_000_000),
)
"""The first and the last moment: the day, and the microseconds from its midnight."""
LAST_DAY = dt.date(2100, 12, 31).toordinal()
INSURED_SINCE = dt.date(2026, 1, 1).toordinal()
MEDIUM_INSURED_SINCE = dt.date(2025, 10, 2).toordinal()
WANT_COUNTS_SINCE = dt.date(2025, 6, 30).toordinal()
PENDING = 3
"""Asked from the grant on, by the law beneath every grant: before it, it decides nothing."""
EXCLUDED = ("01", "02", "03", "64", "65", "66", "68")
AGRICULTURE = ("01", "02", "03")
EXCLUDED_KINDS = frozenset(
    ["intra_group", "consumables", "used_goods", "rent", "operating_lease", "transport", "travel", "self_invoiced",
     "legal_notary_tax"]
)  # fmt: skip
ADMITTED_KINDS = frozenset(
    ["plan_consultancy", "marketing", "foreign_certification", "product_adaptation", "temporary_showroom",
     "remote_after_sales", "staff_training", "export_manager"]
)  # fmt: skip


@dataclass(slots=True)
class VatYear:
    year: int
    turnover: int
    foreign_supplies: int


@dataclass(slots=True)
class Expense:
    kind: str
    expressly_admitted: bool
    third_party_contract: bool
    counted_for: int


@dataclass(slots=True)
class Firm:
    size: str
    approved_accounts: int
    filed_tax_returns: int
    primary_ateco: str
    credit_class: int
    credit_limit: int
    codice_fiscale: str
    borrower_rating: str
    loan_collateral: str
    loan_repayment: str
    registered_and_active: bool
    accounts_must_be_filed: bool
    undertakes_lombard_seat: bool
    tobacco_activity: bool
    agromechanical_register: bool
    lombard_seat_opened_on: int
    filed_on: int
    granted_on: int
    planned_consultancy: int
    planned_implementation: int
    planned_training: int
    planned_eligible_spend: int
    new_markets_spend: int
    early_spend: int
    requested_loan_months: int
    extension_months: int
    plan_goals: bool
    plan_context: bool
    plan_markets: bool
    plan_risks: bool
    plan_strategy: bool
    plan_timetable: bool
    plan_monitoring: bool
    dnsh_respected: bool
    benefits_lombard_seat: bool
    targets_new_markets: bool
    extension_granted: bool
    advance_paid_on: int
    first_spend_on: int
    project_concluded_on: int
    merit_score: int
    filing_time: int
    recovery_order_open: bool
    durc_regular_at_grant: bool
    antimafia_clear_at_grant: bool
    catastrophe_duty_met: bool
    vat_years: list[VatYear]
    expenses: list[Expense]
    deminimis_aids: list[Aid]
    control_relations: list[Control]


@dataclass(slots=True)
class Answer:
    outcome: int
    findings: dict[str, int | None]
    """None does not apply."""
    amounts: tuple[tuple[int, int], ...]
    """Loan, grant, own share, each with its two ends."""


def not_after(one: int, other: int, on: int) -> int:
    """Whether an event lies on or before another, either perhaps still to come."""
    low, high = one or on, one or LAST_DAY
    least, greatest = other or on, other or LAST_DAY
    return YES if high <= least else NO if low > greatest else UNKNOWN


def months_later(day: int, months: int) -> int:
    start = dt.date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def decide(firm: Firm, on: int) -> Answer:
    filed = firm.filed_on
    granted, first = firm.granted_on or on, firm.first_spend_on or on
    if (firm.granted_on and firm.granted_on < filed) or (
        firm.advance_paid_on and firm.advance_paid_on < max(granted, filed)
    ):
        raise Contradiction("granted before it was filed, or paid before it was granted")
    if firm.early_spend > 0 and first > filed:
        raise Contradiction("spent too early, and for the first time later")
    if filed < FIRST_EDITION:
        raise LookupError("not encoded")
    wanted = firm.planned_consultancy + firm.planned_implementation + firm.planned_training
    requested = with_flat_rates(wanted)
    training = min(firm.planned_training, requested * 10 // 100)
    consultancy = min(firm.planned_consultancy, (firm.planned_implementation + training) * 20 // 100)
    spend = with_flat_rates(consultancy + firm.planned_implementation + training)
    if spend != firm.planned_eligible_spend:
        raise Contradiction("the spend is not what its parts add up to")
    counted = min(spend, 60_000_000)
    loan = min((counted * 65 + 50) // 100, 39_000_000, firm.credit_limit)
    day = firm.granted_on or on
    months = min(max(firm.requested_loan_months, 36), 72)
    least, most = equivalent(loan, months, firm.borrower_rating, firm.loan_collateral, firm.loan_repayment, day)
    left = headroom(firm.codice_fiscale, firm.deminimis_aids, firm.control_relations, day)
    whole = min((counted * 20 + 50) // 100, 12_000_000)
    grant = tuple(min(whole, max(0, end)) for end in (left[0] - most, left[1] - least))

    previous = [year for year in firm.vat_years if year.year == dt.date.fromordinal(filed).year - 1]
    if len(previous) != 1:
        exports = UNKNOWN
    else:
        exports = YES if previous[0].foreign_supplies * 100 <= previous[0].turnover * 40 else NO
    admitted = independent = YES
    excluded, kept = 0, not firm.expenses
    for expense in firm.expenses:
        kind = expense.kind
        wrong = kind in EXCLUDED_KINDS or not (kind in ADMITTED_KINDS or expense.expressly_admitted)
        employed = kind == "export_manager" and not expense.third_party_contract
        if wrong:
            admitted = NO
        if employed:
            independent = NO
        if wrong or employed:
            excluded += expense.counted_for
        kept = kept or not wrong
    if 0 < firm.first_spend_on <= filed and not firm.granted_on:
        excluded += firm.early_spend
    remaining = max(0, spend - excluded) if kept else 0
    years = firm.approved_accounts if firm.accounts_must_be_filed else firm.filed_tax_returns
    seat = firm.lombard_seat_opened_on
    ateco = firm.primary_ateco
    sector = not ateco.startswith(EXCLUDED) or (firm.agromechanical_register and ateco.startswith(AGRICULTURE))
    findings: dict[str, int | None] = {
        "size_admitted": YES if firm.size in {"micro", "small", "medium"} else NO,
        "established_and_active": YES if firm.registered_and_active else NO,
        "exports_within_limit": exports,
        "two_years_documented": YES if years >= 2 else NO,
        "seat_or_undertaking": YES if firm.undertakes_lombard_seat or 0 < seat <= filed else NO,
        "sector_not_excluded": YES if sector else NO,
        "no_tobacco": NO if firm.tobacco_activity else YES,
        "goals_in_plan": YES if firm.plan_goals else NO,
        "context_in_plan": YES if firm.plan_context else NO,
        "markets_in_plan": YES if firm.plan_markets else NO,
        "risks_in_plan": YES if firm.plan_risks else NO,
        "strategy_in_plan": YES if firm.plan_strategy else NO,
        "timetable_in_plan": YES if firm.plan_timetable else NO,
        "monitoring_in_plan": YES if firm.plan_monitoring else NO,
        "minimum_spend_reached": YES if remaining >= 3_000_000 else NO,
        "application_window": YES if OPENS <= (filed, firm.filing_time) <= CLOSES else NO,
        "credit_class_admitted": YES if firm.credit_class <= 7 else NO,
        "no_significant_harm": YES if firm.dnsh_respected else NO,
        "benefits_in_lombardy": YES if firm.benefits_lombard_seat else NO,
        "enters_new_markets": YES if firm.targets_new_markets else NO,
        "reaches_threshold": YES if firm.merit_score >= 100_000 else UNKNOWN,
    }
    fits = YES if most <= left[0] else NO if least > left[1] else UNKNOWN
    if firm.granted_on:
        findings["loan_within_headroom"] = fits
    granted = firm.granted_on
    bound = granted >= INSURED_SINCE or (firm.size == "medium" and granted >= MEDIUM_INSURED_SINCE)
    bound = bound or (firm.size == "large" and granted >= WANT_COUNTS_SINCE)
    insured = YES if firm.catastrophe_duty_met else NO if filed >= INSURED_SINCE else UNKNOWN
    beneath: dict[str, int | None] = {
        "no_recovery_order": NO if firm.recovery_order_open else YES,
        "contributions_regular": YES if firm.durc_regular_at_grant else NO,
        "antimafia_clear": YES if firm.antimafia_clear_at_grant else NO,
        "catastrophe_duty": insured if bound else None,
    }
    if not firm.granted_on:
        beneath = dict.fromkeys(beneath, PENDING)
    findings |= beneath
    truths = findings.values()
    outcome = NO if NO in truths else UNKNOWN if UNKNOWN in truths else YES
    findings["loan_fits_headroom"] = None if firm.granted_on else fits
    if not firm.granted_on:
        findings["loan_within_headroom"] = None
    findings["loan_long_enough"] = YES if firm.requested_loan_months >= 36 else NO
    findings["loan_short_enough"] = YES if firm.requested_loan_months <= 72 else NO
    findings["seat_open_by_advance"] = not_after(seat, firm.advance_paid_on, on)
    # The share that is asked of the spend is not known: from nothing to the whole.
    findings["new_markets_share_reached"] = YES if firm.new_markets_spend >= spend else UNKNOWN
    findings["expenses_admitted"] = admitted
    findings["export_manager_independent"] = independent
    first = not_after(firm.first_spend_on, filed, on)
    findings["spending_after_application"] = UNKNOWN if first == UNKNOWN else NO if first == YES else YES
    findings["project_end"] = project_end(firm, on)
    extended = firm.granted_on and firm.extension_granted
    findings["extension_within_maximum"] = (YES if firm.extension_months <= 6 else NO) if extended else None
    asked = firm.granted_on and firm.extension_months > 0
    findings["extension_approved"] = (YES if firm.extension_granted else NO) if asked else None
    # What was spent wrongly leaves the project, and takes with it what it carried: how much, no act says.
    spent = {
        findings[name] for name in ("expenses_admitted", "export_manager_independent", "spending_after_application")
    }
    loans, grants = (loan, loan), grant
    if spent != {YES}:
        loans, grants = (0, loan), (0, grant[1])
    elif fits != YES and not firm.granted_on:
        loans = (0, loan)
    own = max(0, spend - loans[1] - grants[1]), max(0, spend - loans[0] - grants[0])
    return Answer(outcome, findings, (loans, grants, own))


def with_flat_rates(direct: int) -> int:
    """Staff at 20% of the direct costs, indirect costs at 7% of both, each rounded."""
    staff = (direct * 20 + 50) // 100
    return direct + staff + ((direct + staff) * 7 + 50) // 100


def project_end(firm: Firm, on: int) -> int:
    months = 18 + (min(firm.extension_months, 6) if firm.granted_on and firm.extension_granted else 0)
    roll = national_calendar().roll
    first = months_later(firm.granted_on or on, months)
    last = months_later(firm.granted_on or LAST_DAY, months)
    ended = firm.project_concluded_on
    if firm.granted_on:
        first = last = roll(first)
    if ended:
        return YES if ended <= first else NO if ended > last else UNKNOWN
    return NO if on > last else UNKNOWN


def firm_of(dossier) -> Firm:
    """The firm that a checked and complete dossier of the library tells of."""
    told = dict(zip((column.name for column in dossier.form.inputs), dossier.values, strict=True))
    tables = {}
    for table, (records, _) in zip(dossier.form.tables, dossier.tables, strict=True):
        names = [column.name for column in table.columns]
        kind = RECORDS[table.name]
        rows = (dict(zip(names, row, strict=True)) for row in records)
        tables[table.name] = [kind(**{name: row[name] for name in kind.__slots__}) for row in rows]
    return Firm(**{name: told[name] for name in Firm.__slots__ if name in told}, **tables)


RECORDS = {"vat_years": VatYear, "expenses": Expense, "deminimis_aids": Aid, "control_relations": Control}
