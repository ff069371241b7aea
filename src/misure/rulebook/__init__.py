# SPDX-License-Identifier: Apache-2.0
"""What a rule is: linked rules with their typed trees. No text, no form of a file.

`measure.rulebook` is a `Rulebook`; these are the types of what it holds. They are frozen, and made by reading rule files.

What a rule says is an expression, `Expr`: a tree of the closed list of its classes (`Compare`, `AllOf`, `Call` and the rest), each node
with its place in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from misure._lazy import lazily

if TYPE_CHECKING:
    from misure.rulebook.acts import ValueReading
    from misure.rulebook.apportioning import Apportionment
    from misure.rulebook.expression import (
        Aggregate,
        AllOf,
        AnyOf,
        Arithmetic,
        Call,
        Compare,
        Conditional,
        Expr,
        Extreme,
        FieldOf,
        Happened,
        Literal,
        Name,
        Not,
        OneOf,
        Role,
        Rounded,
        Shift,
        Type,
        Within,
        YearOf,
    )
    from misure.rulebook.recovery import Recovery
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
        Among,
        Envelope,
        Intake,
        LastAward,
        LastAwardRule,
        Order,
        OrderKey,
        Relation,
        Selection,
        SelectionKind,
        Survivor,
        WaitingList,
        Window,
    )
    from misure.rulebook.shared_law import SharedLaw
    from misure.rulebook.tranches import Requirement, Tranche, Tranches, Withheld

__all__ = [
    "Act", "Aggregate", "AllOf", "Among", "AnyOf", "Apportionment", "Arithmetic", "Bonus", "Call", "Cap", "Case", "Citation",
    "Closing", "Compare", "Condition", "Conditional", "Criterion", "Definition", "Duty", "Edition", "Effect",
    "Envelope", "Equivalent", "Exemption", "Expr", "Extreme", "FieldOf", "Happened", "Intake", "LastAward",
    "LastAwardRule", "Literal", "Name", "Not", "OneOf", "Order", "OrderKey", "OwnShare", "Parameter", "Read",
    "Recovery", "Relation", "Requirement", "Role", "Rounded", "Rule", "Rulebook", "Score", "Selection", "SelectionKind",
    "SharedLaw", "Shift", "Source", "Spending", "SpendingLine", "SpendingPlan", "Stage", "Support", "SupportLine",
    "Survivor", "Tension", "Term", "Tranche", "Tranches", "Type", "Value", "ValueReading", "WaitingList", "Window", "Withheld", "Within",
    "YearOf",
]  # fmt: skip

_HOMES = {
    "Act": "misure.rulebook.acts", "Aggregate": "misure.rulebook.expression", "AllOf": "misure.rulebook.expression",
    "Among": "misure.rulebook.selection", "AnyOf": "misure.rulebook.expression", "Apportionment": "misure.rulebook.apportioning", "Arithmetic":
    "misure.rulebook.expression", "Bonus": "misure.rulebook.rules", "Call": "misure.rulebook.expression", "Cap":
    "misure.rulebook.rules", "Case": "misure.rulebook.rules", "Citation": "misure.rulebook.acts", "Closing":
    "misure.rulebook.rules", "Compare": "misure.rulebook.expression", "Condition": "misure.rulebook.rules",
    "Conditional": "misure.rulebook.expression", "Criterion": "misure.rulebook.rules", "Definition":
    "misure.rulebook.rules", "Duty": "misure.rulebook.rules", "Edition": "misure.rulebook.acts", "Effect":
    "misure.rulebook.rules", "Envelope": "misure.rulebook.selection", "Equivalent": "misure.rulebook.rules",
    "Exemption": "misure.rulebook.rules", "Expr": "misure.rulebook.expression", "Extreme":
    "misure.rulebook.expression", "FieldOf": "misure.rulebook.expression", "Happened": "misure.rulebook.expression",
    "Intake": "misure.rulebook.selection", "LastAward": "misure.rulebook.selection", "LastAwardRule":
    "misure.rulebook.selection", "Literal": "misure.rulebook.expression", "Name": "misure.rulebook.expression", "Not":
    "misure.rulebook.expression", "OneOf": "misure.rulebook.expression", "Order": "misure.rulebook.selection",
    "OrderKey": "misure.rulebook.selection", "OwnShare": "misure.rulebook.rules", "Parameter":
    "misure.rulebook.rules", "Read": "misure.rulebook.acts", "Recovery": "misure.rulebook.recovery", "Relation": "misure.rulebook.selection", "Requirement":
    "misure.rulebook.tranches", "Role": "misure.rulebook.expression", "Rounded": "misure.rulebook.expression", "Rule":
    "misure.rulebook.rules", "Rulebook": "misure.rulebook.rules", "Score": "misure.rulebook.rules", "Selection":
    "misure.rulebook.selection", "SelectionKind": "misure.rulebook.selection", "SharedLaw":
    "misure.rulebook.shared_law", "Shift": "misure.rulebook.expression", "Source": "misure.rulebook.acts", "Spending":
    "misure.rulebook.rules", "SpendingLine": "misure.rulebook.rules", "SpendingPlan": "misure.rulebook.rules",
    "Stage": "misure.rulebook.rules", "Support": "misure.rulebook.rules", "SupportLine": "misure.rulebook.rules",
    "Survivor": "misure.rulebook.selection", "Tension": "misure.rulebook.rules", "Term": "misure.rulebook.rules",
    "Tranche": "misure.rulebook.tranches", "Tranches": "misure.rulebook.tranches", "Type":
    "misure.rulebook.expression", "Value": "misure.rulebook.rules", "ValueReading": "misure.rulebook.acts", "WaitingList": "misure.rulebook.selection",
    "Window": "misure.rulebook.selection", "Withheld": "misure.rulebook.tranches", "Within": "misure.rulebook.expression", "YearOf":
    "misure.rulebook.expression",
}  # fmt: skip

__getattr__, __dir__ = lazily(__name__, _HOMES)
