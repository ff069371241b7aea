# SPDX-License-Identifier: Apache-2.0
"""Programs as Narwhals expressions: polars, pandas, DuckDB, Arrow, Spark."""
