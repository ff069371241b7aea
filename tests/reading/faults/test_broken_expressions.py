# SPDX-License-Identifier: Apache-2.0
"""Each line breaks the sound measure in one expression; the fault points at the mark and says what is wrong."""

from __future__ import annotations

import pytest

MEASURE = "rules/prova/misura/measure.yaml"
FIRMS = "holds: lombard_firms >= minimum_firms"
EXPORTS = "holds: exports <= allowed_exports"
SIGNED = "holds: all(m.signed for m in members)"
COUNT = "\"count(m for m in members if m.kind == 'impresa' and m.in_lombardy)\""
ACTIVE = "holds: active\n"
SECTOR = "holds: not within(primary_ateco, excluded_sections)"
END = '"granted_on + months(duration)"'

BROKEN = [
    (FIRMS, "holds: ¦lombard_frms >= minimum_firms", "enough_firms: nothing is called 'lombard_frms'; did you mean 'lombard_firms'?"),
    (FIRMS, "holds: lombard_firms >= ¦10", "enough_firms: a number cannot stand here; legal numbers live under 'parameters'"),
    (FIRMS, "holds: lombard_firms >= ¦1e1", "enough_firms: a number cannot stand here; legal numbers live under 'parameters'"),
    (FIRMS, "holds: ¦lombard_firms >= threshold", "enough_firms: cannot compare a number of firms with a number of points"),
    (FIRMS, "holds: ¦lombard_firms", "enough_firms: a condition is a yes or no, and this is a number of firms"),
    (FIRMS, "holds: ¦lombard_firms >= members", None),
    (FIRMS, 'holds: "lombard_firms >= (¦"', None),
    (FIRMS, "holds: lombard_firms ¦≥ minimum_firms", "enough_firms: the character '≥' cannot stand in an expression"),
    (FIRMS, 'holds: "lombard_firms >= minimum_firms ¦# perche"', "enough_firms: the character '#' cannot stand in an expression"),
    (FIRMS, "holds: 'size == ¦''micr'''", "enough_firms: 'micr' is not one of the choices; did you mean 'micro'?"),
    (FIRMS, "holds: ¦size > 'micro'", "enough_firms: a choice is only the same or another: compare with == or !="),
    (FIRMS, "holds: capofila == ¦'x'", "enough_firms: the text 'x' can only be compared with a choice, not a text"),
    (FIRMS, "holds: ¦primary_ateco == primary_ateco", "enough_firms: cannot compare a classification code with another; ask 'within(code, codes)'"),
    (FIRMS, "holds: ¦active == on_the_register", "enough_firms: cannot compare a yes or no with another"),
    (FIRMS, "holds: active == ¦True", "enough_firms: True cannot stand in an expression; a yes or no is named alone, or after 'not'"),
    (FIRMS, "holds: active and ¦turnover", "enough_firms: a yes or no belongs here, and this is a number of EUR"),
    (FIRMS, "holds: ¦exports is 0", "enough_firms: compare with ==, !=, <, <=, > or >="),
    (FIRMS, "holds: ¦filed_on > turnover", "enough_firms: cannot compare a day with a number of EUR"),
    (FIRMS, "holds: ¦application_window", "enough_firms: 'application_window' is a window; ask whether a day lies in it: 'day in application_window'"),
    (FIRMS, "holds: ¦turnover in application_window", "enough_firms: only a day lies in a window; this is a number of EUR"),
    (FIRMS, "holds: ¦primary_ateco in excluded_sections", "enough_firms: whether a code lies under others is asked with 'within(code, codes)'"),
    (FIRMS, "holds: size in ¦excluded_sections", "enough_firms: the list 'excluded_sections' holds 'A', which is not one of the choices"),
    (FIRMS, "holds: size in ¦budget", "enough_firms: a list belongs here, and this is a number of EUR"),
    (FIRMS, "holds: size in ['micro', ¦'smal']", "enough_firms: 'smal' is not one of the choices; did you mean 'small'?"),
    (FIRMS, "holds: grant_share <= ¦grant", "enough_firms: 'grant' cannot be used here: an amount of support is known from the award on"),
    (EXPORTS, "holds: ¦exports + filed_on <= allowed_exports", "exports_low: cannot add up a number of EUR with a day"),
    (EXPORTS, "holds: ¦exports * allowed_exports <= 0", "exports_low: cannot multiply a number of EUR with another; one side must be a share, or a number of what is counted"),
    (EXPORTS, "holds: ¦exports / lombard_firms <= grant_share", "exports_low: cannot compare a number of EUR with a share"),
    (EXPORTS, "holds: ¦exports ** 1 <= allowed_exports", "exports_low: only + - * / can be computed with"),
    (EXPORTS, "holds: ¦-exports <= allowed_exports", "exports_low: a sign cannot stand here; write a difference"),
    (EXPORTS, "holds: ¦filed_on - granted_on <= turnover", "exports_low: cannot compare a number of days with a number of EUR"),
    (EXPORTS, "holds: ¦turnover + days(evaluation_days) <= exports", "exports_low: a length of time is added to a day, not to a number of EUR"),
    (EXPORTS, "holds: filed_on + days(¦duration) <= granted_on", "exports_low: days(...) takes a number of days, and this is a number of months"),
    (EXPORTS, "holds: filed_on <= ¦days(evaluation_days)", "exports_low: days(...) is a length of time: add it to a day, as in 'filed_on + days(...)'"),
    (EXPORTS, "holds: happened(¦opened_on)", "exports_low: 'happened' takes an event, and this is a day"),
    (EXPORTS, "holds: ¦happend(filed_on)", "exports_low: no function is called 'happend'; did you mean 'happened'?"),
    (EXPORTS, "holds: exports <= min(turnover, ¦filed_on)", "exports_low: cannot compare a number of EUR with a day"),
    (EXPORTS, "holds: exports <= ¦min(turnover)", "exports_low: 'min' takes two things or more, or reads a table"),
    (EXPORTS, "holds: exports <= half_up(¦grant_share)", "exports_low: 'half_up' rounds a number that has a unit, and this is a share"),
    (EXPORTS, "holds: year(¦turnover) >= year(filed_on)", "exports_low: 'year' takes a day, and this is a number of EUR"),
    (EXPORTS, "holds: exports <= (¦turnover if active else filed_on)", "exports_low: the two branches do not go together: a number of EUR with a day"),
    (EXPORTS, "holds: exports <= (¦lambda)", None),
    (SIGNED, "holds: all(m.¦sign for m in members)", "all_signed: 'members' has no field 'sign'; did you mean 'signed'?"),
    (SIGNED, "holds: all(m.signed for m in ¦member)", "all_signed: no table is called 'member'; did you mean 'members'?"),
    (SIGNED, "holds: all(¦m for m in members)", "all_signed: 'm' is a whole record; name one of its fields, such as 'm.id'"),
    (SIGNED, "holds: all(¦m.amount for m in members)", "all_signed: 'all' takes a yes or no, and this is a number of EUR"),
    (SIGNED, "holds: all(m.signed for m in members if ¦m.amount)", "all_signed: a yes or no belongs after 'if', and this is a number of EUR"),
    (SIGNED, 'holds: "all(¦[m.signed for m in members])"', "all_signed: write the comprehension without brackets of its own"),
    (SIGNED, "holds: ¦all(m.signed for m in members for n in members)", "all_signed: 'all' reads one table: one 'for' only"),
    (SIGNED, "holds: all(¦any(n.signed for n in members) for m in members)", "all_signed: one comprehension cannot stand inside another; give it a name under 'definitions'"),
    (SIGNED, "holds: all(active for ¦size in members)", "all_signed: 'size' already has a meaning; call the record something else"),
    (SIGNED, "holds: ¦members", "all_signed: 'members' is a table; read it with count, sum, any, all, min, max or only"),
    (SIGNED, "holds: ¦m.signed", "all_signed: only a record inside count, sum, any, all, min, max or only has fields"),
    (SIGNED, "holds: ¦all(members)", "all_signed: 'all' reads a table: all(p.field for p in table if ...)"),
    (SIGNED, "holds: ¦year(m.signed for m in members)", "all_signed: 'year' does not read a table"),
    (COUNT, '"count(¦m.id for m in members)"', "lombard_firms: 'count' counts records: write 'count(m for m in ...)'"),
    (COUNT, '"sum(¦m.signed for m in members)"', "lombard_firms: 'sum' takes numbers, and this is a yes or no"),
    (COUNT, '"only(¦m.kind for m in members)"', "lombard_firms: 'only' takes numbers or days, and this is a choice"),
    (SECTOR, "holds: not within(¦size, excluded_sections)", "sector: 'within' takes a classification code first, and this is a choice"),
    (SECTOR, "holds: not within(primary_ateco, ¦budget) and not within(primary_ateco, excluded_sections)", "sector: 'within' takes a parameter that lists codes, such as [A, K, 01.61]"),
    (SECTOR, "holds: not ¦within(excluded_sections)", "sector: 'within' takes 2 things in brackets"),
    (END, '"¦turnover"', "project_end: a day belongs here, and this is a number of EUR"),
    (ACTIVE, "holds: ¦" + "(" * 3 + "active\n", None),
    (ACTIVE, "holds: " + "(" * 50 + "¦(active" + ")" * 51 + "\n", "still_active: brackets are nested more than 50 deep"),
    (ACTIVE, "holds: ¦" + "not " * 400 + "active\n", "still_active: the expression is too deep; give its parts names under 'definitions'"),
    (ACTIVE, "holds: ¦" + " + ".join(["grant"] * 200) + "\n", "still_active: the expression is too deep; give its parts names under 'definitions'"),
    (ACTIVE, "holds: ¦" + " and ".join(["active"] * 300) + "\n", "still_active: an expression has at most 2000 characters; give its parts names under 'definitions'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), [case for case in BROKEN if case[2]])
def test_one_broken_expression(read_faults, old, new, message):
    (place,), printed = read_faults(MEASURE, old, new)
    assert printed == [place + message]


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, new, message in BROKEN if message is None])
def test_what_is_no_expression_at_all_is_told_in_pythons_words(read_faults, old, new):
    (place, *_), printed = read_faults(MEASURE, old, new)
    assert any(line.startswith(place.rsplit(":", 2)[0]) for line in printed)


def test_every_fault_of_one_expression_is_told(read_faults):
    places, printed = read_faults(MEASURE, FIRMS, "holds: ¦activ and ¦on_the_registr and active")
    assert printed == [
        places[0] + "enough_firms: nothing is called 'activ'; did you mean 'active'?",
        places[1] + "enough_firms: nothing is called 'on_the_registr'; did you mean 'on_the_register'?",
    ]


def test_a_fault_in_a_folded_text_points_into_the_file(read_faults):
    folded = "holds: >-\n          lombard_firms\n          >= ¦minimum_frms"
    (place,), printed = read_faults(MEASURE, FIRMS, folded)
    assert printed == [place + "enough_firms: nothing is called 'minimum_frms'; did you mean 'minimum_firms'?"]


def test_accents_before_a_fault_do_not_move_it(read_faults):
    (place,), printed = read_faults(
        MEASURE,
        "        holds: lombard_firms >= minimum_firms",
        '        inferred: "è"\n        holds: "lombard_firms >= ¦minimum_frms"',
    )
    assert printed == [place + "enough_firms: nothing is called 'minimum_frms'; did you mean 'minimum_firms'?"]
