# SPDX-License-Identifier: Apache-2.0
"""The figures of a text, found in one pass: every way in which Italian acts write amounts, shares, times, days and hours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from misure.anchoring.figures import UNITS, Kind, Role, Token, Value
from misure.anchoring.numerals import MONTHS, number_in_digits, number_in_words, ordinal_in_words
from misure.anchoring.units import SCALE_WORDS, SCALES, measured, of_kind

__all__ = ["tokens_of"]


_MONTH = "|".join(MONTHS)
_WORDS = (
    r"(?:un|due|tr[e\u00e9i]|quattr|quatt|cinqu|sei|sess|sett|sed|ott|nov|diec|dici|und|dod|quind|vent|quarant"
    r"|cinquant|cent|mill|mil)[a-z\u00e9]*"
)
_SCALE = re.compile(rf"\s*({SCALE_WORDS})\.?", re.IGNORECASE)
_HALF = re.compile(r"\s+e\s+mezzo\b", re.IGNORECASE)
_MORE = re.compile(r"\s+e?\s*(\d{1,3}(?:,\d+)?|[a-z\u00e9]+?)\s*(mila)\b", re.IGNORECASE)
_GLOSS = re.compile(
    r"\s*\(\s*([a-z\u00e9\s]{2,120}?)(?:\s+(?:per\s*cento|euro|giorni|mesi|anni|ore|punti))?(?:\s*/\s*(\d{2}))?\s*\)",
    re.IGNORECASE,
)
_FIND = re.compile(
    rf"""
      (?P<address>(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]+)+)
    | (?P<section>\b[A-Z]\.\d{{1,3}}(?:\.[a-z0-9]{{1,3}})*\b(?!,\d))
    | (?P<glued>\b(?!eur|[ivxlc]+/)[^\W\d_]+[-_]?\d\w*(?![.,]\d)|\b[A-Z]+\d+(?:\.\d+)+|\b\d+[a-z]+\d\w*|\b(?-i:[IVXLC]+)/(?=\s?\d)\s?\d+|\b\d+/(?-i:[IVXLC]+)\b|\b[A-Z]\s?\(\d{{4}}\)\s?\d+)
    | (?P<date>\b(?P<d>\d{{1,2}})(?P<sep>[/.\-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|(?<=/)\d{{2}})(?![\d/]|\.\d))
    | (?P<apart>\b(?P<d3>\d{{1,2}})\s?/\s?(?P<m3>\d{{1,2}})\s?/\s?(?P<y3>\d{{4}})(?![\d/]|\.\d))
    | (?P<long>\b(?:(?P<day>\d{{1,2}})\s?[\u00b0\u00ba^]?|(?P<dayword>primo|{_WORDS}))\s*(?P<month>{_MONTH})\b(?:\s+(?:del\s+)?(?P<year>\d{{4}}\b|(?:due\s?mila|mille)\w*))?)
    | (?P<ofyear>\b(?P<month2>{_MONTH})\s+(?P<year2>\d{{4}})\b)
    | (?P<time>(?:\b(?:ore|alle|dalle|h\.?)\s+)(?P<h>\d{{1,2}})(?:[:.,](?P<min>[0-5]\d))(?![\d%]|[.,/]\d|\s*%)|\b(?P<h2>[01]?\d|2[0-4]):(?P<min2>[0-5]\d)(?![\d:]))
    | (?P<oclock>\bore\s+(?P<h3>[01]?\d|2[0-4])(?![\d.,:/]*\d)(?!\s*(?:%|ore\b|or[ae]\b|giorn)))
    | (?P<slash>\b\d+(?:\.\d{{3}})*(?:/\n?\d+)+\b)
    | (?P<number>(?<![\w])\d+(?:\.\d+)*(?:\.\n\d{{3}}(?=(?:\.\d{{3}})*,\d\d(?!\d)))?(?:\.\d{{3}})*(?:,\n?\d+)?)
    | (?P<thirds>\b(?P<top>un|due|tre)\s+(?P<part>terz[oi]|quart[oi]|quint[oi]|decim[oi])(?=\s+(?:d[ei]|de[li]))|\bmet\u00e0(?=\s+(?:d[ei]|de[li])))
    | (?P<span>\b(?:bien|trien|quadrien|quinquen|decen)nio\b)
    | (?P<ordinal>\b(?P<ordword>[a-z]+esimo|decimo|quinto)(?=\s+giorno\b))
    | (?P<words>\b{_WORDS}\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_OF_AN_ACT = re.compile(r"[IVXLC]+/\s?\d+")
"""The number of a resolution, behind the number of its legislature."""
_PER_CENT = re.compile(r"\s*(?:%|per\s*cento\b|percento\b|punti?\s+percentual[ei]\b)", re.IGNORECASE)
_PER_MILLE = re.compile(r"\s*(?:\u2030|per\s*mille\b)", re.IGNORECASE)
_EURO = re.compile(r"\s*(?:di\s+)?(?:\u20ac|euro\b|eur\b)", re.IGNORECASE)
_EURO_BEFORE = re.compile(r"(?:\u20ac|\beuro|\beur)\s*(?:di\s+)?$", re.IGNORECASE)
_ADJECTIVE = (
    r"(?:(?:primi|ultimi|successivi|precedenti|ulteriori|interi|soli|altri|consecutivi|solari|lavorativi|naturali)\s+)?"
)
_LONG = re.compile(
    rf"\s*{_ADJECTIVE}(?P<unit>giorn[oi]|gg|mes[ei]|mensilit\u00e0|ann[oi]|ore|ora|settiman[ae]|minut[oi]|semestr[ei]|trimestr[ei]|bimestr[ei])\b\.?",
    re.IGNORECASE,
)
_LONG_BEFORE = re.compile(r"\b(?P<unit>giorni|mesi|anni)\s+(?:n\.\s*)?$", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:punti|punto(?!\s*\d)|pt|p\.ti)\b", re.IGNORECASE)
_POINTS_BEFORE = re.compile(r"(?<!ai )(?<!dei )(?<!nei )(?<!i )\bpunti\s+(?:n\.\s*)?$", re.IGNORECASE)
_ORDER = re.compile(r"(?:\s?[\u00b0\u00ba]|esimo|mo)\s+giorno\b", re.IGNORECASE)
_UNITS: dict[str, tuple[Kind, int]] = {
    "gi": ("days", 1), "gg": ("days", 1), "me": ("months", 1), "an": ("years", 1), "or": ("hours", 1), "se": ("weeks", 1),
    "mi": ("minutes", 1), "semestr": ("months", 6), "tr": ("months", 3), "bi": ("months", 2),
}  # fmt: skip
_SPANS = {"biennio": 2, "triennio": 3, "quadriennio": 4, "quinquennio": 5, "decennio": 10}
_PARTS = {"ter": 3, "qua": 4, "qui": 5, "dec": 10}
_BETWEEN = re.compile(
    r"\s*(?:,|e|ed|o|od|a|ad|al|ai|[-\u2013/\u2264<]|oppure|ovvero|e\s+fino\s+a|fino\s+a|e\s+al|al\s+massimo)\s*",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2080
_LOOK = 30


def tokens_of(text: str, most: int | None = None) -> list[Token]:
    """The figures of a text in its order, each with the unit that is written beside it, or that it shares with its neighbour.

    `most` is how many of them are read.

    >>> [(found.kind, str(found.value)) for found in tokens_of("euro 30.000,00 (trentamila/00), il 40%, 0, 6 e 12 mesi")]
    [('money', '30000'), ('share', '2/5'), ('months', '0'), ('months', '6'), ('months', '12')]
    """
    return _shared([measured(one, text) for one in islice(_found(text), most)], text)


def _found(text: str) -> Iterator[Token]:
    until = 0
    for match in _FIND.finditer(text):
        if match.start() < until:
            continue
        for found in _read(match, text):
            yield found
            until = max(until, found.end)


def _read(match: re.Match[str], text: str) -> Iterator[Token]:
    start, end = match.span()
    groups = match.groupdict()
    if groups["address"]:
        yield Token("code", match[0], start, end, "address")
    elif groups["section"]:
        yield Token("code", match[0], start, end, "pointer")
    elif groups["glued"]:
        if any(map(str.isdecimal, match[0])):
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
        yield _number(match[0], start, end, text)
    elif groups["thirds"]:
        top = number_in_words(groups["top"].lower()) or 1 if groups["top"] else 1
        under = _PARTS[groups["part"][:3].lower()] if groups["part"] else 2
        yield Token("share", Fraction(top, under), start, end)
    elif groups["span"]:
        yield Token("years", Fraction(_SPANS[match[0].lower()]), start, end)
    elif groups["ordinal"]:
        found = ordinal_in_words(groups["ordword"])
        if found is not None:
            yield Token("days", Fraction(found), start, end + len(" giorno"))
    else:
        yield from _worded(match[0], start, end, text)


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
    after = _unit_after(text, end)
    if len(parts) == 2 and after is not None:
        first = number_in_digits(parts[0])
        if first is not None:
            yield Token(after[0], first * after[1], start, start + len(parts[0]), own_unit=False)
        yield _number(parts[1], end - len(parts[1]), end, text)
        return
    yield Token("code", "/".join(parts), start, end)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and _FIRST_YEAR <= int(text) < _LAST_YEAR


def _number(said: str, start: int, end: int, text: str) -> Token:
    bare = said.replace("\n", "")
    value = number_in_digits(bare)
    if value is None:
        whole, point, decimals = bare.partition(".")
        if point and decimals.isdecimal() and _PER_CENT.match(text, end):
            value = Fraction(int(whole + decimals), 10 ** len(decimals))
        else:
            return Token("code", bare, start, end)
    scaled, end = _scaled(value, end, text)
    end = _glossed(scaled, end, text)
    found = _with_unit(scaled, start, end, text)
    if found is not None:
        return found
    if _is_year(bare):
        return Token("year", value, start, end, own_unit=False)
    return Token("number", scaled, start, end, own_unit=False)


def _scaled(value: Fraction, end: int, text: str) -> tuple[Fraction, int]:
    """A number with the thousands or millions that are written after it."""
    scale = _SCALE.match(text, end)
    if scale is None:
        return value, end
    times = SCALES[scale[1].lower()]
    value, end = value * times, scale.end()
    if half := _HALF.match(text, end):
        return value + Fraction(times, 2), half.end()
    if times > 1000 and (more := _MORE.match(text, end)):
        extra = number_in_digits(more[1]) if more[1][0].isdecimal() else number_in_words(more[1])
        if extra is not None:
            return value + extra * 1000, more.end()
    return value, end


def _glossed(value: Fraction, end: int, text: str) -> int:
    """Where a number ends that is written once more in words, where both are the same."""
    gloss = _GLOSS.match(text, end)
    if gloss is None:
        return end
    words = number_in_words(gloss[1])
    cents = Fraction(int(gloss[2] or 0), 100)
    return gloss.end() if words is not None and words + cents == value else end


def _unit_after(text: str, end: int) -> tuple[Kind, Fraction, int] | None:
    """The unit that is written after a number, what a number of it is worth, and where it ends."""
    if found := _PER_CENT.match(text, end):
        return "share", Fraction(1, 100), found.end()
    if found := _PER_MILLE.match(text, end):
        return "share", Fraction(1, 1000), found.end()
    if found := _EURO.match(text, end):
        return "money", Fraction(1), found.end()
    if found := _POINTS.match(text, end):
        return "points", Fraction(1), found.end()
    if found := _LONG.match(text, end):
        unit = found["unit"].lower()
        kind, times = _UNITS.get(unit[:7]) or _UNITS[unit[:2]]
        return kind, Fraction(times), found.end()
    return None


def _with_unit(value: Fraction, start: int, end: int, text: str) -> Token | None:
    before = text[max(0, start - _LOOK) : start]
    if _leads(_EURO_BEFORE.search(before), before):
        after = _EURO.match(text, end)
        return Token("money", value, start, _glossed(value, after.end() if after else end, text))
    unit = _unit_after(text, end)
    if unit is not None:
        return Token(unit[0], value * unit[1], start, _glossed(value, unit[2], text))
    if order := _ORDER.match(text, end):
        return Token("days", value, start, order.end())
    found = _LONG_BEFORE.search(before)
    if found is not None and _leads(found, before) and value < _FIRST_YEAR:
        of, each = _UNITS[found["unit"].lower()[:2]]
        return Token(of, value * each, start, end)
    if _leads(_POINTS_BEFORE.search(before), before):
        return Token("points", value, start, end)
    return None


def _leads(unit: re.Match[str] | None, before: str) -> bool:
    """Whether a unit that stands before a number is its own: no number has it already, as in `entro sei mesi` and a new line `3.`."""
    if unit is None:
        return False
    words = before[: unit.start()].split()
    return not words or not (
        words[-1][-1].isdecimal() or words[-1].endswith(")") or number_in_words(words[-1]) not in (None, 1)
    )


def _worded(said: str, start: int, end: int, text: str) -> Iterator[Token]:
    """A number in words; `un` and `una` are one only where a unit follows."""
    number = number_in_words(said.lower())
    if number is None:
        return
    cents = re.compile(r"/(\d\d)\b").match(text, end)
    value = Fraction(number) + (Fraction(int(cents[1]), 100) if cents else 0)
    scaled, end = _scaled(value, cents.end() if cents else end, text)
    found = _with_unit(scaled, start, end, text)
    if found is not None and (number != 1 or found.kind != "points"):
        yield found
    elif number != 1 or scaled != 1:
        yield Token("number", scaled, start, end, own_unit=False)


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
