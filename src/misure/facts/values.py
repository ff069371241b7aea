# SPDX-License-Identifier: Apache-2.0
"""One value, as somebody wrote it, to the internal form of its fact; or why it cannot be.

Internal forms: a number is an integer scaled by its decimals, a date or an event an ordinal (an event that has not
happened is `NOT_YET`), a time of day its microseconds from midnight, a truth a bool, a choice, a code and a text a str.
None means that nobody said it.

>>> from misure.facts.vocabulary import Fact, Kind
>>> turnover = Fact("turnover", Kind.NUMBER, unit="EUR", decimals=2, greatest=10_000_000_000_000)
>>> read_value(turnover, "1234.50", on=738307)
123450
>>> read_value(turnover, 1234.5, on=738307)
Traceback (most recent call last):
...
misure.facts.values.Unfit: 1234.5 is a binary float, which is not exact: write it as text, "1234.5"
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import numbers
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeAlias, assert_never

from misure.facts.truth_texts import likely_truth, truth_of
from misure.facts.vocabulary import Fact, Kind
from misure.ground import arguments
from misure.ground.days import WrongDay, day_text, parse_day
from misure.ground.errors import BadIdentifier
from misure.ground.money import MOST_DIGITS, decimal_text, parse_scaled, parse_share, scaled
from misure.ground.place import BLANKS, nearest, unseen
from misure.ground.spreadsheets import likely_number
from misure.ground.times import WrongTime, parse_time, time_number, time_text
from misure.identifiers.forms import TAX_CODES, WRITTEN_IN_MANY_WAYS, accepts, in_words, validate_as
from misure.identifiers.writing import padded

__all__ = [
    "CODE",
    "NOT_YET",
    "JsonDecimal",
    "Said",
    "Unfit",
    "bound_text",
    "code_form",
    "is_code",
    "read_value",
    "shown",
]

NOT_YET = 0
"""The internal form of an event that has not happened; no day has this ordinal."""

Said: TypeAlias = int | bool | str
"""The internal form of a value that was told."""

_BLANKS = dict.fromkeys(map(ord, BLANKS), " ")
_MOST_BITS = 64
_LONGEST_IDENTIFIER = 60
"""Room for the blanks of an identifier that is not written plainly, so that its plain form can be told."""

_BELOW_DIVISION = r"(\.[0-9]{1,2}(\.[0-9]{1,2})?)?"
CODE = re.compile(f"[0-9]{{2}}{_BELOW_DIVISION}")
"""A classification code with its dots: division, group or class, category."""


def code_form(fact: Fact) -> str:
    """The regular expression of a code of the fact's classification: its divisions, and the groups and classes of an edition of NACE."""
    from misure.identifiers import nace

    if fact.scheme in nace.EDITIONS and set(fact.divisions) == set(nace.divisions(fact.scheme)):
        return nace.form(fact.scheme)
    return f"({'|'.join(fact.divisions)}){_BELOW_DIVISION}" if fact.divisions else CODE.pattern


def is_code(text: str, sections: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a classification has such a section, or may have such a code: of the code only the division is known.

    >>> sections = {"I": ("55", "56"), "J": ("58", "59", "60", "61", "62", "63")}
    >>> [is_code(text, sections) for text in ("J", "62.01", "64.1", "K")]
    [True, True, False, False]
    """
    if text in sections:
        return True
    return bool(CODE.fullmatch(text)) and (not sections or any(text[:2] in below for below in sections.values()))


class Unfit(ValueError):
    """A value that cannot be: why, and the right value that looks most like it. `at` leads to the part at fault."""

    def __init__(self, message: str, suggestion: str | None = None, at: tuple[str, ...] = ()) -> None:
        self.message, self.suggestion, self.at = message, suggestion, at
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class JsonDecimal:
    """A number with a point or an exponent in a JSON text: kept as written, and refused where a number is asked."""

    text: str


def shown(given: object) -> str:
    """A value as it is quoted in a message: short, and without asking foreign objects to print themselves."""
    return _number_text(given) if isinstance(given, JsonDecimal) else arguments.shown(given)


def _number_text(given: float | JsonDecimal) -> str:
    return float.__repr__(given) if isinstance(given, float) else given.text[:60]


def bound_text(fact: Fact, bound: int) -> str:
    """A bound of a fact in words: `100.00 EUR`, `1900-01-01`, `23:59:59.999999`."""
    if fact.is_time:
        return time_text(bound)
    if fact.kind is Kind.NUMBER:
        words = "".join(f" or '{word}'" for word in fact.choices) if bound == fact.greatest else ""
        return (
            f"{decimal_text(bound - (len(fact.choices) if words else 0), fact.decimals)} {fact.unit}".rstrip() + words
        )
    return day_text(bound)


def read_value(fact: Fact, given: object, on: int, *, text_source: bool = False) -> Said | None:
    """The internal form of what was said of a fact when the question is put on day `on`; None stays None.

    With `text_source` every scalar was text in its file, so truths may be written `yes`, `no`, `sì`.

    Raises:
        Unfit: It cannot be; the message is for the person who wrote it.
    """
    if given is None:
        return None
    if isinstance(given, enum.Enum) and not isinstance(given, str | int):
        given = given.value
    match fact.kind:
        case Kind.NUMBER if fact.is_time:
            return _time(given)
        case Kind.NUMBER:
            return _number(fact, given)
        case Kind.TRUTH:
            return _truth(given, text_source=text_source)
        case Kind.DATE:
            return _day(fact, given)
        case Kind.EVENT:
            return _event(fact, given, on)
        case Kind.CHOICE:
            return _choice(fact, given)
        case Kind.CODE:
            return _code(fact, given)
        case Kind.TEXT if fact.identifier:
            return _identifier(fact, given)
        case Kind.TEXT:
            return read_text(given, fact.greatest)
        case _:
            assert_never(fact.kind)


def _number(fact: Fact, given: object) -> int:
    if isinstance(given, float | JsonDecimal):
        text = _number_text(given)
        why = f'a binary float, which is not exact: write it as text, "{text}"' if text[-1:].isdigit() else "no number"
        raise Unfit(f"{text} is {why}")
    if fact.choices and isinstance(given, str) and given in fact.choices:
        return fact.beyond[given]
    try:
        value = _scaled(fact, given)
    except (ValueError, ArithmeticError) as error:
        right = _within(fact, likely_number(given)) if isinstance(given, str) else None
        if isinstance(given, str) and fact.choices:
            right = nearest(given.lower(), fact.choices) or right
        raise Unfit(f"{error}; expected {_expected_number(fact)}", right) from None
    if value is None:
        raise Unfit(f"expected {_expected_number(fact)}; got {shown(given)}")
    if value < fact.least:
        raise Unfit(f"{shown(given)} is below the least that can be, {bound_text(fact, fact.least)}")
    if value > fact.greatest:
        raise Unfit(f"{shown(given)} is above the greatest that can be, {bound_text(fact, fact.greatest)}")
    return value


def _within(fact: Fact, text: str | None) -> str | None:
    """The text of a number, where the fact can have it: what is offered is taken."""
    try:
        return text if text is not None and fact.least <= parse_scaled(text, fact.decimals) <= fact.greatest else None
    except (ValueError, ArithmeticError):
        return None


def _scaled(fact: Fact, given: object) -> int | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, str):
        if fact.unit == "share" and given.endswith("%"):
            return scaled(parse_share(given), fact.decimals)
        return parse_scaled(given, fact.decimals)
    if isinstance(given, decimal.Decimal):
        if not given.is_finite():
            raise ValueError(f"{given} is no number")
        if given and not -MOST_DIGITS <= given.adjusted() <= MOST_DIGITS:
            raise ValueError("the number is too long")
        # Unlike a text, a Decimal with idle zeros cannot be a mistaken thousands separator.
        return scaled(Fraction(given), fact.decimals)
    if isinstance(given, numbers.Rational):
        return scaled(Fraction(int(given.numerator), int(given.denominator)), fact.decimals)
    return None


def _expected_number(fact: Fact) -> str:
    kind = f"at most {fact.decimals} decimals" if fact.decimals else "whole"
    example = ', such as "0.35" or "35%"' if fact.unit == "share" else ""
    return (
        f"a number from {decimal_text(fact.least, fact.decimals)} to {bound_text(fact, fact.greatest)}, {kind}{example}"
    )


def _time(given: object) -> int:
    if isinstance(given, dt.time):
        if given.tzinfo is not None:
            raise Unfit("expected a time of day on the clock of Italy; got one with a time zone of its own")
        return time_number(given)
    if not isinstance(given, str):
        raise Unfit(f'expected a time of day, such as "10:30"; got {shown(given)}')
    try:
        return parse_time(given)
    except WrongTime as wrong:
        raise Unfit(wrong.message, wrong.suggestion) from None


def _truth(given: object, *, text_source: bool) -> bool:
    if isinstance(given, bool):
        return given
    if text_source and isinstance(given, str):
        truth = truth_of(given)
        if truth is not None:
            return truth
        raise Unfit(f"expected yes or no; got {shown(given)}", likely_truth(given))
    raise Unfit(f"expected true or false; got {shown(given)}")


def _day(fact: Fact, given: object, also: str = "") -> int:
    if isinstance(given, dt.datetime):
        raise Unfit("expected a date; got a date with a time of day: give its day alone")
    if isinstance(given, dt.date):
        day = given.toordinal()
    elif isinstance(given, str):
        try:
            day = parse_day(given)
        except WrongDay as wrong:
            raise Unfit(f"{wrong.message}{also if 'YYYY' in wrong.message else ''}", wrong.suggestion) from None
    else:
        raise Unfit(f"expected a date, YYYY-MM-DD{also}; got {shown(given)}")
    if day < fact.least:
        raise Unfit(f"{day_text(day)} is before {day_text(fact.least)}, the first day that can be")
    if day > fact.greatest:
        raise Unfit(f"{day_text(day)} is after {day_text(fact.greatest)}, the last day that can be")
    return day


def _event(fact: Fact, given: object, on: int) -> int:
    if isinstance(given, str) and given == "not_yet":
        return NOT_YET
    day = _day(fact, given, ", or not_yet")
    if day > on:
        raise Unfit(f"{day_text(day)} has not happened yet on {day_text(on)}: write not_yet")
    return day


def _choice(fact: Fact, given: object) -> str:
    if isinstance(given, str) and given in fact.choices:
        return str(given)
    close = nearest(given, fact.choices) if isinstance(given, str) else None
    raise Unfit(f"expected one of {', '.join(fact.choices)}; got {shown(given)}", close)


def _code(fact: Fact, given: object) -> str:
    if isinstance(given, str):
        code = given.strip()
        if CODE.fullmatch(code):
            if fact.divisions and code[:2] not in fact.divisions:
                raise Unfit(f"{shown(given)} begins with {code[:2]}, which is no division of {fact.scheme}")
            if not _forms(code_form(fact))(code):
                raise _no_code(fact.scheme, code)
            return code
        dotted = ".".join(filter(None, (code[:2], code[2:4], code[4:])))
        if re.fullmatch(code_form(fact), dotted) and "." not in code:
            # Not accepted as it is: a code that lost its leading zero in a spreadsheet would become another one.
            raise Unfit(f"a code of {fact.scheme} has its dots; got {shown(given)}", dotted)
    message = f"expected a code of {fact.scheme}, such as 62 or 62.01 or 62.01.00; got {shown(given)}"
    raise Unfit(message, _likely_code(fact, given))


def _likely_code(fact: Fact, given: object) -> str | None:
    """The code of which a text or a number is a slip. A number may have lost a zero before it: where both could be, none is meant for sure."""
    from misure.identifiers import nace

    if isinstance(given, bool) or not isinstance(given, str | int | JsonDecimal) or fact.scheme not in nace.EDITIONS:
        return None
    asked = [given[:_LONGEST_IDENTIFIER]] if isinstance(given, str) else [shown(given), f"0{shown(given)}"]
    found = {nace.likely(one, edition=fact.scheme) for one in asked if one.strip()} - {None}
    right = [near for near in found if near and _forms(code_form(fact))(near)]
    return right[0] if len(right) == 1 else None


@cache
def _forms(pattern: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(pattern).fullmatch


def _no_code(edition: str, code: str) -> Unfit:
    """Why a text of the shape of a code, in a division that is there, is none of an edition of NACE or ATECO."""
    from misure.identifiers import nace

    try:
        nace.parse(code, edition=edition)
    except BadIdentifier as problem:
        others = [other for other in nace.EDITIONS if other.startswith("ateco") and nace.is_valid(code, edition=other)]
        have = "have" if len(others) > 1 else "has"
        there = f"; {' and '.join(others)} {have} it, and means another activity" if others else ""
        return Unfit(f"{shown(code)} {problem.message}{there}", nace.likely(code, edition=edition))
    return Unfit(f"{shown(code)} is no code of {edition}")


def _identifier(fact: Fact, given: object) -> str:
    """An identifier in its plain form: what is compared with another text must be the same text.

    Two writings of one tax code are one code, as everywhere where one is asked. Of the others nothing is tidied.
    """
    if type(given) is not bool and isinstance(given, numbers.Number | JsonDecimal):
        message = f"expected a text; got {shown(given)}, a number: a code is text, with all its zeros"
        raise Unfit(message, _of_number(fact.identifier, given))
    written = fact.identifier in WRITTEN_IN_MANY_WAYS
    longest = max(_LONGEST_IDENTIFIER, fact.greatest)
    try:
        text = read_text(given.translate(_BLANKS) if written and isinstance(given, str) else given, longest)
    except Unfit as problem:
        if fact.identifier in TAX_CODES and isinstance(given, str):
            problem = Unfit(problem.message, _nearest(given, fact.identifier))
        raise problem from None
    if accepts(fact.identifier)(text):
        return text
    try:
        plain = validate_as(fact.identifier, text)
    except BadIdentifier as problem:
        hint = problem.suggestion or (_nearest(text, fact.identifier) if fact.identifier in TAX_CODES else None)
        raise Unfit(f"{shown(given)} is no {in_words(fact.identifier)}: it {problem.message}", hint) from None
    if written:
        return plain
    raise Unfit(f"{shown(given)} is a {fact.identifier} that is not written in its plain form", plain)


def _of_number(kind: str, given: numbers.Number | JsonDecimal) -> str | None:
    """The identifier that a number stands for, with the zeros that a tax code lost; None of what has other digits."""
    if isinstance(given, int):
        digits = str(int(given)) if given.bit_length() <= _MOST_BITS else ""
        return padded(digits) if kind in TAX_CODES else digits if digits and accepts(kind)(digits) else None
    try:
        validate_as(kind, shown(given))
    except BadIdentifier as problem:
        return problem.suggestion
    return None


def _nearest(text: str, kind: str) -> str | None:
    """The right code of a kind that a text of the shape of one looks most like: of no other State where an Italian one is asked."""
    from misure.identifiers.identity import likely

    hint = likely(text)
    return hint if hint is not None and accepts(kind)(hint) else None


def read_text(given: object, longest: int) -> str:
    """A text for people or for comparing: stripped, and in Unicode's composed form so that equal texts are equal.

    Raises:
        Unfit: It is no text, empty, longer than `longest` characters, or has characters that do not print.
    """
    if not isinstance(given, str):
        raise Unfit(f"expected a text; got {shown(given)}")
    if len(given) > 4 * longest + 64:
        raise Unfit(f"the text has {len(given)} characters; at most {longest} are allowed")
    text = unicodedata.normalize("NFC", given).strip()
    if not text:
        raise Unfit("the text is empty: leave the fact out when it is not known")
    if (odd := unseen(text)) is not None:
        raise Unfit(f"the text has a character that does not print, U+{ord(text[odd]):04X}")
    if len(text) > longest:
        raise Unfit(f"the text has {len(text)} characters; at most {longest} are allowed")
    return text
