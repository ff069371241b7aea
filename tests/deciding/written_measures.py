# SPDX-License-Identifier: Apache-2.0
"""Measures written for one test each, read from a rule package of their own."""

from __future__ import annotations

import textwrap
from functools import partial

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


def opened(root, rest, *, law_of="filing", editions=ONE_EDITION, vocabulary="", head=HEAD):
    """The measure of a rule package in that folder, written there: the head, the editions and the rest."""
    text = head.replace("LAW", law_of) + textwrap.dedent(editions).lstrip() + textwrap.dedent(rest)
    return opened_whole(root, text, vocabulary)


def opened_whole(root, text, vocabulary=""):
    """The measure `prova/breve` of a rule package in that folder, written there as it is."""
    folder = root / "prova" / "breve"
    folder.mkdir(parents=True)
    (folder / "measure.yaml").write_text(text, "utf-8")
    if vocabulary:
        (root / "vocabulary").mkdir()
        told = textwrap.dedent(vocabulary).lstrip()
        told = told if told.startswith("format: ") else f"format: 1\n{told}"
        (root / "vocabulary" / "prova.yaml").write_text(told, "utf-8")
    return misure.catalogue(packages=[root])["prova/breve"]


@pytest.fixture
def write(tmp_path):
    """Writes the rest of a measure, and opens it."""
    return partial(opened, tmp_path)
