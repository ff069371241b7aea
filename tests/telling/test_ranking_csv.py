# SPDX-License-Identifier: Apache-2.0
"""The ranking as CSV: what is open has two ends, and no cell is a formula."""

import csv
import datetime as dt

import misure
from misure import Application
from misure.telling.formats.csv_ranking import ranking_csv, write_ranking

MISURA = misure.catalogue()["lombardia/export-su-misura"]
ON = dt.date(2026, 3, 18)


def rows(applications):
    selection = MISURA.select(applications, on=ON)
    return list(csv.DictReader(ranking_csv(selection).splitlines()))


def test_what_is_open_has_two_ends():
    told = [Application(f"D-{n}", {"panel_score": 80}, admitted=True, window="first") for n in range(55)]
    row = rows(told)[0]
    assert (row["place_from"], row["place_to"], row["amount_from"], row["amount_to"]) == ("1", "55", "0.00", "11500.00")
    assert (row["standing"], row["funded"]) == ("depends", "unknown")


def test_no_cell_is_a_formula():
    names = ["=1+1", "+A1", "-A1", "@SUM(A1)", "-5.00"]
    found = rows([Application(name, {"panel_score": 80}, admitted=True, window="first") for name in names])
    assert {row["id"] for row in found} == {"'=1+1", "'+A1", "'-A1", "'@SUM(A1)", "-5.00"}


def test_the_file_is_written_whole(tmp_path):
    selection = MISURA.select([Application("D-1", {"panel_score": 80}, admitted=True, window="first")], on=ON)
    write_ranking(selection, tmp_path / "g.csv", "en")
    assert (tmp_path / "g.csv").read_text("utf-8") == ranking_csv(selection, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["g.csv"]
