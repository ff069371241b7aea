# SPDX-License-Identifier: Apache-2.0
"""A text that is written anew does not pass on what was just written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.explanations.golden import reads_as_written


@pytest.mark.parametrize("before", ["another text\n", None])
def test_what_was_just_written_fails_once(before: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "told.txt"
    if before is not None:
        path.write_text(before, "utf-8")
    monkeypatch.setenv("MISURE_WRITE_EXPLANATIONS", "1")
    with pytest.raises(AssertionError):
        reads_as_written("a text\n", path)
    reads_as_written("a text\n", path)


def test_nothing_is_written_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MISURE_WRITE_EXPLANATIONS", raising=False)
    with pytest.raises(AssertionError):
        reads_as_written("a text\n", tmp_path / "told.txt")
    assert not (tmp_path / "told.txt").exists()
