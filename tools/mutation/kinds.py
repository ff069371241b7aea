# SPDX-License-Identifier: Apache-2.0
"""The mistakes that are made on purpose: those of Cosmic Ray that fit this code, and a few of the house.

A kind gathers operators that stand for one way of being wrong; a draw gives each kind its share, so that the many
`x == y` of a program do not crowd out its few `min`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator

__all__ = ["KINDS", "Mutant", "mutants_of"]

Positions = Iterator[tuple[tuple[int, int], tuple[int, int]]]


class DropStatement(Operator):
    """A call for its effect, a counting up, a raise, or a return inside a branch becomes nothing."""

    def mutation_positions(self, node: Any) -> Positions:
        if node.type == "simple_stmt" and self._does_something(node.children[0]):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        first = node.get_first_leaf()
        return parso.parse(f"{first.prefix}pass\n")

    @staticmethod
    def _does_something(statement: Any) -> bool:
        match statement.type:
            case "atom_expr" | "power":
                return statement.children[-1].type == "trailer" and statement.children[-1].children[0].value == "("
            case "raise_stmt":
                return True
            case "expr_stmt":
                return getattr(statement.children[1], "value", "=") != "=" and statement.children[1].type != "annassign"
            case "return_stmt" | "keyword":
                inside = statement.search_ancestor("if_stmt", "funcdef")
                return statement.get_first_leaf().value == "return" and inside.type == "if_stmt"
            case _:
                return False

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        return ()


class SwapName(Operator):
    """`min` for `max`, `any` for `all`, and back."""

    pairs = {"min": "max", "max": "min", "any": "all", "all": "any"}

    def mutation_positions(self, node: Any) -> Positions:
        if node.type == "name" and node.value in self.pairs and self._is_called(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        return parso.python.tree.Name(self.pairs[node.value], node.start_pos, node.prefix)

    @staticmethod
    def _is_called(node: Any) -> bool:
        following = node.get_next_sibling()
        return following is not None and following.type == "trailer" and following.children[0].value == "("

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        return ()


class SwapArguments(Operator):
    """The first two positional arguments of a call change places, but for those of `min` and `max`, which have no order."""

    def mutation_positions(self, node: Any) -> Positions:
        fits = node.type == "arglist" and len(node.children) >= 3 and not self._special(node.children[:3:2])
        if fits and node.parent.get_previous_sibling().get_code(include_prefix=False) not in ("min", "max"):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        first, comma, second, *rest = node.children
        code = first.get_first_leaf().prefix + second.get_code(include_prefix=False) + comma.get_code()
        code += second.get_first_leaf().prefix + first.get_code(include_prefix=False)
        return parso.parse(code + "".join(child.get_code() for child in rest))

    @staticmethod
    def _special(arguments: list[Any]) -> bool:
        texts = [argument.get_code(include_prefix=False) for argument in arguments]
        return any(argument.type == "argument" for argument in arguments) or texts[0] == texts[1]

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        return ()


def _core(*names: str) -> list[type[Operator]]:
    return [get_operator(f"core/{name}") for name in names]


def _compare(*pairs: str) -> list[type[Operator]]:
    return _core(*(f"ReplaceComparisonOperator_{pair}" for pair in pairs))


KINDS: dict[str, list[type[Operator]]] = {
    "boundary": _compare("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt"),
    "comparison": _compare("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is", "Lt_GtE", "GtE_Lt", "Gt_LtE", "LtE_Gt"),
    "one more or less": _core("NumberReplacer"),
    "and, or": _core("ReplaceAndWithOr", "ReplaceOrWithAnd"),
    "not": _core("ReplaceUnaryOperator_Delete_Not"),
    "other branch": _core("AddNot"),
    "arithmetic": _core(*(f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Add", "FloorDiv_Mul"))),
    "truth": _core("ReplaceTrueWithFalse", "ReplaceFalseWithTrue"),
    "loop": _core("ZeroIterationForLoop", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    "statement dropped": [DropStatement],
    "min, max, any, all": [SwapName],
    "arguments swapped": [SwapArguments],
}  # fmt: skip
"""The kinds of mistake, each with the operators that make it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake at one place; `path` is relative to `src/misure`."""

    path: str
    line: int
    kind: str
    operator: type[Operator]
    occurrence: int

    def code(self, source: str) -> str:
        """The whole file with this mistake in it."""
        found = mutate_code(source, self.operator(), self.occurrence)
        assert found is not None, self
        return str(found)


def mutants_of(root: Path, path: str) -> Iterator[Mutant]:
    """All mistakes that can be made in a file; none in what is written for people or for the type checker."""
    nodes = list(ast_nodes(get_ast((root / path).read_text("utf-8"))))
    for kind, operators in KINDS.items():
        for operator in operators:
            occurrence = 0
            for node in nodes:
                for start, _ in operator().mutation_positions(node):
                    if not _is_not_run(node):
                        yield Mutant(path, start[0], kind, operator, occurrence)
                    occurrence += 1


def _is_not_run(node: Any) -> bool:
    """Whether a node stands in an annotation, a `__repr__`, an assertion for the type checker or an import for it."""
    while node.parent is not None:
        above = node.parent
        if above.type == "annassign" and above.children.index(node) == 1:
            return True
        # `*` before what is unpacked is no product.
        if above.type in ("argument", "star_expr") and node.type == "operator":
            return True
        if above.type in ("tfpdef", "assert_stmt", "import_from", "import_name"):
            return True
        if above.type == "funcdef" and (above.name.value == "__repr__" or node is above.annotation):
            return True
        if above.type == "if_stmt" and above.children[1].get_code().strip() == "TYPE_CHECKING":
            return True
        node = above
    return False
