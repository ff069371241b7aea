# SPDX-License-Identifier: Apache-2.0
"""Dossiers as the frames that tell the same of all of them, in the library that is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from misure.facts.vocabulary import Kind
from misure.ground.extras import MissingExtra
from misure.ground.money import decimal_text
from misure.testing.handed import known

if TYPE_CHECKING:
    from misure.facts.dossier import Column, Dossier, Layout

__all__ = ["LIBRARIES", "Library", "frames_of", "library_of", "rows_of_frame"]

Library: TypeAlias = Literal["polars", "pandas", "pyarrow"]
"""The libraries of dataframes in which a population can be drawn."""
LIBRARIES: tuple[Library, ...] = ("polars", "pandas", "pyarrow")

_Cells: TypeAlias = tuple[str, list[Any]]
"""What the cells of a column are (`text`, `whole`, `exact` with its decimals after it, `truth`, `day`), and the cells."""


def frames_of(
    layout: Layout, dossiers: Sequence[Dossier], ids: Sequence[str], library: Library
) -> tuple[Any, dict[str, Any]]:
    """A frame of the applicants, by `id`, and one for the records of each table, by the id of their `applicant`.

    Raises:
        ValueError: No such library can be asked for.
        MissingExtra: It is not installed.
    """
    library_of(library)
    applicants: dict[str, _Cells] = {"id": ("text", list(ids))}
    for at, column in enumerate(layout.inputs):
        as_if = [column.name in dict(dossier.defaults) for dossier in dossiers]
        # What was said not to have happened is told so: the day that stands in for it is the library's.
        values = [0 if waits else dossier.values[at] for dossier, waits in zip(dossiers, as_if, strict=True)]
        applicants |= _cells(column, values)
    tables = {}
    for at, table in enumerate(layout.tables):
        told = [dossier.tables[at] for dossier in dossiers]
        applicants[f"{table.name}_known"] = ("truth", [not unseen for _, unseen in told])
        rows = [(id_, record) for id_, (records, _) in zip(ids, told, strict=True) for record in records]
        found: dict[str, _Cells] = {"applicant": ("text", [id_ for id_, _ in rows])}
        for place, column in enumerate(table.columns):
            found |= _cells(column, [record[place] for _, record in rows])
        tables[table.name] = _frame(found, library)
    return _frame(applicants, library), tables


def library_of(name: object) -> None:
    """Look that frames can be made with a library.

    Raises:
        TypeError: It is no name.
        ValueError: No such library can be asked for.
        MissingExtra: It is not installed.
    """
    known(name, LIBRARIES, "no library of frames")
    for needed in ("pyarrow", "pandas") if name == "pandas" else (str(name),):
        try:
            import_module(needed)
        except ModuleNotFoundError as problem:
            if (problem.name or "").partition(".")[0] != needed:
                raise
            raise MissingExtra("batch", needed) from None


def rows_of_frame(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of any of the libraries; what is not there is None."""
    if hasattr(frame, "to_dicts"):
        rows: list[dict[str, Any]] = frame.to_dicts()
    elif hasattr(frame, "to_pylist"):
        rows = frame.to_pylist()
    else:
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def _cells(column: Column, values: Iterable[Any]) -> dict[str, _Cells]:
    """The columns that tell values in internal form."""
    told, name = list(values), column.name
    match column.kind:
        case Kind.NUMBER if column.clock:
            return {name: ("text", [None if value is None else str(column.json(value)) for value in told])}
        case Kind.NUMBER if column.decimals:
            exact = [None if value is None else Decimal(decimal_text(value, column.decimals)) for value in told]
            return {name: (f"exact{column.decimals}", exact)}
        case Kind.NUMBER:
            return {name: ("whole", told)}
        case Kind.TRUTH:
            return {name: ("truth", told)}
        case Kind.DATE:
            return {name: ("day", [value and dt.date.fromordinal(value) for value in told])}
        case Kind.EVENT:
            days = [dt.date.fromordinal(value) if value else None for value in told]
            waits = [None if value is None else value == 0 for value in told]
            return {name: ("day", days), f"{name}_not_yet": ("truth", waits)}
        case _:
            return {name: ("text", told)}


# The libraries are the caller's: the one that is asked for is imported, by its name.


def _frame(columns: dict[str, _Cells], library: Library) -> Any:
    if library == "polars":
        pl = import_module("polars")
        types = {"text": pl.String, "whole": pl.Int64, "truth": pl.Boolean, "day": pl.Date}
        schema = {
            name: types.get(kind) or pl.Decimal(20, int(kind.removeprefix("exact")))
            for name, (kind, _) in columns.items()
        }
        return pl.DataFrame({name: cells for name, (_, cells) in columns.items()}, schema=schema)
    pa = import_module("pyarrow")
    arrow = {"text": pa.string(), "whole": pa.int64(), "truth": pa.bool_(), "day": pa.date32()}
    table = pa.table(
        {
            name: pa.array(cells, arrow.get(kind) or pa.decimal128(20, int(kind.removeprefix("exact"))))
            for name, (kind, cells) in columns.items()
        }
    )
    if library == "pyarrow":
        return table
    pd = import_module("pandas")
    # Whole numbers that may have gaps stay whole numbers, and texts are those of Arrow, which join with any others.
    kinds = {pa.int64(): pd.Int64Dtype(), pa.string(): pd.ArrowDtype(pa.string())}
    return table.to_pandas(types_mapper=kinds.get)
