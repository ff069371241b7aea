# SPDX-License-Identifier: Apache-2.0
"""Write festivita-nazionali.csv: the national public holidays of Italy, 1990 to 2100, patron saints left out.

The law is L. 260/1949 art. 2 as cut and mended by L. 54/1977, DPR 792/1985, L. 336/2000 and L. 151/2025 (4 October,
from 2026). The days are computed by the `holidays` library. Its Easter and its Day of National Unity always fall on a
Sunday and are no holidays of their own in that law, so they are left out; Sundays need no table.

Run it from anywhere: `python rules/tables/make_festivita_nazionali.py`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 1990, 2100
TABLE = Path(__file__).with_name("festivita-nazionali.csv")
SUNDAY = 6


def rows() -> list[tuple[dt.date, str]]:
    """Every national holiday with its Italian name, in order; one that falls on a Sunday too."""
    # No subdivision: that would add the patron saint of a town.
    found = holidays.country_holidays("IT", years=range(FIRST_YEAR, LAST_YEAR + 1), language="it_IT")
    named = sorted((day, name) for day, names in found.items() for name in names.split("; "))
    free_days: dict[str, set[int]] = {}
    for day, name in named:
        free_days.setdefault(name, set()).add(day.weekday())
    kept: dict[dt.date, list[str]] = {}
    for day, name in named:
        if free_days[name] != {SUNDAY}:
            kept.setdefault(day, []).append(name)
    return [(day, "; ".join(names)) for day, names in kept.items()]


def text(made_on: dt.date) -> str:
    """The whole file."""
    out = io.StringIO()
    out.write("# source: L. 260/1949 art. 2 as amended up to L. 151/2025; ")
    out.write(f"date: {made_on}; generator: make_festivita_nazionali.py, holidays {holidays.__version__}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("date", "name"))
    writer.writerows((day.isoformat(), name) for day, name in rows())
    return out.getvalue()


if __name__ == "__main__":
    TABLE.write_text(text(dt.datetime.now(tz=dt.UTC).date()), encoding="utf-8")
