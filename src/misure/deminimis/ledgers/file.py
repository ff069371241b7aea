# SPDX-License-Identifier: Apache-2.0
"""A ledger kept in a file, so that files of the register need not be read again for every question.

The file is text, one JSON value a line: a head with who answers for the ledger, its gaps and how many aids follow, then an aid
a line, and at the end a digest of all the lines before, so that a file that was altered is not taken for the ledger. It is read back
equal. It holds data of firms and people, as the ledger does.

>>> import io
>>> ledger = Ledger([Aid("COR-1", "alfa", "gen", "2025-01-10", "250000.00")], complete_by="register")
>>> file = io.StringIO()
>>> save_ledger(ledger, file)
>>> print(file.getvalue(), end="")
{"format": "misure-ledger", "version": 3, "complete_by": "register", "complete_until": null, "complete_for": null, "gaps": [], "aids": 1}
{"id": "COR-1", "beneficiary": "alfa", "regulation": "gen", "granted_on": "2025-01-10", "amount": "250000.00"}
{"sha256": "5c9c3101d2968113cf5919d28cb4cbb434492cd954e9f509e7ef81c2a9dadf47"}
>>> open_ledger(io.StringIO(file.getvalue())) == ledger
True
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, TextIO

from misure.deminimis.aid import Aid, RegisterKeys
from misure.deminimis.ledgers.ledger import Gap, Ledger
from misure.deminimis.plain_data import data
from misure.ground.arguments import shown
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.ground.ranges import Range
from misure.ground.whole_file import refuse_pipes, write_whole

__all__ = ["begins_a_ledger", "open_ledger", "save_ledger"]

_FORMAT, _VERSION = "misure-ledger", 3
_DIGEST = '{"sha256": '
_AGAIN = "keep it again from the register's files (misure register load, or read_ledger and save_ledger)"
_HEAD = f'{{"format": "{_FORMAT}"'
_MOST_FAULTS = 100
_LONGEST = 1 << 24
_PLAIN = ("id", "beneficiary", "regulation", "granted_on", "amount")
_MORE = ("activity", "costs", "measure", "keys", "origin")
_KEYS = tuple(field.name for field in fields(RegisterKeys))


def begins_a_ledger(start: bytes) -> bool:
    """Whether a file that begins so is one of these."""
    return start.startswith(_HEAD.encode())


def save_ledger(ledger: Ledger, target: str | os.PathLike[str] | TextIO) -> None:
    """Write a ledger to a path or an open text file: to the path of a file, the whole of it or nothing.

    A link is followed, and a pipe or a device is written into.

    Raises:
        TypeError: It is neither a ledger, nor a path or an open text file.
        OSError: The file cannot be written.
    """
    if not isinstance(ledger, Ledger):
        raise TypeError(f"expected a Ledger; got {shown(ledger)}")
    if not isinstance(target, str | os.PathLike):
        if not hasattr(target, "writelines"):
            raise TypeError(f"expected a path or an open text file; got {shown(target)}")
        target.writelines(_sealed(_lines(ledger)))
        return
    write_whole(target, _sealed(_lines(ledger)))


def _sealed(lines: Iterable[str]) -> Iterator[str]:
    """The lines, and a digest of them after the last."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        yield line
    yield f'{_DIGEST}"{digest.hexdigest()}"}}\n'


def _lines(ledger: Ledger) -> Iterator[str]:
    until, whom = ledger.complete_until, ledger.complete_for
    head = {
        "format": _FORMAT, "version": _VERSION, "complete_by": ledger.complete_by, "complete_until": data(until),
        "complete_for": None if whom is None else sorted(whom),
        "gaps": [{"what": gap.what, "beneficiary": gap.beneficiary} for gap in ledger.gaps], "aids": len(ledger),
    }  # fmt: skip
    yield json.dumps(head) + "\n"
    for aid in ledger:
        told = {name: data(getattr(aid, name)) for name in _PLAIN}
        for name in _MORE:
            value = getattr(aid, name)
            if value is not None:
                told[name] = {key: getattr(value, key) for key in _KEYS} if name == "keys" else data(value)
        yield json.dumps(told) + "\n"


def open_ledger(source: str | os.PathLike[str] | TextIO) -> Ledger:
    """The ledger that a file keeps.

    Raises:
        TypeError: It is neither a path nor an open text file.
        BadFacts: The file cannot be read, is none of these, was altered or cut short, or holds what no ledger can: at most the first
            hundred faults are told, each with its line.
    """
    if not isinstance(source, str | os.PathLike) and not hasattr(source, "readline"):
        raise TypeError(f"expected a path or an open text file; got {shown(source)}")
    where = os.fspath(source) if isinstance(source, str | os.PathLike) else getattr(source, "name", None) or "<ledger>"
    where = str(where)
    try:
        if not isinstance(source, str | os.PathLike):
            return _read(source, where)
        refuse_pipes(source)
        with open(source, encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a path may be any text the system takes
            return _read(file, where)
    except (OSError, ValueError) as problem:
        if isinstance(problem, BadFacts):
            raise
        what = getattr(problem, "strerror", None) or problem
        raise BadFacts([Fault(Place(where), "", f"the file cannot be read: {what}")]) from None


def _read(file: TextIO, where: str) -> Ledger:
    first = file.readline(_LONGEST)
    head = _value(first, where, 1)
    if not isinstance(head, dict) or head.get("format") != _FORMAT:
        raise BadFacts([Fault(Place(where, 1, 1), "", "it is no ledger that was kept in a file")])
    if type(head.get("version")) is not int or head["version"] != _VERSION:
        message = f"it was written by another version of the library: {shown(head.get('version'))}, and this one reads {_VERSION}: {_AGAIN}"
        raise BadFacts([Fault(Place(where, 1, 1), "version", message)])
    faults: list[Fault] = []
    aids: list[Aid] = []
    number, last, digest = 1, "", hashlib.sha256(first.encode())
    while line := file.readline(_LONGEST):
        if line.startswith(_DIGEST):
            last = line
            break
        number += 1
        digest.update(line.encode())
        try:
            aids.append(_aid(_value(line, where, number)))
        except BadFacts as problem:
            faults += (
                Fault(Place(where, number, 1), each.subject, each.message, each.suggestion) for each in problem.faults
            )
        if len(faults) >= _MOST_FAULTS:
            del faults[_MOST_FAULTS:]
            faults.append(Fault(Place(where, number, 1), "", "there may be more: nothing more is read"))
            raise BadFacts(faults)
    if head.get("aids") != number - 1:
        message = f"the head tells {shown(head.get('aids'))} aids, and {number - 1} follow: the file was cut short or added to"
        faults.append(Fault(Place(where, 1, 1), "aids", message))
    if last != f'{_DIGEST}"{digest.hexdigest()}"}}\n' or file.readline(1):
        message = f"the file is not as it was kept: it was altered, cut short or added to; {_AGAIN}"
        faults.append(Fault(Place(where, number + 1, 1), "", message))
    if faults:
        raise BadFacts(faults)
    try:
        gaps = [Gap(**gap) for gap in head["gaps"]]
        return Ledger(
            aids, complete_by=head["complete_by"], complete_until=head["complete_until"],
            complete_for=head["complete_for"], gaps=gaps,
        )  # fmt: skip
    except (KeyError, TypeError) as problem:
        raise BadFacts([Fault(Place(where, 1, 1), "", f"the head is not whole: {problem}")]) from None
    except BadFacts as problem:
        raise BadFacts(
            Fault(Place(where, 1, 1), each.subject, each.message, each.suggestion) for each in problem.faults
        ) from None


def _value(line: str, where: str, number: int) -> Any:
    if not line.endswith("\n"):
        raise BadFacts(
            [Fault(Place(where, number, 1), "", "the line has no end: the file was cut short, or is no ledger")]
        )
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise BadFacts([Fault(Place(where, number, 1), "", "the line is no JSON")]) from None


def _aid(given: Any) -> Aid:
    """The aid of a line.

    Raises:
        BadFacts: It is none.
    """
    if not isinstance(given, dict):
        raise BadFacts([Fault(Place("<ledger>"), "", f"expected an aid; got {shown(given)}")])
    unknown = [name for name in given if name not in _PLAIN and name not in _MORE]
    missing = [name for name in _PLAIN if name not in given]
    if unknown or missing:
        raise BadFacts(
            [Fault(Place("<ledger>"), name[:60], "an aid has no such field") for name in unknown]
            + [Fault(Place("<ledger>"), name, "it is missing") for name in missing]
        )
    keys, origin = given.get("keys"), given.get("origin")
    if keys is not None:
        strange = [name for name in keys if name not in _KEYS] if isinstance(keys, dict) else ["keys"]
        if strange:
            raise BadFacts(
                Fault(Place("<ledger>"), name[:60], "the register has no such key of an aid") for name in strange
            )
    try:
        aid = Aid(
            given["id"], given["beneficiary"], given["regulation"], _span(given["granted_on"]), _span(given["amount"]),
            activity=given.get("activity"), costs=given.get("costs"), measure=given.get("measure"),
            keys=None if keys is None else RegisterKeys(**keys),
        )  # fmt: skip
        if origin is None:
            return aid
        first, whose = origin
        return aid.but(origin=(str(first), str(whose)))
    except (TypeError, KeyError, ValueError) as problem:
        if isinstance(problem, BadFacts):
            raise
        raise BadFacts([Fault(Place("<ledger>"), "", f"it is no aid: {problem}")]) from None


def _span(given: Any) -> Any:
    return Range(given["from"], given["to"]) if isinstance(given, dict) else given
