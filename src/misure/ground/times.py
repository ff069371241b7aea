# SPDX-License-Identifier: Apache-2.0
"""Times of day on plain integers: how many microseconds after midnight the clock of Italy shows them.

Two times are compared as the clock shows them. The hour that autumn repeats shows the same times twice.

>>> parse_time("10:30"), time_text(37_815_250_000)
(37800000000, '10:30:15.250000')
"""

from __future__ import annotations

import datetime as dt
import re

__all__ = [
    "DAY",
    "LAST_TIME",
    "TIME_DECIMALS",
    "TIME_FORM",
    "WrongTime",
    "clock_time",
    "parse_time",
    "time_number",
    "time_text",
]

TIME_DECIMALS = 6
"""The decimals of a second to which a time is exact."""
DAY = 86_400_000_000
"""How many microseconds a day of the clock has."""
LAST_TIME = DAY - 1
TIME_FORM = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
"""The regular expression of a time: `HH:MM`, with seconds and their decimals or without."""

_RIGHT = re.compile(TIME_FORM)
_ALMOST = re.compile(r"(?:ore |h )?([0-9]{1,2})(?:[:.,h]([0-9]{2}))?(?:[:.,]([0-9]{2}))?", re.ASCII)
_SECOND, _MINUTE, _HOUR = 1_000_000, 60_000_000, 3_600_000_000


class WrongTime(ValueError):
    """A text that is no time of day, and the right one that it may mean."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        self.message, self.suggestion = message, suggestion
        super().__init__(message)


def parse_time(text: str) -> int:
    """The microseconds from midnight of `10:30`, `10:30:15` or `10:30:15.250000`.

    >>> parse_time("24:00")
    Traceback (most recent call last):
    ...
    misure.ground.times.WrongTime: 24:00 is 00:00 of the day after; the last time of a day is 23:59:59.999999

    Raises:
        WrongTime: It is no such text, or a day has no such time; the message says which.
    """
    if _RIGHT.fullmatch(text[:20]) is None or len(text) > 20:
        raise _wrong(text)
    hour, minute, seconds = text[:2], text[3:5], text[6:]
    second, _, fraction = seconds.partition(".")
    return int(hour) * _HOUR + int(minute) * _MINUTE + int(second or 0) * _SECOND + int(fraction.ljust(6, "0") or 0)


def _wrong(text: str) -> WrongTime:
    shown = repr(text) if len(text) <= 40 else f"{text[:37]!r}..."
    found = _ALMOST.fullmatch(text[:40].strip())
    if found is None:
        return WrongTime(f"{shown} is no time of day: write HH:MM, from 00:00 to 23:59, such as 10:30")
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour == 24 and not minute and not second:
        return WrongTime(f"{text} is 00:00 of the day after; the last time of a day is 23:59:59.999999")
    if hour > 23 or minute > 59 or second > 59:
        return WrongTime(
            f"{text} does not exist: hours go from 00 to 23, minutes and seconds from 00 to 59, as in 23:59"
        )
    plain = time_text(hour * _HOUR + minute * _MINUTE + second * _SECOND)
    return WrongTime(f"{shown} is not written as a time of day, HH:MM", plain)


def time_number(time: dt.time) -> int:
    """The microseconds from midnight of a time of day.

    >>> time_number(dt.time(12, 0, 0, 1))
    43200000001
    """
    return time.hour * _HOUR + time.minute * _MINUTE + time.second * _SECOND + time.microsecond


def clock_time(number: int) -> dt.time:
    """The time of day so many microseconds from midnight."""
    seconds, micro = divmod(number, _SECOND)
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, micro)


def time_text(number: int) -> str:
    """A time as it is written: `10:30`, with its seconds where it has any, and their six decimals where it has any.

    >>> time_text(37_800_000_000), time_text(37_815_000_000)
    ('10:30', '10:30:15')
    """
    time = clock_time(number)
    if time.microsecond:
        return time.isoformat("microseconds")
    return time.isoformat("seconds" if time.second else "minutes")
