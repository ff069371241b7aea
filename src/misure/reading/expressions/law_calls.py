# SPDX-License-Identifier: Apache-2.0
"""Calls of the functions of the law beneath every measure, checked against what each declares that it takes.

Arguments stand in order or by name; every one is given: what is not known is a fact that nobody told, not an argument
left out.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import partial

from misure.facts.vocabulary import Table
from misure.ground.place import nearest
from misure.reading.expressions.context import Context
from misure.reading.expressions.kinds import in_words
from misure.reading.expressions.scope import type_of_fact
from misure.reading.expressions.syntax import Wrong
from misure.rulebook.expression import Call, Expr, Literal, Name, Type
from misure.rulebook.functions import FUNCTIONS, OF_A_RECORD, Function, Takes

__all__ = ["is_law_function", "read_law_call"]


def is_law_function(name: str) -> bool:
    return name in FUNCTIONS


def read_law_call(name: str, node: ast.Call, context: Context) -> Expr:
    """A call of one of the functions; what is wrong in each argument is told."""
    function = FUNCTIONS[name]
    if context.record and name not in OF_A_RECORD:
        raise Wrong(
            node.col_offset, f"{name!r} cannot stand inside a comprehension: give it a name under 'definitions'"
        )
    wrong: list[Wrong] = []
    given = _arguments(function, node, wrong)
    args: list[Expr] = []
    words: list[str] = []
    tables: list[str] = []
    for takes in function.takes:
        if takes.name not in given:
            continue
        if takes.kind in ("table", "word"):  # a name that means something here alone
            context.begun.add(given[takes.name])
        try:
            if takes.kind == "table":
                tables.append(_table(takes, given[takes.name], context))
            elif takes.kind == "word":
                words.append(_word(takes, given[takes.name]))
            else:
                args.append(_value(takes, given[takes.name], context))
        except Wrong as problem:
            wrong.append(problem)
    context.refuse(wrong)
    return Call(name, tuple(args), tuple(words), tuple(tables), function.gives, context.place(node))


def _arguments(function: Function, node: ast.Call, wrong: list[Wrong]) -> dict[str, ast.expr]:
    names = [takes.name for takes in function.takes]
    listed = ", ".join(names)
    if any(isinstance(arg, ast.Starred) for arg in node.args) or len(node.args) > len(names):
        raise Wrong(node.col_offset, f"{function.name!r} takes {len(names)} things: {listed}")
    given = dict(zip(names, node.args, strict=False))
    for keyword in node.keywords:
        if keyword.arg not in names:
            told = f"{function.name!r} takes {listed}; nothing called {keyword.arg!r}"
            wrong.append(Wrong(keyword.value.col_offset, told, nearest(str(keyword.arg), names)))
            continue
        if keyword.arg in given:
            wrong.append(Wrong(keyword.value.col_offset, f"{function.name!r}: {keyword.arg!r} is given twice"))
            continue
        given[keyword.arg] = keyword.value
    missing = [name for name in names if name not in given]
    if missing and not wrong:  # what is called otherwise may be what is missing
        wrong.append(Wrong(node.col_offset, f"{function.name!r} also takes {', '.join(missing)}"))
    return given


def _value(takes: Takes, node: ast.expr, context: Context) -> Expr:
    if takes.kind == "choice" and isinstance(node, ast.Constant) and isinstance(node.value, str):
        return Literal(_one_of(takes, node.value, node), Type("choice", choices=takes.choices), context.place(node))
    tree = context.read(node)
    kind = tree.type
    fits = kind.kind == takes.kind and (not takes.unit or kind.unit in (takes.unit, ""))
    if not fits:
        wanted = in_words(Type(takes.kind, takes.unit))
        raise Wrong(node.col_offset, f"{takes.name!r} is {wanted}, and this is {in_words(kind)}")
    if takes.kind == "choice" and not set(kind.choices) <= set(takes.choices):
        strange = next(choice for choice in kind.choices if choice not in takes.choices)
        told = f"{takes.name!r} is one of {', '.join(takes.choices)}; this may be {strange!r}"
        raise Wrong(node.col_offset, told, nearest(strange, takes.choices))
    if takes.constant and not (isinstance(tree, Literal) or (isinstance(tree, Name) and tree.role == "parameter")):
        raise Wrong(node.col_offset, f"{takes.name!r} is a value of the law: a parameter belongs here")
    return tree


def _word(takes: Takes, node: ast.expr) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise Wrong(node.col_offset, f"{takes.name!r} is one of {', '.join(takes.choices)}, in quotes")
    return _one_of(takes, node.value, node)


def _one_of(takes: Takes, word: str, node: ast.expr) -> str:
    if word not in takes.choices:
        told = f"{takes.name!r} is one of {', '.join(takes.choices)}; not {word[:40]!r}"
        raise Wrong(node.col_offset, told, nearest(word, takes.choices))
    return word


def _table(takes: Takes, node: ast.expr, context: Context) -> str:
    tables = context.scope.tables
    if not isinstance(node, ast.Name):
        raise Wrong(node.col_offset, f"{takes.name!r} is a table, by its name")
    if node.id not in tables:
        raise Wrong(node.col_offset, f"no table is called {node.id!r}", nearest(node.id, tables))
    table = tables[node.id]
    lacking = [name for name, _ in takes.columns if name not in table.fields]
    steps = [
        partial(_check_field, takes, table, name, kind, node) for name, kind in takes.columns if name not in lacking
    ]
    context.gather([partial(_lacks, takes, table, lacking, node), *steps])
    return node.id


def _lacks(takes: Takes, table: Table, lacking: Sequence[str], node: ast.expr) -> None:
    if lacking:
        fields = "a field" if len(lacking) == 1 else "the fields"
        told = f"{takes.name!r} is a table with {fields} {', '.join(map(repr, lacking))}, and {table.name!r} has none"
        raise Wrong(node.col_offset, told + ("" if len(lacking) == 1 else " of them"))


def _check_field(takes: Takes, table: Table, name: str, kind: Type, node: ast.expr) -> None:
    found = type_of_fact(table.fields[name])
    if (
        found.kind != kind.kind
        or found.unit != kind.unit
        or not set(found.choices) <= set(kind.choices or found.choices)
    ):
        told = (
            f"{takes.name!r} has a field {name!r} that is {in_words(kind)}; in {table.name!r} it is {in_words(found)}"
        )
        raise Wrong(node.col_offset, told)
