# SPDX-License-Identifier: Apache-2.0
"""What the hand-written Verso Nuovi Mercati call reads of one applicant of whom everything is told."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.aid_by_hand import Aid, Control


@dataclass(slots=True)
class VatYear:
    year: int
    turnover: int
    out_of_scope: int
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
    primary_ateco_2025: str
    prevalent_ateco_2025: str
    credit_class: int
    best_production_value: int
    codice_fiscale: str
    borrower_rating: str
    loan_collateral: str
    registered_and_active: bool
    accounts_must_be_filed: bool
    undertakes_lombard_seat: bool
    agromechanical_register: bool
    lombard_seat_opened_on: int
    filed_on: int
    granted_on: int
    planned_consultancy: int
    planned_implementation: int
    planned_training: int
    planned_eligible_spend: int
    reported_consultancy: int
    reported_implementation: int
    reported_training: int
    early_spend: int
    late_spend: int
    rejected_spend: int
    granted_loan: int
    admitted_spend: int
    requested_loan_months: int
    grace_months: int
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
    aims_at_foreign_markets: bool
    excluded_by_erdf: bool
    export_linked_activities: bool
    domestic_goods_required: bool
    gambling_or_pornography: bool
    outside_deminimis_scope: bool
    insolvency_procedure: bool
    customer_check_form: bool
    size_form: bool
    antimafia_form: bool
    vat_return_attached: bool
    stamp_duty_paid_or_exempt: bool
    extension_granted: bool
    advance_paid_on: int
    first_spend_on: int
    first_other_spend_on: int
    contract_documents_sent_on: int
    contract_signed_on: int
    extension_asked_on: int
    balance_asked_on: int
    arrears_notified_on: int
    arrears_paid_on: int
    balance_paid_on: int
    lombard_seat_closed_on: int
    liquidation_opened_on: int
    contract_terminated: bool
    project_concluded_on: int
    merit_score: int
    score_quality: int
    score_context: int
    score_market: int
    score_territory: int
    score_costs: int
    score_credit: int
    score_self_sufficiency: int
    filing_time: int
    recovery_order_open: bool
    durc_regular_at_grant: bool
    antimafia_clear_at_grant: bool
    antimafia_clear_at_advance: bool
    antimafia_clear_at_balance: bool
    arrears_at_balance: bool
    accounts_verified: bool
    project_goals_reached: bool
    catastrophe_duty_met: bool
    vat_years: list[VatYear]
    expenses: list[Expense]
    deminimis_aids: list[Aid]
    control_relations: list[Control]


def firm_of(dossier) -> Firm:
    """The firm that a checked and complete dossier of the library tells of."""
    told = dict(zip((column.name for column in dossier.layout.inputs), dossier.values, strict=True))
    tables = {}
    for table, (records, _) in zip(dossier.layout.tables, dossier.tables, strict=True):
        names = [column.name for column in table.columns]
        kind = RECORDS[table.name]
        rows = (dict(zip(names, row, strict=True)) for row in records)
        tables[table.name] = [kind(**{name: row[name] for name in kind.__slots__}) for row in rows]
    return Firm(**{name: told[name] for name in Firm.__slots__ if name in told}, **tables)


RECORDS = {"vat_years": VatYear, "expenses": Expense, "deminimis_aids": Aid, "control_relations": Control}
