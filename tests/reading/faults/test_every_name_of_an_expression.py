# SPDX-License-Identifier: Apache-2.0
"""Of an expression every wrong part is told at once: whichever of its names are misspelled, each has its fault."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from tests.reading.law_scope import read as read_of_law
from tests.reading.test_expressions import read

SOUND = (
    "turnover > exports and (active or on_the_register)",
    "turnover < exports < turnover",
    "not (turnover - exports * limit >= half_up(turnover / limit))",
    "min(turnover, exports, 0) + down(exports) > max(turnover, 0)",
    "(turnover if active else exports) > 0",
    "(turnover if active and on_the_register else exports) > 0",
    "size in sizes and filed_on in call and size in ['micro']",
    "size == 'micro' or 'micro' == size",
    "within(primary_ateco, codes) and happened(filed_on)",
    "filed_on + months(duration) > granted_on - days(1)",
    "year(filed_on) - year(granted_on) > 0",
    "count(m for m in members if m.signed and m.in_lombardy) >= minimum_firms",
    "sum(m.amount for m in members if m.signed if active) > turnover",
    "any(m.signed and m.amount > exports for m in members)",
)
LAW = (
    "size_of(heads_told, credit_limit, credit_limit, 'gber', on) == 'micro'",
    "present_value(credit_limit, months_told, day=on) > credit_limit",
    "headroom(deminimis_aids, 'gen', on) > credit_limit",
)
_WORD = re.compile(r"'[^']*'|[A-Za-z_]+")
_KEPT = {"and", "or", "not", "in", "if", "else", "for", "m", "day"}


def slips(text: str) -> list[tuple[int, str]]:
    """The names of the text, with their columns."""
    found = ((word.start(), word.group()) for word in _WORD.finditer(text))
    return [(at, word) for at, word in found if word not in _KEPT and not word.startswith("'")]


def spoiled(text: str, names: tuple[tuple[int, str], ...]) -> tuple[str, set[str]]:
    """The text with those names misspelled, and what they are called now."""
    wrong = set()
    for at, name in sorted(names, reverse=True):
        new = f"zz_{name}_{at}".translate(str.maketrans("0123456789", "abcdefghij"))
        wrong.add(new)
        text = text[:at] + new + text[at + len(name) :]
    return text, wrong


def knowable(text: str, names: tuple[tuple[int, str], ...]) -> bool:
    """Of a field of an unknown table nothing can be said, nor of what a length of time is when its word is no such word."""
    table = any(name in ("members", "deminimis_aids") for _, name in names)
    return not (table and any(text[at - 2 : at] == "m." for at, _ in names))


@pytest.mark.parametrize("text", [*SOUND, *LAW])
def test_whichever_two_names_are_misspelled_both_are_told(text: str) -> None:
    reading = read_of_law if text in LAW else read
    assert not isinstance(reading(text), list), reading(text)
    all_names = slips(text)
    hidden = []
    chosen = [(one,) for one in all_names] + list(combinations(all_names, 2)) + [tuple(all_names)]
    for names in chosen:
        if not knowable(text, names):
            continue
        faulty, wrong = spoiled(text, names)
        told = reading(faulty)
        named = {name for name in wrong for line in told if f"'{name}'" in line}
        if named != wrong or len(told) != len(wrong):
            hidden.append((faulty, told))
    assert hidden == []


@pytest.mark.parametrize(("text", "told"), [
    ("2 > turnovr and 10 < exprts", ["1: a number cannot stand here; legal numbers live under 'parameters'",
                                     "5: nothing is called 'turnovr'; did you mean 'turnover'?",
                                     "17: a number cannot stand here; legal numbers live under 'parameters'",
                                     "22: nothing is called 'exprts'; did you mean 'exports'?"]),
    ("turnover < filed_on < active", ["1: cannot compare a number of EUR with a day",
                                      "12: cannot compare a day with a yes or no"]),
    ("max(turnover, filed_on, exports, granted_on)", ["15: cannot compare a number of EUR with a day",
                                                      "34: cannot compare a number of EUR with a day"]),
    ("turnover if exports else filed_on", ["1: the two branches do not go together: a number of EUR with a day",
                                           "13: a yes or no belongs here, and this is a number of EUR"]),
    ("within(size, turnover)", ["8: 'within' takes a classification code first, and this is a choice",
                                "14: 'within' takes a parameter that lists codes, such as [A, K, 01.61]"]),
    ("turnover + months(filed_on)", ["1: a length of time is added to a day, not to a number of EUR",
                                     "19: months(...) takes a number of months, and this is a day"]),
    ("all(m.amount for m in members if m.kind)", ["5: 'all' takes a yes or no, and this is a number of EUR",
                                                  "34: a yes or no belongs after 'if', and this is a choice"]),
    ("size in ['micr', turnover]", ["9: a list here holds choices in quotes only",
                                    "10: 'micr' is not one of the choices; did you mean 'micro'?"]),
    ("turnover % exports ~ size", ["10: the character '%' cannot stand in an expression",
                                   "20: the character '~' cannot stand in an expression"]),
    ("[m.amont for m in members if m.sgned]", ["1: a list in brackets cannot stand in an expression",
                                               "4: 'members' has no field 'amont'; did you mean 'amount'?",
                                               "32: 'members' has no field 'sgned'; did you mean 'signed'?"]),
    ("count(p for p in membrs if p.sgned and actve)", ["18: no table is called 'membrs'; did you mean 'members'?",
                                                       "40: nothing is called 'actve'; did you mean 'active'?"]),
])  # fmt: skip
def test_what_else_is_wrong_with_an_expression_is_told_beside_its_first_fault(text: str, told: list[str]) -> None:
    assert read(text) == [f"<text>:1:{line[: line.index(':')]}: rule{line[line.index(':') :]}" for line in told]


@pytest.mark.parametrize(("text", "told"), [
    ("present_value(credit_limt, month=months_told, day=onn)", [
        "15: nothing is called 'credit_limt'; did you mean 'credit_limit'?",
        "34: 'present_value' takes amount, months, day; nothing called 'month'; did you mean 'months'?",
        "51: nothing is called 'onn'; did you mean 'on'?",
    ]),
])  # fmt: skip
def test_a_call_with_an_unknown_argument_is_read_on(text: str, told: list[str]) -> None:
    assert read_of_law(text) == [f"<text>:1:{line[: line.index(':')]}: rule{line[line.index(':') :]}" for line in told]
