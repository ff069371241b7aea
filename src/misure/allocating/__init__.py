# SPDX-License-Identifier: Apache-2.0
"""Who is funded among many: order, envelopes, last award, uniqueness, as plain columns of whole numbers and their bounds.

One application is one row. What is not known of it is a range (its place, its amount) or a maybe (whether it is in at
all), and every answer is the hull of what could come out. Objects and frames are both read into these columns, so the
two can not disagree.
"""

from misure.allocating.allocation import Allocation, allocate
from misure.allocating.budgets import BudgetResult
from misure.allocating.columns import MAYBE, NO, YES, Budget, Columns, Plan, Relation, Said, Withdrawn

__all__ = [
    "MAYBE",
    "NO",
    "YES",
    "Columns",
    "Allocation",
    "Plan",
    "Budget",
    "BudgetResult",
    "Relation",
    "Said",
    "Withdrawn",
    "allocate",
]
