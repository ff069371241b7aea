# SPDX-License-Identifier: Apache-2.0
"""Programs and the entry of values as Narwhals expressions: polars, pandas, DuckDB, Arrow, Spark."""
