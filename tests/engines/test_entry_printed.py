# SPDX-License-Identifier: Apache-2.0
"""Every test of a value, printed for every dataframe engine: exactly on each limit, beside it on both sides, and null."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import sys
from decimal import Decimal

import narwhals as nw
import pyarrow as pa
import pytest

from misure.batch.native import native
from misure.engines.columns.entered import ColumnRead
from misure.engines.columns.entry import (
    UNIX_DAY,
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
)
from misure.engines.narwhals import entry as printer
from misure.engines.narwhals.entry import day_stages, formula, reading, truth, value
from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind
from misure.ground.place import Place
from misure.ground.times import TIME_FORM
from misure.identifiers.forms import checks
from tests.batch.engines import KINDS, Engine
from tests.engines.test_entry_plans import PLAIN

PLACE = Place("<test>")


@pytest.fixture(params=KINDS)
def engine(request):
    return Engine(request.param)


def looked(engine, plan, columns, **asked):
    """What is asked of each row, in the order of the rows; `asked` says it of the plan and its host."""
    rows = len(next(iter(columns.values())))
    taken = native(engine.frame(pa.table({"id": range(rows), **columns})), PLACE)
    frame = taken.frame
    for stage in day_stages(plan, taken.kind) if plan.dated else []:
        frame = frame.with_columns(**stage)
    found = frame.select("id", **{name: ask(plan, taken.kind) for name, ask in asked.items()})
    found = found.collect("pyarrow") if isinstance(found, nw.LazyFrame) else found
    return [row for _, row in sorted((row.pop("id"), row) for row in found.rows(named=True))]


def plan_of(test, stored, *, factor=1):
    return Entry("x", "x", stored, "", factor, (test,), ((Atom.EMPTY,),), ((Atom.FAILS,),))


def day(text):
    return dt.date.fromisoformat(text)


def clock(text):
    """What a clock shows, without its offset."""
    return dt.datetime.fromisoformat(text)


def moment(text, nanoseconds=0):
    """The moment in nanoseconds."""
    return int(dt.datetime.fromisoformat(text + "+00:00").timestamp()) * 10**9 + nanoseconds


def around(ranges):
    """The characters at both ends of each range, and beside them."""
    codes = {code for least, greatest in ranges for code in (least - 1, least, greatest, greatest + 1)}
    return [chr(code) for code in sorted(codes) if 0 < code <= sys.maxunicode and not 0xD800 <= code <= 0xDFFF]


def within(character, ranges):
    return any(least <= ord(character) <= greatest for least, greatest in ranges)


INNER, OUTER = PLAIN.anywhere, PLAIN.at_ends
ELEVEN, SIXTEEN = checks("codice_fiscale")
WORDS, DAYS = Stored(Storage.TEXT), DayBetween(FIRST_DAY, LAST_DAY)
AMOUNT = NumberBetween(-150, 100_050, 2)
TIMES = Matches(TIME_FORM)

RIGHT, WRONG = True, False
CASES = {
    "whole numbers": (NumberBetween(-3, 500), Stored(Storage.WHOLE), 100, pa.int64(), [
        (-4, WRONG), (-3, -300), (-2, -200), (0, 0), (499, 49_900), (500, 50_000), (501, WRONG), (2**63 - 1, WRONG), (-(2**63), WRONG),
    ]),
    "no whole number between the ends": (NumberBetween(1, 0), Stored(Storage.WHOLE), 1, pa.int64(), [(0, WRONG), (1, WRONG)]),
    "whole numbers of 8 bits": (NumberBetween(-3, 100), Stored(Storage.NARROW), 10**10, pa.int8(), [
        (-4, WRONG), (-3, -3 * 10**10), (-2, -2 * 10**10), (99, 99 * 10**10), (100, 10**12), (101, WRONG),
    ]),
    "whole numbers of 32 bits": (NumberBetween(3, 2**32 - 2), Stored(Storage.NARROW), 100, pa.uint32(), [
        (2, WRONG), (3, 300), (4, 400), (2**32 - 3, (2**32 - 3) * 100), (2**32 - 2, (2**32 - 2) * 100), (2**32 - 1, WRONG),
    ]),
    "decimals": (AMOUNT, Stored(Storage.DECIMALS, 2), 100, pa.decimal128(20, 2), [
        ("-1.51", WRONG), ("-1.50", -150), ("-1.49", -149), ("1000.49", 100_049), ("1000.50", 100_050), ("1000.51", WRONG),
        ("999999999999999999.99", WRONG),
    ]),
    "decimals of many digits": (AMOUNT, Stored(Storage.DECIMALS, 2), 100, pa.decimal128(38, 2), [
        ("-1.51", WRONG), ("-1.50", -150), ("1000.50", 100_050), ("1000.51", WRONG), ("9" * 36, WRONG),
    ]),
    "decimals of no places": (NumberBetween(-1, 1_000), Stored(Storage.DECIMALS), 100, pa.decimal128(12, 0), [
        ("-2", WRONG), ("-1", -100), ("0", 0), ("999", 99_900), ("1000", 100_000), ("1001", WRONG),
    ]),
    "days": (DAYS, Stored(Storage.DAY), 1, pa.date32(), [
        (day("1899-12-31"), WRONG), (day("1900-01-01"), FIRST_DAY), (day("1900-01-02"), FIRST_DAY + 1), (day("1900-03-01"), FIRST_DAY + 59),
        (day("1970-01-01"), UNIX_DAY), (day("2000-02-29"), 730_179), (day("2024-12-31"), 739_251), (day("2100-12-30"), LAST_DAY - 1),
        (day("2100-12-31"), LAST_DAY), (day("2101-01-01"), WRONG), (day("0001-01-01"), WRONG), (day("9999-12-31"), WRONG),
    ]),
    "moments between days": (DAYS, Stored(Storage.MOMENT), 1, pa.timestamp("us"), [
        (clock("1899-12-31T23:59:59.999999"), WRONG), (clock("1900-01-01"), FIRST_DAY), (clock("1900-01-02"), FIRST_DAY + 1),
        (clock("2100-12-30"), LAST_DAY - 1), (clock("2100-12-31"), LAST_DAY), (clock("2100-12-31T23:59:59.999999"), LAST_DAY),
        (clock("2101-01-01"), WRONG),
    ]),
    "midnight": (AtMidnight(), Stored(Storage.MOMENT), 1, pa.timestamp("ns"), [
        (moment("2024-12-30T23:59:59", 999_999_999), WRONG), (moment("2024-12-31T00:00:00"), 739_251),
        (moment("2024-12-31T00:00:00", 1), WRONG), (moment("2024-12-31T00:00:00", 1_000), WRONG), (moment("2024-12-31T00:00:01"), WRONG),
        (moment("2024-12-31T00:01:00"), WRONG), (moment("2024-12-31T01:00:00"), WRONG), (moment("2024-12-31T12:00:00"), WRONG),
    ]),
    "midnight in microseconds": (AtMidnight(), Stored(Storage.MOMENT), 1, pa.timestamp("us"), [
        (clock("1969-12-30T23:59:59.999999"), WRONG), (clock("1969-12-31"), 719_162), (clock("1969-12-31T00:00:00.000001"), WRONG),
        (clock("1969-12-31T00:01"), WRONG),
    ]),
    "one of": (OneOf(("a", "bb")), WORDS, 1, pa.string(), [
        ("a", RIGHT), ("bb", RIGHT), ("b", WRONG), ("A", WRONG), ("a ", WRONG), ("", WRONG), ("abb", WRONG),
    ]),
    "a category that is one of": (OneOf(("a", "bb")), Stored(Storage.CATEGORY), 1, pa.dictionary(pa.int32(), pa.string()), [
        ("a", RIGHT), ("bb", RIGHT), ("b", WRONG), ("", WRONG),
    ]),
    "matches": (Matches("ab|[0-9]{2}"), WORDS, 1, pa.string(), [
        ("ab", RIGHT), ("12", RIGHT), ("1", WRONG), ("123", WRONG), ("abc", WRONG), ("xab", WRONG), ("x12", WRONG), ("ab\n", WRONG), ("12\n", WRONG),
        ("\n12", WRONG), ("", WRONG), ("\u0661\u0662", WRONG),
    ]),
    "times as texts": (TIMES, Stored(Storage.TIME), 1, pa.string(), [
        ("00:00", 0), ("00:00:00", 0), ("00:00:00.000001", 1), ("00:00:00.1", 100_000), ("09:59:59", 35_999_000_000),
        ("09:59:59.999999", 35_999_999_999), ("10:00", 36_000_000_000), ("12:34:56.789", 45_296_789_000),
        ("12:34:56.123456", 45_296_123_456), ("23:59:59.999999", 86_399_999_999), ("24:00", WRONG), ("25:00", WRONG), ("10.30", WRONG),
        ("9:30", WRONG), ("10:60", WRONG), ("10:30:60", WRONG), ("10:30:15.", WRONG), ("10:30:15.1234567", WRONG), ("10:30 ", WRONG),
        ("", WRONG), ("\u0661\u0660:30", WRONG), ("noon", WRONG),
    ]),
    "times as a category": (TIMES, Stored(Storage.TIME), 1, pa.dictionary(pa.int32(), pa.string()), [
        ("09:59:59.999999", 35_999_999_999), ("10:00", 36_000_000_000), ("24:00", WRONG), ("", WRONG),
    ]),
    "unlike": (Unlike("ab|[0-9]{2}"), WORDS, 1, pa.string(), [
        ("ab", WRONG), ("12", WRONG), ("1", RIGHT), ("123", RIGHT), ("abc", RIGHT), ("xab", RIGHT), ("", RIGHT),
    ]),
    "not empty": (NotEmpty(), WORDS, 1, pa.string(), [("", WRONG), (" ", RIGHT), ("a", RIGHT)]),
    "free of characters anywhere": (PLAIN, WORDS, 1, pa.string(), [
        (f"x{one}y", not within(one, INNER)) for one in around(INNER + OUTER)
    ]),
    "free of characters at the beginning": (PLAIN, WORDS, 1, pa.string(), [
        (f"{one}y", not within(one, INNER + OUTER)) for one in around(INNER + OUTER)
    ]),
    "free of characters at the end": (PLAIN, WORDS, 1, pa.string(), [
        ("", RIGHT), *((f"x{one}", not within(one, INNER + OUTER)) for one in around(INNER + OUTER)),
    ]),
    "free of others": (FreeOf(((0x62, 0x63),), ((0x78, 0x78),)), WORDS, 1, pa.string(), [
        ("a", RIGHT), ("axa", RIGHT), ("ada", RIGHT), ("aba", WRONG), ("aca", WRONG), ("xa", WRONG), ("ax", WRONG), ("x", WRONG), ("ya", RIGHT),
    ]),
    "no longer than": (NoLongerThan(4), WORDS, 1, pa.string(), [
        ("", RIGHT), ("abc", RIGHT), ("abcd", RIGHT), ("abcde", WRONG), ("èàùì", RIGHT), ("èàùìò", WRONG), ("🙂" * 4, RIGHT), ("🙂" * 5, WRONG),
    ]),
    "check digit of eleven": (CheckDigit(ELEVEN), WORDS, 1, pa.string(), [
        ("01234560157", RIGHT), ("01234560156", WRONG), ("01234560158", WRONG), ("11234560157", WRONG), ("00000000000", RIGHT),
        ("0123456015", RIGHT), ("012345601577", RIGHT), ("", RIGHT), ("èèèèèèèèèè", RIGHT),
    ]),
    "check digit of sixteen": (CheckDigit(SIXTEEN), WORDS, 1, pa.string(), [
        ("RSSMRA85T10F205R", RIGHT), ("RSSMRA85T10F205Q", WRONG), ("RSSMRA85T10F205S", WRONG), ("RSSMRB85T10F205R", WRONG),
        ("RSSMRA85T10F205", RIGHT), ("RSSMRA85T10F205RR", RIGHT),
    ]),
}  # fmt: skip


def array(values, kind, gaps):
    """An Arrow column of values and of nulls; decimals come as texts."""
    exact = [Decimal(one) if pa.types.is_decimal(kind) else one for one in values]
    column = pa.array([*exact, *gaps], pa.string() if pa.types.is_dictionary(kind) else kind)
    return column.cast(kind)


@pytest.mark.parametrize("name", CASES)
def test_a_value_on_each_limit_and_beside_it(engine, name):
    test, stored, factor, kind, told = CASES[name]
    # A column of few bits with a gap in it is one of floats in pandas.
    gaps = [] if engine.kind == "pandas" and stored.storage is Storage.NARROW else [None]
    plan = plan_of(test, stored, factor=factor)
    rows = looked(
        engine,
        plan,
        {"x": array([one for one, _ in told], kind, gaps)},
        fails=lambda plan, _: formula(plan, ((Atom.FAILS,),)),
        not_right=lambda plan, _: formula(plan, ((Atom.NOT_RIGHT,),)),
        value=value,
    )
    for (one, expected), row in zip(told, rows, strict=False):
        right = expected is not WRONG
        assert (row["fails"], row["not_right"]) == (not right, not right), one
        if right:
            assert row["value"] == (one if expected is RIGHT else expected)
        elif plan.guarded(wraps="polars" in engine.kind):
            assert row["value"] is None, one
    assert rows[len(told) :] == [{"fails": False, "not_right": True, "value": None} for _ in gaps]


@pytest.mark.parametrize("kind", ["polars", "polars lazy", "duckdb", "pyarrow"])
def test_a_day_that_is_not_in_the_calendar(kind):
    days = {"before the year 1": -719_163, "long before": -800_000, "after the year 9999": 2_932_897}
    columns = {"x": pa.array([*days.values(), None], pa.date32())}
    plan = plan_of(DAYS, Stored(Storage.DAY))
    rows = looked(Engine(kind), plan, columns, fails=lambda plan, _: formula(plan, plan.wrong))
    assert [row["fails"] for row in rows] == [True, True, True, False]


def test_a_column_that_is_sure_is_not_guarded(engine):
    plan = plan_of(NumberBetween(0, 5), Stored(Storage.WHOLE), factor=100)
    rows = looked(engine, plan, {"x": pa.array([5, 6, None])}, value=lambda plan, host: value(plan, host, sure=True))
    assert [row["value"] for row in rows] == [500, 600, None]


# What is asked of a row

ON = day("2025-10-01").toordinal()
TODAY, TOMORROW = day("2025-10-01"), day("2025-10-02")
EVENTS = [
    # the day, whether it is said not to have happened; untold, wrong, wrong where it is declared to be told
    (TODAY, None, False, False, False),
    (TODAY, False, False, False, False),
    (TODAY, True, False, True, True),
    (TOMORROW, None, False, True, True),
    (TOMORROW, False, False, True, True),
    (TOMORROW, True, False, True, True),
    (None, None, True, False, True),
    (None, False, True, False, True),
    (None, True, False, False, False),
]


def test_a_day_and_whether_it_has_happened(engine):
    event = Fact("x", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY)
    told, declared = (
        entry_of(event, "x", Stored(Storage.DAY), not_yet="w", declared=declared, on=ON) for declared in (False, True)
    )
    columns = {"x": pa.array([row[0] for row in EVENTS], pa.date32()), "w": pa.array([row[1] for row in EVENTS])}
    rows = looked(
        engine,
        told,
        columns,
        untold=lambda *_: formula(told, told.untold),
        wrong=lambda *_: formula(told, told.wrong),
        missing=lambda *_: formula(declared, declared.wrong),
    )
    assert [tuple(row.values()) for row in rows] == [row[2:] for row in EVENTS]


def test_only_whether_it_has_happened(engine):
    event = Fact("x", Kind.EVENT, least=FIRST_DAY, greatest=LAST_DAY)
    plan = entry_of(event, "x", None, not_yet="w", declared=True, on=ON)
    columns = {"w": pa.array([True, False, None])}
    rows = looked(engine, plan, columns, wrong=lambda plan, _: formula(plan, plan.wrong))
    assert [row["wrong"] for row in rows] == [False, True, True]


@pytest.mark.parametrize("atom", list(Atom))
def test_an_atom_is_never_null(engine, atom):
    plan = Entry("x", "x", Stored(Storage.WHOLE), "w", 1, (NumberBetween(0, 5),), (), ())
    columns = {"x": pa.array([5, 6, None, 5, 6, None, 5]), "w": pa.array([True, False, None, None, True, True, False])}
    rows = looked(engine, plan, columns, found=lambda plan, _: formula(plan, ((atom,),)))
    expected = {
        Atom.EMPTY: [0, 0, 1, 0, 0, 1, 0], Atom.VALUED: [1, 1, 0, 1, 1, 0, 1], Atom.WAITING: [1, 0, 0, 0, 1, 1, 0],
        Atom.NOT_WAITING: [0, 1, 1, 1, 0, 0, 1], Atom.FAILS: [0, 1, 0, 0, 1, 0, 0], Atom.NOT_RIGHT: [0, 1, 1, 0, 1, 1, 0],
    }  # fmt: skip
    assert [row["found"] for row in rows] == [bool(one) for one in expected[atom]]


def test_what_entry_made_is_read_without_nulls(engine):
    plan = Entry("x", "x", Stored(Storage.WHOLE), "", 1, (), (), ())
    columns = {"x": pa.array([7, None, 0]), "t": pa.array([True, None, False])}
    reads = {
        "as_it_is": ColumnRead("x"), "filled": ColumnRead("x", 3), "missing": ColumnRead("x", missing=True), "yes": ColumnRead("t", unsaid=True),
        "no": ColumnRead("t", unsaid=False, negated=True), "not": ColumnRead("t", negated=True),
    }  # fmt: skip
    asked = {name: lambda *_, how=how: reading(how) for name, how in reads.items()}
    asked["known"] = lambda *_: truth("t", unsaid=True)
    rows = looked(engine, plan, columns, **asked)
    assert {name: [row[name] for row in rows] for name in asked} == {
        "as_it_is": [7, None, 0], "filled": [7, 3, 0], "missing": [False, True, False], "yes": [True, True, False],
        "no": [False, True, True], "not": [False, None, True], "known": [True, True, False],
    }  # fmt: skip


# The set is closed


def matched(function):
    """The names of the classes and members that a function tells apart."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(function))):
        if isinstance(node, ast.MatchClass):
            found.add(node.cls.id)
        elif isinstance(node, ast.MatchValue):
            found.add(node.value.attr)
    return found


def test_the_printer_knows_the_tests_and_no_others():
    assert matched(printer._holds) == {test.__name__ for test in VALUE_TESTS}
    assert matched(printer._atom) == {atom.name for atom in Atom}
    assert matched(printer._tested) == {storage.name for storage in Storage}


def test_each_test_is_tried_here_as_it_may_be_stored():
    assert {type(test) for test, *_ in CASES.values()} == set(VALUE_TESTS)
    assert {stored.storage for _, stored, *_ in CASES.values()} == set(Storage) - {Storage.TRUTH}
