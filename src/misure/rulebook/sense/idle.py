# SPDX-License-Identifier: Apache-2.0
"""What a rule file says and nothing ever comes of: cases in which nobody is, or everybody; shares of nothing; caps above all there can be.

No word of it is nonsense by itself, and a what-if may well ask it; in a rule file it is surely a slip of a number or a sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from misure.ground.place import Fault, Place
from misure.rulebook.expression import AnyOf, Compare, Expr, Literal, Name, walk
from misure.rulebook.rules import Rulebook, Support, SupportLine
from misure.rulebook.sense.conditions import CONTRARY, End, compared, ends_of, excludes, named, wanted
from misure.rulebook.sense.limits import OfDay, parameters_in, written
from misure.rulebook.sense.telling import Findings, days_of

__all__ = ["idle_caps", "idle_cases", "of_legal_values_alone", "said_twice", "shares_of_nothing"]


def idle_cases(law: OfDay, findings: Findings) -> None:
    """What stands under `when` of a case or a condition, and never holds within what can be told, or always does."""
    book = law.book
    whens = [(each.id, case.when) for each in book.definitions.values() for case in each.cases]
    for rule, when in (*whens, *((each.id, each.when) for each in book.conditions)):
        if when is None:
            continue
        for end in ends_of(when, rule, law):
            if bound := _beyond(end, law):
                message = f"this never holds: {named(end.of)} is {bound}, and {wanted(end)} is asked"
                findings.tell(f"never {rule}", law.day, end.asked, message, (end.place, rule))
        for node in _any_of(when):
            for end in compared(node, CONTRARY[node.op], rule, law):
                if bound := _beyond(end, law):
                    message = f"this always holds: {named(end.of)} is {bound}"
                    findings.tell(f"always {rule}", law.day, end.asked, message, (end.place, rule))


def _any_of(tree: Expr) -> Iterator[Compare]:
    """The comparisons of which one is enough."""
    if isinstance(tree, Compare):
        yield tree
    elif isinstance(tree, AnyOf):
        for arg in tree.args:
            yield from _any_of(arg)


def _beyond(end: End, law: OfDay) -> str:
    """What of an applicant can be told, in words, where an end lies past it."""
    can_be = law.told(end.of)
    if can_be is None or not excludes(end, can_be[1] if end.lower else can_be[0]):
        return ""
    return f"at most {written(can_be[1], end.of.type)}" if end.lower else f"at least {written(can_be[0], end.of.type)}"


def shares_of_nothing(support: Support, law: OfDay, findings: Findings) -> None:
    """Lines whose share, in some case, is nothing."""
    for line in support.lines:
        for name in _shares(line, law.book):
            bounds = law.parameter(name)
            if bounds is not None and bounds[1] <= 0:
                message = f"a share of nothing: nobody gets anything of {line.id!r} by it"
                findings.tell("share", law.day, [name], message, (line.place, line.id))


def _shares(line: SupportLine, book: Rulebook) -> Iterator[str]:
    """The legal values that are the whole share of a line, or of a case of it."""
    if line.intensity:
        yield line.intensity
    match line.share:
        case Name(role="parameter", name=name):
            yield name
        case Name(role="definition", name=name) if name in book.definitions:
            for case in book.definitions[name].cases:
                if isinstance(case.value, Name) and case.value.role == "parameter":
                    yield case.value.name


def idle_caps(support: Support, law: OfDay, findings: Findings) -> None:
    """Caps above all that a line can be a share of: they bind nobody."""
    for line in support.lines:
        can_be = law.told(line.of)
        for cap in line.caps if can_be is not None else ():
            most = law.law(cap.most)
            if can_be is not None and most is not None and most[0] > can_be[1]:
                message = (
                    f"this binds nobody: what {line.id!r} is a share of is at most {written(can_be[1], line.of.type)}"
                )
                findings.tell("cap", law.day, parameters_in(cap.most, law.book), message, (cap.most.place, line.id))


def of_legal_values_alone(book: Rulebook) -> Iterator[Fault]:
    """Comparisons of legal values with each other, in conditions and cases, that say the same of everybody on every day."""
    laws = [OfDay(book, day) for day in days_of(book)]
    trees = [(each.id, tree) for each in book.conditions for tree in (each.holds, each.when)]
    trees += [(each.id, case.when) for each in book.definitions.values() for case in each.cases]
    for rule, tree in trees:
        for node in walk(tree) if tree is not None else ():
            if isinstance(node, Compare) and _legal(node.left) and _legal(node.right):
                found = {_outcome(node, law) for law in laws}
                if len(found) == 1 and None not in found:
                    always = "always" if found.pop() else "never"
                    message = f"this compares legal values with each other, and {always} holds, whoever applies"
                    yield Fault(node.place, rule, message)


def _legal(tree: Expr) -> bool:
    return isinstance(tree, Literal) or (isinstance(tree, Name) and tree.role == "parameter")


def _outcome(node: Compare, law: OfDay) -> bool | None:
    """Whether it holds on a day; None where a value is not known."""
    one, two = law.law(node.left), law.law(node.right)
    if one is None or two is None or one[0] != one[1] or two[0] != two[1]:
        return None
    left, right = one[0], two[0]
    held = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "==": left == right}
    return held.get(node.op, left != right)


def said_twice(book: Rulebook) -> Iterator[Fault]:
    """Conditions of one sentence: who reads why somebody is out cannot tell the one from the other."""
    first: dict[tuple[object, str], tuple[str, Place]] = {}
    for condition in book.conditions:
        text = " ".join(condition.text.split())
        if not text or condition.origin != "condition":
            continue
        other, _ = first.setdefault((condition.stage, text), (condition.id, condition.place))
        if other != condition.id:
            yield Fault(condition.place, condition.id, f"it says word for word what {other!r} says")
