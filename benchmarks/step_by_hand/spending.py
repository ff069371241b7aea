# SPDX-License-Identifier: Apache-2.0
"""What a partner spends: planned by kind of activity, and reported by hours and invoices (B.2.a, B.2.b, B.3, C.4.b)."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.step_by_hand.project import Expense, Partner, Project, Staff
from benchmarks.verso_money.days import Span, after_months, moved

HOUR = 3_642
"""B.3 c. 2 a), p. 15: 36.42 euro."""
FLAT_RATE = 20
NOTICE = 120
"""In days: D.3 c. 3, p. 41."""
HOURS_OF_A_YEAR = 1_720
LEAST_INVOICE = 100_000
"""B.3 c. 4 p), p. 18: below 1,000 euro of taxable amount."""


@dataclass(slots=True)
class Direct:
    """What a partner plans for a), b) and c), without the flat rate: what part of all is whose does not depend on it."""

    industrial: int
    experimental: int

    @property
    def total(self) -> int:
        return self.industrial + self.experimental


def with_flat_rate(direct: int) -> int:
    """B.3 c. 2 d), p. 16: 20% of a), b) and c) of the project, in whole cents. Of the half cent the text says nothing: it goes up."""
    return direct + (direct * FLAT_RATE + 50) // 100


def planned_by(partner: Partner) -> Direct:
    return Direct(
        partner.industrial_hours * HOUR + partner.industrial_equipment + partner.industrial_contract,
        partner.experimental_hours * HOUR + partner.experimental_equipment + partner.experimental_contract,
    )


def planned_in_all(project: Project) -> int:
    return with_flat_rate(sum(planned_by(partner).total for partner in project.step_partners))


def counts_hours(staff: Staff) -> int:
    """B.3 c. 2 a), pp. 15-16: 1,720 hours a year of one person, with those reported elsewhere; no trainees (c. 4 a)); c. 3 d)."""
    if not (staff.admitted_contract and staff.in_lombardy):
        return 0
    return min(staff.hours, max(0, HOURS_OF_A_YEAR - staff.other_hours))


def last_day(project: Project) -> Span:
    """B.2.b, p. 15: 30 months from the decree, and the extension that was granted, of six months at most. Not moved from a holiday.

    Counted in one from the decree, or from the end of the 30 months, which where a month is short ends on another day. Of one that is
    longer than it may be, or asked for later than 120 days before (D.3 c. 3, p. 41), the text does not say how much counts.
    """
    granted = project.granted_on
    plain = after_months(granted, 30)
    months = project.extension_months if project.extension_granted else 0
    counted = {months, min(months, 6)}
    if months and not 0 < project.step_extension_asked_on <= plain - NOTICE:
        counted.add(0)
    found = [day for one in counted for day in (after_months(granted, 30 + one), after_months(plain, one))]
    return min(found), max(found)


def term_of_realisation(project: Project) -> Span:
    """The same, moved from a holiday to the next day that is none (civil code, art. 2963)."""
    first, last = last_day(project)
    return moved(first), moved(last)


def admitted_expense(expense: Expense, project: Project) -> bool | None:
    """B.3 c. 3 to 5, pp. 16-18, and D.11 c. 1 q). None where it depends on how the term of the project is counted."""
    if not (expense.in_lombardy and expense.in_order) or expense.excluded_kind:
        return False
    # B.3 c. 4 c) and d): no firm that is linked, and no partner but for one who alone supplies it.
    if expense.supplier in ("linked", "partner"):
        return False
    # B.3 c. 5: DNSH is looked at in b) alone.
    if expense.kind == "equipment" and not expense.in_register:
        return False
    if expense.invoice_taxable < LEAST_INVOICE:
        return False
    # B.3 c. 3 c) and e): of work begun, and paid, from the day after the application on.
    if expense.committed_on <= project.filed_on or expense.paid_on <= project.filed_on:
        return False
    if not project.granted_on:
        return True
    first, last = last_day(project)[0], term_of_realisation(project)[1]
    return True if expense.paid_on <= first else False if expense.paid_on > last else None


def reported_in_all(project: Project) -> Span:
    """All that was reported and counts, with the flat rate."""
    least = most = sum(map(counts_hours, project.staff_years)) * HOUR
    for expense in project.step_expenses:
        counts = admitted_expense(expense, project)
        least += expense.counted * (counts is True)
        most += expense.counted * (counts is not False)
    return with_flat_rate(least), with_flat_rate(most)
