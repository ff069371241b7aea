# SPDX-License-Identifier: Apache-2.0
"""What is wrong with facts that fit their types one by one and yet cannot all be true, or that make the act clash."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn

from misure import _doors as doors
from misure.engines.intervals.interpreter import Interpreter
from misure.facts.following import earlier_events
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Kind
from misure.ground.clock import WrongInstant, instant
from misure.ground.errors import BadFacts, Conflict
from misure.ground.money import decimal_text, share_text
from misure.ground.place import Fault, Place
from misure.ground.times import time_text
from misure.rulebook.expression import Aggregate, FieldOf, Name

if TYPE_CHECKING:
    from misure.facts.dossier import Dossier
    from misure.program.nodes import Node
    from misure.program.period import Period
    from misure.rulebook.rules import Case, SpendingPlan

__all__ = ["raise_faults"]

_PLACE = Place("<facts>")
_WORD = re.compile(r"\w+")


def raise_faults(measure: doors.Measure, period: Period, dossier: Dossier) -> NoReturn:
    """Raise what a faulty verdict found: a conflict between provisions, or facts that contradict one another.

    What was told is looked at first; where that alone stands together, what follows of events that wait for others (`followed`).
    """
    faults = _faults(measure, period, dossier.as_told())
    if not faults:
        faults = [_why(measure, dossier, fault) for fault in _faults(measure, period, dossier)]
    assert faults, "a verdict is faulty, and nothing is at fault"
    raise BadFacts(dict.fromkeys(faults))


def _why(measure: doors.Measure, dossier: Dossier, fault: Fault) -> Fault:
    """The fault, with what shows that the events of which it speaks have not happened though nobody told."""
    told = {column.name: value for column, value in zip(dossier.layout.inputs, dossier.values, strict=True)}
    waits = earlier_events(measure.rulebook.facts)
    named = [name for name in dossier.followed if name in _WORD.findall(f"{fault.subject} {fault.message}")]
    reasons = []
    for name in named:
        first = [one for one in waits[name] if one not in dossier.followed and told.get(one) == 0]
        reasons.append(f"{name} has not happened, for {' and '.join(first)} {'has' if len(first) == 1 else 'have'} not")
    return replace(fault, message="; ".join([fault.message, *reasons]))


def _faults(measure: doors.Measure, period: Period, dossier: Dossier) -> list[Fault]:
    """What contradicts itself in a dossier.

    Raises:
        Conflict: Two provisions do.
    """
    reading = Interpreter(dossier, beyond=True)
    found = [
        key.split(".")[1:]
        for key, node in period.program.outputs.items()
        if key.startswith("fault.") and not reading.ends(node)[1]
    ]
    faults: list[Fault] = []
    for kind, subject, *rest in found:
        if kind == "conflict":
            cases = measure.rulebook.definitions[subject].cases
            raise Conflict(measure.id, subject, [_source(cases[int(i)]) for i in rest])
        if kind == "window":
            closes = dt.date.fromordinal(reading.ends(period.program.outputs[f"term.{rest[0]}.closes"])[0]).isoformat()
            told = _told(reading, "", subject)
            message = (
                f"{told} cannot be: a ranking grants nothing while applications come in, until {closes} ({rest[0]})"
            )
            faults.append(Fault(_PLACE, subject, message))
            continue
        if kind == "chain" and any(
            each[0] == "order" and (each[-2] == rest[0] or each[-1] == rest[1]) for each in found
        ):
            continue  # where the day between them is told, the order of two that is said is turned round
        if kind in ("order", "chain", "only_if"):
            faults += _of_days(measure, reading, kind, subject, *rest)
            continue
        if kind == "without":
            told = f"{_told(reading, '', subject)} " if measure.rulebook.facts[subject].kind is Kind.EVENT else ""
            lacks = "has not happened" if rest[0] in dossier.followed else "is told not to be"
            faults.append(Fault(_PLACE, subject, f"{told}cannot be without {rest[0]}, which {lacks}"))
            continue
        if kind == "overfull":
            plan = next(plan for plan in measure.rulebook.spending.plans if plan.total == subject)  # type: ignore[union-attr]
            whole = period.program.outputs[f"spending.{plan.id}.total"]
            faults += _overfull(reading, measure, plan, int(rest[0]), whole)
            continue
        if kind == "hour":
            faults.append(_lost(reading, subject, *rest))
            continue
        if kind == "shares":
            faults.append(_shares(reading, measure, period, subject))
            continue
        if kind == "granted":
            faults.append(_granted(reading, measure, period, subject))
            continue
        points = measure.rulebook.score.criteria if measure.rulebook.score else ()
        fixed = kind == "apart" and any(subject == one.fact for one in points)
        if kind == "apart" and not fixed:
            if rest[:1] == ["0"] and ["apart", subject, "1", "2"] in found:
                continue  # the score is outside its scale because its parts are not what is declared
            faults.append(_sum_apart(reading, measure, period, ".".join([subject, *rest])))
            continue
        faults.append(Fault(_PLACE, subject, _WORDS["given" if fixed else kind].format(*rest)))
    return faults


def _shares(reading: Interpreter, measure: doors.Measure, period: Period, line: str) -> Fault:
    """Shares of an amount that are more than the whole, or not the whole: told of their table."""
    table = period.program.parts[line].table
    key = f"support.{line}.weights"
    least, most = (
        share_text(Fraction(end, period.program.scales[key])) for end in reading.ends(period.program.outputs[key])
    )
    support = measure.rulebook.support
    rule = next(one.apportioned for one in support.lines if one.id == line) if support else None
    limit = "at most 100%" if rule is not None and rule.rest is not None else "100%"
    said = least if least == most else f"from {least} to {most}"
    return Fault(_PLACE, table, f"their shares of {line!r} add up to {said}, and they are {limit}")


def _sum_apart(reading: Interpreter, measure: doors.Measure, period: Period, what: str) -> Fault:
    """A declared total that is not what its parts add up to, or that no total can be: told of the fact that declares it."""
    *subject, first, _ = what.split(".")
    one, other = (reading.ends(node) for node in period.program.outputs[f"fault.apart.{what}"].args)
    score = measure.rulebook.score
    if subject == ["score"] and score is not None:
        declared = score.total
        decimals = len(str(period.program.scales["score.total"])) - 1
    else:
        assert measure.rulebook.spending is not None
        declared = next(plan.declared for plan in measure.rulebook.spending.plans if plan.id == subject[1])
        decimals = 2

    def said(ends: tuple[int, int]) -> str:
        least, most = (decimal_text(end, decimals) for end in ends)
        return least if least == most else f"from {least} to {most}"

    if subject == ["score"] and first == "0":
        return Fault(_PLACE, declared or "score", f"the score is {said(other)}, and its scale goes {said(one)}")
    parts, total = (one, other) if subject == ["score"] else (other, one)
    message = f"what is declared as the total is not what its parts add up to: it is {said(total)}, and they are {said(parts)}"
    return Fault(_PLACE, declared, message)


def _overfull(
    reading: Interpreter, measure: doors.Measure, plan: SpendingPlan, at: int, whole: Node
) -> Iterator[Fault]:
    """What is counted in a total and is more than it: each record that is so alone, or all of them, or the fact."""
    part, most = plan.includes[at], reading.ends(whole)[1]

    def above(told: int, decimals: int, what: str = "") -> str:
        said, limit = decimal_text(told, decimals), decimal_text(most, 2)
        return f"{what}{said} cannot be: it is counted in {plan.declared or plan.total}, which is at most {limit}"

    if isinstance(part, Name):
        told = int(str(reading.said("", part.name)))
        yield Fault(_PLACE, part.name, above(told, measure.rulebook.facts[part.name].decimals))
    elif isinstance(part, Aggregate) and isinstance(part.value, FieldOf):
        table, name = part.table, part.value.field
        decimals = measure.rulebook.tables[table].fields[name].decimals
        rows = [int(str(reading.said(table, name) or 0)) for _ in reading.rows(table)]
        alone = [row for row, told in enumerate(rows) if told * 100 > most * 10**decimals]
        for row in alone:
            yield Fault(_PLACE, f"{table}[{row}].{name}", above(rows[row], decimals))
        if not alone:
            yield Fault(_PLACE, table, above(sum(rows), decimals, f"{name} of all records together, "))


def _lost(reading: Interpreter, subject: str, day: str) -> Fault:
    """A time that the clock leaves out on the day that is told, with the one that it may mean."""
    told = time_text(int(str(reading.said("", subject))))
    try:
        instant(f"{_told(reading, '', day)}T{told}")
    except WrongInstant as problem:
        right = None if problem.suggestion is None else problem.suggestion.partition("T")[2]
        return Fault(_PLACE, subject, problem.message, right)
    raise AssertionError("the rules and the clock know the same lost hours")


def _granted(reading: Interpreter, measure: doors.Measure, period: Period, line: str) -> Fault:
    """More that is told to be granted of a line of support than an award may grant of it."""
    assert measure.rulebook.support is not None
    told = next(one.granted for one in measure.rulebook.support.lines if one.id == line)
    assert isinstance(told, Name)
    said = decimal_text(int(str(reading.said("", told.name))), measure.rulebook.facts[told.name].decimals)
    most = decimal_text(reading.ends(period.program.outputs[f"support.{line}.most"])[1], 2)
    return Fault(_PLACE, told.name, f"{said} cannot be: it is granted as {line}, of which there is at most {most}")


def _of_days(measure: doors.Measure, reading: Interpreter, kind: str, subject: str, *days: str) -> Iterator[Fault]:
    """What cannot stand together in time, with both days as they were told."""
    table, _, field = subject.partition(":")
    if kind == "only_if":
        first, second = (f"{day} ({_told(reading, '', day)})" for day in days)
        yield Fault(
            _PLACE,
            subject,
            f"it is more than nothing only where {days[0]} is not after {days[1]}; {first} is after {second}",
        )
        return
    later, earlier = days
    fields = measure.rulebook.tables[table].fields if field else {}
    name = field or subject
    word, other = ("before", earlier) if name == later else ("after", later)
    homes = [table if day in fields else "" for day in (later, earlier)]
    for row in reading.rows(table) if field else (-1,):
        come = not any(homes) and _come_first(reading, later, earlier)
        if come or _last(reading, homes[0], later) < _first(reading, homes[1], earlier):
            said, theirs = _told(reading, homes[later != name], name), _told(reading, homes[later == name], other)
            where = f"{table}[{row}].{name}" if field else name
            yield Fault(_PLACE, where, f"{said} cannot be: it lies {word} {other}, which is {theirs}")


def _come_first(reading: Interpreter, later: str, earlier: str) -> bool:
    """Whether it has come, and what comes before it has not."""
    waits = reading.values[earlier][0].kind is Kind.EVENT and reading.said("", earlier) == 0
    return waits and bool(reading.said("", later))


def _first(reading: Interpreter, table: str, day: str) -> int:
    """The first day on which it may lie: what has not happened comes on the day of the question at the earliest."""
    said = reading.said(table, day)
    return FIRST_DAY if said is None else int(str(said)) or reading.on


def _last(reading: Interpreter, table: str, day: str) -> int:
    """The last day on which it may lie."""
    said = reading.said(table, day)
    return LAST_DAY if not said else int(str(said))


def _told(reading: Interpreter, table: str, day: str) -> str:
    """A day as it was told."""
    said = reading.said(table, day)
    waits = not said or (not table and any(name == day for name, _ in reading.dossier.defaults))
    return "not_yet" if waits else dt.date.fromordinal(int(str(said))).isoformat()


def _source(case: Case) -> str:
    """Where a case stands: its citation, and its provisions, which tell it from the others of its group."""
    provisions = f" ({', '.join(case.provisions)})" if case.provisions else ""
    return f"{case.cite}{provisions}"


_WORDS = {
    "given": "these are not the points that the act gives for what is told",
    "above": "the score is above the criterion's maximum",
    "implied": "this is denied, and the code that is told as {} implies it",
    "step": "the score is none of the criterion's steps",
}
