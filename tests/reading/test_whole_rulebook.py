# SPDX-License-Identifier: Apache-2.0
"""A measure that says everything somewhere, and all that it becomes: each field of each rule, value and shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

import pytest

from misure.ground.place import Place
from misure.ground.record import Record
from misure.reading import read_rulebook
from misure.rulebook.expression import Expr, Literal, Name, Type
from misure.rulebook.rules import Citation, Rulebook
from misure.rulebook.shared_law import SharedLaw
from tests.reading.small_measures import small, whole

__all__ = ["small", "whole"]

DATA = Path(__file__).parent / "data" / "whole"
SOUND = Path(__file__).parent / "data" / "rules"
PARTS = (
    "acts", "sources", "editions", "parameters", "definitions", "conditions", "terms", "duties", "score", "spending",
    "support", "selection", "tranches", "tensions", "not_modelled", "unasked", "laws",
)  # fmt: skip


def shown(value: object) -> str:
    """A value on one line: trees as lists, rules as their fields that say something."""
    match value:
        case None | "" | () | frozenset():
            return "-"
        case Enum():
            return str(value)
        case Place():
            return f"@{value.line}:{value.column}" + (" of the law" if value.path.endswith("law.yaml") else "")
        case Citation():
            return f"<{value}>"
        case Type():
            return "/".join(filter(None, [value.kind, value.unit, str(value.decimals or ""), *value.choices]))
        case Name():
            return f"{value.name}:{value.role}"
        case Literal():
            return repr(value.value)
        case dt.date():
            return value.isoformat()
        case Record() if isinstance(value, Expr):
            told = [item for name, item in value.fields() if name not in ("type", "place")]
            return f"({type(value).__name__} {' '.join(map(shown, told))})"
        case SharedLaw():
            return f"{value.id}: {value.title}: {', '.join(sorted(value.names))}; without {shown(value.not_modelled)}"
        case Record():
            told = [(name, shown(item)) for name, item in value.fields()]
            return f"{type(value).__name__}({', '.join(f'{name}={item}' for name, item in told if item != '-')})"
        case tuple():
            return f"[{', '.join(map(shown, value))}]"
        case frozenset():
            return f"{{{', '.join(sorted(map(shown, value)))}}}"
        case Mapping():
            return f"{{{', '.join(f'{key}: {shown(item)}' for key, item in value.items())}}}"
        case _:
            return str(value)


def lines(book: Rulebook) -> Iterator[str]:
    """Everything in a rulebook, a line for each rule."""
    yield f"{book.id} {book.title} {book.subject} {book.law_of} {book.format}"
    yield f"facts: {', '.join(book.facts)}"
    yield f"tables: {', '.join(book.tables)}"
    for part in PARTS:
        whole = getattr(book, part)
        rules = whole.values() if isinstance(whole, Mapping) else whole if isinstance(whole, tuple) else [whole]
        yield f"{part}:"
        yield from (f"  {shown(rule)}" for rule in rules)


def test_a_measure_becomes_all_that_it_says(whole):
    assert list(lines(whole)) == (DATA / "rulebook.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", ["misura", "progetto", "bando"])
def test_a_measure_becomes_all_that_it_and_its_laws_say(name):
    told = "\n".join(lines(read_rulebook(SOUND, f"prova/{name}"))) + "\n"
    assert told == (DATA / f"{name}.txt").read_text("utf-8")


def test_every_rule_stands_in_the_one_file(whole):
    rules = [*whole.conditions, *whole.terms, *whole.duties, *whole.parameters.values()]
    assert {rule.place.path.rsplit("/", 1)[-1] for rule in rules} == {"measure.yaml"}


def test_nothing_is_borrowed_of_a_law_that_is_not_used(whole):
    assert (whole.laws, whole.borrowed("cap")) == ((), None)
