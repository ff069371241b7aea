# SPDX-License-Identifier: Apache-2.0
"""Answers on de minimis aid as plain data, ready for JSON: amounts as text, days as ISO dates, a range as `from` and `to`.

>>> from decimal import Decimal
>>> data(Range(Decimal("0.00"), Decimal("300000.00")))
{'from': '0.00', 'to': '300000.00'}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from misure.deminimis.aid import Aid
from misure.ground.dated import Cited
from misure.ground.ranges import Range

__all__ = ["data", "data_of"]


def data(value: Any) -> Any:
    """A value of an answer as plain data."""
    match value:
        case None | bool() | int():
            return value
        case Enum() | str() | Decimal():
            return str(value)
        case dt.date():
            return value.isoformat()
        case tuple() | Sequence():
            return [data(each) for each in value]
        case Range():
            return {"from": data(value.least), "to": data(value.greatest)}
        case Cited():
            return {"act": value.act.id, "at": value.at, "confidence": str(value.confidence), "text": str(value)}
        case Aid():
            names = ("id", "beneficiary", "regulation", "granted_on", "amount", "activity", "measure")
            return {name: data(getattr(value, name)) for name in names}
        case _:
            return value.to_dict() if hasattr(value, "to_dict") else data_of(value)


def data_of(answer: Any, *also: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of an answer, and some of its properties, by name."""
    assert is_dataclass(answer)
    names = [field.name for field in fields(answer) if field.name not in without]
    return {name: data(getattr(answer, name)) for name in (*names, *also)}
