# SPDX-License-Identifier: Apache-2.0
"""What the act rules out and what no source speaks of: two headings of `SOURCES.md`, held against the rule file."""

from __future__ import annotations

from pathlib import Path

import pytest

import misure
from misure.reading import check_package, read_text
from misure.reading.packages.silence import EXCLUDED, SILENT, check_silence, silence_in
from tests.reading.small_measures import HEAD, LINES_OF_HEAD, VOCABULARY

USUAL = ("durc", "antimafia", "size", "tobacco")
NOT_READ = "editions: {2025-01-01: {act: uno}}\n"


def told(sources: str, rules: str) -> list[str]:
    """The faults of a page and a rule file, without their hints kept apart."""
    found = check_silence(read_text(rules, "m"), silence_in(sources, "S.md"), USUAL)
    return sorted(map(str, found))


def test_points_name_what_they_are_about():
    text = (
        f"# Fonti\n* `before`: no.\n\n{EXCLUDED}\n\n* `size`, `tobacco`: l'atto li ammette tutti.\n\n## Altro\n* `other`: no.\n"
        f"{SILENT}\nTesto, e `none` qui.\n- `durc`: non letto.\n* `antimafia` non letto.\n* `only`:\n*`near`: no.\n* `seen` : no.\n"
    )
    found = silence_in(text, "S.md")
    assert {name: (place.line, place.column) for name, place in found.excluded.items()} == {
        "size": (6, 4),
        "tobacco": (6, 12),
    }
    assert {name: (place.line, place.column) for name, place in found.silent.items()} == {"durc": (12, 4)}
    assert found.faults == []


def test_the_typographic_apostrophe_is_one():
    assert list(silence_in("## L’atto lo esclude\n* `size`: no.\n", "S.md").excluded) == ["size"]


def test_what_agrees_is_sound():
    sources = f"{EXCLUDED}\n* `size`: no.\n{SILENT}\n* `durc`, `antimafia`: no.\n"
    assert told(sources, f"unasked: [antimafia, durc]\n{NOT_READ}") == []
    assert told("", NOT_READ) == []
    assert told(f"{EXCLUDED}\n{SILENT}\n", NOT_READ) == []


@pytest.mark.parametrize(("sources", "rules", "faults"), [
    ("# Fonti\n", "unasked: durc\n", [f"S.md: unasked: it has no heading '{SILENT}', under which stands what 'unasked' names"]),
    (f"{SILENT}\n* `durk`: no.\n", "unasked: [durc]\n", [
        "S.md:2:4: durk: the rule file does not name it under 'unasked'; did you mean 'durc'?",
        f"m:1:11: durc: SOURCES.md does not name it under '{SILENT}'; did you mean 'durk'?",
    ]),
    (f"{SILENT}\n* `durc`: no.\n", "a: b\n", ["S.md:2:4: durc: the rule file does not name it under 'unasked'"]),
    (f"{EXCLUDED}\n* `sizes`: no.\n", "a: b\n", ["S.md:2:4: sizes: no usual requirement is called 'sizes'; did you mean 'size'?"]),
    (f"{EXCLUDED}\n* `durc`: no.\n{SILENT}\n* `durc`: no.\n", "unasked: [durc]\n", ["S.md:4:4: durc: the act rules it out at S.md:2:4"]),
    (f"{EXCLUDED}\n* `durc`: no.\n{SILENT}\n", "unasked: [durc]\n", [
        "S.md:2:4: durc: 'unasked' names it at m:1:11: there no source speaks of it",
        f"m:1:11: durc: SOURCES.md does not name it under '{SILENT}'",
    ]),
    (f"{SILENT}\n* `durc`: no.\n* `durc`, `size`: no.\n", "unasked: [durc, size]\n", ["S.md:3:4: durc: it stands twice; first at line 2"]),
    (f"{SILENT}\n* `durc`: no.\n{SILENT}\n", "unasked: [durc]\n", [f"S.md:3:1: {SILENT}: the heading stands twice"]),
    (f"{SILENT}\n* `durc`: no.\n", "unasked: [durc]\neditions: {2025-01-01: {act: uno, read: whole}}\n", [
        f"S.md:2:4: durc: every edition was read whole: what its text does not ask stands under '{EXCLUDED}'",
    ]),
])  # fmt: skip
def test_what_does_not_agree_is_told_at_its_place(sources, rules, faults):
    assert told(sources, rules) == faults


def test_one_edition_that_was_not_read_is_enough_for_silence():
    rules = "unasked: [durc]\neditions: {2025-01-01: {act: uno, read: whole}, 2026-01-01: {act: due, read: partly}}\n"
    assert told(f"{SILENT}\n* `durc`: no.\n", rules) == []


def test_check_holds_them_against_each_other(tmp_path: Path):
    home = tmp_path / "prova" / "breve"
    home.mkdir(parents=True)
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "prova.yaml").write_text(VOCABULARY, "utf-8")
    (tmp_path / "prova" / "usual-requirements.csv").write_text("requirement,text\ndurc,DURC\n", "utf-8")
    (home / "measure.yaml").write_text(HEAD + "unasked: [durc]\n", "utf-8")
    (home / "SOURCES.md").write_text("# Fonti\n", "utf-8")
    heading = f"{home / 'SOURCES.md'}: unasked: it has no heading '{SILENT}', under which stands what 'unasked' names"
    assert heading in map(str, check_package(tmp_path))
    (home / "SOURCES.md").write_text(f"{SILENT}\n\n* `durk`: non si sa.\n", "utf-8")
    found = [str(fault) for fault in check_package(tmp_path)]
    assert (
        f"{home / 'measure.yaml'}:{LINES_OF_HEAD + 1}:11: durc: SOURCES.md does not name it under '{SILENT}'; did you mean 'durk'?"
        in found
    )
    assert (
        f"{home / 'SOURCES.md'}:3:4: durk: the rule file does not name it under 'unasked'; did you mean 'durc'?"
        in found
    )
    (home / "SOURCES.md").write_text(f"{SILENT}\n\n* `durc`: non si sa.\n", "utf-8")
    assert not [fault for fault in check_package(tmp_path) if "durc" in str(fault)]


def test_every_bundled_measure_has_both_headings():
    for measure in misure.catalogue().values():
        page = Path(measure.rulebook.root) / measure.id / "SOURCES.md"
        found = silence_in(page.read_text("utf-8"), str(page))
        assert found.excluded is not None
        assert found.silent is not None
        assert set(found.silent) == set(measure.rulebook.unasked)
