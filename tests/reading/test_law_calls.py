# SPDX-License-Identifier: Apache-2.0
"""Calls of the law beneath: each wrong in one way or in several, each fault at its column."""

from __future__ import annotations

import pytest

from misure.rulebook.expression import Call, Literal
from misure.rulebook.functions import FUNCTIONS
from tests.reading.law_scope import read

WRONG = [
    ("headroom(deminimis_aids, 'gem', on)", ["26: 'regulation' is one of gen, sgei, agri, fish; not 'gem'; did you mean 'gen'?"]),
    ("headroom(deminimis_aids, gen, on)", ["26: 'regulation' is one of gen, sgei, agri, fish, in quotes"]),
    ("headroom(deminimis_aids, 1, on)", ["26: 'regulation' is one of gen, sgei, agri, fish, in quotes"]),
    ("headroom(deminimis_aids, 'gen')", ["1: 'headroom' also takes day"]),
    ("headroom()", ["1: 'headroom' also takes aids, regulation, day"]),
    ("headroom(deminimis_aids, 'gen', on, on)", ["1: 'headroom' takes 3 things: aids, regulation, day"]),
    ("headroom(*deminimis_aids)", ["1: 'headroom' takes 3 things: aids, regulation, day"]),
    ("headroom(deminimis_aids, 'gen', dy=on)", ["36: 'headroom' takes aids, regulation, day; nothing called 'dy'; did you mean 'day'?"]),
    ("headroom(deminimis_aids, 'gen', on, day=on)", ["41: 'headroom': 'day' is given twice"]),
    ("headroom(deminimis_aid, 'gen', on)", ["10: no table is called 'deminimis_aid'; did you mean 'deminimis_aids'?"]),
    ("headroom('deminimis_aids', 'gen', on)", ["10: 'aids' is a table, by its name"]),
    ("headroom(control_relations, 'gen', on)", ["10: 'aids' is a table with the fields 'regulation', 'granted_on', 'amount', and 'control_relations' has none of them"]),
    ("headroom(odd_kind, 'gen', on)", ["10: 'aids' has a field 'granted_on' that is a day; in 'odd_kind' it is a yes or no"]),
    ("headroom(odd_unit, 'gen', on)", ["10: 'aids' has a field 'amount' that is a number of EUR; in 'odd_unit' it is a number of points"]),
    ("headroom(odd_choice, 'gen', on)", ["10: 'aids' has a field 'regulation' that is a choice; in 'odd_choice' it is a choice"]),
    ("headroom(deminimis_aids, 'gen', credit_limit)", ["33: 'day' is a day, and this is a number of EUR"]),
    ("headroom(deminimis_aid, 'gem', credit_limit)", ["10: no table is called 'deminimis_aid'; did you mean 'deminimis_aids'?", "25: 'regulation' is one of gen, sgei, agri, fish; not 'gem'; did you mean 'gen'?", "32: 'day' is a day, and this is a number of EUR"]),
    ("group_headroom(deminimis_aids, control_relations, size, 'gen', on)", ["51: 'undertaking' is a text, and this is a choice"]),
    ("group_headroom(deminimis_aids, partners, codice_fiscale, 'gen', on)", ["32: 'controls' is a table with the fields 'controller', 'controlled', 'control', 'sole_trader', and 'partners' has none of them"]),
    ("present_value(months_told, months_told, on)", ["15: 'amount' is a number of EUR, and this is a number of months"]),
    ("present_value(credit_limit, credit_limit, on)", ["29: 'months' is a number of months, and this is a number of EUR"]),
    ("present_value(credit_limit, active_told, on)", ["29: 'months' is a number of months, and this is a yes or no"]),
    ("loan_gge(credit_limit, months_told, quota_told, 'bb', 'normal', 'bullet', on)", ["37: 'rate' is a value of the law: a parameter belongs here"]),
    ("loan_gge(credit_limit, months_told, rate_told + 0, 'bb', 'normal', 'bullet', on)", ["37: 'rate' is a value of the law: a parameter belongs here"]),
    ("loan_gge(credit_limit, months_told, rate_told, 'b b', 'norml', 'bulet', on)", ["48: 'rating' is one of aaa_a, bbb, bb, b, ccc, unrated; not 'b b'; did you mean 'bb'?", "55: 'collateral' is one of high, normal, low; not 'norml'; did you mean 'normal'?", "64: 'repayment' is one of bullet, equal_principal_yearly, equal_principal_half_yearly, equal_principal_quarterly, equal_principal_monthly, equal_instalments_yearly, equal_instalments_half_yearly, equal_instalments_quarterly, equal_instalments_monthly, other; not 'bulet'; did you mean 'bullet'?"]),
    ("loan_gge(credit_limit, months_told, rate_told, loan_collateral, loan_collateral, loan_repayment, on)", ["48: 'rating' is one of aaa_a, bbb, bb, b, ccc, unrated; this may be 'high'"]),
    ("loan_gge(credit_limit, months_told, rate_told, credit_limit, on, 1, on)", ["48: 'rating' is a choice, and this is a number of EUR", "62: 'collateral' is a choice, and this is a day", "66: 'repayment' is a choice, and this is a plain number"]),
    ("size_of(credit_limit, credit_limit, credit_limit, 'gbr', on)", ["9: 'headcount' is a number of awu, and this is a number of EUR", "51: 'definition' is one of recommendation, gber; not 'gbr'; did you mean 'gber'?"]),
    ("in_difficulty(credit_limit, credit_limit, credit_limit, credit_limit, active_told, active_told, active_told, active_told, on)", ["57: 'insolvency' is a yes or no, and this is a number of EUR"]),
    ("sum(headroom(deminimis_aids, 'gen', on) for a in deminimis_aids)", ["5: 'headroom' cannot stand inside a comprehension: give it a name under 'definitions'"]),
    ("headrom(deminimis_aids, 'gen', on)", ["1: no function is called 'headrom'; did you mean 'headroom'?"]),
]  # fmt: skip

SOUND = [
    "headroom(deminimis_aids, 'gen', on)",
    "headroom(deminimis_aids, 'gen', day=on)",
    "headroom(day=on, regulation='gen', aids=deminimis_aids)",
    "headroom(few_choices, 'gen', on)",
    "group_headroom(deminimis_aids, control_relations, codice_fiscale, 'gen', on)",
    "group_headroom(few_choices, control_relations, codice_fiscale, 'gen', on)",
    "present_value(credit_limit, months_told, on)",
    "present_value(0, 1, on)",
    "loan_gge(credit_limit, months_told, rate_told, borrower_rating, loan_collateral, loan_repayment, on)",
    "loan_gge(credit_limit, months_told, 0, 'bb', 'normal', 'bullet', on)",
    "size_of(heads_told, credit_limit, credit_limit, 'recommendation', on)",
    "size_of(heads_told, credit_limit, credit_limit, 'gber', on) == 'micro'",
    "in_difficulty(credit_limit, credit_limit, credit_limit, active_told, active_told, active_told, active_told, active_told, on)",
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_in_a_call_is_told_at_its_column(text, told):
    assert read(text) == [f"<text>:1:{line[: line.index(':')]}: rule{line[line.index(':') :]}" for line in told]


@pytest.mark.parametrize("text", SOUND)
def test_what_may_be_asked_of_the_law(text):
    tree = read(text)
    call = tree if isinstance(tree, Call) else tree.left
    assert isinstance(call, Call)
    assert call.type == FUNCTIONS[call.function].gives


def test_arguments_in_order_and_by_name_are_the_same_call():
    one, two = (
        read("headroom(deminimis_aids, 'gen', on)"),
        read("headroom(day=on, regulation='gen', aids=deminimis_aids)"),
    )
    assert (one.function, one.words, one.tables) == (two.function, two.words, two.tables)
    assert (one.words, one.tables) == (("gen",), ("deminimis_aids",))
    assert [arg.name for arg in one.args] == [arg.name for arg in two.args] == ["on"]
    grouped = read("group_headroom(deminimis_aids, control_relations, codice_fiscale, 'fish', on)")
    assert (grouped.words, grouped.tables) == (("fish",), ("deminimis_aids", "control_relations"))
    assert [arg.name for arg in grouped.args] == ["codice_fiscale", "on"]


def test_a_choice_in_quotes_is_one_of_those_that_the_function_knows():
    call = read("loan_gge(credit_limit, months_told, rate_told, 'bb', 'normal', 'bullet', on)")
    rating = call.args[3]
    assert isinstance(rating, Literal)
    assert (rating.value, rating.type.choices) == ("bb", FUNCTIONS["loan_gge"].takes[3].choices)
    assert rating.place.column == 48
