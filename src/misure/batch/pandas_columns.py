# SPDX-License-Identifier: Apache-2.0
"""The columns of a pandas frame as Arrow columns, exactly.

A column of objects may hold anything, and Arrow takes more of it than is right: a number among days becomes a day of 1970, a
day with a time of day loses it, an instant with a zone among others without loses its zone. Such a column is refused.
"""

from __future__ import annotations

import datetime as dt
import decimal
import numbers
from collections.abc import Iterable, Iterator
from typing import Any

from misure.ground.clock import WrongInstant, instant
from misure.ground.place import Fault, Place

__all__ = ["arrow_columns"]

_UNSAID = ("object", "float64")
"""The types that pandas gives to a column of no rows, whatever would stand in it."""
_MIXED = "the column mixes values of different types"


def arrow_columns(given: Any, place: Place, faults: list[Fault]) -> dict[str, Any]:
    """The columns of a frame by their names; what cannot be read exactly is added to `faults`."""
    import pyarrow as pa  # type: ignore[import-untyped]

    found: dict[str, Any] = {}
    for at, name in enumerate(map(str, given.columns)):
        column = given.iloc[:, at]
        if not len(given) and column.dtype in _UNSAID:
            found[name] = pa.nulls(0)
            continue
        try:
            found[name] = pa.array(column, type=_type_of(column), from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            faults.append(Fault(place, name, _MIXED))
        except OverflowError:
            faults.append(Fault(place, name, "a number in the column is wider than any value of a fact"))
        except WrongInstant as wrong:
            faults.append(Fault(place, name, wrong.message, wrong.suggestion))
        except _Mixed:
            faults.append(Fault(place, name, _MIXED))
        except _Endless:
            faults.append(
                Fault(place, name, "the column has a decimal that is infinite, or that signals that it is no number")
            )
    return found


class _Mixed(ValueError):
    """The values are of different types."""


class _Endless(ValueError):
    """A decimal is infinite, or signals that it is no number."""


def _type_of(column: Any) -> Any:
    """The Arrow type that holds every object of a column exactly; None where Arrow may choose it itself.

    Raises:
        _Mixed: The objects are of different types.
        _Endless: One is a decimal, and no finite number.
        WrongInstant: One is an hour that the clock of its zone never shows: Arrow would move it.
    """
    if column.dtype != object:
        return None
    try:
        told = column[column.notna()]
    except decimal.InvalidOperation:  # which pandas compares with itself
        raise _Endless from None
    families = set(map(_family, set(map(type, told))))
    if len(families) > 1:
        raise _Mixed
    if families == {"numbers"} and any(isinstance(one, decimal.Decimal) and not one.is_finite() for one in told):
        raise _Endless
    if families == {"instants"}:
        return _type_of_instants(told)
    return None


def _family(kind: type) -> str:
    """What the values of a type are, as far as a column may hold them together."""
    families = {"truths": bool, "numbers": numbers.Number, "instants": dt.datetime, "texts": str}
    found = next((family for family, above in families.items() if issubclass(kind, above)), kind.__name__)
    # The truths of NumPy are of a class of their own.
    return "truths" if found in ("bool", "bool_") else found


def _type_of_instants(told: Iterable[dt.datetime]) -> Any:
    import pyarrow as pa

    zoned = {one.tzinfo is not None for one in told}
    if len(zoned) > 1:
        raise _Mixed
    for one in _in_a_zone(told):
        instant(one)
    if any(getattr(one, "nanosecond", 0) for one in told):
        return pa.timestamp("ns", "UTC" if zoned == {True} else None)
    return None


def _in_a_zone(told: Iterable[dt.datetime]) -> Iterator[dt.datetime]:
    """The instants whose zone has a clock that may change; a `Timestamp` of pandas has been looked at when it was made."""
    return (
        one for one in told if type(one) is dt.datetime and one.tzinfo and not isinstance(one.tzinfo, dt.timezone)
    )  # fmt: skip
