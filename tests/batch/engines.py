# SPDX-License-Identifier: Apache-2.0
"""The dataframe engines, each as a caller meets it: pandas with its own types, DuckDB with its own order of rows."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

KINDS = ("polars", "polars lazy", "pandas", "duckdb", "pyarrow")
_TYPES = {
    "polars": pl.DataFrame, "polars lazy": pl.LazyFrame, "pandas": pd.DataFrame,
    "duckdb": duckdb.DuckDBPyRelation, "pyarrow": pa.Table,
}  # fmt: skip


def long_planned(kind, *values, id=None):  # noqa: A002 - pytest's own word
    """A question that DuckDB plans for seconds, whatever the rows: of it, it is asked where what takes minutes is tried."""
    return pytest.param(*(values or (kind,)), id=id, marks=[pytest.mark.wide] if kind == "duckdb" else [])


class Engine:
    def __init__(self, kind):
        self.kind = kind
        self.connection = duckdb.connect() if kind == "duckdb" else None
        self.tables = 0

    @property
    def lazy(self):
        return self.kind in ("polars lazy", "duckdb")

    def frame(self, table):
        """A frame of this engine, of an Arrow table or of columns as Python lists."""
        table = table if isinstance(table, pa.Table) else pa.table(table)
        match self.kind:
            case "polars":
                return pl.from_arrow(table)
            case "polars lazy":
                return pl.from_arrow(table).lazy()
            case "pandas":
                # Whole numbers as whoever has gaps in them must keep them; truths, texts and days as pandas likes them.
                return table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
            case "duckdb":
                self.tables += 1
                self.connection.register(f"t{self.tables}", table)
                return self.connection.table(f"t{self.tables}")
            case _:
                return table

    def rows(self, answer):
        """The rows of an answer, after a look that it is a frame of this engine."""
        assert isinstance(answer, _TYPES[self.kind])
        match self.kind:
            case "polars":
                return answer.to_dicts()
            case "polars lazy":
                return answer.collect().to_dicts()
            case "pandas":
                return pa.Table.from_pandas(answer, preserve_index=False).to_pylist()
            case "duckdb":
                return answer.to_arrow_table().to_pylist()
            case _:
                return answer.to_pylist()

    def by_key(self, answer, key="id"):
        rows = self.rows(answer)
        found = {row.pop(key): row for row in rows}
        assert len(found) == len(rows)
        return found
