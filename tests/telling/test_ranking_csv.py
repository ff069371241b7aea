# SPDX-License-Identifier: Apache-2.0
"""The ranking as CSV: what is open has two ends, and no cell is a formula."""

import csv
import datetime as dt
import os
from pathlib import Path

import pytest

import misure
from misure import Application
from misure.telling.formats.csv_ranking import _quoted, _safe, ranking_csv, write_ranking
from tests.telling import told_scenarios
from tests.telling.told_scenarios import RANKED

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


RANKING = """\
id,standing,admitted,funded,place_from,place_to,mark,costs,filed_at,asked_from,asked_to,amount_from,amount_to,envelope,window,reasons,act,assumed
a,funded,yes,yes,1,1,90.00,8000.00,2024-02-01T09:00:00+01:00,4000.00,4000.00,4000.00,4000.00,milan,first,it fits into the envelope,"DGR XI/1, art. 4",
b,funded,yes,yes,2,2,80.00,16000.00,2024-02-01T09:00:01+01:00,8000.00,8000.00,8000.00,8000.00,milan,first,it fits into the envelope,"DGR XI/1, art. 4",
c,waiting,yes,no,3,3,80.00,16000.00,2024-02-01T09:00:02+01:00,8000.00,8000.00,0.00,0.00,milan,first,"the envelope is used up; it does not fit into what is left of the envelope","DGR XI/1, art. 4",
f,funded,yes,yes,1,2,55.00,6000.00,2024-03-05T10:00:00+01:00,3000.00,3000.00,1000.00,3000.00,rest,second,"the envelope is not published (non pubblicata); it depends on other applications before it","DGR XI/1, art. 4",
g,depends,yes,unknown,1,3,,6000.00,2024-03-06T10:00:00+01:00,3000.00,3000.00,0.00,3000.00,rest,second,"its place is not known; the envelope is not published (non pubblicata); it depends on other applications before it","DGR XI/1, art. 4",
l,depends,unknown,unknown,2,3,50.00,6000.00,2024-04-10T12:00:00+02:00,3000.00,3000.00,0.00,3000.00,rest,second,"its admission is to be decided; not known: attiva; whether it was filed in a window is not known; the envelope is not published (non pubblicata); it depends on other applications before it","DGR XI/1, art. 4",
h,depends,yes,unknown,1,1,50.00,6000.00,2024-05-02T12:00:00+02:00,3000.00,3000.00,0.00,3000.00,rest,third,"the envelope is not published (non pubblicata); it depends on other applications before it","DGR XI/1, art. 4",
i,not_admitted,no,no,,,50.00,6000.00,2024-05-10T12:00:00+02:00,3000.00,3000.00,0.00,0.00,rest,,filed outside every window,"DGR XI/1, art. 4",
d,not_admitted,no,no,,,70.00,1000.00,2024-02-02T10:00:00+01:00,500.00,500.00,0.00,0.00,milan,first,it is not admitted: “È attiva” is not met,"DGR XI/1, art. 2",
e,displaced,yes,no,,,60.00,2000.00,2024-02-02T10:00:00+01:00,1000.00,1000.00,0.00,0.00,milan,first,another application stays: a,"DGR XI/1, art. 4",
"""


def test_a_whole_ranking_with_every_column():
    assert ranking_csv(told_scenarios.measure("choosing").select(RANKED, on=told_scenarios.JUNE), "en") == RANKING


@pytest.mark.parametrize(("cell", "written"), [
    ("=1", "'=1"), ("+39", "'+39"), ("-39", "-39"), ("-3.50", "-3.50"), ("-3.5.0", "'-3.5.0"), ("-", "'-"), ("-a", "'-a"),
    ("--3", "'--3"), ("-٣", "'-٣"), ("＝1+1", "'＝1+1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠a", "'＠a"), (" =1", "' =1"), ("'=1", "'=1"),
    ("D-1;=1+1", "D-1;'=1+1"), ("a; -b;c", "a;' -b;c"), ("a;-3.50", "a;-3.50"), ('a;"=1"', "a;'\"=1\""), ("a\t=1", "a\t'=1"),
    ("a\n=1", "a\n'=1"), ("\n=1", "'\n'=1"), ("a; b", "a; b"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra"), ("a=1", "a=1"), ("1-2", "1-2"), ("", ""), ("39", "39"),
])  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_reckon_with_is_quoted(cell, written):
    assert _safe(cell) == written


def test_a_cell_that_could_be_split_stands_in_quotes():
    found = ranking_csv(
        MISURA.select([Application("D-1;=1+1", {"panel_score": 80}, admitted=True, window="first")], on=ON)
    )
    assert found.splitlines()[1].startswith('"D-1;\'=1+1",funded,yes,')
    assert [_quoted(cell) for cell in ("a", "a;b", "a\tb", "a\rb", "a\nb", 'a"b', "a,b", "-3.50")] == [
        "a", '"a;b"', '"a\tb"', '"a\rb"', '"a\nb"', '"a""b"', '"a,b"', "-3.50",
    ]  # fmt: skip


def test_a_file_that_is_there_is_replaced_and_a_device_is_written_to(tmp_path):
    selection = MISURA.select([Application("D-1", {"panel_score": 80}, admitted=True, window="first")], on=ON)
    path = tmp_path / "g.csv"
    path.write_text("prima", "utf-8")
    write_ranking(selection, path)
    assert path.read_text("utf-8") == ranking_csv(selection) == ranking_csv(selection, "it")
    write_ranking(selection, Path(os.devnull))
    assert Path(os.devnull).is_char_device()


def test_a_ranking_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    selection = MISURA.select([Application("D-1", {"panel_score": 80}, admitted=True, window="first")], on=ON)
    (tmp_path / "g.csv").mkdir()
    with pytest.raises(OSError, match=r"g\.csv|directory"):
        write_ranking(selection, tmp_path / "g.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["g.csv"]
    with pytest.raises(OSError, match="No such file"):
        write_ranking(selection, tmp_path / "manca" / "g.csv")


def test_a_ranking_is_told_in_a_language_that_is_offered():
    selection = MISURA.select([Application("D-1", {"panel_score": 80}, admitted=True, window="first")], on=ON)
    with pytest.raises(ValueError, match="'fr' is not offered"):
        ranking_csv(selection, "fr")
