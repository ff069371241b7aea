# SPDX-License-Identifier: Apache-2.0
"""Where an engine answers otherwise than it should: in plain words, by the smallest case that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from misure._reopen import by_public_name, public_name, reopen_error
from misure.facts.dossier import Dossier
from misure.program.nodes import Node
from misure.testing.conformance.door import Ends, Engine, EngineQuestion

__all__ = ["EngineDifference", "NotConforming", "answers", "compared", "said", "shown", "told"]


@by_public_name
@dataclass(frozen=True, slots=True)
class EngineDifference:
    """One case in which an engine differs. All are texts, to be read."""

    engine: str
    check: str
    """Which of the checks: an operator's name, and what is particular."""
    program: str
    """What was to be worked out, before `split`."""
    applicant: str
    """Of whom: the operands by their names."""
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.engine}, {self.check}: {self.program} where {self.applicant}: expected {self.expected}, got {self.got}"


class NotConforming(AssertionError):
    """An engine differs from what the operators mean; `differences` are all that were found, one a check."""

    def __init__(self, *differences: EngineDifference) -> None:
        self.differences = differences
        super().__init__(*differences)

    def __reduce__(self) -> tuple[object, ...]:
        return reopen_error, (public_name(type(self)), self.differences)

    def __str__(self) -> str:
        one = len(self.differences) == 1
        return "\n".join(
            [f"{len(self.differences)} {'check differs' if one else 'checks differ'}", *map(str, self.differences)]
        )


def answers(engine: Engine, question: EngineQuestion, check: str) -> list[dict[str, Ends]]:
    """What the engine answers, its form looked at; `NotConforming` where it raises, or answers something else."""
    try:
        found = _asked(engine, question)
    except _Misshapen as problem:
        dossier = question.applicants[problem.applicant]
        raise NotConforming(_difference(engine, question, check, dossier, problem.wanted, problem.got)) from None
    except Exception as problem:
        dossier, got = _smallest_that_raises(engine, question, problem)
        raise NotConforming(_difference(engine, question, check, dossier, "an answer", got)) from problem
    return found


class _Misshapen(Exception):
    """The adapter, whatever its engine can do, answers in another form than `Engine.run` does."""

    def __init__(self, wanted: str, got: str, applicant: int = 0) -> None:
        self.wanted, self.got, self.applicant = wanted, got, applicant
        super().__init__(wanted, got)


def _asked(engine: Engine, question: EngineQuestion) -> list[dict[str, Ends]]:
    rows: object = engine.run(question)
    if not isinstance(rows, Sequence) or isinstance(rows, str | bytes):
        raise _Misshapen("of run(question) a list with an answer for each applicant", _put(rows))
    if len(rows) != len(question.applicants):
        raise _Misshapen("an answer a row", f"{len(rows)} answers for {len(question.applicants)} applicants")
    return [_read(row, question, at) for at, row in enumerate(rows)]


def _read(row: object, question: EngineQuestion, at: int) -> dict[str, Ends]:
    if not isinstance(row, Mapping):
        raise _Misshapen("of an applicant a mapping of each output to its two ends", _put(row), at)
    if row.keys() != question.outputs.keys():
        came = ", ".join(sorted(map(str, row))) or "nothing"
        raise _Misshapen("an answer a row", f"answers to {came} instead of {', '.join(sorted(question.outputs))}", at)
    found: dict[str, Ends] = {}
    for name, ends in row.items():
        try:
            first, second = ends
            found[name] = int(first), int(second)
        except (TypeError, ValueError, OverflowError):
            raise _Misshapen(f"of {name} two ends, each a whole number", _put(ends), at) from None
        if found[name] != (first, second):
            raise _Misshapen(f"of {name} two ends, each a whole number", _put(ends), at)
    return found


def _put(given: object) -> str:
    return f"{given!r:.60}"


def _smallest_that_raises(engine: Engine, question: EngineQuestion, problem: Exception) -> tuple[Dossier, str]:
    for dossier in question.applicants:
        try:
            _asked(engine, replace(question, applicants=(dossier,)))
        except _Misshapen as alone:
            return dossier, alone.got
        except Exception as alone:  # noqa: BLE001 - whatever an engine raises is what it answers
            return dossier, _raised(alone)
    return question.applicants[0], _raised(problem) + " (of many applicants together)"


def _raised(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"


def _difference(
    engine: Engine, question: EngineQuestion, check: str, dossier: Dossier, expected: str, got: str
) -> EngineDifference:
    program = "; ".join(map(shown, question.outputs.values()))
    return EngineDifference(engine.name, check, program, told(dossier), expected, got)


def compared(engine: Engine, question: EngineQuestion, expected: Sequence[Mapping[str, Ends]], check: str) -> None:
    """Raise `NotConforming` with the smallest applicant of whom the engine answers otherwise than expected."""
    found = answers(engine, question, check)
    wrong = [
        (told(dossier), name, want[name], got[name])
        for dossier, want, got in zip(question.applicants, expected, found, strict=True)
        for name in question.outputs
        if want[name] != got[name]
    ]
    if wrong:
        applicant, name, want_ends, got_ends = min(wrong, key=lambda one: (len(one[0]), one[0]))
        node = question.outputs[name]
        raise NotConforming(
            EngineDifference(engine.name, check, shown(node), applicant, said(node, want_ends), said(node, got_ends))
        )


# Words


def said(node: Node, ends: Ends) -> str:
    """The ends of a node as somebody reads them."""
    first, second = ends
    if node.sort == "truth":
        return {(1, 0): "yes", (0, 1): "no", (1, 1): "yes or no"}.get(ends, f"neither yes nor no {ends}")
    return str(first) if first == second else f"from {first} to {second}"


def told(dossier: Dossier) -> str:
    """An applicant by what is told."""
    parts = [f"{c.name} = {_value(v)}" for c, v in zip(dossier.layout.inputs, dossier.values, strict=True)]
    for table, (records, unseen) in zip(dossier.layout.tables, dossier.tables, strict=True):
        rows = [
            "(" + ", ".join(f"{c.name} = {_value(v)}" for c, v in zip(table.columns, record, strict=True)) + ")"
            for record in records
        ]
        more = [f"up to {unseen} not told"] if unseen else []
        parts.append(f"{table.name} = {', '.join([*rows, *more]) or 'no records'}")
    return ", ".join(parts) or "nothing is asked"


def _value(value: object) -> str:
    if value is None:
        return "not told"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else repr(value)


def shown(node: Node) -> str:
    """A node as somebody reads it: its operator, and what it is of."""
    match node.op:
        case "int":
            return str(node.lo)
        case "truth":
            return "yes" if node.data else "no"
        case "given":
            kind, table, name = node.data
            named = f"{table}.{name}" if table else str(name)
            return f"{kind}({named})" if kind in ("happened", "open") else named
        case _:
            # The operands of a table's aggregate and what is no node (prefixes, steps, decimals) tell operators apart.
            parts = [shown(arg) for arg in node.args]
            data = sorted(node.data) if isinstance(node.data, frozenset) else node.data
            return f"{node.op}({', '.join([*parts, *([] if data is None else [str(data)])])})"
