# SPDX-License-Identifier: Apache-2.0
"""What the files of rules were asked when they were read, asked again of a rulebook that comes as data.

Programs are printed from a rulebook, so above all: whatever a program calls by its name is declared, and its name is one.
The rest is asked where a program would otherwise be hung, or a page and a terminal be told something harmful.
"""

from __future__ import annotations

import datetime as dt
import keyword
import re
from collections.abc import Iterable
from fractions import Fraction
from functools import singledispatch
from itertools import chain

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind, Table, Unit
from misure.ground.place import BLANKS, unseen
from misure.ground.times import LAST_TIME, TIME_DECIMALS
from misure.identifiers.forms import KINDS
from misure.rulebook.expression import Aggregate, Call, FieldOf, Name, Type
from misure.rulebook.functions import FUNCTIONS
from misure.rulebook.rules import Condition, Criterion, Duty, Edition, Plan, Rulebook, Score, SpendingLine, Term, Value
from misure.rulebook.selection import Relation

__all__ = ["strange_record", "strange_rulebook", "strange_text"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_DIVISION = re.compile(r"[0-9]{2}", re.ASCII)
_BEGINNING = re.compile(r"[0-9]{2}(\.[0-9]{1,2}){0,2}", re.ASCII)
_MOST_DECIMALS = 16
_MOST_ITEMS = 100_000
_DAYS = (dt.date.fromordinal(FIRST_DAY), dt.date.fromordinal(LAST_DAY))


def strange_text(text: str) -> str:
    """What is wrong with a text; "" where nothing is."""
    return "a text holds a character that cannot stand in a text file" if unseen(text, BLANKS) is not None else ""


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not keyword.iskeyword(text)


@singledispatch
def strange_record(record: object) -> str:  # noqa: ARG001 - the classes that are asked something follow
    """What is wrong with one record; "" where nothing is."""
    return ""


@strange_record.register
def _(record: Type) -> str:
    return "" if 0 <= record.decimals <= _MOST_DECIMALS else "a number has too many decimals"


@strange_record.register
def _(record: Unit) -> str:
    return "" if 0 <= record.decimals <= _MOST_DECIMALS else "a unit has too many decimals"


@strange_record.register
def _(record: Fact) -> str:
    if not _is_name(record.name):
        return "a fact has no name that rules could use"
    if not 0 <= record.decimals <= _MOST_DECIMALS or record.least > record.greatest:
        return f"the bounds of {record.name!r} cannot be"
    if record.is_time and (record.decimals, record.least, record.greatest) != (TIME_DECIMALS, 0, LAST_TIME):
        return f"the bounds of {record.name!r} are not those of a time of day"
    if record.identifier and record.identifier not in KINDS:
        return f"{record.name!r} is no identifier that is known"
    if not all(map(_DIVISION.fullmatch, record.divisions)):
        return f"a division of {record.name!r} is none"
    if not all(map(_BEGINNING.fullmatch, chain(*(codes for _, codes in record.implied_by)))):
        return f"a code that implies {record.name!r} is none"
    days = record.kind in (Kind.DATE, Kind.EVENT) and record.greatest
    return f"the days of {record.name!r} lie outside the calendar" if days and not _in_days(record) else ""


def _in_days(fact: Fact) -> bool:
    return FIRST_DAY <= fact.least <= fact.greatest <= LAST_DAY


@strange_record.register
def _(record: Table) -> str:
    fields = record.fields
    if not _is_name(record.name) or any(name != fact.name for name, fact in fields.items()):
        return "a table, or a field of it, has no name that rules could use"
    if record.key not in fields or record.shown not in fields or not 0 <= record.max_items <= _MOST_ITEMS:
        return f"the table {record.name!r} cannot be"
    if record.identity and (record.identity not in fields or not fields[record.identity].identifier):
        return f"the identity of the table {record.name!r} is no identifier"
    return ""


@strange_record.register
def _(record: Call) -> str:
    return "" if record.function in FUNCTIONS else "it calls a function that the law beneath does not have"


@strange_record.register
def _(record: Edition) -> str:
    return _day(record.day)


@strange_record.register
def _(record: Condition) -> str:
    return _day(record.since) or _day(record.until)


@strange_record.register
def _(record: Value) -> str:
    parts = (record.known, record.least, record.greatest)
    large = any(isinstance(part, Fraction) and part.denominator > 10**_MOST_DECIMALS for part in parts)
    return "a share is too fine" if large else _day(record.since)


def _day(day: dt.date | None) -> str:
    return "" if day is None or _DAYS[0] <= day <= _DAYS[1] else "a day lies outside the calendar"


def strange_rulebook(book: Rulebook, parts: Iterable[object]) -> str:
    """What is wrong with the whole, whose records are `parts`; "" where nothing is."""
    if not book.editions:
        return "it has no edition"
    for named in (book.facts, book.tables, book.vocabulary.facts, book.vocabulary.tables, book.parameters):
        if any(name != held.name for name, held in named.items()):
            return "something is held under another name than its own"
    anchors = {book.law_of, *(parameter.anchor for parameter in book.parameters.values())} - {"on"}
    if not anchors <= book.facts.keys():
        return "the day that picks the law is not declared"
    return next(filter(None, (_undeclared(book, part) for part in parts)), "")


def _undeclared(book: Rulebook, part: object) -> str:
    """What a record reads and nothing declares."""
    asked: Iterable[str] = ()
    match part:
        case Name(name=name, role="fact" | "event"):
            asked = (name,)
        case FieldOf(table=table, field=field):
            return (
                ""
                if field in (book.tables[table].fields if table in book.tables else ())
                else "a field is not declared"
            )
        case Aggregate(table=table):
            return "" if table in book.tables else "a table is not declared"
        case Criterion(fact=fact):
            asked = (fact,)
        case Relation(of=of):
            asked = (of,)
        case Score(total=total):
            asked = (total,)
        case Plan(declared=declared):
            asked = (declared,)
        case Term(of=of, done=done, hour=hour):
            asked = (of, done, hour)
        case Duty(done=done):
            asked = (done,)
        case SpendingLine(takes=takes, units=units):
            asked = (*takes.values(), *units.values())
    return "" if {"", *book.facts} >= set(asked) else "a rule reads a fact that is not declared"
