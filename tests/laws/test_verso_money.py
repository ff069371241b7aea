# SPDX-License-Identifier: Apache-2.0
"""Every branch of the hand-written money of Verso Nuovi Mercati, by a case made for it beside one that just misses it.

Drawn applicants reach the rare ones by luck (`test_by_hand`); these do by construction, and a branch that none reaches is a failure.
"""

import datetime as dt
from decimal import Decimal

import pytest
from benchmarks import verso_firm
from benchmarks.verso_money import following
from benchmarks.verso_money.days import moved

from misure.ground.holidays import national_calendar
from tests.laws.deciding_parts import watching
from tests.laws.money_by_hand import decided_by_hand, money_agrees
from tests.laws.test_by_hand import TRUTHS, VERSO, outcome
from tests.packaging.environments import ROOT

MODULES = ["days", "loan_aid", "award", "terms", "accounts", "payments", "given_back", "following"]
"""In the order in which they import each other."""

DONE = verso_firm.beneficiary(VERSO)
EVENTS = (
    "granted_on", "contract_documents_sent_on", "contract_signed_on", "advance_paid_on", "first_spend_on",
    "first_other_spend_on", "project_concluded_on", "balance_asked_on",
)  # fmt: skip
DAY = dt.date(2027, 7, 1)
NOT_YET = "not_yet"
ASKED = dict.fromkeys(EVENTS, NOT_YET) | {"granted_loan": "0.00", "granted_grant": "0.00", "accounts_verified": False}
"""Before the grant."""
RUNNING = dict.fromkeys(("project_concluded_on", "balance_asked_on"), NOT_YET) | {"accounts_verified": False}
UNPAID = {"advance_paid_on": NOT_YET}
TRAVEL = [{"id": "s1", "description": "viaggio", "kind": "travel", "expressly_admitted": False, "third_party_contract": True, "counted_for": "12700.00"}]  # fmt: skip


def aid(amount, day="2024-05-10"):
    return {
        "deminimis_aids": [
            {"cor": "c1", "beneficiary": "01234560157", "regulation": "gen", "granted_on": day, "amount": amount}
        ]
    }


def late(*instalments):
    rows = [
        {"id": f"r{at}", "principal": principal, "interest": "0.00", "due_on": due, "paid_on": paid}
        for at, (principal, due, paid) in enumerate(instalments)
    ]
    return {"late_instalments": rows}


def stretch(asked, ended):
    return {"suspensions": [{"id": "s1", "asked_on": asked, "ended_on": ended}]}


def planned(consultancy, implementation, training, total):
    """A plan, and accounts that are the same."""
    parts = {"consultancy": consultancy, "implementation": implementation, "training": training}
    both = {f"{plan}_{name}": amount for name, amount in parts.items() for plan in ("planned", "reported")}
    return both | {"planned_eligible_spend": total, "admitted_spend": total}


LARGE = planned("0.00", "600000.00", "0.00", "762000.00") | {
    "granted_loan": "390000.00",
    "granted_grant": "120000.00",
    "best_production_value": "2000000.00",
}
"""Above the greatest investment: the loan and the contribution are the most that there is."""
EXTENDED = {"extension_months": 6, "extension_granted": True, "extension_asked_on": "2027-04-11", "project_concluded_on": "2027-12-10", "balance_asked_on": "2028-01-20"}  # fmt: skip
YEAR_END = EXTENDED | {"granted_on": "2025-12-31", "project_concluded_on": "2027-12-31"}
ARREARS = {"arrears_at_balance": True, "arrears_notified_on": "2027-07-02"}

LATER = {"granted_on": "2026-02-05", "contract_documents_sent_on": "2026-02-20", "contract_signed_on": "2026-03-02", "advance_paid_on": "2026-03-10"}  # fmt: skip
ON_FILING = ASKED | {"first_spend_on": "2025-06-15", "early_spend": "10000.00"}
EARLY = {"first_spend_on": "2025-06-01", "first_other_spend_on": "2025-06-01", "early_spend": "10000.00"}
LATE = {"project_concluded_on": "2027-06-15", "late_spend": "20000.00"}
LESS = {"reported_implementation": "75000.00", "reported_consultancy": "20000.00"}
CUT = {"granted_loan": "65000.00", "granted_grant": "20000.00", "admitted_spend": "100000.00"}
"""Less admitted than the plan has."""
LITTLE = CUT | {"reported_implementation": "62000.00", "reported_consultancy": "10000.00"}
UNPLANNED = planned("0.00", "95000.00", "0.00", "120650.00") | {"granted_loan": "78422.50", "granted_grant": "24130.00"}
PAID = {"balance_paid_on": "2027-06-25", "paid_balance": "49117.25", "paid_grant": "30226.00"}
VARIED = {"variation_approved": True, "varied_spend": "100000.00", "rejected_spend": "51130.00"}
LEFT = {"redetermined_on": "2027-06-28", "redetermined_loan": "80000.00", "redetermined_grant": "25000.00"}
REVOKED = {"revoked_on": "2027-06-30"}
DUE = {"revoked_on": "2026-03-15", "return_due_on": "2026-03-17"}
WAITING = (
    RUNNING
    | UNPAID
    | {"contract_signed_on": NOT_YET, "arrears_at_contract": True, "contract_arrears_notified_on": "2026-01-21"}
)
HEIR = {"succeeded_on": "2027-06-22", "succession_allowed": True, "successor_eligible": True, "successor_creditworthy": True, "successor_two_accounts": True}  # fmt: skip
MAFIA = {"antimafia_clear_at_balance": False, "antimafia_clear_at_advance": True}


FEB, SEP, FILING = dt.date(2026, 3, 20), dt.date(2025, 9, 1), dt.date(2025, 7, 1)
BRANCHES = [
    # What is looked at, a case, and one beside it of which it is another.
    ("a term that ends on a Sunday", "days.contract_documents", {}, {"granted_on": "2025-12-09"}),
    ("a term that ends on Easter Monday", "days.contract_documents", LATER, LATER | {"granted_on": "2026-02-06"}),
    ("a term that ends on Saint Francis", "days.accounts", LATER, LATER | {"granted_on": "2026-02-06"}),
    ("a day without a rate", "money.award.loan_aid", LATER, LATER | {"granted_on": "2026-01-31"}),
    ("a loan shorter than three years counts as three", "money.award.loan_aid", {"granted_loan_months": 24}, {"granted_loan_months": 42}),
    ("and one longer than six as six", "money.award.loan_aid", {"granted_loan_months": 90}, {"granted_loan_months": 66}),
    ("half a half-year more or less", "money.award.loan_aid", {"granted_loan_months": 63}, {"granted_loan_months": 66}),
    ("no grace, and two parts", "money.award.loan_aid", ASKED | {"grace_months": 0}, ASKED | {"grace_months": 6}, SEP),
    ("high collateral of a loan without any", "money.award.loan_aid", {"loan_collateral": "high"}, {}),
    ("no loan asked for", "money.loan", ASKED | {"loan_requested": False}, ASKED, SEP),
    ("no grace", "money.award.loan_aid", {"granted_grace_months": 0}, {"granted_grace_months": 6}),
    ("a grace longer than two years counts as two", "money.award.loan_aid", {"granted_grace_months": 30}, {"granted_grace_months": 18}),
    ("a grace that is not offered", "money.award.loan_aid", {"granted_grace_months": 7}, {"granted_grace_months": 6}),
    ("who was never rated", "money.award.loan_aid", {"borrower_rating": "unrated"}, {"borrower_rating": "ccc"}),
    ("spent before the application", "money.award.remaining", ASKED | EARLY, ASKED | EARLY | {"first_spend_on": "2025-07-02", "first_other_spend_on": "2025-07-02", "early_spend": "0.00"}, SEP),
    ("spent on the day of the application", "money.award.remaining", ASKED | EARLY | {"first_other_spend_on": "2025-07-01"}, ASKED | EARLY | {"first_other_spend_on": "2025-07-02"}, SEP),
    ("the plan alone, in its time", "money.award.remaining", ASKED | EARLY | {"first_other_spend_on": "2025-07-02"}, ASKED | EARLY, SEP),
    ("the plan alone, before its time", "money.award.remaining", ASKED | EARLY | {"first_spend_on": "2024-12-23", "first_other_spend_on": "2025-07-02"}, ASKED | EARLY | {"first_spend_on": "2024-12-24", "first_other_spend_on": "2025-07-02"}, SEP),
    ("all of it too early", "money.award.remaining", ASKED | EARLY | {"early_spend": "151130.00"}, ASKED | EARLY, SEP),
    ("what comes on the day after the application", "money.award.remaining", ON_FILING, ON_FILING, FILING, dt.date(2025, 7, 2)),
    ("what comes on the day of the application", "money.award.remaining", ON_FILING, ASKED, FILING),
    ("the loan alone does not fit", "money.award.loan", ASKED | aid("299000.00"), ASKED | aid("290000.00"), SEP),
    ("it may fit", "money.award.fits", ASKED | aid("295700.00"), ASKED | aid("290000.00"), SEP),
    ("35% of the production", "money.award.loan", {"best_production_value": "200000.00", "granted_loan": "70000.00"}, {}),
    ("above the greatest investment", "money.award.grant", LARGE, {}),
    ("all that there is left of de minimis", "money.award.grant", aid("275000.00") | {"granted_grant": "20000.00"}, aid("255000.00")),
    ("a plan of instalments that is asked for", "money.award.loan_aid", ASKED, ASKED | {"requested_loan_months": 66}, SEP),
    ("nothing left of de minimis", "money.award.grant", ASKED | aid("300000.00"), ASKED | aid("270000.00"), SEP),
    ("no more contribution than loan", "money.award.grant", {"granted_loan": "20000.00", "granted_grant": "20000.00"}, {"granted_loan": "98234.50"}),
    ("less given than the plan asks for", "money.grant", {"granted_grant": "30225.99"}, {}),
    ("less lent than the plan asks for", "money.loan", {"granted_loan": "98234.49"}, {}),
    ("less admitted than the plan has", "money.award.grant", CUT, CUT | {"admitted_spend": "151130.00", "granted_grant": "30226.00"}),
    ("a variation that lowers the spend", "money.accounts.enough", VARIED | {"varied_spend": "151130.00"}, VARIED),
    ("and leaves the award to its accounts", "money.own_share", VARIED | {"balance_asked_on": NOT_YET}, {"balance_asked_on": NOT_YET}),
    ("a variation is no redetermination", "money.loan", VARIED | {"rejected_spend": "75565.01"}, VARIED),
    ("redetermined to less", "money.loan", LEFT, {}),
    ("redetermined to no less", "money.grant", LEFT, LEFT | {"redetermined_grant": "30226.00"}),
    ("nothing lent", "money.award.loan", {"granted_loan": "0.00", "granted_grant": "0.00"}, {"granted_loan": "0.01", "granted_grant": "0.01"}),
    ("travel is left out", "money.award.remaining", {"expenses": TRAVEL, "granted_loan": "89979.50"}, {}),
    ("all is left out", "money.award.loan", {"expenses": [TRAVEL[0] | {"counted_for": "151130.00"}]}, {"expenses": TRAVEL}),
    ("a kind that the call admits where it says so", "money.award.remaining", {"expenses": [TRAVEL[0] | {"kind": "rent"}]}, {"expenses": [TRAVEL[0] | {"kind": "rent", "expressly_admitted": True}]}),
    ("a trainer without a contract", "money.award.remaining", {"expenses": [TRAVEL[0] | {"kind": "staff_training", "third_party_contract": False}]}, {"expenses": [TRAVEL[0] | {"kind": "staff_training"}]}),
    ("consultancy above its share", "money.award.planned.consultancy", planned("19000.01", "95000.00", "5000.00", "151130.00"), planned("18999.99", "95000.00", "5000.00", "151129.99") | {"granted_loan": "98234.49"}),
    ("training above its share", "money.award.planned.training", planned("19000.00", "95000.00", "11400.01", "159258.00"), planned("19000.00", "95000.00", "11399.99", "159257.99")),
    ("consultancy that was not planned", "money.accounts.validated", UNPLANNED | {"reported_consultancy": "10000.00", "reported_implementation": "80000.00"}, UNPLANNED | {"reported_implementation": "90000.00"}),
    ("training that was not planned", "money.accounts.validated", UNPLANNED | {"reported_training": "8000.00", "reported_implementation": "80000.00"}, UNPLANNED | {"reported_implementation": "88000.00"}),
    ("all of it rejected", "money.accounts.validated", {"rejected_spend": "151130.00"}, {"rejected_spend": "151129.99"}),
    ("rejected spend", "money.accounts.validated", {"rejected_spend": "1000.00"}, {}),
    ("reported, and spent too early", "money.accounts.validated", EARLY, {}),
    ("more too early and too late than there is", "money.accounts.validated", EARLY | LATE | {"early_spend": "140000.00"}, EARLY | LATE),
    ("spent too late", "money.accounts.validated", LATE, LATE | {"project_concluded_on": "2027-06-10"}),
    ("invoiced in time and paid too late", "money.accounts.validated", LATE | {"late_paid_spend": "20000.00"}, LATE),
    ("all spent too late", "money.accounts.validated", LATE | {"first_spend_on": "2027-06-11", "first_other_spend_on": "2027-06-11"}, LATE | {"first_spend_on": "2027-06-10", "first_other_spend_on": "2027-06-10"}),
    ("70% and less", "money.accounts.enough", {"rejected_spend": "45339.01"}, {"rejected_spend": "45339.00"}),
    ("70% of the plan, or of what was admitted of it", "money.accounts.enough", LITTLE | {"admitted_spend": "139700.01"}, LITTLE | {"admitted_spend": "139700.00"}),
    ("70%, late or not", "money.accounts.enough", YEAR_END | {"late_spend": "60000.00"}, YEAR_END | {"late_spend": "40000.00"}),
    ("as much as was admitted", "money.accounts.as_admitted", {"rejected_spend": "0.01"}, {}),
    ("as much as was admitted of the plan", "money.accounts.as_admitted", CUT | {"rejected_spend": "51130.01"}, CUT | {"rejected_spend": "51130.00"}),
    ("above the award, whole or in proportion", "money.loan", {"rejected_spend": "22669.49"}, {"rejected_spend": "22669.50"}),
    ("an extension", "days.project_end", EXTENDED, EXTENDED | {"extension_granted": False, "late_spend": "0.00"}),
    ("an extension counted from two days", "days.project_end", YEAR_END, YEAR_END | {"granted_on": "2025-12-29"}),
    ("an extension asked for too late", "days.project_end", EXTENDED | {"extension_asked_on": "2027-04-12"}, EXTENDED),
    ("an extension asked for after the end", "state.extension_request", EXTENDED | {"extension_asked_on": "2027-06-11"}, EXTENDED | {"extension_asked_on": "2027-06-10"}),
    ("days for the accounts from a Sunday", "days.last_accounts", {"granted_on": "2025-11-30"}, {}),
    ("an extension of seven months", "days.project_end", EXTENDED | {"extension_months": 7}, EXTENDED),
    ("a term that runs", "state.last_accounts", RUNNING, RUNNING, dt.date(2027, 12, 7), dt.date(2027, 12, 8)),
    ("a term that was kept", "state.contract_documents", RUNNING, RUNNING | {"contract_documents_sent_on": "2026-02-10", "contract_signed_on": "2026-02-10", "advance_paid_on": "2026-02-10"}, FEB),
    ("papers after 180 days", "payments.lapses.last_contract_documents", RUNNING | UNPAID | {"contract_documents_sent_on": "2026-06-09", "contract_signed_on": NOT_YET}, RUNNING | UNPAID | {"contract_documents_sent_on": "2026-06-08", "contract_signed_on": NOT_YET}, dt.date(2026, 6, 20)),
    ("accounts between two last days", "payments.lapses.last_accounts", EXTENDED | {"extension_months": 7, "balance_asked_on": "2028-06-10"}, EXTENDED | {"extension_months": 7, "balance_asked_on": "2028-06-07"}, dt.date(2028, 7, 20)),
    ("no accounts", "payments.lapses.last_accounts", RUNNING, RUNNING, dt.date(2027, 12, 8), dt.date(2027, 12, 7)),
    ("a seat after the advance", "payments.lapses.seat_open_by_advance", RUNNING | {"lombard_seat_opened_on": "2026-02-11"}, RUNNING | {"lombard_seat_opened_on": "2026-02-10"}, FEB),
    ("a seat between contract and advance", "payments.lapses.seat_open_by_advance", RUNNING | {"lombard_seat_opened_on": "2026-02-03"}, RUNNING | {"lombard_seat_opened_on": "2026-02-02"}, FEB),
    ("no seat at the advance", "payments.lapses.seat_open_by_advance", RUNNING | {"lombard_seat_opened_on": NOT_YET}, RUNNING, FEB),
    ("no seat at the contract", "payments.lapses.seat_open_by_advance", RUNNING | UNPAID | {"lombard_seat_opened_on": NOT_YET}, RUNNING | UNPAID, FEB),
    ("no seat on the day of the contract", "payments.lapses.seat_open_by_advance", RUNNING | UNPAID | {"lombard_seat_opened_on": NOT_YET}, RUNNING | UNPAID | {"lombard_seat_opened_on": NOT_YET}, dt.date(2026, 2, 2), dt.date(2026, 2, 3)),
    ("no seat when the advance could be paid", "payments.tranches.advance.payable", RUNNING | UNPAID | {"lombard_seat_opened_on": NOT_YET}, RUNNING | UNPAID, dt.date(2026, 2, 2)),
    ("anti-mafia documents, where they are asked for", "payments.lapses.antimafia_at_balance", LARGE | MAFIA, MAFIA, DAY),
    ("and where one reading asks for them", "payments.lapses.antimafia_at_balance", LARGE | MAFIA, LARGE | MAFIA | {"borrower_rating": "ccc", "loan_collateral": "low", "granted_loan_months": 72, "granted_grace_months": 24}),
    ("and at the advance", "payments.lapses.antimafia_at_advance", LARGE | RUNNING | {"antimafia_clear_at_advance": False}, LARGE | RUNNING, FEB),
    ("a seat closed before the balance", "payments.lapses.seat_until_balance", {"lombard_seat_closed_on": "2027-06-25"}, PAID | {"lombard_seat_closed_on": "2027-06-25"}),
    ("a seat closed on the eve of the balance", "payments.lapses.seat_until_balance", PAID | {"lombard_seat_closed_on": "2027-06-24"}, PAID | {"lombard_seat_closed_on": "2027-06-25"}),
    ("a seat closed before any payment", "payments.lapses.seat_until_balance", RUNNING | {"lombard_seat_closed_on": "2026-03-10"}, RUNNING | UNPAID | {"lombard_seat_closed_on": "2026-03-10"}, FEB),
    ("no seat any more when the advance could be paid", "payments.tranches.advance.payable", RUNNING | UNPAID | {"lombard_seat_closed_on": "2026-03-10"}, RUNNING | UNPAID, FEB),
    ("liquidated on the day of the balance", "payments.lapses.not_liquidated", PAID | {"liquidation_opened_on": "2027-06-25"}, PAID | {"liquidation_opened_on": "2027-06-26"}),
    ("liquidated before the balance", "payments.lapses.not_liquidated", PAID | {"liquidation_opened_on": "2027-06-24"}, PAID | {"liquidation_opened_on": "2027-06-25"}),
    ("liquidated, and no balance was paid", "payments.tranches.balance.payable", {"liquidation_opened_on": "2027-06-25"}, {}),
    ("the contract is terminated", "payments.lapses.contract_stands", {"contract_terminated": True}, {}),
    ("the balance was paid already", "payments.tranches.grant_at_the_end.payable", PAID, {}),
    ("goals that were not reached", "payments.lapses.goals_reached", {"project_goals_reached": False}, {"project_goals_reached": False, "accounts_verified": False}),
    ("arrears that were not paid in time", "payments.lapses.arrears_paid", ARREARS, ARREARS, dt.date(2027, 10, 1), dt.date(2027, 9, 30)),
    ("arrears that nobody was told of", "payments.tranches.balance.payable", ARREARS | {"arrears_notified_on": NOT_YET}, ARREARS | {"arrears_paid_on": "2027-07-05"}, dt.date(2027, 7, 20)),
    ("arrears paid too late", "payments.tranches.balance.payable", ARREARS | {"arrears_paid_on": "2027-10-01"}, ARREARS | {"arrears_paid_on": "2027-09-30"}, dt.date(2027, 10, 2)),
    ("the odd cent of the advance", "payments.tranches.balance.amount", {"granted_loan": "50000.01"}, {"granted_loan": "50000.00"}),
    ("less than the advance is left", "payments.tranches.balance.amount", {"rejected_spend": "75566.00"}, {"rejected_spend": "75564.00"}),
    ("not asked for", "payments.tranches.balance.due", {"balance_asked_on": NOT_YET}, {}),
    ("nothing is signed", "payments.tranches.advance.due", RUNNING | UNPAID | {"contract_signed_on": NOT_YET}, RUNNING | UNPAID, FEB),
    ("paid already", "payments.tranches.advance.payable", RUNNING, RUNNING | UNPAID, FEB),
    ("contributions owed at the advance", "payments.tranches.advance.payable", RUNNING | UNPAID | {"durc_regular_at_advance": False}, RUNNING | UNPAID, FEB),
    ("contributions owed at the balance", "payments.tranches.balance.payable", {"durc_regular_at_balance": False}, {}),
    ("accounts that are not verified", "payments.tranches.balance.payable", {"accounts_verified": False}, {}),
    ("an award that is taken back is given back", "payments.given_back", REVOKED, {}),
    ("until a decree says so nothing is", "payments.given_back", {"rejected_spend": "45339.01"}, {"rejected_spend": "45339.01"} | REVOKED),
    ("an instalment paid late", "payments.given_back", late(("10000.00", "2026-06-30", "2026-07-30")), late(("10000.00", "2026-06-30", "2026-06-30"))),
    ("an instalment not paid yet", "payments.given_back", late(("10000.00", "2026-06-30", NOT_YET)), late(("10000.00", "2026-06-30", "2026-07-30"))),
    ("an instalment that is called in", "payments.given_back", late(("10000.00", "2026-06-30", NOT_YET)) | {"loan_called_on": "2026-08-29"}, late(("10000.00", "2026-06-30", NOT_YET)) | {"loan_called_on": "2026-08-30"}),
    ("an instalment of an award taken back", "payments.given_back", late(("10000.00", "2026-06-30", NOT_YET)) | REVOKED, late(("10000.00", "2026-06-30", NOT_YET))),
    ("no instalment before the contract", "payments.given_back", WAITING | late(("10000.00", "2026-06-30", NOT_YET)), late(("10000.00", "2026-06-30", NOT_YET))),
    ("of one that was not paid nothing is", "payments.given_back", UNPAID | REVOKED, REVOKED),
    ("the balance too", "payments.given_back", PAID | REVOKED, PAID | REVOKED | {"paid_grant": "30225.99"}),
    ("the balance without the advance", "payments.given_back", UNPAID | PAID | REVOKED, PAID | REVOKED),
    ("no more than a loan may be", "payments.given_back", PAID | REVOKED | {"paid_balance": "390000.01", "paid_grant": "120000.01"}, PAID | REVOKED | {"paid_balance": "389999.99", "paid_grant": "120000.00"}),
    ("less what was repaid", "payments.given_back", PAID | REVOKED | {"repaid_loan": "10000.00"}, PAID | REVOKED),
    ("more repaid than the advance", "payments.given_back", PAID | REVOKED | {"repaid_loan": "60000.00"}, PAID | REVOKED | {"repaid_loan": "49117.25"}),
    ("all of it repaid", "payments.given_back", PAID | REVOKED | {"repaid_loan": "98234.51"}, PAID | REVOKED | {"repaid_loan": "98234.49"}),
    ("interest of years that have a rate", "payments.given_back", RUNNING | {"revoked_on": "2026-03-15"}, RUNNING | {"revoked_on": "2026-03-16"}, FEB),
    ("given back in time", "payments.given_back", RUNNING | DUE | {"returned_on": "2026-03-17"}, RUNNING | DUE | {"returned_on": "2026-03-20"}, FEB),
    ("not given back yet", "payments.given_back", RUNNING | DUE, RUNNING | DUE | {"return_due_on": "2026-03-20"}, FEB),
    ("called in at once, the contribution stays", "payments.given_back", PAID | {"loan_called_on": "2027-06-28"}, PAID),
    ("called in before the balance, which is open", "payments.tranches.balance.payable", {"loan_called_on": "2027-06-24"}, {}),
    ("and not paid, which ends the contract", "payments.tranches.balance.payable", {"loan_called_on": "2027-06-24", "contract_ended_on": "2027-06-28"}, {"loan_called_on": "2027-06-24"}),
    ("called in before the balance", "payments.given_back", {"loan_called_on": "2027-06-24"}, PAID | {"loan_called_on": "2027-06-28"}),
    ("called in, and nothing was paid", "payments.given_back", UNPAID | {"loan_called_on": "2027-06-24"}, {"loan_called_on": "2027-06-24"}),
    ("called in, and taken back", "payments.given_back", PAID | REVOKED | {"loan_called_on": "2027-06-28"}, PAID | {"loan_called_on": "2027-06-28"}),
    ("an advance above what is left of the loan", "payments.given_back", LEFT | {"redetermined_loan": "49117.24"}, LEFT | {"redetermined_loan": "49117.25"}),
    ("renounced", "payments.lapses.not_renounced", {"renounced_on": "2027-06-30"}, {}),
    ("false declarations", "payments.lapses.declarations_true", {"false_declarations": True}, {}),
    ("inspections refused", "payments.lapses.inspections_allowed", {"inspections_refused": True}, {}),
    ("banned by the anti-mafia law", "payments.lapses.no_antimafia_ban", LARGE | MAFIA | {"antimafia_ban": True}, LARGE | MAFIA),
    ("papers lost on the last of ten years", "payments.lapses.papers_not_lost", PAID | {"papers_lost_on": "2037-06-25"}, PAID | {"papers_lost_on": "2037-06-26"}, dt.date(2037, 7, 1)),
    ("papers lost before the balance is paid", "payments.lapses.papers_not_lost", PAID | {"papers_lost_on": "2027-06-01"}, {"papers_lost_on": "2027-06-01"}),
    ("goods sold before the project is over", "payments.lapses.goods_not_disposed", {"goods_disposed_on": "2027-05-19"}, {"goods_disposed_on": "2027-05-20"}),
    ("goods sold between its end and its term", "payments.lapses.goods_not_disposed", {"goods_disposed_on": "2027-06-09"}, {"goods_disposed_on": "2027-06-10"}),
    ("goods sold between two last days", "payments.lapses.goods_not_disposed", EXTENDED | {"extension_months": 7, "goods_disposed_on": "2027-12-12"}, EXTENDED | {"extension_months": 7, "goods_disposed_on": "2028-01-10"}),
    ("a successor who was not authorised", "payments.tranches.balance.payable", HEIR | {"succession_allowed": False}, HEIR),
    ("a successor who may not be", "payments.lapses.successor_admitted", HEIR | {"successor_eligible": False}, HEIR),
    ("a successor whom the scoring turns down", "payments.lapses.successor_admitted", HEIR | {"successor_creditworthy": False}, HEIR),
    ("a successor after the balance", "payments.lapses.successor_admitted", PAID | HEIR | {"succeeded_on": "2027-06-26", "successor_creditworthy": False}, PAID | HEIR | {"succeeded_on": "2027-06-26", "successor_eligible": False}),
    ("a young successor after the balance", "payments.lapses.successor_admitted", PAID | HEIR | {"succeeded_on": "2027-06-26", "successor_creditworthy": False}, PAID | HEIR | {"succeeded_on": "2027-06-26", "successor_creditworthy": False, "successor_two_accounts": False}),
    ("a successor on the day of the balance", "payments.lapses.successor_admitted", PAID | HEIR | {"succeeded_on": "2027-06-25", "successor_eligible": False}, PAID | HEIR | {"succeeded_on": "2027-06-25", "successor_creditworthy": False}),
    ("arrears at the contract", "payments.lapses.contract_arrears_settled", WAITING | {"contract_arrears_paid_on": "2026-04-22"}, WAITING | {"contract_arrears_paid_on": "2026-04-21"}, dt.date(2026, 5, 1)),
    ("arrears at the contract that nobody was told of", "payments.lapses.contract_arrears_settled", WAITING, WAITING | {"contract_arrears_notified_on": NOT_YET}, dt.date(2026, 5, 1)),
    ("refused", "payments.tranches.balance.payable", {"size": "large"}, {}),
    ("undecided", "payments.tranches.balance.payable", {"vat_years": []}, {}),
    ("the ranking's term", "money.terms.ranking_in_time", stretch("2025-10-01", "2025-10-11"), {}),
    ("a stretch longer than an answer takes", "money.terms.ranking_in_time", stretch("2025-10-01", "2025-10-17"), stretch("2025-10-01", "2025-10-16")),
    ("a stretch that goes on", "money.terms.ranking_in_time", ASKED | stretch("2025-08-30", NOT_YET), ASKED | stretch("2025-08-10", NOT_YET), SEP),
    ("a stretch that is to come", "money.terms.ranking_in_time", ASKED | stretch(NOT_YET, NOT_YET), ASKED | stretch("2025-08-10", NOT_YET), SEP),
    ("a window that closed later", "money.terms.ranking_in_time", {"window_closed_on": "2025-09-10"}, {"window_closed_on": "2025-09-09"}),
    ("granted early enough for a year without Saint Francis", "days.contract_documents", {"granted_on": "2025-09-10"}, {"granted_on": "2025-09-11"}),
]  # fmt: skip


def held(changes, on, of=following):
    """The money by hand of a case, which the library agrees with in everything; `of` is what works it out."""
    decision = VERSO.decide(DONE | changes, on=on)
    told, answer = decided_by_hand(decision)
    assert decision.outcome == outcome(decision, answer)
    found = {finding.id: str(finding.truth) for finding in decision.findings}
    assert found == {name: TRUTHS[truth] for name, truth in answer.findings.items()}
    money_agrees(decision, told, answer.money)
    stands = {"refused": False, "undecided": None}.get(str(decision.outcome), True)
    day = on.toordinal()
    money = of.money_of(told, day)
    return {
        "money": money,
        "amounts": (money.loan, money.grant, money.own_share),
        "payments": of.payments_of(told, money, day, stands),
        "days": {name: [one - told.granted_on for one in term.days] for name, term in money.terms.items()},
        "state": {name: term.state(day) for name, term in money.terms.items()},
    }


def at(path, found):
    """What stands there: a field, or what a table has under a name."""
    for name in path.split("."):
        found = found.get(name, False) if isinstance(found, dict) else getattr(found, name)
    return found


def asked(row):
    """The case and the one beside it, each with its day; where none stands, after all that is told."""
    _, _, case, near, *on = row
    day, near_day = (*on, *on)[:2] if on else [dt.date(2028, 2, 10) if "extension_months" in case else DAY] * 2
    return (case, day), (near, near_day)


@pytest.mark.parametrize("row", BRANCHES, ids=[row[0].replace(" ", "-") for row in BRANCHES])
def test_a_case_and_one_beside_it(row):
    case, near = asked(row)
    assert at(row[1], held(*case)) != at(row[1], held(*near))


@pytest.mark.parametrize(
    ("changes", "on", "given_back"),
    [
        ({"rejected_spend": "45339.01"}, DAY, {}),
        (RUNNING | {"revoked_on": "2026-03-15"}, FEB, {"loan_back": 4_911_725, "grant_back": 0, "interest_back": 7_105}),
        (RUNNING | DUE | {"returned_on": "2026-03-20"}, FEB, {"loan_back": 4_911_725, "default_interest_back": 646}),
        (PAID | REVOKED, DAY, {"loan_back": 9_823_450, "grant_back": 3_022_600, "default_interest_back": 0}),
        (PAID | REVOKED | {"repaid_loan": "10000.00"}, DAY, {"loan_back": 8_823_450, "grant_back": 3_022_600}),
        (PAID | {"loan_called_on": "2027-06-28"}, DAY, {"residual_loan": 9_823_450}),
        (LEFT | {"redetermined_loan": "40000.00"}, DAY, {"advance_back": 911_725}),
        (UNPAID | REVOKED, DAY, {"loan_back": 0, "grant_back": 0, "interest_back": 0}),
        (late(("10000.00", "2026-06-30", "2026-07-30"), ("5000.00", "2026-06-30", "2026-09-28")), DAY, {"instalment_default_interest": 3_288}),
        (late(("10000.00", "2026-06-30", NOT_YET)) | {"loan_called_on": "2026-08-29"}, DAY, {"instalment_default_interest": 2_630}),
        (late(("10000.00", "2027-06-30", NOT_YET)) | {"loan_called_on": "2027-06-28"}, DAY, {"instalment_default_interest": 0}),
        (late(("10000.00", "2026-06-30", "2026-06-30")), DAY, {}),
    ],
    ids=["not-yet-taken-back", "taken-back", "in-default", "balance-paid", "repaid", "called-in", "above-the-loan", "not-paid", "late-one-by-one", "late-and-called-in", "due-after-it-was-called-in", "on-the-day"],
)  # fmt: skip
def test_what_is_given_back(changes, on, given_back):
    """D.2.c c. 2 and 4, D.2.d c. 3: 33 days of 1.6% on 49,117.25 euro are 71.05 euro, 3 days of it 6.46."""
    found = held(changes, on)["payments"].given_back
    assert {name: (one, one) for name, one in given_back.items()} == {name: found[name] for name in given_back}
    assert bool(found) == bool(given_back)


def test_the_room_to_the_cent():
    """B.1.c c. 4: the aid in the loan is no more than what is left, in every reading, in some or in none."""
    least, most = held(ASKED, SEP)["money"].award.loan_aid
    assert least < most
    for left, fits in ((most, True), (most - 1, None), (least, None), (least - 1, False)):
        other = aid(str(Decimal(30_000_000 - left) / 100))
        assert held(ASKED | other, SEP)["money"].award.fits is fits


def test_the_days_of_the_civil_code():
    calendar = national_calendar()
    first, last = dt.date(2025, 4, 18).toordinal(), dt.date(2060, 12, 31).toordinal()
    assert [moved(day) for day in range(first, last)] == [calendar.roll(day) for day in range(first, last)]


NEVER = {
    # The base rate of the Commission and the least margin are more than the 1.5% of the call on all its days.
    "loan_aid: market <= REDUCED: never True",
    # A day is never the day 0.
    "given_back: on: never False",
    "award: on: never False",
}
"""What no case can reach."""


def test_no_branch_is_left_out():
    assert {path.stem for path in (ROOT / "benchmarks/verso_money").glob("*.py")} == set(MODULES)
    with watching([f"benchmarks.verso_money.{name}" for name in MODULES]) as (watched, made):
        for row in BRANCHES:
            for changes, on in asked(row):
                held(changes, on, made["benchmarks.verso_money.following"])
    assert watched.never() == NEVER
