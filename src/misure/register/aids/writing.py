# SPDX-License-Identifier: Apache-2.0
"""Records written as the register writes them (`RNA_aiuto.xsd`): for test data, and to hand on what was read.

What was written is read back equal; what is not known is written `n.d.` where the schema asks for a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from misure.ground.arguments import several, shown
from misure.ground.days import day_text
from misure.ground.errors import BadFacts
from misure.ground.given import day
from misure.ground.money import decimal_text
from misure.ground.place import Fault, Place
from misure.register.aids.aid import AidComponent, AidInstrument, AidRecord
from misure.register.aids.schema import (
    AID,
    AID_NAMESPACE,
    AIDS,
    COMPONENT,
    COMPONENTS,
    INSTRUMENT,
    INSTRUMENTS,
    LEAVES,
    NOT_TOLD,
    Kind,
    Leaf,
)  # fmt: skip
from misure.register.aids.texts import told
from misure.register.files.markup import escaped, text_fault

__all__ = ["aid_pieces", "value_fault", "write_aids"]

_MOST_DIGITS = 18
_DIGITS = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<{AIDS} xmlns="{AID_NAMESPACE}">\n'
_TAIL = f"</{AIDS}>\n"


def write_aids(records: Iterable[AidRecord]) -> bytes:
    """A file of aids.

    >>> write_aids([]).decode().splitlines()[1]
    '<LISTA_AIUTI xmlns="http://www.rna.it/RNA_aiuto/schema">'

    Raises:
        BadFacts: A record holds what no such file can say; every fault of the first such record is told.
    """
    return b"".join(aid_pieces(records))


def aid_pieces(records: Iterable[AidRecord]) -> Iterator[bytes]:
    """The same, piece by piece: for files that would not fit in memory."""
    yield from _pieces(several("records", records, "AidRecords, one after the other"))


def _pieces(records: Iterable[AidRecord]) -> Iterator[bytes]:
    yield _HEAD.encode()
    for number, record in zip(count(1), records, strict=False):
        yield _record(record, number)
    yield _TAIL.encode()


def value_fault(value: object, leaf: Leaf) -> str | None:
    """What keeps a value from being written as an element and read back as it is."""
    try:
        _WRITERS[leaf.kind](value)
    except (ValueError, TypeError) as problem:
        return str(problem)
    return None


def _record(record: AidRecord, number: int) -> bytes:
    if not isinstance(record, AidRecord):
        raise BadFacts([Fault(Place("<aids>"), f"record {number}", f"expected an AidRecord; got {shown(record)}")])
    lines: list[str] = []
    faults: list[str] = []
    _holder(record, AID, 1, lines, faults)
    if faults:
        subject = f"record {number} (COR {record.cor!s:.20})"
        raise BadFacts(Fault(Place("<aids>"), subject, fault) for fault in faults)
    lines.append("")
    return "\n".join(lines).encode()


_ITEMS: dict[str, tuple[str, str, type]] = {
    AID: (COMPONENTS, COMPONENT, AidComponent), COMPONENT: (INSTRUMENTS, INSTRUMENT, AidInstrument),
}  # fmt: skip


def _holder(value: Any, element: str, depth: int, lines: list[str], faults: list[str]) -> None:
    indent = "  " * depth
    lines.append(f"{indent}<{element}>")
    names = tuple(type(value).__dataclass_fields__)
    for name, leaf in zip(names, LEAVES[element], strict=False):
        text = _text(getattr(value, name), leaf, faults)
        if text is not None:
            lines.append(f"{indent}  <{leaf.element}>{text}</{leaf.element}>")
    if element in _ITEMS:
        listed, item, kind = _ITEMS[element]
        items = getattr(value, names[-1])
        if not isinstance(items, tuple) or not all(type(each) is kind for each in items):
            faults.append(f"{listed}: expected a tuple of {kind.__name__}; got {shown(items)}")
        elif items or element == COMPONENT:
            lines.append(f"{indent}  <{listed}>")
            for each in items:
                _holder(each, item, depth + 2, lines, faults)
            lines.append(f"{indent}  </{listed}>")
    lines.append(f"{indent}</{element}>")


def _text(value: Any, leaf: Leaf, faults: list[str]) -> str | None:
    """The content of an element; None where it is left out."""
    if value is None or value == ():
        if not leaf.always:
            return None
        if leaf.needed or leaf.kind not in {Kind.TEXT, Kind.CODE, Kind.SIZE, Kind.SECTORS}:
            faults.append(f"{leaf.element}: it is not known, and the schema has no way to say so")
        return NOT_TOLD
    try:
        return _WRITERS[leaf.kind](value)
    except (ValueError, TypeError) as problem:
        faults.append(f"{leaf.element}: {problem}")
        return None


def _free(value: Any) -> str:
    fault = text_fault(value)
    if fault is not None:
        raise ValueError(fault)
    if told(value) is None:
        raise ValueError(f"{shown(value)} would be read as nothing told: write None")
    return escaped(value)


def _code(value: Any) -> str:
    if isinstance(value, str) and value != value.strip():
        raise ValueError(f"{shown(value)} has blanks at its ends, which a code has not")
    return _free(value)


def _size(value: Any) -> str:
    if value == "-":
        raise ValueError("'-' would be read as nothing told: write None")
    return _code(value)


def _digits(value: Any) -> str:
    if not isinstance(value, str) or _DIGITS.fullmatch(value) is None:
        raise ValueError(f"{shown(value)} is no whole number without zeros before it, written as text")
    return value


def _whole(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 10**_MOST_DIGITS:
        raise ValueError(f"{shown(value)} is no whole number of at most {_MOST_DIGITS} digits")
    return str(value)


def _money(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**_MOST_DIGITS:
        raise ValueError(f"{shown(value)} is no amount in cents")
    return decimal_text(value, 2)


def _sectors(value: Any) -> str:
    parts = [_code(each) for each in value]
    if any("," in part for part in parts):
        raise ValueError("a code has a comma, which parts one code from the next")
    return ", ".join(parts)


_WRITERS = {
    Kind.TEXT: _free,
    Kind.CODE: _code,
    Kind.SIZE: _size,
    Kind.DIGITS: _digits,
    Kind.WHOLE: _whole,
    Kind.DAY: lambda value: day_text(day(value)),
    Kind.MONEY: _money,
    Kind.SECTORS: _sectors,
}
