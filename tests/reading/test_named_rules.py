# SPDX-License-Identifier: Apache-2.0
"""Definitions and terms that use each other: their order, their depth, rings, and who is blamed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.reading.expressions.syntax import MOST_BRACKETS, MOST_DEPTH, MOST_LENGTH, MOST_NODES, Wrong, names_in, parse
from misure.reading.measures.dependencies import in_order
from misure.reading.text.written import Written
from tests.reading.small_measures import marks, small

__all__ = ["small"]

GROUP = "provisions:\n  - cite: {act: uno}\n"
USE = '    admission:\n      last: {provision: P.1, text: a, holds: "%s"}\n'


def chain(count, link="{name} + cost", first="is: cost"):
    """Definitions of which each rests on the one before it."""
    lines = [f"      d1: {{{first}, label: x}}"]
    lines += [f'      d{n}: {{is: "{link.format(name=f"d{n - 1}")}", label: x}}' for n in range(2, count + 1)]
    return GROUP + "    definitions:\n" + "\n".join(lines) + "\n"


LINKS = [
    "{name} + cost",
    "cost + {name}",
    "max(cost, {name} + cost)",
    "max({name}, cost + d1)",
    "max(cost + d1, {name})",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_name_rests_on_at_most_fifty_names_in_a_row(small, link):
    assert len(small(chain(50, link) + USE % "d50 > 0").definitions) == 50
    told = "51:7: d51: it rests on a chain of more than 50 names: nobody could follow it"
    line = 2 + 1 + 51
    assert small(chain(51, link) + USE % "d51 > 0") == [told.replace("51:7", f"{line}:7")]


def test_a_chain_may_begin_with_what_rests_on_nothing(small):
    first = 'is: "1", unit: EUR'
    assert len(small(chain(50, first=first) + USE % "d50 > 0").definitions) == 50
    assert [line.split(": ")[1] for line in small(chain(51, first=first) + USE % "d51 > 0")] == ["d51"]


def test_what_rests_on_a_chain_that_is_too_long_is_not_blamed_too(small):
    told = small(chain(60) + USE % "d60 > 0")
    assert [line.split(": ")[1] for line in told] == ["d51"]


def test_a_term_counts_in_a_chain_as_well(small):
    days = [f'      d{n}: {{is: "{f"d{n - 1}" if n > 1 else "t"} + days(1)", label: x}}' for n in range(1, 50)]
    terms = '    terms:\n      t: {provision: P.1, text: a, by: "opened_on + days(1)", stage: upkeep}\n'
    rest = GROUP + "    definitions:\n" + "\n".join(days) + "\n" + terms
    assert len(small(rest + USE % "d49 > opened_on").definitions) == 49
    more = rest.replace("    terms:", '      d50: {is: "d49 + days(1)", label: x}\n    terms:')
    assert [line.split(": ")[1] for line in small(more + USE % "d50 > opened_on")] == ["d50"]


RINGS = [
    ("a: {is: b, label: x}", "b: {is: a, label: x}", "a -> b -> a"),
    ("a: {is: a, label: x}", "b: {is: cost, label: x}", "a -> a"),
    ('a: {is: "max(b, cost)", label: x}', "b: {label: x, cases: [{when: young, is: a}, {otherwise: cost}]}", "a -> b -> a"),
    ('a: {is: "max(b, cost)", label: x}', "b: {label: x, cases: [{when: young, is: cost}, {otherwise: a}]}", "a -> b -> a"),
    ("a: {is: b > 0, label: x}", "b: {label: x, cases: [{when: a, is: cost}, {otherwise: gain}]}", "a -> b -> a"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "ring"), RINGS)
def test_definitions_in_a_ring_are_told_with_their_places(small, one, two, ring):
    told = small(GROUP + f"    definitions:\n      {one}\n      {two}\n" + USE % "a > b")
    (line,) = told
    assert line.startswith(f"4:7: a: these use each other in a ring: {ring} (a at ")
    names = [part.split(" at ")[0] for part in line.split("(", 1)[1].split(", ")]
    assert names == list(dict.fromkeys(ring.split(" -> ")))


@pytest.mark.parametrize(
    "term",
    [
        "b: {provision: P.1, text: x, by: a, stage: upkeep}",
        "b: {provision: P.1, text: x, by: opened_on, when: a > opened_on, stage: upkeep}",
        "b: {provision: P.1, text: x, window: {from: a, until: opened_on}, of: filed_on, stage: upkeep}",
        "b: {provision: P.1, text: x, window: {from: opened_on, until: a}, of: filed_on, stage: upkeep}",
    ],
)
def test_a_term_may_close_a_ring(small, term):
    name = "filed_on if filed_on in b else opened_on" if "window" in term else "b + days(1)"
    told = small(GROUP + f'    definitions:\n      a: {{is: "{name}", label: x}}\n    terms:\n      {term}\n')
    assert [line.split(" (")[0] for line in told] == ["4:7: a: these use each other in a ring: a -> b -> a"]


def test_what_stands_after_its_use_is_read_before_it(small):
    groups = GROUP + '    definitions:\n      a: {is: "b + cost", label: x}\n'
    groups += "  - cite: {act: uno}\n    definitions:\n      b: {is: gain, label: x}\n"
    assert list(small(groups + USE % "a > b").definitions) == ["b", "a"]


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        ("{is: ¦costt, label: x}", "a: nothing is called 'costt'; did you mean 'cost'?"),
        ("{is: ¦marks + cost, label: x}", "a: cannot add up a number of points with a number of EUR"),
    ],
)
def test_what_rests_on_a_faulty_definition_is_not_blamed(small, definition, fault):
    rest = (
        GROUP + f"    definitions:\n      a: {definition}\n      b: {{is: a + cost, label: x}}\n" + USE % "a + b > cost"
    )
    assert small(rest) == [marks(rest)[0] + fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: {label: x, cases: [{when: ¦young and, is: b}, {otherwise: cost}]}", "a: this is no expression: "),
        ("a: {label: x, cases: [{when: ¦young § b, is: cost}, {otherwise: b}]}", "a: the character '§' cannot stand"),
    ],
)
def test_what_follows_a_text_that_is_no_expression_is_still_read_after_what_it_uses(small, text, fault):
    rest = GROUP + f"    definitions:\n      {text}\n      b: {{is: gain, label: x}}\n" + USE % "b > cost"
    (told,) = small(rest)
    assert told.split(":")[0] == "4"
    assert fault in told


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefghxyz"), max_size=3), max_size=8))
def test_an_order_holds_each_name_once_after_what_it_uses_or_tells_a_ring(uses):
    order, ring = in_order(uses)
    at = {name: place for place, name in enumerate(order)}
    assert len(at) == len(order)
    for name in order:
        assert all(at[used] < at[name] for used in uses[name] if used in uses)
    if ring is None:
        assert sorted(order) == sorted(uses)
    else:
        assert ring[0] == ring[-1]
        assert len(set(ring)) == len(ring) - 1
        assert all(two in uses[one] for one, two in itertools.pairwise(ring))


def test_an_order_is_as_near_as_can_be_to_the_one_given():
    assert in_order({"a": [], "b": [], "c": []}) == (["a", "b", "c"], None)
    assert in_order({"a": ["c", "b"], "b": [], "c": []}) == (["c", "b", "a"], None)
    assert in_order({"b": [], "a": ["b"], "c": ["d"], "d": ["c"]}) == (["b", "a"], ["c", "d", "c"])
    assert in_order({"a": ["b"], "b": ["c"], "c": ["b"]}) == ([], ["b", "c", "b"])
    assert in_order({"a": ["nobody"]}) == (["a"], None)


def refused(text):
    with pytest.raises(Wrong) as caught:
        parse(Written(text))
    return caught.value.offset, caught.value.message


NAMES = "give its parts names under 'definitions'"


def test_the_limits_of_an_expression_are_met_exactly():
    parse(Written("a" * MOST_LENGTH))
    assert refused("a" * (MOST_LENGTH + 1)) == (0, f"an expression has at most 2000 characters; {NAMES}")
    parse(Written("(" * MOST_BRACKETS + "a" + ")" * MOST_BRACKETS))
    parse(Written("(a) + [b] + {c} + " * 18 + "(a)"))
    assert refused("  " + "(" * (MOST_BRACKETS + 1)) == (52, "brackets are nested more than 50 deep")
    assert refused("[" * 25 + "{" * 25 + "(" + "a") == (50, "brackets are nested more than 50 deep")
    parse(Written("a and " * 299 + "1"))
    assert MOST_NODES == 600
    assert refused(" " + "a and " * 299 + "1 and 1") == (1, f"the expression is too long; {NAMES}")
    parse(Written("not " * (MOST_DEPTH - 2) + "a"))
    assert refused("   " + "not " * (MOST_DEPTH - 1) + "a") == (3, f"the expression is too deep; {NAMES}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", (0, "the expression is empty")),
        (" \n\t ", (0, "the expression is empty")),
        ("a >= è", (5, "the character 'è' cannot stand in an expression")),
        ("a # b", (2, "the character '#' cannot stand in an expression")),
        ("a > 2", (4, "a number cannot stand here; legal numbers live under 'parameters'")),
        ("a > 0x1", (4, "a number cannot stand here; legal numbers live under 'parameters'")),
        ("'12' == a and 3 > b", (14, "a number cannot stand here; legal numbers live under 'parameters'")),
    ],
)
def test_what_is_no_text_of_an_expression(text, told):
    assert refused(text) == told


@pytest.mark.parametrize("text", ["a == '12'", 'a == "3 b"', "a1 > 0", "a_2 > 1", "x.y2", "a\n>\tb"])
def test_digits_in_names_and_quotes_are_no_numbers(text):
    assert names_in(parse(Written(text)))


def test_columns_count_the_blanks_before_an_expression():
    tree = parse(Written("\n  a > b"))
    assert (tree.left.col_offset, tree.comparators[0].col_offset) == (3, 7)
    assert sorted(names_in(tree)) == ["a", "b"]
