# SPDX-License-Identifier: Apache-2.0
"""Measures written for one test each, read from a rule package of their own."""

from __future__ import annotations

import textwrap

import pytest

import misure

HEAD = """
format: 1
measure: prova/breve
title: Misura di prova
subject: impresa
law_of: LAW
acts:
  uno: {type: DGR, number: XI/1, date: 2022-01-31, title: "Primo atto"}
  due: {type: DGR, number: XII/2, date: 2024-01-31, title: "Secondo atto"}
sources:
  act: {confidence: official, title: "testo integrale"}
  stampa: {confidence: secondary, title: "notizia"}
"""

ONE_EDITION = "editions: {2022-01-31: {act: uno, read: whole}}\n"


@pytest.fixture
def write(tmp_path):
    """Writes the rest of a measure, and opens it."""

    def written(rest, *, law_of="filing", editions=ONE_EDITION, vocabulary=""):
        folder = tmp_path / "prova" / "breve"
        folder.mkdir(parents=True)
        text = HEAD.replace("LAW", law_of) + editions + textwrap.dedent(rest)
        (folder / "measure.yaml").write_text(text, "utf-8")
        if vocabulary:
            (tmp_path / "vocabulary").mkdir()
            (tmp_path / "vocabulary" / "prova.yaml").write_text("format: 1\n" + textwrap.dedent(vocabulary), "utf-8")
        return misure.catalogue(packages=[tmp_path])["prova/breve"]

    return written
