# SPDX-License-Identifier: Apache-2.0
"""Conditions that nobody can meet, or that say nothing: what they ask of one thing excludes itself, or is held against itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from misure.ground.place import Fault, Place
from misure.ground.record import Record
from misure.rulebook.expression import (
    Aggregate,
    AllOf,
    AnyOf,
    Arithmetic,
    Compare,
    Expr,
    Extreme,
    Literal,
    Name,
    Not,
    same,
    walk,
)
from misure.rulebook.rules import Condition, Effect, Rule, Rulebook, Stage
from misure.rulebook.sense.limits import OfDay, parameters_in, written
from misure.rulebook.sense.telling import Findings

__all__ = [
    "CONTRARY", "End", "compared", "ends_of", "excludes", "exclusive_together", "named", "opposite", "themselves", "unmeetable",
    "wanted",
]  # fmt: skip

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_RULES = (
    "conditions",
    "definitions",
    "terms",
    "duties",
    "score",
    "spending",
    "support",
    "selection",
    "tranches",
    "tensions",
)


def themselves(book: Rulebook) -> Iterator[Fault]:
    """A thing compared with itself or taken from itself, a thing beside its contrary, and the same thing twice beneath an `and`, an `or`, a `min` or a `max`."""
    told: set[Place] = set()
    for part in _RULES:
        for subject, tree in _trees(getattr(book, part), ""):
            for node in walk(tree):
                message = _with_itself(node)
                if message and node.place not in told:
                    told.add(node.place)
                    if isinstance(node, AllOf | AnyOf):  # what stands beneath it says it no better
                        told |= {one.place for one in walk(node) if type(one) is type(node)}
                    yield Fault(node.place, subject, message)


def _with_itself(node: Expr) -> str:
    match node:
        case Compare(op=op, left=left, right=right) if same(left, right):
            always = "always" if op in ("<=", "==", ">=") else "never"
            return f"this compares a thing with itself, and {always} holds where it is known"
        case Arithmetic(op="-", left=left, right=right) if same(left, right):
            return "this takes a thing from itself, and leaves nothing where it is known"
        case AllOf(args=args) | AnyOf(args=args) | Extreme(args=args):
            if any(same(one, two) for at, one in enumerate(args) for two in args[:at]):
                return "the same stands here twice: one of the two was meant to be another"
    if isinstance(node, AllOf | AnyOf):
        parts = list(_beneath(node, type(node)))
        if any(
            opposite(one, two) and not _told_otherwise(node, one) for at, one in enumerate(parts) for two in parts[:at]
        ):
            always = "never" if isinstance(node, AllOf) else "always"
            return f"a thing and its contrary stand here together: this {always} holds where they are known"
    return ""


CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""What holds exactly where a comparison does not."""


def _beneath(node: Expr, kind: type[AllOf | AnyOf]) -> Iterator[Expr]:
    """What stands beneath an `and` or an `or`, through those of its own kind."""
    if isinstance(node, kind):
        for arg in node.args:
            yield from _beneath(arg, kind)
    else:
        yield node


def opposite(one: Expr, two: Expr) -> bool:
    """Whether one of two is so exactly where the other is not, whoever applies."""
    if isinstance(one, Not) or isinstance(two, Not):
        return (isinstance(one, Not) and same(one.arg, two)) or (isinstance(two, Not) and same(two.arg, one))
    if not (isinstance(one, Compare) and isinstance(two, Compare)):
        return False
    straight = CONTRARY[one.op] == two.op and same(one.left, two.left) and same(one.right, two.right)
    turned = CONTRARY[one.op] == _MIRRORED[two.op] and same(one.left, two.right) and same(one.right, two.left)
    return straight or turned


def _told_otherwise(node: Expr, part: Expr) -> bool:
    """Whether ends of the law that exclude each other say it already: nobody can meet the condition, whatever a value is."""
    return (
        isinstance(node, AllOf)
        and isinstance(part, Compare)
        and part.left.type.kind in ("number", "date")
        and any(
            isinstance(side, Literal) or (isinstance(side, Name) and side.role != "fact")
            for side in (part.left, part.right)
        )
    )


def _trees(value: object, subject: str) -> Iterator[tuple[str, Expr]]:
    """Every expression in a part of a rulebook, with the rule in which it stands."""
    if isinstance(value, tuple):
        for item in value:
            yield from _trees(item, subject)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _trees(item, subject)
    elif isinstance(value, Record):
        if isinstance(value, Rule):
            subject = value.id
        elif hasattr(value, "type") and hasattr(value, "place"):
            yield subject, value  # type: ignore[misc]  # only expressions have both
            return
        for _, held in value.fields():
            yield from _trees(held, subject)


@dataclass(frozen=True, slots=True)
class End:
    """That something is at least, or at most, what the law says; `strict` where that very value does not do."""

    of: Expr
    lower: bool
    value: Fraction
    """What it is certainly at least, or at most: the bound of an unknown value that leaves the most room."""
    strict: bool
    asked: tuple[str, ...]
    """The legal values that ask it."""
    place: Place
    rule: str


def unmeetable(law: OfDay, findings: Findings) -> None:
    """Conditions that nobody can meet under the law of a day, each for itself."""
    for condition in law.book.conditions:
        _conflicts(list(_ends(condition, law)), law, findings)


def exclusive_together(law: OfDay, findings: Findings) -> None:
    """Conditions that all must meet to be admitted, and of which nobody can meet two together."""
    conditions = [condition for condition in law.book.conditions if _asked_of_all(condition)]
    ends = [end for condition in conditions for end in _ends(condition, law)]
    _exclusive(ends, law, findings, apart=True)
    for at, one in enumerate(conditions):
        for two in conditions[:at]:
            if opposite(one.holds, two.holds):
                message = f"nobody can meet {two.id!r} and {one.id!r}: each asks the contrary of the other"
                findings.tell("window", law.day, list(parameters_in(one.holds, law.book)), message, (one.place, one.id))


def _asked_of_all(condition: Condition) -> bool:
    free = condition.when is None and not condition.exemptions and not condition.once
    always = condition.since is None and condition.until is None
    return (
        free
        and always
        and condition.effect is Effect.REFUSES
        and condition.stage in (Stage.ADMISSION, Stage.ASSESSMENT)
    )


def _ends(condition: Condition, law: OfDay) -> Iterator[End]:
    return ends_of(condition.holds, condition.id, law)


def ends_of(tree: Expr, rule: str, law: OfDay) -> Iterator[End]:
    """What an expression of a rule asks to be at least, or at most, what the law says; all of it is asked together."""
    waiting = [tree]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, AllOf):
            waiting[:0] = node.args
        elif isinstance(node, Compare):
            yield from compared(node, node.op, rule, law)


def compared(node: Compare, asked_op: str, rule: str, law: OfDay) -> Iterator[End]:
    """The ends that a comparison asks, read with this operator: its own, or the contrary, to see whether it can be otherwise."""
    for left, op, right in ((node.left, asked_op, node.right), (node.right, _MIRRORED[asked_op], node.left)):
        limit = law.law(right)
        if limit is None or op == "!=" or node.left.type.kind not in ("number", "date"):
            continue
        asked = tuple(parameters_in(right, law.book))
        if op in (">", ">=", "=="):
            yield End(left, True, limit[0], op == ">", asked, node.place, rule)
        if op in ("<", "<=", "=="):
            yield End(left, False, limit[1], op == "<", asked, node.place, rule)


def _conflicts(ends: list[End], law: OfDay, findings: Findings) -> None:
    for one in ends:
        own = law.law(one.of) or law.told(one.of)
        if own is not None and excludes(one, own[1] if one.lower else own[0]):
            bound = f"at most {_shown(own[1], one)}" if one.lower else f"at least {_shown(own[0], one)}"
            message = f"nobody can meet {one.rule!r}: {named(one.of)} is {bound}, and {wanted(one)} is asked"
            of = parameters_in(one.of, law.book)
            scale = law.book.score if isinstance(one.of, Name) and one.of.role == "score" else None
            ends_of_scale = (scale.greatest, scale.least) if scale is not None else ()
            findings.tell("bound", law.day, [*one.asked, *of, *ends_of_scale], message, (one.place, one.rule))
    _exclusive(ends, law, findings, apart=False)


def _exclusive(ends: list[End], law: OfDay, findings: Findings, *, apart: bool) -> None:
    """Ends between which nothing is left: of one condition, or of two that stand apart."""
    lowers, uppers = [one for one in ends if one.lower], [one for one in ends if not one.lower]
    for low in lowers:
        for high in uppers:
            if (low.rule != high.rule) is apart and excludes(low, high.value, high.strict) and same(low.of, high.of):
                rules = " and ".join(dict.fromkeys(repr(rule) for rule in (low.rule, high.rule)))
                message = f"nobody can meet {rules}: {named(low.of)} is to be {wanted(low)} and {wanted(high)}"
                findings.tell("window", law.day, [*high.asked, *low.asked], message, (high.place, high.rule))


def excludes(end: End, other: Fraction, strict: bool = False) -> bool:
    """Whether an end leaves nothing on the side of the other one."""
    away = other - end.value if end.lower else end.value - other
    return away < 0 or (away == 0 and (end.strict or strict))


def wanted(end: End) -> str:
    """What an end asks, in words."""
    words = ("more than" if end.strict else "at least") if end.lower else ("less than" if end.strict else "at most")
    return f"{words} {_shown(end.value, end)}"


def _shown(value: Fraction, end: End) -> str:
    return written(value, end.of.type)


def named(tree: Expr) -> str:
    """What is compared, in words."""
    match tree:
        case Name(name=name):
            return name
        case Aggregate(op="count", table=table):
            return f"the number of {table}"
    return "what it compares"
