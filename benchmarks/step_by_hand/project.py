# SPDX-License-Identifier: Apache-2.0
"""What the hand-written Tecnologie Strategiche call reads of a partnership of which everything is told.

Money is in cents, points in hundredths, shares in ten-thousandths, days are ordinals, an event that has not happened is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.dossiers import told_of


@dataclass(slots=True)
class Partner:
    id: str
    role: str
    size: str
    size_at_grant: str
    established: bool
    primary_ateco: str
    prevalent_ateco: str
    outside_gber: bool
    difficulty: bool
    durc_regular: bool
    durc_at_grant: bool
    antimafia_at_grant: bool
    insured: bool
    agreement_signed: bool
    declarations_signed: bool
    size_form: bool
    antimafia_forms: bool
    signed_by_proxy: bool
    proxy_attached: bool
    industrial_hours: int
    industrial_equipment: int
    industrial_contract: int
    experimental_hours: int
    experimental_equipment: int
    experimental_contract: int
    other_aid: int
    general_benefits: int
    two_accounts: bool
    turnover: int
    paid_capital: int
    admitted: int
    granted: int
    full_grant: int
    lombard_seat_on: int
    advance_asked: int
    guarantee: int
    interim_asked: bool
    interim_industrial: int
    interim_experimental: int
    validated_industrial: int
    validated_experimental: int
    recovery_order: bool
    regional_debts: bool
    antimafia_unfavourable: bool
    antimafia_verified: bool
    advance_debt: int
    interim_debt: int
    balance_debt: int
    advance_paid: int
    interim_paid: int
    balance_paid: int
    lapsed: bool
    kept: int
    stability_broken: bool
    stability_broken_on: int


@dataclass(slots=True)
class Staff:
    hours: int
    other_hours: int
    admitted_contract: bool
    in_lombardy: bool


@dataclass(slots=True)
class Expense:
    kind: str
    counted: int
    invoice_taxable: int
    supplier: str
    in_lombardy: bool
    excluded_kind: bool
    in_register: bool
    in_order: bool
    committed_on: int
    paid_on: int


@dataclass(slots=True)
class Project:
    recovery_order_open: bool
    filing_time: int
    filed_on: int
    granted_on: int
    extension_months: int
    extension_granted: bool
    advance_paid_on: int
    project_concluded_on: int
    step_technology: str
    varied_spend: int
    team_share: int
    replaced_partners: int
    step_suspended_days: int
    step_score: int
    score_coherence_step: int
    score_congruity: int
    score_improvement: int
    score_technical: int
    score_replicability: int
    score_impact: int
    score_organisation: int
    score_management: int
    score_team: int
    partners_independent: bool
    effective_collaboration: bool
    collaboration_kept: bool
    partner_changed_before_grant: bool
    partner_reorganised_before_grant: bool
    acceptance_missed_without_fault: bool
    new_capofila_named: bool
    industrial_correlated: bool
    s3_theme: bool
    step_dnsh_declared: bool
    step_in_lombardy: bool
    step_excluded_by_article_7: bool
    step_gambling_machines: bool
    project_sheet_attached: bool
    timetable_attached: bool
    step_stamp_duty: bool
    step_environment: bool
    productive_investment: bool
    step_controls_refused: bool
    step_project_strayed: bool
    step_objectives_kept: bool
    successor_meets_requirements: bool
    false_step_declarations: bool
    requirements_missing: bool
    works_started_on: int
    first_staff_hour_on: int
    grant_notified_on: int
    grant_accepted_on: int
    step_extension_asked_on: int
    advance_requested_on: int
    interim_report_sent_on: int
    interim_requested_on: int
    interim_paid_on: int
    balance_requested_on: int
    final_validated_on: int
    balance_paid_on: int
    variation_asked_on: int
    variation_authorised_on: int
    replacement_asked_on: int
    successor_entered_step: int
    partnership_renounced_on: int
    partnership_lapsed_on: int
    step_papers_lost_on: int
    goods_disposed_on: int
    step_partners: list[Partner]
    staff_years: list[Staff]
    step_expenses: list[Expense]


RECORDS = {"step_partners": Partner, "staff_years": Staff, "step_expenses": Expense}


def project_of(dossier) -> Project:
    """The project that a checked and complete dossier of the library tells of."""
    return told_of(Project, RECORDS, dossier)
