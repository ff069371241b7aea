# SPDX-License-Identifier: Apache-2.0
"""Every benchmark runs, small: what it measures beside the library answers as the library does, or it stops."""

import runpy
import sys

import pytest

from tests.packaging.environments import ROOT

FOLDER = ROOT / "benchmarks"
SMALL = {
    "anchoring.py": "--rounds 1",
    "batch_firms.py": "--rows 2000 --repeats 1",
    "components.py": "--undertakings 300 --relations 400 --repeats 1",
    "deadlines.py": "--rounds 1",
    "headroom.py": "--rounds 1 --aids 500",
    "hostile.py": "--part 200",
    "register_stream.py": "--megabytes 1 --folder {folder}",
    "run.py": "--rounds 1 --only decisions --only loading --only growth",
    "selection.py": "--rows 500 --repeats 1 --most 1000",
    "survey.py": "--undertakings 500",
}
"""With what each is small."""
HELD = {
    "aid_by_hand.py",
    "dossiers.py",
    "verso_after_grant.py",
    "verso_firm.py",
    "by_hand.py",
    "make_register.py",
    "verso_by_hand.py",
}
"""What others run, and other tests hold."""


def test_none_is_forgotten():
    assert {path.name for path in FOLDER.glob("*.py")} == SMALL.keys() | HELD


@pytest.mark.parametrize("name", SMALL)
def test_it_runs(name, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "argv", [name, *SMALL[name].replace("{folder}", str(tmp_path)).split()])
    monkeypatch.syspath_prepend(str(FOLDER))
    runpy.run_path(str(FOLDER / name), run_name="__main__")
    assert capsys.readouterr().out.count("\n") > 3
