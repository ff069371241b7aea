# SPDX-License-Identifier: Apache-2.0
"""Each text is wrong in one way or in several; each fault is told at its column, in these words, in the order of the text."""

from __future__ import annotations

import pytest

from misure.reading.expressions.kinds import in_words, one_with_other, shared_unit, unify
from misure.rulebook.expression import Type
from tests.reading.test_expressions import SCOPE, read

WRONG = [
    ("count(m for (m, n) in members)", "", ["13: one plain name stands for the record, as in 'for p in partners'"]),
    ("count(m for m.id in members)", "", ["13: one plain name stands for the record, as in 'for p in partners'"]),
    ("count(m async for m in members)", "", ["19: one plain name stands for the record, as in 'for p in partners'"]),
    ("count(m for m in year(filed_on))", "", ["18: a table belongs here"]),
    ("count(m for m in membrs)", "", ["18: no table is called 'membrs'; did you mean 'members'?"]),
    ("count(m for m in turnover)", "", ["18: no table is called 'turnover'"]),
    ("count(m for turnover in members)", "", ["13: 'turnover' already has a meaning; call the record something else"]),
    ("count(m for members in members)", "", ["13: 'members' already has a meaning; call the record something else"]),
    ("count(n for m in members)", "", ["7: 'count' counts records: write 'count(m for m in ...)'"]),
    ("sum(m.id for m in members)", "", ["5: 'sum' takes numbers, and this is a text"]),
    ("sum(filed_on for m in members)", "", ["5: 'sum' takes numbers, and this is a day"]),
    ("min(m.kind for m in members)", "", ["5: 'min' takes numbers or days, and this is a choice"]),
    ("max(m.signed for m in members)", "", ["5: 'max' takes numbers or days, and this is a yes or no"]),
    ("any(m.amount for m in members)", "", ["5: 'any' takes a yes or no, and this is a number of EUR"]),
    ("all(m.id for m in members)", "", ["5: 'all' takes a yes or no, and this is a text"]),
    ("only(m.signed for m in members)", "", ["6: 'only' takes numbers or days, and this is a yes or no"]),
    ("happened(m for m in members)", "", ["1: 'happened' does not read a table"]),
    ("cont(m for m in members)", "", ["1: 'cont' does not read a table; did you mean 'count'?"]),
    ("sum([m.amount for m in members])", "", ["5: write the comprehension without brackets of its own"]),
    ("sum({m.amount for m in members})", "", ["5: write the comprehension without brackets of its own"]),
    ("sum({m.id: m.amount for m in members})", "", ["10: the character ':' cannot stand in an expression"]),
    ("count(m for m in members if m.signed if m.amount if m.kind)", "", ["41: a yes or no belongs after 'if', and this is a number of EUR", "53: a yes or no belongs after 'if', and this is a choice"]),
    ("sum(m.amount for m in members if sum(n.amount for n in members) > 0)", "", ["34: one comprehension cannot stand inside another; give it a name under 'definitions'"]),
    ("(m for m in members)", "", ["1: a comprehension stands alone inside count, sum, any, all, min, max or only"]),
    ("turnover > (m for m in members)", "", ["12: a comprehension stands alone inside count, sum, any, all, min, max or only"]),
    ("members.id", "", ["1: only a record inside count, sum, any, all, min, max or only has fields"]),
    ("turnover.x", "", ["1: only a record inside count, sum, any, all, min, max or only has fields"]),
    ("m.id", "", ["1: only a record inside count, sum, any, all, min, max or only has fields"]),
    ("sum(n.amount for m in members)", "", ["5: only a record inside count, sum, any, all, min, max or only has fields"]),
    ("sum(m.amont for m in members)", "", ["7: 'members' has no field 'amont'; did you mean 'amount'?"]),
    ("turnover.real() > 0", "", ["1: only the functions of the rule language can be called"]),
    ("happened(event=filed_on)", "", ["1: 'happened' takes no named arguments"]),
    ("min(m.amount, key=turnover)", "", ["1: 'min' takes no named arguments", "5: only a record inside count, sum, any, all, min, max or only has fields"]),
    ("count(members)", "", ["1: 'count' reads a table: count(p for p in table if ...)"]),
    ("sum()", "", ["1: 'sum' reads a table: sum(p.field for p in table if ...)"]),
    ("sum(turnover, exports)", "", ["1: 'sum' reads a table: sum(p.field for p in table if ...)"]),
    ("days(duration)", "", ["1: days(...) is a length of time: add it to a day, as in 'filed_on + days(...)'"]),
    ("months(duration) > 0", "", ["1: months(...) is a length of time: add it to a day, as in 'filed_on + months(...)'"]),
    ("filed_on + months(duration, duration)", "", ["12: 'months' takes one thing in brackets"]),
    ("filed_on + months()", "", ["12: 'months' takes one thing in brackets"]),
    ("filed_on + months(turnover)", "", ["19: months(...) takes a number of months, and this is a number of EUR"]),
    ("filed_on + days(limit)", "", ["17: days(...) takes a number of days, and this is a share"]),
    ("filed_on + years(duration)", "", ["18: years(...) takes a number of years, and this is a number of months"]),
    ("filed_on + working_days(duration)", "", ["25: working_days(...) takes a number of working_days, and this is a number of months"]),
    ("filed_on + months(filed_on)", "", ["19: months(...) takes a number of months, and this is a day"]),
    ("filed_on * months(duration)", "", ["1: a length of time is added to a day, not to a day"]),
    ("turnover - months(duration)", "", ["1: a length of time is added to a day, not to a number of EUR"]),
    ("happened()", "", ["1: 'happened' takes one thing in brackets"]),
    ("happened(turnover)", "", ["10: 'happened' takes an event, and this is a number of EUR"]),
    ("happened(active)", "", ["10: 'happened' takes an event, and this is a yes or no"]),
    ("hapened(filed_on)", "", ["1: no function is called 'hapened'; did you mean 'happened'?"]),
    ("within(primary_ateco)", "", ["1: 'within' takes 2 things in brackets"]),
    ("within(size, codes)", "", ["8: 'within' takes a classification code first, and this is a choice"]),
    ("within(primary_ateco, turnover)", "", ["23: 'within' takes a parameter that lists codes, such as [A, K, 01.61]"]),
    ("within(primary_ateco, primary_ateco)", "", ["23: 'within' takes a parameter that lists codes, such as [A, K, 01.61]"]),
    ("half_up(limit)", "", ["9: 'half_up' rounds a number that has a unit, and this is a share"]),
    ("down(1)", "", ["6: 'down' rounds a number that has a unit, and this is a plain number"]),
    ("half_up(active)", "", ["9: 'half_up' rounds a number that has a unit, and this is a yes or no"]),
    ("min(turnover)", "", ["1: 'min' takes two things or more, or reads a table"]),
    ("max(turnover, filed_on)", "", ["15: cannot compare a number of EUR with a day"]),
    ("max(active, active)", "", ["5: cannot compare a yes or no with another"]),
    ("min(size, size)", "", ["5: cannot compare a choice with another"]),
    ("min(turnover, count(m for m in members))", "", ["15: cannot compare a number of EUR with a count"]),
    ("year(turnover)", "", ["6: 'year' takes a day, and this is a number of EUR"]),
    ("year()", "", ["1: 'year' takes one thing in brackets"]),
    ("year(filed_on, filed_on)", "", ["1: 'year' takes one thing in brackets"]),
    ("2", "", ["1: a number cannot stand here; legal numbers live under 'parameters'"]),
    ("12 > turnover", "", ["1: a number cannot stand here; legal numbers live under 'parameters'"]),
    ("turnover > 1.5", "", ["12: a number cannot stand here; legal numbers live under 'parameters'"]),
    ("turnover > 0.0", "", ["12: a number cannot stand here; legal numbers live under 'parameters'"]),
    ("turnover > 01", "", ["12: a number cannot stand here; legal numbers live under 'parameters'"]),
    ("turnover > 'x'", "", ["12: the text 'x' can only be compared with a choice, not a number of EUR"]),
    ("'x'", "", ["1: the text 'x' can only be compared with a choice"]),
    ("True", "", ["1: True cannot stand in an expression; a yes or no is named alone, or after 'not'"]),
    ("None", "", ["1: None cannot stand in an expression; a yes or no is named alone, or after 'not'"]),
    ("...", "", ["1: ... cannot stand in an expression; a yes or no is named alone, or after 'not'"]),
    ("1j > turnover", "", ["1: a number cannot stand here; legal numbers live under 'parameters'"]),
    ("b'x' == size", "", ["1: b'x' cannot stand in an expression; a yes or no is named alone, or after 'not'"]),
    ("f'{turnover}' == size", "", ["1: a template cannot stand in an expression"]),
    ("not turnover", "", ["5: a yes or no belongs here, and this is a number of EUR"]),
    ("active and 0", "", ["12: a yes or no belongs here, and this is a plain number"]),
    ("active or turnover and exports", "", ["11: a yes or no belongs here, and this is a number of EUR", "24: a yes or no belongs here, and this is a number of EUR"]),
    ("-turnover", "", ["1: a sign cannot stand here; write a difference"]),
    ("+turnover", "", ["1: a sign cannot stand here; write a difference"]),
    ("~turnover", "", ["1: the character '~' cannot stand in an expression"]),
    ("turnover if active else filed_on", "", ["1: the two branches do not go together: a number of EUR with a day"]),
    ("turnover if exports else turnover", "", ["13: a yes or no belongs here, and this is a number of EUR"]),
    ("turnover is exports", "", ["1: compare with ==, !=, <, <=, > or >="]),
    ("turnover is not exports", "", ["1: compare with ==, !=, <, <=, > or >="]),
    ("turnover < exports < filed_on", "", ["12: cannot compare a number of EUR with a day"]),
    ("size == 'micr'", "", ["9: 'micr' is not one of the choices; did you mean 'micro'?"]),
    ("'micr' == size", "", ["1: 'micr' is not one of the choices; did you mean 'micro'?"]),
    ("'micro' == 'small'", "", ["1: the text 'micro' can only be compared with a choice"]),
    ("'micro' == turnover", "", ["1: the text 'micro' can only be compared with a choice, not a number of EUR"]),
    ("size == capofila", "", ["1: cannot compare a choice with a text"]),
    ("size == kind", "", ["9: nothing is called 'kind'"]),
    ("size < 'micro'", "", ["1: a choice is only the same or another: compare with == or !="]),
    ("capofila < capofila", "", ["1: a text is only the same or another: compare with == or !="]),
    ("active == active", "", ["1: cannot compare a yes or no with another"]),
    ("primary_ateco == primary_ateco", "", ["1: cannot compare a classification code with another; ask 'within(code, codes)'"]),
    ("primary_ateco != capofila", "", ["1: cannot compare a classification code with a text; ask 'within(code, codes)'"]),
    ("turnover == filed_on", "", ["1: cannot compare a number of EUR with a day"]),
    ("turnover in sizes", "", ["13: a list parameter of numbers belongs here, and this is a list"]),
    ("primary_ateco in codes", "", ["1: whether a code lies under others is asked with 'within(code, codes)'"]),
    ("size in codes", "", ["9: the list 'codes' holds 'A', which is not one of the choices"]),
    ("size in turnover", "", ["9: a list belongs here, and this is a number of EUR"]),
    ("size in call", "", ["1: only a day lies in a window; this is a choice"]),
    ("turnover in call", "", ["1: only a day lies in a window; this is a number of EUR"]),
    ("filed_on in sizes", "", ["1: only a choice or a number can be in a list, or a day in a window; this is a day"]),
    ("size in ('micro', turnover)", "", ["9: a list here holds choices in quotes only"]),
    ("size in ['micro', 'smal', 'larg']", "", ["19: 'smal' is not one of the choices; did you mean 'small'?", "27: 'larg' is not one of the choices; did you mean 'large'?"]),
    ("size in limit", "", ["9: a list belongs here, and this is a share"]),
    ("call", "", ["1: 'call' is a window; ask whether a day lies in it: 'day in call'"]),
    ("call > filed_on", "", ["1: 'call' is a window; ask whether a day lies in it: 'day in call'"]),
    ("turnover ** exports", "", ["1: only + - * / can be computed with"]),
    ("turnover // exports", "", ["1: only + - * / can be computed with"]),
    ("turnover % exports", "", ["10: the character '%' cannot stand in an expression"]),
    ("turnover + filed_on", "", ["1: cannot add up a number of EUR with a day"]),
    ("filed_on - granted_on", "date", ["1: a day belongs here, and this is a number of days"]),
    ("turnover * (filed_on - granted_on)", "", ["1: cannot multiply a number of EUR with a number of days; one side must be a share, or a number of what is counted"]),
    ("turnover / (filed_on - granted_on)", "", ["1: cannot divide a number of EUR with a number of days; the units must be the same, or the second counts"]),
    ("filed_on - turnover", "", ["1: cannot subtract a day with a number of EUR"]),
    ("filed_on + filed_on", "", ["1: cannot add up a day with another; compare the two days, subtract one from the other, or add days(...) to one"]),
    ("active + active", "", ["1: cannot add up a yes or no with another"]),
    ("turnover + size", "", ["1: cannot add up a number of EUR with a choice"]),
    ("turnover - limit", "", ["1: cannot subtract a number of EUR with a share"]),
    ("turnover + minimum_firms", "", ["1: cannot add up a number of EUR with a number of firms"]),
    ("turnover * exports", "", ["1: cannot multiply a number of EUR with another; one side must be a share, or a number of what is counted"]),
    ("minimum_firms * minimum_firms", "", ["1: cannot multiply a number of firms with another; one side must be a share, or a number of what is counted"]),
    ("minimum_firms / turnover", "", ["1: cannot divide a number of firms with a number of EUR; the units must be the same, or the second counts"]),
    ("1 / turnover", "", ["1: cannot divide a plain number with a number of EUR; the units must be the same, or the second counts"]),
    ("limit / turnover", "", ["1: cannot divide a share with a number of EUR; the units must be the same, or the second counts"]),
    ("1 / limit", "", ["1: cannot divide a plain number with a share; the units must be the same, or the second counts"]),
    ("turnover[0]", "", ["1: 'turnover' is no table of values, in which one could be looked up"]),
    ("(turnover)[size]", "", ["1: 'turnover' is no table of values, in which one could be looked up"]),
    ("rates[size]", "", ["1: no table of values is called 'rates'"]),
    ("(turnover + exports)[size]", "", ["1: a value is looked up in a table of the act, by its name: 'rates[size]'"]),
    ("[turnover]", "", ["1: a list cannot stand in an expression"]),
    ("{turnover}", "", ["1: a set cannot stand in an expression"]),
    ("{turnover: 1}", "", ["10: the character ':' cannot stand in an expression"]),
    ("(turnover, exports)", "", ["1: a list cannot stand in an expression"]),
    ("[m for m in members]", "", ["1: a list in brackets cannot stand in an expression"]),
    ("{m for m in members}", "", ["1: a set in braces cannot stand in an expression"]),
    ("lambda: 0", "", ["7: the character ':' cannot stand in an expression"]),
    ("(x := turnover)", "", ["4: the character ':' cannot stand in an expression"]),
    ("min(*turnover, 0)", "", ["1: 'min' takes two things or more, or reads a table"]),
    ("   ", "", ["1: the expression is empty"]),
    (" turnovr", "", ["2: nothing is called 'turnovr'; did you mean 'turnover'?"]),
    ("active\n and turnovr", "", ["13: nothing is called 'turnovr'; did you mean 'turnover'?"]),
    ("on", "truth", ["1: a condition is a yes or no, and this is a day"]),
    ("turnover", "truth", ["1: a condition is a yes or no, and this is a number of EUR"]),
    ("turnover", "date", ["1: a day belongs here, and this is a number of EUR"]),
    ("filed_on", "number", ["1: a number belongs here, and this is a day"]),
    ("active", "number", ["1: a number belongs here, and this is a yes or no"]),
    ("size", "truth", ["1: a condition is a yes or no, and this is a choice"]),
    ("sizes", "truth", ["1: a condition is a yes or no, and this is a list"]),
    ("limit", "truth", ["1: a condition is a yes or no, and this is a share"]),
    ("count(m for m in members)", "truth", ["1: a condition is a yes or no, and this is a count"]),
    ("1", "truth", ["1: a condition is a yes or no, and this is a plain number"]),
    ("primary_ateco", "truth", ["1: a condition is a yes or no, and this is a classification code"]),
    ("capofila", "date", ["1: a day belongs here, and this is a text"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want", "told"), WRONG)
def test_what_is_told_of_a_wrong_expression(text, want, told):
    assert read(text, want) == [f"<text>:1:{line[: line.index(':')]}: rule{line[line.index(':') :]}" for line in told]


@pytest.mark.parametrize(
    ("text", "column"),
    [("turnover >", 1), ("*turnover", 1), (")", 1), ("turnover > (", 12), ("  turnover exports", 12)],
)
def test_what_python_cannot_read_is_told_at_its_column(text, column):
    (told,) = read(text)
    assert told.startswith(f"<text>:1:{column}: rule: this is no expression: from here on it cannot be read")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("min(filed_on, granted_on)", Type("date")),
        ("max(turnover, 0)", Type("number", "EUR", 2)),
        ("max(0, turnover)", Type("number", "EUR", 2)),
        ("min(0, 1)", Type("number")),
        ("min(limit, 1)", Type("number", "share", 4)),
        ("1 if active else turnover", Type("number", "EUR", 2)),
        ("turnover if active else 0", Type("number", "EUR", 2)),
        ("filed_on if active else on", Type("date")),
        ("size if active else size", Type("choice", choices=("micro", "small", "medium", "large"))),
        ("count(m for m in members) / minimum_firms", Type("number", "share", 4)),
        ("count(m for m in members) * limit", Type("number", "count")),
        ("minimum_firms - count(m for m in members)", Type("number", "firms")),
        ("count(m for m in members) - count(m for m in members)", Type("number", "count")),
        ("turnover * 0", Type("number", "EUR", 2)),
        ("1 * turnover", Type("number", "EUR", 2)),
        ("1 - limit", Type("number", "share", 4)),
        ("1 * limit", Type("number", "share", 4)),
        ("turnover / 1", Type("number", "EUR", 2)),
        ("turnover / limit", Type("number", "EUR", 2)),
        ("exports / turnover", Type("number", "share", 4)),
        ("limit / limit", Type("number", "share", 4)),
        ("0 + 1", Type("number")),
        ("half_up(turnover / limit)", Type("number", "EUR", 2)),
        ("half_up(turnover / limit, 0)", Type("number", "EUR", 0)),
        ("turnover / count(m for m in members)", Type("number", "EUR", 2)),
        ("year(on)", Type("number", "year")),
        ("filed_on - days(1)", Type("date")),
        ("filed_on + working_days(1)", Type("date")),
        ("happened(filed_on)", Type("truth")),
        ("within(primary_ateco, codes)", Type("truth")),
        ("size in ()", Type("truth")),
        ("filed_on in call", Type("truth")),
        ("sum(m.amount for m in members)", Type("number", "EUR", 2)),
        ("count(m for m in members)", Type("number", "count")),
        ("max(filed_on for m in members)", Type("date")),
        ("any(active for m in members)", Type("truth")),
    ],
)
def test_the_type_of_what_is_read(text, kind):
    assert read(text).type == kind


EUR, SHARE, COUNT, FIRMS, PARTNERS, PLAIN = (
    Type("number", unit) for unit in ("EUR", "share", "count", "firms", "partners", "")
)


@pytest.mark.parametrize(
    ("left", "right", "unit"),
    [
        (EUR, EUR, "EUR"),
        (EUR, PLAIN, "EUR"),
        (PLAIN, EUR, "EUR"),
        (PLAIN, PLAIN, ""),
        (EUR, SHARE, None),
        (COUNT, FIRMS, "firms"),
        (FIRMS, COUNT, "firms"),
        (COUNT, COUNT, "count"),
        (COUNT, PLAIN, "count"),
        (COUNT, EUR, None),
        (EUR, COUNT, None),
        (FIRMS, PARTNERS, None),
    ],
)
def test_the_unit_in_which_two_numbers_meet(left, right, unit):
    assert shared_unit(left, right, SCOPE) == unit
    found = unify(left, right, SCOPE)
    assert (found and found.unit) == unit


def test_what_is_either_has_the_more_decimals():
    assert unify(Type("number", "EUR", 2), Type("number", "EUR", 4), SCOPE) == Type("number", "EUR", 4)
    assert unify(Type("number", "EUR", 2), Type("number"), SCOPE) == Type("number", "EUR", 2)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Type("date"), Type("truth")),
        (Type("choice", choices=("a",)), Type("choice", choices=("b",))),
        (Type("code", scheme="a"), Type("code", scheme="b")),
        (EUR, Type("date")),
    ],
)
def test_what_is_of_two_kinds_is_of_none(left, right):
    assert unify(left, right, SCOPE) is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (EUR, "a number of EUR"),
        (SHARE, "a share"),
        (COUNT, "a count"),
        (PLAIN, "a plain number"),
        (Type("truth"), "a yes or no"),
        (Type("date"), "a day"),
        (Type("choice"), "a choice"),
        (Type("code"), "a classification code"),
        (Type("text"), "a text"),
        (Type("span"), "a length of time"),
        (Type("list"), "a list"),
        (Type("regime"), "a counting regime"),
        (Type("window"), "a window"),
    ],
)
def test_a_type_in_words(kind, words):
    assert in_words(kind) == words
    assert one_with_other(kind, kind) == f"{words} with another"
    assert one_with_other(kind, SHARE) == f"{words} with {'another' if kind == SHARE else 'a share'}"
