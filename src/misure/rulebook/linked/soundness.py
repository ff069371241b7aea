# SPDX-License-Identifier: Apache-2.0
"""What the files of rules were asked when they were read, asked again of a rulebook that comes as data.

Programs are printed from a rulebook, so above all: whatever a program calls by its name is declared, and its name is one.
The rest is asked where a program would otherwise be hung, or a page and a terminal be told something harmful.
"""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from functools import lru_cache, singledispatch
from itertools import chain

from misure.facts.vocabulary import FIRST_DAY, LAST_DAY, Fact, Kind, Table, Unit
from misure.ground.errors import BadIdentifier
from misure.ground.times import LAST_TIME, TIME_DECIMALS
from misure.identifiers.forms import KINDS
from misure.rulebook.acts import Act, Citation
from misure.rulebook.expression import Call, Type
from misure.rulebook.functions import FUNCTIONS
from misure.rulebook.linked.references import strange_references
from misure.rulebook.linked.words import is_name
from misure.rulebook.rules import Condition, Edition, Rulebook, Value

__all__ = ["strange_record", "strange_rulebook"]

_DIVISION = re.compile(r"[0-9]{2}", re.ASCII)
_BEGINNING = re.compile(r"[0-9]{2}(\.[0-9]{1,2}){0,2}", re.ASCII)
_MOST_DECIMALS = 16
_MOST_ITEMS = 100_000
_DAYS = (dt.date.fromordinal(FIRST_DAY), dt.date.fromordinal(LAST_DAY))


@singledispatch
def strange_record(record: object) -> str:  # noqa: ARG001 - the classes that are asked something follow
    """What is wrong with one record; "" where nothing is."""
    return ""


@strange_record.register
def _(record: Type) -> str:
    return "" if 0 <= record.decimals <= _MOST_DECIMALS else "a number has too many decimals"


@strange_record.register
def _(record: Act | Citation) -> str:
    # A page follows it.
    return "" if not record.urn or _is_address(record.urn) else f"{record.urn!r:.60} is no permanent address of an act"


@lru_cache(maxsize=1024)
def _is_address(urn: str) -> bool:
    from misure.identifiers.permanent import read_address  # few acts have one

    try:
        return str(read_address(urn)) == urn
    except BadIdentifier:
        return False


@strange_record.register
def _(record: Unit) -> str:
    return "" if 0 <= record.decimals <= _MOST_DECIMALS else "a unit has too many decimals"


@strange_record.register
def _(record: Fact) -> str:
    if not is_name(record.name):
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
    if not is_name(record.name) or any(name != fact.name for name, fact in fields.items()):
        return "a table, or a field of it, has no name that rules could use"
    if record.key not in fields or record.shown not in fields or not 0 <= record.max_items <= _MOST_ITEMS:
        return f"the table {record.name!r} cannot be"
    if record.identity and (record.identity not in fields or not fields[record.identity].identifier):
        return f"the identity of the table {record.name!r} is no identifier"
    beside = {other for fact in fields.values() for other in (*fact.determined_by, fact.other_than) if other}
    if not beside <= fields.keys():
        return f"a field of the table {record.name!r} names another that is none"
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


def strange_rulebook(book: Rulebook) -> str:
    """What is wrong with the whole; "" where nothing is."""
    if not book.editions:
        return "it has no edition"
    for named in (book.facts, book.tables, book.vocabulary.facts, book.vocabulary.tables, book.parameters):
        if any(name != held.name for name, held in named.items()):
            return "something is held under another name than its own"
    anchors = {book.law_of, *(parameter.anchor for parameter in book.parameters.values())} - {"on"}
    if not anchors <= {name for name, fact in book.facts.items() if fact.kind is Kind.EVENT}:
        return "the day that picks the law is not declared"
    return strange_references(book)
