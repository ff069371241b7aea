# SPDX-License-Identifier: Apache-2.0
"""From the text of an expression to Python's own syntax tree, inside bounds that keep the parser safe.

Python's parser is only given short, plain ASCII texts with shallow brackets; the tree is only walked when it is small.
ASCII matters twice: two spellings of one accented name would be one identifier to Python, and its columns count bytes.

>>> from misure.reading.text.written import Written
>>> type(parse(Written("lombard_firms >= minimum_firms"))).__name__
'Compare'
>>> parse(Written("turnover > 1000"))
Traceback (most recent call last):
...
misure.reading.expressions.syntax.Wrong: a number cannot stand here; legal numbers live under 'parameters'
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Final

from misure.reading.text.written import Written

__all__ = ["MOST_BRACKETS", "MOST_DEPTH", "MOST_LENGTH", "MOST_NODES", "Wrong", "names_in", "parse"]

MOST_LENGTH: Final = 2_000
MOST_BRACKETS: Final = 50
MOST_NODES: Final = 600
MOST_DEPTH: Final = 60

_STRANGE = re.compile(r"[^A-Za-z0-9_ .,()\[\]{}<>=!+\-*/'\"\n\t]")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_'\".])[0-9][A-Za-z0-9_.]*")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_FLATTEN = str.maketrans("\n\t", "  ")


class Wrong(ValueError):
    """Something wrong at one point of an expression, `offset` characters into its text."""

    def __init__(self, offset: int, message: str, suggestion: str | None = None) -> None:
        self.offset, self.message, self.suggestion = offset, message, suggestion
        super().__init__(message)


def parse(text: Written, told: list[Wrong] | None = None) -> ast.expr:
    """The syntax tree of an expression; column offsets count characters of the text.

    Args:
        text: What was written.
        told: Takes what is wrong with each number that stands there, and the tree has a 0 in its place, so that the rest
            can be read; with several characters that cannot stand there, all but the first. Without it the first is raised.

    Raises:
        Wrong: The text is no expression, or a number stands in it.
    """
    if len(text) > MOST_LENGTH:
        raise Wrong(0, f"an expression has at most {MOST_LENGTH} characters; give its parts names under 'definitions'")
    if strange := {found.group(): found.start() for found in reversed(list(_STRANGE.finditer(text)))}:
        each = [Wrong(at, f"the character {one!r} cannot stand in an expression") for one, at in strange.items()]
        if told is not None:
            told.extend(each[:-1])
        raise each[-1]
    _check_brackets(text)
    numbers = list(_bare_numbers(text))
    if numbers and told is None:
        raise numbers[0]
    if told is not None:
        told.extend(numbers)
    lead = len(text) - len(text.lstrip())
    flat = _without(text, numbers).translate(_FLATTEN).strip()
    if not flat:
        raise Wrong(0, "the expression is empty")
    try:
        tree = ast.parse(flat, mode="eval").body
    except SyntaxError as problem:
        raise Wrong(
            lead + max((problem.offset or 1) - 1, 0), "this is no expression: from here on it cannot be read"
        ) from None
    except (RecursionError, MemoryError, ValueError):
        raise Wrong(lead, "the expression is too deep; give its parts names under 'definitions'") from None
    _check_size(tree, lead)
    return tree


def names_in(tree: ast.expr) -> list[str]:
    """Every bare name of the tree, in no special order, functions and records included."""
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _check_brackets(text: str) -> None:
    depth = 0
    for offset, char in enumerate(text):
        if char in "([{":
            depth += 1
            if depth > MOST_BRACKETS:
                raise Wrong(offset, f"brackets are nested more than {MOST_BRACKETS} deep")
        elif char in ")]}":
            depth -= 1


def _bare_numbers(text: str) -> Iterator[Wrong]:
    for found in _NUMBER.finditer(_QUOTED.sub(lambda quoted: " " * len(quoted.group()), text)):
        if found.group() not in ("0", "1"):
            yield Wrong(found.start(), "a number cannot stand here; legal numbers live under 'parameters'")


def _without(text: str, numbers: Iterable[Wrong]) -> str:
    """The text with a 0 in place of each number that is told, so that the rest can be read."""
    for wrong in numbers:
        end = _NUMBER.match(text, wrong.offset)
        assert end is not None
        text = text[: wrong.offset] + "0".ljust(end.end() - wrong.offset) + text[end.end() :]
    return text


def _check_size(tree: ast.expr, lead: int) -> None:
    """Bound the number of nodes and their depth without recursion, and move the columns over the leading blanks."""
    nodes: list[tuple[ast.AST, int]] = [(tree, 1)]
    for count, (node, depth) in enumerate(nodes):
        if depth > MOST_DEPTH or count > MOST_NODES:
            how = "deep" if depth > MOST_DEPTH else "long"
            raise Wrong(lead, f"the expression is too {how}; give its parts names under 'definitions'")
        if isinstance(node, ast.expr):
            node.col_offset += lead
        nodes.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
