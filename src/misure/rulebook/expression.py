# SPDX-License-Identifier: Apache-2.0
"""The typed tree of an expression: the one form of a rule's logic, of which everything else is a reading.

The tree is small and closed. A node enters only when every reading (one applicant, a dataframe, words, test data) can
honour it. Trees are built by `misure.reading`, which has checked names, types and units: a tree that exists is sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal as Only
from typing import TypeAlias

from misure.ground.place import Place
from misure.ground.record import Record

__all__ = [
    "Aggregate", "AllOf", "AnyOf", "Arithmetic", "Call", "Compare", "Conditional", "Extreme", "Expr", "FieldOf", "Happened",
    "Literal", "Name", "Not", "OneOf", "Role", "Rounded", "Shift", "Type", "Within", "YearOf", "names", "same", "walk",
]  # fmt: skip


class Type(Record):
    """What kind of value a node has.

    `kind` is one of number, truth, date, choice, code, text, span, list (of codes or choices), regime.
    A number has a unit (`""` for the literals 0 and 1, which take any; `count` for what `count` returns, which is
    comparable with every unit that counts) and decimals, the scale of its integer form. `scheme` is the edition of the classification
    of a code, and of a list of codes the editions in which it lists them, with blanks between them.
    """

    kind: str
    unit: str = ""
    decimals: int = 0
    choices: tuple[str, ...] = ()
    scheme: str = ""


Role = Only["fact", "event", "parameter", "definition", "term", "line", "total", "score", "on"]
"""What a name stands for. `term` is the day of a deadline, `line` an amount of a shape, `total` a plan's total, `score`
the total score. A line's amount is named `plan.line` (admitted), `plan.line.requested`, `plan.line.cap` or, in
support, `line`."""


class Literal(Record):
    """0, 1, or a declared choice."""

    value: int | str
    type: Type
    place: Place


class Name(Record):
    """What stands for a value: a fact, a parameter, a definition, the day of a term, an amount; `role` says which."""

    name: str
    role: Role
    type: Type
    place: Place


class FieldOf(Record):
    """A field of the record that the comprehension around it stands on."""

    table: str
    field: str
    type: Type
    place: Place


class Not(Record):
    """`not`."""

    arg: Expr
    type: Type
    place: Place


class AllOf(Record):
    """`and`."""

    args: tuple[Expr, ...]
    type: Type
    place: Place


class AnyOf(Record):
    """`or`."""

    args: tuple[Expr, ...]
    type: Type
    place: Place


class Compare(Record):
    """One comparison of numbers, dates, choices or texts (`==` and `!=` alone for the last two)."""

    op: Only["<", "<=", "==", "!=", ">=", ">"]
    left: Expr
    right: Expr
    type: Type
    place: Place


class OneOf(Record):
    """A choice in a list of literals or a list parameter, or a number in a list parameter of its unit."""

    item: Expr
    options: tuple[str, ...] | Name
    type: Type
    place: Place


class Within(Record):
    """A classification code lies under one of the codes (or sections) of a list."""

    code: Expr
    codes: tuple[str, ...] | Name
    type: Type
    place: Place


class Arithmetic(Record):
    """`left op right` of numbers; a quotient is an exact fraction until something rounds it.

    A day less another day is a number of `days`, which is negative where the first comes before the second.
    """

    op: Only["+", "-", "*", "/"]
    left: Expr
    right: Expr
    type: Type
    place: Place


class Extreme(Record):
    """`min(a, b)` or `max(a, b)` of numbers or dates."""

    op: Only["min", "max"]
    args: tuple[Expr, ...]
    type: Type
    place: Place


class Conditional(Record):
    """`then if test else other`."""

    test: Expr
    then: Expr
    other: Expr
    type: Type
    place: Place


class Aggregate(Record):
    """One comprehension over one table: `value` is None for count, `condition` None where there is no `if`."""

    op: Only["count", "sum", "any", "all", "min", "max", "only"]
    table: str
    value: Expr | None
    condition: Expr | None
    type: Type
    place: Place


class Shift(Record):
    """A day moved by a span: `day + months(amount)`, or backwards with `sign` -1."""

    day: Expr
    amount: Expr
    unit: Only["days", "months", "years", "working_days"]
    sign: int
    type: Type
    place: Place


class YearOf(Record):
    """`year(day)`, the calendar year of a day."""

    day: Expr
    type: Type
    place: Place


class Happened(Record):
    """`happened(event)`: whether an event has taken place, by the day of the question."""

    event: Name
    type: Type
    place: Place


class Rounded(Record):
    """`half_up(x)` or `down(x)`, to the unit's last decimal."""

    mode: Only["half_up", "down"]
    value: Expr
    type: Type
    place: Place


class Call(Record):
    """A function of the law beneath every measure, such as `headroom(...)`, which the rules name and do not spell out.

    `args` are its values in the order of the function's declaration; `words` what is no value: a regulation, a table.
    """

    function: str
    args: tuple[Expr, ...]
    words: tuple[str, ...]
    tables: tuple[str, ...]
    type: Type
    place: Place


Expr: TypeAlias = (
    Literal | Name | FieldOf | Not | AllOf | AnyOf | Compare | OneOf | Within | Arithmetic | Extreme | Conditional
    | Aggregate | Shift | YearOf | Happened | Rounded | Call
)  # fmt: skip
"""Any node of a tree: the closed list of what the logic of a rule is made of."""


def walk(tree: Expr) -> Iterator[Expr]:
    """The node and everything under it, depth first, in the order of the text."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name in reversed(_parts(type(node))):
            value = getattr(node, name)
            if isinstance(value, tuple):
                waiting += (item for item in reversed(value) if not isinstance(item, str))
            elif hasattr(value, "place"):
                waiting.append(value)


@cache
def _parts(kind: type[Expr]) -> tuple[str, ...]:
    """The fields of a kind of node that hold other nodes, as they are annotated."""
    return tuple(name for name in kind.field_names if re.search(r"\b(Expr|Name)\b", kind.__annotations__[name]))


def names(tree: Expr) -> Iterator[Name]:
    """Every name that the tree reads, in the order of the text, repeats included."""
    return (node for node in walk(tree) if isinstance(node, Name))


def same(one: object, two: object) -> bool:
    """Whether two trees say the same, wherever they stand."""
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(map(same, one, two))
    if type(one) is not type(two):
        return False
    if not isinstance(one, Record) or not isinstance(two, Record):
        return one == two
    mine, yours = one.fields(), two.fields()
    return all(name == "place" or same(a, b) for (name, a), (_, b) in zip(mine, yours, strict=True))
