# SPDX-License-Identifier: Apache-2.0
"""What is given back of an award where a condition is not met: the amount, its interest, a penalty."""

from __future__ import annotations

from misure.rulebook.expression import Expr
from misure.rulebook.rule import Rule

__all__ = ["Recovery"]


class Recovery(Rule, kw_only=True):
    """One amount that is given back where its condition is not met, as it is worked out before any condition reduces support."""

    amount: Expr
