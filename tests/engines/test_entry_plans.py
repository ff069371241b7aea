# SPDX-License-Identifier: Apache-2.0
"""How each kind of fact enters from each way in which a column may hold it: the plan, as data."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
import unicodedata

import pytest

from misure.engines.columns.characters import COMPOSING, UNSEEN, unassigned
from misure.engines.columns.entry import (
    VALUE_TESTS,
    AtMidnight,
    Atom,
    CheckDigit,
    DayBetween,
    Entry,
    FreeOf,
    Matches,
    NoLongerThan,
    NotEmpty,
    NumberBetween,
    OneOf,
    Storage,
    Stored,
    Unlike,
    entry_of,
    may_tell,
)
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind
from misure.ground.times import LAST_TIME
from misure.identifiers.forms import FREE, KINDS, LONGEST, checks, form, unlike

ON = dt.date(2025, 10, 1).toordinal()
WHOLE, NARROW = Stored(Storage.WHOLE), Stored(Storage.NARROW)
DAY, MOMENT = Stored(Storage.DAY), Stored(Storage.MOMENT)
TRUTH, TEXT, CATEGORY = Stored(Storage.TRUTH), Stored(Storage.TEXT), Stored(Storage.CATEGORY)
TIME = Stored(Storage.TIME)

HEADS = Fact("heads", Kind.NUMBER, least=-3, greatest=500)
EUROS = Fact("euros", Kind.NUMBER, decimals=2, least=-150, greatest=100_050)
SHARE = Fact("share", Kind.NUMBER, decimals=4, least=1, greatest=9_999)
HOUR = Fact("hour", Kind.NUMBER, unit="time", decimals=6, least=0, greatest=LAST_TIME)
SEAT = Fact("seat", Kind.TRUTH)
BORN = Fact("born", Kind.DATE, least=FIRST_DAY, greatest=LAST_DAY)
SIGNED = Fact("signed", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY)
ENDED = Fact("ended", Kind.EVENT, least=FIRST_DAY, greatest=ON - 400)
SORT = Fact("sort", Kind.CHOICE, choices={"b": "B", "a": "A"})
FREE_CODE = Fact("code", Kind.CODE)
CODE = Fact("code", Kind.CODE, divisions=("01", "62"))
NAME = Fact("name", Kind.TEXT, greatest=64)
TAX_CODE = Fact("tax_code", Kind.TEXT, greatest=16, identifier="codice_fiscale")
AID = Fact("aid", Kind.TEXT, greatest=64, identifier="aid_id")
CUP = Fact("cup", Kind.TEXT, greatest=15, identifier="cup")
FILED = Fact("filed_on", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY)


def decimals(places):
    return Stored(Storage.DECIMALS, places)


def between(fact, greatest=None):
    return DayBetween(fact.least, fact.greatest if greatest is None else greatest)


PLAIN = FreeOf(
    UNSEEN + COMPOSING + unassigned(),
    ((9, 13), (32, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
     (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
)  # fmt: skip
TAX_CODE_TESTS = (Matches(form("codice_fiscale")), *map(CheckDigit, checks("codice_fiscale")))

VALUES = [
    # fact, stored, in cents; factor, tests
    (HEADS, WHOLE, False, 1, [NumberBetween(-3, 500)]),
    (HEADS, NARROW, False, 1, [NumberBetween(-3, 500)]),
    (HEADS, decimals(0), False, 1, [NumberBetween(-3, 500)]),
    (EUROS, WHOLE, False, 100, [NumberBetween(-1, 1_000)]),
    (EUROS, NARROW, False, 100, [NumberBetween(-1, 1_000)]),
    (EUROS, WHOLE, True, 1, [NumberBetween(-150, 100_050)]),
    (EUROS, NARROW, True, 1, [NumberBetween(-150, 100_050)]),
    (EUROS, decimals(0), False, 100, [NumberBetween(-1, 1_000)]),
    (EUROS, decimals(1), False, 100, [NumberBetween(-15, 10_005, 1)]),
    (EUROS, decimals(2), False, 100, [NumberBetween(-150, 100_050, 2)]),
    (SHARE, WHOLE, False, 10_000, [NumberBetween(1, 0)]),
    (SHARE, decimals(2), False, 10_000, [NumberBetween(1, 99, 2)]),
    (SHARE, decimals(4), False, 10_000, [NumberBetween(1, 9_999, 4)]),
    (HOUR, TIME, False, 1, [Matches(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?")]),
    (SEAT, TRUTH, False, 1, []),
    (BORN, DAY, False, 1, [between(BORN)]),
    (BORN, MOMENT, False, 1, [between(BORN), AtMidnight()]),
    (SIGNED, DAY, False, 1, [between(SIGNED, ON)]),
    (SIGNED, MOMENT, False, 1, [between(SIGNED, ON), AtMidnight()]),
    (ENDED, DAY, False, 1, [between(ENDED, ON - 400)]),
    (SORT, TEXT, False, 1, [OneOf(("b", "a"))]),
    (SORT, CATEGORY, False, 1, [OneOf(("b", "a"))]),
    (FREE_CODE, TEXT, False, 1, [Matches(r"[0-9]{2}(\.[0-9]{1,2}(\.[0-9]{1,2})?)?")]),
    (CODE, TEXT, False, 1, [Matches(r"(01|62)(\.[0-9]{1,2}(\.[0-9]{1,2})?)?")]),
    (CODE, CATEGORY, False, 1, [Matches(r"(01|62)(\.[0-9]{1,2}(\.[0-9]{1,2})?)?")]),
    (NAME, TEXT, False, 1, [NotEmpty(), PLAIN, NoLongerThan(64)]),
    (NAME, CATEGORY, False, 1, [NotEmpty(), PLAIN, NoLongerThan(64)]),
    (TAX_CODE, TEXT, False, 1, TAX_CODE_TESTS),
    (TAX_CODE, CATEGORY, False, 1, TAX_CODE_TESTS),
    (AID, TEXT, False, 1, [NotEmpty(), PLAIN, NoLongerThan(64), Unlike(unlike("aid_id"))]),
    (AID, CATEGORY, False, 1, [NotEmpty(), PLAIN, NoLongerThan(64), Unlike(unlike("aid_id"))]),
    (CUP, TEXT, False, 1, [Matches("[A-Z][0-9]{2}[A-Z][0-9]{11}")]),
]
IDS = [
    f"{fact.name} as {stored.storage.name.lower()} {stored.decimals}{' cents' * in_cents}"
    for fact, stored, in_cents, *_ in VALUES
]


@pytest.mark.parametrize(("fact", "stored", "in_cents", "factor", "tests"), VALUES, ids=IDS)
@pytest.mark.parametrize("declared", [True, False])
def test_a_value_and_what_it_is_held_to(fact, stored, in_cents, factor, tests, declared):
    plan = entry_of(fact, "column", stored, in_cents=in_cents, declared=declared, on=ON)
    wrong = Atom.NOT_RIGHT if declared else Atom.FAILS
    told = (((Atom.EMPTY,),), ((wrong,),))
    if fact is SEAT:
        told = (((Atom.EMPTY,),), ((Atom.EMPTY,),) if declared else ())
    assert plan == Entry(fact.name, "column", stored, "", factor, tuple(tests), *told)


FACTS = (HEADS, EUROS, SHARE, HOUR, SEAT, BORN, SIGNED, ENDED, SORT, FREE_CODE, CODE, NAME, TAX_CODE, AID, CUP, FILED)
TELLING = {
    "whole": (HEADS, EUROS, SHARE), "narrow": (HEADS, EUROS, SHARE), "decimals 0": (HEADS, EUROS, SHARE),
    "decimals 2": (EUROS, SHARE), "decimals 3": (SHARE,), "day": (BORN, SIGNED, ENDED, FILED),
    "moment": (BORN, SIGNED, ENDED, FILED), "truth": (SEAT,), "text": (SORT, FREE_CODE, CODE, NAME, TAX_CODE, AID, CUP),
    "category": (SORT, FREE_CODE, CODE, NAME, TAX_CODE, AID, CUP), "time": (HOUR,),
}  # fmt: skip
HELD = {
    "whole": WHOLE, "narrow": NARROW, "decimals 0": decimals(0), "decimals 2": decimals(2), "decimals 3": decimals(3), "day": DAY,
    "moment": MOMENT, "truth": TRUTH, "text": TEXT, "category": CATEGORY, "time": TIME,
}  # fmt: skip


@pytest.mark.parametrize("held", HELD)
def test_which_facts_a_column_may_tell(held):
    assert {stored.storage for stored in HELD.values()} == set(Storage)
    assert tuple(fact for fact in FACTS if may_tell(fact, HELD[held])) == TELLING[held]
    in_cents = EUROS if held in ("whole", "narrow") else None
    assert may_tell(EUROS, HELD[held], in_cents=True) is (in_cents is EUROS)


def test_a_plan_is_asked_only_of_what_may_tell():
    assert all(may_tell(fact, stored, in_cents=in_cents) for fact, stored, in_cents, *_ in VALUES)


def test_every_kind_is_asked_as_it_may_be_stored():
    texts, days = {Storage.TEXT, Storage.CATEGORY}, {Storage.DAY, Storage.MOMENT}
    asked = {kind: {stored.storage for fact, stored, *_ in VALUES if fact.kind is kind} for kind in Kind}
    assert asked == {
        Kind.NUMBER: {Storage.WHOLE, Storage.NARROW, Storage.DECIMALS, Storage.TIME}, Kind.TRUTH: {Storage.TRUTH}, Kind.DATE: days,
        Kind.EVENT: days, Kind.CHOICE: texts, Kind.CODE: texts, Kind.TEXT: texts,
    }  # fmt: skip
    assert set().union(*asked.values()) == set(Storage)
    assert {type(test) for *_, tests in VALUES for test in tests} == set(VALUE_TESTS)


VALUED, EMPTY, FAILS = (Atom.WAITING, Atom.VALUED), (Atom.EMPTY,), (Atom.FAILS,)
NEITHER = (Atom.EMPTY, Atom.NOT_WAITING)


@pytest.mark.parametrize(
    ("fact", "stored", "not_yet", "declared", "untold", "wrong"),
    [
        (SIGNED, DAY, "", False, (EMPTY,), (FAILS,)),
        (SIGNED, DAY, "", True, (EMPTY,), ((Atom.NOT_RIGHT,),)),
        (SIGNED, DAY, "w", False, (NEITHER,), (FAILS, VALUED)),
        (SIGNED, MOMENT, "w", False, (NEITHER,), (FAILS, VALUED)),
        (SIGNED, DAY, "w", True, (NEITHER,), (FAILS, VALUED, NEITHER)),
        (SIGNED, None, "w", False, ((Atom.NOT_WAITING,),), ()),
        (SIGNED, None, "w", True, ((Atom.NOT_WAITING,),), ((Atom.NOT_WAITING,),)),
        # A day of filing that is not told is unknown as any fact is: nothing stands in its place.
        (FILED, DAY, "", False, (EMPTY,), (FAILS,)),
        (FILED, DAY, "", True, (EMPTY,), ((Atom.NOT_RIGHT,),)),
        (FILED, DAY, "w", False, (NEITHER,), (FAILS, VALUED)),
        (FILED, DAY, "w", True, (NEITHER,), (FAILS, VALUED, NEITHER)),
        (FILED, None, "w", False, ((Atom.NOT_WAITING,),), ()),
        (FILED, None, "w", True, ((Atom.NOT_WAITING,),), ((Atom.NOT_WAITING,),)),
    ],
)
def test_an_event_that_may_not_have_happened(fact, stored, not_yet, declared, untold, wrong):
    plan = entry_of(fact, "column", stored, not_yet=not_yet, declared=declared, on=ON)
    tests = () if stored is None else (between(fact, ON), AtMidnight()) if stored is MOMENT else (between(fact, ON),)
    assert plan == Entry(fact.name, "column", stored, not_yet, 1, tests, untold, wrong)
    assert plan.dated is (stored is not None)


def test_a_fact_that_no_column_tells_does_not_enter():
    with pytest.raises(ValueError, match="no column tells signed"):
        entry_of(SIGNED, "signed", None, on=ON)


@pytest.mark.parametrize(
    ("stored", "guarded"),
    [(WHOLE, (False, True)), (NARROW, (False, True)), (DAY, (False, True)), (MOMENT, (False, True)),
     (decimals(2), (True, True)), (TRUTH, (False, False)), (TEXT, (False, False)), (CATEGORY, (False, False)),
     (None, (False, False))],
)  # fmt: skip
def test_what_may_stop_an_engine_is_guarded(stored, guarded):
    plan = Entry("x", "x", stored, "w", 1, (), (), ())
    assert (plan.guarded(wraps=True), plan.guarded(wraps=False)) == guarded


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in FREE])
def test_an_identifier_is_held_to_its_form_and_to_every_check(kind):
    fact = Fact("x", Kind.TEXT, greatest=LONGEST[kind], identifier=kind)
    tests = entry_of(fact, "x", TEXT, on=ON).tests
    assert tests == (Matches(form(kind)), *map(CheckDigit, checks(kind)))


def test_the_ends_of_a_number_are_those_of_its_own_units():
    """What lies between the ends, times the factor, is what lies between the bounds, at each end and beside it."""
    for places, least, greatest in itertools.product((0, 1, 2), (-150, -101, -100, 99, 100, 101), (101, 199, 200, 250)):
        fact = Fact("x", Kind.NUMBER, decimals=2, least=least, greatest=greatest)
        (test,) = entry_of(fact, "x", decimals(places), on=ON).tests
        unit = 10 ** (2 - places)
        inside = [number for number in range(-400, 400) if test.least <= number <= test.greatest]
        assert inside == [number for number in range(-400, 400) if least <= number * unit <= greatest]


def test_no_text_of_a_column_has_a_character_that_one_value_would_not_have():
    held = {code for least, greatest in PLAIN.anywhere for code in range(least, greatest + 1)}

    def within(code):
        return code in held

    letters = [code for code in range(1, sys.maxunicode + 1) if unicodedata.category(chr(code)) != "Cs"]
    assert [hex(code) for code in letters if not chr(code).isprintable() and not within(code)] == []
    assert [
        hex(code) for code in letters if unicodedata.normalize("NFC", chr(code)) != chr(code) and not within(code)
    ] == []
    pairs = [
        (chr(code), parted)
        for code in letters
        if len(parted := unicodedata.normalize("NFD", chr(code))) > 1
        and unicodedata.normalize("NFC", parted) == chr(code)
    ]
    assert len(pairs) > 12_000
    assert [whole for whole, parted in pairs if not any(within(ord(one)) for one in parted[1:])] == []


def test_what_prints_and_has_one_writing_is_held_to_no_more_than_its_script():
    told = "Società àèìòù ÇÑØ Łódź Ελληνικά кириллица 東京 한국어 «» – ’ € 🙂 ½"
    assert unicodedata.is_normalized("NFC", told)
    assert [one for one in told if any(least <= ord(one) <= greatest for least, greatest in PLAIN.anywhere)] == []
