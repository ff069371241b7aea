# SPDX-License-Identifier: Apache-2.0
"""Calendars at their first and last days, the longest pauses, and files that are no calendar."""

import datetime as dt
import hashlib

import pytest

from misure.ground.days import parse_day
from misure.ground.errors import NotEncoded
from misure.ground.holidays import Calendar, is_saturday, is_sunday, national_calendar, read_calendar, with_days
from misure.ground.patrons import PATRON, calendar_of, calendar_with, patrons
from misure.ground.regimes import IN_DOUBT, Regime, deadline, deadline_range, deadlines, passed_over, rule_of

NATION = national_calendar()
TABLE = "# source: by hand\ndate,name\n2020-01-01,Capodanno\n2021-12-25,Natale\n"


def on(text):
    return dt.date.fromisoformat(text).toordinal()


@pytest.fixture
def read(tmp_path):
    def written(text):
        (tmp_path / "t.csv").write_text(text, "utf-8")
        return read_calendar(tmp_path / "t.csv")

    return written


def test_a_calendar_covers_the_whole_years_of_its_days(read):
    found = read(TABLE)
    assert (found.first, found.last) == (on("2020-01-01"), on("2021-12-31"))
    assert dict(found.names) == {on("2020-01-01"): "Capodanno", on("2021-12-25"): "Natale"}
    digest = hashlib.sha256(TABLE.encode()).hexdigest()[:12]
    assert found.version == f"festivita-nazionali 2020-2021 {digest}"
    for day, pause, rest in (("12-25", 2, 2), ("12-24", 2, 3), ("12-27", 2, 3), ("12-23", 2, 2)):
        found = read(TABLE.replace("12-25", day))  # a Saturday, a Friday, a Monday, a Thursday
        assert (found.longest_pause, found.longest_break) == (pause, rest)


@pytest.mark.parametrize(("text", "why"), [
    ("# source\ndate,name\n", "expected a line that names the source, then date,name, then the days"),
    ("source\ndate,name\n2020-01-01,x\n", "expected a line that names the source, then date,name, then the days"),
    ("# source\nday,name\n2020-01-01,x\n", "expected a line that names the source, then date,name, then the days"),
    ("# source\ndate,name\n2020-02-30,x\n", "2020-02-30 does not exist: February 2020 has 29 days"),
    ("# source\ndate,name\n2020-01-01\n", "not enough values to unpack"),
])  # fmt: skip
def test_why_a_file_is_no_calendar(read, text, why):
    with pytest.raises(ValueError) as caught:
        read(text)
    assert why in str(caught.value)


def test_the_first_day_and_the_last_are_inside():
    assert NATION.is_holiday(NATION.first)
    assert NATION.holiday_name(NATION.last) is None
    assert NATION.working_days_between(NATION.first, NATION.last) > 20_000
    for ask in (NATION.is_holiday, NATION.holiday_name, NATION.is_free, NATION.is_working, NATION.roll):
        for day in (NATION.first - 1, NATION.last + 1):
            with pytest.raises(NotEncoded):
                ask(day)


@pytest.mark.parametrize(("start", "days", "end"), [
    ("2100-12-30", 1, "2100-12-31"), ("1990-01-03", -1, "1990-01-02"), ("2100-12-31", 0, "2100-12-31"), ("1990-01-01", 0, "1990-01-01"),
])  # fmt: skip
def test_the_last_working_day_that_can_be_counted_to(start, days, end):
    assert NATION.add_working_days(on(start), days) == on(end)
    if days:
        with pytest.raises(NotEncoded) as caught:
            NATION.add_working_days(on(start), 2 * days)
        assert caught.value.asked == dt.date.fromisoformat("2101-01-01" if days > 0 else "1989-12-31")
        assert (caught.value.first, caught.value.last) == (dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(("start", "end", "count"), [
    ("2026-11-20", "2026-11-20", 0), ("2026-11-20", "2026-11-23", 1), ("2026-11-23", "2026-11-20", -1), ("2026-11-21", "2026-11-22", 0),
    ("2026-11-22", "2026-11-21", 0), ("2026-11-20", "2026-11-27", 5), ("2026-11-27", "2026-11-20", -5), ("2026-11-21", "2026-11-20", -1),
])  # fmt: skip
def test_working_days_between_two_days(start, end, count):
    assert NATION.working_days_between(on(start), on(end)) == count


def test_working_days_between_days_outside():
    for start, end in ((NATION.first - 1, NATION.first), (NATION.last, NATION.last + 1)):
        with pytest.raises(NotEncoded):
            NATION.working_days_between(start, end)


@pytest.mark.parametrize(("day", "way", "end"), [
    ("2025-12-25", {}, "2025-12-27"), ("2025-12-25", {"saturdays": True}, "2025-12-29"), ("2025-12-28", {"saturdays": True, "backwards": True}, "2025-12-24"),
    ("2025-12-26", {"backwards": True}, "2025-12-24"), ("2026-12-12", {}, "2026-12-12"), ("2026-12-13", {"backwards": True}, "2026-12-12"),
])  # fmt: skip
def test_where_a_day_rolls(day, way, end):
    assert NATION.roll(on(day), **way) == on(end)


@pytest.mark.parametrize(("low", "high", "way", "least", "greatest"), [
    # The last days of the table roll within it, or their range is widened by the longest pause.
    ("2100-12-20", "2100-12-28", {}, "2100-12-20", "2100-12-28"), ("2100-12-20", "2100-12-29", {}, "2100-12-20", "2101-01-01"),
    ("2100-12-20", "2100-12-27", {"saturdays": True}, "2100-12-20", "2100-12-27"),
    ("2100-12-20", "2100-12-28", {"saturdays": True}, "2100-12-20", "2101-01-01"),
    ("1990-01-01", "1990-01-07", {}, "1990-01-02", "1990-01-08"), ("1989-12-31", "1990-01-07", {}, "1989-12-31", "1990-01-10"),
    ("1990-01-04", "1990-01-07", {"backwards": True}, "1990-01-04", "1990-01-05"),
    ("1990-01-03", "1990-01-07", {"backwards": True}, "1989-12-31", "1990-01-07"),
    ("1990-01-05", "1990-01-07", {"backwards": True, "saturdays": True}, "1990-01-05", "1990-01-05"),
    ("1990-01-04", "1990-01-07", {"backwards": True, "saturdays": True}, "1989-12-31", "1990-01-07"),
    ("2100-12-20", "2100-12-31", {"backwards": True}, "2100-12-20", "2100-12-31"),
])  # fmt: skip
def test_the_range_in_which_a_doubtful_day_rolls(low, high, way, least, greatest):
    assert NATION.roll_range(on(low), on(high), **way) == (on(least), on(greatest))


def test_more_days_leave_those_outside_and_the_names_that_are_there():
    more = with_days(
        NATION,
        "x",
        {on("2026-12-07"): "Patrono", on("2026-12-25"): "altro", NATION.last + 1: "fuori", NATION.first - 1: "fuori"},
    )
    assert (more.holiday_name(on("2026-12-07")), more.holiday_name(on("2026-12-25"))) == ("Patrono", "Natale")
    assert len(more.names) == len(NATION.names) + 1
    assert more.version == f"{NATION.version} + x"
    edge = with_days(NATION, "y", {NATION.last: "ultimo", NATION.first: "altro"})
    assert (edge.holiday_name(NATION.last), edge.holiday_name(NATION.first)) == (
        "ultimo",
        NATION.holiday_name(NATION.first),
    )


def test_calendars_of_one_version_are_equal_whatever_else_they_hold():
    one, other = Calendar("v", 1, 9, {}), Calendar("v", 1, 9, {3: "x"}, 5, 6)
    assert (one, hash(one)) == (other, hash(other))
    assert (one.longest_pause, one.longest_break, other.pause(), other.pause(saturdays=True)) == (3, 4, 5, 6)
    assert repr(other) == "Calendar(version='v', first=1, last=9)"
    assert one != Calendar("w", 1, 9, {}) and one != Calendar("v", 2, 9, {}) and one != Calendar("v", 1, 8, {})


def test_saturdays_and_sundays():
    week = [on("2026-11-16") + n for n in range(7)]
    assert [is_saturday(day) for day in week] == [False] * 5 + [True, False]
    assert [is_sunday(day) for day in week] == [False] * 6 + [True]
    assert [NATION.is_free(day) for day in week] == [False] * 6 + [True]
    assert [NATION.is_free(day, saturdays=True) for day in week] == [False] * 5 + [True, True]
    assert [NATION.is_working(day) for day in week] == [True] * 5 + [False, False]
    assert [NATION.is_working(day, feriali=True) for day in week] == [True] * 6 + [False]


# Patrons


def test_a_patron_whose_saint_is_not_told():
    calendar = calendar_with("07-02")
    assert (calendar.holiday_name(on("2026-07-02")), PATRON) == ("santo patrono", "santo patrono")
    assert calendar.version == f"{NATION.version} + 07-02"
    assert [year for year in range(1990, 2101) if calendar.is_holiday(on(f"{year}-07-02"))] == list(range(1990, 2101))
    assert calendar_of(" MILANO ") is calendar_of(" MILANO ")
    assert calendar_of(" MILANO ").holiday_name(on("2026-12-07")) == "Sant'Ambrogio"


def test_a_place_without_a_near_one_is_told_all_the_places():
    with pytest.raises(ValueError) as caught:
        calendar_of("x" * 80)
    assert str(caught.value) == f"no patron saint of '{'x' * 60}' is known; the places are {', '.join(patrons())}"
    with pytest.raises(ValueError, match=r"'13-01' is|2000-13-01 does not exist: there is no month 13"):
        calendar_with("13-01")


# Regimes


def test_which_regimes_move_and_pass_over_saturdays():
    assert [regime.value for regime in Regime if regime.moves()] == ["eu_1182_71", "it_civil", "it_cpc", "it_tax"]
    assert [regime.value for regime in Regime if regime.moves(backwards=True)] == ["it_civil", "it_cpc", "it_tax"]
    assert [regime.value for regime in Regime if regime.saturdays] == ["eu_1182_71", "it_cpc", "it_tax"]
    assert IN_DOUBT == (Regime.FIXED_INSTANT, Regime.IT_CIVIL)


@pytest.mark.parametrize(("regime", "backwards", "least", "greatest"), [
    ("fixed_instant", False, "2026-12-12", "2026-12-13"), ("validity", True, "2026-12-12", "2026-12-13"), ("it_civil", False, "2026-12-12", "2026-12-14"),
    ("it_cpc", False, "2026-12-14", "2026-12-14"), ("it_cpc", True, "2026-12-11", "2026-12-11"), ("it_civil", True, "2026-12-12", "2026-12-12"),
    ("eu_1182_71", True, "2026-12-12", "2026-12-13"), ("eu_1182_71", False, "2026-12-14", "2026-12-14"), ("it_tax", False, "2026-12-14", "2026-12-14"),
])  # fmt: skip
def test_the_range_of_a_deadline(regime, backwards, least, greatest):
    found = deadline_range(on("2026-12-12"), on("2026-12-13"), Regime(regime), NATION, backwards=backwards)
    assert found == (on(least), on(greatest))


def test_each_day_that_is_passed_over_has_its_reason():
    assert passed_over(on("2025-12-25"), on("2025-12-29"), NATION) == (
        ("holiday", "Natale"), ("holiday", "Santo Stefano"), ("saturday",), ("sunday",),
    )  # fmt: skip
    assert passed_over(on("2025-12-28"), on("2025-12-24"), NATION) == (
        ("sunday",), ("saturday",), ("holiday", "Santo Stefano"), ("holiday", "Natale"),
    )  # fmt: skip
    assert passed_over(on("2026-11-20"), on("2026-11-21"), NATION) == (("least_working_days",),)
    assert passed_over(on("2026-11-20"), on("2026-11-20"), NATION) == ()
    assert passed_over(on("2026-12-13"), on("2026-12-14"), NATION) == (("sunday",),)


@pytest.mark.parametrize(("raw", "start", "end"), [
    ("2026-11-21", "2026-11-20", "2026-11-23"),   # one day: the rule on two working days is not asked
    ("2026-11-22", "2026-11-20", "2026-11-24"), ("2026-11-22", None, "2026-11-23"),
])  # fmt: skip
def test_a_period_of_two_days_has_two_working_days_where_its_start_is_known(raw, start, end):
    begun = None if start is None else on(start)
    assert deadline(on(raw), Regime.EU_1182_71, NATION, start=begun).day == on(end)
    assert deadline(on(raw), Regime.EU_1182_71, NATION, start=begun, backwards=True).day == on(raw)


def test_of_regimes_that_agree_the_first_named_stands():
    saturday = on("2026-11-21")
    for regimes in ((Regime.IT_CPC, Regime.IT_TAX), (Regime.IT_TAX, Regime.IT_CPC)):
        assert [found.regime for found in deadlines(saturday, regimes, NATION)] == [regimes[0]]
    back = deadlines(saturday, (Regime.IT_CIVIL, Regime.IT_CPC), NATION, backwards=True)
    assert [(found.day, found.regime) for found in back] == [
        (on("2026-11-20"), Regime.IT_CPC), (saturday, Regime.IT_CIVIL),
    ]  # fmt: skip
    both = deadlines(on("2026-11-22"), (Regime.EU_1182_71, Regime.IT_CIVIL), NATION, start=on("2026-11-20"))
    assert [(found.day, found.regime) for found in both] == [
        (on("2026-11-23"), Regime.IT_CIVIL), (on("2026-11-24"), Regime.EU_1182_71),
    ]  # fmt: skip


@pytest.mark.parametrize(("regime", "rule", "first"), [
    ("it_cpc", "moves", "2006-03-01"), ("it_tax", "moves", "2011-05-14"), ("eu_1182_71", "start", "1971-07-01"), ("it_civil", "start", "1942-04-21"),
])  # fmt: skip
def test_a_rule_is_read_from_the_day_on_which_it_began(regime, rule, first):
    assert rule_of(Regime(regime), rule, on(first)).since == parse_day(first)
    with pytest.raises(NotEncoded) as caught:
        rule_of(Regime(regime), rule, on(first) - 1)
    assert caught.value.measure == f"stato/counting-regimes ({regime}, {rule})"
    assert caught.value.first == dt.date.fromisoformat(first)
    with pytest.raises(ValueError, match=r"no rule is called 'move'; did you mean 'moves'"):
        rule_of(Regime(regime), "move", on(first))
