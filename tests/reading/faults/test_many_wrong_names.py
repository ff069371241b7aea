# SPDX-License-Identifier: Apache-2.0
"""Rule files of very many wrong names: all are told at their places, and the nearest right one of the first alone."""

from __future__ import annotations

import difflib

import pytest

from misure.ground.errors import BadRules
from misure.ground.place import few_hints, nearest
from misure.reading import read_rulebook
from tests.reading.small_measures import HEAD, VOCABULARY


def test_a_rule_file_of_very_many_wrong_names_is_told_with_few_comparisons(tmp_path, monkeypatch):
    compared = []
    known = difflib.get_close_matches
    monkeypatch.setattr(
        difflib,
        "get_close_matches",
        lambda name, names, **how: compared.append(len(names)) or known(name, names, **how),
    )
    folder = tmp_path / "prova" / "breve"
    folder.mkdir(parents=True)
    count = 300
    values = "".join(f"  value_{n:05}: {{is: 1 points, label: x, for_information: yes}}\n" for n in range(count))
    rules = "".join(f"      c{n}: {{provision: P.1, text: a, holds: marks >= valve_{n:05}}}\n" for n in range(count))
    text = HEAD + "parameters:\n" + values + "provisions:\n  - cite: {act: uno}\n    admission:\n" + rules
    (folder / "measure.yaml").write_text(text, "utf-8")
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "prova.yaml").write_text(VOCABULARY, "utf-8")
    with pytest.raises(BadRules) as caught:
        read_rulebook(tmp_path, "prova/breve")
    faults = caught.value.faults
    assert len(faults) == count
    assert faults[0].suggestion == "value_00000"
    assert faults[-1].suggestion is None
    assert 20_000 <= sum(compared) <= 20_000 + max(compared)
    assert [fault.place.line - faults[0].place.line for fault in faults] == list(range(count))


def test_what_is_read_inside_another_input_shares_its_comparisons():
    with few_hints(4):
        with few_hints(4):
            assert nearest("alfo", ["alfa", "beta"]) == "alfa"
        assert nearest("alfo", ["alfa", "beta"]) == "alfa"
        with few_hints():
            assert nearest("alfo", ["alfa"]) is None
    assert nearest("alfo", ["alfa"]) == "alfa"
