# SPDX-License-Identifier: Apache-2.0
"""Each ceiling of a size class, each year of a status and each line of a headcount, with its source and its limits."""

from decimal import Decimal
from fractions import Fraction

import pytest

from misure.ground.errors import BadFacts
from misure.ground.ranges import Range
from misure.undertakings import Figures, SizeClass, Staff, StaffKind, awu, size_class, size_over_years

ON = "2026-11-22"


def faults(ask):
    with pytest.raises(BadFacts) as caught:
        ask()
    return [(fault.place.path, fault.subject, fault.message) for fault in caught.value.faults]


def told(ceiling):
    test = "at most" if ceiling.inclusive else "below"
    return f"{ceiling.size} {ceiling.figure} {test} {ceiling.limit}: {ceiling.within}, {ceiling.margin}"


THREE = [
    "micro headcount below 10: no, from -50 to -30", "micro turnover at most 2000000: yes, 0",
    "micro balance_sheet at most 2000000: unknown, at most 2000000", "small headcount below 50: unknown, from -10 to 10",
    "small turnover at most 10000000: yes, 8000000", "small balance_sheet at most 10000000: unknown, at most 10000000",
    "medium headcount below 250: yes, from 190 to 210", "medium turnover at most 50000000: yes, 48000000",
    "medium balance_sheet at most 43000000: unknown, at most 43000000",
]  # fmt: skip
NEW_MID_CAP = [
    "small_mid_cap headcount below 750: yes, from 690 to 710", "small_mid_cap turnover at most 150000000: yes, 148000000",
    "small_mid_cap balance_sheet at most 129000000: unknown, at most 129000000",
]  # fmt: skip
MID_CAP = [
    "small_mid_cap headcount at most 499: yes, from 439 to 459", "small_mid_cap turnover at most 100000000: yes, 98000000",
    "small_mid_cap balance_sheet at most 86000000: unknown, at most 86000000",
]  # fmt: skip
UNREAD = [f"small_mid_cap {name} at most None: unknown, unknown" for name in ("headcount", "turnover", "balance_sheet")]
DRAFT = "Regulation 651/2014 applies to 31 December 2026; its replacement is a draft of 25 February 2026"


@pytest.mark.parametrize(("asked", "ceilings", "sure", "notes"), [
    ({}, THREE, "secondary", ()), ({"small_mid_caps": True}, THREE + NEW_MID_CAP, "secondary", ()),
    ({"on": "2025-05-21", "small_mid_caps": True}, THREE + NEW_MID_CAP, "secondary", ()),
    ({"on": "2025-05-20", "small_mid_caps": True}, THREE, "secondary", ()),
    ({"definition": "gber"}, THREE, "secondary", ()), ({"definition": "gber", "small_mid_caps": True}, THREE + MID_CAP, "inferred", ()),
    ({"definition": "gber", "small_mid_caps": True, "on": "2023-06-30"}, THREE + UNREAD, "inferred",
     ("the text before Regulation (EU) 2023/1315 was not read",)),
])  # fmt: skip
def test_the_ceilings_of_a_definition(asked, ceilings, sure, notes):
    found = size_class(Range(40, 60), "2000000", None, **{"on": ON} | asked)
    assert [told(ceiling) for ceiling in found.ceilings] == ceilings
    assert ([size.value for size in found.classes], found.missing) == (
        ["small", "medium"],
        ("headcount", "balance_sheet"),
    )
    assert (found.confidence, found.notes, found.binding, found.is_sme) == (sure, notes, (), "yes")
    act = "Reg. (UE) 651/2014, allegato I" if "definition" in asked else "Racc. 2003/361/CE, allegato"
    assert [str(cited) for cited in found.citations][:3] == [f"{act}, art. 2, par. {number}" for number in (3, 2, 1)]
    assert len(found.citations) == len(ceilings) // 3


def test_a_definition_that_is_not_known_any_more():
    found = size_class(5, 1, 1, on="2027-01-01", definition="gber")
    assert (found.notes, found.is_sme, found.confidence, found.missing) == ((DRAFT,), "unknown", "secondary", ())
    assert {(ceiling.limit, ceiling.inclusive, ceiling.within) for ceiling in found.ceilings} == {
        (None, True, "unknown")
    }


@pytest.mark.parametrize(("figures", "binding"), [
    ((9, 1, 1), []), ((10, 1, 1), ["micro headcount below 10: no, 0"]),
    ((9, 2_000_001, 2_000_001), ["micro turnover at most 2000000: no, -1", "micro balance_sheet at most 2000000: no, -1"]),
    ((9, 2_000_001, 2_000_000), []), ((50, 10_000_001, 10_000_000), ["small headcount below 50: no, 0"]),
    ((250, 50_000_001, 43_000_001), ["medium headcount below 250: no, 0", "medium turnover at most 50000000: no, -1",
                                     "medium balance_sheet at most 43000000: no, -1"]),
])  # fmt: skip
def test_which_ceilings_bind(figures, binding):
    assert [told(ceiling) for ceiling in size_class(*figures, on=ON).binding] == binding


def test_a_mid_cap_is_kept_out_of_the_medium_class():
    found = size_class(250, 1, 1, on=ON, small_mid_caps=True)
    assert [told(ceiling) for ceiling in found.binding] == ["medium headcount below 250: no, 0"]
    large = size_class(750, 1, 1, on=ON, small_mid_caps=True)
    assert [told(ceiling) for ceiling in large.binding] == ["small_mid_cap headcount below 750: no, 0"]
    assert [size.rank for size in SizeClass] == [0, 1, 2, 3, 4]
    assert [size.value for size in SizeClass if size.is_sme] == ["micro", "small", "medium"]


@pytest.mark.parametrize(("on", "definition"), [("2005-01-01", "recommendation"), ("2014-07-01", "gber"), ("2026-12-31", "gber")])  # fmt: skip
def test_a_definition_on_its_first_and_last_day(on, definition):
    assert size_class(5, 1, 1, on=on, definition=definition).size == "micro"


@pytest.mark.parametrize(("figures", "asked", "expected"), [
    ((-1, "x", True), {}, [("balance_sheet", "expected a number; got true"), ("headcount", "a count is never negative; got -1"), ("turnover", "'x' is not a number: write 1234.50")]),
    (("10%", Fraction(-1, 2), 1), {}, [("headcount", "expected a count; got '10%'"), ("turnover", "-1/2 is negative, and an amount of money is not")]),
    ((Range(2, 1), 1, 1), {"on": "x"}, [("headcount", "a range goes from its least to its greatest value; got 2 to 1"), ("on", "'x' is not a date: write YYYY-MM-DD")]),
    ((1, 1, 1), {"definition": None}, [("definition", "expected one of recommendation, gber; got nothing")]),
    ((1, 1, "1.005"), {"definition": "gbr"}, [("balance_sheet", "'1.005' has 3 decimals"), ("definition", "'gbr' is none of recommendation, gber; did you mean 'gber'?")]),
])  # fmt: skip
def test_each_fault_of_a_question_on_size(figures, asked, expected):
    found = faults(lambda: size_class(*figures, **{"on": ON} | asked))
    assert found == [("<size>", subject, message) for subject, message in expected]


# Years


def by_awu(*units, first=2022):
    return {first + place: Figures(count, 1, 1) for place, count in enumerate(units)}


@pytest.mark.parametrize(("years", "given", "answer", "periods"), [
    (by_awu(200, 260, 265), {}, "large first_period inferred no", ["2022 medium medium", "2023 large medium", "2024 large large"]),
    (by_awu(260, 240), {"before": "medium"}, "medium given secondary yes", ["2022 large medium", "2023 medium medium"]),
    (by_awu(260, 240), {"before": SizeClass.LARGE}, "large given secondary no", ["2022 large large", "2023 medium large"]),
    (by_awu(260, 240), {"before": "unknown"}, "medium large unknown secondary unknown", ["2022 large micro small medium large", "2023 medium medium large"]),
    (by_awu(5), {"newly_established": True}, "micro estimate secondary yes", ["2022 micro micro"]),
    (by_awu(40, 40, 4000), {"before": "small", "joined_group_in": 2024}, "large given inferred no", ["2022 small small", "2023 small small", "2024 large large"]),
    (by_awu(40, 4000, 40), {"newly_established": True, "joined_group_in": 2023}, "large estimate inferred no", ["2022 small small", "2023 large large", "2024 small large"]),
    (by_awu(40, 400, 400), {"small_mid_caps": True}, "small_mid_cap first_period inferred no", ["2022 small small", "2023 small_mid_cap small", "2024 small_mid_cap small_mid_cap"]),
    ({2022: Figures(5, 1, 1), 2025: Figures(5, 1, 1)}, {}, "micro small medium large first_period inferred unknown",
     ["2022 micro micro", "2023 None micro", "2024 None micro small medium large", "2025 micro micro small medium large"]),
    ({2022: Figures(5, 1, 1), 2024: None}, {"small_mid_caps": True, "before": "micro"}, "micro small medium small_mid_cap large given secondary unknown",
     ["2022 micro micro", "2023 None micro", "2024 None micro small medium small_mid_cap large"]),
    ({1: Figures(5, 1, 1)}, {}, "micro first_period inferred yes", ["1 micro micro"]),
    ({9999: Figures(5, 1, 1)}, {}, "micro first_period inferred yes", ["9999 micro micro"]),
    (by_awu(Range(5, 60), 60), {"before": "micro"}, "micro small medium given secondary yes", ["2022 None micro", "2023 medium micro small medium"]),
    (by_awu(5), {"on": "2027-05-01", "definition": "gber"}, "micro small medium large first_period inferred unknown", ["2022 None micro small medium large"]),
])  # fmt: skip
def test_the_status_year_by_year(years, given, answer, periods):
    found = size_over_years(years, **{"on": ON} | given)
    assert f"{' '.join(found.statuses)} {found.start} {found.confidence} {found.is_sme}" == answer
    assert [f"{period.year} {period.size} {' '.join(period.statuses)}" for period in found.periods] == periods
    assert [str(cited) for cited in found.citations] == ["Racc. 2003/361/CE, allegato, art. 4, par. 2"]
    assert found.status == (found.statuses[0] if len(found.statuses) == 1 else None)


def test_how_far_apart_two_years_may_lie():
    found = size_over_years({1900: Figures(5, 1, 1), 2002: Figures(5, 1, 1)}, on=ON)
    assert len(found.periods) == 103
    apart = "lie too far apart for accounts of one enterprise"
    assert faults(lambda: size_over_years({1900: None, 2003: None}, on=ON)) == [
        ("<size>", "years", f"1900 and 2003 {apart}")
    ]
    filled = dict.fromkeys((1900, 1901, 2004), Figures(5, 1, 1))
    assert faults(lambda: size_over_years(filled, on=ON)) == [("<size>", "years", f"1900 and 2004 {apart}")]
    assert len(size_over_years(dict.fromkeys((1900, 1901, 2003), Figures(5, 1, 1)), on=ON).periods) == 104


KNOWN = "micro, small, medium, small_mid_cap, large, unknown"


@pytest.mark.parametrize(("years", "given", "expected"), [
    ({}, {}, [("years", "expected figures by year, at least of one; got an empty mapping")]), (5, {}, [("years", "expected figures by year, at least of one; got 5")]),
    ({0: None, 10_000: None, True: None, "1": None, 2020: None}, {}, [("years", "expected a year; got '1'"), ("years", "expected a year; got 0"), ("years", "expected a year; got 10000"), ("years", "expected a year; got true")]),
    ({2020: Figures(-1), 2021: 7, 2022: Figures(1, "x", 0.5)}, {}, [
        ("2020", "headcount: a count is never negative; got -1"), ("2021", "expected Figures; got 7"),
        ("2022", 'balance_sheet: 0.5 is a binary float, which is not exact: write it as text, "0.5"'), ("2022", "turnover: 'x' is not a number: write 1234.50"),
    ]),
    (by_awu(5), {"before": "larg"}, [("before", f"'larg' is none of {KNOWN}; did you mean 'large'?")]),
    (by_awu(5), {"before": 3, "newly_established": True}, [("before", "a new enterprise had no status before its first period"), ("before", f"expected one of {KNOWN}; got 3")]),
    (by_awu(5), {"before": "micro", "newly_established": True}, [("before", "a new enterprise had no status before its first period")]),
    (by_awu(5), {"newly_established": 1}, [("newly_established", "expected True or False; got 1")]),
    (by_awu(5), {"joined_group_in": 2023}, [("joined_group_in", "2023 is none of the years given")]),
    (by_awu(5), {"joined_group_in": "x"}, [("joined_group_in", "'x' is none of the years given")]),
    (by_awu(5), {"on": "x", "definition": "y"}, [("definition", "'y' is none of recommendation, gber"), ("on", "'x' is not a date: write YYYY-MM-DD")]),
])  # fmt: skip
def test_each_fault_of_years(years, given, expected):
    found = faults(lambda: size_over_years(years, **{"on": ON} | given))
    assert found == [("<size>", subject, message) for subject, message in expected]


# Headcount


@pytest.mark.parametrize(("staff", "units", "lines"), [
    ([Staff(4), Staff(Range(1, 2), "50%"), Staff(None, "25%")], "at least 4.5", ["4", "from 0.5 to 1", "at least 0"]),
    ([Staff(None, 0), Staff(None, 1, 0), Staff(2, 0)], "0", ["0", "0", "0"]), ([Staff(None, kind="apprentice")], "0", ["0"]),
    ([Staff(3, "50%", "50%"), Staff("1.5", Decimal("0.5"), Fraction(1, 3))], "1", ["0.75", "0.25"]), ([Staff(0)], "0", ["0"]),
    ([], "0", []), (iter([Staff(1)]), "1", ["1"]),
])  # fmt: skip
def test_a_headcount_line_by_line(staff, units, lines):
    found = awu(staff, on=ON)
    assert (str(found.awu), [str(line.awu) for line in found.lines]) == (units, lines)
    assert found.confidence == "secondary"


def test_each_kind_of_staff_has_its_point():
    found = awu([Staff(1, kind=kind) for kind in StaffKind], on=ON)
    assert [str(line.citation).removeprefix("Racc. 2003/361/CE, allegato, ") for line in found.lines] == [
        "art. 5, lett. a)", "art. 5, lett. b)", "art. 5, lett. c)", "art. 5, lett. d)", "art. 5", "art. 5", "art. 5",
    ]  # fmt: skip
    assert [line.staff.kind for line in found.lines] == list(StaffKind)


@pytest.mark.parametrize(("staff", "on", "expected"), [
    (5, "x", [("on", "'x' is not a date: write YYYY-MM-DD"), ("staff", "expected many of them; got 5")]),
    ([7, Staff(-1, 2, "x", "y"), Staff(True)], ON, [
        ("staff 1", "expected Staff; got 7"), ("staff 2", "fraction: 2 is above 100%: a rate of 2 per cent is written 2%"),
        ("staff 2", f"kind: 'y' is none of {', '.join(StaffKind)}"), ("staff 2", "n: a count is never negative; got -1"),
        ("staff 2", "part_of_year: 'x' is not a number: write 1234.50"), ("staff 3", "n: expected a number; got true"),
    ]),
    ([Staff(1, 100), Staff(1, 101), Staff(1, "100.5%")], ON, [
        ("staff 1", "fraction: 100 is above 100%: a rate of 100 per cent is written 100%"),
        ("staff 2", "fraction: 101 is above 100%"), ("staff 3", "fraction: 100.5% is above 100%"),
    ]),
])  # fmt: skip
def test_each_fault_of_staff(staff, on, expected):
    assert faults(lambda: awu(staff, on=on)) == [("<staff>", subject, message) for subject, message in expected]
