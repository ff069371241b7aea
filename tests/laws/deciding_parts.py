# SPDX-License-Identifier: Apache-2.0
"""Whether every decision of some plain Python falls both ways: its source, with each decision writing down how it fell.

A decision is what an `if`, a conditional expression, a `while`, a comprehension's `if`, or a part of `and` and `or` asks; and each
argument of a `min` or `max` of several, which must bind once.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

SAW, BOUND = "_saw", "_bound"
Where = tuple[str, int, str]
"""Module, line, and the text of what decides."""


class Watched:
    """Modules whose decisions are counted."""

    def __init__(self) -> None:
        self.fell: dict[Where, Counter[object]] = {}
        self.ways: dict[Where, tuple[object, ...]] = {}

    def saw(self, where: Where, value: object) -> object:
        self.fell[where][bool(value)] += 1
        return value

    def bound(self, where: Where, pick: str, *values: int) -> int:
        found = min(values) if pick == "min" else max(values)
        self.fell[where].update(at for at, value in enumerate(values) if value == found)
        return found

    def never(self) -> set[str]:
        """What fell one way alone, or bound never: the module, the text, and the way that never was."""
        return {
            f"{where[0]}: {where[2]}: never {way}"
            for where, seen in self.fell.items()
            for way in self.ways[where]
            if not seen[way]
        }


class _Watching(ast.NodeTransformer):
    def __init__(self, watched: Watched, module: str) -> None:
        self.watched, self.module = watched, module

    def _saw(self, node: ast.expr) -> ast.expr:
        return self._call(SAW, node, (True, False), [self.visit(node)])

    def _call(self, name: str, node: ast.expr, ways: tuple[object, ...], args: list[ast.expr]) -> ast.expr:
        where = (self.module, node.lineno, ast.unparse(node))
        self.watched.fell.setdefault(where, Counter())
        self.watched.ways[where] = ways
        return ast.Call(ast.Name(name, ast.Load()), [ast.Constant(where), *args], [])

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return ast.IfExp(self._saw(node.test), self.visit(node.body), self.visit(node.orelse))

    def visit_If(self, node: ast.If) -> ast.AST:
        body, orelse = ([self.visit(one) for one in part] for part in (node.body, node.orelse))
        return ast.If(self._saw(node.test), body, orelse)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        node = ast.comprehension(node.target, self.visit(node.iter), node.ifs, node.is_async)
        node.ifs = [self._saw(one) for one in node.ifs]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        return ast.BoolOp(node.op, [self._saw(one) for one in node.values])

    def visit_Call(self, node: ast.Call) -> ast.AST:
        several = len(node.args) > 1 and not any(isinstance(arg, ast.Starred) for arg in node.args)
        if isinstance(node.func, ast.Name) and node.func.id in ("min", "max") and several:
            args = [ast.Constant(node.func.id), *(self.visit(arg) for arg in node.args)]
            return self._call(BOUND, node, tuple(range(len(node.args))), args)
        return self.generic_visit(node)


@contextmanager
def watching(names: list[str]) -> Iterator[tuple[Watched, dict[str, ModuleType]]]:
    """The modules of these names, in the order in which they import each other, anew and watched."""
    watched, plain = Watched(), {name: import_module(name) for name in names}
    made = {}
    try:
        for name, module in plain.items():
            source = Path(str(module.__file__))
            tree = _Watching(watched, name.rpartition(".")[2]).visit(ast.parse(source.read_text("utf-8")))
            made[name] = sys.modules[name] = ModuleType(name)
            vars(made[name]).update({SAW: watched.saw, BOUND: watched.bound})
            exec(compile(ast.fix_missing_locations(tree), source, "exec"), vars(made[name]))  # noqa: S102 - our own text
        yield watched, made
    finally:
        sys.modules.update(plain)
