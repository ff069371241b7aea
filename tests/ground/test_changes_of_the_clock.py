# SPDX-License-Identifier: Apache-2.0
"""Every night from 1980 to 2037 on which the clock of Italy changes: the hour that is not, and the one that is twice."""

import datetime as dt
import zoneinfo

import pytest

from misure.ground.clock import HourCount, hours_from, instant, midnight_after

ROME = zoneinfo.ZoneInfo("Europe/Rome")
HOUR = dt.timedelta(hours=1)


def changes():
    """The first moment after each change, in UTC, with the hours by which the clock goes forward."""
    day = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
    while day.year < 2038:
        next_day = day + HOUR * 24
        if day.astimezone(ROME).utcoffset() != next_day.astimezone(ROME).utcoffset():
            for moment in (day + HOUR * hours for hours in range(1, 25)):
                before, after = (one.astimezone(ROME).utcoffset() for one in (moment - HOUR, moment))
                if before != after:
                    yield moment, (after - before) // HOUR
        day = next_day


CHANGES = list(changes())
GAPS = [moment for moment, forward in CHANGES if forward == 1]
FOLDS = [moment for moment, forward in CHANGES if forward == -1]


def clock(moment):
    return moment.astimezone(ROME).replace(tzinfo=None, fold=0)


def test_the_clock_changes_twice_a_year():
    assert [moment.year for moment in GAPS] == list(range(1980, 2038))
    assert [moment.year for moment in FOLDS] == list(range(1980, 2038))


@pytest.mark.parametrize("moment", GAPS, ids=lambda moment: str(moment.year))
def test_the_hour_that_does_not_exist_is_refused_from_its_first_moment_to_its_last(moment):
    after = clock(moment)
    first, last = after - HOUR, after - dt.timedelta(microseconds=1)
    why = f"does not exist in Europe/Rome: the clock goes from {first:%H:%M} to {after:%H:%M} that night"
    for wall in (first, first + HOUR / 2, last):
        for fold in (None, 0, 1):
            with pytest.raises(ValueError) as caught:
                instant(wall.isoformat(), fold)
            assert str(caught.value) == f"{wall.isoformat()} {why}; did you mean {(wall + HOUR).isoformat()!r}?"
            assert instant(caught.value.suggestion).utc == wall.replace(tzinfo=dt.UTC) - HOUR
            with pytest.raises(ValueError, match=why):
                instant(wall, fold)
        for told in (0, 1):
            with pytest.raises(ValueError) as caught:
                instant(wall.replace(tzinfo=ROME, fold=told))
            assert caught.value.message == f"{wall.isoformat()} {why}"
            assert caught.value.suggestion == (wall + HOUR).isoformat()
        for hours in (1, 2):
            offset = dt.timezone(HOUR * hours)
            assert instant(wall.replace(tzinfo=offset)).utc == wall.replace(tzinfo=dt.UTC) - HOUR * hours
    assert instant(after.isoformat()).utc == moment
    just_before = first - dt.timedelta(microseconds=1)
    assert instant(just_before.isoformat()).utc == moment - dt.timedelta(microseconds=1)


@pytest.mark.parametrize("moment", FOLDS, ids=lambda moment: str(moment.year))
def test_of_the_hour_that_is_twice_fold_tells_which(moment):
    first = clock(moment)
    last = first + HOUR - dt.timedelta(microseconds=1)
    for wall in (first, first + HOUR / 2, last):
        later = moment + (wall - first)
        for fold, utc in ((0, later - HOUR), (1, later)):
            assert instant(wall.isoformat(), fold).utc == utc
            assert instant(wall, fold).utc == utc
            assert instant(wall.replace(tzinfo=ROME, fold=fold)).utc == utc
            assert instant(wall.replace(tzinfo=ROME, fold=fold).isoformat()).utc == utc
        with pytest.raises(ValueError) as caught:
            instant(wall.isoformat())
        ways = [f"{wall.isoformat()}+0{ahead}:00" for ahead in (2, 1)]
        said = f"{wall.isoformat()} exists twice in Europe/Rome: fold=0 says the first, fold=1 the second"
        assert str(caught.value) == f"{said}; as texts they are {ways[0]} and {ways[1]}"
        assert [instant(way).utc for way in ways] == [later - HOUR, later]
    just_before, just_after = first - dt.timedelta(microseconds=1), first + HOUR
    assert instant(just_before.isoformat()).utc == moment - HOUR - dt.timedelta(microseconds=1)
    assert instant(just_after.isoformat()).utc == moment + HOUR


@pytest.mark.parametrize("moment", GAPS + FOLDS, ids=lambda moment: str(moment.date()))
def test_the_day_of_a_change_has_one_hour_more_or_less(moment):
    day = clock(moment).date().toordinal()
    hours = (midnight_after(day).utc - midnight_after(day - 1).utc) // HOUR
    assert hours == (23 if moment in GAPS else 25)
    assert hours_from(midnight_after(day - 1), hours, HourCount.ELAPSED) == midnight_after(day)


def test_a_datetime_of_the_second_hour_is_the_second():
    first = dt.datetime(2024, 10, 27, 2, 30, tzinfo=ROME)
    assert instant(first).utc == dt.datetime(2024, 10, 27, 0, 30, tzinfo=dt.UTC)
    assert instant(first.replace(fold=1)).utc == dt.datetime(2024, 10, 27, 1, 30, tzinfo=dt.UTC)


def test_what_a_datetime_says_itself_counts_and_fold_adds_nothing():
    second = dt.datetime(2024, 10, 27, 2, 30, tzinfo=ROME, fold=1)
    assert instant(second, 0) == instant(second)
    assert instant("2024-10-27T02:30+01:00", 0) == instant("2024-10-27T02:30+01:00") == instant(second)


@pytest.mark.parametrize(("text", "utc"), [
    ("2024-10-27T24:00+02:00", "2024-10-27T22:00:00+00:00"), ("2024-10-26T24:00Z", "2024-10-27T00:00:00+00:00"),
    ("2024-02-28T24:00-05:30", "2024-02-29T05:30:00+00:00"), ("2024-02-29T00:00+23:59", "2024-02-28T00:01:00+00:00"),
])  # fmt: skip
def test_a_text_with_an_offset_and_the_hour_24(text, utc):
    assert instant(text).utc.isoformat() == utc


@pytest.mark.parametrize(
    ("fold", "said"), [(2, "2"), (-1, "-1"), ("1", "'1'"), (0.5, "0.5"), (False, "false")], ids=range(5)
)
def test_fold_is_nothing_but_0_or_1(fold, said):
    with pytest.raises(ValueError) as caught:
        instant("2024-10-27T12:00", fold)
    assert str(caught.value) == f"fold is 0 for the first of two equal hours and 1 for the second; got {said}"


def test_an_hour_that_does_not_exist_is_refused_in_whichever_zone():
    new_york = zoneinfo.ZoneInfo("America/New_York")
    why = "2026-03-08T02:30:00 does not exist in America/New_York: the clock goes from 02:00 to 03:00 that night"
    with pytest.raises(ValueError) as caught:
        instant(dt.datetime(2026, 3, 8, 2, 30, tzinfo=new_york))
    assert str(caught.value) == f"{why}; did you mean '2026-03-08T03:30:00-04:00'?"
    # In Italy that night has all its hours, and the hour that Italy has not is an hour of New York.
    assert instant(dt.datetime(2026, 3, 8, 2, 30, tzinfo=ROME)).utc == dt.datetime(2026, 3, 8, 1, 30, tzinfo=dt.UTC)
    assert instant(dt.datetime(2026, 3, 29, 2, 30, tzinfo=new_york)).utc.hour == 6


def test_a_zone_that_knows_one_offset_for_such_an_hour_is_asked_what_its_clock_shows():
    from dateutil import tz

    rome = tz.gettz("Europe/Rome")
    with pytest.raises(ValueError, match=r"2026-03-29T02:30:00\+0[12]:00 does not exist in .* its clock shows"):
        instant(dt.datetime(2026, 3, 29, 2, 30, tzinfo=rome))
    assert instant(dt.datetime(2026, 3, 29, 3, 30, tzinfo=rome)).utc.hour == 1
    assert instant(tz.enfold(dt.datetime(2026, 10, 25, 2, 30, tzinfo=rome), 1)).utc.hour == 1


class Offset(dt.tzinfo):
    """A zone that tells its offset, and nothing else."""

    def utcoffset(self, _):
        return dt.timedelta(hours=1)


def test_a_zone_that_tells_nothing_but_its_offset_is_that_offset():
    assert instant(dt.datetime(2026, 3, 29, 2, 30, tzinfo=Offset())).utc.hour == 1
