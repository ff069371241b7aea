# SPDX-License-Identifier: Apache-2.0
"""What a terminal can show: its width within bounds, colours where they are wanted, and characters that it knows."""

import io

import pytest

from misure.telling.formats.terminal import colours, shown_in, width


@pytest.mark.parametrize(("columns", "wide"), [
    ("39", 40), ("40", 40), ("41", 41), ("100", 100), ("119", 119), ("120", 120), ("121", 120), ("1000", 120), ("1", 40),
])  # fmt: skip
def test_the_width_of_a_terminal_within_its_bounds(monkeypatch, columns, wide):
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == wide


class Stream(io.StringIO):
    def __init__(self, *, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


@pytest.mark.parametrize(("terminal", "no_color", "term", "coloured"), [
    (True, None, "xterm", True), (True, None, None, True), (True, "", "xterm", True), (True, "1", "xterm", False),
    (True, None, "dumb", False), (False, None, "xterm", False), (False, "1", "dumb", False),
])  # fmt: skip
def test_colour_where_it_can_be_and_is_wanted(monkeypatch, terminal, no_color, term, coloured):
    for name, value in (("NO_COLOR", no_color), ("TERM", term)):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert colours(Stream(terminal=terminal)) is coloured


@pytest.mark.parametrize(("text", "encoding", "shown"), [
    ("✗✓○•·–€«»“”’£°ºª…", "ascii", "xvo*--EUR\"\"\"\"'GBPooa..."), ("perché città ÈÙ", "ascii", "perche' citta' E'U'"),
    ("perché · €", "latin-1", "perché · EUR"), ("perché €–", "cp1252", "perché €–"), ("✓ è", "cp1252", "v è"),
    ("① ﬁ", "ascii", "(1) fi"), ("漢\u0301", "ascii", "??"), ("ß", "ascii", "?"), ("x²", "ascii", "x^2"),
    ("tutto qui", "ascii", "tutto qui"), ("", "ascii", ""),
])  # fmt: skip
def test_what_an_encoding_cannot_write_is_spelt_otherwise(text, encoding, shown):
    assert shown_in(text, encoding) == shown
    assert shown.encode(encoding).decode(encoding) == shown


@pytest.mark.parametrize(("text", "shown"), [
    ("½", "(1/2)"), ("1½", "1(1/2)"), ("¼ ⅓", "(1/4) (1/3)"), ("10⁶ m³", "10^6 m^3"), ("CO₂", "CO_2"), ("№ 3", "N. 3"), ("Alfa™", "Alfa(TM)"),
    ("20 ㎡", "20 ?"), ("5 ㎞", "5 km"), ("3⒈", "3?"), ("⑴", "(1)"), ("5 ≠ 6", "5 != 6"), ("5 ≮ 6", "5 ? 6"), ("a ≤ b ≥ c", "a <= b >= c"),
    ("−5", "-5"), ("2×3", "2x3"), ("5‰", "5 per mille"), ("20 ℃", "20 oC"), ("§ 4 — Alfa", "par. 4 - Alfa"), ("１＋１＝２", "1+1=2"),
    ("Ⅳ", "IV"), ("a\u00a0b", "a b"), ("1⁻", "1?"), ("ℓ", "l"),
])  # fmt: skip
def test_a_character_of_which_others_are_made_is_never_misread(text, shown):
    assert shown_in(text, "ascii") == shown
