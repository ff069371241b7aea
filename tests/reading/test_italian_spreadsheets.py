# SPDX-License-Identifier: Apache-2.0
"""The CSV that an Italian spreadsheet saves says what the same facts say as objects; what may mean two things is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misure.facts.truth_texts import likely_truth, truth_of
from misure.facts.values import Unfit, read_value
from misure.facts.vocabulary import Fact, Kind
from misure.ground.errors import BadFacts
from misure.ground.money import decimal_text
from misure.reading.applicants.applications import read_applications_file, read_csv

COSTS = Fact("costs", Kind.NUMBER, unit="EUR", decimals=2, greatest=10**12)
SHARE = Fact("share", Kind.NUMBER, unit="share", decimals=4, greatest=10**8)
DAY = Fact("filed_on", Kind.EVENT, least=1, greatest=dt.date.max.toordinal())
HOUR = Fact("filing_time", Kind.NUMBER, unit="time", decimals=6, greatest=86_400_000_000 - 1)
YES = Fact("signed", Kind.TRUTH)
NOTE = Fact("note", Kind.TEXT, greatest=200)
FACTS = {fact.name: fact for fact in (COSTS, SHARE, DAY, HOUR, YES, NOTE)}
ON = dt.date(2026, 6, 1).toordinal()


def told(text, **more):
    (found,) = read_csv(text, "d.csv", FACTS, **more)
    return found


def value(name, cell, separator=";"):
    """What a cell says, in internal form."""
    cell = f'"{cell}"' if separator in cell else cell
    found = told(f"id{separator}{name}\nD-1{separator}{cell}\n").facts[name]
    return read_value(FACTS[name], found, ON, text_source=True)


@pytest.mark.parametrize(("name", "cell", "internal"), [
    ("costs", "74,50", 7450), ("costs", "1.234,56", 123456), ("costs", "1.234.567", 123456700), ("costs", "74.50", 7450), ("costs", "74", 7400),
    ("share", "0,35", 3500), ("share", "35%", 3500), ("share", "12,5%", 1250), ("share", "1,234", 12340), ("share", "0.125", 1250),
    ("filed_on", "31/12/2025", dt.date(2025, 12, 31).toordinal()), ("filed_on", "1/2/2025", dt.date(2025, 2, 1).toordinal()),
    ("filed_on", "2025-12-31", dt.date(2025, 12, 31).toordinal()), ("filed_on", "not_yet", 0), ("filing_time", "10:30:00", 37_800_000_000),
    ("signed", "VERO", True), ("signed", "FALSO", False), ("signed", "sì", True), ("signed", "si\u0300", True), ("signed", "No", False),
    ("note", "1.234", "1.234"), ("note", "74,50", "74,50"), ("note", "31/12/2025", "31/12/2025"),
])  # fmt: skip
def test_a_cell_between_semicolons(name, cell, internal):
    assert value(name, cell) == internal


@pytest.mark.parametrize(("name", "cell", "right"), [
    ("costs", "74,50", "74.50"), ("costs", "1.234,56", "1234.56"), ("costs", "1.234", None), ("costs", "1,234", None),
    ("filed_on", "31/12/2025", "2025-12-31"), ("filed_on", "1/2/2025", "2025-02-01"), ("signed", "VER0", "vero"), ("signed", "forse", None),
    ("costs", "1.234.567", "1234567"), ("filing_time", "10.30", "10:30"),
])  # fmt: skip
def test_between_commas_the_same_is_refused_with_the_nearest_right_writing(name, cell, right):
    with pytest.raises(Unfit) as caught:
        value(name, cell, ",")
    assert caught.value.suggestion == right


@pytest.mark.parametrize("cell", ["VERO", "Falso", "sì", "si\u0300"])
def test_a_truth_is_read_whatever_separates_the_columns(cell):
    assert value("signed", cell, ",") is value("signed", cell) is (not cell.startswith("F"))


@pytest.mark.parametrize(
    ("cell", "two"), [("1.234", "1234 or 1,234"), ("12.000", "12000 or 12,000"), ("-1.500", "-1500 or -1,500")]
)
@pytest.mark.parametrize("name", ["costs", "share"])
def test_what_may_mean_two_numbers_is_refused_at_its_place(name, cell, two):
    with pytest.raises(BadFacts) as caught:
        told(f"id;note;{name}\nD-1;x;{cell}\n")
    why = f"{cell!r} may mean {two} where semicolons part the columns: write one of them"
    assert [str(fault) for fault in caught.value.faults] == [f"d.csv:2:7: D-1.{name}: {why}"]


@pytest.mark.parametrize(
    ("separator", "text"), [(";", "31/12/2025 12:00"), (";", "31/12/2025 12.00.00"), (",", "2025-12-31T12:00")]
)
def test_the_instant_of_filing(separator, text):
    found = told(f"id{separator}filed_at\nD-1{separator}{text}\n").filed_at
    assert found in ("2025-12-31T12:00", "2025-12-31T12:00:00")


def test_between_commas_an_instant_in_another_order_stays_as_it_is():
    assert told("id,filed_at\nD-1,31/12/2025 12:00\n").filed_at == "31/12/2025 12:00"


@given(
    st.integers(0, 10**12), st.dates(dt.date(1900, 1, 1), dt.date(2026, 5, 31)), st.booleans(),
    st.sampled_from(["\n", "\r\n"]), st.booleans(),
)  # fmt: skip
def test_both_files_say_what_an_object_says(cents, day, signed, end, marked):
    plain = decimal_text(cents, 2)
    whole, part = plain.split(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    italian = f"id;costs;filed_on;signed{end}D-1;{grouped},{part};{day.day}/{day.month}/{day.year};{'VERO' if signed else 'FALSO'}{end}"
    english = f"id,costs,filed_on,signed{end}D-1,{plain},{day},{'yes' if signed else 'no'}{end}"
    mark = "\ufeff" if marked else ""
    found = [told(f"{mark}{text}").facts for text in (italian, english)]
    assert found[0] == found[1] | {"signed": found[0]["signed"]}
    for one in found:
        assert [read_value(FACTS[name], cell, ON, text_source=True) for name, cell in one.items()] == [
            cents, day.toordinal(), signed,
        ]  # fmt: skip


RECORDS = {"spending": {"what": NOTE, "costs": COSTS, "filed_on": DAY, "signed": YES}}


def test_the_records_of_a_table_are_read_in_the_same_way_and_each_file_by_its_own_separator():
    files = {"spending": ("application;what;costs;filed_on\nD-1;a;1.234,50;31/12/2025\nD-1;b;1.234;\n", "s.csv")}
    sink = []
    one = told("id,costs\nD-1,5\n", tables=files, fields=RECORDS, sink=sink)
    assert one.facts == {
        "costs": "5", "spending": [{"what": "a", "costs": "1234.50", "filed_on": "2025-12-31"}, {"what": "b"}],
    }  # fmt: skip
    why = "'1.234' may mean 1234 or 1,234 where semicolons part the columns: write one of them"
    assert [str(fault) for fault in sink] == [f"s.csv:3:7: D-1.spending[1].costs: {why}"]


def test_a_column_that_no_field_has_is_told_once_in_its_header():
    files = {"spending": ("application;what;cost\nD-1;a;1\nD-1;b;2\n", "s.csv")}
    with pytest.raises(BadFacts) as caught:
        told("id\nD-1\n", tables=files, fields=RECORDS)
    assert [str(fault) for fault in caught.value.faults] == [
        "s.csv:1:18: cost: no field is called 'cost'; did you mean 'costs'?"
    ]


@pytest.mark.parametrize("said", ["VERO", "sì", "yes"])
def test_a_table_may_be_said_to_be_whole_in_italian(said):
    files = {"spending": ("application;what\n", "s.csv")}
    assert told(f"id;spending_known\nD-1;{said}\n", tables=files, fields=RECORDS).facts == {"spending": []}
    assert told("id;spending_known\nD-1;FALSO\n", tables=files, fields=RECORDS).facts == {
        "spending": {"records": [], "complete": False}
    }


def test_a_wrong_truth_is_told_with_the_nearest_and_a_word_that_is_none_without():
    files = {"spending": ("application;what\n", "s.csv")}
    with pytest.raises(BadFacts) as caught:
        list(read_csv("id;spending_known\nD-1;VER0\nD-2;forse\n", "d.csv", FACTS, files, (), RECORDS))
    assert [fault.suggestion for fault in caught.value.faults] == ["vero", None]
    assert (truth_of("Vero"), truth_of("forse"), likely_truth("falzo")) == (True, None, "falso")


def test_all_the_faults_of_rows_and_cells_are_told_at_once_and_a_lost_row_makes_no_strangers():
    files = {"spending": ("application;what;costs\nD-2;a;1.234\nD-9;b;1\nD-1;c\n", "s.csv")}
    with pytest.raises(BadFacts) as caught:
        read_csv("id;costs\nD-1;1.234\nD-2\n;5\n", "d.csv", FACTS, files, (), RECORDS)
    assert [(fault.place.path, fault.place.line) for fault in caught.value.faults] == [
        ("d.csv", 2), ("d.csv", 3), ("d.csv", 4), ("s.csv", 2), ("s.csv", 4),
    ]  # fmt: skip


def test_a_file_as_a_spreadsheet_saves_it(tmp_path):
    path = tmp_path / "domande.csv"
    path.write_bytes(b"\xef\xbb\xbfid;filed_at;admitted;costs;signed\r\nD-1;31/12/2025 12:00;VERO;1.234,50;FALSO\r\n")
    (one,) = read_applications_file(path, FACTS)
    assert (one.filed_at, one.admitted, one.facts) == (
        "2025-12-31T12:00", "VERO", {"costs": "1234.50", "signed": "FALSO"},
    )  # fmt: skip
