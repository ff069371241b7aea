# SPDX-License-Identifier: Apache-2.0
"""What an expression becomes; that any text is read or refused, and always at its own place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misure.ground.place import Fault
from misure.reading.expressions.parser import read_expression
from misure.reading.expressions.scope import DAY, Named, Scope, type_of_fact
from misure.reading.expressions.syntax import MOST_LENGTH
from misure.reading.packages.shelf import Shelf
from misure.reading.text.written import Written
from misure.rulebook.expression import (
    Aggregate,
    AllOf,
    Arithmetic,
    Compare,
    Literal,
    Name,
    Not,
    OneOf,
    Shift,
    Type,
    Within,
    names,
    walk,
)  # fmt: skip

SOUND = Path(__file__).parent / "data" / "rules"


def scope() -> Scope:
    known = Shelf.at([SOUND]).glossary.value.vocabulary
    named = {
        name: Named(name, "event" if fact.kind.value == "event" else "fact", type_of_fact(fact), fact.place)
        for name, fact in known.facts.items()
    }
    parameters = {
        "minimum_firms": Type("number", "firms"),
        "limit": Type("number", "share", 4),
        "sizes": Type("list", choices=("micro", "small")),
        "codes": Type("list", choices=("A",)),
        "duration": Type("number", "months"),
    }
    place = named["turnover"].place
    named |= {name: Named(name, "parameter", kind, place) for name, kind in parameters.items()}
    named["on"] = Named("on", "on", DAY, place)
    ends = Name("opens", "parameter", DAY, place), Name("closes", "parameter", DAY, place)
    named["call"] = Named("call", "term", Type("window"), place, ends)
    return Scope(known.units, known.tables, named)


SCOPE = scope()


def read(text: str, want: str = ""):
    faults: list[Fault] = []
    tree = read_expression(Written(text), SCOPE, faults, "rule", want)
    assert (tree is None) == bool(faults)
    return tree if tree is not None else [str(fault) for fault in faults]


def test_a_count_is_compared_with_any_unit_that_counts():
    tree = read("count(m for m in members if m.kind == 'impresa' and m.in_lombardy) >= minimum_firms", "truth")
    assert isinstance(tree, Compare)
    assert isinstance(tree.left, Aggregate)
    assert (tree.left.op, tree.left.table, tree.left.value, tree.left.type.unit) == ("count", "members", None, "count")
    assert read("count(m for m in members) >= turnover") == [
        "<text>:1:1: rule: cannot compare a count with a number of EUR"
    ]


def test_several_ifs_of_a_comprehension_are_one_condition():
    tree = read("sum(m.amount for m in members if m.signed if m.in_lombardy)")
    assert isinstance(tree.condition, AllOf)
    assert (tree.type.unit, tree.value.field) == ("EUR", "amount")


def test_a_day_in_a_window_lies_between_its_ends():
    tree = read("filed_on in call", "truth")
    assert isinstance(tree, AllOf)
    assert [(part.op, part.left.name, part.right.name) for part in tree.args] == [
        ("<=", "opens", "filed_on"),
        ("<=", "filed_on", "closes"),
    ]


def test_chained_comparisons_are_one_condition():
    tree = read("0 <= turnover < exports", "truth")
    assert [part.op for part in tree.args] == ["<=", "<"]


def test_choices_in_lists():
    assert read("size in ('micro', 'small')").options == ("micro", "small")
    assert isinstance(read("size in sizes").options, Name)
    outside = read("size not in ['micro']")
    assert isinstance(outside, Not)
    assert isinstance(outside.arg, OneOf)
    assert isinstance(read("within(primary_ateco, codes)"), Within)


def test_a_choice_may_stand_on_either_side():
    left, right = read("'micro' == size"), read("size != 'micro'")
    assert isinstance(left.left, Literal)
    assert isinstance(right.right, Literal)
    assert right.right.type.choices == ("micro", "small", "medium", "large")


def test_spans_move_days_both_ways():
    tree = read("filed_on + months(duration) - days(1)", "date")
    assert isinstance(tree, Shift)
    assert (tree.unit, tree.sign, tree.day.unit, tree.day.sign) == ("days", -1, "months", 1)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("turnover * limit", "EUR"),
        ("limit * turnover", "EUR"),
        ("limit * limit", "share"),
        ("(1 - limit) * turnover", "EUR"),
        ("exports / turnover", "share"),
        ("turnover / limit", "EUR"),
        ("turnover * minimum_firms", "EUR"),
        ("minimum_firms * turnover", "EUR"),
        ("turnover * count(m for m in members)", "EUR"),
        ("turnover / count(m for m in members)", "EUR"),
        ("half_up(turnover / minimum_firms, 0)", "EUR"),
        ("turnover + 0", "EUR"),
        ("min(turnover, exports, 0)", "EUR"),
        ("turnover if active else 0", "EUR"),
        ("half_up(turnover * limit)", "EUR"),
        ("year(filed_on) - 1", "year"),
        ("count(m for m in members) - minimum_firms", "firms"),
        ("only(m.amount for m in members if m.signed)", "EUR"),
        ("max(m.amount for m in members)", "EUR"),
        ("1", ""),
    ],
)
def test_units_of_numbers(text, unit):
    assert read(text, "number").type.unit == unit


def test_names_stand_where_they_are_written():
    tree = read("exports <= limit * turnover")
    assert [(name.name, name.role, name.place.column) for name in names(tree)] == [
        ("exports", "fact", 1),
        ("limit", "parameter", 12),
        ("turnover", "fact", 20),
    ]
    assert isinstance(tree.right, Arithmetic)
    assert read("happened(filed_on) and filed_on <= on").args[0].event.role == "event"


def test_outer_names_may_stand_inside_a_comprehension():
    tree = read("any(m.id == capofila for m in members)")
    assert {type(node).__name__ for node in walk(tree)} == {"Aggregate", "Compare", "FieldOf", "Name"}


def test_an_expression_that_is_too_long_is_refused_at_its_beginning():
    assert read(" or ".join(["active"] * 300)) == [
        f"<text>:1:1: rule: an expression has at most {MOST_LENGTH} characters; give its parts names under 'definitions'"
    ]


TOKENS = [
    "active", "turnover", "exports", "size", "'micro'", "filed_on", "members", "m", "m.signed", "m.amount", "on", "0", "1",
    "limit", "call", "sizes", "codes", "primary_ateco", "2", "(", ")", "[", "]", "{", "}", ",", ":", ".", "+", "-", "*",
    "/", "**", "//", "%", "@", "~", "and", "or", "not", "in", "is", "if", "else", "for", "lambda", "await", "yield",
    "count(", "sum(", "any(", "all(", "only(", "min(", "days(", "months(", "year(", "happened(", "within(", "half_up(",
    "==", "!=", "<", "<=", ">", ">=", "=", ":=", "f'{turnover}'", "True", "None", "...", "\\", "\n", "#", "è", "1e9", "0x1",
    "1if", "__import__", "match", "async",
]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join) | st.text(max_size=60))
@example("(" * 60)
@example("-" * 1900 + "0")
@example("m" + ".m" * 900)
@example("not " * 450 + "active")
@example("1 if 1 else " * 150 + "1")
@example("0,".join("(" * 49) + "0")
@example("1_0")
@example("turnover.real")
@example("size in {'micro'}")
@example("size in {}")
@example("size == ''")
@example("count(*m for m in members)")
@example("min(*turnover, 0)")
@example("'a' 'b' == size")
def test_any_text_is_read_or_refused(text):
    read(text)
    read("\n  " + text + "\n")


@given(
    st.lists(st.sampled_from(["active", "filed", "on_the_register", "activ", "size == 'micr'"]), min_size=1, max_size=6)
)
def test_every_part_that_is_wrong_is_told_at_its_own_column(parts):
    text = " and ".join(parts)
    told = read(text)
    wrong = [part for part in parts if part in ("filed", "activ", "size == 'micr'")]
    assert (len(told) if isinstance(told, list) else 0) == len(wrong)
    for fault, part in zip(told if wrong else [], wrong, strict=True):
        column = int(fault.split(":")[2])
        assert text[column - 1 :].startswith(part if "==" not in part else "'micr'")
