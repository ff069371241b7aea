# SPDX-License-Identifier: Apache-2.0
"""The kinds of dataframes: how a caller's frame comes in, and how the answer goes back as a frame of the same kind.

Polars is worked on lazily, pandas as an Arrow table (so that a missing truth is null and never an object); what is lazy
already stays so. Frames that are there keep the order of their rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw
from narwhals.dtypes import DType

from misure.batch.pandas_columns import arrow_columns
from misure.engines.narwhals.codes import is_plain, is_plain_aid_id, with_plain_aid_ids, with_plain_codes
from misure.engines.narwhals.frame import Frame
from misure.ground.arguments import shown
from misure.ground.errors import BadFacts
from misure.ground.place import Fault, Place
from misure.identifiers.forms import FREE, TAX_CODES

__all__ = ["ROW", "Native", "beside", "look", "native"]

ROW = "misure:row"
"""The place of a row in a frame that is there, whose order the answer keeps."""


@dataclass(frozen=True, slots=True)
class Native:
    """A caller's frame: `frame` is what is worked on, `eager` whether its rows are there to be looked at."""

    kind: str
    frame: Frame
    eager: bool
    index: Any = None
    strange: Mapping[str, str] = field(default_factory=dict)
    """The columns of a type that Narwhals does not know, with its name: what they tell cannot be read, and is not nothing."""

    def back(self, answer: Frame) -> Any:
        """The answer as a frame of the caller's kind."""
        if isinstance(answer, nw.LazyFrame):
            return answer.collect().to_native() if self.eager else answer.to_native()
        if self.kind != "pandas":
            return answer.to_native()
        found = _to_pandas(answer.to_native())
        found.index = self.index
        return found

    def made(self, columns: Mapping[str, list[Any]], schema: Mapping[str, DType]) -> Any:
        """A new frame of the caller's kind, in the order of its columns."""
        plain = self.kind in ("pandas", "duckdb") or not (self.kind == "polars" or self.eager)
        engine = "pyarrow" if plain else "polars" if self.kind == "polars" else self.frame.implementation
        return self.given(nw.from_dict(columns, schema, backend=engine))

    def given(self, frame: nw.DataFrame[Any]) -> Any:
        """A frame of rows that are there (Arrow for a pandas or DuckDB caller) as one of the caller's kind."""
        if self.kind == "pandas":
            return _to_pandas(frame.to_native())
        if self.kind == "duckdb":
            return beside(self.frame.to_native(), frame.to_native())
        if self.eager:
            return frame.to_native()
        return (frame.lazy() if self.kind == "polars" else frame.lazy(self.frame.implementation)).to_native()

    def beside_rows(self, frame: nw.DataFrame[Any]) -> Any:
        """The same of a frame that has a row for each of the caller's, in its order: in pandas it has its index too."""
        found = self.given(frame)
        if self.kind == "pandas":
            found.index = self.index
        return found

    def there(self) -> nw.DataFrame[Any]:
        """The caller's rows, looked at: what is lazy is collected, once."""
        frame = self.frame.collect() if isinstance(self.frame, nw.LazyFrame) else self.frame
        return frame.drop(ROW, strict=False)

    def with_keys(self, key: str, dtype: DType) -> Native:
        """The same frame, with keys of that type."""
        return replace(self, frame=self.frame.with_columns(nw.col(key).cast(dtype)))

    def with_plain_codes(self, kinds: Mapping[str, str]) -> Native:
        """The same frame, with the codes of some columns in their plain writing; `kinds` are the identifiers that they hold.

        Of frames that are there only the columns are written anew in which any code is not.
        """
        found = self
        for plain, rewrite, ours in (
            (is_plain, with_plain_codes, TAX_CODES),
            (is_plain_aid_id, with_plain_aid_ids, FREE),
        ):
            names = {name for name, kind in kinds.items() if kind in ours}
            texts = {name: nw.col(name) for name, dtype in found.schema.items() if name in names and _is_text(dtype)}
            texts = {name: text.cast(nw.String) for name, text in texts.items()}
            if found.eager and texts:
                seen = look(found.frame, **{name: plain(text).all() for name, text in texts.items()})
                texts = {name: text for name, text in texts.items() if seen[name] is False}
            if texts:
                found = replace(found, frame=rewrite(found.frame, texts))
        return found

    @property
    def schema(self) -> dict[str, DType]:
        """The types of the caller's columns."""
        return {name: dtype for name, dtype in self.frame.collect_schema().items() if name != ROW}


def _is_text(dtype: DType) -> bool:
    return isinstance(dtype, nw.String | nw.Categorical | nw.Enum)


def look(frame: Frame, **questions: nw.Expr) -> dict[str, Any]:
    """Some aggregates of a whole frame, by name."""
    found = frame.select(**questions)
    if isinstance(found, nw.LazyFrame):
        found = found.collect()
    return {name: found[name].to_list()[0] for name in found.columns}


def native(given: Any, place: Place) -> Native:
    """A caller's frame.

    Raises:
        BadFacts: Two columns have one name, or a pandas column mixes types.
        TypeError: It is no dataframe that Narwhals knows.
    """
    _check_names(given, place)
    try:
        frame = nw.from_native(_with_plain_types(given))
    except TypeError:
        what = "a dataframe of pandas, polars, Arrow or DuckDB"
        raise TypeError(f"{place.path.strip('<>')} is {what}; got {shown(given)}") from None
    implementation = frame.implementation
    if isinstance(frame, nw.LazyFrame):
        return Native(_name(implementation), frame, eager=False, strange=_strange(frame))
    if implementation.is_polars():
        return Native("polars", frame.with_row_index(ROW).lazy(), eager=True, strange=_strange(frame))
    if implementation.is_pandas():
        table = nw.from_native(_from_pandas(given, place))
        return Native("pandas", table.with_row_index(ROW), eager=True, index=given.index, strange=_strange(table))
    return Native(_name(implementation), frame.with_row_index(ROW), eager=True, strange=_strange(frame))


def _check_names(given: Any, place: Place) -> None:
    """Raise `BadFacts` where two columns have one name: of Arrow and pandas Narwhals takes none, of DuckDB the first."""
    if nw.dependencies.is_polars_lazyframe(given):
        return  # has none such, and is slow to tell
    names = list(map(str, getattr(given, "column_names" if nw.dependencies.is_pyarrow_table(given) else "columns", ())))
    if len(set(names)) < len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise BadFacts([Fault(place, name, "two columns have this name") for name in twice])


def _strange(frame: Frame) -> dict[str, str]:
    """The columns of a type that Narwhals does not know, which is not the type of a column of nothing but nulls."""
    unknown = [name for name, dtype in frame.collect_schema().items() if isinstance(dtype, nw.Unknown)]
    if not unknown:
        return {}
    given = frame.to_native()
    if nw.dependencies.is_pyarrow_table(given):
        types = dict(zip(given.column_names, given.schema.types, strict=True))
    elif frame.implementation.is_duckdb():
        types = dict(zip(given.columns, given.types, strict=True))
    else:
        types = dict(given.collect_schema()) if frame.implementation.is_polars() else {}
    told = {name: str(types.get(name, _NULL)) for name in unknown}
    return {name: kind for name, kind in told.items() if kind.strip('"').lower() != _NULL}


_NULL = "null"
"""What every engine calls the type of a column of nothing but nulls, in some letters or others."""


def _with_plain_types(given: Any) -> Any:
    """An Arrow table with texts and decimals of one type: Arrow joins none of another, and those of pandas 3 are wide."""
    if not nw.dependencies.is_pyarrow_table(given):
        return given
    import pyarrow as pa  # type: ignore[import-untyped]

    plain = {pa.large_string(): pa.string(), pa.string_view(): pa.string()}
    columns = []
    for column in given.columns:
        kind = column.type
        if pa.types.is_decimal(kind) and not (pa.types.is_decimal128(kind) and kind.scale >= 0):
            columns.append(_plain_decimals(column))
        else:
            columns.append(column.cast(plain[kind]) if kind in plain else column)
    return pa.table(columns, names=given.column_names)


def _plain_decimals(column: Any) -> Any:
    """Decimals as Narwhals knows them, of 38 digits and of a scale that is not below nothing; those that do not fit, as they are."""
    import pyarrow as pa

    try:
        return column.cast(pa.decimal128(38, max(column.type.scale, 0)))
    except pa.ArrowInvalid:
        return column.cast(pa.decimal256(76, max(column.type.scale, 0)))


def _name(implementation: nw.Implementation) -> str:
    return str(implementation.value)


def _from_pandas(given: Any, place: Place) -> Any:
    import pyarrow as pa

    faults = list[Fault]()
    columns = arrow_columns(given, place, faults)
    if faults:
        raise BadFacts(faults)
    return _with_plain_types(pa.table(columns))


def beside(relation: Any, members: Any) -> Any:
    """An Arrow table as a relation of the same DuckDB connection, found by the name that it has in this function."""
    found = relation.query("records", "select * from members")
    assert members is not None, "named in the query alone"
    return found


def _to_pandas(answer: Any) -> Any:
    """Numbers that may be null stay whole numbers in pandas too, and truths stay truths."""
    import pandas as pd  # type: ignore[import-untyped]
    import pyarrow as pa

    return answer.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}.get)
