# SPDX-License-Identifier: Apache-2.0
"""The least engine: a split program worked out node by node, by one function an operator; so that one can be made wrong."""

from __future__ import annotations

from bisect import bisect_right

from misure.engines.operators import OPERATORS
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY
from misure.ground.money import portion
from misure.program.civil import FUNCTIONS


def column(node, said, on):
    """What a column is, of what is said: of a fact, or of a field of the record that is being read."""
    match node.data[0]:
        case "on":
            return on
        case "lo":
            return node.lo if said is None else said
        case "hi":
            return node.hi if said is None else said
        case "day_lo":
            return FIRST_DAY if said is None else said or on
        case "day_hi":
            return said or LAST_DAY
        case "happened_yes":
            return said != 0
        case "happened_no":
            return not said
        case "yes":
            return said is not False
        case "no":
            return said is not True
        case "missing":
            return said is None
        case _:
            return said


DOES = {
    "int": lambda node: node.lo,
    "truth": lambda node: node.data,
    "column": column,
    "add": lambda _, *args: sum(args),
    "sub": lambda _, a, b: a - b,
    "mul": lambda _, a, b: a * b,
    "floordiv": lambda _, a, b: a // b,
    "min": lambda _, *args: min(args),
    "max": lambda _, *args: max(args),
    "if": lambda _, test, then, other: then if test else other,
    "le": lambda _, a, b: a <= b,
    "eq": lambda _, a, b: a == b,
    "not": lambda _, a: not a,
    "and": lambda _, *args: all(args),
    "or": lambda _, *args: any(args),
    "one_of": lambda node, text: text in node.data,
    "within": lambda node, code: (code or "").startswith(tuple(node.data)),
    "same": lambda _, a, b: a == b,
    "gather_sum": lambda _, values: sum(values),
    "gather_min": lambda node, values: min(values, default=node.data[1]),
    "gather_max": lambda node, values: max(values, default=node.data[1]),
    "pick": lambda node, key: node.data[1][bisect_right(node.data[0], key)],
    "portion": lambda node, a, b, c: portion(a, b, c, node.data[0], half=node.data[1]),
    "wide": lambda node, a, b: (2 * a * b + 10**node.data) // (2 * 10**node.data),
    **{name: lambda _, *args, call=call: call(*args) for name, call in FUNCTIONS.items()},
}


class Plain:
    """Each operator by its function of the node and of what its operands are worth; `instead` has others for some."""

    def __init__(self, name="plain", *, operators=OPERATORS, **instead):
        self.name, self.operators = name, frozenset(operators)
        self.does = DOES | {op.rstrip("_"): done for op, done in instead.items()}

    def run(self, question):
        pairs = question.split()
        return [self._answer(question, pairs, dossier) for dossier in question.applicants]

    def _answer(self, question, pairs, dossier):
        reading = _Reading(self.does, question, dossier)
        return {name: (reading.of(pair.first), reading.of(pair.second)) for name, pair in pairs.items()}


class _Reading:
    def __init__(self, does, question, dossier):
        self.does, self.on = does, question.on.toordinal()
        self.values = dict(zip(question.facts, dossier.values, strict=True))
        self.tables = {
            name: ([dict(zip(table.fields, record, strict=True)) for record in records], unseen)
            for (name, table), (records, unseen) in zip(question.tables.items(), dossier.tables, strict=True)
        }

        self.found = {}

    def of(self, node, row=None):
        key = (node, id(row))
        if key not in self.found:
            self.found[key] = self._worked_out(node, row)
        return self.found[key]

    def _worked_out(self, node, row):
        does = self.does[node.op]
        if node.op.startswith("gather_"):
            records, _ = self.tables[node.data[0]]
            return does(node, [self.of(node.args[0], record) for record in records])
        if node.op == "column":
            part, table, name = node.data
            said = (
                None
                if part == "on"
                else self.tables[table][1]
                if part == "unseen"
                else (row if table else self.values)[name]
            )
            return does(node, said, self.on)
        return does(node, *(self.of(arg, row) for arg in node.args))
