# SPDX-License-Identifier: Apache-2.0
"""What the tests of this repository draw depends on the seed alone, not on what was loaded or drawn before."""

import importlib.util
import sys

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st


def drawn():
    found = []

    @seed(7)
    @settings(max_examples=200, database=None, phases=[Phase.generate])
    @given(st.integers(), st.text(max_size=3))
    def gather(number, text):
        found.append((number, text))

    gather()
    return found


def test_a_module_more_changes_nothing_that_is_drawn(tmp_path, monkeypatch):
    before = drawn()
    path = tmp_path / "of_many_constants.py"
    path.write_text("".join(f"a{n} = {1_000_003 * n}\nb{n} = 'k{n}'\n" for n in range(150)), "utf-8")
    spec = importlib.util.spec_from_file_location("of_many_constants", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "of_many_constants", module)
    spec.loader.exec_module(module)
    assert drawn() == before
    assert len(set(before)) > 100
