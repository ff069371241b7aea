# SPDX-License-Identifier: Apache-2.0
"""A linked rulebook read again. The data may come from anybody: it makes rules, or is refused with what to do.

Entries are read in one pass, each from those before it, so there is no recursion and no ring. What each may hold is asked
of the closed table of kinds; how deep and how large the whole is when every shared part is written out is bounded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from misure._version import __version__
from misure.ground.errors import BadRules
from misure.ground.place import Fault, Place
from misure.rulebook.linked.encoding import MAGIC, law_versions, regimes_in
from misure.rulebook.linked.kinds import enums, record_kinds, table_version
from misure.rulebook.linked.soundness import strange_record, strange_rulebook
from misure.rulebook.linked.words import strange_text
from misure.rulebook.rules import Rulebook

__all__ = ["LINKED", "MOST_BYTES", "decoded", "unpickled"]

LINKED = Place("<linked rulebook>")
MOST_BYTES: Final = 8_000_000
"""Data larger than this is refused before it is looked at; a large measure takes a twentieth of it."""
MOST_DEPTH: Final = 200
"""Expressions are at most 60 deep in a rule file, and stand less than twenty below the rulebook."""
MOST_PARTS: Final = 400_000
"""How many parts there may be when each shared one is counted wherever it is used: the longest measure takes a tenth of it."""
MOST_NUMBER: Final = 2**63
_FORMAT: Final = 1
"""Of rule files."""
_HEAD = re.compile(rb"([0-9]{1,9}) ([0-9a-f]{64})")
_AGAIN = "make it again from the rule files with this library: catalogue()[...].linked()"
_PICKLED = Place("<pickled rulebook>")
_PICKLE_AGAIN = "make the pickle again with this library"


def decoded(data: bytes, *, folder: bool = False) -> tuple[Rulebook, Mapping[str, str]]:
    """The rulebook, and what a what-if changed in it. It names no folder to be opened, unless it may.

    Raises:
        BadRules: The data is no linked rulebook, was cut short or changed, or is of another version.
    """
    whole = _checked(_body(data))
    varied = whole["varied"]
    pool = whole["pool"]
    if not isinstance(varied, dict) or not isinstance(pool, list):
        raise _refused("it is no sound rulebook: 'varied' or 'pool' is not what it should be")
    if not all(isinstance(text, str) and not strange_text(text) for pair in varied.items() for text in pair):
        raise _refused("it is no sound rulebook: a what-if of it is no text")
    made = _Made()
    for row in pool:
        made.add(row)
    book = made.values[-1] if made.values else None
    if not isinstance(book, Rulebook):
        raise _refused("it is no sound rulebook: its last entry is none")
    if book.root and not folder:
        raise _refused("it is no sound rulebook: it names a folder")
    if problem := strange_rulebook(book):
        raise _refused(f"it is no sound rulebook: {problem}")
    here = law_versions(made.functions, regimes_in(pool))
    if whole["law"] != here:
        told = whole["law"] if isinstance(whole["law"], dict) else {}
        other = ", ".join(name for name, version in here.items() if told.get(name) != version) or "others"
        raise _refused(f"it rests on tables of the law that are not those of this library ({other}); {_AGAIN}")
    return book, MappingProxyType({str(name): value for name, value in varied.items()})


def unpickled(data: bytes) -> Rulebook:
    """The rulebook of a pickle, which is refused as such."""
    try:
        return decoded(data, folder=True)[0]
    except BadRules as problem:
        told = "; ".join(fault.message for fault in problem.faults)
        raise BadRules([Fault(_PICKLED, "", told.replace(_AGAIN, _PICKLE_AGAIN))]) from None


def _refused(message: str) -> BadRules:
    return BadRules([Fault(LINKED, "", message)])


def _body(data: bytes) -> bytes:
    """What follows the first line, whole and unchanged."""
    if len(data) > MOST_BYTES:
        raise _refused(f"it is larger than {MOST_BYTES // 1_000_000} MB, which no linked rulebook is")
    if not data.startswith(MAGIC[:-2]):
        raise _refused("this is no linked rulebook: that is what measure.linked() gives")
    head, _, body = data.partition(b"\n")
    found = _HEAD.fullmatch(head.removeprefix(MAGIC))
    if not head.startswith(MAGIC) or not found:
        raise _refused(f"it is written in a form that this library does not read, or was cut short; {_AGAIN}")
    length = int(found.group(1))
    if len(body) < length:
        raise _refused(f"it was cut short: {length - len(body)} of {length} bytes are missing; fetch or copy it again")
    if len(body) > length or hashlib.sha256(body).hexdigest().encode() != found.group(2):
        raise _refused(f"it was changed after it was made; fetch or copy it again, or {_AGAIN}")
    return body


def _checked(body: bytes) -> dict[str, Any]:
    """The object of the body, of this version of the library."""
    try:
        whole = json.loads(body, parse_float=_no_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _refused("it is no sound rulebook: what follows its first line is no JSON of whole numbers") from None
    if not isinstance(whole, dict) or whole.keys() != {"library", "format", "kinds", "law", "varied", "pool"}:
        raise _refused("it is no sound rulebook: what follows its first line has not the right keys")
    if whole["library"] != __version__:
        raise _refused(f"it was made by misure {_short(whole['library'])}, and this is {__version__}; {_AGAIN}")
    if whole["kinds"] != table_version():
        raise _refused(f"it was made by another state of misure {__version__}, with other kinds of rules; {_AGAIN}")
    if type(whole["format"]) is not int or whole["format"] != _FORMAT:  # true is equal to 1
        raise _refused(
            f"it holds rules of format {_short(whole['format'])}, and this library reads format {_FORMAT}; {_AGAIN}"
        )
    return whole


def _no_number(text: str) -> object:
    raise ValueError(text)


def _short(value: object) -> str:
    """A text of the data as a message may repeat it."""
    return ascii(value)[:60].strip("'")


class _Made:
    """The entries made so far, with how deep and how large each is."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.functions: set[str] = set()
        self._depth: list[int] = []
        self._parts: list[int] = []
        self._kinds, self._words = record_kinds(), enums()

    def add(self, row: object) -> None:
        """Make the next entry."""
        if not isinstance(row, list) or not row or not isinstance(row[0], str):
            raise self._wrong("an entry is a list whose head is a text")
        depth, parts, values = 0, 1, []
        for told in row[1:]:
            if type(told) is list:
                at = told[0] if len(told) == 1 and type(told[0]) is int else -1
                if not 0 <= at < len(self.values):
                    raise self._wrong("it names an entry that does not stand before it")
                depth, parts = max(depth, self._depth[at]), parts + self._parts[at]
                values.append(self.values[at])
            else:
                parts += 1
                values.append(self._scalar(told))
        if depth >= MOST_DEPTH or parts > MOST_PARTS:
            raise self._wrong("the whole is too deep or too large")
        self._depth.append(depth + 1)
        self._parts.append(parts)
        self.values.append(self._value(row[0], values))

    def _scalar(self, told: Any) -> Any:
        kind = type(told)
        if kind is str:
            if problem := strange_text(told):
                raise self._wrong(problem)
            return told
        if kind is int and abs(told) > MOST_NUMBER:
            raise self._wrong("a number is too large")
        if told is not None and kind not in (int, bool):
            raise self._wrong(f"a {kind.__name__} stands where a value should")
        return told

    def _value(self, head: str, values: Sequence[Any]) -> object:
        kind = self._kinds.get(head)
        if kind is not None:
            if len(values) != len(kind.fields):
                raise self._wrong(f"a {head} has {len(kind.fields)} fields, not {len(values)}")
            for field, fits, value in zip(kind.fields, kind.fits, values, strict=True):
                if not fits(value):
                    raise self._wrong(f"{field} of a {head} cannot be {_short(value)}")
            record = kind.made(**dict(zip(kind.fields, values, strict=True)))
            if problem := strange_record(record):
                raise self._wrong(problem)
            if head == "Call":
                self.functions.add(record.function)
            return record
        if head in self._words:
            member = self._words[head].get(values[0]) if len(values) == 1 and type(values[0]) is str else None
            if member is None:
                raise self._wrong(f"{_short(values)} is no {head}")
            return member
        return self._plain(head, values)

    def _plain(self, head: str, values: Sequence[Any]) -> object:
        match head, values:
            case "tuple", _:
                return tuple(values)
            case "set", _ if all(type(value) is str for value in values):
                return frozenset(values)
            case "map", _ if len(values) % 2 == 0 and all(type(key) is str for key in values[::2]):
                found = dict(zip(values[::2], values[1::2], strict=True))
                if len(found) * 2 == len(values):
                    return MappingProxyType(found)
            case "date", [str(text)]:
                try:
                    return dt.date.fromisoformat(text)
                except ValueError:
                    pass
            case "fraction", [int(above), int(below)] if bool not in (type(above), type(below)) and below > 0:
                return Fraction(above, below)
        raise self._wrong(f"{_short([head, *values[:3]])} is nothing that a rulebook holds")

    def _wrong(self, message: str) -> BadRules:
        return _refused(f"it is no sound rulebook: entry {len(self.values)}: {message}")
