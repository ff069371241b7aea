# SPDX-License-Identifier: Apache-2.0
"""What the hand-written Verso Nuovi Mercati call reads of one applicant of whom everything is told."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.aid_by_hand import Aid, Control
from benchmarks.dossiers import told_of

from misure import Measure


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
class Suspension:
    asked_on: int
    ended_on: int


@dataclass(slots=True)
class Instalment:
    """An instalment of the loan that was paid after its due day, or is due and not paid yet (0)."""

    principal: int
    interest: int
    due_on: int
    paid_on: int


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
    late_paid_spend: int
    rejected_spend: int
    granted_loan: int
    granted_grant: int
    granted_loan_months: int
    granted_grace_months: int
    admitted_spend: int
    varied_spend: int
    variation_approved: bool
    redetermined_on: int
    redetermined_loan: int
    redetermined_grant: int
    paid_balance: int
    paid_grant: int
    repaid_loan: int
    revoked_on: int
    renounced_on: int
    return_due_on: int
    returned_on: int
    loan_called_on: int
    contract_ended_on: int
    succeeded_on: int
    succession_allowed: bool
    successor_eligible: bool
    successor_creditworthy: bool
    successor_two_accounts: bool
    false_declarations: bool
    inspections_refused: bool
    antimafia_ban: bool
    papers_lost_on: int
    goods_disposed_on: int
    arrears_at_contract: bool
    contract_arrears_notified_on: int
    contract_arrears_paid_on: int
    plan_attached: bool
    loan_requested: bool
    last_class_grounds: bool
    window_closed_on: int
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
    due_diligence_clear_at_grant: bool
    antimafia_clear_at_grant: bool
    antimafia_clear_at_advance: bool
    antimafia_clear_at_balance: bool
    durc_regular_at_advance: bool
    durc_regular_at_balance: bool
    arrears_at_balance: bool
    accounts_verified: bool
    project_goals_reached: bool
    catastrophe_duty_met: bool
    vat_years: list[VatYear]
    expenses: list[Expense]
    suspensions: list[Suspension]
    late_instalments: list[Instalment]
    deminimis_aids: list[Aid]
    control_relations: list[Control]


def firm_of(dossier) -> Firm:
    """The firm that a checked and complete dossier of the library tells of."""
    return told_of(Firm, RECORDS, dossier)


RECORDS = {
    "vat_years": VatYear,
    "expenses": Expense,
    "suspensions": Suspension,
    "late_instalments": Instalment,
    "deminimis_aids": Aid,
    "control_relations": Control,
}


UNTRUE = (
    "excluded_by_erdf", "export_linked_activities", "domestic_goods_required", "gambling_or_pornography",
    "outside_deminimis_scope", "insolvency_procedure", "last_class_grounds", "arrears_at_contract", "variation_approved",
    "antimafia_ban", "false_declarations", "inspections_refused", "succession_allowed", "successor_eligible",
    "successor_creditworthy", "successor_two_accounts",
)  # fmt: skip
"""What excludes whoever says yes, or speaks of what has not happened."""

NOT_YET = (
    "redetermined_on", "revoked_on", "renounced_on", "returned_on", "return_due_on", "loan_called_on", "contract_ended_on", "succeeded_on",
    "papers_lost_on",
    "goods_disposed_on", "contract_arrears_notified_on", "contract_arrears_paid_on", "window_closed_on",
)  # fmt: skip


def applicant(measure: Measure) -> dict[str, object]:
    """A firm that asks, of which everything is told, by the facts of the measure."""
    flags = {name: True for name, fact in measure.rulebook.facts.items() if fact.kind == "truth"}
    return flags | {
        **dict.fromkeys(UNTRUE, False), **dict.fromkeys(NOT_YET, "not_yet"), "codice_fiscale": "01234560157", "size": "small", "approved_accounts": 3,
        "filed_tax_returns": 3, "primary_ateco_2025": "28.99", "prevalent_ateco_2025": "28.99", "credit_class": 4,
        "best_production_value": "900000.00",
        "borrower_rating": "bbb", "loan_collateral": "normal", "grace_months": 12,
        "deminimis_aids": [
            {"cor": f"{n}", "beneficiary": "01234560157", "regulation": "gen", "granted_on": "2024-05-10", "amount": "30000.00"}
            for n in range(4)
        ],
        "control_relations": [
            {"id": "r1", "controller": "02345670158", "controlled": "01234560157", "control": True, "sole_trader": False},
        ],
        "lombard_seat_opened_on": "2015-03-01", "filed_on": "2025-07-01", "filing_time": "10:30",
        "granted_on": "not_yet", "planned_consultancy": "25000.00", "planned_implementation": "95000.00",
        "planned_training": "5000.00", "planned_eligible_spend": "151130.00", "reported_consultancy": "0.00",
        "reported_implementation": "0.00", "reported_training": "0.00",
        "requested_loan_months": 60, "extension_months": 0, "extension_granted": False,
        "advance_paid_on": "not_yet", "first_spend_on": "not_yet", "project_concluded_on": "not_yet",
        "first_other_spend_on": "not_yet", "contract_documents_sent_on": "not_yet", "contract_signed_on": "not_yet",
        "extension_asked_on": "not_yet", "balance_asked_on": "not_yet", "merit_score": "79.25", "score_quality": "14",
        "score_context": "12", "score_market": "13", "score_territory": "12", "score_costs": "6",
        "score_credit": "20.25", "suspensions": [], "late_instalments": [], "granted_loan": "0.00", "granted_grant": "0.00",
        "granted_loan_months": 60, "granted_grace_months": 12, "varied_spend": "0.00", "redetermined_loan": "0.00",
        "redetermined_grant": "0.00", "paid_balance": "0.00", "paid_grant": "0.00", "repaid_loan": "0.00", "admitted_spend": "0.00", "rejected_spend": "0.00",
        "balance_paid_on": "not_yet", "lombard_seat_closed_on": "not_yet", "liquidation_opened_on": "not_yet",
        "contract_terminated": False, "arrears_at_balance": False, "arrears_notified_on": "not_yet", "arrears_paid_on": "not_yet",
        "accounts_verified": False, "score_self_sufficiency": "2", "early_spend": "0.00", "late_spend": "0.00", "late_paid_spend": "0.00", "vat_years": [{"year": 2024, "turnover": "900000.00", "out_of_scope": "0.00", "foreign_supplies": "200000.00"}],
        "expenses": [
            {"id": f"s{n}", "description": "campagna", "kind": "marketing", "expressly_admitted": True, "third_party_contract": True,
             "counted_for": "10000.00"}
            for n in range(12)
        ],
    }  # fmt: skip


def beneficiary(measure: Measure) -> dict[str, object]:
    """The same firm, granted the whole loan, with a project done and reported as it was planned: nothing is left open."""
    return applicant(measure) | {
        "granted_on": "2025-12-10", "contract_documents_sent_on": "2026-01-20", "contract_signed_on": "2026-02-02",
        "advance_paid_on": "2026-02-10", "first_spend_on": "2025-10-01", "first_other_spend_on": "2025-10-01",
        "project_concluded_on": "2027-05-20", "balance_asked_on": "2027-06-20", "expenses": [], "deminimis_aids": [],
        "granted_loan": "98234.50", "granted_grant": "30226.00", "admitted_spend": "151130.00", "accounts_verified": True, "reported_consultancy": "25000.00",
        "reported_implementation": "95000.00", "reported_training": "5000.00", "recovery_order_open": False,
    }  # fmt: skip
