# SPDX-License-Identifier: Apache-2.0
"""A partnership of which everything is told: as it asks, and as it was granted and has done its project."""

from __future__ import annotations

from misure import Measure

UNTRUE = {
    "partner_changed_before_grant", "partner_reorganised_before_grant", "acceptance_missed_without_fault", "step_excluded_by_article_7", "step_gambling_machines", "step_controls_refused", "step_project_strayed",
    "false_step_declarations", "requirements_missing", "extension_granted", "recovery_order_open", "step_environment",
    "outside_gber", "difficulty", "signed_by_proxy", "proxy_attached", "recovery_order", "regional_debts", "antimafia_unfavourable",
    "lapsed", "stability_broken", "interim_asked",
}  # fmt: skip
PARTNERS = {
    "alfa": {
        "role": "capofila", "size": "large", "codice_fiscale": "01234570156", "industrial_hours": 10000,
        "industrial_equipment": "100000.00", "industrial_contract": "135800.00", "experimental_hours": 40000,
        "experimental_equipment": "300000.00", "experimental_contract": "243200.00",
    },
    "beta": {
        "role": "partner", "size": "medium", "codice_fiscale": "01234580155", "industrial_hours": 0, "industrial_equipment": "0.00",
        "industrial_contract": "0.00", "experimental_hours": 20000, "experimental_equipment": "171600.00",
        "experimental_contract": "100000.00",
    },
    "gamma": {
        "role": "partner", "size": "small", "codice_fiscale": "01234590154", "industrial_hours": 5000, "industrial_equipment": "17900.00",
        "industrial_contract": "100000.00", "experimental_hours": 10000, "experimental_equipment": "335800.00",
        "experimental_contract": "0.00",
    },
}  # fmt: skip
GIVEN = {
    "alfa": {
        "admitted": "3120000.00", "granted": "1428000.00", "full_grant": "1428000.00", "advance_asked": "571200.00",
        "guarantee": "571200.00", "interim_asked": True, "interim_industrial": "300000.00", "interim_experimental": "1200000.00",
        "validated_industrial": "720000.00", "validated_experimental": "2400000.00", "advance_paid": "571200.00",
        "interim_paid": "103800.00",
    },
    "beta": {
        "admitted": "1200000.00", "granted": "600000.00", "full_grant": "600000.00", "interim_asked": True,
        "interim_experimental": "900000.00", "validated_experimental": "1200000.00", "interim_paid": "420000.00",
    },
    "gamma": {
        "admitted": "1200000.00", "granted": "792000.00", "full_grant": "792000.00", "validated_industrial": "360000.00",
        "validated_experimental": "840000.00",
    },
}  # fmt: skip
"""What the decree gave to each, and what each has done."""


def applicant(measure: Measure) -> dict[str, object]:
    """A partnership that asks, by the facts of the measure."""
    told = {name: _usual(fact) for name, fact in measure.rulebook.facts.items()}
    fields = measure.rulebook.tables["step_partners"].fields
    usual = {name: _usual(fact) for name, fact in fields.items()}
    usual |= {
        "primary_ateco": "28.99",
        "prevalent_ateco": "28.99",
        "turnover": "20000000.00",
        "lombard_seat_on": "2020-01-02",
    }
    partners = [
        usual | {"id": id_, "name": id_.title(), "size_at_grant": told_of["size"]} | told_of
        for id_, told_of in PARTNERS.items()
    ]
    return told | {
        "filed_on": "2025-03-10", "filing_time": "10:30", "step_technology": "robotics", "step_score": "79.00",
        "score_coherence_step": "8", "score_congruity": "12", "score_improvement": "16", "score_technical": "8",
        "score_replicability": "6", "score_impact": "8", "score_organisation": "4", "score_management": "4", "score_team": "8",
        "step_partners": partners, "step_expenses": [], "staff_years": [],
    }  # fmt: skip


def beneficiary(measure: Measure) -> dict[str, object]:
    """The same, granted what it asked for, with a project done and reported as it was planned: the balance is left to be paid."""
    asked = applicant(measure)
    partners = [one | GIVEN[one["id"]] for one in asked["step_partners"]]
    return asked | {
        "granted_on": "2025-09-10", "works_started_on": "2025-09-30", "first_staff_hour_on": "2025-09-30",
        "grant_notified_on": "2025-09-15", "grant_accepted_on": "2025-10-01", "advance_requested_on": "2025-12-01",
        "advance_paid_on": "2026-02-02", "interim_report_sent_on": "2026-12-01", "interim_requested_on": "2026-12-01",
        "interim_paid_on": "2027-02-15", "project_concluded_on": "2028-03-01", "balance_requested_on": "2028-05-02",
        "final_validated_on": "2028-07-03", "step_partners": partners,
        "staff_years": [{"id": f"t{n}", "hours": 1720, "other_hours": 0, "admitted_contract": True, "in_lombardy": True} for n in range(50)],
        "step_expenses": [
            {"id": f"s{n}", "kind": "equipment", "counted": "100000.00", "invoice_taxable": "100000.00", "supplier": "independent",
             "in_lombardy": True, "excluded_kind": False, "in_register": True, "in_order": True, "committed_on": "2025-10-02",
             "paid_on": "2026-10-02"}
            for n in range(12)
        ],
    }  # fmt: skip


def _usual(fact: object) -> object:
    """What stands in no way: yes but for what excludes, nothing happened, nothing due."""
    if fact.kind == "truth":
        return fact.name not in UNTRUE
    return {"event": "not_yet", "number": "0", "date": "2030-01-01"}.get(str(fact.kind))
