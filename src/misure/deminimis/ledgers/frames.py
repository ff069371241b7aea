# SPDX-License-Identifier: Apache-2.0
"""Aid that stands in a frame, one row an aid, as a ledger: polars, pandas, Arrow, DuckDB, or a mapping of columns.

The columns are `beneficiary`, `regulation`, `granted_on` and `amount`, besides these `id` and `activity` where they are known;
others are not looked at. What a row does not tell (null, NaN) is not known: of aid without a beneficiary nobody knows whose it is.
No library of frames is imported: a frame that is handed over brings its own.

>>> columns = {"beneficiary": ["alfa", None], "regulation": ["gen"] * 2, "granted_on": ["2026-01-10"] * 2, "amount": ["10.00", 5]}
>>> ledger = ledger_of_frame(columns, complete_by="the office")
>>> list(ledger), ledger.gaps
([Aid('row 1', 'alfa', 'gen', '2026-01-10', '10.00')], (Gap(what='1 rows name no beneficiary, first row 2', beneficiary=None),))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from misure.deminimis.aid import Aid
from misure.deminimis.law import REGULATIONS
from misure.deminimis.ledgers.ledger import Gap, Ledger
from misure.ground.arguments import shown
from misure.ground.errors import BadFacts, BadIdentifier
from misure.ground.given import Mistake, cents, day, refuse
from misure.ground.place import Fault, Place, nearest
from misure.identifiers import aid_id
from misure.identifiers.entering import entered

__all__ = ["Reading", "columns_of", "is_frame", "ledger_of_columns", "ledger_of_frame", "plain_id_of"]

_ASKED = ("beneficiary", "regulation", "granted_on", "amount")
_ALSO = ("id", "activity")
_MOST_FAULTS = 100
_CENTS = 2
_SOMEBODY = "somebody"
"""Whose aid it is where no row says."""
_WHERE = "<frame>"


def is_frame(given: object) -> bool:
    """Whether something is a frame, or a mapping of columns."""
    return isinstance(given, Mapping) or any(
        hasattr(type(given), name) for name in ("columns", "column_names", "collect")
    )


def ledger_of_frame(frame: Any, *, complete_by: str | None) -> Ledger:
    """The ledger that the rows of a frame make.

    Raises:
        BadFacts: A column is missing, or a row cannot be: at most the first hundred faults are told, each with its row.
    """
    return ledger_of_columns(columns_of(frame), complete_by=complete_by)


def ledger_of_columns(columns: Mapping[str, Sequence[Any]], *, complete_by: str | None) -> Ledger:
    """As `ledger_of_frame`, of its columns."""
    faults: list[Fault] = []
    aids: list[Aid] = []
    reading = Reading()
    rows = zip(*(columns[name] for name in (*_ASKED, *_ALSO)), strict=True)
    for number, row in enumerate(rows, 1):
        try:
            aid = reading.aid(number, *row)
        except BadFacts as problem:
            faults += (
                Fault(Place(_WHERE), f"row {number}: {each.subject}", each.message, each.suggestion)
                for each in problem.faults
            )
            if len(faults) >= _MOST_FAULTS:
                del faults[_MOST_FAULTS:]
                faults.append(Fault(Place(_WHERE), f"rows after {number}", "there may be more: nothing more is read"))
                break
            continue
        if aid is not None:
            aids.append(aid)
    if faults:
        raise BadFacts(faults)
    return Ledger(aids, complete_by=complete_by, gaps=reading.gaps())


class Reading:
    """Reads rows; what comes again, a beneficiary or a day, is read once."""

    def __init__(self) -> None:
        self._who: dict[object, str] = {}
        self._days: dict[object, int] = {}
        self._nobody = self._first = 0
        self._of_none: list[Gap] = []

    def aid(
        self, number: int, beneficiary: Any, regulation: Any, granted_on: Any, amount: Any, id_: Any, activity: Any
    ) -> Aid | None:  # fmt: skip
        """The aid of a row; None where it names no beneficiary, or no regulation: it may count under any then.

        Raises:
            BadFacts: Something in it cannot be.
        """
        if of_nobody := _untold(beneficiary) or beneficiary == "":
            self._nobody += 1
            self._first = self._first or number
            if _untold(regulation) and _untold(granted_on) and _untold(amount):
                return None
            beneficiary = _SOMEBODY  # what else the row tells must be what it is called all the same
        name = f"row {number}" if _untold(id_) else str(id_)
        when = self.day(granted_on)
        money = None if _untold(amount) else amount
        told = None if _untold(activity) else activity
        who = self._known(beneficiary)
        if (
            who
            and type(when) is int
            and money is not None
            and told is None
            and regulation in REGULATIONS
            and (plain := plain_id_of(name))
        ):
            try:
                known = Aid.known(plain, who, regulation, when, cents(money))
            except ValueError:
                pass
            else:
                return None if of_nobody else known
        of_none = _untold(regulation) or regulation == ""
        day_told = dt.date.fromordinal(when) if type(when) is int else granted_on if when is not None else None
        found = Aid(name, beneficiary, REGULATIONS[0] if of_none else regulation, day_told, money, activity=told)
        if of_nobody:
            return None
        if of_none:
            self._of_none.append(Gap(f"the aid of row {number} names no regulation", found.beneficiary))
        return None if of_none else found

    def gaps(self) -> tuple[Gap, ...]:
        """What the rows leave open."""
        nobody = f"{self._nobody} rows name no beneficiary, first row {self._first}"
        return (*([Gap(nobody)] if self._nobody else []), *self._of_none)

    def _known(self, beneficiary: Any) -> str:
        """The one writing of a beneficiary; empty where it is none."""
        try:
            found = self._who.get(beneficiary)
        except TypeError:
            return ""
        if found is None:
            found = self._who[beneficiary] = entered("beneficiary", beneficiary, "an aid has a beneficiary", [])
        return found

    def day(self, given: Any) -> int | object | None:
        """The ordinal of a day; None where it is not told, and what was given where it is none."""
        if _untold(given):
            return None
        try:
            found = self._days.get(given)
        except TypeError:
            return given  # type: ignore[no-any-return]
        if found is None:
            plain = given
            if isinstance(given, dt.datetime) and given.time() == dt.time() and given.tzinfo is None:
                plain = given.date()
            try:
                found = day(plain)
            except ValueError:
                return given  # type: ignore[no-any-return]
            if not _FIRST <= found <= _LAST:
                return given  # type: ignore[no-any-return]
            self._days[given] = found
        return found


def plain_id_of(given: str) -> str:
    """The one writing of the id of an aid; empty where it is none, which is told when the row is read by itself."""
    try:
        found = aid_id.read(given)
    except BadIdentifier:
        return ""
    return found if found == found.strip() else ""


def _untold(value: Any) -> bool:
    """Whether a cell is empty: None, or one of the values that libraries of frames put there, none of which equals itself."""
    if value is None:
        return True
    if isinstance(value, str):
        return False
    try:
        return not value == value  # noqa: PLR0124, SIM201 - what is no number differs from itself
    except TypeError:
        return True
    except (ArithmeticError, ValueError):
        return False


_FIRST, _LAST = dt.date(1958, 1, 1).toordinal(), dt.date(2199, 12, 31).toordinal()


def columns_of(frame: Any) -> dict[str, Sequence[Any]]:
    """The columns that are read, as lists; one that need not be there and is not gives None in every row.

    `cents` stands beside them where the library of the frame makes whole cents of its decimals: an amount is -1 then where it
    is not told.

    Raises:
        BadFacts: A column is missing, is none, or has another length than the others.
    """
    if not isinstance(frame, Mapping) and hasattr(frame, "collect"):
        frame = frame.collect()
    if hasattr(frame, "fetchall") and hasattr(frame, "columns"):
        names, rows = list(frame.columns), frame.fetchall()
        frame = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    names = list(frame) if isinstance(frame, Mapping) else list(getattr(frame, "column_names", None) or frame.columns)
    faults: list[Mistake] = []
    for name in _ASKED:
        if name not in names:
            hint = nearest(name, [str(each) for each in names])
            faults.append((name, "the frame has no such column" + (f"; did you mean {hint!r}?" if hint else "")))
    found: dict[str, Sequence[Any]] = {}
    whole = _whole_cents(frame["amount"]) if "amount" in names else None
    for name in (*_ASKED, *_ALSO):
        if name in names:
            column = frame[name]
            if name == "amount" and whole is not None:
                found[name] = column  # a million decimals are made of it only where they are asked for
                continue
            try:
                found[name] = _listed(column)
            except TypeError:
                faults.append((name, f"expected a column; got {shown(column)}"))
    lengths = {name: len(column) for name, column in found.items()}
    if len(set(lengths.values())) > 1:
        faults += [(name, f"the column has {length} rows, and others have not") for name, length in lengths.items()]
    refuse(_WHERE, faults)
    nothing: list[Any] = [None] * lengths["beneficiary"]
    columns = {name: found.get(name, nothing) for name in (*_ASKED, *_ALSO)}
    return columns if whole is None else columns | {"cents": whole}


def _whole_cents(column: Any) -> list[int] | None:
    """A column of decimals of at most two places in whole cents, worked out by its library (polars); None where that is not so."""
    scale = getattr(getattr(column, "dtype", None), "scale", None)
    if type(scale) is not int or not 0 <= scale <= _CENTS or not hasattr(column, "fill_null"):
        return None
    try:
        found = (column * 100).cast(int).fill_null(-1).to_list()
    except Exception:  # noqa: BLE001 - whatever library it is: its cells are read one by one then
        return None
    return found if set(map(type, found)) <= {int} else None


def _listed(column: Any) -> list[Any]:
    if isinstance(column, str | bytes | Mapping):
        raise TypeError("it is one value")
    for method in ("to_list", "to_pylist", "tolist"):
        if hasattr(column, method):
            return list(getattr(column, method)())
    return list(column)
