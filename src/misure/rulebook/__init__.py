# SPDX-License-Identifier: Apache-2.0
"""What a rule is: linked rules with their typed trees. No text, no form of a file.

`measure.rulebook` is a `Rulebook`; these are the types of what it holds. They are frozen, and made by reading rule files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure._lazy import lazily

if TYPE_CHECKING:
    from misure.rulebook.expression import Type
    from misure.rulebook.rules import (
        Act,
        Bonus,
        Cap,
        Case,
        Citation,
        Closing,
        Condition,
        Criterion,
        Definition,
        Duty,
        Edition,
        Effect,
        Equivalent,
        Exemption,
        OwnShare,
        Parameter,
        Read,
        Rule,
        Rulebook,
        Score,
        Source,
        Spending,
        SpendingLine,
        SpendingPlan,
        Stage,
        Support,
        SupportLine,
        Tension,
        Term,
        Value,
    )
    from misure.rulebook.selection import (
        Envelope,
        Intake,
        LastAwardRule,
        Order,
        OrderKey,
        Relation,
        Selection,
        WaitingList,
        Window,
    )
    from misure.rulebook.shared_law import SharedLaw
    from misure.rulebook.tranches import Requirement, Tranche, Tranches

__all__ = [
    "Act", "Bonus", "Cap", "Case", "Citation", "Closing", "Condition", "Criterion", "Definition", "Duty", "Edition", "Effect",
    "Envelope", "Equivalent", "Exemption", "Intake", "LastAwardRule", "Order", "OrderKey", "OwnShare", "Parameter",
    "Read", "Relation", "Requirement", "Rule", "Rulebook", "Score", "Selection", "SharedLaw", "Source", "Spending",
    "SpendingLine", "SpendingPlan", "Stage", "Support", "SupportLine", "Tension", "Term", "Tranche", "Tranches", "Type", "Value",
    "WaitingList", "Window",
]  # fmt: skip

_HOMES = {
    "Act": "misure.rulebook.acts", "Bonus": "misure.rulebook.rules", "Cap": "misure.rulebook.rules", "Case":
    "misure.rulebook.rules", "Citation": "misure.rulebook.acts", "Closing": "misure.rulebook.rules", "Condition": "misure.rulebook.rules", "Criterion":
    "misure.rulebook.rules", "Definition": "misure.rulebook.rules", "Duty": "misure.rulebook.rules", "Edition": "misure.rulebook.acts", "Effect": "misure.rulebook.rules", "Envelope": "misure.rulebook.selection",
    "Equivalent": "misure.rulebook.rules", "Exemption": "misure.rulebook.rules", "Intake":
    "misure.rulebook.selection", "LastAwardRule": "misure.rulebook.selection", "Order": "misure.rulebook.selection",
    "OrderKey": "misure.rulebook.selection", "OwnShare": "misure.rulebook.rules", "Parameter":
    "misure.rulebook.rules", "Read": "misure.rulebook.acts",
    "Relation": "misure.rulebook.selection",
    "Requirement": "misure.rulebook.tranches", "Rule": "misure.rulebook.rules", "Rulebook": "misure.rulebook.rules",
    "Score": "misure.rulebook.rules", "Selection": "misure.rulebook.selection", "SharedLaw":
    "misure.rulebook.shared_law", "Source": "misure.rulebook.acts", "Spending": "misure.rulebook.rules",
    "SpendingLine": "misure.rulebook.rules", "SpendingPlan": "misure.rulebook.rules",
    "Stage": "misure.rulebook.rules", "Support": "misure.rulebook.rules",
    "SupportLine": "misure.rulebook.rules", "Tension": "misure.rulebook.rules", "Term": "misure.rulebook.rules",
    "Tranche": "misure.rulebook.tranches", "Tranches": "misure.rulebook.tranches", "Type": "misure.rulebook.expression",
    "Value": "misure.rulebook.rules", "WaitingList": "misure.rulebook.selection", "Window":
    "misure.rulebook.selection",
}  # fmt: skip

__getattr__, __dir__ = lazily(__name__, _HOMES)
