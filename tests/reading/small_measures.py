# SPDX-License-Identifier: Apache-2.0
"""Small measures, written whole for one test each; a mark stands where a fault is expected."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from misure.ground.errors import BadRules
from misure.reading import read_rulebook
from misure.rulebook.rules import Rulebook

MARK = "¦"
VOCABULARY = """\
format: 1
units:
  EUR: {decimals: 2, least: "0", greatest: "1000000000", it: {one: a, many: b}, en: {one: a, many: b}}
  share: {decimals: 4, least: "0", greatest: "1", it: {one: a, many: b}, en: {one: a, many: b}}
  points: {decimals: 2, least: "0", greatest: "100", it: {one: a, many: b}, en: {one: a, many: b}}
  days: {least: "0", greatest: "3660", it: {one: a, many: b}, en: {one: a, many: b}}
  firms: {counts: yes, least: "0", greatest: "1000", it: {one: a, many: b}, en: {one: a, many: b}}
  percent: {least: "0", greatest: "1000", it: {one: a, many: b}, en: {one: a, many: b}}
facts:
  cost: {unit: EUR, least: "0", greatest: "1000000", label: x, question: "Quanto?"}
  gain: {unit: EUR, least: "0", greatest: "1000000", label: x, question: "Quanto?"}
  marks: {unit: points, least: "0", greatest: "100", label: x, question: "Quanti?"}
  zone: {choices: {hill: a, plain: b}, label: x, question: "Dove?"}
  owner: {text: 40, label: x, question: "Chi?"}
  opened_on: {date: yes, label: x, question: "Quando?"}
flags:
  young: {label: x, question: "È giovane?"}
  local: {label: x, question: "È locale?"}
events:
  filed_on: {label: x, question: "Quando?"}
  granted_on: {label: x, question: "Quando?"}
  done_on: {label: x, question: "Quando?"}
tables:
  crew:
    label: x
    question: "Chi?"
    key: id
    max_items: 9
    fields:
      id: {text: 40, label: x}
      fee: {unit: EUR, least: "0", greatest: "100", label: x, question: "Quanto?"}
"""
HEAD = """\
format: 1
measure: prova/breve
title: Misura di prova
subject: impresa
law_of: filing
acts:
  uno: {type: DGR, number: XI/1, date: 2022-01-31}
  due: {type: DGR, number: XII/2, date: 2024-01-31}
sources:
  act: {confidence: official}
  stampa: {confidence: secondary}
editions: {2022-01-31: {act: uno}}
"""
LINES_OF_HEAD = HEAD.count("\n")
WHOLE = Path(__file__).parent / "data" / "whole" / "measure.yaml"
"""A measure that says everything somewhere: each field of each rule, value and shape."""
USUAL = Path(__file__).parent / "data" / "rules" / "prova" / "usual-requirements.csv"
WHOLE_VOCABULARY = VOCABULARY.replace(
    "  zone:", '  stated: {unit: EUR, least: "0", greatest: "1000000", label: x, question: "Quanto?"}\n  zone:', 1
)


@pytest.fixture
def small(tmp_path):
    """Reads a measure: the rulebook, or the faults as `line:column: subject: message`, lines counted below the head."""
    (tmp_path / "prova" / "breve").mkdir(parents=True)
    (tmp_path / "vocabulary").mkdir()

    def read(rest, head=HEAD, vocabulary=VOCABULARY):
        (tmp_path / "vocabulary" / "prova.yaml").write_text(vocabulary.replace(MARK, ""), "utf-8")
        path = tmp_path / "prova" / "breve" / "measure.yaml"
        path.write_text((head + rest).replace(MARK, ""), "utf-8")
        try:
            return read_rulebook(tmp_path, "prova/breve")
        except BadRules as problem:
            places = [(fault.place.line - LINES_OF_HEAD, fault.place.column, fault) for fault in problem.faults]
            told = [f"{line}:{column}: {str(fault).split(': ', 1)[1]}" for line, column, fault in places]
            return [line.replace(f"{tmp_path}/", "") for line in told]

    return read


@pytest.fixture
def whole(small, tmp_path):
    """The rulebook of the measure that says everything somewhere."""
    shutil.copy(USUAL, tmp_path / "prova")
    found = small("", head=WHOLE.read_text("utf-8"), vocabulary=WHOLE_VOCABULARY)
    assert isinstance(found, Rulebook), found
    return found


def marks(text):
    """The marked places as `line:column: `, in the order of the text."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.split(MARK)
        found += [f"{number}:{sum(map(len, parts[:at])) + 1}: " for at in range(1, len(parts))]
    return found
