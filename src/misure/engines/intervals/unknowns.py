# SPDX-License-Identifier: Apache-2.0
"""Why an answer is open: a walk from the open value down to what is not known.

Only what can still change the value is followed: a condition that is certain whatever the rest asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from misure.engines.intervals.interpreter import Interpreter, Unknown
from misure.engines.intervals.records import beside, wanted
from misure.ground.truth import NotKnowing
from misure.program.groups import Group, is_person
from misure.program.nodes import GATHERING, Node, coarser

__all__ = ["unknowns"]


def unknowns(reading: Interpreter, node: Node) -> tuple[Unknown, ...]:
    """What is not known behind an open value, each once, in the order of the rule."""
    if node.sort != "text" and not reading.is_open(node):
        return ()
    # What many values rest on is walked once: a program is a graph, and its paths are beyond counting.
    found = reading.open_behind.get(key := (node, *reading.at))
    if found is None:
        found = reading.open_behind[key] = tuple(dict.fromkeys(_behind(reading, node)))
    return found


def _behind(reading: Interpreter, node: Node) -> Iterator[Unknown]:
    match node.op:
        case "given":
            yield from _leaf(reading, node)
        case "within" if (text := reading.text(node.args[0])) is not None:
            if text in coarser(node.data):
                _, table, name = node.args[0].data
                yield Unknown(NotKnowing.MISSING, name, table, reading.current_row(table))
        case "one_of" | "within" | "same":
            for arg in node.args:
                yield from _leaf(reading, arg)
        case "if":
            yield from unknowns(reading, node.args[0])
            for arg, live in zip(node.args[1:], reading.ends(node.args[0]), strict=True):
                if live:
                    yield from _if_it_matters(reading, node.args[0], arg)
        case "cases":
            if not any(reading.ends(guard)[0] for guard in node.args[::2]):
                yield Unknown(NotKnowing.UNDEFINED, "")
            for guard, value in zip(node.args[::2], node.args[1::2], strict=True):
                yield from unknowns(reading, guard)
                if reading.ends(guard)[0]:
                    yield from unknowns(reading, value)
        case "guard":
            value, sound = node.args
            if not reading.ends(sound)[0]:
                yield Unknown(NotKnowing.UNDEFINED, "")
            yield from unknowns(reading, sound)
            yield from unknowns(reading, value)
        case "steps":
            table = node.data.within(*reading.ends(node.args[0]))
            if table.name and table.lows != table.highs and not reading.is_open(node.args[0]):
                yield Unknown(NotKnowing.UNPUBLISHED, table.name)
            yield from unknowns(reading, node.args[0])
        case "member":
            yield from _behind_group(reading, node)
        case "ends":
            yield from unknowns(reading, node.args[0])
        case op if op in GATHERING:
            yield from _in_table(reading, node)
        case _:
            for arg in node.args:
                yield from unknowns(reading, arg)


def _if_it_matters(reading: Interpreter, test: Node, value: Node) -> Iterator[Unknown]:
    """What is not known behind a branch. While it is open whether the branch is taken, what nobody publishes can wait."""
    waits = reading.is_open(test)
    return (found for found in unknowns(reading, value) if not (waits and found.kind is NotKnowing.UNPUBLISHED))


def _behind_group(reading: Interpreter, node: Node) -> Iterator[Unknown]:
    """Why it is open whether a beneficiary is of the group: it, the applicant, or a relation is not told.

    Where all of that is told, it is a relation that reaches the beneficiary, to say whether there is control or none.
    """
    group, (beneficiary, undertaking, *_) = node.data, node.args
    found = [*_leaf(reading, beneficiary), *_leaf(reading, undertaking), *_open_relations(reading, group)]
    who = reading.said(beneficiary.data[1], group.beneficiary)
    # Told and complete, and still nobody is told apart: a relation is looked for that is not there.
    yield from found or [
        Unknown(NotKnowing.UNDEFINED, "", group.controls, wanted=((group.controlled, str(who)),), bounded=True)
    ]


def _open_relations(reading: Interpreter, group: Group) -> Iterator[Unknown]:
    if reading.tables[group.controls][2]:
        yield Unknown(NotKnowing.MISSING, "", group.controls)
    for row in reading.rows(group.controls):
        ends = [reading.said(group.controls, field) for field in group.fields]
        person = is_person(str(ends[0]), str(ends[1]), str(reading.said("", group.undertaking)))
        for field, said in zip(group.fields, ends, strict=True):
            if said is None and (field != group.sole_trader or person):
                yield Unknown(NotKnowing.MISSING, field, group.controls, row)


def _in_table(reading: Interpreter, node: Node) -> Iterator[Unknown]:
    table = node.data[0]
    unseen = reading.tables[table][2]
    found = False
    for _ in reading.rows(table):
        yes, no = reading.ends(node.args[0])
        if yes and no:
            found = True
            yield from unknowns(reading, node.args[0])
        if yes and len(node.args) > 1 and reading.is_open(node.args[1]):
            found = True
            yield from unknowns(reading, node.args[1])
    which = wanted(reading, node) if node.op == "only" else ()
    if unseen:
        yield Unknown(NotKnowing.MISSING, "", table, wanted=which)
        # What the records will be held against is asked with them, and not only once they are told.
        for part in beside(reading, node.args):
            for one in _leaf(reading, part) if part.op == "given" else unknowns(reading, part):
                if one.kind is NotKnowing.MISSING and not one.table:
                    yield one
    elif not found and node.op in ("only", "min_of", "max_of"):
        yield Unknown(NotKnowing.UNDEFINED, "", table, wanted=which)


def _leaf(reading: Interpreter, node: Node) -> Iterator[Unknown]:
    kind, table, name = node.data
    if kind == "open":
        # The scale of a score bounds it; nobody could tell it.
        if "@" in name:
            yield Unknown(NotKnowing.UNPUBLISHED, name.partition("@")[0])
        return
    row = reading.current_row(table)
    said = reading.said(table, name)
    if said is None:
        yield Unknown(NotKnowing.MISSING, name, table, row)
    elif kind in ("event", "happened") and said == 0:
        yield Unknown(NotKnowing.PENDING, name, table, row)
