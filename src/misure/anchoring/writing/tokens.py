# SPDX-License-Identifier: Apache-2.0
"""The figures of a text, found in one pass: every way in which Italian acts write amounts, shares, times, days and hours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from misure.anchoring.figures import UNITS, Role, Token, Value
from misure.anchoring.writing.counted import counted_after
from misure.anchoring.writing.measures import EURO, EURO_BEFORE, HALF, PER_CENT, repeated, unit_after, with_unit
from misure.anchoring.writing.numerals import MONTHS, gloss_of, number_in_digits, number_in_words
from misure.anchoring.writing.patterns import FIND
from misure.anchoring.writing.spelled import spelled
from misure.anchoring.writing.units import SCALE_WORDS, SCALES, measured, of_kind

__all__ = ["tokens_of"]


_SCALE = re.compile(rf"\s*({SCALE_WORDS})\.?", re.IGNORECASE)
_MORE = re.compile(r"\s+e?\s*(\d{1,3}(?:,\d+)?|[a-z\u00e9]+?)\s*(mila)\b", re.IGNORECASE)
_GLUED_MARK = re.compile(r"\d{1,3}\b")
"""A mark of a note right behind a figure or its unit, as texts have it that lost what is raised."""
_GLUED_UNIT = re.compile(r"[a-z\u00e0-\u00fa]{2,}(\d+)")
_STUCK = re.compile(
    r"(?<![^\W_])(?:(?i:dal|dall|dalle|al|alle|del|dei|il|entro|ore|di|per|oltre|almeno|pari|massimo|minimo|fino)(?=\d)|a(?=\d{2}))"
)
"""A word to which a figure is stuck, as texts have it that lost a blank: `entro60 giorni`."""
_DIGITS = re.compile(r"\d+")
_RAISED = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
_NO_SUM = re.compile(
    r"\b(?:comm[ai]|art(?:icol[oi]|t?\.)|nn?\.|n\u00b0|punt[oi]|lett\.|voc[ei]|pp?\.)\s*$", re.IGNORECASE
)
_OF_AN_ACT = re.compile(r"[IVXLC]+/\s?\d+")
"""The number of a resolution, behind the number of its legislature."""
_SPANS = {"biennio": 2, "triennio": 3, "quadriennio": 4, "quinquennio": 5, "decennio": 10}
_BETWEEN = re.compile(
    r"\s*(?:,|e|ed|o|od|a|ad|al|ai|[-\u2013/\u2264<]|oppure|ovvero|e\s+fino\s+a|fino\s+a|e\s+al|al\s+massimo)\s*",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2080
_LOOK = 30
_MOST_GLUED = 6


def tokens_of(text: str, most: int | None = None) -> list[Token]:
    """The figures of a text in its order, each with the unit that is written beside it, or that it shares with its neighbour.

    `most` is how many of them are read.

    >>> [(found.kind, str(found.value)) for found in tokens_of("euro 30.000,00 (trentamila/00), il 40%, 0, 6 e 12 mesi")]
    [('money', '30000'), ('share', '2/5'), ('months', '0'), ('months', '6'), ('months', '12')]
    """
    raised = [Token("code", found[0], found.start(), found.end(), "note_mark") for found in _RAISED.finditer(text)]
    flat = _RAISED.sub(lambda found: " " * len(found[0]), text) if raised else text
    flat = _STUCK.sub(lambda found: f"{found[0][:-1]} ", flat)
    found = _shared([measured(one, flat) for one in islice(_found(flat), most)], flat)
    left = list(_left_over(found, flat)) if most is None or len(found) < most else []
    return sorted([*found, *raised, *left], key=lambda one: one.start) if raised or left else found


def _left_over(found: list[Token], text: str) -> Iterator[Token]:
    """Digits that are no part of a figure, however they came to stand there: none goes unseen."""
    covered = iter(found)
    token = next(covered, None)
    for run in _DIGITS.finditer(text):
        at = run.start()
        while at < run.end():
            while token is not None and token.end <= at:
                token = next(covered, None)
            if token is None or token.start >= run.end():
                yield Token("code", text[at : run.end()], at, run.end())
                break
            if token.start > at:
                yield Token("code", text[at : token.start], at, token.start)
            at = max(at, token.end)


def _found(text: str) -> Iterator[Token]:
    until = 0
    for match in FIND.finditer(text):
        if match.start() < until:
            continue
        for found in _read(match, text):
            yield found
            until = max(until, found.end, found.past)
        if match.start() < until and text[until - 1].isalnum() and (mark := _GLUED_MARK.match(text, until)):
            yield Token("number", Fraction(int(mark[0])), until, mark.end(), own_unit=False)
            until = mark.end()


def _read(match: re.Match[str], text: str) -> Iterator[Token]:
    start, end = match.span()
    groups = match.groupdict()
    if groups["address"]:
        yield Token("code", match[0], start, end, "address")
    elif groups["section"]:
        yield Token("code", match[0], start, end, "pointer")
    elif groups["glued"]:
        word = _GLUED_UNIT.fullmatch(match[0])
        measured_ = (
            list(with_unit(Fraction(int(word[1])), start + word.start(1), end, text))
            if word and len(word[1]) < _MOST_GLUED
            else []
        )
        if measured_:
            yield from measured_
        elif any(map(str.isdecimal, match[0])):
            role: Role = "act" if _OF_AN_ACT.fullmatch(match[0]) else "code"
            yield Token("code", match[0], start, end, role)
    elif groups["date"]:
        year = int(groups["y"]) + (0 if len(groups["y"]) == 4 else 2000 if int(groups["y"]) < 70 else 1900)
        yield _day(year, int(groups["m"]), int(groups["d"]), start, end) or Token("code", match[0], start, end)
    elif groups["apart"]:
        day = _day(int(groups["y3"]), int(groups["m3"]), int(groups["d3"]), start, end)
        yield day or Token("code", "".join(match[0].split()), start, end)
    elif groups["long"]:
        yield from _long_day(groups, start, end)
    elif groups["ofyear"]:
        month = MONTHS.index(groups["month2"].lower()) + 1
        yield Token("month", f"{groups['year2']}-{month:02}", start, end)
    elif groups["short"]:
        day_, month_, year_ = map(int, match[0].split("-"))
        yield _day(2000 + year_, month_, day_, start, end) or Token("code", match[0], start, end)
    elif groups["english"]:
        yield from _number(match[0].replace(",", "").replace(".", ","), start, end, text)
    elif groups["spaced"]:
        yield from _spaced(match[0], groups["gap"] or " ", start, end, text)
    elif groups["time"] or groups["oclock"]:
        hour = int(groups["h"] or groups["h2"] or groups["h3"])
        minute = int(groups["min"] or groups["min2"] or 0)
        digits = re.compile(r"\d").search(text, start)
        begin = digits.start() if digits else start
        if hour <= 24:
            yield Token("time", f"{hour:02}:{minute:02}", begin, end)
        else:
            yield Token("code", text[begin:end], begin, end)
    elif groups["slash"]:
        yield from _slash(match[0], start, end, text)
    elif groups["number"]:
        yield from _number(match[0], start, end, text)
    elif groups["span"]:
        yield Token("years", Fraction(_SPANS[match[0].lower()]), start, end)
    elif groups["words"]:
        yield from _worded(match[0], start, end, text)
    else:
        yield from spelled(groups, start, end, text)


def _spaced(said: str, gap: str, start: int, end: int, text: str) -> Iterator[Token]:
    """A sum whose thousands are parted by blanks; several numbers where only blanks stand between, and nothing says that it is a sum."""
    before = text[max(0, start - _LOOK) : start]
    summed = gap not in " '\u2019" or "," in said or EURO.match(text, end) or EURO_BEFORE.search(before)
    if summed and not _NO_SUM.search(before):
        yield from _number(said.replace(gap, ""), start, end, text)
        return
    at = start
    for part in said.split(gap):
        yield from _number(part, at, at + len(part), text)
        at += len(part) + 1


def _day(year: int, month: int, day: int, start: int, end: int) -> Token | None:
    try:
        return Token("date", dt.date(year, month, day), start, end)
    except ValueError:
        return None


def _long_day(groups: dict[str, str | None], start: int, end: int) -> Iterator[Token]:
    word, digits, said = groups["dayword"], groups["day"], groups["year"]
    day = int(digits) if digits else 1 if word and word.lower() == "primo" else number_in_words(word or "")
    month = MONTHS.index(str(groups["month"]).lower()) + 1
    if day is None:
        return
    year = None if said is None else int(said) if said.isdecimal() else number_in_words(said)
    if year is not None:
        yield _day(year, month, day, start, end) or Token("code", f"{day}-{month}-{year}", start, end)
    elif said is None and _day(2024, month, day, start, end):
        yield Token("day_of_year", f"{month:02}-{day:02}", start, end)
    else:
        yield Token("code", f"{day}-{month}", start, end)


def _slash(said: str, start: int, end: int, text: str) -> Iterator[Token]:
    """Numbers parted by a stroke: two years, a sum with its cents, two values of one unit, or the number of an act."""
    parts = said.replace("\n", "").split("/")
    if len(parts) == 2 and all(_is_year(part) for part in parts):
        yield Token("year", Fraction(int(parts[0])), start, start + 4, own_unit=False)
        yield Token("year", Fraction(int(parts[1])), end - 4, end, own_unit=False)
        return
    after = unit_after(text, end)
    if len(parts) == 2 and after is not None:
        first = number_in_digits(parts[0])
        if first is not None:
            yield Token(after[0], first * after[1], start, start + len(parts[0]), own_unit=False)
        yield from _number(parts[1], end - len(parts[1]), end, text)
        return
    yield Token("code", "/".join(parts), start, end)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and _FIRST_YEAR <= int(text) < _LAST_YEAR


def _number(said: str, start: int, end: int, text: str) -> Iterator[Token]:
    bare = said.replace("\n", "")
    value = number_in_digits(bare)
    if value is None:
        whole, point, decimals = bare.partition(".")
        if point and decimals.isdecimal() and PER_CENT.match(text, end):
            value = Fraction(int(whole + decimals), 10 ** len(decimals))
        else:
            yield Token("code", bare, start, end)
            return
    scaled, end = _scaled(value, end, text)
    found = list(with_unit(scaled, start, end, text))
    if found:
        yield from found
    elif _is_year(bare):
        yield Token("year", value, start, end, own_unit=False)
    else:
        yield from repeated(
            Token("number", scaled, start, end, own_unit=False), scaled, Fraction(1), gloss_of(text, end)
        )


def _scaled(value: Fraction, end: int, text: str) -> tuple[Fraction, int]:
    """A number with the thousands or millions that are written after it."""
    scale = _SCALE.match(text, end)
    if scale is None:
        return value, end
    times = SCALES[scale[1].lower()]
    value, end = value * times, scale.end()
    if half := HALF.match(text, end):
        return value + Fraction(times, 2), half.end()
    if times > 1000 and (more := _MORE.match(text, end)):
        extra = number_in_digits(more[1]) if more[1][0].isdecimal() else number_in_words(more[1])
        if extra is not None:
            return value + extra * 1000, more.end()
    return value, end


def _worded(said: str, start: int, end: int, text: str) -> Iterator[Token]:
    """A number in words; `un` and `una` are one only where a unit follows."""
    number = number_in_words(said.lower())
    if number is None:
        return
    cents = re.compile(r"/(\d\d)\b").match(text, end)
    value = Fraction(number) + (Fraction(int(cents[1]), 100) if cents else 0)
    scaled, end = _scaled(value, cents.end() if cents else end, text)
    found = list(with_unit(scaled, start, end, text, in_words=True))
    if found and (scaled != 1 or found[0].kind != "points"):
        yield from found
    elif scaled != 1 and not found:
        gloss = gloss_of(text, end, in_digits=True)
        bare = Token("number", scaled, start, end, own_unit=False)
        told = gloss is not None and (gloss.value == scaled or counted_after(text, gloss.end))
        yield from repeated(bare, scaled, Fraction(1), gloss if told else None)


def _shared(found: list[Token], text: str) -> list[Token]:
    """Numbers that share a unit with a neighbour have it: `0, 6 e 12 mesi`, `da 0 a 16 punti`, `euro 500 o 1.000`."""
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        if _lends(after, one) and after.kind != "date" and _BETWEEN.fullmatch(text, one.end, after.start):
            found[at] = replace(one, kind=after.kind, value=_of_kind(one, after))
        elif _is_day(one, after, text) and _BETWEEN.fullmatch(text, one.end, after.start):
            found[at] = _in_that_month(one, after)
        elif one.kind == "day_of_year" and after.kind == "date" and len(text[one.end : after.start]) <= _NEAR:
            found[at] = _of_that_year(one, after, text)
    for at in range(1, len(found)):
        before, one = found[at - 1], found[at]
        if (
            _lends(before, one)
            and before.kind in ("money", "other_money", "points")
            and _BETWEEN.fullmatch(text, before.end, one.start)
        ):
            found[at] = replace(one, kind=before.kind, value=_of_kind(one, before))
    return found


_NEAR = 40


def _lends(one: Token, other: Token) -> bool:
    return one.kind in UNITS and other.kind == "number" and not other.own_unit


def _is_day(one: Token, after: Token, text: str) -> bool:
    """Whether a bare number may be a day of the month that is written after the next one: `dal 5 al 9 settembre 2022`."""
    dated = (
        after.kind in ("date", "day_of_year") and text[after.start].isdecimal() and text[after.end - 1 :][:1].isalnum()
    )
    return (
        dated and one.kind == "number" and not one.own_unit and isinstance(one.value, Fraction) and 1 <= one.value <= 31
    )


def _in_that_month(one: Token, after: Token) -> Token:
    assert isinstance(one.value, Fraction)
    day = int(one.value)
    if isinstance(after.value, dt.date):
        return _day(after.value.year, after.value.month, day, one.start, one.end) or one
    month = str(after.value)[:2]
    return replace(one, kind="day_of_year", value=f"{month}-{day:02}") if _day(2024, int(month), day, 0, 0) else one


def _of_kind(one: Token, after: Token) -> Value:
    assert isinstance(one.value, Fraction)
    return one.value / 100 if after.kind == "share" else of_kind(one.value, after)


def _of_that_year(one: Token, after: Token, text: str) -> Token:
    """A day without a year has the one of the next day, where nothing but a few words stand between, as in `dal 3 giugno al 9 settembre 2025`."""
    assert isinstance(one.value, str)
    assert isinstance(after.value, dt.date)
    between = text[one.end : after.start]
    month, day = map(int, one.value.split("-"))
    if re.search(r"[.;:)]\s", between) or not re.search(r"\b(?:al?|e|ed|fino|alle|o)\b", between):
        return one
    dated = _day(after.value.year, month, day, one.start, one.end)
    return dated if dated is not None and dated.value <= after.value else one  # type: ignore[operator]
