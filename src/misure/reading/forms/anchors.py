# SPDX-License-Identifier: Apache-2.0
"""The form of `anchors.yaml`: which figure of an act's text is which value of the rules, and why the others are none."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from misure.reading.forms.form import Form, FormatOne, Names, Prose, Whole
from misure.reading.text.written import Written

__all__ = ["AnchorsForm", "ExplainedForm", "FigureForm", "TextForm", "ValueForm"]


class ExplainedForm(Form):
    """Figures at one place of the text, and why no rule has them. Written by hand, and kept."""

    at: Prose
    figures: Names
    why: Prose


class ValueForm(Form):
    """A value of the rules: its day, its locator, and where the text has it."""

    value: Written
    from_: Written = Field(alias="from")
    at: Written | None = None
    state: Literal["inferred", "partly", "beside", "elsewhere", "missing"] | None = None
    page: Whole | None = None
    offset: Whole | None = None
    sha256: Written | None = None


class FigureForm(Form):
    """Another figure of the text, the rules whose words name it, and the words that may be what a bare number counts."""

    figure: Written
    page: Whole
    offset: Whole
    sha256: Written
    by: Names = ()
    counts: Names = ()


class TextForm(Form):
    """The text of one act: the SHA-256 of its file, and all its figures that say how much or when."""

    sha256: Written
    pages: Whole
    values: dict[Written, tuple[ValueForm, ...]] = {}
    named: tuple[FigureForm, ...] = ()
    explained: tuple[FigureForm, ...] = ()
    unexplained: tuple[FigureForm, ...] = ()


class AnchorsForm(Form):
    """The whole file. What is under `texts` is written by `misure anchor --write`."""

    format: FormatOne
    measure: Written
    explained: dict[Written, tuple[ExplainedForm, ...]] = {}
    texts: dict[Written, TextForm] = {}
