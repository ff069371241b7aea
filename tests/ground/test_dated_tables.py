# SPDX-License-Identifier: Apache-2.0
"""Tables of values that change with time: how a file is read, and each way in which it can be broken."""

import datetime as dt
import hashlib
import pickle
from fractions import Fraction

import pytest

from misure.ground.dated import Cited, act_of, dated_table, read_dated
from misure.ground.days import parse_day
from misure.ground.errors import BadRules, NotEncoded
from misure.ground.place import Place
from misure.ground.truth import Confidence

SOURCE = "# source: the acts named in each row; date: 2026-11-22; made by hand\n"
HEAD = "from,until,kind*,place*,most,rate,act,at,confidence,note\n"
ROWS = (
    '2010-01-01,2011-12-31,a,mi,100.00,3.19%,reg-2023-2831,"art. 3, par. 2",official,\n'
    "2012-01-01,,a,mi,200.50,4%,reg-2023-2831,,inferred,as read here\n"
    "2010-01-01,2014-12-31,b,mi,7.00,,reg-2023-2831,art. 4,secondary,\n"
)


@pytest.fixture
def read(tmp_path):
    def written(text):
        (tmp_path / "t.csv").write_text(text, "utf-8", newline="")
        return read_dated(tmp_path / "t.csv", "law/t")

    return written


def test_what_a_table_holds(read):
    table = read(SOURCE + HEAD + ROWS)
    first, second, third = table.rows
    assert (table.name, table.keys) == ("law/t", ("kind", "place"))
    assert (first.table, first.since, first.until) == ("law/t", parse_day("2010-01-01"), parse_day("2011-12-31"))
    assert dict(first.texts) == {"kind": "a", "place": "mi", "most": "100.00", "rate": "3.19%"}
    assert (first.cents("most"), second.cents("most"), third.cents("most")) == (10000, 20050, 700)
    assert (first.share("rate"), second.share("rate")) == (Fraction(319, 10000), Fraction(1, 25))
    assert (second.until, second.note, third.note) == (None, "as read here", "")
    assert first.citation == Cited(act_of("reg-2023-2831"), "art. 3, par. 2", Confidence.OFFICIAL)
    assert [row.citation.confidence for row in table.rows] == ["official", "inferred", "secondary"]
    assert [str(row.citation) for row in table.rows] == [
        "Reg. (UE) 2023/2831, art. 3, par. 2", "Reg. (UE) 2023/2831", "Reg. (UE) 2023/2831, art. 4",
    ]  # fmt: skip
    assert [(row.place.line, row.place.column) for row in table.rows] == [(3, 1), (4, 1), (5, 1)]
    assert first.place.path.endswith("t.csv")


def test_the_version_is_the_digest_of_the_file(read):
    text = SOURCE + HEAD + ROWS
    assert read(text).version == f"law/t {hashlib.sha256(text.encode()).hexdigest()[:12]}"
    assert read(text) == read(text)
    assert read(text).version != read(text.replace("200.50", "200.60")).version


def test_a_row_holds_on_its_first_day_and_on_its_last(read):
    table = read(SOURCE + HEAD + ROWS)
    for day, held in (("2009-12-31", ()), ("2010-01-01", (0, 2)), ("2011-12-31", (0, 2)), ("2012-01-01", (1, 2)),
                      ("2014-12-31", (1, 2)), ("2015-01-01", (1,)), ("2099-01-01", (1,))):  # fmt: skip
        assert tuple(i for i, row in enumerate(table.rows) if row.holds_on(parse_day(day))) == held, day


def test_the_row_of_a_day_and_of_its_keys(read):
    table = read(SOURCE + HEAD + ROWS)
    assert table.on(parse_day("2011-12-31"), kind="a") is table.rows[0]
    assert table.on(parse_day("2012-01-01"), kind="a", place="mi") is table.rows[1]
    assert table.on(parse_day("2012-01-01"), kind="b") is table.rows[2]
    assert table.series(kind="a") == table.rows[:2]
    assert table.series() == table.rows


@pytest.mark.parametrize(("day", "keys", "last", "named"), [
    ("2009-12-31", {"kind": "a"}, None, "law/t (a)"), ("2009-12-31", {"kind": "b", "place": "mi"}, "2014-12-31", "law/t (b, mi)"),
    ("2015-01-01", {"kind": "b"}, "2014-12-31", "law/t (b)"),
])  # fmt: skip
def test_a_day_that_no_row_holds(read, day, keys, last, named):
    with pytest.raises(NotEncoded) as caught:
        read(SOURCE + HEAD + ROWS).on(parse_day(day), **keys)
    error = caught.value
    assert (error.measure, error.asked, error.first) == (named, dt.date.fromisoformat(day), dt.date(2010, 1, 1))
    assert error.last == (last and dt.date.fromisoformat(last))


def test_a_table_without_keys_is_named_alone(read):
    table = read(SOURCE + "from,until,most,act,at,confidence,note\n2010-01-01,2010-12-31,1,reg-2023-2831,,official,\n")
    assert (table.keys, table.rows[0].whole("most")) == ((), 1)
    with pytest.raises(NotEncoded) as caught:
        table.on(parse_day("2011-01-01"))
    assert caught.value.measure == "law/t"


@pytest.mark.parametrize(("keys", "why"), [
    ({"kind": "aa"}, "law/t: no kind is called 'aa'; did you mean 'a'?"), ({"kind": "z"}, "law/t: no kind is called 'z'; it has a, b"),
    ({"kind": "a", "place": "roma"}, "law/t: no place is called 'roma'; it has bg, mi"),
    ({"kind": "b", "place": "bg"}, "law/t: nothing stands under {'kind': 'b', 'place': 'bg'}"),
])  # fmt: skip
def test_a_key_that_no_row_has(read, keys, why):
    table = read(SOURCE + HEAD + ROWS + "2010-01-01,,a,bg,1.00,,reg-2023-2831,,official,\n")
    for ask in (lambda: table.series(**keys), lambda: table.on(parse_day("2010-01-01"), **keys)):
        with pytest.raises(ValueError) as caught:
            ask()
        assert str(caught.value) == why


def test_what_is_unknown_and_what_the_act_does_not_set(read):
    table = read(SOURCE + HEAD + "2010-01-01,,a,mi,unknown,,reg-2023-2831,,official,no source gives it\n")
    (row,) = table.rows
    assert not row.known("most")
    assert row.known("rate")


HEADLESS = "expected a line '# source: ...', then the columns from, until, ..., act, at, confidence, note"
ROW = "2010-01-01,,a,mi,1.00,,reg-2023-2831,art. 3,official,\n"


@pytest.mark.parametrize("text", [
    "", "\n", SOURCE, HEAD + ROW, "source: x\n" + HEAD + ROW, "# source:\n" + HEAD + ROW,
    SOURCE + HEAD.replace("from,until", "until,from") + ROW, SOURCE + HEAD.replace("from,until", "since,until") + ROW,
    SOURCE + HEAD.replace("act,at", "at,act") + ROW, SOURCE + HEAD.replace(",note", "") + ROW, SOURCE + HEAD.replace("note", "notes") + ROW,
])  # fmt: skip
def test_a_table_without_its_head(read, text):
    with pytest.raises(BadRules) as caught:
        read(text)
    (fault,) = caught.value.faults
    assert (fault.place.line, fault.place.column, fault.subject, fault.message) == (1, 1, "law/t", HEADLESS)
    assert fault.place.path.endswith("t.csv")


@pytest.mark.parametrize(("rows", "line", "message"), [
    ("", 1, "the table is empty"),
    (ROW + ROW.replace(",mi,", ",bg,").replace(",official,", ",official"), 4, "the row has 9 columns, and the header 10"),
    (ROW.replace("\n", ",more\n"), 3, "the row has 11 columns, and the header 10"),
    ("\n" + ROW, 3, "the row has 0 columns, and the header 10"),
    (ROW.replace("2010-01-01", "2010-02-30"), 3, "2010-02-30 does not exist: February 2010 has 28 days"),
    (ROW.replace("2010-01-01", ""), 3, "'' is not a date: write YYYY-MM-DD"),
    (ROW.replace("2010-01-01,,", "2010-01-01,2010,"), 3, "'2010' is not a date: write YYYY-MM-DD"),
    (ROW.replace("official", "sure"), 3, "'sure' is not a valid Confidence"),
    (ROW.replace("reg-2023-2831", "reg-2023-283"), 3, "no act is called 'reg-2023-283' in tables/acts.csv"),
    (ROW.replace("2010-01-01,,", "2010-01-01,2009-12-31,"), 3, "the row ends on 2009-12-31, before it begins on 2010-01-01"),
    (ROW.replace("1.00", "unknown"), 3, "an unknown value says why, in the note"),
    # Series that do not go on day by day.
    (ROW.replace("01,,", "01,2010-12-31,") + ROW.replace("2010-01-01", "2011-01-02"), 4,
     "begins on 2011-01-02, but the row before it ends on 2010-12-31"),
    (ROW.replace("01,,", "01,2010-12-31,") + ROW.replace("2010-01-01", "2010-12-31"), 4,
     "begins on 2010-12-31, but the row before it ends on 2010-12-31"),
    (ROW + ROW.replace("2010-01-01", "2011-01-01"), 4, "begins on 2011-01-01, but the row before it has no end"),
    (ROW.replace("2010-01-01,", "2011-01-01,") + ROW.replace("01,,", "01,2010-12-31,"), 4,
     "begins on 2010-01-01, but the row before it has no end"),
    (ROW.replace("2010-01-01,,", "2011-01-01,2011-12-31,") + ROW.replace("01,,", "01,2010-12-31,"), 4,
     "begins on 2010-01-01, but the row before it ends on 2011-12-31"),
])  # fmt: skip
def test_a_table_with_a_broken_row(read, rows, line, message):
    with pytest.raises(BadRules) as caught:
        read(SOURCE + HEAD + rows)
    (fault,) = caught.value.faults
    assert (fault.place.line, fault.place.column, fault.subject, fault.message) == (line, 1, "law/t", message)
    assert fault.place.path.endswith("t.csv")


def test_the_nearest_act_is_named(read):
    for given, nearest in (("reg-2023-28311", "reg-2023-2831"), ("zzzzzzzz", None)):
        with pytest.raises(BadRules) as caught:
            read(SOURCE + HEAD + ROW.replace("reg-2023-2831", given))
        assert caught.value.faults[0].suggestion == nearest


def test_a_row_of_one_day_is_a_row(read):
    table = read(SOURCE + HEAD + ROW.replace("01,,", "01,2010-01-01,") + ROW.replace("2010-01-01", "2010-01-02"))
    assert [row.until for row in table.rows] == [parse_day("2010-01-01"), None]


def test_all_that_is_wrong_is_told_at_once_line_by_line(read):
    broken = [
        ROW.replace("official", "sure"), ROW.replace("2010-01-01,,", "2010-01-01,2009-12-31,").replace("1.00", "unknown"),
        ROW.replace("reg-2023-2831", "lex"), ROW.replace("\n", ",\n"), ROW.replace(",mi,", ",bg,"), ROW.replace("2010", "201"),
    ]  # fmt: skip
    with pytest.raises(BadRules) as caught:
        read(SOURCE + HEAD + "".join(broken))
    assert [(fault.place.line, fault.message[:12]) for fault in caught.value.faults] == [
        (3, "'sure' is no"), (4, "an unknown v"), (4, "the row ends"), (5, "no act is ca"), (6, "the row has "),
        (8, "'201-01-01' "),
    ]  # fmt: skip


def test_an_empty_table_is_not_told_where_its_rows_are_broken(read):
    with pytest.raises(BadRules) as caught:
        read(SOURCE + HEAD + "2010-01-01\n")
    assert [fault.message for fault in caught.value.faults] == ["the row has 1 columns, and the header 10"]


def test_rows_are_the_same_wherever_they_stand(read):
    table = read(SOURCE + HEAD + ROWS)
    *before, last = ROWS.splitlines(keepends=True)
    moved = read(SOURCE + HEAD + last + "".join(before))
    assert table.rows[0] == moved.rows[1]
    assert table.rows[0].place != moved.rows[1].place
    assert hash(table.rows[0]) == hash(moved.rows[1])
    assert "Place" not in repr(table.rows[0])
    assert Place(table.rows[0].place.path, 3, 1) == table.rows[0].place


def test_a_bundled_table_is_read_once_and_a_missing_act_is_a_key_error():
    assert dated_table("ue/deminimis-ceilings") is dated_table("ue/deminimis-ceilings")
    with pytest.raises(KeyError, match="lex-nova"):
        act_of("lex-nova")
    act = act_of("reg-2023-2831")
    assert (act.id, act.label) == ("reg-2023-2831", "Reg. (UE) 2023/2831")
    assert pickle.loads(pickle.dumps(act)) == act  # noqa: S301 - our own bytes
